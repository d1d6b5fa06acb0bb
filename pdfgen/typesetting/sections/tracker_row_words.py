"""The words of a row of a week sheet, set at their places.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_row_text import OVER_PAGE, ExerciseText, head_width
from pdfgen.typesetting.sections.tracker_shape import OVER_BOXES, GridShape
from pdfgen.typesetting.text import Text

#: A line to write on stands so far above the end of its room, in points.
_OVER_END = 3.0
#: White between that and a page at its right, in points.
_BEFORE_PAGE = 8.0


def place_together(
    pen: SheetPen, shape: GridShape, words: ExerciseText, y: float, below: float, node: int, *, drawn: bool
) -> None:
    """Set words whose dose follows the name, or a line to write it on.

    Args:
        y: where they begin.
        drawn: whether drawings stand at their left, where that line may begin else.
        below: where a page begins that does not stand behind or below the lines.
    """
    x, width = pen.left + shape.words_start * MM, shape.words * MM
    _place_lines(pen, words, x, y * MM, width, (below + OVER_PAGE) * MM, node)
    if words.is_open:
        behind = words.name[-1].natural_width + 2 * MM if words.has_line_behind(shape.words) else 0.0
        end = (y + words.height(shape.words)) * MM - _OVER_END
        right = words.beside_line(shape.words) * MM if behind else 0.0
        start = x + behind if behind or drawn else pen.left
        pen.blank(start, end, x + width - right - MM - start, node, pen.composer.strings.dose)


def place_over_boxes(
    pen: SheetPen, shape: GridShape, words: ExerciseText, y: float, boxes: float, node: int
) -> None:
    """Set the name at the left or across, and the dose right above its boxes, where the hand goes.

    Args:
        y: where the name begins.
        boxes: the top of the boxes.
    """
    width = head_width(shape, words.own) * MM
    place, left = y * MM, pen.left
    for line in (*words.name, *words.own):
        line.place(pen.canvas, left, place, width, node)
        place += line.height(width)
    x, end = left + shape.words_start * MM, (boxes - OVER_BOXES) * MM
    over = first = end - words.dose_height(shape) * MM
    for line in words.dose:
        line.place(pen.canvas, x, over, shape.words * MM, node)
        over += line.height(shape.words * MM)
    page = words.page if words.place == "dose" else None
    if words.page and words.place == "name":
        beside = y * MM + words.name[0].baseline - words.page.baseline
        _place_page(pen, words.page, left + pen.width, beside, node)
    elif page:
        first += words.dose[0].baseline - page.baseline if words.dose else 0.0
        _place_page(pen, page, left + pen.width, first, node)
    elif words.page:
        _place_page(pen, words.page, left + words.page.natural_width + 1, place + OVER_PAGE * MM, node)
    if words.is_open:
        room = shape.words * MM - (page.natural_width + _BEFORE_PAGE if page else 0.0)
        pen.blank(x, end - _OVER_END, room, node, pen.composer.strings.dose)


def _place_lines(
    pen: SheetPen, words: ExerciseText, x: float, y: float, width: float, below: float, node: int
) -> None:
    """Set the lines of an exercise, and the page with its explanation; all in points.

    Args:
        x, y, width: of the lines.
        below: where a page begins that does not stand behind or below the lines.
    """
    page, line_of_page = words.page, words.line_of_page(width / MM)
    for number, line in enumerate(words.lines):
        line.place(pen.canvas, x, y, width, node)
        if page and number == line_of_page and words.place == "lines":
            last = y + line.height(width) - line.style.leading
            _place_page(pen, page, x + width, last + line.baseline - page.baseline, node)
        y += line.height(width)
    if page and words.place != "lines":
        right = pen.left + (pen.width if words.place == "boxes" else page.natural_width + 1)
        _place_page(pen, page, right, below, node)
    elif page and line_of_page == len(words.lines):
        _place_page(pen, page, x + width, y, node)


def _place_page(pen: SheetPen, page: Text, right: float, y: float, node: int) -> None:
    width = page.natural_width + 1
    page.place(pen.canvas, right - width, y, width, node)
