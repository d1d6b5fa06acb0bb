"""What everybody has to know, whichever layout is in their hands: floor, boxes, when an exercise begins."""

from __future__ import annotations

import pytest
from geometry import page_lines
from programs import Made, make_program

from pdfgen.content import loading
from pdfgen.planning.wording import week_words

WHOLE = [name for name in loading.list_layouts() if not loading.load_layout(name).value.supplement]


def text(made: Made) -> str:
    lines = (words for page in made.document().pages for _, _, words in page_lines(page))
    return " ".join(lines).replace("\u00a0", " ")


@pytest.mark.parametrize("layout", [*WHOLE, "cards"])
def test_who_is_alone_is_told_when_to_stay_off_the_floor(layout: str) -> None:
    made = make_program({"layout": layout, "weeks": 4, "start": "2026-03-02"})
    up = made.plan().preparation.up
    assert up is not None
    assert up.note in text(made)


@pytest.mark.parametrize("layout", ["compact", "wall-sheet", "cards"])
def test_boxes_without_rules_of_their_own_are_explained(layout: str) -> None:
    made = make_program({"layout": layout, "weeks": 4, "start": "2026-03-02"})
    strings = made.language.strings
    assert (strings.boxes_behind if layout == "cards" else strings.boxes_hint) in text(made)


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet"])
def test_an_exercise_that_begins_later_has_its_weeks_beside_the_name_of_its_form(layout: str) -> None:
    made = make_program({"layout": layout, "program": "full-seven", "weeks": 6, "start": "2026-03-02"})
    late = next(exercise for exercise in made.plan().exercises if exercise.next_week() > 1)
    assert not late.form_number
    weeks = week_words(late.main.weeks, made.language).replace("\u00a0", " ")
    found = " ".join(text(made).split())
    assert f"{weeks}: {late.main.name}" in found
