"""Weeks, steps, doses and minutes against the tables of clinical.md 2.2 and 2.3."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import exercise, shipped_language

from pdfgen.content.models.dose import Amount
from pdfgen.content.models.exercise import Exercise
from pdfgen.content.models.field_types import Side
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import DoseOverride
from pdfgen.planning import progression
from pdfgen.planning.planned_exercise import PlannedDose
from pdfgen.planning.progression import CHANGEOVER_S, dose_at, seconds, steps_by_week

#: Week-to-step maps of clinical.md 2.3.
STEPS = {
    4: (1, 2, 3, 3),
    6: (1, 2, 3, 4, 5, 5),
    8: (1, 2, 3, 3, 4, 5, 6, 6),
    12: (1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9),
}

MOBILISING = ("leg-lengthening", "knee-rolls", "cat-cow", "childs-pose")
STRENGTHENING = ("bridge", "plank", "superman")
ALL_SEVEN = (*MOBILISING, *STRENGTHENING)
SHORT_FOUR = ("knee-rolls", "cat-cow", "bridge", "plank")

#: Minutes at steps T1 to T9 of clinical.md 2.3, rounded to tenths, and then to whole minutes. The plank
#: rises a level one step later than there, so that it does not rise with the bridge.
MINUTES = {
    MOBILISING: (6, 7, 9, 10, 10, 10, 10, 10, 10),
    STRENGTHENING: (3, 5, 5, 6, 8, 8, 6, 8, 9),
    ALL_SEVEN: (8, 12, 14, 15, 18, 19, 17, 18, 20),
    SHORT_FOUR: (6, 8, 8, 9, 10, 12, 10, 10, 11),
}

LENGTHS = range(2, 13)


def dose_in_week(
    entry: Exercise, step: int, week: int, overrides: Sequence[DoseOverride], side: Side | None = None
) -> PlannedDose | None:
    return progression.dose_in_week(
        entry, step, week, overrides, language=shipped_language("nl").value, side=side
    )


@pytest.mark.parametrize("weeks", STEPS)
def test_steps_are_those_of_the_clinical_table(weeks: int) -> None:
    assert steps_by_week(weeks) == STEPS[weeks]


@pytest.mark.parametrize("weeks", LENGTHS)
def test_steps_of_any_length_follow_the_same_rule(weeks: int) -> None:
    steps = steps_by_week(weeks)
    rises = [later - earlier for earlier, later in pairwise(steps)]
    assert len(steps) == weeks
    assert steps[0] == 1
    assert set(rises) <= {0, 1}
    assert rises[-1] == 0, "the last week must not rise"
    assert (0, 0) not in set(pairwise(rises)), "two weeks in a row without a rise"
    longest = max(len(run) for run in "".join(map(str, rises)).split("0"))
    assert longest <= 5, "more than five rises without a week to settle"


def test_a_longer_program_never_gets_less_far() -> None:
    ends = [steps_by_week(weeks)[-1] for weeks in LENGTHS]
    assert ends == sorted(ends)
    assert ends[-1] == 9


def minutes_of(names: tuple[str, ...], step: int) -> int:
    total = 0
    for name in names:
        dose = dose_in_week(exercise(name), step, 1, ())
        if dose is not None:
            total += seconds(exercise(name), dose) + CHANGEOVER_S
    return int(round(total / 60, 1) + 0.5)


@pytest.mark.parametrize("names", MINUTES, ids=["mobilising", "strengthening", "all-seven", "short-four"])
def test_minutes_are_those_of_the_clinical_table(names: tuple[str, ...]) -> None:
    assert tuple(minutes_of(names, step) for step in range(1, 10)) == MINUTES[names]


def test_kinds_are_those_that_the_minutes_are_summed_by(library: Library) -> None:
    for kind, names in (("mobilising", MOBILISING), ("strengthening", STRENGTHENING)):
        assert {name for name in ALL_SEVEN if library.exercises[name].kind == kind} == set(names)


def test_beyond_the_last_step_the_last_dose_stays() -> None:
    bridge = exercise("bridge")
    assert dose_at(bridge, 9) == dose_at(bridge, 12) == bridge.doses[-1]


def test_an_exercise_that_has_not_begun_has_no_dose() -> None:
    assert dose_in_week(exercise("superman"), 2, 2, ()) is None
    assert dose_in_week(exercise("superman"), 3, 3, ()) is not None


def own(**values: Any) -> DoseOverride:
    return DoseOverride(**values)


def test_an_own_dose_changes_only_what_it_names() -> None:
    bridge = exercise("bridge")
    usual, changed = (dose_in_week(bridge, 5, 5, over) for over in ((), (own(reps=11),)))
    assert usual is not None
    assert changed is not None
    assert (usual.reps, changed.reps) == (Amount.of(8), Amount.of(11))
    assert (changed.level, changed.sets, changed.hold_s, changed.per_side) == (
        usual.level, usual.sets, usual.hold_s, usual.per_side
    )  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "weeks"),
    [
        ({}, {1, 2, 3, 4, 5, 6}),
        ({"from_week": 3}, {3, 4, 5, 6}),
        ({"to_week": 2}, {1, 2}),
        ({"from_week": 2, "to_week": 4}, {2, 3, 4}),
        ({"from_week": 5, "to_week": 5}, {5}),
    ],
)
def test_an_own_dose_is_for_its_weeks_only(limits: dict[str, int], weeks: set[int]) -> None:
    steps = steps_by_week(6)
    doses = [
        dose_in_week(exercise("cat-cow"), step, week, (own(reps=33, **limits),))
        for week, step in enumerate(steps, 1)
    ]
    assert {week for week, dose in enumerate(doses, 1) if dose is not None and dose.reps.most == 33} == weeks


def test_of_two_own_doses_the_later_wins_and_the_earlier_shows_through() -> None:
    dose = dose_in_week(exercise("bridge"), 3, 3, (own(reps=9, sets=4), own(reps=5, from_week=3)))
    assert dose is not None
    assert (dose.sets, dose.reps) == (Amount.of(4), Amount.of(5))


def test_a_blank_dose_is_blank_in_its_weeks_only() -> None:
    doses = [
        dose_in_week(exercise("plank"), week, week, (own(from_week=3, blank=True),)) for week in (1, 2, 3, 4)
    ]
    assert [dose.blank for dose in doses if dose] == [False, False, True, True]


def test_an_own_dose_lets_an_exercise_begin_earlier() -> None:
    first = exercise("superman").doses[2]
    dose = dose_in_week(exercise("superman"), 1, 1, (own(reps=3),))
    assert first is not None
    assert dose is not None
    assert (dose.level, dose.reps, dose.hold_s) == (first.level, Amount.of(3), first.hold)


def test_an_own_dose_of_zero_seconds_is_not_left_out() -> None:
    dose = dose_in_week(exercise("bridge"), 1, 1, (own(hold_s=0, per_side=False),))
    assert dose is not None
    assert dose.hold_s == Amount.of(0)


DOSES = st.builds(
    DoseOverride,
    sets=st.integers(1, 10), reps=st.integers(1, 50), hold_s=st.integers(0, 600), per_side=st.booleans(),
)  # fmt: skip


@given(over=DOSES, name=st.sampled_from(ALL_SEVEN))
def test_time_counts_every_repetition_and_every_rest_between_sets(over: DoseOverride, name: str) -> None:
    entry = exercise(name)
    dose = dose_in_week(entry, 3, 3, (over,))
    assert dose is not None
    expected = 0
    for number in range(dose.sets.most):
        expected += entry.rest_s if number else 0
        for _ in range(dose.reps.most * (2 if dose.per_side else 1)):
            expected += entry.movement_s + dose.hold_s.most
    assert seconds(entry, dose) == expected
