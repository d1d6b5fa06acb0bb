"""What is meant for one patient only, and what everybody has to take care of, stands in every layout."""

from __future__ import annotations

import pytest
from geometry import document_text
from programs import EXAMPLES, make_program, without_place

LAYOUTS = sorted(path.stem for path in (EXAMPLES.parent / "layouts").glob("*.yaml"))
NOTES = {
    "knee-rolls": "Begin klein. Stop bij een doof gevoel.",
    "bridge": "Til je heupen niet hoger dan een handbreedte.",
    "plank": "Alleen tegen de muur, tot je weer bij mij bent geweest.",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_caution_and_note_of_the_prescription_is_printed(layout: str) -> None:
    data = {
        "layout": layout, "weeks": 3, "start": "2026-03-02", "notes": NOTES,
        "situations": ["osteoporosis", "high-blood-pressure"],
    }  # fmt: skip
    made = make_program(data)
    text = document_text(made.document())
    assert made.plan().cautions
    for caution in made.plan().cautions:
        assert caution.text.replace("\u00a0", " ") in text, caution
    for note in NOTES.values():
        assert note in text, note


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "tracker"])
def test_what_everybody_has_to_take_care_of_is_printed(layout: str) -> None:
    """On paper where steps are few too; the refill sheets alone have no steps."""
    made = make_program({"layout": layout, "weeks": 3})
    # Words within a sentence may be a link, which stands apart.
    text = "".join(document_text(made.document()).split())
    for exercise in made.plan().exercises:
        for sentence in exercise.care:
            assert "".join(without_place(sentence).split()) in text, sentence
