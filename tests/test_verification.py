"""Verification finds each fault in a file, and none in a good one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from programs import Made

from pdfgen.delivery.verification import LEAST_MARGIN, expected_of, verify
from pdfgen.errors import VerificationError
from pdfgen.pdf.logical_text import Element, differences, expected_text
from pdfgen.pdf.reader import ReadBack, read
from pdfgen.production.job import Job
from pdfgen.typesetting.document import Document

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclasses.dataclass(frozen=True)
class Sample:
    document: Document
    data: bytes
    found: ReadBack


@pytest.fixture(scope="module")
def sample() -> Sample:
    made = Made.of(Job(EXAMPLES / "patient.yaml"))
    data = made.pdf()
    return Sample(made.document(), data, read(data))


def test_a_good_file_has_no_problems(sample: Sample) -> None:
    assert verify(sample.found, expected_of(sample.document)) == ()
    assert differences(expected_text(sample.document), sample.found.elements) == ()


def new_problems(sample: Sample, changed: ReadBack) -> list[str]:
    """What is wrong with the changed file that is not wrong with the sample."""
    known = verify(sample.found)
    return [str(problem) for problem in verify(changed) if problem not in known]


def page(found: ReadBack, **changes: Any) -> ReadBack:
    """Change the second page."""
    first, second, *rest = found.pages
    return dataclasses.replace(found, pages=(first, dataclasses.replace(second, **changes), *rest))


def font(found: ReadBack, **changes: Any) -> ReadBack:
    return dataclasses.replace(
        found, fonts=(dataclasses.replace(found.fonts[0], **changes), *found.fonts[1:])
    )


def elements(found: ReadBack, *more: Element) -> ReadBack:
    """Add elements at the end."""
    return dataclasses.replace(found, elements=(*found.elements, *more))


FAULTS: dict[str, tuple[Callable[[ReadBack], ReadBack], str]] = {
    "not marked": (lambda found: dataclasses.replace(found, marked=False), "tags: "),
    "no language": (lambda found: dataclasses.replace(found, language=""), "language: "),
    "no title": (lambda found: dataclasses.replace(found, title=""), "title: "),
    "title not shown": (lambda found: dataclasses.replace(found, shows_title=False), "title: "),
    "no PDF/UA": (lambda found: dataclasses.replace(found, pdfua=""), "PDF/UA-1"),
    "PDF/A without tags": (lambda found: dataclasses.replace(found, pdfa="2B"), "PDF/A-2a"),
    "font not embedded": (lambda found: font(found, embedded=False), "not embedded"),
    "font without text": (lambda found: font(found, mapped=False), "cannot be read as text"),
    "no pages": (lambda found: dataclasses.replace(found, pages=()), "no pages"),
    "untagged text": (lambda found: page(found, untagged=("Hallo",)), "page 2: 1 parts"),
    "an empty page": (lambda found: page(found, extent=None), "page 2: the page is empty"),
    "text at the edge": (
        lambda found: page(found, extent=(5.0, 50.0, 300.0, 300.0)), "page 2: something is 1.8 mm"
    ),
    "text beyond the edge": (
        lambda found: page(found, extent=(50.0, 50.0, 700.0, 300.0)), "page 2: something is -"
    ),
    "a figure without alt": (lambda found: elements(found, Element(1, "Figure", "")), "figures: "),
    "a heading cell without scope": (lambda found: elements(found, Element(4, "TH", "Week")), '"Week"'),
    "a heading skipped": (
        lambda found: elements(found, Element(1, "H1", "One"), Element(1, "H3", "Three")),
        '"Three" is a heading of level 3 below one of level 1',
    ),
    "an empty heading": (lambda found: elements(found, Element(1, "H1", "")), "a heading has no text"),
    "no text": (
        lambda found: dataclasses.replace(found, elements=(Element(0, "Document", ""),)), "read aloud"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_finds_each_fault_and_only_it(sample: Sample, name: str) -> None:
    damage, said = FAULTS[name]
    problems = new_problems(sample, damage(sample.found))
    assert len(problems) == 1, problems
    assert said in problems[0]


def test_text_inside_the_margin_of_printers_is_allowed(sample: Sample) -> None:
    least = LEAST_MARGIN * 72 / 25.4
    width, height = sample.found.pages[1].width, sample.found.pages[1].height
    assert not new_problems(sample, page(sample.found, extent=(least, least, width - least, height - least)))


def test_a_changed_text_differs_from_the_source(sample: Sample) -> None:
    place = next(i for i, element in enumerate(sample.found.elements) if element.role == "P" and element.text)
    changed = list(sample.found.elements)
    changed[place] = dataclasses.replace(changed[place], text="Iets anders")
    problems = verify(
        dataclasses.replace(sample.found, elements=tuple(changed)), expected_of(sample.document)
    )
    assert str(problems[-1]) == "text: differs from the source in 1 places"


def test_another_source_differs_in_all(sample: Sample) -> None:
    other = Made.of(Job(EXAMPLES / "patient-en.yaml", paper="letter")).document()
    fields = {problem.field for problem in verify(sample.found, expected_of(other))}
    assert {"text", "title", "language", "page 1"} <= fields
    assert differences(expected_text(other), sample.found.elements)


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF\n"], ids=["empty", "other", "bare"])
def test_what_is_no_pdf_cannot_be_verified(data: bytes) -> None:
    with pytest.raises(VerificationError):
        read(data)


def test_half_a_file_cannot_be_verified(sample: Sample) -> None:
    with pytest.raises(VerificationError):
        read(sample.data[: len(sample.data) // 2])
