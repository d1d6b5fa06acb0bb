"""Whether a finished file is what it should be: tagged, archival, complete, and true to its source.

This is a check of our own files in a second, not a proof of conformance: veraPDF gives that in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pdfgen.errors import Problem, limited, printable
from pdfgen.pdf.logical_text import Element, differences, expected_text
from pdfgen.pdf.reader import ReadBack, read
from pdfgen.typesetting.document import Document

#: Millimetres at the edge of a page that common printers cannot print on.
LEAST_MARGIN = 4.0

_POINTS_A_MILLIMETRE = 72 / 25.4

#: Two lengths in points that are the same: PDF numbers are written with few decimals.
_SAME = 0.1


#: Differences of a text that are told one by one, and letters of each.
_MOST_DIFFERENCES, _LONGEST_DIFFERENCE = 1_000, 300


class Expected(NamedTuple):
    """What a file has to say: that of the document that it was made from.

    Attributes:
        papers: width and height of each page, in points.
    """

    title: str
    language: str
    papers: tuple[tuple[float, float], ...]
    elements: tuple[Element, ...]


class Verified(NamedTuple):
    """What is wrong with a file, and where its text is another than expected, in a line each."""

    problems: tuple[Problem, ...]
    differences: tuple[str, ...] = ()


def expected_of(document: Document) -> Expected:
    """Return what a file of a document has to say."""
    papers = tuple((page.width, page.height) for page in document.pages)
    return Expected(document.title, document.language, papers, expected_text(document))


def verify_file(data: bytes, copies: tuple[Expected, ...] = ()) -> Verified:
    """Return what is wrong with a file that may be from elsewhere.

    All that depends on what is in the file is done here, so that it can be done in a process of its own.

    Args:
        data: the file.
        copies: what it was made from, in each language; the one in its language counts, else the first.

    Raises:
        VerificationError, CostlyFileError, MemoryError: as `reader.read`.
    """
    found = read(data)
    if not copies:
        return Verified(verify(found))
    expected = next((one for one in copies if one.language == found.language), copies[0])
    lines = differences(expected.elements, found.elements)
    told = (line[:_LONGEST_DIFFERENCE] for line in islice(lines, _MOST_DIFFERENCES))
    return Verified(limited([*_alone(found), *_against(found, expected, lines)]), tuple(told))


def verify(found: ReadBack, expected: Expected | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with a file, in the order of importance; nothing when it is in order.

    Args:
        found: the file as it was read.
        expected: with it, text, title, language and pages must be equal.
    """
    if expected is None:
        return limited(_alone(found))
    lines = differences(expected.elements, found.elements)
    return limited([*_alone(found), *_against(found, expected, lines)])


def _alone(found: ReadBack) -> Iterator[Problem]:
    yield from _damage(found)
    yield from _claims(found)
    yield from _fonts(found)
    yield from _pages(found)
    yield from _tree(found.elements)


def _damage(found: ReadBack) -> Iterator[Problem]:
    for part in found.damaged:
        yield Problem("damaged: it cannot be unpacked whole; make the file again", field=part)
    for number, page in enumerate(found.pages, 1):
        if page.faults:
            field = f"page {number}"
            more = f" and {len(page.faults) - 1} more faults" if len(page.faults) > 1 else ""
            yield Problem(f"damaged: {page.faults[0]}{more}; make the file again", field=field)


def _claims(found: ReadBack) -> Iterator[Problem]:
    if not found.marked:
        yield Problem("the file does not say that it is tagged", field="tags")
    if not found.language:
        yield Problem("the language is not given, so a screen reader cannot choose a voice", field="language")
    if not found.title:
        yield Problem("the title is not given", field="title")
    if not found.shows_title:
        yield Problem("viewers show the name of the file in place of the title", field="title")
    if found.pdfua != "1":
        yield Problem("the file does not say that it is PDF/UA-1", field="metadata")
    if found.pdfa != "2A":
        yield Problem("the file does not say that it is PDF/A-2a", field="metadata")


def _fonts(found: ReadBack) -> Iterator[Problem]:
    for font in found.fonts:
        field = f"font {printable(font.name)}"
        if not font.embedded:
            yield Problem("not embedded; it will look different elsewhere", field=field)
        if not font.mapped:
            yield Problem("its characters cannot be read as text", field=field)


def _pages(found: ReadBack) -> Iterator[Problem]:
    if not found.pages:
        yield Problem("the file has no pages", field="pages")
    least = LEAST_MARGIN * _POINTS_A_MILLIMETRE - _SAME
    for number, page in enumerate(found.pages, 1):
        field = f"page {number}"
        if page.untagged:
            yield Problem(
                f"{len(page.untagged)} parts are neither tagged nor marked as decoration", field=field
            )
        if page.extent is None:
            yield Problem("the page is empty", field=field)
            continue
        left, top, right, bottom = page.extent
        margin = min(left, top, page.width - right, page.height - bottom)
        if margin < least:
            millimetres = margin / _POINTS_A_MILLIMETRE
            message = f"something is {millimetres:.1f} mm from the edge; printers need {LEAST_MARGIN:g} mm"
            yield Problem(message, field=field)


def _tree(elements: Iterable[Element]) -> Iterator[Problem]:
    level, has_text = 0, False
    for element in elements:
        has_text |= bool(element.text)
        if element.role == "Figure" and not element.alt and not element.actual:
            yield Problem("a figure has no text that tells what it shows", field="figures")
        text = printable(element.text)
        if element.role == "TH" and not element.scope:
            yield Problem(f'the heading cell "{text}" does not say what it is for', field="tables")
        if element.role[:1] == "H" and element.role[1:].isdigit():
            deeper = int(element.role[1:])
            if deeper > level + 1:
                message = f'"{text}" is a heading of level {deeper} below one of level {level}'
                yield Problem(message, field="headings")
            if not element.text:
                yield Problem("a heading has no text", field="headings")
            level = deeper
    if not has_text:
        yield Problem("the file has no text that can be read aloud", field="tags")


def _against(found: ReadBack, expected: Expected, lines: Sequence[str]) -> Iterator[Problem]:
    for field in ("title", "language"):
        if getattr(found, field) != getattr(expected, field):
            yield Problem("is not that of the source", field=field)
    if len(found.pages) != len(expected.papers):
        message = f"the file has {len(found.pages)} pages, the source gives {len(expected.papers)}"
        yield Problem(message, field="pages")
    for number, (page, (width, height)) in enumerate(zip(found.pages, expected.papers, strict=False), 1):
        if max(abs(page.width - width), abs(page.height - height)) > _SAME:
            yield Problem("the paper is not that of the source", field=f"page {number}")
    if lines:
        yield Problem(f"differs from the source in {len(lines)} places", field="text")
