"""Pictograms of the words of a dose: again, hold, rest."""

from __future__ import annotations

import numpy as np

from pdfgen.illustration.pictograms.pen import arc, disc, line, ring, solid
from pdfgen.illustration.svg import Path

#: Radius that the arrows go round on.
_CIRCLE = 8.5


def repeat() -> list[Path]:
    """Two arrows that follow each other round."""
    paths = []
    for start in (0, 180):
        paths += [arc((12, 12), (_CIRCLE, _CIRCLE), start + 188, start + 312), _head(start + 326)]
    return paths


def _head(angle: float) -> Path:
    """An arrowhead of the circle, with its middle at `angle` (degrees)."""
    out = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    on = np.array([-out[1], out[0]])
    middle = 12 + _CIRCLE * out
    corners = (middle + 1.9 * on, middle - 1.5 * on + 2.4 * out, middle - 1.5 * on - 2.4 * out)
    return solid(*(corner.round(3).tolist() for corner in corners))


def hold() -> list[Path]:
    """A stopwatch with the two bars of a pause."""
    return [
        line((10, 3), (14, 3)),
        line((12, 3), (12, 6)),
        line((17.4, 8), (19.2, 6.2)),
        ring((12, 13.4), 8.6),
        line((10, 10.8), (10, 16)),
        line((14, 10.8), (14, 16)),
    ]


def rest() -> list[Path]:
    """Somebody on the back, knees bent."""
    return [
        line((3, 18.4), (21, 18.4)),
        disc((4.4, 12.6), 2.4),
        line((9, 13.8), (14.2, 13.8), width=3.6),
        line((14.4, 13.8), (17.4, 7), (20.2, 14.2), width=2.6),
    ]
