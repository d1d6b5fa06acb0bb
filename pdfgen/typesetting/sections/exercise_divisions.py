"""How the weeks of a form are divided over the pages that it goes on to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfgen.typesetting.blocks import rows_of

Weeks = tuple[int, ...]
Division = tuple[Weeks, ...]


def divisions(weeks: Weeks) -> Iterator[Division]:
    """Yield the ways to divide weeks over two and more pages: the fewest first, and of these the most even.

    The first page has no more weeks than an even part, since it has more to say. Others have alike many.
    """
    for count in range(2, len(weeks) + 1):
        for first in range(_even(weeks, count), 0, -1):
            rest = weeks[first:]
            yield (weeks[:first], *map(tuple, rows_of(rest, -(-len(rest) // (count - 1)))))


def no_less_even(weeks: Weeks, division: Division) -> Iterator[Division]:
    """Yield the ways for as many pages with half of an even part first, or as many weeks as there."""
    half = -(-_even(weeks, len(division)) // 2)
    for other in divisions(weeks):
        if len(other) == len(division) and len(other[0]) >= min(half, len(division[0])):
            yield other


def _even(weeks: Sequence[int], count: int) -> int:
    return -(-len(weeks) // count)
