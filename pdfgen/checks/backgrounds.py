"""What lies behind a point of a page: the last colour that was painted there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.document import Code, Item, Picture, Placed, Shape

Ground = RGB | None
"""A plain colour, or None where a picture lies behind."""

PAPER: RGB = (1.0, 1.0, 1.0)

#: Straight pieces that stand for a curve.
_PIECES = 8


def ground_at(below: Sequence[Item], x: float, y: float) -> Ground:
    """Return what lies behind the point (x, y), in points from the page's top left corner.

    Args:
        below: the items that were drawn before.
    """
    for item in reversed(below):
        if isinstance(item, Shape):
            if item.fill is not None and _is_inside(item, x, y):
                return item.fill
        elif isinstance(item, Placed | Picture):
            if item.x <= x <= item.x + item.width and item.y <= y <= item.y + item.height:
                return None
        elif (
            isinstance(item, Code) and item.x <= x <= item.x + item.size and item.y <= y <= item.y + item.size
        ):
            return None
    return PAPER


def _is_inside(shape: Shape, x: float, y: float) -> bool:
    """Whether a point is inside a path: a line to its right crosses the outline an odd number of times."""
    inside = False
    for loop in _loops(shape):
        for (ax, ay), (bx, by) in zip(loop, [*loop[1:], loop[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                inside = not inside
    return inside


def _loops(shape: Shape) -> Iterator[list[tuple[float, float]]]:
    loop: list[tuple[float, float]] = []
    for letter, *given in shape.segments:
        numbers = [float(value) for value in given]
        if letter == "M":
            if loop:
                yield loop
            loop = [(numbers[0], numbers[1])]
        elif letter == "L":
            loop.append((numbers[0], numbers[1]))
        elif letter == "C":
            loop += _curve(loop[-1], numbers)
    if loop:
        yield loop


def _curve(start: tuple[float, float], numbers: Sequence[float]) -> Iterator[tuple[float, float]]:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, numbers
    for piece in range(1, _PIECES + 1):
        t = piece / _PIECES
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
