"""The layout for a phone: type that is read there, drawings as on paper, and a field on each planned day."""

from __future__ import annotations

import io
import re
from itertools import combinations, groupby, pairwise
from typing import Any

import pytest
from geometry import Box, all_faults, box_of, document_text, runs, text_of
from hypothesis import given
from hypothesis import strategies as st
from programs import EXAMPLES, Made, examples, in_week, make_program, personal, words_of
from pypdf import PdfReader, PdfWriter
from pypdf.generic import IndirectObject
from test_layout_rules import told

from pdfgen.content import loading
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.models.layout import Layout
from pdfgen.front import read as read_program
from pdfgen.pdf.logical_text import differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.pdf.shared_file import write
from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import dose_words
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.document import GlyphRun, LinkArea, Page, Placed, Shape, TextField, TickBox
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sections.exercise_words import form_line
from pdfgen.typesetting.tracker_geometry import EFFORTS

#: CSS pixels across the narrowest phones in use, and the size in which browsers set running text.
PHONE, READABLE = 360, 16
SHARED = Shared()


def screen(**values: Any) -> Made:
    """A program in the layout for a phone."""
    data = {"program": "short-four", "start": "2026-03-02", "language": "en"} | values
    program = read_program(data, layout="screen", shared=SHARED)
    return Made(program.program, SHARED)


def example(layout: str, name: str = "patient.yaml") -> Made:
    return Made.of(Job(EXAMPLES / name, layout=layout), SHARED)


def fields(pdf: bytes) -> dict[str, Any]:
    return PdfReader(io.BytesIO(pdf)).get_fields() or {}


def planned(made: Made) -> set[str]:
    """The names of the boxes that the plan asks for, of pain on its days, and of effort in its weeks."""
    weeks = [week for week in made.plan().weeks if week.sessions]
    days = [(week.number, session) for week in weeks for session in week.sessions]
    return {
        *(f"w{week}-{item.number}-{session.day}" for week, session in days for item in session.items),
        *(f"pain-w{week}-{session.day}" for week, session in days),
        *(f"effort-w{week.number}-{answer}" for week in weeks for answer in EFFORTS),
    }


def test_type_is_that_of_a_browser() -> None:
    layout: Layout = loading.load_layout("screen").value
    assert layout.screen
    pixels_a_point = PHONE / (layout.screen.width * MM)
    assert layout.type.body * pixels_a_point >= READABLE


@examples(6)
@given(
    weeks=st.integers(8, 12),
    program=st.sampled_from(["short-four", "full-seven"]),
    days=st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True),
    language=st.sampled_from(["nl", "en"]),
)
def test_each_planned_day_has_a_field_and_nothing_overlaps(
    weeks: int, program: str, days: list[str], language: str
) -> None:
    made = screen(weeks=weeks, program=program, days=sorted(days), language=language)
    assert {name for name in fields(made.pdf()) if not name.startswith("line-")} == planned(made)
    assert all_faults(made.document(), made.composer().look) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_field_has_a_name_two_looks_and_no_action(language: str) -> None:
    made = screen(language=language)
    reader = PdfReader(io.BytesIO(made.pdf()))
    form = reader.trailer["/Root"]["/AcroForm"]
    assert set(form) == {"/Fields", "/DR"}
    said, lines = set(), 0
    assert len(form["/DR"]["/Font"]) > 1
    for reference in form["/Fields"]:
        field = reference.get_object()
        assert not {"/A", "/AA"} & set(field)
        assert field["/F"] == 4
        said.add(field["/TU"])
        if field["/FT"] == "/Tx":
            assert field["/DA"].split()[0] in form["/DR"]["/Font"]
            assert "/V" not in field
            lines += 1
            continue
        if field["/FT"] == "/Ch":
            assert field["/Opt"] == [str(number) for number in range(11)]
            font = field["/DA"].split()[0]
            assert "/FontFile2" in form["/DR"]["/Font"][font]["/FontDescriptor"]
            assert "/V" not in field
            continue
        assert field["/FT"] == "/Btn"
        assert field["/V"] == field["/AS"] == "/Off"
        assert set(field["/AP"]) == {"/N"}
        assert set(field["/AP"]["/N"]) == {"/Off", "/Yes"}
    # A number that is asked for in two boxes has the same words in both.
    assert len(said) >= len(form["/Fields"]) - lines
    assert lines
    day = made.composer().language.day_names["mon"]
    assert any(text.startswith(made.plan().exercises[0].name) and text.endswith(day) for text in said)


def test_fields_stand_over_their_boxes_in_the_order_of_reading() -> None:
    made = screen()
    reader = PdfReader(io.BytesIO(made.pdf()))
    for page, sheet in zip(reader.pages, made.document().pages, strict=True):
        boxes = [item for item in sheet.items if isinstance(item, TickBox | TextField)]
        widgets = [
            one.get_object()
            for one in page.get("/Annots", [])
            if isinstance(one, IndirectObject) and one.get_object()["/Subtype"] == "/Widget"
        ]
        assert len(widgets) == len(boxes)
        for box, widget in zip(boxes, widgets, strict=True):
            left, low, right, high = map(float, widget["/Rect"])
            place = box_of(box)
            assert (left, sheet.height - high) == pytest.approx((place.left, place.top), abs=0.02)
            assert (right, sheet.height - low) == pytest.approx((place.right, place.bottom), abs=0.02)
            least = min(place.right - place.left, place.bottom - place.top)
            assert least >= 24 / PHONE * sheet.width  # WCAG 2.2, 2.5.8


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
def test_what_is_read_is_what_was_set(name: str) -> None:
    made = example("screen", name)
    assert differences(expected_text(made.document()), read(made.pdf()).elements) == ()
    assert write(made.document()) == made.pdf()


def test_no_drawing_of_an_exercise_is_smaller_than_on_paper() -> None:
    made = example("screen")
    figures = made.composer().figures
    panels = {
        figures[panel.figure].name
        for one in made.plan().exercises
        for form in one.shown_forms
        for panel in form.panels
    }
    title = made.composer().strings.exercises_title
    first = next(mark.page for mark in made.document().bookmarks if mark.title == title)
    found = [
        item
        for page in made.document().pages[first:]
        for item in page.items
        if isinstance(item, Placed) and item.drawing.name in panels
    ]
    assert found
    for item in found:
        lies = item.drawing.width > item.drawing.height
        size, least = (item.width, 45) if lies else (item.height, 30)
        assert size / MM >= least


def test_only_a_screen_opens_at_its_width_and_has_fields() -> None:
    root = PdfReader(io.BytesIO(example("screen").pdf())).trailer["/Root"]
    assert root["/OpenAction"][1] == "/FitH"
    root = PdfReader(io.BytesIO(example("compact").pdf())).trailer["/Root"]
    assert "/OpenAction" not in root
    assert "/AcroForm" not in root


@pytest.mark.parametrize(("days", "large"), [(["mon", "thu"], False), (list(WEEKDAYS), True)])
def test_pages_end_where_their_words_do_and_no_exercise_goes_on_to_another(
    days: list[str], large: bool
) -> None:
    made = screen(days=days, large=large, weeks=12)
    look, document = made.composer().look, made.document()
    assert look.body.size >= (18 if large else 13)
    for page in document.pages:
        foot = max(box_of(item).bottom for item in page.items if item.node >= 0)
        assert page.height - foot < look.page_height - look.bottom + 8 * MM
        assert max(box_of(item).bottom for item in page.items) <= page.height
    going_on = made.language.strings.continued.partition("}")[2]
    assert going_on not in document_text(document)


def test_what_is_chosen_is_kept_and_the_file_stays_valid() -> None:
    made = screen()
    writer = PdfWriter(clone_from=io.BytesIO(made.pdf()))
    for page in writer.pages:
        writer.update_page_form_field_values(page, {"pain-w1-mon": "4"}, auto_regenerate=False)
    stored = io.BytesIO()
    writer.write(stored)
    assert fields(stored.getvalue())["pain-w1-mon"]["/V"] == "4"


def test_drawings_are_as_wide_as_the_page() -> None:
    made = screen()
    look = made.composer().look
    title = made.composer().strings.exercises_title
    first = next(mark.page for mark in made.document().bookmarks if mark.title == title)
    for page in made.document().pages[first : first + len(made.plan().exercises)]:
        wide = [item.width for item in page.items if isinstance(item, Placed) and item.width > 60 * MM]
        assert max(wide) > look.width * 0.8


def links(made: Made) -> list[LinkArea]:
    return [item for page in made.document().pages for item in page.items if isinstance(item, LinkArea)]


def test_links_look_like_links_and_a_number_like_a_button() -> None:
    made = example("screen")
    for page in made.document().pages:
        shapes = [box_of(item) for item in page.items if isinstance(item, Shape) and item.stroke]
        for link in (item for item in page.items if isinstance(item, LinkArea)):
            under = Box(link.x, link.y, link.x + link.width, link.y + link.height)
            assert any(under.holds(shape, by=1.5) and shape.right - shape.left > link.width * 0.9
                       for shape in shapes), link.description  # fmt: skip
    called = [link for link in links(made) if link.description.startswith("Bel ")]
    assert called
    assert min(link.height for link in called) / MM * PHONE / 105 >= 43.5


@pytest.mark.parametrize(("days", "least"), [(["mon", "wed", "fri"], 43.5), (list(WEEKDAYS), 38)])
def test_boxes_are_for_a_finger_and_a_week_is_one_row(days: list[str], least: float) -> None:
    made = screen(days=days)
    pixels = PHONE / made.document().pages[0].width
    rows: dict[str, set[int]] = {}
    for page in made.document().pages:
        boxes = [i for i in page.items if isinstance(i, TickBox) and i.id.startswith("w")]
        for box in boxes:
            week, exercise, _ = box.id.split(".")
            rows.setdefault(f"{week}.{exercise}", set()).add(round(box.y))
            assert box.size * pixels >= least
        for one, two in combinations([box_of(box) for box in boxes], 2):
            assert not one.grown(3.9 / pixels).meets(two.grown(3.9 / pixels))
    assert all(len(found) == 1 for found in rows.values())


def test_the_first_page_goes_to_what_is_done_in_each_week_and_others_go_back() -> None:
    made = example("screen")
    first, *others = made.document().pages
    plan, words = made.plan(), document_text(made.document())
    targets = [item.target for item in first.items if isinstance(item, LinkArea)]
    for week in plan.weeks:
        for session in week.sessions:
            for item in session.items:
                assert f"#{destination_of(in_week(plan.exercises[item.number - 1], week.number))}" in targets
    assert words.index(plan.title) < words.index(plan.goal.text) < words.index(plan.clinic.address[0])
    for page in others:
        assert [item.target for item in page.items if isinstance(item, LinkArea)][-1] == "#weeks"


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
def test_all_that_is_tapped_is_large_enough_for_a_thumb(name: str) -> None:
    """24 CSS pixels (WCAG 2.2, 2.5.8), where links that go elsewhere do not meet."""
    made = example("screen", name)
    pixels = PHONE / made.document().pages[0].width
    for page in made.document().pages:
        found = [item for item in page.items if isinstance(item, LinkArea)]
        assert all(link.height * pixels >= 24 and link.width * pixels >= 24 for link in found)
        areas = [(link, Box(link.x, link.y, link.x + link.width, link.y + link.height)) for link in found]
        for (one, area), (other, beside) in combinations(areas, 2):
            assert one.target == other.target or not area.grown(-0.5).meets(beside.grown(-0.5))


@pytest.mark.parametrize(("program", "weeks"), [("full-seven", 12), ("short-four", 6)])
def test_a_week_is_two_taps_away_and_so_is_the_way_back(program: str, weeks: int) -> None:
    """The first page of 12 weeks was 160 cm long, and today had to be found in it; later it was 210."""
    document = screen(program=program, weeks=weeks).document()
    page, places = document.pages[0], {place.name: place for place in document.destinations}
    down = [item for item in page.items if isinstance(item, LinkArea) and re.match(r"#week-\d", item.target)]
    assert max(link.y + link.height for link in down) < page.width * 640 / PHONE
    tops = [places[link.target.removeprefix("#")] for link in down]
    assert places["weeks"].page == 0
    assert places["weeks"].y < down[0].y
    for top, following in zip(tops, [*tops[1:], tops[-1]._replace(page=tops[-1].page + 1)], strict=True):
        low = following.y if following.page == top.page else document.pages[top.page].height
        links = [item for item in document.pages[top.page].items if isinstance(item, LinkArea)]
        back = [link for link in links if link.target == "#weeks" and top.y < link.y < low]
        assert len(back) == 1
    assert page.height < 120 * 10 * MM
    if len(down) > 6:
        alone = [document.pages[top.page] for top in tops]
        assert [top.page for top in tops] == [*range(1, len(tops) + 1)]
        assert max(one.height for one in alone) < page.width * 900 / PHONE


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_word_or_date_of_a_button_is_broken_in_large_print(language: str) -> None:
    """With the number of a clinic beside them, "appointment" was parted."""
    data = {"program": "short-four", "start": "2026-03-02", "language": language, "large": True}
    clinic = {"name": "Praktijk", "phone": "085 000 0000", "country": "NL"}
    made = make_program({**data, "layout": "screen"}, clinic)
    page = made.document().pages[0]
    weeks = [item for item in page.items if isinstance(item, LinkArea) and re.match(r"#week-\d", item.target)]
    assert len({round(link.height) for link in weeks}) == 1
    known = {word for box in made.plan().safety.boxes for word in box.title.split()}
    text = document_text(made.document()).replace("\u00a0", " ")
    assert all(word in text for word in known)
    safety = next(p.page for p in made.document().destinations if p.name == "safety")
    first = [text_of(run) for run in runs(made.document().pages[safety])][:30]
    assert known <= {word for said in first for word in said.replace("\u00a0", " ").split()}


@pytest.mark.parametrize("large", [False, True])
def test_what_pain_asks_for_has_a_page_of_its_own_that_who_has_read_the_signs_is_led_to(large: bool) -> None:
    """The page with the signs was 94 cm long."""
    made = screen(large=large)
    document, safety = made.document(), made.plan().safety
    places = {place.name: place for place in document.destinations}
    signs, pain = (document.pages[places[name].page] for name in ("safety", "pain-limits"))
    assert signs is not pain
    assert signs.height < (75 if not large else 130) * 10 * MM
    said = words_of([text_of(run) for run in runs(pain)])
    assert all(word in said for word in (safety.light_title, safety.stop_rule, safety.usual_pain))
    links = [item for item in signs.items if isinstance(item, LinkArea)]
    (down,) = (link for link in links if link.description == safety.light_title)
    assert down.target == "#pain-limits"
    assert down.y > places[f"signs-{len(safety.boxes)}"].y


def test_signs_are_one_tap_from_the_top_of_what_to_read_first() -> None:
    made = example("screen")
    places = {place.name: place for place in made.document().destinations}
    page = made.document().pages[places["safety"].page]
    boxes = made.plan().safety.boxes
    first = [item for item in page.items if isinstance(item, LinkArea)][: len(boxes) + 2]
    assert {link.description for link in first} >= {box.title for box in boxes}
    assert any(link.target == "tel:112" for link in first)
    assert max(link.y + link.height for link in first) < page.width * 640 / PHONE
    ys = [places[link.target.removeprefix("#")].y for link in first if link.target.startswith("#signs-")]
    assert len(ys) == len(boxes)
    assert ys == sorted(ys)
    assert ys[0] > max(link.y for link in first)


def test_weeks_that_are_longer_than_a_screen_stand_below_the_steps() -> None:
    made = screen(program="full-seven", weeks=12)
    look, long = made.composer().look, 0
    for exercise in made.plan().exercises:
        page = page_of(made, exercise)
        text = in_order(page)
        for form, start in ((f, bare(form_line(made.composer(), f))) for f in exercise.by_form):
            said = text.partition(start)[2]
            boxes = [box_of(i) for i in page.items if isinstance(i, TickBox) and i.id.split(".")[0] in
                     {f"w{week}" for week in form.weeks}]  # fmt: skip
            high = max(box.bottom for box in boxes) - min(box.top for box in boxes)
            first, last = (said.find(bare(form.main.steps[i][1])) for i in (0, -1))
            box = said.find(f"<w{form.weeks[0]}.")
            amount = said.find(bare(dose_words(form.doses[form.weeks[0] - 1], made.language).amount))
            assert 0 <= amount < first < last
            if high > look.page_width * 640 / PHONE:
                long += 1
                assert last < box
    assert long


def test_each_exercise_begins_with_when_to_stop_and_whom_to_call() -> None:
    made = example("screen")
    rule = made.plan().safety.stop_rule
    ticked = [{i.id[0] for i in p.items if isinstance(i, TickBox)} for p in made.document().pages]
    pages = [page for page, found in zip(made.document().pages, ticked, strict=True) if "w" in found]
    assert len(pages) == len(made.plan().exercises)
    for page in pages:
        words = " ".join(text_of(run) for run in runs(page)).replace("\u00a0", " ")
        assert rule in " ".join(words.split())
        assert any(item.target.startswith("tel:") for item in page.items if isinstance(item, LinkArea))


def test_without_a_number_of_the_clinic_no_exercise_has_a_button_that_calls_another() -> None:
    made = screen()
    assert not made.plan().clinic.phone
    for page in made.document().pages:
        is_exercise = any(isinstance(item, TickBox) and item.id.startswith("w") for item in page.items)
        calling = [i for i in page.items if isinstance(i, LinkArea) and i.target.startswith("tel:")]
        # A number within words about signs to call for at once is no button.
        assert not (is_exercise and any(link.description != "112" for link in calling))


def in_order(page: Page) -> str:
    """What stands on a page in the order of reading, without spaces: words, names of drawings, boxes."""
    said = []
    for item in page.items:
        if isinstance(item, GlyphRun):
            said.append(text_of(item))
        elif isinstance(item, Placed):
            said.append(f"<{item.drawing.name}>")
        elif isinstance(item, TickBox):
            said.append(f"<{item.id}>")
    return bare("".join(said))


def bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def page_of(made: Made, exercise: PlannedExercise) -> Page:
    """The page of an exercise, which is one."""
    (page,) = (
        page
        for page in made.document().pages
        if any(isinstance(i, TickBox) and re.match(rf"w\d+\.{exercise.number}\.", i.id) for i in page.items)
    )
    return page


@pytest.mark.parametrize("name", ["patient.yaml", "patient-situations.yaml"])
def test_every_form_has_its_own_words_drawings_boxes_steps_and_what_goes_wrong_in_this_order(
    name: str,
) -> None:
    made = example("screen", name)
    strings, figures = made.language.strings, made.composer().figures
    for exercise in made.plan().exercises:
        text = in_order(page_of(made, exercise))
        names = [bare(form_line(made.composer(), form)) for form in exercise.by_form]
        for form, start, end in zip(exercise.by_form, names, [*names[1:], ""], strict=True):
            said = text.partition(start)[2]
            said = said.partition(end)[0] if end else said
            week = next(week for week, dose in enumerate(form.doses, 1) if dose is not None)
            own = personal(form)
            order = [f"<{figures[panel.figure].name}>" for panel in form.main.panels]
            order += [f"<w{week}.{form.number}.", *(step for _, step in form.main.steps)]
            order += [f"{strings.mistakes}: {' '.join(form.mistakes)}"]
            order += [f"{strings.care}: {' '.join(form.care)}"]
            places = [said.find(bare(words)) for words in order]
            assert min(places) >= 0
            assert places == sorted(places)
            assert all(0 <= said.find(bare(words)) < places[0] for words in own)


def test_a_dose_is_not_said_again_over_weeks_that_all_have_it() -> None:
    made = screen(program="full-seven", weeks=12)
    longest = 0
    for exercise in made.plan().exercises:
        text = in_order(page_of(made, exercise))
        above_boxes = re.split(r"(?:<w[^>]*>)+", text)[:-1]
        runs_of_dose = [
            [*g] for form in exercise.by_form for dose, g in groupby(form.doses) if dose is not None
        ]
        amounts = {bare(dose_words(run[0], made.language).amount) for run in runs_of_dose}
        assert sum(any(amount in words for amount in amounts) for words in above_boxes) == len(runs_of_dose)
        longest = max(longest, *map(len, runs_of_dose))
    assert longest > 6


def test_the_first_page_says_form_and_dose_of_each_week_once() -> None:
    made = screen(program="short-four", weeks=6, days=["tue", "thu", "sun"])
    (first, *_), plan = made.document().pages, made.plan()
    said = words_of([text_of(run) for run in runs(first)])
    week_texts = said.split(made.language.strings.this_week)[1].split("· Week")[1:]
    done = [
        tuple((e.number, e.form_in(week).name, dose) for e in plan.exercises if (dose := e.doses[week - 1]))
        for week in range(1, len(plan.weeks) + 1)
    ]
    assert len(week_texts) == len([key for key, _ in groupby(done)]) < len(plan.weeks)
    for key, text in zip([key for key, _ in groupby(done)], week_texts, strict=True):
        for number, form, dose in key:
            assert f"· {form}" in text
            assert plan.exercises[number - 1].name in text
            assert all(p.replace("\u00a0", " ") in text for p in dose_words(dose, made.language) if p)


def test_each_form_ends_with_a_way_to_what_comes_next_in_its_weeks() -> None:
    made = example("screen", "patient-situations.yaml")
    plan = made.plan()
    for exercise in plan.exercises:
        targets = [item.target for item in page_of(made, exercise).items if isinstance(item, LinkArea)]
        for week in range(1, len(plan.weeks) + 1):
            later = [e for e in plan.exercises if e.number > exercise.number and e.doses[week - 1]]
            expected = f"#{destination_of(in_week(later[0], week))}" if later else "#weeks"
            assert expected in targets


def test_a_number_that_is_not_known_can_be_typed() -> None:
    made = screen()
    labels = {phone.label for box in made.plan().safety.boxes for phone in box.phones if not phone.number}
    typed = {field["/TU"] for field in fields(made.pdf()).values() if field["/FT"] == "/Tx"}
    assert labels
    assert labels <= typed


def test_the_first_page_has_the_fixed_moment() -> None:
    made = screen(if_then="After coffee")
    first = " ".join(text_of(run) for run in runs(made.document().pages[0]))
    assert "After coffee" in first
    strings = made.language.strings
    bare = " ".join(text_of(run) for run in runs(screen().document().pages[0]))
    assert strings.fixed_moment not in bare


def test_the_paper_does_not_matter() -> None:
    sizes = {
        tuple((page.width, page.height) for page in screen(paper=paper).document().pages)
        for paper in ("a4", "letter")
    }
    assert len(sizes) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sections: [safety]\nscreen: {}\ntwin: true\nmargins: {outer: 5}", "twin"),
        ("sections: [safety]\nscreen: {}\nimposition: {kind: booklet}", "imposition"),
        ("sections: [safety, tracker]\nscreen: {}", "tracker"),
        ("sections: [safety]\nscreen: {width: 60}", "width"),
    ],
)
def test_what_no_screen_can_be_is_refused(text: str, problem: str) -> None:
    assert any("screen" in one and problem in one for one in told(text))


def test_after_each_exercise_of_a_day_a_button_leads_to_the_next_one_of_that_day() -> None:
    """On days without strengthening nothing led from the cat-cow to what comes after the bridge."""
    made = screen(program="full-seven", weeks=6, days=[*WEEKDAYS])
    pages = {exercise.number: in_order(page_of(made, exercise)) for exercise in made.plan().exercises}
    sessions = (session for week in made.plan().weeks for session in week.sessions)
    steps = {step for one in sessions for step in pairwise([item.number for item in one.items])}
    assert {(3, 4), (3, 7)} <= steps
    for number, following in steps:
        name = f"{following} {made.plan().exercises[following - 1].name}"
        assert bare(made.language.strings.next_exercise.format(exercise=name)) in pages[number]


def test_the_list_of_a_week_says_which_exercises_have_words_that_go_first() -> None:
    made = screen(weeks=4, notes={"bridge": [{"text": "Low.", "to_week": 2}], "plank": "Breathe on."})
    words = made.language.strings.frame_there
    first = in_order(made.document().pages[0])
    # Weeks are named on their buttons too, which come first.
    named = re.split(r"Weeks?[\d–]+", first)[1:]
    listed = named[len(named) // 2 :]
    assert [part.count(bare(words)) for part in listed][:3] == [2, 2, 1]


def test_a_link_to_a_later_form_lands_at_its_name_and_when_to_stop() -> None:
    made = example("screen", "patient.yaml")
    document, plan = made.document(), made.plan()
    places = {place.name: place for place in document.destinations}
    later = [form for exercise in plan.exercises for form in exercise.by_form if form.form_number > 1]
    assert later
    for form in later:
        place = places[destination_of(form)]
        below = [item for item in document.pages[place.page].items if box_of(item).top >= place.y - 0.1]
        said = bare("".join(text_of(item) for item in below if isinstance(item, GlyphRun)))
        name, _, rest = said.partition(bare(plan.safety.stop_rule))
        assert name.startswith(bare(f"{form.number}{form.name}"))
        assert bare(form.main.name) in name
        assert rest
        assert len(name) < 80


@pytest.mark.parametrize("name", ["patient.yaml", "patient-situations.yaml"])
def test_who_taps_through_a_day_sees_the_warm_up_and_at_each_exercise_when_to_stop(name: str) -> None:
    """Links landed at the name of the exercise, below the frame with the stop rule and the number."""
    made = example("screen", name)
    document, plan = made.document(), made.plan()
    places = {place.name: place for place in document.destinations}
    calls = f"{made.language.strings.call_number.partition('{')[0]}{plan.clinic.phone}"
    for exercise in plan.exercises:
        place = places[destination_of(exercise)]
        below = [item for item in document.pages[place.page].items if box_of(item).top >= place.y - 0.1]
        said = bare("".join(text_of(item) for item in below if isinstance(item, GlyphRun)))
        assert said.startswith(bare(plan.safety.stop_rule))
        buttons = [item for item in below if isinstance(item, LinkArea) and item.description == calls]
        assert buttons[0].y - place.y < document.pages[place.page].width
    first = [item for item in document.pages[0].items if isinstance(item, LinkArea)]
    targets = [link.target for link in first if re.match(r"#warm-up|#exercise-\d", link.target)]
    assert targets[0] == "#warm-up"
    assert targets.count("#warm-up") == len(
        {link.target for link in first if re.match(r"#week-\d", link.target)}
    )
    (there,) = (place for place in document.destinations if place.name == "warm-up")
    page = document.pages[there.page]
    shown = {step.panel.alt for step in plan.preparation.warm_up.steps if step.panel}
    drawn = [i for i in page.items if isinstance(i, Placed) and document.nodes[i.node].alt in shown]
    onward = f"#{destination_of(plan.exercises[0])}"
    (button,) = (item for item in page.items if isinstance(item, LinkArea) and item.target == onward)
    assert len(drawn) == len(shown) > 0
    assert all(there.y < box_of(item).top < button.y for item in drawn)


def test_the_warm_up_leads_back_to_the_weeks_where_they_begin_with_other_forms() -> None:
    """A button to the first form would lead to the doses of other weeks."""
    made = screen(exercises=["bridge", "cat-cow"], weeks=8)
    assert len(made.plan().exercises[0].shown_forms) > 1
    (there,) = (place for place in made.document().destinations if place.name == "warm-up")
    page = made.document().pages[there.page]
    first, *_ = (i for i in page.items if isinstance(i, LinkArea) and i.y > there.y)
    assert first.target == "#weeks"


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
def test_each_form_says_what_it_needs_and_what_to_do_with_its_boxes(name: str) -> None:
    """No list named the towel of superman, and the cross followed the warm-up, which has no box."""
    made = example("screen", name)
    strings, needs = made.language.strings, 0
    hint = bare(strings.boxes_hint)
    for exercise in made.plan().exercises:
        said = in_order(page_of(made, exercise))
        assert said.count(hint) == sum(any(form.doses) for form in exercise.by_form)
        for form in exercise.by_form:
            here = said.partition(bare(form_line(made.composer(), form)))[2]
            needed = here.find(bare(strings.fetch.partition("{")[0]))
            if form.main.equipment:
                needs += 1
                assert 0 <= needed < here.find(bare(form.main.steps[0][1]))
                assert all(bare(thing) in here[needed:] for thing in form.main.equipment)
            assert here.find(hint) < here.find("<w")
    assert needs > 3
    warm_up = bare(made.plan().preparation.warm_up.intro + made.plan().preparation.warm_up.note)
    assert not any(warm_up + hint in in_order(page) for page in made.document().pages)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("large", [False, True])
def test_answers_stand_at_their_own_box(language: str, large: bool) -> None:
    """Between two boxes a word was as near to the one as to the other."""
    made = screen(language=language, large=large)
    strings, checked = made.language.strings, 0
    answers = {strings.too_easy, strings.right, strings.too_hard}
    for page in made.document().pages:
        boxes = [box_of(i) for i in page.items if isinstance(i, TickBox) and i.id.startswith("effort")]
        for said in (box_of(run) for run in runs(page) if boxes and text_of(run) in answers):
            beside = [box for box in boxes if box.top < said.bottom and said.top < box.bottom]
            own = min(said.left - box.right for box in beside if box.right <= said.left)
            others = [box.left - said.right for box in beside if box.left >= said.right]
            assert all(other >= 2.5 * own for other in others)
            checked += 1
    assert checked


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml"])
def test_pain_is_noted_in_the_week_that_was_chosen(name: str) -> None:
    """From the list of week 5 the last exercise led to the boxes of week 1."""
    made = example("screen", name)
    places = {place.name: place for place in made.document().destinations}
    first = [item for item in made.document().pages[0].items if isinstance(item, LinkArea)]
    asked = [link for link in first if link.description == made.language.strings.to_pain]
    lists = [name for name in places if re.match(r"week-\d", name)]
    for link, name in zip(asked, lists, strict=True):
        assert link.target in {f"#pain-{name}", "#week-questions"}
        assert places[name].y < link.y
    page = made.document().pages[places["week-questions"].page]
    down = [i.target for i in page.items if isinstance(i, LinkArea) and i.target.startswith("#pain-week-")]
    assert down == [f"#pain-week-{week.number}" for week in made.plan().weeks if week.sessions]
    assert all(target.removeprefix("#") in places for target in down)


def test_the_number_to_call_is_beside_what_to_read_first() -> None:
    made = example("screen")
    page = made.document().pages[0]
    found = [item for item in page.items if isinstance(item, LinkArea)]
    (read,) = (item for item in found if item.target == "#safety" and item.height > 40 / PHONE * page.width)
    calling = [item for item in found if item.target.startswith("tel:")]
    assert calling[0].y == read.y


def test_words_that_send_to_the_signs_are_a_link_to_those_to_call_for_at_once() -> None:
    made = example("screen")
    safety = made.plan().safety
    said = [care for one in made.plan().exercises for form in one.by_form for care in form.care]
    sending = sum(safety.title in words for words in (*said, *made.plan().progress.flare_up.points))
    found = [link for link in links(made) if link.target == "#signs-1" and link.description == safety.title]
    assert len(found) == sending > 0


def test_all_that_a_week_says_of_an_exercise_can_be_tapped() -> None:
    """The name alone could, on a line of 7 mm."""
    made = example("screen")
    page, plan = made.document().pages[0], made.plan()
    pixels = PHONE / page.width
    rows = [i for i in page.items if isinstance(i, LinkArea) and re.match(r"#exercise-\d", i.target)]
    assert len(rows) > 8
    assert min(row.height * pixels for row in rows) >= 43.5
    assert min(row.width * pixels for row in rows) > 300
    doses = {dose_words(dose, made.language).amount for e in plan.exercises for dose in e.doses if dose}
    areas = [Box(row.x, row.y, row.x + row.width, row.y + row.height) for row in rows]
    said = [run for run in runs(page) if any(amount in text_of(run) for amount in doses)]
    assert said
    assert all(any(area.holds(box_of(run)) for area in areas) for run in said)


def test_each_form_has_the_number_to_call_beside_when_to_stop() -> None:
    """It stood at the top of the page only, out of sight of a later form."""
    made = example("screen")
    rule = bare(made.plan().safety.stop_rule)
    for exercise in made.plan().exercises:
        page = page_of(made, exercise)
        calling = [i for i in page.items if isinstance(i, LinkArea) and i.description.startswith("Bel ")]
        assert len(calling) == in_order(page).count(rule) == len(exercise.shown_forms)


def test_the_weeks_say_what_to_tap() -> None:
    dated, undated = screen(), screen(start=None)
    tap = dated.language.strings.tap_dates
    assert tap in words_of([text_of(run) for run in runs(dated.document().pages[0])])
    assert tap not in words_of([text_of(run) for run in runs(undated.document().pages[0])])


@pytest.mark.parametrize("days", [["mon", "wed", "fri"], list(WEEKDAYS)])
def test_a_week_lists_exercises_in_the_order_of_their_numbers_as_links_for_a_thumb(days: list[str]) -> None:
    """The seventh stood between the third and the fourth, and "Plank" was 39 pixels wide."""
    made = screen(program="full-seven", weeks=6, days=days)
    page = made.document().pages[0]
    pixels = PHONE / page.width
    found = [i for i in page.items if isinstance(i, LinkArea) and re.match(r"#exercise-\d|#warm", i.target)]
    assert min(link.width * pixels for link in found) >= 44
    weeks = "".join(re.sub("#exercise-|-.*", "", link.target) for link in found).split("#warm")[1:]
    assert len(weeks) > 1
    for week in weeks:
        assert [*week] == sorted(week)


def test_a_button_does_not_break_within_the_name_of_a_form() -> None:
    made = example("screen")
    names = {form.main.name for one in made.plan().exercises for form in one.by_form}
    for page in made.document().pages[1:]:
        buttons = [i for i in page.items if isinstance(i, LinkArea) and " · " in i.description]
        for one in buttons:
            area = Box(one.x, one.y, one.x + one.width, one.y + one.height)
            lines: dict[int, str] = {}
            for run in runs(page):
                if area.holds(box_of(run)):
                    lines[round(run.y)] = lines.get(round(run.y), "") + text_of(run)
            said = [" ".join(line.split()) for line in lines.values()]
            assert not any(line.startswith("·") for line in said)
            assert any(line.endswith(name) for line in said for name in names)


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml"])
def test_the_last_exercise_of_a_day_leads_to_its_pain(name: str) -> None:
    """Nothing led there: the last button said "Back to today", as the row below it did."""
    made = Made.of(Job(EXAMPLES / name, layout="screen"), Shared())
    links = [item for page in made.document().pages for item in page.items if isinstance(item, LinkArea)]
    strings = made.language.strings
    asked = [link for link in links if link.description == strings.to_pain]
    assert asked
    assert {link.target.partition("-week-")[0] for link in asked} <= {"#week-questions", "#pain"}
    pages = made.document().pages
    for page in pages:
        back = [i for i in page.items if isinstance(i, LinkArea) and i.description == strings.to_list]
        assert len(back) <= 1


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml"])
def test_an_exercise_of_several_weeks_leads_to_a_choice_of_weeks_for_its_pain(name: str) -> None:
    """In week 7 the plank of weeks 3 to 8 led to the boxes of week 3."""
    made = Made.of(Job(EXAMPLES / name, layout="screen"), Shared())
    forms, document = made.plan().exercises_by_form, made.document()
    several = {week for form in forms if len(form.weeks) > 1 for week in form.weeks}
    assert len(several) == len(made.plan().weeks)
    links = [item for page in document.pages[1:] for item in page.items if isinstance(item, LinkArea)]
    asked = {link.target for link in links if link.description == made.language.strings.to_pain}
    alone = {f"#pain-week-{form.weeks[0]}" for form in forms if len(form.weeks) == 1}
    assert "#week-questions" in asked
    assert asked <= {"#week-questions", *alone}
    (place,) = (place for place in document.destinations if place.name == "week-questions")
    chosen = {i.target for i in document.pages[place.page].items if isinstance(i, LinkArea) and i.y > place.y}
    assert {f"#pain-week-{week.number}" for week in made.plan().weeks} <= chosen


def test_without_a_clinic_the_stop_rule_leads_to_the_line_for_a_number() -> None:
    made = example("screen", "patient-en.yaml")
    assert not made.plan().clinic.phone
    said = made.language.strings.number_at.format(title=made.plan().safety.title)
    links = {i.target for page in made.document().pages for i in page.items
             if isinstance(i, LinkArea) and i.description == said}  # fmt: skip
    assert links == {f"#signs-{len(made.plan().safety.boxes)}"}


@pytest.mark.parametrize("days", [["mon", "wed", "fri"], [*WEEKDAYS]])
def test_the_days_are_named_within_a_screen_of_each_box(days: list[str]) -> None:
    """They stood once, up to 600 pixels above the boxes of the last weeks."""
    made = screen(program="full-seven", weeks=12, days=days)
    names = {made.language.day_short[day] for day in days}
    for page in made.document().pages:
        boxes = [box_of(item) for item in page.items if isinstance(item, TickBox) and item.id[0] == "w"]
        named = [box_of(run) for run in runs(page) if text_of(run).strip() in names]
        for box in boxes:
            above = [box.top - name.bottom for name in named if name.bottom <= box.top]
            assert min(above) < 110 * MM


@pytest.mark.parametrize("name", ["patient-situations.yaml"])
def test_the_stop_rule_is_apart_from_words_for_this_patient(name: str) -> None:
    """Their bars were one, 0.5 mm apart."""
    made = example("screen", name)
    frames = 0
    for page in made.document().pages[4:]:
        filled = [box_of(item) for item in page.items if isinstance(item, Shape) and item.fill]
        bars = sorted(box for box in filled if box.right - box.left < 6)
        for one, other in combinations(bars, 2):
            apart = max(one.top, other.top) - min(one.bottom, other.bottom)
            if one.bottom - one.top > 30 < other.bottom - other.top:
                assert not 0 < apart < 2.9 * MM
                frames += 1
    assert frames


@pytest.mark.parametrize("made", [screen(program="full-seven"), example("screen")])
def test_who_must_not_get_down_to_the_floor_is_told_above_the_way_on(made: Made) -> None:
    """Who tapped "Next" never saw it."""
    note = made.plan().preparation.up.note
    (there,) = (place for place in made.document().destinations if place.name == "warm-up")
    page = made.document().pages[there.page]
    onward = next(i for i in page.items if isinstance(i, LinkArea) and i.y > there.y)
    assert in_order(page).count(bare(note)) == 1
    between = [run for run in runs(page) if there.y < run.y < onward.y]
    assert bare(note) in bare("".join(map(text_of, between)))


@pytest.mark.parametrize("large", [False, True])
def test_limits_of_pain_are_in_the_contents_and_a_tap_from_the_boxes_of_pain(large: bool) -> None:
    made = screen(large=large)
    document, title = made.document(), made.plan().safety.light_title
    places = {place.name: place for place in document.destinations}
    for number in (0, places["week-questions"].page):
        found = [i for i in document.pages[number].items if isinstance(i, LinkArea)]
        (row,) = (link for link in found if link.target == "#pain-limits")
        assert title in row.description
        if number == 0:
            said = [text_of(run) for run in runs(document.pages[0]) if row.y < run.y < row.y + row.height]
            assert "".join(said).endswith(str(places["pain-limits"].page + 1))


@pytest.mark.parametrize("name", ["patient.yaml", "patient-en.yaml", "patient-situations.yaml"])
def test_each_form_in_the_table_of_doses_is_a_link_to_it(name: str) -> None:
    """The form of week 10 led to that of week 1."""
    made = example("screen", name)
    (plan,) = (place for place in made.document().destinations if place.name == "plan")
    page = made.document().pages[plan.page]
    found = {(i.target, i.description) for i in page.items if isinstance(i, LinkArea)}
    forms = [form for one in made.plan().exercises for form in one.by_form if form.form_number]
    assert any(form.form_number > 1 for form in forms)
    assert all((f"#{destination_of(form)}", form.main.name) in found for form in forms if any(form.doses))


def test_pain_of_weeks_that_are_listed_together_leads_to_a_choice() -> None:
    """From the list of weeks 3 and 4, week 4 was noted in the boxes of week 3."""
    made = screen(program="short-four", weeks=6, days=["tue", "thu", "sun"])
    first = [item for item in made.document().pages[0].items if isinstance(item, LinkArea)]
    asked = [link.target for link in first if link.description == made.language.strings.to_pain]
    lists = [int(i.target.removeprefix("#week-")) for i in first if re.match(r"#week-\d", i.target)]
    ends = [*(week - 1 for week in lists[1:]), len(made.plan().weeks)]
    joint = [end > week for week, end in zip(lists, ends, strict=True)]
    assert any(joint)
    assert asked == [
        "#week-questions" if several else f"#pain-week-{week}"
        for week, several in zip(lists, joint, strict=True)
    ]


@pytest.mark.parametrize("large", [False, True])
def test_who_must_ask_first_is_a_tap_from_the_top_of_what_to_read_first(large: bool) -> None:
    made = screen(large=large)
    places = {place.name: place for place in made.document().destinations}
    page = made.document().pages[places["safety"].page]
    (row,) = (i for i in page.items if isinstance(i, LinkArea) and i.target == "#ask-first")
    assert row.description == made.plan().safety.ask_first_title
    assert row.y + row.height < page.width * (640 if not large else 900) / PHONE
    title = [text_of(run) for run in runs(page) if run.y >= places["ask-first"].y][:12]
    assert bare("".join(title)).startswith(bare(row.description))
