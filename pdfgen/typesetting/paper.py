"""Finishing of composed pages: mirrored margins for two-sided print, marks for punch holes, greys.

Each function takes pages as values and returns new ones; what is read aloud and in which order never changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from pdfgen.content.pictures.drawing import Drawing, Raster, grey
from pdfgen.typesetting.document import (
    DECORATION,
    RGB,
    Code,
    GlyphRun,
    Item,
    LinkArea,
    Page,
    Picture,
    Placed,
    Shape,
    Slot,
    TickBox,
)
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.pieces import Part, Piece

#: Millimetres from the middle of the side to each hole: ISO 838, its four-hole extension (80 mm apart), and
#: the American three holes 4¼ inches apart.
_HOLES: Mapping[int, tuple[float, ...]] = {
    2: (-40.0, 40.0),
    3: (-107.95, 0.0, 107.95),
    4: (-120.0, -40.0, 40.0, 120.0),
}

#: Marks lie where a printer may not reach the edge, and end before the hole (12 mm from the edge, 6 mm wide).
_MARK_START, _MARK_END, _MARK_LINE = 4.5 * MM, 8.0 * MM, 0.5

#: Pieces that are kept in grey, or for left-hand pages.
_KEPT_PIECES = 2_000


def shifted(item: Item, dx: float) -> Item:
    """Return an item moved to the right by `dx` points."""
    if not isinstance(item, Shape):
        return item._replace(x=item.x + dx)
    segments = tuple(
        (segment[0], *(float(v) + dx if i % 2 == 0 else v for i, v in enumerate(segment[1:])))
        for segment in item.segments
    )
    return item._replace(segments=segments)


def with_mirrored_margins(page: Page, binding: float, outer: float) -> Page:
    """Return a left-hand page whose margins (in points) are exchanged.

    A sheet that is read by machine stays: its marks and boxes have fixed places on the paper.
    """
    if page.sheet is not None:
        return page
    dx = outer - binding
    return replace(
        page,
        parts=tuple(
            part._replace(piece=_shifted_piece(part.piece, dx))
            if isinstance(part, Part)
            else shifted(part, dx)
            for part in page.parts
        ),
    )


@lru_cache(maxsize=_KEPT_PIECES)
def _shifted_piece(piece: Piece, dx: float) -> Piece:
    return piece.changed(lambda item: shifted(item, dx))


def with_punch_marks(page: Page, holes: int, *, at_right: bool = False) -> Page:
    """Return a page with a short line at the binding edge for each of 2, 3 or 4 punch holes."""
    start, end = (page.width - _MARK_END, page.width - _MARK_START) if at_right else (_MARK_START, _MARK_END)
    marks = []
    for offset in _HOLES[holes]:
        y = page.height / 2 + offset * MM
        line = (("M", start, y), ("L", end, y))
        marks.append(Shape(line, DECORATION, stroke=LINE, width=_MARK_LINE))
    return replace(page, parts=(*page.parts, *marks))


def slots_with_mirrored_margins(
    slots: Sequence[Slot], pages: Sequence[Page], binding: float, outer: float
) -> tuple[Slot, ...]:
    """Return slots where their texts stand when left-hand pages have exchanged margins (in points)."""
    return tuple(
        slot._replace(x=slot.x + outer - binding)
        if _is_left(slot.page) and pages[slot.page].sheet is None
        else slot
        for slot in slots
    )


def _is_left(page: int) -> bool:
    return page % 2 == 1


def grey_run(run: GlyphRun) -> GlyphRun:
    """Return a text in grey."""
    return run._replace(colour=grey(run.colour))


def in_greys(page: Page, known: dict[str, Drawing | Raster] | None = None) -> Page:
    """Return a page in black, white and grey.

    Args:
        known: grey pictures of the pages before, by name, so that each is made and written once.
    """
    pictures = {} if known is None else known
    return replace(
        page,
        parts=tuple(
            part._replace(piece=_grey_piece(part.piece))
            if isinstance(part, Part)
            else _grey_item(part, pictures)
            for part in page.parts
        ),
    )


@lru_cache(maxsize=_KEPT_PIECES)
def _grey_piece(piece: Piece) -> Piece:
    known: dict[str, Drawing | Raster] = {}
    return piece.changed(lambda item: _grey_item(item, known))


def _grey_item(item: Item, known: dict[str, Drawing | Raster]) -> Item:
    match item:
        case GlyphRun():
            return grey_run(item)
        case Shape():
            return item._replace(fill=_grey_or_none(item.fill), stroke=_grey_or_none(item.stroke))
        case Placed(drawing=drawing):
            if drawing.name not in known:
                known[drawing.name] = grey_drawing(drawing)
            found = known[drawing.name]
            return item._replace(drawing=found) if isinstance(found, Drawing) else item
        case Picture(raster=raster):
            # It brings Pillow, which a program without a photograph does not need.
            from pdfgen.content.pictures.raster import in_grey

            if raster.name not in known:
                known[raster.name] = in_grey(raster)
            picture = known[raster.name]
            return item._replace(raster=picture) if isinstance(picture, Raster) else item
        case TickBox() | LinkArea() | Code():
            return item


def _grey_or_none(colour: RGB | None) -> RGB | None:
    return None if colour is None else grey(colour)


def grey_drawing(drawing: Drawing) -> Drawing:
    """Return a drawing in greys: itself if it has no colours."""
    if drawing.grey_form is None:
        return drawing
    return replace(drawing, name=f"{drawing.name}-grey", form=drawing.grey_form, grey_form=None)
