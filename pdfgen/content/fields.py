"""The small types that all input models share: text, text in several languages, identifiers, colours.

Every text that enters the program passes through `clean_text`, so nothing later has to defend itself
against control characters, direction overrides or unnormalised Unicode.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

#: Bidirectional embeddings, overrides and isolates: they let a text look different from what it is.
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: No text of a program is longer; a longer one is a mistake or an attack.
MAX_TEXT = 4_000


class Model(BaseModel):
    """Base of all input models: frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=False)


def _number_as_written(value: Any) -> Any:
    """A code such as `1234` may stand without quotes: a whole number is read back exactly as written."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def clean_text(value: str) -> str:
    """Return `value` in Unicode normal form C with single spaces.

    Raises:
        ValueError: a control, private-use, unassigned or direction-override character is in it.
    """
    value = unicodedata.normalize("NFC", value)
    for position, character in enumerate(value):
        if character in "\n\t":
            continue
        category = unicodedata.category(character)
        if character in _DIRECTION_CONTROLS or category in {"Cc", "Co", "Cs", "Cn"}:
            name = f"U+{ord(character):04X}"
            raise ValueError(f"the character {name} at position {position + 1} cannot be printed; remove it")
    return re.sub(r"\s+", " ", value).strip()


_Item = TypeVar("_Item")
_Key = TypeVar("_Key")


def _read_only(value: Mapping[_Key, _Item]) -> Mapping[_Key, _Item]:
    return MappingProxyType(dict(value))


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Text = Annotated[
    str,
    BeforeValidator(_number_as_written),
    StringConstraints(max_length=MAX_TEXT),
    AfterValidator(clean_text),
]
"""One paragraph of plain text; line breaks count as spaces."""

FilledText = Annotated[Text, StringConstraints(min_length=1)]
"""Text that may not be empty."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by hyphens: `knee-rolls`."""

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639 code: `nl`, `en`."""

LocalText = Annotated[Mapping[LanguageCode, FilledText], Field(min_length=1), AfterValidator(_read_only)]
"""The same text in each language: `{nl: …, en: …}`."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Side = Literal["left", "right"]

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""An sRGB colour as `#rrggbb`."""


def _parse_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else value
        except ValueError:
            return value
    return value


Date = Annotated[dt.date, BeforeValidator(_parse_date)]
"""A day written as year-month-day: `2026-03-02`."""

Items = Annotated[tuple[_Item, ...], BeforeValidator(_as_tuple)]
"""A YAML list, kept as a tuple."""

Table = Annotated[Mapping[_Key, _Item], AfterValidator(_read_only)]
"""A YAML mapping, kept read-only."""
