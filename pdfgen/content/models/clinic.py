"""The clinic: who makes the programs and how they look and whom a patient calls (`clinic.yaml`)."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from pdfgen.content.models.contact import Email, Phone, Website
from pdfgen.content.models.field_types import (
    Colour,
    FigureChoice,
    Identifier,
    Items,
    LanguageCode,
    LocalText,
    Model,
    Table,
    Text,
)

#: The most signs that a clinic can add to a box.
_MOST_ADDED = 12
_MOST_LANGUAGES = 12
_MOST_LINES = 6

Short = Annotated[Text, StringConstraints(max_length=120)]
Line = Annotated[Text, StringConstraints(max_length=90)]


class Limits(Model):
    """Limits of the pain traffic light, on a scale from 0 to 10.

    The defaults are those of an NHS community provider (clinical.md 2.5, S46). Clinics differ, so they are
    a setting.
    """

    green_max: int = Field(3, ge=0, le=8)
    amber_max: int = Field(5, ge=1, le=9)
    settle_hours: int = Field(24, ge=1, le=72)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.green_max >= self.amber_max:
            raise ValueError("amber_max must be higher than green_max")
        return self


class OwnNumber(Model):
    """A number that takes the place of the country's. What is left out stays the country's."""

    label: Short = ""
    hours: Short = ""
    number: Annotated[Text, StringConstraints(min_length=1, max_length=40)]


class OwnLine(OwnNumber):
    """A number that takes the place of one of the country's lines for help today."""

    id: Identifier = Field(description="which line of the country, such as day or night")


class SafetyAdditions(Model):
    """What a clinic adds to the safety section; nothing of the library's can be taken away."""

    signs: Table[Identifier, Annotated[Items[LocalText], Field(min_length=1, max_length=_MOST_ADDED)]] = (
        Field(default_factory=dict, description="more warning signs, by the box in which they stand")
    )
    ask_first: Items[LocalText] = Field(
        (), description="more people who must ask first", max_length=_MOST_ADDED
    )


class Clinic(Model):
    """A clinic. Everything may be left out; an empty clinic prints lines to write on."""

    name: Short = ""
    address: Items[Short] = Field((), max_length=4)
    phone: Phone = ""
    email: Email = ""
    website: Website = ""
    logo: Text = Field("", description="SVG, PNG, JPEG or WebP; path seen from this file")
    logo_alt: Short = Field("", description="what the logo shows; left out: the clinic's name")
    accent: Colour = Field("#0b4f5c", description="one colour for headings; at least 7:1 on white")
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] = "NL"
    emergency: OwnNumber | None = None
    urgent: Items[OwnLine] = Field(
        (),
        description="numbers for help today, by the country's lines; a line that is not named stays as it is",
        max_length=_MOST_LINES,
    )
    traffic_light: Limits = Limits()
    therapist: Short = ""
    layout: Text = "standard"
    languages: Items[LanguageCode] = Field(
        (),
        description="languages that the team reads, best first; for twin copies",
        max_length=_MOST_LANGUAGES,
    )
    figure: FigureChoice = Field("woman", description="who does the exercises in the drawings")
    paper: Identifier | None = None
    read_back: bool = Field(
        False, description="print marks and codes on the week sheets, so that a scan of them can be read"
    )
    header: Line = Field("", description="a line at the head of every page")
    footer: Line = Field("", description="a line at the foot of every page, above the page number")
    closing: LocalText | None = Field(None, description="a closing text of your own, after the questions")
    safety: SafetyAdditions = SafetyAdditions()
    id_key: Short = Field("", description="a secret that makes document ids impossible to guess")
