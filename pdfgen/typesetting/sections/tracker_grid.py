"""The grid of a week sheet: a row an exercise with picture, form and dose, and a box on each planned day.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import Week
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_in, destination_of, destination_of_last
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_pictures import least_height, most_height, panels_of, place_panels
from pdfgen.typesetting.sections.tracker_row_room import RowRoom
from pdfgen.typesetting.sections.tracker_row_text import OVER_PAGE
from pdfgen.typesetting.sections.tracker_row_words import place_over_boxes, place_together
from pdfgen.typesetting.sections.tracker_shape import (
    OVER_BOXES,
    UNDER,
    GridShape,
    up,
)
from pdfgen.typesetting.sections.tracker_words import ExerciseOfWeek, exercise_text
from pdfgen.typesetting.tracker_geometry import day_middle, on_step

#: White between words and the boxes below them is larger by up to this where the row has room.
_MOST_OVER = 3.0
#: Least size of a drawing that stands beside another one where other rows have one, in sizes of that.
_OF_TWO = 0.6


def row_heights(
    c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek, room: RowRoom
) -> tuple[float, float]:
    """Return the least height of a row, in whole steps, and that with drawings as wide as their column is.

    Args:
        room: what its words take in both copies.
    """
    panels, width = panels_of(shape, week, entry.exercise), shape.picture - room.beside_drawings
    lying, standing = shape.least or (0.0, 0.0)
    # Both ends of a movement where others have one drawing share the room of that.
    part = _OF_TWO if shape.single and len(panels) > 1 else 1.0
    drawn = least_height(c, panels, width, (lying * part, standing * part))
    return _row_height(shape, room, drawn), _row_height(shape, room, most_height(c, panels, width))


def _row_height(shape: GridShape, room: RowRoom, drawn: float) -> float:
    """Return the height of a row with drawings of that height."""
    words, page = room.words, room.over_boxes
    if shape.arrangement == "over":
        boxes = room.under + room.dose + OVER_BOXES + shape.box
        return up(max(words + drawn, boxes) + shape.pad + UNDER)
    if shape.arrangement == "beside":
        # The boxes are in the middle, and the page stands over them.
        boxes = shape.box + 2 * max(shape.pad, page)
        return up(max(max(words, drawn) + shape.pad + UNDER, boxes))
    if shape.arrangement == "below":
        return up(max(words, drawn) + OVER_BOXES + shape.box + shape.pad + UNDER)
    if shape.arrangement == "headed":
        return up(words + max(room.dose, drawn) + OVER_BOXES + shape.box + shape.pad + UNDER)
    below = words + max(OVER_BOXES, page) + shape.box
    over = words if shape.arrangement == "across" else 0.0
    return up(max(below, drawn + room.below_drawings + over) + shape.pad + UNDER)


def box_middle(shape: GridShape, top: float, height: float, words: float) -> float:
    """Return the middle of the boxes of a row whose words are so high: boxes stay close to their words."""
    if shape.arrangement == "beside":
        return top + height / 2
    lowest = up(top + height - UNDER - shape.box / 2)
    if shape.arrangement in ("over", "across", "below", "headed"):
        return lowest
    # Never rounded to a place closer to the words.
    return min(lowest, up(top + height - UNDER - _around(shape, height, words) - shape.box / 2))


def picture_room(shape: GridShape, height: float, room: RowRoom) -> float:
    """Return the height that the drawings of a row have whose words take so much."""
    words, boxes = room.words, OVER_BOXES + shape.box
    taken = {"over": words, "across": words, "below": boxes, "headed": words + boxes}
    return height - shape.pad - UNDER - taken.get(shape.arrangement, room.below_drawings)


def _around(shape: GridShape, height: float, words: float) -> float:
    """Return the white besides above words with boxes below them, and below the boxes, in a row with room."""
    spare = height - shape.pad - UNDER - words - OVER_BOXES - shape.box
    return (spare - min(_MOST_OVER, spare / 3)) / 2


def place_exercise(
    pen: SheetPen,
    shape: GridShape,
    week: Week,
    entry: ExerciseOfWeek,
    top: float,
    height: float,
    room: RowRoom,
    scale: float,
    body: int,
) -> None:
    """Set a row of the grid.

    Args:
        top, height: of the row.
        room: what its words take in both copies.
        scale: points a millimetre of the drawings; the same on all sheets.
        body: the element of all rows.
    """
    c = pen.composer
    row = pen.canvas.node("TR", body)
    label = pen.canvas.node("TH", row, scope="Row")
    form = destination_in(entry.exercise, week.number) if week.number else destination_of(entry.exercise)
    forms = form, destination_of_last(entry.exercise)
    named = c.has_exercises_before("tracker")
    first, last = (pen.canvas.page_of(place) or 0 if named else 0 for place in forms)
    words = exercise_text(c, shape, week.number, entry, (first, last))
    high, left = room.words, room.beside_drawings
    panels = panels_of(shape, week.number, entry.exercise) if shape.picture else ()
    middle = on_step(box_middle(shape, top, height, high))
    head = high if shape.arrangement in ("over", "across", "headed") else 0.0
    if shape.arrangement in ("over", "headed"):
        place_over_boxes(pen, shape, words, top + shape.pad, middle - shape.box / 2, label)
    else:
        above = {
            "beside": (height - words.height(shape.words)) / 2,
            "above": shape.pad + _around(shape, height, high),
            "across": shape.pad,
            "below": shape.pad + (picture_room(shape, height, room) - words.height(shape.words)) / 2,
        }[shape.arrangement]
        # A page over the boxes beside the words of a row stands at the top of that row.
        foot = height - UNDER - room.below_drawings - OVER_PAGE if room.below_drawings else 0.0
        below = shape.pad + high if head else foot
        place_together(pen, shape, words, top + above, top + below, label, drawn=bool(panels))
    if panels:
        area = (shape.picture - left, picture_room(shape, height, room))
        place_panels(pen, panels, scale, (left, top + shape.pad + head), area)
    place_days(pen, shape, row, f"ex{entry.exercise.number}", entry.days, middle)


def place_days(
    pen: SheetPen, shape: GridShape, row: int, name: str, days: Sequence[int], middle: float
) -> None:
    """Set the cells of a row: a box on its days, a word on the others."""
    c = pen.composer
    for day in shape.days:
        cell = pen.canvas.node("TD", row)
        if day in days:
            pen.box(f"{name}.d{day}", cell)
            continue
        style = c.look.label
        half = (c.text(c.strings.rest_day, style).natural_width + 1) / 2
        x = min(day_middle(pen.sheet, day, pen.edges) * MM, pen.edges.right * MM - half)
        pen.centred(c.strings.rest_day, style, x, middle * MM - style.leading / 2, cell)
