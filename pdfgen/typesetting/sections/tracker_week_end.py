"""What a week sheet asks at the end of the week: effort, walking, how often it worked out.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen, does_not_fit
from pdfgen.typesetting.sections.tracker_shape import day_names, up
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.tracker_geometry import (
    EFFORTS,
    WALKING_BOX,
    Across,
    effort_start,
    walking_middle,
)
from pdfgen.typesetting.twins import widest

#: White under a question, under its boxes, between a box and its words, and under words right above a box.
_UNDER, _BELOW, _BESIDE, _OVER = 1.5, 0.5, 2.0, 0.7
#: From one line to write on to the next, in millimetres and in sizes of running text.
_LINE, _LINE_SIZES = 9.0, 1.9
#: White between the question about effort and how often it worked out, and the line in that.
_TITLES_APART, _TIMES_LINE = 5.0, 13.5


class EffortQuestion(NamedTuple):
    """The question about effort with boxes below it.

    Attributes:
        middle: from its top to the middle of the boxes.
        has_times: whether how often it worked out stands at the right of its words.
    """

    height: float
    middle: float
    has_times: bool


def effort_question(c: Composer, edges: Across, box: float) -> EffortQuestion:
    """Return the question about effort, with room for the words of both copies.

    Raises:
        FitError: an answer is wider than its column.
    """
    room = (effort_start(1, edges) - effort_start(0, edges) - box - 2 * _BESIDE) * MM
    answers = max(widest(c, partial(_answer_width, index=index)) for index in range(len(EFFORTS)))
    if answers > room:
        raise does_not_fit("type", "choose smaller sizes")
    title = c.look.cell_bold.leading / MM + _UNDER
    middle = up(title + box / 2)
    has_times = widest(c, _title_width) <= (edges.right - edges.left) * MM
    return EffortQuestion(up(middle + box / 2 + _BELOW), middle, has_times)


def _title_width(c: Composer) -> float:
    """Return the width of the question with how often it worked out behind it."""
    title = c.text(c.strings.effort + NO_BREAK, c.look.cell_bold).natural_width
    return title + _TITLES_APART * MM + max(_times_width(c, len(week.sessions)) for week in c.plan.weeks)


def _answers(c: Composer) -> tuple[str, str, str]:
    return c.strings.too_easy, c.strings.right, c.strings.too_hard


def _answer_width(c: Composer, index: int) -> float:
    return c.text(_answers(c)[index] + NO_BREAK, c.look.cell).natural_width


def place_effort(pen: SheetPen, question: EffortQuestion, week: Week, top: float, parent: int) -> None:
    """Set the question about effort with its three answers; at its right how often it worked out."""
    c, canvas = pen.composer, pen.canvas
    node = canvas.node("P", parent)
    pen.words(c.strings.effort + NO_BREAK, c.look.cell_bold, pen.left, top * MM, node)
    y = (top + question.middle) * MM - c.look.cell.leading / 2
    for index, (name, words) in enumerate(zip(EFFORTS, _answers(c), strict=True)):
        pen.box(f"effort.{name}", node)
        x = (effort_start(index, pen.edges) + pen.sheet.box + _BESIDE) * MM
        pen.words(words + NO_BREAK, c.look.cell, x, y, canvas.node("Span", node))
    if question.has_times:
        left = pen.left + pen.width - _times_width(c, len(week.sessions))
        _place_times(pen, week, left, top * MM, canvas.node("P", parent))


class WalkingQuestion(NamedTuple):
    """The question about walking; its words stand beside the boxes, or above them."""

    height: float
    middle: float
    beside: bool


def walking_question(c: Composer, edges: Across) -> WalkingQuestion:
    """Return the question about minutes of walking, with a box for each day of the week."""
    over = c.look.cell_bold.leading / MM + _OVER
    room = _walking_room(edges)
    beside = not widest(c, lambda copy: float(_is_broken(copy, room)))
    width = room if beside else (edges.right - edges.left) * MM
    words = widest(c, lambda copy: _walking(copy).height(width)) / MM
    if not beside:
        middle = up(words + over + WALKING_BOX / 2)
        return WalkingQuestion(up(middle + WALKING_BOX / 2 + _BELOW), middle, beside)
    middle = up(max(over + WALKING_BOX / 2, words / 2))
    return WalkingQuestion(up(middle + max(WALKING_BOX, words) / 2 + _BELOW), middle, beside)


def _is_broken(c: Composer, room: float) -> bool:
    """Whether a word of the question is wider than so many points."""
    return _walking(c).is_word_parted(room)


def _walking(c: Composer) -> Text:
    return c.text(c.strings.walked, c.look.cell_bold)


def _walking_room(edges: Across) -> float:
    """Return the width of the words in points."""
    return (walking_middle(1, edges) - WALKING_BOX / 2 - edges.left - _BESIDE) * MM


def place_walking(pen: SheetPen, question: WalkingQuestion, week: Week, top: float, parent: int) -> None:
    """Set a box for each day of the week under its name."""
    c, canvas = pen.composer, pen.canvas
    section = canvas.node("Sect", parent)
    words, room = _walking(c), _walking_room(pen.edges) if question.beside else pen.width
    middle = (top + question.middle) * MM
    y = middle - words.height(room) / 2 if question.beside else top * MM
    words.place(canvas, pen.left, y, room, canvas.node("P", section))
    style, names = c.look.cell_bold, day_names(c, walking_middle(2, pen.edges) - walking_middle(1, pen.edges))
    for day, weekday in enumerate(week.days, 1):
        node = canvas.node("P", section)
        x, y = walking_middle(day, pen.edges) * MM, middle - (WALKING_BOX / 2 + _OVER) * MM - style.leading
        pen.centred(names[weekday] + NO_BREAK, style, x, y, node)
        pen.box(f"walk.d{day}", node)


def line_height(c: Composer) -> float:
    """Return the height from one line to write on to the next."""
    return max(_LINE, c.look.cell.size * _LINE_SIZES / MM)


def times_height(c: Composer) -> float:
    """Return the height of the line that says how often it worked out."""
    return up(line_height(c))


def place_times(pen: SheetPen, week: Week, top: float, parent: int) -> None:
    """Set how often it worked out on a line of its own."""
    y = (top + line_height(pen.composer)) * MM - pen.composer.look.cell.leading - 1
    _place_times(pen, week, pen.left, y, pen.canvas.node("P", parent))


def _times(c: Composer, sessions: int) -> tuple[Text, Text]:
    """Return the words before and behind the line for how often it worked out of how often it was planned."""
    planned = c.language.count("day", sessions).replace(" ", NO_BREAK)
    before, _, after = c.strings.times_done.partition("{blank}")
    behind = c.fill(after, planned=planned).strip()
    return c.text(before.strip() + NO_BREAK, c.look.cell_bold), c.text(behind, c.look.cell)


def _times_width(c: Composer, sessions: int) -> float:
    return sum(text.natural_width for text in _times(c, sessions)) + _TIMES_LINE * MM + 1


def _place_times(pen: SheetPen, week: Week, x: float, y: float, node: int) -> None:
    before, behind = _times(pen.composer, len(week.sessions))
    style = pen.composer.look.cell
    before.place(pen.canvas, x, y, before.natural_width + 1, node)
    x += before.natural_width
    pen.blank(x, y + style.leading - 2, (_TIMES_LINE - 1.5) * MM, node)
    behind.place(pen.canvas, x + _TIMES_LINE * MM, y, behind.natural_width + 1, node)
