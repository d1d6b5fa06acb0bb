"""Hair that stands away from the skull, as a surface that moves with the head: a knot, or a bob."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from pdfgen.illustration.clothing import COLUMNS, REST, Outfit
from pdfgen.illustration.geometry import Bools, Floats, Ints
from pdfgen.illustration.looks import Hair
from pdfgen.illustration.pixel_map import Surface
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.tones import Material

#: Places of a knot at rest are moved this far up, for a line between it and the rest of the hair.
_APART = 0.15


def _ball(middle: Floats, radii: tuple[float, float, float], count: int) -> tuple[Floats, Ints]:
    """Return an ellipsoid: places (v, 3) and triangles (m, 3)."""
    down, around = np.meshgrid(np.linspace(0, np.pi, count), np.linspace(0, 2 * np.pi, 2 * count))
    ball = np.stack([np.sin(down) * np.cos(around), np.cos(down), np.sin(down) * np.sin(around)], -1)
    index = np.arange(2 * count * count).reshape(2 * count, count)
    first = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:]], -1).reshape(-1, 3)
    second = np.stack([index[:-1, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 3)
    return ball.reshape(-1, 3) * np.asarray(radii) + middle, np.concatenate([first, second])


def _knot(outfit: Outfit) -> tuple[Floats, Ints]:
    """Return a knot high on the back of the head, where it is in nobody's way who lies down."""
    size = outfit.head_size
    middle = np.array([0, outfit.top + 0.010 * size, outfit.head_joint[2] - 0.058 * size])
    return _ball(middle, (0.040 * size, 0.036 * size, 0.040 * size), 20)


def _bob(outfit: Outfit) -> tuple[Floats, Ints]:
    size = outfit.head_size
    middle = np.array([0, outfit.top - 0.110 * size, outfit.head_joint[2] - 0.006 * size])
    return _ball(middle, (0.099 * size, 0.128 * size, 0.120 * size), 48)


def _of_bob(outfit: Outfit) -> Callable[[Floats], Bools]:
    """Return which places at rest belong to a bob: behind the cheeks, down to the chin, off the forehead."""
    size, top, joint = outfit.head_size, outfit.top, float(outfit.head_joint[2])

    def belongs(values: Floats) -> Bools:
        down, back = (top - values[:, 1]) / size, (values[:, 2] - joint) / size
        front = np.interp(down, [0.0, 0.05, 0.10, 0.20], [-0.02, 0.0, 0.02, 0.035])
        return np.asarray((down < 0.205) & (down > 0.02) & (back < front))

    return belongs


LONG_HAIR: Mapping[Hair, Callable[[Outfit], tuple[Floats, Ints]]] = MappingProxyType(
    {"knot": _knot, "bob": _bob}
)
"""Hair that has a surface of its own, and what makes it on the head at rest."""


def long_hair(outfit: Outfit, placement: Placement) -> Surface:
    """Return the surface of a figure's long hair on its posed head."""
    points, triangles = LONG_HAIR[outfit.look.hair](outfit)
    turned = (points - outfit.head_joint) @ placement.rotation_of("head").T + placement.start_of("head")
    values = np.zeros((len(points), COLUMNS))
    values[:, REST] = points
    materials = np.full(len(triangles), int(Material.HAIR))
    if outfit.look.hair == "bob":
        unsure = np.zeros(len(triangles), bool)
        return Surface(turned, triangles, values, materials, keep=_of_bob(outfit), sure=unsure)
    values[:, REST] += np.array([0, _APART, 0])
    return Surface(turned, triangles, values, materials)
