"""Which dose step belongs to which week, and which dose an exercise then has.

The maps for 4, 6, 8 and 12 weeks are those of clinical.md 2.3; other lengths follow the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.models.dose import Dose, Level
from pdfgen.content.models.exercise import Exercise
from pdfgen.content.models.field_types import Side
from pdfgen.content.models.language import Language
from pdfgen.content.models.prescription import DoseOverride
from pdfgen.content.rules.doses import Effort, repetitions, rises
from pdfgen.planning.planned_exercise import PlannedDose

#: Seconds to change from one exercise to the next (clinical.md 2.3).
CHANGEOVER_S = 20

#: Every so many weeks the dose stays the same for a week, if enough weeks follow to build on.
_SETTLE_EVERY = 4
_WEEKS_TO_FOLLOW = 3

#: Values of an own dose that take the place of the library's as they are.
_TAKEN_OVER = ("level", "sets", "reps", "hold_s", "per_side", "load", "times_a_day")


def steps_by_week(weeks: int, first: int = 1, last: int = 12) -> tuple[int, ...]:
    """Return the dose step (from 1) of each week.

    The step rises by one a week. It stays in the last week, and in every fourth week after which at least
    three more follow: a consolidation week.

    Args:
        weeks: length of the program, 2 to 12.
        first: step of the first week.
        last: the step that no week goes beyond.
    """
    steps = [min(first, last)]
    for week in range(2, weeks + 1):
        settles = week == weeks or (week % _SETTLE_EVERY == 0 and weeks - week >= _WEEKS_TO_FOLLOW)
        steps.append(min(last, steps[-1] + (0 if settles else 1)))
    return tuple(steps)


def dose_at(exercise: Exercise, step: int) -> Dose | None:
    """Return the dose of `exercise` at a step; beyond the last step the last dose stays."""
    return exercise.doses[min(step, len(exercise.doses)) - 1]


def dose_in_week(
    exercise: Exercise,
    step: int,
    week: int,
    overrides: Sequence[DoseOverride],
    *,
    language: Language,
    side: Side | None = None,
) -> PlannedDose | None:
    """Return the dose of a week with the therapist's own values laid over it.

    Where they name another form, the amounts are the library's for that form: those of the step or the last
    ones before it. An exercise that the library starts in a later step is done earlier when the therapist
    gives a dose for that week: what is left out then comes from the first dose that the library has.

    Args:
        step: of the library, from 1.
        week: from 1.
        language: of the words for a load.
        side: of this exercise; a dose of one side has one.
    """
    own = [o for o in overrides if (o.from_week or 1) <= week <= (o.to_week or week)]
    base = dose_at(exercise, step)
    if base is None:
        if all(_only_starts(override) for override in own):
            return None
        base = next(dose for dose in exercise.doses if dose is not None)
    levels = [override.level for override in own if override.level]
    if levels and levels[-1] != base.level:
        base = _of_form(exercise, step, levels[-1]) or base
    dose = PlannedDose(
        level=base.level,
        sets=base.sets,
        reps=base.reps,
        hold_s=base.hold,
        per_side=base.per_side and not base.one_side,
        one_side=side if base.one_side else None,
        load=language.of(base.load) if base.load else "",
        times_a_day=base.times_a_day,
        each_side=language.of(exercise.each_side) if exercise.each_side else "",
    )
    for override in own:
        dose = _laid_over(dose, override, side)
    return dose


def _of_form(exercise: Exercise, step: int, level: Level) -> Dose | None:
    """Return the last dose up to a step in a form, or the first one after it.

    A form that the library gives no dose has those of the easier and the standard form: a dose of the harder
    one may count for each side where the others do not.
    """
    given = [(number, dose) for number, dose in enumerate(exercise.doses, 1) if dose is not None]
    own = [(number, dose) for number, dose in given if dose.level == level]
    own = own or [(number, dose) for number, dose in given if dose.level in ("L1", "L2")]
    until = [dose for number, dose in own if number <= step]
    return until[-1] if until else next((dose for _, dose in own), None)


def _only_starts(override: DoseOverride) -> bool:
    """Whether an own dose says from which step or with which side, and no dose."""
    return not override.model_fields_set - {"start_step", "side", "from_week", "to_week"}


def _laid_over(dose: PlannedDose, own: DoseOverride, side: Side | None) -> PlannedDose:
    values = {name: getattr(own, name) for name in _TAKEN_OVER if getattr(own, name) is not None}
    if own.minutes is not None:
        values["hold_s"] = own.minutes.times(60)
    if own.one_side:
        values |= {"one_side": side, "per_side": False}
    elif own.per_side or own.one_side is False:
        values["one_side"] = None
    return dose._replace(**values, blank=dose.blank or own.blank)


def effort_of(dose: PlannedDose) -> Effort:
    """Return what the rule for growth looks at; the dose is not one to be written in."""
    volume = repetitions(dose.sets, dose.reps, per_side=dose.per_side, times_a_day=dose.times_a_day)
    return Effort(dose.level, volume, dose.hold_s.most)


def has_risen(before: PlannedDose | None, after: PlannedDose | None) -> bool:
    """Whether an exercise asks more than a week before: it begins, its dose rises, or its load changes.

    A dose to be written in by hand is not known to rise.
    """
    if after is None or after.blank or (before is not None and before.blank):
        return False
    return before is None or before.load != after.load or bool(rises(effort_of(before), effort_of(after)))


def seconds(exercise: Exercise, dose: PlannedDose) -> int:
    """Return how long an exercise takes each time, with rests between sets and without the changeover.

    Of a range its upper end counts.
    """
    sides = 2 if dose.per_side else 1
    work = dose.sets.most * dose.reps.most * sides * (exercise.movement_s + dose.hold_s.most)
    return work + (dose.sets.most - 1) * exercise.rest_s
