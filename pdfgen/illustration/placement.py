"""Where the bones of a figure are, and where they take its skin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from pdfgen.illustration.figure import Figure, bone
from pdfgen.illustration.geometry import SIDES, Floats
from pdfgen.illustration.pose import Limb

JOINT_BONES: Mapping[str, str] = MappingProxyType(
    {
        "pelvis": "root", "left-pelvis": "pelvis.L", "right-pelvis": "pelvis.R", "low-back": "spine04",
        "mid-back": "spine03", "chest": "spine02", "neck": "neck01", "head": "head",
        **{
            f"{side}-{joint}": bone(name, side)
            for side in SIDES
            for joint, name in (
                ("shoulder", "upperarm01"), ("elbow", "lowerarm01"), ("wrist", "wrist"),
                ("hip", "upperleg01"), ("knee", "lowerleg01"), ("ankle", "foot"),
            )
        },
    }
)  # fmt: skip
"""The bone that starts at each joint of a pose file."""


@dataclass(eq=False)
class Placement:
    """Where the bones are: rotation from rest (bones, 3, 3) and start (bones, 3).

    `beyond` is by how many metres the target of a limb is beyond its length; less than 0: it can bend.
    """

    figure: Figure
    rotations: Floats
    starts: Floats
    beyond: dict[Limb, float]

    def place(self, name: str, rotation: Floats) -> None:
        """Set a bone on the end of its parent."""
        number = self.figure.index[name]
        parent = int(self.figure.parents[number])
        self.rotations[number] = rotation
        if parent < 0:
            self.starts[number] = self.figure.heads[number]
            return
        offset = self.figure.heads[number] - self.figure.heads[parent]
        self.starts[number] = self.rotations[parent] @ offset + self.starts[parent]

    def would_start(self, name: str) -> Floats:
        """Return where a bone starts when it is set on its parent."""
        number = self.figure.index[name]
        parent = int(self.figure.parents[number])
        if parent < 0:
            return self.start_of(name).copy()
        offset = self.figure.heads[number] - self.figure.heads[parent]
        result: Floats = self.rotations[parent] @ offset + self.starts[parent]
        return result

    def start_of(self, name: str) -> Floats:
        """Return where a bone starts, (3,)."""
        result: Floats = self.starts[self.figure.index[name]]
        return result

    def rotation_of(self, name: str) -> Floats:
        """Return the rotation of a bone from rest, (3, 3)."""
        result: Floats = self.rotations[self.figure.index[name]]
        return result

    def joint(self, name: str) -> Floats:
        """Return the place of a joint as pose files name it, (3,)."""
        return self.start_of(JOINT_BONES[name])

    def skin(self) -> Floats:
        """Return all vertices where the bones take them."""
        return self._blend(self.figure.weights, self.figure.vertices)

    def skin_of(self, part: str) -> Floats:
        """Return the skin vertices of a part of the body where the bones take them."""
        skin = self.figure.skins[part]
        return self._blend(skin.weights, skin.vertices)

    def trunk_skin(self, part: str) -> Floats:
        """Return vertices as the bones of the trunk take them, without those that hardly follow the trunk."""
        skin = self.figure.trunk_skins[part]
        return self._blend(skin.weights, skin.vertices)

    def turned(self, ways: Floats) -> Floats:
        """Return directions at rest, one for each vertex (n, 3), as the bones turn them."""
        blended = (self.figure.weights @ self.rotations.reshape(-1, 9)).reshape(-1, 3, 3)
        result: Floats = np.einsum("nij,nj->ni", blended, ways)
        return result

    def _blend(self, weights: Any, vertices: Floats) -> Floats:
        moved = self.starts - np.einsum("nij,nj->ni", self.rotations, self.figure.heads)
        table = np.concatenate([self.rotations.reshape(-1, 9), moved], axis=1)
        blended = weights @ table
        turned = np.einsum("nij,nj->ni", blended[:, :9].reshape(-1, 3, 3), vertices)
        result: Floats = turned + blended[:, 9:]
        return result

    def lowest(self, part: str) -> float:
        """Return the height of the lowest skin vertex of a part of the body."""
        return float(self.skin_of(part)[:, 1].min())
