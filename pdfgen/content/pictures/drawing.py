"""Vector and raster pictures as values, and colours.

A vector picture is lines, curves, colours and gradients: what every printer can print and what needs no font.
A drawing is a vector picture that is ready to be placed on a page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

RGB = tuple[float, float, float]
"""Red, green, blue from 0 to 1, sRGB."""

BLACK: RGB = (0.0, 0.0, 0.0)

#: A picture file may not be larger, in bytes.
MAX_FILE_SIZE = 20_000_000

#: Extent of the largest panels in their true size, in millimetres.
PANEL_WIDTH, PANEL_HEIGHT = 60.0, 50.0


Segments = tuple[tuple[str | float, ...], ...]
"""Absolute ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) and ("Z",); an "M" comes first."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours that go over into each other, and go on as they end.

    Attributes:
        coords: x1, y1, x2, y2 of a linear gradient; of a radial one, as PDF has it, the inner circle and the
            outer one: x, y, r, x, y, r.
        matrix: a, b, c, d, e, f from the units of `coords` to those of the picture.
        stops: at least two offsets from 0 to 1, in order, with their colours.
    """

    coords: tuple[float, ...]
    matrix: tuple[float, float, float, float, float, float]
    stops: tuple[tuple[float, RGB], ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """An area outside of which a shape is not seen."""

    segments: Segments
    even_odd: bool


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """One path with its paint, in the units of its picture.

    Attributes:
        segments: an "M" also comes after each "Z" that something follows.
        fill, stroke: colours or gradients; None where nothing is painted, and at least one is painted.
        width: of the stroke.
        even_odd: the fill rule; otherwise nonzero winding.
        cap: form of the ends of lines: 0 butt, 1 round, 2 square.
        join: form of corners: 0 mitre, 1 round, 2 bevel.
        dash: lengths of dash, gap, dash, gap …; empty for a whole line.
        miter: how many widths long a mitre may be; longer ones are bevelled.
        fill_alpha, stroke_alpha: opacity, 0 to 1.
        clips: areas outside of which it is not seen.
    """

    segments: Segments
    fill: RGB | Gradient | None
    stroke: RGB | Gradient | None
    width: float
    even_odd: bool
    cap: int
    join: int
    dash: tuple[float, ...]
    miter: float = 4.0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    clips: tuple[Clip, ...] = ()


@dataclass(frozen=True, slots=True)
class VectorPicture:
    """What an SVG file shows, in its own units: the origin is the top left corner, y grows downwards.

    Shapes may extend beyond (0, 0) to (width, height); that part is not shown.
    """

    name: str
    width: float
    height: float
    shapes: tuple[DrawnShape, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A vector picture ready to be placed; `pdf.finished_drawings.finished` makes one.

    Attributes:
        name: identifies the drawing; two drawings with the same name are equal.
        width, height: in its own units.
        form: the shapes in colour as a deflated content stream of a form XObject, y downwards.
        grey_form: the same in greys; None for a drawing without colours.
        corners: side of the largest square in the top left corner without a dark point, of the drawing as it
            is and of its mirror image.
        resources: what both forms name: gradients and opacities, as the content of a dictionary.
    """

    name: str
    width: float
    height: float
    form: bytes
    grey_form: bytes | None
    corners: tuple[float, float]
    resources: bytes = b""

    def __hash__(self) -> int:
        # The name identifies the content; hashing the streams would be slow.
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of pixels, 8 bits a channel, sRGB (or grey with the same curve).

    Attributes:
        width, height: in pixels.
        pixels: rows from the top, `width * height` bytes for "L" and three times as many for "RGB".
        alpha: opacity of each pixel, `width * height` bytes; None when all is opaque.
        jpeg: a baseline JPEG file of these pixels without metadata, for a picture that came with loss.
    """

    name: str
    width: int
    height: int
    mode: Literal["L", "RGB"]
    pixels: bytes
    alpha: bytes | None
    jpeg: bytes | None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo ready to be placed like a drawing; `stored` makes it as fine as its place on the page asks.

    Attributes:
        name: identifies the photo with its crop; two photos with the same name are equal.
        width, height: in millimetres, as large as the largest drawings.
        columns: pixels across in the file, within the crop.
        raster: its pixels, of which there may be fewer.
    """

    name: str
    width: float
    height: float
    columns: int
    raster: Raster

    @property
    def corners(self) -> tuple[float, float]:
        """Nothing is printed over a photo: no corner is free, as it is and mirrored."""
        return (0.0, 0.0)

    def __hash__(self) -> int:
        # The name identifies the content; hashing the pixels would be slow.
        return hash(self.name)


def scaled(picture: VectorPicture, factor: float) -> VectorPicture:
    """Return a vector picture `factor` times as large."""
    shapes = tuple(
        replace(
            shape,
            segments=_scaled(shape.segments, factor),
            fill=_scaled_paint(shape.fill, factor),
            stroke=_scaled_paint(shape.stroke, factor),
            width=shape.width * factor,
            dash=tuple(length * factor for length in shape.dash),
            clips=tuple(replace(clip, segments=_scaled(clip.segments, factor)) for clip in shape.clips),
        )
        for shape in picture.shapes
    )
    return VectorPicture(picture.name, picture.width * factor, picture.height * factor, shapes)


def _scaled(segments: Segments, factor: float) -> Segments:
    return tuple((segment[0], *(float(value) * factor for value in segment[1:])) for segment in segments)


def _scaled_paint(paint: RGB | Gradient | None, factor: float) -> RGB | Gradient | None:
    if not isinstance(paint, Gradient):
        return paint
    a, b, c, d, e, f = (value * factor for value in paint.matrix)
    return replace(paint, matrix=(a, b, c, d, e, f))


def colours_of(paint: RGB | Gradient | None) -> tuple[RGB, ...]:
    """Return the colours of a paint."""
    if isinstance(paint, Gradient):
        return tuple(colour for _, colour in paint.stops)
    return () if paint is None else (paint,)


def grey(colour: RGB) -> RGB:
    """Return the grey that is as light as a colour (Rec. 709 luma, what copiers and printers do)."""
    if colour[0] == colour[1] == colour[2]:
        return colour
    level = round(0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2], 4)
    return level, level, level


def contrast_ratio(first: RGB, second: RGB) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
