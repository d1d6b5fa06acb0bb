"""Tables: cells in rows and columns, tagged with headers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
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


class _PlacedCell(NamedTuple):
    cell: Cell
    left: float
    wide: float


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

    def _cells(self, width: float) -> list[list[_PlacedCell]]:
        """Return the cells of each row with their places from the left."""
        widths = column_widths(self.widths, width)
        lefts = (0.0, *accumulate(widths))
        rows = []
        for row in self.rows:
            ends = (0, *accumulate(cell.col_span for cell in row))
            rows.append(
                [
                    _PlacedCell(cell, lefts[start], lefts[end] - lefts[start])
                    for cell, (start, end) in zip(row, pairwise(ends), strict=True)
                ]
            )
        return rows

    def _heights(self, rows: Sequence[Sequence[_PlacedCell]]) -> list[float]:
        """Return the heights of the rows."""
        across, down = self.padding
        heights: list[float] = []
        for index, row in enumerate(rows):
            least = self.row_height if index >= self.head else 0.0
            needed = (cell.block.height(wide - 2 * across) + 2 * down for cell, _, wide in row)
            heights.append(max(least, max(needed, default=0.0)))
        return heights

    def height(self, width: float) -> float:
        """Return the height at a width in points."""
        return fsum(self._heights(self._cells(width))) + self.line

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the table and tag its cells."""
        across, down = self.padding
        section = table = canvas.node("Table", parent)
        rows = self._cells(width)
        heights = self._heights(rows)
        for index, row in enumerate(rows):
            if index == 0 and self.head:
                section = canvas.node("THead", table)
            if index == self.head:
                section = canvas.node("TBody", table)
            if index < self.head and self.tint:
                canvas.add(rectangle(x, y, width, heights[index], fill=self.tint))
            node = canvas.node("TR", section)
            for cell, left, wide in row:
                role: Role = "TH" if cell.scope else "TD"
                element = canvas.node(role, node, scope=cell.scope, col_span=cell.col_span)
                inner = wide - 2 * across
                free = heights[index] - 2 * down - cell.block.height(inner) if cell.middle else 0.0
                cell.block.place(canvas, x + left + across, y + down + free / 2, inner, element)
            y += heights[index]
            self._rule(canvas, x, y, width, rows[index + 1 : index + 2])

    def _rule(
        self, canvas: Canvas, x: float, y: float, width: float, below: Sequence[Sequence[_PlacedCell]]
    ) -> None:
        """Set the line above the row that is `below`: none where that goes on."""
        if not (below and below[0][0].cell.goes_on):
            canvas.add(horizontal(x, y, width, self.rule, self.line))
