"""What a person decided on the review page, as the file that the page saves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pdfgen.errors import InputError, Problem
from pdfgen.scanning.answers import decided, is_possible
from pdfgen.scanning.table import ReadSheet

SCHEMA = "pdfgen-decisions/1"
"""What the file says that it is."""

Place: TypeAlias = tuple[str, str, int]
"""A reading of a sheet: its name, the file and the page where it was found."""

Decisions: TypeAlias = Mapping[Place, Mapping[str, str]]
"""Values of answers by their names, for each reading."""


def read_decisions(data: bytes, file: str) -> Decisions:
    """Return the decisions of a file.

    Raises:
        InputError: it is no such file, or a decision is impossible.
    """
    try:
        content: Any = json.loads(data)
        if content["schema"] != SCHEMA:
            raise KeyError
        entries = [
            ((str(one["sheet"]), str(one["file"]), int(one["page"])), str(one["answer"]), str(one["value"]))
            for one in content["decisions"]
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "holds no decisions; give the file that the review page saves"
        raise InputError(Problem(message, file=file)) from None
    wrong = [
        Problem(f"{value!r} is not possible here", field=f"{place[0]}.{answer}", file=file)
        for place, answer, value in entries
        if not is_possible(answer, value)
    ]
    if wrong:
        raise InputError(wrong)
    result: dict[Place, dict[str, str]] = {}
    for place, answer, value in entries:
        result.setdefault(place, {})[answer] = value
    return result


def listed(decisions: Decisions) -> list[dict[str, Any]]:
    """Return decisions as the file lists them: each with `sheet`, `file`, `page`, `answer` and `value`."""
    return [
        {"sheet": sheet, "file": file, "page": page, "answer": answer, "value": value}
        for (sheet, file, page), values in decisions.items()
        for answer, value in values.items()
    ]


def place_of(sheet: ReadSheet) -> Place:
    """Return how decisions name a reading."""
    return sheet.name, sheet.file, sheet.page


def with_decisions(sheets: Sequence[ReadSheet], decisions: Decisions) -> list[ReadSheet]:
    """Return the sheets with what was decided."""
    return [
        sheet._replace(answers=decided(sheet.answers, decisions.get(place_of(sheet), {}))) for sheet in sheets
    ]


def unused(sheets: Sequence[ReadSheet], decisions: Decisions) -> list[str]:
    """Return the sheets of decisions of which no such reading is there."""
    places = {place_of(sheet) for sheet in sheets}
    return [
        f"{name} in {file} page {page}" for name, file, page in decisions if (name, file, page) not in places
    ]
