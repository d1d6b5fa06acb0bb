"""Exercise cards to cut out: sides that are front and back by turns, so that their number is even.

A set starts with whose program it is, the safety rules and all signs to call for. Then each form of each
exercise has a card.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from itertools import accumulate, product

from pdfgen.content.models.layout import CardSheets
from pdfgen.errors import FitError, Problem
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, PagePlan
from pdfgen.typesetting.sections import card_pain, card_safety
from pdfgen.typesetting.sections.card_sides import Side, filled, lines, sides_of
from pdfgen.typesetting.sections.card_title import Placed, contents, title
from pdfgen.typesetting.sections.form_cards import FormCards, cards_of

#: White between the signs of a list, in gaps, and their type, in sizes of running text; less before more.
_SIGNS = ((0.0, 1.0), (0.5, 1.0), (1.0, 1.1), (1.0, 1.2), (1.0, 1.3))
#: What is explained on the first card of doses, as far as it has room, what "2 times 6" asks for before all;
#: whether its exercises stand in larger type, and whether each word begins a line.
_SETS = ("sets", "holds")
_WORDS = (*_SETS, "hold", "rest")
_EXPLAINED = (
    (_WORDS, True, True), (_WORDS, True, False), (_WORDS, False, False),
    (_SETS, True, True), (_SETS, False, True), ((), True, True), ((), False, True),
)  # fmt: skip


def compose(c: Composer) -> tuple[PagePlan, ...]:
    """Return fronts and backs by turns: the first cards, those of each exercise, and one to write on.

    Raises:
        FitError: a paragraph or a drawing is too large for a card, or the type.
    """
    if c.look.is_large:
        raise FitError(Problem("cards have no room for large print; take the layout large-print", "layout"))
    cards = [card for exercise in c.plan.exercises for card in cards_of(c, exercise)]
    others = [side for card in cards for side in card.sides]
    first = _first_sides(c, cards, spare=0)
    if _has_room_on_last_sheet(c, len(first) + len(others)):
        first = _first_sides(c, cards, spare=2)
    sides = [*first, *others]
    feet = [c.fill(c.strings.card_of, card=i // 2 + 1, total=len(sides) // 2) for i in range(len(sides))]
    return tuple(PagePlan(tuple(side), foot=foot) for side, foot in zip(sides, feet, strict=True))


def _has_room_on_last_sheet(c: Composer, sides: int) -> bool:
    """Whether one more card costs no paper."""
    sheets = c.layout.imposition
    return not isinstance(sheets, CardSheets) or bool(sides // 2 % sheets.up)


def _first_sides(c: Composer, cards: Sequence[FormCards], spare: int) -> list[Side]:
    """Return title and contents, then the safety rules and all signs.

    A side that is left over is for pain after each session, or has lines.

    Args:
        spare: sides that the signs may take more, to stand in larger type.
    """
    safety = _safety_sides(c, spare)
    # Beside a title of one side.
    pain = card_pain.pain(c) if len(safety) % 2 == 0 else []
    pain_card = len(safety) // 2 + 1 if pain else 0

    def after(cards_before: int) -> list[Side]:
        placed = _numbered(cards, cards_before)
        ways = (
            contents(c, placed, words, pain_card, large=large, apart=apart)
            for words, large, apart in _EXPLAINED
        )
        found = (sides_of(c, [*title(c), *way]) for way in ways)
        front = next((sides for sides in found if len(sides) == 1), None)
        if front:
            sides = [*front, *safety, *([filled(c, pain)] if pain else [])]
        else:
            words, large, apart = _EXPLAINED[-1]
            listed = contents(c, placed, words, 0, large=large, apart=apart)
            sides = [*sides_of(c, [*title(c), *listed]), *safety]
        return [*sides, lines(c)] if len(sides) % 2 else sides

    # The contents have the numbers of cards, which depend on how many cards the contents take.
    return after(len(after(0)) // 2)


def _numbered(cards: Sequence[FormCards], before: int) -> list[Placed]:
    """Return the forms with the numbers of their cards, which follow on so many others."""
    counts = accumulate((len(card.sides) // 2 for card in cards), initial=before + 1)
    return [Placed(card.form, number) for card, number in zip(cards, counts, strict=False)]


def _safety_sides(c: Composer, spare: int) -> list[Side]:
    """Return the rules, who must ask first, and all signs, on as few sides as hold them, or `spare` more.

    The signs to call at once begin a side where that takes none more, and so do other signs where there are
    sides to spare; signs stand as far apart as they may.
    """
    boxes, rules = c.plan.safety.boxes, card_safety.rules(c)
    listed = cache(partial(_listed, c))

    def sides(ways: Sequence[tuple[float, float]], apart: int) -> list[Side]:
        """Set the signs of the first `apart` boxes each at the top of a side."""
        who, *signs = (listed(index, *way) for index, way in enumerate(ways))
        begun = [[one[0]._replace(new_page=i < apart), *one[1:]] for i, one in enumerate(signs)]
        return sides_of(c, [*rules, *who, *(block for one in begun for block in one)])

    ways = [_SIGNS[0]] * (len(boxes) + 1)
    most = len(sides(ways, 0)) + spare
    apart = max(
        count for count in (range(len(boxes) + 1) if spare else (0, 1)) if len(sides(ways, count)) <= most
    )
    count = len(sides(ways, apart))
    for way, index in product(_SIGNS[1:], range(len(ways))):
        wider = [*ways[:index], way, *ways[index + 1 :]]
        try:
            if len(sides(wider, apart)) == count:
                ways = wider
        except FitError:
            # A sign in larger type has no room on a small card.
            continue
    return sides(ways, apart)


def _listed(c: Composer, index: int, air: float, size: float) -> list[Flowed]:
    """Return who must ask first (0), or the signs of a box (from 1), so many gaps apart, in larger type."""
    if not index:
        return card_safety.ask_first(c, air, size)
    return card_safety.signs(c, index - 1, air, size)
