"""The cards of a form of an exercise: in front all that it takes to do it, behind its weeks with boxes.

Who lies on the floor does not turn a card over: what is meant for this patient, drawings, doses and steps
stand together in front where they can. Type never shrinks, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Rule, Space, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.card_faces import (
    care,
    drawings,
    form_name,
    largest_scale,
    own_words,
    steps,
    stop_foot,
    what_goes_wrong,
    words_in_front,
)
from pdfgen.typesetting.sections.card_sides import ANY, Side, filled, lines, sides_of, with_foot
from pdfgen.typesetting.sections.card_weeks import CardWeeks, card_weeks
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_heading import card_heading
from pdfgen.typesetting.sections.exercise_pictures import least_scale
from pdfgen.typesetting.sections.exercise_words import front_first, goes_before_drawings

#: White between steps, in gaps, the best first; the last is the least.
_AIRS = (1.0, 0.3)
#: Part of a side that steps may take under the words that send to its front.
_UNDER_WORDS = 0.8
#: Sizes of the drawings behind, in sizes of those in front, the best first.
_AGAIN = tuple(percent / 100 for percent in range(100, 48, -4))
#: Drawings of one form may be so many times those of another one of the exercise, in front.
_ALIKE = 1.5
#: Drawings in front below so many times their least size are small: what goes wrong then stands behind, where
#: that makes them so many times larger.
_SMALL, _WORTH_IT = 1.6, 1.06
#: A form takes at most so many cards with all of it on each.
_MOST_CARDS = 3


class _Front(NamedTuple):
    """A way to set the front of the card of a form, with what it leaves to others.

    Attributes:
        above, below: what stands above and below its drawings.
        behind: the sides after it.
        scale: the largest of its drawings, in points a millimetre; 0 where it has none.
        before: sides that come before it, where a card has no room for its words and its drawings.
        sends_back: whether steps stand behind, below words that send to what goes before them.
        stops: whether front or back has room for when to stop.
    """

    above: Side
    below: Side
    behind: list[Side]
    scale: float
    before: tuple[Side, ...] = ()
    sends_back: bool = False
    stops: bool = True


class FormCards(NamedTuple):
    """A form, or some of its weeks, with its fronts and backs by turns."""

    form: PlannedExercise
    sides: tuple[Side, ...]


def cards_of(c: Composer, exercise: PlannedExercise) -> list[FormCards]:
    """Return the cards of all forms of an exercise, with drawings of much the same scale.

    Raises:
        FitError: a drawing or a week would be too large for a card.
    """
    cards = [card for form in exercise.by_form for card in _cards_of(c, form)]
    if any(card.is_better_with_wrong_behind for card in cards):
        for card in cards:
            card.put_wrong_behind()
    most = min((card.largest for card in cards if card.largest), default=0.0) * _ALIKE
    return [FormCards(card.form, tuple(card.sides(min(most, card.largest)))) for card in cards]


def _cards_of(c: Composer, form: PlannedExercise) -> list[_Card]:
    """Return the cards of a form: more than one where a back does not hold its weeks, each with all of it."""
    weeks = form.weeks
    for count in range(1, min(_MOST_CARDS, max(1, len(weeks))) + 1):
        parts = rows_of(weeks, -(-len(weeks) // count)) if weeks else [()]
        cards = [_Card(c, form.in_weeks(part), is_first=not i) for i, part in enumerate(parts)]
        if all(card.ways for card in cards):
            return cards
    return [_Card(c, form, is_first=True)]


class _Card:
    """The card of a form of an exercise, or where it has no room there, its cards."""

    def __init__(self, c: Composer, form: PlannedExercise, *, is_first: bool) -> None:
        self._composer, self.form, self._is_first, self._is_wrong_behind = c, form, is_first, False
        # Whichever side is first, each has as much above what it says.
        self._used = max(
            extent(self._head(is_front=is_front, is_start=False), c.look.width, at_top=True)
            + c.look.gap * 0.6
            for is_front in (True, False)
        )
        self._room, self._stop = c.look.height - self._used, stop_foot(c)
        options, panels = c.layout.exercise_weeks, form.main.panels
        self._least = max(
            (least_scale(c, panel, options.lying, options.standing) for panel in panels), default=0.0
        )
        self._words = words_in_front(c, form)
        self._made: list[CardWeeks] = []
        without = [CardWeeks([], (False, "both", True, False))]
        self._further = card_weeks(c, form, 1) if any(form.doses) else iter(without)
        told = doses(c, form, c.look.width, on_card=True)
        self._doses = [Flowed(told, before=c.look.gap)] if any(form.doses) else []

    def _head(self, *, is_front: bool, is_start: bool) -> Side:
        """Return name and form, which stand on every side."""
        c, gap = self._composer, self._composer.look.gap
        heading = card_heading(c, self.form, is_front=is_front, is_first=is_start)
        rule = Flowed(Rule(c.look.accent, 1.0), before=gap * 0.4)
        return [Flowed(heading), rule, Flowed(form_name(c, self.form), before=gap * 0.6)]

    @property
    def ways(self) -> list[_Front]:
        """The ways to set the form on one card, those with most white first; none without room there."""
        return self._with_wrong_behind if self._is_wrong_behind else self._usual

    @cached_property
    def _usual(self) -> list[_Front]:
        """The ways with as much in front as it holds.

        What goes wrong stands right below the steps. It leaves the front, and then steps do, where drawings
        would be too small beside them. What needs care never does.
        """
        c, form = self._composer, self.form
        wrong, watch = what_goes_wrong(c, form), care(c, form)
        told = [steps(c, form, self._room, air) for air in _AIRS]
        found = [way for some in told if (way := self._way([*some, *wrong, *watch], []))]
        if found:
            return [way for way in found if way.stops] or found
        if way := self._way([*told[-1], *watch], wrong):
            return [way]
        way = self._way(watch, [*self._first(), *told[-1], *wrong])
        return [way._replace(sends_back=True)] if way else []

    @cached_property
    def _with_wrong_behind(self) -> list[_Front]:
        """The ways with steps in front and what goes wrong behind, where drawings behind are kept."""
        c, form = self._composer, self.form
        wrong, watch = what_goes_wrong(c, form), care(c, form)
        again = [*own_words(c, form), *self._drawn(self._least)]

        def has_drawings(told: Side) -> bool:
            return any(self._fits([*back, self._stop]) for back in self._backs(told, again, self._kind(told)))

        if self._kind(wrong) != self._kind([]) or has_drawings([]) != has_drawings(wrong):
            return []
        told = [steps(c, form, self._room, air) for air in _AIRS]
        return [way for some in told if (way := self._way([*some, *watch], wrong))]

    @property
    def is_better_with_wrong_behind(self) -> bool:
        """Whether drawings are small, and larger where what goes wrong stands behind."""
        if self.largest >= _SMALL * self._least:
            return False
        moved = max((way.scale for way in self._with_wrong_behind), default=0.0)
        return moved >= _WORTH_IT * self.largest

    def put_wrong_behind(self) -> None:
        """Put what goes wrong behind, if there is room, as on the other cards of the exercise."""
        self._is_wrong_behind = bool(self._with_wrong_behind)

    def _way(self, in_front: Side, behind: Side) -> _Front | None:
        """Return a front with its back; None where drawings would be too small, or the back has no room."""
        below = [*self._doses, *in_front]
        scale = self._scale(self._words, below, self._least)
        kind = self._kind(behind)
        if scale is None or kind is None:
            return None
        own = [*own_words(self._composer, self.form), *self._drawn(self._least)]
        for above, is_needed in ((own, False), ([], True)):
            backs = [*self._backs(behind, above, kind=kind)]
            if any(self._fits([*back, self._stop]) for back in backs):
                break
            if is_needed or any(map(self._fits, backs)):
                # When to stop stands in front then, where drawings are not too small beside it.
                beside = self._scale(self._words, [*below, self._stop], self._least)
                if beside is not None or is_needed:
                    return _Front(self._words, below, [behind], beside or scale, stops=beside is not None)
        return _Front(self._words, below, [behind], scale)

    def _kind(self, told: Side) -> object:
        """Return the best kind of weeks of which a back has room for what is told below them, if any."""
        ways = (way.kind for way in self._weeks() if self._fits([*map(Flowed, way.parts), *told]))
        return next(ways, None)

    @property
    def largest(self) -> float:
        """The largest scale of the drawings."""
        return max((way.scale for way in self.ways), default=self._divided.scale)

    def _front(self, scale: float) -> _Front:
        """Return the way with most in front that holds drawings of a scale.

        A side to write on is behind it where its number of sides is odd.
        """
        holding = (way for way in self.ways if way.scale >= scale or not way.scale)
        front = next(holding, None) or self._divided
        is_even = (len(front.before) + 1 + len(front.behind)) % 2 == 0
        return front if is_even else front._replace(behind=[*front.behind, []])

    def _first(self) -> Side:
        """Return what sends from steps to the words in front, where there are some that go before them."""
        if not goes_before_drawings(self.form):
            return []
        return [Flowed(front_first(self._composer), before=self._composer.look.gap * 0.4)]

    def _weeks(self) -> Iterator[CardWeeks]:
        """Yield the ways to set all weeks on one side, each made once; one without any if there are none."""
        yield from self._made
        for way in self._further:
            self._made.append(way)
            yield way

    def _backs(self, told: Side, above: Side | None = None, kind: object = None) -> Iterator[Side]:
        """Yield the ways to set weeks with what is told below them, those with the largest boxes first.

        Args:
            above: what stands above the weeks.
            kind: of the weeks; any unless given.
        """
        gap = self._composer.look.gap
        for weeks in self._weeks():
            if kind in (None, weeks.kind):
                below = [*(Flowed(part) for part in weeks.parts), *told]
                start = below[:1]
                if above and below:
                    # As much white below drawings as above them.
                    start = [below[0]._replace(before=gap * 1.5, stretch=above[-1].stretch)]
                yield [*(above or []), *start, *below[1:]]

    def _fits(self, side: Side) -> bool:
        """Whether a side under its heading has room for blocks."""
        return extent(side, self._composer.look.width, at_top=True) <= self._room

    @cached_property
    def _divided(self) -> _Front:
        """The way for cards that are too small for a form, and for what takes more than a card.

        What is meant for this patient only stays with the drawings, though they are smaller; a card that
        holds them not even so has it before them.

        Raises:
            FitError: the drawings would be too small to be seen even so.
        """
        c, form = self._composer, self.form
        under = [*self._first(), *steps(c, form, self._room * _UNDER_WORDS), *what_goes_wrong(c, form)]
        watch = care(c, form)
        for below, others, least in (
            ([*self._doses, *watch], under, self._least),
            (self._doses, [*under, *watch], self._least),
            ([], [*under, *watch], 0.0),
        ):
            scale = self._scale(self._words, below, least)
            if scale is not None:
                return _Front(self._words, below, self._behind(others), scale)
        scale = self._scale([], [])
        if scale is None:
            raise self._too_small("drawings would")
        behind = self._behind([*under, *watch])
        return _Front([], [], behind, scale, tuple(sides_of(c, self._words, self._used)))

    def _behind(self, told: Side) -> list[Side]:
        """Return what stands behind drawings on sides of its own, then the weeks."""
        sides = sides_of(self._composer, told, self._used)
        return [*sides, *self._week_sides(1 if len(sides) % 2 == 0 else 2)]

    def _too_small(self, what: str) -> FitError:
        advice = "not fit on a card; choose fewer cards on a sheet, or larger paper"
        return FitError(Problem(f"exercise {self.form.number}, {self.form.name}: {what} {advice}", "layout"))

    def _scale(self, above: Side, below: Side, least: float = 0.0) -> float | None:
        """Return the largest scale of the drawings between others; None where it is under the `least`."""
        c, panels = self._composer, self.form.main.panels
        taken = extent([*above, *below], c.look.width, at_top=False)
        free = self._room - taken - (c.look.gap if panels else 0.0)
        if not panels:
            return 0.0 if free >= 0 else None
        return largest_scale(c, panels, free, least) or None

    def _week_sides(self, least: int) -> list[Side]:
        """Return sides with the weeks alone: `least`, or more by twos, so that no side is left over."""
        c, weeks = self._composer, sum(dose is not None for dose in self.form.doses)
        for count in (*range(least, weeks + 1, 2), *range(3 - least, weeks + 1, 2)):
            for parts, _ in card_weeks(c, self.form, count):
                if len(parts) == count and all(part.height(c.look.width) <= self._room for part in parts):
                    return [[Flowed(part)] for part in parts]
        if weeks:
            raise self._too_small("a week with its dose would")
        return []

    def sides(self, scale: float) -> Iterator[Side]:
        """Yield fronts and backs with their headings, and drawings at a scale."""
        c, front = self._composer, self._front(scale)
        first, *others = front.below or [Flowed(Space(0.0))]
        shown = [*front.above, *self._drawn(scale), first._replace(stretch=ANY), *others]
        behind = [self._filled(front, side, scale) for side in front.behind] if self.ways else front.behind
        taken = self._used + extent([self._stop], c.look.width, at_top=False)
        made = [side or lines(c, taken) for side in (*front.before, shown, *behind)]
        for index, side in enumerate(with_foot(c, made, self._stop, self._used)):
            head = self._head(is_front=index % 2 == 0, is_start=self._is_first and not index)
            start, *rest = side
            yield [*head, start._replace(before=c.look.gap * 0.6), *rest]

    def _drawn(self, scale: float) -> Side:
        """Return the drawings, with as much white above them as there is."""
        c, panels = self._composer, self.form.main.panels
        return [Flowed(drawings(c, panels, scale), before=c.look.gap, stretch=ANY)] if panels else []

    def _again(self, scale: float) -> Iterator[Side]:
        """Yield the drawings as large as in front, then smaller, down to the least that the layout has."""
        if self.form.main.panels:
            smaller = (scale * part for part in _AGAIN if scale * part > self._least)
            yield from map(self._drawn, dict.fromkeys((scale, *smaller, min(scale, self._least))))

    def _grown(self, told: Side, scale: float, kind: object) -> tuple[Side, Side] | None:
        """Return a foot and a back with drawings larger than in front, if it has the largest boxes so."""
        c, panels = self._composer, self.form.main.panels
        own = own_words(c, self.form)
        base = next(self._backs(told, [*own, *self._drawn(scale)], kind), None)
        if not panels or base is None:
            return None
        drawn = drawings(c, panels, scale).height(c.look.width)
        free = self._room - extent([*base, self._stop], c.look.width, at_top=True)
        larger = largest_scale(c, panels, drawn + free) if free >= 0 else 0.0
        if larger <= scale:
            return None
        return [self._stop], next(self._backs(told, [*own, *self._drawn(larger)], kind))

    def _filled(self, front: _Front, told: Side, scale: float) -> Side:
        """Return a back with what has room there: words in a frame, drawings again below them; then lines.

        Drawings go before large boxes, though they are smaller than in front, and weeks with all dates, each
        beside its dose, before drawings. When to stop goes before large drawings, and not before all of them.
        Beside the largest boxes drawings are as large as they can be.
        """
        c = self._composer
        if not told and not any(self.form.doses):
            return []
        own = own_words(c, self.form)
        kind = self._kind(told)
        here = told[len(self._first()) :] if front.sends_back and own else told
        if grown := self._grown(here, scale, kind):
            foot, back = grown
            return filled(c, back, self._used + extent(foot, c.look.width, at_top=False))
        drawn = [(here, [*own, *again]) for again in self._again(scale)]
        ways = (
            (foot, *way)
            for some in (drawn, [(here, own)], [(told, None)])
            for foot, way in product(([self._stop], []), some)
        )
        backs = ((foot, back) for foot, some, above in ways for back in self._backs(some, above, kind))
        foot, back = next((foot, back) for foot, back in backs if self._fits([*back, *foot]))
        return filled(c, back, self._used + extent(foot, c.look.width, at_top=False))
