"""Sheets read by other hands: OpenCV finds marks, perspective and ink, and never says the opposite of ours.

Its rule is a plain one, the share of a box that is darker than what is round it; between two limits it says
nothing. Where the two differ, ours must have asked for a person.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from simulate_scans import simulated
from test_scan_reading import patients, pdfs  # noqa: F401 - fixtures

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.scanning.locating import locate
from pdfgen.scanning.pages import PagePicture
from pdfgen.scanning.perspective import projected
from pdfgen.scanning.reading import SheetReading, read_sheet
from pdfgen.typesetting.tracker_geometry import MARK, SheetBox, boxes_of, mark_places

#: Pixels a millimetre of the picture in which OpenCV looks at boxes.
_FLAT = 8
#: Millimetres inside the outline that are not looked at.
_RIM = 1.2
#: Share of a box with ink: below the first there is nothing, above the second there is a mark.
_NOTHING, _MARK = 0.01, 0.06
#: Condition, paper, side of the leaf, and millimetres by which the two may place a box differently: a lens
#: bends what both of them take for straight, and each lets another mark count.
SHEETS = (
    ("scan 150 dpi", "a4", 1, 0.35),
    ("turned up to 7°", "letter", 0, 0.7),
    ("photo, tilt to 25°", "a4", 1, 3.0),
)


def homography_by_opencv(pixels: Any, paper: str) -> Any:
    """Return the map from millimetres to pixels by the marks that OpenCV's own detector finds."""
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    marks = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    detector = cv2.aruco.ArucoDetector(marks, parameters)
    corners, idents, _ = detector.detectMarkers(pixels)
    places = mark_places(paper)
    own, there = [], []
    for ident, found in zip(np.ravel(idents), corners, strict=True):
        if ident < len(places):
            x, y = places[ident]
            own += [(x, y), (x + MARK, y), (x + MARK, y + MARK), (x, y + MARK)]
            there += np.reshape(found, (4, 2)).tolist()
    matrix, _ = cv2.findHomography(np.array(own), np.array(there), cv2.RANSAC, 3.0)
    return matrix


def inked(pixels: Any, matrix: Any, paper: str) -> Any:
    """Return a flat picture of the paper with 1 where there is ink."""
    width, height = PAPER_SIZES[paper]
    to_millimetres = np.diag([1 / _FLAT, 1 / _FLAT, 1.0])
    flat = cv2.warpPerspective(
        pixels, matrix @ to_millimetres, (round(width * _FLAT), round(height * _FLAT)),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )  # fmt: skip
    flat = cv2.GaussianBlur(flat, (3, 3), 0)
    return cv2.adaptiveThreshold(
        flat, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 20 * _FLAT + 1, 22
    )


def share(dark: Any, box: SheetBox) -> float:
    """Return the part of a box that has ink."""
    rows, columns = (
        slice(round((edge + _RIM) * _FLAT), round((edge + box.size - _RIM) * _FLAT))
        for edge in (box.y, box.x)
    )
    return float(dark[rows, columns].mean())


@pytest.mark.parametrize(("name", "paper", "side", "apart"), SHEETS, ids=[one[0] for one in SHEETS])
def test_opencv_never_says_the_opposite(
    name: str,
    paper: str,
    side: int,
    apart: float,
    pdfs: dict[str, Path],  # noqa: F811
) -> None:
    image = simulated(pdfs[paper], side, name, seed=7201)[2]
    grey = image.convert("L")
    matrix = homography_by_opencv(np.asarray(grey), paper)
    reading = read_sheet(PagePicture(image))
    assert isinstance(reading, SheetReading)
    assert placed_apart(grey, matrix) < apart
    dark = inked(np.asarray(grey), matrix, paper)
    shares = {one.box.name: share(dark, one.box) for one in reading.boxes}
    opposite = [
        (one.box.name, one.state, shares[one.box.name])
        for one in reading.boxes
        if (one.state == "ticked" and shares[one.box.name] < _NOTHING)
        or (one.state == "empty" and shares[one.box.name] > _MARK)
    ]
    assert opposite == []
    said = sum(not _NOTHING <= value <= _MARK for value in shares.values())
    assert said > 0.8 * len(shares), "who says nothing never says the opposite"


def placed_apart(grey: Image.Image, matrix: Any) -> float:
    """Return by how many millimetres the two place the box that they disagree about most."""
    found = locate(grey)
    assert found.code is not None
    assert found.matrix is not None
    middles = [(box.x + box.size / 2, box.y + box.size / 2) for box in boxes_of(found.code.sheet)]
    back = projected(np.linalg.inv(matrix), projected(found.matrix, middles))
    return float(np.hypot(*(back - np.array(middles)).T).max())
