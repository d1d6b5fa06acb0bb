"""A document as the bytes of a tagged PDF file."""

from __future__ import annotations

from pdfgen.pdf.canvas import TaggedCanvas
from pdfgen.pdf.metadata import describe
from pdfgen.pdf.structure import Structure
from pdfgen.typesetting.document import Bookmark, Document


def write(document: Document) -> bytes:
    """Write `document` as a PDF 1.7 file that follows PDF/UA-1 and PDF/A-2a.

    The same document gives the same bytes, at any time and in any process.

    Raises:
        TaggingError: pages and logical tree do not fit together. This is a fault of the program.
    """
    structure = Structure(document.nodes, len(document.pages))
    canvas = TaggedCanvas(structure)
    for index, page in enumerate(document.pages):
        for number, bookmark in enumerate(document.bookmarks):
            if bookmark.page == index:
                canvas.bookmarkPage(_key(number), fit="XYZ", left=0, top=page.height - bookmark.y, zoom=0)
        canvas.draw_page(page)
    _add_outline(canvas, document.bookmarks)
    canvas.finish()
    describe(canvas.file, document, structure.write(canvas.file))
    return canvas.file.serialise(canvas)


def _add_outline(canvas: TaggedCanvas, bookmarks: tuple[Bookmark, ...]) -> None:
    for number, bookmark in enumerate(bookmarks):
        canvas.addOutlineEntry(bookmark.title, _key(number), bookmark.level, closed=False)


def _key(number: int) -> str:
    return f"b{number}"
