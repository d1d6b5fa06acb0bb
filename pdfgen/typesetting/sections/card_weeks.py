"""The weeks of an exercise on cards: dates, doses and boxes, in one part or in more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from pdfgen.planning.dates import first_day, whole_week
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.blocks import Block, Stack, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.day_boxes import Boxes, box_sizes
from pdfgen.typesetting.sections.week_columns import Dates
from pdfgen.typesetting.sections.week_rows import WeekRows
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span, TextStyle

#: Which dates of a week are named, the best first: both where the card is wide enough.
_DATES: tuple[Dates, ...] = ("both", "first")
#: What figures of other dates may take more, in points.
_SLACK = 1.5


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


@dataclass(frozen=True, eq=False)
class CardWeeks:
    """A way to set the weeks of a form, in boxes of each size of which the card is wide enough.

    Attributes:
        below: whether boxes stand below their dates.
        beside: whether doses stand beside their weeks, else above them.
        short: whether how often is below the dates: bold or not; None where doses are whole.
    """

    composer: Composer
    exercise: PlannedExercise
    below: bool
    dates: Dates
    beside: bool
    short: bool | None = None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All weeks in one table, that with the largest boxes first."""
        return tuple(rows.table(rows.weeks) for rows in self._rows())

    def parts(self, count: int) -> Iterator[list[Table]]:
        """Yield the weeks in so many tables, those with the largest boxes first.

        Doses of more than one part stand above its weeks.
        """
        weeks = rows_of(self.exercise.weeks, -(-len(self.exercise.weeks) // count))
        if len(weeks) == count and (count == 1 or not (self.beside or self.short is not None)):
            yield from ([rows.table(part) for part in weeks] for rows in self._rows())

    def _rows(self) -> Iterator[WeekRows]:
        for boxes in box_sizes(self.composer.layout.exercise_weeks):
            rows = self._in(boxes)
            fits = (rows.is_beside, rows.is_below) == (self.beside, self.below)
            if fits and rows.width(1) <= self.composer.look.width:
                yield rows

    def _in(self, boxes: Boxes) -> WeekRows:
        c, form = self.composer, self.exercise
        if self.short is None:
            return WeekRows(c, form, boxes, beside=self.beside, dates=self.dates, fills=True)
        return _ShortRows(c, form, boxes, beside=False, dates=self.dates, fills=True, is_bold=self.short)


def card_weeks(c: Composer, exercise: PlannedExercise) -> list[CardWeeks]:
    """Return the ways to set the weeks, the best first.

    Before only the first day of a week is named, boxes shrink; boxes below their dates are nearly the last
    resort. Lower still are rows that do not say how long to hold, which leave no dose open.
    """
    ways = product((False, True), _DATES, (True, False))
    found = [CardWeeks(c, exercise, below, dates, beside) for below, dates, beside in ways]
    if any(dose is not None and dose.blank for dose in exercise.doses):
        return found
    short = product(_DATES, (True, False))
    return [*found, *(CardWeeks(c, exercise, False, dates, False, is_bold) for dates, is_bold in short)]
