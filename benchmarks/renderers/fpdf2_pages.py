"""fpdf2."""

from __future__ import annotations

import io
from functools import singledispatchmethod
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from benchmarks.content import (
    Block,
    Content,
    Heading,
    Items,
    Lines,
    Measures,
    Paragraph,
    Pictures,
    Table,
    rows_of,
    svg,
)
from benchmarks.renderers import BOLD, REGULAR

_M = Measures()
_HEAD = FontFace(emphasis="BOLD", fill_color=(0xE8, 0xEE, 0xF4))
_ROOM = 18.0
_INDENT = 16.0
_PADDING = 2.0


def render(content: Content) -> bytes:
    """Return the content as a PDF."""
    pages = _Pages(content)
    for page in content.pages:
        pages.add_page()
        for block in page:
            pages.put(block)
    return bytes(pages.output())


class _Pages(FPDF):
    def __init__(self, content: Content) -> None:
        super().__init__(unit="pt", format=content.paper)
        self._content = content
        self.set_margin(_M.margin)
        self.set_auto_page_break(True, _M.margin)
        self.add_font("Body", "", str(REGULAR))
        self.add_font("Body", "B", str(BOLD))
        self.set_title(content.title)

    def footer(self) -> None:
        """Put label, number of the document and page at the foot."""
        self.set_y(-_ROOM - _M.cell)
        self.set_font("Body", size=_M.cell)
        self.cell(self.epw / 2, _M.cell, f"{self._content.label}  {self._content.ident}")
        self.cell(0, _M.cell, str(self.page_no()), align="R")

    def _text(self, text: str, size: float, *, bold: bool = False, width: float = 0.0) -> None:
        self.set_font("Body", "B" if bold else "", size)
        after: dict[str, Any] = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
        self.multi_cell(width or self.epw, size * 1.25, text, align="L", **after)
        self.ln(_M.gap)

    @singledispatchmethod
    def put(self, block: Block) -> None:
        """Set a block."""
        raise TypeError(block)

    @put.register
    def _(self, block: Heading) -> None:
        self._text(block.text, _M.headings[block.level - 1], bold=True)

    @put.register
    def _(self, block: Paragraph) -> None:
        self._text(block.text, _M.body, bold=block.is_bold)

    @put.register
    def _(self, block: Items) -> None:
        for number, text in enumerate(block.texts, start=1):
            self.set_font("Body", "", _M.body)
            self.cell(_INDENT, _M.leading, f"{number}" if block.is_numbered else "–")
            self._text(text, _M.body, width=self.epw - _INDENT)

    @put.register
    def _(self, block: Table) -> None:
        self.set_font("Body", "", _M.cell)
        self.set_draw_color(0x88, 0x99, 0xAA)
        columns = len(block.rows[0])
        first = _M.first_column
        widths = (first, *[(1 - first) / max(columns - 1, 1)] * (columns - 1))
        with self.table(
            col_widths=widths,
            width=self.epw,
            headings_style=_HEAD,
            text_align="LEFT",
            line_height=_M.cell * 1.25,
            padding=_PADDING,
        ) as table:
            for row in block.rows:
                made = table.row()
                for cell in row:
                    made.cell(cell.text)
        self._tick_boxes(block, widths)
        self.set_draw_color(0)
        self.ln(_M.gap * 2)

    def _tick_boxes(self, block: Table, widths: tuple[float, ...]) -> None:
        """Draw the boxes of a table that was set just now, one line a row."""
        high = _M.cell * 1.25 + 2 * _PADDING
        top = self.get_y() - high * len(block.rows)
        self.set_draw_color(0)
        for line, row in enumerate(block.rows):
            left = _M.margin
            for cell, share in zip(row, widths, strict=True):
                for number in range(cell.boxes):
                    x = left + _PADDING + number * (_M.box + 1)
                    self.rect(
                        x, top + line * high + _PADDING, _M.box, _M.box, round_corners=True, corner_radius=1
                    )
                left += share * self.epw

    @put.register
    def _(self, block: Pictures) -> None:
        for row in rows_of(block, self.epw, _M):
            x, y = self.get_x(), self.get_y()
            high = max(picture.size[1] for picture in row) * _M.pictures
            if y + high > self.h - _M.margin:
                self.add_page()
                y = self.get_y()
            for picture in row:
                wide = picture.size[0] * _M.pictures
                self.image(io.BytesIO(svg(picture).encode()), x, y, w=wide, alt_text=picture.says)
                x += wide + _M.gap
            self.set_y(y + high + _M.gap)

    @put.register
    def _(self, block: Lines) -> None:
        for _ in range(block.count):
            self.ln(_M.line)
            self.line(_M.margin, self.get_y(), self.w - _M.margin, self.get_y())
        self.ln(_M.gap)
