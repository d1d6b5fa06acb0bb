"""Opacity and clipping of shapes that were read, as far as they can be given to each shape by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pdfgen.content.pictures.drawing import Clip, DrawnShape
from pdfgen.content.pictures.svg_geometry import extent, overlap

#: A drawing may not have more shapes; our own have about 90.
MAX_SHAPES = 5_000

#: Shapes of a group that is partly transparent as a whole, which must not lie on each other.
_MOST_APART = 200

#: Clips of all shapes together.
_MOST_CLIPS = 20_000


def faded(shapes: list[DrawnShape], share: float) -> list[DrawnShape]:
    """Return shapes, partly transparent as a whole. Raises ValueError where they lie on each other."""
    if share <= 0.0:
        return []
    if len(shapes) > 1:
        boxes = [box for shape in shapes if (box := extent([shape.segments]))]
        if len(boxes) > _MOST_APART or any(
            overlap(one, other) for index, one in enumerate(boxes) for other in boxes[:index]
        ):
            raise ValueError(
                "a group that is partly transparent as a whole cannot be printed; use full opacity"
            )
    return [
        replace(shape, fill_alpha=shape.fill_alpha * share, stroke_alpha=shape.stroke_alpha * share)
        for shape in shapes
    ]


def within(shapes: list[DrawnShape], areas: Sequence[tuple[Clip, ...]]) -> list[DrawnShape]:
    """Return shapes as they are seen in areas: once in each of them. Raises ValueError."""
    clips = sum(len(shape.clips) for shape in shapes) * len(areas)
    if len(shapes) * len(areas) > MAX_SHAPES or clips > _MOST_CLIPS:
        raise ValueError("a clipping path has too many shapes; cut the shapes themselves (“flatten”)")
    if len(areas) > 1 and any(min(shape.fill_alpha, shape.stroke_alpha) < 1.0 for shape in shapes):
        raise ValueError("a clipping path of several shapes on transparent ones cannot be printed; “flatten”")
    return [replace(shape, clips=(*area, *shape.clips)) for shape in shapes for area in areas]
