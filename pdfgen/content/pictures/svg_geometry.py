"""The extent of curves, and where the picture of a `viewBox` lies (SVG 1.1, 7.7 and 7.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pdfgen.content.pictures.svg_shapes import Matrix, parse_numbers

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Segments = Sequence[tuple[str | float, ...]]


def extent(paths: Iterable[Segments]) -> Box | None:
    """Return the box around lines and curves, without their width; None where nothing is drawn."""
    across: list[float] = []
    down: list[float] = []
    for segments in paths:
        x = y = 0.0
        for _, *numbers in segments:
            values = [float(value) for value in numbers]
            if len(values) == 6:
                across += _turns(x, *values[::2])
                down += _turns(y, *values[1::2])
            if values:
                x, y = values[-2:]
                across.append(x)
                down.append(y)
    return (min(across), min(down), max(across), max(down)) if across else None


def _turns(start: float, one: float, two: float, end: float) -> list[float]:
    """Return where a curve turns back in one direction: the extremes of a cubic Bezier curve."""
    a, b, c = end - 3 * two + 3 * one - start, 2 * (two - 2 * one + start), one - start
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    else:
        under = b * b - 4 * a * c
        roots = [(-b + sign * under**0.5) / (2 * a) for sign in (1, -1)] if under >= 0 else []
    return [
        start * (1 - t) ** 3 + 3 * one * t * (1 - t) ** 2 + 3 * two * t * t * (1 - t) + end * t**3
        for t in roots
        if 0 < t < 1
    ]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have an area in common."""
    return max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(one[3], other[3])


def box_matrix(box: Box) -> Matrix:
    """Return the matrix that brings the unit square onto a box, for lengths in `objectBoundingBox` units."""
    left, top, right, bottom = box
    return (right - left, 0.0, 0.0, bottom - top, left, top)


def viewport_matrix(attributes: Mapping[str, str], width: float, height: float) -> Matrix:
    """Return where an inner `svg` or `symbol` shows its picture in `width` by `height`. Raises ValueError."""
    box = parse_numbers(attributes.get("viewBox", ""))
    if not box:
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top, wide, high = box
    if min(wide, high) <= 0:
        raise ValueError("the viewBox has no size; ungroup the drawing")
    across, down = width / wide, height / high
    align, *rest = attributes.get("preserveAspectRatio", "xMidYMid").split() or ["xMidYMid"]
    if align != "none":
        across = down = (max if rest == ["slice"] else min)(across, down)
    share = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    x = share.get(align[1:4], 0.0) * (width - across * wide)
    y = share.get(align[5:8], 0.0) * (height - down * high)
    return (across, 0.0, 0.0, down, x - across * left, y - down * top)
