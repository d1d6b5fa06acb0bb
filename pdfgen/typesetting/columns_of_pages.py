"""Columns of pages: blocks flow down a column and on to the next one, where a page is wide enough for two.

A page that is not has one column, and nothing else is different.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import Block, Columns
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import ROUNDING, Flowed, extent, groups_of, place_items
from pdfgen.typesetting.look import MM

#: Least width of a page with two columns, in sizes of its running text: lines of some 43 characters in each.
_WIDE = 46.0
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


class _Columns(NamedTuple):
    """Columns that are filled one after the other.

    Attributes:
        width: of a column, in points.
        rooms: heights of the columns; all further ones are as high as the last of these.
        on_page: how many of them a page has.
        name: of the section, for messages.
        used: height of what the last column has.
        said: on the last page, and not to be said there again.
    """

    filled: tuple[tuple[Flowed, ...], ...]
    width: float
    rooms: Sequence[float]
    on_page: int
    name: str
    used: float = 0.0
    said: frozenset[str] = frozenset()

    def on_this_page(self, group: Sequence[Flowed]) -> _Columns | None:
        """Return the columns with a group in the first one of the last page that has room; None without.

        A group that starts a page has none below others.
        """
        filled, used = self.filled, self.used
        if group and group[0].new_page and filled[-1]:
            if not len(filled) % self.on_page:
                return None
            filled, used = (*filled, ()), 0.0
        group = _kept(group, lambda block: not block.once or block.once not in self.said)
        while True:
            end = used + extent(group, self.width, at_top=not filled[-1])
            room = self.rooms[min(len(filled), len(self.rooms)) - 1]
            if end <= room + ROUNDING:
                said = self.said.union(block.once for block in group)
                return self._replace(filled=(*filled[:-1], (*filled[-1], *group)), used=end, said=said)
            if not len(filled) % self.on_page:
                return None
            filled, used = (*filled, ()), 0.0

    def with_group(self, group: Sequence[Flowed], following: Sequence[Flowed]) -> _Columns:
        """Return the columns with a group on the last page or on a new one.

        What leads to the following group stays where that has no room on the same page.

        Raises:
            FitError: it is higher than any column from here on.
        """
        alone = _kept(group, lambda block: not block.leads_to)
        placed = self.on_this_page(alone)
        if len(alone) < len(group) and not (placed and placed.on_this_page(following)):
            placed = self.on_this_page(group)
        if placed:
            return placed
        begun = self._next_page()
        room = max(self.rooms[min(len(begun.filled), len(self.rooms)) - 1 :])
        over = extent(group, self.width, at_top=True) - room - ROUNDING
        if over > 0:
            message = f"does not fit on a page: {over:.0f} points too high; shorten its texts"
            raise FitError(Problem(message, self.name))
        return begun.with_group(group, following)

    def _next_page(self) -> _Columns:
        empty = ((),) * (1 + -len(self.filled) % self.on_page)
        return self._replace(filled=(*self.filled, *empty), used=0.0, said=frozenset())


def _kept(group: Sequence[Flowed], is_kept: Callable[[Flowed], bool]) -> Sequence[Flowed]:
    """Return some blocks of a group, which stay together."""
    kept = [*filter(is_kept, group)]
    return [*kept[:-1], kept[-1]._replace(keep=False)] if len(kept) < len(group) else group


def _shortened(group: Sequence[Flowed]) -> Sequence[Flowed]:
    """Return a group without what it says twice, or what leads to a part of itself."""
    said, within = set[str](), {block.destination for block in group}

    def is_kept(block: Flowed) -> bool:
        is_new = not block.once or block.once not in said
        said.add(block.once)
        return is_new and not (block.leads_to and block.leads_to in within)

    return _kept(group, is_kept)


def poured(
    blocks: Sequence[Flowed], width: float, rooms: Sequence[float], name: str, on_page: int
) -> list[list[Flowed]]:
    """Return the blocks of each column, without what their page need not say.

    Args:
        width: of a column, in points.
        rooms: heights of the columns; all further ones are as high as the last of these.
        name: of the section, for messages.
        on_page: how many columns a page has.

    Raises:
        FitError: blocks that must stay together are higher than any column.
    """
    columns = _Columns(((),), width, rooms, on_page, name)
    groups = [_shortened(group) for group in groups_of(blocks)]
    for group, following in zip_longest(groups, groups[1:], fillvalue=()):
        columns = columns.with_group(group, following)
    return [[*column] for column in columns.filled]


def balanced(columns: Sequence[Sequence[Flowed]], width: float) -> list[list[Flowed]]:
    """Return the blocks of a page in as many columns, of which the highest one is as low as can be."""
    if len(columns) == 1:
        return [list(columns[0])]
    groups = groups_of([block for column in columns for block in column])
    ways = ((groups[:first], groups[first:]) for first in range(len(groups), -1, -1))
    parted = ([[block for group in part for block in group] for part in way] for way in ways)
    return min(parted, key=lambda way: max(extent(part, width, at_top=True) for part in way))
