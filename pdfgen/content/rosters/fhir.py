"""HL7 FHIR R4 patients (hl7.org/fhir/R4/patient.html): a name and a language, and on request a little more.

Addresses, telephone numbers, contacts and all other particulars are never read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pdfgen.content.loading import language_in, list_languages, load_language
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.rosters.fhir_days import ClinicClock
from pdfgen.content.rosters.fhir_elements import Resource, objects_of, text_of
from pdfgen.content.rosters.fhir_names import present_name
from pdfgen.content.rosters.languages import language_code
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.content.rosters.told import Told
from pdfgen.errors import printable

#: Codes of ISO 639-2 that name no language: undetermined, several, none, not coded.
_NO_LANGUAGE = ("und", "mul", "zxx", "mis")

_NOT_PREFERRED = "several languages and none preferred; the usual one is taken"
_UNKNOWN_LANGUAGE = "the language is given as not known; the usual one is taken"

_locale = lru_cache(lambda code: load_language(code).value.locale)
#: Codes of the languages that documents can be made in, looked for once and not for each patient.
_languages = lru_cache(maxsize=1)(list_languages)

_BIRTH_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Setting(NamedTuple):
    """What patients are read with.

    Attributes:
        file: the roster as the user named it.
        options: how it is read.
        clock: of the clinic.
        told: what is guessed; its row is set before.
    """

    file: str
    options: RosterOptions
    clock: ClinicClock
    told: Told


def read_patient(
    patient: Resource, day: dt.date, setting: Setting
) -> tuple[dict[str, Any], tuple[RowProblem, ...]]:
    """Return the label and the language of a patient on a day, and what prevents using the record."""
    reader = _Reader(patient.data, day, setting)
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    for field, read in (("", reader.state), ("language", reader.language), ("patient.label", reader.label)):
        try:
            value = read()
        except ValueError as error:
            element, message = error.args
            problems.append(RowProblem(message, field, setting.file, row=patient.number, heading=element))
            continue
        if value and field == "language":
            values["language"] = value
        elif value:
            values["patient"] = {"label": value}
    return values, tuple(problems)


def _wrong(element: str, message: str) -> ValueError:
    return ValueError(element, message)


class _Reader:
    """Reads one patient. Every method raises `ValueError(element, message)`."""

    def __init__(self, patient: Mapping[str, Any], day: dt.date, setting: Setting) -> None:
        self.patient = patient
        self.day = day
        self.options = setting.options
        self.clock = setting.clock
        self.told = setting.told
        self.written_in = Prescription.model_fields["language"].default

    def state(self) -> str:
        """Refuse a record that is not in use, or whose patient has died."""
        for name, value in self.patient.items():
            if name.lstrip("_").startswith("deceased"):
                self._refuse_death(name, value)
        active = self.patient.get("active")
        if active is False or text_of(active).casefold() == "false":
            raise _wrong("active", "this record is not in use (active is false); take it out")
        links = objects_of(self.patient.get("link"))
        if any(link.get("type") == "replaced-by" for link in links):
            raise _wrong("link", "this record was replaced by another one; take that one")
        return ""

    def _refuse_death(self, name: str, value: Any) -> None:
        """Refuse any form of having died: a moment, also one that is not known, or that it is so."""
        is_moment = not name.endswith("Boolean")
        said = text_of(value).casefold()
        if value is True or said == "true" or (is_moment and value not in (None, False, "", {}, [])):
            raise _wrong("deceased", "this patient has died; take the record out")
        if not is_moment and value not in (None, False) and said != "false" and name[0] != "_":
            raise _wrong("deceased", "must be true or false; look whether this patient lives")

    def label(self) -> str:
        """Return the name, followed by the birth date and the identifier if the options ask for them."""
        name = self.name()
        behind = [self.birth_date()] if self.options.with_birth_date else []
        behind += [self.identifier()] if self.options.identifier_system else []
        return ", ".join((name, *filter(None, behind)))

    def name(self) -> str:
        return present_name(objects_of(self.patient.get("name")), self.day, self.clock)

    def language(self) -> str:
        """Return the preferred or only language, and write dates in it; empty if the record names none."""
        spoken = objects_of(self.patient.get("communication"))
        chosen = [one for one in spoken if one.get("preferred") is True] or (
            spoken if len(spoken) == 1 else []
        )
        codes = list(dict.fromkeys(filter(None, map(_language, chosen))))
        if not codes:
            if chosen:
                raise _wrong("communication", "names no language code; write a code such as nl")
            if len({_language(one) for one in spoken}) > 1:
                self.told.of_row('column "communication"', _NOT_PREFERRED)
            return ""
        if set(codes) <= set(_NO_LANGUAGE):
            self.told.of_row('column "communication"', _UNKNOWN_LANGUAGE)
            return ""
        languages = _languages()
        for code in codes:
            if code in languages:
                self.written_in = code
                return code
        if self.options.other_language:
            self.written_in = self.options.other_language
            return self.options.other_language
        raise _wrong(
            "communication",
            f'the preferred language is "{printable(codes[0])}", and documents are made in '
            f"{', '.join(languages)}; "
            "choose one for such patients with --other-language",
        )

    def birth_date(self) -> str:
        """Return the birth date in the patient's language; a year or a month alone stays as it is."""
        written = self.patient.get("birthDate")
        if written is None:
            return ""
        found = _BIRTH_DATE.fullmatch(written) if isinstance(written, str) else None
        try:
            if found is None:
                raise ValueError
            day = dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError:
            raise _wrong("birthDate", "is not a date; write year-month-day") from None
        parts = "yMMMMd" if found[3] else "yMMMM" if found[2] else "y"
        from babel.dates import format_skeleton

        return format_skeleton(parts, day, locale=_locale(language_in(self.written_in, self.options.country)))

    def identifier(self) -> str:
        """Return the identifier of the system that was asked for."""
        system = self.options.identifier_system
        found = [text_of(one.get("value")) for one in objects_of(self.patient.get("identifier"))
                 if one.get("system") == system and one.get("use") != "old"]  # fmt: skip
        if not any(found):
            raise _wrong("identifier", "has no identifier of the system that was asked for")
        return next(filter(None, found))


def _language(communication: Mapping[str, Any]) -> str:
    """Return the language of a CodeableConcept: of `nl-NL` it is `nl`, of the text "Nederlands" too."""
    concept = communication.get("language")
    if not isinstance(concept, Mapping):
        return ""
    words = [text_of(coding.get("code")) for coding in objects_of(concept.get("coding"))]
    for word in (*words, text_of(concept.get("text"))):
        if word:
            return language_code(word)
    return ""
