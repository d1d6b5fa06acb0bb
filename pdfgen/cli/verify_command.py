"""`pdfgen verify`: a second look at a finished file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.options import FILE, OUTPUT, Command, option
from pdfgen.cli.pdf_file import read_pdf
from pdfgen.content.files.file_bytes import name_of
from pdfgen.delivery.verification import verify
from pdfgen.errors import CostlyFileError, ExitCode, VerificationError
from pdfgen.pdf.logical_text import differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.production import program
from pdfgen.production.confined import confined
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared

if TYPE_CHECKING:
    from pdfgen.typesetting.document import Document

_EPILOG = """\b
Examples:
  pdfgen verify out/7K2M9QXA.pdf
  pdfgen verify anna.pdf --against anna.patient.yaml
  pdfgen verify anna.pdf --against anna.patient.yaml --paper letter --verbose"""


@click.command("verify", cls=Command, epilog=_EPILOG)
@click.argument("file", metavar="FILE.pdf", type=FILE)
@jobs.options(prescription="--against")
@option(OUTPUT, "--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@report.options
def command(file: Path, job: Job | None, as_json: bool) -> None:
    """Check a finished PDF: tags, language, title, fonts, figures, headings, margins. - is standard input.

    With --against, also that its text, title and pages are those that the prescription gives; the other
    options are then those that the PDF was made with. Of two copies, the one in the language of the file
    counts. Exit code 6 when something is wrong.
    """
    data = read_pdf(file)
    try:
        found = confined(read, data)
    except (VerificationError, CostlyFileError) as error:
        problems = error.problems
    else:
        document = _source(job, found.language) if job else None
        problems = verify(found, document)
        for difference in differences(expected_text(document), found.elements) if document else ():
            report.detail(difference)
    name = name_of(file)
    problems = tuple(replace(problem, file=name) for problem in problems)
    if as_json:
        report.print_json(report.as_data(problems))
    else:
        report.problems(problems)
        if not problems:
            report.result(f"{name}: in order")
    click.get_current_context().exit(ExitCode.VERIFICATION if problems else ExitCode.OK)


def _source(job: Job, language: str) -> Document:
    """Compose what a file in a language was made from: of a program with a twin copy, the one in it."""
    shared = Shared()
    made = program.read(job, shared)
    other = program.twin(made)
    return program.compose(other if other and language == other.language.id else made, shared)
