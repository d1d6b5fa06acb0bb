"""The heading of an exercise: its number on a disc, its name, and what kind of exercise it is."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Higher, Paragraph, Rule, Stack, disc
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import WHITE
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

_DISC_RADIUS = 13.0
_NUMBER = 15.0
#: Least white beside the disc and before the kind of exercise.
_GAP = 10.0


class CardHeading(NamedTuple):
    """Number on a disc, name, and what kind of exercise it is: at the right, or `stacked` below the name."""

    composer: Composer
    exercise: PlannedExercise
    stacked: bool = False

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(2 * self._radius, self._words_height(width))

    def fits_one_line(self, width: float) -> bool:
        """Whether the name has room on one line beside the kind."""
        return self._name.natural_width <= self._name_width(width)

    @property
    def _radius(self) -> float:
        return self.composer.enlarged(_DISC_RADIUS)

    @property
    def _name(self) -> Text:
        return self.composer.text(self.exercise.name, self.composer.look.h2)

    @property
    def _kind(self) -> Text:
        strings = self.composer.strings
        kind = {"mobilising": strings.mobilising, "strengthening": strings.strengthening}[
            self.exercise.category
        ]
        words = " · ".join((kind, *self.exercise.main.equipment))
        return self.composer.text(words, self.composer.look.quiet)

    def _name_width(self, width: float) -> float:
        width -= 2 * self._radius + _GAP
        return width if self.stacked else width - self._kind.natural_width - _GAP

    def _words_height(self, width: float) -> float:
        room = self._name_width(width)
        return self._name.height(room) + (self._kind.height(room) if self.stacked else 0.0)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set number and name as one heading, then the kind."""
        height = self.height(width)
        node = canvas.node("H2", parent)
        canvas.bookmark(1, f"{self.exercise.number} {self.exercise.name}", y)
        self._place_number(canvas, x, y + height / 2, width, node)
        name_width = self._name_width(width)
        name_x, name_y = x + 2 * self._radius + _GAP, y + (height - self._words_height(width)) / 2
        self._name.place(canvas, name_x, name_y, name_width, node)
        kind = self._kind
        paragraph = canvas.node("P", parent)
        if self.stacked:
            kind.place(canvas, name_x, name_y + self._name.height(name_width), name_width, paragraph)
        else:
            kind_x, kind_y = x + width - kind.natural_width, y + (height - kind.style.leading) / 2
            kind.place(canvas, kind_x, kind_y, kind.natural_width + 1, paragraph)

    def matched(self, other: Block) -> Block:
        """Take the height of the higher one."""
        return Higher(self, other)

    def _place_number(self, canvas: Canvas, x: float, middle: float, width: float, node: int) -> None:
        c, radius = self.composer, self._radius
        canvas.add(disc(x + radius, middle, radius, c.look.accent))
        size = c.enlarged(_NUMBER)
        style = TextStyle(size, size, bold=True, colour=WHITE)
        digits = c.text(str(self.exercise.number), style)
        number = c.text(f"{self.exercise.number}\u00a0", style)
        left = x + radius - digits.natural_width / 2
        number.place(canvas, left, middle - style.leading / 2, width, node)


def continuation(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the heading of a page that an exercise goes on to."""
    words = c.fill(c.strings.continued, title=exercise.name)
    return Stack((Paragraph(c.text(words, c.look.h2), "H3"), c.space(0.6), Rule(c.look.accent, 1.0)))
