"""The outline: bookmarks that open a page at a height, as a tree."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.pdf.serialiser import Objects, RawObject, text_string
from pdfgen.typesetting.document import Bookmark


def add_outline(
    objects: Objects, bookmarks: Sequence[Bookmark], pages: Sequence[bytes], heights: Sequence[float]
) -> bytes:
    """Add the outline and return the reference to its root; nothing where there are no bookmarks.

    Args:
        bookmarks: in order; the first has level 0, and levels go down by one at a time.
        pages, heights: references to the pages, and how high they are in points.
    """
    if not bookmarks:
        return b""
    root = RawObject()
    items = [RawObject() for _ in bookmarks]
    reference = objects.add(root)
    references = [objects.add(item) for item in items]
    parents = _parents(bookmarks)
    children: dict[int, list[int]] = {}
    for number, parent in enumerate(parents):
        children.setdefault(parent, []).append(number)
    for number, (bookmark, item) in enumerate(zip(bookmarks, items, strict=True)):
        parent = parents[number]
        brothers = children[parent]
        place = brothers.index(number)
        body = b"<</Title%s/Parent %s/Dest[%s/XYZ 0 %.2f 0]" % (
            text_string(bookmark.title),
            references[parent] if parent >= 0 else reference,
            pages[bookmark.page],
            heights[bookmark.page] - bookmark.y,
        )
        if place:
            body += b"/Prev " + references[brothers[place - 1]]
        if place + 1 < len(brothers):
            body += b"/Next " + references[brothers[place + 1]]
        item.body = body + _span(children.get(number, ()), references, _count(number, children)) + b">>"
    root.body = b"<</Type/Outlines%s>>" % _span(children[-1], references, len(bookmarks))
    return reference


def _parents(bookmarks: Sequence[Bookmark]) -> list[int]:
    """Return the number of the bookmark above each one; -1 for the outermost."""
    open_ones: list[int] = []
    parents = []
    for number, bookmark in enumerate(bookmarks):
        del open_ones[bookmark.level :]
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(number)
    return parents


def _span(children: Sequence[int], references: Sequence[bytes], count: int) -> bytes:
    """Return the entries for what lies below: first, last, and how many are shown when all are open."""
    if not children:
        return b""
    return b"/First %s/Last %s/Count %d" % (references[children[0]], references[children[-1]], count)


def _count(number: int, children: dict[int, list[int]]) -> int:
    below = children.get(number, ())
    return len(below) + sum(_count(child, children) for child in below)
