"""What ink there is in each box of a sheet, measured: how much, how far, how dark, and what else is near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pdfgen.scanning.box_shapes import RING_TO, SECTORS, BoxShape
from pdfgen.scanning.ink import RESOLUTION, Ink
from pdfgen.scanning.morphology import Array, Floats, Mask, closed, components
from pdfgen.scanning.strokes import PlacedBox, Strokes

_PIXEL = 1 / RESOLUTION**2
"""Square millimetres."""

#: A stroke belongs to the box with most of it; it counts in another one if it has so much of that at its cen
_SHARED = 0.55
#: Square millimetres from which a stroke visits a box, and from which it is looked at.
_VISIT, _SPECK = 0.25, 0.02
#: Pixels with which a stroke is in a sector, and sectors from which it may be a piece of a ring.
_IN_SECTOR, _ARC = 2, 3
#: Gaps of a pale ring that are closed, in pixels. In one direction a ring is no thicker than so many
#: millimetres, and it does not come so near the end of where it is looked for.
_MENDED, _THICK, _BORDER = 7, 2.0, 0.15
#: With arcs in fewer directions, thin ones are not looked for.
_FEW = 0.4


class BoxInk(NamedTuple):
    """The ink of a box; lengths in millimetres.

    Attributes:
        area: of the strokes that belong to the box, inside it.
        extent, width, height: of the larger ones of them.
        longest: extent of the largest one alone.
        contrast: how dark they are.
        solid: their part of the rectangle round them.
        boxes: how many boxes the stroke visits that visits most.
        long: their part that is too long for a mark.
        brown: whether they have the colour of a stain.
        entering: whether they begin at the outline.
        foreign: area of strokes of other boxes. through: whether one of these comes through the middle.
        shaded: the part of the box that is darker than ink must be.
        fill: how much darker the box is than the paper round it, and `excess` the same on the average.
        ring: the part of the directions in which strokes go round the box.
        thin: the same without words and outlines.
    """

    area: float
    extent: float
    width: float
    height: float
    longest: float
    contrast: float
    solid: float
    boxes: int
    long: float
    brown: bool
    entering: bool
    foreign: float
    through: bool
    shaded: float
    fill: float
    excess: float
    ring: float
    thin: float


def measured(strokes: Strokes, ink: Ink) -> list[BoxInk]:
    """Return the ink of each box."""
    inside = [_inside(one, strokes.part) for one in strokes.boxes]
    home: dict[int, tuple[float, int]] = {}
    visits: dict[int, int] = {}
    for index, found in enumerate(inside):
        for stroke, area in found.items():
            home[stroke] = max(home.get(stroke, (0.0, -1)), (area, index))
            visits[stroke] = visits.get(stroke, 0) + (area > _VISIT)
    return [
        _box_ink(index, one, strokes, ink, inside[index], home, visits)
        for index, one in enumerate(strokes.boxes)
    ]


def _inside(one: PlacedBox, part: Array) -> dict[int, float]:
    """Return the area of each stroke inside a box, in square millimetres."""
    near = one.of(part)[one.shape.inner]
    strokes, count = np.unique(near[near > 0], return_counts=True)
    return {int(stroke): float(area) for stroke, area in zip(strokes, count * _PIXEL, strict=True)}


def _box_ink(
    index: int,
    one: PlacedBox,
    strokes: Strokes,
    ink: Ink,
    inside: Mapping[int, float],
    home: Mapping[int, tuple[float, int]],
    visits: Mapping[int, int],
) -> BoxInk:
    part, shape, dark = one.of(strokes.part), one.shape, one.of(strokes.dark)
    own: Mask = np.zeros(part.shape, bool)
    foreign, through, boxes = 0.0, False, 0
    for stroke, area in inside.items():
        if area < _SPECK:
            continue
        most, owner = home[stroke]
        here = (part == stroke) & shape.inner
        central = bool((here & shape.centre).any())
        if owner == index or (area >= _SHARED * most and central):
            own |= here
            boxes = max(boxes, visits[stroke])
        else:
            foreign += area
            through |= central
    inner, paper = dark[shape.inner], float(np.median(dark[shape.paper]))
    extent, width, height, solid = _size(own, part, shape.deep) if own.any() else (0.0,) * 4
    marked = own.any() or foreign
    arcs, thin = _rings(part, one.of(strokes.printed), shape) if marked else (0.0, 0.0)
    return BoxInk(
        area=float(own.sum()) * _PIXEL,
        extent=extent,
        width=width,
        height=height,
        longest=_longest(own, part) if own.any() else 0.0,
        contrast=float(np.percentile(dark[own], 75)) if own.any() else 0.0,
        solid=solid,
        boxes=boxes,
        long=float(strokes.long[part[own]].mean()) if own.any() else 0.0,
        brown=_brown(one, own, ink.colours),
        entering=bool((own & shape.rim).any()),
        foreign=foreign,
        through=through,
        shaded=float((inner > max(strokes.limit, 0.12)).mean()),
        fill=float(np.median(inner)) - paper,
        excess=float(inner.mean()) - paper,
        ring=arcs,
        thin=thin,
    )


def _size(own: Mask, part: Array, deep: Mask) -> tuple[float, float, float, float]:
    """Return extent, width, height and solidity of the larger strokes, without crumbs along the outline."""
    names, count = np.unique(part[own], return_counts=True)
    within = np.array([int((deep & own & (part == name)).sum()) for name in names])
    kept = names[(count >= 0.25 * count.max()) & (within >= 3)]
    large = own & np.isin(part, kept) if len(kept) else own & deep
    if not large.any():
        large = own & (part == names[count.argmax()])
    rows, columns = np.nonzero(large)
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    solid = float(own.sum()) / (width * height)
    return float(np.hypot(width, height)) / RESOLUTION, width / RESOLUTION, height / RESOLUTION, solid


def _longest(own: Mask, part: Array) -> float:
    """Return the extent of the largest stroke: a speck among the grain of a poor photo has a small one."""
    names, count = np.unique(part[own], return_counts=True)
    rows, columns = np.nonzero(own & (part == names[count.argmax()]))
    return float(np.hypot(np.ptp(rows) + 1, np.ptp(columns) + 1)) / RESOLUTION


def _brown(one: PlacedBox, own: Mask, colours: Sequence[Floats] | None) -> bool:
    """Return whether ink takes most of blue, less of green and little of red, as coffee does."""
    if colours is None or not own.any():
        return False
    red, green, blue = (float(np.clip(one.of(channel), 0, 1)[own].mean()) for channel in colours)
    return blue > 0.08 and red < 0.72 * blue and 0.45 * blue < green < 0.9 * blue and green > red


def _rings(part: Array, printed: Mask, shape: BoxShape) -> tuple[float, float]:
    """Return the parts of the directions round a box in which arcs, and thin arcs, are.

    Ink inside the box does not count, so that the arms of a cross that runs over are no arcs. Words nearby
    are thicker than a stroke, or end where no ring is looked for any more; outlines are no strokes.
    """
    outside = shape.sector >= 0
    arcs, _ = _directions(closed(part > 0, _MENDED, _MENDED) & outside, shape)
    if arcs < _FEW:
        return arcs, 0.0
    _, thin = _directions(closed((part > 0) & ~printed, _MENDED, _MENDED) & outside, shape)
    return arcs, thin


def _directions(ink: Mask, shape: BoxShape) -> tuple[float, float]:
    """Return the parts of the directions in which pieces of arcs are, and thin ones."""
    if not ink.any():
        return 0.0, 0.0
    pieces = components(ink).painted()[ink].astype(np.int64)
    pairs, place, count = np.unique(
        pieces * SECTORS + shape.sector[ink], return_inverse=True, return_counts=True
    )
    away = shape.away[ink]
    nearest, farthest = np.full(len(pairs), np.inf), np.zeros(len(pairs))
    np.minimum.at(nearest, place, away)
    np.maximum.at(farthest, place, away)
    there = count >= _IN_SECTOR
    thin = there & (farthest - nearest < _THICK) & (farthest < RING_TO - _BORDER)
    return _in_arcs(pairs[there]), _in_arcs(pairs[thin])


def _in_arcs(pairs: Array) -> float:
    """Return the part of the directions that is in pieces of some length."""
    names, sectors = pairs // SECTORS, pairs % SECTORS
    found: set[int] = set()
    for name in np.unique(names):
        own = set(sectors[names == name].tolist())
        if len(own) >= _ARC:
            found |= own
    return len(found) / SECTORS
