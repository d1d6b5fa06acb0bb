"""Boxes that show what a pen does on a week sheet: not yet done, done, a mistake taken back."""

from __future__ import annotations

from pdfgen.content.pictures.drawing import BLACK
from pdfgen.typesetting.blocks import Block, Columns, Drawn, Paragraph, rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import DECORATION, Shape
from pdfgen.typesetting.look import MM

#: Side of a box, width of its outline and of a pen, in points; how far a pen runs over the corners.
_BOX, _OUTLINE, _PEN = 12 * MM, 1.1, 2.2
_OVER = 0.06
#: Handles of a cubic curve that stands for a quarter of a ring, in radii; the ring is larger than the box.
_QUARTER, _RING = 0.5522847498, 0.78


def example_boxes(c: Composer) -> Block:
    """Return boxes beside each other, each with its words at its right; a mistake only for a machine."""
    strings = c.strings
    words = (strings.box_open, strings.box_done, *([strings.box_taken_back] if c.plan.read_back else []))
    rows = tuple(_example(c, index, said) for index, said in enumerate(words))
    if c.is_narrow:
        return c.stack(*rows, gap=c.look.gap)
    return c.columns(*rows)


def _example(c: Composer, index: int, words: str) -> Block:
    def draw(canvas: Canvas, x: float, y: float, width: float, node: int) -> None:
        x, y = x + _BOX * 0.3, y + _BOX * 0.3
        canvas.add(rectangle(x, y, _BOX, _BOX, stroke=BLACK, line=_OUTLINE))
        if index:
            for line in _cross(x, y):
                canvas.add(line)
        if index == 2:
            canvas.add(_ring(x + _BOX / 2, y + _BOX / 2))

    drawing = Drawn(_BOX * 1.6, draw)
    return Columns((drawing, Paragraph(c.text(words, c.look.cell))), (_BOX * 1.6, 1.0), c.look.gap, "middle")


def _cross(x: float, y: float) -> tuple[Shape, Shape]:
    near, far = _BOX * (0.2 - _OVER), _BOX * (0.8 + _OVER)
    down = (("M", x + near, y + near), ("L", x + far, y + far))
    up = (("M", x + near, y + far), ("L", x + far, y + near))
    return (
        Shape(down, DECORATION, stroke=BLACK, width=_PEN, round_cap=True),
        Shape(up, DECORATION, stroke=BLACK, width=_PEN, round_cap=True),
    )


def _ring(x: float, y: float) -> Shape:
    r, k = _BOX * _RING, _BOX * _RING * _QUARTER
    segments = (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("Z",),
    )
    return Shape(segments, DECORATION, stroke=BLACK, width=_PEN)
