"""Notes that stand on no page, and notes and cautions for which week sheets have no room."""

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


def notes_elsewhere(prescription: Loaded[Prescription]) -> Problem:
    """Return the warning that week sheets name the page of cautions and notes instead of saying them."""
    field = "notes" if prescription.value.notes else "situations"
    advice = "shorter notes or fewer exercises help"
    return prescription.problem(
        (field,),
        f"the week sheets have no room for all cautions and notes, and name the page that has them; {advice}",
    )
