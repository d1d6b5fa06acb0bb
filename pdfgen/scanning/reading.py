"""One picture of a page becomes the reading of a sheet, or the reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np
from PIL import Image

from pdfgen.scanning.box_ink import measured
from pdfgen.scanning.deciding import BoxState, Reason, decide, page_level
from pdfgen.scanning.ink import RESOLUTION, Ink, ink_of
from pdfgen.scanning.locating import locate
from pdfgen.scanning.morphology import Array
from pdfgen.scanning.outlines import Outlines, find_outlines
from pdfgen.scanning.pages import PagePicture
from pdfgen.scanning.perspective import Matrix, Rect, flattened, pixels_a_millimetre
from pdfgen.scanning.strokes import Strokes, find_strokes
from pdfgen.typesetting.sheet_payload import SheetCode
from pdfgen.typesetting.tracker_geometry import SheetBox, boxes_of

#: Paper round the outermost boxes, in millimetres: what a ring and a search for outlines take.
_AROUND = 9.0
#: Fewer pixels a millimetre than this cannot be read.
_COARSE = 2.2
#: Outlines that must be found, and how far off they may be together.
_FOUND, _SPREAD = 0.55, 0.28
#: Limits of ink up to the first hide no pencil; above it marks must be so many times darker. That of a page
#: with few marks or none may be as high as the third.
_CLEAR, _DARKER, _HIDING = 0.115, 1.75, 0.15
#: Where so many marks, and such a part of them, are in crumbs or pale, others may be lost without a trace.
_BROKEN, _FEWEST, _SHARE = ("small mark", "faint", "shaded", "trace"), 3, 0.2
#: A page with so much paper burnt to white may have lost pencil.
_BURNT = 0.60
#: A page with less ink than this is blank.
_BLANK = 0.0006


class Refusal(Enum):
    """Why a page is not read."""

    BLANK = "blank"
    FOREIGN = "foreign"
    TWO_COLOURS = "two colours"
    NO_CODE = "no code"
    NO_MARKS = "no marks"
    COARSE = "coarse"
    OUTLINES = "outlines"
    NOISY = "noisy"
    BURNT = "burnt"


class BoxReading(NamedTuple):
    """A box, what it says, why it is unsure, and how much ink of what darkness it has."""

    box: SheetBox
    state: BoxState
    reason: Reason = ""
    area: float = 0.0
    contrast: float = 0.0


class FlatPicture(NamedTuple):
    """A part of the paper seen from straight above, and where each box lies in it, in millimetres."""

    pixels: Array
    places: tuple[tuple[float, float], ...]
    resolution: float


class SheetReading(NamedTuple):
    """What a sheet says; `flat` is kept for the review."""

    code: SheetCode
    boxes: tuple[BoxReading, ...]
    flat: FlatPicture | None = None


class NotRead(NamedTuple):
    """Why a page is not read, and its code where that could be."""

    reason: Refusal
    code: SheetCode | None = None


def read_sheet(page: PagePicture) -> SheetReading | NotRead:
    """Read the sheet on a page, turned in any way."""
    picture, two_colours = page.image, page.two_colours
    grey = picture.convert("L")
    located = locate(grey)
    code = located.code
    if code is None:
        return NotRead(_without_code(grey, located.marks, two_colours))
    if two_colours or is_two_coloured(grey):
        return NotRead(Refusal.TWO_COLOURS, code)
    if located.matrix is None:
        return NotRead(Refusal.NO_MARKS, code)
    boxes = boxes_of(code.sheet)
    if not boxes:
        return SheetReading(code, ())
    return _read_boxes(page, located.matrix, code, boxes)


def _without_code(grey: Image.Image, marks: int, two_colours: bool) -> Refusal:
    if marks >= 2:
        return Refusal.TWO_COLOURS if two_colours or is_two_coloured(grey) else Refusal.NO_CODE
    return Refusal.BLANK if _is_blank(grey) else Refusal.FOREIGN


def _is_blank(grey: Image.Image) -> bool:
    """Return whether a page has next to no ink; its edges, where scanners leave shadows, do not count."""
    small = np.asarray(grey.reduce(max(1, max(grey.size) // 800))).astype(np.float32)
    down, across = small.shape[0] // 12 + 1, small.shape[1] // 12 + 1
    inside = small[down:-down, across:-across]
    if not inside.size:
        return False
    paper = float(np.median(inside))
    return paper > 100 and float((np.abs(inside - paper) > 0.18 * paper).mean()) < _BLANK


def is_two_coloured(grey: Image.Image) -> bool:
    """Return whether a picture has black and white alone, as fax machines and many copiers make it."""
    sample = np.asarray(grey)[::3, ::3]
    dark, light = sample < 10, sample > 245
    return bool((dark | light).mean() > 0.995 and dark.any() and len(np.unique(sample)) <= 4)


def _read_boxes(
    page: PagePicture, matrix: Matrix, code: SheetCode, boxes: Sequence[SheetBox]
) -> SheetReading | NotRead:
    part = _around(boxes)
    fineness = pixels_a_millimetre(matrix, part)
    if fineness < _COARSE:
        return NotRead(Refusal.COARSE, code)
    flat = flattened(page.image, matrix, part, RESOLUTION)
    ink = ink_of(flat, max(box.size for box in boxes))
    if ink.burnt > _BURNT and not page.digital:
        return NotRead(Refusal.BURNT, code)
    outlines = find_outlines(ink.darkness, boxes, part.x, part.y)
    if outlines.found < _FOUND or outlines.spread > _SPREAD:
        return NotRead(Refusal.OUTLINES, code)
    places = np.array([(box.x - part.x, box.y - part.y) for box in boxes]) + outlines.moved
    strokes = find_strokes(ink, boxes, places, fineness)
    return _decided(code, strokes, ink, outlines, flat, places)


def _around(boxes: Sequence[SheetBox]) -> Rect:
    left, top = min(box.x for box in boxes) - _AROUND, min(box.y for box in boxes) - _AROUND
    right, low = (max(box.x + box.size for box in boxes), max(box.y + box.size for box in boxes))
    return Rect(left, top, right + _AROUND - left, low + _AROUND - top)


def _decided(
    code: SheetCode, strokes: Strokes, ink: Ink, outlines: Outlines, flat: Array, places: Array
) -> SheetReading | NotRead:
    found = measured(strokes, ink)
    level = page_level(found, strokes)
    readings = tuple(
        BoxReading(placed.box, decision.state, decision.reason, round(one.area, 2), round(one.contrast, 3))
        for placed, decision, one in zip(
            strokes.boxes, decide(found, strokes, outlines, level), found, strict=True
        )
    )
    if _hides_marks(strokes.limit, level.contrast, readings):
        return NotRead(Refusal.NOISY, code)
    corners = tuple((float(x), float(y)) for x, y in places)
    return SheetReading(code, readings, FlatPicture(flat, corners, RESOLUTION))


def _hides_marks(limit: float, contrast: float, readings: Sequence[BoxReading]) -> bool:
    """Return whether marks may be lost in the grain of a page, by limit of ink and contrast of marks."""
    if limit <= _CLEAR:
        return False
    broken = sum(one.reason in _BROKEN for one in readings)
    marks = sum(one.state != "empty" for one in readings)
    if broken >= _FEWEST and broken > _SHARE * marks:
        return True
    return limit > (contrast / _DARKER if contrast else _HIDING)
