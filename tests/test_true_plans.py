"""A plan says nothing that is not so, in any program, length, days, start and situations."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from geometry import document_text
from hypothesis import given
from hypothesis import strategies as st
from programs import Made, examples, make_program, plan, shipped_language, shipped_library

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedDose

LIBRARY = shipped_library().value
RANK = ["chair", "L1", "L2", "L3"].index
OWN_DOSE = st.fixed_dictionaries(
    {},
    optional={
        "from_week": st.integers(1, 2), "reps": st.integers(1, 12), "sets": st.integers(1, 3),
        "blank": st.booleans(), "load": st.sampled_from(["2 kg", "3 kg"]),
    },
)  # fmt: skip
GIVEN = st.fixed_dictionaries(
    {
        "program": st.sampled_from(sorted(LIBRARY.programs)), "weeks": st.integers(2, 12),
        "language": st.sampled_from(["nl", "en"]),
    },
    optional={
        "situations": st.lists(st.sampled_from(sorted(LIBRARY.situations)), unique=True, max_size=4),
        "start_step": st.integers(1, 9).map(lambda step: f"T{step}"),
        "days": st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
        "doses": st.dictionaries(st.sampled_from(["knee-rolls", "cat-cow"]), OWN_DOSE, max_size=2),
    },
)  # fmt: skip


def planned(data: dict[str, Any]) -> Plan:
    superman = {"superman": {"level": "L1"}} if data["program"] == "full-seven" else {}
    return plan(**{**data, "doses": {**data.get("doses", {}), **superman}})


def asks_more(before: PlannedDose | None, after: PlannedDose | None) -> bool:
    """Whether a dose is known to rise, counted anew."""
    if after is None or after.blank or (before and before.blank):
        return False
    if before is None or before.load != after.load:
        return True
    amounts = [d.sets.most * d.reps.most * (1 + d.per_side) * d.times_a_day for d in (before, after)]
    holds = before.hold_s.most, after.hold_s.most
    return amounts[1] > amounts[0] or holds[1] > holds[0] or RANK(after.level) > RANK(before.level)


def risen(made: Plan, week: int) -> bool:
    return week > 1 and any(asks_more(*exercise.doses[week - 2 : week]) for exercise in made.exercises)


@given(data=GIVEN)
@examples(150)
def test_a_phase_speaks_of_more_only_where_something_rises(data: dict[str, Any]) -> None:
    made = planned(data)
    strings = shipped_language(data["language"]).value.strings
    assert [week for phase in made.phases for week in phase.weeks] == list(range(1, data["weeks"] + 1))
    learning = LIBRARY.conditions["low-back-pain"].phases[0].name[data["language"]]
    for phase in made.phases:
        if phase.name == learning:
            assert phase == made.phases[0]
        else:
            is_steady = phase.name == strings.steady_phase
            assert is_steady is not any(risen(made, week) for week in phase.weeks)
            assert (phase.aim == strings.steady_aim) is is_steady
    names = [phase.name for phase in made.phases]
    assert all(one != other for one, other in itertools.pairwise(names)), "said twice"


@pytest.mark.parametrize("weeks", range(2, 13))
@pytest.mark.parametrize("program", sorted(LIBRARY.programs))
def test_of_the_shipped_programs_too(program: str, weeks: int) -> None:
    superman = {"superman": {"level": "L1"}} if program == "full-seven" else {}
    made = plan(program=program, weeks=weeks, doses=superman)
    for phase in made.phases[1:]:
        assert (phase.name == "Volhouden") is not any(risen(made, week) for week in phase.weeks)


@given(data=GIVEN)
@examples(100)
def test_a_week_settles_only_where_all_doses_stay(data: dict[str, Any]) -> None:
    made = planned(data)
    for week in made.weeks:
        pairs = [exercise.doses[week.number - 2 : week.number] for exercise in made.exercises]
        stays = week.number > 1 and all(one == two and not (two and two.blank) for one, two in pairs)
        assert week.settling is stays


def text_of(made: Made) -> str:
    return " ".join(document_text(made.document()).replace("\u00a0", " ").split())


@given(data=GIVEN, layout=st.sampled_from(["standard", "tracker", "booklet"]))
@examples(10)
def test_pages_promise_no_minutes_a_day_and_every_day_only_where_it_is(
    data: dict[str, Any], layout: str
) -> None:
    superman = {"superman": {"level": "L1"}} if data["program"] == "full-seven" else {}
    made = make_program({**data, "layout": layout, "doses": {**data.get("doses", {}), **superman}})
    text = text_of(made)
    assert not re.search(r"minu\w+ (per dag|a day|each day|elke dag)|\d+ (per dag|a day)", text)
    if layout == "tracker":
        return
    for kind in made.plan().kinds:
        own = {exercise.number for exercise in made.plan().exercises if exercise.kind == kind.id}
        sessions = [s for week in made.plan().weeks for s in week.sessions]
        days = {s.day for s in sessions if own & {item.number for item in s.items}}
        said = re.search(rf"{kind.name} \([\d–, ]+\): {made.language.strings.every_day}", text)
        assert bool(said) is (len(days) == 7)


@given(data=GIVEN)
@examples(100)
def test_beside_a_caution_its_own_form_is_shown(data: dict[str, Any]) -> None:
    for exercise in planned(data).exercises:
        shown = {form.level for form in exercise.shown_forms}
        for caution in exercise.cautions:
            if caution.use in LIBRARY.exercises[exercise.id].variants:
                assert caution.use in shown
                assert caution.followed or any(
                    caution.situation_name in f.situations for f in exercise.shown_forms
                )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_answer_on_how_often_gives_way_to_the_plan(language: str) -> None:
    made = make_program({"days": ["mon", "thu"], "language": language})
    answer = next(entry for entry in LIBRARY.questions("low-back-pain") if entry.id == "how-often").answer[
        language
    ]
    assert {"nl": "weekplan. Die gaan voor.", "en": "weekly plan. Those come first."}[language] in answer
    assert answer in text_of(made)
