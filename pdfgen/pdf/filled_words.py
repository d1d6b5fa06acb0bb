"""Words and texts that are set without composing: what `Fonts.shown` gives for them, by pairs of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from pdfgen.pdf.fonts import EmbeddedFont, NoCodeError
from pdfgen.pdf.marked_content import Fonts
from pdfgen.typesetting.places import TextPlace, WordPlace

#: Parts of texts that are kept as they are shown, for each font of a plan.
_MOST_PARTS = 2_048

Shaped = Callable[[str], tuple[str, float]]
"""Returns how a part of a text is shown, and its advance."""


class Stem(NamedTuple):
    """A value but for its last character, which moves with what follows: how it is shown, and its advance."""

    shown: str
    advance: float
    last: str


class FilledWord:
    """Sets the words of one place.

    Attributes:
        field: the name of the value.
        key: words with the same show the same value in the same font.
    """

    def __init__(self, place: WordPlace, fonts: Fonts, height: float) -> None:
        first = place.first
        self.field = place.field
        self._place = place
        self._font = fonts.use(first.face)
        self.key = (place.field, self._font.resource)
        self._em = first.face.units_per_em
        self._size = first.size
        self._base = f"{height - first.y:.2f}"
        self._ends: dict[str, tuple[str, float]] = {}

    def stem(self, value: str) -> Stem:
        """Return how a value begins.

        Raises:
            NoCodeError: it is empty, or the font lacks a character.
        """
        if not value:
            raise NoCodeError(value)
        return Stem(*_joined(self._font, map("".join, pairwise(value))), value[-1])

    def shown(self, stem: Stem) -> str:
        """Return what `Fonts.shown` does for the word that begins so; empty where it does not fit its line.

        Numbers are worked out in the order of `Text.word_run`, so that they are the same to the last bit.

        Raises:
            NoCodeError: the font lacks a character.
        """
        end = self._ends.get(stem.last)
        if end is None:
            rest = stem.last + self._place.tail
            letters = [rest[place : place + 2] for place in range(len(rest))]
            end = self._ends[stem.last] = _joined(self._font, letters)
        place = self._place
        wide = (stem.advance + end[1]) / self._em * self._size
        if wide > place.width:
            return ""
        start = place.x + (place.width - wide) * place.share
        return f"{start:.2f} {self._base} Td [<{stem.shown}{end[0]}>] TJ"


class FilledText:
    """Sets the texts of one place; `words` is what they are, with names of fields.

    Args:
        place: where.
        part: as `shaped` returns for the font.
        height: of the page, in points.
    """

    def __init__(self, place: TextPlace, part: Shaped, height: float) -> None:
        first = place.first
        self.words = place.words
        self._place = place
        self._em = first.face.units_per_em
        self._size = first.size
        self._base = f"{height - first.y:.2f}"
        self._part = part

    def shown(self, words: Sequence[Sequence[str]]) -> str:
        """Return what `Fonts.shown` does for a text; empty where it does not fit its line.

        Numbers are worked out in the order of `Text.place`, so that they are the same to the last bit.

        Raises:
            NoCodeError: the font lacks a character.
        """
        space, advance = self._part(" ")
        gap = advance / self._em * self._size
        last = len(words) - 1
        texts: list[str] = []
        wide = 0.0
        for number, parts in enumerate(words):
            for part in parts[:-1]:
                text, advance = self._part(part)
                texts.append(text)
                wide += advance / self._em * self._size
            text, advance = self._part(parts[-1])
            texts.append(text)
            wide += advance / self._em * self._size + (gap if number < last else 0.0)
            if number < last:
                texts.append(space)
        place = self._place
        if wide > place.width:
            return ""
        start = place.x + (place.width - wide) * place.share
        return f"{start:.2f} {self._base} Td [<{''.join(texts)}>] TJ"


def shaped(font: EmbeddedFont) -> Shaped:
    """Return what shows parts of texts in a font; titles, particles, months and many names come again."""
    return lru_cache(maxsize=_MOST_PARTS)(partial(_shaped, font))


def _shaped(font: EmbeddedFont, part: str) -> tuple[str, float]:
    return _joined(font, [part[place : place + 2] for place in range(len(part))])


def _joined(font: EmbeddedFont, letters: Iterable[str]) -> tuple[str, float]:
    """How the first of each two letters are shown together, and their advance."""
    parts = list(map(font.pair, letters))
    return "".join([part for part, _ in parts]), sum([advance for _, advance in parts])
