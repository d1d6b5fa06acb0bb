"""A page of an exercise: the white between its parts, and lines where its foot would be empty."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import EMPTIEST_FOOT, ROUNDING
from pdfgen.typesetting.sections.own_questions import foot

#: White between the parts of a page, in gaps: the least, and the most.
_LEAST_BETWEEN, _MOST_BETWEEN = 0.55, 5.2
BETWEEN = 1.2
"""What drawings leave of it where they grow."""
#: Part of an empty foot that stays where parts are spread: what stands last is lower than its letters.
_SPREAD_TO = 0.9


def _white(c: Composer, page: Sequence[Block]) -> float:
    """Return the white that a page has between each two of its parts, in points."""
    look = c.look
    return (look.height - sum(block.height(look.width) for block in page)) / max(1, len(page) - 1)


def fits(c: Composer, page: Sequence[Block], between: float = _LEAST_BETWEEN) -> bool:
    """Whether a page has so much white between its parts, in gaps."""
    rounding = ROUNDING / max(1, len(page) - 1)
    return _white(c, page) >= c.look.gap * between - rounding


def finished(c: Composer, pages: Sequence[Sequence[Block]]) -> list[Block]:
    """Return the pages of an exercise, the last one with lines for questions where its foot is empty."""
    *others, last = pages
    return [*(_spread(c, page) for page in others), _with_questions(c, page_of(c, last))]


def page_of(c: Composer, parts: Sequence[Block]) -> Stack:
    """Return the parts of a page, with the white that is left spread between them."""
    most = c.look.gap * _MOST_BETWEEN
    return Stack(tuple(parts), min(_white(c, parts), most), role="Sect")


def _spread(c: Composer, parts: Sequence[Block]) -> Stack:
    """Return a page that the exercise goes on from, with so much white that its foot is not empty."""
    look, page = c.look, page_of(c, parts)
    over = look.height - page.height(look.width) - EMPTIEST_FOOT * look.page_height * _SPREAD_TO
    return page._replace(gap=page.gap + max(0.0, over) / max(1, len(parts) - 1))


def _with_questions(c: Composer, page: Stack) -> Stack:
    """Return a page with lines for questions where its foot would be empty."""
    room = c.look.height - page.height(c.look.width)
    if room <= EMPTIEST_FOOT * c.look.page_height:
        return page
    return page._replace(blocks=(*page.blocks, foot(c, room - page.gap)))
