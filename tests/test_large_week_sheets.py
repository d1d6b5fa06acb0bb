"""Week sheets in large print: one large drawing an exercise, pages at one place, the rule where it fits."""

from __future__ import annotations

import re

import pytest
from geometry import box_of, headings, page_lines, runs, text_of
from programs import EXAMPLES, Data, Made, make_program

from pdfgen.planning.wording import NO_BREAK
from pdfgen.production.job import Job
from pdfgen.typesetting.document import Document, GlyphRun, Page, Placed
from pdfgen.typesetting.look import MM

PHONE = {"name": "Praktijk", "phone": "085 000 0000"}
SEVEN: Data = {"program": "full-seven", "weeks": 12, "start": "2026-03-02", "days": ["mon", "wed", "fri"]}
STARTER: Data = {"program": "starter", "weeks": 4, "start": "2026-03-02", "days": ["mon", "wed", "fri"]}
CASES = pytest.mark.parametrize("paper", ["a4", "letter"])


def made_of(name: str, paper: str) -> Made:
    data = {"seven": SEVEN, "starter": STARTER}.get(name)
    if data is None:
        return Made.of(Job(EXAMPLES / f"{name}.yaml", layout="large-print", paper=paper))
    return make_program({**data, "layout": "large-print", "paper": paper}, PHONE)


def place_of(document: Document, title: str) -> int:
    """The page with a heading."""
    return next(page for _, page, words in headings(document) if words.replace(NO_BREAK, " ") == title)


def sides_of(document: Document, *sides: str) -> list[Page]:
    """The sides of all weeks with these letters, without those of the spare one."""
    return [
        page for page in document.pages if page.sheet and page.sheet.week and page.sheet.name[-1] in sides
    ]


def drawn_on(page: Page) -> list[Placed]:
    return [item for item in page.items if isinstance(item, Placed) and "figures/" in item.drawing.name]


def words_of(page: Page) -> str:
    return " ".join(" ".join(words for _, _, words in page_lines(page)).replace(NO_BREAK, " ").split())


@CASES
@pytest.mark.parametrize("name", ["patient", "patient-en", "starter"])
def test_a_week_on_one_sheet_has_one_large_drawing_an_exercise(name: str, paper: str) -> None:
    """Both ends of a movement were 31 mm wide; the rounded back alone is half of cat-cow.

    Seven days on Letter leave cat-cow no room for that, so that all rows have both ends there.
    """
    made = made_of(name, paper)
    if (name, paper) == ("patient-en", "letter"):
        assert {len(drawn_on(front)) for front in sides_of(made.document(), "a")} == {8}
        return
    for front in sides_of(made.document(), "a"):
        drawn = drawn_on(front)
        both = [item for item in drawn if "cat-cow" in item.drawing.name]
        assert (len(drawn), len(both)) == (5, 2)
        assert all(item.width >= 26 * MM for item in both)
        assert all(max(item.width, item.height) >= (45 if item.width > item.height else 30) * MM - 1
                   for item in drawn if item not in both)  # fmt: skip


@pytest.mark.parametrize("name", ["patient"])
def test_a_front_with_one_large_drawing_an_exercise_says_that_words_count_in_weeks_with_notes(
    name: str,
) -> None:
    """Who has a note for two weeks had "Follow the words" in all others too, without any to follow."""
    made = made_of(name, "a4")
    said = made.language.strings.before_picture
    exercises = made.plan().exercises
    noted = {week for week in made.plan().sheet_weeks if any(e.within([week]).notes for e in exercises)}
    assert noted
    fronts = enumerate(sides_of(made.document(), "a"), 1)
    assert {week for week, front in fronts if said in words_of(front)} == noted


@CASES
@pytest.mark.parametrize("name", ["patient", "patient-en", "starter", "seven", "patient-situations"])
def test_pages_stand_at_one_place_in_all_rows(name: str, paper: str) -> None:
    made = made_of(name, paper)
    page_number = re.compile(made.language.strings.on_page.replace("{page}", r"\d+"))
    lefts, rights = set(), set()
    warm_up = place_of(made.document(), made.plan().preparation.warm_up.title)
    for front in sides_of(made.document(), "a", "c"):
        feet = made.composer().look.bottom
        named = [
            box_of(run)
            for run in runs(front)
            if page_number.fullmatch(text_of(run).replace(NO_BREAK, " "))
            and not text_of(run).endswith(f"{NO_BREAK}{warm_up}")
        ]
        assert named
        lefts |= {round(box.left) for box in named if box.bottom < feet}
        rights |= {round(box.right) for box in named if box.bottom < feet}
    assert 1 in (len(lefts), len(rights))


@pytest.mark.parametrize("name", ["seven", "patient-situations"])
def test_a_first_front_with_room_for_it_has_the_whole_stop_rule(name: str) -> None:
    made = made_of(name, "a4")
    rule = made.plan().safety.stop_rule.replace(NO_BREAK, " ")
    assert all(rule in words_of(front) for front in sides_of(made.document(), "a"))


@pytest.mark.parametrize("name", ["patient", "patient-en", "seven", "patient-situations"])
def test_no_bold_words_begin_with_one_alone_at_the_end_of_a_line(name: str) -> None:
    document = made_of(name, "a4").document()
    for page in (page for page in document.pages if page.sheet):
        placed = [item for item in page.items if isinstance(item, GlyphRun)]
        for before, run, after in zip(placed, placed[1:], placed[2:], strict=False):
            same = before.node == run.node == after.node and abs(before.y - run.y) < 1 < after.y - run.y
            if same and not before.face.bold and run.face.bold and after.face.bold:
                assert len(text_of(run).split()) > 1, text_of(run)
