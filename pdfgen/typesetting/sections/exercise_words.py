"""Words about an exercise that several editions print: its kind, rest, other forms, and what is personal."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, ranges
from pdfgen.typesetting.blocks import Block, Frame, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import TINT
from pdfgen.typesetting.text_style import Span, TextStyle

PERSONAL_EDGE = 4.0
"""Thick edge in points of what is meant for this patient only."""


def capitalised(text: str) -> str:
    """Return a text with a capital at its beginning and all else as it is."""
    return text[:1].upper() + text[1:]


def kind(c: Composer, exercise: PlannedExercise) -> str:
    """Return what kind of exercise it is, and the equipment that it needs."""
    kinds = {"mobilising": c.strings.mobilising, "strengthening": c.strings.strengthening}
    return " · ".join((kinds[exercise.category], *exercise.main.equipment))


def rest(c: Composer, exercise: PlannedExercise) -> str:
    """Return how long to rest between sets, without a full stop; nothing where there is one set."""
    if not exercise.rest_s or all(dose is None or dose.sets < 2 for dose in exercise.doses):
        return ""
    seconds = f"{exercise.rest_s}{NO_BREAK}{c.strings.seconds}"
    return capitalised(c.fill(c.strings.rest_between, rest=seconds))


def in_weeks(c: Composer, weeks: Sequence[int]) -> str:
    """Return in which weeks something is done."""
    return c.fill(c.strings.in_weeks, weeks=ranges(weeks))


def other_forms(c: Composer, exercise: PlannedExercise) -> list[tuple[str, PlannedVariant]]:
    """Return the easier and the harder form, as far as there are any, with what they are called."""
    forms = ((c.strings.easier, exercise.easier), (c.strings.harder, exercise.harder))
    return [(name, form) for name, form in forms if form is not None]


def form_words(c: Composer, form: PlannedVariant) -> list[Span]:
    """Return what a form comes to, after the weeks in which it is done."""
    weeks = [Span(f"{in_weeks(c, form.weeks)}: ", bold=True)] if form.weeks else []
    return [*weeks, Span(form.summary)]


def has_breathing(exercise: PlannedExercise) -> bool:
    """Whether one of the steps says how to breathe, so that nothing else needs to."""
    return any(step == "breathe" for step, _ in exercise.main.steps)


def personal_frame(c: Composer, words: Block, across: float) -> Frame:
    """Return what is meant for this patient only, marked so that it is not overlooked.

    Args:
        across: white at the left and the right, in points.
    """
    down = c.look.gap * 0.6
    padding = (down, across, down, across)
    return Frame(words, padding, fill=TINT, edge=PERSONAL_EDGE)


def personal_words(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    """Return cautions, note and side, a paragraph each, which no edition leaves out."""
    lines = [
        [Span(f"{c.fill(c.strings.cautions_title, situation=caution.situation_name)}: ", bold=True),
         Span(caution.text)]
        for caution in exercise.cautions
    ]  # fmt: skip
    if exercise.note:
        lines.append([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)])
    if exercise.start_side:
        lines.append([Span(c.fill(c.strings.start_with, side=exercise.start_side))])
    return lines


def personal_below(c: Composer, style: TextStyle) -> list[Flowed]:
    """Return the same of all exercises over the whole width, where their cells have no room."""
    texts = []
    for exercise in c.plan.exercises:
        if spans := [span for line in personal_words(c, exercise) for span in (*line, Span(" "))]:
            name = Span(f"{exercise.number}\u00a0 {exercise.name}. ", bold=True, colour=c.look.accent)
            texts.append(Flowed(Paragraph(c.text([name, *spans[:-1]], style)), before=c.look.gap * 0.4))
    return texts
