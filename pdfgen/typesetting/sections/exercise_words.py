"""Words about an exercise that several editions print: its kind, rest, other forms, and what is personal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from pdfgen.content.pictures.drawing import BLACK
from pdfgen.planning.plan import PlannedCaution, PlannedDose, PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, ranges, side_and_load
from pdfgen.typesetting.blocks import Block, Frame, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import TINT
from pdfgen.typesetting.text_style import Span, TextStyle

#: Size of the stop sign, in sizes of the type beside it.
_STOP = 1.3

PERSONAL_EDGE = 4.0
"""Thick edge in points of what is meant for this patient only."""


def capitalised(text: str) -> str:
    """Return a text with a capital at its beginning and all else as it is."""
    return text[:1].upper() + text[1:]


def kind(c: Composer, exercise: PlannedExercise) -> str:
    """Return what kind of exercise it is, and the equipment that it needs."""
    kinds = {"mobilising": c.strings.mobilising, "strengthening": c.strings.strengthening}
    return " · ".join((kinds[exercise.category], *exercise.main.equipment))


def lasting(c: Composer, doses: Iterable[PlannedDose | None]) -> list[str]:
    """Return the only side, the load and the times a day, as far as they are the same in all weeks."""
    return [word for words in _kinds(c, doses) if len(words) == 1 for word in words if word]


def changing(c: Composer, dose: PlannedDose, doses: Iterable[PlannedDose | None]) -> list[str]:
    """Return the same of one dose, as far as it is not the same in all weeks."""
    pairs = zip(side_and_load(dose, c.language), _kinds(c, doses), strict=True)
    return [words for words, all_words in pairs if words and len(all_words) > 1]


def _kinds(c: Composer, doses: Iterable[PlannedDose | None]) -> list[set[str]]:
    """Return the different words of all weeks: for the side, for the load, for the times a day."""
    written = [side_and_load(dose, c.language) for dose in doses if dose is not None and not dose.blank]
    return [set(words) for words in zip(*written, strict=True)] or [set(), set(), set()]


def rest(c: Composer, exercise: PlannedExercise) -> str:
    """Return how long to rest between sets, without a full stop; nothing where there is one set."""
    if not exercise.rest_s or all(dose is None or dose.sets.most < 2 for dose in exercise.doses):
        return ""
    seconds = f"{exercise.rest_s}{NO_BREAK}{c.strings.seconds}"
    return capitalised(c.fill(c.strings.rest_between, rest=seconds))


def in_weeks(c: Composer, weeks: Sequence[int]) -> str:
    """Return in which weeks something is done."""
    words = c.strings.in_week if len(weeks) == 1 else c.strings.in_weeks
    return c.fill(words, weeks=ranges(weeks))


def when(c: Composer, form: PlannedVariant) -> str:
    """Return the weeks in which a form is done, and the situations in which it is meant for all weeks."""
    weeks = [in_weeks(c, form.weeks).replace(" ", NO_BREAK)] if form.weeks else []
    situations = [c.fill(c.strings.for_situation, situation=name) for name in form.situations]
    return " · ".join((*weeks, *situations))


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
    return Frame(words, padding, fill=TINT, edge=PERSONAL_EDGE, edge_colour=BLACK)


def personal_lines(c: Composer, exercise: PlannedExercise, style: TextStyle) -> list[Block]:
    """Return cautions, note and side, a paragraph each, which no edition leaves out."""
    lines: list[Block] = []
    for caution, words in zip_longest(exercise.cautions, _personal_words(c, exercise)):
        line = Paragraph(c.text(words, style), measure=c.measure)
        lines.append(_beside_stop(c, line, style) if _is_only_agreed(caution) else line)
    return lines


def _is_only_agreed(caution: PlannedCaution | None) -> bool:
    return caution is not None and caution.use == "choose-another"


def _beside_stop(c: Composer, line: Block, style: TextStyle) -> Block:
    """Return a line with the stop sign of an exercise that is only for who agreed it."""
    return c.beside_icon("stop", style.size * _STOP, line, gap=style.size * 0.4, align="top")


def _personal_words(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    lines = [
        [Span(f"{_caution_title(c, caution)}: ", bold=True), Span(caution.text)]
        for caution in exercise.cautions
    ]
    if exercise.note:
        lines.append([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)])
    if exercise.start_side:
        lines.append([Span(c.fill(c.strings.start_with, side=exercise.start_side))])
    return lines


def _caution_title(c: Composer, caution: PlannedCaution) -> str:
    strings = c.strings
    title = strings.only_agreed_title if _is_only_agreed(caution) else strings.cautions_title
    return c.fill(title, situation=caution.situation_name)


def personal_below(c: Composer, style: TextStyle) -> list[Flowed]:
    """Return the same of all exercises over the whole width, where their cells have no room."""
    texts = []
    for exercise in c.plan.exercises:
        if spans := [span for line in _personal_words(c, exercise) for span in (*line, Span(" "))]:
            name = Span(f"{exercise.number}\u00a0 {exercise.name}. ", bold=True, colour=c.look.accent)
            line: Block = Paragraph(c.text([name, *spans[:-1]], style))
            if any(map(_is_only_agreed, exercise.cautions)):
                line = _beside_stop(c, line, style)
            texts.append(Flowed(line, before=c.look.gap * 0.4))
    return texts
