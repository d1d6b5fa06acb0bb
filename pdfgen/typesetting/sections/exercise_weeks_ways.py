"""Ways to set exercises with their weeks on pages, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.typesetting.composer import EXERCISE
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.week_rows import Boxes


class Way(NamedTuple):
    """A way to set the exercises.

    Attributes:
        boxes: for the pen.
        whole: whether each exercise stays on one page.
        scale: of the drawings, in least ones.
        above: the indices of exercises with doses above their weeks; in others each week has its dose beside
            it wherever the page is wide enough.
        grown: scales of exercises whose drawings have another one, by their index.
    """

    boxes: Boxes
    whole: bool
    above: frozenset[int] = frozenset()
    scale: float = 1.0
    grown: tuple[tuple[int, float], ...] = ()


class Around(NamedTuple):
    """What stands on the pages besides the exercises.

    Attributes:
        head: columns at the top of the first page, above the others.
        lead: before the first exercise, in its column.
        foot: below the columns of the page with the number `on`.
    """

    head: Sequence[Sequence[Flowed]]
    lead: Sequence[Flowed]
    foot: Sequence[Flowed] = ()
    on: int = 0


def begins_in(columns: Sequence[Sequence[Flowed]]) -> bool:
    """Whether an exercise begins in one of the columns."""
    return any(block.destination.startswith(EXERCISE) for column in columns for block in column)


def pages_of(pages: Sequence[Sequence[Sequence[Flowed]]]) -> dict[str, int]:
    """Return the pages of the destinations at exercises, from 1."""
    return {
        block.destination: number
        for number, columns in enumerate(pages, 1)
        for column in columns
        for block in column
        if block.destination.startswith(EXERCISE)
    }


def with_grown(way: Way, index: int, scale: float) -> Way:
    """Return a way with the drawings of one exercise at another scale."""
    return way._replace(grown=(*way.grown, (index, scale)))


def together(blocks: Sequence[Flowed]) -> list[Flowed]:
    """Return blocks that stay on one page."""
    *others, last = blocks
    return [*(block._replace(keep=True) for block in others), last]
