"""Which questions and words a program prints."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import BACK, make_program, plan, shipped_library

from pdfgen.content.models.condition import Faq
from pdfgen.pdf.logical_text import expected_text

COUNT = 8
LIBRARY = shipped_library().value
EXERCISES = sorted(LIBRARY.exercises)
SITUATIONS = sorted(LIBRARY.situations)
QUESTIONS = LIBRARY.questions(BACK)
BY_QUESTION = {entry.question["nl"]: entry for entry in QUESTIONS}


def chosen(**data: Any) -> list[Faq]:
    return [BY_QUESTION[question] for question, _ in plan(**data).faq]


def entry(**values: Any) -> Faq:
    return Faq(id="a", question={"nl": "a"}, answer={"nl": "a"}, **values)


def test_an_entry_concerns_a_program_by_exercise_by_situation_or_always() -> None:
    assert entry(always=True).concerns([], [])
    assert entry(obligatory=True).concerns([], [])
    assert entry(exercises=("plank",)).concerns(["bridge", "plank"], [])
    assert entry(situations=("pregnancy",)).concerns([], ["pregnancy"])
    assert not entry(exercises=("plank",), situations=("pregnancy",)).concerns(["bridge"], ["osteoporosis"])
    assert not entry().concerns(EXERCISES, SITUATIONS)


@pytest.mark.parametrize("program", ["short-four", "full-seven", "starter"])
def test_a_program_prints_about_eight(program: str) -> None:
    assert len(chosen(program=program)) == COUNT


@given(
    exercises=st.lists(st.sampled_from(EXERCISES), min_size=1, max_size=7, unique=True),
    situations=st.lists(st.sampled_from(SITUATIONS), max_size=4, unique=True),
)
def test_questions_are_those_that_concern_the_program_in_order_of_rank(
    exercises: list[str], situations: list[str]
) -> None:
    made = chosen(exercises=exercises, situations=situations)
    relevant = [e for e in QUESTIONS if e.concerns(exercises, situations)]
    personal = [e for e in QUESTIONS if e.obligatory or set(e.situations) & set(situations)]
    assert all(e in relevant for e in made)
    assert all(e in made for e in personal), "a question about the patient's situation is missing"
    assert len(made) == max(len(personal), min(COUNT, len(relevant)))
    assert [e.rank for e in made] == sorted(e.rank for e in made)
    assert len({e.id for e in made}) == len(made)
    left_out = [e for e in relevant if e not in made]
    general = [e for e in made if e not in personal]
    assert max((e.rank for e in general), default=0) <= min((e.rank for e in left_out), default=100)


@given(
    situations=st.lists(st.sampled_from(SITUATIONS), max_size=4, unique=True),
    layout=st.sampled_from(["standard", "large-print"]),
)
def test_questions_that_everybody_needs_are_always_printed(situations: list[str], layout: str) -> None:
    made = {e.id for e in chosen(situations=situations, layout=layout)}
    assert {"how-often", "hernia", "exercise-hurts", "aids", "leg-pain"} <= made


def test_pain_down_the_leg_is_asked_early() -> None:
    (leg,) = [e for e in QUESTIONS if e.id == "leg-pain"]
    assert leg.rank <= 17
    assert leg in chosen(program="short-four")


def test_questions_and_answers_are_in_the_language() -> None:
    english = {(e.question["en"], e.answer["en"]) for e in QUESTIONS}
    assert set(plan(language="en").faq) <= english


def words(**data: Any) -> set[str]:
    terms = {word.term for word in plan(language="en", **data).preparation.words}
    return {name for name, item in LIBRARY.glossary.items() if item.term["en"] in terms}


def test_a_full_program_explains_every_word() -> None:
    assert words(program="full-seven", weeks=12) == set(LIBRARY.glossary)


@pytest.mark.parametrize(
    ("unused", "data"),
    [
        ("levels", {"exercises": ["cat-cow", "knee-rolls"]}),
        ("set", {"exercises": ["childs-pose", "plank"]}),
        ("set-of-hold", {"exercises": ["bridge"]}),
        ("set-of-hold", {"exercises": ["cat-cow"]}),
        ("rest", {"exercises": ["cat-cow"]}),
        ("hold", {"exercises": ["cat-cow"], "doses": {"cat-cow": {"hold_s": 0}}}),
    ],
)
def test_a_word_that_is_not_used_is_not_explained(unused: str, data: dict[str, Any]) -> None:
    assert set(LIBRARY.glossary) - words(weeks=6, **data) >= {unused}


@pytest.mark.parametrize(
    ("used", "data"),
    [
        ("levels", {"exercises": ["bridge"]}),
        ("set", {"exercises": ["bridge"]}),
        ("set-of-hold", {"program": "starter"}),
        ("set-of-hold", {"exercises": ["bridge", "childs-pose"]}),
        ("set-of-hold", {"program": "short-four"}),
        ("rest", {"exercises": ["plank"]}),
        ("hold", {"exercises": ["plank"]}),
        # Superman begins in the third step only, so in two weeks it has no dose at all.
        (
            "levels",
            {
                "exercises": ["superman", "bridge"],
                "weeks": 2,
                "doses": {"bridge": {"from_week": 2, "level": "L2"}},
            },
        ),
    ],
)
def test_a_word_that_is_used_is_explained(used: str, data: dict[str, Any]) -> None:
    assert used in words(**{"weeks": 6, **data})


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_word_that_is_explained_is_printed_elsewhere(language: str) -> None:
    """A word that no page has is one more thing to read, and to wonder about; numbers may be others."""
    made = make_program({"program": "full-seven", "weeks": 12, "language": language})
    printed = " ".join(element.text for element in expected_text(made.document())).lower()
    for term in (word.term for word in made.plan().preparation.words):
        pattern = re.sub(r"\d+", r"\\d+", term.lower())
        assert len(re.findall(rf"\b{pattern}\b", printed)) > 1, term
