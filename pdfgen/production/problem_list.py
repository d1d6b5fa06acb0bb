"""Problems of a roster as a table for a spreadsheet: `problems.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pdfgen.content.files.source import printable
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.delivery.manifest import csv_lines
from pdfgen.errors import Problem

_HEADINGS = ("row", "column", "field", "problem")


def problems_csv(found: Iterable[tuple[int, Problem]]) -> Iterator[bytes]:
    """Yield problems as lines of CSV in UTF-8 with a byte order mark, which spreadsheets need.

    Args:
        found: pairs of a row number, as the user counts, and one of the row's problems.
    """
    table = []
    for row, problem in found:
        heading = problem.heading if isinstance(problem, RowProblem) else ""
        elsewhere = "" if isinstance(problem, RowProblem) else f"{problem.file}:{problem.line}: "
        message = (elsewhere if problem.file else "") + problem.message
        table.append((str(row), printable(heading), problem.field, message))
    return csv_lines(_HEADINGS, table)
