"""The grid of a week sheet: a row an exercise with picture, form and dose, and a box on each planned day.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.dates import day_number
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import WARM_UP, destination_in, destination_of, destination_of_last
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.page_names import WIDE_PAGE
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_pictures import least_height, most_height, panels_of, place_panels
from pdfgen.typesetting.sections.tracker_row_room import RowRoom
from pdfgen.typesetting.sections.tracker_row_text import OVER_PAGE
from pdfgen.typesetting.sections.tracker_row_words import place_over_boxes, place_together
from pdfgen.typesetting.sections.tracker_shape import (
    OVER_BOXES,
    UNDER,
    GridShape,
    day_names,
    has_dates_beside,
    question_width,
    up,
)
from pdfgen.typesetting.sections.tracker_words import ExerciseOfWeek, exercise_text
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import day_middle, on_step
from pdfgen.typesetting.twins import widest

#: White between words and the boxes below them is larger by up to this where the row has room.
_MOST_OVER = 3.0
#: White between lines for the dates of two days.
_LINES_APART = 2.0


def row_heights(
    c: Composer, shape: GridShape, week: int, entry: ExerciseOfWeek, room: RowRoom
) -> tuple[float, float]:
    """Return the least height of a row, in whole steps, and that with drawings as wide as their column is.

    Args:
        room: what its words take in both copies.
    """
    panels, width = panels_of(shape, week, entry.exercise), shape.picture - room.beside_drawings
    drawn = least_height(c, panels, width, shape.least) if shape.least else 0.0
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
        style = c.look.quiet
        half = (c.text(c.strings.rest_day, style).natural_width + 1) / 2
        x = min(day_middle(pen.sheet, day, pen.edges) * MM, pen.edges.right * MM - half)
        pen.centred(c.strings.rest_day, style, x, middle * MM - style.leading / 2, cell)


class GridHead(NamedTuple):
    """Words at the left of the head of the grid, and the days with their dates above the columns.

    Attributes:
        over: height of the words where they go across the sheet, above the days: beside these a word would be
            parted.
        back: height of the head of a back, which has names and dates on one line where they have room.
        one_line: whether they have it.
    """

    height: float
    over: float
    back: float
    one_line: bool


def grid_head(c: Composer, shape: GridShape) -> GridHead:
    """Return the head, as high as the higher of both copies."""
    room = question_width(shape) * MM
    is_over = widest(c, lambda copy: float(_head_words(copy, shape).is_word_parted(room)))
    width = (shape.words_start + shape.words) * MM if is_over else room
    words = widest(c, lambda copy: _head_words(copy, shape).height(width)) / MM
    over = words if is_over else 0.0
    one_line = has_dates_beside(c, shape)
    days = (1 if one_line else 2) * c.look.cell_bold.leading / MM
    height = over + days if over else max(words, days)
    return GridHead(up(height + 1.0), over, up(days + 1.0), one_line)


def _head_words(c: Composer, shape: GridShape, page: int = WIDE_PAGE) -> Text:
    """Return what comes first, and the days without exercises; of sheets alone also where all is explained.

    Args:
        page: where the warm-up is explained, if anywhere; it is named where that takes no line more.
    """
    words = _first_words(c, shape)
    if "preparation" not in c.layout.kinds:
        return words
    # Rows are measured before pages are known, so that the widest page decides.
    width = question_width(shape) * MM
    naming = _first_words(c, shape, WIDE_PAGE)
    has_room = naming.height(width) <= words.height(width) and not naming.is_word_parted(width)
    return _first_words(c, shape, page) if has_room else words


def _first_words(c: Composer, shape: GridShape, page: int = 0) -> Text:
    days = c.plan.weeks[0].days
    rest = [c.language.day_short[day] for number, day in enumerate(days, 1) if number not in shape.days]
    spans = [Span(c.plan.preparation.warm_up.title)]
    if page:
        place = c.fill(c.strings.on_page, page=page).replace(" ", NO_BREAK)
        spans += [Span(" (", bold=False), Span(place, bold=False, link=f"#{WARM_UP}"), Span(")", bold=False)]
    said = [c.fill(c.strings.rest_days, days=", ".join(rest)).replace(" ", NO_BREAK)] if rest else []
    if c.layout.supplement:
        said.append(c.strings.explained_elsewhere)
    if said:
        spans.append(Span(f". {'. '.join(said)}", bold=False))
    return c.text(spans, c.look.label_bold)


def _place_date(
    pen: SheetPen, words: Sequence[Span], style: TextStyle, x: float, y: float, node: int, pitch: float
) -> None:
    """Set a day with its date in the middle of its column, or right above the edge: dates differ in width."""
    right = pen.edges.right * MM
    if x + pitch / 2 <= right:
        pen.centred(words, style, x, y, node, pitch)
    else:
        pen.words(words, style._replace(align="right"), right - pitch, y, node, pitch)


def _place_open_date(
    pen: SheetPen, grid: GridHead, name: str, place: tuple[float, float], pitch: float, node: int
) -> None:
    """Set a day with a line to write its date on: behind its name, or below it."""
    c, (x, y) = pen.composer, place
    style, width = c.look.cell_bold, pitch - _LINES_APART * MM
    # They end with the boxes below, so that the last one has as much room as the others.
    left = x + pen.sheet.box * MM / 2 - width
    if not grid.one_line:
        pen.centred(name + NO_BREAK, style, x, y, node)
        pen.blank(left, y + 2 * style.leading - 1, width, node)
        return
    words = c.text(name + NO_BREAK, style)
    words.place(pen.canvas, left, y + style.leading / 2, words.natural_width + 1, node)
    behind = words.natural_width + 1
    pen.blank(left + behind, y + style.leading * 1.5 - 2, width - behind, node)


def place_grid_head(
    pen: SheetPen,
    shape: GridShape,
    grid: GridHead,
    week: Week,
    place: tuple[float, float],
    table: int,
    *,
    names_first: bool,
) -> int:
    """Set the head of the grid and return the element of its rows.

    Args:
        place: its top and its height.
        names_first: whether it says what comes first, as on a front.
    """
    c, canvas = pen.composer, pen.canvas
    top, height = place
    head = canvas.node("TR", canvas.node("THead", table))
    page = canvas.page_of(WARM_UP) if "preparation" in c.layout.kinds else None
    words = _head_words(c, shape, page or WIDE_PAGE)
    cell = canvas.node("TH", head, scope="Column")
    if names_first:
        width = (shape.words_start + shape.words) * MM if grid.over else question_width(shape) * MM
        over = 0.0 if grid.over else (height - words.height(width) / MM) / 2
        words.place(canvas, pen.left, (top + over) * MM, width, cell)
        top, height = top + grid.over, height - grid.over
    style = c.look.cell_bold
    # A head with words of more lines has the days on the last of them.
    y, names = (top + height - grid.back / 2) * MM - style.leading, day_names(c, shape.pitch)
    for day in shape.days:
        node = canvas.node("TH", head, scope="Column")
        x = day_middle(pen.sheet, day, pen.edges) * MM
        name = names[week.days[day - 1]]
        if not week.number:
            _place_open_date(pen, grid, name, (x, y), shape.pitch * MM, node)
            continue
        if not c.plan.start:
            pen.centred(name, style, x, y + style.leading / 2, node)
            continue
        date = c.dated(day_number(week.number, day - 1))
        if grid.one_line:
            both = [Span(name + NO_BREAK), date._replace(bold=False)]
            _place_date(pen, both, style, x, y + style.leading / 2, node, shape.pitch * MM)
            continue
        # The space keeps the name and the number apart where the cell is read as one text.
        pen.centred(name + NO_BREAK, style, x, y, node)
        pen.centred([date], c.look.cell, x, y + style.leading, node, shape.pitch * MM)
    return canvas.node("TBody", table)
