"""Exercises in columns with drawings, steps and all that a patient has to heed, and their weeks.

For an edition of one sheet: what it says of an exercise is complete but for its purpose, its muscles, common
mistakes and the forms that this program does not use.
"""

from __future__ import annotations

from typing import Literal

from pdfgen.errors import FitError, Problem
from pdfgen.planning.plan import PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, ranges
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.day_boxes import weeks_block
from pdfgen.typesetting.sections.dense import dense
from pdfgen.typesetting.sections.dose_facts import dose_facts, personal
from pdfgen.typesetting.sections.exercise_doses import level_word
from pdfgen.typesetting.sections.picture_grid import Cell, largest, lowest, name_of, start_and_end
from pdfgen.typesetting.sections.safety_columns import stop_rule
from pdfgen.typesetting.text import Span

_COLUMNS = (2, 3)

Steps = Literal["list", "run-in", "summary"]

#: How the steps are set, and whether the weeks have names in their head: the roomiest first.
_FORMS: tuple[tuple[Steps, bool], ...] = (
    ("list", True), ("list", False), ("run-in", False), ("summary", False),
)  # fmt: skip


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return warm-up, exercises, weeks and the stop rule.

    Args:
        room: height in points that they may take.

    Raises:
        FitError: they do not fit with the smallest drawings and the shortest words.
    """
    c = dense(c)
    gap = c.look.gap
    warm_up = _warm_up(c)
    over = 0.0
    for steps, named in _FORMS:
        cells = [_cell(c, exercise, steps) for exercise in c.plan.exercises]
        below = [
            Flowed(weeks_block(c, 1.0, named=named), before=gap),
            Flowed(stop_rule(c), before=gap * 0.8),
        ]
        left = room - extent([warm_up, *below], c.look.width, at_top=False) - gap * 0.8
        grid = largest(c, cells, left, _COLUMNS)
        if grid is not None:
            return [warm_up, Flowed(grid, before=gap * 0.8), *below]
        over = lowest(c, cells, _COLUMNS) - left
    message = (
        f"{len(c.plan.exercises)} exercises and {len(c.plan.weeks)} weeks do not fit on one side: "
        f"{over:.0f} points too high; take fewer exercises, fewer weeks or shorter notes, or the layout standard"
    )
    raise FitError(Problem(message, "exercises"))


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [Span(f"{strip.title}. ", bold=True, colour=c.look.accent), Span(f"{strip.intro} {strip.note}")]
    return Flowed(Paragraph(c.text(words, c.look.cell)), before=c.look.gap * 0.6)


def _cell(c: Composer, exercise: PlannedExercise, steps: Steps) -> Cell:
    text = [
        _steps(c, exercise, steps),
        *(Paragraph(c.text(spans, c.look.cell)) for spans in _facts(c, exercise)),
        *(Paragraph(c.text(spans, c.look.cell)) for spans in personal(c, exercise)),
    ]
    name = name_of(c, exercise, c.look.h2)
    return Cell(name, start_and_end(exercise), Stack(tuple(text), c.look.gap * 0.2))


def _steps(c: Composer, exercise: PlannedExercise, form: Steps) -> Block:
    """The steps below each other, or one after another with bold numbers, or what they come to."""
    style = c.look.cell
    steps = [text for _, text in exercise.main.steps]
    if form == "list":
        return c.numbered([Paragraph(c.text(text, style)) for text in steps], style, gap=0.0)
    if form == "summary":
        return Paragraph(c.text(f"{exercise.main.summary} {exercise.breathing}", style))
    spans = []
    for number, text in enumerate(steps, 1):
        spans += [Span(f"{number}\u00a0", bold=True, colour=c.look.accent), Span(f"{text} ")]
    return Paragraph(c.text(spans, style))


def _facts(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    """Days, hold, sides and rest; the other forms that are done; what to take care of."""
    facts = [dose_facts(c, exercise, levels=False)]
    if exercise.rest_s and any(dose is not None and dose.sets > 1 for dose in exercise.doses):
        rest = c.fill(c.strings.rest_between, rest=f"{exercise.rest_s}\u00a0{c.strings.seconds}")
        facts.append(rest[:1].upper() + rest[1:])
    lines = [[Span(". ".join(filter(None, facts)) + ".", bold=True)]] if any(facts) else []
    lines += [_form(c, variant) for variant in (exercise.easier, exercise.harder) if variant and variant.weeks]
    if exercise.care:
        lines.append([Span(f"{c.strings.care}: ", bold=True), Span(" ".join(exercise.care))])
    return lines


def _form(c: Composer, variant: PlannedVariant) -> list[Span]:
    """In which weeks a form is done that the drawings and the steps do not show, and how."""
    weeks = c.fill(c.strings.in_weeks, weeks=ranges(variant.weeks)).replace(" ", NO_BREAK)
    return [Span(f"{weeks}, {level_word(c, variant.level)}: ", bold=True), Span(variant.summary)]
