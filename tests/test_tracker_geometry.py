"""The geometry of week sheets (scanning.md 2), and marks and codes read back from pictures of pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from geometry import Box, box_of, runs
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from programs import Made, examples, make_program

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.errors import FitError
from pdfgen.pdf.sheet_codes import modules_of
from pdfgen.typesetting.document import Document, Page, Sheet, TickBox
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.sheet_payload import SheetCode, decode
from pdfgen.typesetting.tracker_geometry import (
    CODE_ROOM,
    CODE_SIZES,
    VERSION,
    DayRow,
    ExerciseRow,
    PainRows,
    SheetMap,
    boxes_of,
    code_edges,
    marks_and_codes,
)

#: Patterns of scanning.md 2: inner 4 x 4 modules of the six marks, row by row, 1 = white.
MARKS = (0xB532, 0x0F9A, 0x332D, 0x9946, 0x549E, 0x79CD)

EXERCISES = ("leg-lengthening", "knee-rolls", "cat-cow", "bridge", "plank", "superman", "childs-pose")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAYOUTS = ("standard", "large-print", "booklet")


def sheets(document: Document) -> Iterator[tuple[int, Page, Sheet]]:
    for number, page in enumerate(document.pages):
        if page.sheet is not None:
            yield number, page, page.sheet


def boxes(page: Page) -> list[TickBox]:
    return [item for item in page.items if isinstance(item, TickBox)]


@pytest.mark.parametrize("paper", ["a4", "letter"])
class TestMarksAndCodes:
    def sheet(self, paper: str, length: int = 45) -> Sheet:
        return marks_and_codes(paper, 1, "01a", ["A" * length] * 2)

    def test_six_marks_of_nine_millimetres_ten_from_the_edge(self, paper: str) -> None:
        width, height = PAPER_SIZES[paper]
        marks = self.sheet(paper).marks
        assert [ident for ident, *_ in marks] == [0, 1, 2, 3, 4, 5]
        assert {round(size / MM, 3) for *_, size in marks} == {9.0}
        ys = (10.0, 0.4 * height, height - 19.0)
        places = [(x, y) for y in ys for x in (10.0, width - 19.0)]
        for (_, x, y, _), place in zip(marks, places, strict=True):
            assert (x / MM, y / MM) == pytest.approx(place)

    @pytest.mark.parametrize(("characters", "modules"), CODE_SIZES)
    def test_the_code_stands_twice_away_from_marks_and_staple(
        self, paper: str, characters: int, modules: int
    ) -> None:
        assert modules_of(characters) == modules
        sheet = self.sheet(paper, characters)
        width, height = (side * MM for side in PAPER_SIZES[paper])
        codes = [Box(x, y, x + size, y + size) for _, x, y, size in sheet.codes]
        marks = [Box(x, y, x + size, y + size) for _, x, y, size in sheet.marks]
        assert {round(size / MM, 2) for *_, size in sheet.codes} == {round(modules * 0.7, 2)}
        upper, lower = codes
        assert upper.left > width / 2 > lower.right
        assert upper.bottom < height / 2 < lower.top
        right, below, left, above = (length * MM for length in code_edges(paper))
        for code in codes:
            assert Box(10 * MM, 10 * MM, width - 10 * MM, height - 10 * MM).holds(code, by=0.01)
            assert not any(code.grown(2.8 * MM).meets(mark, by=0.01) for mark in marks)
        assert right <= upper.left - 2.8 * MM + 0.01
        assert below >= upper.bottom + 2.8 * MM - 0.01
        assert left >= lower.right + 2.8 * MM - 0.01
        assert above <= lower.top - 2.8 * MM + 0.01

    def test_no_code_is_larger_than_its_room(self, paper: str) -> None:
        assert pytest.approx((33 + 4) * 0.7) == CODE_ROOM
        with pytest.raises(ValueError, match="no sheet code has room for 68 characters"):
            self.sheet(paper, 68)


def test_the_geometry_does_not_change() -> None:
    """Sheets that were printed must stay readable: new numbers need a new version."""
    assert VERSION == 2
    sheet = SheetMap(
        "a4", 0, 6, 1, 1, 2, (1, 3, 5), 12.0, 18.0,
        exercises=(ExerciseRow(2, (1, 5), 60.5),),
        morning=DayRow((3,), 80.0),
        pain_number=DayRow((1,), 90.0),
        pain=PainRows((1, 3), 120.0, 14.5),
        effort=200.0,
        walking=220.0,
    )  # fmt: skip
    placed = {box.name: box for box in boxes_of(sheet)}
    wanted = {
        "ex2.d1": (140.0, 54.5, 12.0), "ex2.d5": (176.0, 54.5, 12.0), "morning.d3": (158.0, 74.0, 12.0),
        "painnumber.d1": (140.0, 84.0, 12.0), "pain.d1.0": (38.0, 115.0, 10.0),
        "pain.d3.10": (178.0, 129.5, 10.0), "effort.easy": (22.0, 194.0, 12.0),
        "effort.right": (77.333, 194.0, 12.0), "effort.hard": (132.667, 194.0, 12.0),
        "walk.d1": (94.0, 215.0, 10.0), "walk.d7": (178.0, 215.0, 10.0),
    }  # fmt: skip
    for name, place in wanted.items():
        assert placed[name][2:5] == pytest.approx(place, abs=0.001), name
    assert {box.radius for box in placed.values() if box.kind == "pain"} == {1.6}
    assert {box.radius for box in placed.values() if box.kind != "pain"} == {1.0}
    assert len(placed) == 2 + 1 + 1 + 22 + 3 + 7
    letter = {box.name: box for box in boxes_of(sheet._replace(paper="letter"))}
    assert letter["ex2.d5"].x == pytest.approx(181.9)


@st.composite
def prescriptions(draw: st.DrawFn) -> dict[str, Any]:
    """Any program whose sheets are read by machine; those of other layouts are sheets like these."""
    chosen = draw(st.lists(st.sampled_from(EXERCISES), min_size=1, max_size=7, unique=True))
    data: dict[str, Any] = {
        "read_back": True,
        "exercises": chosen,
        "weeks": draw(st.integers(2, 12)),
        "layout": "tracker",
        "large": draw(st.booleans()),
        "paper": draw(st.sampled_from(["a4", "letter"])),
        "language": draw(st.sampled_from(["nl", "en"])),
        "goal": draw(st.sampled_from(["", "Weer met de kleinkinderen op de grond spelen"])),
    }
    if draw(st.booleans()):
        data["start"] = draw(st.sampled_from(["2026-03-02", "2026-03-05", "2026-12-27"]))
    if draw(st.booleans()):
        data["days"] = draw(st.sampled_from([["mon", "wed", "fri"], ["tue", "thu"], [*DAYS], ["sat"]]))
    if draw(st.booleans()):
        data["doses"] = {chosen[0]: {"blank": True}}
    return data


@given(prescriptions())
@examples(15)
def test_a_code_gives_the_boxes_that_were_placed(data: dict[str, Any]) -> None:
    check_codes(make_program(data))


@pytest.mark.parametrize("layout", ["standard", "large-print", "bilingual"])
def test_codes_of_other_layouts_do_too(layout: str) -> None:
    check_codes(sheets_alone({"layout": layout, "read_back": True, "weeks": 4, "program": "full-seven"}))


def sheets_alone(data: dict[str, Any]) -> Made:
    """A program in its layout, but with the week sheets alone."""
    made = make_program(data)
    return made.changed(layout=made.layout.model_copy(update={"sections": ("tracker",)}))


def check_codes(made: Made) -> None:
    weeks = made.prescription.weeks
    seen = set()
    for _, page, sheet in sheets(made.document()):
        codes = [decode(text) for text, *_ in sheet.codes]
        assert [code.copy for code in codes] == [0, 1]
        assert {code.document_id for code in codes} == {made.ident}
        assert codes[0].sheet == codes[1].sheet
        read = codes[0].sheet
        assert (read.paper, read.week, read.weeks) == (made.paper, sheet.week, weeks)
        assert DAYS[read.first_day] == made.plan().weeks[0].days[0]
        seen.add((read.week, read.side))
        placed = {box.id: (box.x, box.y, box.size) for box in boxes(page)}
        assert len(placed) == len(boxes(page)), "two boxes have one name"
        decoded = {box.name: (box.x * MM, box.y * MM, box.size * MM) for box in boxes_of(read)}
        assert set(placed) == set(decoded)
        for name, place in placed.items():
            assert place == pytest.approx(decoded[name], abs=0.1 * MM)
        assert {round(box.line / MM, 3) for box in boxes(page)} <= {0.25}
    # A leaf has two sides, and a week may take two leaves.
    sides = range(1, 5 if any(side > 2 for _, side in seen) else 3)
    assert seen == {(week, side) for week in range(weeks + 1) for side in sides}


@given(prescriptions())
@examples(15)
def test_rules_of_the_reader_hold(data: dict[str, Any]) -> None:
    """Sizes, distances, white round marks and codes, and nothing inside boxes."""
    made = make_program(data)
    width, height = (side * MM for side in PAPER_SIZES[made.paper])
    answers = Box(22 * MM, 22 * MM, width - 22 * MM, height - 10 * MM)
    for _, page, sheet in sheets(made.document()):
        squares = [box_of(box) for box in boxes(page)]
        assert all(box.size >= 10 * MM - 0.01 for box in boxes(page))
        assert all(answers.holds(square, by=0.05) for square in squares)
        for one, other in combinations(squares, 2):
            assert not one.grown(4 * MM - 0.05).meets(other, by=0.0)
        zones = [(x, y, size, 2.0) for _, x, y, size in sheet.marks]
        zones += [(x, y, size, 2.8) for _, x, y, size in sheet.codes]
        words = [box_of(run) for run in runs(page) if any(glyph.text.strip() for glyph in run.glyphs)]
        for x, y, size, white in zones:
            zone = Box(x, y, x + size, y + size).grown(white * MM)
            assert not any(zone.meets(thing, by=0.05) for thing in (*squares, *words))
        for square in squares:
            assert not any(square.grown(0.7 * MM).meets(word, by=0.05) for word in words)


@cache
def printed(layout: str, paper: str, count: int) -> Made:
    data = {
        "paper": paper, "layout": layout, "weeks": 2, "start": "2026-03-05", "id": "7K3QMZ9P",
        "exercises": list(EXERCISES[:count]), "read_back": True, "goal": "Weer fietsen",
    }  # fmt: skip
    return sheets_alone(data)


@cache
def picture(layout: str, paper: str, count: int, page: int, dpi: int) -> Image.Image:
    pdf = pypdfium2.PdfDocument(printed(layout, paper, count).pdf())
    try:
        image: Image.Image = pdf[page].render(scale=dpi / 72).to_pil().convert("L")
        return image
    finally:
        pdf.close()


PRINTED = pytest.mark.parametrize(
    ("layout", "paper", "count"),
    [("tracker", "a4", 4), ("tracker", "letter", 7), ("large-print", "a4", 7), ("standard", "letter", 1)],
)


@PRINTED
class TestPictures:
    @pytest.mark.parametrize("dpi", [100, 200])
    def test_both_codes_are_read_from_the_printed_page(
        self, layout: str, paper: str, count: int, dpi: int
    ) -> None:
        for number, _, sheet in sheets(printed(layout, paper, count).document()):
            image = picture(layout, paper, count, number, dpi)
            found = {
                code.text: code.position
                for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
            }
            assert set(found) == {text for text, *_ in sheet.codes}
            for text, x, y, size in sheet.codes:
                assert isinstance(decode(text), SheetCode)
                corner, opposite = found[text].top_left, found[text].bottom_right
                scale = dpi / 72
                assert (corner.x / scale, corner.y / scale) == pytest.approx((x, y), abs=2)
                assert opposite.x / scale == pytest.approx(x + size, abs=2)

    def test_the_marks_have_their_patterns_and_white_round_them(
        self, layout: str, paper: str, count: int
    ) -> None:
        scale = 200 / 72
        for number, _, sheet in sheets(printed(layout, paper, count).document()):
            image = picture(layout, paper, count, number, 200)

            def is_white(x: float, y: float, image: Image.Image = image) -> bool:
                level = image.getpixel((round(x * scale), round(y * scale)))
                assert isinstance(level, int)
                return level > 128

            for ident, x, y, size in sheet.marks:
                module = size / 6
                rows = [
                    [
                        is_white(x + (column + 0.5) * module, y + (row + 0.5) * module)
                        for column in range(-1, 7)
                    ]
                    for row in range(-1, 7)
                ]
                inner = [white for row in rows[2:6] for white in row[2:6]]
                assert sum(white << (15 - place) for place, white in enumerate(inner)) == MARKS[ident]
                border = [*rows[1][1:7], *rows[6][1:7], *(row[c] for row in rows[1:7] for c in (1, 6))]
                assert not any(border), "the edge of a mark is dark"
                around = [*rows[0], *rows[7], *(row[c] for row in rows for c in (0, 7))]
                assert all(around), "white round it"


def test_every_number_of_exercises_has_a_sheet_on_every_paper() -> None:
    for layout in LAYOUTS:
        for paper in ("a4", "letter"):
            for count in range(1, 8):
                data = {"exercises": list(EXERCISES[:count]), "layout": layout, "paper": paper, "weeks": 12}
                try:
                    sheets_alone(data | {"tracker_weeks": "1, 12"}).document()
                except FitError as error:  # pragma: no cover - says which one
                    pytest.fail(f"{layout} on {paper} with {count}: {error}")
