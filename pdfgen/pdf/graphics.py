"""Paths and tick boxes as operators of a content stream.

Documents measure from the top left with y downwards, PDF from the bottom left: `height` in a signature is the
page's height, to turn y round.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from pdfgen.content.pictures.drawing import BLACK, RGB
from pdfgen.typesetting.document import Shape, TickBox

#: Control points of a quarter circle lie this part of the radius from its ends.
_CIRCLE = 4 / 3 * (math.sqrt(2) - 1)
Segments = Sequence[tuple[str | float, ...]]
Box = tuple[float, float, float, float]


class Ink:
    """Colours, line width and font in effect: operators are written where something changes.

    Args:
        fill: the colour of areas and text at the start, black on a page; None where it is not known, because
            a form starts with the colour of the page that paints it.
    """

    def __init__(self, fill: RGB | None = BLACK) -> None:
        self._fill = fill
        self._stroke: RGB | None = BLACK
        self._width = 1.0
        self._font: tuple[str, float] = ("", 0.0)

    def fill(self, rgb: RGB) -> str:
        """Return the operator that sets the colour of areas and text, with a space after it, or nothing."""
        if rgb == self._fill:
            return ""
        self._fill = rgb
        return colour(rgb, "g", "rg")

    def stroke(self, rgb: RGB, width: float) -> str:
        """Return the operators that set colour and width of lines, or nothing."""
        operators = ""
        if rgb != self._stroke:
            self._stroke = rgb
            operators = colour(rgb, "G", "RG")
        if width != self._width:
            self._width = width
            operators += f"{width:.3f} w "
        return operators

    def font(self, resource: str, size: float) -> str:
        """Return the operator that chooses font and size, or nothing."""
        if self._font == (resource, size):
            return ""
        self._font = (resource, size)
        return f"/{resource} {size:.6g} Tf "


@lru_cache(maxsize=256)
def colour(value: RGB, grey: str, rgb: str) -> str:
    """Return the operator that sets a colour, `grey` where it is one and `rgb` elsewhere, and a space."""
    red, green, blue = value
    if red == green == blue:
        return f"{red:.3f} {grey} "
    return f"{red:.3f} {green:.3f} {blue:.3f} {rgb} "


def shape_operators(shape: Shape, height: float, ink: Ink) -> str:
    """Return the operators that paint `shape`; empty when it has neither fill nor stroke."""
    paint = paint_operator(shape.fill, shape.stroke, even_odd=False)
    if not paint:
        return ""
    before, after = "", ""
    if shape.fill is not None:
        before = ink.fill(shape.fill)
    if shape.stroke is not None:
        before += ink.stroke(shape.stroke, shape.width)
        if shape.dash:
            before, after = f"{before}[{numbers(shape.dash)}] 0 d ", " [] 0 d"
        if shape.round_cap:
            before, after = f"{before}1 J 1 j ", f"{after} 0 J 0 j"
    return f"{before}{path(_flipped(shape.segments, height))}{paint}{after}"


def paint_operator(fill: object | None, stroke: object | None, *, even_odd: bool) -> str:
    """Return the operator that paints a path; empty when it has neither fill nor stroke."""
    if fill is None:
        return "" if stroke is None else "S"
    return ("f" if stroke is None else "B") + ("*" if even_odd else "")


def numbers(values: Sequence[float]) -> str:
    """Return numbers with three decimals."""
    return " ".join([f"{value:.3f}" for value in values])


def path(segments: Segments, decimals: int = 2) -> str:
    """Return segments as path operators, with a space at the end.

    Raises:
        KeyError: a segment is not one of those that `document.Shape` lists.
    """
    templates = _templates(decimals)
    return "".join([templates[segment[0]] % segment[1:] for segment in segments])


@lru_cache(maxsize=16)
def _templates(decimals: int) -> dict[str | float, str]:
    point = f"%.{decimals}f %.{decimals}f "
    return {"M": f"{point}m ", "L": f"{point}l ", "C": f"{point * 3}c ", "Z": "h "}


def _flipped(segments: Segments, height: float) -> Segments:
    """Return segments with y counted upwards from the lower edge of an area that is `height` high."""
    return [
        (segment[0], *(height - float(v) if index % 2 else v for index, v in enumerate(segment[1:])))
        for segment in segments
    ]


def tick_box_operators(box: TickBox, height: float, ink: Ink) -> str:
    """Return the operators that draw the outline of `box`, centred on its edges, in black."""
    x, y = box.x, height - box.y - box.size
    place = f"q 1 0 0 1 {x:.2f} {y:.2f} cm"
    return f"{ink.stroke(BLACK, box.line)}{place} {_outline(box.size, box.radius)}Q"


@lru_cache(maxsize=64)
def _outline(size: float, radius: float) -> str:
    """Return a square with rounded corners, its lower left corner at the origin."""
    near, far = radius, size - radius
    low, high = radius * (1 - _CIRCLE), size - radius * (1 - _CIRCLE)
    lines = (
        f"{near:.3f} 0 m {far:.3f} 0 l",
        f"{high:.3f} 0 {size:.3f} {low:.3f} {size:.3f} {near:.3f} c {size:.3f} {far:.3f} l",
        f"{size:.3f} {high:.3f} {high:.3f} {size:.3f} {far:.3f} {size:.3f} c {near:.3f} {size:.3f} l",
        f"{low:.3f} {size:.3f} 0 {high:.3f} 0 {far:.3f} c 0 {near:.3f} l",
        f"0 {low:.3f} {low:.3f} 0 {near:.3f} 0 c h S ",
    )
    return " ".join(lines)


def path_extent(segments: Segments, margin: float, height: float) -> Box | None:
    """Return left, bottom, right, top of the box around a path, `margin` wider; None without points."""
    numbers = [float(value) for segment in segments for value in segment[1:]]
    if not numbers:
        return None
    across, up = numbers[::2], [height - y for y in numbers[1::2]]
    return min(across) - margin, min(up) - margin, max(across) + margin, max(up) + margin
