"""All exercises before their pages: with a drawing, the page and the weeks of each form that begins later."""

from __future__ import annotations

from functools import cache

import pytest
from geometry import box_of, page_lines, runs, text_of
from programs import Data, Made, make_program

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, ranges
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import Page, Placed

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAILY: Data = {"program": "full-seven", "weeks": 6, "days": EVERY_DAY, "language": "en", "paper": "letter"}
SEVEN: Data = {"program": "full-seven", "weeks": 12}
FOUR: Data = {"program": "short-four", "weeks": 6}
STARTER: Data = {"program": "starter", "weeks": 4}
PROGRAMS = {"daily": DAILY, "seven": SEVEN, "four": FOUR, "starter": STARTER}


@cache
def made_of(layout: str, name: str) -> Made:
    return make_program({"start": "2026-03-02", **PROGRAMS[name], "layout": layout})


def words_of(page: Page) -> str:
    return " ".join(words.replace(NO_BREAK, " ") for _, _, words in page_lines(page))


def page_of(made: Made, form: PlannedExercise) -> int:
    """The page of a form, from 1."""
    name = destination_of(form)
    return next(place.page for place in made.document().destinations if place.name == name) + 1


def before_exercises(made: Made) -> list[Page]:
    return list(made.document().pages[: page_of(made, made.plan().exercises[0]) - 1])


def page_words(made: Made, form: PlannedExercise) -> str:
    return made.language.fill(made.language.strings.on_page, {"page": page_of(made, form)})


def overview_of(made: Made) -> str:
    """The words of the page that shows all exercises; none where the program has no such page."""
    names = [exercise.name for exercise in made.plan().exercises]
    pages = before_exercises(made)[-1:]
    return " ".join(words for words in map(words_of, pages) if all(name in words for name in names))


@pytest.mark.parametrize("name", ["seven", "four"])
def test_an_overview_has_the_weeks_and_the_page_of_each_form_that_is_not_done_in_all(name: str) -> None:
    """A drawing without weeks is taken for something to do today."""
    made = made_of("large-print", name)
    words = overview_of(made)
    assert words
    for exercise in made.plan().exercises:
        for form in exercise.by_form:
            assert page_words(made, form).lower() in words.lower()
            assert all(form.doses) or ranges(form.weeks) in words


@pytest.mark.parametrize("name", PROGRAMS)
def test_all_exercises_in_large_print_are_drawn_before_their_pages(name: str) -> None:
    """On a page of their own, or where the plan says how much of each."""
    made = made_of("large-print", name)
    items = [item for page in before_exercises(made)[-6:] for item in page.items]
    drawn = {item.drawing.name for item in items if isinstance(item, Placed)}
    figures = made.composer().figures
    for exercise in made.plan().exercises:
        emblem = exercise.by_form[0].main.emblem
        assert emblem is None or figures[emblem.figure].name in drawn, exercise.name


@pytest.mark.parametrize("name", ["daily", "starter"])
def test_a_plan_with_drawings_names_the_page_of_each_form_at_one_place(name: str) -> None:
    made = made_of("large-print", name)
    assert not overview_of(made)
    pages, edges = before_exercises(made)[-5:], set()
    for exercise in made.plan().exercises:
        for form in exercise.by_form:
            said = page_words(made, form)
            found = [
                run for page in pages for run in runs(page) if text_of(run).replace(NO_BREAK, " ") == said
            ]
            edges |= {round(box_of(run).right) for run in found}
    assert len(edges) == 1
