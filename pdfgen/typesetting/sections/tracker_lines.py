"""The foot of a week sheet: which page says what to do next, and lines to write on.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import NEXT_WEEK
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.page_names import WIDE_PAGE
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.sections.tracker_sides import Leaves
from pdfgen.typesetting.sections.tracker_week_end import line_height
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: Labels, and the least height from one line to the next, in millimetres and in sizes of running text.
_LABELS, _LEAST_LINE, _LEAST_SIZES = 3, 8.5, 1.7
#: Least lines below questions on a side that is not the last one.
_LEAST_LINES = 3
#: White below what to do next.
_UNDER_NEXT = 1.0
_BEFORE_NUMBER = re.compile(r" (?=[0-9])")


def lines_height(c: Composer) -> float:
    """Return the height of a line to write on for each label."""
    return 3 * up(line_height(c))


class WeekFoot(NamedTuple):
    """What stands below the questions of a side.

    Attributes:
        labels: of the lines to write on.
        next_week: height of the line before them that names the page with which week to do next; 0 without.
    """

    labels: tuple[str, ...]
    next_week: float = 0.0


def foot_of_week(c: Composer, leaves: Leaves, side: int) -> WeekFoot:
    """Return what stands below the questions of a side, from 0.

    The last one names the page with which week to do next, before it has lines to write on.
    """
    last = len(leaves.leaves[0].sides) - 1
    high = _next_week_height(c, leaves) if side == last and "plan" in c.layout.kinds else 0.0
    return WeekFoot(_labels(c, leaves, side, high), high)


def _next_week_height(c: Composer, leaves: Leaves) -> float:
    """Return the height of the line that names that page; 0 where a week has no room for it."""
    edges = leaves.sizes.frame.edges
    width = (edges.right - edges.left) * MM
    words = up(widest(c, lambda copy: _next_week(copy, WIDE_PAGE).height(width)) / MM)
    room = min(leaves.sizes.bottoms[-1] - leaf.sides[-1].end for leaf in leaves.leaves)
    return min(words + _UNDER_NEXT, room) if words <= room else 0.0


def _next_week(c: Composer, page: int) -> Text:
    """Return which page says what to do next week."""
    named = c.fill(c.strings.on_page, page=page)
    words = c.fill(c.strings.next_week_page, title=c.plan.progress.title, page=named)
    asked, mark, answer = _BEFORE_NUMBER.sub(NO_BREAK, words).partition("? ")
    return c.text([Span(f"{asked}{mark}", bold=True), Span(answer, link=f"#{NEXT_WEEK}")], c.look.cell)


def place_next_week(pen: SheetPen, top: float, parent: int) -> None:
    """Set which page says what to do next week."""
    page = pen.canvas.page_of(NEXT_WEEK) or WIDE_PAGE
    words = _next_week(pen.composer, page)
    words.place(pen.canvas, pen.left, top * MM, pen.width, pen.canvas.node("P", parent))


def _labels(c: Composer, leaves: Leaves, side: int, above: float) -> tuple[str, ...]:
    """Return what there are lines to write on for at the foot of a side, from 0: all of it on the last one.

    Where a side before it has questions alone, and room for lines in every week, it has the last of them:
    what went well and what was hard stay together, with the questions about the week.
    Where a week lacks a line for each, all weeks have lines for the last ones alone, so that none asks less.

    Args:
        above: height that other words take there.
    """
    labels = (c.strings.went_well, c.strings.was_hard, c.strings.notes)
    last = len(leaves.leaves[0].sides) - 1
    shared = [number for number in range(1, last) if _has_lines(c, leaves, number)][-1:]
    left = labels[: len(labels) - len(shared)]
    count = min(_count(c, leaf.sides[last].end + above, leaves.sizes.bottoms[last]) for leaf in leaves.leaves)
    ends = {last: left[-max(1, count) :]}
    return {**ends, **dict.fromkeys(shared, labels[-1:])}.get(side, ())


def _has_lines(c: Composer, leaves: Leaves, side: int) -> bool:
    """Whether a side has questions alone, with room for lines in every week."""
    sides = [leaf.sides[side] for leaf in leaves.leaves]
    if any(part.kind == "exercise" for one in sides for part in one.parts):
        return False
    bottom = leaves.sizes.bottoms[side]
    return min(_count(c, one.end, bottom) for one in sides) >= _LEAST_LINES


def _count(c: Composer, top: float, bottom: float) -> int:
    """Return how many lines have room: closer to each other where only then each label has one."""
    least = max(_LEAST_LINE, c.look.cell.size * _LEAST_SIZES / MM)
    most = int((bottom - top) // least)
    return max(int((bottom - top) // line_height(c)), min(_LABELS, most))


def place_lines(pen: SheetPen, labels: Sequence[str], top: float, bottom: float, parent: int) -> None:
    """Set as many lines to write on as have room, in equal parts, the first of each behind its label."""
    count = _count(pen.composer, top, bottom)
    step = min(line_height(pen.composer), (bottom - top) / max(1, count))
    for index in range(count):
        label = labels[index * len(labels) // count]
        y = top + index * step
        if not index or label != labels[(index - 1) * len(labels) // count]:
            _labelled(pen, label, y + step, parent)
        else:
            node = pen.canvas.node("P", parent)
            pen.blank(pen.left, (y + step) * MM - 3, pen.width, node, label)


def _labelled(pen: SheetPen, words: str, end: float, parent: int) -> None:
    """Set words with a line to write on behind them; it has room up to `end`."""
    style = pen.composer.look.cell_bold
    node = pen.canvas.node("P", parent)
    bottom = end * MM
    label = f"{words}:{NO_BREAK}"
    pen.words(label, style, pen.left, bottom - style.leading - 1, node)
    start = pen.left + pen.composer.text(label, style).natural_width + 4
    pen.blank(start, bottom - 3, pen.left + pen.width - start, node)
