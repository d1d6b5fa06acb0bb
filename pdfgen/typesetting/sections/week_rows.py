"""The weeks of an exercise: a row a week with its date, its dose in words, and a box on each planned day.

The boxes are made for a pen and an eye, not for a machine: those stand on the sheets of the tracker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.content.models.layout import ExerciseWeeks
from pdfgen.planning.dates import first_day
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, day_month, dose_words
from pdfgen.typesetting.blocks import Block, Columns, Stack, WritingLine, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.document import TickBox
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.twins import widest

_RADIUS = 1.0
_PEN = 1.1
#: White at the left and right, and above and below, in each cell of a table, in points.
_ACROSS, _DOWN = 1.6, 1.0
#: Least width of a line to write a dose on, in sizes of type.
_LEAST_LINE = 8.0
#: A day of two wide figures in any month, and what other figures may take more, in points.
_SOME_YEAR, _SOME_DAY, _SLACK = 2026, 28, 1.5
#: A dose may stand so far from its boxes, in sizes of type: the eye has to find them on its row.
_MOST_SPARE = 5.0


class Boxes(NamedTuple):
    """The side of a box, and the white between two of them, in points."""

    size: float
    apart: float

    @property
    def pitch(self) -> float:
        """From box to box."""
        return self.size + self.apart


def box_sizes(options: ExerciseWeeks) -> list[Boxes]:
    """Return the usual boxes, the least ones, and those between them, the largest first."""
    shares = (1.0, 0.5, 0.0)
    return [
        Boxes(
            (options.least_box + (options.box - options.least_box) * share) * MM,
            (options.least_apart + (options.apart - options.least_apart) * share) * MM,
        )
        for share in shares
    ]


@dataclass(frozen=True, eq=False)
class WeekRows:
    """The weeks of an exercise, or of one form of it.

    Attributes:
        dosed: whether the rows say how much to do; not where that stands elsewhere on the page.
    """

    composer: Composer
    exercise: PlannedExercise
    boxes: Boxes
    dosed: bool = True

    @cached_property
    def weeks(self) -> tuple[int, ...]:
        """Those in which it is done."""
        return tuple(week for week, dose in enumerate(self.exercise.doses, 1) if dose is not None)

    def block(self, columns: int) -> Block:
        """Return the rows in so many tables beside each other, read down the first and then the next."""
        parts = rows_of(self.weeks, -(-len(self.weeks) // columns))
        tables = tuple(self._table(weeks) for weeks in parts)
        return tables[0] if len(tables) == 1 else Columns(tables, (1.0,) * len(tables), self.gap)

    def width(self, columns: int) -> float:
        """Return the width in points that so many tables need."""
        return columns * self._needed + (columns - 1) * self.gap

    def most_width(self, columns: int) -> float:
        """Return the width above which doses stand too far from their boxes."""
        return self.width(columns) + columns * self.composer.look.body.size * _MOST_SPARE

    @property
    def gap(self) -> float:
        """White between two tables."""
        return self.composer.look.gap * 2

    @cached_property
    def _days(self) -> tuple[Weekday, ...]:
        """The days on which it is done in any of its weeks, in the order of the week."""
        busy = {day for days in self._planned.values() for day in days}
        return tuple(day for day in self.composer.plan.weeks[0].days if day in busy)

    @cached_property
    def _planned(self) -> Mapping[int, tuple[Weekday, ...]]:
        """The days of each week on which it is done."""
        return {week: planned_days(self.composer, self.exercise, week) for week in self.weeks}

    @cached_property
    def _day(self) -> float:
        """Width of the column of a day."""
        c = self.composer
        names = [c.text(c.language.day_short[day], c.look.cell).natural_width for day in self._days]
        return max([self.boxes.pitch, *(name + 2 * _ACROSS for name in names)])

    @cached_property
    def _week(self) -> float:
        """Width of the column with the number of a week and its first day."""
        return widest(self.composer, self._widest_week) + 4 * _ACROSS

    def _widest_week(self, c: Composer) -> float:
        """Return the width of the head or of any date: tables must not depend on when a program begins."""
        head = c.text(c.strings.week, c.look.label_bold).natural_width
        months = (dt.date(_SOME_YEAR, month, _SOME_DAY) for month in range(1, 13)) if c.plan.start else ()
        dates = (day_month(date, c.language).replace(" ", NO_BREAK) for date in months)
        return max([head, *(c.text(date, c.look.label).natural_width + _SLACK for date in dates)])

    @cached_property
    def _dose(self) -> float:
        """Width of the column with the doses."""
        return widest(self.composer, self._widest_dose) + 2 * _ACROSS + 1 if self.dosed else 0.0

    @cached_property
    def is_run_in(self) -> bool:
        """Whether weeks and doses share a column, because the page is too narrow for both."""
        boxes = self._day * len(self._days)
        return self.dosed and self._week + self._dose + boxes > self.composer.look.width

    @cached_property
    def _needed(self) -> float:
        boxes = self._day * len(self._days)
        if self.is_run_in:
            return max(self._run_in, boxes) if self.is_above else self._run_in + boxes
        return self._week + self._dose + boxes

    @property
    def _run_in(self) -> float:
        return max(self._week, self._dose)

    @cached_property
    def is_above(self) -> bool:
        """Whether weeks and doses stand above their boxes, because the page is too narrow for both."""
        boxes = self._day * len(self._days)
        return self.is_run_in and self._run_in + boxes > self.composer.look.width

    def _widest_dose(self, c: Composer) -> float:
        """Return the width of the longest part of a dose that holds together; of a line to write one on."""
        exercise = c.plan.counterpart(self.exercise)
        widths = [c.text(c.strings.dose, c.look.label_bold).natural_width]
        for dose in filter(None, exercise.doses):
            if dose.blank:
                widths.append(c.look.body.size * _LEAST_LINE)
                continue
            amount, *others = filter(None, dose_words(dose, c.language))
            widths.append(c.text(amount, _amount_style(c)).natural_width)
            widths += [c.text(f"{part},", c.look.cell).natural_width for part in others]
        return max(widths)

    def _table(self, weeks: Sequence[int]) -> Table:
        c = self.composer
        if self.is_above:
            return self._table_below(weeks)
        apart = self.dosed and not self.is_run_in
        heads = [c.strings.week, *([c.strings.dose] if apart else [])]
        head = [Cell(c.bare(words, c.look.label_bold), "Column") for words in heads]
        head += self._day_names()
        rows = (tuple(head), *(self._row(week, apart=apart) for week in weeks))
        words = (self._week, 1.0) if apart else (1.0,)
        widths = (*words, *(self._day,) * len(self._days))
        return self._set(rows, widths)

    def _table_below(self, weeks: Sequence[int]) -> Table:
        """Return weeks with two rows each: words across all columns, and boxes below them."""
        days = len(self._days)
        rows = [tuple(self._day_names())]
        for week in weeks:
            words, *boxes = self._row(week, apart=False)
            rows += [(words._replace(col_span=days),), tuple(boxes)]
        return self._set(tuple(rows), (1.0,) * days)

    def _set(self, rows: tuple[tuple[Cell, ...], ...], widths: tuple[float, ...]) -> Table:
        table = Table(rows, widths, padding=(_ACROSS, _DOWN), rule=LINE, tint=TINT, line=0.5)
        return table._replace(row_height=self.boxes.pitch)

    def _day_names(self) -> list[Cell]:
        c = self.composer
        centred = c.look.cell._replace(align="centre")
        return [Cell(c.bare(c.language.day_short[day], centred), "Column") for day in self._days]

    def _row(self, week: int, *, apart: bool) -> tuple[Cell, ...]:
        c = self.composer
        date = [c.dated(first_day(week))._replace(bold=False)] if c.plan.start else []
        # Above its boxes no head of a column says what the number counts.
        said = f"{c.strings.week}{NO_BREAK}{week}" if self.is_above else str(week)
        number: Block = c.bare(said, c.look.cell_bold)
        if date and apart:
            number = Stack((number, c.bare(date, c.look.label)))
        elif date:
            number = c.bare([Span(f"{said} · "), *date], c.look.cell_bold)
        if self.dosed and not apart:
            number = Stack((number, self._said(week)))
        cells = [Cell(number, "Row"), *([Cell(self._said(week))] if apart else [])]
        busy = self._planned[week]
        cells += [Cell(self._box(week, day) if day in busy else Stack(())) for day in self._days]
        return tuple(cells)

    def _said(self, week: int) -> Block:
        """Return how often in bold, above how long to hold and all else; a line where it is left open."""
        c = self.composer
        dose = self.exercise.doses[week - 1]
        if dose is None or dose.blank:
            return WritingLine(WRITING_ROOM, INK, c.strings.dose)
        amount, *others = filter(None, dose_words(dose, c.language))
        lines = [c.bare(amount, _amount_style(c))]
        if others:
            lines.append(c.bare(", ".join(others), c.look.cell))
        return Stack(tuple(lines))

    def _box(self, week: int, day: Weekday) -> Block:
        c = self.composer
        words = c.fill(c.strings.day_box, week=week, day=c.language.day_names[day])
        ident = f"w{week}.{self.exercise.number}.{day}"
        return DayBox(ident, f"{self.exercise.name}, {words}", self.boxes.size, c.layout.screen is not None)


def planned_days(c: Composer, exercise: PlannedExercise, week: int) -> tuple[Weekday, ...]:
    """Return the days of a week on which an exercise is done."""
    sessions = c.plan.weeks[week - 1].sessions
    return tuple(s.day for s in sessions if any(item.number == exercise.number for item in s.items))


def _amount_style(c: Composer) -> TextStyle:
    """Return the style of how often: the smallest heading's, so that it is found first on its row."""
    return c.look.h3._replace(colour=INK)


class DayBox(NamedTuple):
    """An empty box in the middle of its cell, with words that say what it is for; `size` in points.

    Attributes:
        is_field: whether it can be ticked on a screen.
        choices: what can be chosen there instead.
    """

    ident: str
    words: str
    size: float
    is_field: bool
    choices: tuple[str, ...] = ()

    def height(self, width: float) -> float:
        """Return the side of the box in points."""
        return self.size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the box."""
        if self.is_field:
            node = canvas.node("Form", parent, alt=self.words)
        else:
            node = canvas.node("Span", parent, actual=self.words)
        left, choices = x + (width - self.size) / 2, self.choices if self.is_field else ()
        canvas.add(TickBox(self.ident, left, y, self.size, _RADIUS, _PEN, node, choices))
