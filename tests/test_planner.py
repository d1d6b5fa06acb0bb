"""The whole plan: weeks, phases, minutes, and what is taken over from prescription, clinic and library."""

from __future__ import annotations

import re
from typing import Any

import pytest
from geometry import document_text
from hypothesis import given
from hypothesis import strategies as st
from programs import exercise, make_program, plan, prescription

from pdfgen.content.models.condition import Condition
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.library import Library
from pdfgen.content.models.weekdays import training_days
from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.progression import CHANGEOVER_S, seconds, steps_by_week

LENGTHS = range(2, 13)


@pytest.mark.parametrize("weeks", LENGTHS)
def test_weeks_are_numbered_and_have_their_steps(weeks: int) -> None:
    made = plan(weeks=weeks).weeks
    assert [week.number for week in made] == list(range(1, weeks + 1))
    assert tuple(week.step for week in made) == steps_by_week(weeks)
    assert [week.settling for week in made] == [
        index > 0 and made[index - 1].step == week.step for index, week in enumerate(made)
    ]
    assert made[-1].settling


@pytest.mark.parametrize("weeks", LENGTHS)
def test_every_week_is_in_one_phase(weeks: int, condition: Condition) -> None:
    made = plan(weeks=weeks, language="en")
    assert [number for phase in made.phases for number in phase.weeks] == list(range(1, weeks + 1))
    for phase in made.phases:
        source = next(entry for entry in condition.phases if entry.name["en"] == phase.name)
        assert all(source.first_step <= made.weeks[n - 1].step <= source.last_step for n in phase.weeks)


def test_twelve_weeks_go_through_all_phases(condition: Condition) -> None:
    assert len(plan(weeks=12).phases) == len(condition.phases)
    assert [phase.weeks for phase in plan(weeks=12).phases] == [(1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 11, 12)]


OWN_DOSES = st.dictionaries(
    st.sampled_from(["knee-rolls", "cat-cow", "bridge", "plank"]),
    st.fixed_dictionaries(
        {},
        optional={
            "sets": st.integers(1, 10), "reps": st.integers(1, 50), "hold_s": st.integers(0, 600),
            "per_side": st.booleans(), "from_week": st.integers(1, 3), "to_week": st.integers(3, 6),
        },
    ),
)  # fmt: skip


@given(doses=OWN_DOSES, days=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))
def test_minutes_are_the_sum_of_the_longest_session_rounded_up(
    doses: dict[str, Any], days: list[str]
) -> None:
    made = plan(doses=doses, days=days)
    for week in made.weeks:
        for session in week.sessions:
            names = {e.number: exercise(e.id) for e in made.exercises}
            total = sum(seconds(names[item.number], item.dose) + CHANGEOVER_S for item in session.items)
            assert session.seconds == total
        longest = max(session.seconds for session in week.sessions)
        assert week.minutes * 60 >= longest > (week.minutes - 1) * 60


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["mon", "wed"], "about"),
        ({"mobilising": ["mon", "tue", "wed"], "strengthening": ["wed"]}, "up to"),
    ],
)
def test_who_exercises_shorter_on_some_days_is_told_so(days: Any, said: str) -> None:
    """Minutes of the longest session are too many for days with half of the exercises."""
    made = make_program({"program": "short-four", "language": "en", "days": days, "start": "2026-03-02"})
    words = document_text(made.document()).replace("\u00a0", " ")
    found = re.findall(r"(about|up to) (?:\d+ to )?\d+ minutes each time", words)
    assert found == [said] * (len(made.plan().weeks) + 1), "on the cover and on each sheet"


@given(doses=OWN_DOSES)
def test_a_session_has_the_doses_that_are_printed_for_its_week(doses: dict[str, Any]) -> None:
    made = plan(doses=doses)
    by_number = {e.number: e for e in made.exercises}
    for week in made.weeks:
        for session in week.sessions:
            for item in session.items:
                assert item.dose == by_number[item.number].doses[week.number - 1]


def test_printed_minutes_never_fall_short_of_the_clinical_table() -> None:
    minutes = [week.minutes for week in plan(weeks=12).weeks]
    table = {1: 6, 2: 8, 3: 8, 4: 9, 5: 10, 6: 12, 7: 10, 8: 10, 9: 11}
    for week, printed in zip(plan(weeks=12).weeks, minutes, strict=True):
        assert 0 <= printed - table[week.step] <= 1, (week.step, printed)


def test_an_exercise_that_has_not_begun_is_in_no_session() -> None:
    made = plan(program="full-seven", weeks=6)
    superman = next(e for e in made.exercises if e.id == "superman")
    weeks = [any(i.number == superman.number for s in week.sessions for i in s.items) for week in made.weeks]
    assert weeks == [False, False, True, True, True, True]
    assert superman.doses[:2] == (None, None)


def test_mobilising_and_strengthening_have_days_of_their_own(library: Library) -> None:
    days = {"mobilising": ["mon", "tue"], "strengthening": ["sun"]}
    made = plan(exercises=["cat-cow", "bridge"], days=days)
    assert [(s.day, [i.number for i in s.items]) for s in made.weeks[0].sessions] == [
        ("mon", [1]), ("tue", [1]), ("sun", [2]),
    ]  # fmt: skip
    loaded = prescription({"days": days}).value
    assert training_days(loaded.days, library.kinds)["strengthening"] == ("sun",)


def test_a_program_whose_exercises_never_begin_has_weeks_without_sessions() -> None:
    made = plan(exercises=["superman"], weeks=2)
    assert [(week.sessions, week.minutes) for week in made.weeks] == [((), 0), ((), 0)]


def test_what_the_therapist_wrote_is_taken_over() -> None:
    made = plan(
        {"therapist": "clinic's"},
        patient={"label": "A. B."}, goal="Dansen", if_then="Als, dan", therapist="own", start="2026-03-02",
    )  # fmt: skip
    assert (made.label, made.therapist) == ("A. B.", "own")
    assert (made.goal, made.if_then, made.message) == (OwnWords("Dansen"), OwnWords("Als, dan"), None)
    assert plan({"therapist": "clinic's"}).therapist == "clinic's"


def test_own_exercises_replace_those_of_the_program(library: Library) -> None:
    assert [e.id for e in plan(exercises=["superman", "cat-cow"]).exercises] == ["superman", "cat-cow"]
    assert [e.id for e in plan().exercises] == list(library.programs["short-four"].exercises)


def test_situations_are_named_in_the_language(library: Library) -> None:
    assert plan(situations=["pregnancy"], language="en").situations == (
        library.situations["pregnancy"].name["en"],
    )


def test_the_same_input_gives_the_same_plan_and_it_cannot_be_changed() -> None:
    one, other = plan(weeks=8), plan(weeks=8)
    assert one == other
    with pytest.raises(AttributeError):
        one.weeks[0].number = 2  # type: ignore[misc]


@given(
    program=st.sampled_from(["short-four", "full-seven", "starter"]),
    weeks=st.integers(2, 12),
    language=st.sampled_from(["nl", "en"]),
)
def test_a_plan_has_no_empty_text(program: str, weeks: int, language: str) -> None:
    made = plan(program=program, weeks=weeks, language=language)
    for made_exercise in made.exercises:
        texts = [made_exercise.name, made_exercise.purpose, made_exercise.position, made_exercise.breathing]
        texts += [text for _, text in made_exercise.main.steps]
        assert all(text.strip() for text in texts)
