"""Finishing of composed pages: mirrored margins for two-sided print, marks for punch holes, greys.

Each function takes pages as values and returns new ones; what is read aloud and in which order never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pdfgen.content.pictures.drawing import RGB, Drawing, Raster, grey
from pdfgen.typesetting.blocks import horizontal
from pdfgen.typesetting.document import (
    FOOTER,
    Code,
    Field,
    FieldText,
    GlyphRun,
    Item,
    LinkArea,
    Page,
    Picture,
    Placed,
    Shape,
    TextField,
    TickBox,
)
from pdfgen.typesetting.look import LINE, MM

#: Millimetres from the middle of the side to each hole: ISO 838, its four-hole extension (80 mm apart), and
#: the American three holes 4¼ inches apart.
_HOLES: Mapping[int, tuple[float, ...]] = {
    2: (-40.0, 40.0),
    3: (-107.95, 0.0, 107.95),
    4: (-120.0, -40.0, 40.0, 120.0),
}

#: Marks lie where a printer may not reach the edge, and end before the hole (12 mm from the edge, 6 mm wide).
_MARK_START, _MARK_END, _MARK_LINE = 4.5 * MM, 8.0 * MM, 0.5


def shifted(item: Item | Field, dx: float, dy: float = 0.0) -> Item | Field:
    """Return an item moved to the right by `dx` points, and down by `dy`."""
    if isinstance(item, Field):
        runs = tuple(run._replace(x=run.x + dx, y=run.y + dy) for run in item.runs)
        return item._replace(x=item.x + dx, y=item.y + dy, runs=runs)
    if not isinstance(item, Shape):
        return item._replace(x=item.x + dx, y=item.y + dy)
    segments = tuple(
        (segment[0], *(float(v) + (dy if i % 2 else dx) for i, v in enumerate(segment[1:])))
        for segment in item.segments
    )
    return item._replace(segments=segments)


def shortened(page: Page, by: float) -> Page:
    """Return a page that ends `by` points higher, with its footer moved up."""
    contents = tuple(shifted(item, 0.0, -by) if item.node == FOOTER else item for item in page.contents)
    return replace(page, height=page.height - by, contents=contents)


def with_mirrored_margins(page: Page, binding: float, outer: float) -> Page:
    """Return a left-hand page whose margins (in points) are exchanged.

    A week sheet of a whole page stays: its boxes have fixed places on the paper.
    """
    if page.sheet is not None and page.sheet.fixed:
        return page
    dx = outer - binding
    return replace(page, contents=tuple(shifted(item, dx) for item in page.contents))


def with_punch_marks(page: Page, holes: int, *, at_right: bool = False) -> Page:
    """Return a page with a short line at the binding edge for each of 2, 3 or 4 punch holes."""
    start, end = (page.width - _MARK_END, page.width - _MARK_START) if at_right else (_MARK_START, _MARK_END)
    middles = [page.height / 2 + offset * MM for offset in _HOLES[holes]]
    marks = [horizontal(start, y, end - start, LINE, _MARK_LINE) for y in middles]
    return replace(page, contents=(*page.contents, *marks))


def in_greys(page: Page, known: dict[str, Drawing | Raster] | None = None) -> Page:
    """Return a page in black, white and grey.

    Args:
        known: grey pictures of the pages before, by name, so that each is made and written once.
    """
    pictures = {} if known is None else known
    return replace(page, contents=tuple(_grey_item(item, pictures) for item in page.contents))


def _grey_item(item: Item | Field, known: dict[str, Drawing | Raster]) -> Item | Field:
    match item:
        case GlyphRun():
            return _grey_run(item)
        case Field():
            return item._replace(text=_grey_text(item.text), runs=tuple(map(_grey_run, item.runs)))
        case Shape():
            return item._replace(fill=_grey_or_none(item.fill), stroke=_grey_or_none(item.stroke))
        case Placed(drawing=drawing):
            if drawing.name not in known:
                known[drawing.name] = grey_drawing(drawing)
            found = known[drawing.name]
            return item._replace(drawing=found) if isinstance(found, Drawing) else item
        case Picture(raster=Raster() as raster):
            # It brings Pillow, which a program without a photograph does not need.
            from pdfgen.content.pictures.raster import in_grey

            if raster.name not in known:
                known[raster.name] = in_grey(raster)
            picture = known[raster.name]
            return item._replace(raster=picture) if isinstance(picture, Raster) else item
        case Picture() | TickBox() | TextField() | LinkArea() | Code():
            return item


def _grey_run(run: GlyphRun) -> GlyphRun:
    return run._replace(colour=grey(run.colour))


def _grey_text(text: FieldText) -> FieldText:
    spans = tuple(span._replace(colour=_grey_or_none(span.colour)) for span in text.spans)
    return text._replace(spans=spans, style=text.style._replace(colour=grey(text.style.colour)))


def _grey_or_none(colour: RGB | None) -> RGB | None:
    return None if colour is None else grey(colour)


def grey_drawing(drawing: Drawing) -> Drawing:
    """Return a drawing in greys: itself if it has no colours."""
    if drawing.grey_form is None:
        return drawing
    return replace(drawing, name=f"{drawing.name}-grey", form=drawing.grey_form, grey_form=None)
