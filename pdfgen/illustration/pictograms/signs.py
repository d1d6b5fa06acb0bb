"""Pictograms that warn: what is safe, what is not, and what the body feels."""

from __future__ import annotations

from pdfgen.illustration.pictograms.pen import WHITE_PEN, blob, curve, disc, frame, line, solid
from pdfgen.illustration.svg import Path
from pdfgen.illustration.tones import WHITE


def tick() -> list[Path]:
    """All is well."""
    return [
        disc((12, 12), 10),
        line((7.1, 12.5), (10.6, 16), (17, 8.6), width=WHITE_PEN, ink=WHITE),
    ]


def warning() -> list[Path]:
    """Take care."""
    return [
        frame((12, 3.2), (21, 19.6), (3, 19.6)),
        line((12, 9), (12, 13.2)),
        disc((12, 16.6), 1.2),
    ]


def stop() -> list[Path]:
    """A hand in the octagon of a road sign."""
    low, high, near, far = 3.0, 21.0, 8.27, 15.73
    octagon = solid(
        (near, low), (far, low), (high, near), (high, far), (far, high), (near, high), (low, far), (low, near)
    )
    fingers = [
        line((x, top), (x, 14), width=2.1, ink=WHITE)
        for x, top in ((8.4, 7.4), (11.2, 5.4), (14, 6.2), (16.8, 8.6))
    ]
    palm = Path(
        (
            ("M", (7.35, 12)), ("L", (17.85, 12)), ("L", (17.85, 14.2)),
            ("C", (17.85, 17.4, 15.6, 19.2, 12.9, 19.2)),
            ("C", (10.6, 19.2, 9, 18.2, 7.75, 16.85)), ("Z", ()),
        ),
        fill=WHITE,
    )  # fmt: skip
    thumb = line((8.6, 16.2), (5.6, 12.6), width=2.1, ink=WHITE)
    return [octagon, *fingers, palm, thumb]


def pain() -> list[Path]:
    """A flash."""
    return [solid((13.8, 3), (5.4, 13.2), (11, 13.2), (9.6, 21), (18.6, 10.2), (12.9, 10.2))]


def heart() -> list[Path]:
    """A heart with its beat."""
    return [
        blob(
            (12, 20.4),
            (6.4, 16.2, 3, 13, 3, 8.9),
            (3, 6.1, 5.1, 4.2, 7.5, 4.2),
            (9.5, 4.2, 11.1, 5.4, 12, 7.2),
            (12.9, 5.4, 14.5, 4.2, 16.5, 4.2),
            (18.9, 4.2, 21, 6.1, 21, 8.9),
            (21, 13, 17.6, 16.2, 12, 20.4),
        ),
        line((2, 11.6), (8, 11.6), (10.2, 8), (13.4, 15), (15.4, 11.6), (22, 11.6), width=1.9, ink=WHITE),
    ]


def breath() -> list[Path]:
    """A head from the side that breathes out."""
    head = blob(
        (4.6, 21),
        (5.3, 19.2, 5.2, 17.4, 4.1, 15.4),
        (3.3, 13.9, 3, 12.2, 3, 10.7),
        (3, 6.9, 5.1, 4, 8.1, 4),
        (11.2, 4, 12.4, 6.4, 12.5, 9),
        (12.5, 10, 12.3, 10.4, 12.8, 11.3),
        (13.3, 12.1, 13.8, 12.6, 13.8, 13),
        (13.8, 13.4, 13.2, 13.5, 12.6, 13.7),
        (12.8, 14.6, 12.6, 15.2, 12.5, 16),
        (12.4, 17.2, 12, 18, 10.2, 18),
        (10, 19, 10, 20, 10.2, 21),
        (8.4, 21, 6.4, 21, 4.6, 21),
    )
    puffs = [
        curve((16.6, y), (17.6, y - 1.2, 18.2, y - 1.2, 18.9, y), (19.6, y + 1.2, 20.1, y + 1.2, 21, y))
        for y in (13.2, 17.8)
    ]
    return [head, *puffs]
