"""The shipped drawings, made beforehand: what they hold, and that they are what the SVG files show."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content.pictures.drawing import Drawing, DrawnShape, VectorPicture
from pdfgen.content.pictures.drawing_file import (
    FIGURES,
    ICONS,
    packed,
    shipped_drawings,
    shipped_names,
    unpacked,
)
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.pdf.finished_drawings import finished
from pdfgen.typesetting.paper import grey_drawing

ASSETS = Path(__file__).parent.parent / "assets"
SVG_FILES = {
    folder + path.stem: path
    for folder in (FIGURES, ICONS)
    for path in sorted((ASSETS / folder).glob("*.svg"))
}
#: Whose drawings there are; "" is the first person, and icons.
PEOPLE = sorted({name.partition("--")[2] for name in SVG_FILES})
RED, PALE, BLACK = (0.8, 0.0, 0.0), (0.9, 0.9, 0.9), (0.0, 0.0, 0.0)

numbers = st.floats(0.1, 1000)
names = st.text(st.characters(codec="utf-8"), max_size=20)
drawings = st.builds(
    Drawing, names, numbers, numbers, st.binary(min_size=1), st.none() | st.binary(min_size=1),
    st.tuples(numbers, numbers),
)  # fmt: skip


def line(x: float, y: float, fill: tuple[float, float, float]) -> DrawnShape:
    return DrawnShape((("M", x, y), ("L", x + 2, y + 2), ("Z",)), fill, None, 0.0, False, 0, 0, ())


def inflated(form: bytes | None) -> bytes | None:
    # What a library packs into may differ between its versions; what comes out does not.
    return None if form is None else zlib.decompress(form)


@given(st.lists(drawings, unique_by=lambda one: one.name))
def test_what_is_packed_comes_out_in_order(given_ones: list[Drawing]) -> None:
    assert list(unpacked(packed(given_ones)).values()) == given_ones
    assert list(unpacked(packed(given_ones))) == [one.name for one in given_ones]


def test_the_file_has_every_svg_file_in_order() -> None:
    assert list(shipped_drawings()) == list(SVG_FILES), "run `python tools/pack_drawings.py`"
    assert {"bridge-a", "bridge-a--older-man"} <= set(shipped_names(FIGURES))
    assert "tick" in shipped_names(ICONS)


# A pose that changes shows in the drawings of the first person too; `make test-all` looks at all people.
@pytest.mark.parametrize(
    "person", [pytest.param(one, marks=[pytest.mark.drawings] if one else []) for one in PEOPLE]
)
def test_the_file_is_current(person: str) -> None:
    for name, path in SVG_FILES.items():
        if name.partition("--")[2] != person:
            continue
        now, shipped = finished(read_svg(path.read_bytes(), name)), shipped_drawings()[name]
        advice = f"{name}: run `python tools/pack_drawings.py`"
        assert inflated(shipped.form) == inflated(now.form), advice
        assert inflated(shipped.grey_form) == inflated(now.grey_form), advice
        assert (shipped.width, shipped.height, shipped.corners) == (now.width, now.height, now.corners), (
            advice
        )


def test_a_figure_without_colours_has_no_second_form() -> None:
    assert all(one.grey_form is None for one in shipped_drawings().values())
    one = shipped_drawings()["figures/bridge-a"]
    assert grey_drawing(one) is one


def test_a_picture_in_colour_is_finished_in_greys_too() -> None:
    drawing = finished(VectorPicture("logo", 30, 20, (line(5, 5, RED), line(9, 9, PALE))))
    assert drawing.form != drawing.grey_form
    assert b" rg " in zlib.decompress(drawing.form)
    assert drawing.grey_form is not None
    assert b" rg " not in zlib.decompress(drawing.grey_form)
    assert grey_drawing(drawing).form == drawing.grey_form
    assert grey_drawing(drawing).name != drawing.name


def test_a_corner_is_free_up_to_the_first_dark_point() -> None:
    assert finished(VectorPicture("x", 40, 30, (line(7, 3, BLACK),))).corners == (7, 30)
    assert finished(VectorPicture("x", 40, 30, (line(1, 1, PALE), line(36, 8, BLACK)))).corners == (30, 8)
    assert finished(VectorPicture("x", 40, 30, (line(1, 1, PALE),))).corners == (30, 30)


def test_reading_them_needs_no_svg_reader_and_no_pdf() -> None:
    code = (
        "import sys; from pdfgen.content.pictures.drawing_file import shipped_drawings; shipped_drawings();"
        "print(sorted(name for name in sys.modules if 'svg' in name or name.startswith('pdfgen.pdf')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
