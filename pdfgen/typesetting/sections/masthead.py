"""The masthead: title, patient and therapist of a sheet, in as little height as possible."""

from __future__ import annotations

from pdfgen.planning.dates import START
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE
from pdfgen.typesetting.text_style import Span

#: Shares of the title and of the names.
_SHARES = (0.54, 0.46)
#: Room to write by hand, in sizes of running text.
_WRITING = 1.75


def compose(c: Composer) -> list[Flowed]:
    """Return title, weeks and start at the left, patient and therapist at the right, and what they agreed.

    What is not given is a line to write on.
    """
    gap = c.look.gap
    weeks = c.language.count("week", len(c.plan.weeks))
    title = c.stack(
        Paragraph(c.text(c.plan.title, c.look.title), "H1", bookmark=0),
        _line(c, f"{weeks} · {c.strings.start_date}", c.dates.get(START, ""), START, bold=False),
    )
    names = c.stack(
        _line(c, f"{c.strings.for_patient}:", c.plan.label, "label"),
        _line(c, f"{c.strings.from_therapist}:", c.plan.therapist, "therapist"),
    )
    blocks = [Flowed(Columns((title, names), _SHARES, gap * 3, align="bottom"))]
    if agreed := _agreed(c):
        blocks.append(Flowed(agreed, before=gap * 0.3))
    return [*blocks, Flowed(Rule(c.look.accent, 1.2), before=gap * 0.7)]


def _line(c: Composer, label: str, words: str, slot: str, *, bold: bool = True) -> Block:
    """Return a label with what it asks for, or with a line to write that on."""
    if words:
        spans = [Span(f"{label} ", bold=False), Span(words, bold=bold, slot=f"{{{slot}}}")]
        return Paragraph(c.text(spans, c.look.cell_bold))
    room, gap = c.look.body.size * _WRITING, c.look.gap * 0.7
    return c.labelled_line(c.text(label, c.look.cell), label.rstrip(":"), room, LINE, gap)


def _agreed(c: Composer) -> Paragraph | None:
    """Return the goal and the plan when to exercise, if they are given."""
    spans: list[Span] = []
    if c.plan.goal:
        spans += (Span(f"{c.strings.my_goal}: "), Span(f"{c.plan.goal.rstrip('.')}. ", bold=True))
    if c.plan.if_then:
        spans.append(Span(f"{c.plan.if_then.rstrip('.')}."))
    return Paragraph(c.text(spans, c.look.cell), measure=c.measure) if spans else None
