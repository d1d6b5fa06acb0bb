"""`pdfgen new`: commented files to start from, and the examples."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

import click
from click.core import ParameterSource

from pdfgen.cli import output, report
from pdfgen.cli.config import config_path
from pdfgen.cli.new_exercise import PHOTOS, check_name, clean_photos, panels, with_each_photo
from pdfgen.cli.options import FILE, OUTPUT, PATIENT, Command, option, out_option
from pdfgen.cli.starting_roster import starting_book
from pdfgen.content.files.resources import examples_folder, schemas_folder
from pdfgen.delivery.writing import STDOUT, check_target
from pdfgen.errors import Problem, UsageError, WriteError

_KINDS = ("patient", "clinic", "library", "layout", "pose", "roster", "config")
"""What can be started. Each has a template in every language, and but for the roster a schema of its name."""

_EXERCISE = "exercise"
"""An exercise of a library, by its name, with photos beside it."""

_CONFIG = "config"

_ROSTER = "roster"
"""A workbook, or CSV in UTF-8 with a byte order mark, without which Excel takes its letters for others."""

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
  pdfgen new exercise clam --photos a.jpg b.jpg
  pdfgen new layout large.yaml --schema
  pdfgen new pose mine.yaml
  pdfgen new roster
  pdfgen new roster spring.xlsx
  pdfgen new config
  pdfgen new example first"""


class _NewCommand(Command):
    """A command whose option `--photos` takes all the files that follow it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words of the command."""
        return super().parse_args(ctx, with_each_photo(args))


@click.command("new", cls=_NewCommand, epilog=_EPILOG)
@click.argument("kind", metavar="KIND", type=click.Choice((*_KINDS, _EXERCISE, _EXAMPLE)))
@click.argument("words", metavar="[NAME] [FILE]", nargs=-1)
@out_option("FILE|-", "The file, if it is not named after KIND; - is standard output.")
@option(
    PATIENT, "--language", type=click.Choice(["en", "nl"]), default="en", show_default=True,
    help="Language of the comments and of the program.",
)  # fmt: skip
@option(
    PATIENT, PHOTOS, type=FILE, multiple=True, metavar="FILE…",
    help="Of an exercise, in order: copies are written beside it, upright and without place and time.",
)  # fmt: skip
@option(
    OUTPUT, "--schema", is_flag=True,
    help="Write a folder `schema` beside it and name it in the first line: editors then complete and check.",
)  # fmt: skip
@report.options
def command(
    kind: str,
    words: tuple[str, ...],
    out: Path | None,
    language: str,
    photos: tuple[Path, ...],
    schema: bool,
) -> None:
    """Write a commented file to start from and print its name.

    KIND is patient, clinic, library, exercise, layout, pose, roster, config or example. An exercise has a
    NAME of small letters, which its file has too.

    Without FILE it is called patient.yaml, clinic.yaml …, or roster.csv; - is standard output. Your config
    file is written where pdfgen looks for it. A roster that is called .xlsx is a workbook, with drop-downs
    and a sheet of what may be chosen. An existing file is never overwritten.

    An example is a folder with invented patients, their clinic, lists of patients and poses, ready to
    be used.
    """
    name, words = (words[0], words[1:]) if kind == _EXERCISE and words else ("", words)
    if len(words) > 1:
        raise UsageError(Problem(f"names a second file, {words[1]}; name it once"))
    file = Path(words[0]) if words else None
    if file and out:
        raise UsageError(Problem("names a second file; name it once", field="--out"))
    if photos and kind != _EXERCISE:
        raise UsageError(Problem("goes with an exercise: pdfgen new exercise NAME", field=PHOTOS))
    target = file or out or (Path(f"{name}.yaml") if name else _usual_place(kind))
    if kind == _EXERCISE:
        files = _exercise(name, target, language, photos)
    elif kind == _EXAMPLE:
        _refuse_options_of_a_file(target)
        files = _examples(target)
    else:
        text = starting_file(kind, target, language)
        is_book = kind == _ROSTER and target.suffix.lower() == ".xlsx"
        data = text.encode("utf-8-sig" if kind == _ROSTER else "utf-8")
        files = {target: starting_book(text, language) if is_book else data}
    if schema and (target == STDOUT or kind == _ROSTER):
        raise UsageError(Problem("goes only with a YAML file, which it is written beside", field="--schema"))
    files = _with_schemas(files, target if kind == _EXAMPLE else target.parent, wanted=schema)
    for path in files:
        if path != STDOUT and check_target(path).exists():
            raise WriteError(Problem("this file is there already; choose another name", file=str(path)))
    for path, data in files.items():
        output.write(path, data)


def _exercise(name: str, file: Path, language: str, photos: Sequence[Path]) -> dict[Path, bytes]:
    """Return the file of an exercise, and the photos beside it."""
    check_name(name)
    if photos and file == STDOUT:
        raise UsageError(Problem("are written beside the file; name one", field=PHOTOS))
    copies = clean_photos(photos, name)
    text = starting_file(_EXERCISE, file, language).replace("{name}", name)
    shown = panels(list(copies) or [f"{name}-a.jpg"], language)
    return {
        file: text.replace("{panels}", shown).encode(),
        **{file.parent / copy: data for copy, data in copies.items()},
    }


def _usual_place(kind: str) -> Path:
    if kind == _CONFIG and (path := config_path()):
        return path
    return Path(f"{kind}{'' if kind == _EXAMPLE else _suffix(kind)}")


def starting_file(kind: str, file: Path, language: str) -> str:
    """Return the text of a starting file, with the line that names its schema.

    Args:
        kind: `patient`, `clinic`, `library`, `exercise`, `layout`, `pose`, `roster` or `config`.
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
