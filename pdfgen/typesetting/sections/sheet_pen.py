"""A pen for tracker sheets: words and boxes at fixed places on a canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import horizontal
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import TickBox
from pdfgen.typesetting.look import LINE
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import SheetGeometry


class SheetPen(NamedTuple):
    """Everything that is needed to write on one sheet."""

    composer: Composer
    geometry: SheetGeometry
    canvas: Canvas

    @property
    def width(self) -> float:
        """Width between the margins of the sheet, in points."""
        return self.geometry.right - self.geometry.left

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

    def centred(self, content: str, style: TextStyle, x: float, y: float, node: int) -> None:
        """Set words on one line whose middle is at x."""
        text = self.composer.text(content, style)
        text.place(self.canvas, x - text.natural_width / 2, y, text.natural_width + 1, node)

    def box(self, ident: str, x: float, y: float, parent: int, *, pain: bool = False) -> None:
        """Draw an empty box round the point (x, y)."""
        g = self.geometry
        size, radius = (g.pain_box, g.pain_radius) if pain else (g.box, g.radius)
        node = self.canvas.node("Span", parent, actual=self.composer.strings.box)
        self.canvas.add(TickBox(ident, x - size / 2, y - size / 2, size, radius, g.line, node))

    def blank(self, x: float, y: float, width: float, parent: int, label: str = "") -> None:
        """Draw a line to write on. `label` says what it is for to people who cannot see it."""
        node = self.canvas.node("Span", parent, actual=f"{label}: …" if label else "…")
        self.canvas.add(horizontal(x, y, width, LINE, 0.75, node))

    def rule(self, y: float) -> None:
        """Draw a line over the whole width, as decoration."""
        self.canvas.add(horizontal(self.geometry.left, y, self.width, LINE, 0.5))


def check_room(below: float, limit: float, field: str, advice: str) -> None:
    """Raise a FitError when something ends below its limit; lengths in points."""
    if below > limit + 0.5:
        raise FitError(Problem(f"does not fit on the tracker; {advice}", field))
