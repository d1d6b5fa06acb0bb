"""Drawings in rows, each with its words below it, tagged as a list."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from pdfgen.planning.plan import PlannedPicture
from pdfgen.typesetting.blocks import Block, Paragraph, rows_of
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

#: White between two pictures of a row, and between rows.
GAP = 5 * MM


class PictureEntry(NamedTuple):
    """A picture with its words; `label` is its number, if the pictures follow each other."""

    figure: Figure | None
    words: Block
    label: Text | None


class PictureRows(NamedTuple):
    """Entries in rows of `columns`. In a row all pictures stand on one line, each over its words.

    Attributes:
        indent: width of the column of the numbers, in points.
        between: white between a picture and its words, in points.
    """

    entries: tuple[PictureEntry, ...]
    columns: int
    indent: float
    between: float

    @property
    def _rows(self) -> list[Sequence[PictureEntry]]:
        return rows_of(self.entries, self.columns)

    def _column(self, width: float) -> float:
        return (width + GAP) / self.columns - GAP

    def _row_height(self, row: Sequence[PictureEntry], width: float) -> float:
        inner = self._column(width) - self.indent
        return _high(row) + self.between + max(entry.words.height(inner) for entry in row)

    def height(self, width: float) -> float:
        """Return the height at a width in points."""
        rows = self._rows
        return fsum(self._row_height(row, width) for row in rows) + GAP * (len(rows) - 1)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the rows; each entry is read as its number, its words and its drawing."""
        numbered = any(entry.label is not None for entry in self.entries)
        node = canvas.node("L", parent, numbering="Decimal" if numbered else "None")
        column = self._column(width)
        for row in self._rows:
            foot = y + _high(row)
            for index, entry in enumerate(row):
                self._place_entry(canvas, entry, x + index * (column + GAP), foot, column, node)
            y += self._row_height(row, width) + GAP

    def _place_entry(
        self, canvas: Canvas, entry: PictureEntry, x: float, foot: float, width: float, node: int
    ) -> None:
        item = canvas.node("LI", node)
        y = foot + self.between
        if entry.label is not None:
            entry.label.place(canvas, x, y, self.indent, canvas.node("Lbl", item))
        body = canvas.node("LBody", item)
        entry.words.place(canvas, x + self.indent, y, width - self.indent, body)
        if entry.figure is not None:
            entry.figure.place(canvas, x, foot - entry.figure.high, width, body)


def _high(row: Sequence[PictureEntry]) -> float:
    return max((entry.figure.high for entry in row if entry.figure is not None), default=0.0)


def picture_rows(
    c: Composer,
    steps: Sequence[PlannedPicture],
    columns: int,
    *,
    highest: float,
    numbered: bool = False,
    most: float = 1.0,
    alike: Sequence[PlannedPicture] = (),
) -> PictureRows:
    """Return the pictures of a strip, all at one scale, as large as their columns allow.

    Args:
        c: the composer.
        steps: words and drawings; at least one has a drawing.
        columns: pictures beside each other.
        highest: the drawings are at most so high, in points.
        numbered: whether the pictures follow each other.
        most: so many times their own size at most.
        alike: those of all strips with drawings at this scale, if there are more.
    """
    drawings = [c.figures[step.panel.figure] for step in alike or steps if step.panel is not None]
    column = (c.look.width + GAP) / columns - GAP
    widest, tallest = max(d.width for d in drawings), max(d.height for d in drawings)
    scale = min(MM * most, column / widest, highest / tallest)
    body = c.look.body
    number = TextStyle(body.size, body.leading, bold=True, colour=c.look.accent)
    entries = (
        PictureEntry(
            figure=c.panel(step.panel, scale) if step.panel is not None else None,
            words=Paragraph(c.text(step.text)),
            label=c.text(str(index), number) if numbered else None,
        )
        for index, step in enumerate(steps, 1)
    )
    return PictureRows(tuple(entries), columns, body.size * 1.1 if numbered else 0.0, c.look.gap * 0.6)
