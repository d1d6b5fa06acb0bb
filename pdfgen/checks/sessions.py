"""Checks of a prescription that need its plan: length of sessions, exercises that never begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdfgen.errors import Problem

if TYPE_CHECKING:
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.prescription import Prescription
    from pdfgen.planning.plan import Plan

#: Sessions that take more minutes are reported.
_LONG_SESSION = 60


def too_long(plan: Plan, prescription: Loaded[Prescription]) -> tuple[Problem, ...]:
    """Return a warning where sessions are longer than people manage."""
    longest = max(plan.weeks, key=lambda week: week.minutes)
    if longest.minutes <= _LONG_SESSION:
        return ()
    message = f"a session in week {longest.number} takes about {longest.minutes} minutes; check the doses"
    return (prescription.problem(("doses",), message),)


def without_dose(plan: Plan, prescription: Loaded[Prescription]) -> list[Problem]:
    """Return a problem for each exercise that the program is too short for to begin with."""
    own = prescription.value.exercises is not None
    return [
        prescription.problem(
            ("exercises", exercise.number - 1) if own else ("program",),
            f'"{exercise.id}" would never begin in {len(plan.weeks)} weeks; '
            f"take more weeks, leave it out, or give it a dose of its own under doses",
        )
        for exercise in plan.exercises
        if not any(exercise.doses)
    ]
