"""Every page that somebody can hold alone says that it is general information, and who reviewed it."""

from __future__ import annotations

from pathlib import Path

import pytest
from geometry import page_lines
from programs import EXAMPLES, Made

from pdfgen.errors import FitError
from pdfgen.production.job import Job

LAYOUTS = sorted(path.stem for path in (EXAMPLES.parent / "layouts").glob("*.yaml"))
LINES = {
    "nl": "Algemene uitleg, nog niet nagekeken door een zorgverlener",
    "en": "General information, not yet reviewed by a health professional",
}
REVIEW = (
    "conditions: {low-back-pain: {review: {status: reviewed, by: A. Jansen, role: fysiotherapeut, "
    "date: 2026-03-02}}}\n"
)


def made(folder: Path, layout: str, language: str, review: str = "") -> Made:
    library = folder / "own.yaml"
    library.write_text(review or "glossary: {}\n", encoding="utf-8")
    return Made.of(Job(EXAMPLES / "patient.yaml", layout=layout, language=language, libraries=(library,)))


def words_by_page(program: Made) -> list[str]:
    return [
        " ".join(words for _, _, words in page_lines(page)).replace("\u00a0", " ")
        for page in program.document().pages
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_says_that_nobody_reviewed_it(tmp_path: Path, layout: str, language: str) -> None:
    pages = words_by_page(made(tmp_path, layout, language))
    if layout == "cards":
        pages = pages[:1]
    assert [number for number, words in enumerate(pages, 1) if LINES[language] not in words] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_reviewer_takes_its_place_with_profession_and_date(tmp_path: Path, layout: str) -> None:
    text = " ".join(words_by_page(made(tmp_path, layout, "nl", REVIEW)))
    assert "Nagekeken: A. Jansen, fysiotherapeut, maandag 2 maart 2026" in text
    assert LINES["nl"] not in text


def test_a_reviewer_with_too_long_a_name_is_told(tmp_path: Path) -> None:
    program = made(tmp_path, "compact", "nl", REVIEW.replace("A. Jansen", "A. " + "Jansen " * 12))
    with pytest.raises(FitError, match="shorten it"):
        program.document()
