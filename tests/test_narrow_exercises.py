"""Exercises where the column is narrow for its type: large print, and a booklet or a page of A5."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from geometry import all_faults, document_text, filled_part, headings, text_of, width_of
from programs import EXAMPLES, Made, make_program, shipped_layout

from pdfgen.planning.wording import dose_words, week_words
from pdfgen.production.job import Job
from pdfgen.typesetting.document import Code, Document, GlyphRun, Node, Page, Placed
from pdfgen.typesetting.look import MM, WHITE, Look, make_look
from pdfgen.typesetting.text import average_character_width

#: Layout and paper; the booklet is also set on pages of A5.
EDITIONS = (("large-print", "a4"), ("large-print", "letter"), ("booklet", "a4"), ("booklet", "a5"))

#: Parts of true size, for type of 12 points.
LEGIBLE = 0.5
LEAST_CHARACTERS = 28

SITUATIONS = ["osteoporosis", "shoulder-pain", "knee-pain", "high-blood-pressure"]
OWN: dict[str, Any] = {
    "side": "left",
    "situations": SITUATIONS,
    "notes": dict.fromkeys(("plank", "superman", "bridge"), "Begin rustig en blijf ademen. " * 9),
    "doses": {"bridge": [{"from_week": 2, "to_week": 3, "blank": True}]},
}


@cache
def program_of(
    edition: tuple[str, str],
    language: str = "nl",
    program: str = "full-seven",
    weeks: int = 12,
    *,
    own: bool = False,
    a_page: int = 1,
) -> Made:
    """A program whose document is nothing but its exercises."""
    name, paper = edition
    data = {"language": language, "program": program, "weeks": weeks, **(OWN if own else {})}
    layout = shipped_layout(name).value
    options = layout.exercises.model_copy(update={"a_page": a_page})
    layout = layout.model_copy(update={"sections": ("exercises",), "exercises": options})
    if paper == "a5":
        layout = layout.model_copy(update={"imposition": None, "paper": paper, "papers": (paper,)})
    return make_program(data).changed(layout=layout, paper=paper)


def look(made: Made) -> Look:
    return make_look(made.layout, made.paper, made.clinic.accent)


def growth(made: Made) -> float:
    return max(1.0, look(made).body.size / 12)


def words(made: Made) -> set[str]:
    """Everything that stands between spaces in the texts of the program; amounts are one word."""
    texts = [*map(str, range(60)), made.plan().condition]
    texts += made.language.strings.model_dump().values()
    texts += (text.lower() for text in made.language.strings.model_dump().values())
    for exercise in made.plan().exercises_by_form:
        texts += strings(exercise)
        for dose in filter(None, exercise.doses):
            texts += dose_words(dose, made.language)
        weeks = range(1, len(exercise.doses) + 1)
        spans = (range(a, b + 1) for a, b in product(weeks, weeks) if a <= b)
        texts += (week_words(span, made.language) for span in spans)
    return {word for text in texts for word in text.split(" ")}


def strings(value: Any) -> Iterator[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def line_ends(page: Page) -> Iterator[tuple[GlyphRun, GlyphRun]]:
    """Runs of one element that follow each other on different lines."""
    runs = [item for item in page.items if isinstance(item, GlyphRun) and item.node >= 0]
    for before, after in pairwise(runs):
        if before.node == after.node and abs(before.y - after.y) > 1:
            yield before, after


def broken(made: Made) -> list[tuple[str, str]]:
    """Ends and beginnings of lines that are no words."""
    known = words(made)
    found = []
    for page in made.document().pages:
        for before, after in line_ends(page):
            end, start = text_of(before), text_of(after)
            if end.endswith((" ", "\u00a0", "-", "–", "/")):
                continue
            pair = end.split(" ")[-1], start.split(" ")[0]
            if not {part.strip(".:,") for part in pair} <= {word.strip(".:,") for word in known}:
                found.append(pair)
    return found


def main_drawings(made: Made) -> Iterator[tuple[Page, Placed]]:
    alts = {panel.alt for exercise in made.plan().exercises_by_form for panel in exercise.main.panels}
    document = made.document()
    for page in document.pages:
        for item in page.items:
            if isinstance(item, Placed) and item.node >= 0 and document.nodes[item.node].alt in alts:
                yield page, item


def ancestors(document: Document, node: int) -> Iterator[Node]:
    while node > 0:
        yield document.nodes[node]
        node = document.nodes[node].parent


CASES = pytest.mark.parametrize(
    ("edition", "language", "program", "weeks"),
    list(product(EDITIONS, ("nl", "en"), ("short-four", "full-seven"), (4, 12))),
)
ALL = pytest.mark.parametrize("edition", EDITIONS, ids="-".join)


@CASES
def test_a_card_fills_a_page_without_faults(
    edition: tuple[str, str], language: str, program: str, weeks: int
) -> None:
    made = program_of(edition, language, program, weeks)
    document = made.document()
    assert all_faults(document, look(made), mirrored=made.layout.margins.mirrored) == []
    assert len(document.pages) <= 2 * len(made.plan().exercises_by_form)


@CASES
def test_no_word_is_broken(edition: tuple[str, str], language: str, program: str, weeks: int) -> None:
    assert broken(program_of(edition, language, program, weeks)) == []


@ALL
@pytest.mark.parametrize("weeks", [4, 12])
def test_drawings_are_legible_and_their_letters_as_large_as_labels(
    edition: tuple[str, str], weeks: int
) -> None:
    made = program_of(edition, weeks=weeks)
    drawn = list(main_drawings(made))
    panels = [panel for exercise in made.plan().exercises_by_form for panel in exercise.main.panels]
    assert len(drawn) == len(panels)
    for _, item in drawn:
        assert item.width / item.drawing.width >= LEGIBLE * growth(made) * MM - 0.01
    letters = [
        item
        for page in made.document().pages
        for item in page.items
        if isinstance(item, GlyphRun) and text_of(item) in "ABC" and item.colour == WHITE
    ]
    assert letters
    assert min(item.size for item in letters) >= look(made).label.size


@ALL
@pytest.mark.parametrize("language", ["nl", "en"])
def test_steps_beside_drawings_keep_readable_lines(edition: tuple[str, str], language: str) -> None:
    made = program_of(edition, language)
    document = made.document()
    least = LEAST_CHARACTERS * average_character_width(family(), look(made).body.size)
    for page, drawing in main_drawings(made):
        for item in page.items:
            if not isinstance(item, GlyphRun) or item.node < 0:
                continue
            if not any(node.role == "LBody" for node in ancestors(document, item.node)):
                continue
            if drawing.y < item.y < drawing.y + drawing.height:
                assert item.x < drawing.x, "steps stand at the left"
                assert drawing.x - item.x >= least - 1
                assert item.x + width_of(item) < drawing.x


def family() -> Any:
    from pdfgen.production.assets import load_family

    return load_family()


@ALL
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_said_to_one_patient_is_never_too_much(edition: tuple[str, str], language: str) -> None:
    made = program_of(edition, language, own=True)
    document = made.document()
    assert all_faults(document, look(made), mirrored=made.layout.margins.mirrored) == []
    assert broken(made) == []
    text = document_text(document).replace("\u00a0", " ")
    for exercise in made.plan().exercises_by_form:
        assert exercise.note.strip() in text
        assert all(caution.text in text for caution in exercise.cautions)
    assert min(filled_part(page, look(made)) for page in document.pages) >= 0.3


@ALL
def test_a_second_page_says_what_it_goes_on_with(edition: tuple[str, str]) -> None:
    made = program_of(edition, own=True)
    forms = {f": {exercise.main.name}" for exercise in made.plan().exercises_by_form if exercise.form_number}
    found = [
        (role, page, words)
        for role, page, words in headings(made.document())
        if not (role == "H3" and words.replace("\u00a0", " ").endswith(tuple(forms)))
    ]
    names = [exercise.name for exercise in made.plan().exercises_by_form]
    mains = [words for role, _, words in found if role == "H2"]
    assert [words.split("\u00a0")[-1].lstrip("1234567 ") for words in mains] == names
    continued = [(before, here) for before, here in pairwise(found) if here[0] == "H3"]
    for before, here in continued:
        assert before[0] == "H2", "a heading of the third level stands under its exercise"
        assert here[1] == before[1] + 1, "on the page that follows"
        name = before[2].split("\u00a0")[-1].lstrip("1234567 ")
        assert here[2] == made.language.fill(made.language.strings.continued, {"title": name})
    if edition != ("booklet", "a4"):
        assert continued


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_share_a_page_where_the_layout_wants_it_and_both_have_clear_drawings(language: str) -> None:
    short = program_of(("booklet", "a4"), language, "short-four", 4, a_page=2)
    pages = len(short.document().pages)
    assert pages <= len(short.plan().exercises_by_form)
    assert all_faults(short.document(), look(short), mirrored=short.layout.margins.mirrored) == []
    assert broken(short) == []


@pytest.mark.parametrize("layout", ["large-print", "booklet"])
def test_the_address_of_a_film_stands_beside_its_code(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    address = "https://molenbeek.example/v/hol-bol"
    path.write_text(f"exercises:\n  cat-cow: {{video: '{address}'}}\n", encoding="utf-8")
    made = Made.of(Job(EXAMPLES / "patient.yaml", layout=layout, libraries=(path,)))
    document = made.document()
    assert all_faults(document, look(made), mirrored=made.layout.margins.mirrored) == []
    (page, code), *others = [(p, i) for p in document.pages for i in p.items if isinstance(i, Code)
                             and i.text == address]  # fmt: skip
    assert not others
    shown = [run for run in page.items if isinstance(run, GlyphRun) and "molenbeek.example" in text_of(run)]
    assert shown
    assert all(run.x > code.x + code.size for run in shown)
    assert all(code.y < run.y < code.y + code.size for run in shown)
