"""The front of the card of a form: all that it takes to do it, with what is left to other sides.

Who lies on the floor does not turn a card over: what is meant for this patient, drawings, doses and steps
stand together in front where they can. Type never shrinks, and nothing is left out.
"""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.card_faces import care, steps, what_goes_wrong, words_in_front
from pdfgen.typesetting.sections.card_sides import Side, sides_of
from pdfgen.typesetting.sections.form_card import FormCard
from pdfgen.typesetting.sections.form_card_backs import Tables, has_room, least_drawn, tables

#: White between steps, in gaps, the best first; the last is the least.
_AIRS = (1.0, 0.3)
#: Part of a side that steps may take under the words that send to its front.
_UNDER_WORDS = 0.8


class Front(NamedTuple):
    """A way to set the front of the card of a form, with what it leaves to others.

    Attributes:
        above, below: what stands above and below its drawings.
        behind: the sides after it.
        scale: the largest of its drawings, in points a millimetre; 0 where it has none.
        before: sides that come before it, where a card has no room for its words and its drawings.
        sends_back: whether steps stand behind, below words that send to what goes before them.
        stops: whether front or back has room for when to stop.
        is_one_card: whether all of it is on two sides.
    """

    above: Side
    below: Side
    behind: list[Side]
    scale: float
    before: tuple[Side, ...] = ()
    sends_back: bool = False
    stops: bool = True
    is_one_card: bool = True


def usual_fronts(card: FormCard) -> list[Front]:
    """Return the ways to set a form on one card with as much in front as it holds, the most white first.

    What goes wrong stands right below the steps. It leaves the front, and then steps do, where drawings
    would be too small beside them. What needs care never does.
    """
    c, form = card.composer, card.form
    wrong, watch = what_goes_wrong(c, form), care(c, form)
    told = [steps(c, form, card.room, air) for air in _AIRS]
    weeks = tables(card, [])
    found = [way for some in told if (way := _front(card, weeks, [*some, *wrong, *watch], []))]
    if found:
        return [way for way in found if way.stops] or found
    if way := _front(card, tables(card, wrong), [*told[-1], *watch], wrong):
        return [way]
    behind = [*card.sending(), *told[-1], *wrong]
    way = _front(card, tables(card, behind), watch, behind)
    return [way._replace(sends_back=True)] if way else []


def fronts_without_wrong(card: FormCard) -> list[Front]:
    """Return the ways with steps in front and what goes wrong behind, where drawings behind are kept."""
    c, form = card.composer, card.form
    wrong, watch = what_goes_wrong(c, form), care(c, form)
    weeks = tables(card, [])
    if weeks is None or not has_room(card, weeks, wrong, [], []):
        return []
    above, foot = least_drawn(card), [card.stop]
    if has_room(card, weeks, [], above, foot) != has_room(card, weeks, wrong, above, foot):
        return []
    told = [steps(c, form, card.room, air) for air in _AIRS]
    return [way for some in told if (way := _front(card, weeks, [*some, *watch], wrong))]


def divided_front(card: FormCard) -> Front:
    """Return the way for cards that are too small for a form, and for what takes more than a card.

    What is meant for this patient only stays with the drawings, though they are smaller; a card that
    holds them not even so has it before them.

    Raises:
        FitError: the drawings would be too small to be seen even so.
    """
    c, form = card.composer, card.form
    words, watch = words_in_front(c, form), care(c, form)
    under = [*card.sending(), *steps(c, form, card.room * _UNDER_WORDS), *what_goes_wrong(c, form)]
    for below, others, least in (
        ([*card.doses, *watch], under, card.least),
        (card.doses, [*under, *watch], card.least),
        ([], [*under, *watch], 0.0),
    ):
        scale = card.scale(words, below, least)
        if scale is not None:
            return Front(words, below, _behind(card, others), scale, is_one_card=False)
    scale = card.scale([], [])
    if scale is None:
        raise card.too_small("drawings would")
    before = tuple(sides_of(c, words, card.used))
    return Front([], [], _behind(card, [*under, *watch]), scale, before, is_one_card=False)


def _front(card: FormCard, weeks: Tables | None, in_front: Side, behind: Side) -> Front | None:
    """Return a front with its back; None where drawings would be too small, or the back has no room."""
    words, below = words_in_front(card.composer, card.form), [*card.doses, *in_front]
    scale = None if weeks is None else card.scale(words, below, card.least)
    if weeks is None or scale is None:
        return None
    front, above, foot = Front(words, below, [behind], scale), least_drawn(card), [card.stop]
    if has_room(card, weeks, behind, above, foot):
        return front
    is_in_its_place = has_room(card, weeks, behind, [], foot)
    if is_in_its_place and not has_room(card, weeks, behind, above, []):
        return front
    # Beside drawings behind when to stop stands in front, where drawings are not too small beside it.
    beside = card.scale(words, [*below, *foot], card.least)
    return front._replace(stops=is_in_its_place) if beside is None else front._replace(scale=beside)


def _behind(card: FormCard, told: Side) -> list[Side]:
    """Return what stands behind drawings on sides of its own, then the weeks."""
    sides = sides_of(card.composer, told, card.used)
    return [*sides, *_week_sides(card, 1 if len(sides) % 2 == 0 else 2)]


def _week_sides(card: FormCard, least: int) -> list[Side]:
    """Return sides with the weeks alone: `least`, or more by twos, so that no side is left over."""
    weeks = len(card.form.weeks)
    for count in (*range(least, weeks + 1, 2), *range(3 - least, weeks + 1, 2)):
        for parts in (parts for way in card.weeks for parts in way.parts(count)):
            if all(part.height(card.composer.look.width) <= card.room for part in parts):
                return [[Flowed(part)] for part in parts]
    if weeks:
        raise card.too_small("a week with its dose would")
    return []
