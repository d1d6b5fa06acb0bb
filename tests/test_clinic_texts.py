"""What a clinic prints of its own: lines at head and foot, a closing text, more signs; never fewer."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from geometry import all_faults, document_text, runs, text_of
from hypothesis import given
from hypothesis import strategies as st
from programs import BACK, EXAMPLES, Made, clinic, shipped_layout, shipped_library, words_of

from pdfgen.content.pictures.drawing import contrast_ratio, grey
from pdfgen.content.rules import all_rules
from pdfgen.content.rules.clinic import LEAST_CONTRAST, contrast_with_white
from pdfgen.errors import FitError, InputError
from pdfgen.production.job import Job
from pdfgen.typesetting.document import FOOTER, HEADER, Document
from pdfgen.typesetting.look import TINT, WHITE, make_look, parse_colour

OWN: dict[str, Any] = {
    "name": "Praktijk De Brug",
    "country": "NL",
    "header": "Samen in beweging",
    "footer": "Afzeggen kan tot een dag van tevoren",
    "closing": {"nl": "Tot ziens bij de controle.", "en": "See you at the check."},
    "safety": {
        "signs": {"today": [{"nl": "Je hebt pijn in je kuit.", "en": "You have pain in your calf."}]},
        "ask_first": [{"nl": "Je bent pas gevallen.", "en": "You fell a short while ago."}],
    },
}


def program_of(folder: Path, own: dict[str, Any], **options: Any) -> Made:
    file = folder / "clinic.yaml"
    file.write_text(json.dumps(own), encoding="utf-8")
    patient = EXAMPLES / options.pop("patient", "patient.yaml")
    return Made.of(Job(patient, clinic=file, overrides=(("id", "ABCDEFGH"),), **options))


@cache
def with_own_texts(folder: Path) -> Document:
    return program_of(folder, OWN).document()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return with_own_texts(tmp_path_factory.mktemp("own"))


@pytest.mark.parametrize(("node", "words"), [(HEADER, OWN["header"]), (FOOTER, OWN["footer"])])
def test_own_lines_stand_on_every_page_as_furniture(document: Document, node: int, words: str) -> None:
    for page in document.pages:
        found = [text_of(run) for run in page.items if run in runs(page) and run.node == node]
        assert words in words_of(found)


def test_own_lines_touch_nothing(tmp_path: Path) -> None:
    for layout in ("standard", "large-print"):
        made = program_of(tmp_path, OWN, layout=layout)
        look = make_look(made.layout, made.paper, made.clinic.accent, header=True, footer=True)
        assert all_faults(made.document(), look) == []


@pytest.mark.parametrize("field", ["header", "footer"])
def test_a_line_that_is_too_long_is_told_with_the_clinics_line(tmp_path: Path, field: str) -> None:
    with pytest.raises(FitError) as caught:
        program_of(tmp_path, {"country": "NL", field: "w" * 90}).document()
    (problem,) = caught.value.problems
    assert problem.field == field
    assert problem.file.endswith("clinic.yaml")
    assert problem.message.endswith("shorten it")


@pytest.mark.parametrize(("patient", "code"), [("patient.yaml", "nl"), ("patient-en.yaml", "en")])
def test_closing_and_added_signs_are_printed_in_the_documents_language(
    tmp_path: Path, patient: str, code: str
) -> None:
    text = words_of([document_text(program_of(tmp_path, OWN, patient=patient).document())])
    assert OWN["closing"][code] in text
    assert OWN["safety"]["signs"]["today"][0][code] in text
    assert OWN["safety"]["ask_first"][0][code] in text


def test_signs_are_added_and_never_taken_away(tmp_path: Path) -> None:
    plain = program_of(tmp_path, {"country": "NL"}).plan().safety
    own = program_of(tmp_path, OWN).plan().safety
    assert set(plain.ask_first) < set(own.ask_first)
    for before, after in zip(plain.boxes, own.boxes, strict=True):
        assert after.signs[: len(before.signs)] == before.signs
    assert sum(len(box.signs) for box in own.boxes) == sum(len(box.signs) for box in plain.boxes) + 1


def test_unknown_boxes_and_missing_languages_are_told_with_their_line(tmp_path: Path) -> None:
    own = "country: NL\nclosing: {en: Bye}\nsafety:\n  signs:\n    todya: [{nl: Koorts}]\n"
    own += "  ask_first: [{en: You}]\n"
    file = tmp_path / "clinic.yaml"
    file.write_text(own, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Made.of(Job(EXAMPLES / "patient.yaml", clinic=file))
    assert [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems] == [
        "2:10: closing.nl: missing; add the Dutch text",
        '5:5: safety.signs.todya: there is no box "todya" for "low-back-pain"; did you mean "today"?',
        "6:15: safety.ask_first.0.nl: missing; add the Dutch text",
    ]


def test_a_closing_text_without_a_place_is_told() -> None:
    owner = clinic({"closing": {"nl": "Dag"}})
    layout = shipped_layout("wall-sheet")
    library = shipped_library()
    found = all_rules.check_clinic_texts(owner, BACK, library, layout, ("nl",))
    assert [problem.field for problem in found.warnings] == ["closing"]
    assert not all_rules.check_clinic_texts(owner, BACK, library, shipped_layout(), ("nl",)).warnings


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_that_may_be_used_separates_in_grey_too(colour: tuple[int, int, int]) -> None:
    code = "#{:02x}{:02x}{:02x}".format(*colour)
    if contrast_with_white(code) >= LEAST_CONTRAST:
        printed = grey(parse_colour(code))
        assert contrast_ratio(printed, WHITE) >= LEAST_CONTRAST - 0.05
        assert contrast_ratio(printed, TINT) >= 4.5
