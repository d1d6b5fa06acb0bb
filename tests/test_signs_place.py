"""Words that send to the signs to call for: they name where these stand, and the number to call."""

from __future__ import annotations

import re

import pytest
from geometry import runs, text_of
from programs import EXAMPLES, Made, clinic, make_program, words_of

from pdfgen.production.job import Job
from pdfgen.typesetting.document import Page

PAPER = ("standard", "large-print", "compact", "wall-sheet", "booklet", "bilingual", "cards")
SENT = {
    "nl": r"(?:“Lees dit eerst”, bladzijde|\(zie kaart) (\d+)",
    "en": r"(?:“Read this first”, page|\(see card) (\d+)",
}


def joined(page: Page) -> str:
    return words_of([text_of(run) for run in runs(page)])


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("layout", PAPER)
def test_care_names_the_page_or_the_card_of_the_signs(layout: str, language: str) -> None:
    made = make_program({"program": "short-four", "weeks": 8, "language": language, "layout": layout})
    pages = [joined(page) for page in made.document().pages]
    title, sign = made.plan().safety.title, made.plan().safety.boxes[0].signs[0]
    (signs,) = (i for i, said in enumerate(pages) if " ".join(sign.split()) in said)
    place = signs // 2 + 1 if layout == "cards" else signs + 1
    sent = [found for said in pages for found in re.findall(SENT[language], said)]
    assert len(sent) > 1, title
    assert set(sent) == {str(place)}


@pytest.mark.parametrize("layout", [*PAPER, "screen"])
def test_care_has_the_number_to_call_at_once(layout: str) -> None:
    made = make_program({"program": "short-four", "weeks": 8, "language": "en", "layout": layout})
    said = " ".join(map(joined, made.document().pages))
    where = "card 2" if layout == "cards" else "“ ?Read this first ?”"
    assert re.search(rf"Call 112 at once \(see {where}", said)
    assert "{" not in said


def test_the_number_is_that_of_the_clinic() -> None:
    own = clinic({"emergency": {"number": "085 123"}}).value
    made = make_program({"program": "short-four", "language": "en"}).changed(clinic=own)
    assert "Call 085 123 at once" in " ".join(map(joined, made.document().pages))


def test_a_program_without_its_signs_names_no_page_of_them() -> None:
    """A supplement of week sheets beside a complete program."""
    made = Made.of(Job(EXAMPLES / "patient-en.yaml", layout="tracker"))
    assert not any(re.search(SENT["en"], joined(page)) for page in made.document().pages)
