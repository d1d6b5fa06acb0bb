"""The heading of a card: its exercise's number on a disc in front, smaller behind; with its part of all."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.exercise_heading import number_disc
from pdfgen.typesetting.text import Text

#: In sizes of running text: the disc, the number on it, white at its right, white before the part.
_DISC_RADIUS = 1.0
_NUMBER = 1.2
_GAP = 0.65
_PART_GAP = 0.6


class CardHeading(NamedTuple):
    """Number and name on one side of a card.

    Attributes:
        part: which of the exercise's cards this is, `1/2`; empty if it is the only one.
        is_first: the side on which the exercise begins, which the outline points to.
    """

    composer: Composer
    exercise: PlannedExercise
    part: str
    is_front: bool
    is_first: bool = False

    @property
    def _name(self) -> Text:
        look = self.composer.look
        if self.is_front:
            return self.composer.text(self.exercise.name, look.h2)
        return self.composer.text(f"{self.exercise.number}\u00a0\u00a0{self.exercise.name}", look.h3)

    @property
    def _part(self) -> Text:
        return self.composer.text(self.part, self.composer.look.quiet)

    @property
    def _radius(self) -> float:
        return self.composer.look.body.size * _DISC_RADIUS

    @property
    def _indent(self) -> float:
        return 2 * self._radius + self.composer.look.body.size * _GAP if self.is_front else 0.0

    def _name_width(self, width: float) -> float:
        part = self._part.natural_width + self.composer.look.body.size * _PART_GAP if self.part else 0.0
        return width - self._indent - part

    def height(self, width: float) -> float:
        """Return the height in points."""
        name = self._name.height(self._name_width(width))
        return max(2 * self._radius, name) if self.is_front else name

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set number and name as one heading, then the part."""
        middle = y + self.height(width) / 2
        if self.is_first:
            canvas.bookmark(1, f"{self.exercise.number} {self.exercise.name}", y)
        node = canvas.node("H2" if self.is_first else "H3", parent)
        if self.is_front:
            size = self.composer.look.body.size * _NUMBER
            number_disc(self.composer, canvas, self.exercise, x, middle, self._radius, size, node)
        name_width = self._name_width(width)
        top = middle - self._name.height(name_width) / 2
        self._name.place(canvas, x + self._indent, top, name_width, node)
        if self.part:
            left = x + width - self._part.natural_width
            part = canvas.node("P", parent)
            self._part.place(canvas, left, middle - self._part.style.leading / 2, width, part)
