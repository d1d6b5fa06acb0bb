"""Imposition: finished pages on sheets, so that folding or cutting gives the right order.

Orders and places are computed in `booklet` and `cards`; `pdf.sheets` puts the pages there. Pages are
never scaled: pages that do not fit are an error.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pdfgen.delivery.booklet import Booklet, booklet_sheets, smallest_paper
from pdfgen.delivery.cards import Cards, card_grid, card_sides
from pdfgen.delivery.sheet_paper import SAME, Size, shown_size
from pdfgen.errors import InputError
from pdfgen.pdf.sheets import SourceFile, check_sound, write_sheets

__all__ = ["Booklet", "Cards", "Imposed", "impose", "impose_file"]

#: Sheets of 80 grams that a stapler takes when they are folded, and what to do where there are more.
_MOST_SHEETS = 15
_TOO_THICK = (
    "too thick to fold and staple: make two booklets, each with half of the week sheets "
    "(--tracker-weeks 1-6, then 7-12), or print some of these with --layout tracker"
)


class Imposed(NamedTuple):
    """Finished sheets.

    Attributes:
        data: the PDF.
        sheets: pieces of paper.
        paper: name of the paper.
        edge: on which edge to flip for two-sided print; empty for one side.
    """

    data: bytes
    sheets: int
    paper: str
    edge: Literal["", "short", "long"]

    @property
    def sides(self) -> int:
        """How many pages the PDF has."""
        return self.sheets * 2 if self.edge else self.sheets

    @property
    def summary(self) -> str:
        """How many sheets there are, and how to print them."""
        sides = f"both sides, flip on the {self.edge} edge" if self.edge else "one side"
        sheets = f"{self.sheets} sheet{'s' if self.sheets > 1 else ''} of {self.paper}"
        summary = f"{sheets}; print on {sides}, true size"
        return f"{summary}; {_TOO_THICK}" if self.edge == "short" and self.sheets > _MOST_SHEETS else summary


def impose(data: bytes, how: Booklet | Cards) -> Imposed:
    """Place the pages of the PDF `data` on sheets.

    The copy keeps title, language and document id, and is PDF/A-2b if the source is PDF/A-2. It is for the
    printer: the source stays the one that can be read aloud.

    Raises:
        InputError: the file cannot be read, is encrypted, or has pages of several sizes.
        FitError: the pages do not fit on the paper, or creep would move something over the fold.
    """
    source = SourceFile(data)
    size = _page_size(source)
    if isinstance(how, Booklet):
        paper = how.paper or smallest_paper(size)
        sheets = tuple(booklet_sheets(source, size, paper, how))
        sides = [side for sheet in sheets for side in sheet]
        return Imposed(write_sheets(source, sides, "short"), len(sheets), paper, "short")
    sides = list(card_sides(len(source.sizes), card_grid(size, how), how))
    if how.one_sided:
        return Imposed(write_sheets(source, sides, None), len(sides), how.paper, "")
    return Imposed(write_sheets(source, sides, "long"), len(sides) // 2, how.paper, "long")


def impose_file(data: bytes, how: Booklet | Cards) -> Imposed:
    """Place the pages of a file from elsewhere on sheets, as `impose`.

    Raises:
        InputError: as `impose`, and where a part of the file is damaged: its sheets would be, too.
        FitError: as `impose`.
    """
    check_sound(data)
    return impose(data, how)


def _page_size(source: SourceFile) -> Size:
    """Return the one size of all pages."""
    first = source.sizes[0]
    for number, size in enumerate(source.sizes, 1):
        if any(abs(a - b) > SAME for a, b in zip(first, size, strict=True)):
            raise InputError(
                f"page {number} is {shown_size(size)} and page 1 is {shown_size(first)}; "
                "all pages must have one size"
            )
    return first
