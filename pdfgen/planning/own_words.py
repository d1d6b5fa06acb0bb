"""What a therapist wrote for one patient, in the language of a copy or, where that is missing, in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pdfgen.content.models.field_types import is_in, without_region
from pdfgen.content.models.language import Language
from pdfgen.content.models.prescription import OwnText, Prescription, WeeksNote


class OwnWords(NamedTuple):
    """A text of the therapist's own.

    Attributes:
        written_in: code and name of its language, where that is not the language of the copy; else None.
    """

    text: str
    written_in: tuple[str, str] | None = None


class PlannedNote(NamedTuple):
    """A note on an exercise.

    Attributes:
        weeks: those that it is for; empty where it is for all in which the exercise is done.
    """

    words: OwnWords
    weeks: tuple[int, ...] = ()


def own_words(text: OwnText, written_in: str, language: Language) -> OwnWords | None:
    """Return a text of the therapist's own for a copy in a language; None where there is none.

    Args:
        written_in: code of the language of the prescription, in which a text without a language is.
    """
    if not isinstance(text, Mapping):
        return OwnWords(text, _foreign(written_in, language)) if text else None
    if is_in(text, language.id):
        words = language.of(text)
        return OwnWords(words) if words else None
    code = next((code for code in (written_in, without_region(written_in)) if code in text), next(iter(text)))
    return OwnWords(text[code], _foreign(code, language)) if text[code] else None


def written_notes(exercise: str, prescription: Prescription) -> tuple[WeeksNote, ...]:
    """Return the notes on an exercise in the order in which they are written."""
    given = prescription.notes.get(exercise, ())
    return given if isinstance(given, tuple) else (WeeksNote(text=given),)


def notes_on(
    exercise: str, weeks: tuple[int, ...], prescription: Prescription, language: Language
) -> tuple[PlannedNote, ...]:
    """Return the notes on an exercise; `checks.notes` says which are left out.

    Args:
        weeks: those in which it is done.
    """
    found = []
    for note in written_notes(exercise, prescription):
        words = own_words(note.text, prescription.language, language)
        kept = weeks_of(note, weeks)
        if words and (kept or not weeks):
            found.append(PlannedNote(words, () if kept == weeks else kept))
    return tuple(found)


def weeks_of(note: WeeksNote, weeks: tuple[int, ...]) -> tuple[int, ...]:
    """Return those of some weeks that a note is for."""
    last = note.to_week or max(weeks, default=0)
    return tuple(week for week in weeks if (note.from_week or 1) <= week <= last)


def notes_in(notes: Sequence[PlannedNote], weeks: Sequence[int]) -> tuple[PlannedNote, ...]:
    """Return the notes that are for one of some weeks, each with those weeks alone."""
    return tuple(
        note._replace(weeks=() if not note.weeks or len(kept) == len(weeks) else kept)
        for note in notes
        if (kept := tuple(week for week in weeks if week in note.weeks)) or not note.weeks
    )


def _foreign(code: str, language: Language) -> tuple[str, str] | None:
    """Return a language and what it is called in another one; None where both are the same language."""
    if without_region(code) == without_region(language.id):
        return None
    # Babel loads slowly, so it only serves twin copies.
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_language_name(language.locale)
    except (UnknownLocaleError, ValueError):
        name = None
    return code, name or code
