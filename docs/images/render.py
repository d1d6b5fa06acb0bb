"""Draw the picture at the head of the README: the first exercise page of the example (`make picture`)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from pdfgen.pdf.shared_file import write
from pdfgen.production.job import Job
from pdfgen.production.program import compose, plan, read
from pdfgen.production.shared import Shared

_DOTS_AN_INCH = 110


def main() -> None:
    """Write `page.png` beside this file."""
    folder = Path(__file__).parent
    shared = Shared()
    program = read(Job(folder.parent.parent / "examples" / "patient.yaml"), shared)
    name = plan(program, shared).exercises[0].name
    document = compose(program, shared)
    page = next(bookmark.page for bookmark in document.bookmarks if name in bookmark.title)
    picture = pypdfium2.PdfDocument(write(document))[page].render(scale=_DOTS_AN_INCH / 72).to_pil()
    picture.quantize(64).save(folder / "page.png", optimize=True)


if __name__ == "__main__":
    main()
