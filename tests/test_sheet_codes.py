"""Codes of sheets are QR codes, as a general encoder makes them."""

from __future__ import annotations

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.pdf.sheet_codes import LENGTH, MODULES, code_rows

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def modules(text: str) -> list[list[bool]]:
    data = code_rows(text)
    return [
        [bool(data[3 * row + column // 8] >> (7 - column % 8) & 1) for column in range(MODULES)]
        for row in range(MODULES)
    ]


@given(st.text(ALPHANUMERIC, min_size=LENGTH, max_size=LENGTH))
def test_every_module_is_that_of_a_general_encoder(text: str) -> None:
    code = segno.make_qr(text, version=1, error="q", mode="alphanumeric", boost_error=False, mask=3)
    assert modules(text) == [[bool(module) for module in row] for row in code.matrix]


def test_rows_end_with_unpainted_bits() -> None:
    data = code_rows("H1A17K3QX0AB613")
    assert len(data) == 3 * MODULES
    assert all(data[3 * row + 2] & 0b111 == 0 for row in range(MODULES))


@pytest.mark.parametrize("text", ["", "H" * 14, "H" * 16, "h" * 15, "É" * 15])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="15 capitals"):
        code_rows(text)
