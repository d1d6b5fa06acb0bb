"""The whole document: sections, contents, headings, footers, bookmarks, metadata, papers."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

import pytest
from geometry import all_faults, document_text, filled_part, headings, page_lines, runs, text_of
from programs import EXAMPLES, Made, make_program

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.errors import InputError
from pdfgen.production.job import Job
from pdfgen.typesetting.blocks import Space
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import FOOTER, Document, LinkArea, Placed
from pdfgen.typesetting.look import MM, Look, make_look
from pdfgen.typesetting.page_names import PageNaming

CLINIC = {
    "name": "Fysiotherapie De Molenbeek",
    "address": ["Molenpad 12", "1234 AB Voorbeelddorp"],
    "phone": "085 000 0000",
    "email": "balie@molenbeek.example",
    "website": "molenbeek.example",
}

#: As much as each field takes, in words of usual length.
LONGEST: dict[str, Any] = {
    "program": "full-seven",
    "start": "2026-03-02",
    "patient": {"label": "Naam " * 39},
    "therapist": "Naam " * 39,
    "goal": "woord " * 33,
    "if_then": "als, dan " * 22,
}


@cache
def example(name: str, paper: str = "a4") -> Made:
    return Made.of(Job(EXAMPLES / f"{name}.yaml", paper=paper))


def look(made: Made) -> Look:
    return make_look(made.layout, made.paper, made.clinic.accent)


def lines_of(document: Document, page: int) -> list[str]:
    return [words.replace("\u00a0", " ") for _, _, words in page_lines(document.pages[page])]


EXAMPLE = pytest.mark.parametrize("name", ["patient", "patient-en", "patient-situations"])
PAPER = pytest.mark.parametrize("paper", ["a4", "letter"])


@EXAMPLE
@PAPER
def test_examples_have_no_faults(name: str, paper: str) -> None:
    made = example(name, paper)
    assert all_faults(made.document(), look(made)) == []


@PAPER
def test_pages_have_the_size_of_the_paper(paper: str) -> None:
    width, height = PAPER_SIZES[paper]
    for page in example("patient", paper).document().pages:
        assert (page.width, page.height) == (pytest.approx(width * MM), pytest.approx(height * MM))


def test_six_weeks_of_four_exercises_take_at_most_eighteen_pages_besides_their_leaves() -> None:
    pages = example("patient").document().pages
    assert len([page for page in pages if page.sheet is None]) <= 18


@EXAMPLE
def test_sections_come_in_the_order_of_the_layout_each_on_a_page_of_its_own(name: str) -> None:
    made = example(name)
    strings = made.language.strings
    titles = {
        "cover": made.plan().title,
        "safety": made.plan().safety.title,
        "preparation": made.plan().preparation.title,
        "plan": strings.plan_title,
        "faq": strings.faq_title,
        "passport": strings.passport_title,
        "tracker": strings.tracker_section,
        "exercises": made.plan().exercises[0].name,
    }
    places = []
    for section in made.layout.sections:
        if section == "closing":
            continue  # These clinics have no closing text.
        # The week plan names the exercises too, in headings of level 3.
        found = [
            page
            for role, page, words in headings(made.document())
            if role != "H3" and words.endswith(titles[section])
        ]
        assert len(found) == 1, titles[section]
        places += found
    assert len(places) == len(set(places))
    # Questions and answers may stand before the week sheets, where that spares a page of lines.
    questions = [section for section in made.layout.sections if section != "closing"].index("faq")
    assert sorted(places) in (
        places,
        [*places[: questions - 1], places[questions], places[questions - 1], *places[questions + 1 :]],
    )


@EXAMPLE
@PAPER
def test_the_contents_name_the_page_that_each_section_starts_on(name: str, paper: str) -> None:
    check_contents(example(name, paper))


def test_the_contents_are_right_when_the_cover_takes_several_pages() -> None:
    made = make_program({**LONGEST, "paper": "letter", "large": True}, CLINIC)
    later = [*lines_of(made.document(), 1), *lines_of(made.document(), 2)]
    assert [text for text in later if made.language.strings.contents in text]
    check_contents(made)


def test_a_page_that_no_section_sets_is_not_named() -> None:
    """A number that was only measured with would lead nowhere, and nobody would see."""
    canvas = Canvas(100, 100, ahead={"tracker": 9})
    assert canvas.page_of("tracker") == 9
    with pytest.raises(LookupError, match="no page has the destination nowhere"):
        PageNaming(lambda page_of: Space(page_of("nowhere"))).place(canvas, 0, 0, 100, canvas.root)


def check_contents(made: Made) -> None:
    strings, plan = made.language.strings, made.plan()
    document = made.document()
    # The week plan names the exercises too, in headings of level 3.
    first = {words: page for role, page, words in reversed(headings(document)) if role != "H3"}
    starts = {
        plan.safety.title: first[plan.safety.title],
        plan.preparation.title: first[plan.preparation.title],
        strings.plan_title: first[strings.plan_title],
        # Where the exercises need a page before them, it has this title.
        strings.exercises_title: first.get(strings.exercises_title, first[f"1 {plan.exercises[0].name}"]),
        strings.tracker_section: first[strings.tracker_section],
        strings.faq_title: first[strings.faq_title],
        strings.passport_title: first[strings.passport_title],
    }
    cover = [line for page in range(starts[plan.safety.title] - 1) for line in lines_of(document, page)]
    contents = " ".join(cover[cover.index(strings.contents) :])
    found = {title: re.findall(rf"{title} (\d+)", contents) for title in starts}
    assert found == {title: [str(page)] for title, page in starts.items()}


@EXAMPLE
def test_every_page_has_its_number_and_the_document_id_at_the_foot(name: str) -> None:
    made = example(name)
    document = made.document()
    total = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        words = [text_of(run).replace("\u00a0", " ") for run in runs(page) if run.node == FOOTER]
        line = " ".join(words)
        assert made.ident in line
        assert made.language.fill(made.language.strings.page_of, {"page": number, "total": total}) in line


@EXAMPLE
def test_headings_go_down_by_one_level_at_a_time(name: str) -> None:
    level = 0
    for role, page, words in headings(example(name).document()):
        assert words, f"an empty heading on page {page}"
        assert int(role[1]) <= level + 1, words
        level = int(role[1])


@EXAMPLE
def test_bookmarks_are_the_headings_that_they_point_at(name: str) -> None:
    document = example(name).document()
    by_page: dict[int, list[str]] = {}
    for _, page, words in headings(document):
        by_page.setdefault(page, []).append(words)
    places = [(bookmark.page, bookmark.y) for bookmark in document.bookmarks]
    assert places == sorted(places)
    assert document.bookmarks[0].level == 0
    for bookmark in document.bookmarks:
        assert bookmark.title in by_page[bookmark.page + 1]
        assert 0 <= bookmark.y < document.pages[bookmark.page].height


def test_title_and_metadata() -> None:
    document = example("patient").document()
    assert document.title == "Oefeningen voor je rug, 6 weken"
    assert (document.language, document.author) == ("nl", "Fysiotherapie De Molenbeek")
    assert document.created == dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    assert document.ident == example("patient").ident


def test_the_name_is_in_the_title_only_when_asked_for() -> None:
    data = {"patient": {"label": "Mw. Łódź"}}
    assert "Łódź" not in make_program(data).document().title
    assert make_program(data, name_in_metadata=True).document().title.endswith(" – Mw. Łódź")


def test_the_date_of_the_file_never_comes_from_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert make_program({}).document().created == dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert make_program({"start": "2026-03-02"}).document().created == dt.datetime(1970, 1, 2, tzinfo=dt.UTC)


def test_a_date_of_the_file_that_no_calendar_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 15)
    with pytest.raises(InputError, match=r"^SOURCE_DATE_EPOCH"):
        make_program({}).document()


def test_every_safety_text_is_printed() -> None:
    for name in ("patient", "patient-en"):
        made, text = example(name).plan().safety, document_text(example(name).document())
        for words in (*(sign for box in made.boxes for sign in box.signs), made.stop_rule, *made.ask_first):
            assert words.replace("\u00a0", " ") in text, words
        for box in made.boxes:
            assert all(phone.number in text for phone in box.phones)


def test_an_empty_label_and_an_empty_clinic_give_lines_to_write_on() -> None:
    made = make_program({})
    strings = made.language.strings
    labels = {
        strings.for_patient,
        strings.from_therapist,
        strings.start_date,
        strings.my_goal,
        strings.clinic_stamp,
    }
    assert labels <= lines_to_write_on(made)
    own = {"patient": {"label": "A. B."}, "goal": "Dansen", "therapist": "K. Beek", "start": "2026-03-02"}
    assert not labels & lines_to_write_on(make_program(own, CLINIC))


def lines_to_write_on(made: Made) -> set[str]:
    return {node.actual.removesuffix(": …") for node in made.document().nodes if node.actual.endswith(": …")}


def test_the_clinics_addresses_can_be_followed() -> None:
    links = {
        item.target
        for page in make_program({}, CLINIC).document().pages
        for item in page.items
        if isinstance(item, LinkArea)
    }
    assert {"tel:+31850000000", "mailto:balie@molenbeek.example", "https://molenbeek.example"} <= links


def test_a_mirrored_drawing_is_placed_mirrored_with_the_words_for_its_side() -> None:
    for side, word in (("left", "linkerhiel"), ("right", "rechterhiel")):
        made = make_program({"exercises": ["leg-lengthening"], "side": side})
        (panel,) = [p for p in made.plan().exercises[0].main.panels if word in p.alt]
        document = made.document()
        figures = [
            (item, document.nodes[item.node].alt)
            for page in document.pages
            for item in page.items
            if isinstance(item, Placed) and item.node >= 0
        ]
        shown = [item.mirrored for item, alt in figures if alt == panel.alt]
        assert shown
        assert set(shown) == {panel.mirrored} == {side == "left"}


def test_notes_cautions_and_blank_doses_are_on_the_card() -> None:
    data = {
        "exercises": ["bridge", "plank"],
        "situations": ["high-blood-pressure"],
        "notes": {"bridge": "Til niet te hoog."},
        "doses": {"plank": {"blank": True}},
    }
    made = make_program(data)
    text = document_text(made.document())
    assert "Til niet te hoog." in text
    assert all(caution.text.replace("\u00a0", " ") in text for caution in made.plan().cautions)
    assert made.plan().cautions
    dose = made.language.strings.dose
    assert any(node.actual == f"{dose}: …" for node in made.document().nodes)


def test_a_program_whose_exercises_never_begin_is_still_a_document() -> None:
    made = make_program({"exercises": ["superman"], "weeks": 2})
    assert all_faults(made.document(), look(made)) == []


def test_an_own_date_is_on_every_day_of_the_tracker() -> None:
    made = make_program({"start": "2026-02-26", "weeks": 2})
    pages = [page for page in made.document().pages if page.sheet and page.sheet.name.endswith("a")]
    first, second, _ = ([text_of(run).strip() for run in runs(page)] for page in pages)
    assert [n for n in first if n in {"26", "27", "28"}][:3] == ["26", "27", "28"]
    assert {"5", "6", "7", "8", "9", "10", "11"} <= set(second)


@PAPER
def test_the_longest_texts_find_room(paper: str) -> None:
    made = make_program({**LONGEST, "paper": paper}, CLINIC)
    assert all_faults(made.document(), look(made)) == []


@pytest.mark.parametrize("program", ["short-four", "full-seven", "starter"])
@pytest.mark.parametrize("language", ["nl", "en"])
@PAPER
def test_no_page_is_nearly_empty(program: str, language: str, paper: str) -> None:
    for weeks in (2, 6, 12):
        made = make_program({"program": program, "language": language, "paper": paper, "weeks": weeks})
        parts = [filled_part(page, look(made)) for page in made.document().pages]
        assert min(parts) >= 0.25, [round(part, 2) for part in parts]
