"""A layout that asks for the impossible is told so at the line where it does."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from programs import EXAMPLES, Made

from pdfgen.content import loading
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import Loaded
from pdfgen.content.models.layout import PAPER_SIZES, Layout
from pdfgen.content.models.validation import validate
from pdfgen.content.rules import all_rules
from pdfgen.errors import InputError
from pdfgen.production.job import Job

HEAD = "name: {nl: a, en: a}\ndescription: {nl: a, en: a}\n"


def told(text: str) -> list[str]:
    """Everything that is said about a layout, as `pdfgen check` would."""
    source = parse_yaml(HEAD + text, "l.yaml")
    try:
        layout = Loaded(validate(Layout, source), source)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in all_rules.check_layout(layout, ("nl", "en")).errors]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sections: [cover]", "3:11: sections: the safety section is obligatory; add safety"),
        (
            "sections: [[masthead, safety-strip]]",
            "3:11: sections: the safety section is obligatory; add safety",
        ),
        ("sections: [safety, plan, safety]", "3:26: sections.2: safety is named twice; leave one out"),
        (
            "sections: [safety, [masthead, plan, safety]]",
            "3:20: sections.1: safety is named twice; leave one out",
        ),
        (
            "sections: [safety, [cover, plan]]",
            "3:20: sections.1: cover takes pages of its own; take it out of this inner list",
        ),
        ("sections: [safety]\nmargins: {top: 4}", "4:16: margins.top: must be at least 5"),
        ("sections: [safety]\nmargins: {top: 8}", "4:16: margins.top: must be at least 10 mm"),
        (
            "sections: [safety, tracker]\nmargins: {binding: 15}",
            "4:20: margins.binding: must be at least 20 mm with a tracker",
        ),
        (
            "sections: [safety]\npaper: a5\npapers: [a5]\nmargins: {binding: 60, outer: 60}",
            "6:10: margins: the margins leave no room for text on a5; make them smaller",
        ),
        (
            "sections: [safety, tracker]\npapers: [a4, a3]",
            "4:9: papers: week sheets are made for a4 and letter only; change papers",
        ),
        (
            "sections: [safety, tracker]\nimposition: {kind: cards}",
            "4:13: imposition: cards have no room for week sheets; take tracker out of sections, ",
        ),
        ("sections: [safety]\npapers: [a5]", "1:1: paper: is not among papers; add a4 there"),
        ("sections: [safety]\ntype: {body: 4}", "4:14: type.body: must be at least 12"),
        ("sections: [safety]\nimposition: {kind: scroll}", "4:13: imposition: kind must be one of"),
        ("sections: [safety]\ntype: {font: Comic}", '4:8: type.font: unknown key "font"; known: body'),
    ],
)
def test_what_cannot_be_is_told_at_its_line(text: str, problem: str) -> None:
    found = told(text)
    assert len(found) == 1, found
    assert found[0].startswith(f"l.yaml:{problem}")


def test_all_problems_at_once() -> None:
    text = "sections: [cover, [plan, cover]]\npapers: [a5]\nmargins: {top: 6, bottom: 7}"
    assert len(told(text)) == 6


@pytest.mark.parametrize(
    "text",
    [
        "sections: [safety]",
        "sections: [[masthead, safety]]",
        "supplement: true\nsections: [[masthead, safety-strip]]",
        "supplement: true\ntracker: {pictures: false}\nsections: [tracker]",
        "sections: [safety]\nimposition: {kind: booklet}\nmargins: {binding: 14, outer: 10}",
    ],
)
def test_what_can_be(text: str) -> None:
    assert told(text) == []


def test_sections_in_any_order_have_an_outline(tmp_path: Path) -> None:
    file = tmp_path / "l.yaml"
    file.write_text(f"{HEAD}supplement: true\nsections: [safety-strip, exercises]\n", encoding="utf-8")
    made = Made.of(Job(EXAMPLES / "patient.yaml", layout=str(file)))
    levels = [bookmark.level for bookmark in made.document().bookmarks]
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert made.pdf().startswith(b"%PDF-")


def test_shipped_layouts_keep_the_rules() -> None:
    for name in loading.list_layouts():
        assert all_rules.check_layout(loading.load_layout(name), loading.list_languages()).errors == ()


@pytest.mark.parametrize("paper", list(PAPER_SIZES))
def test_pages_of_folded_and_cut_paper(paper: str) -> None:
    width, height = PAPER_SIZES[paper]
    expected = {
        "": (width, height),
        "imposition: {kind: booklet}": (height / 2, width),
        "imposition: {kind: cards}": (height / 2, width),
        "imposition: {kind: cards, up: 4}": (width / 2, height / 2),
        "imposition: {kind: cards, up: 8}": (width / 2, height / 4),
    }
    for text, size in expected.items():
        source = parse_yaml(f"{HEAD}sections: [safety]\n{text}", "l.yaml")
        assert validate(Layout, source).page_size(paper) == pytest.approx(size)
