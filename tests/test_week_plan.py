"""The week plan: all doses, once, and on one page for a short program."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise
from typing import Any

import pytest
from geometry import all_faults, headings, runs, text_of
from programs import Made, make_program, words_of

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, DoseWords, dose_words, week_words
from pdfgen.typesetting.blocks import Paragraph
from pdfgen.typesetting.sections import week_plan

DAYS = ["mon", "wed", "fri"]
SHORT: dict[str, Any] = {"program": "short-four", "weeks": 6, "start": "2026-03-02", "days": DAYS}
LONG: dict[str, Any] = {"program": "full-seven", "weeks": 12, "start": "2026-03-02"}
STARTER: dict[str, Any] = {"program": "starter", "weeks": 4, "start": "2026-03-02", "days": DAYS}


@cache
def made(name: str, layout: str, language: str = "nl") -> Made:
    data = {"short": SHORT, "long": LONG, "starter": STARTER}[name]
    return make_program({**data, "layout": layout, "language": language, "patient": {"label": "P-1"}})


def plan_pages(program: Made) -> tuple[int, int]:
    """The first page of the plan, and the one on which moving on begins."""
    titles = [program.language.strings.plan_title, program.plan().progress.title]
    first, moving_on = (page for _, page, words in headings(program.document()) if words in titles)
    return first, moving_on


def said_in_plan(program: Made) -> str:
    first, moving_on = plan_pages(program)
    pages = program.document().pages[first - 1 : moving_on]
    return words_of([text_of(run) for page in pages for run in runs(page)])


def doses_of(program: Made, form: PlannedExercise) -> Iterator[tuple[str, DoseWords]]:
    """Weeks that follow each other with one dose, and that dose, in words."""
    for dose, weeks in groupby(enumerate(form.doses, 1), key=lambda pair: pair[1]):
        if dose is not None:
            words = week_words([week for week, _ in weeks], program.language)
            yield words_of([words]), DoseWords(*(words_of([p]) for p in dose_words(dose, program.language)))


@pytest.mark.parametrize("layout", ["standard", "bilingual"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_weeks_and_doses_of_a_short_program_are_one_page(language: str, layout: str) -> None:
    first, moving_on = plan_pages(made("short", layout, language))
    assert moving_on == first + 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("name", "layout"), [("short", "booklet"), ("starter", "standard")])
def test_moving_on_is_on_one_page_where_that_takes_no_page_more(
    name: str, layout: str, language: str
) -> None:
    program = made(name, layout, language)
    *_, page = plan_pages(program)
    said = words_of([text_of(run) for run in runs(program.document().pages[page - 1])])
    progress = program.plan().progress
    for choice in progress.choices:
        assert all(words_of([words]) in said for words in (choice.title, *choice.points))


@pytest.mark.parametrize("layout", ["large-print", "booklet"])
@pytest.mark.parametrize("name", ["short", "long", "starter"])
def test_choices_that_go_on_on_the_next_page_have_their_title_there_again(name: str, layout: str) -> None:
    program = made(name, layout)
    titles = {words_of([choice.title]) for choice in program.plan().progress.choices}
    first: dict[int, str] = {}
    for _, page, words in headings(program.document()):
        first.setdefault(page, words_of([words]))
    assert not titles & {*first.values()}


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "screen"])
@pytest.mark.parametrize("name", ["short", "long"])
def test_every_dose_stands_behind_its_weeks_and_what_stays_the_same_is_said_once(
    name: str, layout: str
) -> None:
    program = made(name, layout)
    if not program.layout.margins.mirrored:
        assert all_faults(program.document(), program.composer().look) == []
    said = said_in_plan(program)
    forms = [form for exercise in program.plan().exercises for form in exercise.by_form if any(form.doses)]
    parts = 0
    for form in forms:
        doses = list(doses_of(program, form))
        assert all(f"{weeks} {dose.amount}" in said.replace(":", "") for weeks, dose in doses)
        parts += sum(bool(hold) for hold, _ in groupby(dose.hold for _, dose in doses))
    hold = program.language.strings.hold_row.split("}")[1].strip()
    assert said.count(hold) == parts


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "bilingual"])
def test_the_number_of_an_exercise_stands_on_the_line_of_its_name(layout: str) -> None:
    program = made("long", layout)
    first, moving_on = plan_pages(program)
    found = set()
    for page in program.document().pages[first - 1 : moving_on]:
        for number, name in pairwise(runs(page)):
            for exercise in program.plan().exercises:
                words = text_of(name).replace(NO_BREAK, " ").split()
                if words[:1] == exercise.name.split()[:1] and words_of([text_of(number)]) == str(
                    exercise.number
                ):
                    assert number.y == name.y, exercise.name
                    found.add(exercise.number)
    assert len(found) == len(program.plan().exercises)


def test_a_dose_of_all_weeks_has_no_weeks_beside_it_and_one_that_is_open_has_a_line() -> None:
    open_later = [{"from_week": 1, "reps": 5}, {"from_week": 5, "blank": True}]
    doses = {"knee-rolls": [{"from_week": 1, "level": "L2", "reps": 9, "hold_s": 2}], "cat-cow": open_later}
    program = make_program({**SHORT, "exercises": ["knee-rolls", "cat-cow"], "doses": doses})
    said = said_in_plan(program)
    strings = program.language.strings
    amount = words_of([dose_words(program.plan().exercises[0].doses[0], program.language).amount])
    assert amount in said
    assert f"{strings.week} 1 tot en met 6" not in said
    node = f"{strings.dose}, {week_words([5, 6], program.language)}"
    assert any(element.actual.startswith(node) for element in program.document().nodes)


@pytest.mark.parametrize(("note", "called"), [("Bel je fysiotherapeut.", True), ("Rust een dag.", False)])
def test_the_number_stands_only_behind_words_that_end_with_who_is_called(note: str, called: bool) -> None:
    """What the last choice of a library says is the library's own."""
    made = make_program({"program": "short-four"}, {"phone": "085 000 0000"})
    c = made.composer()
    last = c.plan.progress.choices[-1]._replace(note=note)
    *_, words = week_plan._note(c, last)
    assert isinstance(words, Paragraph)
    assert ("085" in "".join(span.text for span in words.text.spans)) is called
