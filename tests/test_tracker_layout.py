"""Week sheets: what stands on each leaf, which weeks have one, and what cannot be."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from geometry import (
    box_of,
    contrast_faults,
    joined_runs,
    outside_faults,
    overlap_faults,
    page_lines,
    parted_words,
    runs,
    text_of,
    tree_faults,
)
from programs import EXAMPLES, Data, Made, in_week, make_program, personal
from pydantic import TypeAdapter

from pdfgen.cli.app import program
from pdfgen.content.models.layout import TrackerOptions
from pdfgen.content.models.prescription import WeekRanges
from pdfgen.errors import ExitCode, InputError
from pdfgen.planning.wording import dose_words, ranges
from pdfgen.typesetting.destinations import NEXT_WEEK, destination_of
from pdfgen.typesetting.document import Document, GlyphRun, LinkArea, Page, Placed, TickBox
from pdfgen.typesetting.look import INK, MM, make_look

PATIENT = str(EXAMPLES / "patient.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["generate", PATIENT, "--layout", "tracker", *arguments])


def sides(document: Document) -> list[Page]:
    return [page for page in document.pages if page.sheet]


def weeks_of(document: Document) -> list[list[Page]]:
    """The sides of each week: two, or four where it has two leaves; three in a booklet."""
    weeks: dict[int, list[Page]] = {}
    for page in sides(document):
        assert page.sheet
        weeks.setdefault(page.sheet.week, []).append(page)
    return [*weeks.values()]


def words_of(page: Page) -> str:
    return " ".join(words for _, _, words in page_lines(page)).replace("\u00a0", " ")


def tick_boxes(page: Page) -> list[TickBox]:
    return [item for item in page.items if isinstance(item, TickBox)]


def names(page: Page) -> set[str]:
    return {box.id for box in tick_boxes(page)}


@pytest.mark.parametrize(
    ("written", "weeks"),
    [("5-8, 12", (5, 6, 7, 8, 12)), (3, (3,)), ([2, 1], (2, 1)), ("1", (1,)), ("2 - 3,5", (2, 3, 5))],
)
def test_weeks_are_written_as_a_text_or_a_list(written: object, weeks: tuple[int, ...]) -> None:
    assert TypeAdapter(WeekRanges).validate_python(written, strict=True) == weeks


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("x", "write weeks such as 5-8, 12 or [5, 6, 12]"),
        ("6-2", "the weeks 6-2 run backwards"),
        ("5-9", "there is no week 7 or 8 or 9; the program has 6 weeks"),
        ("0-2", "must be at least 1"),
        ("", "write weeks such as"),
    ],
)
def test_weeks_that_cannot_be_are_told_with_the_option(written: str, said: str) -> None:
    result = run("-o", "-", "--tracker-weeks", written)
    assert result.exit_code == ExitCode.INPUT
    assert result.stderr.startswith("--tracker-weeks: tracker_weeks: ")
    assert said in result.stderr


@pytest.mark.parametrize("layout", ["tracker", "standard", "booklet"])
def test_leaves_are_those_of_the_weeks_asked_for(layout: str) -> None:
    made = sheets_alone(make_program({"layout": layout, "weeks": 12, "tracker_weeks": "5-6, 12"}))
    found = [(page.sheet.week, page.sheet.name) for page in sides(made.document()) if page.sheet]
    assert found == [(5, "05a"), (5, "05b"), (6, "06a"), (6, "06b"), (12, "12a"), (12, "12b")]


def test_weeks_in_any_order_are_printed_in_order_once() -> None:
    document = make_program({"layout": "tracker", "weeks": 8, "tracker_weeks": [4, 2, 4]}).document()
    assert [page.sheet.week for page in sides(document) if page.sheet] == [2, 2, 4, 4]


def test_a_layout_without_a_tracker_has_no_sheets_for_its_weeks() -> None:
    """The weeks are a property of the prescription; other layouts leave them alone."""
    assert not sides(make_program({"layout": "wall-sheet", "tracker_weeks": "2"}).document())
    with pytest.raises(InputError, match="no week 7"):
        make_program({"layout": "wall-sheet", "tracker_weeks": "7"})


CLINIC = {"name": "Praktijk", "phone": "085 000 0000"}
GOAL = "Weer met de kleinkinderen op de grond spelen"

CASES = pytest.mark.parametrize(
    ("layout", "paper", "program", "language"),
    [
        ("standard", "a4", "short-four", "nl"),
        ("standard", "letter", "full-seven", "en"),
        ("large-print", "a4", "full-seven", "nl"),
        ("large-print", "letter", "short-four", "en"),
        ("tracker", "a4", "starter", "nl"),
        ("booklet", "a4", "full-seven", "nl"),
        ("booklet", "letter", "short-four", "en"),
        ("bilingual", "a4", "short-four", "nl"),
    ],
)  # fmt: skip


@cache
def made_of(layout: str, paper: str, program: str, language: str, weeks: int = 6) -> Made:
    data = {
        "layout": layout, "paper": paper, "program": program, "language": language, "weeks": weeks,
        "start": "2026-03-02", "goal": GOAL,
    }  # fmt: skip
    return sheets_alone(make_program(data, CLINIC))


def sheets_alone(made: Made, *before: str) -> Made:
    """The program in its layout, but with the week sheets alone, behind the sections `before`."""
    return made.changed(layout=made.layout.model_copy(update={"sections": (*before, "tracker")}))


@CASES
class TestLeaves:
    def test_pages_are_without_faults(self, layout: str, paper: str, program: str, language: str) -> None:
        made = made_of(layout, paper, program, language)
        header = make_look(made.layout, made.paper, made.clinic.accent)
        document = made.document()
        shown = replace(document, pages=tuple(sides(document)))
        faults = [
            *outside_faults(document, header, mirrored=made.layout.margins.mirrored),
            *overlap_faults(shown),
            *contrast_faults(shown),
            *tree_faults(document),
        ]
        assert faults == []

    def test_a_week_is_one_leaf_on_a_right_hand_page_or_two_pages_that_face_each_other(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        pages = made_of(layout, paper, program, language).document().pages
        found = [(number, page.sheet) for number, page in enumerate(pages, 1) if page.sheet]
        weeks = [*range(1, 7), 0]
        names = "abcd" if self.has_two_leaves(layout, program) else "ab"
        order = [(week, side) for week in weeks for side in names]
        if names == "abcd" and layout == "booklet":
            # The pages with the questions of two weeks face each other too.
            pairs = [weeks[first : first + 2] for first in range(0, len(weeks), 2)]
            order = [
                (week, side) for pair in pairs for sides in ("ab", "c") for week in pair for side in sides
            ]
        assert [(sheet.week, sheet.name[-1]) for _, sheet in found] == order
        for number, sheet in found:
            if layout != "booklet":
                assert number % 2 == (sheet.name[-1] in "ac")
            elif sheet.name[-1] != "c":
                assert number % 2 == (sheet.name[-1] == "b")

    @staticmethod
    def has_two_leaves(layout: str, program: str) -> bool:
        """Whether drawings would have less than the least size of the layout on one leaf."""
        return program == "full-seven" and layout in ("large-print", "booklet")

    def test_there_is_a_box_for_every_exercise_of_every_session_and_no_other(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        plan = made.plan()
        for week, pages in zip((*plan.weeks, plan.spare_week), weeks_of(made.document()), strict=True):
            days = {day: number for number, day in enumerate(week.days, 1)}
            used = {days[session.day] for session in week.sessions}
            found = set().union(*map(names, pages))
            assert len(found) == sum(len(tick_boxes(page)) for page in pages)
            exercises = {name for name in found if name.startswith("ex")}
            assert exercises == {
                f"ex{item.number}.d{days[session.day]}" for session in week.sessions for item in session.items
            }
            asked = {name for name in found if name.startswith("morning")}
            assert asked == {f"morning.d{day}" for day in used}
            pain = {name for name in found if name.startswith("pain.")}
            numbers = {name for name in found if name.startswith("painnumber")}
            assert pain in (set(), {f"pain.d{day}.{value}" for day in used for value in range(11)})
            assert numbers == (set() if pain else {f"painnumber.d{day}" for day in used})
            assert {"effort.easy", "effort.right", "effort.hard"} <= found

    def test_boxes_are_large_and_apart_and_empty(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        for page in sides(made_of(layout, paper, program, language).document()):
            squares = [box_of(box) for box in tick_boxes(page)]
            assert all(box.size >= 10 * MM - 0.01 for box in tick_boxes(page))
            for one, other in combinations(squares, 2):
                assert not one.grown(4 * MM - 0.05).meets(other, by=0.0)
            things = [item for item in page.items if not isinstance(item, TickBox | LinkArea)]
            for thing in things:
                if isinstance(thing, GlyphRun) and not text_of(thing).strip():
                    continue
                assert not any(square.meets(box_of(thing), by=0.05) for square in squares), thing

    def test_stop_rule_and_number_are_on_each_leaf_and_the_goal_in_each_week(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        rule = made.plan().safety.stop_rule.replace("\u00a0", " ")
        pages = sides(made.document())
        for page in pages if layout != "booklet" else []:
            for said in (rule.partition(". ")[0], "085 000 0000", "112"):
                assert said in _joined(page), said

        for week in weeks_of(made.document()):
            words = [" ".join(words_of(page).split()) for page in week]
            assert any(rule in said for said in words)
            # What faces each other in a booklet is seen at once.
            assert rule.partition(". ")[0] in " ".join(words[:2])
            assert GOAL in (words[-1] if layout == "large-print" else " ".join(words))

    def test_form_and_dose_of_the_week_are_on_its_leaf_unbroken(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        for week, pages in zip(made.plan().weeks, weeks_of(made.document()), strict=False):
            lines = [line.replace("\u00a0", " ") for page in pages for _, _, line in page_lines(page)]
            for exercise in made.plan().exercises:
                dose = exercise.doses[week.number - 1]
                if dose is None:
                    continue
                amount = dose_words(dose, made.language).amount.replace("\u00a0", " ")
                assert any(amount in line for line in lines), amount

    def test_each_row_says_form_dose_and_the_rest_between_sets(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        document, weeks = made.document(), {week.number: week for week in made.plan().weeks}
        for page in sides(document):
            assert page.sheet
            if page.sheet.week not in weeks:
                continue
            for number, said in _rows(document, page).items():
                exercise = made.plan().exercises[number - 1]
                dose = exercise.doses[page.sheet.week - 1]
                if dose is None:
                    continue
                words = dose_words(dose, made.language, exercise.rest_s)
                for wanted in (exercise.form_in(page.sheet.week).name, *words):
                    assert wanted.replace("\u00a0", " ") in said

    def test_an_exercise_that_begins_later_has_a_line_that_says_when(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        document, exercises = made.document(), made.plan().exercises
        found: dict[int, dict[int, str]] = {}
        for page in sides(document):
            assert page.sheet
            found.setdefault(page.sheet.week, {}).update(_rows(document, page))
        for week, rows in found.items():
            assert [*rows] == [exercise.number for exercise in exercises], week
            for exercise in exercises if week else ():
                begin = exercise.doses.index(next(filter(None, exercise.doses))) + 1
                said = made.language.fill(made.language.strings.from_week, {"week": begin})
                assert (said in rows[exercise.number]) == (begin > week)

    def test_a_side_says_that_exercises_go_on_and_where(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        strings = made.language.strings
        more, _, _ = strings.more_elsewhere.partition(" {place}")
        near = far = strings.place_second_sheet
        if layout == "booklet":
            near, far = strings.place_beside, strings.place_overleaf
        for pages in weeks_of(made.document()):
            have = [any(name.startswith("ex") for name in names(page)) for page in pages]
            for number, page in enumerate(pages):
                said = _joined(page)
                is_asked = layout != "booklet" and not have[number]
                one = strings.one_behind.partition("}")[2].strip()
                is_said = more in said or one in said
                assert is_said == (any(have[number + 1 :]) and not is_asked), (number, said)
                if more in said and len(pages) > 2:
                    assert f"{more} {(near, far)[number]}." in said
                elif more in said and layout != "booklet":
                    assert strings.more_behind in said or one in said

    def test_a_front_without_the_pain_of_a_day_says_where_that_is(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        strings = made.language.strings
        for pages in weeks_of(made.document()):
            if (
                layout != "booklet"
                and len(pages) == 2
                and not any(n.startswith("pain") for n in names(pages[0]))
            ):
                said = (strings.pain_behind, strings.more_behind, strings.one_behind.partition("}")[2])
                assert any(words in _joined(pages[0]) for words in said)

    def test_weeks_with_lines_to_write_on_have_them_for_the_same(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        strings = made.language.strings
        labels = (strings.went_well, strings.was_hard, strings.notes)
        asked = {
            tuple(label for label in labels if any(f"{label}:" in _joined(page) for page in pages))
            for pages in weeks_of(made.document())
        }
        # A week without room for a line has none.
        assert len(asked - {()}) <= 1

    def test_no_leaf_leaves_out_what_is_asked_at_the_end_of_the_week(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        strings = made.language.strings
        times, _, _ = strings.times_done.partition("{blank}")
        for pages in weeks_of(made.document()):
            said = " ".join(map(_joined, pages))
            for words in (strings.effort, strings.walked, times.strip()):
                assert said.count(words) == 1, words
            assert said.count(strings.fixed_moment) == 1

    def test_half_way_and_the_last_week_have_a_word_of_their_own(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        strings = made.language.strings
        pages = sides(made.document())
        for words, wanted in ((strings.half_way, 3), (strings.last_week, 6)):
            weeks = [page.sheet.week for page in pages if page.sheet and words in _joined(page)]
            assert weeks == [wanted], "it is said once"

    def test_the_rules_stand_once_before_the_first_leaf(
        self, layout: str, paper: str, program: str, language: str
    ) -> None:
        made = made_of(layout, paper, program, language)
        rule = made.language.strings.rule_missed
        pages = made.document().pages
        found = [number for number, page in enumerate(pages) if rule in _joined(page)]
        first = next(number for number, page in enumerate(pages) if page.sheet)
        assert len(found) == (0 if made.layout.supplement else 1)
        assert all(number < first for number in found)
        assert all(made.language.strings.week_rule in _joined(week[0]) for week in weeks_of(made.document()))


@pytest.mark.parametrize(
    ("layout", "paper", "program", "language"),
    [
        ("standard", "a4", "short-four", "nl"),
        ("standard", "a4", "full-seven", "nl"),
        ("large-print", "letter", "short-four", "en"),
        ("booklet", "a4", "short-four", "nl"),
    ],
)
def test_each_row_names_the_page_of_its_form_with_a_link(
    layout: str, paper: str, program: str, language: str
) -> None:
    made = sheets_alone(made_of(layout, paper, program, language), "exercises")
    document, plan = made.document(), made.plan()
    pages = {place.name: place.page + 1 for place in document.destinations}
    for page in sides(document):
        assert page.sheet
        week = page.sheet.week
        links = {(item.target, item.description) for item in page.items if isinstance(item, LinkArea)}
        for number, row in _rows(document, page).items():
            exercise = plan.exercises[number - 1]
            if week and exercise.doses[week - 1] is None:
                continue
            name = destination_of(in_week(exercise, week) if week else exercise)
            # A spare sheet may be for any form.
            last = destination_of(in_week(exercise, week or exercise.forms[-1].weeks[0]))
            strings = made.language.strings
            said = made.language.fill(strings.on_page, {"page": pages[name]})
            if pages[last] != pages[name]:
                said = made.language.fill(strings.on_pages, {"first": pages[name], "last": pages[last]})
            assert said in row
            assert (f"#{name}", said) in links
        small = {run.size for run in runs(page)}
        assert min(small) >= 10


@pytest.mark.parametrize(
    ("layout", "notes", "said"),
    [
        ("standard", {"bridge": "Til je heupen niet hoger dan een handbreedte."}, True),
        ("tracker", {"bridge": "Til je heupen niet hoger dan een handbreedte."}, True),
        ("standard", {}, False),
        ("large-print", {"bridge": "Til je heupen niet hoger dan een handbreedte."}, True),
    ],
)
def test_the_front_of_each_week_says_that_words_go_before_pictures(
    layout: str, notes: Data, *, said: bool
) -> None:
    """A note stood beside a drawing of what it forbids, and nothing said which of them counts."""
    made = make_program(
        {"program": "short-four", "weeks": 6, "start": "2026-03-02", "layout": layout, "notes": notes}
    )
    words = made.language.strings.before_picture
    for front, *others in weeks_of(made.document()):
        assert (words in _joined(front)) == said
        assert not any(words in _joined(page) for page in others)


def test_sheets_without_the_pages_of_exercises_name_none() -> None:
    document = made_of("tracker", "a4", "starter", "nl").document()
    assert not any("bladzijde" in said for page in sides(document) for said in _rows(document, page).values())


@pytest.mark.parametrize(
    ("layout", "paper", "program"),
    [
        ("tracker", "a4", "short-four"),
        ("standard", "a4", "short-four"),
        ("large-print", "a4", "full-seven"),
        ("booklet", "a4", "short-four"),
        ("booklet", "letter", "short-four"),
    ],
)
def test_the_side_that_asks_for_pain_says_what_counts_for_whose_usual_pain_is_amber(
    layout: str, paper: str, program: str
) -> None:
    made = made_of(layout, paper, program, "nl")
    strings = made.language.strings
    said = [_joined(page) for page in sides(made.document())]
    asking = [words for words in said if strings.pain_after in words]
    assert len(asking) == len(weeks_of(made.document()))
    assert all(words.count(made.plan().safety.usual_pain) == (words in asking) for words in said)


@pytest.mark.parametrize(
    ("layout", "paper"),
    [("standard", "a4"), ("standard", "letter"), ("tracker", "a4"), ("large-print", "a4"), ("booklet", "a4")],
)
@pytest.mark.parametrize("program", ["short-four", "full-seven"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_side_that_calls_a_zone_by_its_colour_names_the_zone_by_it(
    layout: str, paper: str, program: str, language: str
) -> None:
    """On a sheet without colours nothing said which of "go on", "do less" and "stop" is green."""
    made = made_of(layout, paper, program, language)
    plan = made.plan()
    colours = {light.title.partition(",")[0]: light.title.partition(": ")[2] for light in plan.safety.lights}
    assert len(colours) == 3
    for page in sides(made.document()):
        said = _joined(page)
        named = {colour for colour in colours if colour.lower() in plan.safety.usual_pain.lower()}
        assert len(named) == 2
        if plan.safety.usual_pain in said:
            for colour in named:
                action = re.escape(colours[colour])
                pattern = rf"{colour}(, [^:]*)?: {action}|{colour.lower()} \({action}\)"
                assert re.search(pattern, said), f"{colour} is named on {layout}, and not what it asks"


@pytest.mark.parametrize("program", ["short-four", "full-seven"])
def test_a_row_of_zones_with_room_for_their_names_has_them(program: str) -> None:
    for layout, paper, language in (("standard", "a4", "nl"), ("standard", "letter", "en")):
        made = made_of(layout, paper, program, language)
        asking = [
            _joined(page) for page in sides(made.document()) if made.plan().safety.usual_pain in _joined(page)
        ]
        colours = [light.title.partition(",")[0] for light in made.plan().safety.lights]
        assert asking
        assert all(colour in said for said in asking for colour in colours)


@pytest.mark.parametrize("layout", ["standard", "tracker", "large-print"])
def test_each_side_has_a_number_for_questions_or_a_line_for_it(layout: str) -> None:
    """Backs of sheets without the number of a clinic named the one for emergencies alone."""
    made = make_program({"program": "short-four", "weeks": 6, "layout": layout})
    asked = made.language.strings.questions_call
    assert not made.plan().clinic.phone
    assert all(asked in _joined(page) for page in sides(made.document()))


def _rows(document: Document, page: Page) -> dict[int, str]:
    """Return what the rows of exercises on a page say, by the number of the exercise."""
    said: dict[int, str] = {}
    for run in joined_runs(page.items):
        node = run.node
        while node >= 0 and document.nodes[node].scope != "Row":
            node = document.nodes[node].parent
        if node >= 0:
            said[node] = f"{said.get(node, '')} {text_of(run).strip()}"
    rows = (" ".join(words.replace("\u00a0", " ").split()) for words in said.values())
    return {int(words.split()[0]): words for words in rows if words[0].isdigit()}


def _joined(page: Page) -> str:
    return " ".join(words_of(page).split())


@pytest.mark.parametrize(
    ("layout", "program", "leaf", "end"),
    [
        ("standard", "short-four", "rule_leaf", "rule_end"),
        ("large-print", "full-seven", "rule_two_leaves", "rule_end_facing"),
        ("booklet", "short-four", "rule_leaf_facing", "rule_end_facing"),
        ("booklet", "full-seven", "rule_three_pages", "rule_end_facing"),
    ],
)
def test_rules_say_how_many_sheets_or_pages_a_week_has(
    layout: str, program: str, leaf: str, end: str
) -> None:
    made = made_of(layout, "a4", program, "nl")
    strings, said = made.language.strings, " ".join(map(_joined, made.document().pages))
    leaves = ("rule_leaf", "rule_two_leaves", "rule_leaf_facing", "rule_three_pages", "rule_four_pages")
    assert [rule for rule in leaves if getattr(strings, rule) in said] == [leaf]
    assert [rule for rule in ("rule_end", "rule_end_facing") if getattr(strings, rule) in said] == [end]


@pytest.mark.parametrize("before", [(), ("faq",), ("faq", "passport"), ("cover",), ("cover", "faq")])
@pytest.mark.parametrize("layout", ["standard", "large-print"])
def test_whatever_stands_before_leaves_begin_on_right_hand_pages(
    layout: str, before: tuple[str, ...]
) -> None:
    made = sheets_alone(make_program({"layout": layout, "weeks": 2}), *before)
    pages = made.document().pages
    fronts = [number for number, page in enumerate(pages, 1) if page.sheet and page.sheet.name.endswith("a")]
    assert len(fronts) == 3
    assert all(number % 2 for number in fronts)


def test_where_all_has_no_room_on_a_leaf_a_week_has_two_and_nothing_is_left_out() -> None:
    moment = (
        "Als ik koffie heb gehad en de krant uit is, dan doe ik mijn oefeningen op het matje in de kamer. "
        * 2
    )
    data = {"layout": "booklet", "program": "full-seven", "days": THREE_DAYS, "weeks": 12, "goal": GOAL}
    made = make_program({**data, "if_then": moment.strip(), "start": "2026-03-02"}, CLINIC)
    document = made.document()
    first = [page for page in sides(document) if page.sheet and page.sheet.week == 1]
    assert [page.sheet.name[-1] for page in first if page.sheet] == list("abc")
    assert {name for page in first for name in names(page)} >= {f"walk.d{day}" for day in range(1, 8)}
    said = " ".join(map(_joined, first))
    strings = made.language.strings
    assert all(words in said for words in (moment.strip(), strings.effort, strings.walked))
    assert document.pages.index(first[0]) % 2, "on a left-hand page, so that it is seen with what follows"


@pytest.mark.parametrize("layout", ["tracker", "large-print"])
@pytest.mark.parametrize("asked_by", ["clinic", "prescription"])
def test_marks_and_codes_come_only_where_asked_for_and_move_nothing(layout: str, asked_by: str) -> None:
    data = {"layout": layout, "weeks": 2, "start": "2026-03-02", "id": "7K3QMZ9P"}
    plain = sheets_alone(make_program(data, CLINIC))
    asked = {"read_back": True}
    in_prescription, in_clinic = (asked if asked_by == who else {} for who in ("prescription", "clinic"))
    made = sheets_alone(make_program(data | in_prescription, CLINIC | in_clinic))
    for before, after in zip(sides(plain.document()), sides(made.document()), strict=True):
        assert before.sheet
        assert after.sheet
        assert before.sheet.marks == before.sheet.codes == ()
        assert (len(after.sheet.marks), len(after.sheet.codes)) == (6, 2)
        # Rules for a machine come before the sheets, so the elements of boxes have other numbers.
        assert [box._replace(line=0, node=0) for box in tick_boxes(before)] == [
            box._replace(line=0, node=0) for box in tick_boxes(after)
        ]
        shown, read = ([run._replace(node=0) for run in runs(page)] for page in (before, after))
        assert shown == read


@pytest.mark.parametrize("read_back", [True, False])
def test_how_a_mark_must_look_is_told_only_where_a_machine_reads(read_back: bool) -> None:
    made = sheets_alone(make_program({"weeks": 2, "read_back": read_back}, CLINIC))
    strings = made.language.strings
    said = " ".join(_joined(page) for page in made.document().pages)
    for rule in (strings.rule_not_done, strings.rule_pen, strings.rule_mistake, strings.box_taken_back):
        assert (rule in said) == read_back


def test_a_prescription_may_refuse_what_its_clinic_asks_for() -> None:
    made = make_program({"layout": "tracker", "read_back": False}, CLINIC | {"read_back": True})
    assert not any(page.sheet.codes for page in sides(made.document()) if page.sheet)


def test_a_booklet_is_never_read_by_machine() -> None:
    made = sheets_alone(make_program({"layout": "booklet", "read_back": True}, CLINIC))
    assert not any(page.sheet.codes for page in sides(made.document()) if page.sheet)


def test_read_back_can_be_set_on_the_command_line(tmp_path: Path) -> None:
    plain, read = tmp_path / "plain.pdf", tmp_path / "read.pdf"
    assert run("-o", str(plain)).exit_code == 0
    done = run("-o", str(read), "--set", "read_back=true")
    assert done.exit_code == 0, done.stderr
    assert b"/ImageMask true" in read.read_bytes()
    assert b"/ImageMask true" not in plain.read_bytes()


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet"])
def test_pictures_can_be_left_out(layout: str) -> None:
    """Without them nothing else is missing; with them both ends of a movement, in large print its end."""
    made = made_of(layout, "a4", "short-four", "nl")
    bare = made.layout.model_copy(update={"tracker": TrackerOptions(pictures=False)})
    without = made.changed(layout=bare).document()
    drawn, bare_sides = sides(made.document()), sides(without)
    weeks = zip(
        made.plan().weeks,
        *(pages[start::2] for pages in (drawn, bare_sides) for start in (0, 1)),
        strict=False,
    )
    for week, front, back, *others in weeks:
        drawings = [item for item in (*front.items, *back.items) if isinstance(item, Placed)]
        figures = {item.drawing.name for item in drawings}
        for exercise in made.plan().exercises:
            if exercise.doses[week.number - 1] is not None:
                form = exercise.form_in(week.number)
                for panel in form.emblems if layout == "large-print" else form.panels[:2]:
                    assert made.composer().figures[panel.figure].name in figures
        assert {"figures/cat-cow-a", "figures/cat-cow-b"} <= figures
        left = (item for page in others for item in page.items if isinstance(item, Placed))
        names_left = {item.drawing.name for item in left}
        assert len(names_left) <= 1, "the stop sign only"


WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EVERY_DAY = {"mobilising": WEEKDAYS, "strengthening": WEEKDAYS}
THREE_DAYS = ["mon", "wed", "fri"]


@pytest.mark.parametrize(
    ("layout", "paper", "program", "days", "lying", "standing"),
    [
        ("booklet", "a4", "short-four", THREE_DAYS, 25, 25),
        ("booklet", "a4", "short-four", EVERY_DAY, 25, 20),
        ("booklet", "letter", "short-four", EVERY_DAY, 25, 20),
        ("booklet", "letter", "full-seven", EVERY_DAY, 25, 20),
        ("large-print", "a4", "short-four", EVERY_DAY, 30, 30),
        ("large-print", "a4", "full-seven", THREE_DAYS, 26, 24),
        ("large-print", "a4", "full-seven", EVERY_DAY, 26, 24),
        ("large-print", "letter", "full-seven", EVERY_DAY, 40, 34),
        ("tracker", "a4", "full-seven", WEEKDAYS, 30, 30),
        ("tracker", "letter", "full-seven", THREE_DAYS, 30, 30),
        ("standard", "letter", "full-seven", WEEKDAYS, 30, 30),
    ],
)
def test_drawings_of_a_week_have_a_least_size(
    layout: str, paper: str, program: str, days: Any, lying: int, standing: int
) -> None:
    data = {"layout": layout, "program": program, "days": days, "paper": paper, "start": "2026-03-02"}
    language = "en" if paper == "letter" else "nl"
    made = sheets_alone(make_program({"weeks": 8, "goal": GOAL, "language": language, **data}, CLINIC))
    drawings = [
        item
        for page in sides(made.document())
        for item in page.items
        if isinstance(item, Placed) and item.drawing.name.startswith("figures/")
    ]
    assert drawings
    for item in drawings:
        is_upright = item.height > item.width
        assert (item.height >= standing * MM - 1) if is_upright else (item.width >= lying * MM - 1), item


def test_a_form_has_one_size_on_all_leaves() -> None:
    sizes: dict[tuple[str, bool], set[tuple[float, float]]] = {}
    for page in sides(made_of("standard", "letter", "full-seven", "en").document()):
        for item in page.items:
            if isinstance(item, Placed):
                key = item.drawing.name, item.mirrored
                sizes.setdefault(key, set()).add((round(item.width, 2), round(item.height, 2)))
    assert sizes
    assert {name: found for name, found in sizes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("layout", ["tracker", "standard", "large-print", "booklet"])
def test_a_spare_leaf_has_a_line_for_its_week_none_for_doses_and_no_dates(layout: str) -> None:
    """Form, dose, hold and rest were to be copied to one line without a name."""
    data = {"layout": layout, "weeks": 4, "program": "full-seven", "start": "2026-03-02"}
    made = sheets_alone(make_program(data))
    document = made.document()
    front, *others = weeks_of(document)[-1]
    words = _joined(front)
    assert words.startswith(made.language.strings.spare_week)
    assert made.language.strings.spare_note in words
    assert "mrt" not in words
    assert [line for _, _, line in page_lines(front) if " keer" in line and line[0].isdigit()] == []
    said = [
        document.nodes[item.node].actual for page in (front, *others) for item in page.items if item.node >= 0
    ]
    assert said.count("Week: …") == 1
    assert f"{made.language.strings.dose}: …" not in said


@pytest.mark.parametrize("layout", ["tracker", "standard", "large-print", "booklet"])
@pytest.mark.parametrize("name", ["three", "daily"])
def test_a_spare_leaf_names_all_forms_of_an_exercise_with_their_weeks(layout: str, name: str) -> None:
    days = {"days": EVERY_DAY} if name == "daily" else {"days": ["mon", "wed", "fri"]}
    made = make_program({"layout": layout, "weeks": 12, "program": "full-seven", "language": "en", **days})
    document = made.document()
    rows = {number: row for page in weeks_of(document)[-1] for number, row in _rows(document, page).items()}
    more = [exercise for exercise in made.plan().exercises if len(exercise.forms) > 1]
    assert more
    for exercise in more:
        places = [rows[exercise.number].find(f"{ranges(f.weeks)}: {f.name}") for f in exercise.forms]
        assert min(places) >= 0, exercise.name
        assert places == sorted(places)


def test_a_dose_that_is_left_open_has_a_line() -> None:
    made = make_program({"layout": "tracker", "weeks": 2, "doses": {"bridge": {"blank": True}}})
    nodes = made.document().nodes
    front = sides(made.document())[0]
    lines = [nodes[item.node].actual for item in front.items if item.node >= 0]
    assert lines.count(f"{made.language.strings.dose}: …") == 1


@pytest.mark.parametrize(
    ("layout", "paper"),
    [
        ("tracker", "a4"),
        ("standard", "letter"),
        ("large-print", "a4"),
        ("large-print", "letter"),
        ("booklet", "a4"),
        ("booklet", "letter"),
    ],
)
def test_what_is_meant_for_this_patient_stands_in_the_row_of_its_form(layout: str, paper: str) -> None:
    """On every sheet, the spare one too: it hangs on a wall, far from the page with the explanation."""
    note = "Doe dit heel rustig en stop op tijd."
    data = {"layout": layout, "paper": paper, "weeks": 2, "situations": ["osteoporosis", "pregnancy"]}
    notes = dict.fromkeys(("knee-rolls", "cat-cow", "bridge", "plank"), note)
    made = make_program({**data, "notes": notes})
    document = made.document()
    for week in weeks_of(document):
        rows = {number: said for page in week for number, said in _rows(document, page).items()}
        for exercise in made.plan().exercises:
            for words in personal(exercise):
                assert words.replace("\u00a0", " ") in rows[exercise.number]


def test_a_spare_leaf_has_no_drawing_of_a_form_that_may_not_be_that_of_its_week() -> None:
    made = sheets_alone(make_program({"layout": "tracker", "weeks": 12, "program": "short-four"}))
    spare = [page for page in sides(made.document()) if page.sheet and not page.sheet.week]
    drawn = {i.drawing.name for page in spare for i in page.items if isinstance(i, Placed)}
    for exercise in made.plan().exercises:
        shown = {made.composer().figures[p.figure].name for form in exercise.forms for p in form.panels}
        assert bool(drawn & shown) is (len(exercise.forms) == 1), exercise.name


def test_without_a_number_of_the_clinic_there_is_a_line_to_write_it_on() -> None:
    made = make_program({"layout": "tracker", "weeks": 2})
    document = made.document()
    line = f"{made.language.strings.questions_call}: …"
    for front in sides(document)[::2]:
        assert line in {document.nodes[item.node].actual for item in front.items if item.node >= 0}


def test_a_dose_that_is_left_open_says_who_fills_it_in() -> None:
    made = make_program({"layout": "tracker", "weeks": 2, "doses": {"bridge": {"blank": True}}})
    front, *_, spare, _ = sides(made.document())
    assert _joined(front).count(made.language.strings.blank_dose) == 1
    assert made.language.strings.blank_dose not in _joined(spare)


@pytest.mark.parametrize("layout", ["booklet", "large-print", "tracker"])
def test_no_word_is_parted_beside_boxes_of_seven_days(layout: str) -> None:
    """All other layouts: `test_layout_matrix`."""
    data = {"layout": layout, "paper": "letter", "program": "full-seven", "weeks": 12, "days": EVERY_DAY}
    document = sheets_alone(make_program({**data, "language": "nl", "start": "2026-03-02"})).document()
    assert parted_words(document) == []


@pytest.mark.parametrize("layout", ["large-print", "standard"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_number_for_emergencies_stands_without_what_it_is_for(layout: str, language: str) -> None:
    """The short foot said "Call now: 112" right behind "Stop at once if you feel sharp pain"."""
    made = make_program({"weeks": 4, "start": "2026-03-02", "layout": layout, "language": language})
    box = made.plan().safety.boxes[0]
    purpose = box.phones[0].label.partition(",")[0].lower()
    texts = [text for page in sides(made.document()) if "112" in (text := _joined(page).lower())]
    assert texts
    for text in texts:
        before, _, behind = text.partition("112")
        assert purpose in before[-20:] + behind[:20]


def test_the_rules_say_what_a_week_that_is_done_again_does_to_the_dates() -> None:
    made = make_program({"weeks": 4, "start": "2026-03-02"})
    strings = made.language.strings
    rule = made.language.fill(strings.rule_again, {"sheet": strings.spare_week})
    said = " ".join(_joined(page) for page in made.document().pages if not page.sheet)
    assert rule in said.replace("\u00a0", " ")


@pytest.mark.parametrize("layout", ["standard", "tracker", "large-print", "booklet"])
def test_dates_of_all_weeks_stand_at_one_height_and_one_place(layout: str) -> None:
    data = {"layout": layout, "weeks": 12, "program": "full-seven", "start": "2026-03-02"}
    made = sheets_alone(make_program(data))
    years = re.compile(r"^\d+ [a-z]{3} – \d+ [a-z]{3}")
    places = [
        (round(x), round(y))
        for pages in weeks_of(made.document())[:-1]
        for x, y, words in page_lines(pages[0])
        if years.match(words.replace("\u00a0", " "))
    ]
    assert len(places) >= 12
    assert len(set(places)) == 1, set(places)


def test_sheets_name_the_page_of_the_warm_up_and_sheets_alone_say_where_all_is_explained() -> None:
    data = {"program": "short-four", "weeks": 4, "start": "2026-03-02", "days": ["mon", "wed", "fri"]}
    program, alone = (make_program({**data, "layout": layout}) for layout in ("standard", "tracker"))
    front = weeks_of(program.document())[0][0]
    first = next(n for n, page in enumerate(program.document().pages, 1) if "Loop 3 tot 5" in _joined(page))
    named = f"{program.plan().preparation.warm_up.title} (bladzijde {first})"
    assert named.replace(" ", "") in _joined(front).replace(" ", "").replace("\u00a0", "")
    explained = alone.language.strings.explained_elsewhere
    assert all(explained in _joined(pages[0]) for pages in weeks_of(alone.document()))
    assert explained not in _joined(front)


def test_one_exercise_at_the_back_is_named_in_front() -> None:
    data = {"program": "full-seven", "weeks": 12, "start": "2026-03-02", "days": ["mon", "wed", "fri"]}
    made = sheets_alone(make_program(data))
    for pages in weeks_of(made.document()):
        behind = {name.split(".")[0] for name in names(pages[1]) if name.startswith("ex")}
        assert behind == {"ex7"}
        assert "Oefening 7 (Kindhouding) staat op de achterkant" in _joined(pages[0])


@pytest.mark.parametrize("layout", ["standard", "tracker", "large-print", "booklet"])
def test_a_spare_leaf_says_which_week_is_done_again_and_has_lines_for_its_dates(layout: str) -> None:
    data = {"program": "full-seven", "weeks": 4, "start": "2026-03-02", "layout": layout}
    made = sheets_alone(make_program(data))
    document = made.document()
    front = weeks_of(document)[-1][0]
    assert re.search("Ik doe week (… )?nog eens", _joined(front))
    open_lines = [document.nodes[item.node].actual for item in front.items if item.node >= 0]
    assert open_lines.count("…") == len(made.plan().weeks[0].sessions)


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "tracker"])
def test_days_of_rest_are_told_from_the_rest_between_sets_in_black(layout: str) -> None:
    """Grey was broken by a printer of black alone; "rest" is also what is between sets."""
    days = {"mobilising": WEEKDAYS, "strengthening": ["mon", "wed", "fri"]}
    made = make_program({"layout": layout, "weeks": 4, "days": days, "language": "en"})
    strings = made.language.strings
    resting = [
        run for page in sides(made.document()) for run in runs(page) if text_of(run) == strings.rest_day
    ]
    assert resting
    assert {run.colour for run in resting} == {INK}
    assert f"“{strings.rest_day}” in place of a box" in strings.rule_rest
    assert "rest day" in strings.rule_rest


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet"])
@pytest.mark.parametrize(
    "of_program",
    [
        {"program": "short-four", "days": ["mon", "wed", "fri"], "goal": "Weer tuinieren"},
        {"program": "full-seven", "days": ["mon", "wed", "fri"]},
        {"program": "full-seven", "days": EVERY_DAY, "paper": "letter"},
        {"program": "starter", "weeks": 4, "days": ["mon", "wed", "fri"]},
    ],
    ids=lambda data: f"{data['program']}-{len(data['days'])}",
)
def test_the_last_side_of_a_week_names_the_page_with_which_week_to_do_next(
    layout: str, of_program: dict[str, Any]
) -> None:
    """It goes before lines to write on, for which full backs left it out."""
    made = make_program({"layout": layout, "weeks": 6, "language": "en", **of_program})
    title, pages = made.plan().progress.title, made.document().pages
    place = next(n for n, page in enumerate(pages, 1) if any(w == title for _, _, w in page_lines(page)))
    for week in weeks_of(made.document()):
        said = [f"What next? See “{title}”, page {place}." in words_of(page) for page in week]
        assert said == [False] * (len(week) - 1) + [True]
        targets = {item.target for item in week[-1].items if isinstance(item, LinkArea)}
        assert f"#{NEXT_WEEK}" in targets


def test_no_side_names_a_page_that_its_program_has_not() -> None:
    made = make_program({"layout": "tracker", "program": "short-four", "weeks": 4, "language": "en"})
    assert "What next?" not in " ".join(map(words_of, sides(made.document())))


def test_going_back_is_what_is_read_first() -> None:
    progress = make_program({"language": "en"}).plan().progress
    assert [choice.title for choice in progress.choices] == ["Go back", "Move on", "Stay"]
