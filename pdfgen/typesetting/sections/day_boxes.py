"""Boxes to tick, for a pen on paper or a finger on a screen."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.content.models.layout import ExerciseWeeks
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import TickBox
from pdfgen.typesetting.look import MM

#: Radius of the corners, and width of the outline, in points.
_RADIUS, _PEN = 1.0, 1.1
#: Shares of the room from the least to the usual boxes and white between them, the largest first.
_SHARES = ((1.0, 1.0), (1.0, 0.5), (0.5, 0.5), (0.0, 0.0))


class Boxes(NamedTuple):
    """The side of a box, and the white between two of them, in points."""

    size: float
    apart: float

    @property
    def pitch(self) -> float:
        """From box to box."""
        return self.size + self.apart


def box_sizes(options: ExerciseWeeks) -> list[Boxes]:
    """Return the usual boxes, the least ones, and those between them, the largest first."""

    def between(least: float, most: float, share: float) -> float:
        return (least + (most - least) * share) * MM

    return [
        Boxes(
            between(options.least_box, options.box, size), between(options.least_apart, options.apart, apart)
        )
        for size, apart in _SHARES
    ]


class DayBox(NamedTuple):
    """An empty box in the middle of its cell, with words that say what it is for; `size` in points.

    Attributes:
        is_field: whether it can be ticked on a screen.
        choices: what can be chosen there instead.
    """

    ident: str
    words: str
    size: float
    is_field: bool
    choices: tuple[str, ...] = ()

    def height(self, width: float) -> float:
        """Return the side of the box in points."""
        return self.size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the box."""
        if self.is_field:
            node = canvas.node("Form", parent, alt=self.words)
        else:
            node = canvas.node("Span", parent, actual=self.words)
        left, choices = x + (width - self.size) / 2, self.choices if self.is_field else ()
        canvas.add(TickBox(self.ident, left, y, self.size, _RADIUS, _PEN, node, choices))
