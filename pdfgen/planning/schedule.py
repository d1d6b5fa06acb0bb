"""The weekdays and the sessions of each week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.planning.plan import Plan, PlannedKind, Session, SessionItem
from pdfgen.planning.planned_exercise import PlannedDose


def week_days(start: dt.date | None) -> tuple[Weekday, ...]:
    """Return the seven days of each week, starting on the start date's weekday or on Monday."""
    first = start.weekday() if start else 0
    return (*WEEKDAYS[first:], *WEEKDAYS[:first])


def sessions(
    days: Sequence[Weekday],
    doses: Mapping[int, tuple[str, PlannedDose, int]],
    training: Mapping[str, tuple[Weekday, ...]],
    changeover_s: int,
) -> tuple[Session, ...]:
    """Return the sessions of a week.

    Args:
        days: the week's days.
        doses: for each exercise number its kind, its dose and how many seconds it takes.
        training: weekdays of each kind.
        changeover_s: seconds between exercises, counted once an exercise.
    """
    result = []
    for day in days:
        numbers = [n for n, (kind, _, _) in doses.items() if day in training[kind]]
        if numbers:
            items = tuple(SessionItem(n, doses[n][1]) for n in numbers)
            length = sum(doses[n][2] + changeover_s for n in numbers)
            result.append(Session(day, items, length))
    return tuple(result)


def days_of(plan: Plan, kind: PlannedKind) -> frozenset[Weekday]:
    """Return the weekdays on which exercises of a kind are done in some week."""
    numbers = {exercise.number for exercise in plan.exercises if exercise.kind == kind.id}
    done = (session for week in plan.weeks for session in week.sessions)
    return frozenset(session.day for session in done if any(item.number in numbers for item in session.items))
