"""The personal contents of pages from words alone, for patients with the same plan.

What stands around the words, and where, is worked out once; `PersonalLayer.content` does the same for each
patient anew, and gives the same bytes. What cannot be set so is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from pdfgen.pdf.canvas import with_codes
from pdfgen.pdf.content import Fonts
from pdfgen.pdf.fonts import EmbeddedFont, NoCodeError
from pdfgen.pdf.sheet_codes import OpenCode, added_by_ident
from pdfgen.pdf.skeleton import Skeleton
from pdfgen.typesetting.document import GlyphRun
from pdfgen.typesetting.places import NamePlace, WordPlace

#: Parts of names that are kept as they are shown.
_MOST_PARTS = 4_096

_LOOK = attrgetter("node", "face", "size", "colour")


class PageForm(NamedTuple):
    """What is on a page.

    Attributes:
        lines: which personal texts, in the order in which they are drawn.
        codes: head, tail, x, y and size of its sheet codes.
    """

    lines: tuple[int, ...]
    codes: tuple[tuple[str, str, float, float, float], ...]


class Filling:
    """Sets the personal words of the files of a plan.

    Args:
        skeleton: of these files.
        lines: the personal texts of the first patient.
        places: for each of them, where every patient's is a word or a name; None elsewhere.
        pages: of the file.

    Raises:
        NoCodeError: the skeleton lacks a character.
    """

    def __init__(
        self,
        skeleton: Skeleton,
        lines: Sequence[tuple[GlyphRun, ...]],
        places: Sequence[WordPlace | NamePlace | None],
        pages: Sequence[PageForm],
    ) -> None:
        self._fonts = skeleton.fonts
        self._height = skeleton.heights[0]
        self._looks = [tuple(map(_LOOK, runs)) for runs in lines]
        self._setters = [_setter(place, self._fonts, self._height) for place in places]
        self._codes = [
            OpenCode(*code, height)
            for page, height in zip(pages, skeleton.heights, strict=True)
            for code in page.codes
        ]
        # Strings that are put in: those of all lines, and behind them those of all codes.
        starts = [*accumulate(map(len, lines), initial=0)]
        code = starts[-1]
        frames: dict[tuple[str, tuple[int, ...]], int] = {}
        self._of_pages = []
        for layer, page in zip(skeleton.layers, pages, strict=True):
            texts = layer.frame([run for line in page.lines for run in lines[line]], self._fonts)
            codes = self._codes[code - starts[-1] :][: len(page.codes)]
            frame = with_codes(texts, [f"{one.before}%s{one.behind}" for one in codes])
            strings = [string for line in page.lines for string in range(starts[line], starts[line + 1])]
            strings += range(code, code + len(codes))
            code += len(codes)
            self._of_pages.append(frames.setdefault((frame, tuple(strings)), len(frames)))
        self._frames = [(frame, _picked(strings)) for frame, strings in frames]

    @staticmethod
    def serves(skeleton: Skeleton, lines: Iterable[tuple[GlyphRun, ...]]) -> bool:
        """Whether pages can be set so: all are of one height, and no text is empty."""
        return len(set(skeleton.heights)) == 1 and all(run.glyphs for runs in lines for run in runs)

    def contents(
        self,
        values: Mapping[str, str],
        name: Sequence[Sequence[str]],
        others: Iterable[tuple[GlyphRun, ...]],
        ident: str,
        checks: Iterable[str],
    ) -> list[bytes] | None:
        """Return the personal contents of all pages; None where they have to be composed.

        Args:
            values: of words, by name.
            name: the words of the patient's name, each in parts that are shaped by themselves.
            others: the texts that are neither, in their order.
            ident: the document id.
            checks: the check characters of all codes.

        Raises:
            NoCodeError: the fonts lack a character.
        """
        shown: list[str] = []
        stems: dict[tuple[str, str], _Stem] = {}
        other = iter(others)
        for setter, looks in zip(self._setters, self._looks, strict=True):
            if setter is None:
                runs = next(other)
                if tuple(map(_LOOK, runs)) != looks or not all(run.glyphs for run in runs):
                    return None
                shown += [self._fonts.shown(run, self._height) for run in runs]
                continue
            if isinstance(setter, _Name):
                text = setter.shown(name)
            else:
                stem = stems.get(setter.key)
                if stem is None:
                    stem = stems[setter.key] = setter.stem(values[setter.field])
                text = setter.shown(stem)
            if not text:
                return None
            shown.append(text)
        added = added_by_ident(ident) if self._codes else 0
        shown += [code.modules(added, check) for code, check in zip(self._codes, checks, strict=True)]
        pages = [(frame % picked(shown)).encode("ascii") for frame, picked in self._frames]
        return [pages[page] for page in self._of_pages]


def _setter(place: WordPlace | NamePlace | None, fonts: Fonts, height: float) -> _Word | _Name | None:
    if place is None:
        return None
    return _Word(place, fonts, height) if isinstance(place, WordPlace) else _Name(place, fonts, height)


class _Stem(NamedTuple):
    """A value but for its last character, which moves with what follows: how it is shown, and its advance."""

    shown: str
    advance: float
    last: str


class _Word:
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

    def stem(self, value: str) -> _Stem:
        """Return how a value begins.

        Raises:
            NoCodeError: it is empty, or the font lacks a character.
        """
        if not value:
            raise NoCodeError(value)
        return _Stem(*_joined(self._font, map("".join, pairwise(value))), value[-1])

    def shown(self, stem: _Stem) -> str:
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


class _Name:
    """Sets the names of one place."""

    def __init__(self, place: NamePlace, fonts: Fonts, height: float) -> None:
        first = place.first
        self._place = place
        self._font = fonts.use(first.face)
        self._em = first.face.units_per_em
        self._size = first.size
        self._base = f"{height - first.y:.2f}"
        # Titles and particles, and many family names, come again.
        self._part = lru_cache(maxsize=_MOST_PARTS)(self._shaped)

    def _shaped(self, part: str) -> tuple[str, float]:
        return _joined(self._font, [part[place : place + 2] for place in range(len(part))])

    def shown(self, words: Sequence[Sequence[str]]) -> str:
        """Return what `Fonts.shown` does for a name; empty where it does not fit its line.

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


def _joined(font: EmbeddedFont, letters: Iterable[str]) -> tuple[str, float]:
    """How the first of each two letters are shown together, and their advance."""
    parts = list(map(font.pair, letters))
    return "".join([part for part, _ in parts]), sum([advance for _, advance in parts])


def _picked(places: tuple[int, ...]) -> Callable[[Sequence[str]], str | tuple[str, ...]]:
    """Return what takes some strings out of many, for `%`."""
    return itemgetter(*places) if places else lambda _: ()
