"""Problems of a roster as a table for a spreadsheet: `problems.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pdfgen.content.files.source import shown
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.errors import Problem

_HEADINGS = ("row", "column", "field", "problem")

#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def problems_csv(found: Iterable[tuple[int, Problem]]) -> bytes:
    """Return problems as CSV in UTF-8 with a byte order mark, which spreadsheets ask for.

    Args:
        found: rows as the user counts, each with one of its problems.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for row, problem in found:
        heading = problem.heading if isinstance(problem, RowProblem) else ""
        elsewhere = "" if isinstance(problem, RowProblem) else f"{problem.file}:{problem.line}: "
        cells = (shown(heading), problem.field, (elsewhere if problem.file else "") + problem.message)
        writer.writerow((row, *map(harmless_cell, cells)))
    return text.getvalue().encode("utf-8-sig")


def harmless_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
