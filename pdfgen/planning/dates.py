"""The dates of a program, and the words for them by the names of the fields that show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pdfgen.content.models.language import Language
from pdfgen.planning.wording import NO_BREAK, day_month, long_date

#: Names of the fields with the first and the last day of the program, in full.
START, END = "start", "end"

#: A day of two wide figures, in whose week every month ends.
_SOME_YEAR, _SOME_DAY = 2026, 28


def date_of(start: dt.date, week: int, day: int) -> dt.date:
    """Return the date of a day; weeks count from 1, days of a week from 0."""
    return start + dt.timedelta(weeks=week - 1, days=day)


def first_day(week: int) -> str:
    """Return the name of the field with day and month of the first day of a week."""
    return f"week{week}_first"


def last_day(week: int) -> str:
    """Return the name of the field with day and month of the last day of a week."""
    return f"week{week}_last"


def whole_week(week: int) -> str:
    """Return the name of the field with the first and the last day of a week: `6–12 Apr`."""
    return f"week{week}_all"


def day_number(week: int, day: int) -> str:
    """Return the name of the field with the number of a day in its month."""
    return f"week{week}_day{day}"


def date_words(start: dt.date | None, weeks: int, language: Language) -> Mapping[str, str]:
    """Return the dates of a program in words, by the names of their fields; none without a start date.

    Short dates have a no-break space, so that day and month stay together on a line.

    Args:
        start: the first day of the program.
        weeks: the length of the program.
        language: the language of the words.
    """
    if start is None:
        return {}
    words = {START: long_date(start, language), END: long_date(date_of(start, weeks, 6), language)}
    for week in range(1, weeks + 1):
        days = [date_of(start, week, day) for day in range(7)]
        words[first_day(week)], words[last_day(week)] = (
            day_month(day, language).replace(" ", NO_BREAK) for day in (days[0], days[-1])
        )
        words[whole_week(week)] = _range(days[0], days[-1], language).replace(" ", NO_BREAK)
        words |= {day_number(week, number): str(day.day) for number, day in enumerate(days)}
    return words


def widest_weeks(language: Language) -> Sequence[Mapping[str, str]]:
    """Return the dates in words of weeks that end in another month than they begin, as those of a week 1."""
    starts = (dt.date(_SOME_YEAR, month, _SOME_DAY) for month in range(1, 13))
    return [date_words(start, 1, language) for start in starts]


def _range(first: dt.date, last: dt.date, language: Language) -> str:
    """Return two days with the name of their month once where it is one."""
    if first.month != last.month:
        return f"{day_month(first, language)} – {day_month(last, language)}"
    if language.date_day_month.startswith("d"):
        return f"{first.day}–{day_month(last, language)}"
    return f"{day_month(first, language)}–{last.day}"
