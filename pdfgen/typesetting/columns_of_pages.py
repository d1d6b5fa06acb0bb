"""Columns of pages: blocks flow down a column and on to the next one, where a page is wide enough for two.

A page that is not has one column, and nothing else is different.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import Block, Columns
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import ROUNDING, Flowed, extent, groups_of, place_items
from pdfgen.typesetting.look import MM

#: Least width of a page with two columns, in sizes of its running text: lines of some 45 characters in each.
_WIDE = 48.0
#: White between two columns.
_BETWEEN = 6 * MM


def columns_on(c: Composer) -> int:
    """Return how many columns a page has."""
    return 2 if c.look.width >= c.look.body.size * _WIDE and c.layout.screen is None else 1


def in_column(c: Composer) -> Composer:
    """Return the composer of what stands in a column; the same one where a page has no more than one."""
    if columns_on(c) == 1:
        return c
    width = (c.look.width - _BETWEEN) / 2
    return replace(c, look=c.look._replace(right=c.look.left + width))


class Column(NamedTuple):
    """Blocks below each other in a height, over which they share out what white there is."""

    items: tuple[Flowed, ...]
    high: float

    def height(self, width: float) -> float:
        """Return the height in points."""
        return self.high

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the blocks."""
        place_items(canvas, self.items, (x, y, width, self.high), parent)


def beside(columns: Sequence[Sequence[Flowed]], width: float, high: float = 0.0) -> Block:
    """Return the columns of a page, as high as the highest of them, or as `high`."""
    inner = (width - _BETWEEN * (len(columns) - 1)) / len(columns)
    high = max(high, *(extent(column, inner, at_top=True) for column in columns))
    parts = tuple(Column(tuple(column), high) for column in columns)
    return Columns(parts, (1.0,) * len(columns), _BETWEEN)


def poured(blocks: Sequence[Flowed], width: float, rooms: Sequence[float], name: str) -> list[list[Flowed]]:
    """Return the blocks of each column.

    Args:
        width: of a column, in points.
        rooms: heights of the columns; all further ones are as high as the last of these.
        name: of the section, for messages.

    Raises:
        FitError: blocks that must stay together are higher than any column.
    """
    columns: list[list[Flowed]] = [[]]
    used = 0.0
    for group in groups_of(blocks):
        high = extent(group, width, at_top=True)
        over = high - max(rooms) - ROUNDING
        if over > 0:
            message = f"does not fit on a page: {over:.0f} points too high; shorten its texts"
            raise FitError(Problem(message, name))
        used += group[0].before + high if columns[-1] else high
        while used > rooms[min(len(columns), len(rooms)) - 1] + ROUNDING:
            columns.append([])
            used = high
        columns[-1] += group
    return columns


def balanced(columns: Sequence[Sequence[Flowed]], width: float) -> list[list[Flowed]]:
    """Return the blocks of a page in as many columns, of which the highest one is as low as can be."""
    if len(columns) == 1:
        return [list(columns[0])]
    groups = groups_of([block for column in columns for block in column])
    ways = ((groups[:first], groups[first:]) for first in range(len(groups), -1, -1))
    parted = ([[block for group in part for block in group] for part in way] for way in ways)
    return min(parted, key=lambda way: max(extent(part, width, at_top=True) for part in way))
