"""Headers and footers: repeated on every page, and skipped by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import FOOTER, HEADER, Sheet
from pdfgen.typesetting.flow import PagePlan
from pdfgen.typesetting.fonts import FontFamily
from pdfgen.typesetting.look import CARD_FOOT_LINE, HEADER_LINE, MM
from pdfgen.typesetting.sheet_payload import ID_ALPHABET, ID_LENGTH
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import across, code_edges

#: Least white between the texts of the footer.
_LEAST_GAP = 5.67


class _PlacedText(NamedTuple):
    """A text in its own part of a line, from `x` on `width` points wide."""

    text: Text
    x: float
    width: float


class _Line(NamedTuple):
    """Texts on one line of a page, within `start` to `end`."""

    texts: tuple[_PlacedText, ...]
    start: float
    end: float

    @property
    def fits(self) -> bool:
        """Whether all texts stand within the line and apart from each other."""
        apart = all(one.x + one.width + _LEAST_GAP <= two.x for one, two in pairwise(self.texts))
        first, last = self.texts[0], self.texts[-1]
        return apart and first.x >= self.start and last.x + last.width <= self.end + 0.1


@lru_cache(maxsize=64)
def _ident_width(family: FontFamily, style: TextStyle) -> float:
    """Return how wide a document id may be: with eight of the widest character.

    What stands beside it must not depend on whose program it is.
    """
    widths = [
        Text([Span(character * ID_LENGTH, code=True)], style, family).natural_width
        for character in ID_ALPHABET
    ]
    return max(widths)


def place_furniture(c: Composer, canvas: Canvas, pages: Sequence[PagePlan], paper: str) -> None:
    """Set program, document id and page at the foot of every page, who reviewed it, and the clinic's lines.

    The condition is left out where they have no room beside each other: on all week sheets, which have less
    room, or on all other pages. The clinic's lines are for paper.

    Raises:
        FitError: they do not fit beside each other even so, or a line of the clinic's or the reviewer's name
            is too long.
    """
    look, clinic = c.look, c.plan.clinic
    foot = look.footer_top - (look.furniture.leading if c.layout.screen else 0.0)
    sheets = [index for index, page in enumerate(pages) if page.sheet]
    others = [index for index, page in enumerate(pages) if not page.sheet]
    lines = {**_footers(c, pages, sheets, paper), **_footers(c, pages, others, paper)}
    for index, page in enumerate(pages):
        line = lines[index]
        if page.foot:
            _set(canvas, index, line, look.page_height - CARD_FOOT_LINE - look.furniture.leading, FOOTER)
            continue
        _set(canvas, index, line, foot, FOOTER)
        review = _own_line(c, "review", c.plan.passport.review_line, page.sheet, paper)
        _set(canvas, index, review, foot + look.furniture.leading, FOOTER)
        if c.layout.screen:
            continue
        if clinic.footer:
            own = _own_line(c, "footer", clinic.footer, page.sheet, paper)
            _set(canvas, index, own, foot - look.furniture.leading, FOOTER)
        if clinic.header:
            own = _own_line(c, "header", clinic.header, page.sheet, paper)
            _set(canvas, index, own, HEADER_LINE - look.furniture.size, HEADER)


def _footers(c: Composer, pages: Sequence[PagePlan], indices: Sequence[int], paper: str) -> dict[int, _Line]:
    """Return the lines of some pages, all with the same words at the left.

    The document id is in the middle of the page, or of the line where only there all words have room.
    """
    for program, on_page in product(_programs(c), (True, False)):
        lines = {
            index: _footer(c, index, len(pages), pages[index], paper, program, on_page=on_page)
            for index in indices
        }
        if all(line.fits for line in lines.values()):
            return lines
    message = "document id and page do not fit beside each other at the foot; choose a larger paper"
    raise FitError(Problem(message, "layout"))


def _programs(c: Composer) -> tuple[str, ...]:
    """Return what may stand at the left, the best first: condition and twin languages, one alone, nothing.

    A page of a screen has room for document id and page alone.
    """
    if c.layout.screen:
        return ("",)
    condition = c.plan.condition
    if c.twin is None:
        return condition, ""
    languages = f"{c.language.id} + {c.twin.language.id}"
    return f"{condition} ({languages})", languages, ""


def _footer(
    c: Composer, index: int, total: int, page: PagePlan, paper: str, program: str, *, on_page: bool
) -> _Line:
    style, sheet = c.look.furniture, page.sheet
    if page.foot:
        ident = _ident(c, style)
        place = _PlacedText(ident, c.look.left, _room(c, ident))
        return _Line((place, _at_end(c.text(page.foot, style), c.look.right)), c.look.left, c.look.right)
    start, end = _edges(c, sheet, paper)
    placed = style if c.layout.screen else style._replace(align="centre")
    ident = _ident(c, placed, f"-{sheet.name}" if sheet else "")
    number = c.text(c.fill(c.strings.page_of, page=index + 1, total=total), style)
    room = _room(c, ident)
    left, right = (c.look.left, c.look.right) if on_page else (start, end)
    middle = start if c.layout.screen else (left + right - room) / 2
    named = (_at_start(c.text(program, style), start),) if program else ()
    return _Line((*named, _PlacedText(ident, middle, room), _at_end(number, end)), start, end)


def _ident(c: Composer, style: TextStyle, suffix: str = "") -> Text:
    ident = Span(c.plan.passport.document_id + suffix, slot=f"{{document_id}}{suffix}", code=True)
    return c.text([ident], style)


def _room(c: Composer, ident: Text) -> float:
    """Return the width of the place for a document id and the words behind it."""
    suffix = c.text([ident.spans[0]._replace(text=ident.spans[0].text[ID_LENGTH:], slot="")], ident.style)
    return _ident_width(c.family, ident.style) + suffix.natural_width


def _at_start(text: Text, start: float) -> _PlacedText:
    return _PlacedText(text, start, text.natural_width)


def _at_end(text: Text, end: float) -> _PlacedText:
    return _PlacedText(text, end - text.natural_width, text.natural_width)


def _own_line(c: Composer, field: str, words: str, sheet: Sheet | None, paper: str) -> _Line:
    """Return a line of its own, clear of the marks and codes of a sheet.

    Raises:
        FitError: it is longer than the line.
    """
    start, end = _edges(c, sheet, paper, at_top=field == "header")
    line = _Line((_at_start(c.text(words, c.look.furniture), start),), start, end)
    if c.layout.screen:
        # Two lines are kept free.
        (text,) = line.texts
        return line._replace(texts=(text._replace(width=min(text.width, end - start - _LEAST_GAP)),))
    if not line.fits:
        room = f"{end - start:.0f}"
        message = f"is {line.texts[0].width:.0f} points long and has room for {room}; shorten it"
        raise FitError(Problem(message, field))
    return line


def _edges(c: Composer, sheet: Sheet | None, paper: str, *, at_top: bool = False) -> tuple[float, float]:
    """Return where a line starts and ends, clear of the places of marks and codes of a sheet."""
    if sheet is None or not sheet.fixed:
        return c.look.left, c.look.right
    code_left, _, code_right, _ = code_edges(paper)
    edges = across(paper)
    return (edges.left * MM, code_left * MM) if at_top else (code_right * MM, edges.right * MM)


def _set(canvas: Canvas, page: int, line: _Line, y: float, role: int) -> None:
    canvas.turn_to(page)
    for text, x, width in line.texts:
        # White on both sides lets a text be set that is a little wider than its place.
        before = _LEAST_GAP if text.style.align == "centre" else 0.0
        text.place(canvas, x - before, y, width + before + _LEAST_GAP, role)
