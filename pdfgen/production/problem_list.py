"""Problems of a roster as a table for a spreadsheet: `problems.csv`."""

from __future__ import annotations

from collections.abc import Iterable

from pdfgen.content.files.source import shown
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.delivery.manifest import csv_table
from pdfgen.errors import Problem

_HEADINGS = ("row", "column", "field", "problem")


def problems_csv(found: Iterable[tuple[int, Problem]]) -> bytes:
    """Return problems as CSV.

    Args:
        found: rows as the user counts, each with one of its problems.
    """
    table = []
    for row, problem in found:
        heading = problem.heading if isinstance(problem, RowProblem) else ""
        elsewhere = "" if isinstance(problem, RowProblem) else f"{problem.file}:{problem.line}: "
        message = (elsewhere if problem.file else "") + problem.message
        table.append((str(row), shown(heading), problem.field, message))
    return csv_table(_HEADINGS, table)
