"""Twin copies: the same program in two languages, with the same things on the same places.

Both copies are composed from the same layout, so their blocks correspond. Every text takes the height of the
higher of both languages; then all that is made of texts has the same height in both copies, and pages,
drawings, tables and boxes fall on the same places. Where blocks do not correspond, the whole block takes the
height of the higher one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from pdfgen.typesetting.blocks import Bare, Block, Paragraph
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.tables import Cell
from pdfgen.typesetting.text import Text

T = TypeVar("T")


class TwinText(Text):
    """A text that is, at every width, as high as the higher of itself and the same text of the other copy."""

    def __init__(self, own: Text, other: Text) -> None:
        self.__dict__.update(own.__dict__)
        self._other = other

    def height(self, width: float) -> float:
        """Return the height in points at a width."""
        return max(super().height(width), self._other.height(width))


class Matched:
    """A block as high as the higher of itself and another one, which is not set.

    Args:
        middle: whether it stands in the middle of that height, else at its top.
    """

    def __init__(self, own: Block, other: Block, *, middle: bool = False) -> None:
        self._own = own
        self._other = other
        self._middle = middle

    def height(self, width: float) -> float:
        """Return the height in points at a width."""
        return max(self._own.height(width), self._other.height(width))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block itself."""
        if self._middle:
            y += (self.height(width) - self._own.height(width)) / 2
        self._own.place(canvas, x, y, width, parent)


def matched(c: Composer, compose: Callable[[Composer], T]) -> T:
    """Return what `compose` makes, with the sizes that it has in both copies; without a twin as it is.

    Args:
        compose: makes blocks, or lists or tuples of blocks.
    """
    own = compose(c)
    return own if c.twin is None else cast(T, _pair(own, compose(c.turned())))


def widest(c: Composer, measure: Callable[[Composer], float]) -> float:
    """Return the larger of a measure in both copies."""
    return measure(c) if c.twin is None else max(measure(c), measure(c.turned()))


def _pair(own: Any, other: Any) -> Any:
    """Return `own` with the sizes that `own` and `other` share."""
    if isinstance(own, Text) and isinstance(other, Text):
        return TwinText(own, other)
    if isinstance(own, Figure) and isinstance(other, Figure):
        return own._replace(wide=min(own.wide, other.wide), high=min(own.high, other.high))
    if isinstance(own, Cell) and own.middle and isinstance(own.block, Bare | Paragraph):
        return own._replace(block=Matched(own.block, other.block, middle=True))
    if isinstance(own, list) and isinstance(other, list):
        return _pair_flows(own, other)
    if isinstance(own, tuple) and type(own) is type(other):
        if _corresponds(own, other):
            fields = [_pair(one, two) for one, two in zip(own, other, strict=True)]
            return own._make(fields) if hasattr(own, "_make") else tuple(fields)
        return Matched(cast(Block, own), cast(Block, other)) if _is_block(own) else own
    if _is_block(own) and _is_block(other):
        return Matched(own, other)
    if isinstance(own, float) and isinstance(other, float):
        return max(own, other)
    return own


def _corresponds(own: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether the parts of a block, and what they hold, can be paired one by one."""
    if len(own) != len(other):
        return False
    pairs = list(zip(own, other, strict=True))
    if any(isinstance(one, Composer) for one in own):
        return False
    return all(
        len(one) == len(two)
        for one, two in pairs
        if isinstance(one, tuple) and isinstance(two, tuple) and not _is_block(one) and not _is_block(two)
    )


def _is_block(value: object) -> bool:
    return hasattr(value, "height") and hasattr(value, "place")


def _pair_flows(own: list[Any], other: list[Any]) -> list[Any]:
    """Pair blocks down the pages; where one copy has more of them, the other keeps their room free."""
    paired = [_pair(one, two) for one, two in zip(own, other, strict=False)]
    paired += own[len(other) :]
    return paired + [_room(flowed) for flowed in other[len(own) :]]


def _room(flowed: Flowed) -> Flowed:
    return flowed._replace(block=_Room(flowed.block))


class _Room:
    """White as high as a block."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def height(self, width: float) -> float:
        """Return the height in points at a width."""
        return self._block.height(width)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Nothing to set."""
