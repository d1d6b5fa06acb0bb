"""Whether the fonts have every character that a patient's or clinic's file asks for.

This is checked before typesetting, where file and line are still known. The message names the field and
the character, never the text: it may be a patient's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pdfgen.errors import Problem

if TYPE_CHECKING:
    from pydantic import BaseModel

    from pdfgen.content.loading import Loaded
    from pdfgen.content.source import FieldPath
    from pdfgen.typesetting.fonts import FontFamily


def missing_characters(loaded: Loaded[BaseModel], family: FontFamily) -> tuple[Problem, ...]:
    """Return a problem for each text with a character that no font has."""
    return tuple(
        loaded.problem(path, _message(character, text.index(character) + 1))
        for path, text in _texts(loaded.source.data, ())
        for character in family.missing(text)
        if not character.isspace()
    )


def _texts(value: object, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, unicodedata.normalize("NFC", value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))


def _message(character: str, position: int) -> str:
    name = unicodedata.name(character, "unnamed character").lower()
    code = f"U+{ord(character):04X}, {name}"
    return f"no font has the character {character} ({code}) at position {position}; write it another way"
