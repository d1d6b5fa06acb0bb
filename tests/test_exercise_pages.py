"""Exercises on pages: each prescribed form with drawings, doses and steps, in one order, never too small."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from typing import Any, NamedTuple

import pytest
from geometry import all_faults, filled_part, headings, page_lines, text_of
from programs import EXAMPLES, Made, make_program, personal, shipped_layout, words_of

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.planning.planned_exercise import PlannedExercise, PlannedPanel
from pdfgen.planning.wording import dose_words, rest_words, week_words
from pdfgen.typesetting.document import GlyphRun, Placed
from pdfgen.typesetting.flow import EMPTIEST_FOOT
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings

LAYOUTS = ("standard", "large-print", "booklet", "standard+", "bilingual")
FLOORS = {"large-print": (100, 60), "booklet": (50, 34), "standard+": (100, 60)}
NEARLY = 0.95
PROGRAMS = {
    "short-four": {"program": "short-four", "weeks": 6},
    "full-seven": {"program": "full-seven", "weeks": 12},
    "starter": {"program": "starter", "weeks": 4},
    "situations": None,
}
_TAKEN = ("program", "weeks", "notes", "situations", "doses", "exercises", "side", "confirmed")


class Case(NamedTuple):
    layout: str
    language: str
    program: str
    paper: str

    def __str__(self) -> str:
        return "-".join(self)


def data_of(name: str) -> dict[str, Any]:
    if (data := PROGRAMS[name]) is not None:
        return data
    path = EXAMPLES / "patient-situations.yaml"
    loaded: Any = parse_yaml(path.read_text(encoding="utf-8"), str(path)).data
    return {key: loaded[key] for key in _TAKEN if key in loaded}


@cache
def made_of(case: Case) -> Made:
    """A program whose document is nothing but its exercises."""
    layout = shipped_layout(case.layout.rstrip("+")).value
    layout = layout.enlarged() if case.layout.endswith("+") else layout
    layout = layout.model_copy(update={"sections": ("exercises",)})
    return make_program({**data_of(case.program), "language": case.language}).changed(
        layout=layout, paper=case.paper
    )


def cases() -> Iterator[Any]:
    """All cases; a few of them with every change."""
    papers = ("a4", "letter")
    for index, values in enumerate(product(LAYOUTS, ("nl", "en"), PROGRAMS, papers)):
        case = Case(*values)
        yield pytest.param(case, id=str(case), marks=() if index % 7 == 0 else pytest.mark.matrix)


ALL = pytest.mark.parametrize("case", list(cases()))


class Drawn(NamedTuple):
    """A drawing of a form, where it stands."""

    exercise: int
    page: int
    node: int
    item: Placed

    @property
    def is_upright(self) -> bool:
        return self.item.drawing.height > self.item.drawing.width


def drawn(made: Made) -> list[Drawn]:
    """All drawings of exercises, in the order of the document."""
    document = made.document()
    found, wanted = [], list(panels(made))
    for number, page in enumerate(document.pages):
        for item in page.items:
            if isinstance(item, Placed) and item.node >= 0 and document.nodes[item.node].role == "Figure":
                exercise, panel = wanted.pop(0)
                assert document.nodes[item.node].alt == panel.alt, "drawings come in the order of the forms"
                found.append(Drawn(exercise.number, number, item.node, item))
    assert not wanted, "every drawing of every prescribed form is there"
    return found


def panels(made: Made) -> Iterator[tuple[PlannedExercise, PlannedPanel]]:
    for exercise in made.plan().exercises_by_form:
        yield from ((exercise, panel) for panel in exercise.main.panels)


def spoken(made: Made) -> dict[int, tuple[int, str]]:
    """Page and words of each element, by its number, which goes up in the order of reading."""
    texts: dict[int, tuple[int, list[str]]] = {}
    for number, page in enumerate(made.document().pages):
        for item in page.items:
            if isinstance(item, GlyphRun) and item.node >= 0:
                texts.setdefault(item.node, (number, []))[1].append(text_of(item))
    return {node: (page, words_of(["".join(runs)])) for node, (page, runs) in sorted(texts.items())}


def places(made: Made, words: str) -> list[tuple[int, int]]:
    """Page and element of each paragraph that begins with some words or holds them whole."""
    return [(page, node) for node, (page, said) in spoken(made).items() if words_of([words]) in said]


def pages_of_forms(made: Made) -> Iterator[tuple[PlannedExercise, set[int]]]:
    """Each form with the pages, from 0, that have its drawings, doses and steps."""
    shown, said = iter(drawn(made)), spoken(made)
    for form in made.plan().exercises_by_form:
        figures = [next(shown) for _ in form.main.panels]
        first = figures[0].node
        steps = [node for _, node in places(made, form.main.steps[-1][1]) if node > first]
        between = [node for node in said if first <= node <= min(steps)]
        yield form, {one.page for one in figures} | {said[node][0] for node in between}


@ALL
def test_pages_have_no_faults_and_feet_that_are_not_empty(case: Case) -> None:
    made = made_of(case)
    look = made.composer().look
    assert all_faults(made.document(), look, mirrored=made.layout.margins.mirrored) == []
    feet = [(1 - filled_part(page, look)) * look.height for page in made.document().pages]
    # 59 mm of an A4.
    assert max(feet) <= EMPTIEST_FOOT * look.page_height + 1, [round(foot / MM) for foot in feet]


@ALL
def test_each_form_is_on_one_page_or_on_two_that_face_each_other(case: Case) -> None:
    made = made_of(case)
    for form, pages in pages_of_forms(made):
        left = min(pages)
        facing = {left, left + 1} if left % 2 == 1 else {left}
        assert pages <= facing, (form.name, form.main.name, sorted(pages))


@ALL
def test_every_prescribed_form_has_its_heading_drawings_doses_and_steps(case: Case) -> None:
    made = made_of(case)
    assert {item.exercise for item in drawn(made)} == {e.number for e in made.plan().exercises}
    titles = [words_of([words]) for role, _, words in headings(made.document()) if role == "H3"]
    for form in made.plan().exercises_by_form:
        if form.form_number and form.main.weeks:
            head = words_of([f"{week_words(form.main.weeks, made.language)}: {form.main.name}"])
            assert any(title.startswith(head) for title in titles), head
        for _, step in form.main.steps:
            assert places(made, step), step
        for dose in filter(None, form.doses):
            assert dose.blank or places(made, dose_words(dose, made.language).line)


@ALL
def test_drawings_and_dose_of_a_form_are_on_one_page_or_on_two_that_face_each_other(case: Case) -> None:
    """They are on two only in larger type, where large drawings leave the dose no room."""
    made = made_of(case)
    most = 1 if case.layout == "standard" else 2
    shown = iter(drawn(made))
    for form in made.plan().exercises_by_form:
        figures = [next(shown) for _ in form.main.panels]
        pages = {one.page for one in figures}
        for dose in form.doses:
            if dose is not None and not dose.blank:
                after = places(made, dose_words(dose, made.language).line)
                page, _ = min((one for one in after if one[1] > figures[-1].node), key=lambda one: one[1])
                pages.add(page)
        assert max(pages) - min(pages) < most, form.main.name


@ALL
def test_drawings_are_never_below_their_least_size_and_of_one_scale(case: Case) -> None:
    made = made_of(case)
    floors = FLOORS.get(case.layout, (75, 45))
    # A little less is better than the drawings of one form on two pages.
    lying, standing = (floor * (NEARLY if max(floors) == 100 else 1.0) for floor in floors)
    scales: dict[tuple[int, bool, int], set[float]] = {}
    mixed = {one.page for one in drawn(made) if not one.is_upright}
    stepped = pages_with_steps(made)
    for one in drawn(made):
        item = one.item
        assert item.height >= standing * MM - 0.1 if one.is_upright else item.width >= lying * MM - 0.1
        # A page of drawings of who stands fills itself, and so does one beside the page with the steps.
        alone, beside = one.page not in mixed, 0 if one.page in stepped else one.page
        key = (one.exercise, alone, beside)
        scales.setdefault(key, set()).add(round(item.width / item.drawing.width, 3))
    assert all(len(found) == 1 for found in scales.values()), scales


def pages_with_steps(made: Made) -> set[int]:
    forms = made.plan().exercises_by_form
    return {page for form in forms for _, words in form.main.steps for page, _ in places(made, words)}


def test_drawings_beside_a_page_of_steps_take_the_room_of_their_own() -> None:
    """They were as wide as on the page of a later form with its steps, above a white foot."""
    made = made_of(Case("booklet", "nl", "situations", "a4"))
    stepped = pages_with_steps(made)
    (bridge,) = (one for one in made.plan().exercises if one.id == "bridge")
    widths = {one.page in stepped: one.item.width for one in drawn(made) if one.exercise == bridge.number}
    assert widths[False] > 1.2 * widths[True]


def test_drawings_of_who_stands_fill_their_page_whatever_others_leave_room_for() -> None:
    made = made_of(Case("standard", "nl", "full-seven", "a4"))
    (plank,) = (one for one in made.plan().exercises if one.id == "plank")
    standing = [one.item.height for one in drawn(made) if one.exercise == plank.number and one.is_upright]
    assert min(standing) > 100 * MM


@ALL
def test_each_page_with_room_says_when_to_stop_and_whom_to_call(case: Case) -> None:
    """At one height, below all else; only a page of two forms in their least size may have no room."""
    made = made_of(case)
    first = words_of([made.plan().safety.stop_rule.partition(". ")[0]])
    call = words_of([made.plan().safety.boxes[0].phones[0].number])
    heights, without, look = set(), 0, made.composer().look
    for number, page in enumerate(made.document().pages):
        lines = [(y, words_of([words])) for _, y, words in page_lines(page) if y < look.footer_top]
        stops = [y for y, words in lines if words.startswith(first)]
        if not stops:
            without += number in {one.page for one in drawn(made)}
            continue
        below = [(round(y), words) for y, words in lines if y >= stops[0]]
        assert any(call in words for _, words in below)
        beside = case.layout == "large-print" and number in {one.page for one in drawn(made)}
        assert len({y for y, _ in below}) <= (7 if beside else 3), "nothing stands below it"
        heights.add(round(max(y for y, _ in lines)))
    assert len(heights) <= 1, heights
    # In large print the page with the steps says it, beside full pages of drawings with a dose.
    assert without <= {"standard": 0, "bilingual": 0, "booklet": 2}.get(case.layout, 5)


@ALL
def test_each_page_with_drawings_says_when_to_stop_or_how_much(case: Case) -> None:
    """Who prints on one side has such a page without the one that faces it."""
    made = made_of(case)
    first, without = words_of([made.plan().safety.stop_rule.partition(". ")[0]]), []
    for form, pages in pages_of_forms(made):
        doses = {dose_words(dose, made.language).amount for dose in form.doses if dose}
        shown = pages & {one.page for one in drawn(made) if one.exercise == form.number}
        for number in shown:
            said = words_of([words for _, _, words in page_lines(made.document().pages[number])])
            if first not in said and not any(words_of([dose]) in said for dose in doses):
                without.append((form.name, number))
    # Three drawings below a caution have more than any way to divide them has room for.
    assert len(without) <= (case.program == "situations" and case.paper == "letter"), without


@pytest.mark.parametrize("layout", ["standard", "bilingual"])
def test_the_easier_form_of_all_exercises_is_said_or_drawings_would_be_too_small(layout: str) -> None:
    """None of it in one exercise and all of it in the next looks like a mistake."""
    for program, language in product(("short-four", "full-seven", "starter", "situations"), ("nl", "en")):
        made = made_of(Case(layout, language, program, "a4"))
        with_one = [one for one in made.plan().exercises if one.easier and one.easier not in one.shown_forms]
        for one in with_one:
            assert one.easier
            assert places(made, one.easier.summary), (program, language, one.name)


def test_drawings_of_a_form_are_a_little_smaller_rather_than_on_two_pages() -> None:
    every_day = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "weeks": 6}
    layout = shipped_layout("large-print").value.model_copy(update={"sections": ("exercises",)})
    made = make_program({"program": "full-seven", "language": "en", "start": "2026-03-02", **every_day})
    made = made.changed(layout=layout, paper="letter")
    shown = iter(drawn(made))
    for form in made.plan().exercises_by_form:
        assert len({next(shown).page for _ in form.main.panels}) == 1, form.main.name
    assert all(one.item.width >= 100 * NEARLY * MM - 0.1 for one in drawn(made) if one.exercise == 2)
    knees = {one.page for one in drawn(made) if one.exercise in (2, 3)}
    assert max(knees) - min(knees) == 2, "knee rolls take two pages"


@ALL
def test_a_dose_is_in_bold_at_least_as_large_as_running_text_and_on_one_line(case: Case) -> None:
    made = made_of(case)
    look = made.composer().look
    lines = [words_of([words]) for page in made.document().pages for _, _, words in page_lines(page)]
    strong: dict[int, str] = {}
    for page in made.document().pages:
        for item in page.items:
            if isinstance(item, GlyphRun) and "Bold" in item.face.name and item.size >= look.body.size:
                strong[item.node] = strong.get(item.node, "") + text_of(item)
    said = [words_of([words]) for words in strong.values()]
    for form in made.plan().exercises_by_form:
        blank = any(dose.blank for dose in form.doses if dose is not None)
        assert not blank or any(words_of([made.language.strings.blank_dose]) in line for line in lines)
        for dose in filter(None, form.doses):
            words = words_of([dose_words(dose, made.language).line])
            assert any(words in line for line in lines), words
            assert any(words in text for text in said), words


@ALL
def test_rest_stands_with_doses_of_more_sets_alone(case: Case) -> None:
    made = made_of(case)
    for form in made.plan().exercises_by_form:
        given = [dose for dose in form.doses if dose is not None and not dose.blank]
        rests = [(dose, rest_words(dose, made.language, form.rest_s)) for dose in given]
        if len({rest for _, rest in rests}) < 2:
            continue
        rest = words_of([max(rest for _, rest in rests)])
        for dose, own in rests:
            said = [
                text
                for _, text in spoken(made).values()
                if words_of([dose_words(dose, made.language).line]) in text
            ]
            assert not own or any(rest in text for text in said)
            assert own or any(rest not in text for text in said)


@ALL
def test_what_is_meant_for_one_patient_comes_before_step_1_on_the_page_of_each_drawing(case: Case) -> None:
    made = made_of(case)
    shown = iter(drawn(made))
    for form in made.plan().exercises_by_form:
        figures = [next(shown) for _ in form.main.panels]
        steps = [node for _, node in places(made, form.main.steps[0][1]) if node > figures[0].node]
        for words in personal(form):
            there = places(made, words)
            assert {one.page for one in figures} <= {page for page, _ in there}, (form.name, words)
            assert min(node for _, node in there) < min(figures[0].node, *steps)


def pages_of_steps(made: Made) -> Iterator[tuple[PlannedExercise, set[int]]]:
    """Each form with the pages that have steps of it or drawings."""
    shown = iter(drawn(made))
    for form in made.plan().exercises_by_form:
        figures = [next(shown) for _ in form.main.panels]
        steps = (
            min((node, page) for page, node in places(made, step) if node > figures[0].node)
            for _, step in form.main.steps
        )
        yield form, {one.page for one in figures} | {page for _, page in steps}


def assert_own_words_on_pages_of_steps(made: Made) -> None:
    """Each page of an exercise with steps or drawings has what is meant for this patient, or says where."""
    before = {page for page, _ in places(made, made.language.strings.frame_before)}
    for form, pages in pages_of_steps(made):
        for words in personal(form):
            whole = {page for page, _ in places(made, words)}
            assert all(page in whole or {page, page - 1} <= before | whole for page in pages), words


@ALL
def test_what_is_meant_for_one_patient_is_on_each_page_with_steps_or_drawings(case: Case) -> None:
    assert_own_words_on_pages_of_steps(made_of(case))


@ALL
def test_each_page_of_a_form_has_its_weeks_and_name(case: Case) -> None:
    made = made_of(case)
    titles = [(words_of([words]), page) for role, page, words in headings(made.document()) if role == "H3"]
    for form, pages in pages_of_forms(made):
        if form.form_number and form.main.weeks:
            head = words_of([f"{week_words(form.main.weeks, made.language)}: {form.main.name}"])
            assert pages <= {page - 1 for title, page in titles if title.startswith(head)}, head


@ALL
def test_the_order_is_name_drawing_dose_steps_and_mistakes(case: Case) -> None:
    made = made_of(case)
    starts = [node for node, one in enumerate(made.document().nodes) if one.role == "H2"]
    assert len(starts) == len(made.plan().exercises)
    ends = [*starts[1:], len(made.document().nodes)]
    shown = drawn(made)
    for exercise, start, end in zip(made.plan().exercises, starts, ends, strict=True):
        mine = [one.node for one in shown if one.exercise == exercise.number]
        nodes = [node for node in spoken(made) if start <= node < end]
        assert all(start < node < end for node in mine)
        wrong = [node for _, node in places(made, " ".join(exercise.mistakes)) if node in nodes]
        care = [page for page, node in places(made, "".join(exercise.care[:1])) if node in nodes]
        for form in exercise.by_form:
            figure, mine = mine[0], mine[len(form.main.panels) :]
            steps = [(page, n) for page, n in places(made, form.main.steps[-1][1]) if n > figure]
            page, last = min(steps, key=lambda step: step[1])
            doses = [
                n
                for dose in filter(None, form.doses)
                for _, n in places(made, dose_words(dose, made.language).line)
                if n > figure and not dose.blank
            ]
            assert figure < last
            assert not doses or figure < min(doses) < last
            assert page in care or not exercise.care, "what needs care is on the page of each form"
            if form.form_number < 2:
                # Below the steps, of the last form on that page.
                later = [o.node for o in shown if o.exercise == exercise.number and o.page > page]
                assert last < min(wrong) < min([*later, end])


def test_what_is_said_of_two_forms_on_a_page_stands_below_both() -> None:
    made = made_of(Case("standard", "nl", "full-seven", "a4"))
    plank = made.plan().exercises[4]
    steps = {place for form in plank.by_form for place in places(made, form.main.steps[-1][1])}
    assert len(steps) == len({page for page, _ in steps}) + 1, "two forms are on a page"
    last = max(steps)
    (care,) = (place for place in places(made, plank.care[0]) if place[0] == last[0])
    assert last < care


@ALL
def test_what_goes_wrong_is_said_with_each_form(case: Case) -> None:
    """Who turns to the form of a later week sees it too; of a program a page or two have no room for it."""
    made = made_of(case)
    wrong = {one.number: " ".join(one.mistakes) for one in made.plan().exercises}
    missing = set()
    for form, pages in pages_of_forms(made):
        said = {page for page, _ in places(made, wrong[form.number])} if wrong[form.number] else pages
        # What faces a page is seen with it.
        if form.form_number > 1 and not pages & (said | {page - 1 for page in said}):
            missing.add(min(pages))
    assert len(missing) <= (1 if case.layout in ("standard", "bilingual") else 2)


@ALL
def test_no_step_stands_beside_a_drawing_of_its_form(case: Case) -> None:
    """What it looks like, then how much, then how, from top to bottom in every exercise."""
    made = made_of(case)
    tops: dict[int, float] = {}
    for page in made.document().pages:
        for run in page.items:
            if isinstance(run, GlyphRun):
                tops[run.node] = min(tops.get(run.node, run.y), run.y)
    said, shown = spoken(made), iter(drawn(made))
    forms = [(form, [next(shown) for _ in form.main.panels]) for form in made.plan().exercises_by_form]
    starts = [*(figures[0].node for _, figures in forms), len(made.document().nodes)]
    for (form, figures), (start, end) in zip(forms, pairwise(starts), strict=True):
        told = {words_of([words]) for _, words in form.main.steps}
        steps = [node for node, (_, words) in said.items() if start < node < end and words in told]
        assert steps
        for figure, step in product(figures, steps):
            if said[step][0] == figure.page:
                assert tops[step] > figure.item.y + figure.item.height, form.main.name


@ALL
def test_no_drawing_of_a_form_stands_alone_below_a_row_of_others(case: Case) -> None:
    shown = iter(drawn(made_of(case)))
    for form in made_of(case).plan().exercises_by_form:
        feet = [
            (one.page, round(one.item.y + one.item.height)) for one in [next(shown) for _ in form.main.panels]
        ]
        rows = [feet.count(foot) for foot in dict.fromkeys(feet)]
        assert rows == sorted(rows), form.main.name


@ALL
def test_words_go_before_drawings_and_no_lines_part_an_exercise(case: Case) -> None:
    made = made_of(case)
    said, strings = spoken(made), made.language.strings
    see, differs, own = (
        words_of([w]) for w in (strings.see_above, strings.drawing_differs, strings.own_questions)
    )
    for exercise in made.plan().exercises:
        mine = [one for one in drawn(made) if one.exercise == exercise.number]
        for page in {one.page for one in mine} if goes_before_drawings(exercise) else ():
            first = min(one.node for one in mine if one.page == page)
            above = [text for node, (at, text) in said.items() if at == page and node < first]
            assert any(differs in text for text in above)
            assert above[-1] == see or page - 1 in {one.page for one in mine}
        inside = [text for at, text in said.values() if mine[0].page <= at < mine[-1].page]
        assert not any(text == own for text in inside)


@ALL
def test_drawings_have_the_numbers_of_the_steps_that_they_show(case: Case) -> None:
    made = made_of(case)
    numbers = [str(panel.step) for _, panel in panels(made)]
    said = spoken(made)
    assert [said[one.node][1] for one in drawn(made)] == numbers


def test_every_drawing_of_the_shipped_library_names_a_step_and_they_go_up() -> None:
    from programs import shipped_library

    for exercise in shipped_library().value.exercises.values():
        for variant in exercise.variants.values():
            steps = [panel.step for panel in variant.panels]
            assert all(steps)
            assert all(a < b for a, b in pairwise(steps))
            assert max(steps) <= len(variant.steps)


LONG = {
    "situations": ["osteoporosis", "shoulder-pain", "knee-pain", "high-blood-pressure"],
    "notes": dict.fromkeys(("plank", "superman", "bridge"), "Begin rustig en blijf ademen. " * 9),
    "doses": {"bridge": [{"from_week": 2, "to_week": 3, "blank": True}]},
}


@cache
def made_long(layout: str) -> Made:
    base = made_of(Case(layout, "nl", "full-seven", "a4"))
    made = make_program({"program": "full-seven", "weeks": 12, "side": "left", **LONG})
    return made.changed(layout=base.layout, paper="a4")


def test_a_page_of_steps_without_room_for_the_frame_says_where_it_is() -> None:
    made = made_long("large-print")
    assert places(made, made.language.strings.frame_before)
    assert_own_words_on_pages_of_steps(made)


@pytest.mark.parametrize("layout", LAYOUTS[:3])
def test_what_is_said_to_one_patient_is_never_too_much(layout: str) -> None:
    made = made_long(layout)
    assert all_faults(made.document(), made.composer().look, mirrored=made.layout.margins.mirrored) == []
    for exercise in made.plan().exercises:
        for words in personal(exercise):
            assert places(made, words)
    assert len(drawn(made)) == len(list(panels(made)))


def test_a_page_that_an_exercise_goes_on_to_says_so() -> None:
    made = made_of(Case("standard", "nl", "full-seven", "a4"))
    found = headings(made.document())
    for page in range(len(made.document().pages)):
        role, _, words = next(one for one in found if one[1] == page + 1)
        assert role == "H2" or words.endswith("(vervolg)")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_line_begins_with_the_end_of_a_sentence(language: str) -> None:
    case = Case("large-print", language, "short-four", "a4")
    for page in made_of(case).document().pages:
        lines = page_lines(page)
        ends = [(x, y) for x, y, words in lines if words.startswith(".")]
        assert [(x, y) for x, y in ends if not any(other < x and at == y for other, at, _ in lines)] == []
