"""Exercises in columns with drawings, steps and all that a patient has to heed, and their weeks.

For an edition of one sheet: what it says of an exercise is complete but for its purpose, its muscles, common
mistakes and the forms that this program does not use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.picture_grid import SCALES, GridCell, GridSetting, first_grid, grid_cell
from pdfgen.typesetting.sections.day_boxes import weeks_block
from pdfgen.typesetting.sections.dose_words import dose_facts
from pdfgen.typesetting.sections.exercise_words import personal_below, personal_lines, rest, when
from pdfgen.typesetting.sections.safety_columns import stop_rule
from pdfgen.typesetting.text_style import Span

#: Drawings of this scale are seen well: a figure that lies is 28 mm long.
_GOOD_SCALE = 0.5 * MM
_COLUMNS = (2, 3)
#: Part of the usual white on a page that is too full for all of it.
_LITTLE_AIR = 0.45


class _Form(NamedTuple):
    """A way to set the exercises.

    Attributes:
        steps: below each other; one after another; or what they come to, with the breathing or without.
        named: whether the weeks have the names of the exercises in their head.
        apart: whether cautions and notes stand below all exercises.
        brief: whether forms that a caution names have their drawing and their name alone.
    """

    steps: Literal["list", "run-in", "summary", "sentence"]
    named: bool = False
    apart: bool = False
    brief: bool = False


_SHORT: tuple[Literal["summary", "sentence"], ...] = ("summary", "sentence")
#: The roomiest first. The summary stands only where nothing else fits.
_STEPS = (_Form("list", named=True), _Form("list"), _Form("run-in"), _Form("run-in", apart=True))
_SUMMARY = tuple(
    _Form(steps, apart=apart, brief=brief)
    for steps, brief in (*((steps, False) for steps in _SHORT), ("sentence", True))
    for apart in (False, True)
)


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return warm-up, exercises, weeks and the stop rule.

    Args:
        room: height in points that they may take.

    Raises:
        FitError: they do not fit with the smallest drawings and the shortest words.
    """
    settings = (_setting(c.dense(air), form, scale) for form, scale, air in _wishes())
    what = f"{len(c.plan.exercises)} exercises and {len(c.plan.weeks)} weeks do not fit on one side"
    advice = "take fewer exercises or fewer weeks, shorter notes, or the layout standard"
    return first_grid(settings, room, _COLUMNS, what, advice)


def _setting(c: Composer, form: _Form, scale: float) -> GridSetting:
    cells = [_cell(c, exercise, form) for exercise in c.plan.exercises]
    return GridSetting(c, cells, _warm_up(c), _below(c, form), c.look.gap * 0.8, scale)


def _wishes() -> Iterator[tuple[_Form, float, float]]:
    """Yield forms with the least scale of their drawings and the part of the usual white, the best first."""
    least = SCALES[-1]
    for scale, air in ((_GOOD_SCALE, 1.0), (least, 1.0), (least, _LITTLE_AIR)):
        yield from ((form, scale, air) for form in _STEPS)
    yield from ((form, least, air) for form in _SUMMARY for air in (1.0, _LITTLE_AIR))


def _below(c: Composer, form: _Form) -> list[Flowed]:
    """Return what stands under the exercises."""
    return [
        *(personal_below(c, c.look.cell) if form.apart else ()),
        Flowed(weeks_block(c, 1.0, named=form.named), before=c.look.gap),
        Flowed(stop_rule(c), before=c.look.gap * 0.8),
    ]


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [
        Span(f"{c.strings.back_first} ", bold=True),
        Span(f"{strip.title}. ", bold=True, colour=c.look.accent),
        Span(f"{strip.intro} {strip.note}"),
    ]
    return Flowed(Paragraph(c.text(words, c.look.cell), measure=c.measure), before=c.look.gap * 0.6)


def _cell(c: Composer, exercise: PlannedExercise, form: _Form) -> GridCell:
    facts = (Paragraph(c.text(spans, c.look.cell)) for spans in _facts(c, exercise))
    own = [] if form.apart else personal_lines(c, exercise, c.look.cell)
    text = (*_forms(c, exercise, form), *facts, *own)
    return grid_cell(c, exercise, c.look.h2, Stack(text, c.look.gap * 0.2))


def _forms(c: Composer, exercise: PlannedExercise, form: _Form) -> Iterator[Block]:
    """The shown forms: steps of the one that fills most weeks, the others in a sentence."""
    if len(exercise.shown_forms) < 2:
        yield _steps(c, exercise, form)
        return
    if form.brief and len(exercise.forms) < 2:
        yield _steps(c, exercise, form)
        yield from (Paragraph(c.text(f"{when(c, v)}: {v.name}.", c.look.cell)) for v in exercise.advised)
        return
    for variant in exercise.shown_forms:
        head = Span(f"{when(c, variant)}: {variant.name}.", bold=True)
        if variant == exercise.main:
            if form.steps == "list":
                yield Paragraph(c.text([head], c.look.cell))
            yield _steps(c, exercise, form, (head, Span(" ")))
        else:
            words = "" if form.brief and not variant.weeks else f" {variant.summary}"
            yield Paragraph(c.text([head, Span(words)] if words else [head], c.look.cell))


def _steps(c: Composer, exercise: PlannedExercise, form: _Form, head: tuple[Span, ...] = ()) -> Block:
    """The steps below each other, or one after another with bold numbers, or what they come to."""
    style = c.look.cell
    steps = [text for _, text in exercise.main.steps]
    if form.steps == "list":
        return c.numbered([Paragraph(c.text(text, style)) for text in steps], style, gap=0.0)
    if form.steps in ("summary", "sentence"):
        breathing = f" {exercise.breathing}" if form.steps == "summary" else ""
        return Paragraph(c.text([*head, Span(exercise.main.summary + breathing)], style))
    spans = [*head]
    for number, text in enumerate(steps, 1):
        spans += [Span(f"{number}\u00a0", bold=True, colour=c.look.accent), Span(f"{text} ")]
    return Paragraph(c.text(spans, style))


def _facts(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    """Days, hold, sides and rest; what to take care of."""
    facts = [dose_facts(c, exercise, levels=False), rest(c, exercise)]
    lines = [[Span(". ".join(filter(None, facts)) + ".", bold=True)]] if any(facts) else []
    if exercise.care:
        lines.append([Span(f"{c.strings.care}: ", bold=True), Span(" ".join(exercise.care))])
    return lines
