"""Paths, tick boxes, drawings and pictures as operators of a content stream and as objects in the file.

Documents measure from the top left with y downwards, PDF from the bottom left: `height` in a signature is the
page's height, to turn y round.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pdfgen.pdf.serialiser import Objects, RawObject, stream
from pdfgen.typesetting.document import BLACK, RGB, Picture, Placed, Shape, TickBox

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing, Raster

#: Control points of a quarter circle lie this part of the radius from its ends.
_CIRCLE = 4 / 3 * (math.sqrt(2) - 1)
#: Hexadecimal digits that tell the XObjects of a file apart.
_NAME_LENGTH = 16

Segments = Sequence[tuple[str | float, ...]]
Box = tuple[float, float, float, float]


class Ink:
    """Colours, line width and font in effect on a page: operators are written where something changes."""

    def __init__(self) -> None:
        self._fill: RGB | None = BLACK
        self._stroke: RGB | None = BLACK
        self._width = 1.0
        self._font: tuple[str, float] = ("", 0.0)

    @classmethod
    def unknown(cls) -> Ink:
        """Whatever was in effect before: every operator is written once more."""
        ink = cls()
        ink._fill = ink._stroke = None
        ink._width = -1.0
        return ink

    def fill(self, colour: RGB) -> str:
        """The operator that sets the colour of areas and text, with a space after it, or nothing."""
        if colour == self._fill:
            return ""
        self._fill = colour
        return colour_operator(colour, "g", "rg")

    def stroke(self, colour: RGB, width: float) -> str:
        """The operators that set colour and width of lines, or nothing."""
        operators = ""
        if colour != self._stroke:
            self._stroke = colour
            operators = colour_operator(colour, "G", "RG")
        if width != self._width:
            self._width = width
            operators += f"{width:.3f} w "
        return operators

    def font(self, resource: str, size: float) -> str:
        """The operator that chooses font and size, or nothing."""
        if self._font == (resource, size):
            return ""
        self._font = (resource, size)
        return f"/{resource} {size:.6g} Tf "


@lru_cache(maxsize=256)
def colour_operator(colour: RGB, grey: str, rgb: str) -> str:
    """The operator that sets a colour: `grey` where it is one, else `rgb`; with a space at the end."""
    red, green, blue = colour
    if red == green == blue:
        return f"{red:.3f} {grey} "
    return f"{red:.3f} {green:.3f} {blue:.3f} {rgb} "


def shape_operators(shape: Shape, height: float, ink: Ink) -> str:
    """The operators that paint `shape`; empty when it has neither fill nor stroke."""
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
    return f"{before}{path_operators(_flipped(shape.segments, height))}{paint}{after}"


def paint_operator(fill: RGB | None, stroke: RGB | None, *, even_odd: bool) -> str:
    """The operator that paints a path; empty where there is nothing to paint."""
    if fill is None:
        return "" if stroke is None else "S"
    return ("f" if stroke is None else "B") + ("*" if even_odd else "")


def numbers(values: Sequence[float]) -> str:
    """Numbers with three decimals and spaces between them."""
    return " ".join([f"{value:.3f}" for value in values])


def path_operators(segments: Segments, decimals: int = 2) -> str:
    """Segments as path operators, with a space at the end.

    Raises:
        KeyError: a segment is none of those that `document.Shape` knows.
    """
    templates = _templates(decimals)
    return "".join([templates[segment[0]] % segment[1:] for segment in segments])


@lru_cache(maxsize=16)
def _templates(decimals: int) -> dict[str | float, str]:
    point = f"%.{decimals}f %.{decimals}f "
    return {"M": f"{point}m ", "L": f"{point}l ", "C": f"{point * 3}c ", "Z": "h "}


def _flipped(segments: Segments, height: float) -> Segments:
    """Segments with y counted upwards from the lower edge of an area that is `height` high."""
    return [
        (segment[0], *(height - float(v) if index % 2 else v for index, v in enumerate(segment[1:])))
        for segment in segments
    ]


def tick_box_operators(box: TickBox, height: float, ink: Ink) -> str:
    """The operators that draw the outline of `box`, centred on its edges, in black."""
    x, y = box.x, height - box.y - box.size
    place = f"q 1 0 0 1 {x:.2f} {y:.2f} cm"
    return f"{ink.stroke(BLACK, box.line)}{place} {_outline(box.size, box.radius)}Q"


@lru_cache(maxsize=64)
def _outline(size: float, radius: float) -> str:
    """A square with rounded corners, its lower left corner at the origin."""
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


class XObjects:
    """Drawings and rasters of one file: each is written once, however often it is placed."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._names: dict[int, str] = {}
        self._references: dict[str, bytes] = {}
        self._placed: dict[str, bytes] = {}

    def place(self, item: Placed | Picture, height: float) -> str:
        """The operators that paint a drawing or a raster into its rectangle."""
        y = height - item.y - item.height
        if isinstance(item, Picture):
            name = self.use(item)
            return f"q {item.width:.3f} 0 0 {item.height:.3f} {item.x:.2f} {y:.2f} cm /{name} Do Q"
        name = self.use(item)
        across, x = item.width / item.drawing.width, item.x
        if item.mirrored:
            across, x = -across, x + item.width
        down = item.height / item.drawing.height
        return f"q {across:.6f} 0 0 {-down:.6f} {x:.2f} {y + item.height:.2f} cm /{name} Do Q"

    def end_page(self) -> bytes:
        """The drawings and rasters that were placed since the last page ended, as an entry of resources."""
        entries = b"".join([b"/%s %s" % (name.encode("ascii"), self._placed[name]) for name in self._placed])
        self._placed = {}
        return b"/XObject<<%s>>" % entries if entries else b""

    def use(self, item: Placed | Picture) -> str:
        """Note that a drawing or a raster stands on this page; return its name."""
        name = self._image(item.raster) if isinstance(item, Picture) else self._form(item.drawing)
        self._placed[name] = self._references[name]
        return name

    def _form(self, drawing: Drawing) -> str:
        # The document keeps its drawings alive, so that identity stands for the drawing while it is written.
        name = self._names.get(id(drawing))
        if name is None:
            body = form_body(drawing)
            name = self._names[id(drawing)] = self._add(_digest_name("X", body), body)
        return name

    def _image(self, raster: Raster) -> str:
        name = self._names.get(id(raster))
        if name is None:
            entries = _image_entries(raster.width, raster.height, raster.mode)
            content = b"\0".join((entries, raster.jpeg or raster.pixels, raster.alpha or b""))
            if raster.alpha is not None:
                mask = stream(_image_entries(raster.width, raster.height, "L"), raster.alpha)
                entries += b"/SMask " + self._objects.add(mask)
            if raster.jpeg is not None:
                image = stream(entries + b"/Filter/DCTDecode", raster.jpeg, compress=False)
            else:
                image = stream(entries, raster.pixels)
            name = self._names[id(raster)] = self._add(_digest_name("I", content), image.body)
        return name

    def _add(self, name: str, body: bytes) -> str:
        if name not in self._references:
            self._references[name] = self._objects.add(RawObject(body))
        return name


def _digest_name(kind: str, content: bytes) -> str:
    return kind + hashlib.sha256(content).hexdigest()[:_NAME_LENGTH]


def _image_entries(width: int, height: int, mode: str) -> bytes:
    space = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB"}[mode]
    size = b"/Width %d/Height %d/BitsPerComponent 8" % (width, height)
    return b"/Type/XObject/Subtype/Image/ColorSpace%s%s" % (space, size)


def form_body(drawing: Drawing) -> bytes:
    """The body of the form XObject of a drawing, in its own units, y downwards as in the drawing."""
    box = b"[0 0 %.3f %.3f]" % (drawing.width, drawing.height)
    entries = b"/Type/XObject/Subtype/Form/FormType 1/BBox%s/Resources<<>>/Filter/FlateDecode" % box
    return stream(entries, drawing.form, compress=False).body


def path_extent(segments: Segments, margin: float, height: float) -> Box | None:
    """The box around all points of a path, `margin` wider: left, bottom, right, top; None without points."""
    numbers = [float(value) for segment in segments for value in segment[1:]]
    if not numbers:
        return None
    across, up = numbers[::2], [height - y for y in numbers[1::2]]
    return min(across) - margin, min(up) - margin, max(across) + margin, max(up) + margin
