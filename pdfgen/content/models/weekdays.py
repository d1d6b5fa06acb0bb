"""The weekdays of each kind of exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.content.models.library import Category
from pdfgen.content.models.prescription import Days

#: Strengthening three times a week, not on days in a row (clinical.md 2.1, S52, S53).
STRENGTHENING_DAYS = 3
_DEFAULT_STRENGTHENING: tuple[Weekday, ...] = ("mon", "wed", "fri")


def adjacent(one: Weekday, other: Weekday) -> bool:
    """Whether two weekdays follow each other; Sunday and Monday do."""
    return abs(WEEKDAYS.index(one) - WEEKDAYS.index(other)) in {1, len(WEEKDAYS) - 1}


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
