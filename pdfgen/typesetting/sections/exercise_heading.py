"""Headings of an exercise: its number on a disc, its name, and what kind of exercise or which card it is."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.planning.wording import ranges
from pdfgen.typesetting.blocks import Block, Paragraph, Rule, Stack, disc
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import WHITE
from pdfgen.typesetting.sections.exercise_words import kind
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

_DISC_RADIUS = 13.0
_NUMBER = 15.0
#: Least white beside the disc and before the kind of exercise.
_GAP = 10.0
#: On a card, in sizes of running text: the disc, the number on it, white at its right, white before the part.
_CARD_RADIUS = 1.0
_CARD_NUMBER = 1.2
_CARD_GAP = 0.65
_PART_GAP = 0.6


class ExerciseHeading(NamedTuple):
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
        return self.composer.text(kind(self.composer, self.exercise), self.composer.look.quiet)

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
        if self.exercise.form_number <= 1:
            canvas.bookmark(1, f"{self.exercise.number} {self.exercise.name}", y)
        size = self.composer.enlarged(_NUMBER)
        _number_disc(self.composer, canvas, self.exercise, x, y + height / 2, self._radius, size, node)
        name_width = self._name_width(width)
        name_x, name_y = x + 2 * self._radius + _GAP, y + (height - self._words_height(width)) / 2
        self._name.place(canvas, name_x, name_y, name_width, node)
        label = self._kind
        paragraph = canvas.node("P", parent)
        if self.stacked:
            label.place(canvas, name_x, name_y + self._name.height(name_width), name_width, paragraph)
        else:
            kind_x, kind_y = x + width - label.natural_width, y + (height - label.style.leading) / 2
            label.place(canvas, kind_x, kind_y, label.natural_width + 1, paragraph)


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
        return self.composer.look.body.size * _CARD_RADIUS

    @property
    def _indent(self) -> float:
        return 2 * self._radius + self.composer.look.body.size * _CARD_GAP if self.is_front else 0.0

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
            size = self.composer.look.body.size * _CARD_NUMBER
            _number_disc(self.composer, canvas, self.exercise, x, middle, self._radius, size, node)
        name_width = self._name_width(width)
        top = middle - self._name.height(name_width) / 2
        self._name.place(canvas, x + self._indent, top, name_width, node)
        if self.part:
            left = x + width - self._part.natural_width
            part = canvas.node("P", parent)
            self._part.place(canvas, left, middle - self._part.style.leading / 2, width, part)


def _number_disc(
    c: Composer,
    canvas: Canvas,
    exercise: PlannedExercise,
    x: float,
    middle: float,
    radius: float,
    size: float,
    node: int,
) -> None:
    """Set the number of an exercise in type of `size` points on a disc that begins at x."""
    canvas.add(disc(x + radius, middle, radius, c.look.accent))
    style = TextStyle(size, size, bold=True, colour=WHITE)
    digits = c.text(str(exercise.number), style)
    # The space keeps number and name apart where the heading is read as one text.
    number = c.text(f"{exercise.number}\u00a0", style)
    left = x + radius - digits.natural_width / 2
    number.place(canvas, left, middle - size / 2, number.natural_width + 1, node)


def heading_and_purpose(
    c: Composer, exercise: PlannedExercise, below: float, *, stacked: bool = False
) -> Block:
    """Return heading, form and purpose; the purpose with the first form only.

    Args:
        below: white under the line below the heading, in gaps.
    """
    heading = (ExerciseHeading(c, exercise, stacked), c.space(0.6), Rule(c.look.accent, 1.0), c.space(below))
    purpose = [c.paragraph(exercise.purpose)] if exercise.form_number <= 1 else []
    return Stack((*heading, *form_name(c, exercise), *purpose, c.space(0.8)))


def form_name(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return a line with the form and its weeks; none where only the standard form is done."""
    form = exercise.main
    if exercise.form_number:
        weeks = c.fill(c.strings.in_weeks, weeks=ranges(form.weeks))
        return [c.paragraph(f"{weeks}: {form.name}", c.look.bold, role="H3")]
    return [c.paragraph(form.name, c.look.bold)] if form.level != "L2" else []


def continuation(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the heading of a page that an exercise goes on to."""
    words = c.fill(c.strings.continued, title=exercise.name)
    return Stack((Paragraph(c.text(words, c.look.h2), "H3"), c.space(0.6), Rule(c.look.accent, 1.0)))
