"""The drawing in an SVG document.

The reader accepts lines, curves and plain colours, and names what it would lose, because a logo with a part
missing is worse than an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdfgen.content.pictures.drawing import DrawnShape, VectorPicture
from pdfgen.content.pictures.svg_document import MAX_SVG_SIZE, SvgElement, parse_svg
from pdfgen.content.pictures.svg_outline import OUTLINES, outline
from pdfgen.content.pictures.svg_shapes import (
    Curve,
    Matrix,
    multiplied,
    parse_numbers,
    parse_transform,
    placed,
    stretches,
)
from pdfgen.content.pictures.svg_style import Style, inherited, is_displayed, parse_length, properties
from pdfgen.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def read_svg(data: bytes, name: str) -> VectorPicture:
    """Return the picture in an SVG file, in the units of its viewBox.

    Groups, paths, basic shapes, transforms, `use` of elements of the same file, plain fills and strokes are
    read; a `title`, `desc` or `metadata` says nothing to the printer and is passed over.

    Raises:
        InputError: it is not an SVG, is hostile, or would lose something; with a problem for each.
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
    return VectorPicture(name, width, height, tuple(walk.shapes))


class _Walk:
    """Visits the elements of one document and collects shapes and problems."""

    def __init__(self, name: str, by_id: Mapping[str, SvgElement]) -> None:
        self.shapes: list[DrawnShape] = []
        self.problems: list[Problem] = []
        self._name = name
        self._by_id = by_id
        self._read = 0
        self._segments = 0
        self._said: set[str] = set()
        self._width = self._height = 100.0

    def report(self, element: SvgElement, message: str) -> None:
        """Note a problem, once for each message: a logo with gradients has hundreds of the same."""
        if message not in self._said:
            self._said.add(message)
            self.problems.append(
                Problem(message, field=element.tag, file=self._name, line=element.line, column=element.column)
            )

    def view(self, root: SvgElement) -> tuple[float, float, float, float]:
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

    def visit(self, element: SvgElement, matrix: Matrix, style: Style, outer: tuple[SvgElement, ...]) -> None:
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

    def _use(self, element: SvgElement, matrix: Matrix, style: Style, outer: tuple[SvgElement, ...]) -> None:
        target = element.attributes.get("href", "")
        used = self._by_id.get(target[1:]) if target.startswith("#") else None
        if not target.startswith("#"):
            raise ValueError("refers to another file; put everything into this one")
        if used is None or used.tag not in {"g", "use", *OUTLINES}:
            raise ValueError(
                f"uses “{target[:40]}”, which is not a shape or group here; replace it by a copy"
            )
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
