"""The typesetter: a plan in a layout becomes a document of placed items with its logical tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pdfgen.content.pictures.drawing import Drawing, Raster
from pdfgen.typesetting.binding import Section
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Bookmark, Document, Page
from pdfgen.typesetting.flow import PagePlan, extent, place_page
from pdfgen.typesetting.headers_footers import place_furniture
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.paper import in_greys, shortened, with_mirrored_margins, with_punch_marks
from pdfgen.typesetting.photos import with_stored_photos
from pdfgen.typesetting.section_pages import planned_sections


def typeset(c: Composer, paper: str, *, created: dt.datetime, name_in_metadata: bool = False) -> Document:
    """Return the document.

    Args:
        c: plan, look and pictures.
        paper: name of the paper, for the geometry of tracker sheets.
        created: written into the file as its date.
        name_in_metadata: whether the patient's label becomes part of the title in the file's metadata.

    Raises:
        FitError: something does not fit on a page, or no font has a character.
    """
    sections = planned_sections(c, paper)
    canvas = _set(c, sections, None)
    if canvas.looks_ahead:
        canvas = _set(c, sections, {place.name: place.page + 1 for place in canvas.destinations})
    place_furniture(c, canvas, [page for section in sections for page in section.pages], paper)
    title = f"{c.plan.title}, {c.language.count('week', len(c.plan.weeks))}"
    if name_in_metadata and c.plan.label:
        title += f" – {c.plan.label}"
    pages, photos = with_stored_photos(canvas.pages(), grey=c.layout.print.ink == "grey")
    if c.layout.screen:
        planned = [page for section in sections for page in section.pages]
        pages = tuple(shortened(*pair) for pair in zip(pages, _unused(c, planned), strict=True))
    return Document(
        pages=_finished(c, pages),
        nodes=canvas.nodes,
        bookmarks=_nested(canvas.bookmarks),
        destinations=canvas.destinations,
        title=title,
        language=c.plan.language,
        author=c.plan.clinic.name,
        subject=c.plan.condition,
        ident=c.plan.passport.document_id,
        created=created,
        photos=photos,
        fits_width=c.layout.screen is not None,
    )


def _set(c: Composer, sections: Sequence[Section], ahead: Mapping[str, int] | None) -> Canvas:
    """Return a canvas with all pages, which may name those in `ahead`; None the first time."""
    look, is_screen = c.look, c.layout.screen is not None
    canvas = Canvas(look.page_width, look.page_height, is_screen=is_screen, ahead=ahead)
    for section in sections:
        node = canvas.node("Sect", canvas.root)
        for number, page in enumerate(section.pages):
            place_page(canvas, look, page, node)
            if not number:
                canvas.destination(section.kind, 0.0)
    return canvas


def _unused(c: Composer, pages: Sequence[PagePlan]) -> list[float]:
    """Return the height that each page leaves empty, in points."""
    return [c.look.height - extent(page.items, c.look.width, at_top=True) for page in pages]


def _nested(bookmarks: Sequence[Bookmark]) -> tuple[Bookmark, ...]:
    """Return bookmarks that go down by one level at a time, whatever section comes first."""
    nested: list[Bookmark] = []
    for bookmark in bookmarks:
        lowest = nested[-1].level + 1 if nested else 0
        nested.append(bookmark._replace(level=min(bookmark.level, lowest)))
    return tuple(nested)


def _finished(c: Composer, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages with everything that concerns the paper: margins, punch holes, ink."""
    margins, options = c.layout.margins, c.layout.print
    greys: dict[str, Drawing | Raster] = {}
    finished = []
    for number, page in enumerate(pages, 1):
        is_left = margins.mirrored and number % 2 == 0
        if is_left:
            page = with_mirrored_margins(page, margins.binding * MM, margins.outer * MM)
        if options.punch_holes:
            page = with_punch_marks(page, options.punch_holes, at_right=is_left)
        finished.append(in_greys(page, greys) if options.ink == "grey" else page)
    return tuple(finished)
