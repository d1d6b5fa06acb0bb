"""`pdfgen impose`: finished pages on sheets for folding or cutting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pdfgen.cli import output as outputs
from pdfgen.cli import report
from pdfgen.cli.options import FILE, SHEETS, Group, option, out_option
from pdfgen.cli.pdf_file import read_pdf
from pdfgen.content.files.file_bytes import STDIN, name_of
from pdfgen.delivery.booklet import MOST_CREEP, Booklet
from pdfgen.delivery.cards import CARDS_UP, Cards
from pdfgen.delivery.imposition import impose_file
from pdfgen.delivery.sheet_paper import PAPERS
from pdfgen.delivery.writing import PDF_START, STDOUT, check_target
from pdfgen.errors import PdfgenError, Problem, UsageError
from pdfgen.production.confined import confined

_EPILOG = """\b
Examples:
  pdfgen impose booklet anna.pdf
  pdfgen impose booklet anna.pdf -o sheets.pdf --creep 0.1 --stitch-marks
  pdfgen impose cards cards.pdf --up 4

\b
docs/printing.md says how to print, fold, staple and cut."""

_BOOKLET_EPILOG = """\b
Examples:
  pdfgen impose booklet anna.pdf
  pdfgen impose booklet anna.pdf -o sheets.pdf --creep 0.1 --stitch-marks
  pdfgen impose booklet - -o - < anna.pdf | lp"""

_CARDS_EPILOG = """\b
Examples:
  pdfgen impose cards cards.pdf
  pdfgen impose cards cards.pdf -o sheets.pdf --up 4 --paper letter
  pdfgen impose cards cards.pdf --one-sided"""


@click.group("impose", cls=Group, epilog=_EPILOG)
@report.options
def command() -> None:
    """Place the pages of a finished PDF on sheets for folding or cutting.

    Pages keep their size. The sheets are for the printer; the PDF that they are made from stays the one to
    read on a screen or have read aloud.
    """


def _shared(made: Callable[..., Any]) -> Callable[..., Any]:
    """Add what all kinds of imposition have."""
    text = "Where to write the sheets; - is standard output. Default: beside FILE.pdf"
    made = out_option("FILE|-", text, "--output")(made)
    return report.options(click.argument("file", metavar="FILE.pdf", type=FILE)(made))


@command.command("booklet", epilog=_BOOKLET_EPILOG)
@_shared
@option(
    SHEETS, "--paper", type=click.Choice(list(PAPERS)),
    help="Paper. Default: the smallest on which two pages fit.",
)  # fmt: skip
@option(
    SHEETS, "--creep", type=click.FloatRange(0, MOST_CREEP), default=0.0, metavar="MM",
    help="Move pages towards the fold by this for each sheet further in; 0.1 suits thick booklets.",
)  # fmt: skip
@option(SHEETS, "--stitch-marks", is_flag=True, help="Show where the two staples go.")
def booklet(file: Path, out: Path | None, paper: str | None, creep: float, stitch_marks: bool) -> None:
    """Two pages a side, in the order for folding and stapling in the fold (saddle stitch).

    A5 pages come on A4. Print on both sides, flip on the short edge. White pages, where needed, stand before
    the last page.
    """
    _impose(file, out, "booklet", Booklet(creep, paper or "", stitch_marks))


@command.command("cards", epilog=_CARDS_EPILOG)
@_shared
@option(SHEETS, "--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True, help="Paper.")
@option(
    SHEETS, "--up", type=click.Choice([str(number) for number in CARDS_UP]),
    help="Cards on a sheet. Default: as many as fit.",
)  # fmt: skip
@option(SHEETS, "--one-sided", is_flag=True, help="Every page is a front; print on one side.")
def cards(file: Path, out: Path | None, paper: str, up: str | None, one_sided: bool) -> None:
    """Cards in a grid with marks for cutting: pages 1 and 2 are front and back of the first card.

    Print on both sides, flip on the long edge: each back then lies behind its front.
    """
    _impose(file, out, "cards", Cards(int(up or 0), paper, one_sided))


def _impose(file: Path, out: Path | None, kind: str, how: Booklet | Cards) -> None:
    target = out or (STDOUT if file == STDIN else file.with_name(f"{file.stem}-{kind}.pdf"))
    checked = check_target(target, replaces=PDF_START)
    if STDIN not in (file, target) and checked.exists() and file.exists() and checked.samefile(file):
        message = "the sheets would take the place of the file that they are made from; choose another name"
        raise UsageError(Problem(message, field="--out"))
    data = read_pdf(file)
    try:
        imposed = confined(impose_file, data, how)
    except PdfgenError as error:
        # The field of a problem is the option that it is about.
        raise type(error)(
            replace(problem, field=problem.field and f"--{problem.field}", file=name_of(file))
            for problem in error.problems
        ) from None
    report.detail(imposed.summary)
    outputs.write(target, imposed.data)
