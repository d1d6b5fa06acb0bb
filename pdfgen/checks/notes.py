"""Notes that stand on no page, because the exercise is not done in any of their weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pdfgen.errors import Problem
from pdfgen.planning.own_words import weeks_of, written_notes

if TYPE_CHECKING:
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.prescription import Prescription
    from pdfgen.planning.plan import Plan


def idle_notes(plan: Plan, prescription: Loaded[Prescription]) -> Iterator[Problem]:
    """Yield a warning for each note of weeks in which its exercise is not done."""
    for exercise in plan.exercises:
        done = exercise.weeks
        for index, note in enumerate(written_notes(exercise.id, prescription.value)):
            if not weeks_of(note, done):
                message = f'is not printed: "{exercise.id}" is not done in these weeks'
                yield prescription.problem(("notes", exercise.id, index), message)
