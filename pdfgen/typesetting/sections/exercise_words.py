"""Words about an exercise: its kind, rest, other forms, facts, and what is meant for this patient only."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import PlannedExercise, PlannedPanel, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, ranges
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import MM, TINT
from pdfgen.typesetting.text_style import Span, TextStyle

PERSONAL_EDGE = 4.0
"""Thick edge in points of what is meant for this patient only."""


#: A drawing of a variant is a reminder beside its words.
_SMALL_WIDTH = 30 * MM
_SMALL_HEIGHT = 20 * MM
#: The easier and the harder form.
MOST_SMALL = 2

_ROW_LABEL = 76.0


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


def facts(c: Composer, exercise: PlannedExercise, small: int) -> Block:
    """Short facts with their names in a column of their own, with at most `small` drawings of variants."""
    strings = c.strings
    rows: list[Block] = []
    if not has_breathing(exercise):
        rows.append(_fact(c, strings.breathe, exercise.breathing))
    given = other_forms(c, exercise)
    rows.append(_variants(c, given, _drawn(exercise, [variant for _, variant in given])[:small]))
    rows.append(_fact(c, strings.mistakes, " ".join(exercise.mistakes)))
    rows.append(_fact(c, strings.care, " ".join(exercise.care)))
    return Stack(tuple(rows), c.look.gap * 0.5)


def personal(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return what the therapist says to this patient, a paragraph each: cautions, note, side."""
    return [c.paragraph(words) for words in personal_words(c, exercise)]


def framed(c: Composer, lines: Sequence[Block]) -> Block:
    """Return what is meant for this patient only, marked so that it is not overlooked."""
    across = c.look.gap * 1.2
    words = Columns(
        (Paragraph(c.text(c.strings.for_you, c.look.bold)), Stack(tuple(lines), c.look.gap * 0.3)),
        (_label_column(c) - across - PERSONAL_EDGE, 1.0),
        c.look.gap,
        role="Div",
    )
    return personal_frame(c, words, across)


def _label_column(c: Composer) -> float:
    """Return the width of the column of names: wide enough for their longest word."""
    strings = c.strings
    names = (strings.breathe, strings.easier, strings.harder, strings.mistakes, strings.care)
    widest = max(c.text(word, c.look.bold).natural_width for name in names for word in name.split())
    return max(_ROW_LABEL, widest + 1)


def _fact(c: Composer, name: str, words: str | Sequence[Span]) -> Block:
    label = Paragraph(c.text(name, c.look.bold))
    return Columns(
        (label, Paragraph(c.text(words), measure=c.measure)), (_label_column(c), 1.0), c.look.gap, role="Div"
    )


def _drawn(exercise: PlannedExercise, variants: Sequence[PlannedVariant]) -> list[int]:
    """Return which variants a drawing adds something to, those first that the weeks use."""
    shown = {panel.figure for panel in exercise.main.panels}
    drawn = [i for i, v in enumerate(variants) if v.emblem is not None and v.emblem.figure not in shown]
    return sorted(drawn, key=lambda index: not variants[index].weeks)


def _variants(c: Composer, variants: Sequence[tuple[str, PlannedVariant]], drawn: Sequence[int]) -> Block:
    """Easier and harder in words; the `drawn` ones have their end position at the right of their words."""
    gap = c.look.gap * 0.5
    rows = [_variant(c, name, variant) for name, variant in variants]
    emblems = [variants[index][1].emblem for index in drawn]
    figures = [_small_drawing(c, panel) for panel in emblems if panel is not None]
    if len(figures) == 1:
        # It may reach beside the words of the other form, so it says which one it shows.
        caption = c.paragraph(variants[drawn[0]][0], c.look.label_bold._replace(align="right"))
        captioned = Stack((caption, *figures) if len(variants) > 1 else tuple(figures))
        return Columns((Stack(tuple(rows), gap), captioned), (1.0, _SMALL_WIDTH), c.look.gap * 2)
    for index, figure in zip(drawn, figures, strict=True):
        rows[index] = Columns((rows[index], figure), (1.0, _SMALL_WIDTH), c.look.gap * 2)
    return Stack(tuple(rows), gap)


def _variant(c: Composer, name: str, variant: PlannedVariant) -> Block:
    return _fact(c, name, form_words(c, variant))


def _small_drawing(c: Composer, panel: PlannedPanel, growth: float = 1.0) -> Figure:
    drawing = c.figures[panel.figure]
    scale = min(_SMALL_WIDTH / drawing.width, _SMALL_HEIGHT / drawing.height) * growth
    return c.panel(panel, scale)._replace(align="right")


def run_in_facts(c: Composer, exercise: PlannedExercise, small: int) -> list[Block]:
    """Return the facts for a narrow column: each starts with its name.

    Args:
        small: the most drawings of variants that stand at the right of their words.
    """
    strings = c.strings
    blocks: list[Block] = []
    if not has_breathing(exercise):
        blocks.append(_run_in(c, strings.breathe, exercise.breathing))
    given = other_forms(c, exercise)
    drawn = _drawn(exercise, [variant for _, variant in given])[:small]
    for index, (name, variant) in enumerate(given):
        if variant.weeks:
            name += f", {in_weeks(c, variant.weeks).lower()}"
        words: Block = _run_in(c, name, variant.summary)
        if index in drawn and variant.emblem is not None:
            width = c.enlarged(_SMALL_WIDTH)
            figure = _small_drawing(c, variant.emblem, c.enlarged(1.0))
            words = Columns((words, figure), (1.0, width), c.look.gap * 2, align="middle")
        blocks.append(words)
    blocks.append(_run_in(c, strings.mistakes, " ".join(exercise.mistakes)))
    blocks.append(_run_in(c, strings.care, " ".join(exercise.care)))
    return blocks


def _run_in(c: Composer, name: str, words: str) -> Paragraph:
    return c.paragraph([Span(f"{name}: ", bold=True), Span(words)])


def framed_below_name(c: Composer, lines: Sequence[Block]) -> Block:
    """Return what is meant for this patient only, for a narrow column: under its name."""
    name = Paragraph(c.text(c.strings.for_you, c.look.bold))
    words = Stack((name, *lines), c.look.gap * 0.3, role="Div")
    return personal_frame(c, words, c.look.gap * 1.2)
