"""Texts: words shaped, lines broken, glyphs placed. Lines are ragged right and never hyphenated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from math import fsum
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import DECORATION, Field, FieldText, GlyphRun, LinkArea, Shape
from pdfgen.typesetting.fonts import Face, FontFamily, Glyph, MissingGlyphError
from pdfgen.typesetting.line_breaking import TextLine, Word, WordPart, broken, is_word_parted, line_width
from pdfgen.typesetting.text_style import Align, Span, TextStyle

#: Size of the cache of texts: those of a few layouts in two languages, with their lines.
_CACHED_TEXTS = 8_000

#: Where a line may be broken in a word: with four letters at least on both sides, since shorter parts are
#: read as one word ("cat-cow", "warm-up", "he/she").
_BREAKABLE = re.compile(r"(?<=\w{4}[-–/])(?=[^\W\d]\w{3})")

#: The part of a line's free width that comes before its text.
_SHARES: Mapping[Align, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}

#: Of the line under a link: from the baseline down, and how thick; in sizes of type.
_UNDER, _UNDERLINE = 0.16, 0.07

_NAME = re.compile(r"\{(\w+)\}")


class _Run(NamedTuple):
    """Glyphs of one face and span, from `x` to `end` on their line, in points."""

    x: float
    end: float
    face: Face
    span: int
    glyphs: tuple[Glyph, ...]


class _RunsOfLine(NamedTuple):
    width: float
    runs: tuple[_Run, ...]


class _SpanOnLine(NamedTuple):
    """The runs of a span on one line, from `start` to `end` of the page, in points."""

    top: float
    span: int
    start: float
    end: float
    runs: list[GlyphRun]


class Text:
    """A paragraph ready to be set: spans in a style and a font family.

    Args:
        content: plain text, or spans.
        place: what the text is, for messages: `exercise 2, step 1`.
        tied: words that should not end a line, in small letters.

    Raises:
        FitError: no font has a character.
    """

    def __init__(
        self,
        content: str | Sequence[Span],
        style: TextStyle,
        family: FontFamily,
        place: str = "",
        tied: frozenset[str] = frozenset(),
    ) -> None:
        self.spans = (Span(content),) if isinstance(content, str) else tuple(content)
        self.style = style
        self._family = family
        self._place = place
        self._tied = tied
        self._words = tuple(self._shape_words())
        self._lines: dict[float, tuple[TextLine, ...]] = {}
        self._heights: dict[float, float] = {}
        self._runs: dict[float, tuple[_RunsOfLine, ...]] = {}

    @property
    def natural_width(self) -> float:
        """Width in points when set on one line."""
        return line_width(self._words)

    def lines(self, width: float) -> tuple[TextLine, ...]:
        """Return the lines for a width in points."""
        key = round(width, 3)
        if key not in self._lines:
            self._lines[key] = broken(self._words, width, self._tied)
        return self._lines[key]

    def is_word_parted(self, width: float) -> bool:
        """Whether lines of so many points are too narrow for one of the words."""
        return is_word_parted(self._words, width)

    def height(self, width: float) -> float:
        """Return the height in points at a width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = len(self.lines(width)) * self.style.leading
        return height

    @cached_property
    def baseline(self) -> float:
        """Distance from the top of a line to its baseline, with the capitals centred in the leading."""
        face = self._family.primary(bold=self.style.bold)
        cap = face.cap_height / face.units_per_em * self.style.size
        return (self.style.leading + cap) / 2

    def place(self, canvas: Canvas, x: float, y: float, width: float, node: int) -> None:
        """Put the lines on the canvas with their top left corner at (x, y), as content of `node`.

        A text with slots becomes one field, and its links do not work.
        """
        if any(span.slot for span in self.spans):
            canvas.add(Field(self._field_text(width), x, y, tuple(self.runs(x, y, width, node)), node))
            return
        own: dict[int, int] = {}
        for top, number, start, end, runs in self._by_span(x, y, width, node):
            span = self.spans[number]
            if (span.link or span.lang) and node >= 0:
                if number not in own:
                    own[number] = canvas.node("Link" if span.link else "Span", node, lang=span.lang)
                runs = [run._replace(node=own[number]) for run in runs]
            if span.link and node >= 0:
                high = max(self.style.leading, canvas.least_target)
                # The space at the end of a line may be over its edge.
                end = min(end, x + width)
                area = (start, top - (high - self.style.leading) / 2, end - start, high)
                said = span.text.replace(NO_BREAK, " ").strip()
                canvas.add(LinkArea(*area, span.link, said, own[number]))
            if span.underlined:
                under = top + self.baseline + self.style.size * _UNDER
                thick = self.style.size * _UNDERLINE
                line = (("M", start, under), ("L", end, under))
                canvas.add(Shape(line, DECORATION, stroke=span.colour or self.style.colour, width=thick))
            for run in runs:
                canvas.add(run)

    def _by_span(self, x: float, y: float, width: float, node: int) -> Iterator[_SpanOnLine]:
        """Yield what each line shows of each span: an area, and the runs in it."""
        for (top, span), found in groupby(self._placed(x, y, width, node), lambda p: (p[0], p[1].span)):
            pieces = list(found)
            (_, first, placed), (_, last, _) = pieces[0], pieces[-1]
            runs = [run for _, _, run in pieces]
            yield _SpanOnLine(top, span, placed.x, placed.x + last.end - first.x, runs)

    def runs(self, x: float, y: float, width: float, node: int) -> Iterator[GlyphRun]:
        """Yield the glyphs as they stand with the top left corner at (x, y)."""
        return (placed for _, _, placed in self._placed(x, y, width, node))

    def _placed(self, x: float, y: float, width: float, node: int) -> Iterator[tuple[float, _Run, GlyphRun]]:
        """Yield the top of its line, then the run, then the run at its place."""
        if width not in self._runs:
            lines = self.lines(width)
            self._runs[width] = tuple(self._runs_of(line, last=line is lines[-1]) for line in lines)
        share = _SHARES[self.style.align]
        size, baseline = self.style.size, self.baseline
        for wide, runs in self._runs[width]:
            start = x + (width - wide) * share
            for run in runs:
                span = self.spans[run.span]
                look = (size * span.scale, span.colour or self.style.colour)
                yield y, run, GlyphRun(start + run.x, y + baseline, run.face, *look, run.glyphs, node)
            y += self.style.leading

    def _field_text(self, width: float) -> FieldText:
        spans = tuple(span._replace(text="") if span.slot else span for span in self.spans)
        return FieldText(spans, self.style, self._family, width, len(self.lines(width)))

    def _runs_of(self, line: TextLine, *, last: bool) -> _RunsOfLine:
        """Return the runs of a line: of a face and a span each, as long as possible."""
        runs: list[_Run] = []
        glyphs: list[Glyph] = []
        key: tuple[Face, int] | None = None
        x = start = 0.0
        for index, word in enumerate(line.words):
            at_end = index == len(line.words) - 1
            for piece in word.pieces:
                if key != (piece.face, piece.span):
                    if key and glyphs:
                        runs.append(_Run(start, x, *key, tuple(glyphs)))
                    glyphs, key, start = [], (piece.face, piece.span), x
                glyphs.extend(piece.glyphs)
                x += piece.width
            if word.space and not (at_end and last):
                # A space stays at the end of a line, or words of two lines would be read as one.
                glyphs.extend(word.pieces[-1].face.shape(" ")[0])
                x += word.space
        if key and glyphs:
            runs.append(_Run(start, x, *key, tuple(glyphs)))
        return _RunsOfLine(line.width, tuple(runs))

    def _shape_words(self) -> Iterable[Word]:
        pending: list[WordPart] = []
        for index, span in enumerate(self.spans):
            bold = self.style.bold if span.bold is None else span.bold
            for token in re.findall(r"[^ ]+| +", span.text):
                if token[0] == " ":
                    if pending:
                        yield self._word(pending, self._space(pending[-1]))
                        pending = []
                    continue
                parts = unbroken(token)
                for number, part in enumerate(parts):
                    pending.extend(self._pieces(part, index, bold, span.code))
                    if number < len(parts) - 1:
                        yield self._word(pending, 0.0)
                        pending = []
        if pending:
            yield self._word(pending, 0.0)

    def _word(self, pieces: list[WordPart], space: float) -> Word:
        return Word(tuple(pieces), fsum([piece.width for piece in pieces]), space)

    def _space(self, after: WordPart) -> float:
        size = self.style.size * self.spans[after.span].scale
        return after.face.shape(" ")[1] / after.face.units_per_em * size

    def _pieces(self, text: str, span: int, bold: bool, code: bool) -> Iterable[WordPart]:
        try:
            parts = self._family.shape_word(text, bold, code)
        except MissingGlyphError as missing:
            raise self._no_glyph(missing.character) from None
        size = self.style.size * self.spans[span].scale
        return [WordPart(part.face, part.glyphs, part.ems * size, span) for part in parts]

    def _no_glyph(self, character: str) -> FitError:
        name = unicodedata.name(character, "unnamed")
        message = (
            f"no font has the character {character!r} (U+{ord(character):04X} {name}); write it another way"
        )
        return FitError(Problem(message, field=self._place))


def unbroken(word: str) -> Sequence[str]:
    """Return the parts of a word (without spaces) that a line break cannot part; each is shaped by itself.

    What a no-break space binds is not parted at all.
    """
    return (word,) if NO_BREAK in word else _BREAKABLE.split(word)


@lru_cache(maxsize=_CACHED_TEXTS)
def shared_text(
    spans: tuple[Span, ...], style: TextStyle, family: FontFamily, tied: frozenset[str] = frozenset()
) -> Text:
    """Return a text; the same one for the same words, so that a batch shapes them and breaks lines once.

    Raises:
        FitError: no font has a character.
    """
    return Text(spans, style, family, tied=tied)


@lru_cache(maxsize=_CACHED_TEXTS)
def plain_text(words: str, style: TextStyle, family: FontFamily, tied: frozenset[str] = frozenset()) -> Text:
    """Return `shared_text` of one span that differs in nothing: most are, and this finds them quickest."""
    return shared_text((Span(words),), style, family, tied)


@lru_cache(maxsize=64)
def average_character_width(family: FontFamily, size: float) -> float:
    """Return the mean width in points of a character of running text, for the length of lines."""
    sample = "een rustige beweging die je rug soepel maakt en sterk "
    face = family.primary()
    return face.shape(sample)[1] / face.units_per_em * size / len(sample)


def names_of(text: FieldText) -> tuple[str, ...]:
    """Return the names of the values that a field shows, each once."""
    return tuple(dict.fromkeys(name for span in text.spans for name in _NAME.findall(span.slot)))


def field_runs(text: FieldText, values: Mapping[str, str]) -> tuple[GlyphRun, ...] | None:
    """Return the words of a field, with its top left corner as origin; None where they take other lines.

    Args:
        text: what the field shows.
        values: by the names in its slots.

    Raises:
        FitError: no font has a character.
    """
    spans = [span._replace(text=span.slot.format_map(values)) if span.slot else span for span in text.spans]
    words = Text(spans, text.style, text.family)
    if len(words.lines(text.width)) != text.lines:
        return None
    return tuple(words.runs(0.0, 0.0, text.width, 0))
