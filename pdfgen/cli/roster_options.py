"""The options that say how a roster is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from pdfgen.cli.options import FILE, PRIVACY, ROSTER, gathered, option
from pdfgen.content.rosters.columns import read_mapping
from pdfgen.content.rosters.options import RosterOptions


def _read_mapping(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Mapping[str, str]:
    return read_mapping(path) if path else {}


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
