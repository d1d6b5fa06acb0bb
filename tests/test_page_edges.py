"""Nothing of a page lies outside it, at its very edge, or over its footer; in every layout, also drawings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from geometry import Box, box_of, described, runs, text_of
from programs import EXAMPLES, Made

from pdfgen.production.job import Job
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import DECORATION, FOOTER, GlyphRun, Page
from pdfgen.typesetting.look import MM

#: What a cut that is 1 mm off, or the rim where printers do not print, may take.
RIM = 3 * MM

LAYOUTS = ("standard", "large-print", "compact", "wall-sheet", "cards", "booklet", "screen", "tracker",
           "bilingual")  # fmt: skip
#: A program of each condition, on each paper.
PROGRAMS = (("patient.yaml", "a4"), ("knee/patient-en.yaml", "letter"))
#: Drawings of every shape on the smallest page: where one ran off it.
CARDS = (("a4", 6), ("a4", 12), ("letter", 6))


@cache
def shared() -> Shared:
    return Shared()


def made(name: str, paper: str, layout: str, weeks: int = 6) -> Made:
    job = Job(EXAMPLES / name, layout=layout, paper=paper, overrides=(("weeks", str(weeks)),))
    return Made.of(job, shared())


def edge_faults(page: Page) -> Iterator[str]:
    """What lies outside the page less its rim, or over the words at its foot."""
    paper = Box(0, 0, page.width, page.height).grown(-RIM)
    feet = [box_of(run) for run in runs(page) if run.node == FOOTER]
    for item in page.items:
        if isinstance(item, GlyphRun) and not text_of(item).strip():
            continue
        box = box_of(item)
        if not paper.holds(box):
            yield f"{described(item)} is outside {paper.millimetres()}"
        if item.node >= DECORATION and any(box.meets(foot) for foot in feet):
            yield f"{described(item)} lies over the footer"


def faults(one: Made) -> list[str]:
    pages = enumerate(one.document().pages, 1)
    return [f"page {number}: {fault}" for number, page in pages for fault in edge_faults(page)]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program[0])
def test_no_ink_lies_at_the_edge_of_a_page_or_over_its_footer(layout: str, program: tuple[str, str]) -> None:
    assert faults(made(*program, layout)) == []


@pytest.mark.parametrize(("paper", "weeks"), CARDS)
def test_no_drawing_runs_off_its_card(paper: str, weeks: int) -> None:
    assert faults(made("knee/patient-en.yaml", paper, "cards", weeks)) == []
