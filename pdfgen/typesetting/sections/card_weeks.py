"""The weeks of an exercise on cards: dates, doses and boxes, in one part or in more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Block, Stack, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.week_rows import Dates, WeekRows, box_sizes

#: Which dates of a week are named, the best first: both where the card is wide enough.
_DATES: tuple[Dates, ...] = ("both", "first")


class CardWeeks(NamedTuple):
    """Weeks in parts; ways of one `kind` differ in nothing but their boxes."""

    parts: list[Block]
    kind: tuple[bool, Dates, bool]


def card_weeks(c: Composer, exercise: PlannedExercise, sides: int) -> Iterator[CardWeeks]:
    """Yield the ways to set the weeks in so many parts, the best first.

    Before only the first day of a week is named, boxes shrink; boxes below their dates are the last resort.
    In one part doses stand beside their weeks where the card is wide enough, else above them.

    Yields:
        nothing for a form that is done in no week, or in fewer than there are parts.
    """
    sizes, besides = box_sizes(c.layout.exercise_weeks), (True, False)[sides > 1 :]
    for below, dates, beside, boxes in product((False, True), _DATES, besides, sizes):
        rows = WeekRows(c, exercise, boxes, beside=beside, dates=dates)
        fits = (rows.is_beside, rows.is_below) == (beside, below) and rows.width(1) <= c.look.width
        if fits and len(rows.weeks) >= sides:
            # Cards that hold a part of the weeks have no height for lines that a narrow table breaks.
            most = rows.most_width(1) if sides == 1 else c.look.width
            parts = rows_of(rows.weeks, -(-len(rows.weeks) // sides))
            yield CardWeeks([_narrow(c, rows.table(part), most) for part in parts], (below, dates, beside))


def _narrow(c: Composer, table: Block, most: float) -> Block:
    """Return a table at the left of the card, so wide that dates and doses are not far from their boxes."""
    if most >= c.look.width:
        return table
    return c.columns(table, Stack(()), widths=(most, 1.0), gap=0.0)
