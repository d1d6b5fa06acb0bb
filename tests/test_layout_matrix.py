"""Every layout in every language, on every paper, for short and long programs: no faults, true to its plan.

A part of the cases runs with every change; the others are marked `matrix`. With a folder in PDFGEN_MATRIX
the files are left there, so that `.ci/run` can hold them against the standards.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from geometry import all_faults, filled_part, parted_words
from programs import Made, make_program

from pdfgen.content import loading
from pdfgen.delivery.imposition import Booklet, Cards, impose
from pdfgen.delivery.verification import expected_of, verify
from pdfgen.errors import FitError
from pdfgen.pdf.reader import read
from pdfgen.typesetting.document import Document
from pdfgen.typesetting.look import make_look

PROGRAMS = ("short-four", "full-seven")
WEEKS = (4, 6, 12)
EVERYWHERE = (("short-four", 6), ("full-seven", 12))

#: Layouts that promise so few pages that not every program fits.
PROMISING = tuple(name for name in loading.list_layouts() if loading.load_layout(name).value.pages)


class Case(NamedTuple):
    layout: str
    language: str
    paper: str
    program: str
    weeks: int

    def __str__(self) -> str:
        return "-".join(map(str, self))

    def made(self) -> Made:
        data = {"layout": self.layout, "language": self.language, "paper": self.paper}
        return make_program({**data, "program": self.program, "weeks": self.weeks, "start": "2026-03-02"})


def cases() -> Iterator[Any]:
    """All cases; with every change, one of each layout and language on its usual paper, not the longest."""
    for number, name in enumerate(loading.list_layouts()):
        layout = loading.load_layout(name).value
        lengths = list(product(PROGRAMS, WEEKS))
        daily = [length for length in lengths if length[1] < max(WEEKS)]
        for index, (language, paper) in enumerate(product(("nl", "en"), layout.papers)):
            always = daily[(number + 3 * index) % len(daily)] if paper == layout.paper else None
            # Two everywhere, and in turn one of the others.
            others = [length for length in lengths if length not in EVERYWHERE]
            chosen = {*EVERYWHERE, others[(number + index) % len(others)]} | ({always} if always else set())
            for length in sorted(chosen):
                case = Case(name, language, paper, *length)
                yield pytest.param(case, id=str(case), marks=() if length == always else pytest.mark.matrix)


@pytest.mark.parametrize("case", list(cases()))
def test_layout(case: Case) -> None:
    made = case.made()
    document = composed(case, made)
    if document is None:
        return
    look = make_look(made.layout, made.paper, made.clinic.accent)
    assert all_faults(document, look, mirrored=made.layout.margins.mirrored) == []
    assert parted_words(document) == []
    filled = [round(filled_part(page, look), 2) for page in document.pages]
    assert min(filled) >= 0.25, filled
    if made.layout.pages:
        assert len(document.pages) <= made.layout.pages
    data = made.pdf()
    assert verify(read(data), expected_of(document)) == ()
    if folder := os.environ.get("PDFGEN_MATRIX"):
        (Path(folder) / f"{case}.pdf").write_bytes(data)
        if imposition := made.layout.imposition:
            up = getattr(imposition, "up", 0)
            sheets = impose(data, Cards(up, made.paper) if up else Booklet(paper=made.paper))
            (Path(folder) / f"{case}-print.pdf").write_bytes(sheets.data)


def composed(case: Case, made: Made) -> Document | None:
    """Return the document; None where a layout cannot keep its promise of pages, and gives advice."""
    if case.layout not in PROMISING or case.program == "short-four":
        return made.document()
    try:
        return made.document()
    except FitError as error:
        advised = all("take fewer exercises" in problem.message for problem in error.problems)
    assert advised
    return None
