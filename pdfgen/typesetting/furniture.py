"""Page furniture: what stands at the head and the foot of every page, and is not read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.blocks import Paragraph
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import FOOTER, HEADER, Sheet
from pdfgen.typesetting.flow import PagePlan
from pdfgen.typesetting.sheet import sheet_geometry
from pdfgen.typesetting.style import CARD_FOOT_LINE, FOOTER_LINE, HEADER_LINE
from pdfgen.typesetting.text import Text

#: Least white between the texts of the footer.
_LEAST_GAP = 5.67


class _Line(NamedTuple):
    """Texts on one line of a page with their left edges, within `start` to `end`."""

    texts: tuple[tuple[Text, float], ...]
    start: float
    end: float

    @property
    def fits(self) -> bool:
        """Whether no text touches the next one, or leaves the line."""
        last, x = self.texts[-1]
        apart = all(
            left + text.natural_width + _LEAST_GAP <= following
            for (text, left), (_, following) in pairwise(self.texts)
        )
        return apart and self.texts[0][1] >= self.start and x + last.natural_width <= self.end + 0.1


def place_furniture(c: Composer, canvas: Canvas, pages: Sequence[PagePlan], paper: str) -> None:
    """Set program, document id and page at the foot of every page, and the clinic's own lines.

    The layout's name is left out where they have no room beside each other.

    Raises:
        FitError: they do not fit beside each other even so, or a line of the clinic's is too long.
    """
    look, clinic = c.look, c.plan.clinic
    foot = look.page_height - FOOTER_LINE - look.quiet.leading
    for program in _programs(c):
        lines = [_footer(c, index, len(pages), page, paper, program) for index, page in enumerate(pages)]
        if all(line.fits for line in lines):
            break
    else:
        message = "the texts at the foot do not fit beside each other; shorten the condition's name"
        raise FitError(Problem(message, "layout"))
    for index, (page, line) in enumerate(zip(pages, lines, strict=True)):
        if page.foot:
            _set(canvas, index, line, look.page_height - CARD_FOOT_LINE - look.quiet.leading, FOOTER)
            continue
        _set(canvas, index, line, foot, FOOTER)
        if clinic.footer:
            own = _own_line(c, "footer", clinic.footer, page.sheet, paper)
            _set(canvas, index, own, foot - look.quiet.leading, FOOTER)
        if clinic.header:
            own = _own_line(c, "header", clinic.header, page.sheet, paper)
            _set(canvas, index, own, HEADER_LINE - look.quiet.size, HEADER)


def _programs(c: Composer) -> tuple[str, ...]:
    """Return what may stand at the left, the best first: condition, layout, in twin copies both languages."""
    condition, name = c.plan.condition, c.layout.name[c.language.id]
    if c.twin is None:
        return f"{condition} · {name}", condition
    languages = f"{c.language.id} + {c.twin.language.id}"
    return f"{condition} · {name} ({languages})", f"{condition} · {languages}", condition


def _footer(c: Composer, index: int, total: int, page: PagePlan, paper: str, program: str) -> _Line:
    style, sheet = c.look.quiet, page.sheet
    if page.foot:
        left, right = (c.text(words, style) for words in page.foot)
        places = ((left, c.look.left), (right, c.look.right - right.natural_width))
        return _Line(places, c.look.left, c.look.right)
    start, end = _foot_edges(c, sheet, paper)
    ident = c.text(c.plan.passport.document_id + (f"-{sheet.name}" if sheet else ""), style)
    number = c.text(c.fill(c.strings.page_of, page=index + 1, total=total), style)
    middle = (c.look.left + c.look.right - ident.natural_width) / 2
    texts = ((c.text(program, style), start), (ident, middle), (number, end - number.natural_width))
    return _Line(texts, start, end)


def _own_line(c: Composer, field: str, words: str, sheet: Sheet | None, paper: str) -> _Line:
    """Return a line of the clinic's own, clear of the marks and codes of a sheet.

    Raises:
        FitError: it is longer than the line.
    """
    start, end = _foot_edges(c, sheet, paper)
    if field == "header":
        start, end = c.look.left, c.look.right
        if sheet:
            start, end = start, min(x for _, x, _, _ in sheet.codes[:1]) - _LEAST_GAP
    line = _Line(((c.text(words, c.look.quiet), start),), start, end)
    if not line.fits:
        room = f"{end - start:.0f}"
        message = f"is {line.texts[0][0].natural_width:.0f} points long and has room for {room}; shorten it"
        raise FitError(Problem(message, field))
    return line


def _foot_edges(c: Composer, sheet: Sheet | None, paper: str) -> tuple[float, float]:
    if sheet is None:
        return c.look.left, c.look.right
    geometry = sheet_geometry(paper, 1)
    return geometry.code_left, geometry.right


def _set(canvas: Canvas, page: int, line: _Line, y: float, role: int) -> None:
    for text, x in line.texts:
        scratch = Canvas(canvas.width, canvas.height)
        scratch.new_page()
        Paragraph(text).place(scratch, x, y, text.natural_width + 1, role)
        for item in scratch.pages()[0].items:
            canvas.add_to_page(page, item)
