"""Exercises as planned: levels, sides and their drawings, doses by week, cautions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import choices, exercise, personal, plan, planned, planned_dose

from pdfgen.content.models.exercise import Panel
from pdfgen.content.models.field_types import Side
from pdfgen.content.models.library import Library
from pdfgen.planning.exercises import main_level, plan_panels, side_words
from pdfgen.planning.planned_exercise import PlannedDose, PlannedVariant

OTHER = {"left": "right", "right": "left"}
#: The words for both sides, to be told apart in running text.
WORDS = {"nl": {"left": "linker", "right": "rechter"}, "en": {"left": "left", "right": "right"}}

SIDED = ("leg-lengthening", "knee-rolls")


def panel(side: Side | None, figure: str = "a") -> Panel:
    words = "{side}/{other}"
    return Panel(figure=figure, alt={"nl": words, "en": words}, side=side)


class TestSides:
    @pytest.mark.parametrize("own", [None, "left", "right"])
    @pytest.mark.parametrize("drawn", ["left", "right"])
    def test_the_words_beside_a_drawing_name_the_side_that_it_shows(
        self, own: Side | None, drawn: Side
    ) -> None:
        chosen = choices(language="en")
        panels, side = plan_panels(
            [panel(None, "a"), panel(drawn, "b"), panel(OTHER[drawn], "c")], chosen, own
        )
        shown = [OTHER[drawn] if p.mirrored else drawn for p in panels]
        assert side == (own or drawn)
        assert shown[1] == side, "the first side that is drawn is the one that the steps speak of"
        assert [p.alt for p in panels] == [
            f"{shown[0]}/{OTHER[shown[0]]}",
            f"{shown[1]}/{OTHER[shown[1]]}",
            f"{OTHER[shown[2]]}/{shown[2]}",
        ]

    @pytest.mark.parametrize("own", ["left", "right"])
    def test_a_series_is_mirrored_as_a_whole(self, own: Side) -> None:
        series = [panel(None), panel("left"), panel("right"), panel(None)]
        panels, _ = plan_panels(series, choices(), own)
        assert {p.mirrored for p in panels} == {own == "right"}

    def test_a_series_without_sides_is_never_mirrored(self) -> None:
        panels, side = plan_panels([panel(None), panel(None)], choices(), "left")
        assert not any(p.mirrored for p in panels)
        assert side == "left"

    def test_no_drawing_is_no_panel(self) -> None:
        assert plan_panels([], choices(), "left") == ((), "left")

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("name", SIDED)
    @pytest.mark.parametrize("own", ["left", "right"])
    def test_drawings_alternatives_and_steps_of_an_exercise_agree(
        self, language: str, name: str, own: Side
    ) -> None:
        made = planned(name, side=own, language=language)
        assert any(p.side for p in exercise(name).variants["L2"].panels), "nothing to compare"
        for source, p in zip(exercise(name).variants["L2"].panels, made.main.panels, strict=True):
            if source.side is None:
                continue
            shown = OTHER[source.side] if p.mirrored else source.side
            assert first_side(p.alt, language) == shown
        assert first_side(" ".join(text for _, text in made.main.steps), language) == own

    @given(
        names=st.lists(
            st.sampled_from(["leg-lengthening", "knee-rolls", "bridge", "superman"]), min_size=1, unique=True
        ),
        language=st.sampled_from(["nl", "en"]),
    )
    def test_the_other_side_is_the_mirror_image_in_words_and_drawings(
        self, names: list[str], language: str
    ) -> None:
        left, right = (plan(exercises=names, side=side, language=language) for side in ("left", "right"))
        for one, other in zip(left.exercises, right.exercises, strict=True):
            for first, second in zip(variants(one), variants(other), strict=True):
                assert swapped(first.summary, language) == second.summary
                assert [swapped(text, language) for _, text in first.steps] == [
                    text for _, text in second.steps
                ]
                for p, q in zip(first.panels, second.panels, strict=True):
                    assert p.figure == q.figure
                    if any(drawn.side for drawn in exercise(one.id).variants[first.level].panels):
                        assert p.mirrored is not q.mirrored
                    assert swapped(p.alt, language) == q.alt

    def test_the_side_to_start_with_is_said_where_sides_matter(self) -> None:
        assert planned("knee-rolls", side="left").start_side == "linker"
        assert planned("knee-rolls", side="right", language="en").start_side == "right"
        assert planned("cat-cow", side="left").start_side == ""
        assert planned("knee-rolls").start_side == ""

    def test_the_words_for_sides_are_put_into_a_text(self) -> None:
        assert (
            side_words("je {side}been, niet je {other}been", "left", choices())
            == "je linkerbeen, niet je rechterbeen"
        )


def first_side(text: str, language: str) -> str:
    """The side that a text names first."""
    places = {side: text.find(word) for side, word in WORDS[language].items() if word in text}
    return min(places, key=lambda side: places[side])


def variants(made: Any) -> list[PlannedVariant]:
    return [variant for variant in (made.main, made.easier) if variant]


def swapped(text: str, language: str) -> str:
    left, right = WORDS[language]["left"], WORDS[language]["right"]
    return text.replace(left, "\0").replace(right, left).replace("\0", right)


def doses(levels: str) -> list[PlannedDose | None]:
    return [None if level == "-" else planned_dose(f"L{level}", 1, 5) for level in levels]


class TestLevels:
    @pytest.mark.parametrize(
        ("by_week", "main"),
        [
            ("222222", "L2"),
            ("112222", "L2"),
            ("111122", "L1"),
            ("1122", "L2"),
            ("2233", "L2"),
            ("1133", "L3"),
            ("112233", "L2"),
            ("--1122", "L2"),
            ("--111", "L1"),
            ("----", "L2"),
            ("333112", "L3"),
        ],
    )
    def test_the_level_of_most_weeks_is_printed_in_full(self, by_week: str, main: str) -> None:
        assert main_level(doses(by_week)) == main

    def test_the_easier_form_is_the_neighbour_and_the_easiest_has_none(self) -> None:
        made = planned("bridge", weeks=6)
        assert made.easier is not None
        assert (made.easier.level, made.main.level) == ("L1", "L2")
        assert planned("bridge", doses={"bridge": {"level": "L1"}}).easier is None

    def test_a_form_for_prescription_only_is_printed_once_prescribed(self) -> None:
        own = {"superman": [{"from_week": 10, "level": "L3"}]}
        made = planned("superman", program="full-seven", weeks=12, doses=own)
        assert [form.level for form in made.forms] == ["L1", "L2", "L3"]
        assert made.forms[-1].weeks == (10, 11, 12)

    def test_a_level_knows_its_weeks(self) -> None:
        made = planned("bridge", weeks=12)
        weeks = {variant.level: variant.weeks for variant in made.forms}
        assert weeks == {"L1": (1, 2), "L2": (3, 4, 5, 6, 7, 8), "L3": (9, 10, 11, 12)}

    def test_every_week_is_done_at_a_level_that_is_printed(self) -> None:
        for weeks in range(2, 13):
            for made in plan(program="full-seven", weeks=weeks).exercises:
                done = [week for week, dose in enumerate(made.doses, 1) if dose]
                printed = sorted(week for variant in made.forms for week in variant.weeks)
                assert printed == done, (made.id, weeks)

    def test_equipment_is_that_of_the_variant_or_else_of_the_exercise(self) -> None:
        chair = planned("cat-cow", doses={"cat-cow": {"level": "chair"}}, language="en")
        floor = planned("cat-cow", language="en")
        assert chair.main.equipment == ("sturdy chair",) or "chair" in chair.main.equipment[0]
        assert floor.main.equipment
        assert floor.main.equipment != chair.main.equipment


class TestCautions:
    def test_those_of_the_situations_are_printed_and_no_others(self, library: Library) -> None:
        made = plan(program="full-seven", situations=["osteoporosis", "knee-pain"])
        expected = [
            (name, situation)
            for name in library.programs["full-seven"].exercises
            for situation in ("osteoporosis", "knee-pain")
            if any(situation in caution.situations for caution in library.exercises[name].cautions)
        ]
        assert [(caution.exercise, caution.situation) for caution in made.cautions] == expected
        assert expected

    def test_without_situations_there_are_none(self) -> None:
        assert plan(program="full-seven").cautions == ()

    def test_a_confirmed_one_is_still_printed_but_known_as_such(self) -> None:
        situations = ["high-blood-pressure"]
        made = plan(
            exercises=["bridge", "plank"], situations=situations, confirmed=["plank/high-blood-pressure"]
        )
        assert [(c.exercise, c.confirmed) for c in made.cautions] == [("bridge", False), ("plank", True)]

    def test_advice_to_choose_another_exercise_changes_nothing_by_itself(self) -> None:
        plain, careful = (plan(program="full-seven", situations=s) for s in ([], ["vertebral-fracture"]))
        assert any(caution.use == "choose-another" for caution in careful.cautions)
        assert [e.doses for e in plain.exercises] == [e.doses for e in careful.exercises]
        assert plain.weeks == careful.weeks

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_name_and_text_are_in_the_language(self, library: Library, language: str) -> None:
        (caution,) = planned("plank", situations=["shoulder-pain"], language=language).cautions
        assert caution.situation_name == library.situations["shoulder-pain"].name[language]
        assert caution.text in {c.text[language] for c in exercise("plank").cautions}


class TestExercise:
    def test_numbers_follow_the_therapists_order(self) -> None:
        made = plan(exercises=["plank", "cat-cow", "knee-rolls"])
        assert [(e.number, e.id) for e in made.exercises] == [(1, "plank"), (2, "cat-cow"), (3, "knee-rolls")]

    def test_there_is_an_entry_for_every_week(self) -> None:
        for weeks in (2, 7, 12):
            assert {len(e.doses) for e in plan(program="full-seven", weeks=weeks).exercises} == {weeks}

    def test_a_note_is_for_its_exercise_only(self) -> None:
        made = plan(notes={"bridge": "Rustig aan."})
        assert {e.id: personal(e) for e in made.exercises if e.notes} == {"bridge": ["Rustig aan."]}

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("side", [None, "left"])
    def test_no_placeholder_is_left_in_any_text(self, language: str, side: Side | None) -> None:
        given_side = {"side": side} if side else {}
        made = plan(program="full-seven", weeks=12, language=language, **given_side)
        assert "{" not in repr(made).replace("mappingproxy({", "")
