"""Things around the figure, as surfaces for the same z-buffer: boxes, cushions and tubes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pdfgen.illustration.clothing import COLUMNS, REST
from pdfgen.illustration.curves import through
from pdfgen.illustration.geometry import Floats, Ints, frame, rotation_x, rotation_y
from pdfgen.illustration.pixel_map import Surface
from pdfgen.illustration.scene_model import (
    Band,
    Bed,
    Chair,
    Cushion,
    Desk,
    Point,
    Prop,
    Rail,
    Stairs,
    Towel,
    Wall,
    Worktop,
)
from pdfgen.illustration.tones import Material

#: Thickness of a chair's seat and back, width of its legs; thickness of a table's top, width of its one leg
#: (m).
_SEAT, _LEG, _TOP, _COLUMN = 0.035, 0.034, 0.03, 0.09

#: Height of the plinth under a kitchen cupboard; of a bed's mattress, its frame and its head end (m).
_PLINTH, _MATTRESS, _FRAME, _HEAD_END = 0.1, 0.18, 0.08, 0.22

#: Thickness of a stair's tread, and how far it juts out over the stair below (m).
_TREAD, _NOSING = 0.035, 0.025

#: A skirting board: how far it stands out and how high it is (m).
_SKIRTING = (0.018, 0.09)

#: Places at rest of different pieces lie this far apart, so that there is always a line between them.
_APART = 10.0

Place = Callable[[Point], Floats]


@dataclass(frozen=True, eq=False)
class Piece:
    """A convex thing: places (v, 3), triangles (m, 3) and a material for each triangle."""

    points: Floats
    triangles: Ints
    materials: Ints

    def turned(self, rotation: Floats, shift: Sequence[float] | Floats) -> Piece:
        """Return it turned about the origin and then moved."""
        return Piece(self.points @ rotation.T + np.asarray(shift, float), self.triangles, self.materials)


_CORNERS = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
_SIDES = (
    ((2, 3, 7, 6), Material.PROP_TOP), ((0, 4, 5, 1), Material.PROP_SIDE),
    ((1, 5, 7, 3), Material.PROP_FRONT), ((0, 2, 6, 4), Material.PROP_FRONT),
    ((4, 6, 7, 5), Material.PROP_SIDE), ((0, 1, 3, 2), Material.PROP_SIDE),
)  # fmt: skip


def box(size: Sequence[float], middle: Sequence[float], material: Material | None = None) -> Piece:
    """Return a box by its size and middle; in one material, or with a tone by where each side looks."""
    triangles = [t for side, _ in _SIDES for t in ((side[0], side[1], side[2]), (side[0], side[2], side[3]))]
    materials = [material or tone for _, tone in _SIDES for _ in range(2)]
    return Piece(_CORNERS * size + np.asarray(middle), np.array(triangles), np.array(materials))


def _grid_piece(points: Floats, material: Material) -> Piece:
    """Return a surface of places (rows, columns, 3), closed around the columns."""
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    around = np.roll(index, -1, axis=1)
    first = np.stack([index[:-1], around[:-1], around[1:]], -1).reshape(-1, 3)
    second = np.stack([index[:-1], around[1:], index[1:]], -1).reshape(-1, 3)
    triangles = np.concatenate([first, second])
    return Piece(points.reshape(-1, 3), triangles, np.full(len(triangles), int(material)))


def _sheet(points: Floats, material: Material) -> Piece:
    """Return a surface of places (rows, columns, 3) with open edges."""
    index = np.arange(points.shape[0] * points.shape[1]).reshape(points.shape[:2])
    first = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:]], -1).reshape(-1, 3)
    second = np.stack([index[:-1, :-1], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 3)
    triangles = np.concatenate([first, second])
    return Piece(points.reshape(-1, 3), triangles, np.full(len(triangles), int(material)))


def pillow(size: Sequence[float]) -> tuple[Piece, Piece]:
    """Return a cushion about the origin: its upper and its lower half, which meet at the seam.

    It is full in the middle and thin at the seam, and its corners stand out a little, as those of a filled
    cover do.
    """
    steps = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 41))
    across, along = np.meshgrid(steps, steps)
    x = across * (1 - 0.07 * (1 - along**2) ** 2)
    z = along * (1 - 0.07 * (1 - across**2) ** 2)
    full = ((1 - across**4) * (1 - along**4)) ** 0.45
    halves = [np.stack([x, sign * full, z], -1) * np.asarray(size) / 2 for sign in (1, -1)]
    return _sheet(halves[0], Material.SOFT), _sheet(halves[1], Material.SOFT)


def folded_towel(start: Floats, end: Floats, height: float) -> Iterable[Piece]:
    """Yield the layers of a folded towel that lies between two places: flat, with round folds."""
    layers, half_width = 3, 0.11
    turns = np.linspace(0, 2 * np.pi, 36, endpoint=False)
    axes = frame(end - start, (0.0, 1.0, 0.0))
    aside = np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** 0.35 * half_width
    up = np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** 0.6 * height / (2 * layers)
    for layer in range(layers):
        middle = (layer + 0.5) * height / layers - height / 2
        ring = aside[:, None] * axes[:, 2] + (up + middle)[:, None] * axes[:, 1]
        rings = [start + ring, end + ring]
        ends = [np.tile(place + axes[:, 1] * middle, (36, 1)) for place in (start, end)]
        yield _grid_piece(np.stack([ends[0], *rings, ends[1]]), Material.SOFT)


def tube(path: Floats, radius: float, material: Material, *, closed: bool = False) -> Piece:
    """Return a round tube along places (n, 3)."""
    along = np.gradient(path, axis=0)
    if closed:
        along = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    turns = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    rings = []
    for place, direction in zip(path, along, strict=True):
        axes = frame(
            direction, (0.0, 1.0, 0.0) if abs(direction[1]) < 0.9 * np.linalg.norm(direction) else (1, 0, 0)
        )
        rings.append(
            place + radius * (np.cos(turns)[:, None] * axes[:, 1] + np.sin(turns)[:, None] * axes[:, 2])
        )
    if closed:
        rings.append(rings[0])
    else:
        rings = [np.tile(path[0], (14, 1)), *rings, np.tile(path[-1], (14, 1))]
    return _grid_piece(np.stack(rings), material)


def _chair(chair: Chair) -> Iterable[Piece]:
    width, depth, seat = chair.width, chair.depth, chair.seat
    x, z = (width - _LEG) / 2, (depth - _LEG) / 2
    pieces = [box((width, _SEAT, depth), (0, seat - _SEAT / 2, 0))]
    for sx in (-x, x):
        pieces.append(box((_LEG, seat - _SEAT, _LEG), (sx, (seat - _SEAT) / 2, z), Material.PROP_FRONT))
        high = chair.back - 0.2
        pieces.append(box((_LEG, high, _LEG), (sx, high / 2, -z), Material.PROP_FRONT))
    pieces.append(box((width, 0.2, 0.028), (0, chair.back - 0.1, -z), Material.PROP_TOP))
    turn = rotation_y(chair.facing)
    return [piece.turned(turn, (chair.at[0], 0, chair.at[1])) for piece in pieces]


def _desk(desk: Desk) -> Iterable[Piece]:
    x, z, high = (desk.width - 0.05) / 2, (desk.depth - 0.05) / 2, desk.height - _TOP
    pieces = [box((desk.width, _TOP, desk.depth), (0, desk.height - _TOP / 2, 0))]
    if desk.legs == "one":
        pieces.append(box((_COLUMN, high - _TOP, _COLUMN), (0, (high + _TOP) / 2, 0), Material.PROP_FRONT))
        pieces.append(box((0.8 * x, _TOP, 0.8 * z), (0, _TOP / 2, 0)))
    else:
        corners = [(sx, sz) for sx in (-x, x) for sz in (-z, z)]
        pieces += [box((0.045, high, 0.045), (sx, high / 2, sz), Material.PROP_FRONT) for sx, sz in corners]
    return [piece.turned(np.eye(3), (desk.at[0], 0, desk.at[1])) for piece in pieces]


def _worktop(worktop: Worktop) -> Iterable[Piece]:
    width, depth, under = worktop.width, worktop.depth, worktop.height - _TOP
    pieces = [
        box((width, _TOP, depth), (0, under + _TOP / 2, 0)),
        box((width - 0.04, _PLINTH, depth - 0.12), (0, _PLINTH / 2, -0.03), Material.PROP_FRONT),
    ]
    # Two doors with a gap: a line between them shows that this is a cupboard.
    door = (width - 0.04) / 2
    high = under - _PLINTH
    pieces += [
        box((door, high, depth - 0.04), (sx * door / 2, _PLINTH + high / 2, 0), Material.WALL)
        for sx in (-1, 1)
    ]
    turn = rotation_y(worktop.facing)
    return [piece.turned(turn, (worktop.at[0], 0, worktop.at[1])) for piece in pieces]


def _bed(bed: Bed) -> Iterable[Piece]:
    under = bed.height - _MATTRESS
    high = bed.height + _HEAD_END
    x, z = bed.width / 2 - 0.05, bed.length / 2 - 0.05
    pieces = [
        box((bed.width, _MATTRESS, bed.length), (0, under + _MATTRESS / 2, 0), Material.WALL),
        box((bed.width, _FRAME, bed.length), (0, under - _FRAME / 2, 0)),
        box((bed.width, high - under, 0.04), (0, (high + under) / 2, -bed.length / 2 - 0.02)),
    ]
    legs = [(sx, sz) for sx in (-x, x) for sz in (-z, z)]
    short = under - _FRAME
    pieces += [box((0.05, short, 0.05), (sx, short / 2, sz), Material.PROP_FRONT) for sx, sz in legs]
    return [piece.turned(np.eye(3), (bed.at[0], 0, bed.at[1])) for piece in pieces]


def _stairs(stairs: Stairs) -> Iterable[Piece]:
    """Yield a block and a tread for each stair; the tread juts out, so that it looks like a stair."""
    x, first = stairs.at
    for number in range(stairs.stairs):
        height, z = (number + 1) * stairs.rise, first + number * stairs.depth
        under = height - _TREAD
        yield box((stairs.width - 2 * _NOSING, under, stairs.depth), (x, under / 2, z), Material.PROP_FRONT)
        size = (stairs.width, _TREAD, stairs.depth + _NOSING)
        yield box(size, (x, height - _TREAD / 2, z - _NOSING / 2))


def _rail(rail: Rail) -> Iterable[Piece]:
    ends = np.array(rail.through)
    posts = [box((_LEG, y, _LEG), (x, y / 2, z), Material.PROP_FRONT) for x, y, z in ends]
    return [*posts, tube(np.linspace(ends[0], ends[1], 9), rail.radius, Material.PROP_TOP)]


def _wall(wall: Wall) -> Iterable[Piece]:
    left, right = wall.across
    width, middle = right - left, (left + right) / 2
    return [
        box((width, wall.height, wall.thickness), (middle, wall.height / 2, wall.z + wall.thickness / 2)),
        box((width, _SKIRTING[1], _SKIRTING[0]), (middle, _SKIRTING[1] / 2, wall.z - _SKIRTING[0] / 2)),
    ]


def pieces_of(prop: Prop, place: Place) -> Iterable[Piece]:
    """Return the pieces of a prop; `place` finds a point of the pose file in space."""
    if isinstance(prop, Chair):
        return _chair(prop)
    if isinstance(prop, Desk):
        return _desk(prop)
    if isinstance(prop, Worktop):
        return _worktop(prop)
    if isinstance(prop, Bed):
        return _bed(prop)
    if isinstance(prop, Rail):
        return _rail(prop)
    if isinstance(prop, Stairs):
        return _stairs(prop)
    if isinstance(prop, Wall):
        return _wall(prop)
    if isinstance(prop, Cushion):
        turn = rotation_y(prop.turn) @ rotation_x(-prop.tilt)
        return [half.turned(turn, prop.at) for half in pillow(prop.size)]
    path = np.stack([place(point) for point in prop.through])
    if isinstance(prop, Towel) and prop.folded:
        return folded_towel(path[0], path[1], 2 * prop.radius)
    if isinstance(prop, Towel):
        return [tube(np.linspace(path[0], path[1], 9), prop.radius, Material.SOFT)]
    assert isinstance(prop, Band)
    line = through(np.concatenate([path, path[:1]]))[:-1] if prop.closed else through(path)
    return [tube(line, prop.radius, Material.BAND, closed=prop.closed)]


def surfaces_of(props: Iterable[Prop], place: Place) -> list[Surface]:
    """Return the surfaces of all props."""
    surfaces = []
    for number, piece in enumerate(piece for prop in props for piece in pieces_of(prop, place)):
        values = np.zeros((len(piece.points), COLUMNS))
        values[:, REST] = piece.points + (number + 1) * _APART
        surfaces.append(Surface(piece.points, piece.triangles, values, piece.materials))
    return surfaces
