"""Compact and wall sheet: every prescribed form in full, a box for each planned day, nothing too small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from geometry import Box, all_faults, box_of, document_text, headings, text_of
from hypothesis import given
from hypothesis import strategies as st
from programs import EXAMPLES, Made, examples, make_program, personal, planned_boxes, without_place

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.errors import ExitCode, FitError
from pdfgen.planning.dates import date_words, first_day, last_day, whole_week
from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import dose_words
from pdfgen.production.job import Job
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import Document, GlyphRun, LinkArea, Placed, Shape, TickBox
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.safety_strip import emergency

PAPERS = {"compact": ("a4", "letter", "a3", "tabloid"), "wall-sheet": ("a4", "a3", "letter", "tabloid")}
CLINIC = {"name": "Fysiotherapie De Molenbeek", "phone": "085 000 0000", "country": "NL"}
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
#: Everything that a therapist can add, and forms that change.
SITUATIONS: dict[str, Any] = {
    "exercises": ["leg-lengthening", "knee-rolls", "cat-cow", "bridge"], "side": "left",
    "situations": ["osteoporosis", "high-blood-pressure"], "goal": "Weer fietsen", "therapist": "K. Beek",
    "if_then": "Als ik koffie heb gehad, dan doe ik mijn oefeningen",
    "doses": {
        "knee-rolls": [{"from_week": 1, "to_week": 3, "level": "L1"}, {"from_week": 4, "level": "L2"}],
        "bridge": [{"from_week": 5, "blank": True}],
    },
    "notes": {"bridge": "Til je heupen niet hoger dan een handbreedte."},
}  # fmt: skip
PROGRAMS: dict[str, dict[str, Any]] = {
    "short-four": {"program": "short-four", "weeks": 6, "notes": {"cat-cow": "Beweeg klein."}},
    "full-seven": {"program": "full-seven", "weeks": 12},
    "starter": {"program": "starter", "weeks": 4, "days": ["mon", "wed", "fri"]},
    "situations": {"program": "short-four", "weeks": 6, **SITUATIONS},
}


def made(layout: str, language: str, paper: str, program: str, **more: Any) -> Made:
    data = {"layout": layout, "language": language, "paper": paper, **PROGRAMS[program], **more}
    return make_program({**data, "start": "2026-03-02", "patient": {"label": "Mw. De Wit"}}, CLINIC)


def cases() -> Iterator[Any]:
    """Half of them, in which any values of four columns meet.

    Quickly only the usual paper, and Letter for what has most to say.
    """
    for layout, papers in PAPERS.items():
        for number, case in enumerate(product((layout,), ("nl", "en"), papers, PROGRAMS, (False, True))):
            is_quick = case in {
                (layout, "nl", "a4", "short-four", False),
                (layout, "en", "letter", "situations", False),
                (layout, "nl", papers[1], "full-seven", False),
                (layout, "en", "a4", "starter", True),
            }
            if not is_quick and number.bit_count() % 2 == list(PAPERS).index(layout):
                continue
            marks = () if is_quick else (pytest.mark.matrix,)
            yield pytest.param(case, marks=marks, id="-".join(map(str, case)))


@pytest.fixture(name="one", scope="module", params=list(cases()))
def one_of_all(request: pytest.FixtureRequest) -> Made:
    """A program, of which all tests that ask for one are run before the next is made."""
    *names, large = request.param
    return made(*names, large=large)


def items(document: Document, kind: type) -> list[Any]:
    return [item for page in document.pages for item in page.items if isinstance(item, kind)]


def ticks(document: Document) -> list[list[TickBox]]:
    return [[item for item in page.items if isinstance(item, TickBox)] for page in document.pages]


def figures(document: Document) -> list[tuple[str, Placed]]:
    """The drawings that are content, with what they show."""
    return [
        (document.nodes[item.node].alt, item)
        for item in items(document, Placed)
        if item.node >= 0 and document.nodes[item.node].role == "Figure"
    ]


def said(words: str) -> str:
    return " ".join(words.replace("\u00a0", " ").split())


def wanted(case: Made) -> Iterator[str]:
    """Everything of the plan that has to be printed."""
    plan: Plan = case.plan()
    safety = plan.safety
    yield from (plan.title, plan.label, plan.therapist)
    yield from (words.text for words in (plan.goal, plan.if_then) if words)
    yield plan.preparation.warm_up.intro
    yield from (safety.stop_rule, safety.light_intro, safety.usual_pain)
    yield from (words for light in safety.lights for words in (light.title, light.text))
    yield from signs(plan)
    for exercise in plan.exercises:
        yield from (exercise.name, *personal(exercise))
        for dose in filter(None, exercise.doses):
            yield from filter(None, dose_words(dose, case.language, exercise.rest_s))
        yield from (*exercise.mistakes, *map(without_place, exercise.care))
        for form in exercise.shown_forms:
            yield form.name
            yield from (text for _, text in form.steps)


def signs(plan: Plan) -> Iterator[str]:
    """All words of the page that says when to call whom."""
    safety = plan.safety
    yield from (safety.intro, *safety.ask_first)
    yield from (words for box in safety.boxes for words in (box.title, *box.signs, box.note))
    yield from (words for box in safety.boxes for phone in box.phones for words in phone)


def unnamed_weeks(case: Made) -> list[int]:
    """Weeks of which the pages do not say the first and the last day, on a line or below each other."""
    plan, text = case.plan(), unspaced(document_text(case.document()))
    dates = date_words(plan.start, len(plan.weeks), case.language)
    return [
        week.number
        for week in plan.weeks
        if unspaced(dates[whole_week(week.number)]) not in text
        and unspaced(f"{dates[first_day(week.number)]}–{dates[last_day(week.number)]}") not in text
    ]


def unspaced(words: str) -> str:
    """Words as they are compared where lines of a cell follow each other."""
    return said(words).replace(" ", "")


def test_every_prescribed_form_is_there_and_nothing_is_below_its_least_size(one: Made) -> None:
    document, options, plan = one.document(), one.layout.exercise_weeks, one.plan()
    look = one.composer().look
    assert all_faults(document, look, mirrored=one.layout.margins.mirrored) == []
    text = document_text(document)
    assert [words for words in wanted(one) if said(words) not in text] == []
    assert unnamed_weeks(one) == []
    shown = figures(document)
    forms = [form for exercise in plan.exercises for form in exercise.shown_forms]
    assert [alt for alt, _ in shown] == [panel.alt for form in forms for panel in form.panels]
    for alt, item in shown:
        size = item.height / options.standing if item.height > item.width else item.width / options.lying
        assert size >= MM - 0.01, alt


def test_a_box_stands_for_each_planned_day_apart_from_all_others(one: Made) -> None:
    pages = ticks(one.document())
    assert sorted(box.id for page in pages for box in page) == sorted(planned_boxes(one.plan()))
    least, apart = (10, 3) if one.layout.supplement else (8, 4)
    assert min(box.size for page in pages for box in page) >= least * MM - 0.01
    half = (apart - 0.02) / 2 * MM
    for page in pages:
        for first, second in combinations([box_of(box) for box in page], 2):
            assert not first.grown(half).meets(second.grown(half)), first.millimetres()


def test_the_punched_side_is_clear(one: Made) -> None:
    for number, page in enumerate(one.document().pages, 1):
        boxes = [
            box_of(item) for item in page.items if not (isinstance(item, GlyphRun) and not text_of(item))
        ]
        at_right = one.layout.margins.mirrored and number % 2 == 0
        clear = min(page.width - box.right if at_right else box.left for box in boxes)
        assert clear >= 20 * MM - 1, number


def lines_of(document: Document) -> list[tuple[int, float, str]]:
    """Page, baseline and words of every line of a paragraph."""
    found: dict[tuple[int, int, float], list[str]] = {}
    for number, page in enumerate(document.pages):
        for item in page.items:
            if isinstance(item, GlyphRun):
                found.setdefault((number, item.node, round(item.y, 1)), []).append(text_of(item))
    return [(number, y, said("".join(words))) for (number, _, y), words in found.items()]


@pytest.mark.parametrize(("layout", "paper"), [("wall-sheet", "a3"), ("compact", "a4")])
def test_dates_take_two_lines_at_most_and_touch_no_rule(layout: str, paper: str) -> None:
    one = made(layout, "en", paper, "full-seven", days=EVERY_DAY)
    document, least = one.document(), {"a3": 14, "a4": 12}[paper]
    cells: dict[int, list[tuple[int, GlyphRun]]] = {}
    for number, page in enumerate(document.pages):
        for item in page.items:
            if isinstance(item, GlyphRun) and item.node >= 0 and document.nodes[item.node].role == "TH":
                cells.setdefault(item.node, []).append((number, item))
    dated = [runs for runs in cells.values() if any("week" in text_of(run) for _, run in runs)]
    assert len(dated) >= 12 * 5
    for runs in dated:
        ends = sorted(run.y for _, run in runs)
        assert sum(below - above > 3 for above, below in pairwise(ends)) <= 1
        assert max(run.size for _, run in runs) >= least
        page = document.pages[runs[0][0]]
        rules = [box_of(item) for item in page.items if isinstance(item, Shape)]
        for _, run in runs:
            box = box_of(run)
            near = [r for r in rules if r.bottom - r.top < 2 and r.left <= box.left < r.right]
            assert not any(box.top - 1 < r.top < box.bottom + 1 for r in near), text_of(run)


def test_a_dose_is_never_broken(one: Made) -> None:
    lines = [words for _, _, words in lines_of(one.document())]
    for exercise in one.plan().exercises:
        for dose in exercise.doses:
            for part in filter(None, dose_words(dose, one.language)) if dose else ():
                assert any(said(part) in line for line in lines), (exercise.name, part)


@pytest.mark.parametrize("layout", PAPERS)
def test_personal_words_stand_under_the_name_before_drawings_and_steps(layout: str) -> None:
    one = made(layout, "nl", "a4", "situations")
    text, document = document_text(one.document()), one.document()
    for exercise in one.plan().exercises:
        head = said(f"{exercise.number} {exercise.name}")
        step = said(exercise.shown_forms[0].steps[0][1])
        start = text.index(head)
        first_step = text.index(step, start) if step in text[start:] else len(text)
        for words in personal(exercise):
            assert start <= text.index(said(words), start) < first_step
    assert figures(document)


@pytest.mark.parametrize("program", ["short-four", "situations"])
@pytest.mark.parametrize("layout", PAPERS)
def test_what_to_take_care_of_stands_with_each_form(layout: str, program: str) -> None:
    one = made(layout, "en", "a4", program)
    text = document_text(one.document())
    assert any(len(exercise.shown_forms) > 1 for exercise in one.plan().exercises)
    for exercise in filter(lambda exercise: exercise.care, one.plan().exercises):
        assert text.count(said(without_place(" ".join(exercise.care)))) >= len(exercise.shown_forms), (
            exercise.name
        )


@pytest.mark.parametrize("layout", PAPERS)
def test_an_exercise_has_one_size(layout: str) -> None:
    one = made(layout, "nl", "a4", "full-seven")
    scales: dict[str, set[float]] = {}
    owner = {panel.alt: e.id for e in one.plan().exercises for form in e.shown_forms for panel in form.panels}
    for alt, item in figures(one.document()):
        scales.setdefault(owner[alt], set()).add(round(item.width / item.drawing.width, 3))
    assert all(len(found) == 1 for found in scales.values()), scales


@pytest.mark.parametrize("layout", PAPERS)
def test_what_stands_on_the_first_page(layout: str) -> None:
    one = made(layout, "nl", "a4", "short-four", goal="Weer fietsen", if_then="Na de koffie")
    first = " ".join(said(words) for page, _, words in lines_of(one.document()) if page == 0)
    strings, safety = one.language.strings, one.plan().safety
    for words in (
        f"{strings.my_goal}: Weer fietsen",
        f"{strings.fixed_moment}: Na de koffie",
        "085 000 0000",
    ):
        assert words in first
    assert said(f"{emergency(safety.boxes[0].phones[0])}: {safety.boxes[0].phones[0].number}") in first


def test_a_strip_of_safety_takes_less_than_a_fifth_of_its_page() -> None:
    page = made("wall-sheet", "nl", "a4", "short-four").document().pages[0]
    tinted = [box_of(item) for item in page.items if isinstance(item, Shape) and item.fill]
    strip = max(
        (box for box in tinted if box.right - box.left > 100 * MM), key=lambda box: box.bottom - box.top
    )
    assert strip.bottom - strip.top < page.height / 7


@pytest.mark.parametrize(("layout", "language"), [*product(PAPERS, ("nl", "en"))])
def test_what_is_not_given_is_a_line_to_write_on(layout: str, language: str) -> None:
    one = make_program({"layout": layout, "language": language, "weeks": 4})
    document = one.document()
    lines = {document.nodes[i.node].actual: box_of(i) for i in items(document, Shape) if i.node >= 0}
    strings = one.language.strings
    asked = {strings.for_patient, strings.from_therapist, strings.my_clinic}
    numbers = {phone.label for box in one.plan().safety.boxes for phone in box.phones if not phone.number}
    if layout == "compact":
        asked |= numbers
    for label in asked:
        line: Box = lines[f"{label}: …"]
        assert line.right - line.left >= (45 if label in numbers else 30) * MM, label


def test_doses_left_open_are_lines_to_write_on() -> None:
    one = made("compact", "nl", "a4", "situations")
    open_dose = f"{one.language.strings.dose}: …"
    assert sum(node.actual == open_dose for node in one.document().nodes) == 2
    assert document_text(one.document()).count(one.language.strings.blank_dose) == 2


def test_a_form_on_a_later_page_names_its_exercise() -> None:
    one = made("compact", "nl", "a4", "short-four")
    names = [said(words) for role, _, words in headings(one.document()) if role == "H3"]
    for exercise in one.plan().exercises:
        for form in exercise.by_form[1:]:
            begins = f"{exercise.number} {exercise.name} "
            assert any(name.startswith(begins) and name.endswith(form.main.name) for name in names)


def test_all_signs_stand_on_the_page_that_the_first_one_names() -> None:
    for paper, program in (("a4", "short-four"), ("a3", "short-four"), ("letter", "full-seven")):
        one = made("compact", "nl", paper, program)
        pages = page_words(one.document())
        assert f"“{one.plan().safety.title}”, bladzijde 2" in pages[0]
        assert [words for words in signs(one.plan()) if unspaced(words) not in unspaced(pages[1])] == []


@pytest.mark.parametrize(("layout", "paper"), [("compact", "a4"), ("wall-sheet", "a3")])
def test_each_form_has_the_cautions_that_go_before_its_drawings(layout: str, paper: str) -> None:
    one = made(layout, "nl", paper, "situations")
    text = document_text(one.document())
    several = [e for e in one.plan().exercises if e.cautions and len(e.shown_forms) > 1]
    assert several
    for exercise in several:
        for caution in exercise.cautions:
            assert text.count(said(caution.text)) == len(exercise.shown_forms), exercise.name


def test_the_number_to_call_at_once_is_as_large_as_a_dose() -> None:
    one = made("wall-sheet", "nl", "a3", "short-four")
    sizes = {run.size for run in items(one.document(), GlyphRun) if "112" in text_of(run)}
    assert max(sizes) >= one.composer().look.h3.size


def page_words(document: Document) -> list[str]:
    return [
        said(" ".join(text_of(i) for i in page.items if isinstance(i, GlyphRun))) for page in document.pages
    ]


@pytest.mark.parametrize(
    ("paper", "program"), [("a3", "short-four"), ("a3", "situations"), ("a4", "situations")]
)
def test_all_signs_stand_whole_on_the_last_side_of_a_wall_sheet(paper: str, program: str) -> None:
    """Who has lost the program has them still."""
    one = made("wall-sheet", "nl", paper, program)
    first, *others, last = page_words(one.document())
    assert f"“{one.plan().safety.title}”, bladzijde {len(others) + 2}" in first
    assert [words for words in signs(one.plan()) if unspaced(words) not in unspaced(last)] == []
    assert all(ticks(one.document())[1:-1])


def test_four_exercises_of_six_weeks_are_both_sides_of_one_sheet_besides_the_signs() -> None:
    example = Made.of(Job(EXAMPLES / "patient.yaml", layout="wall-sheet"))
    assert len(example.document().pages) == 3
    # Who stays off the floor is said in each, which may take a side more.
    for program, sides in (("short-four", 4), ("situations", 4), ("full-seven", 7)):
        assert len(made("wall-sheet", "nl", "a3", program).document().pages) <= sides


def test_an_exercise_stays_on_a_page_where_that_takes_none_more() -> None:
    one = made("compact", "nl", "a4", "short-four")
    owner = {p.alt: e.id for e in one.plan().exercises for form in e.shown_forms for p in form.panels}
    places: dict[str, set[int]] = {}
    for number, page in enumerate(one.document().pages):
        for item in page.items:
            alt = one.document().nodes[item.node].alt if item.node >= 0 else ""
            if alt in owner:
                places.setdefault(owner[alt], set()).add(number)
    assert all(len(found) == 1 for found in places.values()), places


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pain_boxes_have_one_size(language: str) -> None:
    one = made("compact", language, "a4", "short-four")
    shapes = [item for item in one.document().pages[0].items if isinstance(item, Shape)]
    outlined = [item for item in shapes if item.stroke and not item.fill]
    frames = [box_of(item) for item in outlined if len(item.segments) == 5]
    sizes = {(round(box.right - box.left), round(box.bottom - box.top)) for box in frames}
    assert len(frames) == 3
    assert len(sizes) == 1


def test_type_on_a3_is_larger_and_a_wall_sheet_is_read_from_afar_on_any_paper() -> None:
    for layout, body, least, dose in (("compact", 13, 14, 14), ("wall-sheet", 13, 14, 18)):
        small, large = (made(layout, "nl", paper, "short-four").composer().look for paper in ("a4", "a3"))
        assert small.body.size >= body
        assert large.body.size >= least
        assert large.h3.size >= max(dose, large.cell.size + 1)
        assert large.cell_bold.size >= 14
        assert small.label.size >= 11
    assert small.h3.size >= 17


def amount_sizes(one: Made) -> set[float]:
    """Sizes of how often exercises are done, in points."""
    amounts = {said(dose_words(d, one.language).amount) for e in one.plan().exercises for d in e.doses if d}
    lines: dict[tuple[int, int, float], list[GlyphRun]] = {}
    for number, page in enumerate(one.document().pages):
        for run in (item for item in page.items if isinstance(item, GlyphRun)):
            lines.setdefault((number, run.node, round(run.y, 1)), []).append(run)
    return {run.size for runs in lines.values() for run in runs
            if said("".join(map(text_of, runs))) in amounts}  # fmt: skip


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_how_often_is_as_large_above_its_weeks_as_beside_them(paper: str) -> None:
    one = made("wall-sheet", "en", paper, "short-four", weeks=8, days=EVERY_DAY)
    (size,) = amount_sizes(one)
    assert size >= one.composer().look.h3.size


def test_each_week_has_its_dose_on_its_row() -> None:
    days = ["mon", "wed", "fri"]
    data = {"layout": "compact", "exercises": ["cat-cow"], "weeks": 8, "days": days, "start": "2026-03-02"}
    one = make_program(data)
    lines, boxes = lines_of(one.document()), ticks(one.document())
    for week, dose in enumerate(one.plan().exercises[0].doses, 1):
        assert dose is not None
        page, box = next((page, box) for page, found in enumerate(boxes) for box in found
                         if box.id.startswith(f"w{week}."))  # fmt: skip
        amount = said(dose_words(dose, one.language).amount)
        beside = [y for number, y, words in lines if (number, words) == (page, amount)]
        assert any(box.y - 2 * MM < y < box.y + box.size + 2 * MM for y in beside), week


@pytest.mark.parametrize("program", ["patient-en", "patient-situations"])
def test_doses_of_a_page_stand_all_beside_their_weeks_or_all_above_them(program: str) -> None:
    one = Made.of(Job(EXAMPLES / f"{program}.yaml", layout="compact"))
    for page in one.document().pages:
        words = [text_of(item) for item in page.items if isinstance(item, GlyphRun)]
        tables, beside = (
            words.count(head) for head in (one.language.strings.week, one.language.strings.dose)
        )
        assert beside in (0, tables)


def test_a_dose_above_its_weeks_is_never_far() -> None:
    one = made("wall-sheet", "en", "a4", "full-seven", days=EVERY_DAY)
    lines = lines_of(one.document())
    for exercise in one.plan().exercises:
        for week, dose in enumerate(exercise.doses, 1):
            if dose is None:
                continue
            amount = said(dose_words(dose, one.language).amount)
            box = f"w{week}.{exercise.number}."
            page, top = next((page, box_of(item).top) for page, found in enumerate(ticks(one.document()))
                             for item in found if item.id.startswith(box))  # fmt: skip
            above = [y for number, y, words in lines if number == page and words.startswith(amount)]
            assert any(-20 * MM < top - y < 110 * MM for y in above), (exercise.name, week)


@pytest.mark.parametrize("layout", PAPERS)
def test_words_of_a_dose_stand_clear_of_the_lines_between_weeks(layout: str) -> None:
    one = made(layout, "nl", "a4", "full-seven", days=["mon", "wed", "fri"])
    rest = {said(part) for e in one.plan().exercises for d in e.doses if d
            for part in filter(None, dose_words(d, one.language, e.rest_s)[2:])}  # fmt: skip
    last = [(page, y) for page, y, words in lines_of(one.document()) if words in rest]
    assert last
    for page, y in last:
        rules = (box_of(item) for item in one.document().pages[page].items if isinstance(item, Shape))
        below = [rule.top - y for rule in rules if rule.bottom - rule.top < 2 and rule.top > y]
        # Letters reach some 3 points under their line.
        assert min(below) >= 3 + 2, (page, y)


def test_drawings_take_the_room_of_their_page() -> None:
    for layout, paper, least in (("wall-sheet", "a3", 70), ("compact", "a4", 70)):
        one = made(layout, "en", paper, "short-four", weeks=8, days=EVERY_DAY)
        panels = {panel.alt for e in one.plan().exercises if e.id == "cat-cow" for panel in e.main.panels}
        widths = [item.width for alt, item in figures(one.document()) if alt in panels]
        assert min(widths) >= least * MM, layout


@pytest.mark.parametrize(("program", "paper", "days"), [
    ("full-seven", "a4", ["mon", "wed", "fri"]), ("full-seven", "letter", ["mon", "wed", "fri"]),
    ("short-four", "a4", EVERY_DAY),
])  # fmt: skip
def test_no_small_drawing_stands_over_a_white_foot(program: str, paper: str, days: list[str]) -> None:
    document = made("compact", "nl", paper, program, days=days).document()
    widest: dict[int, float] = {}
    for number, page in enumerate(document.pages):
        drawn = [item.width for item in page.items if isinstance(item, Placed) and item.node >= 0
                 and document.nodes[item.node].alt]  # fmt: skip
        words = [item.y for item in page.items if isinstance(item, GlyphRun) and item.node >= 0]
        if drawn and page.height - max(words) > 85 * MM:
            widest[number + 1] = max(drawn) / MM
    assert {number: wide for number, wide in widest.items() if wide < 60} == {}


@pytest.mark.parametrize("paper", ["a3", "a4"])
@pytest.mark.parametrize("layout", ["compact", "wall-sheet"])
def test_who_stays_off_the_floor_is_said_with_the_warm_up(layout: str, paper: str) -> None:
    one = made(layout, "nl", paper, "full-seven")
    up = one.plan().preparation.up
    assert up
    assert unspaced(said(f"{up.note}")) in unspaced(document_text(one.document()))


def test_each_page_with_boxes_has_drawings_also_where_an_exercise_goes_on() -> None:
    one = made("wall-sheet", "en", "a4", "full-seven", days=EVERY_DAY)
    document = one.document()
    assert one.language.strings.continued.format(title="").strip() in document_text(document)
    for number, page in enumerate(document.pages):
        drawn = [item for item in page.items if isinstance(item, Placed) and item.height > 15 * MM]
        assert drawn or not ticks(document)[number], number


def test_forms_of_an_exercise_stand_apart() -> None:
    one = made("compact", "nl", "a4", "short-four")
    gap = one.composer().look.gap
    names = {said(f"{e.number} {e.name}") for e in one.plan().exercises}
    lines = lines_of(one.document())
    headings = [line for line in lines if line[0] and any(line[2].startswith(name) for name in names)]
    assert len(headings) >= 6
    for page, y, _ in headings:
        above = [y - other for number, other, _ in lines if number == page and other < y - 1]
        assert not above or min(above) >= 12 + 1.5 * gap


@pytest.mark.parametrize(("layout", "program"), [("compact", "full-seven"), ("wall-sheet", "short-four")])
def test_a_first_page_without_an_exercise_shows_all_of_them(layout: str, program: str) -> None:
    one = made(layout, "en", "a4", program, days=EVERY_DAY, weeks=6)
    document, plan = one.document(), one.plan()
    assert not ticks(document)[0]
    first = " ".join(words for page, _, words in lines_of(document) if page == 0)
    assert [e.name for e in plan.exercises if f"{e.number} {e.name}" not in first] == []
    later = [e for e in plan.exercises if e.doses[0] is None]
    assert [f"{e.number} {e.name} From week 3 Page " not in first for e in later] == [False] * len(later)
    drawn = [item for item in document.pages[0].items if isinstance(item, Placed) and item.width > 20 * MM]
    assert len(drawn) >= len(plan.exercises) - 1  # one of them stands, and is narrow
    assert max(item.y + item.height for item in drawn) > document.pages[0].height * 0.6


@pytest.mark.parametrize("days", [EVERY_DAY, ["mon", "wed", "fri"]])
def test_seven_exercises_of_twelve_weeks_are_drawn_on_the_first_page(days: list[str]) -> None:
    document = made("compact", "en", "letter", "full-seven", days=days).document()
    drawn = [item for item in document.pages[0].items
             if isinstance(item, Placed) and max(item.width, item.height) > 14 * MM]  # fmt: skip
    assert len(drawn) >= 7


@pytest.mark.parametrize(("language", "paper", "more", "expected"), [
    ("nl", "a4", {"days": ["mon", "wed", "fri"]}, ["Op maandag, woensdag en vrijdag"]),
    ("en", "letter", {"days": EVERY_DAY, "weeks": 6},
     ["1, 2, 3 and 7: every day", "4, 5 and 6: on Monday, Wednesday and Friday"]),
])  # fmt: skip
def test_a_first_page_without_room_for_days_with_each_exercise_says_them_once(
    language: str, paper: str, more: dict[str, Any], expected: list[str]
) -> None:
    document = made("compact", language, paper, "full-seven", **more).document()
    first = [said(words) for page, _, words in lines_of(document) if page == 0]
    assert [words for words in expected if first.count(words) != 1] == []


@pytest.mark.parametrize(("layout", "paper"), [("compact", "a4"), ("wall-sheet", "a3")])
def test_no_drawing_is_larger_on_the_first_page_than_where_its_exercise_is_done(
    layout: str, paper: str
) -> None:
    document = made(layout, "en", paper, "short-four", weeks=8, days=EVERY_DAY).document()
    shown = [item for item in document.pages[0].items if isinstance(item, Placed)]
    done = {item.drawing: item.width for _, item in figures(document)}
    both = [(item.width, done[item.drawing]) for item in shown if item.drawing in done]
    assert len(both) >= 3
    assert [pair for pair in both if pair[0] > pair[1] + 0.1] == []


def test_steps_leave_no_hole_below_drawings_that_are_lower_than_their_doses() -> None:
    document = Made.of(Job(EXAMPLES / "patient.yaml", layout="wall-sheet")).document()
    page = document.pages[0]
    knees = min((i for i in page.items if isinstance(i, Placed) and i.width > 20 * MM), key=lambda i: i.y)
    step = next(i for i in page.items if isinstance(i, GlyphRun) and text_of(i).startswith("Ga op je rug"))
    assert step.x < knees.x + knees.width / 2


WITH_PAGES = [
    ("wall-sheet", "nl", "a3", "short-four"), ("wall-sheet", "nl", "a4", "full-seven"),
    ("wall-sheet", "en", "tabloid", "situations"), ("compact", "nl", "a4", "full-seven"),
    ("compact", "en", "letter", "situations"), ("wall-sheet", "nl", "letter", "full-seven"),
]  # fmt: skip


def forms_with_pages(one: Made) -> Iterator[tuple[PlannedExercise, PlannedExercise | None, int]]:
    """Each form, the one before it of the same exercise, and its page, from 1."""
    pages = {place.name: place.page + 1 for place in one.document().destinations}
    for exercise in one.plan().exercises:
        for before, form in pairwise((None, *exercise.by_form)):
            assert form is not None
            yield form, before, pages[destination_of(form)]


@pytest.mark.parametrize("case", WITH_PAGES)
def test_the_first_page_names_the_page_of_each_form_that_is_elsewhere(case: tuple[str, ...]) -> None:
    one = made(*case)
    document = one.document()
    last: dict[int, int] = {}
    sought: dict[str, int] = {}
    for form, _, page in forms_with_pages(one):
        if page != last.get(form.number, 1):
            sought[f"#{destination_of(form)}"] = page
        last[form.number] = page
    page_word = one.language.strings.on_page.partition("{")[0].strip().capitalize()
    named: dict[str, int] = {}
    for link in (item for item in document.pages[0].items if isinstance(item, LinkArea)):
        if not link.target.startswith("#exercise"):
            continue
        # The page stands in the link, or at the beginning of its line.
        beside = [text_of(i) for i in document.pages[0].items if isinstance(i, GlyphRun)
                  and link.y < i.y < link.y + link.height and i.x < link.x + 1]  # fmt: skip
        words = said(f"{link.description} {''.join(beside)}")
        if found := re.match(rf"(?:{page_word}\S* |, (?:\D+\d+: )?)(\d+)", words, re.IGNORECASE) or re.search(
            rf"{page_word} (\d+)", words, re.IGNORECASE
        ):
            named[link.target] = int(found[1] or found[2])
    assert named == sought
    assert len(sought) > 1


@pytest.mark.parametrize("case", WITH_PAGES)
def test_a_form_says_where_the_next_one_is_on_another_page(case: tuple[str, ...]) -> None:
    one = made(*case)
    pages, places = one.document().pages, {form: page for form, _, page in forms_with_pages(one)}
    steps = re.compile(one.language.strings.steps_on_page.partition("{")[0])
    there = {
        (number, link.target): said(link.description)
        for number, page in enumerate(pages, 1)
        for link in page.items
        if isinstance(link, LinkArea) and number > 1 and not steps.match(link.description)
    }
    wanted = {
        (places[before], f"#{destination_of(form)}"): (form.weeks[0], page)
        for form, before, page in forms_with_pages(one)
        if before is not None and page != places[before] > 1
    }
    for place, (week, page) in wanted.items():
        assert re.findall(r"\d+", there[place]) == [str(page), str(week)]
        day = date_words(one.plan().start, week, one.language)[first_day(week)]
        assert unspaced(f"{there[place]} ({day})") in unspaced(page_words(one.document())[place[0] - 1])
    assert wanted.keys() == {place for place in there if place[1].startswith("#exercise")}


@pytest.mark.parametrize("case", WITH_PAGES)
def test_each_page_with_an_exercise_says_what_often_goes_wrong(case: tuple[str, ...]) -> None:
    """Once at least; with each form where the page has room for it."""
    one = made(*case)
    words = page_words(one.document())
    forms: dict[tuple[int, int], int] = {}
    for form, _, page in forms_with_pages(one):
        wrong = said(" ".join(form.mistakes))
        later = [other for other in words[page - 1 :] if unspaced(wrong) in unspaced(other)]
        assert later, form.name
        forms[form.number, page] = forms.get((form.number, page), 0) + 1
        if unspaced(wrong) in unspaced(words[page - 1]):
            assert unspaced(words[page - 1]).count(unspaced(wrong)) <= len(
                one.plan().exercises[form.number - 1].by_form
            )


def test_later_forms_say_what_often_goes_wrong_where_their_page_has_room() -> None:
    one = Made.of(Job(EXAMPLES / "patient-en.yaml", layout="wall-sheet"))
    plank = one.plan().exercises[-1]
    wrong = unspaced(said(" ".join(plank.mistakes)))
    pages = {page for form, _, page in forms_with_pages(one) if form.number == plank.number}
    assert len(pages) == 1
    assert unspaced(page_words(one.document())[pages.pop() - 1]).count(wrong) == len(plank.by_form) == 2


def test_one_dose_stands_once_above_eight_weeks() -> None:
    one = made("wall-sheet", "nl", "a3", "full-seven", days=["mon", "wed", "fri"])
    heel_push = one.plan().exercises[0]
    amount = said(dose_words(heel_push.doses[-1], one.language).amount) if heel_push.doses[-1] else ""
    held = [dose.hold_s for dose in heel_push.doses if dose]
    assert held.count(held[-1]) == 8
    lines = [words for page, _, words in lines_of(one.document()) if page == 0]
    with_hold = [pair for pair in pairwise(lines) if pair[0] == amount and str(held[-1]) in pair[1]]
    assert len(with_hold) == 1


def test_drawings_of_a_page_are_alike() -> None:
    one = made("wall-sheet", "en", "a3", "short-four", weeks=8, days=EVERY_DAY)
    for page in one.document().pages:
        lying = [item.width for item in page.items if isinstance(item, Placed) and item.node >= 0
                 and item.width > max(item.height, 40 * MM)]  # fmt: skip
        assert max(lying, default=0) <= 1.8 * min(lying, default=0)


def drawn_widths(one: Made, exercise: str) -> list[float]:
    """Widths in millimetres of the drawings of an exercise that lie."""
    shown = {p.alt for e in one.plan().exercises if e.id == exercise for f in e.shown_forms for p in f.panels}
    lying = [item for alt, item in figures(one.document()) if alt in shown and item.width > item.height]
    return [item.width / MM for item in lying]


@pytest.mark.parametrize(("layout", "paper", "dose"), [("compact", "a4", 15), ("wall-sheet", "a3", 18)])
def test_how_often_has_one_size_in_all_programs(layout: str, paper: str, dose: float) -> None:
    for program in ("short-four", "full-seven", "starter"):
        one = made(layout, "nl", paper, program, days=["mon", "wed", "fri"])
        assert amount_sizes(one) == {dose}


def test_drawings_beside_a_note_and_large_doses_are_more_than_the_least() -> None:
    one = Made.of(Job(EXAMPLES / "patient.yaml", layout="wall-sheet", paper="a4"))
    assert len(one.document().pages) == 6
    assert min(drawn_widths(one, "bridge")) >= 55


def test_drawings_of_seven_exercises_stand_above_their_weeks_where_these_leave_them_small() -> None:
    one = made("wall-sheet", "nl", "a3", "full-seven", days=["mon", "wed", "fri"])
    assert min(drawn_widths(one, "bridge")) >= 58


@pytest.mark.parametrize(("layout", "paper", "large"), [
    ("compact", "a4", False), ("compact", "letter", True), ("compact", "a3", False),
    ("wall-sheet", "a4", False), ("wall-sheet", "a3", False), ("wall-sheet", "a3", True),
])  # fmt: skip
@pytest.mark.parametrize("program", ["starter", "full-seven", "situations"])
def test_each_page_with_boxes_says_when_to_stop_and_whom_to_call(
    layout: str, paper: str, large: bool, program: str
) -> None:
    one = made(layout, "nl", paper, program, large=large, days=["mon", "wed", "fri"])
    plan = one.plan()
    needed = [
        plan.safety.stop_rule.partition(".")[0],
        plan.clinic.phone,
        plan.safety.boxes[0].phones[0].number,
    ]
    pages = page_words(one.document())
    without = [
        (number, words)
        for number, boxes in enumerate(ticks(one.document()))
        for words in needed
        if boxes and unspaced(said(words)) not in unspaced(pages[number])
    ]
    assert without == []


def test_a_page_that_a_form_goes_on_to_has_its_own_notes() -> None:
    one = made(
        "compact", "nl", "a4", "short-four", large=True, notes={"cat-cow": [{"text": "Klein.", "to_week": 1}]}
    )
    title = one.language.strings.continued.format(title="Hol-bol")
    pages = page_words(one.document())
    (later,) = (words for words in pages if title in words)
    assert unspaced(title) not in unspaced(pages[0])
    assert "Klein." not in later


def test_words_beside_a_number_to_call_grow_with_the_type_around_them() -> None:
    one = made("wall-sheet", "nl", "a3", "short-four")
    runs = [item for item in one.document().pages[-1].items if isinstance(item, GlyphRun)]
    label = one.plan().safety.boxes[0].phones[0].label
    words = one.plan().safety.boxes[0].signs[0].split()[0]
    sizes = [next(run.size for run in runs if begin in text_of(run)) for begin in (label, words)]
    assert sizes[0] >= 0.85 * sizes[1] > one.composer().look.body.size * 0.85


@pytest.mark.parametrize("layout", PAPERS)
def test_drawings_have_the_numbers_of_their_steps_where_steps_are_told(layout: str) -> None:
    case = made(layout, "nl", "a3", "short-four")
    numbers = {words for _, _, words in lines_of(case.document()) if words.isdigit()}
    steps = {str(panel.step) for e in case.plan().exercises for f in e.forms for panel in f.panels}
    assert steps <= numbers


@pytest.mark.parametrize(("country", "layout", "paper"), [
    ("US", "wall-sheet", "tabloid"), ("US", "compact", "letter"), ("NL", "wall-sheet", "a3"),
])  # fmt: skip
def test_a_wall_sheet_is_on_tabloid_where_letter_is_usual(
    tmp_path: Path, country: str, layout: str, paper: str
) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(f"name: Brook Physio\ncountry: {country}\n", encoding="utf-8")
    one = Made.of(Job(EXAMPLES / "patient-en.yaml", clinic=clinic, layout=layout))
    assert one.paper == paper
    look = one.composer().look
    assert (look.page_width / MM, look.page_height / MM) == pytest.approx(PAPER_SIZES[paper])


def test_a3_takes_fewer_pages_than_a4() -> None:
    a4, a3 = (made("wall-sheet", "nl", paper, "full-seven").document() for paper in ("a4", "a3"))
    assert len(a3.pages) < len(a4.pages)


@pytest.mark.parametrize("layout", PAPERS)
def test_too_much_is_an_error_with_advice(layout: str) -> None:
    names = ("knee-rolls", "cat-cow", "bridge", "plank")
    notes = dict.fromkeys(names, "Let goed op je houding. " * 24)
    one = made(layout, "nl", "a4", "full-seven", notes=notes)
    tight = one.changed(layout=one.layout.model_copy(update={"pages": 2}))
    with pytest.raises(FitError, match=r"promises 2 pages and would take \d+; take fewer exercises") as error:
        tight.document()
    assert error.value.exit_code == ExitCode.FIT


@pytest.mark.parametrize("layout", PAPERS)
def test_large_print_has_no_smaller_drawings_and_breaks_no_name_or_number(layout: str) -> None:
    paper = PAPERS[layout][0]
    more = {"therapist": "K. Beek, fysiotherapeut"}
    usual, large = (made(layout, "nl", paper, "short-four", large=flag, **more) for flag in (False, True))
    assert large.layout.exercise_weeks.lying >= usual.layout.exercise_weeks.lying * 4 / 3
    for alt, item in figures(large.document()):
        least = 40 if item.height > item.width else 60
        assert max(item.width, item.height) >= least * MM - 0.1, alt
    found: dict[tuple[int, float], str] = {}
    for number, page in enumerate(large.document().pages):
        for run in (item for item in page.items if isinstance(item, GlyphRun)):
            place = number, round(run.y, 1)
            found[place] = found.get(place, "") + text_of(run)
    lines = [said(words) for words in found.values()]
    for words in ("Mw. De Wit", "K. Beek, fysiotherapeut", "Spoed: 112", "085 000 0000"):
        assert any(words in line for line in lines), words


def test_cards_in_large_print_are_refused_with_the_way_out() -> None:
    one = make_program({"layout": "cards", "large": True})
    with pytest.raises(FitError, match="take the layout large-print"):
        one.document()


@given(st.data())
@examples(10)
def test_any_program_comes_out_whole(data: st.DataObject) -> None:
    names = ("leg-lengthening", "knee-rolls", "cat-cow", "bridge", "plank", "superman", "childs-pose")
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=7, unique=True))
    days = data.draw(st.lists(st.sampled_from(["mon", "tue", "wed", "thu", "fri"]), min_size=2, unique=True))
    more = {"exercises": chosen, "weeks": data.draw(st.integers(3, 12)), "days": days}
    note = data.draw(st.text(alphabet="abc de.", max_size=200).filter(str.strip))
    layout = data.draw(st.sampled_from(sorted(PAPERS)))
    one = made(layout, "nl", "a4", "short-four", **more, notes={chosen[0]: note})
    document = one.document()
    assert all_faults(document, one.composer().look, mirrored=one.layout.margins.mirrored) == []
    assert {box.id for page in ticks(document) for box in page} == planned_boxes(one.plan())


@pytest.mark.parametrize(("layout", "said"), [("compact", True), ("wall-sheet", True), ("screen", False)])
def test_what_sets_ask_for_stands_with_the_warm_up_where_nothing_else_says_it(
    layout: str, said: bool
) -> None:
    made = make_program({"program": "short-four", "weeks": 4, "layout": layout, "language": "en"})
    meaning = next(word.meaning for word in made.plan().preparation.words if word.used_by == "sets")
    text = " ".join(document_text(made.document()).replace("\u00a0", " ").split())
    assert text.count(meaning) == 1
    boxes = text.index(made.language.strings.boxes_hint)
    assert (boxes - len(meaning) - 2 < text.index(meaning) < boxes) == said
