"""Pages with exercises and their weeks, in any way to set them.

Where the paper is wide enough, exercises flow down two columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from math import fsum
from operator import itemgetter

from pdfgen.errors import FitError
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block, Space, rows_of
from pdfgen.typesetting.columns_of_pages import balanced, beside, columns_on, in_column, poured
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.flow import Flowed, extent, first_fitting
from pdfgen.typesetting.sections.day_boxes import box_sizes
from pdfgen.typesetting.sections.exercise_places import Elsewhere, elsewhere, other_pages
from pdfgen.typesetting.sections.exercise_row_words import is_mistakes
from pdfgen.typesetting.sections.exercise_rows import ExerciseRows
from pdfgen.typesetting.sections.exercise_weeks_ways import (
    Around,
    Way,
    begins_in,
    pages_of,
    scale_of,
    with_breaks,
)
from pdfgen.typesetting.sections.exercises_at_a_glance import at_a_glance, in_lines

#: More pages than there can be.
_MANY = 1000

#: White between what stands over all columns and these, in gaps.
_UNDER_HEAD = 2

_NAME = "exercise-weeks"
#: Where the exercises are, on a page that has this once.
OVERVIEW = "pages"


class Pages:
    """Counts the pages that ways take."""

    def __init__(self, c: Composer, exercises: Sequence[ExerciseRows], around: Around) -> None:
        self._composer = c
        self._exercises = exercises
        self._around = around
        self._columns, self._width = columns_on(c), in_column(c).look.width
        self._lead = [block._replace(block=Measured(block.block)) for block in around.lead]
        ends = [extent(column, self._width, at_top=True) for column in around.head]
        self._head_end = max(ends) + c.look.gap * _UNDER_HEAD if ends else 0.0
        self._shortest = ends.index(min(ends)) if ends else -1
        self._free = max(ends) - min(ends) - c.look.gap if ends else 0.0
        self.planned = cache(self._planned)
        self._named = cache(self._height_of_names)

    def blocks(self, way: Way, room: float = 0.0) -> list[Flowed]:
        """Return what comes before the exercises in their column, and the exercises.

        Args:
            room: in points, for the pages of those that are not on the first one.
        """
        exercises = (
            exercise.blocks(
                way.boxes, scale_of(way, index), way.whole, index in way.above, index in way.again
            )
            for index, exercise in enumerate(self._exercises)
        )
        # In columns the forms of an exercise may stand beside each other.
        is_joined = way.whole and self._columns == 1
        where = [Flowed(Space(room), before=self._composer.look.gap, once=OVERVIEW)] if room else []
        parted = (with_breaks(blocks, way.breaks, is_joined=is_joined) for blocks in exercises)
        return [*self._lead, *where, *(block for blocks in parted for block in blocks)]

    def keeps_doses(self, way: Way) -> bool:
        """Whether drawings leave doses where they stand beside the least drawings."""
        return all(
            exercise.keeps_doses(way.boxes, scale_of(way, index), above=index in way.above)
            for index, exercise in enumerate(self._exercises)
        )

    def is_above(self, way: Way, index: int) -> bool:
        """Whether doses of an exercise stand above their weeks, also for want of room beside them."""
        return index in way.above or not self._exercises[index].has_room(
            way.boxes, scale_of(way, index), True
        )

    def is_upright(self, index: int) -> bool:
        """Whether all drawings of an exercise are of somebody who stands or sits."""
        return self._exercises[index].is_upright

    def _planned(self, way: Way) -> list[list[list[Flowed]]]:
        """Return the columns of each page; none where something that has to be whole is higher than one."""
        room, needed = -1.0, 0.0
        while room < needed:
            room = needed
            try:
                pages = self._poured(self.blocks(way, room))
            except FitError:
                return []
            # It may take the room of an exercise, whose page has to be said then too.
            needed = self._named(frozenset(pages_of(pages).items()))
            needed = 0.0 if needed <= self._free else needed
        # Where the first page has no room for it, nothing says it.
        is_later = any(block.once == OVERVIEW for page in pages[1:] for column in page for block in column)
        return self._poured(self.blocks(way)) if is_later else pages

    def _height_of_names(self, places: frozenset[tuple[str, int]]) -> float:
        """Return the height of what names other pages, for destinations with their pages."""
        where = elsewhere(self._composer, dict(places))
        return other_pages(in_column(self._composer), where).height(self._width)

    def _elsewhere(self, pages: Sequence[Sequence[Sequence[Flowed]]]) -> Elsewhere:
        return elsewhere(self._composer, pages_of(pages))

    def _poured(self, blocks: Sequence[Flowed]) -> list[list[list[Flowed]]]:
        last = max(1, self._around.on) + 1
        rooms = [self._room_on(page) for page in range(1, last + 1) for _ in range(self._columns)]
        columns = poured(blocks, self._width, rooms, _NAME, self._columns)
        columns += [[] for _ in range(-len(columns) % self._columns)]
        pages = [list(page) for page in rows_of(columns, self._columns)]
        # The page with what stands below may have nothing else.
        empty: list[list[list[Flowed]]] = [[[]] * self._columns] * (self._around.on - len(pages))
        return pages + empty

    def white(self, way: Way) -> list[float]:
        """Return which part of each page but the last one is left over below its columns."""
        parts = []
        for number, columns in enumerate(self.planned(way)[:-1], 1):
            room = self._room_on(number) * len(columns)
            used = fsum(extent(column, self._width, at_top=True) for column in columns)
            parts.append((room - used) / self._composer.look.height / len(columns))
        return parts

    def _room_on(self, page: int) -> float:
        """Return the height that the columns of a page have, by its number."""
        taken = self._head_end if page == 1 else 0.0
        return (
            self._composer.look.height
            - taken
            - extent(self._below(page), self._composer.look.width, at_top=False)
        )

    def _below(self, page: int) -> Sequence[Flowed]:
        """Return what stands at the foot of a page: signs, or when to stop but for the first page."""
        around = self._around
        return around.foot if page == around.on else around.stop if page > 1 else ()

    @cached_property
    def lowest(self) -> Way:
        """The way that takes fewest pages, with all as low as it can be."""
        return self._lowest[0]

    @cached_property
    def _lowest(self) -> tuple[Way, int]:
        """The same with how many pages it takes.

        Raises:
            FitError: something is higher than a page.
        """
        sizes = box_sizes(self._composer.layout.exercise_weeks)
        least = sizes[-1]
        above = frozenset(
            index
            for index, exercise in enumerate(self._exercises)
            if exercise.height(least, above=True) < exercise.height(least, above=False)
        )
        ways = [Way(least, whole, above) for whole in (True, False)]
        counted = [(way, len(self.planned(way)) or _MANY) for way in ways]
        way, count = min(counted, key=itemgetter(1))
        if count == _MANY:
            self._poured(self.blocks(ways[-1]))
        return way, count

    @property
    def fewest(self) -> int:
        """How many pages it takes at least."""
        return self._lowest[1]

    @property
    def begins_at_once(self) -> bool:
        """Whether an exercise begins on the first page."""
        return begins_in(self.planned(self.lowest)[0])

    def exercises_on(self, way: Way) -> list[set[int]]:
        """Return the indices of exercises of which a form begins on each page."""
        numbers = {
            destination_of(form): index
            for index, exercise in enumerate(self._composer.plan.exercises)
            for form in exercise.by_form
        }
        places = pages_of(self.planned(way))
        return [
            {numbers[name] for name, place in places.items() if place == page}
            for page in range(1, max(places.values()) + 1)
        ]

    def set(self, way: Way) -> list[list[Flowed]]:
        """Return the blocks of each page."""
        planned = self.planned(way)
        where = self._elsewhere(planned)
        return [self._page(number, columns, where, way) for number, columns in enumerate(planned, 1)]

    def glance(self, way: Way, c: Composer, room: float) -> Block | None:
        """Return all exercises with their pages in a height in points; None without room for drawings."""
        sizes = [
            exercise.points_a_millimetre(scale_of(way, index))
            for index, exercise in enumerate(self._exercises)
        ]
        return at_a_glance(c, room, self._elsewhere(self.planned(way)), sizes)

    def overview(self, way: Way, room: float) -> Block | None:
        """Return the same, or a line for each exercise; None where a height has no room for lines either."""
        c = self._composer
        lines = other_pages(c, self._elsewhere(self.planned(way)))
        ways = (in_lines(c, lines), lines)
        return self.glance(way, c, room) or first_fitting(ways, lambda one: one.height(c.look.width), room)

    def _page(self, number: int, columns: list[list[Flowed]], where: Elsewhere, way: Way) -> list[Flowed]:
        """Return the blocks of a page with what stands around them."""
        c, below = self._composer, self._below(number)
        above: list[Flowed] = []
        high = self._room_on(number)
        columns = balanced(columns, self._width)
        if number == 1:
            above, columns = self._head(where), self._first(columns, where, high, way)
        columns = [self._said_again(column, high, way) for column in columns]
        if self._columns == 1:
            return [*above, *columns[0], *below]
        body = Flowed(beside(columns, c.look.width, high), before=c.look.gap * _UNDER_HEAD)
        return [*above, body, *below]

    def _said_again(self, column: Sequence[Flowed], high: float, way: Way) -> list[Flowed]:
        """Return a column in which each form says what its page says once, where there is room for that."""
        blocks = self.blocks(way)
        after = {id(before.block): block for before, block in pairwise(blocks) if is_mistakes(block)}
        said: list[Flowed] = []
        for place, block in enumerate(column):
            said.append(block)
            again = after.get(id(block.block))
            if again and not any(map(is_mistakes, column[place + 1 : place + 2])):
                longer = [*said, again, *column[place + 1 :]]
                if extent(longer, self._width, at_top=True) <= high:
                    said.append(again)
        return said

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
        plain, before = [block for block in column if block.once != OVERVIEW], c.look.gap * 3
        if not begins_in(columns):
            others = []
        if not begins_in([column]):
            wide = in_column(c) if others else c
            room = high - extent(plain, wide.look.width, at_top=True) - before
            if glance := self.glance(way, wide, room):
                return [[*plain, Flowed(glance, before=before, stretch=before, once=OVERVIEW)], *others]
        said = other_pages(in_column(c), where)
        return [
            [block._replace(block=said) if block.once == OVERVIEW else block for block in column]
            for column in columns
        ]
