"""Exercise cards: name, purpose, steps beside drawings, doses by week, variants, mistakes, cautions."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, first_fitting
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections import exercise_narrow
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_heading import heading_and_purpose
from pdfgen.typesetting.sections.exercise_steps import Arrangement, StepsAndDrawings
from pdfgen.typesetting.sections.exercise_words import MOST_SMALL, facts, framed, personal
from pdfgen.typesetting.twins import matched, matched_blocks

#: Heights of steps and drawings that are tried, the highest first: alone on a page, and with two on a page.
_HEIGHTS_ALONE = tuple(height * MM for height in range(150, 30, -6))
_HEIGHTS_OF_TWO = tuple(height * MM for height in range(66, 30, -3))
#: Drawings stand at true size (1 mm is 1 mm); alone on a page they may be larger.
_TRUE_SIZE = MM
_SIZE_ALONE = 1.6 * MM
_LEAST_SIZE = 0.5 * MM
#: Small drawings on each of two cards on a page, in order of preference.
_SMALL_OF_TWO = ((2, 2), (1, 2), (2, 1), (1, 1), (0, 2), (2, 0), (0, 1), (1, 0), (0, 0))


def compose(c: Composer) -> list[Flowed]:
    """Return one card an exercise. Two share a page where the layout wants it and both fit.

    Only the drawings give way, those of easier and harder forms first; type never does.
    """
    if c.is_narrow:
        return exercise_narrow.compose(c)
    blocks: list[Flowed] = []
    waiting = [_Card(c, exercise) for exercise in c.plan.exercises_by_form]
    while waiting:
        pair = _on_one_page(c, waiting[:2]) if c.layout.exercises.a_page == 2 and len(waiting) > 1 else None
        if pair is None:
            blocks += _alone(c, waiting.pop(0))
            continue
        first, second = pair
        blocks.append(Flowed(first, new_page=True))
        blocks.append(Flowed(second, before=c.look.gap * 2, anchor=0.5, stretch=c.look.gap * 6))
        del waiting[:2]
    return blocks


def _alone(c: Composer, card: _Card) -> list[Flowed]:
    """Return a card with drawings as large as its page allows.

    A card splits only where one page cannot hold it: then what concerns this patient follows in pieces.
    """
    blocks = (card.block(height, _SIZE_ALONE) for height in _HEIGHTS_ALONE)
    fitting = first_fitting(blocks, lambda block: block.height(c.look.width), c.look.height)
    if fitting is not None:
        return [Flowed(fitting, new_page=True)]
    first, *others = card.pieces()
    return [Flowed(first, new_page=True), *(Flowed(block, before=c.look.gap) for block in others)]


def _on_one_page(c: Composer, cards: Sequence[_Card]) -> tuple[Block, Block] | None:
    """Return two cards that fit on one page, with drawings as large as that allows; None if they do not.

    Easier and harder forms are drawn where that costs the drawings of the exercise next to nothing.
    """
    room = c.look.height - c.look.gap * 2
    for index, height in enumerate(_HEIGHTS_OF_TWO):
        if not all(card.is_legible(height) for card in cards):
            return None
        if _fitting(c, cards, height, (0, 0), room):
            lower = [h for h in _HEIGHTS_OF_TWO[index : index + 3] if all(d.is_legible(h) for d in cards)]
            choices = (_fitting(c, cards, h, small, room) for small in _SMALL_OF_TWO for h in lower)
            return next(choice for choice in choices if choice is not None)
    return None


def _fitting(
    c: Composer, cards: Sequence[_Card], height: float, small: tuple[int, int], room: float
) -> tuple[Block, Block] | None:
    """Return two cards with so many small drawings each, if they fit in `room` points."""
    first, second = (card.sized(height, _TRUE_SIZE, count) for card, count in zip(cards, small, strict=True))
    return (first[0], second[0]) if first[1] + second[1] <= room else None


class _Card:
    """A card whose drawings can still take one size or another."""

    def __init__(self, c: Composer, exercise: PlannedExercise) -> None:
        def of(copy: Composer) -> PlannedExercise:
            return copy.plan.counterpart(exercise)

        self._steps = StepsAndDrawings(c, exercise)
        self._above = matched(c, lambda copy: heading_and_purpose(copy, of(copy), 1.0))
        self._facts = matched_blocks(c, lambda copy: _all_facts(copy, of(copy)))
        self._doses = matched(c, lambda copy: _doses(copy, of(copy)))
        self._personal = matched_blocks(c, lambda copy: personal(copy, of(copy)))
        self._composer = c
        self._sized: dict[tuple[Arrangement, int], tuple[Block, float]] = {}

    def sized(self, height: float, size: float, small: int) -> tuple[Block, float]:
        """Return the card with its height; see `block`."""
        key = self._steps.arrangement(height, size), small
        if key not in self._sized:
            block = self.block(height, size, small)
            self._sized[key] = block, block.height(self._composer.look.width)
        return self._sized[key]

    def block(self, height: float, size: float, small: int = MOST_SMALL) -> Block:
        """Return the card with at most `small` drawings of variants; see `StepsAndDrawings.arrangement`."""
        steps = self._steps.block(self._steps.arrangement(height, size))
        c = self._composer
        own = [framed(c, self._personal)] if self._personal else []
        below = Stack((*own, self._facts[small]), c.look.gap * 0.5)
        return Stack((self._above, steps, self._doses, below), role="Sect")

    def pieces(self) -> list[Block]:
        """Return the card in parts that may stand on different pages."""
        steps = self._steps.block(self._steps.arrangement(0.0, _TRUE_SIZE))
        first = Stack((self._above, steps, self._doses, self._facts[0]), role="Sect")
        return [first, *(framed(self._composer, [line]) for line in self._personal)]

    def is_legible(self, height: float) -> bool:
        """Whether the drawings are large enough when steps and drawings may be so high."""
        return self._steps.arrangement(height, _TRUE_SIZE).scale >= _LEAST_SIZE


def _doses(c: Composer, exercise: PlannedExercise) -> Block:
    if not any(exercise.doses):
        return c.space(1.0)
    return Stack((c.space(1.0), doses(c, exercise, c.look.width), c.space(1.0)))


def _all_facts(c: Composer, exercise: PlannedExercise) -> tuple[Block, ...]:
    """Return the facts with no, one and two drawings of variants."""
    return tuple(facts(c, exercise, small) for small in range(MOST_SMALL + 1))
