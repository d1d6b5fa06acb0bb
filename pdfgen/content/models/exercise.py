"""One exercise of the library: facts and texts; no sizes, no choices for a patient.

Lengths of time are in seconds. Texts may hold `{side}` and `{other}`, which become the word for the side
that is trained and for the opposite side ("left", "linker").
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from pdfgen.content.models.dose import Dose, Level
from pdfgen.content.models.field_types import (
    Identifier,
    Items,
    LocalText,
    Model,
    Side,
    Table,
    Text,
)

CautionUse = Literal["chair", "L1", "L2", "L3", "smaller", "choose-another"]
"""What somebody in a situation does: another form, the same one smaller, or better another exercise."""

Seconds = Annotated[int, Field(ge=0, le=600)]

Percent = Annotated[float, Field(ge=0, le=90)]

MOST_CROPPED = 90

MANY = 20
VERY_MANY = 200
"""Bounds of lists, far above what anybody prints; a list of thousands would only cost time."""


class Step(Model):
    """One instruction of an exercise."""

    kind: Literal["prepare", "do", "breathe", "return"]
    text: LocalText
    one_side: LocalText | None = Field(None, description="instead of the text, where one side only is done")


class Crop(Model):
    """What is cut away of a photo at each side, in percent of its width or height, as it is seen upright."""

    left: Percent = 0
    top: Percent = 0
    right: Percent = 0
    bottom: Percent = 0

    @model_validator(mode="after")
    def _leaves_something(self) -> Self:
        if max(self.left + self.right, self.top + self.bottom) > MOST_CROPPED:
            raise ValueError(f"cuts away more than {MOST_CROPPED} percent; take a photo from nearer by")
        return self


class Panel(Model):
    """One picture of a series, a drawing or a photo: the start, the end, a position between them."""

    figure: Identifier | None = Field(
        None,
        description="a drawing: file name without .svg, in the folder figures beside the library, else in "
        "assets/figures",
    )
    photo: Annotated[Text, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None, description="a photo: JPEG, PNG or WebP; path seen from the library's file"
    )
    crop: Crop | None = Field(None, description="what to cut away of the photo")
    alt: LocalText = Field(description="what the picture shows, for a reader who cannot see it")
    step: Annotated[int, Field(ge=1, le=6)] | None = Field(
        None, description="number of the step that it shows; the picture carries it"
    )
    side: Side | None = Field(None, description="which side of the body the picture shows at work, if one")

    @model_validator(mode="after")
    def _is_one_picture(self) -> Self:
        if (self.figure is None) == (self.photo is None):
            raise ValueError("give a figure (a drawing) or a photo, one of the two")
        if self.crop is not None and self.photo is None:
            raise ValueError("crop is for photos; leave it out, or name a photo instead of a figure")
        return self

    @property
    def picture(self) -> str:
        """The name of its picture; photos that are cropped otherwise are other pictures."""
        if self.photo is None:
            return self.figure or ""
        crop = self.crop or Crop()
        return f"photo {self.photo} {crop.left:g} {crop.top:g} {crop.right:g} {crop.bottom:g}"


class Variant(Model):
    """One way to do the exercise: a level."""

    name: LocalText = Field(description="what patient and therapist call this variant")
    summary: LocalText = Field(description="in one or two sentences, where the variant is only mentioned")
    position: LocalText | None = Field(
        None, description="the start position where it is not the exercise's: sitting on a chair"
    )
    only_when_prescribed: bool = Field(
        False, description="printed only where the therapist prescribes it; in no dose of the library"
    )
    steps: Items[Step] = Field(min_length=2, max_length=6)
    panels: Items[Panel] = Field((), max_length=6)
    equipment: Items[Identifier] = Field((), max_length=MANY)


class Caution(Model):
    """What to print beside an exercise for somebody in a situation. The therapist decides."""

    situations: Items[Identifier] = Field(min_length=1, max_length=MANY)
    use: CautionUse = Field(description="the form that is meant, or: smaller, choose-another")
    text: LocalText


class Exercise(Model):
    """One exercise with everything that can be printed about it."""

    kind: Identifier = Field(description="one of the kinds of the library")
    name: LocalText
    purpose: LocalText
    muscles: LocalText
    position: LocalText = Field(description="the start position in a few words: on your back")
    breathing: LocalText
    mistakes: Items[LocalText] = Field(min_length=1, max_length=4)
    care: Items[LocalText] = Field(min_length=1, max_length=4, description="take care if …, for everybody")
    equipment: Items[Identifier] = Field((), max_length=MANY)
    movement_s: Seconds = Field(description="seconds of movement in a repetition, both ways, without hold")
    rest_s: Seconds = Field(0, description="seconds of rest between sets")
    each_side: LocalText | None = Field(
        None, description="behind a dose for each side, in words that fit the exercise: with each leg"
    )
    variants: Table[Level, Variant]
    doses: Items[Dose | None] = Field(
        min_length=1, max_length=12, description="dose at step T1, T2, …; null where it is not done yet"
    )
    cautions: Items[Caution] = Field((), max_length=VERY_MANY)
    video: Text = ""
    sources: Items[Identifier] = Field((), max_length=MANY)

    @property
    def situations(self) -> frozenset[str]:
        """The situations that its cautions are for."""
        return frozenset(name for caution in self.cautions for name in caution.situations)
