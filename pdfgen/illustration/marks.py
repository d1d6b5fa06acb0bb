"""What is drawn around the figure: mat, shadows, dashed outlines and lines, arrows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy import ndimage
from scipy.spatial import ConvexHull, cKDTree

from pdfgen.illustration.camera import Camera
from pdfgen.illustration.clothing import LIMBS
from pdfgen.illustration.curves import fit, length, lengths_along, normals, resampled, through
from pdfgen.illustration.geometry import Bools, Floats
from pdfgen.illustration.lines import outlines
from pdfgen.illustration.pixel_map import PixelMap
from pdfgen.illustration.scene_model import Mat
from pdfgen.illustration.svg import Commands, Path, curve_commands, polygon_commands
from pdfgen.illustration.tones import EDGE, GHOST, INK, WHITE

#: Thickness of a mat (m).
_MAT_HEIGHT = 0.018

#: Arrows in mm: width at the start and at the head, length and width of the head, white around.
_SHAFT, _HEAD_LENGTH, _HEAD_WIDTH, _HALO = (0.45, 0.95), 2.7, 2.8, 0.5
_HELP_DASH, _GHOST_DASH = (1.2, 0.8), (1.2, 0.9)

#: Share of a limb from which on a place belongs to it; mm between lines that are drawn as one.
_OF_LIMB, _ONE_LINE = 0.5, 0.8


def mat_paths(mat: Mat, camera: Camera, scale: float) -> list[Path]:
    """Return a mat: its edge, then its top."""
    (x0, x1), (z0, z1) = mat.across, mat.along
    corners = np.array([(x0, 0, z0), (x1, 0, z0), (x1, 0, z1), (x0, 0, z1)])
    top = camera.on_paper(corners, scale)
    bottom = camera.on_paper(corners - [0, _MAT_HEIGHT, 0], scale)
    both = np.round(np.concatenate([top, bottom]), 6)
    around = both[ConvexHull(both).vertices]
    # The hull may start anywhere: it starts at its topmost point, then leftmost, so that bytes stay the same.
    around = np.roll(around, -int(np.lexsort((around[:, 0], around[:, 1]))[0]), axis=0)
    return [
        Path(polygon_commands(around), fill="#c9c9c9", stroke=EDGE, width=0.25),
        Path(polygon_commands(top), fill="#f0f0f0", stroke=EDGE, width=0.2),
    ]


def shadow_path(points: Floats, camera: Camera, scale: float) -> Path:
    """Return a soft-edged patch on the floor under places (n, 3): the ellipse around them."""
    flat = points[:, [0, 2]]
    low, high = flat.min(0), flat.max(0)
    middle, reach = (low + high) / 2, (high - low) / 2 + 0.09
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.stack([
        middle[0] + reach[0] * np.cos(turns), np.zeros(40), middle[1] + reach[1] * np.sin(turns),
    ], 1)  # fmt: skip
    curves = fit(camera.on_paper(ring, scale), 0.03, closed=True)
    return Path(curve_commands(curves, closed=True), fill="#dedede")


def ghost_paths(
    ghost: PixelMap, figure: PixelMap, gap: float, least: float, limbs: Sequence[int] = ()
) -> list[Path]:
    """Return the dashed outline of another posture where it is more than `gap` mm outside the figure.

    Both maps have the same grid. Stretches shorter than `least` mm are left out. With `limbs`, numbers in
    `LIMB_ORDER`, each of them has its own outline, and the rest of the body has none.
    """
    outside = ndimage.distance_transform_edt(~figure.shown) / figure.grid.fine
    masks = [ghost.shown & (ghost.values[:, :, LIMBS][:, :, limb] > _OF_LIMB) for limb in limbs]
    drawn: list[Floats] = []
    for mask in masks or [ghost.shown]:
        before = cKDTree(np.concatenate(drawn)) if drawn else None
        for loop in outlines(mask, ghost):
            points = np.concatenate([loop, loop[:1]])
            free = _sampled(outside, points, figure) > gap
            if before is not None:
                # Where two limbs meet there is one line, not two.
                free &= before.query(points)[0] > _ONE_LINE
            drawn += [part for part in _free_parts(points, free) if length(part) >= least]
    return [
        Path(curve_commands(fit(resampled(part, 0.15), 0.04)), stroke=GHOST, width=0.3, dash=_GHOST_DASH)
        for part in drawn
    ]


def _sampled(field: Floats, points: Floats, seen: PixelMap) -> Floats:
    grid = seen.grid
    columns = (points[:, 0] - grid.left * grid.scale) * grid.fine
    rows = (points[:, 1] + grid.top * grid.scale) * grid.fine
    height, width = field.shape
    result: Floats = field[
        np.clip(rows.astype(int), 0, height - 1), np.clip(columns.astype(int), 0, width - 1)
    ]
    return result


def _free_parts(points: Floats, free: Bools) -> Iterable[Floats]:
    """Yield the stretches of a loop (its last point is its first) where `free` holds."""
    if free.all():
        yield points
        return
    start = int(np.argmin(free))
    order = np.roll(np.arange(len(points) - 1), -start)
    stretch: list[int] = []
    for index in [*order.tolist(), start]:
        if free[index]:
            stretch.append(index)
        elif stretch:
            if len(stretch) > 2:
                yield points[stretch]
            stretch = []


def window_paths(middle: Floats, radius: float) -> tuple[Path, Path]:
    """Return the ground and the edge of a round window on paper."""
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    ring = middle + radius * np.stack([np.cos(turns), np.sin(turns)], 1)
    commands = curve_commands(fit(ring, 0.02, closed=True), closed=True)
    return Path(commands, fill="#f0f0f0"), Path(commands, stroke=INK, width=0.3)


def help_line(points: Floats) -> Path:
    """Return a dashed line through places on paper (n, 2)."""
    return Path(polygon_commands(points, closed=False), stroke=INK, width=0.3, dash=_HELP_DASH)


def arrow_paths(points: Floats, *, both_ways: bool = False) -> list[Path]:
    """Return a bold arrow along places on paper (n, 2): white around it, then itself."""
    line = resampled(through(points), 0.15)
    whole = length(line)
    head = min(_HEAD_LENGTH, 0.45 * whole)
    along = lengths_along(line)
    shaft = line[(along >= (0.8 * head if both_ways else 0)) & (along <= whole - 0.85 * head)]
    widths = np.interp(np.linspace(0, 1, len(shaft)), [0, 0.7, 1], [_SHAFT[0], _SHAFT[1], _SHAFT[1]])
    if both_ways:
        widths = np.full(len(shaft), _SHAFT[1])
    aside = normals(shaft) * widths[:, None] / 2
    commands: Commands = curve_commands(fit(shaft + aside, 0.03))
    commands += _lines(_head(line[-1], line[np.searchsorted(along, whole - head)], head))
    back = curve_commands(fit((shaft - aside)[::-1], 0.03))
    commands += (("L", back[0][1]), *back[1:])
    if both_ways:
        commands += _lines(_head(line[0], line[np.searchsorted(along, head)], head))
    commands += (("Z", ()),)
    return [
        Path(commands, fill=WHITE, stroke=WHITE, width=2 * _HALO),
        Path(commands, fill=INK, stroke=INK, width=0.2),
    ]


def _lines(points: Floats) -> Commands:
    return tuple(("L", command[1]) for command in polygon_commands(points, closed=False))


def _head(tip: Floats, back: Floats, long: float) -> Floats:
    """Return the three corners of an arrow's head."""
    way = (tip - back) / np.hypot(*(tip - back))
    aside = np.array([-way[1], way[0]]) * _HEAD_WIDTH / 2 * min(1.0, long / _HEAD_LENGTH)
    base = tip - way * long
    return np.stack([base + aside, tip, base - aside])
