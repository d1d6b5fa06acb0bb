"""The front of the first card: whose program it is, what for, whom to call, and its exercises."""

from __future__ import annotations

from pdfgen.planning.dates import START
from pdfgen.typesetting.blocks import Block, Paragraph, Rule
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE
from pdfgen.typesetting.text_style import Span


def title(c: Composer) -> list[Flowed]:
    """Return program, weeks and start, patient and goal, then whom to call and the clinic's own lines."""
    gap, plan = c.look.gap, c.plan
    weeks = [[Span(c.language.count("week", len(plan.weeks)))]]
    if plan.start:
        weeks.append([Span(f"{c.strings.start_date} "), c.dated(START)])
    lines: list[Block] = [_named(c, c.strings.for_patient, plan.label, "{label}")]
    if plan.goal:
        words = [Span(f"{c.strings.my_goal}: ", bold=False), Span(plan.goal)]
        lines.append(Paragraph(c.text(words, c.look.bold)))
    return [
        Flowed(Paragraph(c.text(plan.title, c.look.title), "H1", bookmark=0)),
        Flowed(Paragraph(c.text(c.strings.cards_title, c.look.bold)), before=gap * 0.4),
        Flowed(Rule(c.look.accent, 1.2), before=gap * 0.6),
        *(Flowed(Paragraph(c.text(words)), before=0.0 if i else gap * 0.6) for i, words in enumerate(weeks)),
        *(Flowed(line, before=gap * 0.5) for line in lines),
        Flowed(c.stack(*_clinic(c)), before=gap * 0.5),
    ]


def _named(c: Composer, label: str, words: str, slot: str = "") -> Block:
    """Return a label with what it asks for, or with a line to write that on."""
    if words:
        spans = [Span(f"{label}: ", bold=False), Span(words, slot=slot)]
        return Paragraph(c.text(spans, c.look.bold))
    return c.labelled_line(c.text(f"{label}:\u00a0"), label, WRITING_ROOM, LINE, 2.0)


def _clinic(c: Composer) -> list[Block]:
    """Return whom to call with questions, or a line to write that on; then the clinic's own lines."""
    own, strings = c.plan.clinic, c.strings
    if own.phone:
        spans = [Span(f"{strings.questions_call} "), c.phone(own.phone, bold=True)]
        call: Block = Paragraph(c.text([*spans, *([Span(f", {own.name}")] if own.name else [])]))
    else:
        call = _named(c, own.name or strings.my_clinic, "")
    others = [words for words in (own.header, own.footer) if words]
    return [call, *(Paragraph(c.text(words, c.look.quiet)) for words in others)]


def contents(c: Composer) -> list[Flowed]:
    """Return the warm-up, the exercises by number, and who reviewed the program."""
    warm_up = c.plan.preparation.warm_up
    names = [Paragraph(c.text([c.exercise_name(exercise)])) for exercise in c.plan.exercises]
    heading = Paragraph(c.text(c.strings.exercises_title, c.look.h3), "H2")
    words = [Span(f"{warm_up.title}. ", bold=True, colour=c.look.accent), Span(warm_up.intro)]
    review = Paragraph(c.text(c.plan.passport.review_line, c.look.cell))
    return [
        Flowed(heading, before=c.look.gap, keep=True),
        Flowed(Paragraph(c.text(words)), before=c.look.gap * 0.4, keep=True),
        Flowed(c.numbered(names, gap=0.0), before=c.look.gap * 0.6, keep=True),
        Flowed(review, before=c.look.gap * 0.6),
    ]
