"""What a therapist can prescribe: ranges, minutes, loads, one side, times a day, a later start."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner
from geometry import all_faults, document_text
from hypothesis import example, given
from hypothesis import strategies as st
from programs import (
    Made,
    examples,
    exercise,
    make_program,
    plan,
    prescription,
    shipped_language,
    shipped_library,
)
from pydantic import TypeAdapter, ValidationError

from pdfgen.checks.growth import steep_weeks
from pdfgen.cli.app import program as command_line
from pdfgen.content.models.dose import Amount, Dose, Reps
from pdfgen.content.rules import all_rules
from pdfgen.errors import InputError
from pdfgen.planning.progression import seconds, steps_by_week

LIBRARY = shipped_library().value
EDITIONS = ("standard", "compact", "wall-sheet", "cards", "large-print", "booklet", "tracker")


def ranges(least: int, most: int) -> st.SearchStrategy[Amount]:
    return st.lists(st.integers(least, most), min_size=2, max_size=2).map(lambda ends: Amount(*sorted(ends)))


def text_of(made: Made) -> str:
    """All words in reading order, with ordinary spaces."""
    return " ".join(document_text(made.document()).replace("\u00a0", " ").split())


# amounts


@given(amount=ranges(1, 50), dash=st.sampled_from(["-", "–", " - "]))
def test_a_range_is_read_as_written(amount: Amount, dash: str) -> None:
    read = TypeAdapter(Reps)
    assert read.validate_python(f"{amount.least}{dash}{amount.most}") == amount
    assert read.validate_python(amount.as_written) == amount
    assert read.dump_python(amount) == amount.as_written


@given(least=st.integers(0, 99), most=st.integers(0, 99))
def test_a_range_runs_forwards_within_its_bounds(least: int, most: int) -> None:
    read = TypeAdapter(Reps)
    if 1 <= least <= most <= 50:
        assert read.validate_python(f"{least}-{most}") == Amount(least, most)
    else:
        with pytest.raises(ValidationError):
            read.validate_python(f"{least}-{most}")


@pytest.mark.parametrize("value", ["8-", "-8", "8 to 10", "", "8-10-12", True, 8.5, [8, 10], {"least": 8}])
def test_anything_else_is_no_amount(value: object) -> None:
    with pytest.raises(ValidationError, match="whole number, or a range"):
        TypeAdapter(Reps).validate_python(value)


# what is refused


BOTH_SIDES = {"per_side": True, "one_side": True, "side": "left"}
REFUSED = [
    ({"plank": {"reps": "10-8"}}, "doses.plank.reps: the range runs backwards; write the lower number first"),
    ({"plank": {"reps": "8-60"}}, "doses.plank.reps: must be at most 50"),
    ({"plank": {"hold_s": 10, "minutes": 2}}, "doses.plank.minutes: give hold_s or minutes, not both"),
    ({"plank": {"minutes": 200}}, "doses.plank.minutes: must be at most 180"),
    ({"bridge": BOTH_SIDES}, "doses.bridge.one_side: give per_side or one_side, not both"),
    ({"bridge": {"one_side": True}}, "one_side: with which side? Add side: left or side: right"),
    ({"bridge": [{"side": "left"}, {"side": "right"}]}, "bridge.1.side: this exercise has left already"),
    ({"bridge": {"load": "x" * 41}}, "doses.bridge.load: is too long: 41 characters, at most 40"),
    ({"bridge": {"times_a_day": 11}}, "doses.bridge.times_a_day: must be at most 10"),
    ({"bridge": {"start_step": 4}}, "doses.bridge.start_step: must be text"),
    ({"bridge": {"start_step": "T13"}}, "doses.bridge.start_step: write a dose step from T1 to T12"),
    ({"bridge": {"start_step": "T10"}}, "start_step: this exercise has the steps T1 to T9"),
    ({"bridge": {"start_step": "T2", "from_week": 2}}, "start_step: goes for all weeks; give it once"),
    ({"bridge": [{"start_step": "T2"}, {"start_step": "T3"}]}, "goes for all weeks; give it once"),
]


@pytest.mark.parametrize(("doses", "message"), REFUSED)
def test_what_cannot_be_meant_is_refused_in_words(doses: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        make_program({"doses": doses})
    assert any(message in str(problem) for problem in caught.value.problems)


def test_a_later_start_than_there_are_steps() -> None:
    with pytest.raises(InputError, match="start_step: the exercises have the steps T1 to T9"):
        make_program({"start_step": "T11"})


def test_a_side_that_the_steps_name_and_nobody_gives_is_warned_about() -> None:
    loaded = prescription(
        {"exercises": ["leg-lengthening"], "doses": {"leg-lengthening": {"per_side": False}}}
    )
    found = all_rules.check_prescription(loaded, shipped_library()).warnings
    assert any("the steps name a side" in problem.message for problem in found)


# how it is planned


@given(first=st.integers(1, 9), weeks=st.integers(2, 12))
def test_a_later_start_goes_through_the_same_steps(first: int, weeks: int) -> None:
    made = plan(
        program="full-seven", weeks=weeks, start_step=f"T{first}", doses={"superman": {"level": "L1"}}
    )
    assert [week.step for week in made.weeks] == [min(9, first - 1 + step) for step in steps_by_week(weeks)]
    for entry in made.exercises:
        if entry.id != "superman":
            expected = exercise(entry.id).doses[first - 1]
            dose = entry.doses[0]
            assert dose is not None
            assert expected is not None
            assert (dose.level, dose.sets, dose.reps, dose.hold_s) == (
                expected.level, expected.sets, expected.reps, expected.hold
            )  # fmt: skip


@given(first=st.integers(1, 9))
def test_one_exercise_can_begin_later_than_the_others(first: int) -> None:
    made = plan(doses={"bridge": {"start_step": f"T{first}"}})
    usual, later = plan(), plan(start_step=f"T{first}")
    for entry, one, other in zip(made.exercises, usual.exercises, later.exercises, strict=True):
        assert entry.doses == (other if entry.id == "bridge" else one).doses


OWN = st.fixed_dictionaries(
    {},
    optional={
        "sets": ranges(1, 3).map(lambda a: a.as_written), "reps": ranges(1, 12).map(lambda a: a.as_written),
        "load": st.sampled_from(["rode band", "2 kg"]), "times_a_day": st.integers(1, 4),
        "one_side": st.just(True), "side": st.sampled_from(["left", "right"]),
    },
)  # fmt: skip
TIMES = st.one_of(
    st.builds(lambda a: {"hold_s": a.as_written}, ranges(0, 60)),
    st.builds(lambda a: {"minutes": a.as_written}, ranges(1, 30)),
)


@given(own=OWN, time=TIMES, side=st.sampled_from(["left", "right"]))
def test_minutes_count_the_upper_ends_and_one_side_once(
    own: dict[str, Any], time: dict[str, Any], side: str
) -> None:
    made = plan(exercises=["bridge"], weeks=2, side=side, doses={"bridge": {**own, **time}})
    entry = exercise("bridge")
    for week, dose in zip(made.weeks, made.exercises[0].doses, strict=True):
        assert dose is not None
        sides = 2 if dose.per_side else 1
        work = dose.sets.most * dose.reps.most * sides * (entry.movement_s + dose.hold_s.most)
        total = work + (dose.sets.most - 1) * entry.rest_s
        assert seconds(entry, dose) == total, "each time, however often a day"
        assert (week.minutes - 1) * 60 < total + 20 <= week.minutes * 60
        assert not (dose.per_side and dose.one_side)
        if own.get("one_side"):
            assert dose.one_side == own.get("side", side)


@given(before=ranges(1, 25), after=ranges(1, 25), times=st.integers(1, 3))
def test_the_growth_rule_uses_the_upper_end_and_all_times_of_a_day(
    before: Amount, after: Amount, times: int
) -> None:
    own = [{"reps": before.as_written, "sets": 1, "level": "L1", "hold_s": 0},
           {"from_week": 2, "reps": after.as_written, "times_a_day": times}]  # fmt: skip
    made = make_program({"exercises": ["bridge"], "weeks": 2, "doses": {"bridge": own}})
    found = list(steep_weeks(made.plan(), made.source))
    assert bool(found) is (2 * after.most * times > 3 * before.most)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_side_fills_the_words_and_turns_the_drawings(side: str, language: str) -> None:
    words = shipped_language(language).value.sides
    own = {"leg-lengthening": {"one_side": True, "side": side}}
    (entry,) = plan(exercises=["leg-lengthening"], doses=own, language=language).exercises
    other = plan(exercises=["leg-lengthening"], side=side, language=language).exercises[0]
    assert entry.main.steps[:-1] == other.main.steps[:-1]
    assert entry.main.panels == other.main.panels
    steps = " ".join(text for _, text in entry.main.steps)
    assert words[side] in steps
    assert entry.start_side == "", "there is no other side to go on with"


# how it is printed

FULL = {
    "knee-rolls": {"one_side": True, "side": "left", "reps": "8-10", "hold_s": "2-4"},
    "bridge": [{"to_week": 2, "load": "2 kg"}, {"from_week": 3, "load": "3 kg", "level": "L1"}],
    "plank": {"level": "L1", "sets": 1, "reps": 1, "minutes": "10-15"},
    "cat-cow": {"times_a_day": 2, "load": "rode band"},
}
FORMULA_OR_WORDS = ["8(–| tot | to )10", "10(–| tot | to )15 min", "2 kg", "3 kg", "rode"]
WORDS = {
    "nl": [*FORMULA_OR_WORDS, "alleen je linkerkant", "2 keer per dag"],
    "en": [*FORMULA_OR_WORDS, "only your left side", "2 times a day"],
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("layout", EDITIONS)
def test_every_edition_says_all_of_it(layout: str, language: str) -> None:
    made = make_program({"layout": layout, "language": language, "weeks": 4, "doses": FULL})
    text = text_of(made)
    for words in WORDS[language]:
        assert re.search(words, text, re.IGNORECASE), words
    assert all_faults(made.document(), made.composer().look, mirrored=made.layout.margins.mirrored) == []


ONE = st.fixed_dictionaries(
    {"side": st.sampled_from(["left", "right"])},
    optional={
        "sets": ranges(1, 4).map(lambda a: a.as_written), "reps": ranges(1, 20).map(lambda a: a.as_written),
        "minutes": ranges(2, 40).map(lambda a: a.as_written), "times_a_day": st.integers(1, 5),
        "load": st.sampled_from(["rode band", "2 kg", "een rugzak met twee volle flessen water"]),
        "one_side": st.just(True), "from_week": st.integers(1, 4),
    },
)  # fmt: skip


LONG = {"load": "een rugzak met twee volle flessen water", "times_a_day": 3, "reps": "10-12", "from_week": 3}


@given(
    doses=st.dictionaries(st.sampled_from(["knee-rolls", "cat-cow", "bridge", "plank"]), ONE, min_size=1),
    layout=st.sampled_from(["standard", "cards", "large-print", "booklet", "tracker"]),
)
@examples(12)
@example(doses={name: {**LONG, "side": "left", "one_side": True} for name in FULL}, layout="large-print")
def test_any_dose_is_printed_whole_and_in_its_place(doses: dict[str, Any], layout: str) -> None:
    made = make_program({"layout": layout, "weeks": 4, "doses": doses})
    text = text_of(made)
    for own in doses.values():
        if "load" in own and layout != "tracker":
            assert own["load"].casefold() in text.casefold()
        if own.get("times_a_day", 1) > 1 and layout != "tracker":
            assert f"{own['times_a_day']} keer per dag" in text
        if own.get("one_side"):
            assert f"lleen je {'linker' if own['side'] == 'left' else 'rechter'}kant" in text
    assert all_faults(made.document(), made.composer().look, mirrored=made.layout.margins.mirrored) == []


SIDED = [
    (name, level)
    for name, entry in LIBRARY.exercises.items()
    for level, variant in entry.variants.items()
    if any("{side}" in words for step in variant.steps for words in step.text.values())
]


@pytest.mark.parametrize(("name", "level"), SIDED)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_step_and_no_drawing_of_one_side_goes_to_the_other(name: str, level: str, language: str) -> None:
    own = {name: {"level": level, "one_side": True, "side": "left"}}
    (entry,) = plan(exercises=[name], doses=own, language=language).exercises
    changes = re.compile("issel van (kant|been)|hange (sides|legs)")
    assert not any(changes.search(text) for _, text in entry.main.steps)
    drawn = [panel.side for panel in LIBRARY.exercises[name].variants[entry.main.level].panels]
    assert len(entry.main.panels) == len(
        [side for side in drawn if side in (None, next(filter(None, drawn), None))]
    )
    both = plan(exercises=[name], doses={name: {"level": level}}, side="left", language=language).exercises[0]
    assert any(changes.search(text) for _, text in both.main.steps)


def test_the_plan_as_json_has_amounts_as_written(tmp_path: Any) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(json.dumps({"program": "short-four", "weeks": 4, "doses": FULL}), "utf-8")
    result = CliRunner().invoke(command_line, ["plan", str(file), "--json", "-q"])
    exercises = {entry["id"]: entry for entry in json.loads(result.stdout)["exercises"]}
    rolls = exercises["knee-rolls"]["doses"][0]
    assert (rolls["reps"], rolls["hold_s"], rolls["one_side"], rolls["per_side"]) == (
        "8-10",
        "2-4",
        "left",
        False,
    )
    assert [dose["load"] for dose in exercises["bridge"]["doses"]] == ["2 kg", "2 kg", "3 kg", "3 kg"]
    assert exercises["plank"]["doses"][0]["hold_s"] == "600-900"
    assert exercises["cat-cow"]["doses"][0]["times_a_day"] == 2
    table = CliRunner().invoke(command_line, ["plan", str(file), "-q"]).stdout
    assert "L2, 1 x 8-10, left side only, hold 2-4 s" in table
    assert "L1, 1 x 1, 10-15 min" in table


# libraries


def test_a_dose_of_a_library_may_have_all_of_it() -> None:
    load = {"nl": "gele band", "en": "yellow band"}
    dose = Dose.model_validate(
        {"sets": 1, "minutes": "5-10", "one_side": True, "load": load, "times_a_day": 3}
    )
    entry = LIBRARY.exercises["bridge"].model_copy(update={"doses": (dose,)})
    library = LIBRARY.model_copy(update={"exercises": {**LIBRARY.exercises, "bridge": entry}})
    for language in ("nl", "en"):
        made = make_program({"exercises": ["bridge"], "side": "right", "language": language})
        planned = made.changed(library=library).plan().exercises[0].doses[0]
        assert planned is not None
        assert (planned.hold_s, planned.one_side) == (Amount(300, 600), "right")
        assert (planned.load, planned.times_a_day) == (load[language], 3)
