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


def has_steps(exercise: PlannedExercise, page: str) -> bool:
    """Whether a page has all steps of one of the forms."""
    return any(all(step in page for step in steps) for steps in steps_of(exercise))


@pytest.mark.parametrize("case", [*GOING_ON, ("nl", "a4", "full-seven", {"days": ["mon", "wed", "fri"]})])
def test_a_page_that_a_form_goes_on_to_has_its_steps_or_names_the_page_with_them(
    case: tuple[str, str, str, dict[str, Any]],
) -> None:
    language, paper, program, job = case
    one = made("compact", language, paper, program, large=True, **job)
    pages, strings = [unspaced(words) for words in page_words(one.document())], one.language.strings
    assert going_on(one)
    for exercise, number in going_on(one):
        before = max(n for n in range(number) if has_steps(exercise, pages[n]))
        named = strings.steps_on_page.format(page=strings.on_page.format(page=before + 1))
        assert has_steps(exercise, pages[number]) != (unspaced(named) in pages[number]), exercise.name


def test_steps_stand_again_where_that_takes_no_page_more() -> None:
    one = made("compact", "nl", "a4", "short-four", large=True, days=["mon", "wed", "fri"])
    pages = [unspaced(words) for words in page_words(one.document())]
    assert [e.name for e, number in going_on(one) if not has_steps(e, pages[number])] == []


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
    one = made("wall-sheet", "nl", "letter", "full-seven", days=["mon", "wed", "fri"])
    late = [exercise for exercise in one.plan().exercises if exercise.next_week() > 1]
    words = unspaced(page_words(one.document())[0])
    assert late
    for exercise in late:
        week = one.language.strings.from_week.format(week=exercise.next_week())
        assert re.search(rf"{unspaced(exercise.name)}:\D+\d+{unspaced(week)}", words)


@pytest.mark.parametrize("program", ["short-four", "full-seven"])
def test_a_program_in_large_print_lists_its_exercises_before_the_first_one(program: str) -> None:
    one = made("compact", "nl", "a4", program, large=True, days=["mon", "wed", "fri"])
    pages = [unspaced(words) for words in page_words(one.document())]
    first = next(number for number, boxes in enumerate(ticks(one.document())) if boxes)
    before = "".join(pages[:first])
    assert [e.name for e in one.plan().exercises if unspaced(e.name) not in before] == []


@pytest.mark.parametrize("case", [*GOING_ON[1:], ("nl", "a4", "full-seven", {"days": ["mon", "wed", "fri"]})])
def test_a_page_names_the_one_that_a_form_goes_on_to(case: tuple[str, str, str, dict[str, Any]]) -> None:
    language, paper, program, job = case
    one = made("compact", language, paper, program, large=True, **job)
    pages, strings = [unspaced(words) for words in page_words(one.document())], one.language.strings
    boxes = ticks(one.document())
    named = 0
    for exercise, number in going_on(one):
        weeks = {int(box.id[1:].split(".")[0]) for box in boxes[number] if f".{exercise.number}." in box.id}
        page = strings.on_page.format(page=number + 1)
        words = f"{page}: {strings.from_week.format(week=min(weeks))}"
        said_there = unspaced(f"{page}:").lower() in pages[number - 1].lower()
        assert said_there == (unspaced(words).lower() in pages[number - 1].lower()), exercise.name
        named += said_there
    assert named
