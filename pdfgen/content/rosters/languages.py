"""Languages as people and systems write them: `nl`, `nld`, `dut`, `nl_NL`, `Dutch`, `Nederlands`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pdfgen.content.loading import list_languages

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")
_BEHIND = re.compile(r"\s*[(,].*$")


def language_code(text: str) -> str:
    """Return the code of a language; a text that names none comes back in small letters.

    The codes are those of ISO 639-1 and 639-2, with a region or without; the names those of the languages
    that documents are made in, in each of these languages.
    """
    words = " ".join(text.casefold().split())
    if name := _names().get(_BEHIND.sub("", words)):
        return name
    found = _TAG.fullmatch(words)
    if not found:
        return words
    from babel.core import get_global

    return str(get_global("language_aliases").get(found[1], found[1]))


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale

    codes = list_languages()
    names: dict[str, str] = {}
    for said_in in codes:
        languages = Locale.parse(said_in).languages
        for code in codes:
            names[str(languages[code]).casefold()] = code
    # What Dutch speakers in Belgium call theirs.
    return names | ({"vlaams": "nl", "flemish": "nl"} if "nl" in codes else {})
