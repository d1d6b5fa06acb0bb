"""Which code page a text without a mark is in, judged by its names. A guess, which is always told.

Old systems write one byte a letter and do not say by which table. Libraries that guess it, such as
charset-normalizer, judge running text by how often letters follow each other. In a list of names too few
letters have an accent for that, and they find Latvian in Dutch names. So the tables are compared that Dutch
and English offices meet, by what no name holds: a sign among letters, a capital behind a small letter, and
letters of Western Europe where only names of Central Europe have one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

#: Code pages in the order in which they are taken where the text fits several: codec, name for the user.
_PAGES = (
    ("cp1252", "Windows-1252"),
    ("cp1250", "Windows-1250"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "DOS 850"),
)

_WORD = re.compile(rb"[A-Za-z0-9'.\x80-\xff-]*[\x80-\xff][A-Za-z0-9'.\x80-\xff-]*")
_MOST_WORDS = 2_000

_FREQUENT = frozenset("éëïöüèçáíóñšž")
_WESTERN = frozenset("êîôúûàâäåøæßãýÿœ")
_CENTRAL = frozenset("ščřžěůýťďňłąęćńśźżőűșțăđľĺŕôäáéíóúöü")
_PUNCTUATION = frozenset("–—‘’“”„…€•\u00a0´·°«»§½")
_VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõåøæ")
#: Letters that stand beside a vowel in names of Western Europe only as in `Liège` and `Camões`, or in no
#: Dutch, English or French name at all. In Windows-1250 their bytes are č, ř, ő, ě, ň and ů.
_ODD_BESIDE_VOWEL = frozenset("èøõ")
_ODD_ANYWHERE = frozenset("ìòùÌÒÙðþ")

_GOOD, _FAIR, _BAD = 2, 1, -3


class Guess(NamedTuple):
    """The code page that a text is most likely in.

    Attributes:
        codec: its name in Python.
        name: for the user.
        text: the text.
        word: the first word that shows it.
    """

    codec: str
    name: str
    text: str
    word: str


def guess(data: bytes) -> Guess:
    """Return the code page that a text of single bytes is most likely in; some of them have all bytes."""
    words = [match[0] for match in _WORD.finditer(data)][:_MOST_WORDS]
    found: list[tuple[float, int]] = []
    for place, (codec, _) in enumerate(_PAGES):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        found.append((sum(_fit(word.decode(codec), codec) for word in dict.fromkeys(words)), -place))
    codec, name = _PAGES[-max(found)[1]]
    return Guess(codec, name, data.decode(codec), words[0].decode(codec).strip(".'-") if words else "")


def _fit(word: str, codec: str) -> float:
    """Return how likely a word is: each of its letters with an accent counts."""
    around = f" {word.casefold()} "
    score = 0.0
    for place, letter in enumerate(word, start=1):
        if letter.isascii():
            continue
        before, after = around[place - 1], around[place + 1]
        small = letter.casefold()
        if not letter.isalpha():
            joined = before.isalpha() and after.isalpha()
            score += _FAIR if letter in "’‘´" or (letter in _PUNCTUATION and not joined) else _BAD
        elif unicodedata.category(letter) == "Lo" or _is_odd_capital(word, place, before):  # ª and º
            score += _BAD
        elif not before.isalpha() and not after.isalpha():
            continue
        elif codec == "cp1250":
            score += _FAIR if small in _CENTRAL else 0
        elif letter in _ODD_ANYWHERE or (small in _ODD_BESIDE_VOWEL and _is_odd(small, before, after)):
            score += _BAD
        else:
            score += _GOOD if small in _FREQUENT else _FAIR if small in _WESTERN else 0
    return score


def _is_odd_capital(word: str, place: int, before: str) -> bool:
    """Whether a capital stands behind a small letter, or behind a capital and before a small letter."""
    inside = word[place - 1].isupper() and before.isalpha()
    return inside and (word[place - 2].islower() or word[place:].islower())


def _is_odd(letter: str, before: str, after: str) -> bool:
    if letter == "õ":
        return after != "e"
    return before in _VOWELS - set("ie") or (letter == "ø" and after in _VOWELS - {"e"})
