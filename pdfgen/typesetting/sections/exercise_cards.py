"""Exercise cards to cut out: sides that are front and back by turns, so that their number is even.

A set starts with whose program it is, all signs to call for and the safety rules. Then each form of each
exercise has a card with its drawings and its weeks in front and its steps behind; where they have no room
there, its weeks stand on a card of their own. Type never shrinks, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Block, Rule, Space
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, PagePlan, extent, paginate
from pdfgen.typesetting.sections import card_safety
from pdfgen.typesetting.sections.card_faces import (
    drawings,
    form_name,
    how,
    largest_scale,
    words_in_front,
)
from pdfgen.typesetting.sections.card_title import contents, title
from pdfgen.typesetting.sections.card_weeks import card_weeks
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_heading import card_heading
from pdfgen.typesetting.sections.exercise_pictures import least_scale
from pdfgen.typesetting.sections.exercise_words import front_first, goes_before_drawings

_NAME = "exercise-cards"

#: Type of this size and more leaves a card no room for drawings; in points.
_LARGE_PRINT = 18.0
#: White that may go above and under the drawings: all there is.
_ANY = 1000.0
#: Drawings this much larger than their least size give room to the doses.
_ENOUGH = 1.4
#: Part of a side that steps may take under the words that send to its front.
_UNDER_WORDS = 0.8

Side = list[Flowed]


def compose(c: Composer) -> tuple[PagePlan, ...]:
    """Return fronts and backs by turns: the first cards, those of each exercise, and one to write on.

    Raises:
        FitError: a paragraph or a drawing is too large for a card, or the type.
    """
    if c.look.body.size >= _LARGE_PRINT:
        raise FitError(Problem("cards have no room for large print; take the layout large-print", "layout"))
    sides = _first_sides(c)
    for exercise in c.plan.exercises:
        sides += _exercise_sides(c, exercise)
    sides += _notes(c)
    feet = [c.fill(c.strings.card_of, card=i // 2 + 1, total=len(sides) // 2) for i in range(len(sides))]
    return tuple(PagePlan(tuple(side), foot=foot) for side, foot in zip(sides, feet, strict=True))


def _sides(c: Composer, blocks: Side, used: float = 0.0) -> list[Side]:
    """Divide blocks over sides on which `used` points are taken."""
    look = c.look._replace(bottom=c.look.bottom - used)
    return [list(page.items) for page in paginate(blocks, look, _NAME)] if blocks else []


def _first_sides(c: Composer) -> list[Side]:
    """Return title and contents, behind them the signs to call at once, the rules, and all other signs.

    A side that is left over has lines.
    """
    first, *others = c.plan.safety.boxes
    signs, rules = card_safety.signs(c, first), card_safety.compose(c)
    is_one = len(_sides(c, signs)) == 1
    rules[0] = rules[0]._replace(before=c.look.gap * 1.5, new_page=is_one)
    sides = [*_sides(c, [*title(c), *contents(c)]), *_sides(c, [*signs, *rules])]
    lists = [*(card_safety.signs(c, box) for box in others), card_safety.ask_first(c)]
    apart = ((start._replace(before=c.look.gap * 1.5), *rest) for start, *rest in lists)
    sides += _sides(c, [block for blocks in apart for block in blocks])
    return [*sides, _lines(c)] if len(sides) % 2 else sides


class _Front(NamedTuple):
    """A way to set the front of the card of a form.

    Attributes:
        before: sides that come before it, where a card has no room for its words and its drawings.
        above, below: what stands above and below its drawings.
        behind: the sides after it.
        scale: the largest of its drawings, in points a millimetre; 0 where it has none.
    """

    above: Side
    below: Side
    behind: list[Side]
    scale: float
    before: tuple[Side, ...] = ()


def _exercise_sides(c: Composer, exercise: PlannedExercise) -> list[Side]:
    """Return the cards of all forms of an exercise, with drawings of one scale."""
    forms = [_FormSides(c, form) for form in exercise.by_form]
    fronts = [form.front() for form in forms]
    scale = min((front.scale for front in fronts if front.scale), default=0.0)
    return [side for form, front in zip(forms, fronts, strict=True) for side in form.sides(front, scale)]


class _FormSides:
    """The cards of one form of an exercise: one where that is enough."""

    def __init__(self, c: Composer, form: PlannedExercise) -> None:
        self._composer, self._form = c, form
        # Whichever side is first, each has as much above what it says.
        self._used = max(
            extent(self._head(is_front=is_front, is_first=False), c.look.width, at_top=True)
            + c.look.gap * 0.6
            for is_front in (True, False)
        )
        self._room = c.look.height - self._used
        options, panels = c.layout.exercise_weeks, form.main.panels
        self._least = max(
            (least_scale(c, panel, options.lying, options.standing) for panel in panels), default=0.0
        )

    @cached_property
    def _weeks(self) -> list[Side]:
        """All weeks together, in every way, the largest boxes first."""
        c = self._composer
        return [[Flowed(weeks, before=c.look.gap)] for (weeks,) in card_weeks(c, self._form, 1)]

    def _head(self, *, is_front: bool, is_first: bool) -> Side:
        """Return name and form, which stand on every side."""
        c, gap = self._composer, self._composer.look.gap
        heading = card_heading(c, self._form, is_front=is_front, is_first=is_first)
        rule = Flowed(Rule(c.look.accent, 1.0), before=gap * 0.4)
        return [Flowed(heading), rule, Flowed(form_name(c, self._form), before=gap * 0.6)]

    def front(self) -> _Front:
        """Return the first way that has drawings of their least size or more.

        First the weeks stand in front, then above the steps, then on a card of their own; they leave the
        front sooner where they have room behind. What is meant for this patient only stays with the drawings,
        though they are smaller; a card that holds them not even so has it before them.

        Raises:
            FitError: the drawings would be too small to be seen even so.
        """
        c, form = self._composer, self._form
        words, steps = words_in_front(c, form), how(c, form, self._room)
        if goes_before_drawings(form):
            under = how(c, form, self._room * _UNDER_WORDS)
            steps = [Flowed(front_first(c), before=c.look.gap * 0.4), *under]
        told = _sides(c, steps, self._used)
        has_room_behind = self._behind_steps(steps) is not None
        least = self._least * (_ENOUGH if has_room_behind else 1.0)
        for below in self._weeks:
            scale = self._scale(words, below, least)
            if scale is not None:
                return self._evenly(_Front(words, below, told, scale))
        scale = self._scale(words, [])
        before: list[Side] = []
        if scale is None:
            before, words, scale = _sides(c, words, self._used), [], self._scale([], [])
        if scale is None:
            raise self._too_small("drawings would")
        said, scale = self._dosed(words, scale)
        return self._evenly(_Front(words, said, self._behind(steps, told), scale, tuple(before)))

    def _too_small(self, what: str) -> FitError:
        advice = "not fit on a card; choose 4 cards on a sheet, or larger paper"
        return FitError(
            Problem(f"exercise {self._form.number}, {self._form.name}: {what} {advice}", "layout")
        )

    def _scale(self, above: Side, below: Side, least: float = 0.0) -> float | None:
        """Return the largest scale of the drawings between others; None where it is under the `least`."""
        c, panels = self._composer, self._form.main.panels
        taken = extent([*above, *below], c.look.width, at_top=False)
        free = self._room - taken - (c.look.gap if panels else 0.0)
        if not panels:
            return 0.0 if free >= 0 else None
        return largest_scale(c, panels, free, least) or None

    def _dosed(self, words: Side, scale: float) -> tuple[Side, float]:
        """Return the doses, for a front without weeks, where its drawings stay large; and their scale."""
        c, form = self._composer, self._form
        said = [Flowed(doses(c, form, c.look.width), before=c.look.gap)] if any(form.doses) else []
        smaller = self._scale(words, said) or 0.0
        is_enough = said and smaller >= min(scale, self._least * _ENOUGH)
        return (said, smaller) if is_enough else ([], scale)

    def _behind(self, steps: Side, told: list[Side]) -> list[Side]:
        """Return the sides behind a front that has no weeks."""
        whole = self._behind_steps(steps)
        if whole is not None:
            return [whole]
        return [*told, *self._week_sides(1 if len(told) % 2 == 0 else 2)]

    def _behind_steps(self, steps: Side) -> Side | None:
        """Return the weeks above the steps, where one side has room for both."""
        sides = ([*weeks, *steps] for weeks in self._weeks)
        width = self._composer.look.width
        return next((side for side in sides if extent(side, width, at_top=True) <= self._room), None)

    def _week_sides(self, least: int) -> list[Side]:
        """Return sides with the weeks alone: `least`, or more by twos, so that no side is left over."""
        c, weeks = self._composer, sum(dose is not None for dose in self._form.doses)
        for count in (*range(least, weeks + 1, 2), *range(3 - least, weeks + 1, 2)):
            for parts in card_weeks(c, self._form, count):
                if len(parts) == count and all(part.height(c.look.width) <= self._room for part in parts):
                    return [[Flowed(part)] for part in parts]
        if weeks:
            raise self._too_small("a week with its dose would")
        return []

    def _evenly(self, front: _Front) -> _Front:
        """Return the way with a side to write on where its number of sides is odd."""
        is_even = (len(front.before) + 1 + len(front.behind)) % 2 == 0
        return front if is_even else front._replace(behind=[*front.behind, []])

    def sides(self, front: _Front, scale: float) -> Iterator[Side]:
        """Yield fronts and backs with their headings."""
        c = self._composer
        drawn: Side = []
        if self._form.main.panels:
            drawn = [Flowed(drawings(c, self._form.main.panels, scale), before=c.look.gap, stretch=_ANY)]
        first, *others = front.below or [Flowed(Space(0.0))]
        shown = [*front.above, *drawn, first._replace(stretch=_ANY), *others]
        for index, side in enumerate([*front.before, shown, *front.behind]):
            head = self._head(is_front=index % 2 == 0, is_first=not index)
            start, *rest = side or _lines(c, self._used)
            yield [*head, start._replace(before=c.look.gap * 0.6), *rest]


def _notes(c: Composer) -> list[Side]:
    """Return a card for the patient's own words, on both sides."""
    return [_lines(c), _lines(c)]


def _lines(c: Composer, used: float = 0.0) -> Side:
    """Return lines to write on for a side of which `used` points are taken."""
    words: Block = c.paragraph(f"{c.strings.notes}:", c.look.bold)
    room = c.look.height - used - words.height(c.look.width)
    count = max(1, int(room // WRITING_ROOM))
    return [Flowed(words), Flowed(c.writing_lines(c.strings.notes, count))]
