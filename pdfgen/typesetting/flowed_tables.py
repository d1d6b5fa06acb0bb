"""Tables that go on on the next page between their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, product

from pdfgen.typesetting.blocks import Block, Space
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.tables import Cell, Table

Rows = tuple[tuple[Cell, ...], ...]

#: Rows that stay together at either side of the end of a page, where a table has so many.
_LEAST_ROWS = 2

#: More white above and below each row where the foot of a page would be empty else, in sizes of type.
_MORE_WHITE = (0.0, 0.15, 0.3, 0.45)


def by_rows(
    c: Composer, table: Table, title: str, before: float, *, tops: Rows = (), goes_on: bool = False
) -> Flowed:
    """Return a table without a head, which goes on on the next page under its title again.

    Rows that go on with the one above them stay with it, unless no page holds them; and no row stands alone.
    Where that would leave the foot of a page empty, rows have more white, or one stands alone; last of all,
    those that go on are parted.

    Args:
        before: white above it and below that title, in points.
        tops: the rows as they are at the top of a page, where they differ there.
        goes_on: whether this is what is left of it, under that title.
    """
    tops = tops or table.rows

    def parts() -> Iterator[tuple[Block, Flowed]]:
        breaks = _breaks(table, lambda rows: headed(rows).height(c.look.width) > c.look.height)
        across, down = table.padding
        inside = (row for row in range(len(table.rows) - 1, 0, -1) if row not in breaks)
        for more, count in chain(product(_MORE_WHITE, breaks), product(_MORE_WHITE[:1], inside)):
            padding = (across, down + more * c.look.body.size)
            first, rest = table.rows[:count], (tops[count], *table.rows[count + 1 :])
            left = by_rows(c, table._replace(rows=rest), title, before, tops=tops[count:], goes_on=True)
            yield headed(table._replace(rows=first, padding=padding)), left

    def headed(rows: Table) -> Block:
        if not goes_on:
            return rows
        heading = c.heading(c.fill(c.strings.continued, title=title), 2)
        return c.stack(heading, Space(before), rows)

    return Flowed(headed(table), before=before, parts=parts)


def _breaks(table: Table, is_too_high: Callable[[Table], bool]) -> list[int]:
    """Return the numbers of rows that may stand before the end of a page: the best first, then most."""
    count = len(table.rows)
    breaks = [row for row in range(count - 1, 0, -1) if not table.rows[row][0].goes_on]
    together = table.rows[: breaks[-1] if breaks else count]
    if is_too_high(table._replace(rows=together)):
        breaks += range(len(together) - 1, 0, -1)
    return sorted(breaks, key=lambda row: not _LEAST_ROWS <= row <= count - _LEAST_ROWS)
