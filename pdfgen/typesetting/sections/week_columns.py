"""The columns in which the weeks of an exercise stand: dates, dose in words, days, and how wide each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import first_day, whole_week
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, DoseWords, dose_words
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.day_boxes import Boxes
from pdfgen.typesetting.sections.dose_lines import amount_style, on_one_line
from pdfgen.typesetting.twins import widest

#: White at the left and right in each cell of a table, in points.
ACROSS = 1.6
#: White between dates and a dose beside them, in points.
APART = 2.2 * MM
#: White between the last day of a week and its number behind it, in points.
BEHIND = 5.0
#: Behind the first day of a week, above its last one.
UNTIL = f"{NO_BREAK}–"
#: What figures of other dates may take more, in points.
SLACK = 1.5
#: Least width of a line to write a dose on, in sizes of type.
_LEAST_LINE = 8.0
#: A dose may stand so far from its boxes, in sizes of type: the eye has to find them on its row.
_MOST_SPARE = 5.0

Dates = Literal["first", "both", "below"]


@dataclass(frozen=True, eq=False)
class WeekColumns:
    """The columns for the weeks of an exercise, or of one form of it.

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

    @cached_property
    def _spare(self) -> float:
        """What doses need besides to stand on as few lines as can be."""
        return widest(self.composer, self._longest_line) + APART + ACROSS + 1 - self._dose

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
        return max([self.boxes.pitch, *(name + 2 * ACROSS for name in names)])

    @cached_property
    def _all_days(self) -> float:
        return self._day * len(self._days)

    @cached_property
    def _week(self) -> float:
        """Width of the column with the number of a week and its dates."""
        return widest(self.composer, self._widest_week) + 4 * ACROSS

    def _widest_week(self, c: Composer) -> float:
        """Return the width of the head or of any date: tables must not depend on when a program begins."""
        last = f"{c.strings.week}{NO_BREAK}{len(c.plan.weeks)}"
        number = c.text(last, c.look.label if c.plan.start else c.look.cell_bold).natural_width
        if not c.plan.start:
            return number
        date = c.widest_dates[whole_week(1) if self.dates == "both" else first_day(1)] + SLACK
        if self.dates == "below":
            return date + max(c.text(UNTIL, c.look.cell_bold).natural_width, BEHIND + number)
        return max(number, date)

    @cached_property
    def _dose(self) -> float:
        """Width of the column with the doses."""
        return widest(self.composer, self._widest_dose) + APART + ACROSS + 1

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
        for dose in filter(None, dict.fromkeys(exercise.doses)):
            if dose.blank:
                widths.append(c.look.body.size * _LEAST_LINE)
                continue
            amount, *others = filter(None, dose_words(dose, c.language, exercise.rest_s))
            widths.append(c.text(amount, amount_style(c)).natural_width)
            widths += [c.text(f"{part},", c.look.cell).natural_width for part in others]
        return max(widths)

    def _said_doses(self, c: Composer) -> Iterator[DoseWords]:
        exercise = c.plan.counterpart(self.exercise)
        doses = filter(None, dict.fromkeys(exercise.doses))
        return (dose_words(dose, c.language, exercise.rest_s) for dose in doses)

    def _longest_line(self, c: Composer) -> float:
        """Return the width of what is said with how often, where none of it is broken."""
        lines = (", ".join(filter(None, others)) for _, *others in self._said_doses(c))
        return max((c.text(line, c.look.cell).natural_width for line in lines), default=0.0)

    def _longest_dose(self, c: Composer) -> float:
        """Return the width of a whole dose on one line."""
        doses = self._said_doses(c)
        lines = (on_one_line(c, amount, ", ".join(filter(None, others))) for amount, *others in doses)
        return max((line.wide + 2 * ACROSS for line in lines), default=0.0)

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


def planned_days(c: Composer, exercise: PlannedExercise, week: int) -> tuple[Weekday, ...]:
    """Return the days of a week on which an exercise is done."""
    sessions = c.plan.weeks[week - 1].sessions
    return tuple(s.day for s in sessions if any(item.number == exercise.number for item in s.items))


def days_done(c: Composer, exercise: PlannedExercise) -> frozenset[Weekday]:
    """Return the days on which an exercise is done in any of its weeks."""
    return frozenset(day for week in c.plan.weeks for day in planned_days(c, exercise, week.number))
