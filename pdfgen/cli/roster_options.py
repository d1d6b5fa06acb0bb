"""The options that say how a roster is read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from pdfgen.cli.job import FILE
from pdfgen.content.rosters.columns import read_mapping
from pdfgen.content.rosters.reading import RosterOptions

_OPTIONS = (
    click.option(
        "--mapping", type=FILE, metavar="FILE", help="What the headings of the roster mean: HEADING: key."
    ),
    click.option("--sheet", metavar="NAME", default="", help="Sheet of a workbook; the first unless given."),
    click.option("--encoding", metavar="NAME", default="", help="Of a CSV file; recognised unless given."),
    click.option("--delimiter", metavar="MARK", default="", help="Of a CSV file; recognised unless given."),
    click.option(
        "--day-first/--month-first", "day_first", default=None,
        help="What 03/04/2026 means: 3 April, or 4 March.",
    ),
    click.option(
        "--other-language", metavar="CODE", default="",
        help="FHIR: for patients who prefer a language that there is not.",
    ),
    click.option("--with-birth-date", is_flag=True, help="FHIR: print the birth date after the name."),
    click.option(
        "--identifier-system", metavar="URI", default="",
        help="FHIR: print the identifier of this system after the name.",
    ),
)  # fmt: skip


def roster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets a function `reading` in their place, which reads the mapping file."""

    @functools.wraps(command)
    def with_reading(*arguments: Any, **values: Any) -> Any:
        mapping = values.pop("mapping")
        names = ("sheet", "encoding", "delimiter", "day_first", "other_language", "with_birth_date")
        taken = {name: values.pop(name) for name in (*names, "identifier_system")}

        def reading() -> RosterOptions:
            return RosterOptions(mapping=read_mapping(mapping) if mapping else {}, **taken)

        return command(*arguments, reading=reading, **values)

    decorated: Callable[..., Any] = with_reading
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
