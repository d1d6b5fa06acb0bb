"""Vector and raster pictures as values, made from SVG, PNG and JPEG files.

A drawing is lines, curves and plain colours: what every printer can print and what needs no font.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pdfgen.errors import InputError, Problem, missing_file

RGB = tuple[float, float, float]
"""Red, green, blue from 0 to 1, sRGB."""

#: A picture file may not be larger, in bytes.
MAX_FILE_SIZE = 20_000_000


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """One path with its paint, in the units of its drawing.

    Attributes:
        segments: absolute ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) and ("Z",); an "M" comes
            first and after each "Z" that something follows.
        fill, stroke: colour, or None for none; not both are None.
        width: of the stroke.
        even_odd: the fill rule; otherwise nonzero winding.
        cap: 0 butt, 1 round, 2 square.
        join: 0 mitre (with the limit 4 of SVG), 1 round, 2 bevel.
        dash: lengths of dash, gap, dash, gap …; empty for a whole line.
    """

    segments: tuple[tuple[str | float, ...], ...]
    fill: RGB | None
    stroke: RGB | None
    width: float
    even_odd: bool
    cap: int
    join: int
    dash: tuple[float, ...]


class ShapesOnDemand(Sequence[DrawnShape]):
    """The shapes of a drawing of which all else is known: read when somebody asks for them.

    Args:
        read: returns them.
    """

    def __init__(self, read: Callable[[], tuple[DrawnShape, ...]]) -> None:
        self._read = read

    @cached_property
    def _shapes(self) -> tuple[DrawnShape, ...]:
        return self._read()

    def __getitem__(self, index: Any) -> Any:
        return self._shapes[index]

    def __len__(self) -> int:
        return len(self._shapes)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and self._shapes == tuple(other))

    def __hash__(self) -> int:
        return hash(self._shapes)


class Made(NamedTuple):
    """What later stages make of a drawing, where an earlier run made it already.

    Attributes:
        form: the drawing as the body of a form XObject.
        grey_form: the same of the drawing in greys; None where it has no colours.
        corners: side of the free square in its top left corner, as it is and mirrored, in its units.
    """

    form: bytes
    grey_form: bytes | None
    corners: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A vector picture in its own units: the origin is the top left corner, y grows downwards.

    Shapes may run over the extent (0, 0) to (width, height); what does is not to be seen. `name` is a label
    for messages and for telling drawings apart; `read_picture` makes it unique for the content. `made` goes
    with exactly these shapes: a drawing with others has none.
    """

    name: str
    width: float
    height: float
    shapes: Sequence[DrawnShape]
    made: Made | None = field(default=None, compare=False, repr=False)

    def __hash__(self) -> int:
        # Names tell contents apart; walking through thousands of points would cost more than what is kept.
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of pixels, 8 bits a channel, sRGB (or grey with the same curve).

    Attributes:
        width, height: in pixels.
        pixels: rows from the top, `width * height` bytes for "L" and three times as many for "RGB".
        alpha: opacity of each pixel, `width * height` bytes; None when all is opaque.
        jpeg: a baseline JPEG file of exactly these pixels without metadata, where there is one.
    """

    name: str
    width: int
    height: int
    mode: Literal["L", "RGB"]
    pixels: bytes
    alpha: bytes | None
    jpeg: bytes | None


def read_picture(path: Path) -> Drawing | Raster:
    """Return the picture in a file, of whichever kind its content is; the name is `stem-digest`.

    Raises:
        InputError: the file is missing, unreadable, too large, or no picture that can be printed.
    """
    shown = str(path)
    if not path.is_file():
        raise InputError(missing_file(path, "the picture"))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_SIZE + 1)
    except OSError as error:
        raise InputError(Problem(f"the picture cannot be read: {error.strerror}", file=shown)) from error
    name = f"{path.stem}-{hashlib.sha256(data).hexdigest()[:12]}"
    # UTF-8 with or without a byte order mark, and UTF-16.
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return replace(read_svg(data, shown), name=name)
    return replace(read_raster(data, shown), name=name)


def read_raster(data: bytes, name: str) -> Raster:
    """Return the PNG or JPEG picture in `data`; see `images.decode`.

    Raises:
        InputError: it is neither, is damaged, or is too large.
    """
    # Pillow takes a while to load and only a clinic's logo needs it.
    from pdfgen.content.pictures.raster import decode

    return decode(data, name)


def read_svg(data: bytes, name: str) -> Drawing:
    """Return the drawing in an SVG file, in the units of its viewBox.

    Groups, paths, basic shapes, transforms, `use` of elements of the same file, plain fills and strokes are
    read; a `title`, `desc` or `metadata` says nothing to the printer and is passed over.

    Raises:
        InputError: it is no SVG, is hostile, or has something that would be lost; with a problem for each.
    """
    # The readers take a while to load, and a drawing is mostly known from an earlier run.
    from pdfgen.content.pictures.svg_reader import read

    return read(data, name)


def scaled(drawing: Drawing, factor: float) -> Drawing:
    """Return a drawing `factor` times as large."""
    shapes = tuple(
        replace(
            shape,
            segments=tuple(
                (segment[0], *(float(value) * factor for value in segment[1:])) for segment in shape.segments
            ),
            width=shape.width * factor,
            dash=tuple(length * factor for length in shape.dash),
        )
        for shape in drawing.shapes
    )
    return Drawing(drawing.name, drawing.width * factor, drawing.height * factor, shapes)
