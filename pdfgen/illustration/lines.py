"""From a map of pixels to lines and areas on paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pdfgen.illustration.chains import Chain, Corner, follow, join, split, stretches
from pdfgen.illustration.clothing import HANDS
from pdfgen.illustration.cracks import FAR_OWNER, HARD_OWNER, PROP_OWNER, Cracks, find_cracks
from pdfgen.illustration.curves import smooth
from pdfgen.illustration.geometry import Bools, Floats
from pdfgen.illustration.pixel_map import PixelMap
from pdfgen.illustration.tones import LineKind, Material

#: mm: smoothing of lines; the shortest change of kind; the shortest line with one free end, and with two; the
#: smallest area (mm²).
_SMOOTHING, _SHORTEST_KIND, _SHORTEST_FREE, _SHORTEST_ALONE, _SMALLEST_AREA = 0.16, 0.7, 0.85, 2.0, 0.25

#: mm: lines on the figure that run this near to its outline are left out.
_BESIDE_OUTLINE = 0.32
_SMALLEST_LOOP = 0.5


@dataclass(frozen=True, eq=False)
class Line:
    """A line in mm: its kind, whose it is, whether its parts are straight, and which ends hang free."""

    points: Floats
    kind: LineKind
    far: bool = False
    prop: bool = False
    straight: bool = False
    hand: bool = False
    closed: bool = False
    free: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, eq=False)
class Area:
    """An area of one material; loops of points in mm, holes by the even-odd rule."""

    material: Material
    far: bool
    loops: tuple[Floats, ...]


def find_areas(seen: PixelMap) -> list[Area]:
    """Return the areas of all colours."""
    codes = seen.codes
    return [
        Area(Material(int(code) // 2), bool(code % 2), tuple(loops))
        for code in np.unique(codes[codes > 0])
        if (loops := outlines(codes == code, seen))
    ]


def outlines(mask: Bools, seen: PixelMap) -> list[Floats]:
    """Return the smooth borders of a mask (h, w) in mm."""
    padded = np.pad(mask.astype(np.int64), 1)
    across = (padded[1:, 1:-1] != padded[:-1, 1:-1]).astype(np.int64)
    down = (padded[1:-1, 1:] != padded[1:-1, :-1]).astype(np.int64)
    fine = seen.grid.fine
    loops = []
    for chain in join(follow(across, down)[0], widest=181):
        if len(chain.corners) < 5 or not chain.closed:
            continue
        points = np.array(chain.corners[:-1], float)
        x, y = points.T
        if abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2 < _SMALLEST_AREA * fine**2:
            continue
        loops.append(seen.grid.to_paper(smooth(points, fine * _SMOOTHING, closed=True)))
    return loops


def find_lines(seen: PixelMap) -> list[Line]:
    """Return all lines of a map."""
    cracks = find_cracks(seen)
    chains, degree = follow(cracks.across, cracks.down)
    fine = seen.grid.fine
    pieces = [piece for chain in chains for piece in split(chain, int(_SHORTEST_KIND * fine))]
    kept = [piece for piece in pieces if _worth_drawing(piece, degree, cracks, fine)]
    return [line for chain in join(kept) for line in _lines_of(chain, degree, seen)]


def _worth_drawing(piece: Chain, degree: dict[Corner, int], cracks: Cracks, fine: int) -> bool:
    corners = np.array(piece.corners)
    size = int(np.ptp(corners, axis=0).max())
    inner = piece.kinds[0] % FAR_OWNER in (LineKind.OVERLAP, LineKind.FOLD)
    free = (degree[piece.corners[0]] == 1) + (degree[piece.corners[-1]] == 1)
    least = _SHORTEST_ALONE if free == 2 else _SHORTEST_FREE
    if inner and (free or piece.closed) and size < least * fine:
        return False
    if piece.closed and size < _SMALLEST_LOOP * fine:
        return False
    height, width = cracks.inside.shape
    x, y = np.minimum(corners, (width - 1, height - 1)).T
    return not inner or float(cracks.inside[y, x].mean()) >= _BESIDE_OUTLINE


def _lines_of(chain: Chain, degree: dict[Corner, int], seen: PixelMap) -> list[Line]:
    points = np.array(chain.corners, float)
    closed = chain.closed
    smoothed = smooth(points[:-1] if closed else points, seen.grid.fine * _SMOOTHING, closed=closed)
    whole = np.concatenate([smoothed, smoothed[:1]]) if closed else smoothed
    runs = stretches(chain)
    loop = closed and len(runs) == 1
    free = [degree[chain.corners[end]] == 1 and not closed for end in (0, -1)]
    last = len(chain.kinds)
    return [
        Line(
            points=seen.grid.to_paper(smoothed if loop else whole[start : end + 1]),
            kind=LineKind(kind % FAR_OWNER),
            far=kind // FAR_OWNER == 1,
            prop=kind >= PROP_OWNER,
            straight=kind >= HARD_OWNER,
            hand=_is_of_hand(chain.corners[start:end], seen),
            closed=loop,
            free=(free[0] and start == 0, free[1] and end == last),
        )
        for start, end, kind in runs
    ]


def _is_of_hand(corners: tuple[Corner, ...], seen: PixelMap) -> bool:
    """Tell whether a line runs mostly on a hand, by the nearest thing at some of its corners."""
    height, width = seen.near.shape
    shares = []
    for x, y in corners[:: max(1, len(corners) // 9)]:
        rows, columns = np.clip([y - 2, y + 1], 0, height - 1), np.clip([x - 2, x + 1], 0, width - 1)
        near = seen.near[np.ix_(rows, columns)]
        best = np.unravel_index(int(near.argmax()), near.shape)
        shares.append(float(seen.values[rows[best[0]], columns[best[1]], HANDS]))
    return bool(shares) and float(np.mean(shares)) > 0.6
