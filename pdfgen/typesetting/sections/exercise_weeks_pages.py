"""Pages with exercises and their weeks: as few as least sizes allow, with drawings as large as these hold.

Where the paper is wide enough, exercises flow down two columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from math import fsum
from typing import NamedTuple

from pdfgen.errors import FitError
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import rows_of
from pdfgen.typesetting.columns_of_pages import balanced, beside, columns_on, in_column, poured
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.exercise_rows import ExerciseRows
from pdfgen.typesetting.sections.exercises_at_a_glance import at_a_glance
from pdfgen.typesetting.sections.week_rows import Boxes, box_sizes

#: Sizes of the drawings that are tried, in least ones, the largest first: one for all exercises.
_SCALES = tuple(percent / 100 for percent in range(190, 95, -5))

#: The same for those of one exercise that may grow by itself.
_LARGER = tuple(percent / 100 for percent in range(340, 95, -20))

#: More pages than there can be.
_MANY = 1000

#: White between what stands over all columns and these, in gaps.
_UNDER_HEAD = 2

#: The emptiest foot of a page for larger drawings on others, in parts of its height.
_MOST_WHITE = 0.15

_NAME = "exercise-weeks"


class Way(NamedTuple):
    """A way to set the exercises.

    Attributes:
        boxes: for the pen.
        whole: whether each exercise stays on one page.
        scale: of the drawings, in least ones.
        low: the indices of exercises that are as low as can be; in others each week has its dose beside it
            wherever the page is wide enough.
        grown: scales of exercises whose drawings have another one, by their index.
    """

    boxes: Boxes
    whole: bool
    low: frozenset[int] = frozenset()
    scale: float = _SCALES[-1]
    grown: tuple[tuple[int, float], ...] = ()


class Around(NamedTuple):
    """What stands on the pages besides the exercises.

    Attributes:
        head: at the top of the first page, over all its columns.
        lead: before the first exercise, in its column.
        foot: below the columns of the page with the number `on`.
    """

    head: Sequence[Flowed]
    lead: Sequence[Flowed]
    foot: Sequence[Flowed] = ()
    on: int = 0


class Pages:
    """Counts the pages that ways take."""

    def __init__(self, c: Composer, exercises: Sequence[ExerciseRows], around: Around) -> None:
        self._composer = c
        self._exercises = exercises
        self._around = around
        self._columns, self._width = columns_on(c), in_column(c).look.width
        self._lead = [block._replace(block=Measured(block.block)) for block in around.lead]
        width = c.look.width
        head, foot = (extent(blocks, width, at_top=False) for blocks in (around.head, around.foot))
        taken = {1: head + c.look.gap * _UNDER_HEAD if head else 0.0}
        taken[around.on] = taken.get(around.on, 0.0) + foot
        pages = range(1, max(1, around.on) + 2)
        self._room = [c.look.height - taken.get(page, 0.0) for page in pages]
        self._rooms = [room for room in self._room for _ in range(self._columns)]

    def _blocks(self, way: Way) -> list[Flowed]:
        """Return what comes before the exercises in their column, and the exercises."""
        grown = dict(way.grown)
        exercises = (
            exercise.blocks(way.boxes, grown.get(index, way.scale), way.whole, index in way.low)
            for index, exercise in enumerate(self._exercises)
        )
        # In columns the forms of an exercise may stand beside each other.
        joined = map(_together, exercises) if way.whole and self._columns == 1 else exercises
        return [*self._lead, *(block for exercise in joined for block in exercise)]

    def _keep_doses(self, way: Way) -> bool:
        grown = dict(way.grown)
        return all(
            index in way.low or exercise.keeps_doses(way.boxes, grown.get(index, way.scale))
            for index, exercise in enumerate(self._exercises)
        )

    def _planned(self, way: Way) -> list[list[list[Flowed]]]:
        """Return the columns of each page; none where an exercise that has to be whole is higher than one."""
        try:
            columns = poured(self._blocks(way), self._width, self._rooms, _NAME)
        except FitError:
            if way.whole:
                return []
            raise
        columns += [[] for _ in range(-len(columns) % self._columns)]
        pages = [list(page) for page in rows_of(columns, self._columns)]
        # The page with what stands below may have nothing else.
        empty: list[list[list[Flowed]]] = [[[]] * self._columns] * (self._around.on - len(pages))
        return pages + empty

    def _white(self, pages: Sequence[Sequence[Sequence[Flowed]]]) -> list[float]:
        """Return which part of each page but the last one is left over below its columns."""
        parts = []
        for number, columns in enumerate(pages[:-1], 1):
            room = self._room_on(number) * len(columns)
            used = fsum(extent(column, self._width, at_top=True) for column in columns)
            parts.append((room - used) / self._composer.look.height / len(columns))
        return parts

    def _room_on(self, page: int) -> float:
        """Return the height of the columns of a page, by its number."""
        return self._room[min(page, len(self._room)) - 1]

    def fewest(self) -> tuple[Way, int]:
        """Return exercises as whole and boxes as large as the fewest pages hold, and how many these are.

        Exercises that go over more pages are in as few parts as that leaves. Each week has its dose beside it
        in as many exercises as that takes no page more.
        """
        sizes = box_sizes(self._composer.layout.exercise_weeks)
        all_low = frozenset(range(len(self._exercises)))
        lowest = [Way(sizes[-1], whole, all_low) for whole in (True, False)]
        least = min(len(self._planned(way)) or _MANY for way in lowest)

        def is_held(way: Way) -> bool:
            return 0 < len(self._planned(way)) <= least

        best = next(filter(is_held, lowest))
        parts = len(self._blocks(best))
        ways = (
            best._replace(boxes=boxes, low=low) for low, boxes in product((frozenset[int](), all_low), sizes)
        )
        way = next(way for way in ways if len(self._blocks(way)) <= parts and is_held(way))
        for index in way.low:
            higher = way._replace(low=way.low - {index})
            if len(self._blocks(higher)) <= parts and is_held(higher):
                way = higher
        return way, least

    def begins_at_once(self, way: Way) -> bool:
        """Whether an exercise begins on the first page."""
        return self._begins_in(self._planned(way)[0])

    def _begins_in(self, columns: Sequence[Sequence[Flowed]]) -> bool:
        return sum(map(len, columns)) > len(self._lead)

    def filled(self, way: Way, pages: int) -> list[list[Flowed]]:
        """Return the blocks of each page, with drawings as large as so many pages hold.

        Those that lie have one size, unless the layout lets all of them grow.
        """
        blocks = len(self._blocks(way))
        white = [max(_MOST_WHITE, part) for part in self._white(self._planned(way))]

        def holds(larger: Way) -> bool:
            # No exercise in more parts, no doses moved to where they are smaller, no page left empty.
            if not self._keep_doses(larger) or len(self._blocks(larger)) > blocks:
                return False
            planned = self._planned(larger)
            left = zip(self._white(planned), white, strict=False)
            return 0 < len(planned) <= pages and all(part <= most for part, most in left)

        def largest(scales: Sequence[float], at: Callable[[float], Way]) -> Way:
            # Smaller drawings never need more pages, so the scales need not all be tried.
            first = bisect_left(scales, True, key=lambda scale: holds(at(scale)))
            return at(scales[min(first, len(scales) - 1)])

        way = largest(_SCALES, lambda scale: way._replace(scale=scale))
        larger = (*(scale for scale in _LARGER if scale > way.scale), way.scale)
        for index, exercise in enumerate(self._exercises):
            if self._composer.layout.exercise_weeks.grow or exercise.is_upright:
                way = largest(larger, partial(_with_grown, way, index))
        return [self._page(number, columns) for number, columns in enumerate(self._planned(way), 1)]

    def _page(self, number: int, columns: list[list[Flowed]]) -> list[Flowed]:
        """Return the blocks of a page with what stands around them."""
        c, around = self._composer, self._around
        above = around.head if number == 1 else ()
        below = around.foot if number == around.on else ()
        high = self._room_on(number)
        columns = balanced(columns, self._width)
        if number == 1 and not self._begins_in(columns):
            columns = [self._with_all(c, columns[0], high)]
        elif number == 1 and not self._begins_in(columns[:1]):
            columns = [self._with_all(in_column(c), columns[0], high), *columns[1:]]
        if self._columns == 1:
            return [*above, *columns[0], *below]
        body = Flowed(beside(columns, c.look.width, high), before=c.look.gap * _UNDER_HEAD)
        return [*above, body, *below]

    def _with_all(self, c: Composer, column: list[Flowed], high: float) -> list[Flowed]:
        """Return the first column, in which no exercise begins, with all of them at a glance."""
        before = c.look.gap * 3
        glance = at_a_glance(c, high - extent(column, c.look.width, at_top=True) - before)
        return [*column, Flowed(glance, before=before, stretch=before)] if glance else column


def _with_grown(way: Way, index: int, scale: float) -> Way:
    """Return a way with the drawings of one exercise at another scale."""
    return way._replace(grown=(*way.grown, (index, scale)))


def _together(blocks: Sequence[Flowed]) -> list[Flowed]:
    """Return blocks that stay on one page."""
    *others, last = blocks
    return [*(block._replace(keep=True) for block in others), last]
