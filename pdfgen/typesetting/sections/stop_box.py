"""The box with the stop rule, with the number to call where no other words have it."""

from __future__ import annotations

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import MM, TINT
from pdfgen.typesetting.text_style import Span

ICON = 11 * MM
"""Side of the pictogram in points, also beside signs."""


def stop_rule(c: Composer, *, called: bool = False) -> Block:
    """Return when to stop, in a box with the stop sign.

    Args:
        called: whether it has the number to call, where no other words on the page have it.
    """
    pad = c.look.gap * 1.8
    number, said = c.plan.clinic.phone, [Span(c.plan.safety.stop_rule)]
    if called and number:
        said += [Span(f" {c.strings.my_clinic}:{NO_BREAK}", bold=False), c.phone(number, bold=True)]
    words = Paragraph(c.text(said, c.look.bold), measure=c.long_measure)
    row = c.beside_icon("stop", ICON, words, gap=c.look.gap * 2)
    return Frame(row, (pad, pad, pad, pad), fill=TINT, edge=5.0)
