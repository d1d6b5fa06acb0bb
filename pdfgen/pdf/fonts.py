"""Fonts in the file: glyphs of one face as codes, and the subset of the face that is embedded.

A code stands for a glyph *and* for the text that it shows, so that a hyphen and a non-breaking hyphen that
share a glyph are still told apart when the text is taken out again. Codes are numbered by first use.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence

import uharfbuzz as hb

from pdfgen.pdf.serialiser import RawObject, TaggedDocument, stream
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
#: Moves smaller than this, in 1/1000 em, are rounding.
_NO_MOVE = 0.001
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class EmbeddedFont:
    """One face in one file.

    Args:
        face: the font.
        resource: its name in the pages' resources.
    """

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._scale = 1000 / face.units_per_em
        self._codes: dict[tuple[int, str], int] = {}
        # Parts of the text array. Shaped words are shared, so the very same glyphs come again and again:
        # identity is the quickest key, and the document keeps its glyphs alive while it is written.
        self._parts: dict[int, str] = {}
        self._parts_by_value: dict[tuple[int, str, float, float], str] = {}

    def show(self, glyphs: Sequence[Glyph], size: float) -> str:
        """The operators that show `glyphs` at `size` points from the current text position.

        Raises:
            TaggingError: a glyph stands for no text, or is the one for missing characters.
        """
        parts = self._parts
        unknown = [glyph for glyph in glyphs if id(glyph) not in parts]
        for glyph in unknown:
            if not glyph.text or glyph.dy:
                return " ".join(self._show_clusters(glyphs, size))
            parts[id(glyph)] = self._part(glyph, glyph.text)
        return f"[<{''.join([parts[id(glyph)] for glyph in glyphs])}>] TJ"

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
        part = self._parts_by_value.get(key)
        if part is not None:
            return part
        part = f"{self._code(glyph.gid, text):04X}"
        before = -glyph.dx * self._scale
        after = (glyph.dx + self.face.natural_advance(glyph.gid) - glyph.advance) * self._scale
        if abs(before) > _NO_MOVE:
            part = f">{before:.3f}<{part}"
        if abs(after) > _NO_MOVE:
            part = f"{part}>{after:.3f}<"
        self._parts_by_value[key] = part
        return part

    def _code(self, glyph: int, text: str) -> int:
        if glyph == 0:
            raise TaggingError(f"{self.face!r} has no glyph for {text!r}")
        return self._codes.setdefault((glyph, text), len(self._codes) + 1)

    def width(self, glyphs: Sequence[Glyph], size: float) -> float:
        """How far `glyphs` reach at `size` points."""
        return sum([glyph.advance for glyph in glyphs]) * size / self.face.units_per_em

    def write(self, document: TaggedDocument) -> None:
        """Add the font with the glyphs that were shown to the file and to its pages' resources."""
        glyphs = [0, *(glyph for glyph, _ in self._codes)]
        data, places = _subset(self.face, glyphs)
        name = f"{_tag(self.face.name, self._codes)}+{self.face.name}".encode("ascii")
        program = document.add(stream(b"/Length1 %d" % len(data), data))
        places_reference = document.add(stream(b"", b"".join(struct.pack(">H", places[g]) for g in glyphs)))
        descriptor = document.add(RawObject(_descriptor(self.face, name, program)))
        widths = " ".join([f"{self.face.natural_advance(g) * self._scale:.5g}" for g in glyphs])
        descendant = document.add(
            RawObject(
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s"
                b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                b"/FontDescriptor %s/DW 1000/W[0[%s]]/CIDToGIDMap %s>>"
                % (name, descriptor, widths.encode("ascii"), places_reference)
            )
        )
        texts = document.add(stream(b"", self._character_map().encode("ascii")))
        font = RawObject(
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>"
            % (name, descendant, texts)
        )
        document.add_font(self.resource, document.add(font))

    def _character_map(self) -> str:
        rows = [f"<{code:04X}> <{_utf16(text)}>\n" for (_, text), code in self._codes.items()]
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


def _tag(name: str, codes: dict[tuple[int, str], int]) -> str:
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
