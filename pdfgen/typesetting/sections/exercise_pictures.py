"""The drawings of an exercise, each with the number of the step that it shows, and how small they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedPanel
from pdfgen.typesetting.arrangement import Measured, Sized, in_grid
from pdfgen.typesetting.blocks import Block, Columns, Space, Stack, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM

#: White between two drawings.
BETWEEN = 3 * MM
#: White between drawings, doses and steps, beside and below each other, in gaps.
_ACROSS, _DOWN = 2.5, 1.2


def least_scale(c: Composer, panel: PlannedPanel, lying: float, standing: float) -> float:
    """Return the scale, in points a millimetre, below which a drawing is not read well.

    Args:
        lying: least width in millimetres of somebody who lies or kneels: of a drawing that is not upright.
        standing: least height in millimetres of an upright drawing.
    """
    drawing = c.figures[panel.figure]
    is_upright = drawing.height > drawing.width
    return (standing / drawing.height if is_upright else lying / drawing.width) * MM


def least_of_all(c: Composer, panels: Sequence[PlannedPanel], widest: float) -> float:
    """Return the least scale of drawings that have one, of which the widest has so many millimetres."""
    options = c.layout.exercises
    scales = [least_scale(c, panel, options.lying, options.standing) for panel in panels]
    return min(max(scales, default=1.0), (c.look.width - 2 * c.letter_radius) / widest)


class Rows(NamedTuple):
    """Drawings in rows; `width` is that of all columns, in points."""

    rows: tuple[Block, ...]
    block: Block
    width: float


def arranged(
    c: Composer,
    panels: Sequence[PlannedPanel],
    scale: float,
    doses: Sequence[Sized],
    steps: Sized | None = None,
) -> Block:
    """Return drawings, the doses under them, and the steps under both or at the right; read in this order.

    Args:
        scale: of the drawings, in points a millimetre.
        doses: the ways in which they can be set, the best first.
        steps: none where they stand elsewhere.
    """
    down = c.look.gap * _DOWN
    drawn = [Sized(way.block, way.width, way.width) for way in pictures(c, panels, scale)]
    told = [steps] if steps else []
    if found := in_grid(drawn, doses, told, c.look.width, c.look.gap * _ACROSS, down):
        return found
    parts = [part.block for part in (*drawn[:1], *doses[-1:], *((steps,) if steps else ()))]
    return Stack(tuple(parts), down)


def pictures(
    c: Composer, panels: Sequence[PlannedPanel], scale: float, *, again: bool = False
) -> Iterator[Rows]:
    """Yield the drawings of a form at a scale, in each number of columns that the page is wide enough for.

    Where they do not fill all rows, the first one has fewer, in the middle: where the movement begins stands
    over its ends.

    Args:
        scale: in points a millimetre of the drawing.
        again: as decoration, on a page that the form goes on to; what they show is said with the first ones.
    """
    beside = number_room(c, panels, scale)
    figures = numbered(c, panels, scale, beside)
    if again:
        figures = [figure._replace(alt="") for figure in figures]
    wide = max((figure.wide for figure in figures), default=0.0) + beside
    for columns in range(1, len(figures) + 1):
        width = columns * (wide + BETWEEN) - BETWEEN
        if width > c.look.width and columns > 1:
            return
        first = len(figures) % columns
        lines = [
            Columns(tuple(row), (wide,) * columns, BETWEEN, "bottom")
            for row in rows_of(figures[first:], columns)
        ]
        rows = (*_in_the_middle(figures[:first], wide), *lines)
        yield Rows(rows, Measured(Stack(rows, BETWEEN)), width)


def _in_the_middle(figures: Sequence[Figure], wide: float) -> list[Block]:
    """Return figures that do not fill a row in the middle of it; nothing without any."""
    widths = (1.0, *(wide for _ in figures), 1.0)
    return [Columns((Space(0.0), *figures, Space(0.0)), widths, BETWEEN, "bottom")] if figures else []


def number_room(c: Composer, panels: Sequence[PlannedPanel], scale: float) -> float:
    """Return the white in points beside each drawing, where a number would cover a figure or an arrow.

    A drawing as wide as the text leaves less, or none.
    """
    widest = max((c.figures[panel.figure].width * scale for panel in panels), default=0.0)
    size = min(2 * c.letter_radius, max(0.0, c.look.width - widest))
    covered = any(
        panel.step and c.figures[panel.figure].corners[panel.mirrored] < size / scale for panel in panels
    )
    return size if covered else 0.0


def numbered(c: Composer, panels: Sequence[PlannedPanel], scale: float, beside: float) -> list[Figure]:
    """Return drawings at a scale with the numbers of their steps, and `beside` points at their left."""
    return [
        c.panel(panel, scale, str(panel.step) if panel.step else "")._replace(beside=beside)
        for panel in panels
    ]
