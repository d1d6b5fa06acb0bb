"""The weeks at a glance: a line a week, with the dose of each exercise and a box to cross for each day.

The boxes are made for a pen and an eye, not for a machine: those stand on the sheets of the tracker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.plan import PlannedDose, Week
from pdfgen.planning.wording import dose_cell, in_two, is_held_for_seconds
from pdfgen.typesetting.blocks import Bare, Block, Paragraph, Stack, WritingLine, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import TickBox
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, LINE, MM, TINT
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import TextStyle

#: Least side of a box in points: what a shaky hand can cross. It grows with the type from 12 points on.
_LEAST_BOX = 6 * MM
#: Boxes grow with the doses up to this.
_MOST_BOX = 1.25
_RADIUS = 1.0
_PEN = 1.1
#: Rows are higher where there is room, so that a page looks filled and a box is found easily.
_HIGHEST_ROW = 15 * MM
#: White at the left and right, and above and below, in each cell of the table.
_ACROSS, _DOWN = 1.6, 0.8
#: White that keeps a dose apart from the next one and from the boxes.
_BESIDE = 2.0
#: Height in which a dose is written by hand.
_WRITING = 7.5 * MM
#: Most lines of a name in the head of the table.
_NAME_LINES = 2


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return what to do with the boxes, and the weeks: in tables of `room` points at most, with high rows."""
    weeks = c.plan.weeks
    ways = (rows_of(weeks, -(-len(weeks) // count)) for count in range(1, len(weeks) + 1))
    blocks = []
    for part in next(parts for parts in ways if _fits_in(c, room, parts[0])):
        first = part[0] is weeks[0]
        spare = room - weeks_block(c, 1.0, part, titled=first).height(c.look.width)
        row = min(_Weeks(c, 1.0, named=True).row_height + max(0.0, spare) / len(part), _HIGHEST_ROW)
        block = weeks_block(c, 1.0, part, titled=first, row_height=row)
        blocks.append(Flowed(block, before=c.look.gap * 1.5, stretch=c.look.gap * 2))
    return blocks


def _fits_in(c: Composer, room: float, weeks: Sequence[Week]) -> bool:
    return len(weeks) == 1 or weeks_block(c, 1.0, weeks).height(c.look.width) <= room


def weeks_block(
    c: Composer,
    factor: float,
    weeks: Sequence[Week] = (),
    *,
    named: bool = True,
    titled: bool = True,
    row_height: float = 0.0,
) -> Block:
    """Return title, hint and table of weeks.

    Args:
        factor: how large the doses are, in sizes of running text.
        weeks: those of the table; all of them unless given.
        named: whether the table's head has the names of the exercises too, where they have room.
        titled: whether title and hint stand above it.
        row_height: the least height of a row, in points.
    """
    table = _Weeks(c, factor, named=named).table(weeks or c.plan.weeks, row_height)
    if not titled:
        return c.stack(table, role="Sect")
    hint = Paragraph(c.text(" ".join(_hints(c)), c.look.cell))
    head = c.titled(c.text(c.strings.tracker_section, c.look.h2), hint, c.look.gap * 1.5)
    return c.stack(head, c.space(0.6), table, role="Sect")


def _hints(c: Composer) -> list[str]:
    """Say what to do with the boxes, and what those amounts mean that this program has."""
    doses = [dose for exercise in c.plan.exercises for dose in exercise.doses if dose is not None]
    words = [c.strings.boxes_hint]
    if any(dose.sets.most > 1 and dose.reps.most > 1 for dose in doses):
        words.append(c.strings.sets_legend)
    if any(map(is_held_for_seconds, doses)):
        words.append(f"{c.strings.seconds_legend}.")
    return words


class _Weeks:
    """The table of all weeks in one size of doses.

    Args:
        factor: in sizes of running text. Doses that have no room in it take the size of labels.
    """

    def __init__(self, c: Composer, factor: float, *, named: bool) -> None:
        self._composer, self._named = c, named
        bold = _centred(c.look.cell_bold)
        self._number = bold._replace(size=bold.size * factor, leading=bold.leading * factor)
        self._box = max(_LEAST_BOX, c.enlarged(_LEAST_BOX) * min(factor, _MOST_BOX))
        self._days = [
            c.bare(c.language.day_short[day], _centred(c.look.cell)) for day in c.plan.weeks[0].days
        ]
        names = [name.text.natural_width + 1 for name in self._days]
        self._day = max(self._box, *names) + 2 * _ACROSS
        self._week = c.text(c.strings.week, c.look.label_bold).natural_width + 2 * _ACROSS + 1
        styles = (self._number, bold, _centred(c.look.label_bold))
        self._dose = next(filter(self._has_room, styles), styles[-1])
        self._columns = self._widths()

    @property
    def row_height(self) -> float:
        """Least height of a row in points: a box with the white around it."""
        return self._box + 2 * _DOWN

    def table(self, weeks: Sequence[Week], row_height: float) -> Table:
        """Return a row a week: number, doses, days."""
        c = self._composer
        week = c.bare(c.strings.week, _centred(c.look.label_bold))
        head = (week, *self._heads(), *self._days)
        rows = [tuple(Cell(block, "Column") for block in head), *map(self._row, weeks)]
        widths = (self._week, *self._columns, *(self._day,) * 7)
        table = Table(tuple(rows), widths, padding=(_ACROSS, _DOWN), rule=LINE, tint=TINT, line=0.5)
        return table._replace(row_height=row_height)

    @property
    def _room(self) -> float:
        """Width of all doses together."""
        return self._composer.look.width - self._week - 7 * self._day

    def _needs(self, style: TextStyle) -> list[float]:
        """Return the width of each exercise's widest dose in a style, with white beside it."""
        c = self._composer
        needs = []
        for exercise in c.plan.exercises:
            written = {dose_cell(dose, c.language) for dose in exercise.doses if dose and not dose.blank}
            widest = max((c.text(words, style).natural_width for words in written), default=0.0)
            needs.append(max(widest, _LEAST_BOX) + 2 * _ACROSS + _BESIDE)
        return needs

    def _has_room(self, style: TextStyle) -> bool:
        return sum(self._needs(style)) <= self._room

    def _widths(self) -> list[float]:
        """Return equal columns where every dose has room in them, else columns as wide as their doses ask."""
        needs = self._needs(self._dose)
        equal = self._room / len(needs)
        if max(needs) <= equal:
            return [equal] * len(needs)
        spare = max(0.0, self._room - sum(needs)) / len(needs)
        total = sum(needs) + spare * len(needs)
        return [(need + spare) * self._room / total for need in needs]

    def _heads(self) -> list[Block]:
        """Return number and name of each exercise; only the numbers where one of the names has no room."""
        c = self._composer
        style = _centred(c.look.label)
        number = self._number._replace(colour=c.look.accent)
        numbers = [c.bare(str(exercise.number), number) for exercise in c.plan.exercises]
        names = [c.bare(exercise.name, style) for exercise in c.plan.exercises]
        inner = [column - 2 * _ACROSS for column in self._columns]
        if not self._named or not all(map(_fits, names, inner)):
            return list(numbers)
        return [Stack(pair) for pair in zip(numbers, names, strict=True)]

    def _row(self, week: Week) -> tuple[Cell, ...]:
        c = self._composer
        busy = {session.day for session in week.sessions}
        rest = c.bare("–", _centred(c.look.cell))
        boxes: list[Block] = [
            _DayBox(c, week.number, day, self._box) if day in busy else rest for day in week.days
        ]
        doses = [
            self._amount(exercise.doses[week.number - 1], column)
            for exercise, column in zip(c.plan.exercises, self._columns, strict=True)
        ]
        number = Cell(c.bare(str(week.number), self._number), "Row")
        return (number, *map(Cell, (*doses, *boxes)))

    def _amount(self, dose: PlannedDose | None, column: float) -> Block:
        """The amount; a line to write on where it is left open; a dash where the exercise is not done yet."""
        c = self._composer
        if dose is None:
            return c.bare("–", self._dose)
        if dose.blank:
            return WritingLine(_WRITING, INK, c.strings.dose)
        words = dose_cell(dose, c.language)
        if c.text(words, self._dose).natural_width <= column - 2 * _ACROSS + 0.1:
            return c.bare(words, self._dose)
        return c.stack(*(c.bare(part, self._dose) for part in in_two(words)))


def _centred(style: TextStyle) -> TextStyle:
    return style._replace(align="centre")


def _fits(name: Bare, width: float) -> bool:
    """Whether a name takes few lines and breaks no word."""
    lines = name.text.lines(width)
    words = len(name.text.lines(float("inf"))[0].words)
    return len(lines) <= _NAME_LINES and words == sum(len(line.words) for line in lines)


class _DayBox(NamedTuple):
    """An empty box in the middle of its cell; `size` in points."""

    composer: Composer
    week: int
    day: Weekday
    size: float

    def height(self, width: float) -> float:
        """Return the side of the box in points."""
        return self.size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the box, with words that say of which day it is."""
        c = self.composer
        words = c.fill(c.strings.day_box, week=self.week, day=c.language.day_names[self.day])
        node = canvas.node("Span", parent, actual=words)
        ident = f"w{self.week}.{self.day}"
        canvas.add(TickBox(ident, x + (width - self.size) / 2, y, self.size, _RADIUS, _PEN, node))
