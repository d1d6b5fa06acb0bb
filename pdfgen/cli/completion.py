"""What the shell offers for the values of options: names of shipped things, and of those in own libraries.

A value that cannot be found out, because a file on the line is broken, is not offered and never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, get_args

import click
from click.shell_completion import CompletionItem

from pdfgen.errors import PdfgenError

_Find: TypeAlias = Callable[[click.Context], Iterable[tuple[str, str]]]
"""Returns values, each with a line of help or nothing."""


def layouts(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the shipped layouts; where none begins so, files."""
    return _starting(_layouts, ctx, incomplete) or [CompletionItem(incomplete, type="file")]


def languages(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the languages of documents."""
    return _starting(_languages, ctx, incomplete)


def papers(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the papers of the layout on the line; without one, all papers."""
    return _starting(_papers, ctx, incomplete)


def settings(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the keys of a prescription, and after `key=` the values where they are known."""
    key, sign, value = incomplete.partition("=")
    if not sign:
        return _starting(_keys, ctx, incomplete)
    if key not in _VALUES:
        return []
    head = f"{key}="
    if key in _LISTS:
        cut = max(value.rfind("["), value.rfind(",")) + 1
        head += value[:cut] or "["
        value = value[cut:]
    return [CompletionItem(head + item.value, help=item.help) for item in _starting(_VALUES[key], ctx, value)]


def _starting(find: _Find, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    try:
        names = tuple(find(ctx))
    except (PdfgenError, OSError):
        return []
    return [CompletionItem(name, help=text or None) for name, text in names if name.startswith(incomplete)]


def _layouts(ctx: click.Context) -> Iterable[tuple[str, str]]:
    from pdfgen.content.loading import list_layouts

    return ((name, "") for name in list_layouts())


def _languages(ctx: click.Context) -> Iterable[tuple[str, str]]:
    from pdfgen.content.loading import list_languages

    return ((code, "") for code in list_languages())


def _papers(ctx: click.Context) -> Iterable[tuple[str, str]]:
    from pdfgen.content.loading import load_layout
    from pdfgen.content.models.layout import PaperName

    name = ctx.params.get("layout")
    papers = load_layout(name).value.papers if name else get_args(PaperName)
    return ((paper, "") for paper in papers)


def _in_library(kind: str) -> _Find:
    """Return a function that finds the ids of one kind, each with its name: `programs`, `exercises` …"""

    def found(ctx: click.Context) -> Iterable[tuple[str, str]]:
        from pdfgen.cli.config import user_config
        from pdfgen.content.files.resources import library_file
        from pdfgen.content.loading import load_library

        named: tuple[Path, ...] = ctx.params.get("libraries") or ()
        library = load_library((library_file(), *user_config().libraries, *named)).value
        return ((key, entry.name.get("en", "")) for key, entry in getattr(library, kind).items())

    return found


def _keys(ctx: click.Context) -> Iterable[tuple[str, str]]:
    from pdfgen.content.models.prescription import Prescription

    fields = Prescription.model_fields
    names = {"patient": "patient.label"}
    return ((f"{names.get(key, key)}=", fields[key].description or "") for key in fields)


def _figures(ctx: click.Context) -> Iterable[tuple[str, str]]:
    from pdfgen.content.models.field_types import FigureChoice

    return ((name, "") for name in get_args(FigureChoice))


_VALUES: Mapping[str, _Find] = MappingProxyType(
    {
        "program": _in_library("programs"), "exercises": _in_library("exercises"),
        "situations": _in_library("situations"), "layout": _layouts, "language": _languages,
        "twin_language": _languages, "paper": _papers, "figure": _figures,
    }
)  # fmt: skip
"""Keys of a prescription whose values are known."""

_LISTS = frozenset({"exercises", "situations"})
"""Those that hold a list: `exercises=[bridge,plank]`."""
