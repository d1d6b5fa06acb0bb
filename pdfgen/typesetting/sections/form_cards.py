"""The cards of the forms of an exercise: in front all that it takes, behind the weeks with boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Space, rows_of
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.card_sides import ANY, Side, lines, with_foot
from pdfgen.typesetting.sections.form_card import FormCard
from pdfgen.typesetting.sections.form_card_backs import back
from pdfgen.typesetting.sections.form_card_fronts import (
    Front,
    divided_front,
    fronts_without_wrong,
    usual_fronts,
)

#: Drawings of one form may be so many times those of another one of the exercise, in front.
_ALIKE = 1.5
#: Drawings in front below so many times their least size are small: what goes wrong then stands behind, where
#: that makes them so many times larger.
_SMALL, _WORTH_IT = 1.6, 1.06
#: A form takes at most so many cards with all of it on each.
_MOST_CARDS = 3


class FormCards(NamedTuple):
    """A form, or some of its weeks, with its fronts and backs by turns."""

    form: PlannedExercise
    sides: tuple[Side, ...]


class _Card(NamedTuple):
    """A card with the ways to set its front, those with most white first."""

    card: FormCard
    fronts: list[Front]

    @property
    def largest(self) -> float:
        """The largest scale of its drawings."""
        return max(front.scale for front in self.fronts)


def cards_of(c: Composer, exercise: PlannedExercise) -> list[FormCards]:
    """Return the cards of all forms of an exercise, with drawings of much the same scale.

    Raises:
        FitError: a drawing or a week would be too large for a card.
    """
    cards = _with_larger_drawings([card for form in exercise.by_form for card in _cards_of(c, form)])
    most = min((card.largest for card in cards if card.largest), default=0.0) * _ALIKE
    return [FormCards(card.card.form, tuple(_sides(card, min(most, card.largest)))) for card in cards]


def _cards_of(c: Composer, form: PlannedExercise) -> list[_Card]:
    """Return the cards of a form: more than one where a back does not hold its weeks, each with all of it."""
    weeks = form.weeks
    for count in range(1, min(_MOST_CARDS, max(1, len(weeks))) + 1):
        parts = rows_of(weeks, -(-len(weeks) // count)) if weeks else [()]
        cards = [FormCard(c, form.in_weeks(part), is_first=not i) for i, part in enumerate(parts)]
        found = [_Card(card, usual_fronts(card)) for card in cards]
        if all(card.fronts for card in found):
            return found
    whole = FormCard(c, form, is_first=True)
    return [_Card(whole, [divided_front(whole)])]


def _with_larger_drawings(cards: list[_Card]) -> list[_Card]:
    """Return the cards with what goes wrong behind, on all that have room for it there, if one needs that."""
    if not any(map(_is_better_with_wrong_behind, cards)):
        return cards
    return [
        card._replace(fronts=fronts) if (fronts := fronts_without_wrong(card.card)) else card
        for card in cards
    ]


def _is_better_with_wrong_behind(card: _Card) -> bool:
    """Whether drawings are small, and larger where what goes wrong stands behind."""
    if card.largest >= _SMALL * card.card.least:
        return False
    fronts = fronts_without_wrong(card.card)
    return any(front.scale >= _WORTH_IT * card.largest for front in fronts)


def _sides(card: _Card, scale: float) -> Iterator[Side]:
    """Yield fronts and backs with their headings, and drawings at a scale.

    A side to write on is the last one where their number is odd.
    """
    form, c = card.card, card.card.composer
    front = next(front for front in card.fronts if front.scale >= scale or not front.scale)
    first, *others = front.below or [Flowed(Space(0.0))]
    shown = [*front.above, *form.drawn(scale), first._replace(stretch=ANY), *others]
    behind = front.behind
    if front.is_one_card:
        behind = [back(form, told, scale, sends=front.sends_back) for told in behind]
    taken = form.used + extent([form.stop], c.look.width, at_top=False)
    sides = [*front.before, shown, *behind]
    made = [side or lines(c, taken) for side in (*sides, *([[]] if len(sides) % 2 else []))]
    for index, side in enumerate(with_foot(c, made, form.stop, form.used)):
        head = form.head(is_front=index % 2 == 0, is_start=form.is_first and not index)
        start, *rest = side
        yield [*head, start._replace(before=c.look.gap * 0.6), *rest]
