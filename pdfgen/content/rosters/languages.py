"""Languages as people and systems write them: `nl`, `nld`, `nl_NL`, `Dutch`, `en-us`, `American English`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pdfgen.content.loading import language_in, list_languages

_TAG = re.compile(r"([a-z]{2,3})((?:[-_][a-z0-9]+)*)")
_REGION = re.compile(r"[-_]([a-z]{2})\b")
#: What people call languages of one country, beside the names that Babel knows.
_OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"vlaams": "nl", "flemish": "nl"}
    | dict.fromkeys(
        (
            "american",
            "amerikaans",
            "amerikaans engels",
            "us english",
            "english (us)",
            "english (usa)",
            "engels (vs)",
        ),
        "en-US",
    )
)
_BEHIND = re.compile(r"\s*[(,].*$")


def language_code(text: str) -> str:
    """Return the code of a language; a text that names none comes back in small letters.

    The codes are those of ISO 639-1 and 639-2; a country behind them counts where documents are made in the
    language of that country. The names are those of the languages that documents are made in, in each of
    these languages.
    """
    words = " ".join(text.casefold().split())
    if name := _names().get(words) or _names().get(_BEHIND.sub("", words)):
        return name
    found = _TAG.fullmatch(words)
    if not found:
        return words
    from babel.core import get_global

    code = str(get_global("language_aliases").get(found[1], found[1]))
    region = _REGION.search(found[2])
    return language_in(code, region[1].upper()) if region else code


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale

    codes = list_languages()
    names: dict[str, str] = {}
    for said_in in codes:
        said = Locale.parse(said_in, sep="-")
        for code in codes:
            named = Locale.parse(code, sep="-")
            for name in (said.languages.get(str(named)), named.get_display_name(said)):
                if name:
                    names.setdefault(name.casefold(), code)
    return names | {name: code for name, code in _OTHER_NAMES.items() if code in codes}
