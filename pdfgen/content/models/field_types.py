"""The small types that all input models share: text, text in several languages, identifiers, colours.

Every text that enters the program passes through `clean_text`, so nothing later has to defend itself
against control characters, direction overrides or unnormalised Unicode.
"""

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from typing_extensions import TypeAliasType

from pdfgen.content.models.text_cleaning import clean_text

#: No text of a program is longer; a longer one is a mistake or an attack.
MAX_TEXT = 4_000

#: Years in which a program can begin or content can have been reviewed; others are slips of the pen.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Model(BaseModel):
    """Base of all input models: frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


def _number_as_written(value: Any) -> Any:
    """A code such as `1234` may stand without quotes: a whole number is read back exactly as written."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


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

FilledText = TypeAliasType("FilledText", Annotated[Text, StringConstraints(min_length=1)])
"""Text that may not be empty. A type with a name is built once, not for each field."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by hyphens: `knee-rolls`."""

LANGUAGE_CODE = r"^[a-z]{2,3}(-[A-Z]{2})?$"
LanguageCode = Annotated[str, StringConstraints(pattern=LANGUAGE_CODE)]
"""ISO 639 code, where needed with the country: `nl`, `en`, `en-US`."""

LocalText = TypeAliasType(
    "LocalText", Annotated[Mapping[LanguageCode, FilledText], Field(min_length=1), AfterValidator(_read_only)]
)
"""The same text in each language: `{nl: …, en: …}`."""


def without_region(code: str) -> str:
    """Return the code of a language without its country: of `en-US` it is `en`."""
    return code.partition("-")[0]


def is_in(text: Mapping[str, str], code: str) -> bool:
    """Whether a text is there in a language, or in the one that this extends."""
    return code in text or without_region(code) in text


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Side = Literal["left", "right"]

FigureChoice = Literal["woman", "man", "older-woman", "older-man", "heavier-woman", "heavier-man"]
"""Who does the exercises in the drawings."""

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""An sRGB colour as `#rrggbb`."""


def _parse_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else value
        except ValueError:
            return value
    return value


def _of_this_century(value: dt.date) -> dt.date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"the year {value.year} cannot be meant; write one from {FIRST_YEAR} to {LAST_YEAR}")
    return value


Date = Annotated[dt.date, BeforeValidator(_parse_date), AfterValidator(_of_this_century)]
"""A day written as year-month-day: `2026-03-02`."""


_TIME_OF_DAY = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


def _parse_time(value: Any) -> Any:
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and (found := _TIME_OF_DAY.fullmatch(value.strip())):
        return dt.time(int(found[1]), int(found[2]))
    raise ValueError("is no time of day; write hours and minutes, such as 08:30")


TimeOfDay = Annotated[
    dt.time,
    BeforeValidator(_parse_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_TIME_OF_DAY.pattern}$"}),
]
"""A time written as hours and minutes, from 00:00 to 23:59: `08:30`."""

Items = Annotated[tuple[_Item, ...], BeforeValidator(_as_tuple)]
"""A YAML list, kept as a tuple."""

Table = Annotated[Mapping[_Key, _Item], AfterValidator(_read_only)]
"""A YAML mapping, kept read-only."""
