"""`pdfgen new`: commented files to start from."""

from __future__ import annotations

import shlex
from importlib import resources
from pathlib import Path

import click

from pdfgen.cli import output, report
from pdfgen.cli.config import config_path
from pdfgen.cli.options import FILE, PATIENT, Command, option, out_option
from pdfgen.delivery.writing import STDOUT, check_target
from pdfgen.errors import Problem, UsageError, WriteError

_KINDS = ("patient", "clinic", "library", "layout", "pose", "roster", "config")
"""What can be started. Each has a template in every language, and but for the roster a schema of its name."""

_CONFIG = "config"

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
  pdfgen new roster
  pdfgen new config"""


@click.command("new", cls=Command, epilog=_EPILOG)
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@click.argument("file", type=FILE, required=False)
@out_option("FILE|-", "The file, if it is not named after KIND; - is standard output.")
@option(
    PATIENT,
    "--language",
    type=click.Choice(["en", "nl"]),
    default="en",
    show_default=True,
    help="Language of the comments and of the program.",
)
@report.options
def command(kind: str, file: Path | None, out: Path | None, language: str) -> None:
    """Write a commented file to start from and print its name.

    KIND is patient, clinic, library, layout, pose, roster or config.

    Without FILE it is called patient.yaml, clinic.yaml …, or roster.csv; - is standard output. Your config
    file is written where pdfgen looks for it. An existing file is never overwritten.
    """
    if file and out:
        raise UsageError(Problem("names a second file; name it once", field="--out"))
    target = file or out or _usual_place(kind)
    if target != STDOUT and check_target(target).exists():
        raise WriteError(Problem("this file is there already; choose another name", file=str(target)))
    text = starting_file(kind, target, language)
    output.write(target, text.encode("utf-8-sig" if kind == _ROSTER else "utf-8"))


def _usual_place(kind: str) -> Path:
    if kind == _CONFIG and (path := config_path()):
        return path
    return Path(f"{kind}{_suffix(kind)}")


def _suffix(kind: str) -> str:
    return ".csv" if kind == _ROSTER else ".yaml"


def starting_file(kind: str, file: Path, language: str) -> str:
    """Return the text of a starting file.

    Args:
        kind: `patient`, `clinic`, `library`, `layout`, `pose`, `roster` or `config`.
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
