"""Pictograms of things: to fetch before the exercises, or to reach for."""

from __future__ import annotations

import numpy as np

from pdfgen.illustration.curves import fit
from pdfgen.illustration.pictograms.pen import PEN, arc, blob, curve, line, ring, solid, turned
from pdfgen.illustration.svg import Path, curve_commands
from pdfgen.illustration.tones import INK, WHITE


def mat() -> list[Path]:
    """A mat half rolled up, from the side."""
    turns = np.radians(np.linspace(90, 90 + 360 * 1.9, 200))
    radius = np.linspace(6.4, 0.9, 200)
    spiral = np.array([9.4, 11.6]) + np.stack([np.cos(turns), np.sin(turns)], 1) * radius[:, None]
    return [Path(curve_commands(fit(spiral, 0.02)), stroke=INK, width=PEN), line((21, 18), (9.4, 18))]


def chair() -> list[Path]:
    """A chair without arms, from the side."""
    return [
        line((6, 3), (7.2, 13)),
        line((7.2, 13), (5.4, 21)),
        line((16.4, 13), (18, 21)),
        solid((6.9, 12.6), (17.4, 12.6), (17.4, 13.4), (6.9, 13.4)),
        line((6.4, 17.4), (17.2, 17.4)),
    ]


def cushion() -> list[Path]:
    """A cushion with a button in the middle that its folds run to."""
    folds = [
        line((12 + x * 2.6, 12 + y * 2.1), (12 + x * 5.4, 12 + y * 4.3), width=1.9, ink=WHITE)
        for x in (-1, 1)
        for y in (-1, 1)
    ]
    return [
        blob(
            (3, 4.4),
            (7, 6, 8, 4.8, 12, 4.8),
            (16, 4.8, 17, 6, 21, 4.4),
            (19.8, 8, 20.6, 9.6, 20.6, 12),
            (20.6, 14.4, 19.8, 16, 21, 19.6),
            (17, 18, 16, 19.2, 12, 19.2),
            (8, 19.2, 7, 18, 3, 19.6),
            (4.2, 16, 3.4, 14.4, 3.4, 12),
            (3.4, 9.6, 4.2, 8, 3, 4.4),
        ),
        *folds,
    ]


def band() -> list[Path]:
    """A loop of elastic with a twist: one strand lies over the other."""
    wide = 2.6
    over = ((8.3, 5.3), (11.4, 5.3, 12.6, 8.4, 13.9, 12), (15.2, 15.6, 16, 16.7, 17.7, 16.7))
    return [
        curve(
            (17.7, 16.7),
            (19.6, 16.7, 20.7, 14.6, 20.7, 12),
            (20.7, 9.4, 19.6, 7.3, 17.7, 7.3),
            (16, 7.3, 15.2, 8.4, 13.9, 12),
            (12.6, 15.6, 11.4, 18.7, 8.3, 18.7),
            (5.2, 18.7, 3.3, 15.7, 3.3, 12),
            (3.3, 8.3, 5.2, 5.3, 8.3, 5.3),
            width=wide,
        ),
        curve(
            (12.2, 8.0),
            (12.8, 9.2, 13.3, 10.4, 13.9, 12),
            (14.5, 13.6, 15, 14.8, 15.5, 15.6),
            width=5,
            ink=WHITE,
        ),
        curve(*over, width=wide),
    ]


def clock() -> list[Path]:
    """A clock at four."""
    return [
        ring((12, 12), 10),
        line((12, 6.6), (12, 12), (15.6, 14.2)),
    ]


def _handset() -> list[Path]:
    """A receiver that lies from the top left to the bottom right."""
    flat = [
        arc((12, 28.2), (19, 19), -113, -67, 4.4),
        solid((3.2, 10.6), (7, 9.8), (7.4, 14.2), (3.6, 14.6)),
        solid((20.8, 10.6), (17, 9.8), (16.6, 14.2), (20.4, 14.6)),
    ]
    return [turned(path, -135, (12, 12)).moved(-1.4, 1.4) for path in flat]


def phone() -> list[Path]:
    """A receiver that rings."""
    return [
        *_handset(),
        arc((13, 11), (3.4, 3.4), -80, -10),
        arc((13, 11), (8, 8), -80, -10),
    ]


def call_doctor() -> list[Path]:
    """The same receiver, and the cross of a doctor."""
    return [
        *_handset(),
        line((17.2, 3.4), (17.2, 10.2), width=2.8),
        line((13.8, 6.8), (20.6, 6.8), width=2.8),
    ]
