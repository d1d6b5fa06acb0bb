"""The dates of a program: when each day of it is, and the words for that by the names of their slots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from pdfgen.content.models.language import Language
from pdfgen.planning.wording import NO_BREAK, day_month, long_date

#: Slots for the first and the last day of the program, in full.
START, END = "start", "end"


def date_of(start: dt.date, week: int, day: int) -> dt.date:
    """Return the date of a day: weeks count from 1, their days from 0."""
    return start + dt.timedelta(weeks=week - 1, days=day)


def first_day(week: int) -> str:
    """Return the slot for day and month of the first day of a week."""
    return f"week{week}_first"


def last_day(week: int) -> str:
    """Return the slot for day and month of the last day of a week."""
    return f"week{week}_last"


def day_number(week: int, day: int) -> str:
    """Return the slot for the number that a day has in its month."""
    return f"week{week}_day{day}"


class DateWords(Mapping[str, str]):
    """The dates of a program in words, by their slots; none without a start date.

    Day and month of a short date are never parted. Words are worked out when they are asked for.

    Args:
        start: first day.
        weeks: how many weeks the program has.
        language: of the words.
    """

    def __init__(self, start: dt.date | None, weeks: int, language: Language) -> None:
        self._start = start
        self._language = language
        self._days = _days(weeks) if start else {}
        self._words: dict[str, str] = {}

    def __getitem__(self, slot: str) -> str:
        words = self._words.get(slot)
        if words is None:
            kind, week, day = self._days[slot]
            assert self._start is not None
            words = self._words[slot] = _WORDS[kind](date_of(self._start, week, day), self._language)
        return words

    def __iter__(self) -> Iterator[str]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)


@lru_cache(maxsize=16)
def _days(weeks: int) -> Mapping[str, tuple[str, int, int]]:
    """Return for each slot what is said of which day, in a program of so many weeks."""
    slots = {START: ("long", 1, 0), END: ("long", weeks, 6)}
    for week in range(1, weeks + 1):
        slots |= {first_day(week): ("short", week, 0), last_day(week): ("short", week, 6)}
        slots |= {day_number(week, day): ("number", week, day) for day in range(7)}
    return slots


_WORDS: Mapping[str, Callable[[dt.date, Language], str]] = {
    "long": long_date,
    "short": lambda date, language: day_month(date, language).replace(" ", NO_BREAK),
    "number": lambda date, _: str(date.day),
}
