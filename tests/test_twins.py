"""Twin copies: two languages, with the same things on the same places of the same pages."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from geometry import all_faults, box_of, document_text, runs, text_of
from programs import EXAMPLES, Data, Made, make_program, shipped_language

from pdfgen.cli.app import program
from pdfgen.delivery.verification import verify
from pdfgen.errors import ExitCode
from pdfgen.pdf.reader import read
from pdfgen.typesetting.blocks import Bullets, Columns, Frame, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Code, Document, Page, Picture, Placed, Shape, TickBox
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM, WHITE, make_look
from pdfgen.typesetting.sections.pain_scale import signals
from pdfgen.typesetting.twins import Higher, in_one_run, in_shared_size, matched, matched_flow

PATIENT = str(EXAMPLES / "patient.yaml")
SAME = 0.5
#: Segments of a line and of a rectangle.
_STRAIGHT = (2, 5)

BOTH = {"nl": "Begin tegen het aanrecht, en niet meer. " * 3, "en": "Start at the kitchen worktop."}
CLINIC = {"name": "Praktijk De Brug", "phone": "085 000 0000", "footer": "Samen in beweging"}
SITUATIONS = {"situations": ["high-blood-pressure", "pregnancy"], "side": "left"}
LONG = {"paper": "letter", "program": "full-seven", **SITUATIONS}


def twins(data: Data, clinic: Data | None = None) -> tuple[Made, Made]:
    return _twins(json.dumps(data), json.dumps(clinic))


@cache
def _twins(data: str, clinic: str) -> tuple[Made, Made]:
    given = {"layout": "bilingual", "start": "2026-03-02", **json.loads(data)}
    made = make_program(given, json.loads(clinic))
    second = {"nl": "en", "en": "nl"}[made.language.id]
    first = made.changed(second_language=shipped_language(second).value)
    twin = first.twin()
    assert twin is not None
    return first, twin


def run(*arguments: str, patient: str = PATIENT) -> Result:
    return CliRunner().invoke(program, ["generate", patient, *arguments])


def things(page: Page) -> list[tuple[str, float, float, float, float]]:
    """Drawings, pictures, boxes, codes, frames and the lines of tables with their places."""
    found = []
    for item in page.items:
        match item:
            case Placed():
                found.append((item.drawing.name, *box_of(item)))
            case Picture():
                found.append((item.raster.name, *box_of(item)))
            case TickBox():
                found.append((item.id, *box_of(item)))
            case Shape() if page.sheet is None and item.fill == INK and len(item.segments) == max(_STRAIGHT):
                # What words stand on is as wide as they are.
                box = box_of(item)
                found.append(("ground", box.left, box.top, box.left, box.bottom))
            case Shape() if page.sheet is None and len(item.segments) in _STRAIGHT:
                found.append(("line or frame", *box_of(item)))
            case Code():
                found.append((item.text, *box_of(item)))
    return found


def faults(one: Document, other: Document) -> list[str]:
    """Where two documents differ in what should stand on the same place."""
    if len(one.pages) != len(other.pages):
        return [f"{len(one.pages)} and {len(other.pages)} pages"]
    found = []
    for number, pages in enumerate(zip(one.pages, other.pages, strict=True), 1):
        first, second = map(things, pages)
        if [name for name, *_ in first] != [name for name, *_ in second]:
            found.append(f"page {number} has other drawings or boxes")
            continue
        for (name, *place), (_, *elsewhere) in zip(first, second, strict=True):
            if any(abs(a - b) > SAME for a, b in zip(place, elsewhere, strict=True)):
                found.append(f"page {number}: {name} at {place} and {elsewhere}")
        if pages[0].sheet != pages[1].sheet:
            found.append(f"page {number} has other codes")
    marks = [[(mark.level, mark.page, round(mark.y)) for mark in made.bookmarks] for made in (one, other)]
    if marks[0] != marks[1]:
        found += [f"bookmarks {a} and {b}" for a, b in zip(*marks, strict=False) if a != b] or ["bookmarks"]
    return found


@pytest.mark.parametrize(
    ("language", "chosen", "weeks"),
    [
        ("nl", "full-seven", 4),
        ("en", "short-four", 4),
        pytest.param("nl", "short-four", 12, marks=pytest.mark.matrix),
        pytest.param("en", "full-seven", 12, marks=pytest.mark.matrix),
    ],
)
def test_everything_stands_on_the_same_places(language: str, chosen: str, weeks: int) -> None:
    first, twin = twins({"language": language, "program": chosen, "weeks": weeks})
    assert not faults(first.document(), twin.document())
    for made in (first, twin):
        look = make_look(made.layout, made.paper, made.clinic.accent)
        assert not all_faults(made.document(), look)


@pytest.mark.matrix
@pytest.mark.parametrize(
    ("data", "clinic"),
    [
        ({"large": True, "program": "short-four"}, None),
        ({"large": True, "program": "full-seven", "weeks": 12}, None),
        (LONG, CLINIC),
        ({"notes": {"plank": "Begin rustig. " * 20}, "doses": {"plank": {"blank": True}}}, CLINIC),
        ({"exercises": ["bridge"], "goal": "Weer fietsen naar de markt"}, None),
        (
            {"goal": BOTH, "if_then": BOTH, "notes": {"plank": [{"text": BOTH, "to_week": 2}]}, "weeks": 4},
            None,
        ),
    ],
)
def test_places_are_the_same_whatever_is_prescribed(data: Data, clinic: Data | None) -> None:
    first, twin = twins(data, clinic)
    assert not faults(first.document(), twin.document())


def test_the_ground_of_weeks_is_as_wide_as_its_own_words() -> None:
    for made in twins({"program": "full-seven", "weeks": 8}):
        found = []
        for page in made.document().pages:
            white = [box_of(run) for run in runs(page) if run.colour == WHITE]
            for item in page.items:
                if isinstance(item, Shape) and item.fill == INK and len(item.segments) == max(_STRAIGHT):
                    box = box_of(item)
                    on = [
                        one
                        for one in white
                        if box.left < one.left < box.right and box.top < one.top < box.bottom
                    ]
                    found += [(box.right - one.right) - (one.left - box.left) for one in on]
        assert len(found) > 4
        assert max(map(abs, found)) < 6


def test_own_words_of_the_therapist_say_their_language_in_the_other_copy() -> None:
    own = {"goal": "Weer fietsen", "message": "Rustig aan.", "notes": {"bridge": "Niet te hoog."}}
    first, twin = twins({**own, "if_then": "Na de koffie"})
    written = document_text(twin.document())
    for words in ("Weer fietsen", "Rustig aan.", "Niet te hoog.", "Na de koffie"):
        assert f"{words} (written in Dutch)" in written
    tagged = {node.id for node in twin.document().nodes if node.lang == "nl"}
    marked = [run for page in twin.document().pages for run in runs(page) if run.node in tagged]
    assert "Niet te hoog." in "".join(map(text_of, marked))
    assert "written in" not in "".join(map(text_of, marked))
    assert not [node for node in first.document().nodes if node.lang]
    assert "geschreven)" not in document_text(first.document())


def test_without_matching_the_copies_would_differ() -> None:
    """The comparison above can fail."""
    data = {"layout": "bilingual", "start": "2026-03-02", "program": "full-seven"}
    assert faults(make_program(data).document(), make_program({**data, "language": "en"}).document())


def test_each_copy_says_that_it_is_one_of_two() -> None:
    first, twin = twins({})
    assert first.ident == twin.ident
    assert "Tweede taal English, met alles op dezelfde plaats" in document_text(first.document())
    assert "Second language Nederlands, with everything in the same place" in document_text(twin.document())
    assert (first.document().language, twin.document().language) == ("nl", "en")


@pytest.mark.parametrize("data", [{}, LONG, {"large": True}])
def test_every_page_of_a_copy_names_both_languages(data: Data) -> None:
    """Week sheets, which hang on the wall by themselves, did not."""
    for made, languages in zip(twins(data), ("nl + en", "en + nl"), strict=True):
        without = [
            number
            for number, page in enumerate(made.document().pages, 1)
            if not any(languages in text_of(run) for run in runs(page))
        ]
        assert not without


def test_both_copies_are_written_and_in_order(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    result = run("--layout", "bilingual", "-o", str(target))
    assert result.exit_code == 0, result.stderr
    copy = tmp_path / "x-en.pdf"
    assert result.stdout.split() == [str(target), str(copy)]
    for file in (target, copy):
        assert not verify(read(file.read_bytes()))
    patient = str(EXAMPLES / "patient-en.yaml")
    assert run("--layout", "bilingual", "-o", str(tmp_path / "z.pdf"), patient=patient).exit_code == 0
    assert (tmp_path / "z-nl.pdf").exists()


@pytest.mark.matrix
def test_verify_holds_both_copies_against_the_prescription(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    run("--layout", "bilingual", "-o", str(target))
    for file in (target, tmp_path / "x-en.pdf"):
        command = ["verify", str(file), "--against", PATIENT, "--layout", "bilingual"]
        result = CliRunner().invoke(program, command)
        assert result.exit_code == 0, result.stderr
    changed = CliRunner().invoke(program, [*command, "--set", "goal=Fietsen"])
    assert changed.exit_code == ExitCode.VERIFICATION


def test_nothing_is_written_where_one_of_both_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "x-en.pdf").write_text("not a PDF")
    result = run("--layout", "bilingual", "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code != 0
    assert [path.name for path in tmp_path.iterdir()] == ["x-en.pdf"]


def test_standard_output_takes_the_patients_copy_alone() -> None:
    result = run("--layout", "bilingual", "-o", "-")
    assert result.stdout_bytes.startswith(b"%PDF-")
    assert "the copy in the language en is left out" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--twin", "nl"], '--twin: twin_language: "nl" is the language of the program itself; name another'),
        (["--twin", "fy"], '--twin: twin_language: there is no language "fy"; known: en, en-US, nl'),
        (["--layout", "standard", "--twin", "en"], "--twin: this layout makes no twin copy"),
        (["--set", "clinic="], "add --twin CODE, twin_language to the prescription, or languages"),
    ],
)  # fmt: skip
def test_a_second_language_that_cannot_be(arguments: list[str], said: str) -> None:
    result = run("-o", "-", "--layout", "bilingual", *arguments)
    assert result.exit_code == ExitCode.INPUT
    assert said in result.stderr


def copies() -> tuple[Composer, Composer]:
    first, twin = twins({})
    composers = first.composer(), twin.composer()
    return replace(composers[0], twin=composers[1]), replace(composers[1], twin=composers[0])


@pytest.mark.parametrize("width", [80.0, 200.0, 450.0])
def test_blocks_that_do_not_correspond_take_the_same_room(width: float) -> None:
    words = "Ga langzaam liggen en adem rustig door. " * 3

    def compose(c: Composer) -> list[Flowed]:
        if c.language.id == "nl":
            return [Flowed(c.bullets([words, words])), Flowed(c.paragraph(words)), Flowed(c.space(2))]
        return [Flowed(c.bullets(["Lie down."])), Flowed(c.stack(c.space(1), c.paragraph("Lie down.")))]

    own, other = (
        [item.block.height(min(width, c.look.width)) for item in matched_flow(c, compose)] for c in copies()
    )
    assert own == other
    assert len(own) == 3


LINE = 18.2


def list_items(document: Document) -> list[tuple[int, str, float]]:
    """The items of all lists: page, label and the place of the label down the page."""
    labels = {
        run.node: (number, text_of(run), run.y)
        for number, page in enumerate(document.pages, 1)
        for run in reversed(runs(page))
        if document.nodes[run.node].role == "Lbl"
    }
    return [labels[node] for node in sorted(labels)]


@pytest.mark.parametrize("data", [LONG, {"weeks": 12}])
def test_items_of_lists_are_less_than_a_line_from_the_same_place(data: Data) -> None:
    """A finger on one of them in one copy is not on the next one in the other."""
    own, other = (list_items(made.document()) for made in twins(data))
    assert len(own) > 100
    assert [item[:2] for item in own] == [item[:2] for item in other]
    assert max(abs(one[2] - two[2]) for one, two in zip(own, other, strict=True)) < LINE


@pytest.mark.parametrize("longer", [0, 2, 4])
def test_no_gap_shows_where_the_other_language_takes_a_line_more(longer: int) -> None:
    c = copies()[0]
    items = ["Lie down."] * 5
    other = ["Lie down on your back, feet flat." if at == longer else words for at, words in enumerate(items)]
    own, matched_list = c.bullets(items), in_shared_size(c.bullets(items), c.bullets(other))
    width = 200.0
    assert c.bullets(other).height(width) - own.height(width) == pytest.approx(LINE)
    assert matched_list.height(width) == pytest.approx(c.bullets(other).height(width))
    assert isinstance(matched_list, Bullets)
    white = [item.height(width) - LINE for item in matched_list.items]
    assert max(white) <= LINE / 2 + 0.1, white


def test_texts_that_were_matched_apart_share_white_below_each_other() -> None:
    """What goes wrong had a gap of a line below it, before what needs care."""
    c = copies()[0]
    short, long = (
        c.paragraph("You hold your breath."),
        c.paragraph("You hold your breath, and push too hard."),
    )
    apart = [
        in_shared_size(c.stack(one, gap=1.0), c.stack(two, gap=1.0))
        for one, two in ((short, long), (short, short))
    ]
    parts = [block for stack in apart if isinstance(stack, Stack) for block in stack.blocks]
    width = 200.0
    assert [block.height(width) for block in parts] == pytest.approx([2 * LINE, LINE])
    assert [block.height(width) for block in in_one_run(parts)] == pytest.approx([1.5 * LINE, 1.5 * LINE])
    space = c.space(1)
    assert in_one_run([*parts, space])[2] == space


def test_words_above_a_number_stand_right_above_it_in_both_copies() -> None:
    """Who answers a number was a line away from it where the other language takes two lines."""
    c = copies()[0]
    number = c.paragraph("112", c.look.h2)
    own, other = (
        c.columns(c.stack(c.paragraph(words), number), number, align="bottom")
        for words in ("day and night", "in an emergency, by day and by night, and on Sundays too")
    )
    shared = in_shared_size(own, other)
    assert isinstance(shared, Columns)
    first = shared.blocks[0]
    assert isinstance(first, Higher)
    assert (first.align, first.own) == ("bottom", own.blocks[0])


def test_what_has_a_shared_size_is_as_it_is() -> None:
    """Sections match some of their blocks before all of them are matched."""
    own, other = (c.bullets([f"{c.language.name} " * 20, "Lie down."]) for c in copies())
    once, turned = in_shared_size(own, other), in_shared_size(other, own)
    assert in_shared_size(once, turned) == once


def test_a_text_alone_is_as_it_is() -> None:
    c = replace(copies()[0], twin=None)
    paragraph = c.paragraph("Lie down.")
    assert matched(c, lambda copy: paragraph) is paragraph


def test_colours_are_not_matched() -> None:
    """Only sizes are shared: a larger number in a colour of one copy does not mix with the other copy's."""
    red, green = (1.0, 0.2, 0.2), (0.2, 1.0, 0.2)
    c = copies()[0]
    words = c.paragraph("Lie down.")
    assert in_shared_size(Rule(red), Rule(green)) == Rule(red)
    frame = Frame(words, (1.0, 1.0, 1.0, 1.0), fill=red)
    framed = in_shared_size(frame, frame._replace(fill=green))
    assert isinstance(framed, Frame)
    assert framed.fill == red
    style = c.look.body._replace(colour=red)
    other = c.paragraph("Lie.", style._replace(colour=green))
    own = in_shared_size(c.paragraph("Lie down.", style), other)
    assert isinstance(own, Higher)
    assert isinstance(own.own, Paragraph)
    assert own.own.text.style.colour == red


def test_the_ranges_of_pain_have_frames_of_one_height_in_both_copies() -> None:
    """One was higher than the others where its words have more lines in the other language."""
    for made in twins(SITUATIONS):
        colours = signals(made.composer())
        edges = [
            round(box_of(item)[3] - box_of(item)[1], 2)
            for page in made.document().pages
            for item in page.items
            if isinstance(item, Shape) and item.fill in colours and len(item.segments) == 5
            and box_of(item)[2] - box_of(item)[0] < 3 * MM < box_of(item)[3] - box_of(item)[1]
        ]  # fmt: skip
        boxes = edges[-3:]
        assert len(boxes) == 3
        assert len(set(boxes)) == 1, boxes
