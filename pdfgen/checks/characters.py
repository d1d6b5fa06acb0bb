"""Whether the fonts have every character that a file asks for.

This is checked before typesetting, where file and line are still known. The message names the field and
one character, never the text: it may be a patient's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pdfgen.content.models.text_cleaning import clean_text
from pdfgen.content.models.walking import parts
from pdfgen.errors import Problem, in_order

if TYPE_CHECKING:
    from pydantic import BaseModel

    from pdfgen.content.files.source import FieldPath
    from pdfgen.content.loading import Loaded
    from pdfgen.typesetting.fonts import FontFamily

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

_LANGUAGE_CODE = re.compile("[a-z]{2,3}(-[A-Z]{2})?")


def missing_characters(
    loaded: Loaded[BaseModel], family: FontFamily, languages: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return a problem for each text with characters that no font has, in the order of the lines.

    Args:
        loaded: the file.
        family: the fonts.
        languages: the languages to check where a text is given in several; left out, all.
    """
    if _has_all(family, loaded.source.canonical):
        return ()
    return in_order(
        loaded.problem(path, _message(text, missing))
        for path, text in _texts(loaded.source.data, languages)
        if (missing := [character for character in family.missing(text) if not character.isspace()])
    )


def _has_all(family: FontFamily, text: str) -> bool:
    """Whether the fonts have each character of a text; quick, for a library is long and nearly all ASCII."""
    found = set(_NOT_ASCII.findall(text))
    # A mark may combine with the character before it.
    return all(unicodedata.category(one)[0] != "M" and family.face_for(one) is not None for one in found)


def _texts(data: object, languages: Collection[str] | None) -> Iterator[tuple[FieldPath, str]]:
    for path, part in parts(data):
        values = part if isinstance(part, Mapping) else dict(enumerate(part))
        if languages is not None and _is_in_languages(values):
            values = {code: values[code] for code in values if code in languages}
        for key, value in values.items():
            if isinstance(value, str):
                yield (*path, key), _cleaned(value)


def _is_in_languages(values: Mapping[Any, object]) -> bool:
    codes = all(_LANGUAGE_CODE.fullmatch(str(key)) for key in values)
    return codes and all(isinstance(value, str) for value in values.values())


def _cleaned(text: str) -> str:
    try:
        return clean_text(text)
    except ValueError:
        # The field itself reports what a text must not contain.
        return ""


def _message(text: str, missing: list[str]) -> str:
    first, more = missing[0], len(missing) - 1
    others = f", and {more} more" if more else ""
    place = f"at position {text.index(first) + 1}{others}"
    return f"no font has the character {_named(first)} {place}; write it another way"


def _named(character: str) -> str:
    """Return code and name of a character, and itself where it shows and cannot reorder the line."""
    name = unicodedata.name(character, "unnamed character").lower()
    code = f"U+{ord(character):04X}"
    visible = unicodedata.category(character)[0] in "LNPS"
    if visible and unicodedata.bidirectional(character) not in {"R", "AL", "AN"}:
        return f"{character} ({code}, {name})"
    return f"{code} ({name})"
