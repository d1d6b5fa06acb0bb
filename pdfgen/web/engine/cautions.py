"""Cautions beside exercises as soon as both are chosen, whatever else is wrong with the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pdfgen.content.models.language import Language
from pdfgen.content.models.library import Library


def cautions(
    values: Mapping[str, Any], library: Library, language: Language, followed: frozenset[str] = frozenset()
) -> Iterator[dict[str, Any]]:
    """Yield the cautions of the chosen exercises that match the situations of the patient.

    Args:
        values: of a prescription, which may be wrong in any way.
        library, language: what is written, and in which language.
        followed: cautions whose form is done in every week, as exercise/situation.
    """
    confirmed = set(_texts(values.get("confirmed")))
    for exercise in _exercises(values, library):
        for situation in _texts(values.get("situations")):
            for caution in library.exercises[exercise].cautions:
                if situation in caution.situations:
                    both = f"{exercise}/{situation}"
                    yield {
                        "id": both,
                        "exercise": exercise,
                        "situation": situation,
                        "exercise_name": language.of_any(library.exercises[exercise].name),
                        "situation_name": language.of_any(library.situations[situation].name),
                        "use": caution.use,
                        "text": language.of_any(caution.text),
                        "confirmed": both in confirmed,
                        "followed": both in followed,
                    }


def _exercises(values: Mapping[str, Any], library: Library) -> Iterator[str]:
    chosen = values.get("exercises")
    program = values.get("program")
    if not chosen and isinstance(program, str) and program in library.programs:
        chosen = list(library.programs[program].exercises)
    return (name for name in _texts(chosen) if name in library.exercises)


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
