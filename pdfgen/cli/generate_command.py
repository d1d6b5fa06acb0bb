"""`pdfgen generate`: one patient's program as a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import output as outputs
from pdfgen.cli import report
from pdfgen.delivery.writing import check_target
from pdfgen.errors import InputError
from pdfgen.press import Job, prepare

PDF_START = b"%PDF-"
"""Only a PDF is replaced by a PDF: a slip of the keyboard must not cost anybody their file."""

_EPILOG = """\b
Examples:
  pdfgen generate anna.patient.yaml
  pdfgen generate anna.patient.yaml -o anna.pdf --layout standard --paper letter
  pdfgen generate anna.patient.yaml --set start=2026-03-02 --weeks 8
  pdfgen generate anna.patient.yaml -o - | lp"""


@click.command("generate", epilog=_EPILOG)
@jobs.options(name_in_metadata=True)
@click.option(
    "-o",
    "--output",
    type=jobs.FILE,
    metavar="FILE|-",
    help="Where to write the PDF; - is standard output. Default: out/<document id>.pdf",
)
@click.option("--strict", is_flag=True, help="Warnings and unconfirmed cautions are errors.")
@report.options
def command(job: Job, output: Path | None, strict: bool) -> None:
    """Make a patient's program as a PDF and print where it is.

    Cautions that concern the patient and that the prescription does not confirm are listed on stderr: the
    choice of exercises is yours.
    """
    if output is not None:
        check_target(output, replaces=PDF_START)
    press = prepare(job)
    target = output or Path("out") / f"{press.ident}.pdf"
    check_target(target, replaces=PDF_START)
    warnings = jobs.warnings(press)
    if strict and warnings:
        raise InputError(warnings)
    data = press.pdf()
    report.warnings(warnings)
    report.detail(f"{press.ident}: {len(press.document().pages)} pages, {len(data) / 1000:.0f} kB")
    outputs.write(target, data)
