"""A grid of cells with name, drawings and text: equal columns, and drawings at one scale for the sheet.

Cells stand in rows, and are read across; or, where that leaves much white, in columns that are read down.

Type keeps its size; the drawings take the largest scale that the room allows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.plan import PlannedExercise, PlannedPanel
from pdfgen.typesetting.blocks import Block, Paragraph, Rule, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.text_style import Span, TextStyle

#: Scales of the drawings, in points a millimetre, that are tried, the largest first. At the least a figure
#: that lies is 20 mm long, as on the cover of the standard edition.
SCALES = tuple(percent / 100 * MM for percent in range(170, 34, -3))
#: A drawing may be so much larger than the others where that takes no room from them.
_LARGER = 1.5
#: What the start position is worth beside the end position, in scales of the drawings.
_BOTH = 1.5
#: What drawings are worth that leave out that of a caution's form: they are taken where nothing else fits.
_HIDING = 0.1
#: Columns of uneven cells are harder to read than rows.
_DOWN = 0.85
#: Part of the height that a row has to spare, into which its drawings may grow.
_FOR_DRAWINGS = 0.7


class GridCell(NamedTuple):
    """One exercise: its name, its drawings in order, and the text below them.

    Attributes:
        alone: the drawing that is shown where there is no room for all, if there are any.
        advised: whether one of the drawings is of a form that a caution names.
    """

    name: Block
    panels: tuple[PlannedPanel, ...]
    alone: tuple[PlannedPanel, ...]
    advised: bool
    text: Block


def name_of(c: Composer, exercise: PlannedExercise, style: TextStyle) -> Paragraph:
    """Return number and name as a heading."""
    words = [Span(f"{exercise.number}\u00a0\u00a0"), Span(exercise.name)]
    return Paragraph(c.text(words, style), "H2", bookmark=1)


def grid_cell(c: Composer, exercise: PlannedExercise, style: TextStyle, text: Block) -> GridCell:
    """Return the cell of an exercise, its name in a style."""
    drawings, alone = _drawings(exercise), _end_alone(exercise)
    return GridCell(name_of(c, exercise, style), drawings, alone, bool(exercise.advised), text)


def _drawings(exercise: PlannedExercise) -> tuple[PlannedPanel, ...]:
    """Return the drawings of the start position and of the end position, or the only one there is.

    Of an exercise that is shown in several forms, the end position of each, in their order.
    """
    if len(exercise.shown_forms) > 1:
        return tuple(form.emblem for form in exercise.shown_forms if form.emblem is not None)
    panels, emblem = exercise.main.panels, exercise.main.emblem
    return () if emblem is None else tuple(dict.fromkeys((panels[0], emblem)))


def _end_alone(exercise: PlannedExercise) -> tuple[PlannedPanel, ...]:
    """Return the end position of the last form that is prescribed, if it is drawn."""
    emblem = (exercise.forms[-1] if exercise.forms else exercise.main).emblem
    return () if emblem is None else (emblem,)


class Grid(NamedTuple):
    """Cells in rows. Use `first_grid` to make one.

    Attributes:
        columns: how many cells beside each other.
        scale: of the drawings, in points a millimetre.
        both: whether the start position stands beside the end position.
        down: how many cells stand in each column; empty where they stand in rows.
        room: height in points over which the rows are spread.
    """

    composer: Composer
    cells: tuple[GridCell, ...]
    columns: int
    scale: float
    both: bool
    room: float = 0.0
    down: tuple[int, ...] = ()

    @property
    def worth(self) -> float:
        """How much its drawings show, to choose among grids."""
        hides = not self.both and any(cell.advised for cell in self.cells)
        shown = _BOTH if self.both else _HIDING if hides else 1.0
        return self.scale * shown * (_DOWN if self.down else 1.0)

    @property
    def _gutter(self) -> float:
        return max(self.composer.look.gap * 2, self.composer.look.body.size * 0.85)

    @property
    def _apart(self) -> float:
        """Least white between rows."""
        return self.composer.look.gap

    @property
    def _column(self) -> float:
        return (self.composer.look.width - self._gutter * (self.columns - 1)) / self.columns

    def _bands(self) -> list[list[Sequence[GridCell]]]:
        """Return rows beside each other: one band of rows with several cells, or a band for each column."""
        if not self.down:
            return [rows_of(self.cells, self.columns)]
        ends = zip(accumulate(self.down), self.down, strict=True)
        return [rows_of(self.cells[end - count : end], 1) for end, count in ends]

    def _sizes(self, cell: GridCell, high: float) -> list[tuple[PlannedPanel, float, float]]:
        """Return the drawings of a cell with width and height in points.

        A flat one grows as far as the row, which others make `high`, and its column allow.
        """
        panels = self._shown(cell)
        if not panels:
            return []
        drawings = [self.composer.figures[panel.figure] for panel in panels]
        part = (self._column + self._apart) / len(panels) - self._apart
        limits = [part / max(d.width for d in drawings), high / max(d.height for d in drawings)]
        scale = max(self.scale, min(*limits, self.scale * _LARGER))
        if len(panels) == 1:
            scale = min(scale, self._column / drawings[0].width)
        return [(p, d.width * scale, d.height * scale) for p, d in zip(panels, drawings, strict=True)]

    def _shown(self, cell: GridCell) -> tuple[PlannedPanel, ...]:
        return cell.panels if self.both else cell.alone

    def _high(self, cell: GridCell) -> float:
        """Return the height of a cell's drawings at the scale of the sheet."""
        return max(
            (self.composer.figures[p.figure].height * self.scale for p in self._shown(cell)), default=0.0
        )

    def fits_at(self, scale: float) -> bool:
        """Whether it has room, across and down, with drawings of a scale in points a millimetre."""
        grid = self._replace(scale=scale)
        return grid.fits_across() and grid.least() <= self.room

    def fits_across(self) -> bool:
        """Whether the drawings of every cell have room beside each other."""
        column, apart, figures = self._column, self._apart, self.composer.figures
        shown = map(self._shown, self.cells)
        return all(
            figures[panel.figure].width * self.scale <= (column + apart) / len(panels) - apart
            for panels in shown
            for panel in panels
        )

    def _heights(self, row: Sequence[GridCell]) -> tuple[float, float, float]:
        """Return the height of names, of drawings and of texts in a row."""
        column = self._column
        return (
            max(cell.name.height(column) for cell in row),
            max(self._high(cell) for cell in row),
            max(cell.text.height(column) for cell in row),
        )

    def least(self) -> float:
        """Return the height in points without the white that is left over."""
        return max(self._least(band) for band in self._bands())

    def _least(self, band: Sequence[Sequence[GridCell]]) -> float:
        inner = sum(sum(self._heights(row)) + self._between for row in band)
        return inner + self._apart * (len(band) - 1)

    @property
    def _between(self) -> float:
        """White above the name, above and below the drawings, in one row."""
        return self.composer.look.gap * 1.4

    def height(self, width: float) -> float:
        """Return the height over which the rows are spread."""
        return max(self.least(), self.room)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the cells with the white that is left between and in the rows, so that all bands end alike."""
        for band in self._bands():
            spare = (self.height(width) - self._least(band)) / len(band)
            top = y
            for row in band:
                self._set_row(canvas, row, x, top, spare, parent)
                top += sum(self._heights(row)) + self._between + spare + self._apart
            x += self._column + self._gutter

    def _set_row(
        self, canvas: Canvas, row: Sequence[GridCell], x: float, y: float, spare: float, parent: int
    ) -> None:
        """Set a row. Drawings grow into a part of the `spare` height, as far as the column allows."""
        column = self._column
        name, drawn, _ = self._heights(row)
        high = drawn + spare * _FOR_DRAWINGS
        tall = [size[2] for cell in row for size in self._sizes(cell, high)]
        high = max(drawn, *tall, 0.0)
        air = min((spare - high + drawn) / 2, self._apart * 2)
        for cell in row:
            node = canvas.node("Sect", parent)
            Rule(LINE, 0.5).place(canvas, x, y, column, node)
            top = y + self._between * 0.4
            cell.name.place(canvas, x, top, column, node)
            top += name + self._between * 0.3 + air
            self._draw(canvas, cell, x, top, high, node)
            top += high + self._between * 0.3
            cell.text.place(canvas, x, top, column, node)
            x += column + self._gutter

    def _draw(self, canvas: Canvas, cell: GridCell, x: float, y: float, high: float, node: int) -> None:
        """Set drawings on one ground line, from the left."""
        for panel, wide, tall in self._sizes(cell, high):
            figure = self.composer.panel(panel, wide / self.composer.figures[panel.figure].width)
            figure.place(canvas, x, y + high - tall, wide, node)
            x += wide + self._apart


def _lowest(c: Composer, cells: Sequence[GridCell], columns: Sequence[int]) -> float:
    """Return the height in points that cells need at least, with the smallest drawings."""
    grids = (
        Grid(c, tuple(cells), count, SCALES[-1], both=False, down=down)
        for count in columns
        for down in _ways(cells, count)
    )
    return min(grid.least() for grid in grids if grid.fits_across())


def _ways(cells: Sequence[GridCell], columns: int) -> Iterator[tuple[int, ...]]:
    """Yield an empty tuple for rows, and every way to part the cells among columns where rows leave a gap."""
    yield ()
    if 1 < columns < len(cells) and len(cells) % columns:
        for ends in combinations(range(1, len(cells)), columns - 1):
            yield tuple(end - start for start, end in pairwise((0, *ends, len(cells))))


def _fitting(c: Composer, cells: Sequence[GridCell], room: float, columns: int) -> Iterator[Grid]:
    """Yield the largest grid with both positions, and the largest with the end position alone."""
    for both in (True, False):
        smallest = Grid(c, tuple(cells), columns, SCALES[-1], both, room)
        grids = [smallest._replace(down=down) for down in _ways(cells, columns)]
        for grid in (grids[0], min(grids, key=Grid.least)):
            if grid.fits_at(SCALES[-1]):
                # Smaller drawings never need more room, so the scales need not all be tried.
                first = bisect_left(SCALES, True, key=grid.fits_at)
                yield grid._replace(scale=SCALES[first])


class GridSetting(NamedTuple):
    """A way to set exercises in a grid, with what stands above and below it.

    Attributes:
        gap: white above the grid, in points.
        scale: least scale of the drawings with which this way is taken, in points a millimetre.
    """

    composer: Composer
    cells: Sequence[GridCell]
    above: Flowed
    below: Sequence[Flowed]
    gap: float
    scale: float


def first_grid(
    settings: Iterable[GridSetting], room: float, columns: Sequence[int], what: str, advice: str
) -> list[Flowed]:
    """Return the blocks of the first setting whose drawings are large enough in `room` points of height.

    Args:
        columns: numbers of columns that are allowed.
        what, advice: what does not fit, and what to do then, for the message.

    Raises:
        FitError: nothing fits.
    """
    over = float("inf")
    for c, cells, above, below, gap, scale in settings:
        left = room - extent([above, *below], c.look.width, at_top=False) - gap
        grids = (grid for count in columns for grid in _fitting(c, cells, left, count))
        best = max(grids, key=lambda grid: grid.worth, default=None)
        if best is not None and best.scale >= scale:
            return [above, Flowed(best, before=gap), *below]
        over = min(over, _lowest(c, cells, columns) - left)
    raise FitError(Problem(f"{what}: {over:.0f} points too high; {advice}", "exercises"))
