"""Where each box really is: its printed outline is found in the flat picture.

This corrects what a projection cannot: curled paper, lenses, folds. The profile across a side is the median
along it, so that strokes hardly matter; a smooth map over all boxes, and their neighbours, do the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pdfgen.scanning.ink import RESOLUTION
from pdfgen.scanning.morphology import Array, Floats, Mask
from pdfgen.typesetting.tracker_geometry import SheetBox

#: Outlines are looked for so many millimetres to each side, and once more so many round where they were.
_SEARCH, _AGAIN = 1.6, 1.0
#: A second look where boxes are moved by more.
_MOVED = 0.5
#: Boxes that it takes for a map of third, second, first order, and its terms; fewer are all moved alike.
_ORDERS = ((30, 10), (9, 6), (6, 3), (1, 1))
#: Neighbours count less with distance: to a third at so many millimetres.
_NEAR = 16.0
#: A pale outline, as round a filled box, is one where it lies so near the map of the clear ones; by chance
#: one in seventy does.
_AGREES = 0.20
#: A clear outline that lies farther from the map is another thing.
_ASTRAY = 0.6


class Outlines(NamedTuple):
    """Where boxes are.

    Attributes:
        moved: of each box, to the right and down, in millimetres.
        found: the part of the boxes whose outline lies where the smooth map has it.
        spread: how far off these are, root mean square in millimetres.
        sure: of each box: how many outlines near it can be trusted, its own included.
        seen: of each box, whether its own outline is one of them.
    """

    moved: Array
    found: float
    spread: float
    sure: Array
    seen: Mask


def find_outlines(darkness: Floats, boxes: Sequence[SheetBox], left: float, top: float) -> Outlines:
    """Find the outlines of boxes in a flat picture whose upper left corner is at (left, top) millimetres."""
    result = _fitted(darkness, boxes, left, top, _SEARCH, np.zeros((len(boxes), 2)))
    if result.found > 0.3 and np.abs(result.moved).max() > _MOVED:
        result = _fitted(darkness, boxes, left, top, _AGAIN, result.moved)
    return result


def _fitted(
    darkness: Floats, boxes: Sequence[SheetBox], left: float, top: float, search: float, start: Array
) -> Outlines:
    measured = [
        _offset(darkness, box.x + dx - left, box.y + dy - top, box.size, search)
        for box, (dx, dy) in zip(boxes, start, strict=True)
    ]
    offsets = np.array([offset for offset, _ in measured]) + start
    contrast = np.array([dark for _, dark in measured])
    clear = (contrast > max(0.05, 0.35 * float(np.percentile(contrast, 80)))) & np.isfinite(offsets).all(1)
    middles = np.array([(box.x + box.size / 2, box.y + box.size / 2) for box in boxes])
    fit, good = _smooth(middles, offsets, clear)
    spread = float(np.sqrt((((offsets - fit)[good]) ** 2).sum(1).mean())) if good.any() else 9.9
    moved, sure = _with_neighbours(middles, offsets, fit, good)
    away = np.sqrt(((np.nan_to_num(offsets, nan=9.0) - moved) ** 2).sum(1))
    good |= away < _AGREES
    moved, sure = _with_neighbours(middles, offsets, fit, good)
    return Outlines(moved, float(good.mean()), spread, np.where(clear & (away > _ASTRAY), 0, sure), good)


def _smooth(middles: Array, offsets: Array, clear: Array) -> tuple[Array, Array]:
    """Return a smooth map of the offsets, and which boxes lie on it."""
    fit, good = np.zeros(offsets.shape), clear.copy()
    if not clear.any():
        return fit, good
    good &= np.abs(offsets - np.median(offsets[clear], 0)).max(1) < 2.0
    u, v = (middles - middles.mean(0)).T / 100.0
    columns = [np.ones(len(middles)), u, v, u * u, u * v, v * v, u**3, u * u * v, u * v * v, v**3]
    for _ in range(6):
        many = int(good.sum())
        if not many:
            break
        terms = np.column_stack(columns[: next(count for least, count in _ORDERS if many >= least)])
        fit = terms @ np.linalg.lstsq(terms[good], offsets[good], rcond=None)[0]
        away = np.sqrt(((np.nan_to_num(offsets, nan=9.0) - fit) ** 2).sum(1))
        good = clear & (away < max(0.30, 2.5 * float(np.median(away[good]))))
    return fit, good


def _with_neighbours(middles: Array, offsets: Array, fit: Array, good: Array) -> tuple[Array, Array]:
    """Return the map bent to what trusted boxes near each box say, and how many these are."""
    apart = ((middles[:, None] - middles[None]) ** 2).sum(2)
    weight = np.exp(-apart / _NEAR**2) * good[None]
    rest = np.where(good[:, None], offsets - fit, 0)
    sure = weight.sum(1)
    bent: Array = fit + (weight @ rest) / (sure[:, None] + 0.3)
    return bent, sure


def _offset(darkness: Floats, x: float, y: float, size: float, search: float) -> tuple[Array, float]:
    """Return how far the outline is from (x, y), and how dark its lighter side is."""
    reach = round(search * RESOLUTION)
    edges = [place * RESOLUTION for place in (x, x + size, y, y + size)]
    left, right = round(edges[0]) - reach - 2, round(edges[1]) + reach + 3
    top, low = round(edges[2]) - reach - 2, round(edges[3]) + reach + 3
    if left < 0 or top < 0 or right > darkness.shape[1] or low > darkness.shape[0]:
        return np.array([np.nan, np.nan]), 0.0
    part = darkness[top:low, left:right]
    quarter = 0.25 * size * RESOLUTION
    rows = slice(round(edges[2] + quarter) - top, round(edges[3] - quarter) - top)
    columns = slice(round(edges[0] + quarter) - left, round(edges[1] - quarter) - left)
    across = _shift(np.median(part[rows], axis=0), edges[0] - left, edges[1] - left, reach)
    down = _shift(np.median(part[:, columns], axis=1), edges[2] - top, edges[3] - top, reach)
    return np.array([across[0], down[0]]), min(across[1], down[1])


def _shift(profile: Array, first: float, second: float, reach: int) -> tuple[float, float]:
    """Return the shift in millimetres at which both sides are darkest, and how dark the lighter is."""
    profile = profile - np.median(profile)
    steps = np.arange(-reach, reach + 1)

    def at(place: float) -> Array:
        places = place - 0.5 + steps
        whole = np.clip(np.floor(places).astype(int), 0, len(profile) - 2)
        rest = places - np.floor(places)
        values: Array = profile[whole] * (1 - rest) + profile[whole + 1] * rest
        return values

    one, other = at(first), at(second)
    score = np.minimum(one, other) + 0.25 * (one + other)
    best = int(score.argmax())
    between = 0.0
    if 0 < best < len(score) - 1:
        bend = score[best - 1] - 2 * score[best] + score[best + 1]
        if abs(bend) > 1e-6:
            between = float(np.clip(0.5 * (score[best - 1] - score[best + 1]) / bend, -0.5, 0.5))
    return float(steps[best] + between) / RESOLUTION, float(min(one[best], other[best]))
