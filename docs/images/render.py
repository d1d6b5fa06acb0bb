"""Draw the picture at the head of the README: the first exercise page of the example (`make picture`)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from pdfgen.production.program import Job, prepare

_DOTS_AN_INCH = 110


def main() -> None:
    """Write `page.png` beside this file."""
    folder = Path(__file__).parent
    press = prepare(Job(folder.parent.parent / "examples" / "patient.yaml"))
    name = press.plan().exercises[0].name
    page = next(bookmark.page for bookmark in press.document().bookmarks if name in bookmark.title)
    picture = pypdfium2.PdfDocument(press.pdf())[page].render(scale=_DOTS_AN_INCH / 72).to_pil()
    picture.quantize(64).save(folder / "page.png", optimize=True)


if __name__ == "__main__":
    main()
