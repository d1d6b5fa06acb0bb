"""The drawings of a movement on a week sheet: both its ends, at one scale in all weeks.

Lengths are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import DECORATION
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import GridShape

BETWEEN = 2.0
"""White between the two drawings."""

_ROUNDING = 0.01

Panels = tuple[tuple[str, bool], ...]
"""Names of drawings, and whether each is mirrored."""


def panels_of(shape: GridShape, week: int, exercise: PlannedExercise) -> Panels:
    """Return both ends of the movement of a week's form, or the one that says enough alone, larger.

    On a spare sheet, which is for any week, nothing where there are more forms.
    """
    if not week and len(exercise.forms) > 1:
        return ()
    form = exercise.form_in(week)
    panels = form.emblems if shape.single else form.panels[:2]
    return tuple((panel.figure, panel.mirrored) for panel in panels)


def least_height(c: Composer, panels: Panels, width: float, least: tuple[float, float]) -> float:
    """Return the height that drawings take at their least size, in a column of that width.

    Args:
        least: width of one of somebody who lies or kneels, height of one of somebody who stands.

    Returns:
        infinity where the column is too narrow.
    """
    if not panels:
        return 0.0
    lying, standing = least
    sizes = [(c.figures[name].width, c.figures[name].height) for name, _ in panels]
    scale = max(standing / high if high > wide else lying / wide for wide, high in sizes)
    gaps = BETWEEN * (len(sizes) - 1)
    heights = []
    if sum(wide for wide, _ in sizes) * scale + gaps <= width + _ROUNDING:
        heights.append(max(high for _, high in sizes) * scale)
    if max(wide for wide, _ in sizes) * scale <= width + _ROUNDING:
        heights.append(sum(high for _, high in sizes) * scale + gaps)
    return min(heights, default=math.inf)


def most_height(c: Composer, panels: Panels, width: float) -> float:
    """Return the height of drawings that are as large as they can be in a column of that width."""
    if not panels or width <= 0:
        return 0.0
    sizes = [(c.figures[name].width, c.figures[name].height) for name, _ in panels]
    scale = min(1.0, width / max(wide for wide, _ in sizes))
    return sum(high for _, high in sizes) * scale + BETWEEN * (len(sizes) - 1)


def panel_scale(c: Composer, panels: Panels, width: float, height: float) -> float:
    """Return the points a millimetre at which drawings fit, beside or below each other."""
    sizes = [(c.figures[name].width, c.figures[name].height) for name, _ in panels]
    if not sizes:
        return MM
    wide, high = sum(w for w, _ in sizes), sum(h for _, h in sizes)
    gaps = BETWEEN * (len(sizes) - 1)
    beside = min((width - gaps) / wide, height / max(h for _, h in sizes))
    below = min(width / max(w for w, _ in sizes), (height - gaps) / high)
    return min(1.0, max(beside, below)) * MM


def least_length(c: Composer, scales: Mapping[Panels, float]) -> float:
    """Return how long the smallest drawing is, in points; scales are points a millimetre."""
    lengths = (
        max(c.figures[name].width, c.figures[name].height) * scale
        for panels, scale in scales.items()
        for name, _ in panels
    )
    return min(lengths, default=0.0)


def place_panels(
    pen: SheetPen,
    panels: Panels,
    scale: float,
    place: tuple[float, float],
    room: tuple[float, float],
) -> None:
    """Set drawings in the middle of their room, as decoration: the words beside them say what they are.

    Args:
        place: of the room, from the left edge and from the top of the page.
        room: its width and height.
    """
    if not panels:
        return
    c, (width, height) = pen.composer, room
    edge, top = pen.edges.left + place[0], place[1]
    drawings = [c.figures[name] for name, _ in panels]
    sizes = [(drawing.width * scale / MM, drawing.height * scale / MM) for drawing in drawings]
    gaps = BETWEEN * (len(sizes) - 1)
    is_beside = sum(w for w, _ in sizes) + gaps <= width + 0.01
    across = sum(w for w, _ in sizes) + gaps if is_beside else max(w for w, _ in sizes)
    down = max(h for _, h in sizes) if is_beside else sum(h for _, h in sizes) + gaps
    x, y = edge + (width - across) / 2, top + (height - down) / 2
    for drawing, (wide, high), (_, mirrored) in zip(drawings, sizes, panels, strict=True):
        left = x if is_beside else edge + (width - wide) / 2
        over = y + down - high if is_beside else y
        figure = Figure(drawing, wide * MM, high * MM, mirrored=mirrored)
        figure.place(pen.canvas, left * MM, over * MM, wide * MM, DECORATION)
        x, y = (x + wide + BETWEEN, y) if is_beside else (x, y + high + BETWEEN)
