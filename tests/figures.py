"""Which figures a test of poses takes: not all with every pose, but every pose, and every figure many times.

`make figures-all` measures every pose with every figure before it draws anything; tests take turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, get_args

from pdfgen.content.models.field_types import FigureChoice
from pdfgen.illustration.figure import FigureName

CHOICES: tuple[FigureName, ...] = get_args(FigureChoice)

One = TypeVar("One")


def in_turn(poses: Sequence[One], figures: int, first: int = 0) -> list[tuple[One, FigureName]]:
    """Return every pose with so many figures: the next ones of those a clinic can choose, from `first` on."""
    return [
        (pose, CHOICES[(first + number * figures + turn) % len(CHOICES)])
        for number, pose in enumerate(poses)
        for turn in range(figures)
    ]
