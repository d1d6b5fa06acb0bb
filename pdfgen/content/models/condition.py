"""One condition of the library: what is printed for it alone, and with no other condition."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from pdfgen.content.models.exercise import MANY, VERY_MANY, Panel
from pdfgen.content.models.field_types import Date, Identifier, Items, LocalText, Model, Table, Text


class Phase(Model):
    """A stretch of dose steps with one aim."""

    first_step: int = Field(ge=1, le=12)
    last_step: int = Field(ge=1, le=12)
    name: LocalText
    aim: LocalText


class Program(Model):
    """A template that a therapist starts from."""

    name: LocalText
    summary: LocalText
    weeks: Items[Annotated[int, Field(ge=2, le=12)]] = Field(
        min_length=1, max_length=11, description="the lengths that it is meant for"
    )
    exercises: Items[Identifier] = Field(min_length=1, max_length=7)


class SafetyBox(Model):
    """One box of warning signs with what to do."""

    id: Identifier
    icon: Identifier
    title: LocalText
    number: Literal["emergency", "urgent", "clinic"] = Field(description="whose number is printed large")
    signs: Items[LocalText] = Field(min_length=1, max_length=MANY)
    note: LocalText | None = None


class Safety(Model):
    """The obligatory safety section: whom to call for what, when to stop, who asks first."""

    title: LocalText
    intro: LocalText
    boxes: Items[SafetyBox] = Field(min_length=3, max_length=6)
    stop_rule: LocalText
    ask_first_title: LocalText
    ask_first: Items[LocalText] = Field(min_length=1, max_length=MANY)
    sources: Items[Identifier] = Field((), max_length=MANY)


class Picture(Model):
    """A step that can have a drawing: one picture of a strip."""

    text: LocalText
    panel: Panel | None = None


class Strip(Model):
    """A short series of steps with a title: down to the floor, up again, the warm-up."""

    title: LocalText
    intro: LocalText | None = None
    steps: Items[Picture] = Field(min_length=1, max_length=6)
    note: LocalText | None = None


class Preparation(Model):
    """Getting ready: what to arrange, start positions, the warm-up, the way to the floor and back."""

    title: LocalText
    tips: Items[LocalText] = Field(min_length=1, max_length=MANY)
    positions: Strip | None = Field(
        None,
        description="the positions that forms begin in; a program shows those of its own",
    )
    warm_up: Strip
    warm_up_minutes: int = Field(3, ge=0, le=15)
    down: Strip | None = Field(None, description="how to get down to the floor")
    up: Strip | None = Field(None, description="how to get up again")


class Faq(Model):
    """A question with a plain answer, and when a program raises it.

    An entry concerns a program when it is `always`, or names one of its exercises or situations. The
    lower the rank, the earlier it is printed. An `obligatory` one is printed in every program.
    """

    id: Identifier
    question: LocalText
    answer: LocalText
    always: bool = False
    obligatory: bool = Field(False, description="printed however few questions the layout has")
    exercises: Items[Identifier] = Field((), max_length=VERY_MANY)
    situations: Items[Identifier] = Field((), max_length=VERY_MANY)
    rank: int = Field(50, ge=0, le=100)
    sources: Items[Identifier] = Field((), max_length=MANY)

    def concerns(self, exercises: Collection[str], situations: Collection[str]) -> bool:
        """Whether a program with these exercises, for somebody in these situations, raises it."""
        return (
            self.always
            or self.obligatory
            or not set(self.exercises).isdisjoint(exercises)
            or not set(self.situations).isdisjoint(situations)
        )


class Review(Model):
    """Who reviewed the content. `by` and `date` stay empty until a clinician has."""

    status: Literal["not-reviewed", "reviewed"]
    by: Text = ""
    role: Text = ""
    date: Date | None = None
    statement: LocalText


class Condition(Model):
    """What the programs of one condition print, besides the exercises and what all conditions share."""

    title: LocalText = Field(description="what a program is called on its cover")
    name: LocalText = Field(description="what the programs are for: low back pain")
    review: Review
    intended_use: LocalText
    disclaimer: Items[LocalText] = Field(max_length=MANY)
    safety: Safety
    preparation: Preparation
    phases: Items[Phase] = Field(max_length=12)
    programs: Table[Identifier, Program]
    faq: Items[Faq] = Field((), max_length=VERY_MANY)
