"""The options that say how a roster is read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from pdfgen.cli.options import FILE, PRIVACY, ROSTER, adding, option
from pdfgen.content.rosters.columns import read_mapping
from pdfgen.content.rosters.reading import RosterOptions

_OPTIONS = (
    option(
        ROSTER, "--mapping", type=FILE, metavar="FILE",
        help="What the headings of the roster mean: HEADING: key.",
    ),
    option(
        ROSTER, "--sheet", metavar="NAME", default="",
        help="Sheet of a workbook; the first unless given.",
    ),
    option(ROSTER, "--encoding", metavar="NAME", default="", help="Of a CSV file; recognised unless given."),
    option(ROSTER, "--delimiter", metavar="MARK", default="", help="Of a CSV file; recognised unless given."),
    option(
        ROSTER, "--day-first/--month-first", "day_first", default=None,
        help="What 03/04/2026 means: 3 April, or 4 March.",
    ),
    option(
        ROSTER, "--other-language", metavar="CODE", default="",
        help="FHIR: for patients who prefer a language that pdfgen lacks.",
    ),
    option(PRIVACY, "--with-birth-date", is_flag=True, help="FHIR: print the birth date after the name."),
    option(
        PRIVACY, "--identifier-system", metavar="URI", default="",
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

    return adding(*_OPTIONS)(with_reading)
