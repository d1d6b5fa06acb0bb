"""The questions that a program raises, and the words that it must explain."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.models.library import Faq
from pdfgen.planning.exercises import Choices
from pdfgen.planning.plan import PlannedExercise


def concerns(entry: Faq, exercises: Sequence[str], situations: Sequence[str]) -> bool:
    """Whether a question concerns this program."""
    return (
        entry.always
        or entry.obligatory
        or bool(set(entry.exercises) & set(exercises))
        or bool(set(entry.situations) & set(situations))
    )


def choose_faq(choices: Choices, count: int) -> tuple[tuple[str, str], ...]:
    """Return question and answer of at least `count` entries, as far as there are that many.

    Obligatory entries and those that name a situation of this patient are printed, whatever the count. The
    others follow by rank until the count is reached. They stand in order of rank.
    """
    prescription = choices.prescription
    relevant = [e for e in choices.library.faq if concerns(e, choices.exercise_ids, prescription.situations)]
    relevant.sort(key=lambda entry: entry.rank)
    situations = set(prescription.situations)
    first = [e for e in relevant if e.obligatory or situations & set(e.situations)]
    others = [e for e in relevant if e not in first][: max(0, count - len(first))]
    chosen = sorted(first + others, key=lambda entry: entry.rank)
    return tuple((choices.text(e.question), choices.text(e.answer)) for e in chosen)


def used_words(choices: Choices, exercises: Sequence[PlannedExercise]) -> tuple[tuple[str, str], ...]:
    """Return term and meaning of the words that this program uses."""
    doses = [(exercise, dose) for exercise in exercises for dose in exercise.doses if dose is not None]
    used = {
        "always": True,
        "sets": True,
        "reps": any(dose.reps.most > 1 for _, dose in doses),
        "hold": any(dose.hold_s.most > 0 for _, dose in doses),
        "rest": any(dose.sets.most > 1 and exercise.rest_s > 0 for exercise, dose in doses),
        "sides": any(dose.per_side for _, dose in doses),
        "levels": any(len({dose.level for dose in exercise.doses if dose}) > 1 for exercise in exercises),
    }
    return tuple(
        (choices.text(entry.term), choices.text(entry.meaning))
        for entry in choices.library.glossary.values()
        if used[entry.used_by]
    )
