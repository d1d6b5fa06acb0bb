"""What the words of a row of a week sheet take, in the copy where that is most.

Lengths are in millimetres.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.tracker_pictures import panels_of
from pdfgen.typesetting.sections.tracker_row_text import OVER_PAGE
from pdfgen.typesetting.sections.tracker_shape import GridShape
from pdfgen.typesetting.sections.tracker_words import (
    ExerciseOfWeek,
    exercise_text,
    told_in,
    width_beside,
)

#: White under a page over boxes.
_UNDER_PAGE = 1.5


class RowRoom(NamedTuple):
    """What the words of a row take, in the copy where that is most.

    Attributes:
        words: height of the lines.
        over_boxes: height that the page takes over the boxes, with its white.
        beside_drawings: width that it takes at the left of the drawings.
        below_drawings: height that it takes below the drawings.
        dose: height of a dose that is not among the words, but at the right of the picture; `under` is where
            it begins.
    """

    words: float
    over_boxes: float
    beside_drawings: float
    below_drawings: float = 0.0
    dose: float = 0.0
    under: float = 0.0


def row_room(c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek) -> RowRoom:
    """Return what the words of a row take in both copies; no room is enough where its page has no place."""
    rooms = [_room(c, shape, week, entry)]
    if c.twin is not None:
        copy = c.turned()
        rooms.append(_room(copy, shape, week, _in_copy(copy, week, entry)))
    return RowRoom(*map(max, zip(*rooms, strict=True)))


def _room(c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek) -> RowRoom:
    words = exercise_text(c, shape, week, entry)
    if shape.arrangement in ("over", "headed"):
        head = words.head_height(shape)
        under = head if words.own else 0.0
        beside = width_beside(words) if words.place == "drawings" else 0.0
        if words.page and beside and not panels_of(shape, week, entry.exercise):
            head += OVER_PAGE + words.page.style.leading / MM
        return RowRoom(head, 0.0, beside, 0.0, words.dose_height(shape), under)
    over = OVER_PAGE + words.page.style.leading / MM + _UNDER_PAGE if words.page else 0.0
    has_place = shape.page != "first" or words.page is None or words.line_of_page(shape.words) == 0
    return RowRoom(
        words.height(shape.words) if has_place else math.inf,
        over if words.place == "boxes" else 0.0,
        width_beside(words) if words.place == "drawings" else 0.0,
        words.page.style.leading / MM if words.page and words.place == "below" else 0.0,
    )


def _in_copy(copy: Composer, week: int, entry: ExerciseOfWeek) -> ExerciseOfWeek:
    """Return an exercise of a week in the words of a copy."""
    own = told_in(copy.plan.exercises[entry.exercise.number - 1], week)
    dose = own.doses[week - 1] if week else None
    return entry._replace(exercise=own, dose=dose or entry.dose)
