"""The weeks of an exercise: a row a week with its dates, its dose in words, and a box on each planned day.

The boxes are made for a pen and an eye, not for a machine: those stand on the sheets of the tracker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import first_day, last_day, whole_week
from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block, Columns, Frame, Space, Stack, WritingLine, rows_of
from pdfgen.typesetting.composer import WRITING_ROOM
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.sections.day_boxes import DayBox
from pdfgen.typesetting.sections.dose_lines import on_one_line
from pdfgen.typesetting.sections.week_columns import ACROSS, APART, BEHIND, SLACK, UNTIL, WeekColumns
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import widest

#: White above and below, in each cell of a table, in points.
_DOWN = 1.0
#: White above and below a dose besides, in points.
_AIR = 2.0
#: White above and below the dates of a week besides, in points.
_TIGHT_AIR = 0.5
#: A dose above its weeks is said again before a row would be so far below it, in points.
_FAR = 110 * MM
#: On a screen the days are named again after so many weeks: the first names are out of sight.
_DAYS_AGAIN = 3


@dataclass(frozen=True, eq=False)
class WeekRows(WeekColumns):
    """The weeks of an exercise, or of one form of it, as rows of its columns."""

    def block(self, columns: int, weeks: Sequence[int] = ()) -> Block:
        """Return the rows in so many tables beside each other, read down the first and then the next.

        Args:
            weeks: some of the weeks, for a page that does not have all of them.
        """
        weeks = weeks or self.weeks
        parts = rows_of(weeks, -(-len(weeks) // columns))
        tables = tuple(self.table(weeks) for weeks in parts)
        return tables[0] if len(tables) == 1 else Columns(tables, (1.0,) * len(tables), self.gap)

    @cached_property
    def _dated(self) -> Mapping[int, tuple[Cell, Sequence[Cell]]]:
        """The dates and the boxes of each week, which stand in many tables before the best one is found."""
        return {week: (Cell(Measured(self._named(week)), "Row"), self._boxes(week)) for week in self.weeks}

    @cached_property
    def _dosed(self) -> Mapping[int, Cell]:
        """The dose of each week, beside its dates."""
        white = (_AIR, 0.0, _AIR, APART - ACROSS)
        return {week: Cell(Measured(Frame(self._said(week), white))) for week in self.weeks}

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
        return Table(rows, self._widths, padding=(ACROSS, _DOWN), rule=LINE, tint=TINT, line=0.5)

    def _beside(self, weeks: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        """Return a row for each week that says all of it: when, how much, and on which days."""
        c = self.composer
        week_head, dose_head = (
            c.bare(words, c.look.label_bold) for words in (c.strings.week, c.strings.dose)
        )
        beside = Frame(dose_head, (0.0, 0.0, 0.0, APART - ACROSS))
        rows = [(Cell(week_head, "Column"), Cell(beside, "Column"), *self._day_names())]
        for week in weeks:
            name, boxes = self._dated[week]
            rows.append((name, self._dosed[week], *boxes))
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
                name, boxes = self._dated[week][0], [*self._dated[week][1]]
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
            narrow = Columns((last.block, Space(0.0)), (self._day - 2 * ACROSS, 1.0))
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
            until = Span(f"{first.text}{UNTIL}", slot=f"{first.slot}{UNTIL}")
            end = c.bare([last], c.look.cell_bold)
            widths = (widest(c, lambda copy: copy.widest_dates[first_day(1)] + SLACK), 1.0)
            lines = [c.bare([until], c.look.cell_bold), Columns((end, small), widths, BEHIND, "bottom")]
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
