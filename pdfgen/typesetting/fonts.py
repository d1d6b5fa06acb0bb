"""Fonts as values: coverage, metrics and shaping. Bytes come in; no file is opened here.

A `Face` is one font file. A `FontFamily` is the faces of each weight with fallback families for
characters that the first one lacks, and with a zero of its own. Shaping is HarfBuzz's: kerning, marks and
ligatures included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import fsum
from typing import NamedTuple

import uharfbuzz as hb

#: Shaped words kept per face. A program has about 1,500 different words.
_CACHED_WORDS = 5_000

#: Characters below this one (Latin with its accents) stand alone; behind it come those that combine.
_FIRST_NOT_PLAIN = "\u0250"

#: The stretches of a text that are zeros or are none.
_ZEROS = re.compile(r"0+|[^0]+")


class Glyph(NamedTuple):
    """One shaped glyph. `advance`, `dx` and `dy` are in font units (`Face.units_per_em`), dy upwards.

    `text` is what the glyph stands for; it is empty for all but the first glyph of a cluster.
    """

    gid: int
    advance: float
    dx: float
    dy: float
    text: str


class Face:
    """One font file: which characters it has, how wide glyphs are, how text is shaped.

    Args:
        name: the PostScript name, unique among the faces of a run.
        data: the bytes of a TrueType font (glyf outlines).
        whole: whether files get the whole face and not what they show of it, so that pages of different
            files can be the same. Its Latin letters must be shaped pair by pair, without ligatures or
            marks: a glyph depends on its character and moves with the next one, and nothing else.

    Attributes:
        units_per_em: font units in one em.
        ascender, descender, cap_height: in font units; descender is negative.
        bold: whether the face is a bold one.
    """

    def __init__(self, name: str, data: bytes, *, bold: bool = False, whole: bool = False) -> None:
        self.name = name
        self.data = data
        self.bold = bold
        self.whole = whole
        self.hb_face = hb.Face(data)
        self._font = hb.Font(self.hb_face)
        self.units_per_em: int = self.hb_face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascender: float = extents.ascender
        self.descender: float = extents.descender
        cap_height = self._font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        self.cap_height: float = cap_height or 0.7 * self.units_per_em
        self._characters = frozenset(map(chr, self.hb_face.unicodes))
        self._glyphs: dict[Glyph, Glyph] = {}
        self._pairs: dict[str, Glyph] = {}
        self._plain = frozenset(c for c in self.characters if whole and c < _FIRST_NOT_PLAIN)
        self.shape = lru_cache(maxsize=_CACHED_WORDS)(self._shape)

    def __contains__(self, character: str) -> bool:
        return character in self._characters

    def __repr__(self) -> str:
        return f"Face({self.name!r})"

    @property
    def characters(self) -> tuple[str, ...]:
        """All characters that it has, by number."""
        return tuple(sorted(self._characters))

    def has_all(self, text: str) -> bool:
        """Whether it has every character of a text."""
        return self._characters.issuperset(text)

    def nominal_glyph(self, character: str) -> int:
        """Return the glyph of a character that stands alone; 0 if the face lacks it."""
        return self._font.get_nominal_glyph(ord(character)) or 0

    def natural_advance(self, glyph: int) -> float:
        """Return the advance of a glyph in font units, without kerning."""
        return float(self._font.get_glyph_h_advance(glyph))

    def _shape(self, text: str) -> tuple[tuple[Glyph, ...], float]:
        """Return the glyphs of `text`, left to right, and their total advance in font units."""
        glyphs = self._shape_pairs(text) if self._plain.issuperset(text) else self._shape_run(text)
        return glyphs, fsum([glyph.advance for glyph in glyphs])

    def _shape_pairs(self, text: str) -> tuple[Glyph, ...]:
        """Shape letters one by one, each with the next one, as learnt from `_shape_run`."""
        pairs = self._pairs
        keys = [text[place : place + 2] for place in range(len(text))]
        for key in keys:
            if key not in pairs:
                pairs[key] = self._shape_run(key)[0]
        return tuple([pairs[key] for key in keys])

    def _shape_run(self, text: str) -> tuple[Glyph, ...]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        hb.shape(self._font, buffer, {"liga": False, "clig": False})
        infos = buffer.glyph_infos
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        glyphs = []
        previous = -1
        for info, position in zip(infos, buffer.glyph_positions, strict=True):
            stands_for = text[info.cluster : ends[info.cluster]] if info.cluster != previous else ""
            previous = info.cluster
            glyph = Glyph(
                info.codepoint, position.x_advance, position.x_offset, position.y_offset, stands_for
            )
            glyphs.append(self._glyphs.setdefault(glyph, glyph))
        return tuple(glyphs)


class MissingGlyphError(LookupError):
    """No face of a family has a character."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


class ShapedPart(NamedTuple):
    """Part of a word in one face; `ems` is its width in ems."""

    face: Face
    glyphs: tuple[Glyph, ...]
    ems: float


class FontFamily:
    """Faces by weight, each with its fallbacks.

    Args:
        regular, bold: faces in order of preference; the first that has a character is used.
        zeros: a regular and a bold face whose zero stands in place of that of the first faces, which has a
            stroke; only in codes, where it must not be taken for the letter O, the stroke stays.
    """

    def __init__(
        self, regular: tuple[Face, ...], bold: tuple[Face, ...], zeros: tuple[Face, Face] | None = None
    ) -> None:
        self._faces = {False: regular, True: bold}
        self._zeros = zeros
        self.shape_word = lru_cache(maxsize=_CACHED_WORDS)(self._shape_word)

    def primary(self, *, bold: bool = False) -> Face:
        """Return the face that lines are measured by."""
        return self._faces[bold][0]

    def faces(self, *, bold: bool = False) -> tuple[Face, ...]:
        """Return all faces of a weight, in order of preference."""
        return self._faces[bold]

    def face_for(self, character: str, *, bold: bool = False) -> Face | None:
        """Return the first face that has `character`, or None."""
        return next((face for face in self._faces[bold] if character in face), None)

    def missing(self, text: str, *, bold: bool = False) -> tuple[str, ...]:
        """Return the characters of `text` that no face has, in order of appearance, each once."""
        return tuple(dict.fromkeys(c for c in text if self.face_for(c, bold=bold) is None))

    def _shape_word(self, text: str, bold: bool, code: bool = False) -> tuple[ShapedPart, ...]:
        """Return a word in parts of one face each.

        Args:
            text, bold: the word and its weight.
            code: whether it is a code that somebody may have to type.

        Raises:
            MissingGlyphError: no face has a character.
        """
        parts = []
        for face, part in self._by_face(text, bold):
            for own, piece in [(face, part)] if code else self._with_plain_zeros(face, part, bold):
                glyphs, advance = own.shape(piece)
                parts.append(ShapedPart(own, glyphs, advance / own.units_per_em))
        return tuple(parts)

    def _with_plain_zeros(self, face: Face, text: str, bold: bool) -> Iterable[tuple[Face, str]]:
        """Split what is in the first face into zeros and all else; figures are not kerned with each other."""
        if self._zeros is None or "0" not in text or face is not self.primary(bold=bold):
            return [(face, text)]
        zero = self._zeros[bold]
        return [(zero if piece[0] == "0" else face, piece) for piece in _ZEROS.findall(text)]

    def _by_face(self, text: str, bold: bool) -> Iterable[tuple[Face, str]]:
        """Split a word by face. A face that has the whole word is preferred to a mixture."""
        whole = next((face for face in self._faces[bold] if face.has_all(text)), None)
        if whole is not None:
            yield whole, text
            return
        current: Face | None = None
        part = ""
        for character in text:
            face = current if _joins(character) else self.face_for(character, bold=bold)
            if face is None:
                raise MissingGlyphError(character)
            if face is not current and current is not None:
                yield current, part
                part = ""
            current = face
            part += character
        if current is not None:
            yield current, part


def _joins(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}
