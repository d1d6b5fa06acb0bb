"""Tables: cells in rows and columns, tagged with headers."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.blocks import Block, column_widths, horizontal, rectangle
from pdfgen.typesetting.canvas import Canvas, Scope
from pdfgen.typesetting.document import Role


class Cell(NamedTuple):
    """One cell. A cell with a `scope` is a header of its row or column.

    Attributes:
        goes_on: of the first one of a row: the row goes on with the one above it, with no line between them.
    """

    block: Block
    scope: Scope = ""
    middle: bool = True
    col_span: int = 1
    goes_on: bool = False


class Table(NamedTuple):
    """Rows of cells; the first `head` rows are the table's head.

    Attributes:
        widths: points where above 1, else shares of the rest.
        padding: horizontal and vertical white inside each cell.
        tint: ground of the head.
        rule: colour of the lines between rows.
        row_height: least height of a body row.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    padding: tuple[float, float]
    rule: RGB
    head: int = 1
    tint: RGB | None = None
    row_height: float = 0.0
    line: float = 0.6

    def _cells(self, row: tuple[Cell, ...], widths: Sequence[float]) -> list[tuple[Cell, float]]:
        result = []
        index = 0
        for cell in row:
            result.append((cell, fsum(widths[index : index + cell.col_span])))
            index += cell.col_span
        return result

    def _row_height(self, index: int, widths: Sequence[float]) -> float:
        across, down = self.padding
        inner = max(cell.block.height(w - 2 * across) for cell, w in self._cells(self.rows[index], widths))
        return max(inner + 2 * down, self.row_height if index >= self.head else 0.0)

    def height(self, width: float) -> float:
        """Return the height at a width in points."""
        widths = column_widths(self.widths, width)
        return fsum(self._row_height(index, widths) for index in range(len(self.rows))) + self.line

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the table and tag its cells."""
        across, down = self.padding
        widths = column_widths(self.widths, width)
        section = table = canvas.node("Table", parent)
        for index, row in enumerate(self.rows):
            if index == 0 and self.head:
                section = canvas.node("THead", table)
            if index == self.head:
                section = canvas.node("TBody", table)
            height = self._row_height(index, widths)
            if index < self.head and self.tint:
                canvas.add(rectangle(x, y, width, height, fill=self.tint))
            node, left = canvas.node("TR", section), x
            for cell, wide in self._cells(row, widths):
                role: Role = "TH" if cell.scope else "TD"
                element = canvas.node(role, node, scope=cell.scope, col_span=cell.col_span)
                inner = wide - 2 * across
                free = height - 2 * down - cell.block.height(inner) if cell.middle else 0.0
                cell.block.place(canvas, left + across, y + down + free / 2, inner, element)
                left += wide
            y += height
            if index + 1 == len(self.rows) or not self.rows[index + 1][0].goes_on:
                canvas.add(horizontal(x, y, width, self.rule, self.line))
