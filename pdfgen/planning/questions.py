"""The questions that a program raises, and the words that it must explain."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.models.condition import Faq
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.planning.exercises import Choices, exercises_of
from pdfgen.planning.plan import UsedWord
from pdfgen.planning.planned_exercise import PlannedExercise


def questions_of(library: Library, prescription: Prescription, count: int) -> tuple[Faq, ...]:
    """Return at least `count` questions that a program raises, as far as there are that many.

    Obligatory entries and those that name a situation of this patient are printed, whatever the count. The
    others follow by rank until the count is reached. They stand in order of rank.
    """
    situations = prescription.situations
    exercises = exercises_of(library, prescription)
    entries = library.questions(library.condition_of(prescription.program))
    relevant = [entry for entry in entries if entry.concerns(exercises, situations)]
    relevant.sort(key=lambda entry: entry.rank)
    first = [e for e in relevant if e.obligatory or set(situations) & set(e.situations)]
    others = [e for e in relevant if e not in first][: max(0, count - len(first))]
    return tuple(sorted(first + others, key=lambda entry: entry.rank))


def used_words(choices: Choices, exercises: Sequence[PlannedExercise]) -> tuple[UsedWord, ...]:
    """Return the words that this program uses."""
    doses = [(exercise, dose) for exercise in exercises for dose in exercise.doses if dose is not None]
    used = {
        "always": True,
        "sets": any(dose.sets.most > 1 and dose.reps.most > 1 for _, dose in doses),
        "holds": any(
            dose.sets.most > 1 and dose.reps.most == 1 and dose.hold_s.most > 0 for _, dose in doses
        ),
        "reps": any(dose.reps.most > 1 for _, dose in doses),
        "hold": any(dose.hold_s.most > 0 for _, dose in doses),
        "rest": any(dose.sets.most > 1 and exercise.rest_s > 0 for exercise, dose in doses),
        "sides": any(dose.per_side for _, dose in doses),
        "levels": any(len({dose.level for dose in exercise.doses if dose}) > 1 for exercise in exercises),
    }
    return tuple(
        UsedWord(choices.text(entry.term), choices.text(entry.meaning), entry.used_by)
        for entry in choices.library.glossary.values()
        if used[entry.used_by]
    )
