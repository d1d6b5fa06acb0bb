"""`pdfgen adherence`: what week sheets said, counted, on a page for the therapist."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import completion, report
from pdfgen.cli.config import user_config
from pdfgen.cli.options import FILE, OUTPUT, PAPER, Command, option
from pdfgen.cli.output import write
from pdfgen.content.files.file_bytes import name_of, read_bytes
from pdfgen.delivery.writing import PDF_START, STDOUT, check_target
from pdfgen.errors import InputError, Problem, UsageError, missing_extra

if TYPE_CHECKING:
    from pdfgen.scanning.adherence import Adherence

_EPILOG = """\b
Examples:
  pdfgen adherence ticks.csv
  pdfgen adherence ticks.csv --pdf adherence.pdf
  pdfgen adherence week1.csv week2.csv --pdf adherence.pdf --language nl"""

#: A table is smaller. A picture is so many pixels wide.
_MOST_BYTES, _WIDTH = 50_000_000, 1_600
_PNG_START = b"\x89PNG"


@click.command("adherence", cls=Command, epilog=_EPILOG)
@click.argument("tables", metavar="TICKS…", nargs=-1, required=True, type=FILE)
@option(OUTPUT, "--pdf", type=FILE, metavar="FILE|-", help="Write a page for each document, with charts.")
@option(
    OUTPUT,
    "--png",
    type=FILE,
    metavar="FILE",
    help="Write the page as a picture; of several documents FILE-<document>.png each (extra preview).",
)
@option(
    PAPER,
    "--language",
    metavar="CODE",
    shell_complete=completion.languages,
    help="Language of the page. Default: that of your config file, else en",
)
@option(
    PAPER,
    "--paper",
    type=click.Choice(["a4", "letter"]),
    default="a4",
    show_default=True,
    help="Paper of the page.",
)
@report.options
def command(
    tables: tuple[Path, ...], pdf: Path | None, png: Path | None, language: str | None, paper: str
) -> None:
    """Count what `pdfgen scan --csv` read: done and planned by week and exercise, pain, effort, walking.

    Weeks without a sheet and boxes that nobody could read are said, and counted as neither. No judgement is
    made. Without --pdf and --png the counts are printed.
    """
    found = _read(tables)
    if png:
        missing = missing_extra("preview", "pypdfium2")
        if missing:
            raise UsageError(Problem(missing, field="--png"))
    if pdf:
        check_target(pdf, replaces=PDF_START)
    for one in found:
        if pdf != STDOUT:
            report.result(_line(one))
    if not pdf and not png:
        return
    from pdfgen.production.adherence_page import adherence_pdf

    data = adherence_pdf(found, language or user_config().language_code or "en", paper)
    if pdf:
        write(pdf, data)
    if png:
        _write_pictures(png, data, found)


def _read(tables: tuple[Path, ...]) -> list[Adherence]:
    from pdfgen.scanning.adherence import adherence_of
    from pdfgen.scanning.table import read_csv

    rows = [row for path in tables for row in read_csv(read_bytes(path, "table", _MOST_BYTES), name_of(path))]
    found = adherence_of(rows)
    if not any(one.weeks for one in found):
        raise InputError(Problem("holds no sheet of a week", file=name_of(tables[0])))
    return found


def _line(one: Adherence) -> str:
    weeks = ", ".join(
        f"week {week.week}: {week.together.done} of {week.together.planned}" for week in one.weeks
    )
    return f"{one.document}  {weeks or 'spare sheets alone'}"


def _write_pictures(png: Path, data: bytes, found: list[Adherence]) -> None:
    from pdfgen.delivery.page_pictures import page_pictures

    names = [png] if len(found) == 1 else [png.with_stem(f"{png.stem}-{one.document}") for one in found]
    for name in names:
        check_target(name, replaces=_PNG_START)
    for name, picture in zip(names, page_pictures(data, range(1, len(names) + 1), _WIDTH), strict=True):
        write(name, picture.png)
