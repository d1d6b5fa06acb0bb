"""The longest and the oddest prescriptions: sound pages, or the message of what does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_faults import faults
from programs import Made

from pdfgen.errors import FitError
from pdfgen.production.job import Job

MINIMAL = "program: short-four\n"
EXERCISES = ("leg-lengthening", "knee-rolls", "cat-cow", "bridge", "plank", "superman", "childs-pose")
SITUATIONS = (
    "back-surgery", "slipped-disc", "spinal-stenosis", "spondylolisthesis", "osteoporosis",
    "vertebral-fracture", "high-blood-pressure", "knee-pain", "wrist-pain", "shoulder-pain", "pregnancy",
    "inflammatory-back-disease", "floor-trouble",
)  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


WORDS = "Wandel rustig met de hond en zonder pijn, fysiotherapeutisch onverantwoord gezegd. " * 10
NOTED = {"program": "full-seven", "notes": dict.fromkeys(EXERCISES, WORDS[:600])}


EMAIL = f"{'w' * 46}@{'w' * 60}.{'w' * 12}"
WEBSITE = f"https://{'w' * 60}.{'w' * 51}"


class TestExtremePages:
    @pytest.mark.parametrize("paper", ["a4", "letter"])
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param({"program": "full-seven", "weeks": 12, "start": "2026-12-28"}, id="seven"),
            pytest.param({"program": "starter", "weeks": 2, "days": ["sun"]}, id="one day"),
            pytest.param({"program": "full-seven", "situations": SITUATIONS[:9]}, id="situations"),
            pytest.param(NOTED, id="notes"),
            pytest.param(
                {
                    "program": "full-seven", "patient": {"label": "W" * 200}, "goal": WORDS[:200],
                    "if_then": WORDS[:200], "therapist": "W" * 200,
                },
                id="long texts",
            ),
            pytest.param({"program": "short-four", "notes": {"bridge": "W" * 600}}, id="no spaces"),
            pytest.param(
                {
                    "program": "full-seven", "weeks": 12, "side": "right",
                    "doses": {
                        name: [
                            {"from_week": week, "to_week": week, "sets": 10, "reps": 38 + week}
                            for week in range(1, 13)
                        ]
                        for name in EXERCISES
                    },
                },
                id="another dose each week",
            ),
            pytest.param(
                {"program": "full-seven", "doses": {key: {"blank": True} for key in EXERCISES}}, id="blank"
            ),
        ],
    )  # fmt: skip
    def test_nothing_overlaps_or_leaves_its_page(
        self, here: Path, content: dict[str, Any], paper: str
    ) -> None:
        (here / "p.yaml").write_text(json.dumps({**content, "paper": paper}))
        assert faults(Made.of(Job(here / "p.yaml")).document()) == []

    @pytest.mark.parametrize("filler", ["W", "lange naam "])
    def test_a_clinic_with_everything_as_long_as_it_may_be(self, here: Path, filler: str) -> None:
        long = (filler * 120)[:120].strip()
        clinic = {
            "name": long, "address": [long] * 4, "phone": "99 9" * 5 + "-" * 20, "email": EMAIL,
            "website": WEBSITE,
            "therapist": long, "emergency": {"label": long, "number": "9" * 40},
            "urgent": [{"id": "day", "label": long, "hours": long, "number": "9" * 40}],
            "traffic_light": {"green_max": 8, "amber_max": 9, "settle_hours": 72},
        }  # fmt: skip
        (here / "c.yaml").write_text(json.dumps(clinic))
        (here / "p.yaml").write_text(MINIMAL)
        assert faults(Made.of(Job(here / "p.yaml", clinic=here / "c.yaml")).document()) == []


@st.composite
def prescriptions(draw: st.DrawFn) -> dict[str, Any]:
    """Prescriptions of known names and allowed values in odd combinations."""
    weeks = draw(st.integers(4, 12))
    exercises = draw(st.lists(st.sampled_from(EXERCISES), min_size=1, max_size=7, unique=True))
    days = st.lists(st.sampled_from(DAYS), min_size=1, unique=True)
    dose = st.fixed_dictionaries(
        {},
        optional={
            "from_week": st.integers(1, weeks), "level": st.sampled_from(["L1", "L2", "L3"]),
            "sets": st.integers(1, 10), "reps": st.integers(1, 50), "hold_s": st.integers(0, 60),
            "per_side": st.booleans(), "blank": st.booleans(),
        },
    )  # fmt: skip
    text = st.integers(0, 200).map(lambda length: WORDS[:length])
    named = st.sampled_from(exercises)
    both = st.fixed_dictionaries({"mobilising": days, "strengthening": days})
    optional = {
        "start": st.dates().filter(lambda day: 2000 <= day.year <= 2100).map(str), "days": days | both,
        "side": st.sampled_from(["left", "right"]), "language": st.sampled_from(["nl", "en"]),
        "paper": st.sampled_from(["a4", "letter"]), "goal": text, "therapist": text,
        "patient": st.fixed_dictionaries({"label": text}),
        "situations": st.lists(st.sampled_from(SITUATIONS), max_size=4, unique=True),
        "doses": st.dictionaries(named, dose | st.lists(dose, max_size=3), max_size=3),
        "notes": st.dictionaries(named, text.filter(str.strip), max_size=3),
    }  # fmt: skip
    chosen = {"program": "starter", "weeks": weeks, "exercises": exercises}
    return {**chosen, **draw(st.fixed_dictionaries({}, optional=optional))}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=prescriptions())
def test_any_valid_prescription_gives_sound_pages_or_says_what_does_not_fit(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("any") / "p.yaml"
    path.write_text(json.dumps(content))
    try:
        document = Made.of(Job(path)).document()
    except FitError:
        return
    assert faults(document) == []
