"""Sheets that were read, and what prescriptions add, as plain data and back: for who keeps them elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.scanning.answers import Answer, AnswerState, is_possible
from pdfgen.scanning.table import Known, ReadSheet
from pdfgen.typesetting.tracker_geometry import BoxKind

_SIDES = 4
_MOST = 1_000_000


def sheet_as_data(sheet: ReadSheet) -> dict[str, Any]:
    """Return a sheet as plain data; whether it is a copy shows only among others, and is left out."""
    data = sheet._asdict()
    del data["copy_of"]
    return {**data, "answers": [list(answer) for answer in sheet.answers]}


def sheet_of_data(data: Any) -> ReadSheet:
    """Return the sheet of what `sheet_as_data` returned.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    week, side, page = (_number(data[key]) for key in ("week", "side", "page"))
    if not 1 <= side <= _SIDES:
        raise ValueError(side)
    answers = tuple(map(_answer, data["answers"]))
    return ReadSheet(_text(data["document"]), week, side, answers, _text(data["file"]), page)


def _answer(data: Any) -> Answer:
    name, kind, day, weekday, exercise, value, state, reason = data
    is_one = (
        kind in get_args(BoxKind)
        and state in get_args(AnswerState)
        and weekday in ("", *WEEKDAYS)
        and is_possible(_text(name), _text(value))
    )
    if not is_one:
        raise ValueError(name)
    return Answer(name, kind, _number(day), weekday, _number(exercise), value, state, _text(reason))


def known_as_data(known: Known) -> dict[str, Any]:
    """Return what a prescription adds as plain data."""
    return {
        "exercises": {str(number): name for number, name in known.exercises.items()},
        "start": known.start.isoformat() if known.start else None,
        "weeks": known.weeks,
    }


def known_of_data(data: Any) -> Known:
    """Return what a prescription adds, of what `known_as_data` returned.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    names = {int(number): _text(name) for number, name in dict(data["exercises"]).items()}
    start = data["start"]
    return Known(names, dt.date.fromisoformat(start) if start else None, _number(data["weeks"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise TypeError(value)
    return value
