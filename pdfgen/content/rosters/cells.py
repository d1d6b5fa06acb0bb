"""Cells of a roster become values of a prescription. The content of a cell is never run or computed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from pdfgen.content.files.source import Mark, Node, Scalar, node_of
from pdfgen.content.files.strict_yaml import parse_yaml, resolve
from pdfgen.content.rosters.cell_values import Cell, as_date, as_number, as_text, as_time, as_whole
from pdfgen.content.rosters.columns import Kind, Target
from pdfgen.content.rosters.dates import (
    UNKNOWN_ORDER,
    DateOrder,
)
from pdfgen.content.rosters.days import read_days
from pdfgen.content.rosters.languages import language_code
from pdfgen.content.rosters.names import Names, shipped_names
from pdfgen.errors import InputError

#: A prescription in a cell is short; more is a mistake or an attack.
MAX_CELL = 10_000

_LIST_MARKS = re.compile(r"[;|\n]+")
_AND = re.compile(r"\s+(?:en|and)\s+|\s*[&+]\s*")

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
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
    {"true": True, "yes": True, "ja": True, "j": True, "y": True, "waar": True, "x": True, "1": True}
    | {"false": False, "no": False, "nee": False, "n": False, "onwaar": False, "0": False}
)

_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "weeks": "weken week weeks wk wks",
        "reps": "x keer maal herhalingen herh reps times repetitions",
        "sets": "x sets set series serie",
        "hold_s": "s sec seconden seconds secs tellen",
        "minutes": "min minuten minutes mins",
        "times_a_day": "x keer maal times",
    }
)
_UNIT = re.compile(r"(.*?\d)\s*([^\W\d]+)\.?")
#: A whole number as a spreadsheet with decimal commas may write it.
_WHOLE = re.compile(r"(\d+),0{1,2}")
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|\.\.+|\btot(?: en met)?\b|\bt/?m\b|\bto\b|\bà\b|\ba\b)\s*(\d+)")

_FREE_TEXT = (
    "holds free text; name the exercise in the heading, such as {0}.plank{1}, or leave the column out"
)

#: What the texts of a key are names of.
_NAMED: Mapping[str, str] = MappingProxyType(
    {"program": "program", "exercises": "exercise", "situations": "situation", "layout": "layout"}
)


_WITH_NAMES = frozenset({*_NAMED, "confirmed", "notes", "doses"})


class Reading(NamedTuple):
    """What cells are read with.

    Attributes:
        order: of day and month.
        names: of the library that the programs are made from.
        tell: is told what was guessed in a cell, or left out.
    """

    order: DateOrder = UNKNOWN_ORDER
    names: Names = shipped_names()
    tell: Callable[[str], None] = lambda message: None


PLAIN = Reading()


def read_cell(cell: Cell, target: Target, kind: Kind, mark: Mark, reading: Reading = PLAIN) -> Node:
    """Return the value of a cell that is not empty, at `mark`.

    Unexpected text stays as it is, and validation reports it.

    Raises:
        ValueError: the cell cannot be read; the message gives the reason, and of values only dates.
    """
    if isinstance(cell, str) and len(cell) > MAX_CELL:
        raise ValueError(f"is too long: {len(cell)} characters, at most {MAX_CELL}")
    if kind is Kind.TEXT or kind is Kind.NAME_PART or (kind is Kind.WORD and not isinstance(cell, str)):
        if isinstance(cell, dt.date):
            reading.tell(f"is a date of the spreadsheet, and {as_text(cell)} is printed")
        return _called(Node(as_text(cell), mark, mark), target, reading.names)
    if kind is Kind.DATE:
        return Node(as_date(cell, reading.order, reading.tell), mark, mark)
    if kind is Kind.TIME:
        return Node(as_time(cell), mark, mark)
    if kind is Kind.YES_NO and not isinstance(cell, bool):
        cell = as_text(cell)
    if not isinstance(cell, str):
        return Node(as_number(cell), mark, mark)
    if kind is not Kind.WORD and cell.lstrip()[:1] in {"[", "{"}:
        return called(_structure(cell, mark), target, reading)
    return _read_text(cell, target, kind, mark, reading)


def _read_text(cell: str, target: Target, kind: Kind, mark: Mark, reading: Reading) -> Node:
    text = cell.strip()
    if kind is Kind.DAYS:
        days = read_days(text)
        if days.guess:
            reading.tell(days.guess)
        return node_of(days.days, mark)
    if kind is Kind.LIST:
        return node_of(_items(text, target[-1], reading.names), mark)
    if kind is Kind.STRUCTURE:
        raise ValueError(_FREE_TEXT.format(target[0], ".reps" if target[0] == "doses" else ""))
    return _called(node_of(_value(text, target[-1], kind), mark), target, reading.names)


# Thousands of rows repeat the same few words.
@lru_cache(maxsize=1024)
def _value(text: str, key: str, kind: Kind) -> Scalar:
    """Return the value of a text under a key: of a word, yes or no, or a number."""
    match kind:
        case Kind.WORD:
            if key in {"language", "twin_language"}:
                return language_code(text)
            word = " ".join(text.casefold().split())
            return _WORDS.get(key, {}).get(word, word)
        case Kind.YES_NO:
            return _YES_NO.get(text.casefold(), text)
    found = _UNIT.fullmatch(text)
    if found and found[2].casefold() in _UNITS.get(key, "").split():
        text = found[1]
    if whole := _WHOLE.fullmatch(text):
        text = whole[1]
    if between := _RANGE.fullmatch(text.casefold()):
        text = f"{between[1]}-{between[2]}"
    return as_whole(resolve(text))


def _items(text: str, key: str, names: Names) -> tuple[str, ...]:
    """Return the items of a list; a name may itself hold a comma or an `and`."""
    if key == "confirmed":
        return tuple(_caution(item.strip(), names) for item in re.split(r"[,;|\n]+", text) if item.strip())
    found: list[str] = []
    for line in _LIST_MARKS.split(text):
        found += _known_items([line], (re.compile(","), _AND), _NAMED.get(key, ""), names)
    return tuple(found)


def _known_items(texts: list[str], marks: tuple[re.Pattern[str], ...], kind: str, names: Names) -> list[str]:
    found = []
    for text in filter(None, (text.strip() for text in texts)):
        known = names.find(kind, text) if kind else None
        if known is None and marks and len(parts := marks[0].split(text)) > 1:
            found += _known_items(parts, marks[1:], kind, names)
        elif known is None and marks:
            found += _known_items([text], marks[1:], kind, names)
        else:
            found.append(known or text)
    return found


def _caution(text: str, names: Names) -> str:
    exercise, slash, situation = text.partition("/")
    return (
        f"{names.id_of('exercise', exercise)}{slash}{names.id_of('situation', situation)}" if slash else text
    )


def called(node: Node, target: Target, reading: Reading = PLAIN) -> Node:
    """Return a list or mapping of a file with keys, whose names have become ids and its words days.

    Raises:
        ValueError: a word of a list of days is none, or a name means several things.
    """
    if target[0] == "days" and isinstance(node.value, tuple):
        words = [str(child.value) for child in node.value]
        return (
            node._replace(value=node_of(read_days(", ".join(words)).days, node.mark).value) if words else node
        )
    if target == ("days",) and isinstance(node.value, Mapping):
        return node._replace(
            value={key: called(child, ("days", key), reading) for key, child in node.value.items()}
        )
    return _called(node, target, reading.names)


def _called(node: Node, target: Target, names: Names) -> Node:
    key, value = target[0], node.value
    if key not in _WITH_NAMES:
        return node
    kind = _NAMED.get(key)
    if isinstance(value, str) and len(target) == 1 and kind in {"program", "layout"}:
        is_path = kind == "layout" and value.endswith((".yaml", ".yml"))
        return node if is_path else node._replace(value=names.id_of(kind, value))
    if isinstance(value, tuple) and (kind or key == "confirmed"):
        return node._replace(value=tuple(_called_item(child, kind, names) for child in value))
    if isinstance(value, Mapping) and target in {("notes",), ("doses",)}:
        return node._replace(value={names.id_of("exercise", name): child for name, child in value.items()})
    return node


def _called_item(node: Node, kind: str | None, names: Names) -> Node:
    if not isinstance(node.value, str):
        return node
    return node._replace(value=names.id_of(kind, node.value) if kind else _caution(node.value, names))


def _structure(cell: str, mark: Mark) -> Node:
    """Return a list or mapping that is written in a cell as YAML or JSON."""
    try:
        return node_of(parse_yaml(cell.strip(), mark.file).data, mark)
    except InputError as error:
        first = error.problems[0]
        place = f" (at character {first.column})" if first.line == 1 and first.column else ""
        raise ValueError(f"{first.message}{place}") from None
