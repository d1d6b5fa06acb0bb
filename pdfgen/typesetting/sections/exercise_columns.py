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


class _Way(NamedTuple):
    """A way to set the exercises.

    Attributes:
        steps: below each other; one after another; or as a summary, with the breathing or without.
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
_STEPS = (_Way("list", named=True), _Way("list"), _Way("run-in"), _Way("run-in", apart=True))
_SUMMARY = tuple(
    _Way(steps, apart=apart, brief=brief)
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
    settings = (_setting(c.dense(air), way, scale) for way, scale, air in _wishes())
    what = f"{len(c.plan.exercises)} exercises and {len(c.plan.weeks)} weeks do not fit on one side"
    advice = "take fewer exercises or fewer weeks, shorter notes, or the layout standard"
    return first_grid(settings, room, _COLUMNS, what, advice)


def _setting(c: Composer, way: _Way, scale: float) -> GridSetting:
    cells = [_cell(c, exercise, way) for exercise in c.plan.exercises]
    return GridSetting(c, cells, _warm_up(c), _below(c, way), c.look.gap * 0.8, scale)


def _wishes() -> Iterator[tuple[_Way, float, float]]:
    """Yield ways with the least scale of their drawings and the part of the usual white, the best first."""
    least = SCALES[-1]
    for scale, air in ((_GOOD_SCALE, 1.0), (least, 1.0), (least, _LITTLE_AIR)):
        yield from ((way, scale, air) for way in _STEPS)
    yield from ((way, least, air) for way in _SUMMARY for air in (1.0, _LITTLE_AIR))


def _below(c: Composer, way: _Way) -> list[Flowed]:
    """Return what stands under the exercises."""
    return [
        *(personal_below(c, c.look.cell) if way.apart else ()),
        Flowed(weeks_block(c, 1.0, named=way.named), before=c.look.gap),
        Flowed(stop_rule(c), before=c.look.gap * 0.8),
    ]


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [
        Span(f"{c.strings.back_first} ", bold=True),
        Span(f"{strip.title}. ", bold=True, colour=c.look.accent),
        Span(f"{strip.intro} {strip.note}"),
    ]
    return Flowed(Paragraph(c.text(words, c.look.cell), measure=c.long_measure), before=c.look.gap * 0.6)


def _cell(c: Composer, exercise: PlannedExercise, way: _Way) -> GridCell:
    facts = (Paragraph(c.text(spans, c.look.cell)) for spans in _facts(c, exercise))
    own = [] if way.apart else personal_lines(c, exercise, c.look.cell)
    text = (*_forms(c, exercise, way), *facts, *own)
    return grid_cell(c, exercise, c.look.h2, Stack(text, c.look.gap * 0.2))


def _forms(c: Composer, exercise: PlannedExercise, way: _Way) -> Iterator[Block]:
    """Yield the shown forms: steps of the one that fills most weeks, a sentence for each other one."""
    if len(exercise.shown_forms) < 2:
        yield _steps(c, exercise, way)
        return
    if way.brief and len(exercise.forms) < 2:
        yield _steps(c, exercise, way)
        yield from (Paragraph(c.text(f"{when(c, v)}: {v.name}.", c.look.cell)) for v in exercise.advised)
        return
    for variant in exercise.shown_forms:
        head = Span(f"{when(c, variant)}: {variant.name}.", bold=True)
        if variant == exercise.main:
            if way.steps == "list":
                yield Paragraph(c.text([head], c.look.cell))
            yield _steps(c, exercise, way, (head, Span(" ")))
        else:
            words = "" if way.brief and not variant.weeks else f" {variant.summary}"
            yield Paragraph(c.text([head, Span(words)] if words else [head], c.look.cell))


def _steps(c: Composer, exercise: PlannedExercise, way: _Way, head: tuple[Span, ...] = ()) -> Block:
    """Return the steps below each other, or one after another with bold numbers, or their summary."""
    style = c.look.cell
    steps = [text for _, text in exercise.main.steps]
    if way.steps == "list":
        return c.numbered([Paragraph(c.text(text, style)) for text in steps], style, gap=0.0)
    if way.steps in ("summary", "sentence"):
        breathing = f" {exercise.breathing}" if way.steps == "summary" else ""
        return Paragraph(c.text([*head, Span(exercise.main.summary + breathing)], style))
    spans = [*head]
    for number, text in enumerate(steps, 1):
        spans += [Span(f"{number}\u00a0", bold=True, colour=c.look.accent), Span(f"{text} ")]
    return Paragraph(c.text(spans, style))


def _facts(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    """Return days, hold, sides and rest, then what to take care of."""
    facts = [dose_facts(c, exercise, levels=False), rest(c, exercise)]
    lines = [[Span(". ".join(filter(None, facts)) + ".", bold=True)]] if any(facts) else []
    if exercise.care:
        lines.append([Span(f"{c.strings.care}: ", bold=True), Span(" ".join(exercise.care))])
    return lines
