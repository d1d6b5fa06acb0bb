"""Rows of a week sheet for exercises that begin in a later week, so that a missing number is explained.

Lengths are in millimetres.
"""

from __future__ import annotations

from pdfgen.planning.plan import Week
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_words import from_week
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import GridShape, up
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: White above and below the words.
_PAD = 1.0


def later_exercises(c: Composer, week: Week) -> tuple[tuple[PlannedExercise, int], ...]:
    """Return the exercises that are not done in a week, with the next one in which they are.

    A spare sheet, which is for any week, has none.
    """
    if not week.number:
        return ()
    missing = (exercise for exercise in c.plan.exercises if exercise.doses[week.number - 1] is None)
    begins = ((exercise, exercise.next_week(week.number)) for exercise in missing)
    return tuple((exercise, first) for exercise, first in begins if first)


def later_height(c: Composer, shape: GridShape, exercise: PlannedExercise, first: int) -> float:
    """Return the height of the row of an exercise that begins in the week `first`."""

    def measure(copy: Composer) -> float:
        own = copy.plan.exercises[exercise.number - 1]
        return _words(copy, own, first).height(_width(shape)) / MM

    return up(widest(c, measure) + 2 * _PAD)


def place_later(
    pen: SheetPen, shape: GridShape, exercise: PlannedExercise, first: int, top: float, body: int
) -> None:
    """Set the row of an exercise that begins in the week `first`, which has no boxes."""
    row = pen.canvas.node("TR", body)
    cell = pen.canvas.node("TH", row, scope="Row", col_span=1 + len(shape.days))
    words = _words(pen.composer, exercise, first)
    words.place(pen.canvas, pen.left, (top + _PAD) * MM, _width(shape), cell)


def _width(shape: GridShape) -> float:
    """Return the width in points of the words: rows without boxes have the columns of these too."""
    return (shape.words_start + shape.words) * MM


def _words(c: Composer, exercise: PlannedExercise, first: int) -> Text:
    number = Span(f"{exercise.number}{NO_BREAK}{NO_BREAK}", bold=True, colour=c.look.accent)
    return c.text([number, c.exercise_name(exercise, first), Span(f": {from_week(c, first)}")], c.look.cell)
