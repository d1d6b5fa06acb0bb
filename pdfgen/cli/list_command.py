"""`pdfgen list`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from pdfgen.cli import completion, report
from pdfgen.cli.config import user_config
from pdfgen.cli.job import LIBRARIES
from pdfgen.cli.options import OUTPUT, PATIENT, Command, option
from pdfgen.content.files.resources import library_file
from pdfgen.content.loading import list_languages, list_layouts, load_language, load_layout, load_library
from pdfgen.content.models.library import Library
from pdfgen.illustration.positions import description, positions

Entry = dict[str, Any]
"""What is printed about one thing: `id`, `name`, and more."""

_EPILOG = """\b
Examples:
  pdfgen list exercises
  pdfgen list programs --language nl
  pdfgen list situations --library mine.yaml --json
  pdfgen list positions"""


def _exercises(library: Library, language: str) -> list[Entry]:
    return [
        {
            "id": key,
            "name": _in(language, exercise.name),
            "category": exercise.category,
            "levels": list(exercise.variants),
        }
        for key, exercise in library.exercises.items()
    ]


def _programs(library: Library, language: str) -> list[Entry]:
    return [
        {
            "id": key,
            "name": _in(language, program.name),
            "weeks": list(program.weeks),
            "exercises": list(program.exercises),
        }
        for key, program in library.programs.items()
    ]


def _situations(library: Library, language: str) -> list[Entry]:
    return [{"id": key, "name": _in(language, named.name)} for key, named in library.situations.items()]


def _layouts(language: str) -> list[Entry]:
    layouts = {name: load_layout(name).value for name in list_layouts()}
    return [
        {
            "id": name,
            "name": _in(language, layout.name),
            "description": _in(language, layout.description),
            "papers": list(layout.papers),
        }
        for name, layout in layouts.items()
    ]


def _languages() -> list[Entry]:
    return [{"id": code, "name": load_language(code).value.name} for code in list_languages()]


def _positions() -> list[Entry]:
    return [{"id": name, "name": description(name)} for name in positions()]


_IN_LIBRARY: Mapping[str, Callable[[Library, str], list[Entry]]] = MappingProxyType(
    {"exercises": _exercises, "programs": _programs, "situations": _situations}
)
_WITHOUT_LANGUAGE: Mapping[str, Callable[[], list[Entry]]] = MappingProxyType(
    {"languages": _languages, "positions": _positions}
)


@click.command("list", cls=Command, epilog=_EPILOG)
@click.argument(
    "kind",
    metavar="KIND",
    type=click.Choice(["exercises", "programs", "layouts", "languages", "situations", "positions"]),
)
@option(
    PATIENT,
    "--language",
    metavar="CODE",
    shell_complete=completion.languages,
    help="Language of the names. Default: that of your config file, else en.",
)
@LIBRARIES
@option(OUTPUT, "--json", "as_json", is_flag=True, help="Print JSON: objects with an id.")
@report.options
def command(kind: str, language: str | None, libraries: tuple[Path, ...], as_json: bool) -> None:
    """List what a prescription or a pose file can name, each with its id.

    KIND is exercises, programs, layouts, languages, situations or positions.
    """
    config = user_config()
    config.report()
    language = language or config.language_code or "en"
    # An unknown code is a mistake; a name without a translation is not.
    load_language(language)
    if kind in _IN_LIBRARY:
        library = load_library((library_file(), *config.libraries, *libraries)).value
        entries = _IN_LIBRARY[kind](library, language)
    else:
        entries = _layouts(language) if kind == "layouts" else _WITHOUT_LANGUAGE[kind]()
    if as_json:
        report.print_json(entries)
        return
    width = max((len(entry["id"]) for entry in entries), default=0)
    for entry in entries:
        more = [_shown(value) for key, value in entry.items() if key not in {"id", "name"}]
        report.result(f"{entry['id']:<{width}}  {entry['name']}" + (f"  ({'; '.join(more)})" if more else ""))


def _in(language: str, text: Mapping[str, str]) -> str:
    """Return a name in a language, or in the first that there is: a list has to name everything."""
    return text.get(language) or next(iter(text.values()))


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
