"""Which exercises on which days: weekdays, dates and sessions of each week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pdfgen.content.fields import WEEKDAYS, Weekday
from pdfgen.content.library import Category
from pdfgen.planning.plan import PlannedDay, PlannedDose, Session, SessionItem


def week_days(week: int, start: dt.date | None) -> tuple[PlannedDay, ...]:
    """Return the seven days of a week, counted from 1, starting on the start date's weekday or on Monday."""
    if start is None:
        return tuple(PlannedDay(day, None) for day in WEEKDAYS)
    first = start + dt.timedelta(weeks=week - 1)
    dates = [first + dt.timedelta(days=offset) for offset in range(7)]
    return tuple(PlannedDay(WEEKDAYS[date.weekday()], date) for date in dates)


def sessions(
    days: Sequence[PlannedDay],
    doses: Mapping[int, tuple[Category, PlannedDose, int]],
    training: Mapping[Category, tuple[Weekday, ...]],
    changeover_s: int,
) -> tuple[Session, ...]:
    """Return the sessions of a week.

    Args:
        days: the week's days.
        doses: for each exercise number its category, its dose and how many seconds it takes.
        training: weekdays of each category.
        changeover_s: seconds between exercises, counted once an exercise.
    """
    result = []
    for day in days:
        numbers = [n for n, (category, _, _) in doses.items() if day.day in training[category]]
        if numbers:
            items = tuple(SessionItem(n, doses[n][1]) for n in numbers)
            length = sum(doses[n][2] + changeover_s for n in numbers)
            result.append(Session(day.day, day.date, items, length))
    return tuple(result)
