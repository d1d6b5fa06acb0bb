"""Which dose step belongs to which week, and which dose an exercise then has.

The maps for 4, 6, 8 and 12 weeks are those of clinical.md 2.3; other lengths follow the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.models.library import Dose, Exercise
from pdfgen.content.models.prescription import DoseOverride
from pdfgen.planning.plan import PlannedDose

#: Seconds to change from one exercise to the next (clinical.md 2.3).
CHANGEOVER_S = 20

#: Every so many weeks the dose stays the same for a week, if enough weeks follow to build on.
_SETTLE_EVERY = 4
_WEEKS_TO_FOLLOW = 3


def steps_by_week(weeks: int) -> tuple[int, ...]:
    """Return the dose step (from 1) of each week.

    The step rises by one a week. It stays in the last week, and in every fourth week after which at least
    three more follow: a consolidation week.

    Args:
        weeks: length of the program, 2 to 12.
    """
    steps = [1]
    for week in range(2, weeks + 1):
        settles = week == weeks or (week % _SETTLE_EVERY == 0 and weeks - week >= _WEEKS_TO_FOLLOW)
        steps.append(steps[-1] + (0 if settles else 1))
    return tuple(steps)


def dose_at(exercise: Exercise, step: int) -> Dose | None:
    """Return the dose of `exercise` at a step; beyond the last step the last dose stays."""
    return exercise.doses[min(step, len(exercise.doses)) - 1]


def dose_in_week(
    exercise: Exercise, step: int, week: int, overrides: Sequence[DoseOverride]
) -> PlannedDose | None:
    """Return the dose of a week with the therapist's own values laid over it.

    An exercise that the library starts in a later step is done earlier when the therapist gives a dose for
    that week: what is left out then comes from the first dose that the library has.
    """
    own = [o for o in overrides if (o.from_week or 1) <= week <= (o.to_week or week)]
    base = dose_at(exercise, step)
    if base is None:
        if not own:
            return None
        base = next(dose for dose in exercise.doses if dose is not None)
    values = base.model_dump()
    blank = False
    for override in own:
        values |= override.model_dump(
            exclude_none=True, exclude={"from_week", "to_week", "blank"}, exclude_unset=True
        )
        blank = override.blank or blank
    return PlannedDose(**values, blank=blank)


def seconds(exercise: Exercise, dose: PlannedDose) -> int:
    """Return how long an exercise takes, with rests between sets and without the changeover."""
    sides = 2 if dose.per_side else 1
    work = dose.sets * dose.reps * sides * (exercise.movement_s + dose.hold_s)
    return work + (dose.sets - 1) * exercise.rest_s
