"""Exercises with their weeks, for a leaf in the hand or on the wall: what to do, how much, when, and how.

Nothing falls below its least size: what takes more room goes on to the next page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

from pdfgen.errors import FitError
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Paragraph, Space
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, PagePlan, extent, paginate
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections import safety_columns, screen_exercises
from pdfgen.typesetting.sections.exercise_rows import ExerciseRows
from pdfgen.typesetting.sections.exercises_at_a_glance import at_a_glance
from pdfgen.typesetting.sections.safety_strip import SIGNS_PAGE
from pdfgen.typesetting.sections.week_rows import Boxes, box_sizes
from pdfgen.typesetting.text_style import Span

#: Sizes of the drawings that are tried, in least ones, the largest first: one for all exercises.
_SCALES = tuple(percent / 100 for percent in range(190, 95, -5))

#: The same for those of one exercise that may grow by itself.
_LARGER = tuple(percent / 100 for percent in range(340, 95, -20))

#: White above the signs where they stand below an exercise, in points.
_OVER_SIGNS = 8 * MM

#: More pages than there can be.
_MANY = 1000

_NAME = "exercise-weeks"


class _Way(NamedTuple):
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


class _Pages:
    """Counts the pages that ways take; `room` points are free on the first one.

    Args:
        above, below: what stands before and after the exercises besides.
    """

    def __init__(
        self,
        c: Composer,
        exercises: Sequence[ExerciseRows],
        room: float,
        above: Sequence[Flowed],
        below: Sequence[Flowed],
    ) -> None:
        self._composer = c
        self._exercises = exercises
        self._used = Flowed(Space(c.look.height - room))
        self._above = [block._replace(block=Measured(block.block)) for block in (*above, _warm_up(c))]
        self._below = below

    def _blocks(self, way: _Way) -> list[Flowed]:
        """Return warm-up and exercises, and what stands around them."""
        grown = dict(way.grown)
        exercises = (
            exercise.blocks(way.boxes, grown.get(index, way.scale), way.whole, index in way.low)
            for index, exercise in enumerate(self._exercises)
        )
        return [*self._above, *(block for exercise in exercises for block in exercise), *self._below]

    def _keep_doses(self, way: _Way) -> bool:
        grown = dict(way.grown)
        return all(
            index in way.low or exercise.keeps_doses(way.boxes, grown.get(index, way.scale))
            for index, exercise in enumerate(self._exercises)
        )

    def _planned(self, way: _Way) -> Sequence[PagePlan]:
        """Return the pages; none where an exercise that has to stay on a page is higher than one."""
        try:
            return paginate([self._used, *self._blocks(way)], self._composer.look, _NAME)
        except FitError:
            if way.whole:
                return ()
            raise

    def fewest(self) -> tuple[_Way, int]:
        """Return exercises as whole and boxes as large as the fewest pages hold, and how many these are.

        Exercises that go over more pages are in as few parts as that leaves. Each week has its dose beside it
        in as many exercises as that takes no page more.
        """
        sizes = box_sizes(self._composer.layout.exercise_weeks)
        all_low = frozenset(range(len(self._exercises)))
        lowest = [_Way(sizes[-1], whole, all_low) for whole in (True, False)]
        least = min(len(self._planned(way)) or _MANY for way in lowest)

        def is_held(way: _Way) -> bool:
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

    def filled(self, way: _Way, pages: int) -> list[list[Flowed]]:
        """Return the blocks of each page, with drawings as large as so many pages hold.

        Those that lie have one size, unless the layout lets all of them grow.
        """
        blocks = len(self._blocks(way))

        def holds(larger: _Way) -> bool:
            # With no exercise in more parts, and no doses moved to where they are smaller.
            if not self._keep_doses(larger):
                return False
            return len(self._blocks(larger)) <= blocks and 0 < len(self._planned(larger)) <= pages

        def largest(scales: Sequence[float], at: Callable[[float], _Way]) -> _Way:
            # Smaller drawings never need more pages, so the scales need not all be tried.
            first = bisect_left(scales, True, key=lambda scale: holds(at(scale)))
            return at(scales[min(first, len(scales) - 1)])

        way = largest(_SCALES, lambda scale: way._replace(scale=scale))
        larger = (*(scale for scale in _LARGER if scale > way.scale), way.scale)
        for index, exercise in enumerate(self._exercises):
            if self._composer.layout.exercise_weeks.grow or exercise.is_upright:
                way = largest(larger, partial(_with_grown, way, index))
        (_, *first_page), *others = (list(page.items) for page in self._planned(way))
        return [self._with_exercises(first_page), *others]

    def _with_exercises(self, first_page: list[Flowed]) -> list[Flowed]:
        """Return the first page with all exercises at a glance where none of them begins on it."""
        if len(first_page) != len(self._above):
            return first_page
        before = self._composer.look.gap * 3
        used = extent([self._used, *first_page], self._composer.look.width, at_top=True)
        glance = at_a_glance(self._composer, self._composer.look.height - used - before)
        return [*first_page, Flowed(glance, before=before, stretch=before)] if glance else first_page


def _with_grown(way: _Way, index: int, scale: float) -> _Way:
    """Return a way with the drawings of one exercise at another scale."""
    return way._replace(grown=(*way.grown, (index, scale)))


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return the pain traffic light, warm-up and exercises on as few pages as least sizes allow.

    The signs stand on page 2, which is the back of the first one: on their own, or below the last exercise
    where that is there. In a layout that is given beside a program they are the last page; where the layout
    has them elsewhere, there are none.

    Args:
        room: height in points that they may take on their first page.
    """
    title = Flowed(c.heading(c.strings.exercises_title, 1, bookmark=0), keep=True)
    if c.layout.screen:
        return screen_exercises.compose(c, [title, _warm_up(c)])
    exercises = [ExerciseRows(c, exercise) for exercise in c.plan.exercises]
    above = [title if "safety" in c.layout.kinds else safety_columns.traffic_light(c)]
    alone = _Pages(c, exercises, room, above, ())
    way, count = alone.fewest()
    if "safety" in c.layout.kinds:
        return _joined(alone.filled(way, count))
    if c.layout.supplement:
        return _joined([*alone.filled(way, count), safety_columns.compose(c, light=False)])
    shared = _together(safety_columns.compose(c, light=False, dense=True))
    if count == SIGNS_PAGE and extent(shared, c.look.width, at_top=True) <= c.look.height:
        both = _Pages(c, exercises, room, above, shared)
        way_of_both, count_of_both = both.fewest()
        if count_of_both == count:
            return _joined(both.filled(way_of_both, count))
    first, *others = alone.filled(way, count)
    signs = safety_columns.compose(c, light=False)
    if others and len(others[0]) == 1:
        # How to warm up has no room on the first page: it would have one of its own.
        signs += others.pop(0)
    return _joined([first, signs, *others])


def _joined(pages: Sequence[Sequence[Flowed]]) -> list[Flowed]:
    """Return the blocks of all pages, of which each but the first starts a page."""
    first, *others = pages
    return [*first, *(block._replace(new_page=not i) for page in others for i, block in enumerate(page))]


def _together(signs: Sequence[Flowed]) -> list[Flowed]:
    """Return the signs below the last exercise, on its page."""
    first, *others = signs
    *others, last = [first._replace(before=first.before + _OVER_SIGNS), *others]
    return [*(block._replace(keep=True) for block in others), last]


def _warm_up(c: Composer) -> Flowed:
    """Return how to warm up, and what to do with the boxes."""
    strip = c.plan.preparation.warm_up
    words = [
        Span(f"{strip.title}. ", bold=True, colour=c.look.accent),
        Span(f"{strip.intro} {strip.note} "),
        Span(c.strings.boxes_hint, bold=True),
    ]
    return Flowed(Paragraph(c.text(words, c.look.cell), measure=c.long_measure), before=c.look.gap)
