"""Words about an exercise: its kind, rest, other forms, facts, and what is meant for this patient only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from pdfgen.planning.plan import (
    PlannedCaution,
    PlannedExercise,
    PlannedPanel,
    PlannedVariant,
)
from pdfgen.planning.wording import NO_BREAK, ranges, rest_words
from pdfgen.typesetting.blocks import Block, Columns, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.look import MM, TINT
from pdfgen.typesetting.text_style import Span, TextStyle

#: Size of the stop sign, in sizes of the type beside it.
_STOP = 1.3

#: Thick edge, in points, of the frame around what is meant for this patient only.
_PERSONAL_EDGE = 4.0


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
    return " · ".join((c.plan.kind_of(exercise).name, *exercise.main.equipment))


def rest(c: Composer, exercise: PlannedExercise) -> str:
    """Return how long to rest between sets, without a full stop; nothing where there is one set."""
    if not exercise.rest_s or all(dose is None or dose.sets.most < 2 for dose in exercise.doses):
        return ""
    said = filter(None, (rest_words(dose, c.language, exercise.rest_s) for dose in exercise.doses if dose))
    return capitalised(next(said, ""))


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
    """Return the easier and the harder form that the exercise has, each after its name."""
    forms = ((c.strings.easier, exercise.easier), (c.strings.harder, exercise.harder))
    return [(name, form) for name, form in forms if form is not None]


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


def facts(c: Composer, exercise: PlannedExercise, small: int) -> Block:
    """Return short facts, names in a column of their own, with at most `small` drawings of other forms."""
    before, after = _plain_facts(c, exercise)
    given = other_forms(c, exercise)
    forms = _forms_beside(c, given, _drawn(exercise, given)[:small])
    named = (_beside(c, *fact) for fact in after)
    return c.stack(*(_beside(c, *fact) for fact in before), forms, *named, gap=c.look.gap * 0.5)


def run_in_facts(c: Composer, exercise: PlannedExercise, small: int) -> list[Block]:
    """Return the facts for a narrow column: each starts with its name.

    Args:
        small: the most drawings of other forms that stand at the right of their words.
    """
    before, after = _plain_facts(c, exercise)
    given = other_forms(c, exercise)
    drawn = _drawn(exercise, given)[:small]
    forms: list[Block] = []
    for index, (name, form) in enumerate(given):
        weeks = f", {in_weeks(c, form.weeks).lower()}" if form.weeks else ""
        words: Block = _run_in(c, name + weeks, form.summary)
        if index in drawn and form.emblem is not None:
            figure = _small_drawing(c, form.emblem, c.enlarged(1.0))
            widths = (1.0, c.enlarged(_SMALL_WIDTH))
            words = c.columns(words, figure, widths=widths, align="middle")
        forms.append(words)
    return [*(_run_in(c, *fact) for fact in before), *forms, *(_run_in(c, *fact) for fact in after)]


def _plain_facts(
    c: Composer, exercise: PlannedExercise
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return names and words of the facts before the other forms, and of those after them."""
    before = [] if has_breathing(exercise) else [(c.strings.breathe, exercise.breathing)]
    mistakes = (c.strings.mistakes, " ".join(exercise.mistakes))
    return before, [mistakes, (c.strings.care, " ".join(exercise.care))]


def _run_in(c: Composer, name: str, words: str) -> Paragraph:
    return c.paragraph([Span(f"{name}: ", bold=True), Span(words)])


def personal(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return what the therapist says to this patient, a paragraph each: cautions, note, side."""
    return personal_lines(c, exercise, c.look.body)


def framed(c: Composer, lines: Sequence[Block]) -> Block:
    """Return what is meant for this patient only, in a frame; its name stands beside it, or above it."""
    across = c.look.gap * 1.2
    name, words = Paragraph(c.text(c.strings.for_you, c.look.bold)), Stack(tuple(lines), c.look.gap * 0.3)
    if c.is_narrow:
        return personal_frame(c, Stack((name, *lines), c.look.gap * 0.3, role="Div"), across)
    widths = (_label_column(c) - across - _PERSONAL_EDGE, 1.0)
    return personal_frame(c, Columns((name, words), widths, c.look.gap, role="Div"), across)


def _label_column(c: Composer) -> float:
    """Return the width of the column of names: wide enough for their longest word."""
    strings = c.strings
    names = (strings.breathe, strings.easier, strings.harder, strings.mistakes, strings.care)
    widest = max(c.text(word, c.look.bold).natural_width for name in names for word in name.split())
    return max(_ROW_LABEL, widest + 1)


def _beside(c: Composer, name: str, words: str | Sequence[Span]) -> Block:
    label, said = Paragraph(c.text(name, c.look.bold)), Paragraph(c.text(words), measure=c.measure)
    return Columns((label, said), (_label_column(c), 1.0), c.look.gap, role="Div")


def _drawn(exercise: PlannedExercise, forms: Sequence[tuple[str, PlannedVariant]]) -> list[int]:
    """Return which forms a drawing adds something to, those first that the weeks use."""
    shown = {panel.figure for panel in exercise.main.panels}
    drawn = [i for i, (_, f) in enumerate(forms) if f.emblem is not None and f.emblem.figure not in shown]
    return sorted(drawn, key=lambda index: not forms[index][1].weeks)


def _forms_beside(c: Composer, forms: Sequence[tuple[str, PlannedVariant]], drawn: Sequence[int]) -> Block:
    """Return the forms in words; the `drawn` ones have their end position at the right of their words."""
    rows = [_beside(c, name, form_words(c, form)) for name, form in forms]
    emblems = [forms[index][1].emblem for index in drawn]
    figures = [_small_drawing(c, panel) for panel in emblems if panel is not None]
    gap, widths = c.look.gap * 0.5, (1.0, _SMALL_WIDTH)
    if len(figures) == 1:
        # It may reach beside the words of the other form, so it says which one it shows.
        caption = c.paragraph(forms[drawn[0]][0], c.look.label_bold._replace(align="right"))
        captioned = c.stack(caption, *figures) if len(forms) > 1 else figures[0]
        return c.columns(c.stack(*rows, gap=gap), captioned, widths=widths)
    for index, figure in zip(drawn, figures, strict=True):
        rows[index] = c.columns(rows[index], figure, widths=widths)
    return c.stack(*rows, gap=gap)


def _small_drawing(c: Composer, panel: PlannedPanel, growth: float = 1.0) -> Figure:
    drawing = c.figures[panel.figure]
    scale = min(_SMALL_WIDTH / drawing.width, _SMALL_HEIGHT / drawing.height) * growth
    return c.panel(panel, scale)._replace(align="right")
