"""What a pose file may say about one posture: joint angles in degrees, places in metres.

Angles have clinical signs: flexion, abduction and dorsiflexion are positive. Their limits are the normal
ranges of the American Academy of Orthopaedic Surgeons (Joint Motion, 1965) with about 20 degrees more:
healthy ranges vary by that much, and the mesh at rest is not quite in the zero position of the clinic.
Places are x to the figure's left, y up from the floor, z forward.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from pdfgen.content.models.field_types import Items, Model

Side: TypeAlias = Literal["left", "right"]
Limb: TypeAlias = Literal["left_arm", "right_arm", "left_leg", "right_leg"]

LIMBS: tuple[Limb, ...] = ("left_leg", "right_leg", "left_arm", "right_arm")

Metres = Annotated[float, Field(ge=-10, le=10)]
Vector = Annotated[Items[Metres], Field(min_length=3, max_length=3)]

Joint = Literal[
    "pelvis", "left-pelvis", "right-pelvis", "low-back", "mid-back", "chest", "neck", "head",
    "left-shoulder", "left-elbow", "left-wrist", "left-hip", "left-knee", "left-ankle",
    "right-shoulder", "right-elbow", "right-wrist", "right-hip", "right-knee", "right-ankle",
]  # fmt: skip

TrunkJoint = Literal[
    "pelvis", "left-pelvis", "right-pelvis", "low-back", "mid-back", "chest", "neck", "head",
    "left-hip", "right-hip", "left-shoulder", "right-shoulder",
]  # fmt: skip

Part = Literal[
    "body", "trunk", "pelvis", "upper-back", "front", "head",
    "left-hand", "left-forearm", "left-foot", "left-toes", "left-shank", "left-thigh",
    "right-hand", "right-forearm", "right-foot", "right-toes", "right-shank", "right-thigh",
]  # fmt: skip


class Trunk(Model):
    """How the pelvis lies in space: `pitch` 0 upright, 90 face down, -90 on the back."""

    pitch: float = Field(0, ge=-180, le=180)
    roll: float = Field(0, ge=-90, le=90, description="one side of the pelvis nearer to the ribs")
    turn: float = Field(0, ge=-120, le=120, description="about the long axis of the trunk, to the left")
    heading: float = Field(0, ge=-180, le=180, description="where the figure faces, to its left")


class Bend(Model):
    """A part of the spine: bent forwards, to the right side, turned to the left."""

    flex: float = Field(0, ge=-60, le=65)
    side: float = Field(0, ge=-45, le=45)
    turn: float = Field(0, ge=-60, le=60)


class Pin(Model):
    """Holds one joint at a place; what is left out stays free."""

    joint: TrunkJoint
    x: Metres | None = None
    y: Metres | None = None
    z: Metres | None = None


class Foot(Model):
    """A foot: flat on a level ground, or pointing somewhere, or by its angles."""

    flat: bool = False
    facing: float = Field(0, ge=-180, le=180, description="flat: where it points; 180 is backwards")
    heel: float = Field(0, ge=0, le=90, description="flat: how far the heel is lifted")
    toes_to: Vector | None = None
    top_to: Vector | None = None
    dorsiflexion: float = Field(0, ge=-70, le=40)
    inversion: float = Field(0, ge=-40, le=55)
    out: float = Field(8, ge=-40, le=60)
    toes: float = Field(0, ge=-60, le=90, description="extension of the toes")


class Leg(Model):
    """A leg: by its angles, or with the ankle at a place and the knee towards a direction."""

    hip: float = Field(0, ge=-50, le=140)
    abduction: float = Field(0, ge=-50, le=65)
    rotation: float = Field(0, ge=-65, le=65, description="inwards")
    knee: float = Field(0, ge=-10, le=160)
    ankle_at: Vector | None = None
    knee_to: Vector = (0.0, 1.0, 0.0)
    stretched: bool = Field(
        False, description="with ankle_at: the leg may be too short and then points there"
    )
    foot: Foot = Foot()
    touches: bool = Field(True, description="with ankle_at: the lowest point of the foot is set on `ground`")
    ground: float = Field(0, ge=-1, le=2)


class Hand(Model):
    """A hand: where the fingers and the palm look, or in line with the forearm."""

    fingers_to: Vector | None = None
    palm_to: Vector | None = None
    extension: float = Field(0, ge=-100, le=90)
    shape: Literal["flat", "relaxed", "fist", "grip"] = "relaxed"


class Arm(Model):
    """An arm: by its angles, or with the wrist at a place and the elbow towards a direction."""

    flexion: float = Field(0, ge=-80, le=190)
    abduction: float = Field(0, ge=-60, le=190)
    rotation: float = Field(0, ge=-90, le=110, description="inwards")
    elbow: float = Field(0, ge=-10, le=160)
    forearm: float = Field(0, ge=-100, le=100, description="pronation")
    wrist_at: Vector | None = None
    elbow_to: Vector = (0.0, -1.0, 0.0)
    stretched: bool = Field(
        False, description="with wrist_at: the arm may be too short and then points there"
    )
    hand: Hand = Hand()
    touches: bool = Field(True, description="with wrist_at: the lowest point of the hand is set on `ground`")
    ground: float = Field(0, ge=-1, le=2)
    shoulder_raised: float | None = Field(None, ge=-10, le=40, description="left out: follows the arm")
    shoulder_forward: float = Field(0, ge=-20, le=30)


class Adjust(Model):
    """Changes one number until something is at a height: the lowest point of a part of the body, or a joint.

    `straight` names an arm or a leg that is to be just straight towards its place.
    """

    change: Annotated[Items[str], Field(min_length=1)]
    lowest: Part | None = None
    joint: Joint | None = None
    straight: Limb | None = None
    height: float = Field(0, ge=-0.5, le=2)
    within: float = Field(25, gt=0, le=90, description="how far the number may move")


class Pose(Model):
    """A posture."""

    trunk: Trunk = Trunk()
    pin: Pin = Pin(joint="pelvis", x=0, z=0)
    rests_on: Literal["trunk", "upper-back", "front", "legs", "body"] | None = None
    ground: float = Field(0, ge=-1, le=2, description="the height that `rests_on` rests at")
    lumbar: Bend = Bend()
    thorax: Bend = Bend()
    neck: Bend = Bend()
    head: Bend = Bend()
    left_arm: Arm = Arm()
    right_arm: Arm = Arm()
    left_leg: Leg = Leg()
    right_leg: Leg = Leg()
    adjust: Items[Adjust] = ()
