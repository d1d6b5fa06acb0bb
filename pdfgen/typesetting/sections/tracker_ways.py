"""The ways in which the leaves of a program can be made, the best first.

Best is one leaf, drawings that are large enough to copy, and the whole stop rule on each side with exercises.
Then come rows that name the page of cautions and notes instead of saying them, where a page has them, and
last rows without drawings: what to do is shown before what stands on its page is said again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, product, takewhile
from typing import NamedTuple

from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.tracker_ahead import Spread, is_facing, sides_of
from pdfgen.typesetting.sections.tracker_frame import Foot, SheetFrame
from pdfgen.typesetting.sections.tracker_grid_head import grid_head
from pdfgen.typesetting.sections.tracker_pain import has_room, pain_table
from pdfgen.typesetting.sections.tracker_shape import LARGER_PAIR, Told, grid_shapes
from pdfgen.typesetting.sections.tracker_sides import Sizes
from pdfgen.typesetting.sections.tracker_week_end import effort_question, walking_question
from pdfgen.typesetting.sections.tracker_words import has_own_words
from pdfgen.typesetting.tracker_geometry import STEP


class _Choice(NamedTuple):
    """What is chosen besides the shape of rows: whether pain has a table, where stop rule and rows stand."""

    table: bool
    feet: tuple[Foot, ...]
    spread: Spread


#: The whole stop rule on each side, or on one of them.
_BOTH: tuple[Foot, Foot] = ("full", "full")
_FIRST: tuple[Foot, Foot] = ("full", "short")
_LAST: tuple[Foot, Foot] = ("short", "full")
#: With rows on two fronts also on both backs, or on the last one alone.
_BACKS: tuple[Foot, ...] = ("short", "full") * 2
_LAST_BACK: tuple[Foot, ...] = ("short", "short", "short", "full")
_FRONTS: tuple[Foot, ...] = ("full", "short") * 2
#: Of three pages the first, which faces the second, has the rule; its first words come last of all.
_WHOLE: tuple[tuple[Foot, ...], ...] = (("full", "none", "none"), ("plain", "none", "full"))
_FIRST_WORDS: tuple[Foot, ...] = ("short", "none", "full")
#: All that is done on a day in front: what is best of few exercises, where drawings are as large even so. Of
#: others a back that is mostly lines would be paid with smaller ones.
_DAY_IN_FRONT = (_Choice(True, _FIRST, "pain-in-front"),)
#: All exercises in front, with the whole stop rule there or at the back: in large print, whose drawings are
#: large enough even so, this is better than to turn a sheet between two exercises.
_ROWS_IN_FRONT = tuple(_Choice(table, feet, "front") for feet in (_FIRST, _LAST) for table in (True, False))
_HARDLY_SMALLER = 3
#: On one leaf: the best first.
_ONE_LEAF = (
    _Choice(True, _FIRST, "front"), _Choice(True, _BOTH, "both"),
    _Choice(False, _FIRST, "front"), _Choice(False, _BOTH, "both"),
    _Choice(True, _FIRST, "both"), _Choice(False, _FIRST, "both"),
    _Choice(True, _LAST, "front"), _Choice(True, _LAST, "both"),
    _Choice(False, _LAST, "front"), _Choice(False, _LAST, "both"),
)  # fmt: skip

_Floor = tuple[bool, tuple[float, float] | None]
"""Whether an exercise has one drawing, and the least size of drawings."""

_Tried = tuple[tuple[_Choice, ...], _Floor]


def ways(c: Composer, frame: SheetFrame) -> Iterator[Sizes]:
    """Yield what the leaves can have in common, and where their rows stand, the best first."""
    shapes = [*grid_shapes(c, frame.edges)]
    effort = {shape.box: effort_question(c, frame.edges, shape.box) for shape in shapes}
    heads = {shape: grid_head(c, shape) for shape in shapes}
    walking = walking_question(c, frame.edges)
    table = pain_table(c, frame.edges, len(shapes[0].days)) if has_room(frame.edges) else None
    kinds: tuple[Foot, ...] = ("full", "plain", "short", "none")
    bottoms = {foot: on_step(frame.bottom(c, foot)) for foot in kinds}
    floors = [*dict.fromkeys((shape.single, shape.least) for shape in shapes)]
    singles = [*takewhile(lambda floor: floor[0], floors)] if c.look.is_large else []
    drawn = _drawn(c, floors[len(singles) :])
    usual = _usual(c, drawn)
    with_drawings = [*chain(_one_leaf(c, drawn[0], singles, usual), *_two_leaves(c, usual))]
    drawn = [*singles, *drawn]
    without = [*chain(*_two_leaves(c, floors[len(drawn) :]))]
    for told, (choices, floor) in chain(product(_told(c), with_drawings), product(_told(c), without)):
        if told == "cautions" and floor not in drawn:
            continue
        tried = [shape for shape in shapes if (shape.single, shape.least) == floor]
        for choice, shape in product(choices, tried):
            if choice.table and table is None:
                continue
            feet = _feet(c, choice)
            asked = (table if choice.table else None, effort[shape.box], walking)
            common = (frame, shape._replace(told=told), heads[shape], *asked, feet, choice.spread)
            yield Sizes(*common, tuple(bottoms[foot] for foot in feet))


def _told(c: Composer) -> tuple[Told, ...]:
    """Return which words for this patient only stand in rows, all of them first.

    Sheets alone are the only place for them. Without drawings, rows that leave out notes leave out all.
    """
    if has_own_words(c) and c.has_exercises_before("tracker"):
        return "all", "cautions", "none"
    return ("all",)


def _one_leaf(
    c: Composer, largest: _Floor, singles: Sequence[_Floor], drawn: Sequence[_Floor]
) -> list[_Tried]:
    """Return what is tried on one leaf, with drawings where the layout asks for any.

    Args:
        singles: tried in large print before all others with more than a few exercises.
    """
    large = drawn[:_HARDLY_SMALLER] if c.look.is_large and not is_facing(c) else []
    in_front = product((_ROWS_IN_FRONT,), (*singles, *large))
    return [(_DAY_IN_FRONT, largest), *in_front, *product((_ONE_LEAF,), drawn)]


def _two_leaves(c: Composer, floors: Sequence[_Floor]) -> Iterator[list[_Tried]]:
    """Yield what is tried on two leaves.

    Pages that face each other have all rows if these fit there, with the pain of each day if that does too,
    and a third page the questions; leaves that hang beside each other have them on their fronts.
    """
    for order in _orders(c):
        yield [*product((order,), floors)]


def _orders(c: Composer) -> tuple[tuple[_Choice, ...], ...]:
    """Return what is tried on two leaves: all of the first, down to the smallest drawings, before the second.

    The whole stop rule is on backs only where rows leave it no room in front; in large print, whose letters
    leave drawings little room, it is there first of all.
    """
    if is_facing(c):
        spreads: tuple[Spread, ...] = ("day-on-first", "pain-on-first", "two-leaves")
        three = (_on_two_leaves(_WHOLE, spread) for spread in spreads)
        last = _on_two_leaves((_FIRST_WORDS,), "two-leaves")
        return *three, last, _on_two_leaves((_FIRST, _LAST), "three-sides")
    in_front, behind = (_BOTH * 2, _FRONTS), (_BACKS, _LAST_BACK)
    hanging = (*behind, *in_front) if c.look.is_large else (*in_front, *behind)
    fronts = _on_two_leaves(hanging, "two-fronts")
    return fronts, _on_two_leaves((_BOTH, _FIRST, _LAST), "three-sides")


def _on_two_leaves(feet: Sequence[tuple[Foot, ...]], *spreads: Spread) -> tuple[_Choice, ...]:
    return tuple(_Choice(*chosen) for chosen in product((True, False), feet, spreads))


def _drawn(c: Composer, floors: Sequence[_Floor]) -> list[_Floor]:
    return [floor for floor in floors if floor[1] or not c.layout.tracker.least]


def _usual(c: Composer, drawn: Sequence[_Floor]) -> list[_Floor]:
    """Return the least sizes for any number of exercises: the largest are among them with a floor alone."""
    return [floor for floor in drawn if c.layout.tracker.least or floor[1] != LARGER_PAIR]


def _feet(c: Composer, choice: _Choice) -> tuple[Foot, ...]:
    """Return what each side has at its foot: of two pages that face each other, one has the stop rule."""
    feet, is_more = choice.feet, sides_of(choice.spread) > 2
    if is_more and len(feet) > 2:
        return feet
    if is_facing(c):
        feet = tuple("none" if foot == "short" else foot for foot in feet)
        return feet * 2 if is_more else feet
    if not is_more:
        return feet
    between: Foot = "full" if choice.feet == _BOTH else "short"
    return choice.feet[0], between, between, choice.feet[1]


def on_step(length: float) -> float:
    """Return a length in whole steps, not more than it is."""
    return math.floor(length / STEP) * STEP
