"""HL7 FHIR R4 patients (hl7.org/fhir/R4/patient.html): a name and a language, and on request a little more.

Addresses, telephone numbers, contacts and all other particulars are never read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pdfgen.content.files.source import Mark, printable
from pdfgen.content.loading import list_languages
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.rosters.cells import read_cell
from pdfgen.content.rosters.columns import Kind
from pdfgen.content.rosters.fhir_elements import Resource, objects_of, text_of, texts_of
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import RowProblem

#: `HumanName.use` in the order in which a name is taken; "old" and "maiden" are not the patient's name now.
_USES = ("usual", "official", "", "temp", "nickname", "anonymous")

#: Codes of the languages that documents can be made in, looked for once and not for each patient.
_languages = lru_cache(maxsize=1)(list_languages)

_BIRTH_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def read_patient(
    patient: Resource, file: str, options: RosterOptions
) -> tuple[dict[str, Any], tuple[RowProblem, ...]]:
    """Return the label and the language of a patient, and the problems that prevent using the record."""
    reader = _Reader(patient.data, options)
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    for field, read in (("", reader.state), ("language", reader.language), ("patient.label", reader.label)):
        try:
            value = read()
        except ValueError as error:
            element, message = error.args
            problems.append(RowProblem(message, field, file, row=patient.number, heading=element))
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

    def __init__(self, patient: Mapping[str, Any], options: RosterOptions) -> None:
        self.patient = patient
        self.options = options
        self.written_in = Prescription.model_fields["language"].default

    def state(self) -> str:
        """Refuse a record that is not in use, or whose patient has died."""
        if self.patient.get("deceasedBoolean") is True or self.patient.get("deceasedDateTime"):
            raise _wrong("deceased", "this patient has died; take the record out")
        if self.patient.get("active") is False:
            raise _wrong("active", "this record is not in use (active is false); take it out")
        links = objects_of(self.patient.get("link"))
        if any(link.get("type") == "replaced-by" for link in links):
            raise _wrong("link", "this record was replaced by another one; take that one")
        return ""

    def label(self) -> str:
        """Return the name, followed by the birth date and the identifier if the options ask for them."""
        name = self.name()
        behind = [self.birth_date()] if self.options.with_birth_date else []
        behind += [self.identifier()] if self.options.identifier_system else []
        return ", ".join((name, *filter(None, behind)))

    def name(self) -> str:
        names = [name for name in objects_of(self.patient.get("name")) if _written(name)]
        current = [name for name in names if not _ended(name)] or names
        for use in _USES:
            found = dict.fromkeys(_written(name) for name in current if text_of(name.get("use")) == use)
            if len(found) > 1:
                kind = f'with the use "{use}"' if use else "without a use"
                raise _wrong(
                    "name", f"has {len(found)} names {kind}; keep one, or end the period of the others"
                )
            if found:
                return next(iter(found))
        if names:
            raise _wrong("name", "has only former names; add the present one")
        raise _wrong("name", "has no name; add one, with text or with family and given")

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
            "choose a language for other patients",
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
        form = "d MMMM y" if found[3] else "MMMM y" if found[2] else "y"
        from babel.dates import format_date

        return format_date(day, form, locale=self.written_in)

    def identifier(self) -> str:
        """Return the identifier of the system that was asked for."""
        system = self.options.identifier_system
        found = [text_of(one.get("value")) for one in objects_of(self.patient.get("identifier"))
                 if one.get("system") == system and one.get("use") != "old"]  # fmt: skip
        if not any(found):
            raise _wrong("identifier", "has no identifier of the system that was asked for")
        return next(filter(None, found))


def _written(name: Mapping[str, Any]) -> str:
    """Return the text of a name, else its parts joined."""
    parts = [*texts_of(name.get("prefix")), *texts_of(name.get("given")), text_of(name.get("family"))]
    return text_of(name.get("text")) or " ".join(filter(None, (*parts, *texts_of(name.get("suffix")))))


def _ended(name: Mapping[str, Any]) -> bool:
    period = name.get("period")
    return isinstance(period, Mapping) and bool(period.get("end"))


def _language(communication: Mapping[str, Any]) -> str:
    """Return the language of a CodeableConcept: of `nl-NL` it is `nl`, of the text "Nederlands" too."""
    concept = communication.get("language")
    if not isinstance(concept, Mapping):
        return ""
    words = [text_of(coding.get("code")) for coding in objects_of(concept.get("coding"))]
    for word in (*words, text_of(concept.get("text"))):
        if word:
            node = read_cell(word, ("language",), Kind.WORD, Mark("", 0, 0))
            return str(node.value).split("-")[0]
    return ""
