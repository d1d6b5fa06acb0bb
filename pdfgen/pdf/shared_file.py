"""A file in two parts: what patients with the same plan share, and what belongs to one of them.

ReportLab writes the shared part, once a plan. It holds all pages; where words differ between patients, a page
refers to a form XObject by its number. The personal part follows: information, metadata, these forms and the
codes of sheets, each a small object, and the cross-reference stream. A single program is a shared part that
is used once, so a single program cannot differ from one of a batch.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObjectReference, PDFStream, xObjectName
from reportlab.pdfgen.canvas import Canvas

from pdfgen.pdf.codes import image_mask, sheet_code
from pdfgen.pdf.graphics import Ink
from pdfgen.pdf.metadata import Description, complete_catalogue
from pdfgen.pdf.objects import (
    Body,
    ObjectWriter,
    OpenRows,
    body_of,
    numbered,
    reference_stream,
    stream,
    stream_count,
)
from pdfgen.pdf.pages import Painter, code_name, field_name
from pdfgen.pdf.structure import Structure
from pdfgen.typesetting.document import Bookmark, Document, Field, FieldText, GlyphRun

#: White around the words of a field that is still shown, in points: accents and overhanging letters.
_OVERHANG = 9.0


class PdfFile(NamedTuple):
    """A file in its two parts; `sha256` is the digest of both, in hex."""

    shared: bytes
    own: bytes
    sha256: str

    @property
    def data(self) -> bytes:
        """The whole file."""
        return self.shared + self.own


class About(NamedTuple):
    """The personal part of a file's metadata: title, document id and date."""

    title: str
    ident: str
    created: dt.datetime


class SharedFile:
    """The shared part of the files of a plan.

    Args:
        document: of the first patient.

    Attributes:
        fields: all different texts of fields; a file has the words of each, in this order.
        codes: the sheet codes of the first patient, in the order of the pages.
        pages: how many pages each file has.
        serves_others: whether it holds nothing of the first patient. It does hold something if the words of
            that patient need characters that the fonts would lack otherwise.

    Raises:
        TaggingError: pages and logical tree do not fit together. This is a fault of the program.
    """

    def __init__(self, document: Document) -> None:
        self.pages = len(document.pages)
        self._description = Description(document)
        canvas = _canvas(document)
        structure = Structure(document.nodes, self.pages)
        painter = Painter(canvas, structure)
        bookmarks = list(enumerate(document.bookmarks))
        for number, page in enumerate(document.pages):
            for key, bookmark in bookmarks:
                if bookmark.page == number:
                    canvas.bookmarkHorizontalAbsolute(f"b{key}", round(page.height - bookmark.y, 2))
            painter.paint(number, page)
        _add_outline(canvas, document.bookmarks)
        if form := painter.forms.form():
            canvas._doc.Catalog.AcroForm = canvas._doc.Reference(form)
        self.fields: tuple[FieldText, ...] = tuple(painter.fields)
        self.codes = tuple(text for text, _ in painter.codes)
        self._fonts = painter.fonts
        codes = self._fonts.codes
        for page in document.pages:
            for item in page.contents:
                if isinstance(item, Field):
                    self._words(item.runs)
        self.serves_others = codes == self._fonts.codes
        self._fonts.write()
        self._write(canvas, structure, painter, document)

    def _write(self, canvas: Canvas, structure: Structure, painter: Painter, document: Document) -> None:
        """Pack the shared objects; personal ones have the numbers behind them."""
        shared = canvas._doc
        root = Body()
        complete_catalogue(shared, document, shared.Reference(root))
        names = _register(shared, canvas)
        elements = shared.objectcounter + 1
        small = len(names) - sum(_is_stream(shared.idToObject[name]) for name in names) + len(document.nodes)
        self._first = shared.objectcounter + len(document.nodes) + stream_count(small) + 1
        own = ["information", "metadata"]
        own += [xObjectName(field_name(number)) for number in range(len(self.fields))]
        own += [xObjectName(code_name(number)) for number in range(len(self.codes))]
        for number, name in enumerate(own, self._first):
            shared.idToObjectNumberAndVersion[name] = (number, 0)
        pages = [_reference(shared, f"Page{number}") for number in range(1, self.pages + 1)]
        painter.write_links(pages, document.destinations, [page.height for page in document.pages])
        root.body = structure.root(elements)
        bodies = [body_of(shared.idToObject[name], shared) for name in names]
        if shared.objectcounter + 1 != elements:
            raise RuntimeError("ReportLab added objects while it wrote them")
        bodies += structure.elements(
            elements, PDFObjectReference(root.__InternalName__).format(shared), pages
        )
        writer = ObjectWriter(file := io.BytesIO())
        for number, body in enumerate(bodies, writer.reserve(len(bodies))):
            writer.write(number, body)
        writer.flush()
        self._trailer = b"/Root %s/Info %d 0 R" % (
            _reference(shared, shared.Catalog.__InternalName__),
            self._first,
        )
        self.data = file.getvalue()
        self._rows = OpenRows(writer.rows)
        self._digest = writer.digest
        self._forms = [_form(text, _reference(shared, "BasicFonts")) for text in self.fields]

    def field(self, number: int, runs: Sequence[GlyphRun]) -> bytes:
        """Return the form of a field.

        Args:
            number: of its text in `fields`.
            runs: its words, placed with the top left corner of the field as origin.

        Raises:
            NoCodeError: the fonts lack a character.
        """
        return stream(self._forms[number], self._words(runs).encode("ascii"))

    def _words(self, runs: Sequence[GlyphRun]) -> str:
        ink = Ink(fill=None)
        return "\n".join(filter(None, [self._fonts.show(run, 0.0, ink, keeps=False) for run in runs]))

    def file(self, about: About, fields: Sequence[bytes], codes: Sequence[str]) -> PdfFile:
        """Return the file of a patient.

        Args:
            about: title, document id and date.
            fields: as `field` returns them, one for each of `fields`.
            codes: texts of the sheet codes, one for each of `codes`.

        Raises:
            ValueError: `fields` or `codes` has another length.
        """
        if len(fields) != len(self.fields) or len(codes) != len(self.codes):
            raise ValueError("a file has the words of every field and the text of every code")
        # PDF/A wants the metadata readable without decoding (ISO 19005-2, 6.6.2.1).
        metadata = stream(b"/Type/Metadata/Subtype/XML", self._description.packet(*about))
        bodies = [self._description.information(about.title, about.created), metadata, *fields]
        bodies += [image_mask(sheet_code(code)) for code in codes]
        parts = [numbered(number, body) for number, body in enumerate(bodies, self._first)]
        *places, place = accumulate(map(len, parts), initial=len(self.data))
        own = b"".join(parts)
        digest = self._digest.copy()
        digest.update(own)
        rows = self._rows.closed((*places, place))
        number = self._first + len(parts)
        end = reference_stream(number, rows, self._trailer, digest.digest(), place)
        digest.update(end)
        return PdfFile(self.data, own + end, digest.hexdigest())


def write(document: Document) -> bytes:
    """Write `document`, with the words that it was composed with, as PDF 1.7, PDF/UA-1 and PDF/A-2a.

    The same document gives the same bytes, at any time and in any process.

    Raises:
        TaggingError: pages and logical tree do not fit together. This is a fault of the program.
    """
    shared = SharedFile(document)
    first: dict[object, Field] = {}
    for page in document.pages:
        for item in page.contents:
            if isinstance(item, Field):
                first.setdefault(item.text, item)
    fields = []
    for number, text in enumerate(shared.fields):
        item = first[text]
        runs = [run._replace(x=run.x - item.x, y=run.y - item.y) for run in item.runs]
        fields.append(shared.field(number, runs))
    about = About(document.title, document.ident, document.created)
    return shared.file(about, fields, shared.codes).data


def _canvas(document: Document) -> Canvas:
    """Return a canvas whose document has no fonts of ReportLab's own, and whose bytes know no clock."""
    canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
    canvas._doc = PDFDocument(compression=1, invariant=1, lang=document.language)
    canvas._preamble = ""
    return canvas


def _add_outline(canvas: Canvas, bookmarks: Sequence[Bookmark]) -> None:
    level = -1
    for key, bookmark in enumerate(bookmarks):
        # ReportLab refuses an entry that lies more than one level below the entry before it.
        level = min(bookmark.level, level + 1)
        canvas.addOutlineEntry(bookmark.title, f"b{key}", level)
    if bookmarks:
        canvas.showOutline()


def _register(shared: PDFDocument, canvas: Canvas) -> list[str]:
    """Give every object its number before one is written; return their names in that order."""
    shared.Outlines.prepare(shared, canvas)
    if shared.Outlines.ready < 0:
        shared.Catalog.Outlines = None
    shared.Reference(shared.Catalog)
    shared.Reference(shared.Pages)
    for page in shared.Pages.pages:
        page.check_format(shared)
        shared.Reference(page.Contents)
    return [shared.numberToId[number] for number in range(1, shared.objectcounter + 1)]


def _is_stream(item: object) -> bool:
    return isinstance(item, PDFStream) or (isinstance(item, Body) and item.body.endswith(b"endstream"))


def _form(text: FieldText, fonts: bytes) -> bytes:
    """Return the entries of the form of a field, whose corner is the top left one of its words."""
    box = (-_OVERHANG, -text.lines * text.style.leading - _OVERHANG, text.width + _OVERHANG, _OVERHANG)
    return b"/Type/XObject/Subtype/Form/BBox[%.2f %.2f %.2f %.2f]/Resources<</Font %s>>" % (*box, fonts)


def _reference(document: PDFDocument, name: str) -> bytes:
    """Return the reference to an object that ReportLab knows by a name."""
    return b"%d 0 R" % document.idToObjectNumberAndVersion[name][0]
