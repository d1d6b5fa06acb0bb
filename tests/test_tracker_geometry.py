"""The geometry of tracker sheets (scanning.md 2), and marks and codes read back from a picture of a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise

import pypdfium2
import pytest
import zxingcpp
from geometry import Box, box_of, runs
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from programs import Made, make_program

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.typesetting.document import Document, Page, TickBox
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.tracker_geometry import (
    LAYOUT_VERSION,
    MAX_EXERCISES,
    SheetGeometry,
    check_character,
    make_sheet,
    sheet_code,
    sheet_geometry,
)

PAPERS = ("a4", "letter")
COUNTS = range(1, MAX_EXERCISES + 1)
DOCUMENT_ID = "7K3QMZ9P"

#: Patterns of scanning.md 2: inner 4 x 4 modules of the six marks, row by row, 1 = white.
MARKS = (0xB532, 0x0F9A, 0x332D, 0x9946, 0x549E, 0x79CD)

#: What a code is made of, and what a damaged one may be taken for.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-."

EVERY_SHEET = pytest.mark.parametrize(
    ("paper", "count"), [(paper, count) for paper in PAPERS for count in COUNTS]
)

PROGRAMS = {
    1: ["bridge"],
    4: None,
    7: ["leg-lengthening", "knee-rolls", "cat-cow", "bridge", "plank", "superman", "childs-pose"],
}


@cache
def program_of(paper: str, count: int) -> Made:
    data = {
        "paper": paper,
        "weeks": 2,
        "start": "2026-03-05",
        "id": DOCUMENT_ID,
        "days": ["mon", "wed", "fri", "sat"],
    }
    chosen = PROGRAMS[count]
    return make_program(data | ({"exercises": chosen} if chosen else {}))


def document(paper: str, count: int) -> Document:
    return program_of(paper, count).document()


@cache
def printed(paper: str, count: int) -> bytes:
    return program_of(paper, count).pdf()


@cache
def picture(paper: str, count: int, page: int, dpi: int) -> Image.Image:
    pdf = pypdfium2.PdfDocument(printed(paper, count))
    try:
        image: Image.Image = pdf[page].render(scale=dpi / 72).to_pil().convert("L")
        return image
    finally:
        pdf.close()


def sheets(finished: Document) -> list[tuple[int, Page]]:
    return [(number, page) for number, page in enumerate(finished.pages) if page.sheet is not None]


def millimetres(points: Sequence[float]) -> list[float]:
    return [round(value / MM, 2) for value in points]


def squares(geometry: SheetGeometry) -> dict[str, list[Box]]:
    def around(x: float, y: float, size: float) -> Box:
        return Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)

    return {
        "ticks": [around(x, y, geometry.box) for y in geometry.rows for x in geometry.columns],
        "pain": [around(x, y, geometry.pain_box) for y in geometry.pain_rows for x in geometry.pain_columns],
    }


class TestGeometry:
    @EVERY_SHEET
    def test_boxes_have_the_sizes_of_the_research(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count)
        assert millimetres([geometry.box, geometry.radius, geometry.pain_box, geometry.pain_radius]) == [
            6.0,
            1.0,
            5.2,
            1.6,
        ]
        assert 0.20 <= geometry.line / MM <= 0.25
        assert (len(geometry.columns), len(geometry.pain_rows), len(geometry.pain_columns)) == (7, 7, 11)
        assert len(geometry.rows) == count + 1, "one row more, for walking"

    @EVERY_SHEET
    def test_pitches_leave_room_for_a_ring(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count)
        for values, least in (
            (geometry.columns, 9.0),
            (geometry.rows, 9.0),
            (geometry.pain_columns, 9.2),
            (geometry.pain_rows, 6.8),
        ):
            assert all(later - earlier >= least * MM - 0.01 for earlier, later in pairwise(values))

    @EVERY_SHEET
    def test_answers_are_clear_of_punch_holes_and_marks(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count)
        width, height = (side * MM for side in PAPER_SIZES[paper])
        inside = Box(22 * MM, 22 * MM, width - 22 * MM, height - 22 * MM)
        for boxes in squares(geometry).values():
            assert all(inside.holds(box, by=0.01) for box in boxes)

    @EVERY_SHEET
    def test_parts_follow_each_other_down_the_page(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count)
        height = PAPER_SIZES[paper][1] * MM
        assert geometry.head_y < geometry.rows[0] - geometry.row_height / 2
        assert (
            geometry.rows[-1] + geometry.row_height / 2
            < geometry.pain_top
            < geometry.pain_rows[0] - geometry.pain_box / 2
        )
        assert geometry.pain_rows[-1] + geometry.pain_box / 2 < geometry.below < geometry.bottom
        assert geometry.bottom < height - (10 + 14.7) * MM
        assert geometry.bottom - geometry.below >= 25 * MM, (
            "room for effort, what was planned, the moment and a note"
        )

    @pytest.mark.parametrize("paper", PAPERS)
    def test_six_marks_of_nine_millimetres_ten_from_the_edge(self, paper: str) -> None:
        width, height = PAPER_SIZES[paper]
        marks = make_sheet(paper, 1, 4, DOCUMENT_ID).marks
        assert [ident for ident, *_ in marks] == [0, 1, 2, 3, 4, 5]
        assert {round(size / MM, 3) for *_, size in marks} == {9.0}
        left, right, top, bottom = 10.0, width - 19.0, 10.0, height - 19.0
        assert [(round(x / MM, 3), round(y / MM, 3)) for _, x, y, _ in marks] == [
            (left, top),
            (round(right, 3), top),
            (left, round(0.4 * height, 3)),
            (round(right, 3), round(0.4 * height, 3)),
            (left, round(bottom, 3)),
            (round(right, 3), round(bottom, 3)),
        ]

    @pytest.mark.parametrize("paper", PAPERS)
    def test_the_code_stands_twice_away_from_marks_and_staple(self, paper: str) -> None:
        sheet = make_sheet(paper, 1, 4, DOCUMENT_ID)
        width, height = (side * MM for side in PAPER_SIZES[paper])
        codes = [Box(x, y, x + size, y + size) for _, x, y, size in sheet.codes]
        marks = [Box(x, y, x + size, y + size) for _, x, y, size in sheet.marks]
        assert [round(size / MM, 2) for *_, size in sheet.codes] == [14.7, 14.7]
        upper, lower = codes
        assert upper.left > width / 2
        assert upper.bottom < height / 2
        assert lower.right < width / 2
        assert lower.top > height / 2
        for code in codes:
            assert Box(10 * MM, 10 * MM, width - 10 * MM, height - 10 * MM).holds(code, by=0.01)
            assert not any(code.grown(2.8 * MM).meets(mark, by=0.01) for mark in marks)

    def test_it_does_not_change(self) -> None:
        """Sheets that were printed must stay readable: new numbers need a new layout version."""
        geometry = sheet_geometry("a4", 4)
        assert LAYOUT_VERSION == 1
        assert millimetres(geometry.columns) == [87.71, 103.14, 118.57, 134.0, 149.43, 164.86, 180.29]
        assert millimetres(geometry.rows) == [63.0, 75.0, 87.0, 99.0, 111.0]
        assert millimetres(geometry.pain_columns)[:3] == [52.45, 65.36, 78.27]
        assert millimetres(geometry.pain_rows) == [145.0, 153.0, 161.0, 169.0, 177.0, 185.0, 193.0]
        seven = sheet_geometry("letter", 7)
        assert millimetres(seven.rows) == [62.0, 72.0, 82.0, 92.0, 102.0, 112.0, 122.0, 132.0]
        assert millimetres(seven.pain_rows)[::6] == [164.6, 207.8]


class TestCode:
    def test_it_says_what_the_sheet_is(self) -> None:
        code = sheet_code("a4", 3, 4, DOCUMENT_ID, 1)
        assert code[:-1] == "H114" + DOCUMENT_ID + "3" + "1"
        assert len(code) == 15
        assert sheet_code("letter", 12, 7, DOCUMENT_ID, 0)[:-1] == "H137" + DOCUMENT_ID + "C" + "0"

    @given(
        st.sampled_from(PAPERS),
        st.integers(1, 12),
        st.integers(1, 7),
        st.text(CROCKFORD, min_size=8, max_size=8),
        st.integers(0, 1),
    )
    def test_every_misread_character_is_noticed(
        self, paper: str, week: int, count: int, ident: str, copy: int
    ) -> None:
        code = sheet_code(paper, week, count, ident, copy)
        assert check_character(code[:-1]) == code[-1]
        for place, right in enumerate(code):
            for wrong in CHECKED.replace(right, ""):
                misread = code[:place] + wrong + code[place + 1 :]
                assert check_character(misread[:-1]) != misread[-1], (place, wrong)

    @given(st.text(CROCKFORD, min_size=8, max_size=8))
    def test_neighbours_that_change_places_are_noticed(self, ident: str) -> None:
        code = sheet_code("a4", 1, 4, ident, 0)
        for place in range(len(code) - 2):
            one, other = code[place : place + 2]
            swapped = code[:place] + other + one + code[place + 2 :]
            assert one == other or check_character(swapped[:-1]) != swapped[-1]

    @given(
        st.lists(
            st.tuples(st.sampled_from(PAPERS), st.integers(1, 12), st.integers(1, 7), st.integers(0, 1)),
            unique=True,
        )
    )
    def test_sheets_that_differ_have_codes_that_differ(self, some: list[tuple[str, int, int, int]]) -> None:
        assert len(
            {sheet_code(paper, week, count, DOCUMENT_ID, copy) for paper, week, count, copy in some}
        ) == len(some)


PRINTED = pytest.mark.parametrize(
    ("paper", "count"), [(paper, count) for paper in PAPERS for count in PROGRAMS]
)


class TestPages:
    @PRINTED
    def test_there_is_a_sheet_for_every_week_and_a_spare_one(self, paper: str, count: int) -> None:
        pages = [page for _, page in sheets(document(paper, count))]
        assert [page.sheet.week for page in pages if page.sheet] == [1, 2, 0]

    @PRINTED
    def test_boxes_are_placed_where_the_geometry_says(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count)
        names = [f"ex{n}" for n in range(1, count + 1)]
        for _, page in sheets(document(paper, count)):
            boxes = {box.id: box for box in page.items if isinstance(box, TickBox)}
            assert len(boxes) == sum(isinstance(item, TickBox) for item in page.items), (
                "two boxes have one id"
            )
            for ident, box in boxes.items():
                kind, *where = ident.split(".")
                if kind == "effort":
                    continue
                day = int(where[0][1:]) - 1
                if kind == "pain":
                    x, y = geometry.pain_columns[int(where[1])], geometry.pain_rows[day]
                else:
                    x, y = geometry.columns[day], geometry.rows[names.index(kind)]
                assert (box.x + box.size / 2, box.y + box.size / 2) == (pytest.approx(x), pytest.approx(y))
                assert box.size == (geometry.pain_box if kind == "pain" else geometry.box)
                assert box.line == geometry.line
            assert {f"pain.d{day}.{value}" for day in range(1, 8) for value in range(11)} <= set(boxes)
            assert {"effort.easy", "effort.right", "effort.hard"} <= set(boxes)

    @PRINTED
    def test_there_is_a_box_for_every_exercise_of_every_session_and_no_other(
        self, paper: str, count: int
    ) -> None:
        plan = program_of(paper, count).plan()
        weeks = (*plan.weeks, plan.spare_week)
        for week, (_, page) in zip(weeks, sheets(document(paper, count)), strict=True):
            days = {day: index for index, day in enumerate(week.days, 1)}
            wanted = {
                f"ex{item.number}.d{days[session.day]}" for session in week.sessions for item in session.items
            }
            boxes = {box.id for box in page.items if isinstance(box, TickBox) and box.id.startswith("ex")}
            assert boxes == wanted

    @PRINTED
    def test_nothing_overlaps_boxes_marks_or_codes(self, paper: str, count: int) -> None:
        for _, page in sheets(document(paper, count)):
            assert page.sheet is not None
            boxes = [box_of(item) for item in page.items if isinstance(item, TickBox)]
            assert not any(one.meets(other, by=0) for one, other in combinations(boxes, 2))
            places = [(x, y, size) for _, x, y, size in (*page.sheet.marks, *page.sheet.codes)]
            taken = [Box(x, y, x + size, y + size).grown(2 * MM) for x, y, size in places]
            things = boxes + [box_of(run) for run in runs(page)]
            assert not any(zone.meets(box, by=0.05) for zone in taken for box in things)

    @PRINTED
    @pytest.mark.parametrize("dpi", [100, 200])
    def test_both_codes_are_read_from_the_printed_page(self, paper: str, count: int, dpi: int) -> None:
        for number, page in sheets(document(paper, count)):
            assert page.sheet is not None
            image = picture(paper, count, number, dpi)
            found = {
                code.text: code.position
                for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
            }
            assert set(found) == {text for text, *_ in page.sheet.codes}
            for text, x, y, size in page.sheet.codes:
                corner, opposite = found[text].top_left, found[text].bottom_right
                scale = dpi / 72
                assert (corner.x / scale, corner.y / scale) == (
                    pytest.approx(x, abs=2),
                    pytest.approx(y, abs=2),
                )
                assert opposite.x / scale == pytest.approx(x + size, abs=2)

    @PRINTED
    def test_the_marks_have_their_patterns_and_white_round_them(self, paper: str, count: int) -> None:
        scale = 200 / 72
        for number, page in sheets(document(paper, count)):
            assert page.sheet is not None
            image = picture(paper, count, number, 200)

            def is_white(x: float, y: float, image: Image.Image = image) -> bool:
                level = image.getpixel((round(x * scale), round(y * scale)))
                assert isinstance(level, int)
                return level > 128

            for ident, x, y, size in page.sheet.marks:
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
                border = [
                    *rows[1][1:7],
                    *rows[6][1:7],
                    *(row[column] for row in rows[1:7] for column in (1, 6)),
                ]
                assert not any(border), "the edge of a mark is dark"
                assert all([*rows[0], *rows[7], *(row[column] for row in rows for column in (0, 7))]), (
                    "white round it"
                )


LARGE_COUNTS = (4, 7)


@cache
def large(paper: str, count: int) -> Made:
    data = {"paper": paper, "weeks": 2, "start": "2026-03-05", "id": DOCUMENT_ID, "layout": "large-print"}
    chosen = PROGRAMS[count]
    return make_program(data | ({"exercises": chosen} if chosen else {}))


@pytest.mark.parametrize(("paper", "count"), [(paper, count) for paper in PAPERS for count in COUNTS])
class TestLargeGeometry:
    def test_boxes_lie_apart_and_clear_of_punch_holes(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count, large=True)
        width, height = (side * MM for side in PAPER_SIZES[paper])
        inside = Box(22 * MM, 22 * MM, width - 22 * MM, height - 22 * MM)
        for boxes in squares(geometry).values():
            assert all(inside.holds(box, by=0.01) for box in boxes)
            assert not any(one.meets(other, by=0) for one, other in combinations(boxes, 2))

    def test_boxes_are_clear_of_marks_and_codes(self, paper: str, count: int) -> None:
        boxes = squares(sheet_geometry(paper, count, large=True))
        for part in ("ticks", "pain"):
            sheet = make_sheet(paper, 1, count, DOCUMENT_ID, part)
            places = [(x, y, size) for _, x, y, size in (*sheet.marks, *sheet.codes)]
            taken = [Box(x, y, x + size, y + size).grown(2 * MM) for x, y, size in places]
            assert not any(zone.meets(box, by=0.05) for zone in taken for box in boxes[part])

    def test_boxes_are_larger_than_in_the_standard_form(self, paper: str, count: int) -> None:
        geometry = sheet_geometry(paper, count, large=True)
        assert millimetres([geometry.box, geometry.pain_box]) == [9.0, 8.0]


@pytest.mark.parametrize(("paper", "count"), [(paper, count) for paper in PAPERS for count in LARGE_COUNTS])
class TestLargeSheets:
    def test_a_week_has_a_sheet_of_ticks_and_one_of_pain(self, paper: str, count: int) -> None:
        pages = [page for _, page in sheets(large(paper, count).document())]
        assert [page.sheet.name for page in pages if page.sheet] == ["01a", "01b", "02a", "02b", "00a", "00b"]
        names = [
            {item.id.split(".")[0][:2] for item in page.items if isinstance(item, TickBox)} for page in pages
        ]
        assert names == [{"ex"}, {"pa", "ef"}] * 3

    def test_words_and_boxes_are_clear_of_marks_and_codes(self, paper: str, count: int) -> None:
        for _, page in sheets(large(paper, count).document()):
            assert page.sheet is not None
            boxes = [box_of(item) for item in page.items if isinstance(item, TickBox)]
            assert not any(one.meets(other, by=0) for one, other in combinations(boxes, 2))
            places = [(x, y, size) for _, x, y, size in (*page.sheet.marks, *page.sheet.codes)]
            taken = [Box(x, y, x + size, y + size).grown(2 * MM) for x, y, size in places]
            things = boxes + [box_of(run) for run in runs(page)]
            assert not any(zone.meets(box, by=0.05) for zone in taken for box in things)

    def test_each_sheet_names_its_week_in_its_title(self, paper: str, count: int) -> None:
        made = large(paper, count)
        title = made.language.strings.tracker_title
        for _, page in sheets(made.document()):
            assert page.sheet is not None
            words = " ".join("".join(glyph.text for glyph in run.glyphs) for run in runs(page))
            wanted = f"{title} {page.sheet.week}" if page.sheet.week else made.language.strings.spare_week
            assert wanted in words.replace("\u00a0", " ")

    def test_codes_tell_paper_and_part(self, paper: str, count: int) -> None:
        pdf = pypdfium2.PdfDocument(large(paper, count).pdf())
        forms = []
        for number, page in sheets(large(paper, count).document()):
            image = pdf[number].render(scale=100 / 72).to_pil().convert("L")
            found = {c.text for c in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)}
            assert page.sheet is not None
            assert found == {text for text, *_ in page.sheet.codes}
            forms += [{text[2] for text in found}]
        assert forms == ([{"5"}, {"6"}] if paper == "a4" else [{"7"}, {"8"}]) * 3
        pdf.close()
