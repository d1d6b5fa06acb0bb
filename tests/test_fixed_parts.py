"""Safety, numbers to call, limits, strips, passport."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import BACK, back, clinic, plan, shipped_library

from pdfgen.content.models.condition import Condition
from pdfgen.content.models.library import Library, PhoneNumber
from pdfgen.content.rules import all_rules

COUNTRIES = {
    "NL": ("112", 2),
    "BE": ("112", 2),
    "DE": ("112", 2),
    "GB": ("999", 2),
    "US": ("911", 2),
    "DK": ("112", 3),
    "EU": ("112", 2),
}


def phones(kind: str, clinic: dict[str, Any], language: str = "en") -> list[tuple[str, str]]:
    ids = {box.id for box in back().safety.boxes if box.number == kind}
    boxes = [box for box in plan(clinic, language=language).safety.boxes if box.id in ids]
    assert len(boxes) == 1
    return [(phone.label, phone.number) for phone in boxes[0].phones]


def printed(number: PhoneNumber) -> tuple[str, str]:
    """Label and number of a library's line as a program in English has them."""
    return ", ".join(text["en"] for text in (number.label, number.hours) if text), number.number


class TestNumbers:
    @pytest.mark.parametrize("country", COUNTRIES)
    def test_of_the_country(self, library: Library, country: str) -> None:
        emergency, count = COUNTRIES[country]
        source = library.countries[country]
        urgent = phones("urgent", {"country": country})
        assert urgent == [printed(number) for number in source.urgent]
        assert len(urgent) == count
        also = [printed(number) for number in source.urgent if number.id == source.emergency_line]
        assert phones("emergency", {"country": country}) == [printed(source.emergency), *also]
        assert source.emergency.number == emergency

    def test_each_is_printed_with_its_hours(self, library: Library) -> None:
        for country in library.countries.values():
            assert all(number.hours for number in (country.emergency, *country.urgent))
        assert phones("urgent", {"country": "NL"}, "nl") == [
            ("je huisarts, werkdagen 8 tot 17 uur", ""),
            ("huisartsenpost, avond, nacht, weekend", ""),
        ]

    def test_hospital_and_out_of_hours_doctor_are_named_in_an_emergency(self, library: Library) -> None:
        def labels(country: str) -> list[str]:
            return [label for label, _ in phones("emergency", {"country": country})]

        assert labels("GB") == ["emergency, day and night (or A&E)"]
        assert labels("US") == ["emergency, day and night (or the ER)"]
        assert labels("NL") == ["emergency, day and night", "out-of-hours doctor, nights, weekends"]

    def test_every_country_of_the_library_is_tried_here(self, library: Library) -> None:
        assert set(library.countries) == set(COUNTRIES)

    def test_without_a_clinic_they_are_dutch(self, library: Library) -> None:
        assert phones("emergency", {}) == phones("emergency", {"country": "NL"})

    def test_of_the_clinic_go_above_those_of_the_country(self, library: Library) -> None:
        own = {
            "country": "GB",
            "emergency": {"number": "0 11"},
            "urgent": [{"id": "day", "label": "Nurse", "hours": "mornings", "number": "0 22"}],
        }
        label, _ = printed(library.countries["GB"].emergency)
        assert phones("emergency", own) == [(label, "0 11")]
        assert phones("urgent", own) == [("Nurse, mornings", "0 22"), ("NHS, day and night", "111")]

    def test_the_doctor_by_day_stays_where_a_clinic_gives_the_number_at_night(self, library: Library) -> None:
        own = {"country": "NL", "urgent": [{"id": "night", "number": "0 22"}]}
        day, night = library.countries["NL"].urgent
        assert phones("urgent", own) == [printed(day), (printed(night)[0], "0 22")]
        assert phones("emergency", own)[1] == (printed(night)[0], "0 22")

    def test_a_line_that_the_country_does_not_have_is_told(self) -> None:
        lines = [{"id": "nigth", "number": "1"}, {"id": "day", "number": "2"}, {"id": "day", "number": "3"}]
        found = all_rules.check_clinic(clinic({"country": "NL", "urgent": lines}), shipped_library()).errors
        assert [(problem.field, problem.message) for problem in found] == [
            ("urgent.0.id", 'the country NL has no line "nigth"; did you mean "night"?'),
            ("urgent.2.id", 'the line "day" stands here twice; leave one out'),
        ]

    def test_of_the_clinic_itself_or_a_line_to_write_on(self, library: Library) -> None:
        assert phones("clinic", {"name": "Hill", "phone": "0 33"}) == [("Hill", "0 33")]
        ((label, number),) = phones("clinic", {})
        assert label
        assert number == ""


class TestTrafficLight:
    def test_limits_are_by_default_those_of_the_clinical_table(self) -> None:
        assert [(light.low, light.high) for light in plan().safety.lights] == [(0, 3), (4, 5), (6, 10)]

    @given(st.tuples(st.integers(0, 8), st.integers(1, 9), st.integers(1, 72)).filter(lambda t: t[0] < t[1]))
    def test_ranges_cover_the_scale_and_the_words_say_the_same(self, limits: tuple[int, int, int]) -> None:
        green, amber, hours = limits
        own = {"traffic_light": {"green_max": green, "amber_max": amber, "settle_hours": hours}}
        safety = plan(own, language="en").safety
        assert safety.lights[0].low == 0
        assert safety.lights[2].high == 10
        assert all(later.low == earlier.high + 1 for earlier, later in pairwise(safety.lights))
        assert all(light.low <= light.high for light in safety.lights)
        between = {0: "{high}", 1: "{low} or {high}"}
        green_range = between.get(green, "{low} to {high}").format(low=0, high=green)
        amber_range = between.get(amber - green - 1, "{low} to {high}").format(low=green + 1, high=amber)
        red_range = f"{amber + 1} or more" if amber < 9 else "10"
        assert [light.title for light in safety.lights] == [
            f"Green, {green_range}: go on",
            f"Amber, {amber_range}: do less",
            f"Red, {red_range}: stop",
        ]
        assert f"{hours} hours later" in safety.lights[1].text
        assert f"already {green + 1} or more" in safety.usual_pain
        assert "{" not in " ".join(
            [safety.light_intro, safety.usual_pain, *(light.text for light in safety.lights)]
        )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_warning_sign_of_the_library_is_in_the_plan(condition: Condition, language: str) -> None:
    made = plan(language=language).safety
    assert [box.signs for box in made.boxes] == [
        tuple(sign[language] for sign in box.signs) for box in condition.safety.boxes
    ]
    assert made.stop_rule == condition.safety.stop_rule[language]
    assert made.ask_first == tuple(text[language] for text in condition.safety.ask_first)


def test_strips_keep_their_steps_and_the_drawings_that_exist(condition: Condition) -> None:
    made = plan(language="en").preparation
    for name in ("warm_up", "down", "up"):
        strip, source = getattr(made, name), getattr(condition.preparation, name)
        assert [step.text for step in strip.steps] == [step.text["en"] for step in source.steps]
        assert [step.panel is not None for step in strip.steps] == [
            step.panel is not None for step in source.steps
        ]


class TestPassport:
    def test_sources_are_those_of_exercises_signs_and_printed_questions_each_once(
        self, library: Library
    ) -> None:
        made = plan(exercises=["plank", "bridge"])
        questions = {question for question, _ in made.faq}
        wanted = [*library.exercises["plank"].sources, *library.exercises["bridge"].sources]
        wanted += back().safety.sources
        by_rank = sorted(library.questions(BACK), key=lambda entry: entry.rank)
        wanted += [s for entry in by_rank if entry.question["nl"] in questions for s in entry.sources]
        titles = [title for title, _, _ in made.passport.sources]
        assert titles == [library.sources[name].title for name in dict.fromkeys(wanted)]
        assert {library.sources[name].title for name in ("cauda-equina", "burst-aorta")} < set(titles)

    def test_content_that_nobody_reviewed_says_so(self, condition: Condition) -> None:
        passport = plan(language="en").passport
        assert condition.review.status == "not-reviewed"
        assert not passport.reviewed
        assert passport.review == condition.review.statement["en"]

    def test_it_names_document_and_inputs(self) -> None:
        passport = plan(id="0123456Z").passport
        assert passport.document_id == "0123456Z"
        assert len(passport.input_hash) == 16
        assert plan().passport.document_id != plan(weeks=8).passport.document_id
