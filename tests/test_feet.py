"""The feet of pages: no page but the last of a chapter ends far above its foot; boxes go on with heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pytest
from geometry import box_of, filled_part, page_lines
from programs import EXAMPLES, Made, make_program

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.planning.plan import WarningBox
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Page, Placed
from pdfgen.typesetting.flow import paginate, place_page
from pdfgen.typesetting.look import MM, make_look
from pdfgen.typesetting.sections import safety

#: Millimetres that may be empty at the foot of a page.
MOST_EMPTY = {"booklet": 45.0, "standard": 60.0, "large-print": 60.0}
#: The same in the plan, where advice that is read every week stays on one page.
MOST_EMPTY_IN_PLAN = 60.0
#: Part of a last page that is used; what stood alone there took .29.
LEAST_FILLED = 0.33
PROGRAMS = ("patient", "patient-situations", "full-seven 12", "starter 4")
QUICK = {("standard", "patient", "nl"), ("booklet", "patient", "en")}
CASES = pytest.mark.parametrize(
    ("layout", "program", "language"),
    [
        pytest.param(*case, marks=() if case in QUICK else pytest.mark.matrix)
        for case in product(MOST_EMPTY, PROGRAMS, ("nl", "en"))
    ],
)


@cache
def made(layout: str, program: str, language: str) -> Made:
    name, _, weeks = program.partition(" ")
    data: dict[str, Any] = {"program": name, "weeks": int(weeks or 0), "start": "2026-03-02"}
    if not weeks:
        path = EXAMPLES / f"{name}.yaml"
        loaded: Any = parse_yaml(path.read_text(encoding="utf-8"), str(path)).data
        data = {key: value for key, value in loaded.items() if key != "clinic"}
    return make_program({**data, "layout": layout, "language": language})


def chapters(program: Made) -> Iterator[tuple[str, list[Page]]]:
    """The chapters of words with their pages; exercises and week sheets have tests of their own."""
    document, strings, plan = program.document(), program.language.strings, program.plan()
    starts = {words: page for page, words in chapter_starts(program)}
    ends = sorted({*starts.values(), len(document.pages)})
    for title in (plan.safety.title, plan.preparation.title, strings.plan_title, strings.faq_title,
                  strings.passport_title):  # fmt: skip
        first = starts[title]
        yield title, list(document.pages[first : ends[ends.index(first) + 1]])


def chapter_starts(program: Made) -> Iterator[tuple[int, str]]:
    """The pages on which chapters begin: by the outline, and where the first exercise has its page."""
    document = program.document()
    names = tuple(exercise.name for exercise in program.plan().exercises)
    yield from ((mark.page, mark.title) for mark in document.bookmarks if mark.level == 0)
    yield min((mark.page, mark.title) for mark in document.bookmarks if mark.title.endswith(names))


@CASES
def test_no_page_before_the_last_of_a_chapter_has_an_empty_foot(
    layout: str, program: str, language: str
) -> None:
    case = made(layout, program, language)
    look = make_look(case.layout, case.paper, case.clinic.accent)
    found = {}
    for title, pages in chapters(case):
        for number, page in enumerate(pages[:-1], 1):
            ends = (box_of(item).bottom for item in page.items)
            lowest = max(end for end in ends if end <= look.bottom + 1)
            found[title, number] = round((look.bottom - lowest) / MM)
    most = {case.language.strings.plan_title: MOST_EMPTY_IN_PLAN}
    assert {
        place: foot for place, foot in found.items() if foot > most.get(place[0], MOST_EMPTY[layout])
    } == {}


@CASES
def test_no_page_has_lines_alone_but_the_last_one_inside_a_booklet(
    layout: str, program: str, language: str
) -> None:
    case = made(layout, program, language)
    pages = case.document().pages
    heads = [next(iter(page_lines(page)))[2] for page in pages]
    alone = [number for number, head in enumerate(heads) if head == case.language.strings.own_questions]
    assert alone == [] or (layout == "booklet" and alone == [len(pages) - 2])


@pytest.mark.parametrize("layout", ["standard", "large-print"])
@pytest.mark.parametrize("program", ["patient", "patient-en"])
def test_room_that_is_left_goes_to_drawings_of_the_way_to_the_floor(layout: str, program: str) -> None:
    """Where the page has room for them two by two, they do not stand four in a row over an empty foot."""
    one = made(layout, program, "en")
    document, preparation = one.document(), one.plan().preparation
    ways = [strip for strip in (preparation.down, preparation.up) if strip]
    alts = [step.panel.alt for strip in ways for step in strip.steps if step.panel]
    drawn = [
        (page, item)
        for page in document.pages
        for item in page.items
        if isinstance(item, Placed) and document.nodes[item.node].alt in alts
    ]
    page = drawn[-1][0]
    foot = max(box_of(item).bottom for item in page.items if box_of(item).bottom < one.composer().look.bottom)
    empty = (one.composer().look.bottom - foot) / MM
    widest = max(item.width for _, item in drawn) / MM
    assert len(drawn) == len(alts)
    scales = [
        {
            round(item.width / item.drawing.width, 3)
            for _, item in drawn
            if document.nodes[item.node].alt in of_way
        }
        for of_way in ({step.panel.alt for step in strip.steps if step.panel} for strip in ways)
    ]
    assert all(len(of_way) == 1 for of_way in scales)
    # In large print the way up is on another page, which may leave it more.
    assert max(scales[-1]) >= max(scales[0])
    assert layout == "large-print" or scales[0] == scales[-1]
    assert widest > 42 or empty < MOST_EMPTY[layout]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("layout", MOST_EMPTY)
def test_getting_ready_and_the_plan_end_on_no_page_that_is_nearly_empty(layout: str, paper: str) -> None:
    case = made(layout, "patient-en", "en").changed(paper=paper)
    look = make_look(case.layout, case.paper, case.clinic.accent)
    plan, strings = case.plan(), case.language.strings
    ends = {title: filled_part(pages[-1], look) for title, pages in chapters(case)}
    words = [page_lines(page) for _, pages in chapters(case) for page in pages]
    assert min(ends[plan.preparation.title], ends[strings.plan_title]) >= LEAST_FILLED, ends
    said = [line for lines in words for _, _, line in lines]
    assert sum(line == strings.words_title for line in said) == 1
    # No form goes on without the name of its exercise.
    names = [exercise.name for exercise in plan.exercises]
    for lines in words:
        texts = [line for _, _, line in lines]
        if strings.continued.partition("}")[2].strip() in texts[0] and strings.dose in texts[0]:
            assert any(name in " ".join(texts[1:3]).replace("\u00a0", " ") for name in names), texts[:3]


@CASES
def test_each_box_of_signs_stands_whole_on_one_page_and_the_most_urgent_first(
    layout: str, program: str, language: str
) -> None:
    case = made(layout, program, language)
    (_, pages) = next(chapters(case))
    words = [words_on(page) for page in pages]
    held = [box_pages(words, box) for box in case.plan().safety.boxes]
    assert [len(numbers) for numbers in held] == [1] * len(held)
    assert [numbers[0] for numbers in held] == sorted(numbers[0] for numbers in held)
    assert held[0] == [0]
    assert not any(case.language.strings.goes_on in text for text in words)


def test_a_box_that_no_page_holds_goes_on_under_its_head_and_numbers() -> None:
    c = made("standard", "patient", "nl").composer()
    first, *others = c.plan.safety.boxes
    box = first._replace(signs=tuple(f"{sign} {number}" for number in range(5) for sign in first.signs))
    long = replace(c, plan=c.plan._replace(safety=c.plan.safety._replace(boxes=(box, *others))))
    canvas = Canvas(c.look.page_width, c.look.page_height)
    for page in paginate(safety.compose(long), c.look, "safety", white=c.least_white):
        place_page(canvas, c.look, page, 0)
    words = [words_on(page) for page in canvas.pages()]
    held = box_pages(words, box)
    assert len(held) > 1
    assert all(sum(sign in words[number] for sign in box.signs) >= 2 for number in held)
    assert all(any(sign in text for text in words) for sign in box.signs)
    assert [c.strings.goes_on in words[number] for number in held] == [True] * (len(held) - 1) + [False]
    for number in held:
        assert box.title in words[number]
        assert [p.label for p in box.phones if p.label not in words[number]] == []
        assert [p.number for p in box.phones if p.number not in words[number]] == []


def words_on(page: Page) -> str:
    return " ".join(line for _, _, line in page_lines(page)).replace("\u00a0", " ")


def box_pages(words: list[str], box: WarningBox) -> list[int]:
    """The pages with signs of a box."""
    return [number for number, text in enumerate(words) if any(sign in text for sign in box.signs)]
