"""The weeks of an exercise: a row a week with its dates, its dose in words, and a box on each planned day.

The boxes are made for a pen and an eye, not for a machine: those stand on the sheets of the tracker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import first_day, last_day, whole_week
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.blocks import Block, Columns, Frame, Space, Stack, WritingLine, rows_of
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.sections.day_boxes import Boxes, DayBox
from pdfgen.typesetting.sections.dose_lines import amount_style, on_one_line
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: White at the left and right, and above and below, in each cell of a table, in points.
_ACROSS, _DOWN = 1.6, 1.0
#: White between dates and a dose beside them, and above and below a dose besides, in points.
_APART, _AIR = 2.2 * MM, 2.0
#: White above and below the dates of a week besides, in points.
_TIGHT_AIR = 0.5
#: A dose above its weeks is said again before a row would be so far below it, in points.
_FAR = 110 * MM
#: On a screen the days are named again after so many weeks: the first names are out of sight.
_DAYS_AGAIN = 3
#: White between the last day of a week and its number behind it, in points.
_BEHIND = 5.0
#: Behind the first day of a week, above its last one.
_UNTIL = f"{NO_BREAK}–"
#: Least width of a line to write a dose on, in sizes of type.
_LEAST_LINE = 8.0
#: What figures of other dates may take more, in points.
_SLACK = 1.5
#: A dose may stand so far from its boxes, in sizes of type: the eye has to find them on its row.
_MOST_SPARE = 5.0


Dates = Literal["first", "both", "below"]


@dataclass(frozen=True, eq=False)
class WeekRows:
    """The weeks of an exercise, or of one form of it.

    Attributes:
        beside: whether each week has its dose at its right, where the page is wide enough; else it stands
            above the weeks that have it.
        dates: how a row names its week, on two lines: the `first` day, or `both` ends, above its number; or
            the last one `below` the first, with the number behind it, which takes less width than both.
        fills: whether the days share all the width that dates and doses leave, so that tables are alike.
        loose: whether doses above their weeks may be wider than these, whose boxes stay right of the dates.
    """

    composer: Composer
    exercise: PlannedExercise
    boxes: Boxes
    beside: bool = True
    dates: Dates = "both"
    fills: bool = False
    loose: bool = False

    @cached_property
    def weeks(self) -> tuple[int, ...]:
        """Those in which it is done."""
        return self.exercise.weeks

    def block(self, columns: int) -> Block:
        """Return the rows in so many tables beside each other, read down the first and then the next."""
        parts = rows_of(self.weeks, -(-len(self.weeks) // columns))
        tables = tuple(self.table(weeks) for weeks in parts)
        return tables[0] if len(tables) == 1 else Columns(tables, (1.0,) * len(tables), self.gap)

    def width(self, columns: int) -> float:
        """Return the width in points that so many tables need."""
        return columns * self._needed + (columns - 1) * self.gap

    def most_width(self, columns: int) -> float:
        """Return the width above which doses, on as few lines as can be, stand too far from their boxes."""
        if self._is_loose:
            return max(self.width(columns), columns * (widest(self.composer, self._longest_dose) + 1))
        spare = self.composer.look.body.size * _MOST_SPARE
        if self.is_beside:
            spare = max(spare, self._spare)
        return self.width(columns) + columns * spare

    @property
    def _spare(self) -> float:
        """What doses need besides to stand on as few lines as can be."""
        return widest(self.composer, self._longest_line) + _APART + _ACROSS + 1 - self._dose

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
        """Width of the column with the number of a week and its dates."""
        return widest(self.composer, self._widest_week) + 4 * _ACROSS

    def _widest_week(self, c: Composer) -> float:
        """Return the width of the head or of any date: tables must not depend on when a program begins."""
        last = f"{c.strings.week}{NO_BREAK}{len(c.plan.weeks)}"
        number = c.text(last, c.look.label if c.plan.start else c.look.cell_bold).natural_width
        if not c.plan.start:
            return number
        date = c.widest_dates[whole_week(1) if self.dates == "both" else first_day(1)] + _SLACK
        if self.dates == "below":
            return date + max(c.text(_UNTIL, c.look.cell_bold).natural_width, _BEHIND + number)
        return max(number, date)

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

    @property
    def _is_loose(self) -> bool:
        return self.loose and not (self.is_beside or self.is_below)

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
            widths.append(c.text(amount, amount_style(c)).natural_width)
            widths += [c.text(f"{part},", c.look.cell).natural_width for part in others]
        return max(widths)

    def _longest_line(self, c: Composer) -> float:
        """Return the width of what is said with how often, where none of it is broken."""
        exercise = c.plan.counterpart(self.exercise)
        said = (dose_words(dose, c.language, exercise.rest_s) for dose in exercise.doses if dose is not None)
        lines = (", ".join(filter(None, others)) for _, *others in said)
        return max((c.text(line, c.look.cell).natural_width for line in lines), default=0.0)

    def _longest_dose(self, c: Composer) -> float:
        """Return the width of a whole dose on one line."""
        exercise = c.plan.counterpart(self.exercise)
        said = (dose_words(dose, c.language, exercise.rest_s) for dose in exercise.doses if dose is not None)
        lines = (on_one_line(c, amount, ", ".join(filter(None, others))) for amount, *others in said)
        return max((line.wide + 2 * _ACROSS for line in lines), default=0.0)

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
        return Table(rows, self._widths, padding=(_ACROSS, _DOWN), rule=LINE, tint=TINT, line=0.5)

    @property
    def _widths(self) -> tuple[float, ...]:
        """Widths of the columns: in points, or shares of what is left."""
        if self.is_below:
            return (1.0,) * len(self._days)
        if self._is_loose:
            return (self._week, *((self._day,) * (len(self._days) - 1)), 1.0)
        if not self.fills:
            return ((self._week, 1.0) if self.is_beside else (1.0,)) + (self._day,) * len(self._days)
        dates = [self._week]
        if self.is_beside:
            free = self.composer.look.width - self._week - self._all_days
            dates.append(min(free, self._dose + max(0.0, self._spare)))
        return (*dates, *(1.0 for _ in self._days))

    def _beside(self, weeks: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        """Return a row for each week that says all of it: when, how much, and on which days."""
        c = self.composer
        week_head, dose_head = (
            c.bare(words, c.look.label_bold) for words in (c.strings.week, c.strings.dose)
        )
        beside = Frame(dose_head, (0.0, 0.0, 0.0, _APART - _ACROSS))
        rows = [(Cell(week_head, "Column"), Cell(beside, "Column"), *self._day_names())]
        for week in weeks:
            said = Frame(self._said(week), (_AIR, 0.0, _AIR, _APART - _ACROSS))
            rows.append((Cell(self._named(week), "Row"), Cell(said), *self._boxes(week)))
        return tuple(rows)

    def _above(self, weeks: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        """Return each dose above the weeks that have it, with boxes beside or below each week."""
        columns = len(self._days) + (0 if self.is_below else 1)
        first = () if self.is_below else (Cell(self.composer.bare(self.composer.strings.week), "Column"),)
        rows = [(*first, *self._day_names())]
        is_screen = self.composer.layout.screen is not None
        parts = (
            (part, part[0] > whole[0])
            for whole in self._runs(weeks)
            for part in ([whole] if is_screen else self._short(whole))
        )
        done = 0
        for run, again in parts:
            said = Frame(self._said(run[0], again=again), (_AIR, 0.0, 0.0, 0.0))
            rows.append((Cell(said, "Row", col_span=columns),))
            for week in run:
                name, boxes = Cell(self._named(week), "Row"), self._boxes(week)
                days = (self._days_again(),) if is_screen and done and not done % _DAYS_AGAIN else ()
                if self.is_below:
                    boxes[0] = boxes[0]._replace(goes_on=True)
                    rows.append((name._replace(col_span=columns, goes_on=True),))
                rows += days
                rows.append(tuple(boxes) if self.is_below else (name._replace(goes_on=True), *boxes))
                done += 1
        return tuple(rows)

    def _short(self, run: Sequence[int]) -> tuple[Sequence[int], ...]:
        """Return weeks with one dose in parts over which it is never far from a row."""
        date = self.composer.look.cell.leading + 2 * (_DOWN + _TIGHT_AIR) if self.is_below else 0.0
        parts = -(-len(run) // max(1, int(_FAR / (self.boxes.pitch + date))))
        return tuple(rows_of(run, -(-len(run) // parts)))

    def _day_names(self) -> list[Cell]:
        c = self.composer
        centred = c.look.cell._replace(align="centre")
        names = (Cell(c.bare(c.language.day_short[day], centred), "Column") for day in self._days)
        return self._with_white(names)

    def _with_white(self, days: Iterable[Cell]) -> list[Cell]:
        """Return the cells of the days, of which the last one may be wider than its box."""
        *others, last = days
        if self._is_loose:
            narrow = Columns((last.block, Space(0.0)), (self._day - 2 * _ACROSS, 1.0))
            last = last._replace(block=narrow)
        return [*others, last]

    def _days_again(self) -> tuple[Cell, ...]:
        """Return the names of the days in a row of their own, which no line parts from what is above it."""
        cells = self._day_names() if self.is_below else [Cell(Stack(())), *self._day_names()]
        return (cells[0]._replace(goes_on=True), *cells[1:])

    def _named(self, week: int) -> Block:
        """Return the dates of a week in bold, its number below or behind them; without dates, its number."""
        c = self.composer
        number = f"{c.strings.week}{NO_BREAK}{week}"
        if not c.plan.start:
            return c.bare(number, c.look.cell_bold)
        small = c.bare(number.lower(), c.look.label)
        first, last, whole = (c.dated(of(week)) for of in (first_day, last_day, whole_week))
        if self.is_below and self.dates != "first":
            return c.bare([whole, Span(f"{NO_BREAK} {number.lower()}", bold=False)], c.look.cell_bold)
        lines: list[Block] = [c.bare([first if self.dates == "first" else whole], c.look.cell_bold), small]
        if self.dates == "below":
            until = Span(f"{first.text}{_UNTIL}", slot=f"{first.slot}{_UNTIL}")
            end = c.bare([last], c.look.cell_bold)
            widths = (widest(c, lambda copy: copy.widest_dates[first_day(1)] + _SLACK), 1.0)
            lines = [c.bare([until], c.look.cell_bold), Columns((end, small), widths, _BEHIND, "bottom")]
        return Frame(Stack(tuple(lines)), (_TIGHT_AIR, 0.0, _TIGHT_AIR, 0.0))

    def _boxes(self, week: int) -> list[Cell]:
        busy = self._planned[week]
        boxes = (Cell(self._box(week, day) if day in busy else Stack(())) for day in self._days)
        return self._with_white(boxes)

    def _said(self, week: int, *, again: bool = False) -> Block:
        """Return how often in bold, with how long to hold and all else; a line where it is left open.

        Args:
            again: whether it stands above other weeks already.
        """
        c = self.composer
        dose = self.exercise.doses[week - 1]
        if dose is None or dose.blank:
            who = c.bare(c.strings.blank_dose, c.look.cell)
            return Stack((WritingLine(WRITING_ROOM, INK, c.strings.dose), who))
        how_often, *others = filter(None, dose_words(dose, c.language, self.exercise.rest_s))
        words = ", ".join(others)
        if again:
            words = c.fill(c.strings.continued, title=words).strip()
        line = on_one_line(c, how_often, words)
        if not words:
            return line.amount
        return line if self.loose or not self.is_beside else Stack((line.amount, line.more))

    def _box(self, week: int, day: Weekday) -> Block:
        c = self.composer
        words = c.fill(c.strings.day_box, week=week, day=c.language.day_names[day])
        ident = f"w{week}.{self.exercise.number}.{day}"
        name, is_field = f"{self.exercise.name}, {words}", c.layout.screen is not None
        white = max(0.0, self.boxes.apart / 2 - _DOWN)
        return Frame(DayBox(ident, name, self.boxes.size, is_field), (white, 0.0, white, 0.0))


def planned_days(c: Composer, exercise: PlannedExercise, week: int) -> tuple[Weekday, ...]:
    """Return the days of a week on which an exercise is done."""
    sessions = c.plan.weeks[week - 1].sessions
    return tuple(s.day for s in sessions if any(item.number == exercise.number for item in s.items))


def days_done(c: Composer, exercise: PlannedExercise) -> frozenset[Weekday]:
    """Return the days on which an exercise is done in any of its weeks."""
    return frozenset(day for week in c.plan.weeks for day in planned_days(c, exercise, week.number))
