"""Exercises at a glance: cards in two columns with name, drawings and the doses of all weeks in words.

Type keeps its size; the drawings of all cards take one scale, the largest that the room allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.dose_words import dose_words
from pdfgen.typesetting.style import LINE, MM
from pdfgen.typesetting.text import Span

_COLUMNS = 2
#: Scales of the drawings, in points a millimetre, that are tried, the largest first. At the least a figure
#: that lies is 20 mm long, as large as on the cover of the standard edition.
_SCALES = tuple(percent / 100 * MM for percent in range(160, 34, -3))
#: The start position beside the end position, as a part of its size.
_START = 0.72


def compose(c: Composer, room: float | None = None) -> list[Flowed]:
    """Return warm-up and cards.

    Args:
        room: height in points that they may take; a whole page unless given.

    Raises:
        FitError: they do not fit with the smallest drawings.
    """
    room = c.look.height if room is None else room
    gap = c.look.gap
    width = (c.look.width - gap * 3 * (_COLUMNS - 1)) / _COLUMNS
    over = 0.0
    for scale in _SCALES:
        blocks = [_warm_up(c), *_rows(c, [_card(c, exercise, scale, width) for exercise in c.plan.exercises])]
        over = sum(item.before + item.block.height(c.look.width) for item in blocks) - room
        if over <= 0:
            return blocks
    message = (
        f"{len(c.plan.exercises)} exercises with their doses do not fit: {over:.0f} points too high; "
        "take fewer exercises or fewer weeks, larger paper, or the layout standard"
    )
    raise FitError(Problem(message, "exercises"))


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [Span(f"{strip.title}. ", bold=True, colour=c.look.accent), Span(strip.intro)]
    return Flowed(Paragraph(c.text(words)), before=c.look.gap)


def _rows(c: Composer, cards: Sequence[Block]) -> list[Flowed]:
    gap = c.look.gap
    rows = []
    for start in range(0, len(cards), _COLUMNS):
        row = list(cards[start : start + _COLUMNS])
        row += [c.space(0)] * (_COLUMNS - len(row))
        block = c.stack(Rule(LINE, 0.5), c.space(0.5), c.columns(*row, gap=gap * 3))
        rows.append(Flowed(block, before=gap * 0.8, stretch=gap * 2))
    return rows


def _card(c: Composer, exercise: PlannedExercise, scale: float, width: float) -> Block:
    """Name over drawings and doses, which stand beside or below each other, whatever is lower."""
    number = Span(f"{exercise.number}\u00a0\u00a0")
    name = Paragraph(c.text([number, Span(exercise.name)], c.look.h2), "H2", bookmark=1)
    doses = dose_words(c, exercise)
    choices = [_above(c, exercise, scale, doses), _beside(c, exercise, scale, doses, width)]
    fitting = [choice for choice in choices if choice is not None and choice.wide <= width]
    best = min(fitting or [_Choice(doses, 0.0)], key=lambda choice: choice.block.height(width))
    return c.stack(name, c.space(0.3), best.block, role="Sect")


class _Choice(NamedTuple):
    """An arrangement with the width that its drawings need, in points."""

    block: Block
    wide: float


def _drawings(c: Composer, exercise: PlannedExercise, scale: float) -> list[Figure]:
    """Start position small, end position at full scale; or the only one."""
    panels = exercise.main.panels
    emblem = exercise.main.emblem
    if emblem is None:
        return []
    end = c.panel(emblem, scale)
    return [c.panel(panels[0], scale * _START), end] if len(panels) > 1 else [end]


def _above(c: Composer, exercise: PlannedExercise, scale: float, doses: Block) -> _Choice:
    figures = _drawings(c, exercise, scale)
    if not figures:
        return _Choice(doses, 0.0)
    gap = c.look.gap * 1.5
    wide = sum(figure.wide for figure in figures) + gap * (len(figures) - 1)
    row = Columns(tuple(figures), tuple(figure.wide for figure in figures), gap, align="bottom")
    return _Choice(c.stack(row, c.space(0.5), doses), wide)


def _beside(
    c: Composer, exercise: PlannedExercise, scale: float, doses: Block, width: float
) -> _Choice | None:
    """Both drawings at the left, or the end position alone, and the doses in what is left."""
    figures = _drawings(c, exercise, scale)
    least = width * 0.4
    if not figures:
        return None
    pile = Stack(tuple(figures), c.look.gap * 0.5)
    wide = max(figure.wide for figure in figures)
    return _Choice(Columns((pile, doses), (wide, 1.0), c.look.gap * 1.5), wide + least)
