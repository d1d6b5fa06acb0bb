"""The library: what `exercises.yaml` holds. Exercises, conditions, and what all conditions share."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from pdfgen.content.models.condition import Condition, Faq, Program
from pdfgen.content.models.exercise import MANY, VERY_MANY, Exercise
from pdfgen.content.models.field_types import (
    FilledText,
    Identifier,
    Items,
    LanguageCode,
    LocalText,
    Model,
    Table,
    Text,
)
from pdfgen.content.models.layout import PaperName


class Kind(Model):
    """A kind of exercise: loosening up, getting stronger."""

    name: LocalText
    what_for: LocalText = Field(description="one or two sentences: what this kind of exercise is for")
    rest_days: bool = Field(
        False, description="needs a day of rest: on at most three days that do not follow each other"
    )


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
    dialling_code: Annotated[str, Field(pattern=r"^[+][1-9][0-9]{0,3}$")] | None = Field(
        None, description="of the country, such as +31: numbers on the page can then be called from anywhere"
    )
    paper: PaperName | None = Field(
        None,
        description="that people print on where no file names one; else that of the layout",
    )
    emergency: PhoneNumber
    emergency_line: Identifier | None = Field(
        None, description="the line of `urgent` that is printed below the emergency number too"
    )
    urgent: Items[PhoneLine] = Field(min_length=1, max_length=6)


class Advice(Model):
    """A title with short points."""

    title: LocalText
    points: Items[LocalText] = Field(min_length=1, max_length=MANY)
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
    missed: Items[MissedRow] = Field(min_length=1, max_length=MANY)
    flare_up: Advice
    afterwards: Advice


class GlossaryEntry(Model):
    """A word and what it means; printed only if the program uses the word."""

    term: LocalText
    meaning: LocalText
    used_by: Literal["always", "sets", "holds", "reps", "hold", "rest", "sides", "levels"]


class Source(Model):
    """Where facts and numbers come from. Sentences are never taken over."""

    title: FilledText
    publisher: FilledText
    year: int | None = Field(None, ge=1900, le=2100)
    url: Text = ""


class Named(Model):
    """Something that only has a name."""

    name: LocalText


class Library(Model):
    """All content: `exercises.yaml`, with the clinic's own files laid over it."""

    version: FilledText
    languages: Items[LanguageCode] = Field(
        min_length=1, max_length=MANY, description="languages that documents can be made in"
    )
    extends: Literal["none"] | None = Field(
        None, description="in a file of your own: it stands alone and nothing is laid under it"
    )
    kinds: Table[Identifier, Kind]
    situations: Table[Identifier, Named]
    equipment: Table[Identifier, Named]
    exercises: Table[Identifier, Exercise]
    conditions: Annotated[Table[Identifier, Condition], Field(min_length=1)]
    traffic_light: TrafficLight
    progress: Progress
    countries: Table[Annotated[str, Field(pattern="^[A-Z]{2}$")], Country]
    faq: Items[Faq] = Field((), max_length=VERY_MANY, description="questions of every condition")
    glossary: Table[Identifier, GlossaryEntry]
    sources: Table[Identifier, Source]

    @property
    def programs(self) -> Mapping[str, Program]:
        """The programs of all conditions."""
        return {
            name: program
            for condition in self.conditions.values()
            for name, program in condition.programs.items()
        }

    def condition_of(self, program: str) -> str:
        """Return the id of the condition that has a program.

        Raises:
            KeyError: no condition has it.
        """
        for name, condition in self.conditions.items():
            if program in condition.programs:
                return name
        raise KeyError(program)

    def questions(self, condition: str) -> tuple[Faq, ...]:
        """Return the questions of a condition: those of every condition first, then its own."""
        return (*self.faq, *self.conditions[condition].faq)

    def exercises_of(self, condition: str) -> tuple[str, ...]:
        """Return the ids of the exercises that a condition's programs use, in order of the library."""
        programs = self.conditions[condition].programs.values()
        used = {name for program in programs for name in program.exercises}
        return tuple(name for name in self.exercises if name in used)

    def situations_of(self, condition: str, exercises: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the situations that a condition asks about: an exercise or a question of it names them.

        Args:
            condition: its id.
            exercises: more exercises, as a therapist may choose them.
        """
        named = {s for entry in self.questions(condition) for s in entry.situations}
        for name in (*self.exercises_of(condition), *exercises):
            if name in self.exercises:
                named |= self.exercises[name].situations
        return tuple(name for name in self.situations if name in named)
