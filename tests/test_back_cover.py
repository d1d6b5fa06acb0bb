"""The outside of a booklet's back: when to stop and whom to call, and no white page before it."""

from __future__ import annotations

import pytest
from geometry import all_faults, filled_part, page_lines, runs, text_of
from programs import clinic, make_program, prescription, shipped_layout

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import Loaded
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.validation import validate
from pdfgen.content.rules import all_rules
from pdfgen.errors import FitError
from pdfgen.typesetting.document import LinkArea

CLINIC = {"name": "De Molenbeek", "phone": "085 000 0000", "country": "NL"}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("weeks", [2, 5])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_outside_says_when_to_stop_and_whom_to_call(language: str, weeks: int, paper: str) -> None:
    data = {"layout": "booklet", "weeks": weeks, "paper": paper, "language": language}
    made = make_program({**data, "start": "2026-03-02"}, CLINIC)
    made = made.changed(layout=made.layout.model_copy(update={"sections": ("safety", "faq", "back-cover")}))
    document, look = made.document(), made.composer().look
    assert len(document.pages) % 4 == 0
    assert all_faults(document, look, mirrored=True) == []
    assert all(filled_part(page, look) > 0.3 for page in document.pages)
    words = " ".join(words for _, _, words in page_lines(document.pages[-1])).replace("\u00a0", " ")
    safety = made.plan().safety
    assert " ".join(safety.stop_rule.split()[:4]) in words
    assert all(box.title in words for box in safety.boxes)
    numbers = {item.target for item in document.pages[-1].items if isinstance(item, LinkArea)}
    assert {"tel:+31850000000", "tel:112"} <= numbers


@pytest.mark.parametrize("program", ["starter", "full-seven"])
def test_a_booklet_in_large_print_is_made_of_a3(program: str) -> None:
    data = {"layout": "booklet", "large": True, "program": program, "start": "2026-03-02", "weeks": 2}
    made = make_program({**data, "paper": "a3"}, CLINIC)
    document = made.document()
    assert (round(document.pages[0].width), round(document.pages[0].height)) == (595, 842)
    assert len(document.pages) % 4 == 0
    with pytest.raises(FitError, match="--paper a3"):
        make_program({**data, "paper": "a4"}, CLINIC).document()


def test_sources_are_not_on_the_outside_of_the_shipped_booklet() -> None:
    assert shipped_layout("booklet").value.sections[-1] == "back-cover"


def test_the_back_cover_is_named_last() -> None:
    text = "name: {nl: a, en: a}\ndescription: {nl: a, en: a}\npaper: a4\npapers: [a4]\n"
    source = parse_yaml(text + "sections: [back-cover, safety]\n", "l.yaml")
    found = all_rules.check_layout(Loaded(validate(Layout, source), source), ["nl", "en"])
    assert [problem.message for problem in found.errors] == ["back-cover is the last page; name it last"]


@pytest.mark.parametrize(
    ("layout", "own", "of_clinic", "warned"),
    [
        ("booklet", True, False, True),
        ("booklet", None, True, True),
        ("booklet", False, True, False),
        ("compact", True, False, True),
        ("compact", None, True, False),
        ("standard", True, True, False),
    ],
)
def test_what_cannot_be_read_by_machine_is_told(
    layout: str, own: bool | None, of_clinic: bool, warned: bool
) -> None:
    patient = prescription({"read_back": own} if own is not None else {})
    found = all_rules.check_read_back(patient, clinic({"read_back": of_clinic}), shipped_layout(layout))
    assert bool(found.warnings) == warned
    assert all("--layout tracker" in problem.message for problem in found.warnings)


def test_a_booklet_without_the_signs_names_no_page_of_them() -> None:
    made = make_program({"program": "starter", "weeks": 4, "layout": "booklet"})
    made = made.changed(
        layout=made.layout.model_copy(update={"sections": ("cover", "exercises", "back-cover")})
    )
    said = " ".join(text_of(run) for run in runs(made.document().pages[-1]))
    assert made.plan().safety.title not in said
