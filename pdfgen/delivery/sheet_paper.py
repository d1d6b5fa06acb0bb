"""Paper for printing, and its cut marks. Lengths are in points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pdfgen.errors import FitError, Problem
from pdfgen.pdf.sheets import Mark

MILLIMETRE = 72 / 25.4

Size = tuple[float, float]
"""Width and height."""

#: Paper for printing, upright (ISO 216; ANSI/ASME Y14.1: letter is A, tabloid is B).
PAPERS: Mapping[str, Size] = MappingProxyType(
    {
        name: (width * MILLIMETRE, height * MILLIMETRE)
        for name, width, height in (
            ("a5", 148.0, 210.0),
            ("letter", 215.9, 279.4),
            ("a4", 210.0, 297.0),
            ("tabloid", 279.4, 431.8),
            ("a3", 297.0, 420.0),
        )
    }
)

#: Sizes that differ by less are the same: half an A4 is 148.5 mm wide and an A5 is 148.
SAME = 0.6 * MILLIMETRE
#: Marks start this far from the paper's edge, where common printers begin to print, and are so long.
MARGIN = 4.0 * MILLIMETRE
LENGTH = 5.0 * MILLIMETRE
#: White between a page and a cut mark outside of it, and the room that such a mark needs.
_OFFSET = 1.0 * MILLIMETRE
_ROOM = MARGIN + _OFFSET + 2.0 * MILLIMETRE


def shown_size(size: Size) -> str:
    """Return a size as people read it."""
    return f"{size[0] / MILLIMETRE:.0f} × {size[1] / MILLIMETRE:.0f} mm"


def too_large(size: Size, why: str) -> FitError:
    """Return the error for pages that do not fit."""
    return FitError(Problem(f"the pages are {shown_size(size)}; {why}", field="paper"))


def cut_marks(paper: Size, xs: Sequence[float], ys: Sequence[float]) -> tuple[Mark, ...]:
    """Return marks at both ends of each cut line: outside the pages where there is room, else on the line.

    A line at the paper's edge needs no cut.
    """
    wide, high = paper
    marks = []
    for x in xs:
        if SAME < x < wide - SAME:
            marks += [Mark(x, start, x, end) for start, end in _ends(ys[0], ys[-1], high)]
    for y in ys:
        if SAME < y < high - SAME:
            marks += [Mark(start, y, end, y) for start, end in _ends(xs[0], xs[-1], wide)]
    return tuple(marks)


def _ends(first: float, last: float, length: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where the marks at both ends of a line run, on paper of this `length`."""
    if first >= _ROOM:
        start = max(MARGIN, first - _OFFSET - LENGTH)
        return (start, first - _OFFSET), (last + _OFFSET, length - start)
    return (MARGIN, MARGIN + LENGTH), (length - MARGIN - LENGTH, length - MARGIN)
