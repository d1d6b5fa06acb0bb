"""Exercises with their forms: name, what is meant for this patient, drawings, doses, steps, what goes wrong.

An exercise begins a page, and takes further ones where its drawings would fall below their least size. Type
never shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.exercise_heading import exercise_heading
from pdfgen.typesetting.sections.exercise_overview import overview
from pdfgen.typesetting.sections.exercise_pages import ExercisePages
from pdfgen.typesetting.sections.exercise_ways import Way

#: So many of the first costs are flaws that a page before the exercises is worth.
_FLAWS = 3

_Cost = tuple[float, ...]
_Planned = tuple[_Cost, list[Way | None]]


def compose(c: Composer, first_page: int = 1, count: int | None = None) -> list[Flowed]:
    """Return a block for each page of each exercise; the first one is that page of the document.

    What they are made of has the sizes that it has in both copies already.

    Args:
        count: they take as many pages, or so many more or less that these go in pairs, if they can.
    """
    copies = (c,) if c.twin is None else (c, c.turned())
    headings = [exercise_heading(copy, exercise) for copy in copies for exercise in copy.plan.exercises]
    stacked = not all(heading.fits_one_line(c.look.width) for heading in headings)
    exercises = [ExercisePages(c, exercise, stacked=stacked) for exercise in c.plan.exercises]
    side = None if count is None else (first_page + count) % 2
    before, ways = _planned(c, exercises, first_page, side)
    pages = (page for exercise, way in zip(exercises, ways, strict=True) for page in exercise.set_as(way))
    return [Flowed(page, new_page=True) for page in (*before, *pages)]


def _planned(
    c: Composer, exercises: Sequence[ExercisePages], first_page: int, side: int | None
) -> tuple[list[Block], list[Way | None]]:
    """Return how each exercise is divided over pages, and a page before them where they need one.

    Both parts of a form that has to be parted face each other: an exercise before it takes a page more, or
    all exercises have a page of their own.

    Args:
        side: on which the page behind them is to be: 0 for a left-hand page, 1 for a right-hand one.
    """
    unparted = [exercise.unparted() for exercise in exercises]
    if None not in unparted and side is None:
        return [], [*unparted]
    ways = _cheapest(exercises, first_page, side)
    later = _cheapest(exercises, first_page + 1, side)
    page = overview(c) if later[0][:_FLAWS] < ways[0][:_FLAWS] else None
    return ([page], later[1]) if page else ([], ways[1])


def _cheapest(exercises: Sequence[ExercisePages], first_page: int, side: int | None) -> _Planned:
    """Return the cost and how each exercise is divided where the first one begins on that page."""
    # The cheapest way to come to a left-hand page (0) and to a right-hand one (1).
    found: dict[int, _Planned] = {first_page % 2: ((), [])}
    for exercise in exercises:
        longer: dict[int, _Planned] = {}
        for start, (cost, ways) in found.items():
            ways_on: list[Way | None] = [*exercise.ways()]
            for way in ways_on or [None]:
                pages = len(way.pages) if way else exercise.pages_unplanned
                total = _sum(cost, way.cost(start) if way else ())
                place = (start + pages) % 2
                if place not in longer or total < longer[place][0]:
                    longer[place] = total, [*ways, way]
        found = longer
    return found[side] if side in found else min(found.values(), key=lambda one: one[0])


def _sum(one: _Cost, other: _Cost) -> _Cost:
    return tuple(map(sum, zip(one, other, strict=True))) if one and other else tuple(one or other)
