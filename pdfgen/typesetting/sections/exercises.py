"""Exercises with their forms: name, what is meant for this patient, drawings, doses, steps, what goes wrong.

An exercise begins a page, and takes further ones where its drawings would fall below their least size. Type
never shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pdfgen.typesetting.blocks import Block
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.exercise_heading import exercise_heading
from pdfgen.typesetting.sections.exercise_overview import overview
from pdfgen.typesetting.sections.exercise_pages import ExercisePages
from pdfgen.typesetting.sections.exercise_ways import Way

#: So many of the first costs are flaws: to have less of them is worth a page before the exercises, and pages
#: that they take beyond what they need bring no more.
_FLAWS = 2

_Cost = tuple[float, ...]


class _Planned(NamedTuple):
    """How each exercise is divided over pages, with what is wrong then.

    Attributes:
        pages: of all together.
        ways: None for one with more than any way has room for.
        has_overview: a page with all of them comes first.
    """

    cost: _Cost
    pages: int
    ways: tuple[Way | None, ...]
    has_overview: bool = False

    @property
    def flaws(self) -> _Cost:
        """What is wrong, without what is no more than a matter of paper."""
        return self.cost[:_FLAWS]


class Chapter:
    """The exercises of a program, which can be divided over more pages than they need."""

    def __init__(self, c: Composer) -> None:
        self._composer = c

    @cached_property
    def _exercises(self) -> list[ExercisePages]:
        """The exercises; what they are made of has the sizes that it has in both copies already."""
        c = self._composer
        copies = (c,) if c.twin is None else (c, c.turned())
        headings = [exercise_heading(copy, exercise) for copy in copies for exercise in copy.plan.exercises]
        stacked = not all(heading.fits_one_line(c.look.width) for heading in headings)
        return [ExercisePages(c, exercise, stacked=stacked) for exercise in c.plan.exercises]

    @cached_property
    def _overview(self) -> Block | None:
        return overview(self._composer)

    def blocks(self, first_page: int = 1, more: int = 0) -> list[Flowed]:
        """Return the blocks of the pages of all exercises; the first one is that page of the document.

        Args:
            more: pages that they take beyond those that they need, if none of them is the worse for it.
        """
        exercises = self._exercises
        planned = _planned(exercises, first_page, more, can_have_overview=self._overview is not None)
        pages = [Flowed(self._overview, new_page=True)] if self._overview and planned.has_overview else []
        for exercise, way in zip(exercises, planned.ways, strict=True):
            pages += exercise.set_as(way)
        return pages


def _planned(
    exercises: Sequence[ExercisePages], first_page: int, more: int, *, can_have_overview: bool
) -> _Planned:
    """Return how each exercise is divided over pages.

    Both parts of a form that has to be parted face each other: an exercise before it takes a page more, or
    all exercises have a page of their own.
    """
    unparted = [way for exercise in exercises if (way := exercise.unparted())]
    is_whole = len(unparted) == len(exercises)
    whole = _Planned((0.0,) * _FLAWS, sum(len(way.pages) for way in unparted), tuple(unparted))
    if is_whole and not more:
        return whole
    ways = [*_ways(exercises, first_page).values()]
    if can_have_overview:
        later = _ways(exercises, first_page + 1).values()
        ways += [one._replace(pages=one.pages + 1, has_overview=True) for one in later]
    usual = whole if is_whole else min(ways, key=lambda one: (one.flaws, one.has_overview, one.cost))
    longer = [one for one in ways if one.pages == usual.pages + more and one.flaws <= usual.flaws]
    return min(longer if more else (), key=lambda one: one.cost, default=usual)


def _ways(exercises: Sequence[ExercisePages], first_page: int) -> dict[int, _Planned]:
    """Return the cheapest way to divide all exercises over each number of pages, from a page on."""
    found = {0: _Planned((), 0, ())}
    for exercise in exercises:
        longer: dict[int, _Planned] = {}
        for before in found.values():
            ways: list[Way | None] = [*exercise.ways()]
            for way in ways or [None]:
                pages = before.pages + (len(way.pages) if way else exercise.pages_unplanned)
                cost = _sum(before.cost, way.cost((first_page + before.pages) % 2) if way else ())
                if pages not in longer or cost < longer[pages].cost:
                    longer[pages] = _Planned(cost, pages, (*before.ways, way))
        found = longer
    return found


def _sum(one: _Cost, other: _Cost) -> _Cost:
    return tuple(map(sum, zip(one, other, strict=True))) if one and other else tuple(one or other)
