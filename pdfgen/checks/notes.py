"""Own words of a therapist: notes on no page or on another one, and texts in another language than a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pdfgen.errors import Problem
from pdfgen.planning.own_words import own_words, weeks_of, written_notes

if TYPE_CHECKING:
    from pdfgen.content.files.source import FieldPath
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.language import Language
    from pdfgen.content.models.prescription import OwnText, Prescription
    from pdfgen.planning.plan import Plan


def idle_notes(plan: Plan, prescription: Loaded[Prescription]) -> Iterator[Problem]:
    """Yield a warning for each note of weeks in which its exercise is not done."""
    for exercise in plan.exercises:
        done = exercise.weeks
        for index, note in enumerate(written_notes(exercise.id, prescription.value)):
            if not weeks_of(note, done):
                message = f'is not printed: "{exercise.id}" is not done in these weeks'
                yield prescription.problem(("notes", exercise.id, index), message)


def notes_elsewhere(prescription: Loaded[Prescription]) -> Problem:
    """Return the warning that week sheets name the page of cautions and notes instead of saying them."""
    field = "notes" if prescription.value.notes else "situations"
    advice = "shorter notes or fewer exercises help"
    return prescription.problem(
        (field,),
        f"the week sheets have no room for all cautions and notes, and name the page that has them; {advice}",
    )


def foreign_words(prescription: Loaded[Prescription], language: Language) -> Iterator[Problem]:
    """Yield a warning where a copy in a language has own words in another, which its reader may not know."""
    written = prescription.value.language
    found = [path for path, text in _own_texts(prescription.value) if _is_foreign(text, written, language)]
    if found:
        names = ", ".join(dict.fromkeys(".".join(map(str, path[:2])) for path in found))
        example = f"{{{written}: …, {language.id}: …}}"
        message = f"the copy in {language.name} has {names} in another language, and says so; write {example}"
        yield prescription.problem(found[0][:1], message)


def _own_texts(prescription: Prescription) -> Iterator[tuple[FieldPath, OwnText]]:
    yield from (((key,), getattr(prescription, key)) for key in ("goal", "if_then", "message"))
    for name in prescription.notes:
        yield from ((("notes", name), note.text) for note in written_notes(name, prescription))


def _is_foreign(text: OwnText, written: str, language: Language) -> bool:
    words = own_words(text, written, language)
    return words is not None and words.written_in is not None
