"""Sides of week sheets: which of its week each is, how rows and days stand apart, and where it is white."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, pairwise

import pytest
from geometry import box_of, page_lines, runs, text_of
from programs import EXAMPLES, Data, Made, make_program, shipped_library

from pdfgen.planning.wording import NO_BREAK, dose_words
from pdfgen.production.job import Job
from pdfgen.typesetting.document import Document, GlyphRun, Page, Placed, Shape, TickBox
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.tracker_frame import sheet_frame
from pdfgen.typesetting.sections.tracker_shape import grid_shapes
from pdfgen.typesetting.sections.tracker_words import exercise_text, exercises_of

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SEVEN = {"program": "full-seven", "start": "2026-03-02"}
DAILY = {**SEVEN, "days": EVERY_DAY, "language": "en"}
CAREFUL = {
    "program": "short-four", "start": "2026-03-03", "situations": ["osteoporosis", "high-blood-pressure"],
    "exercises": ["leg-lengthening", "knee-rolls", "cat-cow", "bridge"], "side": "left",
    "notes": {"bridge": "Til je heupen niet hoger dan een handbreedte."}, "goal": "Wandelen met de hond",
}  # fmt: skip
PHONE = {"name": "Praktijk", "phone": "085 000 0000"}
DATES = re.compile(r"\d+ \w+ – \d+ \w+")
FOUR = {"program": "short-four", "start": "2026-03-02"}
PROGRAMS = {"seven": SEVEN, "daily": DAILY, "careful": CAREFUL, "four": FOUR}


@cache
def made_of(layout: str, paper: str, name: str) -> Made:
    data: Data = {"weeks": 4, "layout": layout, "paper": paper, **PROGRAMS[name]}
    made = make_program(data, {"name": "Praktijk", "phone": "085 000 0000"})
    return made.changed(layout=made.layout.model_copy(update={"sections": ("tracker",)}))


def weeks_of(document: Document) -> list[list[Page]]:
    weeks: dict[int, list[Page]] = {}
    for page in document.pages:
        if page.sheet:
            weeks.setdefault(page.sheet.week, []).append(page)
    return [*weeks.values()]


def boxes_of(page: Page) -> list[TickBox]:
    return [item for item in page.items if isinstance(item, TickBox)]


def words_of(page: Page) -> str:
    return " ".join(" ".join(words for _, _, words in page_lines(page)).split())


CASES_LARGE = pytest.mark.parametrize(
    ("paper", "name"), [("a4", "seven"), ("letter", "daily"), ("a4", "careful"), ("letter", "careful")]
)
CASES = pytest.mark.parametrize(
    ("layout", "paper", "name"),
    [
        ("large-print", "letter", "daily"),
        ("large-print", "a4", "careful"),
        ("large-print", "letter", "careful"),
        ("booklet", "a4", "seven"),
        ("booklet", "a4", "careful"),
        ("booklet", "letter", "seven"),
        ("booklet", "a4", "four"),
        ("standard", "a4", "careful"),
        ("tracker", "a4", "seven"),
    ],
)


@CASES
class TestSides:
    def test_each_side_says_on_the_line_of_its_title_which_of_its_week_it_is(
        self, layout: str, paper: str, name: str
    ) -> None:
        made = made_of(layout, paper, name)
        strings, fill = made.language.strings, made.language.fill
        for pages in weeks_of(made.document()):
            total = len(pages)
            for number, page in enumerate(pages, 1):
                leaf = fill(strings.week_sheet, {"number": (number + 1) // 2, "total": total // 2})
                said = [leaf] if total > 2 else []
                said += [strings.week_back] if number % 2 == 0 else []
                place = ", ".join(said)
                if layout == "booklet":
                    place = fill(strings.week_part, {"number": number, "total": total})
                lines = page_lines(page)
                # Below the number of the week that is done again, where both have no room beside the title.
                is_again = page.sheet is not None and not page.sheet.week and number == 1
                near = 30 if is_again else 1
                first = " ".join(words for _, y, words in lines if abs(y - lines[0][1]) < near)
                assert place in first if place else strings.week_back not in first

    def test_each_row_has_a_rule_below_its_boxes_across_the_whole_sheet(
        self, layout: str, paper: str, name: str
    ) -> None:
        """So that no box is taken for one of the next exercise, nor the rule for its edge."""
        for page in made_of(layout, paper, name).document().pages:
            boxes = [item for item in page.items if isinstance(item, TickBox) and item.id.startswith("ex")]
            rules = [box_of(item) for item in page.items if isinstance(item, Shape) and _is_rule(item)]
            wide = max((rule.right - rule.left for rule in rules), default=0.0)
            lines = [box_of(run) for run in runs(page)]
            for box in boxes:
                foot = box.y + box.size
                rule = min((rule for rule in rules if rule.top >= foot - 1), key=lambda rule: rule.top)
                assert rule.right - rule.left == pytest.approx(wide, abs=1)
                assert rule.top - foot >= 1.7 * MM
                assert not [line for line in lines if foot < line.top < rule.top - 1]

    def test_words_above_the_boxes_of_a_row_are_nearly_two_millimetres_from_them(
        self, layout: str, paper: str, name: str
    ) -> None:
        for page in made_of(layout, paper, name).document().pages:
            lines = [box_of(run) for run in runs(page)]
            for item in page.items:
                if isinstance(item, TickBox) and item.id.startswith("ex"):
                    box = box_of(item)
                    above = [line for line in lines if line.left < box.right and line.right > box.left]
                    ends = [box.top - line.bottom for line in above if line.top < box.top]
                    assert min(ends) >= 1.7 * MM

    def test_the_stop_sign_is_as_high_as_two_lines_beside_the_rule_to_stop(
        self, layout: str, paper: str, name: str
    ) -> None:
        made = made_of(layout, paper, name)
        rule, leading = made.plan().safety.stop_rule.split(". ")[0], made.composer().look.cell.leading
        for pages in weeks_of(made.document()):
            for page in (
                pages if layout != "booklet" else [max(pages, key=lambda page: rule in words_of(page))]
            ):
                assert rule in words_of(page)
                signs = [
                    item for item in page.items if isinstance(item, Placed) and "stop" in item.drawing.name
                ]
                assert [sign.height >= 2 * leading - 0.1 for sign in signs] == [True]

    def test_a_side_with_questions_alone_has_lines_where_it_would_be_white(
        self, layout: str, paper: str, name: str
    ) -> None:
        made = made_of(layout, paper, name)
        for pages in weeks_of(made.document()):
            for page in pages[2:]:
                ids = {item.id for item in page.items if isinstance(item, TickBox)}
                if any(ident.startswith("ex") for ident in ids):
                    continue
                tops = sorted(box_of(item).top for item in page.items if not isinstance(item, GlyphRun))
                tops += [box_of(run).top for run in runs(page)]
                apart = max(below - above for above, below in pairwise(sorted(tops)))
                assert apart <= 32 * MM

    def test_a_third_side_has_two_exercises_or_none(self, layout: str, paper: str, name: str) -> None:
        made = made_of(layout, paper, name)
        for pages in weeks_of(made.document())[-1:]:
            for page in pages:
                ids = {item.id.split(".")[0] for item in page.items if isinstance(item, TickBox)}
                assert len([ident for ident in ids if ident.startswith("ex")]) != 1 or len(pages) == 2


def _is_rule(item: Shape) -> bool:
    box = box_of(item)
    return box.right - box.left > 60 * MM and box.bottom - box.top < 2


@pytest.mark.parametrize(
    ("layout", "paper"), [("large-print", "letter"), ("booklet", "letter"), ("standard", "a4")]
)
def test_names_of_days_never_touch(layout: str, paper: str) -> None:
    made = made_of(layout, paper, "daily")
    names = {*made.language.day_short.values(), *made.language.narrow_days.values()}
    for page in made.document().pages:
        found = [(box_of(run), run) for run in runs(page) if text_of(run).strip() in names]
        rows = groupby(
            sorted(found, key=lambda one: (round(one[0].top), one[0].left)), lambda o: round(o[0].top)
        )
        for _, row in rows:
            for (one, _), (two, _) in pairwise(row):
                assert two.left - one.right >= 1.5 * MM


@pytest.mark.parametrize(
    ("program", "numbers"), [("starter", 4), ("short-four", 4), ("short-four", 2), ("short-four", 1)]
)
@pytest.mark.parametrize("layout", ["tracker", "standard"])
def test_the_pain_of_a_day_is_in_front_only_where_drawings_are_as_large_even_so(
    layout: str, program: str, numbers: int
) -> None:
    exercises = shipped_library().value.programs[program].exercises[:numbers]
    data: Data = {"program": program, "exercises": [*exercises], "weeks": 4, "days": ["mon", "wed", "fri"]}
    made = make_program({**data, "start": "2026-03-02", "layout": layout})
    made = made.changed(layout=made.layout.model_copy(update={"sections": ("tracker",)}))
    for front, back in weeks_of(made.document()):
        drawn = [item for item in front.items if isinstance(item, Placed) and "figures/" in item.drawing.name]
        lying = [item.width for item in drawn if item.width > item.height]
        asked = [any(box.id.startswith("pain") for box in boxes_of(page)) for page in (front, back)]
        assert asked == ([False, True] if numbers == 4 else [True, False])
        assert min(lying, default=40 * MM) >= (32 if numbers == 4 else 40) * MM - 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["seven", "daily"])
@pytest.mark.parametrize("layout", ["tracker", "standard"])
def test_doses_and_pages_of_many_exercises_each_stand_at_one_place_in_all_rows(
    layout: str, name: str, paper: str
) -> None:
    data: Data = {"weeks": 6, "layout": layout, "paper": paper, **PROGRAMS[name]}
    made = make_program(data, {"name": "Praktijk", "phone": "085 000 0000"})
    weeks = [week for week in weeks_of(made.document()) if week[0].sheet and week[0].sheet.week]
    page_number = re.compile(made.language.strings.on_page.replace("{page}", r"\d+"))
    for week, pages in zip(made.plan().weeks, weeks, strict=True):
        planned = filter(None, (exercise.doses[week.number - 1] for exercise in made.plan().exercises))
        amounts = {dose_words(dose, made.language).amount.replace(NO_BREAK, " ") for dose in planned}
        said = [
            (text_of(run).replace(NO_BREAK, " ").strip(" ,"), box_of(run))
            for page in pages
            for run in runs(page)
        ]
        doses = [box.left for words, box in said if words in amounts]
        assert len(doses) == len([row for row in made.plan().exercises if row.doses[week.number - 1]])
        assert max(doses) - min(doses) < 1
        # The page of the warm-up stands behind its name.
        first = [box.top for words, box in said if words == made.plan().preparation.warm_up.title]
        named = [box for words, box in said if page_number.fullmatch(words)]
        named = [box for box in named if all(abs(box.top - top) > 3 for top in first)]
        edges = [[box.left for box in named] or [0.0], [box.right for box in named] or [0.0]]
        assert min(max(edge) - min(edge) for edge in edges) < 3


class TestLargePrint:
    """The front of a week in large print: what to do today, large."""

    @pytest.mark.parametrize("paper", ["a4", "letter"])
    @pytest.mark.parametrize("name", ["patient", "patient-en"])
    def test_all_of_four_exercises_are_in_front(self, name: str, paper: str) -> None:
        made = Made.of(Job(EXAMPLES / f"{name}.yaml", layout="large-print", paper=paper))
        for front, *_ in weeks_of(made.document()):
            rows = {item.id.split(".")[0] for item in front.items if isinstance(item, TickBox)}
            assert rows == {"ex1", "ex2", "ex3", "ex4"}

    @CASES_LARGE
    def test_a_front_has_few_lines_above_its_rows(self, paper: str, name: str) -> None:
        made = made_of("large-print", paper, name)
        names = {*made.language.day_short.values(), *made.language.narrow_days.values()}
        for front, *others in weeks_of(made.document())[:-1]:
            lines = [(y, words) for _, y, words in page_lines(front) if words.strip()]
            warm_up = next(y for y, words in lines if made.plan().preparation.warm_up.title in words)
            days = next(y for y, words in lines if words.split()[0] in names)
            assert len({round(y) for y, _ in lines if y < min(warm_up, days)}) <= (
                4 if len(others) > 1 else 3
            )

    @CASES_LARGE
    def test_exercises_are_on_the_fronts_of_two_sheets_that_hang_beside_each_other(
        self, paper: str, name: str
    ) -> None:
        for pages in weeks_of(made_of("large-print", paper, name).document()):
            ids = [{item.id[:2] for item in page.items if isinstance(item, TickBox)} for page in pages]
            assert ["ex" in found for found in ids] == [True, False, True, False]
            assert {*ids[0], *ids[2]} == {"ex"}

    @CASES_LARGE
    def test_a_dose_is_larger_than_all_else_of_its_row_and_bold(self, paper: str, name: str) -> None:
        made = made_of("large-print", paper, name)
        body = made.composer().look.body.size
        for week, pages in zip(made.plan().weeks, weeks_of(made.document()), strict=False):
            said = [(text_of(run).replace(NO_BREAK, " "), run) for page in pages for run in runs(page)]
            for exercise in made.plan().exercises:
                if (dose := exercise.doses[week.number - 1]) is None:
                    continue
                amount = dose_words(dose, made.language).amount.replace(NO_BREAK, " ")
                found = [run for words, run in said if words.strip() == amount]
                assert found, amount
                assert all(run.size >= 1.25 * body and run.face.bold for run in found)

    def test_seven_exercises_are_divided_so_that_the_smallest_drawing_is_large(self) -> None:
        made = make_program({"weeks": 6, "layout": "large-print", "paper": "letter", **DAILY}, PHONE)
        sizes = [
            max(item.width, item.height)
            for pages in weeks_of(made.document())
            for page in pages
            for item in page.items
            if isinstance(item, Placed) and "figures/" in item.drawing.name
        ]
        assert min(sizes) >= 40 * MM

    @CASES_LARGE
    def test_lines_for_what_went_well_and_what_was_hard_are_on_one_side(self, paper: str, name: str) -> None:
        made = made_of("large-print", paper, name)
        strings = made.language.strings
        for pages in weeks_of(made.document()):
            for page in pages:
                said = words_of(page)
                assert (strings.went_well in said) == (strings.was_hard in said)

    @pytest.mark.parametrize("name", ["seven", "daily", "careful"])
    def test_a_second_front_has_the_dates_and_says_after_what_pain_is_asked(self, name: str) -> None:
        made = made_of("large-print", "letter", name)
        said = made.language.strings.pain_after_both.replace(NO_BREAK, " ")
        for pages in weeks_of(made.document()):
            first, second = (words_of(page).replace(NO_BREAK, " ") for page in (pages[0], pages[2]))
            assert said in second
            dates = DATES.findall(first)
            assert dates == DATES.findall(second)
            assert dates or made.language.strings.spare_week in first


@pytest.mark.parametrize("name", ["seven", "daily"])
@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "tracker", "bilingual"])
def test_a_spare_sheet_says_beside_a_name_in_which_weeks_it_is_done(layout: str, name: str) -> None:
    """Who repeats week 1 does not do on it what begins in week 3."""
    data: Data = {"weeks": 6, **PROGRAMS[name]}
    made = make_program({**data, "layout": layout})
    made = made.changed(layout=made.layout.model_copy(update={"sections": ("exercises", "tracker")}))
    (superman,) = (one for one in made.plan().exercises if one.doses[0] is None)
    said = made.language.fill(made.language.strings.from_week, {"week": superman.next_week()})
    spare = weeks_of(made.document())[-1]
    words = " ".join(map(words_of, spare)).replace(NO_BREAK, " ").replace(" : ", ": ")
    assert f"{superman.name}: {said}" in words
    assert words.count(said) == 1


def test_a_spare_sheet_says_in_which_weeks_what_ends_is_done() -> None:
    made = made_of("booklet", "a4", "seven")
    c = made.composer()
    shape = next(iter(grid_shapes(c, sheet_frame(c, "a4").edges)))
    entry = exercises_of(c, made.plan().spare_week)[3]
    ended = entry.exercise._replace(doses=(*entry.exercise.doses[:2], None, None))
    (name, *_) = exercise_text(c, shape, 0, entry._replace(exercise=ended)).name
    said = "".join(span.text for span in name.spans).replace(NO_BREAK, " ")
    assert said == f"4  {ended.name}: Week 1–2"


@pytest.mark.parametrize("numbers", [1, 2, 4, 7])
@pytest.mark.parametrize("name", ["seven", "daily", "careful"])
@pytest.mark.parametrize(
    ("layout", "paper"),
    [(layout, paper) for layout in ("tracker", "large-print", "booklet") for paper in ("a4", "letter")],
)
def test_pain_after_the_exercises_is_asked_above_the_morning_after_that_day(
    layout: str, paper: str, name: str, numbers: int
) -> None:
    data = PROGRAMS[name]
    known = shipped_library().value.programs[str(data["program"])].exercises
    exercises = [*data.get("exercises", known)][:numbers]
    data = {"weeks": 4, "layout": layout, "paper": paper, **data, "exercises": exercises, "notes": {}}
    made = make_program(data, {"name": "Praktijk", "phone": "085 000 0000"})
    made = made.changed(layout=made.layout.model_copy(update={"sections": ("tracker",)}))
    for pages in weeks_of(made.document()):
        for page in pages:
            pain = [box.y for box in boxes_of(page) if box.id.startswith("pain")]
            morning = [box.y for box in boxes_of(page) if box.id.startswith("morning")]
            if pain and morning:
                assert max(pain) < min(morning)
                if any(box.id.startswith("pain.") for box in boxes_of(page)):
                    names = {*made.language.day_short.values(), *made.language.narrow_days.values()}
                    said = [(text_of(run).strip(), box_of(run)) for run in runs(page)]
                    days = [box for words, box in said if max(pain) < box.top and box.bottom < min(morning)]
                    assert {words for words, box in said if box in days} & names


class TestBooklet:
    """Two pages of a week that face each other."""

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("paper", ["a4", "letter"])
    @pytest.mark.parametrize("name", ["three days", "daily", "careful"])
    def test_one_of_them_has_the_whole_stop_rule_with_its_sign_and_number(
        self, name: str, paper: str, language: str
    ) -> None:
        """Its first words were on one page, and "call your physiotherapist" on another."""
        made = booklet_of(name, paper, language)
        who, rule = made.language.strings.my_clinic, made.plan().safety.stop_rule
        called = rule.replace(f"{who[:1].lower()}{who[1:]}", PHONE["phone"])
        assert called != rule
        for pages in weeks_of(made.document()):
            said = [words_of(page).replace(NO_BREAK, " ") for page in pages[:2]]
            whole = [
                page for page, words in zip(pages, said, strict=False) if rule in words or called in words
            ]
            assert whole
            assert PHONE["phone"] in words_of(whole[0]).replace(NO_BREAK, " ")
            signs = [
                item for item in whole[0].items if isinstance(item, Placed) and "stop" in item.drawing.name
            ]
            assert signs

    @pytest.mark.parametrize(
        ("name", "paper", "language"),
        [
            ("three days", "a4", "nl"),
            ("three days", "letter", "en"),
            ("daily", "letter", "en"),
            ("careful", "a4", "nl"),
            ("careful", "letter", "en"),
        ],
    )
    def test_all_that_is_ticked_on_a_day_is_on_them(self, name: str, paper: str, language: str) -> None:
        """The next morning was asked behind another week, so that a page was turned for it each day."""
        for left, right, *later in weeks_of(booklet_of(name, paper, language).document()):
            asked = {box.id.split(".")[0] for page in (left, right) for box in boxes_of(page)}
            assert asked >= {"painnumber", "morning"}
            assert {box.id.split(".")[0] for page in later for box in boxes_of(page)} == {"effort", "walk"}

    def test_rows_of_seven_days_have_their_name_and_its_page_across_the_sheet(self) -> None:
        """Pages stood at the end of whatever line had room, or took one of their own."""
        made = booklet_of("daily", "letter", "en")
        number = re.compile(made.language.strings.on_page.replace("{page}", r"\d+"))
        names = {exercise.name for exercise in made.plan().exercises}
        for page in made.document().pages:
            if page.sheet and page.sheet.week:
                lines = [(text_of(run).replace(NO_BREAK, " ").strip(), run) for run in runs(page)]
                pages = [run for words, run in lines if number.fullmatch(words)]
                heads = {round(run.y) for words, run in lines if words.partition(" · ")[0] in names}
                assert {round(run.y) for run in pages} <= heads
                rights = [box_of(run).right for run in pages]
                assert not rights or max(rights) - min(rights) < 1

    def test_doses_of_seven_days_stand_alone_on_their_line_in_all_weeks(self) -> None:
        """Week 2 had "7 times, hold for 2 seconds" on one line, and week 3 on two."""
        made = booklet_of("daily", "letter", "en")
        for week, pages in zip(made.plan().weeks, weeks_of(made.document()), strict=False):
            lines = {
                words.replace(NO_BREAK, " ").strip() for page in pages for _, _, words in page_lines(page)
            }
            doses = filter(None, (exercise.doses[week.number - 1] for exercise in made.plan().exercises))
            assert {dose_words(dose, made.language).amount.replace(NO_BREAK, " ") for dose in doses} <= lines


@cache
def booklet_of(name: str, paper: str, language: str) -> Made:
    three = {**SEVEN, "days": ["mon", "wed", "fri"]}
    data: Data = {**(three if name == "three days" else PROGRAMS[name]), "notes": {}, "weeks": 6}
    return make_program({**data, "layout": "booklet", "paper": paper, "language": language}, PHONE)
