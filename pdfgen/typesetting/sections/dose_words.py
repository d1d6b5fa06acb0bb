"""The doses of an exercise in words: all that a table of weeks leaves unsaid, or the whole of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import (
    hold_amount,
    ranges,
    side_and_load,
)
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.exercise_words import capitalised, when

T = TypeVar("T", bound=Hashable)


def dose_facts(c: Composer, exercise: PlannedExercise, *, levels: bool = True) -> str:
    """Return days, sides, hold, load, times a day and forms in one line, with the weeks where they change.

    Args:
        levels: whether to name the forms; not where they are described.
    """
    given = _by_week(exercise)
    words = [own_days(c, exercise), *_holds(c, given), *_sides(c, given), *sides_and_loads(c, exercise)]
    facts = ", ".join(filter(None, words))
    return ". ".join(filter(None, (capitalised(facts), *(_levels(c, exercise, given) if levels else ()))))


def _holds(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    """Return how long to hold, where the amount does not say it; then the weeks in which that changes."""
    changes = _changes([(week, hold_amount(dose, c.language)) for week, dose in given if not dose.blank])
    if not any(changes):
        return []
    (first, _), *others = changes.items()
    since = "; ".join(f"{_weeks(c, weeks)}: {hold or '–'}" for hold, weeks in others)
    if not first:
        return [f"{c.strings.holding} ({since})"]
    return [c.fill(c.strings.hold_row, hold=first) + (f" ({since})" if since else "")]


def sides_and_loads(c: Composer, exercise: PlannedExercise) -> list[str]:
    """Return the only side, loads and times a day, with the weeks where they change."""
    given = _by_week(exercise)
    said = [(week, side_and_load(dose, c.language)) for week, dose in given if not dose.blank]
    words = []
    for kind in range(3):
        changes = _changes([(week, parts[kind]) for week, parts in said])
        for part, weeks in changes.items():
            if part:
                words.append(part + _in_weeks(c, weeks if len(changes) > 1 else ()))
    return words


def _sides(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    changes = _changes([(week, dose.per_side) for week, dose in given if not dose.blank])
    if True not in changes:
        return []
    return [c.strings.per_side + _in_weeks(c, changes[True] if len(changes) > 1 else ())]


def _levels(c: Composer, exercise: PlannedExercise, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    changes = _changes([(week, dose.level) for week, dose in given])
    words = [f"{exercise.form_in(weeks[0]).name}: {_weeks(c, weeks)}" for weeks in changes.values()]
    if len(exercise.shown_forms) < 2:
        return []
    return [*words, *(f"{when(c, form)}: {form.name}" for form in exercise.advised)]


def _changes(values: Sequence[tuple[int, T]]) -> dict[T, list[int]]:
    """Return the weeks of each value, in the order in which the values come."""
    weeks: dict[T, list[int]] = {}
    for week, value in values:
        weeks.setdefault(value, []).append(week)
    return weeks


def _weeks(c: Composer, weeks: Sequence[int]) -> str:
    return f"{c.strings.week.lower()}\u00a0{ranges(weeks)}"


def _in_weeks(c: Composer, weeks: Sequence[int]) -> str:
    return f" ({_weeks(c, weeks)})" if weeks else ""


def own_days(c: Composer, exercise: PlannedExercise) -> str:
    """Return the days of an exercise where they are not those of the others."""
    for week in c.plan.weeks:
        days = [s.day for s in week.sessions if any(i.number == exercise.number for i in s.items)]
        if days and len(days) < len(week.sessions):
            return "\u00a0".join(c.language.day_short[day] for day in days)
    return ""


def _by_week(exercise: PlannedExercise) -> list[tuple[int, PlannedDose]]:
    return [(week, dose) for week, dose in enumerate(exercise.doses, 1) if dose is not None]
