"""Boxes to cross by day: a line a week, for days on which there is something to do.

They are made for a pen and an eye, not for a machine: those stand on the sheets of the tracker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.plan import PlannedDay, Week
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Space
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import TickBox
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.style import LINE, MM
from pdfgen.typesetting.tables import Cell, Table

#: Side of a box in sizes of running text: 6 mm at 12 points. Never below what a shaky hand can cross.
_BOX = 1.42
_LEAST_BOX = 6 * MM
_RADIUS = 1.0
_PEN = 1.1
#: Tables beside each other.
_ACROSS = 3


def compose(c: Composer) -> list[Flowed]:
    """Return what to do with the boxes, and the weeks in tables beside each other."""
    gap = c.look.gap
    weeks = c.plan.weeks
    each = -(-len(weeks) // _ACROSS)
    tables: list[Block] = [_table(c, weeks[i : i + each]) for i in range(0, len(weeks), each)]
    tables += [Space(0.0)] * (_ACROSS - len(tables))
    title = Paragraph(c.text(c.strings.tracker_section, c.look.h2), "H2", bookmark=1)
    hint = Paragraph(c.text(c.strings.boxes_hint, c.look.cell))
    name = c.text(c.strings.tracker_section, c.look.h2).natural_width + 1
    head = Columns((title, hint), (name, 1.0), gap * 1.5, align="bottom")
    block = c.stack(head, c.space(0.4), Columns(tuple(tables), (1.0,) * _ACROSS, gap * 2), role="Sect")
    return [Flowed(block, before=gap * 1.5, stretch=gap * 2)]


def _table(c: Composer, weeks: Sequence[Week]) -> Table:
    style = c.look.cell._replace(align="centre")
    days = [Cell(c.bare(c.language.day_short[day.day], style), "Column") for day in weeks[0].days]
    label = c.text(c.strings.week, c.look.label).natural_width + 2
    rows = [(Cell(c.bare(c.strings.week, c.look.label), "Column"), *days)]
    for week in weeks:
        busy = {session.day for session in week.sessions}
        cells = [
            Cell(_DayBox(c, week.number, day) if day.day in busy else c.bare("–", style)) for day in week.days
        ]
        rows.append(
            (Cell(c.bare(str(week.number), c.look.cell_bold._replace(align="centre")), "Row"), *cells)
        )
    return Table(tuple(rows), (label, *(1.0,) * len(days)), padding=(0.0, 1.3), rule=LINE, line=0.4)


class _DayBox(NamedTuple):
    """An empty box in the middle of its cell."""

    composer: Composer
    week: int
    day: PlannedDay

    @property
    def _size(self) -> float:
        return max(_LEAST_BOX, self.composer.look.body.size * _BOX)

    def height(self, width: float) -> float:
        """Return the side of the box in points."""
        return self._size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the box, with words that say of which day it is."""
        c, size = self.composer, self._size
        words = c.fill(c.strings.day_box, week=self.week, day=c.language.day_names[self.day.day])
        node = canvas.node("Span", parent, actual=words)
        ident = f"w{self.week}.{self.day.day}"
        canvas.add(TickBox(ident, x + (width - size) / 2, y, size, _RADIUS, _PEN, node))
