"""A roster of 1,000 rows as practices have them: names of many shapes, blanks, doubles, 5 % broken rows.

Everything is invented, and the same seed gives the same bytes. `write_csv` and `write_xlsx` make files of it,
`bundle` makes FHIR R4 patients.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEADINGS = (
    "naam", "taal", "programma", "weken", "startdatum", "dagen", "kant", "situaties", "doel", "als-dan",
    "notes.cat-cow", "doses.bridge.reps", "therapeut",
)  # fmt: skip

ROWS = 1_000
BROKEN_SHARE = 0.05
DOUBLE_SHARE = 0.02
BLANK_SHARE = 0.02

_DUTCH_GIVEN = (
    "Anna",
    "Truus",
    "Willem-Alexander",
    "Sjoerdtje",
    "Jan Willem",
    "Noor",
    "Zoë",
    "Renée",
    "Thijs",
)
_PARTICLES = ("", "", "de", "van den", "van 't", "ter", "'t", "van der", "in 't", "op den", "d'")
_DUTCH_FAMILY = (
    "Vries", "Berg", "Hooft", "Jansen", "Wit-Jansen", "IJsbrandy", "Ĳssel", "Dijk-van den Broek", "Zijlstra",
    "Daniëls", "Coenraad", "Æbelø",
)  # fmt: skip
_WHOLE = (
    "Nguyễn Thị Minh Khai", "Łukasz Wójcik", "Γιώργος Παπαδόπουλος", "Анна Сергеевна Иванова", "Şükrü Öztürk",
    "Siobhán Ní Dhomhnaill", "José María Aznar y López", "Þórdís Jökulsdóttir", "Ngô Đình",
    "O’Brien-Smith, P.", "Kateřina Nováková", "M. bin Abdullah", "Fatima ez-Zahra el Idrissi",
    "Prof. dr. ir. H. Müller-Lüdenscheidt",
    "P-0417", "0042", "X", "Jean-Luc d’Arcy", "Ștefan Țepeș", "Mária Szabó-Kovács", "Ole Gunnar Ødegård",
)  # fmt: skip
_TITLES = ("", "", "Mevr. ", "Dhr. ", "Mw. ", "Mevrouw ")
_GOALS = (
    "",
    "",
    "Weer tuinieren",
    'Zeggen: "het lukt"',
    "Traplopen; zonder leuning",
    "Een uur zitten, zonder pijn",
)
_DAYS = ("", "ma, wo, vr", "di, do", "mon wed fri", "maandag, donderdag", "ma wo vr zo")
_SITUATIONS = ("", "", "", "knee-pain", "osteoporosis", "knee-pain, wrist-pain")

#: What can be wrong: the column, what stands there, and part of what is said about it.
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("startdatum", "03/04/2026", "can mean two days"),
    ("startdatum", "31-02-2026", "must be a date"),
    ("startdatum", "12-3-26", "two digits"),
    ("weken", "zes", "whole number"),
    ("weken", "60", "at most 12"),
    ("programma", "", "missing"),
    ("dagen", "ma, wensdag", "names no day"),
    ("taal", "Klingon", "language code"),
    ("kant", "boven", "left, right"),
    ("doses.bridge.reps", "8 of 10", "whole number"),
    ("naam", "Jansen \u202egnirts", "cannot be printed"),
    ("naam", "Aafke " * 60, "too long"),
    ("dagen", '{"mobilising": [ma', "list in brackets is not closed"),
)


@dataclass(frozen=True)
class Generated:
    """A roster and what is known of it.

    Attributes:
        rows: cells in the order of `HEADINGS`; a blank row has no text in any.
        broken: row as the user counts, with part of the message.
        doubles: rows that say the same as another one.
        blank: rows without anything.
    """

    rows: tuple[tuple[str, ...], ...]
    broken: Mapping[int, str]
    doubles: frozenset[int]
    blank: frozenset[int]


def generate(count: int = ROWS, seed: int = 20260302) -> Generated:
    """Return a roster of `count` rows, besides the blank ones; the same for the same `seed`."""
    chance = random.Random(seed)
    rows: list[tuple[str, ...]] = []
    broken: dict[int, str] = {}
    doubles: set[int] = set()
    blank: set[int] = set()
    faulty = set(chance.sample(range(count), round(count * BROKEN_SHARE)))
    fault = chance.randrange(len(FAULTS))
    for index in range(count):
        if chance.random() < BLANK_SHARE:
            blank.add(len(rows) + 2)
            rows.append(("",) * len(HEADINGS))
        number = len(rows) + 2
        if index in faulty:
            heading, cell, said = FAULTS[fault % len(FAULTS)]
            fault += 1
            broken[number] = said
            rows.append(_row(chance, index, {heading: cell}))
        elif chance.random() < DOUBLE_SHARE and (whole := _whole_rows(rows, broken)):
            doubles.add(number)
            rows.append(chance.choice(whole))
        else:
            rows.append(_row(chance, index, {}))
    return Generated(tuple(rows), broken, frozenset(doubles), frozenset(blank))


def _whole_rows(rows: Sequence[tuple[str, ...]], broken: Mapping[int, str]) -> list[tuple[str, ...]]:
    return [row for number, row in enumerate(rows, start=2) if any(row) and number not in broken]


def _row(chance: random.Random, index: int, changed: Mapping[str, str]) -> tuple[str, ...]:
    start = dt.date(2026, 3, 2) + dt.timedelta(days=chance.randrange(200))
    values = {
        "naam": _name(chance),
        "taal": chance.choice(("nl", "nl", "Nederlands", "en", "English", "")),
        "programma": chance.choice(("short-four", "full-seven", "starter")),
        "weken": chance.choice(("", "4", "6", "8", "12")),
        "startdatum": chance.choice(("", start.isoformat(), f"{start.day} maart {start.year}")),
        "dagen": chance.choice(_DAYS),
        "kant": chance.choice(("", "", "links", "right")),
        "situaties": chance.choice(_SITUATIONS),
        "doel": chance.choice(_GOALS),
        "als-dan": chance.choice(("", "Als ik koffie heb gehad,\ndan doe ik mijn oefeningen")),
        "notes.cat-cow": chance.choice(("", "", "Beweeg klein.")),
        "doses.bridge.reps": chance.choice(("", "", "6", "10")),
        # A number in its own text keeps two rows from being the same by accident.
        "therapeut": f"K. Beek {index}",
    }
    if values["programma"] == "starter":
        values["doses.bridge.reps"] = ""
    return tuple({**values, **changed}[heading] for heading in HEADINGS)


def _name(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(_WHOLE)
    if chance.random() < 0.03:
        return ""
    parts = (chance.choice(_DUTCH_GIVEN), chance.choice(_PARTICLES), chance.choice(_DUTCH_FAMILY))
    return chance.choice(_TITLES) + " ".join(filter(None, parts)).replace("d' ", "d'")


def write_csv(generated: Generated, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return the roster as a spreadsheet writes CSV; what `encoding` has not is a question mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([HEADINGS, *generated.rows])
    return text.getvalue().encode(encoding, errors="replace")


def write_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with these rows, the first of them headings."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def patient(index: int, **changed: Any) -> dict[str, Any]:
    """Return a FHIR R4 Patient in the form of the specification's examples; `changed` elements replace."""
    resource: dict[str, Any] = {
        "resourceType": "Patient",
        "id": f"example-{index}",
        "identifier": [
            {
                "use": "usual",
                "type": {
                    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]
                },
                "system": "urn:oid:1.2.36.146.595.217.0.1",
                "value": f"{12345 + index}",
            }
        ],
        "active": True,
        "name": [
            {"use": "official", "family": "Chalmers", "given": ["Peter", "James"]},
            {"use": "maiden", "family": "Windsor", "given": ["Peter"], "period": {"end": "2002"}},
        ],
        "telecom": [{"system": "phone", "value": "(03) 5555 6473", "use": "work"}],
        "gender": "male",
        "birthDate": "1974-12-25",
        "deceasedBoolean": False,
        "address": [{"use": "home", "line": ["534 Erewhon St"], "city": "PleasantVille"}],
        "communication": [
            {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "nl-NL"}]}, "preferred": True}
        ],
    }
    return {key: value for key, value in {**resource, **changed}.items() if value is not None}


def bundle(*resources: Any) -> dict[str, Any]:
    """Return a FHIR R4 Bundle of a search."""
    entries = [{"fullUrl": f"urn:uuid:{number}", "resource": one} for number, one in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(resources), "entry": entries}


def care_plan(index: int, subject: str, program: str = "short-four", **changed: Any) -> dict[str, Any]:
    """Return a FHIR R4 CarePlan in the form of the specification's examples; `changed` elements replace."""
    resource: dict[str, Any] = {
        "resourceType": "CarePlan",
        "id": f"plan-{index}",
        "instantiatesUri": [f"urn:pdfgen:program:{program}"],
        "status": "active",
        "intent": "plan",
        "title": "Zeldzaam titelwoord",
        "description": "Zeldzaam beschreven",
        "subject": {"reference": subject, "display": "Zeldzaam onderwerp"},
        "period": {"start": "2026-03-02", "end": "2026-04-12"},
        "author": {"reference": "Practitioner/1", "display": "K. Beek"},
        "note": [{"text": "Zeldzaam genoteerd"}],
    }
    return {key: value for key, value in {**resource, **changed}.items() if value is not None}
