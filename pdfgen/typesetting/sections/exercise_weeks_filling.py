"""How exercises with their weeks fill their pages: boxes and drawings as large as these hold.

Nobody reads a small drawing above a white foot: where one stays small, its exercise may be divided in another
way, also over a page more if there is one to spare.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations, product
from operator import itemgetter

from pdfgen.typesetting.columns_of_pages import columns_on
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.sections.day_boxes import box_sizes
from pdfgen.typesetting.sections.exercise_weeks_pages import Pages
from pdfgen.typesetting.sections.exercise_weeks_ways import Way, scale_of, with_grown

#: Sizes of the drawings that are tried, in least ones, the largest first: one for all exercises.
_SCALES = tuple(percent / 100 for percent in range(190, 95, -5))

#: The same for those of one exercise that may grow by itself.
_LARGER = tuple(percent / 100 for percent in range(340, 95, -10))

#: The emptiest foot of a page for larger drawings on others, in parts of its height.
_MOST_WHITE = 0.15

#: How much larger drawings may be than those of another exercise of their page.
_MOST_UNLIKE = 1.6

#: Drawings below this, in least ones, are small: 60 mm where 45 mm are the least.
_SMALL = 4 / 3

#: Drawings of this size are large enough: another page makes nobody see them better.
_ENOUGH = 2.0

#: So much larger have small drawings to become for another division, and for one that takes a page more.
_GAIN, _GAIN_OF_A_PAGE = 1.1, 1.3


class Filling:
    """Finds the way in which exercises fill their pages best."""

    def __init__(self, c: Composer, pages: Pages) -> None:
        self._pages, self._options = pages, c.layout.exercise_weeks
        self._exercises, self._columns = c.plan.exercises, columns_on(c)

    def way(self, most: int = 0, others: int = 0) -> Way:
        """Return the way with boxes and drawings as large as the fewest pages hold.

        Drawings that lie have one size, unless the layout lets all of them grow.

        Args:
            most: so many pages, where they are more than the fewest, may be taken for small drawings: one for
                those on a page with an empty foot, and the back of a sheet, which costs no paper, for any.
            others: how many pages there are besides.
        """
        pages = self._pages
        way = self._grown(self._with_steps(self._alike(self._best())), pages.fewest)
        if self._options.grow:
            way = self._spread(way, max(most, pages.fewest), others)
        return self._balanced(way)

    def _best(self) -> Way:
        """Return exercises as whole and boxes as large as the fewest pages hold.

        Exercises that go over more pages are in as few parts as that leaves. Each week has its dose beside it
        in as many exercises as that takes no page more.
        """
        pages = self._pages
        lowest, parts = pages.lowest, len(pages.blocks(pages.lowest))

        def is_held(way: Way) -> bool:
            return len(pages.blocks(way)) <= parts and 0 < len(pages.planned(way)) <= pages.fewest

        tried = product((frozenset[int](), lowest.above), box_sizes(self._options))
        ways = (lowest._replace(boxes=boxes, above=above) for above, boxes in tried)
        way = next(filter(is_held, ways))
        for index in way.above:
            higher = way._replace(above=way.above - {index})
            way = higher if is_held(higher) else way
        return way

    def _alike(self, way: Way) -> Way:
        """Return a way in which doses of a page stand one way, where that takes no page more."""
        pages, fewest = self._pages, len(self._pages.planned(way))
        for page in pages.exercises_on(way):
            mixed = {index for index in page if pages.is_above(way, index)}
            if mixed and mixed != page:
                above = way._replace(above=way.above | page)
                way = above if 0 < len(pages.planned(above)) <= fewest else way
        return way

    def _with_steps(self, way: Way) -> Way:
        """Return a way in which pages that a form goes on to have its steps, if that takes no page more."""
        pages, fewest = self._pages, self._pages.fewest
        if way.whole or self._columns > 1:
            return way
        for index in range(len(self._exercises)):
            again = way._replace(again=way.again | {index})
            is_other = pages.blocks(again) != pages.blocks(way)
            way = again if is_other and 0 < len(pages.planned(again)) <= fewest else way
        return way

    def _grown(self, way: Way, most: int) -> Way:
        """Return a way with drawings as large as so many pages hold."""
        pages = self._pages
        blocks = len(pages.blocks(way))
        white = [max(_MOST_WHITE, part) for part in pages.white(way)]

        def holds(larger: Way) -> bool:
            left = zip(pages.white(larger), white, strict=False)
            return self._holds(most, blocks, larger) and all(part <= limit for part, limit in left)

        way = _largest(_SCALES, lambda scale: way._replace(scale=scale), holds)
        larger = (*(scale for scale in _LARGER if scale > way.scale), way.scale)
        for index in range(len(self._exercises)):
            if self._options.grow or pages.is_upright(index):
                way = _largest(larger, partial(with_grown, way, index), holds)
        return way

    def _spread(self, way: Way, most: int, others: int) -> Way:
        """Return a way in which exercises with small drawings are divided so that these are larger.

        The smallest come first. Doses go above their weeks only where no other division helps. What shared a
        page with them may have more room then.
        """
        before = way
        for index in sorted(range(len(self._exercises)), key=lambda index: scale_of(before, index)):
            if scale_of(way, index) < _SMALL:
                now = len(self._pages.planned(way))
                room = now + (now + others) % 2
                if self._has_white(way, index):
                    room = max(room, self._pages.fewest + 1)
                found = self._divided(way, index, min(room, most))
                way = max(way, found or way, key=self._smallest)
        return way

    def _regrown(self, way: Way, near: set[int]) -> Way:
        """Return a way in which drawings of some exercises grow again."""
        holds = partial(self._holds, len(self._pages.planned(way)), len(self._pages.blocks(way)))
        for grown in near:
            scale = scale_of(way, grown)
            larger = (*(some for some in _LARGER if some > scale), scale)
            way = _largest(larger, partial(with_grown, way, grown), holds)
        return way

    def _near(self, way: Way, index: int) -> set[int]:
        """Return the exercises that share a page with one, and itself."""
        return {index}.union(*(page for page in self._pages.exercises_on(way) if index in page))

    def _smallest(self, way: Way) -> list[float]:
        """Return the sizes of the drawings that are small, the smallest first."""
        scales = (min(_SMALL, scale_of(way, index)) for index in range(len(self._exercises)))
        return sorted(scales)

    def _has_white(self, way: Way, index: int) -> bool:
        """Whether a page with the exercise has an empty foot."""
        pages = self._pages
        white = pages.white(way)
        return any(
            index in page and part > _MOST_WHITE
            for page, part in zip(pages.exercises_on(way), white, strict=False)
        )

    def _holds(self, most: int, blocks: int, way: Way) -> bool:
        """Whether so many pages hold a way with no exercise in more parts, and doses where they were."""
        pages = self._pages
        if not pages.keeps_doses(way) or len(pages.blocks(way)) > blocks:
            return False
        return 0 < len(pages.planned(way)) <= most

    def _divided(self, way: Way, index: int, most: int) -> Way | None:
        """Return the best way with other divisions of an exercise on at most so many pages; None without."""
        near = self._near(way, index)
        others = tuple(pair for pair in way.grown if pair[0] not in near)
        small = way._replace(grown=others)
        now = scale_of(way, index), len(self._pages.planned(way))
        for above in (way.above, way.above - {index}), (way.above | {index},):
            if found := self._larger(small, index, now, most, above):
                return self._regrown(found, near)
        return None

    def _larger(
        self, way: Way, index: int, now: tuple[float, int], most: int, above: Sequence[frozenset[int]]
    ) -> Way | None:
        """Return the division with the largest drawings of an exercise; None where they stay small.

        Args:
            now: the scale that its drawings have, and on how many pages.
            most: how many pages there may be.
            above: which exercises may have doses above their weeks.
        """
        pages = self._pages
        blocks = len(pages.blocks(way))
        found: list[Way] = []
        for breaks, high in product(self._breaks(index), dict.fromkeys(above)):
            plain = way._replace(breaks=way.breaks | breaks, above=high)
            count = len(pages.planned(plain))
            least = now[0] * (_GAIN if count <= now[1] else _GAIN_OF_A_PAGE)
            scales = [scale for scale in _LARGER if scale >= least]
            is_held, at = partial(self._holds, count, blocks), partial(with_grown, plain, index)
            if count <= most and is_held(at(scales[-1])):
                found.append(_largest(scales, at, is_held))
        sizes = (min(scale_of(one, index), _ENOUGH) for one in found)
        ways = zip(sizes, (-len(pages.planned(one)) for one in found), found, strict=True)
        return max(ways, key=itemgetter(0, 1), default=(0, 0, None))[2]

    def _breaks(self, index: int) -> Iterator[frozenset[str]]:
        """Yield the ways to begin pages with the forms of an exercise and with the next one, fewest first."""
        forms = [destination_of(form) for form in self._exercises[index].by_form]
        after = [destination_of(next_one) for next_one in self._exercises[index + 1 : index + 2]]
        places = [*forms, *after]
        for count in range(len(places) + 1):
            yield from map(frozenset, combinations(places, count))

    def _balanced(self, way: Way) -> Way:
        """Return a way in which no drawings are much larger than those of other exercises of their page."""
        pages, on_pages = self._pages, self._pages.exercises_on(way)
        for index, scale in way.grown:
            others = (scale_of(way, other) for page in on_pages if index in page for other in page)
            lower = with_grown(way, index, min(scale, _MOST_UNLIKE * min(others)))
            way = lower if pages.exercises_on(lower) == on_pages else way
        return way


def _largest(scales: Sequence[float], at: Callable[[float], Way], holds: Callable[[Way], bool]) -> Way:
    """Return the way with the first of the scales, the largest first, with which it holds; else the last one.

    Smaller drawings never need more pages, so the scales need not all be tried.
    """
    first = bisect_left(scales, True, key=lambda scale: holds(at(scale)))
    return at(scales[min(first, len(scales) - 1)])
