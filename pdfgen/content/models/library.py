"""The exercise library: what `exercises.yaml` holds. Facts and texts; no sizes, no choices for a patient.

Lengths of time are in seconds. Texts may hold `{side}` and `{other}`, which become the word for the side
that is trained and for the opposite side ("left", "linker").
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pdfgen.content.models.dose import Dose, Level
from pdfgen.content.models.field_types import (
    Date,
    FilledText,
    Identifier,
    Items,
    LanguageCode,
    LocalText,
    Model,
    Side,
    Table,
    Text,
)

CautionUse = Literal["chair", "L1", "L2", "L3", "smaller", "choose-another"]
"""What somebody in a situation does: another form, the same one smaller, or better another exercise."""

Category = Literal["mobilising", "strengthening"]

Seconds = Annotated[int, Field(ge=0, le=600)]

#: Bounds of lists, far above what anybody prints; a list of thousands would only cost time.
_MANY = 20
_VERY_MANY = 200


class Step(Model):
    """One instruction of an exercise."""

    kind: Literal["prepare", "do", "breathe", "return"]
    text: LocalText
    one_side: LocalText | None = Field(None, description="instead of the text, where one side only is done")


class Panel(Model):
    """One drawing of a series: the start, the end, a position between them."""

    figure: Identifier = Field(
        description="file name without .svg: in the folder figures beside the library, else in assets/figures"
    )
    alt: LocalText = Field(description="what the drawing shows, for a reader who cannot see it")
    side: Side | None = Field(None, description="which side of the body the drawing shows at work, if one")


class Variant(Model):
    """One way to do the exercise: a level."""

    name: LocalText = Field(description="what patient and therapist call this variant")
    summary: LocalText = Field(description="in one or two sentences, where the variant is only mentioned")
    only_when_prescribed: bool = Field(
        False, description="never offered as the harder form; printed only where the therapist prescribes it"
    )
    steps: Items[Step] = Field(min_length=2, max_length=6)
    panels: Items[Panel] = Field((), max_length=6)
    equipment: Items[Identifier] = Field((), max_length=_MANY)


class Caution(Model):
    """What to print beside an exercise for somebody in a situation. The therapist decides."""

    situations: Items[Identifier] = Field(min_length=1, max_length=_MANY)
    use: CautionUse = Field(description="the form that is meant, or: smaller, choose-another")
    text: LocalText


class Exercise(Model):
    """One exercise with everything that can be printed about it."""

    category: Category
    name: LocalText
    purpose: LocalText
    muscles: LocalText
    position: LocalText = Field(description="the start position in a few words: on your back")
    breathing: LocalText
    mistakes: Items[LocalText] = Field(min_length=1, max_length=4)
    care: Items[LocalText] = Field(min_length=1, max_length=4, description="take care if …, for everybody")
    equipment: Items[Identifier] = Field((), max_length=_MANY)
    movement_s: Seconds = Field(description="seconds of movement in a repetition, both ways, without hold")
    rest_s: Seconds = Field(0, description="seconds of rest between sets")
    variants: Table[Level, Variant]
    doses: Items[Dose | None] = Field(
        min_length=1, max_length=12, description="dose at step T1, T2, …; null where it is not done yet"
    )
    cautions: Items[Caution] = Field((), max_length=_VERY_MANY)
    video: Text = ""
    sources: Items[Identifier] = Field((), max_length=_MANY)


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
    signs: Items[LocalText] = Field(min_length=1, max_length=_MANY)
    note: LocalText | None = None


class TrafficLightText(Model):
    """Words for one range of the pain scale, filled with the clinic's limits.

    A title or text may hold `{range}` (`0 to 3`, `6 or more`), and all texts of the traffic light
    `{green_max}`, `{amber_min}`, `{amber_max}`, `{red_min}` (numbers of the pain scale) and `{hours}` (by
    when the pain must be back to usual).
    """

    title: LocalText
    text: LocalText


class TrafficLight(Model):
    """The pain traffic light: what a number from 0 to 10 means for the exercise."""

    title: LocalText
    intro: LocalText
    green: TrafficLightText
    amber: TrafficLightText
    red: TrafficLightText
    usual_pain: LocalText = Field(description="for people whose usual pain is already amber")


class Safety(Model):
    """The obligatory safety section."""

    title: LocalText
    intro: LocalText
    boxes: Items[SafetyBox] = Field(min_length=3, max_length=6)
    stop_rule: LocalText
    traffic_light: TrafficLight
    ask_first_title: LocalText
    ask_first: Items[LocalText] = Field(min_length=1, max_length=_MANY)


class PhoneNumber(Model):
    """A number, who answers it and when. An empty number prints a line to write on."""

    label: LocalText
    hours: LocalText | None = Field(None, description="when it is answered, printed behind the label")
    number: Text = ""


class PhoneLine(PhoneNumber):
    """A number for help today, by the name under which a clinic gives its own."""

    id: Identifier


class Country(Model):
    """Whom to call in a country."""

    name: LocalText
    emergency: PhoneNumber
    emergency_line: Identifier | None = Field(
        None, description="the line of `urgent` that is printed below the emergency number too"
    )
    urgent: Items[PhoneLine] = Field(min_length=1, max_length=6)


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
    tips: Items[LocalText] = Field(min_length=1, max_length=_MANY)
    positions: Strip | None = Field(None, description="the positions that exercises begin in")
    warm_up: Strip
    warm_up_minutes: int = Field(3, ge=0, le=15)
    down: Strip
    up: Strip


class Advice(Model):
    """A title with short points."""

    title: LocalText
    points: Items[LocalText] = Field(min_length=1, max_length=_MANY)
    note: LocalText | None = None


class MissedRow(Model):
    """What to do after a gap."""

    gap: LocalText
    advice: LocalText


class Progress(Model):
    """Moving on, staying, going back; missed sessions and flare-ups; afterwards."""

    title: LocalText
    intro: LocalText
    move_on: Advice
    stay: Advice
    go_back: Advice
    missed_title: LocalText
    missed: Items[MissedRow] = Field(min_length=1, max_length=_MANY)
    flare_up: Advice
    afterwards: Advice


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
    exercises: Items[Identifier] = Field((), max_length=_VERY_MANY)
    situations: Items[Identifier] = Field((), max_length=_VERY_MANY)
    rank: int = Field(50, ge=0, le=100)
    sources: Items[Identifier] = Field((), max_length=_MANY)


class GlossaryEntry(Model):
    """A word and what it means; printed only if the program uses the word."""

    term: LocalText
    meaning: LocalText
    used_by: Literal["always", "sets", "reps", "hold", "rest", "sides", "levels"]


class Source(Model):
    """Where facts and numbers come from. Sentences are never taken over."""

    title: FilledText
    publisher: FilledText
    year: int | None = Field(None, ge=1900, le=2100)
    url: Text = ""


class Review(Model):
    """Who reviewed the content. `by` and `date` stay empty until a clinician has."""

    status: Literal["not-reviewed", "reviewed"]
    by: Text = ""
    role: Text = ""
    date: Date | None = None
    statement: LocalText


class Named(Model):
    """Something that only has a name."""

    name: LocalText


class Library(Model):
    """All content: `exercises.yaml`, with the clinic's own files laid over it."""

    version: FilledText
    languages: Items[LanguageCode] = Field(
        min_length=1, max_length=_MANY, description="languages that every text is given in"
    )
    title: LocalText = Field(description="what a program is called on its cover")
    condition: LocalText = Field(description="what the programs are for: low back pain")
    review: Review
    intended_use: LocalText
    disclaimer: Items[LocalText] = Field(max_length=_MANY)
    situations: Table[Identifier, Named]
    equipment: Table[Identifier, Named]
    exercises: Table[Identifier, Exercise]
    programs: Table[Identifier, Program]
    phases: Items[Phase] = Field(max_length=12)
    safety: Safety
    countries: Table[Annotated[str, Field(pattern="^[A-Z]{2}$")], Country]
    preparation: Preparation
    progress: Progress
    faq: Items[Faq] = Field(max_length=_VERY_MANY)
    glossary: Table[Identifier, GlossaryEntry]
    sources: Table[Identifier, Source]
