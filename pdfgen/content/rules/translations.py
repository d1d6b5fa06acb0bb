"""Which texts of a library lack a language: what a document prints must be there, the rest is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pdfgen.content.files.source import FieldPath, dotted
from pdfgen.content.loading import Loaded
from pdfgen.content.models.field_types import is_in, without_region
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.walking import parts
from pdfgen.errors import Problem, printable

#: Names of languages in messages; others are named by their code.
_LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "nl": "Dutch",
        "en": "English",
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "tr": "Turkish",
        "ar": "Arabic",
    }
)


def in_language(code: str) -> str:
    """Return what a text in a language is called in messages: "the Dutch text"."""
    named = _LANGUAGE_NAMES.get(without_region(code))
    return f"the {named} text" if named else f'the text in "{printable(code)}"'


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def texts(value: Any) -> Iterator[tuple[FieldPath, Mapping[str, str]]]:
    """Yield every text in several languages that is in a model, with its path."""
    for path, part in parts(value):
        if isinstance(part, dict | MappingProxyType) and part and all(map(_is_text, part.values())):
            yield path, part


def untranslated(library: Library, language: str) -> tuple[FieldPath, ...]:
    """Return the paths of the texts that are not there in a language."""
    return tuple(path for path, text in texts(library) if not is_in(text, language))


def language_notes(library: Loaded[Library]) -> Iterator[str]:
    """Yield a line for each language of a library that is not complete."""
    for language in library.value.languages:
        missing = untranslated(library.value, language)
        if missing:
            first = library.source.mark(missing[0])
            count = f"{len(missing)} texts are" if len(missing) > 1 else "1 text is"
            place = f"{first.file}:{first.line}: {dotted(missing[0])}"
            yield f"{language}: {count} missing, the first at {place}; needed only for documents in it"


def printed_problems(
    library: Loaded[Library],
    missing: Collection[tuple[FieldPath, str]],
    prescription: Prescription,
    country: str,
    questions: Collection[str],
) -> Iterator[Problem]:
    """Yield a problem for each text that a document prints and that is not there in its language.

    Args:
        library: the library; it has the program and the exercises of the prescription.
        missing: paths of texts of the library, each with a language of the document that it lacks.
        prescription: says which texts are printed.
        country: of the clinic.
        questions: ids of those that are printed.
    """
    if not missing:
        return
    content = library.value
    condition = content.condition_of(prescription.program)
    chosen = prescription.exercises or content.programs[prescription.program].exercises
    exercises = [content.exercises[name] for name in chosen]
    equipment = {name for exercise in exercises for name in exercise.equipment}
    equipment |= {
        name for exercise in exercises for variant in exercise.variants.values() for name in variant.equipment
    }
    printed: Mapping[str, Collection[str]] = {
        "exercises": chosen,
        "situations": prescription.situations,
        "equipment": equipment,
        "countries": (country,),
        "kinds": {exercise.kind for exercise in exercises},
        "conditions": (condition,),
        "programs": (prescription.program,),
        "faq": questions,
    }
    for path, language in missing:
        if all(name in printed.get(table, (name,)) for table, name in _entries(content, path)):
            yield library.problem((*path, language), f"missing; add {in_language(language)}")


def _entries(library: Library, path: FieldPath) -> Iterator[tuple[str, str]]:
    """Yield the tables and lists with ids that a path leads through, each with the id of the entry."""
    if path[0] == "conditions":
        yield "conditions", str(path[1])
        entries, (table, name) = (
            library.conditions[str(path[1])].faq,
            path[2:4] if len(path) > 3 else ("", ""),
        )
    else:
        entries, (table, name) = library.faq, path[:2]
    if table == "faq" and isinstance(name, int):
        yield "faq", entries[name].id
    else:
        yield str(table), str(name)
