"""The drawing in an SVG document.

The reader accepts lines, curves, colours, gradients, plain opacity and clipping, and names what it would
lose, because a logo with a part missing is worse than an error.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pdfgen.content.pictures.drawing import RGB, Clip, DrawnShape, Gradient, VectorPicture
from pdfgen.content.pictures.svg_clip import Clipper, reference
from pdfgen.content.pictures.svg_colour import Paint
from pdfgen.content.pictures.svg_document import MAX_SVG_SIZE, SvgDocument, parse_svg
from pdfgen.content.pictures.svg_effects import MAX_SHAPES, faded, within
from pdfgen.content.pictures.svg_geometry import Box, extent, viewport_matrix
from pdfgen.content.pictures.svg_gradient import TAGS, gradient
from pdfgen.content.pictures.svg_outline import OUTLINES, outline
from pdfgen.content.pictures.svg_shapes import (
    IDENTITY,
    Curve,
    Matrix,
    multiplied,
    parse_numbers,
    parse_transform,
    placed,
    polygon,
    stretches,
)
from pdfgen.content.pictures.svg_style import (
    Style,
    inherited,
    is_displayed,
    opacity,
    parse_length,
    properties,
)
from pdfgen.errors import InputError, Problem

if TYPE_CHECKING:
    from pdfgen.content.pictures.svg_element import SvgElement

#: Steps of all paths of a drawing together.
MAX_SEGMENTS = 200_000

#: Characters of attributes read, `use` followed: a few nested ones could otherwise multiply without end.
_MAX_READ = 3 * MAX_SVG_SIZE
_MAX_NESTING = 100

#: Dashes on a line across the drawing; more would only keep a viewer busy.
_MAX_DASHES = 5_000

#: Widths of lines are one number, so a line may be stretched by at most this much more one way.
_MAX_UNEVEN = 1.02

_GROUPS = frozenset({"svg", "g", "a", "symbol"})
_WAY_OUT = "or give it as PNG"


def read_svg(data: bytes, name: str) -> VectorPicture:
    """Return the picture in an SVG file, in the units of its viewBox.

    Groups, paths, basic shapes, transforms, `use` and symbols of the same file, style sheets, fills and
    strokes with colours or gradients, opacity and clipping paths are read; a `title`, `desc` or `metadata`
    says nothing to the printer and is passed over.

    Raises:
        InputError: it is not an SVG, is hostile, or would lose something; with a problem for each.
    """
    document = parse_svg(data, name)
    walk = _Walk(name, document)
    walk.problems += document.problems
    left, top, width, height = walk.view(document.root)
    walk.clipper = Clipper(document.by_id, document.sheet, (width, height))
    walk.visit(document.root, (1.0, 0.0, 0.0, 1.0, -left, -top), Style(), ())
    if not walk.shapes and not walk.problems:
        walk.report(document.root, "shows nothing; check that shapes have a fill or a stroke")
    if walk.problems:
        raise InputError(
            problem
            if "PNG" in problem.message
            else replace(problem, message=f"{problem.message}; {_WAY_OUT}")
            for problem in walk.problems
        )
    return VectorPicture(name, width, height, tuple(walk.shapes))


class _Walk:
    """Visits the elements of one document and collects shapes and problems."""

    def __init__(self, name: str, document: SvgDocument, *, measures: bool = False) -> None:
        # One that only measures needs no opacity and no clips.
        self._measures = measures
        self.shapes: list[DrawnShape] = []
        self.problems: list[Problem] = []
        self.clipper = Clipper({}, document.sheet, (100.0, 100.0))
        self._name = name
        self._by_id = document.by_id
        self._sheet = document.sheet
        self._read = 0
        self._segments = 0
        self._said: set[str] = set()
        self._width = self._height = 100.0

    def report(self, element: SvgElement, message: str) -> None:
        """Note a problem, once for each message: a logo with masks has hundreds of the same."""
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
        first = len(self.shapes)
        try:
            given = properties(element, self._sheet)
            if not is_displayed(given):
                return
            style = inherited(style, given, lambda message: self.report(element, message))
            outer = (*outer, element)
            matrix = multiplied(matrix, parse_transform(given.get("transform", "")))
            self._inside(element, matrix, style, outer)
            if self._measures:
                return
            shapes = self.shapes[first:]
            if shapes and (share := opacity(given)) < 1.0:
                shapes = faded(shapes, share)
            if shapes and (name := reference(given.get("clip-path", ""))):
                shapes = self._clipped(shapes, name, element, matrix, outer)
            self.shapes[first:] = shapes
        except ValueError as error:
            self.report(element, str(error))

    def _inside(
        self, element: SvgElement, matrix: Matrix, style: Style, outer: tuple[SvgElement, ...]
    ) -> None:
        if element.tag == "svg" and len(outer) > 1:
            x, y = (self._length(element, name, "0") for name in ("x", "y"))
            self._viewport(element, multiplied(matrix, (1.0, 0.0, 0.0, 1.0, x, y)), style, outer)
        elif element.tag in _GROUPS:
            for child in element.children:
                self.visit(child, matrix, style, outer)
        elif element.tag == "switch":
            # Programs put the drawing for everybody behind one that only they understand, which is left out.
            for child in element.children[:1]:
                self.visit(child, matrix, style, outer)
        elif element.tag == "use":
            self._use(element, matrix, style, outer)
        elif element.tag in OUTLINES:
            curves = outline(element.tag, element.attributes, self._width, self._height)
            self._draw(curves, matrix, style, has_inside=element.tag != "line")

    def _length(self, element: SvgElement, name: str, default: str) -> float:
        whole = self._height if name in ("y", "height") else self._width
        return parse_length(element.attributes.get(name) or default, whole)

    def _viewport(
        self,
        element: SvgElement,
        matrix: Matrix,
        style: Style,
        outer: tuple[SvgElement, ...],
        sized_by: SvgElement | None = None,
    ) -> None:
        """Draw what is inside an inner `svg` or a `symbol`, which has a `viewBox` and edges of its own."""
        size = sized_by or element
        width = self._length(size, "width", element.attributes.get("width") or "100%")
        height = self._length(size, "height", element.attributes.get("height") or "100%")
        first = len(self.shapes)
        inner = multiplied(matrix, viewport_matrix(element.attributes, width, height))
        for child in element.children:
            self.visit(child, inner, style, outer)
        given = properties(element, self._sheet)
        if "viewBox" in element.attributes and given.get("overflow", "hidden") not in ("visible", "auto"):
            edge = placed(polygon((0, 0, width, 0, width, height, 0, height), closed=True), matrix)
            self.shapes[first:] = within(self.shapes[first:], [(Clip(edge, False),)])

    def _use(self, element: SvgElement, matrix: Matrix, style: Style, outer: tuple[SvgElement, ...]) -> None:
        target = element.attributes.get("href", "")
        used = self._by_id.get(target[1:]) if target.startswith("#") else None
        if not target.startswith("#"):
            raise ValueError("refers to another file; put everything into this one")
        if used is None or used.tag not in {"use", *_GROUPS, *OUTLINES}:
            raise ValueError(
                f"uses “{target[:40]}”, which is not a shape or group here; replace it by a copy"
            )
        if used in outer:
            raise ValueError(f"uses “{target[:40]}” inside itself; replace it by a copy")
        x, y = (self._length(element, name, "0") for name in ("x", "y"))
        matrix = multiplied(matrix, (1.0, 0.0, 0.0, 1.0, x, y))
        if used.tag == "symbol":
            given = properties(used, self._sheet)
            style = inherited(style, given, lambda message: self.report(used, message))
            self._viewport(used, matrix, style, (*outer, used), element)
        else:
            self.visit(used, matrix, style, outer)

    def _clipped(
        self,
        shapes: list[DrawnShape],
        name: str,
        element: SvgElement,
        matrix: Matrix,
        outer: tuple[SvgElement, ...],
    ) -> list[DrawnShape]:
        """Return shapes within a clipping path."""
        used = self._by_id.get(name)
        box = None
        if used is not None and "clipPathUnits" in used.attributes:
            box = self._own_extent(element, outer)
        areas = self.clipper.areas(name, matrix, box)
        return shapes if areas is None else within(shapes, areas)

    def _own_extent(self, element: SvgElement, outer: tuple[SvgElement, ...]) -> Box | None:
        """Return the box around all that an element draws, in its own units."""
        aside = _Walk(self._name, SvgDocument(element, self._by_id, self._sheet, ()), measures=True)
        aside._width, aside._height, aside._read = self._width, self._height, self._read
        aside._inside(element, IDENTITY, Style(stroke=Paint(None)), outer)
        # Groups in groups are measured again and again.
        self._read += 4 * (aside._read - self._read)
        # What it met for the first time is that there is too much to measure.
        self.problems += [problem for problem in aside.problems if problem.message not in self._said]
        self._said |= {problem.message for problem in aside.problems}
        return extent(shape.segments for shape in aside.shapes)

    def _draw(self, curves: tuple[Curve, ...], matrix: Matrix, style: Style, *, has_inside: bool) -> None:
        self._segments += len(curves)
        smallest, largest = stretches(matrix)
        width = style.width * (smallest * largest) ** 0.5
        if not curves or not style.visible or not smallest:
            return
        box = extent([[(command, *numbers) for command, numbers in curves]])
        fill, fill_alpha = self._paint(style.fill, style, box, matrix) if has_inside else (None, 1.0)
        stroke, stroke_alpha = self._paint(style.stroke, style, box, matrix) if width else (None, 1.0)
        fill_alpha, stroke_alpha = fill_alpha * style.fill_opacity, stroke_alpha * style.stroke_opacity
        fill, stroke = fill if fill_alpha > 0 else None, stroke if stroke_alpha > 0 else None
        if fill is None and stroke is None:
            return
        if stroke and largest > _MAX_UNEVEN * smallest:
            raise ValueError("a line is stretched unevenly; convert strokes to paths")
        scale = width / style.width if stroke else 0.0
        dash = tuple(length * scale for length in style.dash) if stroke else ()
        if dash and sum(dash) * _MAX_DASHES < max(self._width, self._height):
            raise ValueError("the dashes are too short to be seen; draw a whole line")
        shape = DrawnShape(
            segments=placed(curves, matrix),
            fill=fill,
            stroke=stroke,
            width=width if stroke else 0.0,
            even_odd=style.even_odd,
            cap=style.cap,
            join=style.join,
            dash=dash,
            miter=style.miter,
            fill_alpha=fill_alpha,
            stroke_alpha=stroke_alpha,
        )
        if fill and stroke and min(fill_alpha, stroke_alpha) < 1.0:
            # The fill shows through the line; painted at once it would not.
            self.shapes += [replace(shape, stroke=None), replace(shape, fill=None)]
        else:
            self.shapes.append(shape)

    def _paint(
        self, paint: Paint, style: Style, box: Box | None, matrix: Matrix
    ) -> tuple[RGB | Gradient | None, float]:
        """Return a paint as it is in effect, and its opacity."""
        if paint.is_current and not paint.server:
            return style.colour, paint.alpha
        if not paint.server:
            return paint.colour, paint.alpha
        server = self._by_id.get(paint.server)
        if server is None:
            return (style.colour if paint.is_current else paint.colour), paint.alpha
        if server.tag not in TAGS:
            raise ValueError("patterns cannot be printed; use plain colours")
        whole = (self._width, self._height)
        return gradient(server, self._by_id, self._sheet, box, matrix, whole, style.colour)
