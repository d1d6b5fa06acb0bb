"""The dates of a program: when each day of it is, and the words for that by the names of their slots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pdfgen.content.language import Language
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


def date_words(start: dt.date | None, weeks: int, language: Language) -> Mapping[str, str]:
    """Return the dates of a program of so many weeks, in words, by their slots; none without a start date.

    Words of a date are never parted.
    """
    if start is None:
        return {}
    words = {START: long_date(start, language), END: long_date(date_of(start, weeks, 6), language)}
    for week in range(1, weeks + 1):
        first, last = date_of(start, week, 0), date_of(start, week, 6)
        words[first_day(week)] = day_month(first, language).replace(" ", NO_BREAK)
        words[last_day(week)] = day_month(last, language).replace(" ", NO_BREAK)
        for day in range(7):
            words[day_number(week, day)] = str(date_of(start, week, day).day)
    return words
