"""How fast planned doses rise: no shipped program breaks the rule, and own doses that do are reported."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import EXAMPLES, make_program, shipped_library

from pdfgen.checks.growth import steep_weeks
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.production.job import Job
from pdfgen.production.program import plan, read
from pdfgen.production.shared import Shared

LIBRARY = shipped_library().value
RANK = ["chair", "L1", "L2", "L3"].index
OWN = st.fixed_dictionaries(
    {"from_week": st.integers(1, 6)},
    optional={
        "to_week": st.integers(6, 8), "level": st.sampled_from(["L1", "L2", "L3"]), "sets": st.integers(1, 4),
        "reps": st.integers(1, 12), "hold_s": st.integers(0, 30), "per_side": st.booleans(),
        "blank": st.booleans(),
    },
)  # fmt: skip


def rises(exercise: PlannedExercise) -> list[tuple[int, PlannedDose, PlannedDose]]:
    """The weeks in which a dose follows another one."""
    known = [(week, dose) for week, dose in enumerate(exercise.doses, 1) if dose and not dose.blank]
    return [(week, before, after) for (_, before), (week, after) in pairwise(known)]


def keeps_the_rule(before: PlannedDose, after: PlannedDose) -> bool:
    old, new = (d.sets.most * d.reps.most * (2 if d.per_side else 1) for d in (before, after))
    held, holding = before.hold_s.most, after.hold_s.most
    level = RANK(after.level) > RANK(before.level)
    short = holding <= 4 and holding - held <= 2
    return (
        [new > old, holding > held, level].count(True) <= 1
        and new <= 1.5 * old
        and (holding <= 1.5 * held or short)
        and (not level or new < old or holding < held)
    )


@given(name=st.sampled_from(["knee-rolls", "bridge", "plank"]), own=st.lists(OWN, min_size=1, max_size=3))
def test_every_week_that_breaks_the_rule_is_reported_and_no_other(
    name: str, own: list[dict[str, Any]]
) -> None:
    made = make_program({"exercises": [name], "weeks": 8, "doses": {name: own}})
    found = [problem.message for problem in steep_weeks(made.plan(), made.source)]
    for week, before, after in rises(made.plan().exercises[0]):
        words = f"to {after} in week {week}: "
        assert any(words in message for message in found) is not keeps_the_rule(before, after)
        assert all(f"from {before} in week" in message for message in found if words in message)
    assert set(found) <= {problem.message for problem in made.warnings()}


def test_the_warning_names_week_exercise_and_both_doses() -> None:
    own = [{"to_week": 3, "level": "L1", "reps": 6}]
    made = make_program({"exercises": ["knee-rolls"], "doses": {"knee-rolls": own}})
    first = next(steep_weeks(made.plan(), made.source))
    assert str(first) == (
        'patient.yaml:1:80: doses.knee-rolls: "knee-rolls" goes from L1, 1 x 6 a side, hold 2 s in week 3 '
        "to L2, 1 x 8 a side, hold 4 s in week 4: repetitions and hold and level rise in one step; "
        "let one rise at a time"
    )


@pytest.mark.parametrize("weeks", range(2, 13))
@pytest.mark.parametrize("program", sorted(LIBRARY.programs))
def test_shipped_programs_keep_the_rule_and_raise_one_level_a_week(program: str, weeks: int) -> None:
    made = make_program({"program": program, "weeks": weeks})
    assert list(steep_weeks(made.plan(), made.source)) == []
    strengthening = [e for e in made.plan().exercises if e.kind == "strengthening"]
    raised = [
        week
        for exercise in strengthening
        for week, before, after in rises(exercise)
        if RANK(after.level) > RANK(before.level)
    ]
    assert len(raised) == len(set(raised)), "two strengthening exercises take a harder form in one week"


FORMS = [(name, level) for name, entry in LIBRARY.exercises.items() for level in entry.variants]


@pytest.mark.parametrize(("name", "level"), FORMS)
def test_one_form_in_all_weeks_keeps_the_rule_with_the_amounts_of_that_form(name: str, level: str) -> None:
    """The line that a caution's warning gives must not lead to the next warning."""
    library = LIBRARY.exercises[name].doses
    sides = {dose.per_side for dose in library if dose and dose.level == level}
    for weeks in range(2, 13):
        for start in ("T1", "T4", "T7"):
            own = {name: {"level": level}}
            data = {"exercises": [name], "weeks": weeks, "start_step": start, "doses": own}
            made = make_program(data)
            assert list(steep_weeks(made.plan(), made.source)) == []
            doses = [dose for dose in made.plan().exercises[0].doses if dose]
            assert {dose.level for dose in doses} == {level}
            assert not sides or {dose.per_side for dose in doses} <= sides


def test_levels_rise_in_steps_of_their_own_in_any_choice_of_exercises() -> None:
    raised: list[int] = []
    for exercise in LIBRARY.exercises.values():
        steps = list(enumerate(exercise.doses, 1))
        if exercise.kind == "strengthening":
            raised += [
                step
                for (_, before), (step, after) in pairwise(steps)
                if before and after and RANK(after.level) > RANK(before.level)
            ]
    assert len(raised) == len(set(raised))


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(EXAMPLES.glob("*.yaml")) if "program" in read_yaml(p).data],
    ids=lambda path: path.name,
)
def test_the_shipped_examples_keep_the_rule(path: Any) -> None:
    program = read(Job(path), shared := Shared())
    assert list(steep_weeks(plan(program, shared), program.source)) == []
