"""A document as the bytes of a tagged PDF file."""

from __future__ import annotations

from pdfgen.pdf.shared_file import About, SharedFile
from pdfgen.typesetting.document import Document, Field


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
