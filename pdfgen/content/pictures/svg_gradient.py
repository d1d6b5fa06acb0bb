"""Gradients of SVG (SVG 1.1, 13.2), as far as a PDF can paint them without masks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pdfgen.content.pictures.drawing import RGB, Gradient
from pdfgen.content.pictures.svg_colour import parse_colour
from pdfgen.content.pictures.svg_element import SvgElement
from pdfgen.content.pictures.svg_geometry import Box, box_matrix
from pdfgen.content.pictures.svg_shapes import Matrix, multiplied, parse_transform
from pdfgen.content.pictures.svg_sheet import Sheet
from pdfgen.content.pictures.svg_style import parse_length, properties

TAGS = ("linearGradient", "radialGradient")

#: Stops that are read of a gradient, and gradients that take from each other.
_MOST_STOPS, _MOST_LINKS = 100, 20


class Painted(NamedTuple):
    """What a gradient paints: a plain colour where it has one stop or a shape has no area; None: nothing."""

    paint: RGB | Gradient | None
    alpha: float


def gradient(
    element: SvgElement,
    by_id: Mapping[str, SvgElement],
    sheet: Sheet,
    box: Box | None,
    matrix: Matrix,
    whole: tuple[float, float],
    current: RGB,
) -> Painted:
    """Return what a gradient paints in a shape.

    Args:
        element: the gradient.
        by_id, sheet: of the document.
        box: around the shape, in its own units.
        matrix: from there to the picture.
        whole: width and height of the picture, for lengths in percent.
        current: the colour in effect.

    Raises:
        ValueError: it cannot be painted.
    """
    chain = _chain(element, by_id)
    stops = next((found for one in chain if (found := _stops(one, sheet, current))), ())
    alphas = {stop[2] for stop in stops}
    if len(alphas) > 1:
        raise ValueError("a gradient fades away, which cannot be printed; let it end in a plain colour")
    alpha = alphas.pop() if alphas else 1.0
    if len(stops) < 2:
        return Painted(stops[0][1] if stops else None, alpha)
    given = {name: value for one in reversed(chain) for name, value in one.attributes.items()}
    if given.get("spreadMethod", "pad") != "pad":
        raise ValueError("a gradient repeats itself, which cannot be printed; use plain colours")
    in_box = given.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox"
    if in_box and (box is None or box[0] == box[2] or box[1] == box[3]):
        return Painted(stops[-1][1], alpha)
    coords = _coords(element.tag, given, (1.0, 1.0) if in_box else whole)
    own = parse_transform(given.get("gradientTransform", ""))
    outer = multiplied(matrix, box_matrix(box)) if in_box and box else matrix
    colours = tuple((offset, colour) for offset, colour, _ in stops)
    if coords[:2] == coords[2:] or (len(coords) == 6 and coords[5] == 0.0):
        return Painted(colours[-1][1], alpha)
    return Painted(Gradient(coords, multiplied(outer, own), colours), alpha)


def _chain(element: SvgElement, by_id: Mapping[str, SvgElement]) -> list[SvgElement]:
    """Return a gradient and those from which it takes what it does not say itself."""
    chain = [element]
    while (link := chain[-1].attributes.get("href", "")) and len(chain) < _MOST_LINKS:
        found = by_id.get(link[1:]) if link.startswith("#") else None
        if found is None or found.tag not in TAGS or found in chain:
            raise ValueError("a gradient refers to one that is not in the file; use plain colours")
        chain.append(found)
    return chain


def _stops(element: SvgElement, sheet: Sheet, current: RGB) -> tuple[tuple[float, RGB, float], ...]:
    """Return offset, colour and opacity of each stop, in order."""
    found: list[tuple[float, RGB, float]] = []
    stops = [child for child in element.children if child.tag == "stop"]
    if len(stops) > _MOST_STOPS:
        raise ValueError("a gradient has too many colours; use plain colours")
    for child in stops:
        given = properties(child, sheet)
        offset = min(1.0, max(0.0, parse_length(given.get("offset") or "0", 1.0)))
        offset = max(offset, found[-1][0]) if found else offset
        text = given.get("stop-color") or "black"
        own = parse_colour(given.get("color") or "black") if "color" in given else (*current, 1.0)
        red, green, blue, alpha = own if text.lower() == "currentcolor" else parse_colour(text)
        alpha *= min(1.0, max(0.0, parse_length(given.get("stop-opacity") or "1", 1.0)))
        found.append((offset, (red, green, blue), round(alpha, 4)))
    return tuple(found)


def _coords(tag: str, given: Mapping[str, str], whole: tuple[float, float]) -> tuple[float, ...]:
    """Return x1, y1, x2, y2 of a linear gradient; of a radial one fx, fy, fr, cx, cy, r."""
    width, height = whole

    def length(name: str, default: str, of: float) -> float:
        return parse_length(given.get(name) or default, of)

    if tag == "linearGradient":
        return (
            length("x1", "0%", width), length("y1", "0%", height),
            length("x2", "100%", width), length("y2", "0%", height),
        )  # fmt: skip
    diagonal = ((width**2 + height**2) / 2) ** 0.5
    cx, cy, r = length("cx", "50%", width), length("cy", "50%", height), length("r", "50%", diagonal)
    if r < 0:
        raise ValueError("a radius is below zero")
    fx, fy = length("fx", str(cx), width), length("fy", str(cy), height)
    away = ((fx - cx) ** 2 + (fy - cy) ** 2) ** 0.5
    if away > 0.99 * r:
        # The focus of a cone must lie within its circle.
        fx, fy = (cx + (fx - cx) * 0.99 * r / away, cy + (fy - cy) * 0.99 * r / away) if away else (cx, cy)
    return (fx, fy, length("fr", "0%", diagonal), cx, cy, r)
