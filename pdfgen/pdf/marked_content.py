"""Items as operators of a content stream: marked sequences of nodes, and what is declared decoration."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from pdfgen.pdf import graphics, marks
from pdfgen.pdf.elements import Box
from pdfgen.pdf.fonts import EmbeddedFont, NoCodeError
from pdfgen.pdf.graphics import Ink, XObjects
from pdfgen.pdf.serialiser import Objects
from pdfgen.pdf.structure import Structure, TaggingError
from pdfgen.typesetting.document import (
    DECORATION,
    FOOTER,
    HEADER,
    Code,
    GlyphRun,
    Item,
    Picture,
    Placed,
    Shape,
    TickBox,
)
from pdfgen.typesetting.fonts import Face

ARTIFACTS = {
    DECORATION: "/Artifact BMC",
    HEADER: "/Artifact <</Type/Pagination/Subtype/Header>> BDC",
    FOOTER: "/Artifact <</Type/Pagination/Subtype/Footer>> BDC",
}

_NODE = attrgetter("node")


class Sequences:
    """Writes the marked sequences of pages.

    Args:
        objects: of the file; drawings are added to them.
        structure: is told which content belongs to which node.

    Attributes:
        fonts: those of the file.
        xobjects: drawings and rasters of the file.
    """

    def __init__(self, objects: Objects, structure: Structure) -> None:
        self._structure = structure
        self.xobjects = XObjects(objects)
        self.fonts = Fonts()

    def operators(self, items: Iterable[Item], page: int, height: float, ink: Ink) -> list[str]:
        """Return the operators for items of page `page` (from 0), which is `height` points high.

        Raises:
            TaggingError: an item names no node that can hold it.
        """
        found = []
        for node, together in groupby(items, key=_NODE):
            found += self._sequence(node, list(together), page, height, ink)
        return found

    def _sequence(self, node: int, items: list[Item], page: int, height: float, ink: Ink) -> list[str]:
        """Return the operators for items of one node that follow each other: one marked sequence."""
        show, draw = self.fonts.show, self._operators
        operators = [
            operator
            for item in items
            if (operator := show(item, height, ink) if type(item) is GlyphRun else draw(item, height, ink))
        ]
        if not operators:
            return []
        artifact = ARTIFACTS.get(node)
        if artifact is None:
            artifact = marked(self._structure, node, page)
            if self._structure.is_figure(node):
                for box in filter(None, [_extent(item, height) for item in items]):
                    self._structure.extend(node, page, box)
        return [artifact, *operators, "EMC"]

    def _operators(self, item: Item, height: float, ink: Ink) -> str:
        match item:
            case Shape():
                return graphics.shape_operators(item, height, ink)
            case TickBox():
                return graphics.tick_box_operators(item, height, ink)
            case Code():
                return marks.link_operators(item.text, item.x, item.y, item.size, height)
            case Placed() | Picture():
                return self.xobjects.place(item, height)
            case _:
                raise TaggingError(f"cannot draw {item!r}")


def _extent(item: Item, height: float) -> Box | None:
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
            return box_of(item.x, item.y, item.size, item.size, height, item.line / 2)
        case Code():
            return box_of(item.x, item.y, item.size, item.size, height)
        case _:
            return box_of(item.x, item.y, item.width, item.height, height)


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
        return f"BT {self.setting(run, ink)}{self.shown(run, height)} ET"

    def setting(self, run: GlyphRun, ink: Ink) -> str:
        """The operators that choose colour and font of a run where they are not in effect.

        Raises:
            NoCodeError: as `use`.
        """
        return f"{ink.fill(run.colour)}{ink.font(self.use(run.face).resource, run.size)}"

    def shown(self, run: GlyphRun, height: float) -> str:
        """The operators that go to the place of a run and show it.

        Raises:
            NoCodeError: as `show`.
        """
        shown = self.use(run.face).show(run.glyphs, run.size, keeps=not run.personal)
        return f"{run.x:.2f} {height - run.y:.2f} Td {shown}"

    def use(self, face: Face) -> EmbeddedFont:
        """Return a face as it is in this file, which is to have it from now on.

        Raises:
            NoCodeError: the fonts are written, and this is not among them.
        """
        font = self._fonts.get(face.name)
        if font is None:
            if any(font.is_written for font in self._fonts.values()):
                raise NoCodeError(face.name)
            font = self._fonts[face.name] = EmbeddedFont(face, _resource(face))
        elif font.face is not face:
            raise TaggingError(f"two faces are named {face.name!r}")
        return font

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces, in the order in which they came."""
        return tuple(font.face for font in self._fonts.values())

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


def marked(structure: Structure, node: int, page: int) -> str:
    """The operator that begins a marked sequence of a node."""
    sequence = structure.mark(node, page)
    return f"/{structure.role(node)} <</MCID {sequence}>> BDC"


def box_of(x: float, y: float, width: float, height: float, page: float, margin: float = 0.0) -> Box:
    """The box of a rectangle on a page `page` points high, `margin` wider."""
    return x - margin, page - y - height - margin, x + width + margin, page - y + margin
