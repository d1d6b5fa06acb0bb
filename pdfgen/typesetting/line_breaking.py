"""Breaking of lines: shaped words become lines.

Lines are broken so that their ends differ as little as possible, in as few lines as possible, without a very
short last line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from math import fsum
from typing import NamedTuple

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.fonts import Face, Glyph

#: A last line of one word, or shorter than this part of the width, looks lost: it costs as much as a line
#: that is half empty.
_SHORT_LAST_LINE = 0.18
_LOST = 0.25
#: A line that ends in a number whose noun is on the next one costs more than any ragged edge; one that ends
#: in an article or the like as much as a line that lacks 40 % of its width.
_TORN_NUMBER, _TORN_WORDS = 1.0, 0.16
#: A number, as it stands in a sentence.
_NUMBER = re.compile(r"[(“‘\"]?\d[\d.,:–-]*")
#: A word that is wider than a line is parted behind these.
_HYPHENS = frozenset("-–/")


class WordPart(NamedTuple):
    """Part of a word in one face; `width` in points."""

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    span: int


class Word(NamedTuple):
    """What a line break cannot part. `space` is the width of the space behind it, or 0."""

    pieces: tuple[WordPart, ...]
    width: float
    space: float

    @property
    def text(self) -> str:
        """What it says."""
        return "".join([glyph.text for piece in self.pieces for glyph in piece.glyphs])


class TextLine(NamedTuple):
    """Words on one line, with their width in points, without the space at the end."""

    words: tuple[Word, ...]
    width: float


def line_width(words: Sequence[Word]) -> float:
    """Return the width in points of words on one line, without the space behind the last."""
    total = fsum([word.width + word.space for word in words])
    return total - words[-1].space if words else 0.0


def broken(words: Sequence[Word], width: float, tied: frozenset[str] = frozenset()) -> tuple[TextLine, ...]:
    """Break words into lines of at most `width` points.

    The number of lines is the least possible; among such breaks the sum of the squared free space of all
    lines but the last is least, with what it costs to part a number from its noun or to leave a word alone.

    Args:
        tied: words in small letters that belong to the next one, such as articles.
    """
    natural = line_width(words)
    if natural <= width:
        return (TextLine(tuple(words), natural),)
    words = tuple(piece for word in words for piece in _split_overlong(word, width))
    count = len(words)
    torn = [_torn(*pair, tied) for pair in pairwise(words)]
    best: list[tuple[int, float]] = [(0, 0.0)] * (count + 1)
    following = [count] * (count + 1)
    for first in range(count - 1, -1, -1):
        best[first] = (count + 1, 0.0)
        length = 0.0
        for last in range(first, count):
            length += words[last].width
            if length > width + 0.01 and last > first:
                break
            lines, cost = best[last + 1]
            if last == count - 1:
                cost = _lost(length, width, is_alone=0 < first == last)
            else:
                cost += (1 - length / width) ** 2 + torn[last] if width > 0 else 0.0
            option = (lines + 1, cost)
            if option < best[first]:
                best[first], following[first] = option, last + 1
            length += words[last].space
    result = []
    first = 0
    while first < count:
        chunk = words[first : following[first]]
        result.append(TextLine(chunk, line_width(chunk)))
        first = following[first]
    return tuple(result)


def is_word_parted(words: Sequence[Word], width: float) -> bool:
    """Whether a word is wider than a line of `width` points, also without what no-break spaces join to it."""
    return any(
        part.width > width for word in words if word.width > width for part in _at_no_break_spaces(word)
    )


def _lost(length: float, width: float, *, is_alone: bool) -> float:
    return _LOST if is_alone or length < _SHORT_LAST_LINE * width else 0.0


def _torn(word: Word, following: Word, tied: frozenset[str]) -> float:
    """Return what a break between two words costs, besides the white that it leaves."""
    words = word.text
    if _NUMBER.fullmatch(words) and following.text[:1].isalpha():
        return _TORN_NUMBER
    return _TORN_WORDS if words.lower().lstrip('(“‘"') in tied else 0.0


def _split_overlong(word: Word, width: float) -> Iterable[Word]:
    """Part a word that is wider than a line: at no-break spaces, else in an address, at hyphens, anywhere."""
    if word.width <= width:
        yield word
        return
    for parted in (_at_no_break_spaces, _before_at, _behind_hyphens, _before_dots):
        parts = [*parted(word)]
        if len(parts) > 1:
            for part in parts:
                yield from _split_overlong(part, width)
            return
    pieces: list[WordPart] = []
    used = 0.0
    for cluster in (c for piece in word.pieces for c in _clusters(piece)):
        if pieces and used + cluster.width > width:
            yield Word(tuple(pieces), used, 0.0)
            pieces, used = [], 0.0
        pieces.append(cluster)
        used += cluster.width
    yield Word(tuple(pieces), used, word.space)


def _at_no_break_spaces(word: Word) -> Iterable[Word]:
    """Yield the parts of a word that no-break spaces join, each with the space behind it."""
    pieces: list[WordPart] = []
    for cluster in (c for piece in word.pieces for c in _clusters(piece)):
        if pieces and cluster.glyphs[0].text == NO_BREAK:
            yield Word(tuple(pieces), fsum([piece.width for piece in pieces]), cluster.width)
            pieces = []
        else:
            pieces.append(cluster)
    if pieces:
        yield Word(tuple(pieces), fsum([piece.width for piece in pieces]), word.space)


def _behind_hyphens(word: Word) -> Iterable[Word]:
    """Yield the parts of a word that hyphens and strokes join, each with the hyphen behind it."""
    pieces: list[WordPart] = []
    clusters = [cluster for piece in word.pieces for cluster in _clusters(piece)]
    for cluster, following in zip_longest(clusters, clusters[1:]):
        pieces.append(cluster)
        if following is None or (cluster.glyphs[0].text in _HYPHENS and following.glyphs[0].text.isalpha()):
            space = word.space if following is None else 0.0
            yield Word(tuple(pieces), fsum([piece.width for piece in pieces]), space)
            pieces = []


def _before_at(word: Word) -> Iterable[Word]:
    """Yield the parts of an address for mail."""
    return _before(word, "@")


def _before_dots(word: Word) -> Iterable[Word]:
    """Yield the parts of an address, each with the dot before it, so that nothing seems to end there."""
    return _before(word, ".")


def _before(word: Word, sign: str) -> Iterable[Word]:
    pieces: list[WordPart] = []
    clusters = [cluster for piece in word.pieces for cluster in _clusters(piece)]
    for cluster, following in zip_longest(clusters, clusters[1:]):
        is_sign = cluster.glyphs[0].text == sign
        if pieces and is_sign and following is not None and following.glyphs[0].text.isalnum():
            yield Word(tuple(pieces), fsum([piece.width for piece in pieces]), 0.0)
            pieces = []
        pieces.append(cluster)
    yield Word(tuple(pieces), fsum([piece.width for piece in pieces]), word.space)


def _clusters(piece: WordPart) -> Iterable[WordPart]:
    scale = piece.width / (fsum(glyph.advance for glyph in piece.glyphs) or 1)
    group: list[Glyph] = []
    for glyph in piece.glyphs:
        if glyph.text and group:
            yield piece._replace(glyphs=tuple(group), width=fsum(g.advance for g in group) * scale)
            group = []
        group.append(glyph)
    if group:
        yield piece._replace(glyphs=tuple(group), width=fsum(g.advance for g in group) * scale)
