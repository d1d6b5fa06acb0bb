"""The prescription: what a therapist writes down for one patient (`patient.yaml`)."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from pdfgen.content.models.dose import Hold, Level, Load, Minutes, Reps, Sets, StartStep, TimesADay
from pdfgen.content.models.field_types import (
    Date,
    FigureChoice,
    FilledText,
    Identifier,
    Items,
    LanguageCode,
    Model,
    Side,
    Table,
    Text,
    TimeOfDay,
    Weekday,
)

#: Rows of a tracker sheet.
MOST_EXERCISES = 7

#: More than anybody prescribes; lists of thousands would only cost time.
_MOST_RANGES = 12
_MOST_SITUATIONS = 20
_MOST_CONFIRMED = 100
_MOST_LIBRARIES = 8

Label = Annotated[Text, StringConstraints(max_length=200)]
OwnText = Label | Annotated[Table[LanguageCode, Label], Field(min_length=1)]
"""What the therapist writes for this patient: in the language of the program, or `{nl: …, en: …}`."""

Note = Annotated[Text, StringConstraints(min_length=1, max_length=600)]
NoteText = Note | Annotated[Table[LanguageCode, Note], Field(min_length=1)]
"""A note, in the language of the program or in each language."""
Week = Annotated[int, Field(ge=1, le=12)]

_MOST_WEEKS = 12
_WEEK_RANGES = re.compile(r"\d{1,2}( *- *\d{1,2})?( *, *\d{1,2}( *- *\d{1,2})?)*")


def _weeks_as_written(value: Any) -> Any:
    """Weeks may be written as `5-8, 12`, as one number, or as a list."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    if not _WEEK_RANGES.fullmatch(value.strip()):
        raise ValueError("write weeks such as 5-8, 12 or [5, 6, 12]")
    weeks: list[int] = []
    for part in value.split(","):
        first, _, last = part.partition("-")
        if last and int(last) < int(first):
            raise ValueError(f"the weeks {part.strip()} run backwards; write the lower number first")
        weeks += range(int(first), int(last or first) + 1)
    return tuple(weeks)


WeekRanges = Annotated[
    tuple[Week, ...],
    Field(min_length=1, max_length=_MOST_WEEKS),
    BeforeValidator(_weeks_as_written),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 12}, "minItems": 1},
                {"type": "integer", "minimum": 1, "maximum": 12},
                {"type": "string", "description": "5-8, 12"},
            ]
        }
    ),
]
"""Some weeks of a program: `5-8, 12`, or a list."""


DayList = Annotated[Items[Weekday], Field(min_length=1, max_length=7)]
"""Some days of the week."""


class Patient(Model):
    """Whom the program is for."""

    label: Label = Field("", description="name, initials or code; empty prints a line to write on")


class DoseOverride(Model):
    """The therapist's own dose. What is left out keeps the value of the dose step."""

    from_week: Week | None = None
    to_week: Week | None = None
    level: Level | None = None
    sets: Sets | None = Field(None, description="a number, or a range such as 2-3")
    reps: Reps | None = Field(None, description="repetitions a set: a number, or a range such as 8-10")
    hold_s: Hold | None = Field(None, description="seconds that each repetition is held, or a range")
    minutes: Minutes | None = Field(None, description="instead of hold_s: minutes that each repetition lasts")
    per_side: bool | None = Field(None, description="the repetitions count for each side")
    one_side: bool | None = Field(None, description="one side only: that of side")
    side: Side | None = Field(None, description="the side of this exercise, instead of the program's")
    load: Load | None = Field(None, description="weight or band, as it is printed: red band, 2 kg")
    times_a_day: TimesADay | None = Field(None, description="so many times on each of its days")
    start_step: StartStep | None = Field(
        None, description="the dose step of week 1, instead of the program's"
    )
    blank: bool = Field(False, description="print a line on which the therapist writes the dose by hand")


class WeeksNote(Model):
    """A note for some weeks of the program, and so for the forms of an exercise that are done in them."""

    text: NoteText
    from_week: Week | None = None
    to_week: Week | None = None


class Personal(Model):
    """For whom the program is, from whom and from when.

    The plan does not depend on these fields, except for the weekday that its weeks begin on: see `shape_of`.
    `at` stands on no page.
    """

    patient: Patient = Patient()
    start: Date | None = Field(None, description="first day; left out, the tracker has lines for the dates")
    at: TimeOfDay | None = Field(
        None, description="when the patient exercises, in a calendar; left out, its events last all day"
    )
    therapist: Label = ""
    id: Annotated[str, StringConstraints(pattern=r"^[0-9A-HJKMNP-TV-Z]{8}$")] | None = Field(
        None, description="own document id: 8 characters of Crockford's base 32"
    )


class Prescription(Personal):
    """One patient's program, as chosen by the therapist."""

    language: LanguageCode = "nl"
    twin_language: LanguageCode | None = Field(
        None, description="language of the twin copy in layouts that have one; left out: as the clinic says"
    )
    program: Identifier
    weeks: int = Field(6, ge=2, le=12)
    start_step: StartStep = Field("T1", description="the dose step of week 1, for who can do more: T4")
    days: DayList | Table[Identifier, DayList] | None = Field(
        None,
        description="days to exercise, for all kinds or for each; a list: kinds with rest days on at most "
        "three of them that do not follow each other, others on all; left out: mon, wed, fri, others daily",
    )
    exercises: Items[Identifier] | None = Field(
        None, description="instead of the program's", min_length=1, max_length=MOST_EXERCISES
    )
    doses: Table[
        Identifier, DoseOverride | Annotated[Items[DoseOverride], Field(max_length=_MOST_RANGES)]
    ] = Field(default_factory=dict, max_length=MOST_EXERCISES)
    side: Side | None = None
    situations: Items[Identifier] = Field((), max_length=_MOST_SITUATIONS)
    confirmed: Items[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]] = Field(
        (),
        description="cautions that the therapist has weighed, as exercise/situation",
        max_length=_MOST_CONFIRMED,
    )
    goal: OwnText = ""
    if_then: OwnText = ""
    message: OwnText = Field("", description="a sentence from the therapist, printed on the cover")
    notes: Table[
        Identifier, NoteText | Annotated[Items[WeeksNote], Field(min_length=1, max_length=_MOST_RANGES)]
    ] = Field(
        default_factory=dict,
        max_length=MOST_EXERCISES,
        description="by exercise: a note, or a list of notes for some weeks",
    )
    figure: FigureChoice | None = Field(
        None, description="who does the exercises in the drawings; left out: as the clinic says"
    )
    tracker_weeks: WeekRanges | None = Field(
        None, description="weeks that get a tracker sheet; left out: all"
    )
    read_back: bool | None = Field(
        None,
        description="print marks and codes on the week sheets, so that a scan of them can be read; "
        "left out: as the clinic says",
    )
    layout: Text = "standard"
    paper: Identifier | None = None
    ink: Literal["colour", "grey"] | None = Field(None, description="left out: as the layout says")
    large: bool = Field(False, description="whatever the layout, print in large print")
    clinic: Text = Field("", description="path of the clinic's file, seen from this file")
    library: FilledText | Annotated[Items[FilledText], Field(max_length=_MOST_LIBRARIES)] = Field(
        (), description="paths of libraries laid over the shipped one, seen from this file"
    )


PERSONAL = frozenset(Personal.model_fields)
"""Names of the personal fields of a prescription."""


def shape_of(personal: Personal) -> tuple[bool, bool, int | None]:
    """Return what the personal fields change on pages besides words.

    Returns:
        whether the patient and the therapist have names, and the weekday that weeks begin on (0 is Monday;
        None without a start).
    """
    start = personal.start
    named = bool(personal.patient.label), bool(personal.therapist)
    return *named, start.weekday() if start else None
