"""The head of an exercise: its number on a disc, its name, and what kind of exercise it is."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import disc
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.style import WHITE
from pdfgen.typesetting.text import Text, TextStyle

#: Points, at 12 points of running text.
_DISC_RADIUS = 13.0
_NUMBER = 15.0


class CardHeading(NamedTuple):
    """Number on a disc, name, and at the right what kind of exercise it is."""

    composer: Composer
    exercise: PlannedExercise

    @property
    def _name(self) -> Text:
        return self.composer.text(self.exercise.name, self.composer.look.h2)

    @property
    def _radius(self) -> float:
        return self.composer.enlarged(_DISC_RADIUS)

    def height(self, width: float) -> float:
        """Return the height in points."""
        below = self._kind.height(width) + 4 if self._is_parted(width) else 0.0
        return self._high(width) + below

    def _high(self, width: float) -> float:
        return max(2 * self._radius, self._name.height(self._name_width(width)))

    def _beside(self, width: float) -> float:
        """Return the room for the name beside the kind of exercise."""
        return width - 2 * self._radius - 10 - self._kind.natural_width - 10

    def _is_parted(self, width: float) -> bool:
        """Whether the kind of exercise stands below the name, which would break beside it."""
        return self.composer.is_narrow and self._name.natural_width > self._beside(width)

    def _name_width(self, width: float) -> float:
        return width - 2 * self._radius - 10 if self._is_parted(width) else self._beside(width)

    @property
    def _kind(self) -> Text:
        strings = self.composer.strings
        kind = {"mobilising": strings.mobilising, "strengthening": strings.strengthening}[
            self.exercise.category
        ]
        words = " · ".join((kind, *self.exercise.main.equipment))
        return self.composer.text(words, self.composer.look.quiet)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set number and name as one heading, then the kind."""
        look, radius = self.composer.look, self._radius
        height = self._high(width)
        node = canvas.node("H2", parent)
        canvas.bookmark(1, f"{self.exercise.number} {self.exercise.name}", y)
        canvas.add(disc(x + radius, y + height / 2, radius, look.accent))
        size = self.composer.enlarged(_NUMBER)
        style = TextStyle(size, size, bold=True, colour=WHITE)
        digits = self.composer.text(str(self.exercise.number), style)
        number = self.composer.text(f"{self.exercise.number}\u00a0", style)
        number.place(
            canvas,
            x + radius - digits.natural_width / 2,
            y + height / 2 - style.leading / 2,
            width,
            node,
        )
        name_width = self._name_width(width)
        name_height = self._name.height(name_width)
        self._name.place(canvas, x + 2 * radius + 10, y + (height - name_height) / 2, name_width, node)
        if self._is_parted(width):
            self._kind.place(canvas, x, y + height + 4, width, canvas.node("P", parent))
            return
        kind_y = y + (height - self._kind.style.leading) / 2
        kind_x = x + width - self._kind.natural_width
        self._kind.place(canvas, kind_x, kind_y, self._kind.natural_width + 1, canvas.node("P", parent))
