"""Pages as content streams in which every operator belongs to a node or is declared decoration."""

from __future__ import annotations

import io
from itertools import groupby
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from pdfgen.pdf import graphics, marks
from pdfgen.pdf.fonts import EmbeddedFont
from pdfgen.pdf.graphics import Ink, XObjects
from pdfgen.pdf.serialiser import RawObject, TaggedDocument, stream, text_string
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

_ARTIFACTS = {
    DECORATION: "/Artifact BMC",
    HEADER: "/Artifact <</Type/Pagination/Subtype/Header>> BDC",
    FOOTER: "/Artifact <</Type/Pagination/Subtype/Footer>> BDC",
}

#: Characters of an address that are not letters or digits and stay as they are (RFC 3986); others are quoted,
#: because an address in a PDF is ASCII.
_URI_MARKS = "-._~:/?#[]@!$&'()*+,;=%"


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """ReportLab's canvas, on which whole pages are drawn and nothing can be drawn untagged.

    Args:
        structure: is told which content belongs to which node.
    """

    def __init__(self, structure: Structure) -> None:
        super().__init__(io.BytesIO(), pageCompression=1)
        self._doc = self.file = TaggedDocument()
        self._structure = structure
        self._fonts: dict[str, EmbeddedFont] = {}
        self._xobjects = XObjects(self.file)
        self._page = 0
        self._page_height = 0.0
        self._ink = Ink()

    def _make_preamble(self) -> None:
        # ReportLab's own preamble chooses Helvetica, which is not embedded.
        self._preamble = ""

    def draw_page(self, page: Page) -> None:
        """Draw `page` as the next page of the file.

        Raises:
            TaggingError: an item names no node that can hold it.
        """
        self._page_height = page.height
        self._ink = Ink()
        self.setPageSize((page.width, page.height))
        links = [item for item in page.items if isinstance(item, LinkArea)]
        painted = (item for item in page.items if not isinstance(item, LinkArea))
        for node, items in groupby(painted, key=lambda item: item.node):
            self._draw_sequence(node, list(items))
        for link in links:
            self._add_link(link)
        if page.sheet is not None:
            self._code.append(_ARTIFACTS[DECORATION])
            self._code += [marks.marker_operators(*mark, page.height) for mark in page.sheet.marks]
            self._code += [marks.code_operators(*code, page.height) for code in page.sheet.codes]
            self._code.append("EMC")
        self.showPage()
        self._page += 1

    def finish(self) -> None:
        """Add the fonts; all pages have been drawn."""
        for font in self._fonts.values():
            font.write(self.file)

    def _draw_sequence(self, node: int, items: list[Item]) -> None:
        """Draw items of one node that follow each other as one marked sequence."""
        operators = [operator for item in items if (operator := self._operators(item))]
        if not operators:
            return
        artifact = _ARTIFACTS.get(node)
        if artifact is None:
            mcid = self._structure.mark(node, self._page)
            artifact = f"/{self._structure.role(node)} <</MCID {mcid}>> BDC"
            if self._structure.is_figure(node):
                self._note_extent(node, items)
        self._code += [artifact, *operators, "EMC"]

    def _operators(self, item: Item) -> str:
        match item:
            case GlyphRun():
                return self._text(item)
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

    def _text(self, run: GlyphRun) -> str:
        if not run.glyphs:
            return ""
        font = self._font(run)
        ink = self._ink.fill(run.colour) + self._ink.font(font.resource, run.size)
        place = f"1 0 0 1 {run.x:.2f} {self._page_height - run.y:.2f} Tm"
        return f"BT {ink}{place} {font.show(run.glyphs, run.size)} ET"

    def _font(self, run: GlyphRun) -> EmbeddedFont:
        font = self._fonts.get(run.face.name)
        if font is None:
            font = self._fonts[run.face.name] = EmbeddedFont(run.face, f"F{len(self._fonts) + 1}")
        elif font.face is not run.face:
            raise TaggingError(f"two faces are named {run.face.name!r}")
        return font

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
                width = self._font(item).width(item.glyphs, item.size)
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

    def _add_link(self, link: LinkArea) -> None:
        box = _rectangle(link.x, link.y, link.width, link.height, self._page_height)
        annotation = RawObject()
        reference = self.file.add(annotation)
        key = self._structure.annotate(link.node, self._page, reference)
        # F 4: shown in print, which PDF/A asks of every annotation (ISO 19005-2, 6.3.2).
        annotation.body = (
            b"<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d"
            b"/Contents%s/A<</Type/Action/S/URI/URI%s>>>>"
            % (*box, key, text_string(link.description), text_string(quote(link.target, safe=_URI_MARKS)))
        )
        self._annotationrefs.append(RawObject(reference))

    def _setXObjects(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802 (ReportLab's name)
        """Name the drawings of the page; called by `showPage`."""
        placed = self._xobjects.end_page()
        page.XObjects = RawObject(placed) if placed else None

    def _setAnnotations(self, page: pdfdoc.PDFPage) -> None:  # noqa: N802 (ReportLab's name)
        """Complete the page's dictionary; called by `showPage` for each page."""
        super()._setAnnotations(page)
        # Not written by itself: ReportLab would choose ASCII85, which costs a quarter of the size.
        page.Contents = stream(b"", page.stream.encode("ascii"))
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Trans = None
        page.Tabs = pdfdoc.PDFName("S")
        if self._structure.has_marks(self._page):
            page.StructParents = self._page


def _rectangle(x: float, y: float, width: float, height: float, page: float, margin: float = 0.0) -> Box:
    return x - margin, page - y - height - margin, x + width + margin, page - y + margin
