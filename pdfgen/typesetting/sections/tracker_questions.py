"""Questions of a week sheet that have a box on each planned day: the next morning, and pain on a narrow page.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_grid import place_days
from pdfgen.typesetting.sections.tracker_shape import OVER_BOXES, UNDER, GridShape, question_width, up
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.tracker_geometry import Across, on_step
from pdfgen.typesetting.twins import widest

DayQuestion = Literal["morning", "pain-number"]

#: Names of the boxes of a question, before the day.
_NAMES = {"morning": "morning", "pain-number": "painnumber"}


def _question(c: Composer, kind: DayQuestion) -> Text:
    strings = c.strings
    title, words = {
        "morning": (strings.next_morning, strings.next_morning_hint),
        "pain-number": (strings.pain_after, strings.pain_number_hint),
    }[kind]
    return c.text([Span(f"{title} ", bold=True), Span(words)], c.look.cell)


def day_question_height(c: Composer, shape: GridShape, edges: Across, kind: DayQuestion) -> float:
    """Return the height of the row, with room for the words of both copies: beside or above its boxes."""
    return min(_heights(c, shape, edges, kind))


def _heights(c: Composer, shape: GridShape, edges: Across, kind: DayQuestion) -> tuple[float, float]:
    """Return the height of the row with its words beside the boxes, and above them."""

    def high(copy: Composer, width: float) -> float:
        words = _question(copy, kind)
        return math.inf if words.is_word_parted(width * MM) else words.height(width * MM) / MM

    beside = widest(c, lambda copy: high(copy, question_width(shape)))
    across = widest(c, lambda copy: high(copy, edges.right - edges.left))
    below = across + OVER_BOXES + shape.box + shape.pad + UNDER
    return up(max(beside + shape.pad, shape.box + UNDER) + UNDER), up(below)


def day_question_middle(
    c: Composer, shape: GridShape, edges: Across, kind: DayQuestion, top: float, height: float
) -> float:
    """Return the middle of the boxes of the row."""
    beside, across = _heights(c, shape, edges, kind)
    return on_step(top + height / 2 if beside <= across else top + height - UNDER - shape.box / 2)


def place_day_question(
    pen: SheetPen,
    shape: GridShape,
    kind: DayQuestion,
    days: Sequence[int],
    top: float,
    height: float,
    body: int,
) -> None:
    """Set the question with a box on each planned day."""
    c, canvas = pen.composer, pen.canvas
    words = _question(c, kind)
    row = canvas.node("TR", body)
    label = canvas.node("TH", row, scope="Row")
    beside, across = _heights(c, shape, pen.edges, kind)
    if beside <= across:
        width = question_width(shape) * MM
        words.place(canvas, pen.left, (top + height / 2) * MM - words.height(width) / 2, width, label)
    else:
        words.place(canvas, pen.left, (top + shape.pad) * MM, pen.width, label)
    middle = day_question_middle(c, shape, pen.edges, kind, top, height)
    place_days(pen, shape, row, _NAMES[kind], days, middle)
