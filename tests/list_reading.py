"""Lists read from text, for tests of what is in them."""

from __future__ import annotations

import csv
import io
from typing import Any

from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import roster_of
from pdfgen.content.rosters.roster import Roster

IGNORING = RosterOptions(ignore_unknown=True)


def read(content: str | bytes, name: str = "r.csv", options: RosterOptions | None = None) -> Roster:
    return roster_of(content if isinstance(content, bytes) else content.encode(), name, options)


def data_of(found: Roster) -> list[Any]:
    assert found.problems == (), found.problems
    return [row.source.data for row in found.rows]


def labels(found: Roster) -> list[str]:
    return [data["patient"]["label"] for data in data_of(found)]


def told(found: Roster) -> str:
    return "\n".join(map(str, found.warnings))


def cell(heading: str, text: str) -> Any:
    """Return what a prescription gets of one cell."""
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["name", heading], ["x", text]])
    (row,) = data_of(read(table.getvalue()))
    for key in heading.split("."):
        row = row[key]
    return row
