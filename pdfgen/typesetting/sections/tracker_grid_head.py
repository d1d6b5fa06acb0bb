"""The head of the grid of a week sheet: what comes first, and the days with their dates above the columns.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.dates import day_number
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import WARM_UP
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.page_names import WIDE_PAGE
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import (
    GridShape,
    day_names,
    has_dates_beside,
    question_width,
    up,
)
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import day_middle
from pdfgen.typesetting.twins import widest

#: White between lines for the dates of two days.
_LINES_APART = 2.0


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
