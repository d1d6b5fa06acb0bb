"""Which exercises on which days: weekdays, dates and sessions of each week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import combinations

from pdfgen.content.fields import WEEKDAYS, Weekday
from pdfgen.content.library import Category
from pdfgen.content.prescription import Days
from pdfgen.planning.plan import PlannedDay, PlannedDose, Session, SessionItem

#: Strengthening three times a week, not on days in a row (clinical.md 2.1, S52, S53).
STRENGTHENING_DAYS = 3
_DEFAULT_STRENGTHENING: tuple[Weekday, ...] = ("mon", "wed", "fri")


def adjacent(one: Weekday, other: Weekday) -> bool:
    """Whether two weekdays follow each other; Sunday and Monday do."""
    distance = abs(WEEKDAYS.index(one) - WEEKDAYS.index(other))
    return distance in (1, 6)


def days_in_a_row(days: Sequence[Weekday]) -> bool:
    """Whether any two of the days follow each other."""
    return any(adjacent(one, other) for one, other in combinations(days, 2))


def training_days(days: Days | Sequence[Weekday] | None) -> Mapping[Category, tuple[Weekday, ...]]:
    """Return the weekdays of each kind of exercise.

    Nothing given: mobilising every day, strengthening on Monday, Wednesday and Friday. A list: mobilising
    on all of these days, strengthening on at most three of them that do not follow each other, as early in
    the week as possible. `Days`: as written.
    """
    if days is None:
        return {"mobilising": WEEKDAYS, "strengthening": _DEFAULT_STRENGTHENING}
    if isinstance(days, Days):
        return {"mobilising": _in_order(days.mobilising), "strengthening": _in_order(days.strengthening)}
    chosen = _in_order(days)
    return {"mobilising": chosen, "strengthening": _spread(chosen)}


def _in_order(days: Sequence[Weekday]) -> tuple[Weekday, ...]:
    return tuple(day for day in WEEKDAYS if day in days)


def _spread(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    for size in range(min(STRENGTHENING_DAYS, len(days)), 1, -1):
        for choice in combinations(days, size):
            if not days_in_a_row(choice):
                return choice
    return days[:1]


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
