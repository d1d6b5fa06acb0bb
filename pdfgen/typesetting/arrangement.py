"""Arrangements: drawings, weeks and steps of one form, beside or below each other, whichever takes least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, product
from math import fsum
from typing import NamedTuple

from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.canvas import Canvas


class Measured:
    """A block that remembers its heights, for one that is tried in many arrangements."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._heights: dict[float, float] = {}

    def height(self, width: float) -> float:
        """Return the height of the block at a width, in points."""
        if width not in self._heights:
            self._heights[width] = self._block.height(width)
        return self._heights[width]

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block."""
        self._block.place(canvas, x, y, width, parent)


class Awaited:
    """A block that is made when it is first measured or set, for one that may not be needed."""

    def __init__(self, make: Callable[[], Block]) -> None:
        self._made = cache(make)

    def height(self, width: float) -> float:
        """Return the height of the block at a width, in points."""
        return self._made().height(width)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block."""
        self._made().place(canvas, x, y, width, parent)


class Part(NamedTuple):
    """A block at its place in an arrangement, in points."""

    block: Block
    x: float
    y: float
    width: float

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.y + self.block.height(self.width)


class Arrangement(NamedTuple):
    """Blocks at fixed places, in the order in which they are read."""

    parts: tuple[Part, ...]

    def height(self, width: float) -> float:
        """Return the height in points, whatever the width."""
        return max((part.foot for part in self.parts), default=0.0)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the blocks."""
        for part in self.parts:
            part.block.place(canvas, x + part.x, y + part.y, part.width, parent)


class Sized(NamedTuple):
    """A block that needs a width, and may have more of it up to another one; in points."""

    block: Block
    least: float
    most: float


def in_grid(
    pictures: Sequence[Sized],
    doses: Sequence[Sized],
    steps: Sequence[Sized],
    width: float,
    across: float,
    down: float,
) -> Arrangement | None:
    """Return the lowest arrangement in which the eye finds all: drawings, doses under them, then the steps.

    The steps stand under both, or at the right of the doses: never beside a drawing, so that the eye goes the
    same way in every exercise.

    Args:
        pictures, doses, steps: the ways in which they can be set; empty where there are none.
        across, down: white between two parts, in points.
    """
    found: list[Arrangement] = []
    for parts in product(*(ways for ways in (pictures, doses, steps) if ways)):
        shapes = [[[part] for part in parts]]
        if steps:
            shapes.append([*([part] for part in parts[:-2]), list(parts[-2:])])
        placed = [_rows(rows, width, across, down) for rows in shapes]
        found += [Arrangement(tuple(way)) for way in placed if way]
    return min(found, key=lambda one: one.height(width), default=None)


def _rows(rows: Sequence[Sequence[Sized]], width: float, across: float, down: float) -> list[Part]:
    """Return parts in rows below each other; none where a row is too wide."""
    placed: list[Part] = []
    y = 0.0
    for row in rows:
        parts = _row(row, width, across, y)
        if not parts:
            return []
        placed += parts
        y = max(part.foot for part in parts) + down
    return placed


def _row(parts: Sequence[Sized], width: float, across: float, y: float) -> list[Part]:
    """Return parts beside each other; the room that is left over goes to the last one first."""
    spare = width - fsum(part.least for part in parts) - across * (len(parts) - 1)
    if spare < 0:
        return []
    widths: list[float] = []
    for part in reversed(parts):
        more = min(spare, part.most - part.least)
        spare -= more
        widths.insert(0, part.least + more)
    starts = accumulate(widths[:-1], lambda x, wide: x + wide + across, initial=0.0)
    return [Part(p.block, x, y, wide) for p, x, wide in zip(parts, starts, widths, strict=True)]
