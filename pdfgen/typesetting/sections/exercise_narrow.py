"""Exercise cards where the column is narrow for its type, as in large print and in a booklet.

Drawings stand in rows as wide as the page where steps would be squeezed beside them, facts start with their
names, and a card that is too high for its page goes on to the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.planning.plan import PlannedExercise
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_heading import continuation, exercise_heading, heading_and_purpose
from pdfgen.typesetting.sections.exercise_steps import Choice, NarrowSteps
from pdfgen.typesetting.sections.exercise_words import MOST_SMALL, framed, personal, run_in_facts
from pdfgen.typesetting.twins import matched, matched_blocks

#: Drawings at this part of true size are clear, for type of 12 points: no small drawing is worth less.
_CLEAR = 0.8
#: So much of its page must be filled by what an exercise goes on with.
_LEAST_FILLED = 0.4
#: Parts of a page that the first of two cards may take.
_SHARES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65)
#: White between the parts of a card, and what may be added to it on a page that is not full, in gaps.
_BETWEEN = 1.0
_MOST_ADDED = 2.5


def compose(c: Composer) -> list[Flowed]:
    """Return exercises: two on a page where the layout wants it and both fit with clear drawings.

    Else each has a page of its own, or two where one page cannot hold it.
    """
    copies = (c,) if c.twin is None else (c, c.turned())
    headings = [exercise_heading(copy, exercise) for copy in copies for exercise in copy.plan.exercises]
    stacked = not all(heading.fits_one_line(c.look.width) for heading in headings)
    waiting = [_NarrowCard(c, exercise, stacked=stacked) for exercise in c.plan.exercises_by_form]
    blocks: list[Flowed] = []
    while waiting:
        pair = _on_one_page(c, *waiting[:2]) if c.layout.exercises.a_page == 2 and len(waiting) > 1 else None
        blocks += pair or waiting[0].alone()
        del waiting[: 2 if pair else 1]
    return blocks


def _on_one_page(c: Composer, one: _NarrowCard, other: _NarrowCard) -> list[Flowed] | None:
    """Return two cards on a page, the smaller drawings as large as can be; None if they do not fit."""
    gap = c.look.gap * 3
    room = c.look.height - gap
    pairs = ((one.fitted(room * share), other.fitted(room * (1 - share))) for share in _SHARES)
    fitting = [(first, second) for first, second in pairs if first is not None and second is not None]
    if not fitting:
        return None
    first, second = max(fitting, key=lambda pair: min(pair[0].scale, pair[1].scale))
    if min(first.scale, second.scale) < c.enlarged(_CLEAR) * MM:
        return None
    return [Flowed(first.block, new_page=True), Flowed(second.block, before=gap, stretch=gap * 2)]


class _NarrowCard:
    """A card whose drawings can still take one size or another."""

    def __init__(self, c: Composer, exercise: PlannedExercise, *, stacked: bool) -> None:
        self._composer = c
        self._exercise = exercise
        self._steps = NarrowSteps(c, exercise)
        self._above = matched(c, lambda copy: heading_and_purpose(copy, self._of(copy), 0.8, stacked=stacked))
        self._doses = matched(c, lambda copy: doses(copy, self._of(copy), c.look.width))
        self._personal = matched_blocks(c, lambda copy: personal(copy, self._of(copy)))
        self._facts = [self._matched_facts(small) for small in range(MOST_SMALL + 1)]

    def _of(self, copy: Composer) -> PlannedExercise:
        return copy.plan.counterpart(self._exercise)

    def _matched_facts(self, small: int) -> Sequence[Block]:
        return matched_blocks(self._composer, lambda copy: run_in_facts(copy, self._of(copy), small))

    def _below(self, small: int) -> list[Block]:
        """Return doses, what is meant for this patient, and facts with at most `small` drawings."""
        c = self._composer
        own = [framed(c, self._personal)] if self._personal else []
        facts = Stack(tuple(self._facts[small]), c.look.gap * 0.6)
        return [self._doses, *own, facts]

    def alone(self) -> list[Flowed]:
        """Return the card on one page, or on more where one cannot hold it."""
        fitted = self.fitted(self._composer.look.height)
        return [Flowed(fitted.block, new_page=True)] if fitted else self._on_two_pages()

    def fitted(self, room: float) -> Choice | None:
        """Return the card in `room` points of height, with small drawings where the others stay clear."""
        choices = [(self._choice(self._below(small), room), small) for small in range(MOST_SMALL, -1, -1)]
        fitting = [(choice, small) for choice, small in choices if choice is not None]
        if not fitting:
            return None
        enough = min(self._composer.enlarged(_CLEAR) * MM, fitting[-1][0].scale)
        choice, small = next(pair for pair in fitting if pair[0].scale >= enough)
        return Choice(self._page(choice, self._below(small), room), choice.scale)

    def _on_two_pages(self) -> list[Flowed]:
        """Return the card with large drawings and what else its first page holds, the rest on a second.

        Where cautions and notes are too long for that, they follow each other over as many pages as it takes.
        """
        c = self._composer
        below = self._below(MOST_SMALL)
        for count in range(len(below) - 1, -1, -1):
            choice = self._choice(below[:count], c.look.height)
            rest = [Flowed(block, before=c.look.gap * _BETWEEN) for block in below[count:]]
            filled = self._height(below[count:]) / c.look.height
            if choice is not None and (filled >= _LEAST_FILLED or count == 0) and filled <= 0.9:
                return [
                    Flowed(self._page(choice, below[:count], c.look.height), new_page=True),
                    *self._continued(rest),
                ]
        return self._parted()

    def _parted(self) -> list[Flowed]:
        """Return the card in the smallest parts."""
        c = self._composer
        gap = c.look.gap * _BETWEEN
        choice = self._choice([], c.look.height)
        if choice:
            first = [Flowed(self._page(choice, [], c.look.height), new_page=True)]
        else:
            drawings = Flowed(self._steps.drawings())
            above = Flowed(self._above, new_page=True, keep=True)
            first = [above, drawings, Flowed(self._steps.bare, before=gap)]
        own = [framed(c, [line]) for line in self._personal]
        rest = [Flowed(block, before=gap) for block in (self._doses, *own, *self._facts[MOST_SMALL])]
        return [*first, *self._continued(rest)]

    def _continued(self, rest: list[Flowed]) -> list[Flowed]:
        """Return the parts on a page that says what they belong to."""
        heading = matched(self._composer, lambda copy: continuation(copy, self._of(copy)))
        return [Flowed(heading, new_page=True, keep=True), *rest]

    def _choice(self, below: list[Block], room: float) -> Choice | None:
        c = self._composer
        used = self._above.height(c.look.width) + self._height(below)
        return self._steps.choice(room - used)

    def _height(self, blocks: list[Block]) -> float:
        """Return the height of parts with the white above each of them."""
        c = self._composer
        return sum(block.height(c.look.width) + c.look.gap * _BETWEEN for block in blocks)

    def _page(self, choice: Choice, below: list[Block], room: float) -> Block:
        """Return the parts of a card in `room` points, with the white that is left spread between them."""
        c = self._composer
        gap = c.look.gap
        parts: tuple[Block, ...] = (choice.block, *below)
        used = self._above.height(c.look.width) + choice.block.height(c.look.width) + self._height(below)
        free = max(0.0, room - used) / max(1, len(parts) - 1)
        return Stack((self._above, Stack(parts, gap * _BETWEEN + min(free, gap * _MOST_ADDED))), role="Sect")
