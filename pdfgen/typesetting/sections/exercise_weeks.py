"""Exercises with their weeks, for a leaf in the hand or on the wall: what to do, how much, when, and how.

Nothing falls below its least size: what takes more room goes on to the next page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from pdfgen.typesetting.blocks import Paragraph, Space
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, PagePlan, extent, paginate
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections import safety_columns
from pdfgen.typesetting.sections.exercise_rows import ExerciseRows
from pdfgen.typesetting.sections.week_rows import Boxes, box_sizes
from pdfgen.typesetting.text_style import Span

#: Scales of the drawings that are tried, in points a millimetre, the largest first. A smaller one than a
#: drawing's least size asks for is not taken by that drawing.
_SCALES = tuple(percent / 100 * MM for percent in range(185, 74, -10))
#: The drawings of an exercise may be so much larger than the others where its page has room.
_LARGER = 2.0

#: White above the signs where they stand below an exercise, in points.
_OVER_SIGNS = 8 * MM

_NAME = "exercise-weeks"


class _Way(NamedTuple):
    """A way to set the exercises.

    Attributes:
        boxes: for the pen.
        steps: whether the forms of each exercise have their steps; else a sentence tells them.
        scales: of the drawings of each exercise, in points a millimetre.
    """

    boxes: Boxes
    steps: tuple[bool, ...]
    scales: tuple[float, ...]

    def at(self, scale: float) -> _Way:
        """Return the way with all drawings at one scale."""
        return self._replace(scales=(scale,) * len(self.scales))

    def told(self, index: int) -> _Way:
        """Return the way with the steps of one exercise."""
        return self._replace(steps=(*self.steps[:index], True, *self.steps[index + 1 :]))

    def grown(self, index: int, scale: float) -> _Way:
        """Return the way with the drawings of one exercise at another scale."""
        return self._replace(scales=(*self.scales[:index], scale, *self.scales[index + 1 :]))


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
        self._above = (*above, _warm_up(c))
        self._below = below

    def blocks(self, way: _Way) -> list[Flowed]:
        """Return warm-up and exercises, and what stands around them."""
        settings = zip(self._exercises, way.steps, way.scales, strict=True)
        exercises = (exercise.blocks(way.boxes, steps, scale) for exercise, steps, scale in settings)
        return [*self._above, *(block for exercise in exercises for block in exercise), *self._below]

    def planned(self, way: _Way) -> Sequence[PagePlan]:
        """Return the pages."""
        return paginate([self._used, *self.blocks(way)], self._composer.look, _NAME)

    def fewest(self) -> tuple[_Way, Sequence[PagePlan]]:
        """Return boxes as large, and forms with as much said, as the fewest pages hold; and those pages."""
        options = self._composer.layout.exercise_weeks
        told = (True, False) if options.steps == "where-room" else (True,)
        least = (_SCALES[-1],) * len(self._exercises)
        count = len(self._exercises)
        ways = [_Way(boxes, (steps,) * count, least) for steps in told for boxes in box_sizes(options)]
        last = self.planned(ways[-1])
        all_pages = ((way, self.planned(way)) for way in ways[:-1])
        return next((found for found in all_pages if len(found[1]) <= len(last)), (ways[-1], last))

    def _holds(self, way: _Way, pages: int, blocks: int) -> bool:
        """Whether so many pages hold a way, with no exercise in more parts."""
        return len(self.blocks(way)) <= blocks and len(self.planned(way)) <= pages

    def filled(self, way: _Way, pages: int) -> list[Flowed]:
        """Return the blocks with all that so many pages hold: steps first, then larger drawings."""
        blocks = len(self.blocks(way))
        for index in range(len(self._exercises)):
            if self._holds(way.told(index), pages, blocks):
                way = way.told(index)

        def largest(scales: Sequence[float], at: Callable[[float], _Way]) -> _Way:
            # Smaller drawings never need more pages, so the scales need not all be tried.
            first = bisect_left(scales, True, key=lambda scale: self._holds(at(scale), pages, blocks))
            return at(scales[min(first, len(scales) - 1)])

        way = largest(_SCALES, way.at)
        for index, scale in enumerate(way.scales):
            larger = [other for other in _SCALES if scale <= other <= scale * _LARGER]
            way = largest(larger, partial(way.grown, index))
        return self.blocks(way)


def compose(c: Composer, room: float) -> list[Flowed]:
    """Return warm-up and exercises on as few pages as least sizes allow, then the signs on their own page.

    The pain traffic light stands with the signs, below the last exercise or above the first one: where that
    saves a page, or leaves none of them as empty. Where the layout has them elsewhere, there is a heading.

    Args:
        room: height in points that they may take on their first page.
    """
    exercises = [ExerciseRows(c, exercise) for exercise in c.plan.exercises]
    if c.layout.screen:
        return _on_screen(c, exercises)
    if "safety" in c.layout.kinds:
        heading = Flowed(c.heading(c.strings.exercises_title, 1, bookmark=0), keep=True)
        taken = extent([heading, _warm_up(c)], c.look.width, at_top=True) + c.look.gap * 2
        exercises[0] = ExerciseRows(c, c.plan.exercises[0], taken)
        pages = _Pages(c, exercises, room, (heading,), ())
        way, planned = pages.fewest()
        return pages.filled(way, len(planned))
    light = safety_columns.traffic_light(c)
    choices = []
    for above, below in (([], []), ([], [light]), ([light], [])):
        is_light = not above and not below
        own_page = _on_a_page(safety_columns.compose(c, light=is_light))
        shared = _together(safety_columns.compose(c, light=is_light, dense=True))
        fits = extent(shared, c.look.width, at_top=True) <= c.look.height
        for last in (own_page, shared) if fits else (own_page,):
            pages = _Pages(c, exercises, room, above, [*below, *last])
            way, planned = pages.fewest()
            emptiest = min(extent(page.items, c.look.width, at_top=True) for page in planned)
            choices.append(((len(planned), -emptiest), pages, way, len(planned)))
    _, pages, way, count = min(choices, key=lambda choice: choice[0])
    return pages.filled(way, count)


def _on_screen(c: Composer, exercises: Sequence[ExerciseRows]) -> list[Flowed]:
    """Return a page for each exercise, with drawings as wide as it; pages are as long as they need."""
    boxes = box_sizes(c.layout.exercise_weeks)[0]
    above = [Flowed(c.heading(c.strings.exercises_title, 1, bookmark=0)), _warm_up(c)]
    blocks = []
    for rows in exercises:
        first, *others = rows.blocks(boxes, True, rows.widest_scale)
        blocks += [*above, first._replace(new_page=not above), *others]
        above = []
    return blocks


def _on_a_page(signs: Sequence[Flowed]) -> list[Flowed]:
    return [signs[0]._replace(new_page=True), *signs[1:]]


def _together(signs: Sequence[Flowed]) -> list[Flowed]:
    """Return the signs below the last exercise, on its page or on the next one."""
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
