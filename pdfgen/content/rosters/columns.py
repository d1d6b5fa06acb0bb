"""Headings of a roster: which key of a prescription each column gives, in Dutch and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from pdfgen.content.files.source import printable
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.content.models.validation_wording import nearest
from pdfgen.errors import InputError, Problem

Target: TypeAlias = tuple[str, ...]
"""Keys that lead to a value of a prescription: `("doses", "bridge", "reps")`."""

#: In a mapping file: this column is not read.
IGNORED = "ignore"

#: The parts of a name that make a label when they stand in columns of their own, in the order of a name.
NAME_PARTS = ("title", "given", "particle", "family")
#: Begins the target of such a part.
NAME = "name-part"


class Kind(Enum):
    """How the text of a cell becomes a value."""

    TEXT = auto()
    WORD = auto()
    NUMBER = auto()
    YES_NO = auto()
    DATE = auto()
    DAYS = auto()
    LIST = auto()
    STRUCTURE = auto()
    NAME_PART = auto()


class Column(NamedTuple):
    """A column that is read: its number from 1, its heading as written, its target and how to read it."""

    number: int
    heading: str
    target: Target
    kind: Kind


_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "label": "naam, name, patient, patiënt, cliënt, client, volledige naam, full name, patient name, "
        "patiëntnaam, patientnaam, naam patiënt, naam patient, client name, cliëntnaam",
        "language": "taal, voorkeurstaal, preferred language",
        "program": "programma, programme, oefenprogramma, exercise program, exercise programme",
        "start_step": "beginstap, vanaf stap",
        "weeks": "weken, aantal weken, number of weeks",
        "start": "startdatum, start date, begin, begindatum, eerste dag, first day",
        "days": "dagen, weekdagen, weekdays, oefendagen, exercise days",
        "exercises": "oefeningen",
        "doses": "dosering, doseringen, dose, dosis",
        "side": "kant, zijde",
        "situations": "situaties, situatie, situation",
        "confirmed": "afgewogen, bevestigd",
        "goal": "doel",
        "if_then": "als dan, if then",
        "notes": "notities, notitie, note, opmerking, opmerkingen",
        "therapist": "therapeut, behandelaar, fysiotherapeut, physiotherapist, physio",
        "clinic": "praktijk, kliniek, practice",
        "library": "bibliotheek, library file",
        "figure": "figuur",
        "layout": "lay out, opmaak, editie, edition",
        "paper": "papier",
        "ink": "inkt",
        "large": "groot, grote letter, grote letters, large print",
        "tracker_weeks": "weekbladen, bijhoudweken",
        "twin_language": "tweede taal, second language",
        "id": "document id",
        "title": "aanhef, salutation",
        "given": "voornaam, voornamen, voorletters, initialen, first name, given name, given names, initials",
        "particle": "tussenvoegsel, voorvoegsel, tussenvoegsels, name particle",
        "family": "achternaam, last name, surname, family name",
    }
)  # fmt: skip
"""Everyday headings of each key. The keys themselves are headings too."""

_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "herhalingen": "reps", "series": "sets", "seconden": "hold_s", "seconds": "hold_s", "niveau": "level",
        "vanaf week": "from_week", "tot week": "to_week", "per kant": "per_side", "minuten": "minutes",
        "een kant": "one_side", "kant": "side", "gewicht": "load", "weerstand": "load",
        "keer per dag": "times_a_day", "beginstap": "start_step", "vanaf stap": "start_step",
        "soepel": "mobilising", "kracht": "strengthening",
    }
)  # fmt: skip
"""Everyday words after a dot."""

_KEYS: Mapping[str, str] = MappingProxyType(
    {name: key for key, words in _WORDS.items() for name in (key.replace("_", " "), *words.split(", "))}
)
_DOSE_KEYS: Mapping[str, str] = MappingProxyType(
    {name.replace("_", " "): name for name in DoseOverride.model_fields}
)

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "language": Kind.WORD, "program": Kind.WORD, "side": Kind.WORD, "figure": Kind.WORD,
        "paper": Kind.WORD, "ink": Kind.WORD, "twin_language": Kind.WORD, "large": Kind.YES_NO,
        "weeks": Kind.NUMBER, "start": Kind.DATE, "days": Kind.DAYS,
        "exercises": Kind.LIST, "situations": Kind.LIST, "confirmed": Kind.LIST, NAME: Kind.NAME_PART,
    }
)  # fmt: skip
_YES_NO = frozenset({"per_side", "one_side", "blank"})
_WRITTEN: Mapping[str, Kind] = MappingProxyType(
    {"level": Kind.TEXT, "load": Kind.TEXT, "start_step": Kind.TEXT, "side": Kind.WORD}
)


def plain(heading: str) -> str:
    """Return a heading without what does not matter in it: capitals, and how words are kept apart."""
    return " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", heading)).casefold().split())


@lru_cache(maxsize=4096)
def target_of(heading: str) -> Target | None:
    """Return the target of a heading; capitals, spaces and hyphens do not matter. None if it is unknown."""
    first, *rest = heading.strip().split(".")
    key = _KEYS.get(plain(first))
    if plain(first) == "patient" and rest:
        return ("patient", "label") if [plain(part) for part in rest] == ["label"] else None
    if key is None or any(not part.strip() for part in rest):
        return None
    if key in NAME_PARTS:
        return None if rest else (NAME, key)
    if key == "label":
        return None if rest else ("patient", "label")
    if not rest:
        return (key,)
    return _nested(key, tuple(rest))


def _nested(key: str, rest: Sequence[str]) -> Target | None:
    deepest = {"notes": 1, "doses": 2, "days": 1}.get(key, 0)
    if len(rest) > deepest:
        return None
    if key == "days":
        kind = re.sub(r"[\s_-]+", "-", rest[0].strip().casefold())
        return (key, _PARTS.get(plain(rest[0]), kind))
    exercise = re.sub(r"[\s_-]+", "-", rest[0].strip().casefold())
    if len(rest) == 1:
        return (key, exercise)
    part = _PARTS.get(plain(rest[1])) or _DOSE_KEYS.get(plain(rest[1]), "")
    return (key, exercise, part) if part else None


def kind_of(target: Target) -> Kind:
    """Return how the cells of a column with this target are read."""
    if target[0] == "doses":
        if len(target) < 3:
            return Kind.STRUCTURE
        if target[2] in _WRITTEN:
            return _WRITTEN[target[2]]
        return Kind.YES_NO if target[2] in _YES_NO else Kind.NUMBER
    if target == ("notes",):
        return Kind.STRUCTURE
    return _KINDS.get(target[0], Kind.TEXT)


def known_headings() -> frozenset[str]:
    """Return the headings that can be suggested: keys and everyday words."""
    return frozenset({*_KEYS, *Prescription.model_fields} - {"patient"}) | {"label"}


def recognised(headings: Iterable[str], mapping: Mapping[str, str]) -> int:
    """Return how many of the headings are known."""
    return sum(
        mapped(heading, mapping) == IGNORED or bool(target_of(mapped(heading, mapping)))
        for heading in headings
    )


def mapped(heading: str, mapping: Mapping[str, str]) -> str:
    """Return the heading that `mapping` has for this one, or the heading itself."""
    return mapping.get(plain(heading), heading) if mapping else heading


def read_columns(
    headings: Sequence[str], mapping: Mapping[str, str], file: str, row: int = 1
) -> tuple[Column, ...]:
    """Return the columns that are read.

    Args:
        headings: of all columns; columns without a heading are not read.
        mapping: other headings and their keys (see `read_mapping`).
        file: the roster as the user named it.
        row: the number of the row with the headings.

    Raises:
        InputError: with every heading that is unknown or has the same target as another one. If no heading is
            known, the row may hold a patient, so the message repeats no heading.
    """
    if not recognised(headings, mapping):
        message = (
            "no heading here is known; the first row must name the columns: `pdfgen new roster` shows how"
        )
        raise InputError(Problem(message, file=f"{file}, row {row}"))
    columns: list[Column] = []
    problems: list[Problem] = []
    taken: dict[Target, str] = {}
    for number, heading in enumerate(headings, start=1):
        name = mapped(heading, mapping)
        if not heading or name == IGNORED:
            continue
        target = target_of(name)
        if target is None:
            message = _unknown(name)
        elif target in taken:
            message = f'gives the same as "{printable(taken[target])}"; keep one of them'
        else:
            taken[target] = heading
            columns.append(Column(number, heading, target, kind_of(target)))
            continue
        problems.append(Problem(message, file=f'{file}, row {row}, column {number} "{printable(heading)}"'))
    parts = [heading for target, heading in taken.items() if target[0] == NAME]
    if parts and ("patient", "label") in taken:
        message = (
            f'the name stands in "{printable(taken["patient", "label"])}" and in "{printable(parts[0])}"'
        )
        problems.append(
            Problem(f"{message}; keep one, or map the other to {IGNORED}", file=f"{file}, row {row}")
        )
    if not columns and not problems:
        problems.append(Problem(f"every column is mapped to {IGNORED}; name one at least", file=file))
    if problems:
        raise InputError(problems)
    return tuple(columns)


def _unknown(name: str) -> str:
    first = plain(name.split(".")[0])
    if first in _KEYS and "." in name:
        advice = "write notes.EXERCISE, doses.EXERCISE.reps or days.mobilising"
        return f"unknown column; after a dot only some keys have parts: {advice}"
    close = nearest(plain(name), known_headings())
    if not close.startswith("did"):
        close = "`pdfgen new roster` shows the headings"
    return f"unknown column; {close} (a mapping file can name it, or {IGNORED} it)"


def read_mapping(path: Path) -> Mapping[str, str]:
    """Read a mapping file: YAML with the headings of a roster and the key of each, or `ignore`.

    Returns:
        the key of each heading, for `RosterOptions.mapping`.

    Raises:
        InputError: with every line that does not name a key.
    """
    source = read_yaml(path, "mapping file")
    values = source.root.value
    if not isinstance(values, Mapping):
        raise InputError(source.problem((), "must hold keys with values: a heading, a colon and a key"))
    mapping: dict[str, str] = {}
    problems: list[Problem] = []
    for heading, node in values.items():
        name = node.value
        if not isinstance(name, str):
            problems.append(source.problem((heading,), f"write a key of the prescription, or {IGNORED}"))
        elif name != IGNORED and target_of(name) is None:
            message = f'there is no key "{printable(name)}"; {nearest(name, _WORDS)}'
            problems.append(source.problem((heading,), message))
        elif plain(heading) in mapping:
            problems.append(source.problem((heading,), "this heading stands here twice", key=True))
        else:
            mapping[plain(heading)] = name
    if problems:
        raise InputError(problems)
    return MappingProxyType(mapping)
