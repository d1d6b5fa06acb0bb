"""Mirrored margins, punch marks and greys change how pages look, and nothing else."""

from __future__ import annotations

import colorsys
import itertools
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import Made

from pdfgen.content.pictures.drawing import Drawing, Raster, grey
from pdfgen.production.job import Job
from pdfgen.typesetting.document import DECORATION, Document, GlyphRun, Page, Picture, Placed, Shape
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.paper import in_greys, with_punch_marks

PATIENT = Path(__file__).parent.parent / "examples" / "patient.yaml"
LAYOUT = """\
name: {nl: proef, en: test}
description: {nl: proef, en: test}
margins: {binding: 30, outer: 16, top: 13, bottom: 19, mirrored: %s}
print: {ink: %s, punch_holes: %d}
type: {body: 12, label: 10.5, title: 34, h1: 26, h2: 17, h3: 13, leading: 1.3}
sections: [cover, safety, plan, exercises, tracker]
"""


def document(folder: Path, *, mirrored: bool = False, ink: str = "colour", holes: int = 0) -> Document:
    layout = folder / "layout.yaml"
    layout.write_text(LAYOUT % (str(mirrored).lower(), ink, holes), encoding="utf-8")
    return Made.of(Job(PATIENT, layout=str(layout), overrides=(("id", "ABCDEFGH"),))).document()


def runs(page: Page) -> list[GlyphRun]:
    return [item for item in page.items if isinstance(item, GlyphRun)]


def test_even_pages_move_by_the_difference_of_the_margins(tmp_path: Path) -> None:
    plain, mirrored = document(tmp_path), document(tmp_path, mirrored=True)
    for number, (before, after) in enumerate(zip(plain.pages, mirrored.pages, strict=True), 1):
        moved = -14 * MM if number % 2 == 0 and before.sheet is None else 0.0
        assert [run.x + moved for run in runs(before)] == pytest.approx([run.x for run in runs(after)])
    assert plain.nodes == mirrored.nodes


def test_sheets_for_the_reader_stay_where_they_are(tmp_path: Path) -> None:
    plain, mirrored = document(tmp_path), document(tmp_path, mirrored=True)
    sheets = [index for index, page in enumerate(plain.pages) if page.sheet]
    assert sheets
    assert [plain.pages[i].items for i in sheets] == [mirrored.pages[i].items for i in sheets]


@pytest.mark.parametrize(("holes", "apart"), [(2, 80.0), (3, 107.95), (4, 80.0)])
def test_punch_marks_stand_at_the_binding_edge_and_the_right_distance(holes: int, apart: float) -> None:
    empty = Page(595.0, 842.0, ())
    for at_right in (False, True):
        marks = list(with_punch_marks(empty, holes, at_right=at_right).items)
        heights = [float(mark.segments[0][2]) for mark in marks if isinstance(mark, Shape)]
        assert len(heights) == holes
        assert sum(heights) / holes == pytest.approx(421.0)
        assert [b - a for a, b in itertools.pairwise(heights)] == pytest.approx([apart * MM] * (holes - 1))
        ends = [float(v) for mark in marks if isinstance(mark, Shape) for s in mark.segments for v in s[1:2]]
        assert all(x > 595 - 9 * MM for x in ends) if at_right else all(x < 9 * MM for x in ends)
        assert all(item.node == DECORATION for item in marks)


def test_grey_ink_leaves_no_colour_and_all_words(tmp_path: Path) -> None:
    colour, greys = document(tmp_path), document(tmp_path, ink="grey")
    assert colour.nodes == greys.nodes
    found = set()
    for page in greys.pages:
        for item in page.items:
            if isinstance(item, GlyphRun):
                found.add(item.colour)
            elif isinstance(item, Shape):
                found |= {item.fill, item.stroke} - {None}
            elif isinstance(item, Placed):
                assert not re.search(rb" (rg|RG) ", zlib.decompress(item.drawing.form))
    assert all(r == g == b for r, g, b in found)
    assert any(len(set(run.colour)) > 1 for page in colour.pages for run in runs(page))


def test_a_grey_picture_is_made_once() -> None:
    drawing = Drawing("logo", 10, 10, b"in colour", b"in grey", (10, 10))
    raster = Raster("photo", 1, 1, "RGB", bytes((255, 0, 0)), None, b"jpeg")
    items = (Placed(drawing, 0, 0, 10, 10, 0), Picture(raster, 0, 0, 1, 1, 0))
    known: dict[str, Drawing | Raster] = {}
    first, second = (in_greys(Page(100, 100, items), known) for _ in range(2))
    assert isinstance(first.items[1], Picture)
    assert first.items[1].raster.mode == "L"
    assert first.items[1].raster.jpeg != b"jpeg"
    for one, other in zip(first.items, second.items, strict=True):
        assert isinstance(one, Placed | Picture)
        assert one[0] is other[0]
        assert one[0] not in (drawing, raster)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_lighter_colours_give_lighter_greys(hue: float, value: float, more: float) -> None:
    dark, light = sorted((value, more))
    assert grey(colorsys.hsv_to_rgb(hue, 1, dark)) <= grey(colorsys.hsv_to_rgb(hue, 1, light))


def test_prescription_chooses_the_ink() -> None:
    page = Made.of(Job(PATIENT, overrides=(("ink", "grey"),))).document().pages[0]
    assert all(len(set(run.colour)) == 1 for run in runs(page))
