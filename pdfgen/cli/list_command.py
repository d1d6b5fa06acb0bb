"""`pdfgen list`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from pdfgen.content.models.language import Language
from pdfgen.content.models.library import Library
from pdfgen.content.pictures.drawing_file import FIGURES, shipped_names
from pdfgen.illustration.positions import description, drawings, positions

Entry = dict[str, Any]
"""What is printed about one thing: `id`, `name`, and more."""

_EPILOG = """\b
Examples:
  pdfgen list exercises
  pdfgen list programs --language nl
  pdfgen list situations --library mine.yaml --json
  pdfgen list drawings
  pdfgen list positions"""

#: What stands in the name of a drawing that shows another figure than the first.
_OTHER_FIGURE = "--"


def _exercises(library: Library) -> Iterator[Entry]:
    for key, exercise in library.exercises.items():
        kind, levels = exercise.kind, list(exercise.variants)
        yield {"id": key, "name": exercise.name, "kind": kind, "levels": levels}


def _conditions(library: Library) -> Iterator[Entry]:
    for key, condition in library.conditions.items():
        yield {"id": key, "name": condition.name, "programs": list(condition.programs)}


def _programs(library: Library) -> Iterator[Entry]:
    for name, condition in library.conditions.items():
        for key, program in condition.programs.items():
            found = {"condition": name, "weeks": list(program.weeks), "exercises": list(program.exercises)}
            yield {"id": key, "name": program.name, **found}


def _situations(library: Library) -> Iterator[Entry]:
    known = {name: library.situations_of(name) for name in library.conditions}
    for key, named in library.situations.items():
        conditions = [name for name, situations in known.items() if key in situations]
        yield {"id": key, "name": named.name, "conditions": conditions}


def _layouts() -> Iterator[Entry]:
    for key in list_layouts():
        layout = load_layout(key).value
        papers = list(layout.papers)
        yield {"id": key, "name": layout.name, "description": layout.description, "papers": papers}


def _languages() -> Iterator[Entry]:
    return ({"id": code, "name": load_language(code).value.name} for code in list_languages())


def _positions() -> Iterator[Entry]:
    return ({"id": name, "name": description(name)} for name in positions())


def _drawings() -> Iterator[Entry]:
    panels = [name for name in sorted(shipped_names(FIGURES)) if _OTHER_FIGURE not in name]
    for name, title in drawings().items():
        own = [panel for panel in panels if panel.rpartition("-")[0] == name]
        yield {"id": name, "name": title, "panels": own}


_IN_LIBRARY: Mapping[str, Callable[[Library], Iterator[Entry]]] = MappingProxyType(
    {
        "exercises": _exercises,
        "conditions": _conditions,
        "programs": _programs,
        "situations": _situations,
    }
)
_ELSEWHERE: Mapping[str, Callable[[], Iterator[Entry]]] = MappingProxyType(
    {"layouts": _layouts, "languages": _languages, "positions": _positions, "drawings": _drawings}
)


@click.command("list", cls=Command, epilog=_EPILOG)
@click.argument("kind", metavar="KIND", type=click.Choice([*_IN_LIBRARY, *_ELSEWHERE]))
@option(
    PATIENT, "--language", metavar="CODE", shell_complete=completion.languages,
    help="Language of the names. Default: that of your config file, else en.",
)  # fmt: skip
@LIBRARIES
@option(OUTPUT, "--json", "as_json", is_flag=True, help="Print JSON: objects with an id.")
@report.options
def command(kind: str, language: str | None, libraries: tuple[Path, ...], as_json: bool) -> None:
    """List what a prescription, a library or a pose file can name, each with its id.

    KIND is exercises, conditions, programs, layouts, languages, situations, drawings or positions.
    """
    config = user_config()
    config.report()
    language = language or config.language_code or "en"
    # An unknown code is a mistake; a name without a translation is not.
    told_in = load_language(language).value
    if kind in _IN_LIBRARY:
        library = load_library((library_file(), *config.libraries, *libraries)).value
        found = _IN_LIBRARY[kind](library)
    else:
        found = _ELSEWHERE[kind]()
    entries = [{key: _in(told_in, value) for key, value in entry.items()} for entry in found]
    if as_json:
        report.print_json(entries)
        return
    width = max((len(entry["id"]) for entry in entries), default=0)
    for entry in entries:
        more = [_shown(value) for key, value in entry.items() if key not in {"id", "name"}]
        report.result(f"{entry['id']:<{width}}  {entry['name']}" + (f"  ({'; '.join(more)})" if more else ""))


def _in(language: Language, value: Any) -> Any:
    return language.of_any(value) if isinstance(value, Mapping) else value


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
