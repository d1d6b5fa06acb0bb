"""Fonts in the file: glyphs of one face as codes, and the subset of the face that is embedded.

A code stands for a glyph *and* for the text that it shows, so that a hyphen and a non-breaking hyphen that
share a glyph are still told apart when the text is taken out again.

Of a whole face every character has the same code in every file, so that pages of different files can be the
same. Other codes are numbered by first use, behind those.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from pdfgen.pdf.serialiser import Objects, RawObject, stream
from pdfgen.pdf.structure import TaggingError
from pdfgen.typesetting.document import Glyph
from pdfgen.typesetting.fonts import Face

#: Tables that a PDF reader has no use for: layout is done, names and characters are written in the file.
_DROPPED_TABLES = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "MATH", "OS/2", "STAT", "cmap", "gasp", "hdmx", "kern", "meta",
    "name", "post", "vhea", "vmtx",
)  # fmt: skip
#: Entries in one block of a character map (ISO 32000-1, 9.10.3, by way of Adobe's CMap specification).
_BLOCK = 100
#: Lines of a face that are kept: those of a few layouts in two languages.
_MOST_SHOWN = 5_000
#: Moves smaller than this, in 1/1000 em, are rounding.
_NO_MOVE = 0.001
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class NoCodeError(LookupError):
    """A font that is written already has no code for a glyph."""


class _Fixed:
    """What is the same in every file that a face is in."""

    def __init__(self, face: Face) -> None:
        characters = face.characters if face.whole else ()
        pairs = ((face.nominal_glyph(character), character) for character in characters)
        self.codes = {pair: code for code, pair in enumerate(pairs, 1)}
        # Parts of the text array. Faces hand out the very same glyphs again and again, so identity is the
        # quickest key; a glyph is kept with its part, so that no other one gets its identity.
        self.parts: dict[int, str] = {}
        self.kept: list[Glyph] = []
        # The same for whole lines, which texts hand out again and again.
        self.shown: dict[int, tuple[Sequence[Glyph], str]] = {}


@lru_cache(maxsize=16)
def _fixed(face: Face) -> _Fixed:
    return _Fixed(face)


class EmbeddedFont:
    """One face in one file.

    Args:
        face: the font.
        resource: its name in the pages' resources.

    Attributes:
        is_written: whether it can take no further codes.
    """

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self.is_written = False
        self._scale = 1000 / face.units_per_em
        self._fixed = _fixed(face)
        self._codes: dict[tuple[int, str], int] = {}
        self._parts: dict[tuple[int, str, float, float], str] = {}
        self._pairs: dict[str, tuple[str, float]] = {}

    @property
    def further(self) -> int:
        """How many codes it has besides those that are the same in every file."""
        return len(self._codes)

    def show(self, glyphs: Sequence[Glyph], size: float, *, keeps: bool = True) -> str:
        """The operators that show `glyphs` at `size` points from the current text position.

        Args:
            keeps: whether the same line may come again in another file.

        Raises:
            TaggingError: a glyph stands for no text, or is the one for missing characters.
            NoCodeError: the font is written and has no code for a glyph.
        """
        fixed = self._fixed
        found = fixed.shown.get(id(glyphs))
        if found is not None:
            return found[1]
        parts = fixed.parts
        try:
            shown = f"[<{''.join([parts[id(glyph)] for glyph in glyphs])}>] TJ"
        except KeyError:
            pass
        else:
            if keeps:
                if len(fixed.shown) >= _MOST_SHOWN:
                    fixed.shown.clear()
                fixed.shown[id(glyphs)] = glyphs, shown
            return shown
        if any(not glyph.text or glyph.dy for glyph in glyphs):
            return " ".join(self._show_clusters(glyphs, size))
        return f"[<{''.join([self._part(glyph, glyph.text) for glyph in glyphs])}>] TJ"

    def pair(self, letters: str) -> tuple[str, float]:
        """The part of a text array for the first of two letters (or one, the last), and its advance.

        Raises:
            NoCodeError: the font is written and has no code for it, or the face is not shaped pair by pair.
        """
        found = self._pairs.get(letters)
        if found is None:
            glyph = self.face.pair(letters)
            if glyph is None:
                raise NoCodeError(letters)
            found = self._pairs[letters] = self._part(glyph, glyph.text), glyph.advance
        return found

    def _show_clusters(self, glyphs: Sequence[Glyph], size: float) -> Iterator[str]:
        plain: list[str] = []
        for cluster in _clusters(glyphs):
            first = cluster[0]
            if len(cluster) == 1 and not first.dy:
                plain.append(self._part(first, first.text))
                continue
            if plain:
                yield f"[<{''.join(plain)}>] TJ"
                plain.clear()
            yield from self._show_cluster(cluster, size)
        if plain:
            yield f"[<{''.join(plain)}>] TJ"

    def _show_cluster(self, cluster: Sequence[Glyph], size: float) -> Iterator[str]:
        """A cluster whose glyphs are not its characters one by one: its text is given as a whole."""
        text = cluster[0].text
        if len(cluster) > 1:
            yield f"/Span <</ActualText <FEFF{_utf16(text)}>>> BDC"
        for glyph in cluster:
            rise = glyph.dy * size / self.face.units_per_em
            shown = f"[<{self._part(glyph, text)}>] TJ"
            yield f"{rise:.3f} Ts {shown} 0 Ts" if rise else shown
        if len(cluster) > 1:
            yield "EMC"

    def _part(self, glyph: Glyph, text: str) -> str:
        """The code of a glyph in hex, with the moves that shaping asks for around it, in 1/1000 em."""
        key = (glyph.gid, text, glyph.advance, glyph.dx)
        part = self._parts.get(key)
        if part is not None:
            return part
        part = f"{self._code(glyph.gid, text):04X}"
        before = -glyph.dx * self._scale
        after = (glyph.dx + self.face.natural_advance(glyph.gid) - glyph.advance) * self._scale
        if abs(before) > _NO_MOVE:
            part = f">{_number(before)}<{part}"
        if abs(after) > _NO_MOVE:
            part = f"{part}>{_number(after)}<"
        self._parts[key] = part
        if text == glyph.text and not glyph.dy and (glyph.gid, text) in self._fixed.codes:
            self._fixed.parts[id(glyph)] = part
            self._fixed.kept.append(glyph)
        return part

    def _code(self, glyph: int, text: str) -> int:
        if glyph == 0:
            raise TaggingError(f"{self.face!r} has no glyph for {text!r}")
        key = glyph, text
        code = self._fixed.codes.get(key) or self._codes.get(key)
        if code is None:
            if self.is_written:
                raise NoCodeError(text)
            code = self._codes[key] = len(self._fixed.codes) + len(self._codes) + 1
        return code

    def write(self, objects: Objects) -> bytes:
        """Add the font to the file; return its entry in the resources of pages. It takes no code any more."""
        self.is_written = True
        parts = _embedded(self.face, tuple(self._codes))
        program, places = (objects.add(RawObject(body)) for body in (parts.program, parts.places))
        name = parts.name
        descriptor = objects.add(RawObject(_descriptor(self.face, name, program)))
        descendant = objects.add(
            RawObject(
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s"
                b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                b"/FontDescriptor %s/DW 1000/W[0[%s]]/CIDToGIDMap %s>>"
                % (name, descriptor, parts.widths, places)
            )
        )
        texts = objects.add(RawObject(parts.texts))
        font = RawObject(
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>"
            % (name, descendant, texts)
        )
        return b"/%s %s" % (self.resource.encode("ascii"), objects.add(font))


class _Embedded(NamedTuple):
    """The parts of a font in a file: its name, bodies of streams, and the widths of all codes from 0."""

    name: bytes
    program: bytes
    places: bytes
    texts: bytes
    widths: bytes


def _number(value: float) -> str:
    """A number with at most three decimals, and no more digits than it needs."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=16)
def _embedded(face: Face, further: tuple[tuple[int, str], ...]) -> _Embedded:
    """A face with the codes that it has in every file and `further` ones, each a glyph and its text."""
    codes = (*_fixed(face).codes, *further)
    glyphs = [0, *(glyph for glyph, _ in codes)]
    data, places = _subset(face, glyphs)
    widths = " ".join([f"{face.natural_advance(g) * 1000 / face.units_per_em:.5g}" for g in glyphs])
    return _Embedded(
        name=f"{_tag(face.name, codes)}+{face.name}".encode("ascii"),
        program=stream(b"/Length1 %d" % len(data), data).body,
        places=stream(b"", b"".join(struct.pack(">H", places[g]) for g in glyphs)).body,
        texts=stream(b"", _character_map(codes).encode("ascii")).body,
        widths=widths.encode("ascii"),
    )


def _character_map(codes: Sequence[tuple[int, str]]) -> str:
    rows = [f"<{code:04X}> <{_utf16(text)}>\n" for code, (_, text) in enumerate(codes, 1)]
    blocks = []
    for first in range(0, len(rows), _BLOCK):
        block = rows[first : first + _BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n")
    return _CMAP_HEAD + "".join(blocks) + _CMAP_TAIL


def _clusters(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Group glyphs by the text that they show together: each group starts at a glyph with a text."""
    cluster: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text and cluster:
            yield cluster
            cluster = []
        elif not glyph.text and not cluster:
            raise TaggingError(f"glyph {glyph.gid} at the start of a run stands for no text")
        cluster.append(glyph)
    if cluster:
        yield cluster


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _tag(name: str, codes: Sequence[tuple[int, str]]) -> str:
    """Six capitals that tell subsets of one face apart (ISO 32000-1, 9.6.4)."""
    number = int.from_bytes(hashlib.sha256(repr((name, sorted(codes))).encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def _subset(face: Face, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
    """Return the font file with only `glyphs`, and the new index of each."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update({_table_tag(tag) for tag in _DROPPED_TABLES})
    flags = hb.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
    plan = hb.SubsetPlan(face.hb_face, wanted)
    data = plan.execute().blob.data
    return data, {old: new for new, old in plan.new_to_old_glyph_mapping.items()}


def _table_tag(tag: str) -> int:
    """A table's tag as the number that HarfBuzz takes."""
    return int.from_bytes(tag.ljust(4).encode("ascii"), "big")


def _descriptor(face: Face, name: bytes, program: bytes) -> bytes:
    scale = 1000 / face.units_per_em
    box = struct.unpack(">4h", face.hb_face.reference_table("head").data[36:44])
    heights = (face.ascender, face.descender, face.cap_height, face.x_height)
    # Stem widths are only used when a font is substituted, which cannot happen to an embedded one.
    return (
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0"
        b"/Ascent %d/Descent %d/CapHeight %d/XHeight %d/StemV %d/FontFile2 %s>>"
        % (
            name,
            *(round(value * scale) for value in (*box, *heights)),
            140 if face.bold else 80,
            program,
        )
    )
