"""Smoothing chains of points, fitting Bézier curves to them, and drawing strokes that taper.

The fit is P. J. Schneider, An Algorithm for Automatically Fitting Digitized Curves (Graphics Gems, 1990).
"""

from __future__ import annotations

import numpy as np

from pdfgen.illustration.geometry import Floats

#: mm over which the direction of an end is judged.
_END = 0.22

#: Improvements of the parameters before a curve is cut in two.
_REPEATS = 5


def smooth(points: Floats, sigma: float, *, closed: bool) -> Floats:
    """Return points (n, 2) smoothed along their chain by a Gaussian of `sigma` points; ends stay in place."""
    count = len(points)
    if count < 4:
        return points
    radius = int(3 * sigma) + 1
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    if closed:
        around = points[np.arange(-radius, count + radius) % count]
    else:
        reach = min(radius, count - 1)
        before = 2 * points[0] - points[1 : reach + 1][::-1]
        after = 2 * points[-1] - points[-reach - 1 : -1][::-1]
        around = np.pad(np.concatenate([before, points, after]), ((radius - reach,) * 2, (0, 0)), mode="edge")
    return np.stack([np.convolve(around[:, k], weights, "valid") for k in (0, 1)], 1)


def lengths_along(points: Floats) -> Floats:
    """Return the way from the first point to each, (n,)."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])


def length(points: Floats) -> float:
    """Return the length of a chain of points."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def resampled(points: Floats, step: float) -> Floats:
    """Return points at even distances of about `step`, both ends included."""
    along = lengths_along(points)
    if along[-1] < 1e-9:
        return points
    places = np.linspace(0, along[-1], max(2, round(float(along[-1]) / step) + 1))
    return np.stack([np.interp(places, along, points[:, k]) for k in (0, 1)], 1)


def fit(points: Floats, tolerance: float, *, closed: bool = False) -> list[Floats]:
    """Return cubic Bézier curves (each (4, 2)) that stay within `tolerance` of points (n, 2)."""
    places = np.asarray(points, float)
    if closed:
        places = np.concatenate([places, places[:1]])
    if len(places) < 3:
        third = (places[-1] - places[0]) / 3
        return [np.array([places[0], places[0] + third, places[-1] - third, places[-1]])]
    step = length(places) / max(1, len(places) - 1)
    span = int(np.clip(round(_END / max(step, 1e-6)), 2, 8))
    if closed:
        near = min(span, len(places) // 3)
        start = _direction(places[-1 - near], places[near])
        end = -start
    else:
        start = _direction(places[0], places[min(span, len(places) - 1)])
        end = _direction(places[-1], places[-1 - min(span, len(places) - 1)])
    return _fitted(places, start, end, tolerance, span)


def _direction(start: Floats, end: Floats) -> Floats:
    way = end - start
    result: Floats = way / (np.hypot(way[0], way[1]) + 1e-12)
    return result


def _fitted(points: Floats, start: Floats, end: Floats, tolerance: float, span: int) -> list[Floats]:
    count = len(points)
    if count == 2:
        third = np.hypot(*(points[1] - points[0])) / 3
        return [np.array([points[0], points[0] + start * third, points[1] + end * third, points[1]])]
    along = lengths_along(points)
    places = along / max(float(along[-1]), 1e-12)
    for repeat in range(_REPEATS):
        curve = _generated(points, places, start, end)
        error = ((_at(curve, places) - points) ** 2).sum(1)
        worst = int(error.argmax())
        if error[worst] < tolerance**2:
            return [curve]
        if repeat and error[worst] > (6 * tolerance) ** 2:
            break
        places = _improved(points, curve, places)
    cut = min(max(worst, 1), count - 2)
    near = min(span, max(1, min(cut, count - 1 - cut) + 1))
    middle = _direction(points[min(count - 1, cut + near)], points[max(0, cut - near)])
    left = _fitted(points[: cut + 1], start, middle, tolerance, span)
    return left + _fitted(points[cut:], -middle, end, tolerance, span)


def _generated(points: Floats, places: Floats, start: Floats, end: Floats) -> Floats:
    """Return the curve with given directions at its ends that is nearest to points at `places` (0 to 1)."""
    rest = 1 - places
    b0, b1, b2, b3 = rest**3, 3 * places * rest**2, 3 * places**2 * rest, places**3
    first, second = start * b1[:, None], end * b2[:, None]
    left = points - points[0] * (b0 + b1)[:, None] - points[-1] * (b2 + b3)[:, None]
    c00, c01, c11 = (first * first).sum(), (first * second).sum(), (second * second).sum()
    x0, x1 = (first * left).sum(), (second * left).sum()
    determinant = c00 * c11 - c01 * c01
    chord, whole = float(np.hypot(*(points[-1] - points[0]))), length(points)
    alpha = beta = 0.0
    if abs(determinant) > 1e-12:
        alpha, beta = (x0 * c11 - x1 * c01) / determinant, (c00 * x1 - c01 * x0) / determinant
    if not (1e-3 * chord <= alpha <= whole and 1e-3 * chord <= beta <= whole):
        alpha = beta = min(chord, whole) / 3
    return np.array([points[0], points[0] + start * alpha, points[-1] + end * beta, points[-1]])


def _at(curve: Floats, places: Floats) -> Floats:
    t = places[:, None]
    s = 1 - t
    result: Floats = curve[0] * s**3 + 3 * curve[1] * t * s**2 + 3 * curve[2] * t**2 * s + curve[3] * t**3
    return result


def _improved(points: Floats, curve: Floats, places: Floats) -> Floats:
    """Return places moved towards the feet of the points on the curve (one Newton step)."""
    t = places[:, None]
    s = 1 - t
    d = 3 * np.diff(curve, axis=0)
    slope = d[0] * s**2 + 2 * d[1] * t * s + d[2] * t**2
    bend = 2 * ((d[1] - d[0]) * s + (d[2] - d[1]) * t)
    off = _at(curve, places) - points
    below = (slope * slope).sum(1) + (off * bend).sum(1)
    safe = np.abs(below) > 1e-12
    moved = places - np.where(safe, (off * slope).sum(1) / np.where(safe, below, 1.0), 0.0)
    result: Floats = np.maximum.accumulate(np.clip(moved, 0, 1))
    return result


def straightened(points: Floats, tolerance: float) -> Floats:
    """Return the corners (k, 2) of straight lines within `tolerance` of points (Douglas and Peucker)."""
    kept = np.zeros(len(points), bool)
    kept[[0, -1]] = True
    parts = [(0, len(points) - 1)]
    while parts:
        start, end = parts.pop()
        way = points[end] - points[start]
        size = float(np.hypot(*way))
        off = points[start : end + 1] - points[start]
        away = np.hypot(*off.T) if size < 1e-9 else np.abs(off[:, 0] * way[1] - off[:, 1] * way[0]) / size
        worst = int(away.argmax())
        if away[worst] > tolerance:
            kept[start + worst] = True
            parts += [(start, start + worst), (start + worst, end)]
    return points[kept]


def tapered(points: Floats, width: float, ends: tuple[float, float], over: float) -> Floats:
    """Return the outline (2 n, 2) of a stroke of `width` whose `ends` have other widths, over `over` mm."""
    along = lengths_along(points)
    whole = float(along[-1])
    reach = min(over, 0.45 * whole)

    def eased(way: Floats, narrow: float) -> Floats:
        share = np.clip(way / max(reach, 1e-9), 0, 1)
        result: Floats = narrow + (width - narrow) * share * share * (3 - 2 * share)
        return result

    widths = np.minimum(eased(along, ends[0]), eased(whole - along, ends[1]))
    aside = normals(points) * widths[:, None] / 2
    return np.concatenate([points + aside, (points - aside)[::-1]])


def normals(points: Floats) -> Floats:
    """Return unit vectors (n, 2) across a chain of points."""
    tangents = np.gradient(points, axis=0)
    tangents /= np.hypot(tangents[:, 0], tangents[:, 1])[:, None] + 1e-12
    return np.stack([-tangents[:, 1], tangents[:, 0]], 1)


def through(points: Floats, steps: int = 24) -> Floats:
    """Return a smooth chain through points (n, k): Catmull and Rom's spline, straight for two."""
    places = np.asarray(points, float)
    if len(places) == 2:
        t = np.linspace(0, 1, steps)[:, None]
        return np.asarray(places[0] * (1 - t) + places[1] * t)
    ends = np.concatenate([[2 * places[0] - places[1]], places, [2 * places[-1] - places[-2]]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        cubic = (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3
        parts.append(0.5 * (2 * p1 + (p2 - p0) * t + cubic))
    return np.concatenate([*parts, places[-1:]])
