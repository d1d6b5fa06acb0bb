"""Names of the destinations at exercises and their forms, and at the warm-up before them."""

from __future__ import annotations

from pdfgen.planning.planned_exercise import PlannedExercise

EXERCISE = "exercise-"
"""How all of them begin."""
WARM_UP = "warm-up"
"""The destination at how to warm up."""
NEXT_WEEK = "next-week"
"""The destination at which week to do next."""


def destination_of(exercise: PlannedExercise) -> str:
    """Return the name of the destination at the heading of an exercise, or of a later form of it."""
    return _destination(exercise.number, exercise.form_number)


def destination_in(exercise: PlannedExercise, week: int) -> str:
    """Return the name of the destination at the form of an exercise that is done in a week."""
    forms = exercise.shown_forms
    return _destination(exercise.number, forms.index(exercise.form_in(week)) + 1 if len(forms) > 1 else 0)


def destination_of_last(exercise: PlannedExercise) -> str:
    """Return the name of the destination at the last form of an exercise that is prescribed."""
    return _destination(exercise.number, len(exercise.forms))


def _destination(number: int, form: int) -> str:
    return f"{EXERCISE}{number}-{form}" if form > 1 else f"{EXERCISE}{number}"
