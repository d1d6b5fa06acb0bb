"""What every layout owes a patient, measured on the placed items of whole documents.

Pages, rows, cards and week sheets have tests of their own for what only they have.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from geometry import box_of, document_text, runs, text_of
from programs import Made, make_program

from pdfgen.content.loading import list_layouts
from pdfgen.planning.wording import dose_words
from pdfgen.typesetting.document import DECORATION, Document, GlyphRun, Page, Placed, Shape, TickBox
from pdfgen.typesetting.look import INK, MM

NOTE = "Til je heupen niet hoger dan een handbreedte."
PROGRAMS: dict[str, dict[str, Any]] = {
    "short": {"program": "short-four", "weeks": 6, "language": "nl", "days": ["mon", "wed", "fri"]},
    "situations": {
        "exercises": ["leg-lengthening", "knee-rolls", "cat-cow", "bridge"], "side": "left", "weeks": 6,
        "language": "nl", "situations": ["osteoporosis", "high-blood-pressure"], "notes": {"bridge": NOTE},
        "doses": {"knee-rolls": [{"from_week": 1, "level": "L1"}, {"from_week": 4, "level": "L2"}]},
    },
}  # fmt: skip
#: Layouts that show how exercises are done; week sheets alone belong to a complete program.
SHOWING = [layout for layout in list_layouts() if layout != "tracker"]
each_layout = pytest.mark.parametrize("layout", list_layouts())
each_showing = pytest.mark.parametrize("layout", SHOWING)
each_program = pytest.mark.parametrize("name", PROGRAMS)

#: Least stroke of what is written on or parts rows, in points; a longer straight one is such a line.
LEAST_STROKE, LONG = 0.5, 15 * MM


@cache
def made(layout: str, name: str) -> Made:
    data = {**PROGRAMS[name], "layout": layout, "start": "2026-03-02", "goal": "Weer fietsen"}
    return make_program({**data, "patient": {"label": "Mevrouw De Wit"}}, {"phone": "085 000 0000"})


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def lines_by_node(document: Document) -> dict[tuple[int, int], list[str]]:
    """The lines of each element on each page, in the order in which they are read."""
    found: dict[tuple[int, int], dict[float, str]] = defaultdict(dict)
    for number, page in enumerate(document.pages):
        for item in page.items:
            if isinstance(item, GlyphRun):
                lines = found[number, item.node]
                lines[round(item.y, 1)] = lines.get(round(item.y, 1), "") + text_of(item)
    return {key: [plain(line) for line in lines.values()] for key, lines in found.items()}


def broken(document: Document, words: str) -> list[str]:
    """Where words that an element has stand on two of its lines."""
    said = plain(words)
    places = lines_by_node(document).items()
    whole = [(key, lines) for key, lines in places if said in " ".join(lines)]
    return [f"page {key[0] + 1}: {said}" for key, lines in whole if not any(said in line for line in lines)]


def strokes(page: Page) -> Iterator[Shape]:
    """Straight level lines that are long enough to write on, or to part two rows."""
    for item in page.items:
        if isinstance(item, Shape) and item.stroke and not item.fill and len(item.segments) == 2:
            box = box_of(item)
            if box.right - box.left >= LONG and box.bottom - box.top < 3:
                yield item


def exercise_pages(document: Document) -> Iterator[Page]:
    """The pages on which exercises are shown: from the first exercise on to the week sheets."""
    starts = {place.name: place.page for place in document.destinations}
    yield from document.pages[starts["exercise-1"] : starts.get("tracker")]


@each_layout
@each_program
def test_no_type_is_smaller_than_the_labels_of_its_layout(layout: str, name: str) -> None:
    program = made(layout, name)
    least = min(program.layout.type.label, program.layout.type.body)
    # Headers and footers are for who files the paper.
    printed = [run for page in program.document().pages for run in runs(page) if run.node >= DECORATION]
    small = {(text_of(run), run.size) for run in printed if run.size < least}
    assert least >= 10
    assert not small


@each_layout
@each_program
def test_lines_to_write_on_and_rules_are_black_and_no_hair(layout: str, name: str) -> None:
    program = made(layout, name)
    accent = program.composer().look.accent
    found = [stroke for page in program.document().pages for stroke in strokes(page)]
    assert found
    assert min(stroke.width for stroke in found) >= LEAST_STROKE
    # A rule below a heading has the colour of the heading; whatever is written on is black.
    assert {stroke.stroke for stroke in found} <= {INK, accent, (0.0, 0.0, 0.0)}
    assert all(stroke.width >= 0.75 for stroke in found if stroke.stroke == accent)
    boxes = [item for page in program.document().pages for item in page.items if isinstance(item, TickBox)]
    assert all(box.line >= LEAST_STROKE for box in boxes)


@each_showing
@each_program
def test_no_form_that_is_prescribed_is_without_its_drawings_and_how_to_do_it(layout: str, name: str) -> None:
    program = made(layout, name)
    document = program.document()
    shown = {node.alt for node in document.nodes if node.role == "Figure"}
    text = document_text(document)
    for exercise in program.plan().exercises:
        assert exercise.forms
        for form in exercise.forms:
            assert {panel.alt for panel in form.panels} <= shown, form.name
            told = [plain(words) in text for _, words in form.steps]
            assert all(told) or plain(form.summary) in text, form.name


@each_showing
@each_program
def test_drawings_are_not_too_small_and_forms_of_an_exercise_have_one_scale(layout: str, name: str) -> None:
    program = made(layout, name)
    document, options = program.document(), program.layout
    floors = options.exercises if "exercises" in options.kinds else options.exercise_weeks
    forms = {
        panel.alt: exercise.id for exercise in program.plan().exercises for form in exercise.forms
        for panel in form.panels
    }  # fmt: skip
    alts = {node.id: node.alt for node in document.nodes if node.alt in forms}
    scales: dict[tuple[str, bool, int], set[float]] = defaultdict(set)
    steps = {
        exercise.id: [plain(words) for form in exercise.forms for _, words in form.steps]
        for exercise in program.plan().exercises
    }
    # The backs of cards have the drawings again, smaller where they have less room.
    behind = {id(page) for page in document.pages[1::2]} if layout == "cards" else set()
    for page in (page for page in exercise_pages(document) if id(page) not in behind):
        for item in page.items:
            if isinstance(item, Placed) and item.node in alts:
                lies = item.drawing.width >= item.drawing.height
                # Drawings of who stands may fill their page, and those beside a page with the steps.
                exercise, said = forms[alts[item.node]], plain(" ".join(map(text_of, runs(page))))
                beside = 0 if any(words in said for words in steps[exercise]) else id(page)
                scales[exercise, lies, beside].add(round(item.width / item.drawing.width, 2))
                size, least = (item.width, floors.lying) if lies else (item.height, floors.standing)
                # In large print a little less is better than the drawings of one form on two pages.
                least *= 0.95 if layout == "large-print" else 1.0
                assert size / MM >= least - 0.1 or layout == "cards", alts[item.node]
    assert {exercise for exercise, *_ in scales} == set(forms.values())
    # On cards each form has the room of its own card.
    most = 1.51 if layout == "cards" else 1.0
    assert all(max(found) <= most * min(found) for found in scales.values()), scales


@each_layout
@each_program
def test_no_dose_and_no_name_of_a_form_is_broken(layout: str, name: str) -> None:
    program = made(layout, name)
    document = program.document()
    doses = {
        part for exercise in program.plan().exercises for dose in exercise.doses if dose is not None
        for part in dose_words(dose, program.language) if part
    }  # fmt: skip
    names = {form.name for exercise in program.plan().exercises for form in exercise.forms}
    titles = {exercise.name for exercise in program.plan().exercises}
    assert not [place for words in (*doses, *names, *titles) for place in broken(document, words)]


@each_showing
def test_what_is_meant_for_the_patient_stands_between_name_and_step_1(layout: str) -> None:
    program = made(layout, "situations")
    text = document_text(program.document())
    bridge = next(exercise for exercise in program.plan().exercises if exercise.id == "bridge")
    step = plain(bridge.forms[0].steps[0][1]) if plain(bridge.forms[0].steps[0][1]) in text else ""
    said = text.index(NOTE)
    heading = text.rfind(bridge.name, 0, said)
    assert heading >= 0
    assert said - heading < 400
    assert text.rfind(step, heading, said) == -1 or not step
