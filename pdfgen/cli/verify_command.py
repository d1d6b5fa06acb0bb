"""`pdfgen verify`: a second look at a finished file."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.options import FILE, OUTPUT, Command, option
from pdfgen.cli.pdf_file import read_pdf
from pdfgen.content.files.file_bytes import name_of
from pdfgen.delivery.verification import language_of, text_differences, verify
from pdfgen.errors import ExitCode, VerificationError
from pdfgen.production.job import Job
from pdfgen.production.program import compose, read, twin
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
    # The problems already say what is wrong with a file.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = read_pdf(file)
    document = _source(job, data) if job else None
    try:
        problems = verify(data, document)
    except VerificationError as error:
        problems = error.problems
    else:
        if document is not None and any(problem.field == "text" for problem in problems):
            for difference in text_differences(data, document):
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


def _source(job: Job, data: bytes) -> Document:
    """Compose what a file was made from: of a program with a twin copy, the one in its language."""
    shared = Shared()
    program = read(job, shared)
    other = twin(program)
    return compose(other if other and language_of(data) == other.language.id else program, shared)
