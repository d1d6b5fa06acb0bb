"""The drawings of an exercise beside its steps, as large as the room allows, and its video."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pdfgen.planning.plan import PlannedExercise, PlannedPanel
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_video import video_code
from pdfgen.typesetting.twins import matched

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing

#: Columns that the drawings may have; the steps beside them keep at least 63 mm.
_WIDTHS = tuple(width * MM for width in range(45, 101, 5))
_GAP = 3 * MM


class StepsAndDrawings:
    """Steps at the left, drawings at the right, in every arrangement that could be wanted."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        self._composer = c
        self._panels = exercise.main.panels
        self._video = exercise.video
        self._options: dict[float, list[Arrangement]] = {}
        self._chosen: dict[tuple[float, float], Arrangement] = {}
        self._drawings = [c.figures[panel.figure] for panel in self._panels]
        self._steps = matched(
            c, lambda copy: _steps(copy, exercise if copy is c else copy.plan.counterpart(exercise))
        )

    def arrangement(self, height: float, size: float) -> Arrangement:
        """Return the arrangement with the largest drawings.

        Args:
            height: what it may be high, in points; if nothing fits, it is the lowest there is.
            size: largest scale of the drawings, in points a millimetre of the drawing.
        """
        if (height, size) not in self._chosen:
            self._chosen[height, size] = self._best(height, size)
        return self._chosen[height, size]

    def _best(self, height: float, size: float) -> Arrangement:
        options, c = self._options.setdefault(size, []), self._composer
        if not options:
            options += (
                Arrangement(c, self._panels, self._drawings, columns, width, size, self._steps, self._video)
                for columns in range(1, max(2, len(self._panels) + 1))
                for width in _WIDTHS
            )
        fitting = [option for option in options if option.height <= height]
        if fitting:
            return max(fitting, key=lambda option: (round(option.scale, 2), -option.width))
        return min(options, key=lambda option: option.height)


def _steps(c: Composer, exercise: PlannedExercise) -> Block:
    return c.numbered([Paragraph(c.text(text)) for _, text in exercise.main.steps])


class Arrangement:
    """Drawings in so many columns of a total width, beside the steps; the video below what is lower.

    Attributes:
        scale: of the drawings, in points a millimetre.
        width: of the drawings together, in points.
        height: of the whole, in points.
    """

    def __init__(
        self,
        c: Composer,
        panels: Sequence[PlannedPanel],
        drawings: Sequence[Drawing],
        columns: int,
        width: float,
        size: float,
        steps: Block,
        video: str,
    ) -> None:
        self._composer, self._panels, self._steps, self._columns = c, panels, steps, columns
        self._below: tuple[Block, ...] = ()
        self._beside = 0.0
        if not panels:
            self.scale, self.width = size, 0.0
            self.height = self._place_video(video, 0.0, c.look.width)
            return
        wide = max(drawing.width for drawing in drawings)
        high = max(drawing.height for drawing in drawings)
        lines = -(-len(panels) // columns)
        column = (width - (columns - 1) * _GAP) / columns
        self.scale = min(size, column / wide)
        self._beside = letter_room(c, panels, self.scale)
        if self._beside:
            self.scale = min(size, (column - self._beside) / wide)
        self.width = columns * (wide * self.scale + self._beside + _GAP) - _GAP
        drawn = lines * (high * self.scale + _GAP) - _GAP
        self.height = self._place_video(video, drawn, c.look.width - self.width - c.look.gap * 3)

    def _place_video(self, video: str, drawn: float, width: float) -> float:
        """Put the video below the lower of drawings and steps, and return the height of the whole.

        Args:
            video: its address, or nothing.
            drawn: height of the drawings.
            width: of the steps.
        """
        beside = self._steps.height(width)
        # Under narrow drawings an address would break into many lines.
        if video and (beside < drawn or self.width < _WIDTHS[0]):
            self._steps = Stack(
                (self._steps, matched(self._composer, lambda copy: video_code(copy, video, "left")))
            )
            beside = self._steps.height(width)
        elif video:
            self._below = (matched(self._composer, lambda copy: video_code(copy, video, "right")),)
            drawn += self._below[0].height(self.width)
        return max(drawn, beside)

    @cached_property
    def block(self) -> Block:
        """Steps and drawings beside each other."""
        c = self._composer
        if not self._panels:
            return self._steps
        column = (self.width + _GAP) / self._columns - _GAP
        figures = lettered(c, self._panels, self.scale, self._beside)
        right = Stack((figure_rows(figures, self._columns, column, _GAP, _GAP), *self._below))
        return Columns((self._steps, right), (1.0, self.width), c.look.gap * 3)


def letter_room(c: Composer, panels: Sequence[PlannedPanel], scale: float) -> float:
    """Return the white in points beside each drawing, where a letter would cover a figure or an arrow."""
    if len(panels) < 2:
        return 0.0
    size = 2 * c.letter_radius
    covered = any(c.figures[panel.figure].corners[panel.mirrored] < size / scale for panel in panels)
    return size if covered else 0.0


def lettered(c: Composer, panels: Sequence[PlannedPanel], scale: float, beside: float) -> list[Figure]:
    """Return drawings at a scale, with letters where there are several, and `beside` points at their left."""
    letters = "ABCDEF" if len(panels) > 1 else [""]
    return [
        c.panel(panel, scale, letter)._replace(beside=beside)
        for panel, letter in zip(panels, letters, strict=False)
    ]


def figure_rows(figures: Sequence[Figure], columns: int, width: float, across: float, down: float) -> Stack:
    """Return drawings in rows of so many columns of a width, `across` and `down` points apart."""
    rows = [figures[index : index + columns] for index in range(0, len(figures), columns)]
    return Stack(tuple(Columns(tuple(row), (width,) * len(row), across) for row in rows), down)
