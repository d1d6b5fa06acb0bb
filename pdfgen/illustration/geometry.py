"""Rotations and directions in space: x to the figure's left, y up, z forward; angles in degrees."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

DOWN: Floats = np.array([0.0, -1.0, 0.0])
LEFT: Floats = np.array([1.0, 0.0, 0.0])
FORWARD: Floats = np.array([0.0, 0.0, 1.0])

#: Sign of x on each side of the figure.
SIDES = {"left": 1.0, "right": -1.0}

_TINY = 1e-9


def unit(vector: ArrayLike) -> Floats:
    """Return `vector` (3,) with length 1; a zero vector stays what it is."""
    given = np.asarray(vector, dtype=float)
    length = float(np.sqrt(given @ given))
    return given / length if length > _TINY else given


def rotation_x(angle: float) -> Floats:
    """Return the rotation (3, 3) about x: positive tips an upright figure forward."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]], dtype=float)


def rotation_y(angle: float) -> Floats:
    """Return the rotation (3, 3) about y: positive turns the figure to its left."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]], dtype=float)


def rotation_z(angle: float) -> Floats:
    """Return the rotation (3, 3) about z: positive leans the figure to its right."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]], dtype=float)


def rotation_about(axis: ArrayLike, angle: float) -> Floats:
    """Return the rotation (3, 3) by `angle` about the direction `axis`."""
    x, y, z = unit(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn = np.radians(angle)
    result: Floats = np.eye(3) + np.sin(turn) * cross + (1 - np.cos(turn)) * cross @ cross
    return result


def rotation_between(first: ArrayLike, second: ArrayLike) -> Floats:
    """Return the shortest rotation (3, 3) that takes the direction `first` to `second`."""
    start, end = unit(first), unit(second)
    axis = np.cross(start, end)
    sine = float(np.sqrt(axis @ axis))
    if sine < _TINY:
        if start @ end > 0:
            return np.eye(3)
        aside = LEFT if abs(start[0]) < 0.9 else -DOWN
        return rotation_about(np.cross(start, aside), 180)
    return rotation_about(axis, float(np.degrees(np.arctan2(sine, start @ end))))


def frame(direction: ArrayLike, aside: ArrayLike) -> Floats:
    """Return orthonormal axes as columns (3, 3): `direction`, nearest to `aside`, and both crossed."""
    first = unit(direction)
    second = np.asarray(aside, dtype=float)
    second = unit(second - first * (second @ first))
    return np.stack([first, second, np.cross(first, second)], axis=1)


def twist_about(rotation: Floats, axis: ArrayLike) -> float:
    """Return by how many degrees (-180 to 180) `rotation` twists about `axis`."""
    around = unit(axis)
    real = np.sqrt(max(0.0, 1 + np.trace(rotation))) / 2
    if real < 1e-6:
        return 180.0
    vector = np.array([
        rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1],
    ]) / (4 * real)  # fmt: skip
    angle = float(np.degrees(2 * np.arctan2(vector @ around, real)))
    return (angle + 180) % 360 - 180


def angle_between(first: ArrayLike, second: ArrayLike) -> float:
    """Return the angle between two directions, 0 to 180 degrees."""
    return float(np.degrees(np.arccos(np.clip(unit(first) @ unit(second), -1, 1))))
