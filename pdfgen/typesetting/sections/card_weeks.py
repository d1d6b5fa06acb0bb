"""The weeks of an exercise on cards: dates, doses and boxes, in one part or in more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from pdfgen.planning.dates import first_day, whole_week
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.blocks import Block, Stack, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.day_boxes import box_sizes
from pdfgen.typesetting.sections.week_rows import Dates, WeekRows
from pdfgen.typesetting.tables import Cell
from pdfgen.typesetting.text_style import Span, TextStyle

#: Which dates of a week are named, the best first: both where the card is wide enough.
_DATES: tuple[Dates, ...] = ("both", "first")
#: What figures of other dates may take more, in points.
_SLACK = 1.5


class CardWeeks(NamedTuple):
    """Weeks in parts; ways of one `kind` differ in nothing but their boxes."""

    parts: list[Block]
    kind: tuple[bool, Dates, bool, bool]


@dataclass(frozen=True, eq=False)
class _ShortRows(WeekRows):
    """Rows that have how often below their dates: how long to hold, and to rest, is said in front only.

    Attributes:
        is_bold: whether how often is bold, where the card is wide enough.
    """

    is_bold: bool = True

    @property
    def _style(self) -> TextStyle:
        return self.composer.look.cell_bold if self.is_bold else self.composer.look.cell

    def _widest_week(self, c: Composer) -> float:
        number = f"{c.strings.week}{NO_BREAK}{len(c.plan.weeks)}"
        named = c.text(number, c.look.cell_bold).natural_width + _SLACK
        if c.plan.start:
            behind = c.text(f" · {number.lower()}", c.look.label).natural_width
            named = c.widest_dates[self._date_of(1)] + _SLACK + behind
        doses = filter(None, c.plan.counterpart(self.exercise).doses)
        often = (c.text(_how_often(c, dose), self._style).natural_width for dose in doses)
        return max(named, *often)

    def _date_of(self, week: int) -> str:
        return whole_week(week) if self.dates == "both" else first_day(week)

    def _named(self, week: int) -> Block:
        c = self.composer
        number = f"{c.strings.week}{NO_BREAK}{week}"
        named = c.bare(number, c.look.cell_bold)
        if c.plan.start:
            dates = c.dated(self._date_of(week))
            named = c.bare([dates, Span(f" · {number.lower()}", bold=False)], c.look.cell_bold)
        dose = self.exercise.doses[week - 1]
        return Stack((named, c.bare(_how_often(c, dose) if dose else "", self._style)))

    def _above(self, weeks: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        head = (Cell(self.composer.bare(self.composer.strings.week), "Column"), *self._day_names())
        return (head, *((Cell(self._named(week), "Row"), *self._boxes(week)) for week in weeks))


def _how_often(c: Composer, dose: PlannedDose) -> str:
    return next(filter(None, dose_words(dose, c.language)))


def card_weeks(c: Composer, exercise: PlannedExercise, sides: int) -> Iterator[CardWeeks]:
    """Yield the ways to set the weeks in so many parts, the best first.

    Before only the first day of a week is named, boxes shrink; boxes below their dates are the last resort.
    In one part doses stand beside their weeks where the card is wide enough, else above them.

    Yields:
        nothing for a form that is done in no week, or in fewer than there are parts.
    """
    sizes, besides = box_sizes(c.layout.exercise_weeks), (True, False)[sides > 1 :]
    for below, dates, beside, boxes in product((False, True), _DATES, besides, sizes):
        rows = WeekRows(c, exercise, boxes, beside=beside, dates=dates, fills=True)
        fits = (rows.is_beside, rows.is_below) == (beside, below) and rows.width(1) <= c.look.width
        if fits and len(rows.weeks) >= sides:
            parts = rows_of(rows.weeks, -(-len(rows.weeks) // sides))
            yield CardWeeks([rows.table(part) for part in parts], (below, dates, beside, False))
    if sides == 1:
        yield from _short_rows(c, exercise)


def _short_rows(c: Composer, exercise: PlannedExercise) -> Iterator[CardWeeks]:
    """Yield the lowest rows of all weeks, where the card is wide enough; none where a dose is left open."""
    if any(dose is not None and dose.blank for dose in exercise.doses):
        return
    for dates, is_bold, boxes in product(_DATES, (True, False), box_sizes(c.layout.exercise_weeks)):
        rows = _ShortRows(c, exercise, boxes, beside=False, dates=dates, fills=True, is_bold=is_bold)
        if not rows.is_below and rows.width(1) <= c.look.width:
            yield CardWeeks([rows.table(rows.weeks)], (is_bold, dates, False, True))
