"""Patterns of square modules: registration marks, which let a machine find a sheet, and codes.

A pattern is written as a picture of one bit a module: where painted squares only touch, many viewers and
printers show hairlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pdfgen.pdf.objects import stream
from pdfgen.pdf.sheet_codes import code_modules

#: Inner 4 x 4 modules of ArUco's dictionary DICT_4X4_50, row by row from the top, 1 = white (OpenCV,
#: `predefined_dictionaries`). These six differ from each other by at least six modules in every rotation.
_ARUCO_4X4_50 = (0xB532, 0x0F9A, 0x332D, 0x9946, 0x549E, 0x79CD)


class Pattern(NamedTuple):
    """A square of modules.

    Attributes:
        modules: in a side.
        rows: from the top, each of whole bytes, the first module in the highest bit, 1 is dark.
    """

    modules: int
    rows: bytes


def image_mask(pattern: Pattern) -> bytes:
    """Return a pattern as an image XObject that paints its dark modules, one unit wide and high."""
    size = b"/Width %d/Height %d" % (pattern.modules, pattern.modules)
    return stream(
        b"/Type/XObject/Subtype/Image%s/BitsPerComponent 1/ImageMask true/Decode[1 0]" % size, pattern.rows
    )


def marker(ident: int) -> Pattern:
    """Return an ArUco marker: a dark border round 4 x 4 modules of data.

    Raises:
        ValueError: no marker has this number.
    """
    if not 0 <= ident < len(_ARUCO_4X4_50):
        raise ValueError(f"no registration mark {ident}; there are marks 0 to {len(_ARUCO_4X4_50) - 1}")
    bits = _ARUCO_4X4_50[ident]
    edge = [True] * 6
    rows = [
        [True, *(not bits >> (15 - 4 * row - column) & 1 for column in range(4)), True] for row in range(4)
    ]
    return _pattern([edge, *rows, edge])


@lru_cache(maxsize=64)
def address_code(address: str) -> Pattern:
    """Return the smallest QR code that holds `address` with error correction M, without quiet zone.

    M restores 15 % of the code (ISO/IEC 18004): enough for a fold or a stain, and modules stay large.

    Raises:
        ValueError: the address is too long for any code.
    """
    # Only addresses of videos need the encoder.
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    return _pattern(code.modules)


def sheet_code(text: str) -> Pattern:
    """Return the code of a week sheet.

    Raises:
        ValueError: the text has more than 67 characters, or some that QR's alphanumeric set lacks.
    """
    return Pattern(*code_modules(text))


def _pattern(rows: Sequence[Sequence[bool]]) -> Pattern:
    width = -(-len(rows) // 8)
    packed = [int("".join("01"[bool(dark)] for dark in row).ljust(width * 8, "0"), 2) for row in rows]
    return Pattern(len(rows), b"".join([row.to_bytes(width, "big") for row in packed]))
