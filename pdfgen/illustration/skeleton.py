"""Forward kinematics: a pose goes in, the place and rotation of every bone come out.

The trunk is placed first and set on what it rests on, then the legs, then the arms. Limbs with a target are
solved for it in closed form (two bones and a hinge).
"""

from __future__ import annotations

import numpy as np

from pdfgen.illustration.figure import Figure, bone
from pdfgen.illustration.geometry import (
    SIDES,
    Floats,
    angle_between,
    rotation_x,
    rotation_y,
    rotation_z,
)  # fmt: skip
from pdfgen.illustration.limbs import place_arm, place_leg
from pdfgen.illustration.placement import JOINT_BONES, Placement
from pdfgen.illustration.pose import LIMBS, Arm, Bend, Leg, Limb, Pose

_SPINE = (
    ("lumbar", ("spine05", "spine04"), (0.4, 0.6)),
    ("thorax", ("spine03", "spine02", "spine01"), (0.44, 0.38, 0.18)),
    ("neck", ("neck01", "neck02", "neck03"), (0.4, 0.3, 0.3)),
    ("head", ("head",), (1.0,)),
)
"""Parts of the spine, their bones from below, and how they share a bend."""

#: Shares of a rounder upper back that the low back makes good, so that the chest stays above the hips, and
#: the neck, so that the eyes look ahead.
_LEANS_BACK, _LOOKS_UP = 0.4, 0.4

#: What of the trunk somebody can rest on.
_ON_THE_TRUNK = ("trunk", "upper-back", "front")

#: Degrees of pitch, either way, beyond which somebody who rests on the trunk lies, and the floor straightens
#: a rounder back.
_LIES = 45.0

#: A hand or foot is set on its ground this exactly, in metres.
_TOUCH = 0.0005

#: Scapular rhythm: the collar bone rises by this share of the arm's elevation past 40 degrees, 28 at most.
_RHYTHM, _RHYTHM_FROM, _RHYTHM_MOST = 0.24, 40.0, 28.0


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
    lies = pose.rests_on in _ON_THE_TRUNK and abs(trunk.pitch) > _LIES
    rounder = 0.0 if lies else placement.figure.stoop
    stoop = {"lumbar": -_LEANS_BACK * rounder, "thorax": rounder, "neck": -_LOOKS_UP * rounder}
    for part, names, shares in _SPINE:
        bend: Bend = getattr(pose, part)
        bend = bend.model_copy(update={"flex": bend.flex + stoop.get(part, 0.0)})
        for name, share in zip(names, shares, strict=True):
            rotation = rotation @ bend_rotation(bend, share)
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
    if pose.rests_on in _ON_THE_TRUNK:
        low = placement.trunk_skin(pose.rests_on)[:, 1].min()
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
