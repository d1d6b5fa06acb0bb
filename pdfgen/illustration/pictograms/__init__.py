"""Pictograms of 24 x 24 in the hand of the drawings: warnings, things to fetch, words of the dose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pdfgen.illustration.pictograms import doses, signs, things
from pdfgen.illustration.pictograms.pen import SIDE
from pdfgen.illustration.svg import Path, document

PICTOGRAMS: Mapping[str, Callable[[], list[Path]]] = MappingProxyType(
    {
        "band": things.band, "breath": signs.breath, "call-doctor": things.call_doctor,
        "chair": things.chair, "clock": things.clock, "cushion": things.cushion, "heart": signs.heart,
        "hold": doses.hold, "mat": things.mat, "pain": signs.pain, "phone": things.phone,
        "repeat": doses.repeat, "rest": doses.rest, "stop": signs.stop, "tick": signs.tick,
        "warning": signs.warning,
    }
)  # fmt: skip
"""Name and what draws it."""


def pictogram(name: str) -> str:
    """Return the SVG file of a pictogram."""
    return document(PICTOGRAMS[name](), SIDE, SIDE)
