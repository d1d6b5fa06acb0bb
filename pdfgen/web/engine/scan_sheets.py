"""Sheets, decisions and prescriptions as they come back from the page.

The page holds them, so that the engine keeps nothing of a patient between two requests.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from pdfgen.errors import InputError
from pdfgen.scanning.decisions import SCHEMA, Decisions, read_decisions
from pdfgen.scanning.plain_data import known_of_data, sheet_of_data
from pdfgen.scanning.table import Known, ReadSheet
from pdfgen.web.engine.requests import Request, RequestError

T = TypeVar("T")

_MOST_SHEETS, _MOST_DECISIONS = 5_000, 50_000


def sheets_of(request: Request) -> list[ReadSheet]:
    """Return the sheets of a request: its file `sheets`, a list of them as they were told.

    Raises:
        RequestError: it is none.
    """
    try:
        found = json.loads(request.file("sheets"))
    except (ValueError, RecursionError):
        raise RequestError("sheets is no JSON") from None
    if not isinstance(found, list) or len(found) > _MOST_SHEETS:
        raise RequestError(f"sheets must be a list of at most {_MOST_SHEETS}")
    return [_read("sheets", sheet_of_data, one) for one in found]


def known_of(request: Request) -> dict[str, Known]:
    """Return the prescriptions of a request, by document.

    Raises:
        RequestError: they have another form than that in which they were told.
    """
    found = request.mapping("known", {})
    return {document: _read("known", known_of_data, one) for document, one in found.items()}


def decisions_of(request: Request) -> Decisions:
    """Return the decisions of a request: a list as in the file of decisions.

    Raises:
        RequestError: it has another form, or a decision is impossible.
    """
    listed = request.items("decisions", _MOST_DECISIONS)
    try:
        return read_decisions(json.dumps({"schema": SCHEMA, "decisions": listed}).encode(), "decisions")
    except InputError as error:
        raise RequestError(error.problems[0].message) from None


def _read(name: str, reading: Callable[[Any], T], data: Any) -> T:
    try:
        return reading(data)
    except (KeyError, TypeError, ValueError):
        raise RequestError(f"{name} holds something of another form") from None
