"""Headings of an exercise: its number on a disc, its name, and what kind of exercise or which card it is."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import week_words
from pdfgen.typesetting.blocks import Block, Paragraph, Rule, Stack, disc, rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import Role
from pdfgen.typesetting.look import INK, WHITE
from pdfgen.typesetting.sections.exercise_words import kind
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle
from pdfgen.typesetting.twins import widest


class ExerciseHeading(NamedTuple):
    """The name of an exercise behind its number on a disc, with a note at the right, or `stacked` below.

    Attributes:
        radius: of the disc, in points; 0 if there is no disc.
        size: of the number, in points.
        gap: white beside the disc, in points.
        note: what kind of exercise it is, or which of its cards this is; empty if that is not said.
        note_gap: least white before the note, in points.
        in_outline: whether the outline points to it.
    """

    composer: Composer
    exercise: PlannedExercise
    name: Text
    radius: float
    size: float
    gap: float
    note: Text
    note_gap: float
    role: Role
    in_outline: bool
    stacked: bool = False

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(2 * self.radius, self._words_height(width))

    def fits_one_line(self, width: float) -> bool:
        """Whether the name has room on one line beside the note."""
        return self.name.natural_width <= self._name_width(width)

    @property
    def _indent(self) -> float:
        return 2 * self.radius + self.gap if self.radius else 0.0

    def _name_width(self, width: float) -> float:
        is_beside = self.note.spans[0].text and not self.stacked
        return width - self._indent - (self.note.natural_width + self.note_gap if is_beside else 0.0)

    def _words_height(self, width: float) -> float:
        room = self._name_width(width)
        return self.name.height(room) + (self.note.height(room) if self.stacked else 0.0)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set number and name as one heading, then the note."""
        height, room = self.height(width), self._name_width(width)
        node = canvas.node(self.role, parent)
        if self.in_outline:
            canvas.bookmark(1, f"{self.exercise.number} {self.exercise.name}", y)
            canvas.destination(destination_of(self.exercise), y)
        if self.radius:
            self._place_number(canvas, x, y + height / 2, node)
        left, top = x + self._indent, y + (height - self._words_height(width)) / 2
        self.name.place(canvas, left, top, room, node)
        if self.stacked:
            self.note.place(canvas, left, top + self.name.height(room), room, canvas.node("P", parent))
        elif self.note.spans[0].text:
            wide, middle = self.note.natural_width, y + (height - self.note.style.leading) / 2
            self.note.place(canvas, x + width - wide, middle, wide + 1, canvas.node("P", parent))

    def _place_number(self, canvas: Canvas, x: float, middle: float, node: int) -> None:
        c = self.composer
        canvas.add(disc(x + self.radius, middle, self.radius, c.look.accent))
        style = TextStyle(self.size, self.size, bold=True, colour=WHITE)
        digits = c.text(str(self.exercise.number), style)
        # The space keeps number and name apart where the heading is read as one text.
        number = c.text(f"{self.exercise.number}\u00a0", style)
        left = x + self.radius - digits.natural_width / 2
        number.place(canvas, left, middle - self.size / 2, number.natural_width + 1, node)


def exercise_heading(c: Composer, exercise: PlannedExercise, *, stacked: bool = False) -> ExerciseHeading:
    """Return the heading with what kind of exercise it is."""
    return ExerciseHeading(
        c,
        exercise,
        name=c.text(exercise.name, c.look.h2),
        radius=c.enlarged(13.0),
        size=c.enlarged(15.0),
        gap=10.0,
        note=c.text(kind(c, exercise), c.look.quiet),
        note_gap=10.0,
        role="H2",
        in_outline=exercise.form_number <= 1,
        stacked=stacked,
    )


def card_heading(
    c: Composer, exercise: PlannedExercise, *, is_front: bool, is_first: bool = False
) -> ExerciseHeading:
    """Return the heading of one side of a card: its front has the number on a disc, its back has it smaller.

    Args:
        is_first: the side on which the exercise begins, which the outline points to.
    """
    size = c.look.body.size
    small = c.text(f"{exercise.number}\u00a0\u00a0{exercise.name}", c.look.h3)
    return ExerciseHeading(
        c,
        exercise,
        name=c.text(exercise.name, c.look.h2) if is_front else small,
        radius=size if is_front else 0.0,
        size=size * 1.2,
        gap=size * 0.65,
        note=c.text("", c.look.quiet),
        note_gap=size * 0.6,
        role="H2" if is_first else "H3",
        in_outline=is_first,
    )


class FormHeading(NamedTuple):
    """The weeks of a form on a dark ground, then its name.

    Attributes:
        weeks: empty where a form is done in no week, or in all of them.
        room_of_weeks: the width in points that they take in both copies of a program, which the name leaves.
        destination: that links to the form go to; empty where they go to the exercise.
    """

    weeks: Text
    name: Text
    room_of_weeks: float
    destination: str

    @property
    def _padding(self) -> float:
        return self.weeks.style.size * 0.45

    @property
    def _ground(self) -> float:
        return self.weeks.natural_width + 2 * self._padding if self.weeks.spans[0].text else 0.0

    def _room(self, width: float) -> float:
        return width - (self.room_of_weeks + self._padding * 3.5 if self._ground else 0.0)

    def height(self, width: float) -> float:
        """Return the height in points."""
        return self.name.height(self._room(width)) + self._padding

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set weeks and name as one heading."""
        if self.destination:
            canvas.destination(self.destination, y)
        node = canvas.node("H3", parent)
        top = y + self._padding / 2
        if self._ground:
            high = self.weeks.style.leading + self._padding
            canvas.add(rectangle(x, y, self._ground, high, fill=INK))
            self.weeks.place(canvas, x + self._padding, top, self.weeks.natural_width + 1, node)
        start = self._ground + self._padding * 1.5 if self._ground else 0.0
        self.name.place(canvas, x + start, top, self._room(width), node)


def form_heading(c: Composer, exercise: PlannedExercise, *, again: bool = False) -> list[Block]:
    """Return weeks and name of a form; of one that nobody prescribed the situation that asks for it.

    Args:
        again: on the second page of a form. Nothing where the exercise has no other one.
    """
    if again and not exercise.form_number:
        return []
    form, style = exercise.main, c.look.h3._replace(colour=INK)
    asking = ", ".join(c.fill(c.strings.for_situation, situation=name) for name in form.situations)
    name = f"{asking}: {form.name}" if asking and not form.weeks else form.name
    words = c.text(c.fill(c.strings.continued, title=name) if again else name, style)
    room = widest(c, lambda copy: _weeks(copy, copy.plan.counterpart(exercise), style).natural_width)
    destination = destination_of(exercise) if exercise.form_number > 1 and not again else ""
    return [FormHeading(_weeks(c, exercise, style), words, room, destination)]


def _weeks(c: Composer, exercise: PlannedExercise, style: TextStyle) -> Text:
    """Return the weeks of a form where it has some of its own, or is the only one and begins later."""
    weeks = exercise.main.weeks if exercise.form_number or exercise.next_week() > 1 else ()
    # The space keeps weeks and name apart where the heading is read as one text.
    words = f"{week_words(weeks, c.language)}:\u00a0" if weeks else ""
    return c.text(words, style._replace(colour=WHITE))


def continuation(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the heading of a page that an exercise goes on to."""
    words = c.fill(c.strings.continued, title=exercise.name)
    return Stack((Paragraph(c.text(words, c.look.h2), "H3"), c.space(0.6), Rule(c.look.accent, 1.0)))


def heading_with_purpose(c: Composer, exercise: PlannedExercise, *, stacked: bool) -> Block:
    """Return number and name, what kind of exercise it is, and what it is for."""
    heading = exercise_heading(c, exercise, stacked=stacked)
    return Stack(
        (heading, c.space(0.6), Rule(c.look.accent, 1.0), c.space(0.6), c.paragraph(exercise.purpose))
    )
