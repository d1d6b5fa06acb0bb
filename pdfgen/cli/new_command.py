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

_KINDS = ("patient", "clinic", "library", "layout", "pose", "roster")
"""What can be started. Each has a template in every language, and but for the roster a schema of its name."""

_ROSTER = "roster"
"""It is a table: CSV in UTF-8 with a byte order mark, without which Excel takes its letters for others."""

_EPILOG = """\b
Examples:
  pdfgen new patient anna.patient.yaml
  pdfgen new patient --language nl anna.patient.yaml
  pdfgen new clinic
  pdfgen new library -
  pdfgen new layout large.yaml
  pdfgen new pose mine.yaml
  pdfgen new roster"""


@click.command("new", epilog=_EPILOG)
@click.argument("kind", metavar="|".join(_KINDS), type=click.Choice(_KINDS))
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

    Without FILE it is called patient.yaml, clinic.yaml …, or roster.csv; - is standard output. An
    existing file is never overwritten.
    """
    target = file or Path(f"{kind}{_suffix(kind)}")
    if target != STDOUT and check_target(target).exists():
        raise WriteError(Problem("this file is there already; choose another name", file=str(target)))
    text = starting_file(kind, target, language)
    output.write(target, text.encode("utf-8-sig" if kind == _ROSTER else "utf-8"))


def _suffix(kind: str) -> str:
    return ".csv" if kind == _ROSTER else ".yaml"


def starting_file(kind: str, file: Path, language: str) -> str:
    """Return the text of a starting file.

    Args:
        kind: `patient`, `clinic`, `library`, `layout`, `pose` or `roster`.
        file: what it will be called; the comments show it in a command.
        language: `en` or `nl`.
    """
    package = resources.files("pdfgen")
    file_name = f"{kind}.{language}{_suffix(kind)}"
    template = package.joinpath("cli", "templates", file_name).read_text(encoding="utf-8")
    schema = package.joinpath("schema", f"{kind}.json")
    # A name with a line break or half a character in it must not get into the file.
    name = str(file) if file != STDOUT and str(file).isprintable() else f"{kind}.yaml"
    return template.replace("{schema}", str(schema)).replace("{file}", shlex.quote(name))
