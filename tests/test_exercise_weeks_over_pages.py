"""Exercises with weeks for more than one page: what stands on the pages that a form goes on to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from programs import Made
from test_exercise_weeks import EVERY_DAY, made, page_words, said, ticks, unspaced

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.sections.exercise_divisions import divisions, no_less_even

#: Programs in large print, of which each has forms that go on to a further page.
GOING_ON: list[tuple[str, str, str, dict[str, Any]]] = [
    ("nl", "a4", "short-four", {"days": ["mon", "wed", "fri"]}),
    ("en", "letter", "full-seven", {"weeks": 6, "days": EVERY_DAY}),
]


def going_on(one: Made) -> list[tuple[PlannedExercise, int]]:
    """The exercises that go on to a page, with its number from 0."""
    continued, pages = one.language.strings.continued, page_words(one.document())
    return [
        (exercise, number)
        for exercise in one.plan().exercises
        for number, words in enumerate(pages)
        if unspaced(continued.format(title=exercise.name)) in unspaced(words)
    ]


def steps_of(exercise: PlannedExercise) -> list[list[str]]:
    return [[unspaced(said(words)) for _, words in form.main.steps] for form in exercise.by_form]


@pytest.mark.parametrize("case", GOING_ON)
def test_a_page_that_a_form_goes_on_to_has_its_steps(case: tuple[str, str, str, dict[str, Any]]) -> None:
    language, paper, program, job = case
    one = made("compact", language, paper, program, large=True, **job)
    pages = [unspaced(words) for words in page_words(one.document())]
    assert going_on(one)
    for exercise, number in going_on(one):
        assert any(all(step in pages[number] for step in steps) for steps in steps_of(exercise))
        words = one.language.strings.steps_on_page.partition("{")[0]
        assert unspaced(words) not in pages[number]


def test_a_page_without_room_for_the_steps_names_the_page_that_has_them() -> None:
    one = made("compact", "nl", "a4", "full-seven", large=True, days=["mon", "wed", "fri"])
    pages = [unspaced(words) for words in page_words(one.document())]
    words = one.language.strings.steps_on_page
    named = 0
    for exercise, number in going_on(one):
        has_steps = any(all(step in pages[number] for step in steps) for steps in steps_of(exercise))
        before = one.language.strings.on_page.format(page=number)
        assert has_steps != (unspaced(words.format(page=before)) in pages[number]), exercise.name
        named += not has_steps
    assert named


@pytest.mark.parametrize("case", GOING_ON)
def test_drawings_do_not_grow_for_one_week_alone(case: tuple[str, str, str, dict[str, Any]]) -> None:
    language, paper, program, job = case
    one = made("compact", language, paper, program, large=True, **job)
    boxes = ticks(one.document())
    for exercise, number in going_on(one):
        first, later = ({round(box.y) for box in boxes[page]} for page in (number - 1, number))
        assert len(later) <= 2 * len(first), exercise.name


def test_weeks_are_divided_evenly() -> None:
    weeks = (1, 2, 3, 4, 5, 6)
    assert next(divisions(weeks)) == ((1, 2, 3), (4, 5, 6))
    uneven = ((1,), (2, 3, 4, 5, 6))
    assert uneven in divisions(weeks)
    assert [*no_less_even(weeks, ((1, 2, 3), (4, 5, 6)))] == [
        ((1, 2, 3), (4, 5, 6)),
        ((1, 2), (3, 4, 5, 6)),
    ]
    assert uneven in no_less_even(weeks, uneven)


@pytest.mark.parametrize(("paper", "program"), [("a4", "situations"), ("a4", "full-seven")])
@pytest.mark.parametrize("layout", ["compact", "wall-sheet"])
def test_no_page_stands_as_a_number_behind_a_week(layout: str, paper: str, program: str) -> None:
    one = made(layout, "nl", paper, program)
    words = said(page_words(one.document())[0])
    assert not re.search(r"vanaf\s*week\s*\d+:\s*\d", words)


def test_lines_of_exercises_say_from_which_week_one_begins() -> None:
    one = made("wall-sheet", "nl", "a4", "full-seven", days=["mon", "wed", "fri"])
    late = [exercise for exercise in one.plan().exercises if exercise.next_week() > 1]
    words = unspaced(page_words(one.document())[0])
    assert late
    for exercise in late:
        week = one.language.strings.from_week.format(week=exercise.next_week())
        assert re.search(rf"{unspaced(exercise.name)}:\D+\d+{unspaced(week)}", words)
