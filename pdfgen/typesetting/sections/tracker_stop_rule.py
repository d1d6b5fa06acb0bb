"""The stop rule and the emergency number at the foot of a tracker sheet that is given without the program."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.look import FOOTER_LINE, LINE, MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.text_style import Span

_ICON = 9 * MM
_EDGE = 5.0
#: White inside the box, and between it and what stands above it; points.
_PADDING = 5.0
_ABOVE = 6.0
_TIGHT = 3.0
#: White between the box and the lines at the foot of the page, in points.
_OVER_FOOTER = 4.0
#: Points.
_ROUNDING = 0.5


class StopRule(NamedTuple):
    """The box with its place on the sheet, in points; what stands above it ends at `limit`."""

    block: Block
    x: float
    top: float
    width: float
    limit: float

    def place(self, pen: SheetPen, parent: int) -> None:
        """Set the box."""
        self.block.place(pen.canvas, self.x, self.top, self.width, parent)


def stop_rule(pen: SheetPen, above: float) -> StopRule:
    """Return the stop rule at the foot of the sheet; where that is too high, in small type beside the code.

    Args:
        above: where ends what must stand above it, in points.
    """
    c, g = pen.composer, pen.geometry
    wide = _box(c, _lines(c))
    top = g.bottom - wide.height(pen.width)
    if above <= top - _ABOVE + _ROUNDING:
        return StopRule(wide, g.left, top, pen.width, top - _ABOVE)
    own_lines = 1 + bool(c.plan.clinic.footer)
    foot = c.look.page_height - FOOTER_LINE - own_lines * c.look.quiet.leading - _OVER_FOOTER
    words = [Span(f"{c.plan.safety.stop_rule} ", bold=True), *_call(c)]
    narrow = _box(c, (Paragraph(c.text(words, c.look.label)), *_writing_line(c)))
    width = g.right - g.code_left
    top = foot - narrow.height(width)
    return StopRule(narrow, g.code_left, top, width, top - _TIGHT)


def place_under_ticks(pen: SheetPen, parent: int) -> None:
    """Set the stop rule under the rows of ticks of a large sheet.

    Where many rows leave no room, it stands on the other sheet of the week only.
    """
    end = pen.geometry.rows[-1] + pen.geometry.row_height / 2
    rule = stop_rule(pen, end)
    if end <= rule.limit + _ROUNDING:
        rule.place(pen, parent)


def _lines(c: Composer) -> tuple[Block, ...]:
    rule = Paragraph(c.text(c.plan.safety.stop_rule, c.look.cell_bold))
    return (rule, Paragraph(c.text(_call(c), c.look.cell)), *_writing_line(c))


def _call(c: Composer) -> list[Span]:
    """Return whom to call in an emergency: the first box of the safety section."""
    box = c.plan.safety.boxes[0]
    phone = box.phones[0]
    if not phone.number:
        return [Span(f"{box.title}: ", bold=True), Span(phone.label)]
    number = Span(phone.number.replace(" ", "\u00a0"), bold=True)
    return [Span(f"{box.title}: ", bold=True), number, Span(f" ({phone.label})")]


def _writing_line(c: Composer) -> list[Block]:
    phone = c.plan.safety.boxes[0].phones[0]
    return [] if phone.number else [WritingLine(WRITING_ROOM * 0.8, LINE, phone.label)]


def _box(c: Composer, lines: tuple[Block, ...]) -> Block:
    row = c.beside_icon("stop", _ICON, Stack(lines), gap=c.look.gap * 1.5)
    padding = (_PADDING, _PADDING, _PADDING, _PADDING)
    return Frame(row, padding, stroke=LINE, edge=_EDGE, role="Sect")
