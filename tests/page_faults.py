"""What is wrong on a page: ink over ink, or outside the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from geometry import joined_runs

from pdfgen.typesetting.document import FOOTER, Document, GlyphRun, Item, Page, TickBox

Rectangle = tuple[float, float, float, float]


def ink(item: Item) -> Rectangle | None:
    """Return left, top, right and bottom of the capitals of a run, or of a box; None for other items."""
    if isinstance(item, TickBox):
        return (item.x, item.y, item.x + item.size, item.y + item.size)
    if not isinstance(item, GlyphRun):
        return None
    scale = item.size / item.face.units_per_em
    ends: list[float] = []
    x = item.x
    for glyph in item.glyphs:
        if glyph.text.strip():
            ends += [x, x + glyph.advance * scale]
        x += glyph.advance * scale
    return (min(ends), item.y - 0.62 * item.size, max(ends), item.y) if ends else None


def overlap(one: Rectangle, other: Rectangle, allowed: float = 0.6) -> bool:
    return (
        one[0] < other[2] - allowed and other[0] < one[2] - allowed
        and one[1] < other[3] - allowed and other[1] < one[3] - allowed
    )  # fmt: skip


def page_faults(page: Page) -> Iterator[str]:
    inked = [(area, item) for item in page.items if (area := ink(item)) is not None]
    fixed = (
        [(x, y, x + size, y + size) for _, x, y, size in (*page.sheet.marks, *page.sheet.codes)]
        if page.sheet
        else []
    )
    footer = min(area[1] for area, item in inked if item.node == FOOTER)
    for area, item in inked:
        if area[0] < 28 or area[1] < 20 or area[2] > page.width - 28 or area[3] > page.height - 14:
            yield f"{type(item).__name__} off the page"
        if item.node != FOOTER and page.sheet is None and area[3] > footer:
            yield f"{type(item).__name__} in the footer"
        if any(overlap(area, other) for other in fixed):
            yield f"{type(item).__name__} on a mark or code"
    for (one, first), (other, second) in combinations(inked, 2):
        if overlap(one, other):
            yield f"{type(first).__name__} over {type(second).__name__}"


def faults(document: Document) -> list[str]:
    """Return what overlaps, or lies off its page, in the footer or on a mark of a tracker sheet."""
    found = [
        f"page {number}: {fault}"
        for number, page in enumerate(document.pages, 1)
        for fault in page_faults(page)
    ]
    pages = {mark.title: mark.page + 1 for mark in document.bookmarks if mark.level == 0}
    for page in document.pages[:2]:
        runs = [(run_.y, run_.x, text_of(run_)) for run_ in joined_runs(page.items)]
        for y, x, text in runs:
            numbers = [
                (at, other) for line, at, other in runs if abs(line - y) < 1 and at > x and other.isdigit()
            ]
            if text in pages and numbers and int(min(numbers)[1]) != pages[text]:
                found.append(f"contents: {text} is on page {pages[text]}")
    return found


def text_of(item: GlyphRun) -> str:
    return "".join(glyph.text for glyph in item.glyphs).replace("\u00a0", " ").strip()
