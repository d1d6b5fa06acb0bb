"""One structure element as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pdfgen.pdf.objects import text_string
from pdfgen.typesetting.document import Node

_WITH_ATTRIBUTES = frozenset({"L", "Figure", "TH", "TD"})

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, origin at the bottom left of the page, as PDF has it."""


def element(node: Node, parent: bytes, page: bytes, kids: Sequence[bytes], box: Box | None) -> bytes:
    """Return an element.

    Args:
        parent: reference to the element around it.
        page: reference to the page of its first content; empty where it only groups others.
        kids: contents and references to elements, in reading order.
        box: around what is drawn for a figure.
    """
    body = b"%s%s" % (_head(node.role), parent)
    if page:
        body += b"/Pg " + page
    if kids:
        body += b"/K " + kids[0] if len(kids) == 1 else b"/K[%s]" % b" ".join(kids)
    if node.alt or node.actual or node.lang:
        for key, text in ((b"/Alt", node.alt), (b"/ActualText", node.actual), (b"/Lang", node.lang)):
            if text:
                body += key + text_string(text)
    attributes = _attributes(node, box) if node.role in _WITH_ATTRIBUTES else b""
    return body + (b"/A%s>>" % attributes if attributes else b">>")


def _attributes(node: Node, box: Box | None) -> bytes:
    if node.role == "L" and node.numbering:
        return b"<</O/List/ListNumbering/%s>>" % node.numbering.encode("ascii")
    if node.role == "Figure" and box:
        return b"<</O/Layout/BBox[%.2f %.2f %.2f %.2f]>>" % box
    if node.role not in ("TH", "TD"):
        return b""
    entries = b""
    if node.scope:
        entries += b"/Scope/" + node.scope.encode("ascii")
    if node.row_span > 1:
        entries += b"/RowSpan %d" % node.row_span
    if node.col_span > 1:
        entries += b"/ColSpan %d" % node.col_span
    return b"<</O/Table%s>>" % entries if entries else b""


@cache
def _head(role: str) -> bytes:
    return b"<</Type/StructElem/S/%s/P " % role.encode("ascii")


def describe(node: Node) -> str:
    """Return a node as a programmer finds it: number, role, text."""
    text = node.alt or node.actual
    return f"node {node.id} ({node.role}{f' {text!r}' if text else ''}, in node {node.parent})"
