"""Numbers, transform lists and basic shapes of SVG, as absolute lines and Bezier curves.

The module follows SVG 1.1, chapters 7.6 (transforms) and 9 (basic shapes), and raises `ValueError` for what
it does not understand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

Curve = tuple[str, tuple[float, ...]]
"""One absolute step of a path: ("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) of SVG: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

#: Distance of the control points for a quarter of a circle of radius 1; off by 0.03 % at most.
_KAPPA = 4.0 / 3.0 * (math.sqrt(2.0) - 1.0)

#: Larger coordinates lose their decimals in a PDF viewer and have no use on paper.
LARGEST = 1e7

#: A number as SVG writes it, also inside path data without spaces: `-.5e3`.
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_NUMBERS = re.compile(r"[^0-9eE\s,.+-]", re.ASCII)
_SEPARATOR = re.compile(r"[\s,]*")
_TRANSFORM = re.compile(r"([A-Za-z]+)\s*\(([^()]*)\)")


def parse_number(text: str) -> float:
    """Return the number that `text` is, at most 1e7 in size. Raises ValueError."""
    if len(text) > 60 or not NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:30]}” is not a number")
    value = float(text)
    if abs(value) > LARGEST:
        raise ValueError(f"the number {text[:30]} is too large")
    return value


def parse_numbers(text: str) -> tuple[float, ...]:
    """Return the numbers of a list separated by spaces or commas. Raises ValueError."""
    if _NOT_NUMBERS.search(text):
        raise ValueError(f"expected numbers, found “{text.strip()[:24]}”")
    try:
        numbers = tuple(map(float, text.replace(",", " ").split()))
    except ValueError:
        # Numbers may stand without a space where they cannot be mistaken: `1-2.5.5`.
        left_over = NUMBER.sub(" ", text).replace(",", " ").strip()
        if left_over:
            raise ValueError(f"expected numbers, found “{left_over[:12]}”") from None
        numbers = tuple(map(float, NUMBER.findall(text)))
    if numbers and max(map(abs, numbers)) > LARGEST:
        raise ValueError("a number is too large")
    return numbers


def parse_transform(text: str) -> Matrix:
    """Return the product of a transform list: `translate(3 4) rotate(90)`. Raises ValueError."""
    result, place = IDENTITY, skip(text, 0)
    while place < len(text):
        match = _TRANSFORM.match(text, place)
        if not match:
            raise ValueError(f"the transform “{text[:40]}” is not understood")
        result = multiplied(result, _matrix(match.group(1), parse_numbers(match.group(2))))
        place = skip(text, match.end())
    return result


def multiplied(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first and `outer` after it."""
    a, b, c, d, e, f = outer
    k, m, n, o, p, q = inner
    return (a * k + c * m, b * k + d * m, a * n + c * o, b * n + d * o, a * p + c * q + e, b * p + d * q + f)


def stretches(matrix: Matrix) -> tuple[float, float]:
    """Return the smallest and the largest factor by which the matrix stretches a line (singular values)."""
    a, b, c, d = matrix[:4]
    together, apart = math.hypot(a + d, b - c), math.hypot(a - d, b + c)
    return abs(together - apart) / 2.0, (together + apart) / 2.0


def placed(curves: Sequence[Curve], matrix: Matrix) -> tuple[tuple[str | float, ...], ...]:
    """Return the curves under `matrix` as flat segments: ("C", x1, y1, x2, y2, x, y).

    Raises ValueError where they would run out of all bounds.
    """
    a, b, c, d, e, f = matrix
    farthest = max((abs(number) for _, numbers in curves for number in numbers), default=0.0)
    bound = farthest * max(abs(a) + abs(c), abs(b) + abs(d)) + max(abs(e), abs(f))
    if not bound <= LARGEST:  # not a number, after transforms without end, is caught too
        raise ValueError("the shape runs too far out")
    segments: list[tuple[str | float, ...]] = []
    for command, numbers in curves:
        if command == "C":
            x1, y1, x2, y2, x, y = numbers
            one, two = (a * x1 + c * y1 + e, b * x1 + d * y1 + f), (a * x2 + c * y2 + e, b * x2 + d * y2 + f)
            segments.append((command, *one, *two, a * x + c * y + e, b * x + d * y + f))
        elif numbers:
            x, y = numbers
            segments.append((command, a * x + c * y + e, b * x + d * y + f))
        else:
            segments.append((command,))
    return tuple(segments)


def polygon(numbers: Sequence[float], closed: bool) -> tuple[Curve, ...]:
    """Return straight lines through x, y, x, y … Raises ValueError when a y is missing."""
    if len(numbers) % 2:
        raise ValueError("the list of points ends with an x that has no y")
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    steps: list[Curve] = [("L" if index else "M", point) for index, point in enumerate(points)]
    return (*steps, ("Z", ())) if closed and points else tuple(steps)


def ellipse(cx: float, cy: float, rx: float, ry: float) -> tuple[Curve, ...]:
    """Return an ellipse with its axes along x and y, starting at the right."""
    return rounded_rectangle(cx - rx, cy - ry, 2.0 * rx, 2.0 * ry, rx, ry)


def rounded_rectangle(x: float, y: float, w: float, h: float, rx: float, ry: float) -> tuple[Curve, ...]:
    """Return a rectangle with elliptic corners; radii are cut to half the sides (SVG 1.1, 9.2)."""
    rx, ry = min(rx, w / 2.0), min(ry, h / 2.0)
    if rx <= 0.0 or ry <= 0.0:
        return polygon((x, y, x + w, y, x + w, y + h, x, y + h), closed=True)
    right, bottom = x + w, y + h
    i, j = rx * (1.0 - _KAPPA), ry * (1.0 - _KAPPA)
    return (
        ("M", (x + rx, y)),
        ("L", (right - rx, y)),
        ("C", (right - i, y, right, y + j, right, y + ry)),
        ("L", (right, bottom - ry)),
        ("C", (right, bottom - j, right - i, bottom, right - rx, bottom)),
        ("L", (x + rx, bottom)),
        ("C", (x + i, bottom, x, bottom - j, x, bottom - ry)),
        ("L", (x, y + ry)),
        ("C", (x, y + j, x + i, y, x + rx, y)),
        ("Z", ()),
    )


def skip(text: str, place: int) -> int:
    """Return the place after the spaces and commas at `place`."""
    match = _SEPARATOR.match(text, place)
    return match.end() if match else place


def _matrix(name: str, numbers: tuple[float, ...]) -> Matrix:
    match name, numbers:
        case "matrix", (a, b, c, d, e, f):
            return (a, b, c, d, e, f)
        case "translate", (x, *rest) if len(rest) < 2:
            return (1.0, 0.0, 0.0, 1.0, x, rest[0] if rest else 0.0)
        case "scale", (x, *rest) if len(rest) < 2:
            return (x, 0.0, 0.0, rest[0] if rest else x, 0.0, 0.0)
        case "rotate", (angle,):
            turn = math.radians(angle)
            return (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0.0, 0.0)
        case "rotate", (angle, x, y):
            about = multiplied((1.0, 0.0, 0.0, 1.0, x, y), _matrix("rotate", (angle,)))
            return multiplied(about, (1.0, 0.0, 0.0, 1.0, -x, -y))
        case "skewX", (angle,):
            return (1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0)
        case "skewY", (angle,):
            return (1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0)
    raise ValueError(f"the transform {name} with {len(numbers)} numbers is not understood")
