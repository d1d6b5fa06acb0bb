"""What a side of a week sheet says that is on the next ones, so that nobody overlooks it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.page_names import WIDE_PAGE

Spread = Literal[
    "pain-in-front",
    "front",
    "both",
    "two-fronts",
    "day-on-first",
    "pain-on-first",
    "two-leaves",
    "three-sides",
]
"""Where rows stand: all in front, with the pain of each day or without; on both sides; on the fronts of two
leaves that hang beside each other, with the questions on their backs; on two pages of a booklet that face
each other with what is asked each day there, or the pain alone, and the other questions on a third page, or
all questions; or on three sides with the questions on the fourth."""

_SIDES: dict[Spread, int] = {
    "two-fronts": 4, "three-sides": 4, "day-on-first": 3, "pain-on-first": 3, "two-leaves": 3,
}  # fmt: skip

_BEFORE_NUMBER = re.compile(r" (?=[0-9])")


class Ahead(NamedTuple):
    """What is on another side: what is asked, or more exercises, which is said in bold."""

    pain: str = ""
    more: str = ""


def sides_of(spread: Spread) -> int:
    """Return how many sides a week has."""
    return _SIDES.get(spread, 2)


def end_of(week: int) -> str:
    """Return where links to the page with the questions about a week go to; 0 is the spare one."""
    return f"week-{week}-end"


def is_facing(c: Composer) -> bool:
    """Whether both sides of a week are seen at once, as the pages of a booklet that face each other."""
    return c.layout.imposition is not None and c.layout.imposition.kind == "booklet"


def place_in_week(c: Composer, spread: Spread, side: int) -> str:
    """Return which of its week a side, from 0, is; nothing of the front of one leaf that can be taken out."""
    is_more = sides_of(spread) > 2
    if is_facing(c):
        return c.fill(c.strings.week_part, number=side + 1, total=sides_of(spread))
    if not side and not is_more:
        return ""
    sheet = [c.fill(c.strings.week_sheet, number=side // 2 + 1, total=2)] if is_more else []
    return ", ".join((*sheet, *([c.strings.week_back] if side % 2 else [])))


def told_ahead(
    c: Composer, spread: Spread, side: int, end: int = WIDE_PAGE, *, more: int = 2, last: str = ""
) -> Ahead:
    """Return what a side, from 0, says that later ones have.

    Args:
        end: the page of a booklet with the questions about the week.
        more: how many exercises are on them in this week; others may begin later.
        last: number and name of the last exercise of the week.
    """
    strings = c.strings
    over = strings.place_beside if is_facing(c) else ""
    next_leaf = strings.place_overleaf if is_facing(c) else strings.place_second_sheet
    behind = c.fill(strings.one_behind, exercise=last) if more == 1 else strings.more_behind
    more_over = c.fill(strings.more_elsewhere, place=over) if over else behind
    pain_over = c.fill(strings.pain_elsewhere, place=over) if over else strings.pain_behind
    if spread == "two-fronts":
        return _on_two_fronts(c, side, has_more=more > 0)
    if spread == "front":
        return Ahead() if is_facing(c) or side else Ahead(pain=pain_over)
    if spread == "both" and not over and not side and not more:
        return Ahead(pain=pain_over)
    if spread == "day-on-first" and side == 1:
        return Ahead(pain=c.fill(strings.end_of_week_page, page=end).replace(" ", NO_BREAK))
    if spread in ("pain-on-first", "two-leaves") and side == 1:
        asked = strings.pain_elsewhere if spread == "two-leaves" else strings.end_of_week_elsewhere
        return Ahead(pain=c.fill(asked, place=c.fill(strings.place_page, page=end)))
    if spread == "three-sides" and side == 1:
        return Ahead(more=c.fill(strings.more_elsewhere, place=next_leaf))
    if spread == "three-sides" and side == 2:
        return Ahead(pain=pain_over)
    if spread == "pain-in-front" or side or not more:
        return Ahead()
    if spread == "three-sides" and not is_facing(c):
        return Ahead(more=c.fill(strings.more_elsewhere, place=strings.place_back_and_second))
    return Ahead(more=more_over)


def _on_two_fronts(c: Composer, side: int, *, has_more: bool) -> Ahead:
    """Return what a side says where exercises are in front: each front of what comes after it on the day."""
    strings = c.strings
    if side == 0:
        second = c.fill(strings.more_elsewhere, place=strings.place_second_sheet)
        return Ahead(more=second) if has_more else Ahead(pain=strings.pain_behind)
    to_end = c.fill(strings.end_of_week_elsewhere, place=strings.place_second_back)
    # A line never begins with the number of a sheet.
    to_pain = _BEFORE_NUMBER.sub(NO_BREAK, strings.pain_after_both)
    return (Ahead(), Ahead(pain=to_end), Ahead(pain=to_pain), Ahead())[side]
