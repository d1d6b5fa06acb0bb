"""Words about an exercise: its kind, its forms, what goes wrong, and what is meant for this patient only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from pdfgen.planning.planned_exercise import PlannedCaution, PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, ranges
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import TINT
from pdfgen.typesetting.text_style import Span, TextStyle

#: Size of the stop sign, in sizes of the type beside it.
_STOP = 1.3

#: Thick edge, in points, of the frame around what is meant for this patient only.
_PERSONAL_EDGE = 4.0


def kind(c: Composer, exercise: PlannedExercise) -> str:
    """Return what kind of exercise it is, and the equipment that it needs."""
    equipment = (item for form in (exercise.shown_forms or (exercise.main,)) for item in form.equipment)
    return " · ".join((c.plan.kind_of(exercise).name, *dict.fromkeys(equipment)))


def in_weeks(c: Composer, weeks: Sequence[int]) -> str:
    """Return in which weeks something is done."""
    words = c.strings.in_week if len(weeks) == 1 else c.strings.in_weeks
    return c.fill(words, weeks=ranges(weeks))


def when(c: Composer, form: PlannedVariant) -> str:
    """Return the weeks in which a form is done, and the situations in which it is meant for all weeks."""
    weeks = [in_weeks(c, form.weeks).replace(" ", NO_BREAK)] if form.weeks else []
    situations = [c.fill(c.strings.for_situation, situation=name) for name in form.situations]
    return " · ".join((*weeks, *situations))


def given_forms(c: Composer, exercise: PlannedExercise) -> list[tuple[str, PlannedVariant]]:
    """Return the easier and the harder form that the exercise has, each after its name."""
    forms = ((c.strings.easier, exercise.easier), (c.strings.harder, exercise.harder))
    return [(name, form) for name, form in forms if form is not None and form not in exercise.shown_forms]


def form_words(c: Composer, form: PlannedVariant) -> list[Span]:
    """Return the summary of a form, after the weeks in which it is done."""
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
    return Frame(words, padding, fill=TINT, edge=_PERSONAL_EDGE)


def personal_lines(
    c: Composer, exercise: PlannedExercise, style: TextStyle, *, again: bool = False
) -> list[Block]:
    """Return cautions, note and side, a paragraph each, which no edition leaves out.

    Where they are not said `again`, also that they go before what the drawings show.
    """
    lines: list[Block] = []
    for caution, words in zip_longest(exercise.cautions, personal_words(c, exercise, again=again)):
        line = Paragraph(c.text(words, style), measure=c.measure)
        lines.append(_beside_stop(c, line, style) if _is_only_agreed(caution) else line)
    return lines


def _is_only_agreed(caution: PlannedCaution | None) -> bool:
    return caution is not None and caution.use == "choose-another"


def _beside_stop(c: Composer, line: Block, style: TextStyle) -> Block:
    """Return a line with the stop sign of an exercise that is only for who agreed it."""
    return c.beside_icon("stop", style.size * _STOP, line, gap=style.size * 0.4, align="top")


def personal_words(c: Composer, exercise: PlannedExercise, *, again: bool = True) -> list[list[Span]]:
    """Return the words of these lines, the cautions first."""
    lines = [
        [Span(f"{_caution_title(c, caution)}: ", bold=True), Span(caution.text)]
        for caution in exercise.cautions
    ]
    if exercise.note:
        lines.append([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)])
    if not again and (exercise.note or any(map(_is_unlike_drawing, exercise.cautions))):
        lines.append([Span(c.strings.drawing_differs)])
    if exercise.start_side:
        lines.append([Span(c.fill(c.strings.start_with, side=exercise.start_side))])
    return lines


def _is_unlike_drawing(caution: PlannedCaution) -> bool:
    """Whether somebody is to do it another way than it is drawn, as `smaller` is."""
    return caution.use != "choose-another" and not caution.followed


def _caution_title(c: Composer, caution: PlannedCaution) -> str:
    strings = c.strings
    title = strings.only_agreed_title if _is_only_agreed(caution) else strings.cautions_title
    return c.fill(title, situation=caution.situation_name)


def mistakes(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return what often goes wrong, and what everybody has to take care of, each behind its name."""
    said = ((c.strings.mistakes, exercise.mistakes), (c.strings.care, exercise.care))
    return [_run_in(c, name, " ".join(sentences)) for name, sentences in said if sentences]


def other_forms(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return the easier and the harder form, which nobody prescribed, each in a sentence."""
    return [_run_in(c, name, form.summary) for name, form in given_forms(c, exercise)]


def _run_in(c: Composer, name: str, words: str) -> Paragraph:
    return c.paragraph([Span(f"{name}: ", bold=True), Span(words)])


def framed(c: Composer, lines: Sequence[Block]) -> Block:
    """Return what is meant for this patient only, in a frame under its name."""
    name = Paragraph(c.text(c.strings.for_you, c.look.bold))
    return personal_frame(c, Stack((name, *lines), c.look.gap * 0.3, role="Div"), c.look.gap * 1.2)
