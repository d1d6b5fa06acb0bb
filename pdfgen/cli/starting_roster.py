"""The workbook of `pdfgen new roster FILE.xlsx`: the library and the layouts say what may be chosen."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from typing import get_args

from pdfgen.content.loading import list_languages, list_layouts, load_layout, load_library
from pdfgen.content.models.field_types import FigureChoice
from pdfgen.content.models.library import Library
from pdfgen.content.rosters.columns import Target, target_of
from pdfgen.content.rosters.roster_book import BookColumn, BookWords, roster_book

_WORDS: Mapping[str, BookWords] = {
    "en": BookWords(
        "Patients", "Values", "What may be chosen in the list of patients", "choose",
        "Choose one of the list, see the sheet Values.",
        "Choose one, or write several with a semicolon between them.",
    ),
    "nl": BookWords(
        "Patiënten", "Waarden", "Wat je in de lijst van patiënten kunt kiezen", "kies",
        "Kies er een uit de lijst, zie het blad Waarden.",
        "Kies er een, of schrijf er meer met een puntkomma ertussen.",
    ),
}  # fmt: skip

#: Of days and of words for choices, by language.
_DAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Mon, Wed, Fri", "Tue, Thu, Sat", "Mon to Fri", "daily"),
    "nl": ("ma, wo, vr", "di, do, za", "ma t/m vr", "dagelijks"),
}
_SIMPLE: Mapping[str, Mapping[str, tuple[str | int, ...]]] = {
    "en": {"side": ("left", "right"), "ink": ("colour", "grey"), "large": ("yes", "no")},
    "nl": {"side": ("links", "rechts"), "ink": ("kleur", "grijs"), "large": ("ja", "nee")},
}
#: Of which several may stand in a cell, or others than those that are offered.
_SEVERAL = frozenset({"exercises", "situations", "days", "confirmed"})


def starting_book(table: str, language: str) -> bytes:
    """Return the workbook.

    Args:
        table: the CSV file to start from: headings and an example.
        language: of headings, names and messages.
    """
    headings, example = csv.reader(
        io.StringIO(table), delimiter=";" if ";" in table.partition("\n")[0] else ","
    )
    library = load_library().value
    columns = [
        _column(heading, text, target_of(heading) or (), library, language)
        for heading, text in zip(headings, example, strict=True)
    ]
    return roster_book(columns, _WORDS[language])


def _column(heading: str, text: str, target: Target, library: Library, language: str) -> BookColumn:
    key = target[0] if len(target) == 1 else ""
    choices = _choices(key, library, language)
    value: str | int | dt.date = text
    if key == "start":
        value = dt.date.fromisoformat(text)
    elif key == "weeks":
        value = int(text)
    elif key == "program":
        value = library.programs[text].name[language]
    return BookColumn(heading, value, choices, key not in _SEVERAL)


def _choices(key: str, library: Library, language: str) -> tuple[str | int, ...]:
    match key:
        case "program":
            return tuple(one.name[language] for one in library.programs.values())
        case "exercises":
            return tuple(one.name[language] for one in library.exercises.values())
        case "situations":
            return tuple(one.name[language] for one in library.situations.values())
        case "layout":
            return tuple(load_layout(name).value.name[language] for name in list_layouts())
        case "paper":
            return tuple(
                sorted({paper for name in list_layouts() for paper in load_layout(name).value.papers})
            )
        case "language" | "twin_language":
            return list_languages()
        case "weeks":
            return tuple(range(2, 13))
        case "days":
            return _DAYS[language]
        case "figure":
            return get_args(FigureChoice)
    return _SIMPLE[language].get(key, ())
