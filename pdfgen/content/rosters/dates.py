"""Dates as people and spreadsheets write them; where one can mean two days, its column decides."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pdfgen.content.rosters.days import WEEKDAY_WORDS

#: A time of day behind a date, with its zone.
_TIME = re.compile(
    r"[T ,]+(?:om |at |@ ?)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r" ?(?:[ap]\.?m\.?)?(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
#: A time of day alone: 8:30, 8.30 uur, 8u30, 9 uur, 8:30 PM.
_TIME_OF_DAY = re.compile(r"(\d{1,2})(?:[:.uh](\d{2}))?\s*(uur|u|h|[ap]\.?m\.?)?")
_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})")
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?([1-7])", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1\d{2}")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|e|de|ste)?\.?[ -/]?(?:of )?([^\W\d]+)\.?,?[ -/]?(\d{4}|'?\d{2})"
)
_MONTH_DAY = re.compile(r"([^\W\d]+)\.?[ -/](\d{1,2})(?:st|nd|rd|th)?,?[ -/](\d{4})")
_WEEKDAY = re.compile(r"(?:op |on )?([^\W\d]+)\.?,? +(?:the |de )?(?=.*\d)", re.IGNORECASE)

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

_UTC = ("Z", "+00:00", "+0000", "-00:00")
_NOON = (12, 0)
#: Countries where dates in numbers begin with the month, as a message calls them.
_MONTH_FIRST = MappingProxyType({"US": "the United States, where the clinic is"})
_HOW = "or name the order with --day-first or --month-first"


class DateOrder(NamedTuple):
    """Which of two numbers of a date is the day.

    Attributes:
        day_first: for every date; None where it is not known.
        by_mark: the same for dates with this mark between their numbers, as their column shows it.
    """

    day_first: bool | None = None
    by_mark: Mapping[str, bool] = MappingProxyType({})

    def of(self, mark: str) -> bool | None:
        """Return whether the day comes first in dates with this mark; None where it is not known."""
        return self.by_mark.get(mark) if self.day_first is None else self.day_first


UNKNOWN_ORDER = DateOrder()


class Decided(NamedTuple):
    """How a column writes its dates, and what showed it.

    Attributes:
        order: of its dates.
        decided: for a date that alone could mean two days, and one that shows what it means.
    """

    order: DateOrder
    decided: tuple[tuple[str, str], ...] = ()


def order_of(texts: Iterable[str], country: str = "") -> Decided:
    """Return the order of day and month in a column: that of its dates of which only one is possible.

    Dates with the same mark go together (23-3-2026 says nothing of 3/4/2026), unless all that is known of the
    column says the same. Where it says nothing, the month comes first for a clinic in the United States;
    `country` is that of the clinic.
    """
    shown: defaultdict[str, dict[bool, str]] = defaultdict(dict)
    open_dates: dict[str, str] = {}
    for text in texts:
        if text[:4].isdigit():
            continue
        found = _NUMBERS.fullmatch(_without_time(" ".join(text.split()))[0])
        if not found:
            continue
        day_month, month_day = _both(found)
        if day_month and month_day and day_month != month_day:
            open_dates.setdefault(found[2], text.strip())
        elif day_month != month_day:
            shown[found[2]].setdefault(day_month is not None, text.strip())
    everywhere = {order for orders in shown.values() for order in orders}
    by_mark: dict[str, bool] = {}
    decided = []
    for mark, text in open_dates.items():
        orders = shown.get(mark) or (
            next(iter(shown.values())) if len(everywhere) == 1 else dict[bool, str]()
        )
        if len(orders) == 1:
            ((by_mark[mark], because),) = orders.items()
            decided.append((text, because))
        elif not orders and country in _MONTH_FIRST:
            by_mark[mark] = False
            decided.append((text, _MONTH_FIRST[country]))
    return Decided(DateOrder(by_mark=MappingProxyType(by_mark)), tuple(decided))


def order_told(decided: Decided) -> Iterator[str]:
    """Yield what to say of dates whose order their column shows."""
    for text, because in decided.decided:
        yield f"{text} is read in the order of {because}; if that is wrong, {_HOW.removeprefix('or ')}"


def read_date(text: str, order: DateOrder = UNKNOWN_ORDER) -> dt.date | None:
    """Return the date in `text`, or None if `text` is not a date.

    The forms are year-month-day, also by the ISO week; month names in Dutch and English; and day and month in
    numbers. The name of a weekday may stand before it and a time of day behind it.

    Raises:
        ValueError: it can mean two days, its weekday is another one, or its year has two digits; the message
            says what to write.
    """
    text = " ".join(text.split())
    if iso := _ISO.fullmatch(text):  # the form of most files
        return _date(int(iso[1]), int(iso[3]), int(iso[4]))
    text, hours, zone = _without_time(text)
    text, weekday = _without_weekday(text)
    found = _day(text, order, weekday)
    if found is None:
        return None
    if weekday is not None and found.weekday() != weekday:
        raise ValueError(f"{found} is no such weekday; mend the weekday or the date")
    if hours >= _NOON and zone.upper() in _UTC:
        # Systems write midnight of a day in Europe as an hour late in the day before.
        after = found + dt.timedelta(days=1)
        raise ValueError(
            f"is a time in UTC, and may be {found} or {after} at the clinic; write the day alone"
        )
    return found


def has_time(text: str) -> bool:
    """Whether a time of day, other than midnight, stands behind a date."""
    return _without_time(" ".join(text.split()))[1] != (0, 0)


def has_short_year(text: str) -> bool:
    """Whether a date with the name of a month has a year of two digits."""
    if text[-4:].isdigit():
        return False
    found = _DAY_MONTH.fullmatch(_without_weekday(_without_time(" ".join(text.split()))[0])[0])
    return found is not None and len(found[3].lstrip("'")) == 2


def _without_time(text: str) -> tuple[str, tuple[int, int], str]:
    """Return a text without the time behind it, the hours and minutes, and the zone."""
    found = _TIME.search(text)
    if found is None or found.end() != len(text) or found.start() < 6:
        return text, (0, 0), ""
    return text[: found.start()].rstrip(","), (int(found[1]), int(found[2])), found[3] or ""


def _without_weekday(text: str) -> tuple[str, int | None]:
    found = _WEEKDAY.match(text)
    weekday = WEEKDAY_WORDS.get(found[1].casefold()) if found else None
    if found is None or weekday is None:
        return text, None
    return text[found.end() :], weekday


def _day(text: str, order: DateOrder, weekday: int | None) -> dt.date | None:
    if iso := _ISO.fullmatch(text):
        return _date(int(iso[1]), int(iso[3]), int(iso[4]))
    if found := _ISO_WEEK.fullmatch(text):
        try:
            return dt.date.fromisocalendar(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    if found := _NUMBERS.fullmatch(text):
        return _in_numbers(text, found, order, weekday)
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError(f"{text} has a year of two digits; write year-month-day, such as 2026-03-02")
    if found := _DAY_MONTH.fullmatch(text):
        year = int(found[3].lstrip("'"))
        return _date(year if year > 99 else 2000 + year, _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _date(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def _both(found: re.Match[str]) -> tuple[dt.date | None, dt.date | None]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    return _date(year, second, first), _date(year, first, second)


def _in_numbers(text: str, found: re.Match[str], order: DateOrder, weekday: int | None) -> dt.date | None:
    day_month, month_day = _both(found)
    day_first = order.of(found[2])
    if day_first is not None:
        return day_month if day_first else month_day
    if day_month and month_day and day_month != month_day:
        fitting = [day for day in (day_month, month_day) if day.weekday() == weekday]
        if len(fitting) == 1:
            return fitting[0]
        raise ValueError(f"{text} can mean two days; write {day_month} or {month_day}, {_HOW}")
    return day_month or month_day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> str:
    """Return a time of day as a prescription has it; a text that is none stays as it is."""
    found = _TIME_OF_DAY.fullmatch(text.strip().casefold())
    if not found or not (found[2] or found[3]):
        return text.strip()
    hour, half = int(found[1]), (found[3] or "")[:1]
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return text.strip()
        hour = hour % 12 + 12 * (half == "p")
    return f"{hour}:{found[2] or '00'}"
