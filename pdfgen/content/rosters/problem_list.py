"""Problems of a roster as a table for a spreadsheet: `problems.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pdfgen.content.files.source import printable
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.errors import Problem

_HEADINGS = ("row", "column", "field", "problem")

#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def problems_csv(found: Iterable[tuple[int, Problem]]) -> bytes:
    """Return problems as CSV in UTF-8 with a byte order mark, which spreadsheets need.

    Args:
        found: pairs of a row number, as the user counts, and one of the row's problems.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for row, problem in found:
        heading = problem.heading if isinstance(problem, RowProblem) else ""
        elsewhere = "" if isinstance(problem, RowProblem) else f"{problem.file}:{problem.line}: "
        cells = (printable(heading), problem.field, (elsewhere if problem.file else "") + problem.message)
        writer.writerow((row, *map(_harmless, cells)))
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
