"""Cells of a roster become values of a prescription. The content of a cell is never run or computed."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from pdfgen.content.files.source import Mark, Node, Scalar, node_of
from pdfgen.content.files.strict_yaml import parse_yaml, resolve
from pdfgen.content.rosters.columns import Kind, Target
from pdfgen.content.rosters.dates import read_date
from pdfgen.errors import InputError

Cell: TypeAlias = Scalar | dt.date | dt.time | dt.timedelta
"""The value of a cell: text in a CSV file; in a spreadsheet also numbers and dates."""

#: A prescription in a cell is short; more is a mistake or an attack.
MAX_CELL = 10_000

_LIST_MARKS = re.compile(r"[,;|\n]+")
_DAY_MARKS = re.compile(r"[\s,;|/+&]+")

_DAYS: Mapping[str, str] = MappingProxyType(
    {
        name: day
        for day, names in {
            "mon": "mon mo monday ma maandag", "tue": "tue tu tues tuesday di dinsdag",
            "wed": "wed we wednesday wo woe woensdag", "thu": "thu th thur thurs thursday do donderdag",
            "fri": "fri fr friday vr vrij vrijdag", "sat": "sat sa saturday za zaterdag",
            "sun": "sun su sunday zo zondag",
        }.items()
        for name in names.split()
    }
)  # fmt: skip

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "language": {
            "dutch": "nl", "nederlands": "nl", "nl-nl": "nl", "nl-be": "nl",
            "english": "en", "engels": "en", "en-gb": "en", "en-us": "en",
        },
        "side": {"links": "left", "rechts": "right", "l": "left", "r": "right"},
        "ink": {"kleur": "colour", "color": "colour", "grijs": "grey", "gray": "grey"},
        "figure": {
            "vrouw": "woman", "oudere vrouw": "older-woman", "oudere man": "older-man",
            "zwaardere vrouw": "heavier-woman", "zwaardere man": "heavier-man",
        },
    }
)  # fmt: skip
"""Everyday words for the values of a choice."""

_YES_NO: Mapping[str, bool] = MappingProxyType(
    {"true": True, "yes": True, "ja": True, "j": True, "y": True, "waar": True}
    | {"false": False, "no": False, "nee": False, "n": False, "onwaar": False}
)


def is_empty(cell: Cell) -> bool:
    """Whether a cell is blank or holds only spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read_cell(cell: Cell, target: Target, kind: Kind, mark: Mark, day_first: bool | None = None) -> Node:
    """Return the value of a cell that is not empty, at `mark`.

    Unexpected text stays as it is, and validation reports it.

    Raises:
        ValueError: the cell cannot be read; the message gives the reason, and of values only dates.
    """
    if isinstance(cell, str) and len(cell) > MAX_CELL:
        raise ValueError(f"is too long: {len(cell)} characters, at most {MAX_CELL}")
    if kind in {Kind.TEXT, Kind.NAME_PART} or (kind is Kind.WORD and not isinstance(cell, str)):
        return Node(as_text(cell), mark, mark)
    if isinstance(cell, str) and kind is not Kind.WORD and cell.lstrip()[:1] in {"[", "{"}:
        return _structure(cell, mark)
    if kind is Kind.DATE:
        return Node(_date(cell, day_first), mark, mark)
    if not isinstance(cell, str):
        return Node(_number(cell), mark, mark)
    return node_of(_value(cell.strip(), target[-1], kind), mark)


# Thousands of rows repeat the same few words.
@lru_cache(maxsize=1024)
def _value(text: str, key: str, kind: Kind) -> Scalar | tuple[str, ...]:
    """Return the value of a text under a key, for all kinds but text, dates and parts of names."""
    match kind:
        case Kind.DAYS:
            words = [word.strip(".") for word in _DAY_MARKS.split(text.casefold())]
            return tuple(_DAYS.get(word, word) for word in words if word)
        case Kind.LIST:
            return tuple(item.strip() for item in _LIST_MARKS.split(text) if item.strip())
        case Kind.WORD:
            word = " ".join(text.casefold().split())
            return _WORDS.get(key, {}).get(word, word)
        case Kind.YES_NO:
            return _YES_NO.get(text.casefold(), text)
    return _number(resolve(text))


def as_text(cell: Cell) -> str:
    """Return a cell as the text that its reader sees; a spreadsheet's whole number has no decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(_number(cell))


def _number(cell: Cell) -> Scalar:
    if isinstance(cell, float) and math.isfinite(cell) and cell == int(cell):
        return int(cell)
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return str(cell)


def _date(cell: Cell, day_first: bool | None) -> Scalar:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, str):
        return _day_of(cell, day_first)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise ValueError("is a number, not a date; give the cell the format of a date")
    return _number(cell)


def _structure(cell: str, mark: Mark) -> Node:
    """Return a list or mapping that is written in a cell as YAML or JSON."""
    try:
        return node_of(parse_yaml(cell.strip(), mark.file).data, mark)
    except InputError as error:
        first = error.problems[0]
        place = f" (at character {first.column})" if first.line == 1 and first.column else ""
        raise ValueError(f"{first.message}{place}") from None


@lru_cache(maxsize=1024)
def _day_of(text: str, day_first: bool | None) -> str:
    found = read_date(text, day_first)
    return found.isoformat() if found else text.strip()
