"""Tables: cells in rows and columns, tagged with headers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.blocks import Block, column_widths, horizontal, rectangle
from pdfgen.typesetting.canvas import Canvas, Scope
from pdfgen.typesetting.document import Role

#: Edges of two cells that are the same, in points.
_SAME = 0.01


class Cell(NamedTuple):
    """One cell. A cell with a `scope` is a header of its row or column.

    Attributes:
        goes_on: of the first one of a row: the row goes on with the one above it, with no line between them.
        row_span: it stands in so many rows; those below have no cell in its columns.
    """

    block: Block
    scope: Scope = ""
    middle: bool = True
    col_span: int = 1
    goes_on: bool = False
    row_span: int = 1


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
        """Return the cells of each row with their places from the left: none where one from above goes on."""
        widths = column_widths(self.widths, width)
        lefts = (0.0, *accumulate(widths))
        rows, covered = [], [0] * len(widths)
        for row in self.rows:
            cells, column = [], 0
            for cell in row:
                while covered[column]:
                    column += 1
                end = column + cell.col_span
                cells.append(_PlacedCell(cell, lefts[column], lefts[end] - lefts[column]))
                covered[column:end] = [cell.row_span] * cell.col_span
                column = end
            rows.append(cells)
            covered = [max(0, count - 1) for count in covered]
        return rows

    def _heights(self, rows: Sequence[Sequence[_PlacedCell]]) -> list[float]:
        """Return the heights of the rows; a cell that is higher than its rows makes the last one higher."""
        across, down = self.padding
        heights: list[float] = []
        spanning: dict[int, float] = {}
        for index, row in enumerate(rows):
            high = self.row_height if index >= self.head else 0.0
            for cell, _, wide in row:
                needed = cell.block.height(wide - 2 * across) + 2 * down
                if cell.row_span > 1:
                    last = index + cell.row_span - 1
                    spanning[last] = max(spanning.get(last, 0.0), fsum(heights) + needed)
                else:
                    high = max(high, needed)
            heights.append(max(high, spanning.get(index, 0.0) - fsum(heights)))
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
                spans = cell.row_span, cell.col_span
                element = canvas.node(role, node, scope=cell.scope, row_span=spans[0], col_span=spans[1])
                inner, high = wide - 2 * across, fsum(heights[index : index + cell.row_span])
                free = high - 2 * down - cell.block.height(inner) if cell.middle else 0.0
                cell.block.place(canvas, x + left + across, y + down + free / 2, inner, element)
            y += heights[index]
            self._rule(canvas, x, y, width, rows[index + 1 : index + 2])

    def _rule(
        self, canvas: Canvas, x: float, y: float, width: float, below: Sequence[Sequence[_PlacedCell]]
    ) -> None:
        """Set the line above the row that is `below`: not where a cell goes on."""
        runs = [(0.0, width)]
        if below:
            runs = [(cell.left, cell.wide) for cell in below[0] if not below[0][0].cell.goes_on]
        for left, wide in _joined(runs):
            canvas.add(horizontal(x + left, y, wide, self.rule, self.line))


def _joined(runs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return starts and lengths, with those that touch each other as one."""
    joined: list[tuple[float, float]] = []
    for left, wide in runs:
        touches = joined and abs(sum(joined[-1]) - left) < _SAME
        start = joined.pop()[0] if touches else left
        joined.append((start, left + wide - start))
    return joined
