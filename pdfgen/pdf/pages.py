"""Pages on ReportLab's canvas, where every operator belongs to a node or is declared decoration.

What differs between patients is not painted: a page refers to it, in its place, by a name that the personal
part of the file defines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TypeGuard
from urllib.parse import quote

from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.pdfgen.canvas import Canvas

from pdfgen.pdf import codes, graphics
from pdfgen.pdf.drawings import XObjects
from pdfgen.pdf.fonts import Fonts
from pdfgen.pdf.form_fields import FormFields
from pdfgen.pdf.graphics import Ink
from pdfgen.pdf.objects import Body, text_string
from pdfgen.pdf.structure import Box, Structure, TaggingError
from pdfgen.typesetting.document import (
    DECORATION,
    FOOTER,
    HEADER,
    Code,
    Destination,
    Field,
    FieldText,
    GlyphRun,
    Item,
    LinkArea,
    Page,
    Picture,
    Placed,
    Shape,
    TextField,
    TickBox,
)

ARTIFACTS = {
    DECORATION: "/Artifact BMC",
    HEADER: "/Artifact <</Type/Pagination/Subtype/Header>> BDC",
    FOOTER: "/Artifact <</Type/Pagination/Subtype/Footer>> BDC",
}
#: Marks that an address keeps, besides letters and digits (RFC 3986); all else is quoted, because an address
#: in a PDF is ASCII.
_URI_MARKS = "-._~:/?#[]@!$&'()*+,;=%"

_NODE = attrgetter("node")


class Painter:
    """Paints pages, on which nothing can be painted untagged.

    Args:
        canvas: of ReportLab; its document takes the pages, drawings and links.
        structure: notes which content belongs to which node.

    Attributes:
        fonts: of the file.
        fields: all different texts of fields, in the order in which they come, with their numbers.
        codes: all sheet codes, likewise: text and size in points.
        forms: what can be filled in in the file.
    """

    def __init__(self, canvas: Canvas, structure: Structure) -> None:
        self._canvas = canvas
        self._structure = structure
        self._xobjects = XObjects(canvas)
        self.fonts = Fonts(canvas._doc)
        self.fields: dict[FieldText, int] = {}
        self.codes: list[tuple[str, float]] = []
        self._links: list[tuple[Body, LinkArea, int, float]] = []
        self.forms = FormFields(canvas, structure, self.fonts)

    def paint(self, number: int, page: Page) -> None:
        """Paint page `number` (from 0) and close it.

        Raises:
            TaggingError: an item names no node that can hold it.
        """
        canvas, structure = self._canvas, self._structure
        ink = Ink()
        fields = [item for item in page.contents if self._is_field(item)]
        drawn = [
            # The outline of a field is decoration: it is read as the annotation over it.
            item._replace(node=DECORATION) if self._is_field(item) else item
            for item in page.contents
            if not isinstance(item, LinkArea | TextField)
        ]
        for node, together in groupby(drawn, key=_NODE):
            self._sequence(node, list(together), number, page.height, ink)
        if page.sheet is not None:
            canvas._code.append(self._mark(DECORATION, number))
            for mark in page.sheet.marks:
                self._xobjects.place_pattern(codes.marker(mark[0]), *mark[1:], page.height, ink)
            for text, x, y, size in page.sheet.codes:
                self._xobjects.place_mask(code_name(len(self.codes)), x, y, size, page.height, ink)
                self.codes.append((text, size))
            canvas._code.append("EMC")
        for count, link in enumerate(item for item in page.contents if isinstance(item, LinkArea)):
            self._link(link, number, count, page.height)
        for field in fields:
            self.forms.add(field, number, page.height)
        canvas.showPage()
        finished = canvas._doc.Pages.pages[-1]
        finished.__NoDefault__ = [*finished.__NoDefault__, "StructParents", "Tabs"]
        finished.Tabs = PDFName("S")
        finished.Trans = None
        finished.MediaBox = PDFArray([0, 0, round(page.width, 2), round(page.height, 2)])
        if structure.has_marks(number):
            finished.StructParents = number

    def _is_field(self, item: Item | Field) -> TypeGuard[TickBox | TextField]:
        if isinstance(item, TextField):
            return True
        return isinstance(item, TickBox) and item.node >= 0 and self._structure.role(item.node) == "Form"

    def _sequence(self, node: int, items: list[Item | Field], page: int, height: float, ink: Ink) -> None:
        """Paint items of one node that follow each other: one marked sequence."""
        code = self._canvas._code
        begun = len(code)
        for item in items:
            self._paint(item, height, ink)
        if len(code) == begun:
            return
        code.insert(begun, self._mark(node, page))
        code.append("EMC")
        if node >= 0 and self._structure.is_figure(node):
            for box in filter(None, [_extent(one, height) for one in _items(items)]):
                self._structure.extend(node, page, box)

    def _mark(self, node: int, page: int) -> str:
        artifact = ARTIFACTS.get(node)
        if artifact is not None:
            return artifact
        sequence = self._structure.mark(node, page)
        return f"/{self._structure.role(node)} <</MCID {sequence}>> BDC"

    def _paint(self, item: Item | Field, height: float, ink: Ink) -> None:
        code = self._canvas._code
        match item:
            case GlyphRun():
                operators = self.fonts.show(item, height, ink)
            case Field():
                number = self.fields.setdefault(item.text, len(self.fields))
                code.append(f"q 1 0 0 1 {item.x:.2f} {height - item.y:.2f} cm")
                self._canvas.doForm(field_name(number))
                operators = "Q"
            case Shape():
                operators = graphics.shape_operators(item, height, ink)
            case TickBox():
                operators = graphics.tick_box_operators(item, height, ink)
            case Code():
                pattern = codes.address_code(item.text)
                self._xobjects.place_pattern(pattern, item.x, item.y, item.size, height, ink)
                return
            case Placed() | Picture():
                self._xobjects.place(item, height)
                return
            case _:
                raise TaggingError(f"cannot draw {item!r}")
        if operators:
            code.append(operators)

    def _link(self, link: LinkArea, page: int, count: int, height: float) -> None:
        """Add the annotation of a link; `write_links` completes it when all pages have numbers."""
        annotation = Body()
        name = f"link {page} {count}"
        self._canvas._addAnnotation(annotation, name)
        document = self._canvas._doc
        key = self._structure.annotate(link.node, page, document.refAnnotation(name).format(document))
        self._links.append((annotation, link, key, height))

    def write_links(
        self, pages: Sequence[bytes], destinations: Iterable[Destination], heights: Sequence[float]
    ) -> None:
        """Complete the annotations of all links.

        Args:
            pages: references to the pages.
            destinations: of the document.
            heights: of its pages, in points.
        """
        tops = ((place, heights[place.page] - place.y) for place in destinations)
        places = {
            f"#{place.name}": b"/Dest[%s/XYZ null %.2f null]" % (pages[place.page], top)
            for place, top in tops
        }
        for annotation, link, key, page_height in self._links:
            # F 4: shown in print, which PDF/A asks of every annotation (ISO 19005-2, 6.3.2).
            annotation.body = (
                b"<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d"
                b"/Contents%s%s>>"
                % (
                    *_box(link.x, link.y, link.width, link.height, page_height),
                    key,
                    text_string(link.description),
                    places[link.target] if link.target.startswith("#") else _action(link.target),
                )
            )


def _action(address: str) -> bytes:
    return b"/A<</Type/Action/S/URI/URI%s>>" % text_string(quote(address, safe=_URI_MARKS))


def field_name(number: int) -> str:
    """Return the name of a field in the resources of pages, without ReportLab's prefix."""
    return f"W{number}"


def code_name(number: int) -> str:
    """Return the name of a sheet code, likewise."""
    return f"C{number}"


def _items(contents: Iterable[Item | Field]) -> Iterable[Item]:
    return (item for one in contents for item in (one.runs if isinstance(one, Field) else (one,)))


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
            return _box(item.x, item.y, item.size, item.size, height, item.line / 2)
        case Code():
            return _box(item.x, item.y, item.size, item.size, height)
        case _:
            return _box(item.x, item.y, item.width, item.height, height)


def _box(x: float, y: float, width: float, height: float, page: float, margin: float = 0.0) -> Box:
    """Return the box of a rectangle on a page `page` points high, `margin` wider."""
    return x - margin, page - y - height - margin, x + width + margin, page - y + margin
