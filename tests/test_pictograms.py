"""Sixteen pictograms of one size that survive small print and a copier."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.illustration.geometry import Bools
from pdfgen.illustration.pictograms import PICTOGRAMS, pictogram
from pdfgen.illustration.pictograms.pen import PEN, SIDE, arc, disc, turned
from pdfgen.illustration.preview import preview

#: Dots an inch of a usual office copier.
COPIER = 200


def copied(name: str, millimetres: float, dots_an_inch: int = COPIER) -> Bools:
    """Where a pictogram is black, printed at a size and turned into black and white."""
    drawing = read_svg(pictogram(name).encode(), name)
    picture = preview(drawing, round(dots_an_inch * millimetres / SIDE)).convert("L")
    return np.asarray(picture) < 128


def regions(black: Bools) -> tuple[int, int]:
    """How many black shapes there are, and how many white ones."""
    whole = np.pad(black, 1)
    return ndimage.label(whole, np.ones((3, 3)))[1], ndimage.label(~whole)[1]


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_pictogram_fills_the_same_square(name: str) -> None:
    dots = 240
    rows, columns = np.nonzero(copied(name, SIDE, dots))
    units = SIDE / round(SIDE * dots / 25.4)
    reach = [columns.min() * units, rows.min() * units, (columns.max() + 1) * units, (rows.max() + 1) * units]
    left, top, right, bottom = reach
    assert min(left, top) > 1.8
    assert max(right, bottom) < 22.2
    assert max(right - left, bottom - top) > 18
    assert abs((left + right) / 2 - 12) < 0.7
    assert abs((top + bottom) / 2 - 12) < 0.7


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_nothing_breaks_or_closes_at_6_mm_on_a_copier(name: str) -> None:
    assert regions(copied(name, 6)) == regions(copied(name, 48))


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_no_line_is_thinner_than_the_pen_allows(name: str) -> None:
    drawing = read_svg(pictogram(name).encode(), name)
    assert (
        min(shape.width for shape in drawing.shapes if shape.stroke is not None or shape.width) >= 0.9 * PEN
    )


def test_arc_stays_on_its_circle_and_turns_about_a_point() -> None:
    path = arc((12, 12), (8, 8), 10, 250)
    assert np.hypot(*(path.points() - 12).T) == pytest.approx(np.full(len(path.points()), 8), abs=0.01)
    there_and_back = turned(turned(path, 90, (3, 4)), -90, (3, 4))
    assert there_and_back.points() == pytest.approx(path.points(), abs=0.01)
    assert turned(disc((12, 4), 1), 90, (12, 12)).points().mean(0) == pytest.approx([20, 12], abs=0.5)
