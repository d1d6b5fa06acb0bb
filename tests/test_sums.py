"""The same input gives the same bytes with every Python: 3.12 and newer add with less rounding than 3.11."""

from __future__ import annotations

import builtins
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import pdfgen

EXAMPLES = Path(__file__).parent.parent / "examples"
_PLAIN = builtins.sum


def _exact(values: Iterable[Any], /, start: Any = 0) -> Any:
    found = list(values)
    if not any(isinstance(one, float) for one in (start, *found)):
        return _PLAIN(found, start)
    return math.fsum((start, *found))


def _rounding(values: Iterable[Any], /, start: Any = 0) -> Any:
    total = start
    for one in values:
        total = total + one
    return total


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize(("patient", "layout"), [("patient-en", "standard"), ("patient", "wall-sheet")])
def test_pages_do_not_depend_on_how_numbers_are_added(
    patient: str, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = set()
    for add in (_exact, _rounding):
        monkeypatch.setattr(builtins, "sum", add)
        program = pdfgen.read(EXAMPLES / f"{patient}.yaml", layout=layout, clinic=EXAMPLES / "clinic.yaml")
        found.add(pdfgen.make(program).files[0].data)
    assert len(found) == 1
