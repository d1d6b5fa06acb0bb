"""The front of the first card: whose program it is, what for, when, whom to call, and which card has what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pdfgen.planning.dates import START
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Bullets, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, LINE
from pdfgen.typesetting.sections.cover_facts import day_words
from pdfgen.typesetting.sections.exercise_doses import how_to_read
from pdfgen.typesetting.sections.exercise_words import from_week, in_weeks, when
from pdfgen.typesetting.sections.week_columns import days_done
from pdfgen.typesetting.text_style import Span, TextStyle

#: Width of the numbers of exercises, in sizes of type.
_INDENT = 1.6


class Placed(NamedTuple):
    """A form, or some of its weeks, and the number of its card."""

    form: PlannedExercise
    card: int


def title(c: Composer) -> list[Flowed]:
    """Return program, weeks and start, patient and goal, fixed time, therapist, whom to call."""
    gap, plan = c.look.gap, c.plan
    weeks = [Span(c.strings.cards_title, bold=True), Span(f" · {c.language.count('week', len(plan.weeks))}")]
    if plan.start:
        weeks += [Span(f" · {c.strings.start_date} "), c.dated(START)]
    lines: list[Block] = [_named(c, c.strings.for_patient, plan.label, "{label}")]
    if plan.goal:
        words = [Span(f"{c.strings.my_goal}: ", bold=False), *c.therapists(plan.goal)]
        lines.append(Paragraph(c.text(words, c.look.bold)))
    lines.append(_moment(c))
    if plan.therapist:
        lines.append(_named(c, c.strings.from_therapist, plan.therapist, "{therapist}"))
    return [
        Flowed(Paragraph(c.text(plan.title, c.look.title), "H1", bookmark=0)),
        Flowed(Rule(c.look.accent, 1.2), before=gap * 0.6),
        Flowed(Paragraph(c.text(weeks)), before=gap * 0.6),
        *(Flowed(line, before=gap * 0.5) for line in lines),
        Flowed(c.stack(*_clinic(c)), before=gap * 0.5),
    ]


def _moment(c: Composer) -> Block:
    """Return the patient's fixed moment, or a line to write it on."""
    if not c.plan.if_then:
        return _named(c, c.strings.fixed_moment, "")
    words = [Span(f"{c.strings.fixed_moment}: ", bold=False), *c.therapists(c.plan.if_then)]
    return Paragraph(c.text(words, c.look.bold))


def _named(c: Composer, label: str, words: str, slot: str = "") -> Block:
    """Return a label with what it asks for, or with a line to write that on."""
    if words:
        spans = [Span(f"{label}: ", bold=False), Span(words, slot=slot)]
        return Paragraph(c.text(spans, c.look.bold))
    return c.labelled_line(c.text(f"{label}:\u00a0"), label, WRITING_ROOM, LINE, 2.0)


def _clinic(c: Composer) -> list[Block]:
    """Return whom to call with questions, with lines for what is not known; then the clinic's own lines."""
    own, strings = c.plan.clinic, c.strings
    others = [Paragraph(c.text(words, c.look.quiet)) for words in (own.header, own.footer) if words]
    if own.phone:
        spans = [Span(f"{strings.questions_call} "), c.phone(own.phone, bold=True)]
        return [Paragraph(c.text([*spans, *([Span(f", {own.name}")] if own.name else [])])), *others]
    named: list[Block] = [Paragraph(c.text(own.name))] if own.name else []
    if not (own.name or c.plan.therapist):
        named = [_named(c, strings.my_clinic, "")]
    return [*named, _named(c, strings.questions_call, ""), *others]


def contents(
    c: Composer,
    cards: Sequence[Placed],
    words: Sequence[str],
    pain_card: int,
    *,
    large: bool,
    apart: bool = True,
) -> list[Flowed]:
    """Return the warm-up and what to hold on to, exercises with days and cards, and who reviewed them.

    Args:
        words: what of doses is explained, by what uses it.
        pain_card: the number of the card for pain; 0 where there is none.
        large: whether exercises stand in larger type than running text.
        apart: whether each word that is explained begins a line.
    """
    warm_up, gap = c.plan.preparation.warm_up, c.look.gap
    heading = Paragraph(c.text(c.strings.exercises_title, c.look.h3), "H2")
    said = [Span(f"{warm_up.title}. ", bold=True, colour=c.look.accent), Span(warm_up.intro)]
    if warm_up.note:
        said.append(Span(f" {warm_up.note}", bold=True))
    review = Paragraph(c.text(c.plan.passport.review_line, c.look.cell))
    said_pain = c.fill(c.strings.pain_card, card=c.fill(c.strings.card, card=pain_card))
    pain = [Paragraph(c.text(said_pain, c.look.bold))] if pain_card else []
    told = how_to_read(c, words)
    if not apart:
        told = [[span for spans in told for span in (*spans, Span(" "))]]
    explained = [Paragraph(c.text(spans, c.look.cell)) for spans in told]
    return [
        Flowed(heading, before=gap, stretch=gap * 2, keep=True),
        Flowed(Paragraph(c.text(said)), before=gap * 0.4),
        *(
            Flowed(block, before=gap, stretch=gap)
            for block in _by_days(c, cards, c.look.lead if large else c.look.cell)
        ),
        Flowed(Paragraph(c.text(c.strings.boxes_behind, c.look.cell)), before=gap * 0.4, stretch=gap),
        *(Flowed(block, before=gap * 0.2, stretch=gap * 0.3) for block in pain),
        *(
            Flowed(block, before=gap * (0.3 if i else 1), stretch=0 if i else gap * 2)
            for i, block in enumerate(explained)
        ),
        Flowed(review, before=gap * 0.6, stretch=gap * 2),
    ]


def _by_days(c: Composer, cards: Sequence[Placed], style: TextStyle) -> Iterator[Block]:
    """Yield exercises that follow each other and are done on the same days, with these days and their cards.

    They stand in the order in which they are done and in which their cards lie.
    """
    style = style._replace(colour=INK)
    number = style._replace(bold=True, colour=c.look.accent)
    days = {exercise.number: days_done(c, exercise) for exercise in c.plan.exercises}
    groups = [(some, [*run]) for some, run in groupby(c.plan.exercises, key=lambda one: days[one.number])]
    for some, named in groups:
        said = day_words(c, some) if some else ""
        kinds = {c.plan.kind_of(exercise).name for exercise in named}
        head = f"{kinds.pop()}: {said}" if len(kinds) == 1 < len(groups) else f"{said[:1].upper()}{said[1:]}"
        items = tuple(Paragraph(c.text(_on_cards(c, exercise, cards), style)) for exercise in named)
        labels = tuple(c.text(str(exercise.number), number) for exercise in named)
        listed = Bullets(items, labels, style.size * _INDENT, c.look.gap * 0.4, "Decimal")
        lines = [Paragraph(c.text(head, c.look.bold))] if said else []
        yield Stack((*lines, listed), c.look.gap * 0.3)


def _on_cards(c: Composer, exercise: PlannedExercise, cards: Sequence[Placed]) -> list[Span]:
    """Return an exercise with the numbers of its cards, each with its weeks where there are more.

    Of one card, the week in which it begins where that is not the first one.
    """
    own = [placed for placed in cards if placed.form.number == exercise.number]
    words = []
    for form, number in own:
        card = c.fill(c.strings.card, card=number).replace(" ", NO_BREAK)
        said = in_weeks(c, form.main.weeks).replace(" ", NO_BREAK) if form.main.weeks else when(c, form.main)
        words.append(f"{said[:1].lower()}{said[1:]}{NO_BREAK}{card}" if len(own) > 1 and said else card)
    if len(own) == 1 and (first := exercise.next_week()) > 1:
        words.append(from_week(c, first))
    return [c.exercise_name(exercise)._replace(bold=True), Span(f": {', '.join(words)}")]
