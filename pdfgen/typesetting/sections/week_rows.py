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
from pdfgen.planning.dates import first_day, whole_week
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, day_month, dose_words, ranges
from pdfgen.typesetting.blocks import Block, Columns, Frame, Stack, WritingLine, rows_of
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
#: White between the lines between dates and a dose beside them, and above and below it besides, in points.
_APART, _AIR = 2.2 * MM, 1.0
#: A dose beside its weeks is said again after so many: it may not be far above a row.
_MOST_WEEKS = 4
#: Least width of a line to write a dose on, in sizes of type.
_LEAST_LINE = 8.0
#: A day of two wide figures in any month, and what other figures may take more, in points.
_SOME_YEAR, _SOME_DAY, _SLACK = 2026, 28, 1.5
#: A dose may stand so far from its boxes, in sizes of type: the eye has to find them on its row.
_MOST_SPARE = 5.0
#: Shares of the room from the least to the usual boxes and white between them, the largest first.
_SHARES = ((1.0, 1.0), (1.0, 0.5), (0.5, 0.5), (0.0, 0.0))


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

    def between(least: float, most: float, share: float) -> float:
        return (least + (most - least) * share) * MM

    return [
        Boxes(
            between(options.least_box, options.box, size), between(options.least_apart, options.apart, apart)
        )
        for size, apart in _SHARES
    ]


@dataclass(frozen=True, eq=False)
class WeekRows:
    """The weeks of an exercise, or of one form of it: weeks that follow each other with one dose say it once.

    Attributes:
        beside: whether a dose may stand beside its weeks; else it stands above them.
    """

    composer: Composer
    exercise: PlannedExercise
    boxes: Boxes
    beside: bool = True

    @cached_property
    def weeks(self) -> tuple[int, ...]:
        """Those in which it is done."""
        return tuple(week for week, dose in enumerate(self.exercise.doses, 1) if dose is not None)

    def block(self, columns: int) -> Block:
        """Return the rows in so many tables beside each other, read down the first and then the next."""
        parts = rows_of(self.weeks, -(-len(self.weeks) // columns))
        tables = tuple(self.table(weeks) for weeks in parts)
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
    def _all_days(self) -> float:
        return self._day * len(self._days)

    @cached_property
    def _week(self) -> float:
        """Width of the column with the number of a week and its first day."""
        return widest(self.composer, self._widest_week) + 4 * _ACROSS

    def _widest_week(self, c: Composer) -> float:
        """Return the width of the head or of any date: tables must not depend on when a program begins."""
        last = f"{c.strings.week}{NO_BREAK}{len(c.plan.weeks)}"
        head = c.text(last, c.look.label if c.plan.start else c.look.cell_bold).natural_width
        months = (dt.date(_SOME_YEAR, month, _SOME_DAY) for month in range(1, 13)) if c.plan.start else ()
        dates = [day_month(date, c.language).replace(" ", NO_BREAK) for date in months]
        if c.layout.screen:
            dates = [f"{date} – {date}" for date in dates]
        return max([head, *(c.text(date, c.look.cell_bold).natural_width + _SLACK for date in dates)])

    @cached_property
    def _dose(self) -> float:
        """Width of the column with the doses."""
        return widest(self.composer, self._widest_dose) + _APART + _ACROSS + 1

    @cached_property
    def is_beside(self) -> bool:
        """Whether doses stand beside their weeks."""
        return self.beside and self._week + self._dose + self._all_days <= self.composer.look.width

    @cached_property
    def is_below(self) -> bool:
        """Whether the boxes of a week stand below its date, because the page is too narrow for both."""
        return not self.is_beside and self._week + self._all_days > self.composer.look.width

    @cached_property
    def _needed(self) -> float:
        if self.is_beside:
            return self._week + self._dose + self._all_days
        return max(self._dose, self._all_days + (0.0 if self.is_below else self._week))

    def _widest_dose(self, c: Composer) -> float:
        """Return the width of the longest part of a dose that holds together; of a line to write one on."""
        exercise = c.plan.counterpart(self.exercise)
        widths = [c.text(c.strings.dose, c.look.label_bold).natural_width]
        for dose in filter(None, exercise.doses):
            if dose.blank:
                widths.append(c.look.body.size * _LEAST_LINE)
                continue
            amount, *others = filter(None, dose_words(dose, c.language, exercise.rest_s))
            widths.append(c.text(amount, _amount_style(c)).natural_width)
            widths += [c.text(f"{part},", c.look.cell).natural_width for part in others]
        return max(widths)

    def _runs(self, weeks: Sequence[int]) -> list[list[int]]:
        """Return the weeks that follow each other with one dose; one that is left open stands alone."""
        runs: list[list[int]] = []
        for week in weeks:
            dose = self.exercise.doses[week - 1]
            is_same = runs and runs[-1][-1] == week - 1 and self.exercise.doses[week - 2] == dose
            if is_same and dose is not None and not dose.blank:
                runs[-1].append(week)
            else:
                runs.append([week])
        return runs

    def table(self, weeks: Sequence[int]) -> Table:
        """Return some of the weeks."""
        rows = self._beside(weeks) if self.is_beside else self._above(weeks)
        days = (self._day,) * len(self._days) if not self.is_below else (1.0,) * len(self._days)
        widths = ((self._week, 1.0) if self.is_beside else () if self.is_below else (1.0,)) + days
        return Table(rows, widths, padding=(_ACROSS, _DOWN), rule=LINE, tint=TINT, line=0.5)

    def _beside(self, weeks: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        """Return a row for each week; a dose stands at the top of a cell that goes over its weeks."""
        c = self.composer
        week_head, dose_head = (
            c.bare(words, c.look.label_bold) for words in (c.strings.week, c.strings.dose)
        )
        beside = Frame(dose_head, (0.0, 0.0, 0.0, _APART - _ACROSS))
        head = [Cell(week_head, "Column"), Cell(beside, "Column")]
        rows = [(*head, *self._day_names())]
        for run in (part for whole in self._runs(weeks) for part in _short(whole)):
            said = Frame(self._said(run), (_AIR, 0.0, _AIR, _APART - _ACROSS))
            dose = Cell(said, row_span=len(run), middle=len(run) == 1)
            for week in run:
                said_once = (dose,) if week == run[0] else ()
                rows.append((Cell(self._named(week), "Row"), *said_once, *self._boxes(week)))
        return tuple(rows)

    def _above(self, weeks: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        """Return each dose above the weeks that have it, with boxes beside or below each week."""
        columns = len(self._days) + (0 if self.is_below else 1)
        first = () if self.is_below else (Cell(self.composer.bare(self.composer.strings.week), "Column"),)
        rows = [(*first, *self._day_names())]
        for run in self._runs(weeks):
            rows.append((Cell(self._said(run), "Row", col_span=columns),))
            for week in run:
                name, boxes = Cell(self._named(week), "Row"), self._boxes(week)
                if self.is_below:
                    boxes[0] = boxes[0]._replace(goes_on=True)
                    rows += [(name._replace(col_span=columns, goes_on=True),), tuple(boxes)]
                else:
                    rows.append((name._replace(goes_on=True), *boxes))
        return tuple(rows)

    def _day_names(self) -> list[Cell]:
        c = self.composer
        centred = c.look.cell._replace(align="centre")
        return [Cell(c.bare(c.language.day_short[day], centred), "Column") for day in self._days]

    def _named(self, week: int) -> Block:
        """Return the first day of a week in bold, above its number; where there are no dates, its number."""
        c = self.composer
        number = f"{c.strings.week}{NO_BREAK}{week}"
        if not c.plan.start:
            return c.bare(number, c.look.cell_bold)
        # Both ends only where the row has the width of the page.
        date = c.dated(whole_week(week) if c.layout.screen else first_day(week))
        if self.is_below:
            return c.bare([date, Span(f"{NO_BREAK} {number.lower()}", bold=False)], c.look.cell_bold)
        return Stack((c.bare([date], c.look.cell_bold), c.bare(number.lower(), c.look.label)))

    def _boxes(self, week: int) -> list[Cell]:
        busy = self._planned[week]
        return [Cell(self._box(week, day) if day in busy else Stack(())) for day in self._days]

    def _said(self, run: Sequence[int]) -> Block:
        """Return how often in bold, with how long to hold and all else; a line where it is left open."""
        c = self.composer
        dose = self.exercise.doses[run[0] - 1]
        if dose is None or dose.blank:
            who = c.bare(c.strings.blank_dose, c.look.cell)
            return Stack((WritingLine(WRITING_ROOM, INK, c.strings.dose), who))
        amount, *others = filter(None, dose_words(dose, c.language, self.exercise.rest_s))
        if not self.is_beside:
            more = [Span(f", {', '.join(others)}", bold=False)] if others else []
            return c.bare([Span(amount), *more], c.look.cell_bold)
        lines = [c.bare(amount, _amount_style(c))]
        if others:
            lines.append(c.bare(", ".join(others), c.look.cell))
        if len(run) > 1 and self.is_beside:
            lines.insert(0, c.bare(f"{c.fill(c.strings.in_weeks, weeks=ranges(run))}:", c.look.cell))
        return Stack(tuple(lines))

    def _box(self, week: int, day: Weekday) -> Block:
        c = self.composer
        words = c.fill(c.strings.day_box, week=week, day=c.language.day_names[day])
        ident = f"w{week}.{self.exercise.number}.{day}"
        name, is_field = f"{self.exercise.name}, {words}", c.layout.screen is not None
        white = max(0.0, self.boxes.apart / 2 - _DOWN)
        return Frame(DayBox(ident, name, self.boxes.size, is_field), (white, 0.0, white, 0.0))


def _short(run: Sequence[int]) -> tuple[Sequence[int], ...]:
    """Return weeks with one dose in parts over which it is never far from a row."""
    parts = -(-len(run) // _MOST_WEEKS)
    return tuple(rows_of(run, -(-len(run) // parts)))


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
