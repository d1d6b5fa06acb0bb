"""Path data of SVG become absolute lines and Bezier curves.

The module follows SVG 1.1, chapter 8.3 and, for arcs, appendix F.6. Path data that cannot be understood raise
`ValueError` with the place; nothing is drawn up to the error, because half a logo is worse than no logo.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from pdfgen.content.pictures.svg_shapes import (
    NUMBER,
    Curve,
    Matrix,
    parse_number,
    parse_numbers,
    placed,
    skip,
)

_ARGUMENTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")

#: The two flags of an arc are one digit each and may be written without a space: `a1 1 0 01.5.5`.
_NUMBER = f"((?>{NUMBER.pattern}))"
_ARC = re.compile(r"[\s,]*".join(["", *3 * [_NUMBER], "([01])", "([01])", *2 * [_NUMBER], ""]), re.ASCII)

#: Steps of one path; our own drawings have some hundreds in all.
MAX_CURVES = 100_000


def parse_path(text: str) -> tuple[Curve, ...]:
    """Return the steps of path data: absolute, with arcs and quadratic curves as cubic curves.

    A step that follows "Z" always is an "M". Raises ValueError with the place of what is not understood.
    """
    pen = _Pen()
    for command, numbers in _commands(text):
        pen.draw(command, numbers)
    return tuple(pen.curves)


def _commands(text: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield each command with its numbers, repeats written out (SVG 1.1, 8.3.1)."""
    place = skip(text, 0)
    for match in _COMMAND.finditer(text, place):
        command, body = match.groups()
        size = _ARGUMENTS[command.upper()]
        try:
            numbers = _arc_numbers(body) if size == 7 else parse_numbers(body)
        except ValueError as error:
            raise ValueError(f"path data: {command} at character {match.start() + 1}: {error}") from error
        repeats = max(1, len(numbers) // size) if size else 1
        if len(numbers) != repeats * size:
            start = f"path data: {command} at character {match.start() + 1}"
            raise ValueError(f"{start} has {len(numbers)} numbers; {size} are needed each time")
        if match.start() != place:
            break
        yield command, numbers[:size]
        # Further pairs after a move are lines.
        command = {"M": "L", "m": "l"}.get(command, command)
        for index in range(1, repeats):
            yield command, numbers[index * size : (index + 1) * size]
        place = match.end()
    if place < len(text):
        raise ValueError(f"path data: expected a command at character {place + 1}")


def _arc_numbers(text: str) -> tuple[float, ...]:
    numbers: list[float] = []
    place, end = 0, len(text.rstrip(" ,\t\r\n"))
    while place < end:
        match = _ARC.match(text, place)
        if not match:
            raise ValueError(f"expected an arc at “{text[place : place + 24]}”")
        numbers += map(parse_number, match.groups())
        place = match.end()
    return tuple(numbers)


class _Pen:
    """Follows path commands and writes down absolute steps."""

    def __init__(self) -> None:
        self.curves: list[Curve] = []
        self._here = self._start = (0.0, 0.0)
        #: The letter of the last curve and its last control point; empty after all other steps.
        self._control: tuple[str, float, float] = ("", 0.0, 0.0)

    def draw(self, command: str, numbers: tuple[float, ...]) -> None:
        upper = command.upper()
        if not self.curves and upper != "M":
            raise ValueError("path data: the first command must be a move (M or m)")
        if self.curves and self.curves[-1][0] == "Z" and upper not in "MZ":
            self.curves.append(("M", self._here))
        if upper != "C" or command != upper:  # most steps of most drawings are absolute already
            numbers = self._absolute(command, numbers)
        previous, self._control = self._control, ("", 0.0, 0.0)
        match upper:
            case "Z":
                self._close()
            case "C":
                self._cubic(*numbers)
            case "S":
                self._cubic(*self._mirrored(previous, "C"), *numbers)
            case "Q":
                self._quadratic(*numbers)
            case "T":
                self._quadratic(*self._mirrored(previous, "Q"), *numbers)
            case "A":
                self._arc(*numbers)
            case "M":
                self._add("M", *numbers)
                self._start = self._here
            case _:
                self._add("L", *numbers)

    def _absolute(self, command: str, numbers: tuple[float, ...]) -> tuple[float, ...]:
        """Return the numbers of a command seen from the origin; H and V become x and y."""
        x, y = self._here
        dx, dy = (x, y) if command.islower() else (0.0, 0.0)
        match command.upper():
            case "H":
                return numbers[0] + dx, y
            case "V":
                return x, numbers[0] + dy
            case "A":
                return *numbers[:5], numbers[5] + dx, numbers[6] + dy
        return tuple(value + (dy if index % 2 else dx) for index, value in enumerate(numbers))

    def _mirrored(self, previous: tuple[str, float, float], kind: str) -> tuple[float, float]:
        """Return the last control point mirrored at the pen, or the pen after a curve of another kind."""
        letter, x, y = previous
        return (2 * self._here[0] - x, 2 * self._here[1] - y) if letter == kind else self._here

    def _add(self, command: str, *numbers: float) -> None:
        if len(self.curves) >= MAX_CURVES:
            raise ValueError(f"path data: there are over {MAX_CURVES} steps; simplify the path")
        self.curves.append((command, numbers))
        self._here = numbers[-2], numbers[-1]

    def _close(self) -> None:
        if self.curves[-1][0] != "Z":
            self.curves.append(("Z", ()))
        self._here = self._start

    def _cubic(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:
        self._add("C", x1, y1, x2, y2, x, y)
        self._control = ("C", x2, y2)

    def _quadratic(self, x1: float, y1: float, x: float, y: float) -> None:
        # The cubic's control points lie two thirds of the way from the ends to the quadratic's one.
        one, two = (((px + 2.0 * x1) / 3.0, (py + 2.0 * y1) / 3.0) for px, py in (self._here, (x, y)))
        self._add("C", *one, *two, x, y)
        self._control = ("Q", x1, y1)

    def _arc(self, rx: float, ry: float, angle: float, large: float, sweep: float, *end: float) -> None:
        x, y = end
        if (x, y) == self._here:
            return
        radii = (abs(rx), abs(ry))
        if min(radii) < 1e-9:
            self._add("L", x, y)
            return
        for curve in arc_curves(self._here, (x, y), radii, math.radians(angle), bool(large), bool(sweep)):
            self._add("C", *curve)


def arc_curves(
    start: tuple[float, float],
    end: tuple[float, float],
    radii: tuple[float, float],
    turn: float,
    large: bool,
    sweep: bool,
) -> list[tuple[float, ...]]:
    """Return an elliptic arc as cubic curves of at most 90 degrees each (SVG 1.1, F.6.5 and F.6.6).

    Args:
        start, end: where the arc runs; they differ.
        radii: both above zero; enlarged when they are too small to reach.
        turn: angle of the ellipse's x axis in radians.
        large, sweep: which of the four possible arcs.
    """
    cos, sin = math.cos(turn), math.sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2.0, (start[1] - end[1]) / 2.0
    # On the unit circle of the ellipse the two ends lie at (u, v) and (-u, -v) about the middle.
    u, v = (cos * half_x + sin * half_y) / radii[0], (cos * half_y - sin * half_x) / radii[1]
    reach = math.hypot(u, v)
    grow = max(1.0, reach)
    rx, ry, u, v = radii[0] * grow, radii[1] * grow, u / grow, v / grow
    height = math.sqrt(max(0.0, 1.0 - u * u - v * v)) / max(math.hypot(u, v), 1e-300)
    sign = -1.0 if large == sweep else 1.0
    cu, cv = sign * height * v, -sign * height * u
    first = math.atan2(v - cv, u - cu)
    swept = math.atan2(-v - cv, -u - cu) - first
    if sweep and swept < 0.0:
        swept += 2.0 * math.pi
    elif not sweep and swept > 0.0:
        swept -= 2.0 * math.pi
    middle_x, middle_y = (start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0
    to_page: Matrix = (rx * cos, rx * sin, -ry * sin, ry * cos, middle_x, middle_y)
    parts = max(1, math.ceil(abs(swept) / (math.pi / 2.0) - 1e-9))
    step = swept / parts
    pull = 4.0 / 3.0 * math.tan(step / 4.0)
    curves = []
    for index in range(parts):
        p, q = first + index * step, first + (index + 1) * step
        one = (cu + math.cos(p) - pull * math.sin(p), cv + math.sin(p) + pull * math.cos(p))
        two = (cu + math.cos(q) + pull * math.sin(q), cv + math.sin(q) - pull * math.cos(q))
        three = (cu + math.cos(q), cv + math.sin(q))
        ((_, *flat),) = placed([("C", (*one, *two, *three))], to_page)
        curves.append(tuple(float(value) for value in flat))
    curves[-1] = (*curves[-1][:4], *end)
    return curves
