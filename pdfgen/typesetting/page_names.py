"""Blocks that name pages, which are known once all pages are set."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.canvas import Canvas

WIDE_PAGE = 88
"""The page that takes most room of those with two digits: what names pages is measured with it."""

_WIDE_DIGIT = 8

PageOf = Callable[[str], int]
"""Returns the page of a destination, from 1."""


class PageNaming(NamedTuple):
    """A block that names pages, as high as it is where all of them are as wide as can be.

    Attributes:
        make: returns the block with these pages.
        is_short: whether all of them have one digit.
        sides: how many pages have one number; both of a card.
    """

    make: Callable[[PageOf], Block]
    is_short: bool = False
    sides: int = 1

    def height(self, width: float) -> float:
        """Return the height in points."""
        return self.make(lambda name: _WIDE_DIGIT if self.is_short else WIDE_PAGE).height(width)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block with the pages as they are."""

        def number_of(name: str) -> int:
            page = canvas.page_of(name)
            return -(-page // self.sides) if page else WIDE_PAGE

        self.make(number_of).place(canvas, x, y, width, parent)
