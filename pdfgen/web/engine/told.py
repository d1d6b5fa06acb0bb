"""Problems as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pdfgen.content.rosters.roster import RowProblem
from pdfgen.errors import Problem


def told(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as an answer holds them."""
    return [_told(problem) for problem in problems]


def _told(problem: Problem) -> dict[str, Any]:
    found: dict[str, Any] = {
        "field": problem.field,
        "message": problem.message,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
    }
    if isinstance(problem, RowProblem):
        found |= {"row": problem.row, "heading": problem.heading}
    return found
