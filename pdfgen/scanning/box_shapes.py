"""The parts of a box and what is round it as masks: inside, rim, outline, paper, sectors for rings."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pdfgen.scanning.ink import RESOLUTION
from pdfgen.scanning.morphology import Array, Mask

SECTORS = 16
"""Directions in which a ring round a box is looked for."""

RING_TO = 5.5
"""A ring is looked for up to so many millimetres outside the outline, and from so many on."""
_RING_FROM = 0.8
#: Half the width of the band that the outline may take.
_BAND = 0.42


class BoxShape(NamedTuple):
    """Masks of a square of 2 · `reach` + 1 pixels with a box in its middle.

    Attributes:
        inner: where ink counts. deep: further inside. rim: the outermost part of `inner`.
        band: where the outline is, with some room. core: the middle of the outline.
        paper: right round the box. centre: of the box.
        near: an outline, with the skirt that a blurred picture gives it. away: millimetres from the outline.
        sector: which of the directions a pixel outside the box lies in; -1 where no ring is looked for.
    """

    reach: int
    inner: Mask
    deep: Mask
    rim: Mask
    band: Mask
    core: Mask
    paper: Mask
    centre: Mask
    near: Mask
    away: Array
    sector: Array


@lru_cache(maxsize=64)
def box_shape(size: float, radius: float, margin: float) -> BoxShape:
    """Return the masks of a box; lengths in millimetres.

    Args:
        size: of its side.
        radius: of its corners.
        margin: inside the outline, where ink does not count.
    """
    reach = int((size / 2 + RING_TO + 0.1) * RESOLUTION) + 1
    down, across = np.mgrid[-reach : reach + 1, -reach : reach + 1] / RESOLUTION
    x, y = np.abs(across) - (size / 2 - radius), np.abs(down) - (size / 2 - radius)
    # Distance from the outline, below 0 inside.
    away = np.hypot(np.maximum(x, 0), np.maximum(y, 0)) + np.minimum(np.maximum(x, y), 0) - radius
    angle = np.arctan2(down, across) + np.pi
    sector = (angle / (2 * np.pi) * SECTORS).astype(int) % SECTORS
    return BoxShape(
        reach,
        inner=away < -margin,
        deep=away < -(margin + 0.45),
        rim=(away < -margin) & (away > -(margin + 0.2)),
        band=np.abs(away) < _BAND,
        core=np.abs(away) < 0.12,
        paper=(away > 0.6) & (away < 1.5),
        centre=np.hypot(across, down) < 0.27 * size,
        near=np.abs(away) < _RING_FROM,
        away=away,
        sector=np.where((away > _RING_FROM) & (away < RING_TO), sector, -1),
    )
