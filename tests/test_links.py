"""Links: contents go to their sections, names of exercises to their pages, phone numbers can be called."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator

import pikepdf
import pytest
from geometry import runs, text_of
from programs import in_week, make_program, varied, words_of

from pdfgen.content.loading import list_layouts
from pdfgen.delivery.imposition import Booklet, impose
from pdfgen.typesetting.document import Document, GlyphRun, LinkArea

#: Where links to a later form of an exercise go.
FORM = re.compile(r"#exercise-\d+-\d+")

each_layout = pytest.mark.parametrize("layout", list_layouts())
each_language = pytest.mark.parametrize("language", ["nl", "en"])


def links(document: Document) -> Iterator[tuple[int, LinkArea]]:
    """Page, from 0, and link, of each link."""
    for number, page in enumerate(document.pages):
        yield from ((number, item) for item in page.items if isinstance(item, LinkArea))


@each_layout
@each_language
def test_names_and_contents_go_where_they_say(layout: str, language: str) -> None:
    made = varied(layout, language)
    document = made.document()
    headings = {bookmark.title: bookmark.page for bookmark in reversed(document.bookmarks)}
    pages = {f"#{place.name}": place.page for place in document.destinations}
    inner = [(page, link) for page, link in links(document) if link.target.startswith("#")]
    exercises = made.plan().exercises
    names = {exercise.name: f"{exercise.number} {exercise.name}" for exercise in exercises}
    headings = {" ".join(title.split()): page for title, page in headings.items()}
    c = made.composer()
    going_on = {c.fill(c.strings.continued, title=name): heading for name, heading in names.items()}
    # On paper the exercises begin with the first of them, under no heading of their own.
    headings.setdefault(c.strings.exercises_title, headings.get(names[exercises[0].name], -1))
    then = c.strings.next_exercise.partition("{")[0]
    for _, link in inner:
        if then in link.description:
            said = link.description.partition(then)[2]
            (page,) = (headings[name] for name in names.values() if said.startswith(name))
            assert page == pages[link.target]
        elif re.fullmatch(r"#weeks|#week-\d+", link.target):
            assert pages[link.target] == 0
        elif link.description == c.strings.to_pain or link.target.startswith("#pain-week-"):
            assert pages[link.target] == headings[c.strings.tracker_section]
        elif link.target == "#warm-up":
            # Its drawings are where the program prepares.
            shown = headings.get(made.plan().preparation.title, headings[c.strings.exercises_title])
            assert shown <= pages[link.target] <= shown + 1
        elif named := [name for name in names.values() if link.description.startswith(name)]:
            assert pages[link.target] >= headings[named[0]]
        elif (number := link.description.split()[-1].rstrip(".").partition("–")[0]).isdigit():
            # Front and back of a card have one number.
            place = pages[link.target] // 2 if layout == "cards" else pages[link.target]
            assert int(number) == place + 1
        elif link.description in (forms := {f.name: e.name for e in exercises for f in e.shown_forms}):
            assert pages[link.target] >= headings[names[forms[link.description]]]
        elif FORM.fullmatch(link.target):
            assert pages[link.target] >= headings[names[link.description.partition(" · ")[0]]]
        elif re.match("#signs-|#ask-first", link.target):
            assert pages[link.target] == headings[c.plan.safety.title]
        else:
            said = link.description.partition(" · ")[0]
            assert headings[(names | going_on).get(said, said)] == pages[link.target], said
    if len(document.pages) > 8 and layout != "tracker":
        # On a screen the name of the form is a part of the link.
        assert names.keys() <= {link.description.partition(" · ")[0] for _, link in inner}


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "bilingual"])
def test_each_week_sheet_and_the_plan_link_to_the_exercises(layout: str) -> None:
    document = varied(layout, "nl").document()
    linked = {page for page, link in links(document) if link.target.startswith("#exercise-")}
    weeks = {
        number for number, page in enumerate(document.pages) if page.sheet and page.sheet.name[-1] == "a"
    }
    assert weeks <= linked
    assert linked - weeks


@pytest.mark.parametrize("layout", ["standard", "large-print", "booklet", "bilingual"])
def test_the_name_on_a_week_sheet_goes_to_the_page_of_that_weeks_form(layout: str) -> None:
    made = make_program({"program": "short-four", "weeks": 6, "start": "2026-03-02", "layout": layout})
    document = made.document()
    places = {f"#{place.name}": place.page for place in document.destinations}
    by_name = {exercise.name: exercise for exercise in made.plan().exercises}
    seen = set()
    for page, link in links(document):
        sheet = document.pages[page].sheet
        if sheet is None or not sheet.week or link.description not in by_name:
            continue
        form = in_week(by_name[link.description], sheet.week)
        said = words_of([text_of(run) for run in runs(document.pages[places[link.target]])])
        assert not form.form_number or f"{form.main.name}" in said
        seen.add((form.number, form.form_number))
    assert {(4, 1), (4, 2)} <= seen
    targets = {link.target for page, link in links(document) if document.pages[page].sheet}
    assert len([target for target in targets if FORM.fullmatch(target)]) == 2


@each_layout
@each_language
def test_every_phone_number_can_be_called(layout: str, language: str) -> None:
    document = varied(layout, language).document()
    called = {link.target for _, link in links(document) if link.target.startswith("tel:")}
    assert "tel:+3285000000" in {target[:15] for target in called}
    plain: dict[int, str] = defaultdict(str)
    for item in (item for page in document.pages for item in page.items):
        if isinstance(item, GlyphRun) and item.node >= 0 and document.nodes[item.node].role != "Link":
            plain[item.node] += "".join(glyph.text for glyph in item.glyphs)
    numbers = re.compile(r"085\s000\s0000|\b112\b")
    assert [words for words in plain.values() if numbers.search(words)] == []


@each_layout
def test_the_file_has_each_link_with_its_page_and_its_element(layout: str) -> None:
    made = varied(layout, "nl")
    document = made.document()
    pages = {f"#{place.name}": place.page for place in document.destinations}
    with pikepdf.open(io.BytesIO(made.pdf())) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        annotations = [(number, a) for number, page in enumerate(pdf.pages) for a in page.get("/Annots", [])]
        found = [(number, one) for number, one in annotations if one.Subtype == "/Link"]
        expected = list(links(document))
        assert len(found) == len(expected)
        for (page, link), (number, annotation) in zip(expected, found, strict=True):
            assert (number, str(annotation.Contents)) == (page, link.description)
            assert ("/A" in annotation) != ("/Dest" in annotation)
            if "/Dest" in annotation:
                assert numbers[annotation.Dest[0].objgen] == pages[link.target]
                assert 0 < float(annotation.Dest[3]) <= round(document.pages[pages[link.target]].height, 2)


def test_sheets_of_a_booklet_have_no_links() -> None:
    made = make_program({"layout": "booklet", "weeks": 2})
    with pikepdf.open(io.BytesIO(impose(made.pdf(), Booklet()).data)) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
