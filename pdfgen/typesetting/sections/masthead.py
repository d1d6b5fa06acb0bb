"""The masthead: title, patient and therapist of a sheet, in as little height as possible."""

from __future__ import annotations

from pdfgen.planning.dates import START
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE
from pdfgen.typesetting.text_style import Span

#: Shares of the patient's name and of the therapist's.
_SHARES = (0.42, 0.58)
#: Least width on which both stand beside each other, in sizes of running text.
_BESIDE = 38.0
#: Room to write by hand, in sizes of running text.
_WRITING = 1.75


def compose(c: Composer) -> list[Flowed]:
    """Return the title, weeks and start, patient and therapist beside each other, and what they agreed.

    What is not given is a line to write on.
    """
    gap = c.look.gap
    weeks = c.language.count("week", len(c.plan.weeks))
    start = _line(c, f"{weeks} · {c.strings.start_date}", c.dates.get(START, ""), START, bold=False)
    names = (
        _line(c, f"{c.strings.for_patient}:", c.plan.label, "label"),
        _line(c, f"{c.strings.from_therapist}:", c.plan.therapist, "therapist"),
    )
    has_room = c.look.width >= c.look.body.size * _BESIDE
    blocks = [
        Flowed(Paragraph(c.text(c.plan.title, c.look.title), "H1", bookmark=0)),
        Flowed(start),
        Flowed(Columns(names, _SHARES, gap * 3) if has_room else Stack(names)),
    ]
    blocks += [Flowed(line, before=gap * 0.3) for line in _agreed(c)]
    return [*blocks, Flowed(Rule(c.look.accent, 1.2), before=gap * 0.7)]


def _line(c: Composer, label: str, words: str, slot: str, *, bold: bool = True) -> Block:
    """Return a label with what it asks for, or with a line to write that on."""
    if words:
        spans = [Span(f"{label} ", bold=False), Span(words, bold=bold, slot=f"{{{slot}}}")]
        return Paragraph(c.text(spans, c.look.cell_bold))
    room, gap = c.look.body.size * _WRITING, c.look.gap * 0.7
    return c.labelled_line(c.text(label, c.look.cell), label.rstrip(":"), room, LINE, gap)


def _agreed(c: Composer) -> list[Block]:
    """Return the goal and the plan when to exercise, if they are given, each on a line with its own name."""
    given = ((c.strings.my_goal, c.plan.goal), (c.strings.fixed_moment, c.plan.if_then))
    return [
        Paragraph(
            c.text([Span(f"{name}: "), *c.therapists(words, bold=True)], c.look.cell), measure=c.long_measure
        )
        for name, words in given
        if words
    ]
