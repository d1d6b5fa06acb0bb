"""The drawn figure: its areas, lines and face as paths."""

from __future__ import annotations

import numpy as np

from pdfgen.illustration.curves import fit, length, resampled, straightened, tapered
from pdfgen.illustration.geometry import Floats
from pdfgen.illustration.lines import Area, Line, find_areas, find_lines
from pdfgen.illustration.looks import Look
from pdfgen.illustration.pixel_map import PixelMap
from pdfgen.illustration.svg import Commands, Path, curve_commands, polygon_commands
from pdfgen.illustration.tones import (
    FACE_WIDTHS,
    FAR_INK,
    FAR_SHARE,
    HAND_WIDTH,
    HARD,
    INK,
    PROP_WIDTH,
    WIDTHS,
    LineKind,
)  # fmt: skip

#: mm that curves may leave the line that was found; of the face, which is smaller.
_TOLERANCE, _FACE_TOLERANCE = 0.042, 0.025

#: mm: the same for the border of an area, which a line covers, and for things around the figure.
_AREA_TOLERANCE, _PROP_TOLERANCE, _STRAIGHT_TOLERANCE = 0.08, 0.06, 0.13

#: A free end narrows to this share of the width, over this way (mm); shorter lines do not.
_END_SHARE, _TAPER, _TAPERED_FROM = 0.2, 2.5, 0.6

#: mm: inner lines shorter than this are crumbs; between fingers they would only blur.
_SHORTEST, _SHORTEST_ON_HAND = 0.3, 0.8

_STRAND = "#8f8f8f"


def figure_paths(seen: PixelMap, face: list[tuple[str, Floats]], look: Look) -> list[Path]:
    """Return all paths of a map, from the first that is drawn to the last."""
    lines = sorted(find_lines(seen), key=lambda line: (not line.far, line.prop, line.kind))
    return [
        *(_area_path(area, look) for area in find_areas(seen)),
        *(_line_path(line) for line in lines if _is_visible(line)),
        *(path for kind, points in face for path in _face_path(kind, points)),
    ]


def _is_visible(line: Line) -> bool:
    if len(line.points) < 2:
        return False
    shortest = _SHORTEST_ON_HAND if line.hand and not line.prop else _SHORTEST
    return line.kind >= LineKind.HAND_OUTLINE or length(line.points) >= shortest


def _area_path(area: Area, look: Look) -> Path:
    fill = look.tone(area.material, far=area.far)
    hard = area.material in HARD
    commands = tuple(command for loop in area.loops for command in _loop_commands(loop, hard=hard))
    return Path(commands, fill=fill)


def _loop_commands(loop: Floats, *, hard: bool) -> Commands:
    if hard:
        return polygon_commands(straightened(np.concatenate([loop, loop[:1]]), _STRAIGHT_TOLERANCE)[:-1])
    return curve_commands(fit(loop, _AREA_TOLERANCE, closed=True), closed=True)


def _line_path(line: Line) -> Path:
    width = WIDTHS[line.kind]
    if line.prop:
        width = min(width, PROP_WIDTH)
    elif line.hand and line.kind < LineKind.HAND_OUTLINE:
        width = HAND_WIDTH
    ink, tolerance = INK, _PROP_TOLERANCE if line.prop else _TOLERANCE
    if line.far:
        width, ink = FAR_SHARE * width, FAR_INK
    inner = line.kind in (LineKind.OVERLAP, LineKind.FOLD)
    if line.straight:
        points = np.concatenate([line.points, line.points[:1]]) if line.closed else line.points
        corners = straightened(points, _STRAIGHT_TOLERANCE)
        return Path(polygon_commands(corners, closed=False), stroke=ink, width=width)
    if any(line.free) and inner and length(line.points) > _TAPERED_FROM:
        ends = [width * (_END_SHARE if free else 1) for free in line.free]
        outline = tapered(resampled(line.points, 0.08), width, (ends[0], ends[1]), _TAPER)
        half = len(outline) // 2
        curves = fit(outline[:half], tolerance) + fit(outline[half - 1 :], tolerance)
        return Path(curve_commands(curves, closed=True), fill=ink)
    curves = fit(line.points, tolerance, closed=line.closed)
    return Path(curve_commands(curves, closed=line.closed), stroke=ink, width=width)


def _face_path(kind: str, points: Floats) -> list[Path]:
    if kind == "strand":
        line = resampled(points, 0.1)
        if length(line) < 1.2:
            return []
        outline = tapered(line, 0.42, (0.05, 0.05), 0.45 * length(line))
        return [Path(curve_commands(fit(outline, 0.03), closed=True), fill=_STRAND)]
    curves = fit(np.asarray(points), _FACE_TOLERANCE)
    if kind == "pupil":
        return [Path(curve_commands(curves, closed=True), fill=INK)]
    return [Path(curve_commands(curves), stroke=INK, width=FACE_WIDTHS[kind])]
