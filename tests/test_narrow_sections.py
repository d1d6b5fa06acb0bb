"""Type that is large for its page: a cover of one page, no nearly empty pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from geometry import all_faults, box_of, filled_part, headings, page_lines, runs, text_of
from programs import Made, make_program

from pdfgen.typesetting.document import Document, Page, Placed
from pdfgen.typesetting.look import Look, make_look

NARROW = ("large-print", "booklet")
PAPERS = ("a4", "letter")

#: A page before the last of its section on which less is used looks like a mistake.
LEAST_FILLED = 0.35

CASES = pytest.mark.parametrize(
    ("layout", "paper", "language", "program", "weeks"),
    [
        # With each change, half of them: any values of four columns meet.
        pytest.param(*case, marks=() if number.bit_count() % 2 else pytest.mark.matrix)
        for number, case in enumerate(
            product(NARROW, PAPERS, ("nl", "en"), ("short-four", "full-seven"), (4, 12))
        )
    ],
)


@cache
def program_of(layout: str, paper: str, language: str, program: str, weeks: int) -> Made:
    data = {"layout": layout, "paper": paper, "language": language, "program": program, "weeks": weeks}
    return make_program(
        {**data, "start": "2026-03-02", "goal": "Weer met de kleinkinderen op de grond spelen"}
    )


def look_of(made: Made) -> Look:
    return make_look(made.layout, made.paper, made.clinic.accent)


def sections(document: Document) -> Iterator[tuple[str, list[Page]]]:
    """The title of each section with its pages."""
    starts = [mark for mark in document.bookmarks if mark.level == 0]
    ends = [mark.page for mark in starts[1:]] + [len(document.pages)]
    for mark, end in zip(starts, ends, strict=True):
        yield mark.title, list(document.pages[mark.page : end])


def words_on(page: Page) -> str:
    return " ".join(words for _, _, words in page_lines(page)).replace("\u00a0", " ")


@CASES
def test_nothing_is_outside_its_area_or_on_something_else(
    layout: str, paper: str, language: str, program: str, weeks: int
) -> None:
    made = program_of(layout, paper, language, program, weeks)
    assert all_faults(made.document(), look_of(made), mirrored=made.layout.margins.mirrored) == []


@CASES
def test_the_cover_is_one_page_with_all_that_matters(
    layout: str, paper: str, language: str, program: str, weeks: int
) -> None:
    made = program_of(layout, paper, language, program, weeks)
    (_, cover), *others = sections(made.document())
    assert len(cover) == 1
    words = words_on(cover[0])
    assert made.plan().goal.text in words
    strings = made.language.strings
    expected = [strings.for_patient, strings.start_date, strings.end_date, strings.contents]
    assert [text for text in expected if text not in words] == []
    behind = (strings.own_questions, strings.back_title)
    assert [title for title, _ in others if title not in words and title not in behind] == []
    drawings = [item for item in cover[0].items if isinstance(item, Placed)]
    assert len(drawings) <= 1, "one large drawing, where there is room for it"


@CASES
def test_no_page_before_the_last_of_its_section_is_nearly_empty(
    layout: str, paper: str, language: str, program: str, weeks: int
) -> None:
    made = program_of(layout, paper, language, program, weeks)
    found = {
        (title, number): round(filled_part(page, look_of(made)), 2)
        for title, pages in sections(made.document())
        for number, page in enumerate(pages[:-1], 1)
        if page.sheet is None
    }
    assert {place: part for place, part in found.items() if part < LEAST_FILLED} == {}


@pytest.mark.parametrize(("layout", "paper", "language"), list(product(NARROW, PAPERS, ("nl", "en"))))
def test_pain_scale_and_its_three_ranges_share_a_page(layout: str, paper: str, language: str) -> None:
    made = program_of(layout, paper, language, "short-four", 4)
    found = {words: page for role, page, words in headings(made.document()) if role in ("H1", "H2")}
    safety = made.plan().safety
    titles = [safety.light_title, *(light.title for light in safety.lights)]
    assert len({found[title.replace("\u00a0", " ")] for title in titles}) == 1


@pytest.mark.parametrize("layout", NARROW)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_ends_of_the_pain_scale_do_not_meet(layout: str, language: str) -> None:
    made = program_of(layout, "a4", language, "short-four", 4)
    strings = made.language.strings
    boxes = [
        box_of(run)
        for page in made.document().pages
        for run in runs(page)
        if text_of(run).strip() in (strings.no_pain, strings.worst_pain)
    ]
    assert len(boxes) == 2
    assert not boxes[0].meets(boxes[1], by=0)
