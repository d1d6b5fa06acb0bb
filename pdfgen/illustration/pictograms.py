"""Pictograms of 24 x 24 in the hand of the drawings: things to fetch and words of the dose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from pdfgen.illustration.curves import fit
from pdfgen.illustration.geometry import Floats
from pdfgen.illustration.svg import Path, curve_commands, document, polygon_commands
from pdfgen.illustration.tones import INK, WHITE

SIDE = 24.0
_LINE = 1.9


def _arc(middle: Sequence[float], radius: Sequence[float], start: float, end: float) -> Floats:
    """Return points on an ellipse from one angle to another (degrees, clockwise on paper, 0 at the right)."""
    turns = np.radians(np.linspace(start, end, 40))
    return np.stack([middle[0] + radius[0] * np.cos(turns), middle[1] + radius[1] * np.sin(turns)], 1)


def _curve(points: Floats, width: float = _LINE) -> Path:
    return Path(curve_commands(fit(points, 0.02)), stroke=INK, width=width)


def _ring(middle: Sequence[float], radius: Sequence[float], width: float = _LINE, fill: str = WHITE) -> Path:
    points = _arc(middle, radius, 0, 360)[:-1]
    return Path(
        curve_commands(fit(points, 0.02, closed=True), closed=True), fill=fill, stroke=INK, width=width
    )


def _line(*points: Sequence[float], width: float = _LINE) -> Path:
    return Path(polygon_commands(points, closed=False), stroke=INK, width=width)


def _solid(*points: Sequence[float]) -> Path:
    return Path(polygon_commands(points), fill=INK, stroke=INK, width=0.6)


def _mat() -> list[Path]:
    return [
        _line((6, 18.4), (22, 18.4), width=2.2),
        _ring((6, 14), (4.4, 4.4)),
        _ring((6, 14), (1.4, 1.4), 1.4),
    ]


def _chair() -> list[Path]:
    return [
        _line((7, 2.6), (7, 21.4), width=2.4),
        _line((7, 13), (17.4, 13), width=2.8),
        _line((17.4, 13), (17.4, 21.4), width=2.4),
    ]


def _cushion() -> list[Path]:
    turns = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    # A square with pulled corners and sides drawn in.
    reach = 8.2 + 1.5 * np.cos(4 * (turns - np.pi / 4))
    points = 12 + np.stack([1.12 * reach * np.cos(turns), 0.86 * reach * np.sin(turns)], 1)
    border = Path(
        curve_commands(fit(points, 0.02, closed=True), closed=True), fill=WHITE, stroke=INK, width=_LINE
    )
    return [border, _curve(_arc((12, 5.6), (5.2, 3.6), 40, 140), 1.2)]


def _band() -> list[Path]:
    return [_ring((12, 12), (9.6, 6), 3.6, fill=INK), _ring((12, 11.4), (7.8, 3.8), 0.4)]


def _arrow_head(tip: Sequence[float], angle: float, size: float = 4.2) -> Path:
    turn = np.radians(angle)
    way, aside = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    base = np.asarray(tip) - way * size
    return _solid(
        np.asarray(tip).tolist(), (base + aside * size * 0.62).tolist(), (base - aside * size * 0.62).tolist()
    )


def _repeat() -> list[Path]:
    first, second = _arc((12, 12), (8, 8), 195, 325), _arc((12, 12), (8, 8), 15, 145)
    heads = [_arrow_head((20.4, 10.6), 78), _arrow_head((3.6, 13.4), 258)]
    return [_curve(first, 2.2), _curve(second, 2.2), *heads]


def _hold() -> list[Path]:
    return [
        _ring((12, 12), (9.9, 9.9)),
        _line((9.2, 7.8), (9.2, 16.2), width=2.8),
        _line((14.8, 7.8), (14.8, 16.2), width=2.8),
    ]


def _rest() -> list[Path]:
    return [
        _line((2.2, 19), (21.8, 19)),
        _ring((5, 12.6), (2.3, 2.3), 1, fill=INK),
        _line((9.6, 14), (20.6, 14), width=3.8),
    ]


def _call_doctor() -> list[Path]:
    handset = _arc((19.2, 4.8), (14.4, 14.4), 102, 168)
    ends = [handset[0], handset[-1]]
    pads = [
        _line((ends[0] + [-1.2, 0.3]).tolist(), (ends[0] + [2.6, -0.6]).tolist(), width=4.6),
        _line((ends[1] + [-0.3, 1.2]).tolist(), (ends[1] + [0.6, -2.6]).tolist(), width=4.6),
    ]
    cross = [_line((17, 3.2), (17, 11.2), width=3), _line((13, 7.2), (21, 7.2), width=3)]
    return [_curve(handset, 3.4), *pads, *cross]


PICTOGRAMS: Mapping[str, Callable[[], list[Path]]] = MappingProxyType(
    {
        "mat": _mat, "chair": _chair, "cushion": _cushion, "band": _band, "repeat": _repeat, "hold": _hold,
        "rest": _rest, "call-doctor": _call_doctor,
    }
)  # fmt: skip
"""Name and what draws it."""


def pictogram(name: str) -> str:
    """Return the SVG file of a pictogram."""
    return document(PICTOGRAMS[name](), SIDE, SIDE)
