"""`pdfgen new`: commented files to start from, and the examples."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import click
from click.core import ParameterSource

from pdfgen.cli import output, report
from pdfgen.cli.config import config_path
from pdfgen.cli.options import FILE, OUTPUT, PATIENT, Command, option, out_option
from pdfgen.content.files.resources import examples_folder, schemas_folder
from pdfgen.delivery.writing import STDOUT, check_target
from pdfgen.errors import Problem, UsageError, WriteError

_KINDS = ("patient", "clinic", "library", "layout", "pose", "roster", "config")
"""What can be started. Each has a template in every language, and but for the roster a schema of its name."""

_CONFIG = "config"

_ROSTER = "roster"
"""It is a table: CSV in UTF-8 with a byte order mark, without which Excel takes its letters for others."""

_EXAMPLE = "example"
"""A folder with the examples: patients, a clinic with its logo, lists of patients, poses."""

_SCHEMA_LINE = re.compile(rb"# yaml-language-server: \$schema=(?:\S*/)?([a-z]+)\.json\r?\n")
"""The first line of a YAML file that has a schema. It is left out, unless the schema is written too."""

_EPILOG = """\b
Examples:
  pdfgen new patient anna.patient.yaml
  pdfgen new patient --language nl anna.patient.yaml
  pdfgen new clinic
  pdfgen new library -
  pdfgen new layout large.yaml --schema
  pdfgen new pose mine.yaml
  pdfgen new roster
  pdfgen new config
  pdfgen new example first"""


@click.command("new", cls=Command, epilog=_EPILOG)
@click.argument("kind", metavar="KIND", type=click.Choice((*_KINDS, _EXAMPLE)))
@click.argument("file", type=FILE, required=False)
@out_option("FILE|-", "The file, if it is not named after KIND; - is standard output.")
@option(
    PATIENT, "--language", type=click.Choice(["en", "nl"]), default="en", show_default=True,
    help="Language of the comments and of the program.",
)  # fmt: skip
@option(
    OUTPUT, "--schema", is_flag=True,
    help="Write a folder `schema` beside it and name it in the first line: editors then complete and check.",
)  # fmt: skip
@report.options
def command(kind: str, file: Path | None, out: Path | None, language: str, schema: bool) -> None:
    """Write a commented file to start from and print its name.

    KIND is patient, clinic, library, layout, pose, roster, config or example.

    Without FILE it is called patient.yaml, clinic.yaml …, or roster.csv; - is standard output. Your config
    file is written where pdfgen looks for it. An existing file is never overwritten.

    An example is a folder with invented patients, their clinic, lists of patients and poses, ready to
    be used.
    """
    if file and out:
        raise UsageError(Problem("names a second file; name it once", field="--out"))
    target = file or out or _usual_place(kind)
    if kind == _EXAMPLE:
        _refuse_options_of_a_file(target)
        files = _examples(target)
    else:
        text = starting_file(kind, target, language)
        files = {target: text.encode("utf-8-sig" if kind == _ROSTER else "utf-8")}
    if schema and (target == STDOUT or kind == _ROSTER):
        raise UsageError(Problem("goes only with a YAML file, which it is written beside", field="--schema"))
    files = _with_schemas(files, target if kind == _EXAMPLE else target.parent, wanted=schema)
    for path in files:
        if path != STDOUT and check_target(path).exists():
            raise WriteError(Problem("this file is there already; choose another name", file=str(path)))
    for path, data in files.items():
        output.write(path, data)


def _usual_place(kind: str) -> Path:
    if kind == _CONFIG and (path := config_path()):
        return path
    return Path(f"{kind}{'' if kind == _EXAMPLE else _suffix(kind)}")


def starting_file(kind: str, file: Path, language: str) -> str:
    """Return the text of a starting file, with the line that names its schema.

    Args:
        kind: `patient`, `clinic`, `library`, `layout`, `pose`, `roster` or `config`.
        file: what it will be called; the comments show its name in a command, without its folder.
        language: `en` or `nl`.
    """
    template = resources.files("pdfgen").joinpath("cli", "templates", f"{kind}.{language}{_suffix(kind)}")
    # A name with a line break or half a character in it must not get into the file.
    name = file.name if file != STDOUT and file.name.isprintable() else f"{kind}.yaml"
    return template.read_text(encoding="utf-8").replace("{file}", _quoted(name))


def _suffix(kind: str) -> str:
    return ".csv" if kind == _ROSTER else ".yaml"


def _quoted(name: str) -> str:
    """Return a name as it can be typed in a command: in cmd, PowerShell and sh, where one way suits all."""
    if re.fullmatch(r"[\w.+-]+", name):
        return name
    return shlex.quote(name) if re.search(r'["$`\\%!]', name) else f'"{name}"'


def _refuse_options_of_a_file(target: Path) -> None:
    if target == STDOUT:
        raise UsageError("an example is several files; name a folder")
    source = click.get_current_context().get_parameter_source("language")
    if source is not ParameterSource.DEFAULT:
        raise UsageError(Problem("the example has patients in both languages", field="--language"))


def _examples(folder: Path) -> dict[Path, bytes]:
    shipped = examples_folder()
    return {
        folder / path.relative_to(shipped): path.read_bytes()
        for path in sorted(shipped.rglob("*"))
        if path.is_file()
    }


def _with_schemas(files: Mapping[Path, bytes], folder: Path, *, wanted: bool) -> dict[Path, bytes]:
    """Return `files` with first lines that hold here: those that name a schema go, or the schemas come.

    Args:
        files: what will be written where.
        folder: where the schemas go, into a folder `schema`; the files that have one lie in it or below it.
        wanted: whether the schemas come.
    """
    found: dict[Path, bytes] = {}
    schemas: dict[Path, bytes] = {}
    for path, data in files.items():
        line = _SCHEMA_LINE.match(data)
        if line is None:
            found[path] = data
            continue
        name = f"{line[1].decode()}.json"
        up = "../" * (len(path.relative_to(folder).parts) - 1)
        first = f"# yaml-language-server: $schema={up}schema/{name}\n".encode() if wanted else b""
        found[path] = first + data[line.end() :]
        if wanted:
            schemas[folder / "schema" / name] = (schemas_folder() / name).read_bytes()
    # Schemas that are there already, from the file before, serve this one too.
    return found | {path: data for path, data in schemas.items() if not _holds(path, data)}


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
