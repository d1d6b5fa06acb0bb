"""The masthead: what the sheet is and whose, in as little height as that takes."""

from __future__ import annotations

from pdfgen.planning.wording import long_date
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, WritingLine
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.style import LINE
from pdfgen.typesetting.text import Span

#: Shares of the title and of the name.
_SHARES = (0.58, 0.42)


def compose(c: Composer) -> list[Flowed]:
    """Return the title with weeks and start at the left, and the name at the right."""
    gap = c.look.gap
    title = c.stack(
        Paragraph(c.text(c.plan.title, c.look.title), "H1", bookmark=0),
        Paragraph(c.text(_weeks(c), c.look.cell)),
    )
    return [
        Flowed(Columns((title, _name(c)), _SHARES, gap * 3, align="bottom")),
        Flowed(Rule(c.look.accent, 1.2), before=gap * 0.7),
    ]


def _weeks(c: Composer) -> str:
    words = [c.language.count("week", len(c.plan.weeks))]
    if c.plan.start:
        words.append(f"{c.strings.start_date} {long_date(c.plan.start, c.language)}")
    return " · ".join(words)


def _name(c: Composer) -> Block:
    """The name of the patient, or a line to write it on."""
    if c.plan.label:
        words = [Span(f"{c.strings.for_patient}: ", bold=False), Span(c.plan.label)]
        return Paragraph(c.text(words, c.look.bold))
    label = c.text(f"{c.strings.for_patient}:\u00a0", c.look.cell)
    line = WritingLine(c.look.title.leading, LINE, c.strings.for_patient)
    return Columns((Paragraph(label), line), (label.natural_width + 1, 1.0), 2.0, align="bottom")
