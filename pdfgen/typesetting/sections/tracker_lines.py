"""Lines to write on at the foot of a week sheet: what went well, what was difficult, what to ask.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.sections.tracker_sides import Leaves
from pdfgen.typesetting.sections.tracker_week_end import line_height

#: Least lines below questions on a side that is not the last one.
_LEAST_LINES = 3


def lines_height(c: Composer) -> float:
    """Return the height of a line to write on for each label."""
    return 3 * up(line_height(c))


def labels_of(c: Composer, leaves: Leaves, side: int) -> tuple[str, ...]:
    """Return what there are lines to write on for at the foot of a side, from 0: all of it on the last one.

    Where a side before it has questions alone, and room for lines in every week, it has the last of them:
    what went well and what was hard stay together, with the questions about the week.
    Where a week lacks a line for each, all weeks have lines for the last one, so that none asks less.
    """
    labels = (c.strings.went_well, c.strings.was_hard, c.strings.notes)
    last = len(leaves.leaves[0].sides) - 1
    shared = [number for number in range(1, last) if _has_lines(c, leaves, number)][-1:]
    left = labels[: len(labels) - len(shared)]
    count = min(_count(c, leaf.sides[last].end, leaves.sizes.bottoms[last]) for leaf in leaves.leaves)
    ends = {last: left if count >= len(left) else labels[-1:]}
    return {**ends, **dict.fromkeys(shared, labels[-1:])}.get(side, ())


def _has_lines(c: Composer, leaves: Leaves, side: int) -> bool:
    """Whether a side has questions alone, with room for lines in every week."""
    sides = [leaf.sides[side] for leaf in leaves.leaves]
    if any(part.kind == "exercise" for one in sides for part in one.parts):
        return False
    bottom = leaves.sizes.bottoms[side]
    return min(_count(c, one.end, bottom) for one in sides) >= _LEAST_LINES


def _count(c: Composer, top: float, bottom: float) -> int:
    """Return how many lines have room."""
    return int((bottom - top) // line_height(c))


def place_lines(pen: SheetPen, labels: Sequence[str], top: float, bottom: float, parent: int) -> None:
    """Set as many lines to write on as have room, in equal parts, the first of each behind its label."""
    step = line_height(pen.composer)
    count = _count(pen.composer, top, bottom)
    for index in range(count):
        label = labels[index * len(labels) // count]
        y = top + index * step
        if not index or label != labels[(index - 1) * len(labels) // count]:
            _labelled(pen, label, y, parent)
        else:
            node = pen.canvas.node("P", parent)
            pen.blank(pen.left, (y + step) * MM - 3, pen.width, node, label)


def _labelled(pen: SheetPen, words: str, top: float, parent: int) -> None:
    """Set words with a line to write on behind them."""
    style = pen.composer.look.cell_bold
    node = pen.canvas.node("P", parent)
    bottom = (top + line_height(pen.composer)) * MM
    label = f"{words}:{NO_BREAK}"
    pen.words(label, style, pen.left, bottom - style.leading - 1, node)
    start = pen.left + pen.composer.text(label, style).natural_width + 4
    pen.blank(start, bottom - 3, pen.left + pen.width - start, node)
