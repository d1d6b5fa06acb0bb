"""Booklets: pages two by two on sheets that are folded together and stapled in the fold (saddle stitch)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.delivery.sheet_paper import (
    LENGTH,
    MARGIN,
    MILLIMETRE,
    PAPERS,
    SAME,
    Size,
    cut_marks,
    shown_size,
    too_large,
)
from pdfgen.errors import FitError, Problem
from pdfgen.pdf.sheets import Mark, Placement, SheetSide, SourceFile

#: Millimetres. No paper is thicker; more is a slip of the keyboard.
MOST_CREEP = 1.0

Pair = tuple[int | None, int | None]
"""Left and right page of one side of a sheet, from 0; None is white."""


class Booklet(NamedTuple):
    """Pages two by two on sheets that are folded in the middle and stapled there.

    Attributes:
        creep: millimetres that pages move towards the fold, for each sheet further in, because inner sheets
            stick out by the thickness of the outer ones; about the thickness of the paper (0.1 for 80 g/m²).
        paper: a name of `PAPERS`; empty for the smallest on which two pages fit.
        stitch_marks: show on the outside where the two staples go.
    """

    creep: float = 0.0
    paper: str = ""
    stitch_marks: bool = False


def booklet_order(pages: int) -> tuple[tuple[Pair, Pair], ...]:
    """Return for each sheet, the outermost first, left and right page of its front and of its back.

    Pages count from 0. White pages fill up to a multiple of four; they stand before the last page, which
    stays the back cover.
    """
    order: list[int | None] = list(range(pages))
    white = -pages % 4
    at = pages - 1 if pages > 1 else pages
    order[at:at] = [None] * white
    last = len(order) - 1
    return tuple(
        ((order[last - first], order[first]), (order[first + 1], order[last - first - 1]))
        for first in range(0, len(order) // 2, 2)
    )


def smallest_paper(size: Size) -> str:
    """Return the smallest paper on which two pages of this size stand beside each other."""
    fitting = [name for name in PAPERS if _holds_two(name, size)]
    if not fitting:
        raise too_large(size, "two do not fit on any paper that pdfgen knows")
    return min(fitting, key=lambda name: PAPERS[name][0] * PAPERS[name][1])


def _holds_two(paper: str, size: Size) -> bool:
    high, wide = PAPERS[paper]
    return 2 * size[0] <= wide + SAME and size[1] <= high + SAME


def booklet_sheets(
    source: SourceFile, size: Size, paper: str, how: Booklet
) -> Iterator[tuple[SheetSide, SheetSide]]:
    """Yield front and back of each sheet, the outermost first.

    Raises:
        FitError: two pages do not fit beside each other, or creep would move something over the fold.
    """
    if not _holds_two(paper, size):
        half = (PAPERS[paper][1] / 2, PAPERS[paper][0])
        advice = f"; half of {paper} is {shown_size(half)}; choose a larger paper or make smaller pages"
        raise too_large(size, f"two do not fit on {paper}{advice}")
    order = booklet_order(len(source.sizes))
    _check_creep(source, order, how.creep)
    high, wide = PAPERS[paper]
    fold, top = wide / 2, (high - size[1]) / 2
    cuts = cut_marks((wide, high), (fold - size[0], fold + size[0]), (top, top + size[1]))
    folds = (
        Mark(fold, MARGIN, fold, MARGIN + LENGTH, True),
        Mark(fold, high - MARGIN - LENGTH, fold, high - MARGIN, True),
    )
    for number, (front, back) in enumerate(order):
        shift = how.creep * MILLIMETRE * number
        # Staples go in from the outside of the outermost sheet; folds are seen from the inside.
        staples = _stitch_marks(fold, top, size[1]) if how.stitch_marks and number == 0 else ()
        yield (
            SheetSide(wide, high, _two_up(front, size, fold, top, shift), (*cuts, *staples)),
            SheetSide(wide, high, _two_up(back, size, fold, top, shift), (*cuts, *folds)),
        )


def _two_up(pair: Pair, size: Size, fold: float, top: float, shift: float) -> tuple[Placement, ...]:
    places = zip(pair, (fold - size[0] + shift, fold - shift), strict=True)
    return tuple(Placement(page, x, top) for page, x in places if page is not None)


def _check_creep(source: SourceFile, order: Sequence[tuple[Pair, Pair]], creep: float) -> None:
    """Check that creep moves nothing over the fold, where the other half of the sheet begins.

    Raises:
        FitError: it does.
    """
    if not creep or len(order) < 2:
        return
    problems, most = [], creep
    extents = source.extents()
    for number, pair in ((n, pair) for n, sheet in enumerate(order) for pair in sheet if n):
        for half, page in enumerate(pair):
            extent = extents[page] if page is not None else None
            if page is None or extent is None:
                continue
            white = (extent[0] if half else source.sizes[page][0] - extent[1]) / MILLIMETRE
            if creep * number > white:
                problems.append(page + 1)
                most = min(most, max(0.0, white / number))
    if problems:
        named = f"page{'s' if len(problems) > 1 else ''} {', '.join(map(str, sorted(problems)))}"
        message = f"{creep:g} mm a sheet moves {named} over the fold; give at most {int(most * 100) / 100:g}"
        raise FitError(Problem(message, field="creep"))


def _stitch_marks(fold: float, top: float, height: float) -> tuple[Mark, ...]:
    """Return two staples, at a quarter and three quarters of the height."""
    return tuple(
        Mark(fold, top + height * part - LENGTH, fold, top + height * part + LENGTH) for part in (0.25, 0.75)
    )
