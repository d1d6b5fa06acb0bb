"""What each drawing element of SVG outlines: a path or a basic shape (SVG 1.1, chapters 8 and 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pdfgen.content.pictures.svg_path import parse_path
from pdfgen.content.pictures.svg_shapes import Curve, ellipse, parse_numbers, polygon, rounded_rectangle
from pdfgen.content.pictures.svg_style import parse_length

#: The elements that draw something, with the lengths that they are given by.
OUTLINES: Final[Mapping[str, tuple[str, ...]]] = {
    "path": (),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": (),
    "polygon": (),
}

_UPRIGHT: Final = frozenset({"y", "height", "cy", "ry", "y1", "y2"})
_POSITIVE: Final = frozenset({"width", "height", "r", "rx", "ry"})


def outline(tag: str, attributes: Mapping[str, str], width: float, height: float) -> tuple[Curve, ...]:
    """Return what an element of `OUTLINES` draws, in its own coordinates; nothing when it has no extent.

    Args:
        tag, attributes: the element.
        width, height: of the whole drawing, for lengths in percent.

    Raises:
        ValueError: a length, a point or path data is not understood, or a size is below zero.
    """

    def length(name: str, default: float = 0.0) -> float:
        text = attributes.get(name, "")
        return (
            parse_length(text, height if name in _UPRIGHT else width) if text not in ("", "auto") else default
        )

    names = OUTLINES[tag]
    sizes = [length(name) for name in names]
    if any(size < 0.0 and name in _POSITIVE for name, size in zip(names, sizes, strict=True)):
        raise ValueError("a width, height or radius is below zero")
    match tag, sizes:
        case "path", _:
            return _visible(parse_path(attributes.get("d", "")))
        case "rect", (x, y, w, h, rx, ry):
            # A radius that is left out is the other one.
            return rounded_rectangle(x, y, w, h, length("rx", ry), length("ry", rx)) if w and h else ()
        case "circle", (cx, cy, r):
            return ellipse(cx, cy, r, r) if r else ()
        case "ellipse", (cx, cy, rx, ry):
            return ellipse(cx, cy, rx, ry) if rx and ry else ()
        case "line", _:
            return polygon(sizes, closed=False)
    return _visible(polygon(parse_numbers(attributes.get("points", "")), closed=tag == "polygon"))


def _visible(curves: tuple[Curve, ...]) -> tuple[Curve, ...]:
    """Return nothing for a path that only moves."""
    return curves if any(command != "M" for command, _ in curves) else ()
