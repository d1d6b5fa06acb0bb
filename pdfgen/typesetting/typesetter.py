"""The typesetter: a plan in a layout becomes a document of placed items with its logical tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pdfgen.content.layout import SectionKind
from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import Paragraph
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import FOOTER, Document, Page
from pdfgen.typesetting.finishing import in_greys, with_mirrored_margins, with_punch_marks
from pdfgen.typesetting.flow import Flowed, PagePlan, extent, paginate, place_page
from pdfgen.typesetting.sections import (
    cover,
    day_boxes,
    exercise_grid,
    exercises,
    masthead,
    passport,
    preparation,
    questions,
    safety,
    safety_strip,
    tracker,
    week_plan,
)
from pdfgen.typesetting.sheet import sheet_geometry
from pdfgen.typesetting.style import MM
from pdfgen.typesetting.text import Text

if TYPE_CHECKING:
    from pdfgen.content.drawings import Drawing, Raster

_FLOWING: Mapping[SectionKind, Callable[[Composer], list[Flowed]]] = {
    "safety": safety.compose,
    "preparation": preparation.compose,
    "plan": week_plan.compose,
    "exercises": exercises.compose,
    "faq": questions.compose,
    "passport": passport.compose,
    "masthead": masthead.compose,
    "day-boxes": day_boxes.compose,
    "safety-strip": safety_strip.compose,
}

#: Sections whose drawings take what room there is, in points.
_ELASTIC: Mapping[SectionKind, Callable[[Composer, float], list[Flowed]]] = {
    "exercise-grid": exercise_grid.compose,
}

#: What helps when a promise of pages cannot be kept.
_ADVICE = "take fewer exercises or fewer weeks, shorter notes, larger paper, or the layout standard"
#: Rounding: blocks that are so many points too high still fit.
_LEAST_OVER = 0.5

#: Distance of the footer's baseline from the paper's lower edge.
_FOOTER = 9.5 * MM
#: Least white between the texts of the footer.
_FOOTER_GAP = 2 * MM


class Section(NamedTuple):
    """Pages of one section, planned but not yet set. An untitled section is not in the contents."""

    kind: SectionKind
    title: str
    pages: tuple[PagePlan, ...]


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
    sections = [_plan_section(c, entry, paper) for entry in c.layout.sections]
    sections = [_with_contents(c, section, sections) for section in sections]
    _keep_promise(c, sum(len(section.pages) for section in sections))
    canvas = Canvas(c.look.page_width, c.look.page_height)
    for section in sections:
        node = canvas.node("Sect", canvas.root)
        for page in section.pages:
            place_page(canvas, c.look, page, node)
    _footers(c, canvas, sections, paper)
    title = f"{c.plan.title}, {c.language.count('week', len(c.plan.weeks))}"
    if name_in_metadata and c.plan.label:
        title += f" – {c.plan.label}"
    return Document(
        pages=_finished(c, canvas.pages()),
        nodes=canvas.nodes,
        bookmarks=canvas.bookmarks,
        title=title,
        language=c.plan.language,
        author=c.plan.clinic.name,
        subject=c.plan.condition,
        ident=c.plan.passport.document_id,
        created=created,
    )


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


def _title(c: Composer, kind: SectionKind) -> str:
    return {
        "cover": "",
        "safety": c.plan.safety.title,
        "preparation": c.plan.preparation.title,
        "plan": c.strings.plan_title,
        "exercises": c.strings.exercises_title,
        "tracker": c.strings.tracker_section,
        "faq": c.strings.faq_title,
        "passport": c.strings.passport_title,
        "masthead": "",
        "exercise-grid": c.strings.exercises_title,
        "day-boxes": c.strings.tracker_section,
        "safety-strip": c.plan.safety.title,
    }[kind]


def _plan_section(c: Composer, entry: SectionKind | Sequence[SectionKind], paper: str) -> Section:
    if not isinstance(entry, str):
        return _shared_page(c, entry)
    if entry == "cover":
        return Section(entry, "", ())
    if entry == "tracker":
        return Section(entry, _title(c, entry), tracker.compose(c, paper))
    blocks = _ELASTIC[entry](c, c.look.height) if entry in _ELASTIC else _FLOWING[entry](c)
    return Section(entry, _title(c, entry), paginate(blocks, c.look, entry))


def _shared_page(c: Composer, kinds: Sequence[SectionKind]) -> Section:
    """Return sections below each other on one page; the elastic one takes the room that the others leave.

    Raises:
        FitError: they do not fit on one page.
    """
    blocks = {kind: _FLOWING[kind](c) for kind in kinds if kind not in _ELASTIC}
    used = sum(extent(flowed, c.look.width, at_top=kind == kinds[0]) for kind, flowed in blocks.items())
    for kind in kinds:
        if kind in _ELASTIC:
            blocks[kind] = _ELASTIC[kind](c, c.look.height - used)
    flowed = [item for kind in kinds for item in blocks[kind]]
    over = extent(flowed, c.look.width, at_top=True) - c.look.height
    if over > _LEAST_OVER:
        raise FitError(Problem(f"does not fit on 1 page: {over:.0f} points too high; {_ADVICE}", "layout"))
    return Section(kinds[0], "", (PagePlan(tuple(flowed)),))


def _keep_promise(c: Composer, pages: int) -> None:
    """Raise a FitError when there are more pages than the layout promises."""
    promise = c.layout.pages
    if promise is not None and pages > promise:
        message = f"this edition promises {promise} pages and would take {pages}; {_ADVICE}"
        raise FitError(Problem(message, "layout"))


def _with_contents(c: Composer, section: Section, sections: list[Section]) -> Section:
    """Compose the cover, now that the pages of the other sections are known."""
    if section.kind != "cover":
        return section
    # How many pages the cover takes does not depend on the numbers that are printed on it.
    own_pages = len(_cover(c, [cover.Entry(other.title, 0) for other in sections if other.title]))
    entries = []
    page = 1
    for other in sections:
        if other.title:
            entries.append(cover.Entry(other.title, page))
        page += own_pages if other.kind == "cover" else len(other.pages)
    return Section("cover", "", _cover(c, entries))


def _cover(c: Composer, entries: list[cover.Entry]) -> tuple[PagePlan, ...]:
    return paginate(cover.compose(c, entries).items, c.look, "cover")


def _footers(c: Composer, canvas: Canvas, sections: list[Section], paper: str) -> None:
    """Program, document id and page on every page, as furniture; the layout's name only where all have room.

    Raises:
        FitError: they do not fit beside each other.
    """
    look = c.look
    y = look.page_height - _FOOTER - look.quiet.leading
    for program in (f"{c.plan.condition} · {c.layout.name[c.language.id]}", c.plan.condition):
        lines = [_footer(c, canvas, sections, paper, index, program) for index in range(canvas.page_number)]
        if all(_has_gaps(line) for line in lines):
            break
    else:
        message = (
            "the texts at the foot of the page do not fit beside each other; shorten the condition's name"
        )
        raise FitError(Problem(message, "layout"))
    for index, line in enumerate(lines):
        for text, x in line:
            _furniture(canvas, index, text, x, y)


def _has_gaps(line: tuple[tuple[Text, float], ...]) -> bool:
    return all(
        x + text.natural_width + _FOOTER_GAP <= following for (text, x), (_, following) in pairwise(line)
    )


def _footer(
    c: Composer, canvas: Canvas, sections: list[Section], paper: str, index: int, program: str
) -> tuple[tuple[Text, float], ...]:
    """Return the texts at the foot of a page with their x."""
    look, style = c.look, c.look.quiet
    sheet = [page for section in sections for page in section.pages][index].sheet
    geometry = sheet_geometry(paper, 1) if sheet else None
    ident = c.text(c.plan.passport.document_id + (f"-{sheet.week:02}" if sheet else ""), style)
    number = c.text(c.fill(c.strings.page_of, page=index + 1, total=canvas.page_number), style)
    start, end = (geometry.code_left, geometry.right) if geometry else (look.left, look.right)
    return (
        (c.text(program, style), start),
        (ident, (look.left + look.right - ident.natural_width) / 2),
        (number, end - number.natural_width),
    )


def _furniture(canvas: Canvas, page: int, text: Text, x: float, y: float) -> None:
    scratch = Canvas(canvas.width, canvas.height)
    scratch.new_page()
    Paragraph(text).place(scratch, x, y, text.natural_width + 1, FOOTER)
    for item in scratch.pages()[0].items:
        canvas.add_to_page(page, item)
