"""The six marks of a sheet (ArUco, dictionary 4×4_50, ids 0 to 5), found to parts of a pixel.

Dark parts of about the right size become quadrilaterals, whose sides are then laid along the steepest change
of brightness. Sixteen bits say which mark it is and how it is turned.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageFilter

from pdfgen.scanning.morphology import Array, Components, components
from pdfgen.scanning.perspective import homography, projected

#: The inner 4×4 modules of each mark, row by row, 1 is white.
_PATTERNS = (0xB532, 0x0F9A, 0x332D, 0x9946, 0x549E, 0x79CD)
_BITS = tuple(
    np.array([pattern >> (15 - place) & 1 for place in range(16)]).reshape(4, 4) for pattern in _PATTERNS
)
_MODULES = 6

#: Longest sides of the pictures that are searched, one after the other, until so many marks are found.
_SEARCHED = (900, 1300, 2000)
_ENOUGH = 5

#: Darker than so much of the brightness round it, in a window of so much of the longest side.
_DARK, _WINDOW = 0.86, 0.045
#: Least and most size of a mark, in parts of the longest side.
_LEAST, _MOST = 0.012, 0.09
#: Most candidates looked at: a page of small print has thousands of parts, but few of this size.
_CANDIDATES = 400

#: Modules of the rim that may be light, and bits that may be wrong. The six differ in at least six bits.
_RIM_ERRORS, _BIT_ERRORS = 2, 1


def find_marks(picture: Image.Image) -> dict[int, Array]:
    """Return the corners of each mark that was found, from its own upper left one, clockwise, in pixels.

    Args:
        picture: grey.
    """
    pixels = np.asarray(picture)
    found: dict[int, list[tuple[int, Array]]] = {}
    tried = set()
    for longest in _SEARCHED:
        fewer = max(1, round(max(picture.size) / longest))
        if fewer in tried:
            continue
        tried.add(fewer)
        for corners in _quadrilaterals(picture, fewer):
            mark = _mark(pixels, _refined(pixels, _refined(pixels, corners)))
            if mark:
                ident, wrong, turned = mark
                found.setdefault(ident, []).append((wrong, turned))
        if len(found) >= _ENOUGH:
            break
    return _alike(found)


def _alike(found: dict[int, list[tuple[int, Array]]]) -> dict[int, Array]:
    """Return one of each mark: those that are about as large as the ones without a wrong bit."""
    sizes = [_side(corners) for many in found.values() for wrong, corners in many if wrong == 0]
    usual = float(np.median(sizes)) if sizes else None
    result = {}
    for ident, many in found.items():
        rated = [
            (wrong, abs(np.log(_side(corners) / usual)) if usual else 0.0, corners) for wrong, corners in many
        ]
        near = [one for one in rated if one[1] < 0.45]
        if near:
            result[ident] = min(near, key=lambda one: one[:2])[2]
    return result


def _side(corners: Array) -> float:
    return float(np.sqrt(((corners - np.roll(corners, -1, 0)) ** 2).sum(1)).mean())


def _quadrilaterals(picture: Image.Image, fewer: int) -> Iterator[Array]:
    """Yield the corners of dark parts that could be marks, in pixels of the whole picture."""
    small = picture.reduce(fewer) if fewer > 1 else picture
    longest = max(small.size)
    level = np.asarray(small.filter(ImageFilter.BoxBlur(longest * _WINDOW / 2))).astype(np.float32)
    parts = components(np.asarray(small) < level * _DARK - 3)
    left, top, right, bottom = parts.extents()
    width, height = right - left + 1, bottom - top + 1
    large, less = np.maximum(width, height), np.minimum(width, height)
    likely = (less > longest * _LEAST) & (large < longest * _MOST) & (large < 1.9 * less)
    likely &= parts.areas() > 0.25 * width * height
    likely[0] = False
    for part in np.nonzero(likely)[0][:_CANDIDATES]:
        corners, area = _quadrilateral(_edges(parts, int(part)))
        if area < 0.36 * width[part] * height[part]:
            continue
        corners = (corners + 0.5) * fewer - 0.5
        middle = corners.mean(0)
        away = corners - middle
        yield corners + away / (np.sqrt((away**2).sum(1, keepdims=True)) + 1e-9) * 0.7 * fewer


def _edges(parts: Components, part: int) -> Array:
    """Return the first and last pixel of each run of a part."""
    own = parts.part == part
    row = parts.row[own]
    return np.concatenate(
        [np.column_stack([parts.start[own], row]), np.column_stack([parts.end[own] - 1, row])]
    ).astype(float)


def _quadrilateral(points: Array) -> tuple[Array, float]:
    """Return the four outermost points, clockwise as pictures count, and the area between them."""
    first = points[((points - points.mean(0)) ** 2).sum(1).argmax()]
    third = points[((points - first) ** 2).sum(1).argmax()]
    along = third - first
    across = (points - first) @ np.array([-along[1], along[0]])
    corners = np.array([first, points[across.argmax()], third, points[across.argmin()]])
    after = np.roll(corners, -1, 0)
    area = 0.5 * float((corners[:, 0] * after[:, 1] - after[:, 0] * corners[:, 1]).sum())
    return (corners if area >= 0 else corners[::-1]), abs(area)


def _refined(pixels: Array, corners: Array) -> Array:
    """Return corners where straight lines along the sides meet; the same ones where that goes wrong."""
    side = _side(corners)
    lines = [_line(pixels, corners[place], corners[(place + 1) % 4], side) for place in range(4)]
    result = []
    for place in range(4):
        one, other = lines[place - 1], lines[place]
        if one is None or other is None:
            return corners
        both = np.array([one[1], -other[1]]).T
        if abs(np.linalg.det(both)) < 1e-3:
            return corners
        result.append(one[0] + one[1] * np.linalg.solve(both, other[0] - one[0])[0])
    moved = np.array(result)
    return moved if np.abs(moved - corners).max() < max(4, 0.2 * side) else corners


def _line(pixels: Array, start: Array, end: Array, side: float) -> tuple[Array, Array] | None:
    """Return a point and the direction of the line where it gets lighter across a side."""
    along = (end - start) / (np.hypot(*(end - start)) + 1e-9)
    outward = np.array([along[1], -along[0]])
    base = start + (end - start) * np.linspace(0.12, 0.88, 21)[:, None]
    reach = max(2.5, side * 0.09)
    steps = np.linspace(-reach, reach, int(4 * reach) + 1)
    values = _values_at(pixels, base[:, :1] + outward[0] * steps, base[:, 1:] + outward[1] * steps)
    rise = np.gradient(values, axis=1)
    rise[rise < 0] = 0
    weight = rise * (np.abs(np.arange(len(steps)) - rise.argmax(1)[:, None]) <= 3)
    total = weight.sum(1)
    points = base + outward * ((weight * steps).sum(1) / (total + 1e-6))[:, None]
    good = total > 0.4 * np.median(total)
    middle, direction = points.mean(0), along
    for _ in range(3):
        if good.sum() < 5:
            return None
        middle = points[good].mean(0)
        direction = np.linalg.svd(points[good] - middle)[2][0]
        away = np.abs((points - middle) @ np.array([-direction[1], direction[0]]))
        good &= away < max(0.5, 2.5 * float(np.median(away[good])))
    return middle, direction


def _values_at(pixels: Array, x: Array, y: Array) -> Array:
    """Return brightness between pixels."""
    x = np.clip(x, 0, pixels.shape[1] - 1.001)
    y = np.clip(y, 0, pixels.shape[0] - 1.001)
    left, top = x.astype(int), y.astype(int)
    right, low = x - left, y - top
    upper = pixels[top, left] * (1 - right) + pixels[top, left + 1] * right
    lower = pixels[top + 1, left] * (1 - right) + pixels[top + 1, left + 1] * right
    result: Array = upper * (1 - low) + lower * low
    return result


def _mark(pixels: Array, corners: Array) -> tuple[int, int, Array] | None:
    """Return the id of a mark, its wrong bits, and its corners from its own upper left one."""
    square = np.array([[0, 0], [_MODULES, 0], [_MODULES, _MODULES], [0, _MODULES]], float)
    to_picture = homography(square, corners)
    if not np.isfinite(to_picture).all():
        return None
    middles = np.arange(_MODULES) + 0.5
    across, down = np.meshgrid(middles, middles)
    values = np.zeros((_MODULES, _MODULES))
    for dx in (-0.2, 0, 0.2):
        for dy in (-0.2, 0, 0.2):
            places = projected(to_picture, np.column_stack([(across + dx).ravel(), (down + dy).ravel()]))
            values += _values_at(pixels, places[:, 0], places[:, 1]).reshape(values.shape) / 9
    rim = np.concatenate([values[0], values[-1], values[1:-1, 0], values[1:-1, -1]])
    core = values[1:5, 1:5]
    if core.max() - rim.mean() < 25:
        return None
    limit = 0.5 * (np.percentile(core, 85) + np.median(rim))
    if (rim > limit).sum() > _RIM_ERRORS:
        return None
    bits = (core > limit).astype(int)
    for ident, pattern in enumerate(_BITS):
        for turn in range(4):
            wrong = int((np.rot90(bits, turn) != pattern).sum())
            if wrong <= _BIT_ERRORS:
                return ident, wrong, np.roll(corners, -turn, axis=0)
    return None
