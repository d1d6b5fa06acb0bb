"""`pdfgen verify`: a second look at a finished file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.options import FILE, OUTPUT, Command, option
from pdfgen.cli.pdf_file import read_pdf
from pdfgen.content.files.file_bytes import name_of
from pdfgen.delivery.verification import Expected, expected_of, verify_file
from pdfgen.errors import CostlyFileError, ExitCode, VerificationError
from pdfgen.production import program
from pdfgen.production.confined import confined
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared

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
    copies = _copies(job) if job else ()
    try:
        problems, differences = confined(verify_file, data, copies)
    except (VerificationError, CostlyFileError) as error:
        problems, differences = error.problems, ()
    for difference in differences:
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


def _copies(job: Job) -> tuple[Expected, ...]:
    """Compose what a file was made from: a program, and its copy in a second language if it has one."""
    shared = Shared()
    made = program.read(job, shared)
    other = program.twin(made)
    return tuple(expected_of(program.compose(one, shared)) for one in (made, other) if one)
