"""Vector and raster pictures as values, and the readers that make them from SVG, PNG and JPEG files.

A drawing is lines, curves and plain colours: what every printer can print and what needs no font. The SVG
reader accepts just that and names what it would lose, because a logo with a part missing is worse than an
error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pdfgen.content.svg_document import MAX_SVG_SIZE, Element, parse_svg
from pdfgen.content.svg_outline import OUTLINES, outline
from pdfgen.content.svg_shapes import (
    Curve,
    Matrix,
    multiplied,
    parse_numbers,
    parse_transform,
    placed,
    stretches,
)
from pdfgen.content.svg_style import Style, inherited, is_displayed, parse_length, properties
from pdfgen.errors import InputError, Problem, missing_file

if TYPE_CHECKING:
    from collections.abc import Mapping

RGB = tuple[float, float, float]
"""Red, green, blue from 0 to 1, sRGB."""

#: A picture file may not be larger, in bytes.
MAX_FILE_SIZE = 20_000_000

#: A drawing may not have more shapes; our own have about 90.
MAX_SHAPES = 5_000

#: Steps of all paths of a drawing together.
MAX_SEGMENTS = 200_000

#: Characters of attributes read, `use` followed: a few nested ones could otherwise multiply without end.
_MAX_READ = 3 * MAX_SVG_SIZE
_MAX_NESTING = 100

#: Dashes on a line across the drawing; more would only keep a viewer busy.
_MAX_DASHES = 5_000

#: Widths of lines are one number, so a line may be stretched by at most this much more one way.
_MAX_UNEVEN = 1.02


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
    from pdfgen.content.images import decode

    return decode(data, name)


def read_svg(data: bytes, name: str) -> Drawing:
    """Return the drawing in an SVG file, in the units of its viewBox.

    Groups, paths, basic shapes, transforms, `use` of elements of the same file, plain fills and strokes are
    read; a `title`, `desc` or `metadata` says nothing to the printer and is passed over.

    Raises:
        InputError: it is no SVG, is hostile, or has something that would be lost; with a problem for each.
    """
    document = parse_svg(data, name)
    walk = _Walk(name, document.by_id)
    walk.problems += document.problems
    left, top, width, height = walk.view(document.root)
    walk.visit(document.root, (1.0, 0.0, 0.0, 1.0, -left, -top), Style(), ())
    if not walk.shapes and not walk.problems:
        walk.report(document.root, "shows nothing; check that shapes have a fill or a stroke")
    if walk.problems:
        raise InputError(walk.problems)
    return Drawing(name, width, height, tuple(walk.shapes))


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


class _Walk:
    """Visits the elements of one document and collects shapes and problems."""

    def __init__(self, name: str, by_id: Mapping[str, Element]) -> None:
        self.shapes: list[DrawnShape] = []
        self.problems: list[Problem] = []
        self._name = name
        self._by_id = by_id
        self._read = 0
        self._segments = 0
        self._said: set[str] = set()
        self._width = self._height = 100.0

    def report(self, element: Element, message: str) -> None:
        """Note a problem, once for each message: a logo with gradients has hundreds of the same."""
        if message not in self._said:
            self._said.add(message)
            self.problems.append(
                Problem(message, field=element.tag, file=self._name, line=element.line, column=element.column)
            )

    def view(self, root: Element) -> tuple[float, float, float, float]:
        """Return the left, top, width and height of what is shown, in user units."""
        try:
            box = parse_numbers(root.attributes.get("viewBox", ""))
            if not box:
                sides = (root.attributes.get("width", "100%"), root.attributes.get("height", "100%"))
                box = (0.0, 0.0, *(parse_length(side, 0.0) for side in sides))
            left, top, width, height = box
            if min(width, height) <= 0.0 or max(width, height) > 1000.0 * min(width, height):
                raise ValueError
        except ValueError:
            self.report(root, "the size is not understood; add a viewBox: left top width height")
            return 0.0, 0.0, 100.0, 100.0
        self._width, self._height = width, height
        return left, top, width, height

    def visit(self, element: Element, matrix: Matrix, style: Style, outer: tuple[Element, ...]) -> None:
        """Draw an element and all inside it; `outer` are the elements on the way here."""
        self._read += 100 + sum(map(len, element.attributes.values()))
        enough = len(self.shapes) >= MAX_SHAPES or self._segments > MAX_SEGMENTS or self._read > _MAX_READ
        if enough or len(outer) > _MAX_NESTING:
            self.report(element, f"is too complicated (limit: {MAX_SHAPES} shapes); simplify the drawing")
            return
        given = properties(element.attributes)
        if not is_displayed(given):
            return
        style = inherited(style, given, lambda message: self.report(element, message))
        outer = (*outer, element)
        try:
            matrix = multiplied(matrix, parse_transform(given.get("transform", "")))
            if element.tag in ("svg", "g"):
                for child in element.children:
                    self.visit(child, matrix, style, outer)
            elif element.tag == "use":
                self._use(element, matrix, style, outer)
            elif element.tag in OUTLINES:
                curves = outline(element.tag, element.attributes, self._width, self._height)
                self._draw(curves, matrix, style, has_inside=element.tag != "line")
        except ValueError as error:
            self.report(element, str(error))

    def _use(self, element: Element, matrix: Matrix, style: Style, outer: tuple[Element, ...]) -> None:
        target = element.attributes.get("href", "")
        used = self._by_id.get(target[1:]) if target.startswith("#") else None
        if not target.startswith("#"):
            raise ValueError("refers to another file; put everything into this one")
        if used is None or used.tag not in {"g", "use", *OUTLINES}:
            raise ValueError(f"uses “{target[:40]}”, which is no shape or group here; replace it by a copy")
        if used in outer:
            raise ValueError(f"uses “{target[:40]}” inside itself; replace it by a copy")
        x = parse_length(element.attributes.get("x", "0"), self._width)
        y = parse_length(element.attributes.get("y", "0"), self._height)
        self.visit(used, multiplied(matrix, (1.0, 0.0, 0.0, 1.0, x, y)), style, outer)

    def _draw(self, curves: tuple[Curve, ...], matrix: Matrix, style: Style, *, has_inside: bool) -> None:
        self._segments += len(curves)
        smallest, largest = stretches(matrix)
        width = style.width * (smallest * largest) ** 0.5
        stroke = style.stroke if width else None
        fill = style.fill if has_inside else None
        if not curves or not style.visible or (fill is None and stroke is None) or not smallest:
            return
        if stroke and largest > _MAX_UNEVEN * smallest:
            raise ValueError("a line is stretched unevenly; convert strokes to paths")
        scale = width / style.width if stroke else 0.0
        dash = tuple(length * scale for length in style.dash) if stroke else ()
        if dash and sum(dash) * _MAX_DASHES < max(self._width, self._height):
            raise ValueError("the dashes are too short to be seen; draw a whole line")
        self.shapes.append(
            DrawnShape(
                segments=placed(curves, matrix),
                fill=fill,
                stroke=stroke,
                width=width if stroke else 0.0,
                even_odd=style.even_odd,
                cap=style.cap,
                join=style.join,
                dash=dash,
            )
        )
