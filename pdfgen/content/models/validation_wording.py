"""Validation errors in plain words."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sized
from types import MappingProxyType
from typing import Any

from pydantic_core import ErrorDetails

#: What to write where a text must have a certain form, by the pattern of the field.
PATTERN_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "^[+][1-9][0-9]{0,3}$": 'write the country code as it is dialled, such as "+31"',
        "^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$": 'write a time of day, such as "08:30"',
        r"^[a-z0-9]+(-[a-z0-9]+)*$": "use lower-case letters, digits and hyphens, such as knee-rolls",
        r"^[a-z]{2,3}(-[A-Z]{2})?$": "write a language code such as nl, or with a country, such as en-US",
        r"^#[0-9a-fA-F]{6}$": 'write a colour as "#rrggbb", in quotes',
        r"^[A-Z]{2}$": "write a country code of two capitals, such as NL",
        r"^[a-z0-9-]+/[a-z0-9-]+$": "write exercise/situation, such as plank/pregnancy",
        r"^[0-9A-HJKMNP-TV-Z]{8}$": "write 8 digits and capitals, without I, L, O and U",
        r"^T([1-9]|1[0-2])$": "write a dose step from T1 to T12, such as T4",
        r"^[a-z]{2,3}(_[A-Z]{2})?$": "write a locale, such as nl or nl_BE",
    }
)

#: Known names that a message gives at most.
_MOST_NAMED = 30
#: Letters of a name in which one may be wrong: of two letters anything is a slip.
_SHORTEST_NAME = 3
#: Letters of a name in which two may be wrong.
_LONG_NAME = 9

_LIST = "must be a list, such as [a, b], or lines that start with a dash"
_MAPPING = "must hold keys with values"
_TEXT = "must be text"
#: What a value of the wrong type should have been.
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "string_type": _TEXT,
        "int_type": "must be a whole number",
        "int_from_float": "must be a whole number",
        "float_type": "must be a number",
        "finite_number": "must be a number",
        "bool_type": "must be true or false",
        "date_type": "must be a date; write year-month-day, such as 2026-03-02",
        "tuple_type": _LIST,
        "list_type": _LIST,
        "dict_type": _MAPPING,
        "mapping_type": _MAPPING,
        "model_type": _MAPPING,
        "model_attributes_type": _MAPPING,
        "none_required": "must be left empty",
        "string_unicode": "holds a character that cannot be stored; remove it",
    }
)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return advice after an unknown name: the known name that looks like it, else the known names."""
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    if not names:
        return "leave it out"
    more = ", …" if len(names) > _MOST_NAMED else ""
    return f"known: {', '.join(names[:_MOST_NAMED])}{more}"


def slip_of(name: str, known: Iterable[str]) -> str:
    """Return the known name that `name` is a slip of the pen for; empty without one.

    That is one letter that is wrong, missing, too many or changed places, two in a long name. What only goes
    on after a known name, or breaks off in it, means something else: a client number is no client.
    """
    if len(name) < _SHORTEST_NAME:
        return ""
    best, least = "", (2 if len(name) < _LONG_NAME else 3)
    for one in sorted(set(known)):
        goes_on = abs(len(one) - len(name)) > 1 and (one.startswith(name) or name.startswith(one))
        if not goes_on and (distance := _distance(name, one, least)) < least:
            best, least = one, distance
    return best


def _distance(one: str, other: str, most: int) -> int:
    """Return how many letters to change, add, drop or swap; at least `most` where it is more."""
    if abs(len(one) - len(other)) >= most:
        return most
    row, above = list(range(len(other) + 1)), list[int]()
    for i, letter in enumerate(one, start=1):
        rows_back, above, row = above, row, [i]
        for j, wanted in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                row[j] = min(row[j], rows_back[j - 2] + 1)
    return row[-1]


def message_for(details: ErrorDetails) -> str:
    """Return what is wrong with a value and what to write; the message does not contain the value."""
    kind = details["type"]
    maker = _MESSAGES.get(kind)
    return maker(details) if maker else TYPES.get(kind, "cannot be used here")


def allowed_values(details: ErrorDetails, key: str = "expected") -> list[str]:
    """Return the allowed values out of a text such as `'left' or 'right'`."""
    return [word or number for word, number in re.findall(r"'([^']*)'|(\d+)", details["ctx"][key])]


def _literal(details: ErrorDetails) -> str:
    choices = allowed_values(details)
    value = details["input"]
    close = difflib.get_close_matches(value, choices, n=1, cutoff=0.6) if isinstance(value, str) else []
    return f"must be one of {', '.join(choices)}" + (f'; did you mean "{close[0]}"?' if close else "")


def _text_type(details: ErrorDetails) -> str:
    value = details["input"]
    if value is None:
        return "is empty; write text here"
    return f"{_TEXT}; put it in quotes" if isinstance(value, bool | int | float) else _TEXT


def _date(details: ErrorDetails) -> str:
    value = details["input"]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return f"{value} is not a date; write year-month-day"
    return TYPES["date_type"]


def _pattern(details: ErrorDetails) -> str:
    return PATTERN_ADVICE.get(details["ctx"]["pattern"], "is not written in the form that is expected here")


def _too_long(details: ErrorDetails) -> str:
    length, unit = _length(details["input"])
    return f"is too long: {length} {unit}, at most {details['ctx']['max_length']}"


def _too_short(details: ErrorDetails) -> str:
    limit = details["ctx"]["min_length"]
    if limit == 1:
        return "may not be empty"
    length, unit = _length(details["input"])
    return f"is too short: {length} {unit}, at least {limit}"


def _length(value: Any) -> tuple[int, str]:
    """Return the length of a value and its unit; a number counts as its text."""
    if isinstance(value, Sized) and not isinstance(value, str):
        return len(value), "entries"
    return len(str(value)), "characters"


def _unknown_form(details: ErrorDetails) -> str:
    key = details["ctx"]["discriminator"].strip("'")
    return f"{key} must be one of {', '.join(allowed_values(details, 'expected_tags'))}"


def _bound(key: str, words: str) -> Callable[[ErrorDetails], str]:
    return lambda details: f"must be {words} {details['ctx'][key]:g}"


_MESSAGES: Mapping[str, Callable[[ErrorDetails], str]] = MappingProxyType(
    {
        "missing": lambda _: "missing; add it",
        "string_type": _text_type,
        "date_type": _date,
        "literal_error": _literal,
        "string_pattern_mismatch": _pattern,
        "string_too_long": _too_long,
        "too_long": _too_long,
        "string_too_short": _too_short,
        "too_short": _too_short,
        "greater_than_equal": _bound("ge", "at least"),
        "greater_than": _bound("gt", "more than"),
        "less_than_equal": _bound("le", "at most"),
        "less_than": _bound("lt", "less than"),
        "union_tag_invalid": _unknown_form,
        "union_tag_not_found": lambda details: "missing; add " + details["ctx"]["discriminator"].strip("'"),
        "value_error": lambda details: str(details["ctx"]["error"]),
    }
)
