"""Forward kinematics: a pose goes in, the place and rotation of every bone come out.

The trunk is placed first and set on what it rests on, then the legs, then the arms. Limbs with a target are
solved for it in closed form (two bones and a hinge).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import scipy.sparse as sp

from pdfgen.illustration.figure import TRUNK_BONES, Figure, bone
from pdfgen.illustration.geometry import (
    SIDES,
    Floats,
    Ints,
    angle_between,
    rotation_x,
    rotation_y,
    rotation_z,
)  # fmt: skip
from pdfgen.illustration.limbs import place_arm, place_leg
from pdfgen.illustration.pose import LIMBS, Arm, Bend, Leg, Limb, Pose

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

_SPINE = (
    ("lumbar", ("spine05", "spine04"), (0.5, 0.5)),
    ("thorax", ("spine03", "spine02", "spine01"), (0.34, 0.36, 0.30)),
    ("neck", ("neck01", "neck02", "neck03"), (0.4, 0.3, 0.3)),
    ("head", ("head",), (1.0,)),
)
"""Parts of the spine, their bones from below, and how they share a bend."""

#: A hand or foot is set on its ground this exactly, in metres.
_TOUCH = 0.0005

#: Scapular rhythm: the collar bone rises by this share of the arm's elevation past 40 degrees, 28 at most.
_RHYTHM, _RHYTHM_FROM, _RHYTHM_MOST = 0.24, 40.0, 28.0


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

    def skin(self, rows: Ints | None = None) -> Floats:
        """Return the vertices (all, or those of `rows`) where the bones take them."""
        figure = self.figure
        weights = figure.weights if rows is None else figure.weights[rows]
        return self._blend(weights, figure.vertices if rows is None else figure.vertices[rows])

    def trunk_skin(self, rows: Ints) -> Floats:
        """Return vertices as the bones of the trunk take them, without those that hardly follow the trunk."""
        figure = self.figure
        of_trunk = np.array([float(name.startswith(TRUNK_BONES)) for name in figure.bones])
        weights = figure.weights[rows] @ sp.diags(of_trunk)
        total = np.asarray(weights.sum(1)).ravel()
        kept = total > 0.6
        return self._blend(sp.diags(1 / total[kept]) @ weights[kept], figure.vertices[rows][kept])

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
        return float(self.skin(self.figure.groups[part])[:, 1].min())


def place(figure: Figure, pose: Pose) -> Placement:
    """Place all bones of a figure."""
    count = len(figure.bones)
    placement = Placement(figure, np.tile(np.eye(3), (count, 1, 1)), np.zeros((count, 3)), {})
    _place_trunk(placement, pose)
    _pin(placement, pose)
    _rest_trunk(placement, pose)
    _place_legs(placement, pose)
    if pose.rests_on == "legs":
        for _ in range(2):
            low = min(
                placement.lowest(f"{side}-{part}") for side in SIDES for part in ("foot", "shank", "thigh")
            )
            placement.starts[:, 1] += pose.ground - low
            _place_legs(placement, pose)
    for limb in ("left_arm", "right_arm"):
        _place_limb(placement, limb, getattr(pose, limb))
    for limb in LIMBS:
        _touch(placement, limb, getattr(pose, limb))
    if pose.rests_on == "body":
        placement.starts[:, 1] += pose.ground - placement.lowest("body")
    return placement


def bend_rotation(bend: Bend, share: float = 1.0) -> Floats:
    """Return the rotation (3, 3) of a share of a bend."""
    turned = rotation_y(bend.turn * share) @ rotation_z(bend.side * share)
    result: Floats = turned @ rotation_x(bend.flex * share)
    return result


def _place_trunk(placement: Placement, pose: Pose) -> None:
    trunk = pose.trunk
    around = rotation_y(trunk.heading) @ rotation_x(trunk.pitch)
    rotation = around @ rotation_z(trunk.roll) @ rotation_y(trunk.turn)
    placement.place("root", rotation)
    for part, names, shares in _SPINE:
        for name, share in zip(names, shares, strict=True):
            rotation = rotation @ bend_rotation(getattr(pose, part), share)
            placement.place(name, rotation)
    for side in SIDES:
        placement.place(bone("pelvis", side), placement.rotation_of("root"))
        _place_shoulder(placement, side, 0, 0)


def _place_shoulder(placement: Placement, side: str, raised: float, forward: float) -> None:
    turned = rotation_z(SIDES[side] * raised) @ rotation_y(-SIDES[side] * forward)
    rotation = placement.rotation_of("spine01") @ turned
    placement.place(bone("clavicle", side), rotation)
    placement.place(bone("shoulder01", side), rotation)


def _pin(placement: Placement, pose: Pose) -> None:
    at = placement.would_start(JOINT_BONES[pose.pin.joint])
    for axis, wanted in enumerate((pose.pin.x, pose.pin.y, pose.pin.z)):
        if wanted is not None:
            placement.starts[:, axis] += wanted - at[axis]


def _rest_trunk(placement: Placement, pose: Pose) -> None:
    if pose.rests_on in ("trunk", "upper-back", "front"):
        low = placement.trunk_skin(placement.figure.groups[pose.rests_on])[:, 1].min()
        placement.starts[:, 1] += pose.ground - low


def _place_legs(placement: Placement, pose: Pose) -> None:
    _place_limb(placement, "left_leg", pose.left_leg)
    _place_limb(placement, "right_leg", pose.right_leg)


def _place_limb(placement: Placement, limb: Limb, given: Arm | Leg) -> None:
    side = limb.split("_")[0]
    if isinstance(given, Leg):
        placement.beyond[limb] = place_leg(placement, side, given)
        return
    raised = given.shoulder_raised
    if raised is None:
        past = max(0.0, _elevation(placement, side, given) - _RHYTHM_FROM)
        raised = min(_RHYTHM_MOST, _RHYTHM * past)
    _place_shoulder(placement, side, raised, given.shoulder_forward)
    placement.beyond[limb] = place_arm(placement, side, given)


def _elevation(placement: Placement, side: str, arm: Arm) -> float:
    """Return how far an arm is lifted from hanging beside the trunk, in degrees."""
    if arm.wrist_at is None:
        return max(abs(arm.flexion), abs(arm.abduction))
    _place_shoulder(placement, side, 0, 0)
    along = np.asarray(arm.wrist_at) - placement.would_start(bone("upperarm01", side))
    return angle_between(along, placement.rotation_of("spine01") @ np.array([0, -1, 0]))


def _touch(placement: Placement, limb: Limb, given: Arm | Leg) -> None:
    """Move the target of a limb up or down until its hand or foot lies on the ground."""
    target = given.ankle_at if isinstance(given, Leg) else given.wrist_at
    if target is None or not given.touches:
        return
    part = limb.split("_")[0] + ("-foot" if isinstance(given, Leg) else "-hand")
    x, y, z = target
    for _ in range(4):
        above = placement.lowest(part) - given.ground
        if abs(above) < _TOUCH:
            return
        y -= above
        field = "ankle_at" if isinstance(given, Leg) else "wrist_at"
        given = given.model_copy(update={field: (x, y, z)})
        _place_limb(placement, limb, given)
