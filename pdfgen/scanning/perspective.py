"""From millimetres on the paper to pixels of a picture, and flat pictures of a part of the paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pdfgen.scanning.morphology import Array

Matrix: TypeAlias = NDArray[np.float64]


class Rect(NamedTuple):
    """A part of the paper in millimetres: its upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


def homography(source: Array, target: Array) -> Matrix:
    """Return the projection that takes points to others, four or more; not a number where there is none.

    It has the least squares of the normalised direct linear transform.
    """
    one, to_one = _normalised(source)
    other, to_other = _normalised(target)
    rows = []
    for (x, y), (u, v) in zip(one, other, strict=True):
        rows.append([-x, -y, -1, 0, 0, 0, u * x, u * y, u])
        rows.append([0, 0, 0, -x, -y, -1, v * x, v * y, v])
    found = np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
    result: Matrix = np.linalg.inv(to_other) @ found @ to_one
    return result / result[2, 2] if abs(result[2, 2]) > 1e-12 else np.full((3, 3), np.nan)


def _normalised(points: Array) -> tuple[Array, Matrix]:
    middle = points.mean(0)
    scale = math.sqrt(2) / (np.sqrt(((points - middle) ** 2).sum(1)).mean() + 1e-9)
    matrix = np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
    return (points - middle) * scale, matrix


def affine(source: Array, target: Array) -> Matrix:
    """Return the affine map that takes points to others, three or more; the least squares."""
    found = np.linalg.lstsq(np.column_stack([source, np.ones(len(source))]), target, rcond=None)[0]
    return np.vstack([found.T, [0, 0, 1]])


def projected(matrix: Matrix, points: Array | Sequence[Sequence[float]]) -> Array:
    """Return where points go."""
    points = np.asarray(points, float)
    result = points @ matrix[:, :2].T + matrix[:, 2]
    flat: Array = result[:, :2] / result[:, 2:]
    return flat


def distances(matrix: Matrix, source: Array, target: Array) -> Array:
    """Return how far points go from where they should."""
    result: Array = np.sqrt(((projected(matrix, source) - target) ** 2).sum(1))
    return result


def pixels_a_millimetre(matrix: Matrix, part: Rect) -> float:
    """Return how fine a picture is in the middle of a part of the paper, the less of across and down."""
    x, y = part.x + part.width / 2, part.y + part.height / 2
    middle, across, down = projected(matrix, [(x, y), (x + 5, y), (x, y + 5)])
    return float(min(np.hypot(*(across - middle)), np.hypot(*(down - middle)))) / 5


def flattened(picture: Image.Image, matrix: Matrix, part: Rect, resolution: float) -> Array:
    """Return a part of the paper as it would look from straight above.

    Args:
        picture: grey or in colours.
        matrix: from millimetres to pixels of the picture.
        part: of the paper.
        resolution: pixels a millimetre of the result.
    """
    step = 1 / resolution
    full = matrix @ np.array([[step, 0, part.x], [0, step, part.y], [0, 0, 1]])
    # Halving before avoids the grain of a picture that is much finer than the result.
    fewer = int(pixels_a_millimetre(matrix, part) / resolution + 0.35)
    if fewer >= 2:
        picture = picture.reduce(fewer)
        shift = 0.5 / fewer - 0.5
        full = np.array([[1 / fewer, 0, shift], [0, 1 / fewer, shift], [0, 0, 1]]) @ full
    # Pillow counts from the corners of pixels, we from their middles.
    full = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]]) @ full
    full = full / full[2, 2]
    size = (max(1, round(part.width * resolution)), max(1, round(part.height * resolution)))
    return np.asarray(
        picture.transform(
            size, Image.Transform.PERSPECTIVE, full.ravel()[:8].tolist(), Image.Resampling.BILINEAR
        )
    )
