"""The options that say how a roster is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from pdfgen.cli.options import FILE, PRIVACY, ROSTER, gathered, option
from pdfgen.content.files.settings import Setting
from pdfgen.content.files.source import Source
from pdfgen.content.rosters.columns import read_mapping
from pdfgen.content.rosters.fhir_days import zone_called
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.errors import Problem, UsageError
from pdfgen.production.identity import today


def _read_mapping(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Mapping[str, str]:
    return read_mapping(path) if path else {}


def _time_zone(ctx: click.Context, parameter: click.Parameter, name: str) -> str:
    try:
        if name:
            zone_called(name)
    except ValueError as error:
        raise UsageError(Problem(str(error), field="--timezone")) from None
    return name


roster_options = gathered(
    "reading",
    RosterOptions,
    option(
        ROSTER, "--mapping", type=FILE, metavar="FILE", callback=_read_mapping,
        help="What the headings of the roster mean: HEADING: key.",
    ),
    option(
        ROSTER, "--sheet", metavar="NAME", default="",
        help="Sheet of a workbook; the one that Excel shows first unless given.",
    ),
    option(ROSTER, "--encoding", metavar="NAME", default="", help="Of a CSV file; recognised unless given."),
    option(ROSTER, "--delimiter", metavar="MARK", default="", help="Of a CSV file; recognised unless given."),
    option(
        ROSTER, "--day-first/--month-first", "day_first", default=None,
        help="What 03/04/2026 means: 3 April, or 4 March. Other dates of the column tell unless given.",
    ),
    option(
        ROSTER, "--ignore-unknown", is_flag=True,
        help="Leave columns out whose headings are not known; they are named.",
    ),
    option(
        ROSTER, "--timezone", metavar="NAME", default="", callback=_time_zone,
        help="FHIR: time zone of the clinic, such as Europe/Amsterdam. Default: that of this machine",
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
"""Adds the options; the command gets `reading`, the `RosterOptions`, in their place."""


def first_day_of(overrides: Iterable[Setting], base: Source | None) -> dt.date:
    """Return the first day of rows that name none: that of all rows, else today."""
    chosen = next((setting[1] for setting in overrides if setting[0] == "start"), "")
    below = base.data.get("start") if base and isinstance(base.data, Mapping) else None
    try:
        return dt.date.fromisoformat(chosen or str(below))
    except ValueError:
        return today()
