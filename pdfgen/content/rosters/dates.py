"""Dates as people and spreadsheets write them; an ambiguous date is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1\d{2}")
_DAY_MONTH = re.compile(r"(\d{1,2})\.?[ -]([^\W\d]+)\.?[ -](\d{4})")
_MONTH_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2}),? (\d{4})")

_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "jan januari january", "feb februari february", "mrt maart mar march", "apr april",
                "mei may", "jun juni june", "jul juli july", "aug augustus august", "sep sept september",
                "okt oktober oct october", "nov november", "dec december",
            ),
            start=1,
        )
        for name in names.split()
    }
)  # fmt: skip


def read_date(text: str, day_first: bool | None = None) -> dt.date | None:
    """Return the date in `text`, or None if `text` is not a date.

    The forms are year-month-day, month names in Dutch and English, and day and month in numbers if only one
    order is possible. `day_first` decides the order if both are possible.

    Raises:
        ValueError: it can mean two days, or its year has two digits; the message says what to write.
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(text):
        return _in_numbers(text, int(found[1]), int(found[3]), int(found[4]), day_first)
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError(f"{text} has a year of two digits; write year-month-day, such as 2026-03-02")
    if found := _DAY_MONTH.fullmatch(text):
        return _date(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _date(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def _in_numbers(text: str, first: int, second: int, year: int, day_first: bool | None) -> dt.date | None:
    as_day_month, as_month_day = _date(year, second, first), _date(year, first, second)
    if day_first is not None:
        return as_day_month if day_first else as_month_day
    if as_day_month and as_month_day and as_day_month != as_month_day:
        raise ValueError(f"{text} can mean two days; write {as_day_month} or {as_month_day}")
    return as_day_month or as_month_day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
