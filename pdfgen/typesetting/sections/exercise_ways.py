"""Ways to divide an exercise over pages, and which of them is better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Extra = Literal["stop", "easier", "wrong"]
"""When to stop, at the foot; the easier form; what often goes wrong, with later forms too."""

Extras = frozenset[Extra]
NOTHING = Extras()
EXTRAS: tuple[Extra, ...] = ("stop", "easier", "wrong")
"""What pages say where drawings of the least size leave room for it, the most needed first."""


class Piece(NamedTuple):
    """What stands together on a page: a form or one of its two parts, or what is said after the first one.

    Attributes:
        shown: how many drawings come on the first page of a form that is parted.
        doses: whether they come after the last drawing on that page, and not above the steps beside it.
    """

    kind: Literal["whole", "first", "rest", "end"]
    form: int = -1
    shown: int = 0
    doses: bool = True


Pages = tuple[tuple[Piece, ...], ...]


class Way(NamedTuple):
    """A way to divide an exercise over pages.

    Attributes:
        pages: the pieces of each page.
        scale: the largest of the drawings with which no page is too full.
        evenness: how full the emptiest page is, from 0 to 1.
        flaws: pages that are nearly empty, and those that begin with what is said after the first form.
        torn: forms whose drawings are on two pages.
        unsaid: pages with steps and no room to say when to stop.
        uneven: pages with an empty foot, but for the last one.
        crowded: pages with more than one form and little white.
    """

    pages: Pages
    scale: float = 1.0
    evenness: float = 1.0
    flaws: int = 0
    torn: int = 0
    unsaid: int = 0
    uneven: int = 0
    crowded: int = 0

    @property
    def parted(self) -> int:
        """How many forms are parted over two pages."""
        return sum(is_parted(page) for page in self.pages)

    def cost(self, first_page: int) -> tuple[float, ...]:
        """Return what is wrong with it where it begins on that page: the lower, the better.

        What is parted over the front and the back of one leaf cannot be looked at together.
        """
        overleaf = sum(is_parted(page) and (first_page + index) % 2 for index, page in enumerate(self.pages))
        flaws = (overleaf + self.flaws, self.torn, self.unsaid, self.uneven, self.crowded)
        return (*flaws, len(self.pages), self.parted, -self.evenness)


def is_parted(page: Sequence[Piece]) -> bool:
    """Whether a page ends with the first part of a form."""
    return bool(page) and page[-1].kind == "first"


def two_parts(form: int, shown: int, *, doses: bool = True) -> tuple[Piece, Piece]:
    """Return both parts of a form, with so many drawings on the first page, and the doses if so."""
    return Piece("first", form, shown, doses), Piece("rest", form, shown, doses)
