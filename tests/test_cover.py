"""The cover: one large drawing of this program, the goal large, the days, what the therapist says."""

from __future__ import annotations

import pytest
from geometry import MM, box_of, headings, page_lines, runs, text_of, width_of
from programs import Data, Made, make_program, shipped_language

from pdfgen.typesetting.document import Page, Placed, Shape

GOAL = "Weer met de kleinkinderen spelen"
SAID = "Doe het rustig aan."


#: The clinic of the examples, without its logo.
CLINIC = {
    "name": "Fysiotherapie De Molenbeek",
    "address": ["Molenpad 12", "1234 AB Voorbeelddorp"],
    "phone": "085 000 0000",
    "email": "balie@molenbeek.example",
    "website": "molenbeek.example",
}


def made(layout: str, clinic_data: Data | None = None, **more: object) -> Made:
    data = {"layout": layout, "goal": GOAL, "message": SAID, "start": "2026-03-02", **more}
    return make_program(data, clinic_data)


def cover_of(program: Made) -> Page:
    """The cover, which is one page: the next one begins another section."""
    document = program.document()
    starts = [page for role, page, _ in headings(document) if role == "H1"]
    assert starts[:2] == [1, 2]
    return document.pages[0]


def cover_items(program: Made) -> list[tuple[str, float]]:
    return [
        (type(item).__name__, round(box_of(item).top))
        for item in cover_of(program).items
        if isinstance(item, Placed | Shape)
    ]


def drawings(page: Page) -> list[Placed]:
    return [item for item in page.items if isinstance(item, Placed)]


@pytest.mark.parametrize(
    ("layout", "least"), [("standard", 100), ("large-print", 80), ("bilingual", 100), ("booklet", 60)]
)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_one_drawing_is_large_and_of_this_program(layout: str, least: float, paper: str) -> None:
    program = made(layout, clinic_data=CLINIC, paper=paper, message="")
    (drawing,) = drawings(cover_of(program))
    assert drawing.width / MM >= least or drawing.height / MM >= least / 2
    shown = {
        panel.figure for e in program.plan().exercises for form in e.shown_forms for panel in form.panels
    }
    assert drawing.drawing.name.rpartition("/")[2] in shown


@pytest.mark.parametrize("program", ["starter", "full-seven"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("layout", ["large-print", "booklet"])
def test_a_cover_is_one_page_whatever_it_says(layout: str, paper: str, program: str) -> None:
    more = {"message": SAID * 3, "goal": GOAL * 2, "patient": {"label": "Mevrouw van der Berg-de Wit"}}
    page = cover_of(made(layout, clinic_data=CLINIC, paper=paper, program=program, **more))
    words = " ".join(words for _, _, words in page_lines(page))
    assert shipped_language("nl").value.strings.contents in words


@pytest.mark.parametrize("large", [False, True])
def test_twin_copies_have_the_same_cover(large: bool) -> None:
    patient = made("bilingual", CLINIC, message=SAID * 4, goal=GOAL * 2, large=large)
    patient = patient.changed(second_language=shipped_language("en").value)
    assert cover_items(patient) == cover_items(patient.twin())


def test_an_address_is_broken_before_its_signs_and_nowhere_else() -> None:
    email = "fysiotherapie.de.molenbeek@voorbeelddorp.example"
    page = cover_of(made("large-print", clinic_data={**CLINIC, "email": email}))
    lines = [words.strip() for _, _, words in page_lines(page)]
    whole = "|".join(lines)
    assert email in whole or "fysiotherapie.de.molenbeek|@voorbeelddorp.example" in whole, lines


@pytest.mark.parametrize("layout", ["standard", "large-print", "bilingual", "booklet"])
def test_goal_days_and_message_are_on_the_cover(layout: str) -> None:
    program = made(layout)
    page = program.document().pages[0]
    words = " ".join(words for _, _, words in page_lines(page)).replace("\u00a0", " ")
    assert GOAL in " ".join(words.split())
    assert SAID in words
    assert "Soepel worden: elke dag" in words
    assert "Sterker worden: op maandag, woensdag en vrijdag" in words
    body = min(run.size for run in runs(page) if "Doe" in text_of(run))
    assert min(run.size for run in runs(page) if text_of(run).startswith("Weer")) > 1.3 * body


def test_without_a_clinic_the_line_to_write_on_has_its_words_before_it() -> None:
    page = made("standard", patient={"label": "A. B."}).document().pages[0]
    (label,) = [run for run in runs(page) if text_of(run).startswith("Je praktijk")]
    lines = [item for item in page.items if isinstance(item, Shape) and len(item.segments) == 2]
    beside = [item for item in lines if abs(float(item.segments[0][2]) - label.y) < 12]
    assert [float(item.segments[0][1]) > label.x + width_of(label) for item in beside] == [True]


@pytest.mark.parametrize("layout", ["standard", "bilingual"])
def test_every_cover_with_room_names_the_exercises_and_nothing_technical(layout: str) -> None:
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
