"""Glyphs as codes of the fonts that ReportLab embeds.

ReportLab splits a TrueType font into subsets of 256 characters, each a font of its own in the file, and gives
a character the next free code when it first comes. Faces that are `whole` get codes for all their characters
at once, so that pages of different files can be the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from pdfgen.pdf.character_maps import in_blocks, utf_16
from pdfgen.pdf.graphics import Ink
from pdfgen.pdf.structure import TaggingError
from pdfgen.pdf.text_operators import Segment, clusters, joined, rounded
from pdfgen.typesetting.document import GlyphRun
from pdfgen.typesetting.fonts import Face, Glyph

#: Lines of a face that are kept: those of a few layouts in two languages.
_MOST_LINES = 5_000
#: Moves smaller than this, in 1/1000 em, are rounding.
_NO_MOVE = 0.001
#: Glyphs that no character stands for get one of the private ones, by their number (Unicode 23.5).
_FIRST_PRIVATE, _LAST_PRIVATE = 0xE000, 0xF8FF
#: Characters that come first, so that nearly all text is in one subset: Latin-1, and signs up to mathematics.
_FREQUENT = (range(0x100), range(0x2000, 0x2300))


class NoCodeError(LookupError):
    """The fonts are written, and one of them has no code for a character."""


class Fonts:
    """The fonts of one file.

    Args:
        document: of ReportLab.
    """

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._faces: dict[str, _FaceInFile] = {}
        self._is_written = False

    def show(self, run: GlyphRun, height: float, ink: Ink, *, keeps: bool = True) -> str:
        """Return the operators that show a run on an area `height` points high.

        Args:
            keeps: whether the same line may come again in another file.

        Raises:
            NoCodeError: the fonts are written and lack a character.
            TaggingError: a glyph stands for no text, or is the one for missing characters.
        """
        if not run.glyphs:
            return ""
        face = self.use(run.face)
        shown = [
            f"{ink.font(f'{face.prefix}{subset}', run.size)}{operators}"
            for subset, operators in face.segments(run.glyphs, run.size, keeps=keeps)
        ]
        return f"BT {ink.fill(run.colour)}{run.x:.2f} {height - run.y:.2f} Td {' '.join(shown)} ET"

    def use(self, face: Face) -> _FaceInFile:
        """Return a face as it is in this file, which has it from now on.

        Raises:
            NoCodeError: the fonts are written, and this is not one of them.
            TaggingError: two faces have the same name.
        """
        found = self._faces.get(face.name)
        if found is None:
            if self._is_written:
                raise NoCodeError(face.name)
            found = self._faces[face.name] = _FaceInFile(face, self._document)
        elif found.face is not face:
            raise TaggingError(f"two faces are named {face.name!r}")
        return found

    @property
    def of_fields(self) -> str:
        """The name of a font in which a viewer can show any ASCII text, in the resources of pages."""
        return next(f"{face.prefix}0" for face in self._faces.values() if face.face.whole)

    @property
    def codes(self) -> int:
        """How many codes and faces there are besides those that are the same in every file."""
        return sum(face.codes + (not face.face.whole) for face in self._faces.values())

    def write(self) -> None:
        """Add the fonts to the file; they take no further characters."""
        self._is_written = True
        for face in self._faces.values():
            face.write()


class _FaceInFile:
    """One face in one file.

    Attributes:
        prefix: what the names of its subsets begin with, in the resources of pages.
    """

    def __init__(self, face: Face, document: PDFDocument) -> None:
        self.face = face
        self._document = document
        self._font = _font(face)
        self._cache = _whole(face) if face.whole else _Cache()
        if face.whole:
            seed = _seed(face)
            parts = self._font.splitString(seed, document)
            if not self._cache.codes:
                codes = [(subset, code) for subset, text in parts for code in text]
                self._cache.codes.update(zip(seed, codes, strict=True))
        self.prefix: str = self._font.getSubsetInternalName(0, document)[1:-1]
        self._is_written = False
        self._codes: dict[str, tuple[int, int]] = {}

    @property
    def codes(self) -> int:
        """How many characters have codes besides those that have the same in every file."""
        return len(self._codes)

    def write(self) -> None:
        """Add the subsets to the file."""
        self._is_written = True
        self._font.addObjects(self._document)
        subsets = re.compile(f"toUnicodeCMap:[A-Z]+\\+{re.escape(self.face.name)}")
        for name, item in self._document.idToObject.items():
            if subsets.fullmatch(name):
                item.content = in_blocks(item.content)

    def segments(self, glyphs: Sequence[Glyph], size: float, *, keeps: bool) -> Sequence[Segment]:
        """Return the operators that show `glyphs` at `size` points from the current text position."""
        cache = self._cache
        found = cache.lines.get(id(glyphs))
        if found is not None:
            return found[1]
        try:
            segments = joined([cache.parts[id(glyph)] for glyph in glyphs])
        except KeyError:
            segments = list(self._clusters(glyphs, size))
            if not all(id(glyph) in cache.parts for glyph in glyphs):
                return segments
        if keeps:
            if len(cache.lines) >= _MOST_LINES:
                cache.lines.clear()
            cache.lines[id(glyphs)] = glyphs, segments
        return segments

    def _clusters(self, glyphs: Sequence[Glyph], size: float) -> Iterator[Segment]:
        plain: list[Segment] = []
        for cluster in clusters(glyphs):
            part = self._plain_part(cluster[0]) if len(cluster) == 1 else None
            if part is not None:
                plain.append(part)
                continue
            yield from joined(plain)
            plain = []
            yield from self._cluster(cluster, size)
        yield from joined(plain)

    def _cluster(self, cluster: Sequence[Glyph], size: float) -> Iterator[Segment]:
        """Yield a cluster whose glyphs are not its characters one by one: its text is given as a whole."""
        segments = self._lifted(cluster, size)
        before = f"/Span <</ActualText <FEFF{utf_16(cluster[0].text)}>>> BDC "
        last = len(segments) - 1
        for number, (subset, shown) in enumerate(segments):
            yield subset, f"{'' if number else before}{shown}{'' if number < last else ' EMC'}"

    def _lifted(self, cluster: Sequence[Glyph], size: float) -> list[Segment]:
        """Return glyphs in as few operators as they have rises: pdfium reads a cluster in two parts twice."""
        segments: list[Segment] = []
        for dy, glyphs in groupby(cluster, key=lambda glyph: glyph.dy):
            rise = dy * size / self.face.units_per_em
            for subset, shown in joined([self._part(glyph, self._character(glyph)) for glyph in glyphs]):
                segments.append((subset, f"{rise:.3f} Ts {shown} 0 Ts" if rise else shown))
        return segments

    def _is_plain(self, glyph: Glyph) -> bool:
        is_one = glyph.gid != 0 and not glyph.dy and len(glyph.text) == 1
        return is_one and self.face.nominal_glyph(glyph.text) == glyph.gid

    def _plain_part(self, glyph: Glyph) -> Segment | None:
        """Return the code of a glyph, if it stands for its character; faces return the same glyphs again."""
        found = self._cache.parts.get(id(glyph))
        if found is None and self._is_plain(glyph):
            found = self._cache.parts[id(glyph)] = self._part(glyph, glyph.text)
            self._cache.glyphs.append(glyph)
        return found

    def _part(self, glyph: Glyph, character: str) -> Segment:
        """Return the code in hex, with the moves that shaping asks for around it, in 1/1000 em."""
        subset, code = self._code(character)
        scale = 1000 / self.face.units_per_em
        wide = self._font.face.getCharWidth(ord(" " if character == "\u00a0" else character))
        before, after = -glyph.dx * scale, glyph.dx * scale + wide - glyph.advance * scale
        part = f"{code:02X}"
        if abs(before) > _NO_MOVE:
            part = f">{rounded(before)}<{part}"
        if abs(after) > _NO_MOVE:
            part = f"{part}>{rounded(after)}<"
        return subset, part

    def _code(self, character: str) -> tuple[int, int]:
        """Return the subset and the code of a character in it.

        Raises:
            NoCodeError: the font is written and lacks the character.
        """
        found = self._cache.codes.get(character) or self._codes.get(character)
        if found is None:
            if self._is_written:
                raise NoCodeError(character)
            ((subset, code),) = self._font.splitString(character, self._document)
            found = self._codes[character] = subset, code[0]
        return found

    def _character(self, glyph: Glyph) -> str:
        """Return a character that is shown as this glyph, whatever text it stands for here.

        Raises:
            TaggingError: the face has too many glyphs, or this is its glyph for missing characters.
        """
        if glyph.gid == 0:
            raise TaggingError(f"{self.face!r} has no glyph for {glyph.text!r}")
        names = self._font.face.glyphToChar.get(glyph.gid)
        if names:
            return chr(names[0])
        private = _FIRST_PRIVATE + glyph.gid
        if private > _LAST_PRIVATE:
            raise TaggingError(f"{self.face!r} has more glyphs than there are private characters")
        self._font.face.charToGlyph[private] = glyph.gid
        self._font.face.charWidths[private] = (
            self.face.natural_advance(glyph.gid) * 1000 / self.face.units_per_em
        )
        return chr(private)


class _Cache:
    """Codes and operators of a face that were worked out before; a whole face has the same in every file.

    Glyphs and lines are found by identity, which is quick, and are kept so that no other takes it over.
    """

    def __init__(self) -> None:
        self.parts: dict[int, Segment] = {}
        self.glyphs: list[Glyph] = []
        self.lines: dict[int, tuple[Sequence[Glyph], Sequence[Segment]]] = {}
        self.codes: dict[str, tuple[int, int]] = {}


@lru_cache(maxsize=16)
def _whole(face: Face) -> _Cache:
    return _Cache()


@lru_cache(maxsize=16)
def _font(face: Face) -> TTFont:
    """Return ReportLab's font of a face, which has a state for each file and makes equal subsets once."""
    font = TTFont(face.name, io.BytesIO(face.data), asciiReadable=True, shapable=False)
    make = lru_cache(maxsize=16)(font.face.makeSubset)
    font.face.makeSubset = lambda subset: make(tuple(subset))
    return font


@lru_cache(maxsize=16)
def _seed(face: Face) -> str:
    """Return all characters of a face, in the order in which they get codes."""
    frequent = {
        character for character in face.characters if any(ord(character) in some for some in _FREQUENT)
    }
    return "".join(sorted(face.characters, key=lambda character: (character not in frequent, character)))
