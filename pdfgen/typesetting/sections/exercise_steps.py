"""The steps of an exercise with its drawings, as large as the room allows, and its video.

On a wide page the drawings stand beside the steps. In a narrow column they stand in rows above the steps, or
beside them where the steps keep room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from pdfgen.planning.plan import PlannedExercise, PlannedPanel
from pdfgen.typesetting.blocks import Block, Bullets, Columns, Drawn, Paragraph, Space, Stack, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Code
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.text import average_character_width
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched

#: Columns that the drawings may have; the steps beside them keep at least 63 mm.
_WIDTHS = tuple(width * MM for width in range(45, 101, 5))
_GAP = 3 * MM

#: Steps beside drawings in a narrow column keep lines of so many characters.
_LEAST_CHARACTERS = 28
#: Scales that are tried there, in points a millimetre, the largest first.
_SCALES = tuple(percent / 100 * MM for percent in range(220, 34, -4))
#: Limits of them, in parts of true size, for type of 12 points.
_LARGEST = 1.6
_LEAST = 0.5

#: An address of 80 characters takes 37 modules, which are then half a millimetre; phones read 0.4 at arm's
#: length.
_SIZE = 19 * MM
#: Four modules of the coarsest code, which has 21 (ISO/IEC 18004). Beside it there is the page's margin.
_QUIET = 4 / 21 * _SIZE

_SCHEME = "https://"


def _steps(c: Composer, exercise: PlannedExercise) -> Bullets:
    return c.numbered([Paragraph(c.text(text)) for _, text in exercise.main.steps])


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Drawings in so many columns beside the steps; the video below what is lower.

    Attributes:
        scale: of the drawings, in points a millimetre.
        margin: white in points at the left of each drawing, for its letter.
        width: of the drawings together, in points.
        height: of the whole, in points.
        below: what stands under the drawings.
    """

    columns: int
    scale: float
    margin: float
    width: float
    height: float
    steps: Block
    below: tuple[Block, ...]


class StepsAndDrawings:
    """Steps at the left, drawings at the right, in every arrangement that could be wanted."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        self._composer = c
        self._panels = exercise.main.panels
        self._video = exercise.video
        self._options: dict[float, list[Arrangement]] = {}
        self.arrangement = cache(self._arrangement)
        self._steps = matched(c, lambda copy: _steps(copy, copy.plan.counterpart(exercise)))

    def _arrangement(self, height: float, size: float) -> Arrangement:
        """Return the arrangement with the largest drawings.

        Args:
            height: what it may be high, in points; if nothing fits, it is the lowest there is.
            size: largest scale of the drawings, in points a millimetre of the drawing.
        """
        if size not in self._options:
            columns = range(1, max(2, len(self._panels) + 1))
            self._options[size] = [self._arranged(n, width, size) for n in columns for width in _WIDTHS]
        options = self._options[size]
        fitting = [option for option in options if option.height <= height]
        if fitting:
            return max(fitting, key=lambda option: (round(option.scale, 2), -option.width))
        return min(options, key=lambda option: option.height)

    def _arranged(self, columns: int, most: float, size: float) -> Arrangement:
        """Return the arrangement with drawings that are at most `most` points wide together."""
        c, panels, steps = self._composer, self._panels, self._steps
        scale, margin, width, drawn, room = size, 0.0, 0.0, 0.0, c.look.width
        if panels:
            wide = max(c.figures[panel.figure].width for panel in panels)
            high = max(c.figures[panel.figure].height for panel in panels)
            column = (most - (columns - 1) * _GAP) / columns
            margin = letter_room(c, panels, min(size, column / wide))
            scale = min(size, (column - margin) / wide)
            width = columns * (wide * scale + margin + _GAP) - _GAP
            drawn = -(-len(panels) // columns) * (high * scale + _GAP) - _GAP
            room = c.look.width - width - c.look.gap * 3
        below: tuple[Block, ...] = ()
        # Under narrow drawings an address would break into many lines.
        if self._video and (steps.height(room) < drawn or width < _WIDTHS[0]):
            steps = Stack((steps, matched(c, lambda copy: video_code(copy, self._video, "left"))))
        elif self._video:
            below = (matched(c, lambda copy: video_code(copy, self._video, "right")),)
            drawn += below[0].height(width)
        return Arrangement(columns, scale, margin, width, max(drawn, steps.height(room)), steps, below)

    def block(self, chosen: Arrangement) -> Block:
        """Return steps and drawings beside each other."""
        if not self._panels:
            return chosen.steps
        column = (chosen.width + _GAP) / chosen.columns - _GAP
        figures = lettered(self._composer, self._panels, chosen.scale, chosen.margin)
        right = Stack((_figure_rows(figures, chosen.columns, column, _GAP, _GAP), *chosen.below))
        return Columns((chosen.steps, right), (1.0, chosen.width), self._composer.look.gap * 3)


class Choice(NamedTuple):
    """Steps with drawings; `scale` is in points a millimetre of the drawing."""

    block: Block
    scale: float


class NarrowSteps:
    """Steps and drawings of an exercise in a narrow column, and its video."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        self._composer = c
        self._panels = exercise.main.panels
        self._steps = matched(c, lambda copy: _steps(copy, copy.plan.counterpart(exercise)))
        video = exercise.video
        self._video = (c.space(1.0), matched(c, lambda copy: video_row(copy, video))) if video else ()
        characters = _LEAST_CHARACTERS * average_character_width(c.family, c.look.body.size)
        self._least_steps = characters + _steps(c, exercise).indent

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
        least, largest = c.enlarged(_LEAST) * MM, c.enlarged(_LARGEST) * MM
        scales = [scale for scale in _SCALES if least <= scale <= largest] if self._panels else [largest]
        for scale in scales:
            blocks = self._arrangements(scale) if self._panels else [self.bare]
            lowest = min(blocks, key=lambda block: block.height(c.look.width), default=None)
            if lowest is not None and lowest.height(c.look.width) <= room:
                return Choice(lowest, scale)
        return None

    def drawings(self) -> Block:
        """Return the drawings alone, at the least scale, in as few rows as their width allows."""
        c = self._composer
        figures, wide = self._figures(c.enlarged(_LEAST) * MM)
        gap = c.look.gap * 2
        columns = min(len(figures), max(1, int((c.look.width + gap) // (wide + gap))))
        return _figure_rows(figures, columns, (c.look.width + gap) / columns - gap, gap, gap / 2)

    def _arrangements(self, scale: float) -> Iterator[Block]:
        c = self._composer
        figures, wide = self._figures(scale)
        gap = c.look.gap * 2
        for columns in range(1, len(figures) + 1):
            beside = columns * (wide + gap) - gap
            if c.look.width - beside - c.look.gap * 3 >= self._least_steps:
                rows = _figure_rows(figures, columns, wide, gap, gap / 2)
                pair = Columns((self._steps, rows), (1.0, beside), c.look.gap * 3)
                yield Stack((pair, *self._video))
            share = (c.look.width + gap) / columns - gap
            if wide <= share:
                rows = _figure_rows(figures, columns, share, gap, gap / 2)
                yield Stack((rows, c.space(1.6), self._steps, *self._video))

    def _figures(self, scale: float) -> tuple[list[Figure], float]:
        """Return the drawings at a scale, and the width of the widest."""
        c = self._composer
        figures = lettered(c, self._panels, scale, letter_room(c, self._panels, scale))
        return figures, max(figure.wide + figure.beside for figure in figures)


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


def _figure_rows(figures: Sequence[Figure], columns: int, width: float, across: float, down: float) -> Stack:
    """Return drawings in rows of so many columns of a width, `across` and `down` points apart."""
    rows = rows_of(figures, columns)
    return Stack(tuple(Columns(tuple(row), (width,) * len(row), across) for row in rows), down)


def video_code(c: Composer, address: str, align: Literal["left", "right"]) -> Block:
    """Return the code of a video's address at the left or the right, with the address under it."""
    code, words = _code_and_words(c, address, align)
    return Stack((Space(_QUIET), code, Space(_QUIET - c.look.quiet.leading / 4), words))


def video_row(c: Composer, address: str) -> Block:
    """Return the code with the address at its right, for a narrow column."""
    code, words = _code_and_words(c, address, "left")
    quiet = Stack((Space(_QUIET), code, Space(_QUIET)))
    return Columns((quiet, words), (_SIZE + _QUIET, 1.0), c.look.gap, align="middle")


def _code_and_words(c: Composer, address: str, align: Literal["left", "right"]) -> tuple[Block, Block]:
    shown = address.removeprefix(_SCHEME)

    def draw(canvas: Canvas, x: float, y: float, width: float, node: int) -> None:
        left = x if align == "left" else x + width - _SIZE
        canvas.add(Code(address, left, y, _SIZE, node))

    link = Span(f"{c.strings.video}: {shown}", link=address)
    words = Paragraph(c.text([link], c.look.quiet._replace(align=align)))
    return Drawn(_SIZE, draw, c.fill(c.strings.video_code, address=shown)), words
