"""What every pictogram is drawn with: one round pen, solid shapes with its corners, and circles.

The square is 24 x 24. What is drawn stays between 2 and 22: circles are 20 across, squares 18.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from pdfgen.illustration.svg import Commands, Path, polygon_commands
from pdfgen.illustration.tones import INK, WHITE

SIDE = 24.0

PEN = 2.0
"""Width of the pen; it leaves corners with a radius of 1."""

WHITE_PEN = 2.4
"""Width of white on a solid shape: ink runs into it, and a copier closes it."""

Point: TypeAlias = Sequence[float]


def line(*points: Point, width: float = PEN, ink: str = INK) -> Path:
    """Return straight lines through points."""
    return Path(polygon_commands(points, closed=False), stroke=ink, width=width)


def curve(start: Point, *numbers: Sequence[float], width: float = PEN, ink: str = INK) -> Path:
    """Return joined Bézier curves; each has six numbers: two control points and its end."""
    return Path(_curved(start, numbers), stroke=ink, width=width)


def solid(*points: Point, width: float = PEN, ink: str = INK) -> Path:
    """Return a filled polygon; the pen goes round it, so that it is larger by half of `width`."""
    return Path(polygon_commands(points), fill=ink, stroke=ink, width=width)


def blob(start: Point, *numbers: Sequence[float]) -> Path:
    """Return a closed shape of Bézier curves that the pen goes round."""
    return Path((*_curved(start, numbers), ("Z", ())), fill=INK, stroke=INK, width=PEN)


def frame(*points: Point) -> Path:
    """Return a polygon that is white inside."""
    return Path(polygon_commands(points), fill=WHITE, stroke=INK, width=PEN)


def disc(middle: Point, radius: float, ink: str = INK) -> Path:
    """Return a filled circle."""
    return Path((*_round(middle, (radius, radius), 0, 360), ("Z", ())), fill=ink)


def ring(middle: Point, radius: float) -> Path:
    """Return a circle, white inside; `radius` is that of its outer edge."""
    inner = radius - PEN / 2
    return Path((*_round(middle, (inner, inner), 0, 360), ("Z", ())), fill=WHITE, stroke=INK, width=PEN)


def arc(middle: Point, radius: Point, start: float, end: float, width: float = PEN) -> Path:
    """Return a part of an ellipse; degrees, clockwise on paper, 0 at the right."""
    return Path(_round(middle, radius, start, end), stroke=INK, width=width)


def turned(path: Path, angle: float, about: Point) -> Path:
    """Return a path turned clockwise on paper by `angle` degrees."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    matrix = np.array([[cos, sin], [-sin, cos]])
    commands = []
    for letter, numbers in path.commands:
        places = (np.reshape(numbers, (-1, 2)) - about) @ matrix + about
        commands.append((letter, tuple(round(float(value), 3) for value in places.ravel())))
    return Path(tuple(commands), path.fill, path.stroke, path.width)


def _curved(start: Point, curves: Sequence[Sequence[float]]) -> Commands:
    moves: list[tuple[str, tuple[float, ...]]] = [("M", tuple(start))]
    return (*moves, *(("C", tuple(numbers)) for numbers in curves))


def _round(middle: Point, radius: Point, start: float, end: float) -> Commands:
    """Return an arc in pieces of at most a quarter, each one Bézier curve."""
    pieces = max(1, int(np.ceil(abs(end - start) / 90 - 1e-9)))
    turns = np.radians(np.linspace(start, end, pieces + 1))
    places = np.stack([np.cos(turns), np.sin(turns)], 1) * radius + middle
    ways = np.stack([-np.sin(turns), np.cos(turns)], 1) * radius
    # A Bézier curve with handles of this length stays within 0.03 % of an arc.
    handle = 4 / 3 * np.tan((turns[1] - turns[0]) / 4)
    curves = [
        np.concatenate([places[a] + handle * ways[a], places[b] - handle * ways[b], places[b]]).round(3)
        for a, b in itertools.pairwise(range(pieces + 1))
    ]
    return _curved(places[0].round(3).tolist(), [numbers.tolist() for numbers in curves])
