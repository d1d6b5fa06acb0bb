"""What a pose file says besides postures: view, mat, props, arrows and helping lines. Places in metres."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from pdfgen.content.models.field_types import FilledText, Items, Model, Table
from pdfgen.illustration.pose import Joint, Limb, Metres, Part, Pose, Vector
from pdfgen.illustration.shows import Shows

if TYPE_CHECKING:
    from pdfgen.illustration.camera import Camera

Pair = Annotated[Items[Metres], Field(min_length=2, max_length=2)]
Size = Annotated[float, Field(gt=0, le=4)]
Sizes = Annotated[Items[Size], Field(min_length=3, max_length=3)]
Letter = Annotated[str, StringConstraints(pattern="^[a-z]$")]

VIEWS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "side": (-78, 7), "side-low": (-80, 6), "side-high": (-76, 14),
        "three-quarter": (-52, 8), "front": (-14, 6), "back": (-128, 8),
        "top": (-90, 90), "feet-end": (0, 52),
    }
)  # fmt: skip
"""Yaw and pitch of the camera by name. In the side views the right side is near."""


def _rising(value: tuple[float, ...]) -> tuple[float, ...]:
    if value[0] >= value[1]:
        raise ValueError("write the smaller number first")
    return value


Span = Annotated[Pair, AfterValidator(_rising)]


class View(Model):
    """A camera by its angles."""

    yaw: float = Field(-78, ge=-180, le=180)
    pitch: float = Field(7, ge=-20, le=90)


class Anchor(Model):
    """A place beside a joint or a part of the body."""

    near: Literal[Joint, Part]
    by: Vector = (0.0, 0.0, 0.0)
    panel: Letter | None = Field(None, description="as the body is in another panel")


Point = Vector | Anchor


class Arrow(Model):
    """A movement: from a place by some way, or through places."""

    start: Point | None = None
    move: Vector | None = None
    through: Annotated[Items[Point], Field(min_length=2)] | None = None
    both_ways: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Arrow:
        if (self.through is None) != (self.start is not None and self.move is not None):
            raise ValueError("write either start and move, or through")
        if self.move is not None and not any(self.move):
            raise ValueError("move goes nowhere; write a way to the left, up and forwards")
        return self


class Line(Model):
    """A dashed line that helps to see something straight."""

    through: Annotated[Items[Point], Field(min_length=2)]


class Mat(Model):
    """A mat on the floor: from and to, across and along."""

    across: Span = (-0.42, 0.42)
    along: Span = (-1.0, 1.0)


class Chair(Model):
    """A kitchen chair without arms; `at` is the middle of the seat, `facing` 0 looks forwards."""

    kind: Literal["chair"]
    at: Pair
    facing: float = Field(0, ge=-180, le=180)
    seat: Size = 0.45
    width: Size = 0.42
    depth: Size = 0.42
    back: Size = 0.86


class Wall(Model):
    """A wall across the view at `z`, or along it at `x`, from the floor up."""

    kind: Literal["wall"]
    z: Metres
    across: Span = (-0.45, 0.45)
    height: Size = 1.9
    thickness: Size = 0.12


class Desk(Model):
    """A table; `at` is the middle of its top; one leg in the middle hides nobody's knees."""

    kind: Literal["table"]
    at: Pair
    height: Size = 0.74
    width: Size = 0.9
    depth: Size = 0.6
    legs: Literal["four", "one"] = "four"


class Worktop(Model):
    """A kitchen worktop on cupboards; `at` is the middle of its top, `facing` where its doors look."""

    kind: Literal["worktop"]
    at: Pair
    facing: float = Field(0, ge=-180, le=180)
    height: Size = 0.94
    width: Size = 0.8
    depth: Size = 0.5


class Bed(Model):
    """A bed with its head end behind; `at` is the middle of its mattress, `height` that of the top."""

    kind: Literal["bed"]
    at: Pair
    height: Size = 0.45
    width: Size = 0.86
    length: Size = 2.06


class Stairs(Model):
    """Stairs that climb forwards; `at` is the middle of the lowest tread. One stair is a step."""

    kind: Literal["stairs"]
    at: Pair
    stairs: int = Field(2, ge=1, le=10)
    rise: Size = 0.17
    depth: Size = 0.29
    width: Size = 0.86


class Rail(Model):
    """A handrail between two places, with a post under each end."""

    kind: Literal["rail"]
    through: Annotated[Items[Vector], Field(min_length=2, max_length=2)]
    radius: Size = 0.022


class Cushion(Model):
    """A cushion; `at` is its middle, `size` across, high and along, `tilt` lifts its front end."""

    kind: Literal["cushion"]
    at: Vector
    size: Sizes = (0.4, 0.12, 0.4)
    tilt: float = Field(0, ge=-90, le=90)
    turn: float = Field(0, ge=-180, le=180)


class Towel(Model):
    """A towel between two places: a roll, or `folded` and flat; `radius` is half its height."""

    kind: Literal["towel"]
    through: Annotated[Items[Point], Field(min_length=2, max_length=2)]
    radius: Size = 0.045
    folded: bool = False


class Band(Model):
    """An elastic band through places; `closed` makes a loop."""

    kind: Literal["band"]
    through: Annotated[Items[Point], Field(min_length=2)]
    closed: bool = False
    radius: Size = 0.012


Prop = Annotated[
    Chair | Wall | Desk | Worktop | Bed | Stairs | Rail | Cushion | Towel | Band, Field(discriminator="kind")
]


Pale = Literal["left", "right", "none"]


class Zoom(Model):
    """Shows only what is within `radius` metres of a place, larger: a round window of `diameter` mm."""

    around: Point
    radius: Size = 0.25
    diameter: float = Field(25, ge=10, le=60)

    @property
    def scale(self) -> float:
        """Mm on paper a metre."""
        return self.diameter / 2 / self.radius


class Panel(Model):
    """One picture."""

    pose: Pose = Pose()
    shows: Shows = Shows()
    ghost: Letter | None = Field(None, description="the panel whose outline is dashed")
    ghost_of: Items[Limb] = Field((), description="only these limbs are dashed, each with its own outline")
    ghost_from: float = Field(
        1.0, ge=0, le=20, description="mm: ghost lines nearer to the figure are left out"
    )
    ghost_length: float = Field(5.0, ge=0, le=60, description="mm: shorter ghost lines are left out")
    arrows: Items[Arrow] = ()
    lines: Items[Line] = ()
    props: Items[Prop] = ()
    zoom: Zoom | None = None
    pale: Pale | None = Field(None, description="for this panel alone; left out: that of the scene")


class Scene(Model):
    """A pose file: the panels of one exercise or variant, all in one frame."""

    title: FilledText
    view: (
        Literal["side", "side-low", "side-high", "three-quarter", "front", "back", "top", "feet-end"] | View
    ) = "side"
    pale: Pale | None = Field(
        None, description="limbs of the far side, drawn lighter; left out: left in side views"
    )
    mat: Mat | None = None
    shadow: bool = Field(False, description="shadows on the floor under what stands on it")
    feet: Literal["sock", "shoe"] = "sock"
    width: float = Field(57.85, ge=20, le=120, description="mm on paper, at most")
    height: float = Field(46.0, ge=10, le=120, description="mm on paper, at most")
    scale: float | None = Field(
        None, ge=10, le=120, description="mm on paper a metre; left out: fills the frame"
    )
    props: Items[Prop] = ()
    panels: Annotated[Table[Letter, Panel], Field(min_length=1)]

    @property
    def camera(self) -> Camera:
        """Return the eye of all panels."""
        # Reading and completing pose files needs no arrays, and the camera does.
        from pdfgen.illustration.camera import Camera

        if isinstance(self.view, View):
            return Camera(self.view.yaw, self.view.pitch)
        return Camera(*VIEWS[self.view])

    def pale_side(self, panel: Panel) -> str:
        """Return the side whose limbs are drawn lighter in a panel; empty for none."""
        pale = panel.pale or self.pale
        if pale is not None:
            return "" if pale == "none" else pale
        return "left" if isinstance(self.view, str) and self.view.startswith("side") else ""
