"""Twin copies: the same program in two languages, with the same things on the same places.

Both copies are composed from the same layout, so their blocks correspond. Every text takes the height of the
higher of both languages; then all that is made of texts has the same height in both copies, and pages,
drawings, tables and boxes fall on the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pdfgen.typesetting.blocks import (
    Bare,
    Block,
    Bullets,
    Columns,
    Drawn,
    Frame,
    Paragraph,
    Rule,
    Space,
    Stack,
    WritingLine,
)
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.picture_rows import PictureEntry, PictureRows
from pdfgen.typesetting.tables import Cell, Table


class Higher(NamedTuple):
    """A block that is as high as the higher of itself and another one, which is not set.

    It stands at the top of that height, or in the `middle` of it.
    """

    own: Block
    other: Block
    middle: bool = False

    def height(self, width: float) -> float:
        """Return the larger of both heights, in points."""
        return max(self.own.height(width), self.other.height(width))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block itself."""
        if self.middle:
            y += (self.height(width) - self.own.height(width)) / 2
        self.own.place(canvas, x, y, width, parent)


def in_shared_size(own: Block, other: Block) -> Block:
    """Return a block with the sizes that it shares with the same block of a twin copy.

    Where the two do not correspond part by part, the whole block takes the height of the higher one.
    """
    match own, other:
        case (Stack(), Stack()) if len(own.blocks) == len(other.blocks):
            return own._replace(blocks=_parts(own.blocks, other.blocks))
        case (Columns(), Columns()) if len(own.blocks) == len(other.blocks):
            widths = tuple(map(max, own.widths, other.widths))
            return own._replace(blocks=_parts(own.blocks, other.blocks), widths=widths)
        case Frame(), Frame():
            return own._replace(block=in_shared_size(own.block, other.block))
        case (Bullets(), Bullets()) if len(own.items) == len(other.items):
            return own._replace(items=_parts(own.items, other.items))
        case (Table(), Table()) if [*map(len, own.rows)] == [*map(len, other.rows)]:
            rows = tuple(tuple(map(_cell, *pair)) for pair in zip(own.rows, other.rows, strict=True))
            return own._replace(rows=rows, widths=tuple(map(max, own.widths, other.widths)))
        case (PictureRows(), PictureRows()) if len(own.entries) == len(other.entries):
            return own._replace(entries=tuple(map(_entry, own.entries, other.entries)))
        case Figure(), Figure():
            return own.in_size_of(other)
        case Space(), Space():
            return max(own, other)
        case (Rule(), Rule()) | (WritingLine(), WritingLine()):
            return own
        case (Drawn(), Drawn()) if own.size == other.size:
            return own
    return Higher(own, other)


def _parts(own: Sequence[Block], other: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(in_shared_size(one, two) for one, two in zip(own, other, strict=True))


def _cell(own: Cell, other: Cell) -> Cell:
    if own.middle and isinstance(own.block, Bare | Paragraph):
        return own._replace(block=Higher(own.block, other.block, middle=True))
    return own._replace(block=in_shared_size(own.block, other.block))


def _entry(own: PictureEntry, other: PictureEntry) -> PictureEntry:
    figure = own.figure
    if figure is not None and other.figure is not None:
        figure = figure.in_size_of(other.figure)
    return own._replace(figure=figure, words=in_shared_size(own.words, other.words))


def _flowed(own: Flowed, other: Flowed) -> Flowed:
    before, stretch = max(own.before, other.before), max(own.stretch, other.stretch)

    def parts() -> Iterator[tuple[Block, Flowed]]:
        for (first, rest), (other_first, other_rest) in zip(own.parts(), other.parts(), strict=True):
            yield in_shared_size(first, other_first), _flowed(rest, other_rest)

    block = in_shared_size(own.block, other.block)
    return own._replace(block=block, before=before, stretch=stretch, parts=parts)


def matched(c: Composer, compose: Callable[[Composer], Block]) -> Block:
    """Return a block with the sizes that it has in both copies; without a twin as it is."""
    own = compose(c)
    return own if c.twin is None else in_shared_size(own, compose(c.turned()))


def matched_blocks(c: Composer, compose: Callable[[Composer], Sequence[Block]]) -> Sequence[Block]:
    """Return blocks, as many in one copy as in the other, with the sizes that they have in both copies."""
    own = compose(c)
    return own if c.twin is None else _parts(own, compose(c.turned()))


def matched_flow(c: Composer, compose: Callable[[Composer], list[Flowed]]) -> list[Flowed]:
    """Return blocks down the pages with the sizes that they have in both copies.

    Where one copy has more of them, the other keeps their room free.
    """
    own = compose(c)
    if c.twin is None:
        return own
    other = compose(c.turned())
    room = [two._replace(block=Higher(Space(0.0), two.block)) for two in other[len(own) :]]
    return [*map(_flowed, own, other), *own[len(other) :], *room]


def widest(c: Composer, measure: Callable[[Composer], float]) -> float:
    """Return the larger of a measure in both copies."""
    return measure(c) if c.twin is None else max(measure(c), measure(c.turned()))
