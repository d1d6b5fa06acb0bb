"""A z-buffer: triangles go in, and which of them is nearest in each pixel comes out.

Pixels are covered exactly: every row of every triangle becomes one span, and spans become pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pdfgen.illustration.geometry import Floats, Ints

_EDGES = ((0, 1), (1, 2), (2, 0))


@dataclass(frozen=True, eq=False)
class Fragments:
    """Pixels of triangles: pixel number (row * width + column), triangle, nearness; each (k,)."""

    pixels: Ints
    triangles: Ints
    near: Floats


def fragments(corners: Floats, width: int, height: int) -> Fragments:
    """Return all pixels whose middle lies in a triangle.

    `corners` is (m, 3, 3): for three corners of m triangles the column and row in pixels, and the nearness.
    """
    triangle, row = _rows(corners, height)
    low, high = _spans(corners, triangle, row.astype(float) + 0.5)
    first = np.maximum(np.ceil(low - 0.5).astype(np.int64), 0)
    last = np.minimum(np.ceil(high - 0.5).astype(np.int64) - 1, width - 1)
    count = np.maximum(last - first + 1, 0)
    span = np.repeat(np.arange(len(count)), count)
    column = np.arange(len(span)) - np.repeat(np.cumsum(count) - count, count) + first[span]
    owner, line = triangle[span], row[span]
    slope_x, slope_y, base = _planes(corners)
    near = base[owner] + slope_x[owner] * (column + 0.5) + slope_y[owner] * (line + 0.5)
    return Fragments(line * width + column, owner, near)


def _rows(corners: Floats, height: int) -> tuple[Ints, Ints]:
    """Return for each row of each triangle its triangle and its number."""
    tops, bottoms = corners[:, :, 1].min(1), corners[:, :, 1].max(1)
    first = np.maximum(np.ceil(tops - 0.5).astype(np.int64), 0)
    last = np.minimum(np.floor(bottoms - 0.5).astype(np.int64), height - 1)
    count = np.maximum(last - first + 1, 0)
    triangle = np.repeat(np.arange(len(corners)), count)
    row = np.arange(len(triangle)) - np.repeat(np.cumsum(count) - count, count) + first[triangle]
    return triangle, row


def _spans(corners: Floats, triangle: Ints, middle: Floats) -> tuple[Floats, Floats]:
    """Return where rows enter and leave their triangle; an empty span where they miss it."""
    low, high = np.full(len(triangle), np.inf), np.full(len(triangle), -np.inf)
    for start, end in _EDGES:
        xa, ya = corners[triangle, start, 0], corners[triangle, start, 1]
        xb, yb = corners[triangle, end, 0], corners[triangle, end, 1]
        crosses = (ya <= middle) != (yb <= middle)
        rise = np.where(crosses, yb - ya, 1.0)
        x = xa + (middle - ya) * (xb - xa) / rise
        low = np.where(crosses, np.minimum(low, x), low)
        high = np.where(crosses, np.maximum(high, x), high)
    missed = low > high
    return np.where(missed, 0.0, low), np.where(missed, -1.0, high)


def _planes(corners: Floats) -> tuple[Floats, Floats, Floats]:
    """Return for each triangle how nearness grows by column and row, and its value at the origin."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    u, v = b - a, c - a
    area = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    safe = np.where(np.abs(area) > 1e-12, area, 1.0)
    slope_x = (u[:, 2] * v[:, 1] - v[:, 2] * u[:, 1]) / safe
    slope_y = (v[:, 2] * u[:, 0] - u[:, 2] * v[:, 0]) / safe
    return slope_x, slope_y, a[:, 2] - slope_x * a[:, 0] - slope_y * a[:, 1]


def barycentric(corners: Floats, triangles: Ints, pixels: Ints, width: int) -> Floats:
    """Return the weights (k, 3) of the corners of `triangles` (k,) in the middles of `pixels` (k,)."""
    x, y = pixels % width + 0.5, pixels // width + 0.5
    a, b, c = (corners[triangles, k] for k in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    area = np.where(np.abs(area) > 1e-12, area, 1.0)
    first = ((b[:, 0] - x) * (c[:, 1] - y) - (b[:, 1] - y) * (c[:, 0] - x)) / area
    second = ((c[:, 0] - x) * (a[:, 1] - y) - (c[:, 1] - y) * (a[:, 0] - x)) / area
    return np.stack([first, second, 1 - first - second], 1)


def nearest(found: Fragments, size: int) -> tuple[Ints, Floats]:
    """Return for each of `size` pixels the number of its nearest fragment (-1: none) and its nearness."""
    depth = np.full(size, -np.inf)
    np.maximum.at(depth, found.pixels, found.near)
    wins = np.nonzero(found.near >= depth[found.pixels])[0]
    winner = np.full(size, -1, np.int64)
    winner[found.pixels[wins]] = wins
    return winner, depth
