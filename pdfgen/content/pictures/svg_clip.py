"""Clipping paths of SVG (SVG 1.1, 14.3): shapes outside of which nothing is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pdfgen.content.pictures.drawing import Clip
from pdfgen.content.pictures.svg_element import SvgElement
from pdfgen.content.pictures.svg_geometry import Box, box_matrix
from pdfgen.content.pictures.svg_outline import OUTLINES, outline
from pdfgen.content.pictures.svg_shapes import Matrix, multiplied, parse_transform, placed
from pdfgen.content.pictures.svg_sheet import Sheet
from pdfgen.content.pictures.svg_style import Style, inherited, is_displayed, parse_length, properties

_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")

#: Shapes in one clipping path; each is a copy of what it clips.
_MOST_SHAPES = 60
_MOST_NESTED = 8
_TOO_MANY = "a clipping path has too many shapes; cut the shapes themselves (“flatten”)"


def reference(value: str) -> str:
    """Return the id that `clip-path` names; empty for none. Raises ValueError."""
    if value in ("", "none", "inherit"):
        return ""
    match = _REFERENCE.fullmatch(value)
    if match is None:
        raise ValueError("this way of clipping cannot be printed; cut the shapes themselves (“flatten”)")
    return match[1]


@dataclass(frozen=True)
class Clipper:
    """Reads the clipping paths of a document; `whole` is the width and height of the picture."""

    by_id: Mapping[str, SvgElement]
    sheet: Sheet
    whole: tuple[float, float]

    def areas(
        self, name: str, matrix: Matrix, box: Box | None, depth: int = 0
    ) -> tuple[tuple[Clip, ...], ...] | None:
        """Return the areas of a clipping path: what it clips is seen in each of them.

        An area is what several clips have in common. A path without shapes has no area: nothing is seen.

        Args:
            name: its id.
            matrix: from the units of what is clipped to the picture.
            box: around what is clipped, in its own units.

        Returns:
            None where there is no such path, which then clips nothing.

        Raises:
            ValueError: it cannot be followed.
        """
        element = self.by_id.get(name)
        if element is None or element.tag != "clipPath":
            return None
        if depth > _MOST_NESTED:
            raise ValueError("clipping paths are nested too deeply; cut the shapes themselves (“flatten”)")
        given = properties(element, self.sheet)
        matrix = multiplied(matrix, parse_transform(given.get("transform", "")))
        outer: tuple[tuple[Clip, ...], ...] = ((),)
        if further := reference(given.get("clip-path", "")):
            found = self.areas(further, matrix, box, depth + 1)
            outer = found if found is not None else outer
        inner = matrix
        if given.get("clipPathUnits") == "objectBoundingBox":
            if box is None:
                return ()
            inner = multiplied(matrix, box_matrix(box))
        style = inherited(Style(), given, _refuse)
        if len(element.children) > _MOST_SHAPES:
            raise ValueError(_TOO_MANY)
        shapes = [clip for child in element.children for clip in self._shapes(child, inner, style, depth)]
        if len(shapes) * len(outer) > _MOST_SHAPES:
            raise ValueError(_TOO_MANY)
        return tuple((*around, clip) for around in outer for clip in shapes)

    def _shapes(self, element: SvgElement, matrix: Matrix, style: Style, depth: int) -> list[Clip]:
        given = properties(element, self.sheet)
        if not is_displayed(given):
            return []
        if given.get("clip-path", "none") != "none":
            raise ValueError("a clipping path is clipped itself; cut the shapes themselves (“flatten”)")
        style = inherited(style, given, _refuse)
        matrix = multiplied(matrix, parse_transform(given.get("transform", "")))
        if element.tag == "use":
            target = element.attributes.get("href", "")
            used = self.by_id.get(target[1:]) if target.startswith("#") else None
            if used is None or used.tag not in OUTLINES:
                raise ValueError("a clipping path uses what is not a shape here; replace it by a copy")
            x = parse_length(element.attributes.get("x", "0"), self.whole[0])
            y = parse_length(element.attributes.get("y", "0"), self.whole[1])
            return self._shapes(used, multiplied(matrix, (1.0, 0.0, 0.0, 1.0, x, y)), style, depth)
        if element.tag not in OUTLINES:
            raise ValueError("a clipping path holds more than shapes; cut the shapes themselves (“flatten”)")
        curves = outline(element.tag, element.attributes, *self.whole)
        return [Clip(placed(curves, matrix), style.clip_even_odd)] if curves and style.visible else []


def _refuse(message: str) -> None:
    raise ValueError(message)
