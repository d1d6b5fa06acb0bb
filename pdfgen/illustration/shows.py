"""What a panel must show, as its pose file says; `show_checks` measures it on the posed body of a figure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pdfgen.content.models.field_types import Items, Model, Table
from pdfgen.illustration.pose import Joint, Part

JointLine = Annotated[
    Items[Literal[Joint, "shoulder", "elbow", "wrist", "hip", "knee", "ankle"]],
    Field(min_length=3, max_length=5),
]

Ground = Literal["floor", "chair", "table", "worktop", "bed", "stairs", "cushion", "towel"]

Thing = Literal[Ground, "wall", "rail", "band", Part]


class Shows(Model):
    """What must be true of a panel with every figure, or it is not drawn."""

    straight: JointLine | None = Field(
        None, description="joints in one line as they are seen; without left or right: on both sides"
    )
    within: float = Field(5.0, gt=0, le=45, description="with straight: how far it may bend at a joint")
    rounded: float | None = Field(
        None, gt=0, le=0.5, description="the back arches out by this share of its length, most in its middle"
    )
    hollow: float | None = Field(
        None, gt=0, le=0.5, description="the low back sinks in by this share of the back's length"
    )
    rests_on: Table[Part, Ground] = Field({}, description="parts of the body and what carries them")
    touches: Table[Part, Thing] = Field({}, description="parts of the body and what they touch")
    seen: Items[Part] = Field((), description="parts that nothing hides")
    moves: Table[Joint, Annotated[float, Field(gt=0, le=60)]] = Field(
        {}, description="mm on paper from the dashed panel, or from the first"
    )
    arrows_beside: Items[Literal[Joint, Part]] = Field(
        (), description="for each arrow the part that moves: the arrow goes its way, beside it"
    )
