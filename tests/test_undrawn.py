"""Forms that are prescribed and have no picture: told to the therapist, and right on their pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from geometry import all_faults, document_text
from programs import EXAMPLES, Made

from pdfgen.planning.wording import dose_words, week_words
from pdfgen.production.job import Job

BARE = """
exercises:
  bridge: {variants: {L1: {panels: []}}}
  plank: {variants: {L1: {panels: []}, L2: {panels: []}}}
"""


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet"])
def test_a_form_without_a_picture_is_told_and_has_its_words(layout: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(BARE, encoding="utf-8")
    made = Made.of(Job(EXAMPLES / "patient.yaml", layout=layout, libraries=(own,)))
    told = [problem for problem in made.warnings() if "has no picture" in problem.message]
    assert [problem.field for problem in told] == [
        f"exercises.{name}" for name in ("bridge.variants.L1", "plank.variants.L1", "plank.variants.L2")
    ]
    document = made.document()
    assert all_faults(document, made.composer().look, mirrored=made.layout.margins.mirrored) == []
    words = document_text(document)
    for form in made.plan().exercises_by_form:
        if form.form_number:
            assert (
                f"{week_words(form.main.weeks, made.language)}: {form.main.name}".replace("\u00a0", " ")
                in words
            )
        for _, step in form.main.steps:
            assert step.replace("\u00a0", " ") in words
        for dose in filter(None, form.doses):
            assert dose_words(dose, made.language).line.replace("\u00a0", " ") in words
    assert sum(page.sheet is not None for page in document.pages) == 2 * (len(made.plan().weeks) + 1)
