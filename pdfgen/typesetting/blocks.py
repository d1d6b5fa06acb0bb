"""Blocks: pieces of a page that know their height at a width and can be placed.

A block never splits over pages; what may be parted is made of several blocks. Placing a block also writes
its part of the logical tree, so that the reading order is the order of placing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from typing import Literal, NamedTuple, Protocol, TypeVar

from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.canvas import Canvas, Numbering
from pdfgen.typesetting.document import DECORATION, Role, Shape, TextField
from pdfgen.typesetting.text import Text

T = TypeVar("T")


class Block(Protocol):
    """What can be set on a page. All lengths are in points."""

    def height(self, width: float) -> float:
        """Return the height at a width."""
        ...

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block with its top left corner at (x, y), under the structure element `parent`."""
        ...


class Paragraph(NamedTuple):
    """Text as one structure element, in lines of at most `measure` points; links go to its `destination`."""

    text: Text
    role: Role = "P"
    measure: float = float("inf")
    bookmark: int | None = None
    destination: str = ""

    def height(self, width: float) -> float:
        return self.text.height(min(width, self.measure))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        node = canvas.node(self.role, parent)
        if self.destination:
            canvas.destination(self.destination, y)
        if self.bookmark is not None:
            canvas.bookmark(self.bookmark, "".join(span.text for span in self.text.spans), y)
        self.text.place(canvas, x, y, min(width, self.measure), node)


class Bare(NamedTuple):
    """Text that is content of the element around it: of a cell, of a label."""

    text: Text

    def height(self, width: float) -> float:
        return self.text.height(width)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        self.text.place(canvas, x, y, width, parent)


class Stack(NamedTuple):
    """Blocks below each other with `gap` between them, in an element of their own if `role` is given."""

    blocks: tuple[Block, ...]
    gap: float = 0.0
    role: Role | None = None

    def height(self, width: float) -> float:
        return fsum(b.height(width) for b in self.blocks) + self.gap * max(0, len(self.blocks) - 1)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        node = canvas.node(self.role, parent) if self.role else parent
        for block in self.blocks:
            block.place(canvas, x, y, width, node)
            y += block.height(width) + self.gap


class Columns(NamedTuple):
    """Blocks beside each other. `widths` are points where above 1, else shares of what is left over.

    Frames that are `equal` are all as high as the highest.
    """

    blocks: tuple[Block, ...]
    widths: tuple[float, ...]
    gap: float = 0.0
    align: Literal["top", "middle", "bottom", "equal"] = "top"
    role: Role | None = None

    def _columns(self, width: float) -> list[float]:
        return column_widths(self.widths, width - self.gap * (len(self.widths) - 1))

    def height(self, width: float) -> float:
        return max(b.height(w) for b, w in zip(self.blocks, self._columns(width), strict=True))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        node = canvas.node(self.role, parent) if self.role else parent
        total = self.height(width)
        for block, column in zip(self.blocks, self._columns(width), strict=True):
            if self.align == "equal" and isinstance(block, Frame):
                block = block._replace(least=total)
            free = total - block.height(column)
            offset = {"top": 0.0, "middle": free / 2, "bottom": free, "equal": 0.0}[self.align]
            block.place(canvas, x, y + offset, column, node)
            x += column + self.gap


def column_widths(widths: Sequence[float], available: float) -> list[float]:
    """Return widths in points: those above 1 as given, the others as shares of the rest."""
    fixed = fsum(width for width in widths if width > 1)
    shares = fsum(width for width in widths if width <= 1)
    return [width if width > 1 else (available - fixed) * width / shares for width in widths]


def rows_of(items: Sequence[T], columns: int) -> list[Sequence[T]]:
    """Return items in rows of so many; the last row may have fewer."""
    return [items[start : start + columns] for start in range(0, len(items), columns)]


class Frame(NamedTuple):
    """A block in a box: padding, ground, outline, and a thick edge at the left where asked.

    `least` is the height that it has at least, in points.
    """

    block: Block
    padding: tuple[float, float, float, float]
    fill: RGB | None = None
    stroke: RGB | None = None
    line: float = 0.75
    edge: float = 0.0
    edge_colour: RGB = (0.0, 0.0, 0.0)
    role: Role | None = None
    least: float = 0.0

    def height(self, width: float) -> float:
        top, right, bottom, left = self.padding
        return max(self.least, self.block.height(width - left - right - self.edge) + top + bottom)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        top, right, _, left = self.padding
        height = self.height(width)
        if self.fill:
            canvas.add(rectangle(x, y, width, height, fill=self.fill))
        if self.edge:
            canvas.add(rectangle(x, y, self.edge, height, fill=self.edge_colour))
        if self.stroke:
            # Over the edge, which may be lighter than the outline.
            canvas.add(rectangle(x, y, width, height, stroke=self.stroke, line=self.line))
        node = canvas.node(self.role, parent) if self.role else parent
        self.block.place(canvas, x + self.edge + left, y + top, width - left - right - self.edge, node)


class Space(NamedTuple):
    """White."""

    size: float

    def height(self, width: float) -> float:
        return self.size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set nothing."""


class Rule(NamedTuple):
    """A horizontal line."""

    colour: RGB
    line: float = 0.75

    def height(self, width: float) -> float:
        return self.line

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        canvas.add(horizontal(x, y + self.line / 2, width, self.colour, self.line))


class WritingLine(NamedTuple):
    """A line to write on, at the foot of `room` points; on a screen a field to type in stands over it.

    `label` says what it is for to people who cannot see it.
    """

    room: float
    colour: RGB
    label: str

    def height(self, width: float) -> float:
        return self.room

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        node, low = canvas.node("P", parent), y + self.room - 1.0
        if canvas.is_screen:
            canvas.add(horizontal(x, low, width, self.colour, 0.75))
            form = canvas.node("Form", node, alt=self.label)
            canvas.add(TextField(canvas.line_name(), x, y, width, self.room, form))
            return
        span = canvas.node("Span", node, actual=f"{self.label}: …")
        canvas.add(horizontal(x, low, width, self.colour, 0.75, span))


class Bullets(NamedTuple):
    """A list. Labels stand in a column `indent` wide; an item is a block."""

    items: tuple[Block, ...]
    labels: tuple[Text, ...]
    indent: float
    gap: float = 0.0
    numbering: Numbering = "Disc"

    def height(self, width: float) -> float:
        inner = width - self.indent
        return fsum(item.height(inner) for item in self.items) + self.gap * max(0, len(self.items) - 1)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        node = canvas.node("L", parent, numbering=self.numbering)
        for label, item in zip(self.labels, self.items, strict=True):
            entry = canvas.node("LI", node)
            label.place(canvas, x, y, self.indent, canvas.node("Lbl", entry))
            item.place(canvas, x + self.indent, y, width - self.indent, canvas.node("LBody", entry))
            y += item.height(width - self.indent) + self.gap


class Drawn(NamedTuple):
    """Shapes made for a height, as decoration or as content of an element with an alternative text.

    Attributes:
        size: the height in points.
        draw: adds items to a canvas from x and y on, in a width, as content of a node.
    """

    size: float
    draw: Callable[[Canvas, float, float, float, int], None]
    alt: str = ""

    def height(self, width: float) -> float:
        return self.size

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        node = canvas.node("Figure", parent, alt=self.alt) if self.alt else DECORATION
        self.draw(canvas, x, y, width, node)


def rectangle(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: RGB | None = None,
    stroke: RGB | None = None,
    line: float = 0.75,
) -> Shape:
    """Return a rectangle as decoration."""
    segments = (("M", x, y), ("L", x + width, y), ("L", x + width, y + height), ("L", x, y + height), ("Z",))
    return Shape(segments, DECORATION, fill=fill, stroke=stroke, width=line if stroke else 0.0)


def horizontal(x: float, y: float, width: float, colour: RGB, line: float, node: int = DECORATION) -> Shape:
    """Return a horizontal line."""
    return Shape((("M", x, y), ("L", x + width, y)), node, stroke=colour, width=line)


#: Length of the handles of a cubic curve that stands for a quarter circle, in radii.
_QUARTER = 0.5522847498


def disc(x: float, y: float, radius: float, fill: RGB, node: int = DECORATION) -> Shape:
    """Return a filled circle round (x, y)."""
    k = radius * _QUARTER
    segments = (
        ("M", x + radius, y),
        ("C", x + radius, y + k, x + k, y + radius, x, y + radius),
        ("C", x - k, y + radius, x - radius, y + k, x - radius, y),
        ("C", x - radius, y - k, x - k, y - radius, x, y - radius),
        ("C", x + k, y - radius, x + radius, y - k, x + radius, y),
        ("Z",),
    )
    return Shape(segments, node, fill=fill)
