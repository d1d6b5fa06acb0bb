"""Pages as content streams in which every operator belongs to a node or is declared decoration.

What is personal stands in a stream of its own behind that of the page, so that the rest is the same for all
patients with the same plan.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import quote

from pdfgen.pdf import graphics, marks
from pdfgen.pdf.fonts import EmbeddedFont, NoCodeError
from pdfgen.pdf.graphics import Ink, XObjects
from pdfgen.pdf.serialiser import Objects, RawObject, stream, text_string
from pdfgen.pdf.sheet_codes import code_operators
from pdfgen.pdf.structure import Box, Structure, TaggingError
from pdfgen.typesetting.document import (
    DECORATION,
    FOOTER,
    HEADER,
    Code,
    GlyphRun,
    Item,
    LinkArea,
    Page,
    Picture,
    Placed,
    Shape,
    TickBox,
)
from pdfgen.typesetting.fonts import Face

_ARTIFACTS = {
    DECORATION: "/Artifact BMC",
    HEADER: "/Artifact <</Type/Pagination/Subtype/Header>> BDC",
    FOOTER: "/Artifact <</Type/Pagination/Subtype/Footer>> BDC",
}

#: Characters of an address that are not letters or digits and stay as they are (RFC 3986); others are quoted,
#: because an address in a PDF is ASCII.
_URI_MARKS = "-._~:/?#[]@!$&'()*+,;=%"


_NODE = attrgetter("node")


class PaintedPage(NamedTuple):
    """A page but for what is personal.

    Attributes:
        content: the stream.
        entries: of the page's dictionary: size and links.
        xobjects: the entry of its resources for drawings and rasters.
    """

    content: RawObject
    entries: bytes
    xobjects: bytes


class Painter:
    """Paints pages, on which nothing can be painted untagged.

    Args:
        objects: of the file; drawings, links and contents are added to them.
        structure: is told which content belongs to which node.
    """

    def __init__(self, objects: Objects, structure: Structure) -> None:
        self._objects = objects
        self._structure = structure
        self._xobjects = XObjects(objects)
        self.fonts = Fonts()
        self._page = 0
        self._page_height = 0.0
        self._ink = Ink()

    def paint(self, number: int, page: Page) -> PaintedPage:
        """Paint page `number` (from 0), but for what is personal.

        Raises:
            TaggingError: an item names no node that can hold it.
        """
        self._page, self._page_height, self._ink = number, page.height, Ink()
        links = [item for item in page.items if isinstance(item, LinkArea)]
        painted = (item for item in page.items if not (isinstance(item, LinkArea) or _is_personal(item)))
        # What follows in the personal stream begins with black and no font.
        operators = ["q"]
        for node, items in groupby(painted, key=_NODE):
            operators += self._sequence(node, list(items))
        if page.sheet is not None:
            operators.append(_ARTIFACTS[DECORATION])
            operators += [marks.marker_operators(*mark, page.height) for mark in page.sheet.marks]
            operators.append("EMC")
        operators.append("Q")
        content = RawObject(_content("\n".join(operators).encode("ascii")))
        entries = b"/MediaBox[0 0 %.2f %.2f]" % (page.width, page.height)
        if annotations := b" ".join([self._link(link) for link in links]):
            entries += b"/Annots[%s]" % annotations
        return PaintedPage(content, entries, self._xobjects.end_page())

    def _sequence(self, node: int, items: list[Item]) -> list[str]:
        """Return the operators for items of one node that follow each other: one marked sequence."""
        show, height, ink = self.fonts.show, self._page_height, self._ink
        operators = [
            operator
            for item in items
            if (operator := show(item, height, ink) if type(item) is GlyphRun else self._operators(item))
        ]
        if not operators:
            return []
        artifact = _ARTIFACTS.get(node)
        if artifact is None:
            artifact = marked(self._structure, node, self._page)
            if self._structure.is_figure(node):
                self._note_extent(node, items)
        return [artifact, *operators, "EMC"]

    def _operators(self, item: Item) -> str:
        match item:
            case Shape():
                return graphics.shape_operators(item, self._page_height, self._ink)
            case TickBox():
                return graphics.tick_box_operators(item, self._page_height, self._ink)
            case Code():
                return marks.link_operators(item.text, item.x, item.y, item.size, self._page_height)
            case Placed() | Picture():
                return self._xobjects.place(item, self._page_height)
            case _:
                raise TaggingError(f"page {self._page + 1}: cannot draw {item!r}")

    def _note_extent(self, node: int, items: list[Item]) -> None:
        for item in items:
            box = self._extent(item)
            if box is not None:
                self._structure.extend(node, self._page, box)

    def _extent(self, item: Item) -> Box | None:
        height = self._page_height
        match item:
            case GlyphRun():
                scale = item.size / item.face.units_per_em
                base = height - item.y
                width = sum(glyph.advance for glyph in item.glyphs) * scale
                low, high = item.face.descender * scale, item.face.ascender * scale
                return item.x, base + low, item.x + width, base + high
            case Shape():
                margin = item.width / 2 if item.stroke is not None else 0.0
                return graphics.path_extent(item.segments, margin, height)
            case TickBox():
                return _rectangle(item.x, item.y, item.size, item.size, height, item.line / 2)
            case Code():
                return _rectangle(item.x, item.y, item.size, item.size, height)
            case _:
                return _rectangle(item.x, item.y, item.width, item.height, height)

    def _link(self, link: LinkArea) -> bytes:
        """Add the annotation of a link and return the reference to it."""
        box = _rectangle(link.x, link.y, link.width, link.height, self._page_height)
        annotation = RawObject()
        reference = self._objects.add(annotation)
        key = self._structure.annotate(link.node, self._page, reference)
        # F 4: shown in print, which PDF/A asks of every annotation (ISO 19005-2, 6.3.2).
        annotation.body = (
            b"<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d"
            b"/Contents%s/A<</Type/Action/S/URI/URI%s>>>>"
            % (*box, key, text_string(link.description), text_string(quote(link.target, safe=_URI_MARKS)))
        )
        return reference


class Fonts:
    """The fonts of one file, by the names of their faces. Whole faces have the same names in every file."""

    def __init__(self) -> None:
        self._fonts: dict[str, EmbeddedFont] = {}

    def show(self, run: GlyphRun, height: float, ink: Ink) -> str:
        """The operators that show a run on a page of some height.

        Raises:
            NoCodeError: the fonts are written, and there is no code for a glyph.
        """
        if not run.glyphs:
            return ""
        font = self._font(run.face)
        setting = f"{ink.fill(run.colour)}{ink.font(font.resource, run.size)}"
        shown = font.show(run.glyphs, run.size)
        return f"BT {setting}{run.x:.2f} {height - run.y:.2f} Td {shown} ET"

    def _font(self, face: Face) -> EmbeddedFont:
        font = self._fonts.get(face.name)
        if font is None:
            if any(font.is_written for font in self._fonts.values()):
                raise NoCodeError(face.name)
            font = self._fonts[face.name] = EmbeddedFont(face, _resource(face))
        elif font.face is not face:
            raise TaggingError(f"two faces are named {face.name!r}")
        return font

    @property
    def further(self) -> int:
        """How many codes and faces there are besides those that are the same in every file."""
        return sum(font.further + (not font.face.whole) for font in self._fonts.values())

    def write(self, objects: Objects) -> bytes:
        """Add the fonts to the file and return the dictionary of them; no code can be added to them now."""
        fonts = sorted(self._fonts.items())
        return b"<<%s>>" % b"".join([font.write(objects) for _, font in fonts])


def _resource(face: Face) -> str:
    """The name of a face in the resources of pages; `Fonts` keeps faces of the same name apart."""
    return f"F{zlib.crc32(face.name.encode()):x}"


def _is_personal(item: Item) -> bool:
    return isinstance(item, GlyphRun) and item.personal


def marked(structure: Structure, node: int, page: int) -> str:
    """The operator that begins a marked sequence of a node."""
    sequence = structure.mark(node, page)
    return f"/{structure.role(node)} <</MCID {sequence}>> BDC"


class PersonalLayer:
    """Where the personal content of a page is drawn: the operators that begin each of its marked sequences.

    Args:
        structure: is told of the sequences of `runs`, those of the patient that the file is first made for.
        page: number of the page, from 0.

    Attributes:
        marks: the nodes, with the operators that begin their sequences.
    """

    def __init__(self, structure: Structure, page: int, runs: Sequence[GlyphRun]) -> None:
        nodes = [node for node, _ in groupby(runs, key=_NODE)]
        self.marks = tuple((node, _ARTIFACTS.get(node) or marked(structure, node, page)) for node in nodes)

    def content(
        self,
        runs: Sequence[GlyphRun],
        codes: Sequence[tuple[str, float, float, float]],
        height: float,
        fonts: Fonts,
    ) -> bytes:
        """The content of a page `height` points high.

        Raises:
            NoCodeError: the fonts have no code for a glyph.
            TaggingError: the runs are not those of the places that are marked.
        """
        ink = Ink()
        operators = []
        groups = [(node, list(items)) for node, items in groupby(runs, key=_NODE)]
        if [node for node, _ in groups] != [node for node, _ in self.marks]:
            raise TaggingError("personal texts are not in the places that were marked for them")
        for (_, mark), (_, items) in zip(self.marks, groups, strict=True):
            operators += [mark, *(fonts.show(run, height, ink) for run in items), "EMC"]
        if codes:
            operators += [_ARTIFACTS[DECORATION], *(code_operators(*code, height) for code in codes), "EMC"]
        return "\n".join(operators).encode("ascii")


@lru_cache(maxsize=256)
def _content(operators: bytes) -> bytes:
    """The body of a content stream; pages that patients share are compressed once."""
    return stream(b"", operators).body


def _rectangle(x: float, y: float, width: float, height: float, page: float, margin: float = 0.0) -> Box:
    return x - margin, page - y - height - margin, x + width + margin, page - y + margin
