"""Drawings and logos as blocks, at a size of their own."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pdfgen.content.pictures.drawing import Drawing, Photo, Raster
from pdfgen.typesetting.blocks import disc
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import DECORATION, Item, Picture, Placed
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.text import Text

#: Radius in points of the disc behind the letter of a panel.
LETTER_RADIUS = 8.0


class Figure(NamedTuple):
    """A picture of `wide` by `high` points. Without `alt` it is decoration.

    Attributes:
        letter: A, B or C on a disc in the top left corner; part of the drawing, never mirrored.
        beside: white at the left of the drawing, where a narrow one would be covered by its letter.
        radius: of the disc behind the letter.
    """

    picture: Drawing | Photo | Raster
    wide: float
    high: float
    alt: str = ""
    mirrored: bool = False
    letter: Text | None = None
    align: Literal["left", "centre", "right"] = "left"
    beside: float = 0.0
    radius: float = LETTER_RADIUS

    def height(self, width: float) -> float:
        """Return the height in points, whatever the width."""
        return self.high

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the picture in a column of `width` points."""
        free = width - self.beside - self.wide
        x += {"left": 0.0, "centre": free / 2, "right": free}[self.align]
        node = canvas.node("Figure", parent, alt=self.alt) if self.alt else DECORATION
        canvas.add(self._item(x + self.beside, y, node))
        if self.letter is not None:
            centre = x + self.radius, y + self.radius
            canvas.add(disc(*centre, self.radius, INK, node))
            top = centre[1] - self.letter.style.leading / 2
            self.letter.place(canvas, x, top, 2 * self.radius, node)

    def in_size_of(self, other: Figure) -> Figure:
        """Return this figure, as small as another one where that is smaller."""
        return self._replace(wide=min(self.wide, other.wide), high=min(self.high, other.high))

    def _item(self, x: float, y: float, node: int) -> Item:
        if isinstance(self.picture, Photo | Raster):
            return Picture(self.picture, x, y, self.wide, self.high, node, self.mirrored)
        return Placed(self.picture, x, y, self.wide, self.high, node, self.mirrored)


def fitted(width: float, height: float, max_width: float, max_height: float) -> tuple[float, float]:
    """Return the largest size with the same proportions within a rectangle."""
    scale = min(max_width / width, max_height / height)
    return width * scale, height * scale
