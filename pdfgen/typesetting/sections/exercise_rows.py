"""Steps and drawings in a narrow column: in rows above the steps, or beside them where steps keep room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Bullets, Columns, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_drawings import figure_rows, letter_room, lettered
from pdfgen.typesetting.sections.exercise_video import video_row
from pdfgen.typesetting.text import average_character_width
from pdfgen.typesetting.twins import matched

#: Steps beside drawings keep lines of so many characters.
_LEAST_CHARACTERS = 28
#: Scales that are tried, in points a millimetre, the largest first.
_SCALES = tuple(percent / 100 * MM for percent in range(220, 34, -4))
#: Limits of them, in parts of true size, for type of 12 points.
_LARGEST = 1.6
_LEAST = 0.5


class Choice(NamedTuple):
    """Steps with drawings; `scale` is in points a millimetre of the drawing."""

    block: Block
    scale: float


class NarrowSteps:
    """Steps and drawings of an exercise, and its video."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        self._composer = c
        self._panels = exercise.main.panels
        self._steps = matched(c, lambda copy: _steps(copy.plan.counterpart(exercise), copy))
        video = exercise.video
        self._video = (c.space(1.0), matched(c, lambda copy: video_row(copy, video))) if video else ()
        body = c.look.body
        characters = _LEAST_CHARACTERS * average_character_width(c.family, body.size)
        self._least_steps = characters + _steps(exercise, c).indent

    @property
    def bare(self) -> Block:
        """The steps without drawings."""
        return Stack((self._steps, *self._video))

    def choice(self, room: float) -> Choice | None:
        """Return the arrangement with the largest drawings, and among those the lowest.

        Args:
            room: height in points that it may take.

        Returns:
            None if not even the smallest legible drawings fit.
        """
        c = self._composer
        if not self._panels:
            return Choice(self.bare, c.enlarged(_LARGEST) * MM) if self._fits(self.bare, room) else None
        least, largest = c.enlarged(_LEAST) * MM, c.enlarged(_LARGEST) * MM
        for scale in (scale for scale in _SCALES if least <= scale <= largest):
            fitting = [block for block in self._arrangements(scale) if self._fits(block, room)]
            if fitting:
                lowest = min(fitting, key=lambda block: block.height(c.look.width))
                return Choice(lowest, scale)
        return None

    def _fits(self, block: Block, room: float) -> bool:
        return block.height(self._composer.look.width) <= room

    def drawings(self) -> Block:
        """Return the drawings alone, at the least scale, in as few rows as their width allows."""
        c = self._composer
        scale = c.enlarged(_LEAST) * MM
        figures = self._figures(scale)
        wide = max(figure.wide + figure.beside for figure in figures)
        gap = c.look.gap * 2
        columns = min(len(figures), max(1, int((c.look.width + gap) // (wide + gap))))
        return self._rows(figures, columns, (c.look.width + gap) / columns - gap)

    def _arrangements(self, scale: float) -> Iterator[Block]:
        c = self._composer
        figures = self._figures(scale)
        wide = max(figure.wide + figure.beside for figure in figures)
        gap = c.look.gap * 2
        for columns in range(1, len(figures) + 1):
            beside = columns * (wide + gap) - gap
            if c.look.width - beside - c.look.gap * 3 >= self._least_steps:
                pair = Columns(
                    (self._steps, self._rows(figures, columns, wide)), (1.0, beside), c.look.gap * 3
                )
                yield Stack((pair, *self._video))
            share = (c.look.width + gap) / columns - gap
            if wide <= share:
                rows = self._rows(figures, columns, share)
                yield Stack((rows, c.space(1.6), self._steps, *self._video))

    def _figures(self, scale: float) -> list[Figure]:
        c = self._composer
        return lettered(c, self._panels, scale, letter_room(c, self._panels, scale))

    def _rows(self, figures: list[Figure], columns: int, width: float) -> Block:
        """Return the drawings in rows of so many columns of a width."""
        gap = self._composer.look.gap * 2
        return figure_rows(figures, columns, width, gap, gap / 2)


def _steps(exercise: PlannedExercise, c: Composer) -> Bullets:
    return c.numbered([Paragraph(c.text(text)) for _, text in exercise.main.steps])
