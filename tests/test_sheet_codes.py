"""Codes of sheets are QR codes, as a general encoder makes them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel

from pdfgen.pdf.sheet_codes import code_modules, modules_of

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
#: ISO/IEC 18004, table 7: alphanumeric characters at level Q in versions 1 to 4.
ROOM = {16: 21, 29: 25, 47: 29, 67: 33}


def matrix(text: str) -> list[list[bool]]:
    side, rows = code_modules(text)
    width = len(rows) // side
    return [
        [bool(rows[width * row + column // 8] >> (7 - column % 8) & 1) for column in range(side)]
        for row in range(side)
    ]


@given(st.text(ALPHANUMERIC, min_size=1, max_size=67))
@example("A" * 16)
@example("A" * 29)
@example("A" * 47)
@example("A" * 67)
def test_every_module_is_that_of_a_general_encoder(text: str) -> None:
    made = matrix(text)
    code = QRCode((len(made) - 17) // 4, QRErrorCorrectLevel.Q)
    code.addData(QRAlphaNum(text))
    code.makeImpl(False, 3)
    assert made == [[bool(module) for module in row] for row in code.modules]


@pytest.mark.parametrize(("characters", "side"), ROOM.items())
def test_the_smallest_code_is_taken(characters: int, side: int) -> None:
    assert modules_of(characters) == side
    assert modules_of(characters - 1) <= side
    if characters < max(ROOM):
        assert modules_of(characters + 1) == side + 4


@pytest.mark.parametrize("text", ["A" * 5, "A" * 67])
def test_rows_end_with_unpainted_bits(text: str) -> None:
    side, rows = code_modules(text)
    width = len(rows) // side
    assert width == -(-side // 8)
    assert all(rows[width * row + width - 1] & (1 << (-side % 8)) - 1 == 0 for row in range(side))


@pytest.mark.parametrize("text", ["h", "É", "A\n"])
def test_other_characters_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="capitals"):
        code_modules(text)


def test_longer_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 67 characters, not 68"):
        code_modules("A" * 68)
