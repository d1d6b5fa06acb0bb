"""The knee library among the examples: drawings, doses of the planned weeks, and no word of the back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from pdfgen.content.models.library import Dose
from pdfgen.content.rules.doses import steep_rises
from pdfgen.content.rules.readability import sentences, words
from pdfgen.illustration.drawing import draw_file
from pdfgen.illustration.figure import FigureName
from pdfgen.illustration.pose_file import load_pose_file
from pdfgen.planning.progression import steps_by_week

KNEE = Path(__file__).parent.parent / "examples" / "knee"
POSES = sorted((KNEE / "poses").glob("*.yaml"))
SUFFIX: dict[FigureName, str] = {"woman": "", "man": "--man"}

#: The spine, and signs that belong to it; "back" and "terug" as a direction are no words of the spine.
OF_THE_BACK = re.compile(
    r"\brug|wervel|hernia|schouderblad|bechterew|spin(e|al)|lower back|\bbackache|back pain|shoulder blade"
    r"|slipped disc|vertebra|between (the|your) legs|tussen (de|je) benen",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def library() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((KNEE / "library.yaml").read_text(encoding="utf-8"))
    return content


def texts(value: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of the library with its language."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("nl", "en") and isinstance(item, str):
                yield key, item
            else:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def doses_of(library: dict[str, Any], exercise: str) -> list[Dose]:
    return [Dose.model_validate(dose) for dose in library["exercises"][exercise]["doses"]]


def plans(library: dict[str, Any]) -> Iterator[tuple[str, int, list[list[Dose]]]]:
    """Yield each program with each of its lengths, and the doses of each exercise by week."""
    for condition in library["conditions"].values():
        for name, program in condition["programs"].items():
            for weeks in program["weeks"]:
                steps = steps_by_week(weeks)
                doses = [doses_of(library, exercise) for exercise in program["exercises"]]
                yield name, weeks, [[dose[min(step, len(dose)) - 1] for step in steps] for dose in doses]


def test_every_text_is_there_in_both_languages_and_none_speaks_of_the_back(library: dict[str, Any]) -> None:
    found = list(texts(library))
    assert [code for code, _ in found].count("nl") == [code for code, _ in found].count("en") > 300
    assert [text for _, text in found if OF_THE_BACK.search(text)] == []


def test_instructions_are_short(library: dict[str, Any]) -> None:
    steps = [
        step
        for exercise in library["exercises"].values()
        for variant in exercise["variants"].values()
        for step in variant["steps"]
    ]
    long = [part for _, text in texts(steps) for part in sentences(text) if len(words(part)) > 15]
    assert long == []


def test_doses_of_the_planned_weeks_rise_slowly(library: dict[str, Any]) -> None:
    for name, weeks, exercises in plans(library):
        for doses in exercises:
            assert list(steep_rises(doses)) == [], f"{name}, {weeks} weeks"


def test_the_level_of_one_exercise_rises_in_a_week(library: dict[str, Any]) -> None:
    for name, weeks, exercises in plans(library):
        for week, (before, after) in enumerate(pairwise(zip(*exercises, strict=True)), start=2):
            rising = sum(old.level != new.level for old, new in zip(before, after, strict=True))
            assert rising <= 1, f"{name}, {weeks} weeks: week {week}"


def test_every_form_of_a_dose_has_name_steps_and_two_drawings(library: dict[str, Any]) -> None:
    for name, exercise in library["exercises"].items():
        assert {dose.level for dose in doses_of(library, name)} <= set(exercise["variants"])
        for variant in exercise["variants"].values():
            assert variant["name"]
            assert len(variant["steps"]) >= 4
            assert len(variant["panels"]) == 2
            for panel in variant["panels"]:
                for suffix in SUFFIX.values():
                    assert (KNEE / "figures" / f"{panel['figure']}{suffix}.svg").is_file()


def test_every_box_has_signs_and_every_named_source_is_there(library: dict[str, Any]) -> None:
    (condition,) = library["conditions"].values()
    boxes = {box["id"]: box for box in condition["safety"]["boxes"]}
    assert list(boxes) == ["emergency", "today", "appointment"]
    signs = {name: " ".join(sign["en"] for sign in box["signs"]) for name, box in boxes.items()}
    for sign in ("cannot stand", "bone through the skin", "short of breath or have chest pain"):
        assert sign in signs["emergency"]
    for sign in ("fever", "even with no fever", "locked", "calf is newly swollen", "gives way"):
        assert sign in signs["today"]
    named = [*condition["sources"]]
    named += [name for part in condition["faq"] for name in part.get("sources", ())]
    named += [name for part in library["exercises"].values() for name in part["sources"]]
    assert set(named) == set(library["sources"])


def test_every_pose_file_is_drawn_for_woman_and_man() -> None:
    wanted = {
        f"{path.stem}-{letter}{suffix}.svg"
        for path in POSES
        for letter in load_pose_file(path).scene.panels
        for suffix in SUFFIX.values()
    }
    assert wanted == {path.name for path in (KNEE / "figures").glob("*.svg")}


@pytest.mark.drawings
@pytest.mark.parametrize("figure", SUFFIX)
@pytest.mark.parametrize("path", POSES, ids=lambda path: path.stem)
def test_committed_drawings_are_current(path: Path, figure: FigureName) -> None:
    for letter, text in draw_file(path, figure).items():
        committed = KNEE / "figures" / f"{path.stem}-{letter}{SUFFIX[figure]}.svg"
        assert committed.read_text(encoding="utf-8") == text
