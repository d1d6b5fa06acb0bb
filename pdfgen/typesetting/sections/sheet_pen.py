"""A pen for week sheets: words and boxes at fixed places on a canvas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import horizontal
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import TickBox
from pdfgen.typesetting.look import INK, MM
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import Across, SheetBox, SheetMap

#: Outline of boxes in millimetres: as thin as a scan is read best (scanning.md 2), thicker for eyes alone.
_READ_LINE, _SEEN_LINE = 0.25, 0.4
#: Lines to write on and between rows, in points: black, so that they outlive a copier.
_WRITING, _RULE = 0.75, 1.3


class SheetPen(NamedTuple):
    """Everything that is needed to write on one side of a leaf.

    Attributes:
        sheet: what stands where on it.
        edges: left and right, in millimetres.
        boxes: of this side, by their names.
    """

    composer: Composer
    canvas: Canvas
    sheet: SheetMap
    edges: Across
    boxes: Mapping[str, SheetBox]

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.edges.left * MM

    @property
    def width(self) -> float:
        """Width between the edges, in points."""
        return (self.edges.right - self.edges.left) * MM

    def words(
        self,
        content: str | Sequence[Span],
        style: TextStyle,
        x: float,
        y: float,
        node: int,
        width: float = 0.0,
    ) -> float:
        """Set words with their top left corner at (x, y) and return the y below them.

        Args:
            width: of the column, in points; 0 is as wide as the words are.
        """
        text = self.composer.text(content, style)
        width = width or text.natural_width + 1
        text.place(self.canvas, x, y, width, node)
        return y + text.height(width)

    def centred(
        self,
        content: str | Sequence[Span],
        style: TextStyle,
        x: float,
        y: float,
        node: int,
        width: float = 0.0,
    ) -> None:
        """Set words whose middle is at x: on one line, or in a column of `width` points.

        On one line, words that would stand out at the right stand as far to the right as they can.
        """
        if width:
            left = x - width / 2
        else:
            width = self.composer.text(content, style).natural_width + 1
            left = min(x - width / 2, self.edges.right * MM - width)
        self.words(content, style._replace(align="centre"), left, y, node, width)

    def box(self, name: str, parent: int, said: str = "") -> None:
        """Draw the empty box of that name; `said` is what it is read as."""
        box = self.boxes[name]
        line = _READ_LINE if self.composer.plan.read_back else _SEEN_LINE
        node = self.canvas.node("Span", parent, actual=said or self.composer.strings.box)
        self.canvas.add(
            TickBox(name, box.x * MM, box.y * MM, box.size * MM, box.radius * MM, line * MM, node)
        )

    def blank(self, x: float, y: float, width: float, parent: int, label: str = "") -> None:
        """Draw a line to write on. `label` says what it is for to people who cannot see it."""
        node = self.canvas.node("Span", parent, actual=f"{label}: …" if label else "…")
        self.canvas.add(horizontal(x, y, width, INK, _WRITING, node))

    def rule(self, y: float) -> None:
        """Draw a line over the whole width, as decoration."""
        self.canvas.add(horizontal(self.left, y, self.width, INK, _RULE))


def does_not_fit(field: str, advice: str) -> FitError:
    """Return the error of a week sheet that has no room for something."""
    return FitError(Problem(f"does not fit on the week sheet; {advice}", field))
