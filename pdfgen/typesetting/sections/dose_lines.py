"""A dose beside or above its weeks: how often in large bold type, with all else behind it or below it."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.typesetting.blocks import Bare, Block, Columns, Stack
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.text_style import TextStyle


class RunIn(NamedTuple):
    """How often, with all else behind it where a line holds both, or else below it."""

    amount: Bare
    more: Bare
    gap: float

    def _parts(self, width: float) -> Block:
        wide = self.amount.text.natural_width + 1
        if self.wide > width:
            return Stack((self.amount, self.more))
        return Columns((self.amount, self.more), (wide, 1.0), self.gap, "bottom")

    @property
    def wide(self) -> float:
        """The width of the line that holds both."""
        return self.amount.text.natural_width + self.more.text.natural_width + self.gap + 2

    def height(self, width: float) -> float:
        """Return the height in points."""
        return self._parts(width).height(width)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set both."""
        self._parts(width).place(canvas, x, y, width, parent)


def on_one_line(c: Composer, amount: str, words: str) -> RunIn:
    """Return how often, and all else behind it."""
    return RunIn(c.bare(amount, amount_style(c)), c.bare(words, c.look.cell), c.look.gap)


def amount_style(c: Composer) -> TextStyle:
    """Return the style of how often: the smallest heading's, so that it is found first on its row."""
    return c.look.h3._replace(colour=INK)
