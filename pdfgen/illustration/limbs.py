"""Arms and legs: from angles, or from a place for the wrist or ankle, to rotations of their bones."""

from __future__ import annotations

import numpy as np

from pdfgen.illustration.figure import bone
from pdfgen.illustration.geometry import (
    DOWN,
    FORWARD,
    LEFT,
    SIDES,
    Floats,
    frame,
    rotation_about,
    rotation_x,
    rotation_y,
    rotation_z,
    twist_about,
    unit,
)  # fmt: skip
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.pose import Arm, Foot, Hand, Leg

#: A limb is never drawn wholly straight towards a target: the hinge would have no direction.
_STRAIGHTEST = 0.9995

_LIMB_AXES = frame(DOWN, LEFT)
"""Direction and hinge axis of a hanging limb."""

#: How a turn of the hand is shared by the two halves of the forearm.
_FOREARM_SHARES = (0.35, 0.8)

#: Shape of a hand: curl of the fingers and of the thumb, and how far the fingers and the thumb are closed
#: (1: side by side).
_HANDS = {
    "flat": (-8.0, -30.0, 0.75, 0.1),
    "relaxed": (12.0, 0.0, 0.75, 0.3),
    "grip": (34.0, 14.0, 0.9, 0.6),
    "fist": (46.0, 20.0, 0.75, 1.0),
}


def _two_bones(
    start: Floats, target: Floats, lengths: tuple[float, float], hint: Floats, *, forwards: bool
) -> tuple[Floats, Floats, float]:
    """Return rotations of the upper and the lower bone, and how much farther the target is (m).

    `hint` is where the joint between them points; `forwards` is whether it is a knee, not an elbow.
    """
    upper, lower = lengths
    wanted = float(np.linalg.norm(target - start))
    reach = min(wanted, (upper + lower) * _STRAIGHTEST)
    along = unit(target - start)
    aside = unit(hint - along * (hint @ along))
    cos = float(np.clip((upper**2 + reach**2 - lower**2) / (2 * upper * reach), -1, 1))
    middle = start + upper * (along * cos + aside * np.sqrt(1 - cos * cos))
    end = start + along * reach
    axis = np.cross(aside, along) if forwards else np.cross(along, aside)
    first, second = frame(middle - start, axis), frame(end - middle, axis)
    return first @ _LIMB_AXES.T, second @ _LIMB_AXES.T, wanted - upper - lower


def place_leg(placement: Placement, side: str, leg: Leg) -> float:
    """Place the bones of a leg on the pelvis; return how much too far its target is (m)."""
    figure, sign = placement.figure, SIDES[side]
    beyond = 0.0
    if leg.ankle_at is not None:
        thigh, shank = figure.limb_lengths(side, "upperleg01", "lowerleg01", "foot")
        hip = placement.would_start(bone("upperleg01", side))
        target, hint = np.asarray(leg.ankle_at, float), np.asarray(leg.knee_to, float)
        upper, lower, beyond = _two_bones(hip, target, (thigh, shank), hint, forwards=True)
    else:
        pelvis = placement.rotation_of(bone("pelvis", side))
        upper = pelvis @ rotation_z(sign * leg.abduction) @ rotation_x(-leg.hip)
        upper = upper @ rotation_y(sign * -leg.rotation)
        lower = upper @ rotation_x(leg.knee)
    for names, rotation in ((("upperleg01", "upperleg02"), upper), (("lowerleg01", "lowerleg02"), lower)):
        for name in names:
            straight = figure.straightened[figure.index[bone(name, side)]]
            placement.place(bone(name, side), rotation @ straight)
    heading = figure.foot_headings[side]
    turned = _foot_rotation(leg.foot, lower, heading, sign)
    placement.place(bone("foot", side), turned)
    toes = rotation_y(heading) @ rotation_x(-leg.foot.toes) @ rotation_y(-heading)
    placement.place(bone("toe1-1", side), turned @ toes)
    return beyond


def _foot_rotation(foot: Foot, shank: Floats, heading: float, sign: float) -> Floats:
    if foot.toes_to is not None:
        top = foot.top_to if foot.top_to is not None else (0.0, 1.0, 0.0)
        at_rest = frame(rotation_y(heading) @ FORWARD, -DOWN)
        return np.asarray(frame(foot.toes_to, top) @ at_rest.T)
    if foot.flat:
        turned = rotation_y(foot.facing + sign * foot.out)
        return np.asarray(turned @ rotation_x(foot.heel) @ rotation_y(-heading))
    bent = shank @ rotation_x(-foot.dorsiflexion) @ rotation_z(sign * foot.inversion)
    return np.asarray(bent @ rotation_y(sign * foot.out - heading))


def place_arm(placement: Placement, side: str, arm: Arm) -> float:
    """Place the bones of an arm on its shoulder; return how much too far its target is (m)."""
    figure, sign = placement.figure, SIDES[side]
    beyond = 0.0
    if arm.wrist_at is not None:
        above, below = figure.limb_lengths(side, "upperarm01", "lowerarm01", "wrist")
        shoulder = placement.would_start(bone("upperarm01", side))
        target, hint = np.asarray(arm.wrist_at, float), np.asarray(arm.elbow_to, float)
        upper, lower, beyond = _two_bones(shoulder, target, (above, below), hint, forwards=False)
    else:
        chest = placement.rotation_of("spine01")
        upper = chest @ rotation_z(sign * arm.abduction) @ rotation_x(-arm.flexion)
        upper = upper @ rotation_y(-sign * arm.rotation)
        lower = upper @ rotation_x(-arm.elbow)
    for name in ("upperarm01", "upperarm02"):
        straight = figure.straightened[figure.index[bone(name, side)]]
        placement.place(bone(name, side), upper @ straight)
    _place_forearm(placement, side, lower, arm)
    _place_fingers(placement, side, arm.hand)
    return beyond


def _place_forearm(placement: Placement, side: str, lower: Floats, arm: Arm) -> None:
    figure, hand = placement.figure, arm.hand
    straight = figure.straightened[figure.index[bone("wrist", side)]]
    if hand.palm_to is not None:
        fingers = lower @ DOWN if hand.fingers_to is None else np.asarray(hand.fingers_to, float)
        turned = frame(fingers, hand.palm_to) @ figure.hand_frames[side].T
        twist = twist_about(turned @ (lower @ straight).T, lower @ DOWN)
    else:
        twist = -SIDES[side] * arm.forearm
        turned = lower @ rotation_about(DOWN, twist) @ rotation_z(-SIDES[side] * hand.extension) @ straight
    for name, share in zip(("lowerarm01", "lowerarm02"), _FOREARM_SHARES, strict=True):
        placement.place(bone(name, side), lower @ rotation_about(DOWN, twist * share) @ straight)
    placement.place(bone("wrist", side), turned)


def _place_fingers(placement: Placement, side: str, hand: Hand) -> None:
    curl, thumb, close, thumb_close = _HANDS[hand.shape]
    figure = placement.figure
    along, palm, _ = figure.hand_frames[side].T
    across = np.cross(along, palm)
    wrist = placement.rotation_of(bone("wrist", side))
    for finger in range(1, 6):
        first, second = (figure.head_of(bone(f"finger{finger}-{part}", side)) for part in (1, 2))
        spread = np.degrees(np.arctan2((second - first) @ across, (second - first) @ along))
        bent = rotation_about(palm, float(spread) * (close if finger > 1 else thumb_close))
        for part in range(1, 4):
            if finger > 1:
                angle = curl if part < 3 else 0.7 * curl
            else:
                angle = thumb if part == 1 else 0.25 * thumb
            bent = bent @ rotation_about(across, angle)
            placement.place(bone(f"finger{finger}-{part}", side), wrist @ bent)
