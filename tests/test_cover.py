"""The cover: one large drawing of this program, the goal large, the days, what the therapist says."""

from __future__ import annotations

import pytest
from geometry import MM, page_lines, runs, text_of, width_of
from programs import Made, make_program

from pdfgen.typesetting.document import Page, Placed, Shape

GOAL = "Weer met de kleinkinderen spelen"
SAID = "Doe het rustig aan."


def made(layout: str, **more: object) -> Made:
    return make_program({"layout": layout, "goal": GOAL, "message": SAID, "start": "2026-03-02", **more})


def drawings(page: Page) -> list[Placed]:
    return [item for item in page.items if isinstance(item, Placed)]


@pytest.mark.parametrize(("layout", "least"), [("standard", 100), ("large-print", 60), ("bilingual", 100)])
def test_one_drawing_is_large_and_of_this_program(layout: str, least: float) -> None:
    program = made(layout)
    (drawing,) = drawings(program.document().pages[0])
    assert drawing.width / MM >= least or drawing.height / MM >= least / 2
    shown = {
        panel.figure for e in program.plan().exercises for form in e.shown_forms for panel in form.panels
    }
    assert drawing.drawing.name.rpartition("/")[2] in shown


@pytest.mark.parametrize("layout", ["standard", "large-print", "bilingual", "booklet"])
def test_goal_days_and_message_are_on_the_cover(layout: str) -> None:
    program = made(layout)
    page = program.document().pages[0]
    words = " ".join(words for _, _, words in page_lines(page)).replace("\u00a0", " ")
    assert GOAL in " ".join(words.split())
    assert SAID in words
    assert "Op maandag" in words or "Elke dag" in words
    body = min(run.size for run in runs(page) if "Doe" in text_of(run))
    assert min(run.size for run in runs(page) if text_of(run).startswith("Weer")) > 1.3 * body


def test_without_a_clinic_the_line_to_write_on_has_its_words_before_it() -> None:
    page = made("standard", patient={"label": "A. B."}).document().pages[0]
    (label,) = [run for run in runs(page) if text_of(run).startswith("Je praktijk")]
    lines = [item for item in page.items if isinstance(item, Shape) and len(item.segments) == 2]
    beside = [item for item in lines if abs(float(item.segments[0][2]) - label.y) < 12]
    assert [float(item.segments[0][1]) > label.x + width_of(label) for item in beside] == [True]


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "bilingual"])
def test_every_cover_names_the_exercises_and_nothing_technical(layout: str) -> None:
    program = made(layout, message="", weeks=6)
    pages = [
        " ".join(words for _, _, words in page_lines(page)).replace("\u00a0", " ")
        for page in program.document().pages
    ]
    assert all(exercise.name in pages[0] for exercise in program.plan().exercises)
    digest = [number for number, words in enumerate(pages) if program.identity.digest in words]
    edition = [number for number, words in enumerate(pages) if program.composer().strings.edition in words]
    assert len(digest) == 1
    assert edition == digest
