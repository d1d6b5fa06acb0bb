"""A page of an exercise: the white between its parts, lines where it would be empty below, and its foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import EMPTIEST_FOOT, ROUNDING, Flowed
from pdfgen.typesetting.sections.own_questions import foot

#: White between the parts of a page, in gaps: the least, and the most.
_LEAST_BETWEEN, _MOST_BETWEEN = 0.55, 5.2
BETWEEN = 1.2
"""What drawings leave of it where they grow."""
#: Part of an empty foot that stays where parts are spread: what stands last is lower than its letters.
_SPREAD_TO = 0.9


class Page(NamedTuple):
    """The parts of a page from top to bottom, and what stands at its foot, if anything."""

    parts: Sequence[Block]
    foot: Block | None = None


def _room(c: Composer, page: Page) -> float:
    """Return the height in points that the parts of a page have."""
    return c.look.height - (page.foot.height(c.look.width) + c.look.gap if page.foot else 0.0)


def _white(c: Composer, page: Page) -> float:
    """Return the white that a page has between each two of its parts, in points."""
    used = sum(block.height(c.look.width) for block in page.parts)
    return (_room(c, page) - used) / max(1, len(page.parts) - 1)


def fits(c: Composer, page: Page, between: float = _LEAST_BETWEEN) -> bool:
    """Whether a page has so much white between its parts, in gaps."""
    rounding = ROUNDING / max(1, len(page.parts) - 1)
    return _white(c, page) >= c.look.gap * between - rounding


def finished(c: Composer, pages: Sequence[Page]) -> list[Flowed]:
    """Return the pages of an exercise, the last one with lines for questions where it is empty below."""
    *others, last = pages
    blocks = [*(_spread(c, page) for page in others), _with_questions(c, last)]
    return [flowed for block, page in zip(blocks, pages, strict=True) for flowed in _flowed(c, block, page)]


def _flowed(c: Composer, block: Block, page: Page) -> Iterator[Flowed]:
    yield Flowed(block, new_page=True, keep=page.foot is not None)
    if page.foot:
        yield Flowed(page.foot, before=c.look.gap, stretch=c.look.height)


def stacked(c: Composer, page: Page) -> Stack:
    """Return the parts of a page, with the white that is left spread between them."""
    most = c.look.gap * _MOST_BETWEEN
    return Stack(tuple(page.parts), min(_white(c, page), most), role="Sect")


def _spread(c: Composer, page: Page) -> Stack:
    """Return a page that the exercise goes on from, with so much white that it is not empty below."""
    look, stack = c.look, stacked(c, page)
    over = _room(c, page) - stack.height(look.width) - EMPTIEST_FOOT * look.page_height * _SPREAD_TO
    return stack._replace(gap=stack.gap + max(0.0, over) / max(1, len(page.parts) - 1))


def _with_questions(c: Composer, page: Page) -> Stack:
    """Return a page with lines for questions where it would be empty below."""
    stack = stacked(c, page)
    room = _room(c, page) - stack.height(c.look.width)
    if room <= EMPTIEST_FOOT * c.look.page_height:
        return stack
    return stack._replace(blocks=(*stack.blocks, foot(c, room - stack.gap)))
