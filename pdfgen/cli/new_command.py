"""`pdfgen new`: commented files to start from."""

from __future__ import annotations

import shlex
from importlib import resources
from pathlib import Path

import click

from pdfgen.cli import output, report
from pdfgen.cli.job import FILE
from pdfgen.delivery.writing import STDOUT, check_target
from pdfgen.errors import Problem, WriteError

_KINDS = ("patient", "clinic", "library", "layout", "pose")
"""What can be started. Each has a template in every language, and a schema of its name."""

_EPILOG = """\b
Examples:
  pdfgen new patient anna.patient.yaml
  pdfgen new patient --language nl anna.patient.yaml
  pdfgen new clinic
  pdfgen new library -
  pdfgen new layout large.yaml
  pdfgen new pose mine.yaml"""


@click.command("new", epilog=_EPILOG)
@click.argument("kind", metavar="patient|clinic|library|layout|pose", type=click.Choice(_KINDS))
@click.argument("file", type=FILE, required=False)
@click.option(
    "--language",
    type=click.Choice(["en", "nl"]),
    default="en",
    show_default=True,
    help="Language of the comments and of the program.",
)
@report.options
def command(kind: str, file: Path | None, language: str) -> None:
    """Write a commented file to start from and print its name.

    Without FILE it is called patient.yaml, clinic.yaml …; - is standard output. An existing
    file is never overwritten.
    """
    target = file or Path(f"{kind}.yaml")
    if target != STDOUT and check_target(target).exists():
        raise WriteError(Problem("this file is there already; choose another name", file=str(target)))
    output.write(target, starting_file(kind, target, language).encode())


def starting_file(kind: str, file: Path, language: str) -> str:
    """Return the text of a starting file.

    Args:
        kind: `patient`, `clinic`, `library`, `layout` or `pose`.
        file: what it will be called; the comments show it in a command.
        language: `en` or `nl`.
    """
    package = resources.files("pdfgen")
    template = package.joinpath("cli", "templates", f"{kind}.{language}.yaml").read_text(encoding="utf-8")
    schema = package.joinpath("schema", f"{kind}.json")
    # A name with a line break or half a character in it must not get into the file.
    name = str(file) if file != STDOUT and str(file).isprintable() else f"{kind}.yaml"
    return template.replace("{schema}", str(schema)).replace("{file}", shlex.quote(name))
