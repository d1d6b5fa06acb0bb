"""The closing: a text of the clinic's own, after everything that the program says."""

from __future__ import annotations

from pdfgen.typesetting.blocks import Paragraph, Rule
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed


def compose(c: Composer) -> list[Flowed]:
    """Return the text under the clinic's name; nothing where the clinic has no such text."""
    clinic = c.plan.clinic
    if not clinic.closing:
        return []
    title = Paragraph(c.text(clinic.name or c.strings.my_clinic, c.look.h3), "H2")
    text = c.stack(
        Rule(c.look.accent, 1.0), c.space(1.0), title, c.space(0.3), c.paragraph(clinic.closing), role="Sect"
    )
    return [Flowed(text, before=c.look.gap * 3, stretch=c.look.gap * 3)]
