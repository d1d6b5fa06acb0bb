"""`pdfgen verify`: a second look at a finished file."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.content.source import STDIN_NAME
from pdfgen.content.yaml_source import STDIN
from pdfgen.delivery.verification import text_differences, verify
from pdfgen.errors import ExitCode, InputError, Problem, VerificationError, missing_file
from pdfgen.press import Job, prepare

#: A larger file is not read.
_MOST_BYTES = 200_000_000

_EPILOG = """\b
Examples:
  pdfgen verify out/7K2M9QXA.pdf
  pdfgen verify anna.pdf --against anna.patient.yaml
  pdfgen verify anna.pdf --against anna.patient.yaml --paper letter --verbose"""


@click.command("verify", epilog=_EPILOG)
@click.argument("file", metavar="FILE.pdf", type=jobs.FILE)
@jobs.options(prescription="--against")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@report.options
def command(file: Path, job: Job | None, as_json: bool) -> None:
    """Check a finished PDF: tags, language, title, fonts, figures, headings, margins. - is standard input.

    With --against, also that its text, title and pages are those that the prescription gives; the other
    options are then those that the PDF was made with. Exit code 6 when something is wrong.
    """
    # What is wrong with a file is told by the problems, once.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = _read(file)
    document = prepare(job).document() if job else None
    try:
        problems = verify(data, document)
    except VerificationError as error:
        problems = error.problems
    else:
        if document is not None and any(problem.field == "text" for problem in problems):
            for difference in text_differences(data, document):
                report.detail(difference)
    name = STDIN_NAME if file == STDIN else str(file)
    problems = tuple(replace(problem, file=name) for problem in problems)
    if as_json:
        report.print_json(report.as_data(problems))
    else:
        report.problems(problems)
        if not problems:
            report.result(f"{name}: in order")
    click.get_current_context().exit(ExitCode.VERIFICATION if problems else ExitCode.OK)


def _read(file: Path) -> bytes:
    name = STDIN_NAME if file == STDIN else str(file)
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            if file.exists() and not file.is_file():
                raise InputError(Problem("is no ordinary file; name a PDF", file=name))
            with file.open("rb") as stream:
                data = stream.read(min(file.stat().st_size, _MOST_BYTES) + 1)
    except FileNotFoundError:
        raise InputError(missing_file(file, "PDF")) from None
    except OSError as error:
        reason = (error.strerror or "no usable name").lower()
        raise InputError(Problem(f"cannot be read: {reason}", file=name)) from error
    if len(data) > _MOST_BYTES:
        message = f"is larger than {_MOST_BYTES // 1_000_000} MB; pdfgen makes no such files"
        raise InputError(Problem(message, file=name))
    return data
