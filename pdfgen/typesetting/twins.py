"""Twin copies: the same program in two languages, with the same things on the same places.

Both copies are composed from the same layout, so their blocks correspond. Every text takes the height of the
higher of both languages; then all that is made of texts has the same height in both copies, and pages,
drawings, tables and boxes fall on the same places. `Block.matched` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pdfgen.typesetting.blocks import Block, Higher, Space, matched_parts
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed


def matched(c: Composer, compose: Callable[[Composer], Block]) -> Block:
    """Return a block with the sizes that it has in both copies; without a twin as it is."""
    own = compose(c)
    return own if c.twin is None else own.matched(compose(c.turned()))


def matched_blocks(c: Composer, compose: Callable[[Composer], Sequence[Block]]) -> Sequence[Block]:
    """Return blocks, as many in one copy as in the other, with the sizes that they have in both copies."""
    own = compose(c)
    return own if c.twin is None else matched_parts(own, compose(c.turned()))


def matched_flow(c: Composer, compose: Callable[[Composer], list[Flowed]]) -> list[Flowed]:
    """Return blocks down the pages with the sizes that they have in both copies.

    Where one copy has more of them, the other keeps their room free.
    """
    own = compose(c)
    if c.twin is None:
        return own
    other = compose(c.turned())
    pairs = [one.matched(two) for one, two in zip(own, other, strict=False)]
    room = [two._replace(block=Higher(Space(0.0), two.block)) for two in other[len(own) :]]
    return [*pairs, *own[len(other) :], *room]


def widest(c: Composer, measure: Callable[[Composer], float]) -> float:
    """Return the larger of a measure in both copies."""
    return measure(c) if c.twin is None else max(measure(c), measure(c.turned()))
