"""Exercises at a glance: cards in two columns with name, drawings and the doses of all weeks in words.

Type keeps its size; the drawings of all cards take one scale, the largest that the room allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Stack
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.dose_words import dose_words
from pdfgen.typesetting.style import LINE, MM
from pdfgen.typesetting.text import Span

#: Scales of the drawings, in points a millimetre, that are tried, the largest first. At the least a figure
#: that lies is 20 mm long, as on the cover of the standard edition.
_SCALES = tuple(percent / 100 * MM for percent in range(160, 34, -3))
#: The start position beside the end position, as a part of its size.
_START = 0.72
#: Share of a card that doses beside a drawing need at least.
_LEAST_WORDS = 0.38
#: Points: so much may a card grow to show its start position as well.
_FOR_START = 3.0


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return warm-up and cards.

    Args:
        room: height in points that they may take.

    Raises:
        FitError: they do not fit with the smallest drawings.
    """
    warm_up = _warm_up(c)
    room -= warm_up.before + warm_up.block.height(c.look.width) + c.look.gap
    width = (c.look.width - _gutter(c)) / 2
    doses = [dose_words(c, exercise) for exercise in c.plan.exercises]
    over = 0.0
    for scale in _SCALES:
        cards = [
            _card(c, exercise, scale, words, width)
            for exercise, words in zip(c.plan.exercises, doses, strict=True)
        ]
        if None in cards:
            continue
        columns = _in_two_columns(c, [card for card in cards if card is not None], width)
        over = max(column.height(width) for column in columns) - room
        if over <= 0:
            return [warm_up, Flowed(_Spread(columns, room, _gutter(c)), before=c.look.gap)]
    message = (
        f"{len(c.plan.exercises)} exercises with their doses do not fit: {over:.0f} points too high; "
        "take fewer exercises or fewer weeks, larger paper, or the layout standard"
    )
    raise FitError(Problem(message, "exercises"))


def _gutter(c: Composer) -> float:
    return c.look.gap * 3


def _warm_up(c: Composer) -> Flowed:
    strip = c.plan.preparation.warm_up
    words = [Span(f"{strip.title}. ", bold=True, colour=c.look.accent), Span(strip.intro)]
    return Flowed(Paragraph(c.text(words)), before=c.look.gap * 0.8)


def _in_two_columns(c: Composer, cards: Sequence[Block], width: float) -> tuple[Stack, ...]:
    """Part the cards where the higher column is lowest; they are read down the first, then the second."""
    gap = c.look.gap * 0.9

    def parted(count: int) -> tuple[Stack, ...]:
        return tuple(Stack(tuple(part), gap) for part in (cards[:count], cards[count:]))

    counts = range(1, len(cards) + 1)
    best = min(counts, key=lambda count: max(column.height(width) for column in parted(count)))
    return parted(best)


class _Spread(NamedTuple):
    """Two columns of cards with white between cards, so that both columns end at one line."""

    columns: tuple[Stack, ...]
    room: float
    gutter: float

    def height(self, width: float) -> float:
        """Return the height of the higher column with white between its cards."""
        inner = (width - self.gutter) / 2
        return min(self.room, max(c.height(inner) + 3 * c.gap * len(c.blocks) for c in self.columns))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the columns."""
        inner = (width - self.gutter) / 2
        for column in self.columns:
            free = self.height(width) - column.height(inner)
            apart = column.gap + free / max(1, len(column.blocks) - 1)
            limit = column.gap * 6
            column._replace(gap=min(apart, limit)).place(canvas, x, y, inner, parent)
            x += inner + self.gutter


def _card(c: Composer, exercise: PlannedExercise, scale: float, doses: Block, width: float) -> Block | None:
    """Return name, drawings and doses in the arrangement that is lowest; None if a drawing is too wide."""
    number = Span(f"{exercise.number}\u00a0\u00a0")
    name = Paragraph(c.text([number, Span(exercise.name)], c.look.h2), "H2", bookmark=1)
    choices = [choice for choice in _choices(c, exercise, scale, doses) if choice.wide <= width]
    if not choices:
        return None
    lowest = min(choice.block.height(width) for choice in choices)
    low = [choice for choice in choices if choice.block.height(width) <= lowest + _FOR_START]
    best = max(low, key=lambda choice: choice.drawings)
    return c.stack(Rule(LINE, 0.5), c.space(0.5), name, c.space(0.3), best.block, role="Sect")


class _Choice(NamedTuple):
    """An arrangement: how many drawings it shows, and the width in points that it needs."""

    block: Block
    drawings: int
    wide: float


def _choices(c: Composer, exercise: PlannedExercise, scale: float, doses: Block) -> Iterator[_Choice]:
    """Doses below or beside the end position, with the start position where there is one, or without."""
    panels = exercise.main.panels
    emblem = exercise.main.emblem
    if emblem is None:
        yield _Choice(doses, 0, 0.0)
        return
    end = c.panel(emblem, scale)
    start = [c.panel(panels[0], scale * _START)] if len(panels) > 1 else []
    gap = c.look.gap * 1.5
    for figures in ([end], [*start, end]):
        yield _below(c, figures, doses, gap)
        wide = max(figure.wide for figure in figures)
        pile = Stack(tuple(figures), c.look.gap * 0.5)
        words = c.look.width / 2 * _LEAST_WORDS
        yield _Choice(Columns((pile, doses), (wide, 1.0), gap), len(figures), wide + gap + words)


def _below(c: Composer, figures: Sequence[Figure], doses: Block, gap: float) -> _Choice:
    wide = sum(figure.wide for figure in figures) + gap * (len(figures) - 1)
    # The last, empty column takes what is left of the width.
    widths = (*(figure.wide for figure in figures), 1.0)
    row = Columns((*figures, c.space(0)), widths, gap, align="bottom")
    return _Choice(c.stack(row, c.space(0.5), doses), len(figures), wide + gap)
