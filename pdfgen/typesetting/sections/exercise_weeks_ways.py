"""Ways to set exercises with their weeks on pages, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.typesetting.destinations import EXERCISE
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.day_boxes import Boxes


class Way(NamedTuple):
    """A way to set the exercises.

    Attributes:
        boxes: for the pen.
        whole: whether each exercise stays on one page.
        scale: of the drawings, in least ones.
        above: the indices of exercises with doses above their weeks; in others each week has its dose beside
            it wherever the page is wide enough.
        breaks: destinations at forms that begin a page, or a column of one.
        grown: scales of exercises whose drawings have another one, by their index.
        again: the indices of exercises with their steps on pages too that a form goes on to.
    """

    boxes: Boxes
    whole: bool
    above: frozenset[int] = frozenset()
    scale: float = 1.0
    breaks: frozenset[str] = frozenset()
    grown: tuple[tuple[int, float], ...] = ()
    again: frozenset[int] = frozenset()


class Around(NamedTuple):
    """What stands on the pages besides the exercises.

    Attributes:
        head: columns at the top of the first page, above the others.
        lead: before the first exercise, in its column.
        stop: when to stop, below the columns of each page but the first.
        foot: in its place, below those of the page with the number `on`.
    """

    head: Sequence[Sequence[Flowed]]
    lead: Sequence[Flowed]
    stop: Sequence[Flowed]
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


def scale_of(way: Way, index: int) -> float:
    """Return the scale of the drawings of an exercise."""
    return dict(way.grown).get(index, way.scale)


def with_breaks(blocks: Sequence[Flowed], breaks: frozenset[str], *, is_joined: bool) -> list[Flowed]:
    """Return the blocks of an exercise, of which some begin a page; without any inside they may be joined."""
    begun = [block._replace(new_page=block.destination in breaks) for block in blocks]
    if not is_joined or any(block.new_page for block in begun[1:]):
        return begun
    *others, last = begun
    return [*(block._replace(keep=True) for block in others), last]
