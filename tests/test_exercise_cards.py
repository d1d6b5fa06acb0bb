"""Exercise cards: fronts and backs that meet, with everything that the plan says of an exercise."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import pypdfium2
import pytest
from geometry import all_faults, box_of, filled_part, headings, runs, text_of
from programs import EXAMPLES, Made, make_program, planned_boxes, without_place, words_of

from pdfgen.checks.cards import many_cards
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.layout import CardSheets
from pdfgen.delivery.imposition import Cards, impose
from pdfgen.delivery.verification import expected_of, verify
from pdfgen.pdf.reader import read
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import dose_words, ranges
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document, Page, Placed, Shape, TickBox
from pdfgen.typesetting.look import MM, TINT, make_look
from pdfgen.typesetting.sections.day_boxes import box_sizes
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
def cut_in(up: int) -> Made:
    """Cards of so many on a sheet, of exercises whose drawings fit on small ones."""
    base = make_program(
        {
            **{"language": "nl", "paper": "a4", "weeks": 4, "layout": "cards"},
            **{"exercises": ["cat-cow", "bridge", "plank"], "notes": {"bridge": NOTE}},
        }
    )
    layout = base.layout.model_copy(update={"imposition": CardSheets(kind="cards", up=up)})
    return base.changed(layout=layout)


def words(page: Page) -> str:
    return words_of([text_of(run) for run in runs(page)])


def spoken(document: Document) -> str:
    return re.sub(r"\s+", "", "".join(words(page) for page in document.pages))


def boxes_of(page: Page) -> list[TickBox]:
    """The boxes of exercises."""
    return [item for item in page.items if isinstance(item, TickBox) and item.id.startswith("w")]


def said_of(exercise: PlannedExercise) -> Iterator[str]:
    yield exercise.name
    yield exercise.breathing if all(kind != "breathe" for kind, _ in exercise.main.steps) else ""
    yield from (step for _, step in exercise.main.steps)
    yield from (*exercise.mistakes, *map(without_place, exercise.care))
    yield from (note.words.text for note in exercise.notes)
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
    after = (
        len(pages) - 2
        if made.language.strings.notes in words(pages[-2]) and not boxes_of(pages[-2])
        else len(pages)
    )
    exercises = [list(pages[a:b]) for a, b in zip(starts, [*starts[1:], after], strict=True)]
    assert len(exercises) == len(made.plan().exercises_by_form)
    return exercises


def weeks_of(side: Page) -> set[int]:
    """The weeks that have boxes on a side."""
    return {int(box.id[1:].partition(".")[0]) for box in boxes_of(side)}


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: "-".join(map(str, case)))
def test_every_side_has_the_name_of_its_exercise_and_the_form_behind_the_weeks_of_the_card(
    case: tuple[str, str, str, int],
) -> None:
    one = program_of(*case)
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            weeks = weeks_of(back) or set(form.main.weeks)
            for side in (front, back):
                assert f"{form.number} {form.name}" in words(side)
                assert f"{ranges(sorted(weeks))}: {form.main.name}" in words(side)
                assert not re.search(r"\b\d/\d\b", words(side))


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_a_front_has_all_that_it_takes_and_its_back_the_weeks(case: tuple[str, str, str, int]) -> None:
    """Nobody turns a card over between a drawing, its step, how often, and what needs care."""
    one = program_of(*case)
    behind = []
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            assert drawn_on(one, front) == [panel.alt for panel in form.main.panels]
            steps = [step in words(front) for _, step in form.main.steps]
            if not all(steps):
                # Words for this patient, many doses and what needs care: drawings would be too small.
                behind.append(form)
                assert form.cautions
                assert not any(steps)
                assert all(step in words(back) for _, step in form.main.steps)
            weeks = weeks_of(back)
            assert bool(weeks) == any(form.doses)
            for week in weeks:
                dose = form.doses[week - 1]
                assert dose is not None
                amount = dose_words(dose, one.language).amount.replace("\u00a0", " ")
                assert amount in words(front)
                assert amount in words(back)
            noted = (note.words.text for note in form.within(sorted(weeks) or form.main.weeks).notes)
            cautions = (caution.text for caution in form.cautions)
            assert all(told in words(front) for told in (*map(without_place, form.care), *noted, *cautions))
            assert all(told in words(front) + words(back) for told in form.mistakes)
    assert len(behind) <= 1


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
def test_fronts_have_dates_and_backs_the_words_for_this_patient(name: str) -> None:
    one = Made.of(Job(EXAMPLES / name, layout="cards"), Shared())
    dates, framed = one.composer().dates, 0
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        first, last = min(form.main.weeks), max(form.main.weeks)
        said = f"{dates[first_day(first)]} – {dates[last_day(last)]}".replace("\u00a0", " ")
        assert said in words(sides[0])
        for back in sides[1::2]:
            has_steps = form.main.steps[0][1] in words(back)
            assert has_steps or all(caution.text in words(back) for caution in form.cautions)
            framed += bool(form.cautions)
    assert framed or name != "patient-situations.yaml"


def place_of_wrong(made: Made, form: PlannedExercise, sides: Sequence[Page]) -> set[str]:
    """Where what goes wrong stands on the cards of a form: below its steps, or behind, below its weeks."""
    places = set()
    said = f"{made.language.strings.mistakes}: {form.mistakes[0]}"
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        side = next(side for side in (front, back) if said in words(side))
        step = form.main.steps[-1][1]
        last = step if step in words(side) else f"week {max(weeks_of(side))}"
        assert words(side).replace("Week", "week").find(last) < words(side).index(said)
        assert last == step or side is back
        places.add("steps" if last == step else "weeks")
    return places


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_what_goes_wrong_stands_at_one_place_on_all_cards_of_an_exercise(name: str, paper: str) -> None:
    """It stood in front on one card of an exercise, and behind on the next one."""
    one = Made.of(Job(EXAMPLES / name, layout="cards", paper=paper), Shared())
    places: dict[int, set[str]] = {}
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        places.setdefault(form.number, set()).update(place_of_wrong(one, form, sides))
        for front in sides[::2]:
            drawn = [item for item in front.items if isinstance(item, Placed) and item.node >= 0]
            assert max(max(item.width, item.height * 1.5) for item in drawn) >= 45 * MM
    assert all(len(some) == 1 for some in places.values())


def test_what_goes_wrong_leaves_the_front_to_small_drawings() -> None:
    """The plank at the wall was 45 mm high in front and 65 behind; who lies had white above and below."""
    wall = Made.of(Job(EXAMPLES / "patient-en.yaml", layout="cards"), Shared())
    superman = make_program({"program": "full-seven", "layout": "cards", "start": "2026-03-02", "weeks": 12})
    for one, name, width, height in ((wall, "At the wall", 0, 55), (superman, "Arm en been", 72, 0)):
        forms = zip(one.plan().exercises_by_form, sides_of(one), strict=True)
        form, (front, back) = next((form, sides) for form, sides in forms if form.main.name == name)
        assert place_of_wrong(one, form, (front, back)) == {"weeks"}
        assert min(wide for wide, _ in sizes_on(front)) >= width * MM
        assert min(high for _, high in sizes_on(front)) >= height * MM
        assert len(sizes_on(back)) == len(sizes_on(front))


def test_the_first_card_names_exercises_under_their_days_and_explains_doses() -> None:
    one = Made.of(Job(EXAMPLES / "patient-en.yaml", layout="cards"), Shared())
    first, plan = words(one.document().pages[0]), one.plan()
    assert plan.therapist in first
    assert next(word.meaning for word in plan.preparation.words if word.used_by == "sets") in first
    loosen, stronger = "Loosen up: every day", "Get stronger: on Tuesday, Thursday and Saturday"
    named = [first.index(exercise.name) for exercise in plan.exercises]
    assert first.index(loosen) < named[0] < named[1] < first.index(stronger) < named[2] < named[3]


@pytest.mark.parametrize(("language", "paper"), [("nl", "a4"), ("en", "letter")])
def test_the_first_card_of_seven_exercises_explains_all_words_of_doses(language: str, paper: str) -> None:
    data = {"program": "full-seven", "weeks": 6, "start": "2026-03-02", "language": language, "paper": paper}
    personal = {"goal": "Walk to the market", "therapist": "K. Beek", "patient": {"label": "Mr A. Example"}}
    clinic = {"name": "Fysiotherapie De Molenbeek", "phone": "085 000 0000"}
    made = make_program({**data, **personal, "layout": "cards", "days": [*WEEKDAYS]}, clinic)
    front = words_of([text_of(run) for run in runs(made.document().pages[0])])
    used = {"sets", "holds", "hold", "rest"}
    explained = [word for word in made.plan().preparation.words if word.used_by in used]
    assert len(explained) == len(used)
    assert [word for word in explained if words_of([f"{word.term}: {word.meaning}"]) not in front] == []


def test_the_first_card_names_exercises_in_the_order_of_their_cards() -> None:
    """The last exercise, done on every day, stood above those of some days."""
    one = make_program({"program": "full-seven", "layout": "cards", "weeks": 6})
    told = one.language.strings.pain_card.partition("{")[0]
    first = words(one.document().pages[0]).partition(told)[0]
    cards = [int(number) for number in re.findall(r"kaart (\d+)(?! van)", first)]
    assert len(cards) >= len(one.plan().exercises)
    assert cards == sorted(cards)


@pytest.mark.parametrize("values", [{}, {"therapist": "K. Beek"}])
def test_without_a_clinic_the_first_card_has_a_line_for_whom_to_call(values: dict[str, str]) -> None:
    one = make_program({"program": "short-four", "layout": "cards", **values})
    asked = one.language.strings.questions_call
    assert f"{asked}:" in words(one.document().pages[0])
    assert any(node.actual.startswith(asked) for node in one.document().nodes)


def test_signs_take_a_card_that_costs_no_paper_and_stand_in_larger_type() -> None:
    """Eleven cards are six sheets, as twelve are."""
    odd, even = (
        make_program({"language": "en", "program": program, "layout": "cards", "weeks": weeks})
        for program, weeks in (("full-seven", 6), ("short-four", 6))
    )
    sizes = []
    for one in (odd, even):
        assert len(one.document().pages) % 4 == 0
        signs = one.plan().safety.boxes[1].signs
        page = next(page for page in one.document().pages if signs[0] in words(page))
        sizes.append(min(run.size for run in runs(page) if text_of(run).split()[:1] == signs[0].split()[:1]))
    assert sizes[0] >= 1.15 * sizes[1]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("days", [["mon", "thu"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]])
def test_pain_has_a_box_for_each_session_where_a_card_costs_no_paper(paper: str, days: list[str]) -> None:
    data = {"program": "full-seven", "layout": "cards", "weeks": 6, "paper": paper, "days": days}
    one = make_program({**data, "start": "2026-03-02"})
    plan, pages = one.plan(), one.document().pages
    asked = {f"pain.w{week.number}.{session.day}" for week in plan.weeks for session in week.sessions}
    found = [(index, box) for index, page in enumerate(pages) for box in page.items
             if isinstance(box, TickBox) and box.id.startswith("pain")]  # fmt: skip
    assert {box.id for _, box in found} == asked
    (side,) = {index for index, _ in found}
    page = pages[side]
    assert one.language.strings.pain_card.format(card=f"kaart {side // 2 + 1}") in words(pages[0])
    assert one.language.strings.pain_after in words(page)
    assert all(box.size >= 8 * MM - 0.1 for _, box in found)


def test_days_stand_in_the_order_of_the_weeks() -> None:
    one = Made.of(Job(EXAMPLES / "patient-situations.yaml", layout="cards"), Shared())
    assert "woensdag, vrijdag en maandag" in words(one.document().pages[0])
    assert all("Wo, vr, ma" in words(front) for front, _ in sides_of(one)[-2:])


@pytest.mark.parametrize(("program", "weeks", "cards"), [("short-four", 4, 8), ("full-seven", 12, 20)])
def test_a_form_takes_one_card_but_for_weeks_without_room(program: str, weeks: int, cards: int) -> None:
    """Cards of a quarter of the sheet took 11 to 16 and 20 to 24."""
    one = program_of("nl", "a4", program, weeks)
    assert len(one.document().pages) // 2 <= cards
    for sides in sides_of(one):
        assert len(sides) == 2 or max(len(weeks_of(side)) for side in sides) > 4


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_boxes_are_not_far_from_what_stands_left_of_them(paper: str) -> None:
    data = {"language": "en", "paper": paper, "program": "short-four", "weeks": 4, "layout": "cards"}
    one = make_program({**data, "days": ["tue", "thu", "sat"], "start": "2026-04-06"})
    rows = 0
    for page in one.document().pages:
        beside = [box_of(run) for run in runs(page)]
        for week in weeks_of(page):
            box = min(
                (box_of(box) for box in boxes_of(page) if box.id.startswith(f"w{week}.")),
                key=lambda b: b.left,
            )
            ends = [
                text.right
                for text in beside
                if text.right < box.left and text.top < box.bottom and text.bottom > box.top
            ]
            assert box.left - max(ends) < 45 * MM
            rows += 1
    assert rows > 10


def test_twelve_weeks_of_every_day_take_one_card_with_doses_beside_their_weeks() -> None:
    """They took two cards, as each dose had a row of its own above its weeks."""
    data = {"language": "nl", "program": "short-four", "weeks": 12, "layout": "cards"}
    one = make_program({**data, "start": "2026-03-02"})
    first, *_ = sides_of(one)
    assert weeks_of(first[1]) == set(range(1, 13))
    rows = {round(box_of(box).top) for box in boxes_of(first[1])}
    assert len(rows) == 12
    said = words(first[1])
    for dose in one.plan().exercises[0].doses:
        assert dose is not None
        amount = dose_words(dose, one.language).amount.replace("\u00a0", " ")
        assert amount in said
        said = said.replace(amount, "", 1)
    placed = {text_of(run): run for run in runs(first[0])}
    label, dose = (
        next(run for text, run in placed.items() if text.startswith(start))
        for start in ("Week\u00a02", "7\u00a0keer")
    )
    assert label.y == pytest.approx(dose.y, abs=1)


def drawn_on(made: Made, side: Page) -> list[str]:
    """What the drawings of a side show, in the order of the page."""
    nodes = made.document().nodes
    placed = [item for item in side.items if isinstance(item, Placed) and item.node >= 0]
    return [nodes[item.node].alt for item in placed if nodes[item.node].role == "Figure"]


def sizes_on(side: Page) -> list[tuple[float, float]]:
    return [(item.width, item.height) for item in side.items if isinstance(item, Placed) and item.node >= 0]


def test_backs_with_few_weeks_have_the_drawings_again_at_least_as_large() -> None:
    """Lines to write on took a third of some of them."""
    one = program_of("nl", "a4", "short-four", 4)
    sizes = [[*map(sizes_on, sides[:2])] for sides in sides_of(one)]
    larger = [back[0][0] - front[0][0] for front, back in sizes if back]
    assert sum(more >= -0.1 for more in larger) >= 3
    assert any(more > 5 * MM for more in larger)


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_tables_of_weeks_are_equally_wide_in_a_document(name: str, paper: str) -> None:
    """They had three widths, so that boxes of a day stood elsewhere on each card."""
    one = Made.of(Job(EXAMPLES / name, layout="cards", paper=paper), Shared())
    heads = {
        round(item.right - item.left)
        for sides in sides_of(one)
        for back in sides[1::2]
        for item in (box_of(i) for i in back.items if isinstance(i, Shape) and i.fill == TINT)
        if item.bottom - item.top < 8 * MM
    }
    assert len(heads) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("case", [("full-seven", 12, ["mon", "wed", "fri"]), ("full-seven", 6, WEEKDAYS)])
def test_no_back_has_lines_where_drawings_have_room(
    language: str, case: tuple[str, int, Sequence[str]]
) -> None:
    """Where the size of the front had no room behind, lines to write on stood in the place of drawings."""
    program, weeks, days = case
    data = {"language": language, "program": program, "weeks": weeks, "layout": "cards", "days": [*days]}
    one = make_program({**data, "start": "2026-03-02"})
    nodes, notes = one.document().nodes, one.language.strings.notes
    smaller = 0
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        front, back = map(sizes_on, sides[:2])
        lines = [item for item in sides[1].items if item.node >= 0 and nodes[item.node].actual == notes]
        assert not (lines and not back and len(form.main.panels) < 3), form.main.name
        if back:
            parts = [behind[0] / shown[0] for behind, shown in zip(back, front, strict=True)]
            assert max(parts) == pytest.approx(min(parts))
            # Larger drawings than in front leave room for larger boxes than the least.
            least = box_sizes(one.layout.exercise_weeks)[-1].size
            assert max(parts) <= 1 + 1e-6 or min(box.size for box in boxes_of(sides[1])) > least
            assert min(max(width, height * 1.5) for width, height in back) >= 44.9 * MM or max(parts) == 1
            smaller += max(parts) < 0.99
    # Longer English doses make drawings in front smaller too.
    assert smaller or language == "en"


def test_the_contents_name_the_card_of_each_form() -> None:
    one = program_of("nl", "a4", "full-seven", 12)
    contents = words(one.document().pages[0])
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            found = re.search(r"kaart (\d+) van", words(front))
            assert found
            assert f"kaart {found[1]}" in contents
            weeks = ranges(sorted(weeks_of(back)))
            told = re.search(rf"{re.escape(form.name)} ?: (.*)", contents)
            assert told
            for_what = f"week {weeks}" if weeks else f"bij {form.main.situations[0]}"
            assert f"{for_what} kaart {found[1]}" in told[1] or told[1].startswith(f"kaart {found[1]} ")


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


def test_the_first_card_has_name_goal_moment_days_and_the_rules() -> None:
    data = {"program": "short-four", "layout": "cards", "patient": {"label": "Mevrouw Vogelzang"}}
    own = {"name": "Praktijk", "header": "Bovenregel", "footer": "Onderregel", "phone": "085 000 0000"}
    agreed = {"goal": "Weer fietsen", "if_then": "Als ik koffie heb gezet, dan leg ik mijn mat neer"}
    one = make_program({**data, **agreed, "days": ["mon", "thu"]}, {**own, "country": "NL"})
    first, rules, urgent, *others = one.document().pages
    safety = one.plan().safety
    warm_up = one.plan().preparation.warm_up
    days = ("maandag", "donderdag")
    for expected in (
        "Mevrouw Vogelzang",
        *agreed.values(),
        *days,
        *own.values(),
        warm_up.intro,
        warm_up.note,
    ):
        assert expected in words(first)
    for expected in (safety.stop_rule, safety.usual_pain, *(light.text for light in safety.lights)):
        assert expected in words(rules)
    box = safety.boxes[0]
    for expected in (box.title, "112", *box.signs, box.note):
        assert expected in words(urgent)
    assert not any("Vogelzang" in words(page) for page in (rules, urgent, *others))


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_words_that_send_to_the_signs_name_the_side_that_has_them(case: tuple[str, str, str, int]) -> None:
    """The title stood above the stop rule, on the back of the first card, and the signs on the next."""
    one = program_of(*case)
    safety = one.plan().safety
    titled = [side for side in one.document().pages if words(side).startswith(safety.title)]
    assert len(titled) == 1
    urgent = safety.boxes[0]
    assert all(said in words(titled[0]) for said in (urgent.title, *urgent.signs))


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_cards_say_who_stays_off_the_floor_when_alone(case: tuple[str, str, str, int]) -> None:
    one = program_of(*case)
    up = one.plan().preparation.up
    assert up
    assert up.note in words(one.document().pages[1])


def test_a_fixed_moment_that_is_not_agreed_has_a_line() -> None:
    document = make_program({"program": "short-four", "layout": "cards"}).document()
    assert any(node.actual.startswith("Mijn vaste moment") for node in document.nodes)


def test_all_signs_take_two_sides() -> None:
    """Where there is no card to spare."""
    one = make_program({"language": "nl", "program": "short-four", "layout": "cards", "weeks": 6})
    titles = [box.title for box in one.plan().safety.boxes]
    with_signs = [page for page in one.document().pages if any(title in words(page) for title in titles)]
    assert len(with_signs) == 2


@pytest.mark.parametrize("name", ["knee/patient-en.yaml", "patient.yaml", "of eight"])
def test_all_signs_are_on_cards_under_what_to_do(name: str) -> None:
    one = cut_in(8) if name == "of eight" else Made.of(Job(EXAMPLES / name, layout="cards"), Shared())
    safety = one.plan().safety
    sides = [words(page) for page in one.document().pages]
    for title, signs in ((box.title, (*box.signs, box.note)) for box in safety.boxes):
        for sign in signs:
            assert any(title in side and sign in side for side in sides), sign
    for sign in safety.ask_first:
        assert any(safety.ask_first_title in side and sign in side for side in sides), sign


def test_steps_behind_words_for_this_patient_say_that_those_go_first() -> None:
    one = cut_in(4)
    told, sent = one.language.strings.front_first, 0
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for side in sides:
            text = words(side)
            steps = [step for _, step in form.main.steps if step in text]
            has_words = all(note.words.text in text for note in form.notes)
            assert (told in text) == bool(steps and goes_before_drawings(form) and not has_words)
            assert told not in text or text.index(told) < text.index(steps[0])
            sent += told in text
    assert sent


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
    lines = [node.actual for node in made.document().nodes if node.actual.startswith(label)]
    assert len(lines) == len(made.plan().weeks)
    for form, (front, back) in zip(made.plan().exercises_by_form, sides_of(made), strict=True):
        is_open = any(dose and dose.blank for dose in form.doses)
        assert words(front).count(made.language.strings.dose_behind) == is_open
        assert words(back).count(made.language.strings.blank_dose) == is_open * len(form.weeks)
    assert verify(read(made.pdf()), expected_of(made.document())) == ()


def test_words_too_long_for_one_card_go_on_to_the_next() -> None:
    long = "Beweeg rustig en stop als het pijn doet. " * 6
    one = make_program({"program": "short-four", "layout": "cards", "notes": {"bridge": long.strip()}})
    assert re.sub(r"\s+", "", long) in spoken(one.document())
    assert len(one.document().pages) % 2 == 0


@pytest.mark.parametrize("up", [4, 8])
def test_smaller_cards_keep_type_and_words(up: int) -> None:
    one = cut_in(up)
    document = one.document()
    assert all_faults(document, make_look(one.layout, one.paper, one.clinic.accent)) == []
    assert len(document.pages) % 2 == 0
    for exercise in one.plan().exercises_by_form:
        for said in said_of(exercise):
            assert re.sub(r"\s+", "", said) in spoken(document), said


@pytest.mark.parametrize("up", [2, 4, 8])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_backs_stand_behind_their_fronts(up: int, paper: str) -> None:
    """Seen through the paper, a back lies where its front is: mirrored over the long edge."""
    one = cut_in(up).changed(paper=paper)
    sheets = pypdfium2.PdfDocument(io.BytesIO(impose(one.pdf(), Cards(up, paper)).data))
    columns, rows = (1, 2) if up == 2 else (2, up // 2)
    places: dict[int, list[tuple[bool, int, int]]] = {}
    for side in range(len(sheets)):
        page = sheets[side]
        width, height = page.get_size()
        text = page.get_textpage()
        found = text.search("kaart ")
        while place := found.get_next():
            left, bottom, right, top = text.get_charbox(place[0])
            words_there = text.get_text_range(place[0], 20)
            number = re.match(r"kaart (\d+) van", words_there)
            if number:
                cell = int((left + right) / 2 / width * columns), int((bottom + top) / 2 / height * rows)
                places.setdefault(int(number[1]), []).append((bool(side % 2), *cell))
    assert len(places) == len(one.document().pages) // 2
    for number, sides in places.items():
        (front_is_back, front, row), (back_is_back, back, other) = sides
        assert not front_is_back
        assert back_is_back
        assert (back, other) == (columns - 1 - front, row), number


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_boxes_stand_apart_and_drawings_are_clear(case: tuple[str, str, str, int]) -> None:
    one = program_of(*case)
    document = one.document()
    for page in document.pages:
        for first, second in combinations([box_of(box) for box in boxes_of(page)], 2):
            assert not first.grown(1.99 * MM).meets(second.grown(1.99 * MM))
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


def seven_of(weeks: int, paper: str = "a4") -> Made:
    """Seven exercises of a clinic whose number is known."""
    data = {"program": "full-seven", "weeks": weeks, "start": "2026-03-02", "paper": paper}
    data |= {"layout": "cards", "days": ["mon", "wed", "fri"]}
    return make_program(data, {"name": "De Molenbeek", "phone": "085 000 0000", "country": "NL"})


@pytest.mark.parametrize("name", ["patient.yaml", "patient-situations.yaml", "of seven"])
def test_each_card_of_an_exercise_says_when_to_stop_and_whom_to_call(name: str) -> None:
    """Who has one card in hand saw neither, below eleven empty lines."""
    one = seven_of(12) if name == "of seven" else Made.of(Job(EXAMPLES / name, layout="cards"), Shared())
    rule = one.plan().safety.stop_rule.partition(". ")[0]
    without = []
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            said = words(front) + words(back)
            if rule not in said or one.plan().clinic.phone not in said:
                without.append(form.number)
    assert without == []


def test_boxes_are_as_large_as_leaves_drawings_as_good() -> None:
    """A drawing 2 mm wider took 4 mm of the boxes below it."""
    one = seven_of(12)
    forms = zip(one.plan().exercises_by_form, sides_of(one), strict=True)
    back = next(back for form, (_, back) in forms if form.main.name == "Met één voet los")
    assert min(box.size for box in boxes_of(back)) == pytest.approx(12 * MM)
    assert min(width for width, _ in sizes_on(back)) >= 80 * MM


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: "-".join(map(str, case)))
def test_drawings_behind_have_as_much_white_below_as_above(case: tuple[str, str, str, int]) -> None:
    """All white that a back had left stood above its drawings, up to 40 mm."""
    one = program_of(*case)
    for sides in sides_of(one):
        for back in sides[1::2]:
            drawn = [box_of(item) for item in back.items if isinstance(item, Placed) and item.width > 20 * MM]
            if not drawn:
                continue
            texts = [box_of(run) for run in runs(back)]
            top, bottom = min(box.top for box in drawn), max(box.bottom for box in drawn)
            above = top - max(text.bottom for text in texts if text.bottom < top)
            below = min(text.top for text in texts if text.top > bottom) - bottom
            assert above - below < 12 * MM


@pytest.mark.parametrize(("days", "said"), [(["mon", "wed", "fri"], "Ma, wo, vr"), ([*WEEKDAYS], "Elke dag")])
def test_each_front_names_its_days(days: list[str], said: str) -> None:
    """They stood above the drawings on some cards, and below the dose on others."""
    data = {"program": "full-seven", "layout": "cards", "weeks": 6, "start": "2026-03-02"}
    one = make_program({**data, "days": days})
    for form, sides in zip(one.plan().exercises_by_form, sides_of(one), strict=True):
        front = words(sides[0])
        (place,) = (front.index(some) for some in {said, "Ma, wo, vr"} if some in front)
        assert place < front.index(form.main.steps[0][1])
        assert "Op maandag" not in front, form.name
