"""The words of headings, in Dutch and English, and the key that each stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from pdfgen.content.models.prescription import DoseOverride

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "label": "naam, name, patient, patiënt, cliënt, client, volledige naam, full name, patient name, "
        "patiëntnaam, patientnaam, naam patiënt, naam patient, client name, cliëntnaam, naam cliënt, "
        "naam client",
        "language": "taal, voorkeurstaal, preferred language",
        "program": "programma, programme, oefenprogramma, exercise program, exercise programme",
        "start_step": "beginstap, vanaf stap",
        "weeks": "weken, aantal weken, number of weeks",
        "start": "startdatum, start date, begin, begindatum, eerste dag, first day",
        "at": "tijd, tijdstip, time",
        "days": "dagen, weekdagen, weekdays, oefendagen, exercise days",
        "exercises": "oefeningen",
        "doses": "dosering, doseringen, dose, dosis",
        "side": "kant, zijde",
        "situations": "situaties, situatie, situation",
        "confirmed": "afgewogen, bevestigd",
        "goal": "doel",
        "if_then": "als dan, if then",
        "message": "boodschap, bericht",
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
        "read_back": "terugleesbaar, scanbaar",
        "twin_language": "tweede taal, second language",
        "id": "document id",
        "title": "aanhef, salutation",
        "given": "voornaam, voornamen, roepnaam, first name, given name, given names, call name",
        "initials": "voorletters, voorletter, initialen",
        "particle": "tussenvoegsel, voorvoegsel, tussenvoegsels, name particle",
        "family": "achternaam, familienaam, geslachtsnaam, last name, surname, family name",
    }
)  # fmt: skip
"""Everyday headings of each key. The keys themselves are headings too."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "herhalingen": "reps", "series": "sets", "seconden": "hold_s", "seconds": "hold_s", "niveau": "level",
        "vanaf week": "from_week", "tot week": "to_week", "per kant": "per_side", "minuten": "minutes",
        "een kant": "one_side", "kant": "side", "gewicht": "load", "weerstand": "load",
        "keer per dag": "times_a_day", "beginstap": "start_step", "vanaf stap": "start_step",
        "soepel": "mobilising", "kracht": "strengthening",
    }
)  # fmt: skip
"""Everyday words after a dot."""

KEYS: Mapping[str, str] = MappingProxyType(
    {name: key for key, words in WORDS.items() for name in (key.replace("_", " "), *words.split(", "))}
)
"""The key of each heading, written as `plain` writes it."""

DOSE_KEYS: Mapping[str, str] = MappingProxyType(
    {name.replace("_", " "): name for name in DoseOverride.model_fields}
)


def plain(heading: str) -> str:
    """Return a heading without what does not matter: capitals, how words are kept apart, what nobody sees."""
    seen = "".join(letter for letter in heading if unicodedata.category(letter) != "Cf")
    return " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", seen)).casefold().split())
