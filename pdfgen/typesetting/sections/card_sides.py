"""The sides of cards: blocks divided over them, and lines to write on where they have room."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.typesetting.blocks import Stack, WritingLine
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, extent, paginate
from pdfgen.typesetting.look import LINE

ANY = 1000.0
"""White that may go above a block: all there is."""

_NAME = "exercise-cards"

#: Fewer lines to write on look left over.
_LEAST_LINES = 3

Side = list[Flowed]


def sides_of(c: Composer, blocks: Side, used: float = 0.0) -> list[Side]:
    """Divide blocks over sides on which `used` points are taken."""
    look = c.look._replace(bottom=c.look.bottom - used)
    return [list(page.items) for page in paginate(blocks, look, _NAME)] if blocks else []


def lines(c: Composer, used: float = 0.0, least: int = 1) -> Side:
    """Return lines to write on for a side of which `used` points are taken; nothing where less have room."""
    words = c.paragraph(f"{c.strings.notes}:", c.look.bold)
    room = c.look.height - used - words.height(c.look.width)
    count = int(room // WRITING_ROOM)
    ruled = Stack((WritingLine(WRITING_ROOM, LINE, c.strings.notes),) * count)
    return [Flowed(words), Flowed(ruled)] if count >= least else []


def filled(c: Composer, side: Side, used: float = 0.0) -> Side:
    """Return a side of which `used` points are taken besides, with lines to write on where it has room."""
    before = c.look.gap * 3
    written = lines(c, used + extent(side, c.look.width, at_top=True) + before, least=_LEAST_LINES)
    return [*side, *(written and [written[0]._replace(before=before), *written[1:]])]


def with_foot(c: Composer, sides: Sequence[Side], foot: Flowed, used: float) -> list[Side]:
    """Return fronts and backs by turns, with a foot on the back of each card, or else on its front.

    Args:
        used: points that are taken on each side besides. Where no side of a card has room it has no foot.
    """
    room, done = c.look.height - used, list(sides)
    for front in range(0, len(done), 2):
        for index in (front + 1, front):
            longer = [*done[index], foot]
            if extent(longer, c.look.width, at_top=True) <= room:
                done[index] = longer
                break
    return done
