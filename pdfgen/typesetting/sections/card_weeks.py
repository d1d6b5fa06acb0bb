"""The weeks of an exercise on cards: each dose with the dates and boxes of the weeks that have it below."""

from __future__ import annotations

from collections.abc import Iterator

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Block, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.week_rows import WeekRows, box_sizes


def card_weeks(c: Composer, exercise: PlannedExercise, sides: int) -> Iterator[list[Block]]:
    """Yield the ways to set the weeks in so many parts, with the largest boxes first.

    In one part doses may stand beside their weeks in the end, where that is lower.

    Yields:
        nothing for a form that is done in no week, or in fewer than there are parts.
    """
    for beside in (False, True) if sides == 1 else (False,):
        for boxes in box_sizes(c.layout.exercise_weeks):
            rows = WeekRows(c, exercise, boxes, beside=beside, dates="first")
            fits = rows.is_beside == beside and rows.width(1) <= c.look.width
            if fits and len(rows.weeks) >= sides:
                yield [rows.table(part) for part in rows_of(rows.weeks, -(-len(rows.weeks) // sides))]
