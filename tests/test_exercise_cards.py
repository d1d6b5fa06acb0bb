"""Exercise cards: fronts and backs that meet, with everything that the plan says of an exercise."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pypdfium2
import pytest
from geometry import all_faults, box_of, filled_part, headings, runs, text_of
from programs import EXAMPLES, Made, make_program, planned_boxes, words_of

from pdfgen.checks.cards import many_cards
from pdfgen.content.models.layout import CardSheets
from pdfgen.delivery.imposition import Cards, impose
from pdfgen.delivery.verification import expected_of, verify
from pdfgen.pdf.reader import read
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import dose_words, ranges
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document, Page, Placed, Shape, TickBox
from pdfgen.typesetting.look import MM, make_look
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings

CASES = [
    (language, paper, program, weeks)
    for language in ("nl", "en")
    for paper in ("a4", "letter")
    for program in ("short-four", "full-seven")
    for weeks in (4, 12)
]

NOTE = "Til je heupen niet hoger dan een handbreedte."


@cache
def program_of(language: str, paper: str, program: str, weeks: int) -> Made:
    data = {"language": language, "paper": paper, "program": program, "weeks": weeks, "layout": "cards"}
    return make_program(
        {**data, "notes": {"bridge": NOTE}, "situations": ["spinal-stenosis", "high-blood-pressure"]}
    )


@cache
def small() -> Made:
    """Cards of 8 on a sheet, of exercises whose drawings fit on so small a card."""
    base = make_program(
        {
            **{"language": "nl", "paper": "a4", "weeks": 4, "layout": "cards"},
            **{"exercises": ["cat-cow", "bridge", "plank"], "notes": {"bridge": NOTE}},
        }
    )
    layout = base.layout.model_copy(update={"imposition": CardSheets(kind="cards", up=8)})
    return base.changed(layout=layout)


def words(page: Page) -> str:
    return words_of([text_of(run) for run in runs(page)])


def spoken(document: Document) -> str:
    return re.sub(r"\s+", "", "".join(words(page) for page in document.pages))


def boxes_of(page: Page) -> list[TickBox]:
    return [item for item in page.items if isinstance(item, TickBox)]


def said_of(exercise: PlannedExercise) -> Iterator[str]:
    yield exercise.name
    yield exercise.breathing if all(kind != "breathe" for kind, _ in exercise.main.steps) else ""
    yield from (step for _, step in exercise.main.steps)
    yield from (*exercise.mistakes, *exercise.care, exercise.note)
    yield from (caution.text for caution in exercise.cautions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_cards_have_no_faults_and_say_everything(case: tuple[str, str, str, int]) -> None:
    one = program_of(*case)
    document, plan = one.document(), one.plan()
    assert all_faults(document, make_look(one.layout, one.paper, one.clinic.accent)) == []
    assert len(document.pages) % 2 == 0
    look = make_look(one.layout, one.paper, "#000000")
    assert min(filled_part(page, look) for page in document.pages) > 0.2
    text = spoken(document)
    for exercise in plan.exercises_by_form:
        for said in said_of(exercise):
            assert re.sub(r"\s+", "", said) in text, said
        for dose in filter(None, exercise.doses):
            for part in filter(None, dose_words(dose, one.language)):
                assert re.sub(r"\s+", "", part) in text, (exercise.name, dose)
    assert sorted(box.id for page in document.pages for box in boxes_of(page)) == sorted(planned_boxes(plan))
    alts = {node.alt for node in document.nodes if node.role == "Figure"}
    assert {panel.alt for exercise in plan.exercises for panel in exercise.main.panels} <= alts


def test_every_side_tells_its_card_and_an_exercise_starts_in_front() -> None:
    document = program_of("en", "a4", "full-seven", 12).document()
    plan = program_of("en", "a4", "full-seven", 12).plan()
    total = len(document.pages) // 2
    for index, page in enumerate(document.pages):
        assert f"card {index // 2 + 1} of {total}" in words(page)
        assert plan.passport.document_id in words(page)
    first = f"1 {plan.exercises_by_form[0].name}"
    titles = [(page, name) for role, page, name in headings(document) if role == "H2"]
    starts = titles[[name for _, name in titles].index(first) :]
    assert [name for _, name in starts] == [f"{e.number} {e.name}" for e in plan.exercises_by_form]
    assert all(page % 2 == 1 for page, _ in starts)


def sides_of(made: Made) -> list[list[Page]]:
    """The sides of each form, in the order of the plan."""
    titles = [(page, name) for role, page, name in headings(made.document()) if role == "H2"]
    first = [name for _, name in titles].index(f"1 {made.plan().exercises_by_form[0].name}")
    starts = [page - 1 for page, _ in titles[first:]]
    pages = made.document().pages
    exercises = [list(pages[a:b]) for a, b in zip(starts, [*starts[1:], len(pages) - 2], strict=True)]
    assert len(exercises) == len(made.plan().exercises_by_form)
    return exercises


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: "-".join(map(str, case)))
def test_every_side_has_the_name_of_its_exercise_and_the_form_behind_its_weeks(
    case: tuple[str, str, str, int],
) -> None:
    one = program_of(*case)
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for side in sides:
            assert f"{form.number} {form.name}" in words(side)
            assert f"{ranges(form.main.weeks)}: {form.main.name}" in words(side)
            assert not re.search(r"\b\d/\d\b", words(side))


def test_steps_and_what_goes_wrong_stand_behind_the_drawings() -> None:
    one = program_of("nl", "a4", "short-four", 4)
    for form, (front, back, *_) in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        assert any(isinstance(item, Placed) and item.node >= 0 for item in front.items)
        for said in (*(step for _, step in form.main.steps), *form.mistakes, *form.care):
            assert said in words(back), form.main.name


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: "-".join(map(str, case)))
def test_forms_that_nobody_prescribed_are_not_on_cards(case: tuple[str, str, str, int]) -> None:
    one = program_of(*case)
    shown = {form.name for e in one.plan().exercises for form in e.shown_forms}
    drawn = {panel.alt for e in one.plan().exercises for form in e.shown_forms for panel in form.panels}
    text = spoken(one.document())
    for exercise in one.plan().exercises:
        other = exercise.easier
        if other is not None and other.name not in shown:
            assert re.sub(r"\s+", "", other.summary) not in text
    nodes = [node for node in one.document().nodes if node.role == "Figure"]
    assert {node.alt for node in nodes} <= drawn


def test_a_box_stands_in_the_row_of_its_week_under_its_dose() -> None:
    one = program_of("nl", "a4", "full-seven", 12)
    for page in one.document().pages:
        for box in boxes_of(page):
            week = int(box.id[1:].partition(".")[0])
            named = [run for run in runs(page) if text_of(run).replace("\u00a0", " ").endswith(f"week {week}")
                     or text_of(run).replace("\u00a0", " ") == f"Week {week}"]  # fmt: skip
            assert named, box.id


def test_the_first_card_has_name_goal_number_and_the_signs_to_call_at_once() -> None:
    data = {"program": "short-four", "layout": "cards", "patient": {"label": "Mevrouw Vogelzang"}}
    own = {"name": "Praktijk", "header": "Bovenregel", "footer": "Onderregel", "phone": "085 000 0000"}
    one = make_program({**data, "goal": "Weer fietsen"}, {**own, "country": "NL"})
    first, back, rules, *others = one.document().pages
    for expected in (
        "Mevrouw Vogelzang",
        "Weer fietsen",
        "Praktijk",
        "Bovenregel",
        "Onderregel",
        "085 000 0000",
    ):
        assert expected in words(first)
    safety = one.plan().safety
    urgent = safety.boxes[0]
    for expected in (urgent.title, "112", *urgent.signs, urgent.note):
        assert expected in words(back)
    for box in safety.boxes:
        assert box.title in words(rules)
    assert safety.stop_rule in words(rules)
    assert not any("Vogelzang" in words(page) for page in others)


@pytest.mark.parametrize("name", ["knee/patient-en.yaml", "patient.yaml", "of eight"])
def test_all_signs_are_on_cards_under_what_to_do(name: str) -> None:
    one = small() if name == "of eight" else Made.of(Job(EXAMPLES / name, layout="cards"), Shared())
    safety = one.plan().safety
    sides = [words(page) for page in one.document().pages]
    for title, signs in ((box.title, (*box.signs, box.note)) for box in safety.boxes):
        for sign in signs:
            assert any(title in side and sign in side for side in sides), sign
    for sign in safety.ask_first:
        assert any(safety.ask_first_title in side and sign in side for side in sides), sign


def test_steps_behind_words_for_this_patient_say_that_those_go_first() -> None:
    one = program_of("nl", "a4", "short-four", 4)
    told = one.language.strings.front_first
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for side in sides:
            text = words(side)
            steps = [step for _, step in form.main.steps if step in text]
            assert (told in text) == bool(steps and goes_before_drawings(form)), form.main.name
            assert told not in text or text.index(told) < text.index(steps[0])


@pytest.mark.parametrize(("program", "many"), [("short-four", False), ("full-seven", True)])
def test_too_many_cards_are_told_with_advice(program: str, many: bool) -> None:
    one = program_of("nl", "a4", program, 4 if not many else 12)
    pages = len(one.document().pages)
    told = [w.message for w in many_cards(one.layout, pages, one.program.source)]
    assert bool(told) == many == (pages > 24)
    if many:
        assert f"{pages // 2} cards" in told[0]
        assert "booklet or compact" in told[0]


def test_a_number_that_is_not_known_has_a_line_that_holds_it() -> None:
    document = make_program({"program": "short-four", "layout": "cards", "language": "en"}).document()
    lines = [
        shape
        for page in document.pages[1:4]
        for shape in page.items
        if isinstance(shape, Shape) and shape.node >= 0 and "…" in document.nodes[shape.node].actual
    ]
    assert len(lines) >= 3
    assert all(box_of(line).right - box_of(line).left >= 40 * MM for line in lines)


def test_doses_left_open_in_all_weeks_are_lines_to_write_on() -> None:
    made = make_program({"layout": "cards", "doses": {"bridge": [{"from_week": 1, "blank": True}]}})
    label = made.language.strings.dose
    assert any(node.actual.startswith(label) for node in made.document().nodes)
    assert verify(read(made.pdf()), expected_of(made.document())) == ()


def test_words_too_long_for_one_card_go_on_to_the_next() -> None:
    long = "Beweeg rustig en stop als het pijn doet. " * 6
    one = make_program({"program": "short-four", "layout": "cards", "notes": {"bridge": long.strip()}})
    assert re.sub(r"\s+", "", long) in spoken(one.document())
    assert len(one.document().pages) % 2 == 0


def test_eight_on_a_sheet_keep_type_and_words() -> None:
    one = small()
    document = one.document()
    assert all_faults(document, make_look(one.layout, one.paper, one.clinic.accent)) == []
    assert len(document.pages) % 2 == 0
    for exercise in one.plan().exercises_by_form:
        for said in said_of(exercise):
            assert re.sub(r"\s+", "", said) in spoken(document), said


@pytest.mark.parametrize("up", [4, 8])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_backs_stand_behind_their_fronts(up: int, paper: str) -> None:
    """Seen through the paper, a back lies where its front is: mirrored over the long edge."""
    one = program_of("nl", paper, "short-four", 4) if up == 4 else small().changed(paper=paper)
    sheets = pypdfium2.PdfDocument(io.BytesIO(impose(one.pdf(), Cards(up, paper)).data))
    places: dict[int, list[tuple[bool, float, float]]] = {}
    for side in range(len(sheets)):
        page = sheets[side]
        width, _ = page.get_size()
        text = page.get_textpage()
        found = text.search("kaart ")
        while place := found.get_next():
            left, bottom, right, _ = text.get_charbox(place[0])
            words_there = text.get_text_range(place[0], 20)
            number = re.match(r"kaart (\d+) van", words_there)
            if number:
                column = int((left + right) / 2 > width / 2)
                places.setdefault(int(number[1]), []).append((bool(side % 2), column, round(bottom)))
    assert len(places) == len(one.document().pages) // 2
    for number, sides in places.items():
        (front_is_back, front, low), (back_is_back, back, other) = sides
        assert not front_is_back
        assert back_is_back
        assert (back, other) == (1 - front, low), number


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_boxes_stand_apart_and_drawings_are_clear(case: tuple[str, str, str, int]) -> None:
    one = program_of(*case)
    document = one.document()
    for page in document.pages:
        for first, second in combinations([box_of(box) for box in boxes_of(page)], 2):
            assert not first.grown(0.99 * MM).meets(second.grown(0.99 * MM))
    for page in document.pages:
        for item in page.items:
            if not isinstance(item, Placed) or item.node < 0:
                continue
            node = document.nodes[item.node]
            if node.role == "Figure":
                assert item.width >= 45 * MM - 0.1 or item.height >= 30 * MM - 0.1, node.alt


def test_what_is_meant_for_the_patient_stands_with_the_drawings() -> None:
    one = program_of("nl", "a4", "short-four", 4)
    document = one.document()
    shown = {panel.alt for e in one.plan().exercises if e.id == "bridge" for panel in e.main.panels}
    noted = [page for page in document.pages if NOTE in words(page)]
    assert noted
    drawn = [
        page
        for page in document.pages
        if any(item.node >= 0 and document.nodes[item.node].alt in shown for item in page.items)
    ]
    assert all(page in noted for page in drawn)
