"""The body: a mesh at rest with its bones, read from the data file of the package."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
import scipy.sparse as sp

from pdfgen.illustration.geometry import DOWN, SIDES, Floats, Ints, frame, rotation_between

FigureName: TypeAlias = Literal[
    "woman", "man", "neutral", "older-woman", "older-man", "heavier-woman", "heavier-man"
]

_DATA = Path(__file__).parent / "data" / "figures.npz"

#: Metres a step of the stored integers (tools/build_figures.py).
_STEP = 6e-5

#: Degrees: the thoracic kyphosis of people of about 70 is this much more than at 30 (Fon and others, American
#: Journal of Roentgenology 134, 1980: about 40 degrees against 25 to 30).
_STOOP = 9.0

#: Numbers of the parts of the mesh.
SKIN, SUIT, LEFT_EYE, RIGHT_EYE = range(4)

#: Bones that are placed before the limbs, by the start of their names.
TRUNK_BONES = ("root", "spine", "pelvis", "neck", "head", "clavicle", "shoulder")

#: Share of a vertex that must follow the trunk to be of it.
_FOLLOWS = 0.6

_LETTER = {"left": "L", "right": "R"}


def bone(name: str, side: str) -> str:
    """Return the name of a limb's bone: `upperarm01` on the `left` is `upperarm01.L`."""
    return f"{name}.{_LETTER[side]}"


@dataclass(frozen=True, eq=False)
class Skin:
    """Vertices at rest (n, 3), and how much each follows the bones (n, bones), sparse."""

    vertices: Floats
    weights: Any


@dataclass(frozen=True, eq=False)
class Figure:
    """A body at rest: standing, arms away from the sides; metres, floor at y = 0.

    Attributes:
        vertices: (n, 3).
        triangles: (m, 3), indexes of vertices.
        parts: (m,), the part of the mesh that a triangle belongs to.
        bones: names; a parent comes before its children.
        parents: index of each bone's parent; -1 for the root.
        heads, tails: (bones, 3), where each bone starts and ends.
        weights: (n, bones), sparse; rows sum to 1.
        stoop: degrees that the upper back is rounder than that of a young body.
    """

    vertices: Floats
    triangles: Ints
    parts: Ints
    bones: tuple[str, ...]
    parents: Ints
    heads: Floats
    tails: Floats
    weights: Any
    stoop: float = 0.0

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Return the number of each bone."""
        return MappingProxyType({name: number for number, name in enumerate(self.bones)})

    def head_of(self, name: str) -> Floats:
        """Return where the bone `name` starts, (3,)."""
        place: Floats = self.heads[self.index[name]]
        return place

    @cached_property
    def dominant(self) -> Ints:
        """Return the bone that each vertex follows most, (n,)."""
        result: Ints = np.asarray(self.weights.argmax(axis=1)).ravel()
        return result

    @cached_property
    def skin_vertices(self) -> Ints:
        """Return the indexes of vertices of the skin."""
        return np.unique(self.triangles[self.parts == SKIN])

    @cached_property
    def groups(self) -> Mapping[str, Ints]:
        """Return the skin vertices of each part of the body that can rest on something."""
        return MappingProxyType({name: self._where(test) for name, test in _GROUPS.items()})

    @cached_property
    def skins(self) -> Mapping[str, Skin]:
        """Return the skin of each of those parts: its vertices at rest and what they follow."""
        return MappingProxyType(
            {name: Skin(self.vertices[rows], self.weights[rows]) for name, rows in self.groups.items()}
        )

    @cached_property
    def trunk_skins(self) -> Mapping[str, Skin]:
        """Return the skin of each part as the trunk alone takes it, without what hardly follows the trunk."""
        of_trunk = sp.diags([float(name.startswith(TRUNK_BONES)) for name in self.bones])
        found = {}
        for name, skin in self.skins.items():
            weights = skin.weights @ of_trunk
            total = np.asarray(weights.sum(1)).ravel()
            kept = total > _FOLLOWS
            if kept.any():
                found[name] = Skin(skin.vertices[kept], sp.diags(1 / total[kept]) @ weights[kept])
        return MappingProxyType(found)

    def _where(self, test: Callable[[str], bool]) -> Ints:
        chosen = np.array([test(name) for name in self.bones])
        result: Ints = self.skin_vertices[chosen[self.dominant[self.skin_vertices]]]
        return result

    def share(self, test: Callable[[str], bool]) -> Floats:
        """Return how much each vertex follows the bones whose names pass `test`, (n,)."""
        chosen = np.array([float(test(name)) for name in self.bones])
        result: Floats = np.asarray(self.weights @ chosen)
        return result

    @cached_property
    def straightened(self) -> Floats:
        """Return the rotations (bones, 3, 3) that hang the arms and set the legs upright."""
        result = np.tile(np.eye(3), (len(self.bones), 1, 1))
        for side in SIDES:
            for first, second, third, moved in _STRAIGHT:
                start, middle, end = (self.head_of(bone(name, side)) for name in (first, second, third))
                for direction, names in ((middle - start, moved[0]), (end - middle, moved[1])):
                    turn = rotation_between(direction, DOWN)
                    for name in names:
                        result[self.index[bone(name, side)]] = turn
        return result

    @cached_property
    def hand_frames(self) -> Mapping[str, Floats]:
        """Return for each side the axes of the hand at rest: fingers, palm, and across."""
        frames = {}
        for side, sign in SIDES.items():
            wrist, first, middle, last = (
                self.head_of(bone(name, side)) for name in ("wrist", "finger2-1", "finger3-1", "finger5-1")
            )
            frames[side] = frame(middle - wrist, -np.cross(first - wrist, last - wrist) * sign)
        return MappingProxyType(frames)

    @cached_property
    def foot_headings(self) -> Mapping[str, float]:
        """Return for each side how far the foot at rest points to the left, in degrees."""
        result = {}
        for side in SIDES:
            along = self.tails[self.index[bone("toe1-1", side)]] - self.head_of(bone("foot", side))
            result[side] = float(np.degrees(np.arctan2(along[0], along[2])))
        return MappingProxyType(result)

    def limb_lengths(self, side: str, *names: str) -> tuple[float, ...]:
        """Return the distances between the joints where the named bones start."""
        places = [self.head_of(bone(name, side)) for name in names]
        return tuple(float(np.linalg.norm(b - a)) for a, b in itertools.pairwise(places))


_FINGERS = tuple(f"finger{finger}-{part}" for finger in range(1, 6) for part in range(1, 4))
_STRAIGHT = (
    ("upperarm01", "lowerarm01", "wrist", (
        ("upperarm01", "upperarm02"), ("lowerarm01", "lowerarm02", "wrist", *_FINGERS),
    )),
    ("upperleg01", "lowerleg01", "foot", (("upperleg01", "upperleg02"), ("lowerleg01", "lowerleg02"))),
)  # fmt: skip
"""Limbs: the joints from which two directions follow, and the bones that turn with each."""


def _starts(*starts: str, side: str = "") -> Callable[[str], bool]:
    ending = f".{_LETTER[side]}" if side else ""
    return lambda name: name.startswith(starts) and name.endswith(ending)


def _group_tests() -> dict[str, Callable[[str], bool]]:
    tests: dict[str, Callable[[str], bool]] = {
        "body": lambda name: True,
        "trunk": _starts("root", "spine", "pelvis"),
        "pelvis": _starts("root", "pelvis", "spine05"),
        "upper-back": _starts("spine03", "spine02", "spine01", "clavicle", "shoulder"),
        "front": _starts("root", "spine", "pelvis", "head", "neck"),
        "head": _starts("head"),
    }
    for side in SIDES:
        for part, starts in (
            ("hand", ("wrist", "finger")), ("foot", ("foot", "toe")), ("toes", ("toe",)),
            ("forearm", ("lowerarm",)), ("shank", ("lowerleg",)), ("thigh", ("upperleg",)),
        ):  # fmt: skip
            tests[f"{side}-{part}"] = _starts(*starts, side=side)
    return tests


_GROUPS = _group_tests()


@cache
def load_figure(name: FigureName) -> Figure:
    """Read a figure from the data file."""
    with np.load(_DATA, allow_pickle=False) as data:
        quads, parts = data["quads"].astype(np.int64), data["parts"].astype(np.int64)
        whole = quads[:, 2] != quads[:, 3]
        amounts = data["weights"].astype(float)
        rows = np.repeat(np.arange(len(amounts)), amounts.shape[1])
        shape = (len(amounts), len(data["bones"]))
        weights = sp.csr_matrix(
            (amounts.ravel(), (rows, data["weight_bones"].astype(int).ravel())), shape=shape
        )
        parents = data["parents"].astype(np.int64)
        return Figure(
            vertices=data[f"{name}_vertices"] * _STEP,
            triangles=np.concatenate([quads[:, [0, 1, 2]], quads[whole][:, [0, 2, 3]]]),
            parts=np.concatenate([parts, parts[whole]]),
            bones=tuple(str(bone_name) for bone_name in data["bones"]),
            parents=np.where(parents == np.arange(len(parents)), -1, parents),
            heads=data[f"{name}_heads"] * _STEP,
            tails=data[f"{name}_tails"] * _STEP,
            weights=sp.diags(1 / amounts.sum(1)) @ weights,
            stoop=_STOOP if name.startswith("older") else 0.0,
        )
