"""Strokes of pens in a flat picture: which points are ink, and which of them hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from pdfgen.scanning.box_shapes import BoxShape, box_shape
from pdfgen.scanning.ink import RESOLUTION, Ink
from pdfgen.scanning.morphology import Array, Floats, Mask, closed, components, dilated, mean, opened
from pdfgen.typesetting.tracker_geometry import SheetBox

#: Strokes are narrower than so many pixels (2.4 mm); what is wider counts where it is darker than `_SOLID`.
_WIDEST, _SOLID = 19, 0.38
#: Ink is so many times darker than the noise of the paper, within limits.
_NOISE, _LEAST, _MOST = 4.5, 0.10, 0.26
#: Above this the picture is smoothed once more before strokes are looked for.
_NOISY = 0.12
GRAINY = 0.11
"""Limit of ink above which grain hides light pencil but for specks."""
#: Of a grainy page each box has a limit, from so many boxes round it: shadows are grainier than what is lit.
#: It is at most so many times that of the page: more comes from marks where nearly all boxes have one.
_ROUND, _GRAINIER = 12, 1.4
#: Between boxes it goes over on so many millimetres, and is drawn for every so many pixels.
_OVER, _STEP = 10.0, 32
#: Inside the outline ink does not count on so many millimetres, more where the outline is blurred.
_MARGIN, _WIDER, _STEPS = 0.62, 0.16, 4
#: Straight level lines longer than this are printed, or drawn right through a row.
_RULE = 18 * RESOLUTION | 1
#: Strokes that cross an outline are joined again over so many pixels.
_JOINED = 9
#: Strokes longer than so many millimetres are no marks: folds, rims of stains, lines drawn through a row.
_LONG = 30.0


class PlacedBox(NamedTuple):
    """A box with its masks, and where these begin in the flat picture."""

    box: SheetBox
    shape: BoxShape
    top: int
    left: int

    def of(self, values: Array) -> Array:
        """Return the part of a picture round the box."""
        size = 2 * self.shape.reach + 1
        return values[self.top : self.top + size, self.left : self.left + size]


class Strokes(NamedTuple):
    """The ink of a sheet.

    Attributes:
        boxes: with the places of their masks.
        dark: darkness, smoothed.
        part: the number of the stroke of each pixel, 0 is none.
        printed: where the outline of any box may show.
        long: of each stroke, whether it is longer than any mark.
        limit: darkness from which a point is ink, where the page is lit best.
        margin: that was left free inside outlines.
    """

    boxes: tuple[PlacedBox, ...]
    dark: Floats
    part: Array
    printed: Mask
    long: Array
    limit: float
    margin: float


def find_strokes(ink: Ink, boxes: Sequence[SheetBox], places: Array, fineness: float) -> Strokes:
    """Find the strokes on a sheet.

    Args:
        ink: of the flat picture; the surroundings of every box are in it.
        boxes: of the sheet.
        places: left and upper edge of each box in the flat picture, in millimetres.
        fineness: pixels a millimetre of the original picture; coarse ones smear outlines.
    """
    dark, narrow, noise, base = _smoothed(ink.darkness, boxes, places)
    limit = float(np.clip(base + _NOISE * noise, _LEAST, _MOST))
    margin = _margin(narrow, boxes, places, _MARGIN + 0.9 * max(0.0, 1 / fineness - 0.16), limit)
    placed = _placed(boxes, places, margin)
    limits = _local_limits(narrow, boxes, places, limit) if limit > GRAINY else limit
    inked = (narrow > limits) | (dark > _SOLID)
    outline = float(np.median([np.percentile(one.of(dark)[one.shape.core], 40) for one in placed]))
    band = np.zeros(inked.shape, bool)
    inside, printed = np.zeros(inked.shape, bool), np.zeros(inked.shape, bool)
    for one in placed:
        one.of(printed)[one.shape.near] = True
        one.of(band)[one.shape.band] = True
        one.of(inside)[one.shape.inner] = True
    # Printed outlines go; where something much darker crosses one, it stays.
    inked &= ~band | (dark > np.maximum(outline * 1.18 + 0.08, limits))
    inked &= inside | ~_rules(inked)
    joined = inked | (band & closed(inked, _JOINED, _JOINED))
    parts = components(joined)
    left, top, right, bottom = parts.extents()
    long = np.hypot(right - left, bottom - top) > _LONG * RESOLUTION
    long[0] = False
    return Strokes(placed, dark, parts.painted(), printed, long, limit, margin)


def _smoothed(
    darkness: Floats, boxes: Sequence[SheetBox], places: Array
) -> tuple[Floats, Floats, float, float]:
    """Return the darkness, that of narrow things alone, the noise of the latter and its middle."""
    for size in (3, 5):
        dark = mean(darkness, size)
        narrow = dark - opened(dark, _WIDEST, _WIDEST)
        noise, base = _noise(narrow, boxes, places)
        if base + _NOISE * noise <= _NOISY:
            break
    return dark, narrow, noise, base


def _noise(narrow: Floats, boxes: Sequence[SheetBox], places: Array) -> tuple[float, float]:
    """Return noise and middle of the quietest third of the boxes: those with marks are none of them."""
    return _of_quiet(_noises(narrow, boxes, places))


def _noises(narrow: Floats, boxes: Sequence[SheetBox], places: Array) -> Array:
    """Return noise and middle of each box."""
    measured = []
    for box, (x, y) in zip(boxes, places, strict=True):
        left, top = int((x + 1.5) * RESOLUTION), int((y + 1.5) * RESOLUTION)
        size = int((box.size - 3) * RESOLUTION)
        part = narrow[top : top + size, left : left + size]
        middle = float(np.median(part))
        measured.append((1.4826 * float(np.median(np.abs(part - middle))), middle))
    return np.array(measured)


def _of_quiet(noises: Array) -> tuple[float, float]:
    quiet = np.array(sorted(noises.tolist())[: max(3, int(0.35 * len(noises)))])
    return float(quiet[:, 0].mean()) + 0.002, float(np.median(quiet[:, 1]))


def _local_limits(narrow: Floats, boxes: Sequence[SheetBox], places: Array, usual: float) -> Floats:
    """Return the limit of ink of each pixel, by the noise of the boxes round it."""
    noises = _noises(narrow, boxes, places)
    middles = places + np.array([box.size / 2 for box in boxes])[:, None]
    limits = []
    for middle in middles:
        near = ((middles - middle) ** 2).sum(1).argsort()[:_ROUND]
        noise, base = _of_quiet(noises[near])
        limits.append(np.clip(base + _NOISE * noise, _LEAST, _GRAINIER * usual))
    height, width = narrow.shape
    down, across = (np.arange(0, side + _STEP, _STEP) / RESOLUTION for side in (height, width))
    apart = (down[:, None, None] - middles[:, 1]) ** 2 + (across[:, None] - middles[:, 0]) ** 2
    weight = np.exp((apart.min(2, keepdims=True) - apart) / (2 * _OVER**2))
    drawn = ((weight * limits).sum(2) / weight.sum(2)).astype(np.float32)
    size = (drawn.shape[1] * _STEP, drawn.shape[0] * _STEP)
    return np.asarray(Image.fromarray(drawn).resize(size, Image.Resampling.BILINEAR))[:height, :width]


def _placed(boxes: Sequence[SheetBox], places: Array, margin: float) -> tuple[PlacedBox, ...]:
    result = []
    for box, (x, y) in zip(boxes, places, strict=True):
        shape = box_shape(box.size, box.radius, round(margin, 2))
        middle = [round((edge + box.size / 2) * RESOLUTION) for edge in (y, x)]
        result.append(PlacedBox(box, shape, middle[0] - shape.reach, middle[1] - shape.reach))
    return tuple(result)


def _margin(narrow: Floats, boxes: Sequence[SheetBox], places: Array, least: float, limit: float) -> float:
    """Return the least margin at which most boxes no longer show the skirt of their outline."""
    margin = least
    for step in range(_STEPS):
        margin = least + step * _WIDER
        skirts = [
            np.percentile(one.of(narrow)[one.shape.rim], 80) - np.median(one.of(narrow)[one.shape.centre])
            for one in _placed(boxes, places, margin)
        ]
        if np.percentile(skirts, 60) < 0.45 * limit:
            break
    return margin


def _rules(inked: Mask) -> Mask:
    """Return the straight level lines: rules between rows are printed and join what people draw."""
    # A line that is not quite level steps from row to row.
    level: Mask = opened(dilated(inked, 3, 1), 1, _RULE) & inked
    wide: Mask = opened(level, RESOLUTION * 3 // 2 | 1, 1)
    return level & ~wide
