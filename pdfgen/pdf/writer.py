"""A document as the bytes of a tagged PDF file."""

from __future__ import annotations

from pdfgen.pdf.shared_part import Skeleton
from pdfgen.typesetting.document import Document


def write(document: Document) -> bytes:
    """Write `document` as a PDF 1.7 file that follows PDF/UA-1 and PDF/A-2a.

    The same document gives the same bytes, at any time and in any process.

    Raises:
        TaggingError: pages and logical tree do not fit together. This is a fault of the program.
    """
    file = Skeleton(document).finished(document.personal)
    return file.shared + file.own
