"""Start positions: those of the program's forms and no others, each with a picture."""

from __future__ import annotations

from typing import Any

import pytest
from geometry import runs, text_of
from programs import back, make_program, plan, shipped_library

from pdfgen.typesetting.document import Placed
from pdfgen.typesetting.look import MM


def shown(**data: object) -> list[str]:
    positions = plan(**data).preparation.positions
    assert positions is not None
    assert all(step.panel for step in positions.steps)
    return [step.text for step in positions.steps]


def test_a_program_shows_where_its_own_forms_begin() -> None:
    assert shown(weeks=6) == [
        "op je rug, knieën gebogen", "op handen en knieën", "staand", "op je onderarmen en knieën",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "position"), [("L2", "op handen en knieën"), ("chair", "zittend op een stoel")]
)
def test_a_form_has_its_own_position_or_that_of_its_exercise(level: str, position: str) -> None:
    dose = {"from_week": 1, "level": level, "reps": 6}
    assert shown(weeks=4, exercises=["cat-cow"], doses={"cat-cow": [dose]}) == [position]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", list(shipped_library().value.exercises))
def test_a_position_that_is_not_drawn_comes_last_with_the_first_picture(name: str, language: str) -> None:
    exercise = shipped_library().value.exercises[name]
    drawn = [step.text[language] for step in back().preparation.positions.steps]  # type: ignore[union-attr]
    made = plan(exercises=[name], language=language, weeks=12)
    positions = made.preparation.positions
    assert positions is not None
    forms = made.exercises[0].shown_forms
    expected = {(exercise.variants[f.level].position or exercise.position)[language]: f for f in forms}
    assert {step.text for step in positions.steps} == set(expected)
    for step in positions.steps:
        if step.text not in drawn:
            assert step.panel in expected[step.text].panels


@pytest.mark.parametrize(
    ("layout", "data", "least"),
    [
        ("large-print", {"language": "en", "paper": "letter", "weeks": 8}, 45),
        ("large-print", {"program": "full-seven", "weeks": 12}, 55),
        ("booklet", {"language": "en", "paper": "letter", "weeks": 8}, 40),
    ],
)
def test_the_way_up_from_the_floor_takes_what_its_page_leaves(
    layout: str, data: dict[str, Any], least: float
) -> None:
    made = make_program({"layout": layout, **data})
    way = made.plan().preparation.up
    assert way is not None
    names = {f"figures/{step.panel.figure}" for step in way.steps if step.panel}
    document = made.document()
    drawn = [item for page in document.pages for item in page.items if isinstance(item, Placed)]
    sizes = [max(item.width, item.height) for item in drawn if item.drawing.name in names]
    assert sizes
    assert max(sizes) >= least * MM


@pytest.mark.parametrize(
    ("paper", "program"), [("letter", "short-four"), ("letter", "starter"), ("a4", "starter")]
)
def test_the_way_to_the_floor_stands_two_by_two_where_its_page_has_room(paper: str, program: str) -> None:
    """Words before it, or lower start positions, leave it that room."""
    made = make_program({"layout": "standard", "paper": paper, "program": program, "weeks": 6})
    way = made.plan().preparation.down
    assert way is not None
    names = [f"figures/{step.panel.figure}" for step in way.steps if step.panel]
    pages = made.document().pages
    drawn = next(
        [item for item in page.items if isinstance(item, Placed) and item.drawing.name in names]
        for page in pages
        if any(isinstance(item, Placed) and item.drawing.name == names[-1] for item in page.items)
    )
    first = sorted(drawn, key=lambda item: names.index(item.drawing.name))[: len(names)]
    assert first[1].x > first[0].x
    assert first[2].x == pytest.approx(first[0].x)
    assert max(item.width for item in drawn) > 42 * MM


def test_three_start_positions_stand_in_two_rows_where_their_page_has_room() -> None:
    """They were 50 mm wide in one row, over a page with white."""
    chosen = ["leg-lengthening", "knee-rolls", "cat-cow", "bridge"]
    made = make_program({"program": "short-four", "exercises": chosen, "weeks": 6})
    positions = made.plan().preparation.positions
    assert positions is not None
    assert len(positions.steps) == 3
    names = {f"figures/{step.panel.figure}" for step in positions.steps if step.panel}
    page = next(
        page
        for page in made.document().pages
        if names <= {item.drawing.name for item in page.items if isinstance(item, Placed)}
    )
    drawn = [item for item in page.items if isinstance(item, Placed) and item.drawing.name in names]
    assert max(item.width for item in drawn) > 60 * MM


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "screen"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_must_not_go_down_alone_reads_so_before_the_way_to_the_floor(layout: str, language: str) -> None:
    made = make_program({"program": "full-seven", "weeks": 4, "layout": layout, "language": language})
    document, preparation = made.document(), made.plan().preparation
    assert preparation.down
    assert preparation.up
    said = " ".join(text_of(run) for page in document.pages for run in runs(page)).replace("\u00a0", " ")
    said = " ".join(said.split())
    first = preparation.up.note.partition("? ")[0]
    way = said.rindex(preparation.down.title)
    assert first in said[:way]
    assert first not in said[way:]
