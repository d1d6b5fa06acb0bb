"""How fast the doses of the planned weeks rise, with the therapist's own doses in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pdfgen.content.rules.doses import steep_rises
from pdfgen.errors import Problem
from pdfgen.planning.planned_exercise import PlannedDose
from pdfgen.planning.progression import effort_of

if TYPE_CHECKING:
    from pdfgen.content.files.source import FieldPath
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.prescription import Prescription
    from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedExercise


def steep_weeks(plan: Plan, prescription: Loaded[Prescription]) -> Iterator[Problem]:
    """Yield a warning for each week in which a dose rises too fast, with the dose before it.

    A dose that is left to be written in is passed over. The rule is that of `content.rules.doses`.
    """
    for exercise in plan.exercises:
        at: FieldPath = ("doses", exercise.id) if exercise.id in prescription.value.doses else ("program",)
        known = [None if dose is not None and dose.blank else dose for dose in exercise.doses]
        for index, message in steep_rises([dose and effort_of(dose) for dose in known]):
            yield prescription.problem(at, f"{_rise(exercise, known, index)}: {message}")


def _rise(exercise: PlannedExercise, doses: list[PlannedDose | None], index: int) -> str:
    """Return the dose of a week after the one before it that is known."""
    before = max(week for week, dose in enumerate(doses[:index], 1) if dose is not None)
    first, then = f"{doses[before - 1]} in week {before}", f"{doses[index]} in week {index + 1}"
    return f'"{exercise.id}" goes from {first} to {then}'
