"""Pages with exercises and their weeks: as few as least sizes allow, with drawings as large as these hold.

Where the paper is wide enough, exercises flow down two columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from itertools import product
from math import fsum
from operator import itemgetter

from pdfgen.errors import FitError
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Space, rows_of
from pdfgen.typesetting.columns_of_pages import balanced, beside, columns_on, in_column, poured
from pdfgen.typesetting.composer import Composer, destination_of
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.sections.exercise_places import Elsewhere, elsewhere, other_pages
from pdfgen.typesetting.sections.exercise_rows import ExerciseRows
from pdfgen.typesetting.sections.exercise_weeks_ways import (
    Around,
    Way,
    begins_in,
    pages_of,
    together,
    with_grown,
)
from pdfgen.typesetting.sections.exercises_at_a_glance import at_a_glance
from pdfgen.typesetting.sections.week_rows import box_sizes

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

#: How much larger drawings may be than those of another exercise of their page.
_MOST_UNLIKE = 1.6

_NAME = "exercise-weeks"
_WHERE = "pages"


class Pages:
    """Counts the pages that ways take."""

    def __init__(self, c: Composer, exercises: Sequence[ExerciseRows], around: Around) -> None:
        self._composer = c
        self._exercises = exercises
        self._around = around
        self._columns, self._width = columns_on(c), in_column(c).look.width
        self._lead = [block._replace(block=Measured(block.block)) for block in around.lead]
        foot = extent(around.foot, c.look.width, at_top=False)
        ends = [extent(column, self._width, at_top=True) for column in around.head]
        taken = {1: max(ends) + c.look.gap * _UNDER_HEAD if ends else 0.0}
        self._shortest = ends.index(min(ends)) if ends else -1
        self._free = max(ends) - min(ends) - c.look.gap if ends else 0.0
        taken[around.on] = taken.get(around.on, 0.0) + foot
        pages = range(1, max(1, around.on) + 2)
        self._room = [c.look.height - taken.get(page, 0.0) for page in pages]
        self._rooms = [room for room in self._room for _ in range(self._columns)]

    def _blocks(self, way: Way, room: float = 0.0) -> list[Flowed]:
        """Return what comes before the exercises in their column, and the exercises.

        Args:
            room: in points, for the pages of those that are not on the first one.
        """
        grown = dict(way.grown)
        exercises = (
            exercise.blocks(way.boxes, grown.get(index, way.scale), way.whole, index in way.above)
            for index, exercise in enumerate(self._exercises)
        )
        # In columns the forms of an exercise may stand beside each other.
        joined = map(together, exercises) if way.whole and self._columns == 1 else exercises
        where = [Flowed(Space(room), before=self._composer.look.gap, once=_WHERE)] if room else []
        return [*self._lead, *where, *(block for exercise in joined for block in exercise)]

    def _keep_doses(self, way: Way) -> bool:
        grown = dict(way.grown)
        return all(
            exercise.keeps_doses(way.boxes, grown.get(index, way.scale), above=index in way.above)
            for index, exercise in enumerate(self._exercises)
        )

    def _planned(self, way: Way) -> list[list[list[Flowed]]]:
        """Return the columns of each page; none where an exercise that has to be whole is higher than one."""
        room, needed = -1.0, 0.0
        while room < needed:
            room = needed
            try:
                pages = self._poured(self._blocks(way, room))
            except FitError:
                if way.whole:
                    return []
                raise
            # It may take the room of an exercise, whose page has to be said then too.
            needed = other_pages(in_column(self._composer), self._elsewhere(pages)).height(self._width)
            needed = 0.0 if needed <= self._free else needed
        return pages

    def _elsewhere(self, pages: Sequence[Sequence[Sequence[Flowed]]]) -> Elsewhere:
        return elsewhere(self._composer, pages_of(pages))

    def _poured(self, blocks: Sequence[Flowed]) -> list[list[list[Flowed]]]:
        columns = poured(blocks, self._width, self._rooms, _NAME, self._columns)
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

    @cached_property
    def _lowest(self) -> tuple[Way, int]:
        """The way that takes fewest pages, with all as low as it can be, and how many these are."""
        sizes = box_sizes(self._composer.layout.exercise_weeks)
        least = sizes[-1]
        above = frozenset(
            index
            for index, exercise in enumerate(self._exercises)
            if exercise.height(least, above=True) < exercise.height(least, above=False)
        )
        ways = [Way(least, whole, above) for whole in (True, False)]
        counted = [(way, len(self._planned(way)) or _MANY) for way in ways]
        return min(counted, key=itemgetter(1))

    @property
    def fewest(self) -> int:
        """How many pages it takes at least."""
        return self._lowest[1]

    def _best(self) -> Way:
        """Return exercises as whole and boxes as large as the fewest pages hold.

        Exercises that go over more pages are in as few parts as that leaves. Each week has its dose beside it
        in as many exercises as that takes no page more.
        """
        lowest, least = self._lowest
        parts = len(self._blocks(lowest))

        def is_held(way: Way) -> bool:
            return len(self._blocks(way)) <= parts and 0 < len(self._planned(way)) <= least

        sizes = box_sizes(self._composer.layout.exercise_weeks)
        tried = product((frozenset[int](), lowest.above), sizes)
        ways = (lowest._replace(boxes=boxes, above=above) for above, boxes in tried)
        way = next(filter(is_held, ways))
        for index in way.above:
            higher = way._replace(above=way.above - {index})
            way = higher if is_held(higher) else way
        return way

    @property
    def begins_at_once(self) -> bool:
        """Whether an exercise begins on the first page."""
        return begins_in(self._planned(self._lowest[0])[0])

    def lowest(self) -> list[list[Flowed]]:
        """Return the blocks of each page as low as they can be, for what does not keep its promise."""
        return self._set(self._lowest[0])

    def filled(self) -> list[list[Flowed]]:
        """Return the blocks of each page, with boxes and drawings as large as the fewest pages hold.

        Drawings that lie have one size, unless the layout lets all of them grow.
        """
        way, pages = self._best(), self.fewest
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
                way = largest(larger, partial(with_grown, way, index))
        return self._set(self._balanced(way))

    def _balanced(self, way: Way) -> Way:
        """Return a way in which no drawings are much larger than those of other exercises of their page."""
        scales, on_pages = dict(way.grown), self._exercises_on(way)
        for index, scale in way.grown:
            others = (scales.get(other, way.scale) for page in on_pages if index in page for other in page)
            lower = with_grown(way, index, min(scale, _MOST_UNLIKE * min(others)))
            way = lower if self._exercises_on(lower) == on_pages else way
        return way

    def _exercises_on(self, way: Way) -> list[set[int]]:
        """Return the indices of exercises of which a form begins on each page."""
        numbers = {
            destination_of(form): index
            for index, exercise in enumerate(self._composer.plan.exercises)
            for form in exercise.by_form
        }
        places = pages_of(self._planned(way))
        return [
            {numbers[name] for name, place in places.items() if place == page}
            for page in range(1, max(places.values()) + 1)
        ]

    def _set(self, way: Way) -> list[list[Flowed]]:
        """Return the blocks of each page."""
        planned = self._planned(way)
        where = self._elsewhere(planned)
        return [self._page(number, columns, where, way) for number, columns in enumerate(planned, 1)]

    def _sizes(self, way: Way) -> list[float]:
        """Return how large the drawings of each exercise are, in points a millimetre."""
        grown = dict(way.grown)
        return [
            exercise.points_a_millimetre(grown.get(index, way.scale))
            for index, exercise in enumerate(self._exercises)
        ]

    def _page(self, number: int, columns: list[list[Flowed]], where: Elsewhere, way: Way) -> list[Flowed]:
        """Return the blocks of a page with what stands around them."""
        c, around = self._composer, self._around
        above: list[Flowed] = []
        below = around.foot if number == around.on else ()
        high = self._room_on(number)
        columns = balanced(columns, self._width)
        if number == 1:
            above, columns = self._head(where), self._first(columns, where, high, way)
        if self._columns == 1:
            return [*above, *columns[0], *below]
        body = Flowed(beside(columns, c.look.width, high), before=c.look.gap * _UNDER_HEAD)
        return [*above, body, *below]

    def _head(self, where: Elsewhere) -> list[Flowed]:
        """Return what stands above the columns of the first page, with other pages if these have room."""
        head = [[*column] for column in self._around.head]
        if not head:
            return []
        said = other_pages(in_column(self._composer), where)
        if 0 < said.height(self._width) <= self._free:
            head[self._shortest].append(Flowed(said, before=self._composer.look.gap))
        return [Flowed(beside(head, self._composer.look.width))]

    def _first(
        self, columns: list[list[Flowed]], where: Elsewhere, high: float, way: Way
    ) -> list[list[Flowed]]:
        """Return the columns of the first page with where the other exercises are.

        Where none begins there, or in its first column, all of them stand there at a glance.
        """
        c, (column, *others) = self._composer, columns
        plain, before = [block for block in column if block.once != _WHERE], c.look.gap * 3
        if not begins_in(columns):
            others = []
        if not begins_in([column]):
            wide = in_column(c) if others else c
            room = high - extent(plain, wide.look.width, at_top=True) - before
            if glance := at_a_glance(wide, room, where, self._sizes(way)):
                return [[*plain, Flowed(glance, before=before, stretch=before)], *others]
        said = other_pages(in_column(c), where)
        return [
            [block._replace(block=said) if block.once == _WHERE else block for block in column]
            for column in columns
        ]
