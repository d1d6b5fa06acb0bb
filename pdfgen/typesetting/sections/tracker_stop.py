"""The stop rule on two pages that face each other, of which the left one has its first words alone.

Lengths are in millimetres.
"""

from __future__ import annotations

from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_frame import beside_sign
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.sections.tracker_sides import Part, Sizes
from pdfgen.typesetting.sections.tracker_split import StopParts
from pdfgen.typesetting.sections.tracker_zones import usual_pain_height
from pdfgen.typesetting.tracker_geometry import Across
from pdfgen.typesetting.twins import widest


def stop_parts(c: Composer, sizes: Sizes) -> StopParts | None:
    """Return what the right one of two pages says of the stop rule; None where one of them has all of it."""
    if sizes.feet[:2] != ("short", "none"):
        return None
    edges = sizes.frame.edges
    more = Part("usual-stop", usual_pain_height(c, edges, with_stop=True))
    usual = Part("usual-pain", usual_pain_height(c, edges))
    return StopParts(usual, more, Part("stop", up(widest(c, lambda copy: _high(copy, edges)))))


def place_stop(pen: SheetPen, top: float, parent: int) -> None:
    """Set the whole rule beside its sign."""
    _rule(pen.composer).place(pen.canvas, pen.left, top * MM, pen.width, parent)


def _high(c: Composer, edges: Across) -> float:
    return _rule(c).height((edges.right - edges.left) * MM) / MM


def _rule(c: Composer) -> Block:
    return beside_sign(c, Paragraph(c.text(c.plan.safety.stop_rule, c.look.cell_bold)))
