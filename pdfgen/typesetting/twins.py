"""Twin copies: the same program in two languages, with the same things on the same places.

Both copies are composed from the same layout, so their blocks correspond. Every text takes the height of the
higher of both languages, and texts of a list share the white that comes of it; then all that is made of texts
has the same height in both copies, and pages, drawings, tables and boxes fall on the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from math import fsum
from typing import Literal, NamedTuple

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

#: So many texts share the white that one of them lacks.
_SHARING = 4


class Higher(NamedTuple):
    """A block that is as high as the higher of itself and another one, which is not set.

    It stands at the top, in the middle or at the bottom of that height.
    """

    own: Block
    other: Block
    align: Literal["top", "middle", "bottom"] = "top"

    def height(self, width: float) -> float:
        """Return the larger of both heights, in points."""
        return max(self.own.height(width), self.other.height(width))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block itself."""
        free = self.height(width) - self.own.height(width)
        y += {"top": 0.0, "middle": free / 2, "bottom": free}[self.align]
        self.own.place(canvas, x, y, width, parent)


class InRun(NamedTuple):
    """A text of a run, such as a list, with its part of the white that makes the run as high as another one.

    White that one text lacks stands below texts around it. So no gap shows where the other language takes a
    line more, and each text is still beside the same text of the other copy, mostly within half a line.

    Attributes:
        number: which text of the run it is, from 0.
    """

    run: tuple[Block, ...]
    others: tuple[Block, ...]
    number: int

    def height(self, width: float) -> float:
        """Return the height of the text with its part of the white, in points."""
        own, other = ([block.height(width) for block in run] for run in (self.run, self.others))
        size = min(len(own), _SHARING)
        starts = (min(max(0, number - size // 2), len(own) - size) for number in range(len(own)))
        lacking = (max(0.0, b - a) / size for a, b in zip(own, other, strict=True))
        white = (part for start, part in zip(starts, lacking, strict=True) if 0 <= self.number - start < size)
        return own[self.number] + fsum(white)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the text."""
        self.run[self.number].place(canvas, x, y, width, parent)


def in_shared_size(own: Block, other: Block) -> Block:
    """Return a block with the sizes that it shares with the same block of a twin copy.

    Where the two do not correspond part by part, the whole block takes the height of the higher one. What has
    a shared size is as it is.
    """
    match own, other:
        case (Higher(), Higher()) | (InRun(), InRun()):
            return own
        case (Stack(), Stack()) if len(own.blocks) == len(other.blocks):
            return own._replace(blocks=_parts(own.blocks, other.blocks, apart=bool(own.gap)))
        case (Columns(), Columns()) if len(own.blocks) == len(other.blocks):
            widths = tuple(map(max, own.widths, other.widths))
            columns = tuple(_column(*pair, own.align) for pair in zip(own.blocks, other.blocks, strict=True))
            return own._replace(blocks=columns, widths=widths)
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


def _parts(own: Sequence[Block], other: Sequence[Block], *, apart: bool = True) -> tuple[Block, ...]:
    """Return blocks below each other in shared sizes.

    Args:
        apart: whether there is white between them. Texts that follow each other without any are as one.
    """
    blocks: list[Block] = []
    for are_texts, group in groupby(zip(own, other, strict=True), lambda pair: all(map(_is_text, pair))):
        pairs = tuple(group)
        if not are_texts:
            blocks += [in_shared_size(*pair) for pair in pairs]
            continue
        run, others = zip(*pairs, strict=True)
        if apart:
            blocks += [InRun(run, others, number) for number in range(len(run))]
        else:
            blocks.append(Higher(Stack(run), Stack(others)))
    return tuple(blocks)


def _column(own: Block, other: Block, align: str) -> Block:
    """Return a column in shared size: words, and lines to write on, stay at the foot where columns do."""
    if align == "bottom" and all(map(_are_words, (own, other))):
        return Higher(own, other, "bottom")
    return in_shared_size(own, other)


def _are_words(block: Block) -> bool:
    return isinstance(block, Stack) and all(_is_text(b) or isinstance(b, WritingLine) for b in block.blocks)


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "P"


def _cell(own: Cell, other: Cell) -> Cell:
    if own.middle and isinstance(own.block, Bare | Paragraph):
        return own._replace(block=Higher(own.block, other.block, "middle"))
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


def in_one_run(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return matched blocks for below each other: texts that follow each other share their white."""
    joined: list[Block] = []
    for are_texts, group in groupby(blocks, lambda block: isinstance(block, InRun)):
        parts = [*group]
        texts = [part for part in parts if isinstance(part, InRun)]
        run = tuple(text.run[text.number] for text in texts)
        others = tuple(text.others[text.number] for text in texts)
        joined += [InRun(run, others, number) for number in range(len(run))] if are_texts else parts
    return tuple(joined)


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
