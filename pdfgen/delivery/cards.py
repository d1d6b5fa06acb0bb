"""Cards: pages in a grid on sheets that are cut, backs where they meet their fronts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from pdfgen.delivery.sheet_paper import MARGIN, PAPERS, SAME, Size, cut_marks, too_large
from pdfgen.pdf.sheets import Mark, Placement, Rotation, SheetSide

#: Pages on one side of a sheet of cards.
CARDS_UP = (2, 4, 8, 16)


class Cards(NamedTuple):
    """Pages in a grid on sheets that are cut: front and back of each card by turns.

    Attributes:
        up: pages on one side of a sheet; 0 for as many of `CARDS_UP` as fit.
        paper: a name of `PAPERS`.
        one_sided: every page is the front of a card, and backs stay white.
    """

    up: int = 0
    paper: str = "a4"
    one_sided: bool = False


class Grid(NamedTuple):
    """Columns and rows of pages of one size, turned or not, in the middle of upright paper."""

    columns: int
    rows: int
    cell: Size
    rotation: Rotation
    paper: Size

    @property
    def xs(self) -> tuple[float, ...]:
        """Vertical cut lines."""
        left = (self.paper[0] - self.columns * self.cell[0]) / 2
        return tuple(left + column * self.cell[0] for column in range(self.columns + 1))

    @property
    def ys(self) -> tuple[float, ...]:
        """Horizontal cut lines."""
        top = (self.paper[1] - self.rows * self.cell[1]) / 2
        return tuple(top + row * self.cell[1] for row in range(self.rows + 1))


def card_grid(size: Size, how: Cards) -> Grid:
    """Return the grid that wastes the least; upright pages before turned ones."""
    paper = PAPERS[how.paper]
    wanted = (how.up,) if how.up else sorted(CARDS_UP, reverse=True)
    rotations: tuple[Rotation, ...] = (0, 90)
    for up in wanted:
        for rotation, columns in product(rotations, range(1, up + 1)):
            cell = size if rotation == 0 else (size[1], size[0])
            rows = up // columns
            used = columns * cell[0], rows * cell[1]
            if columns * rows == up and all(a <= b + SAME for a, b in zip(used, paper, strict=True)):
                return Grid(columns, rows, cell, rotation, paper)
    number = how.up or min(CARDS_UP)
    advice = "; choose fewer with --up, a larger paper or smaller pages"
    raise too_large(size, f"{number} do not fit on {how.paper}{advice}")


def card_sides(pages: int, grid: Grid, how: Cards) -> Iterator[SheetSide]:
    """Yield fronts and backs by turns: a back meets its front when paper is turned over on the long edge."""
    fronts = list(range(pages)) if how.one_sided else list(range(0, pages, 2))
    marks = cut_marks(grid.paper, grid.xs, grid.ys)
    # A line behind would show on cards that the printer moved a little.
    cuts = (*marks, *_cut_lines(grid))
    up = grid.columns * grid.rows
    turned_back: Rotation = 270 if grid.rotation == 90 else 0
    for first in range(0, len(fronts), up):
        cells = list(enumerate(fronts[first : first + up]))
        yield SheetSide(*grid.paper, _in_cells(grid, cells, grid.rotation), cuts)
        if how.one_sided:
            continue
        backs = [(_mirrored(grid, cell), page + 1) for cell, page in cells if page + 1 < pages]
        yield SheetSide(*grid.paper, _in_cells(grid, backs, turned_back), marks)


def _mirrored(grid: Grid, cell: int) -> int:
    row, column = divmod(cell, grid.columns)
    return row * grid.columns + grid.columns - 1 - column


def _in_cells(grid: Grid, cells: Iterable[tuple[int, int]], rotation: Rotation) -> tuple[Placement, ...]:
    """Return pages in their cells: pairs of the number of a cell and a page."""
    corners = list(product(grid.ys[:-1], grid.xs[:-1]))
    return tuple(Placement(page, *corners[cell][::-1], rotation) for cell, page in cells)


def _cut_lines(grid: Grid) -> Iterator[Mark]:
    """Yield a dashed line wherever two cards meet, as long as printers print."""
    wide, high = grid.paper
    for x in grid.xs[1:-1]:
        yield Mark(x, MARGIN, x, high - MARGIN, dashed=True)
    for y in grid.ys[1:-1]:
        yield Mark(MARGIN, y, wide - MARGIN, y, dashed=True)
