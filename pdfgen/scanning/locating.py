"""Where a sheet lies in a picture, and what its code says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import zxingcpp
from PIL import Image

from pdfgen.scanning.marks import find_marks
from pdfgen.scanning.morphology import Array, mean
from pdfgen.scanning.perspective import Matrix, Rect, affine, distances, flattened, homography
from pdfgen.typesetting.sheet_payload import PAPERS, NotASheetCodeError, SheetCode, decode
from pdfgen.typesetting.tracker_geometry import CODE_SIZES, MARK, MODULE, code_places, mark_places

#: Corners that agree lie within so many millimetres of where they should.
_AGREE = 0.35
#: Pixels a millimetre in which codes are read, and how much they are sharpened, one after the other.
_CODE_RESOLUTION, _SHARPENED = 14.0, (0.0, 1.3)
#: The kind of codes that sheets have.
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
#: Room round the place of a code, for a sheet of another paper than is thought.
_ROOM = 4.0


class Located(NamedTuple):
    """A sheet in a picture.

    Attributes:
        code: what it says; None where none could be read.
        matrix: from millimetres to pixels; None where fewer marks agree than it takes.
        marks: how many were found.
    """

    code: SheetCode | None
    matrix: Matrix | None
    marks: int


def locate(grey: Image.Image) -> Located:
    """Find the marks and the code of the sheet in a picture."""
    found = find_marks(grey)
    fits = {paper: _fit(found, paper) for paper in PAPERS}
    code = None
    for paper, matrix in fits.items():
        if matrix is not None and code is None:
            code = _code_at(grey, matrix, paper)
    if code is None:
        code = _decoded(np.asarray(grey))
    return Located(code, fits[code.sheet.paper] if code else None, len(found))


def _fit(found: Mapping[int, Array], paper: str) -> Matrix | None:
    """Return the map from a paper to the picture on which marks agree; None where too few do."""
    places = mark_places(paper)
    source = {
        ident: np.array([(x, y), (x + MARK, y), (x + MARK, y + MARK), (x, y + MARK)])
        for ident, (x, y) in enumerate(places)
        if ident in found
    }
    if len(source) < 2:
        return None
    scale = float(np.median([_length(found[ident]) / _length(corners) for ident, corners in source.items()]))
    if len(source) == 2:
        # A flat scan whose corners are cut off; the outlines of the boxes have the last word.
        return _two_marks(source, found, scale)
    return _agreeing(source, found, scale)


def _two_marks(source: Mapping[int, Array], found: Mapping[int, Array], scale: float) -> Matrix | None:
    one = np.concatenate(list(source.values()))
    other = np.concatenate([found[ident] for ident in source])
    matrix = affine(one, other)
    return matrix if distances(matrix, one, other).max() < _AGREE * scale else None


def _agreeing(source: Mapping[int, Array], found: Mapping[int, Array], scale: float) -> Matrix | None:
    """Return the projection without the marks that disagree, at most all but three."""
    kept = set(source)
    while True:
        matrix, errors = _projection(kept, source, found)
        worst = max(errors.values())
        if worst <= _AGREE * scale:
            return matrix
        if len(kept) <= 3:
            return matrix if np.mean(list(errors.values())) <= scale else None
        kept.remove(min(kept, key=lambda ident: _spread(kept - {ident}, source, found)))


def _spread(kept: set[int], source: Mapping[int, Array], found: Mapping[int, Array]) -> float:
    return float(np.mean(list(_projection(kept, source, found)[1].values())))


def _projection(
    kept: set[int], source: Mapping[int, Array], found: Mapping[int, Array]
) -> tuple[Matrix, dict[int, float]]:
    """Return the projection of some marks, and how far off each of them is."""
    idents = sorted(kept)
    matrix = homography(
        np.concatenate([source[ident] for ident in idents]),
        np.concatenate([found[ident] for ident in idents]),
    )
    return matrix, {ident: float(distances(matrix, source[ident], found[ident]).mean()) for ident in idents}


def _length(corners: Array) -> float:
    return float(np.sqrt(((corners - np.roll(corners, -1, 0)) ** 2).sum(1)).mean())


def _code_at(grey: Image.Image, matrix: Matrix, paper: str) -> SheetCode | None:
    """Return the code that is read at one of its two places."""
    for part in _code_places(paper):
        flat = flattened(grey, matrix, part, _CODE_RESOLUTION)
        for amount in _SHARPENED:
            code = _decoded(_sharpened(flat, amount) if amount else flat)
            if code:
                return code
    return None


def _code_places(paper: str) -> Iterator[Rect]:
    size = CODE_SIZES[-1][1] * MODULE
    for x, y in code_places(paper, size):
        yield Rect(x - _ROOM, y - _ROOM, size + 2 * _ROOM, size + 2 * _ROOM)


def _sharpened(flat: Array, amount: float) -> Array:
    values = flat + amount * (flat.astype(np.float32) - mean(flat, 13))
    result: Array = np.clip(values, 0, 255).astype(np.uint8)
    return result


def _decoded(pixels: Array) -> SheetCode | None:
    """Return the first code of a sheet among the QR codes of a picture; codes of videos are others."""
    for found in zxingcpp.read_barcodes(pixels, formats=_QR):
        try:
            return decode(found.text)
        except NotASheetCodeError:
            continue
    return None
