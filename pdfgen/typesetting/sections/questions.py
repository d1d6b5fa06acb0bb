"""Questions and answers that this program raises."""

from __future__ import annotations

from pdfgen.typesetting.blocks import Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the questions; a question stays with its answer."""
    gap = c.look.gap
    blocks = [Flowed(c.heading(c.strings.faq_title, 1, bookmark=0), keep=True)]
    for index, (question, answer) in enumerate(c.plan.faq):
        heading = Paragraph(c.text(question, c.look.h3), "H2")
        entry = c.stack(heading, c.space(0.3), c.paragraph(answer), role="Sect")
        blocks.append(
            Flowed(entry, before=gap * (1.5 if index == 0 else 2.2), stretch=0 if index == 0 else gap * 1.5)
        )
    return blocks
