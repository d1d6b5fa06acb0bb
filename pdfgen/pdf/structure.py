"""The structure tree: what a screen reader reads, in the order of the document's nodes.

While pages are drawn, `Structure` notes which marked sequences and annotations belong to which node; at the
end it writes the elements. The order of elements is that of the nodes, never that of drawing; only the text
of one element and its inline children (a link in the middle of a sentence) are put in the order of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pdfgen.pdf.serialiser import Objects, RawObject, text_string
from pdfgen.typesetting.document import Node

#: Elements that hold other elements only (ISO 32000-1, 14.8.4.2 and 14.8.4.3).
_GROUPING = frozenset({"Document", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TR"})
#: Elements that may stand empty: a table keeps its grid.
_MAY_BE_EMPTY = frozenset({"TH", "TD"})

_WITH_ATTRIBUTES = frozenset({"L", "Figure", "TH", "TD"})

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, origin at the bottom left of the page, as PDF has it."""


class TaggingError(Exception):
    """Pages and logical tree do not fit together. Always a fault of the program, never of its input."""


class _Content(NamedTuple):
    """A marked sequence (`mcid`) or an annotation (`reference`); `order` counts over the document."""

    order: int
    page: int
    mcid: int = -1
    reference: bytes = b""


class Structure:
    """Collects what belongs to each node while pages are drawn, then writes the tree.

    Args:
        nodes: the logical tree, parents before children.
        pages: references to the pages; annotations are numbered after them in the parent tree.
    """

    def __init__(self, nodes: Sequence[Node], pages: Sequence[bytes]) -> None:
        self._nodes = nodes
        self._pages = pages
        # Most nodes are leaves with one sequence: they get no lists of their own.
        self._children: dict[int, list[int]] = {}
        self._contents: dict[int, list[_Content]] = {}
        self._marked: list[list[int]] = [[] for _ in pages]
        self._annotated: list[int] = []
        self._boxes: dict[int, tuple[int, Box]] = {}
        self._figures: list[int] = []
        self._count = 0
        self._holds = [node.role not in _GROUPING for node in nodes]
        for number, node in enumerate(nodes):
            self._enter(number, node)

    def _enter(self, number: int, node: Node) -> None:
        if node.id != number or not (0 <= node.parent < number if number else node.parent == -1):
            raise TaggingError(f"{_describe(node)}: nodes must be numbered in order, parents before children")
        if node.role == "Figure" and not (node.alt or node.actual):
            raise TaggingError(f"{_describe(node)}: a figure needs a text that stands for it")
        if node.role == "TH" and not node.scope:
            raise TaggingError(f"{_describe(node)}: a header cell needs a scope")
        if number:
            self._children.setdefault(node.parent, []).append(number)
        outer = self._figures[node.parent] if number else -1
        self._figures.append(number if node.role == "Figure" and outer < 0 else outer)

    def mark(self, node: int, page: int) -> int:
        """Note a marked sequence of `node` on `page`; return its number on that page.

        Raises:
            TaggingError: the node does not exist or cannot hold content.
        """
        if not 0 <= node < len(self._nodes):
            raise TaggingError(f"page {page + 1}: content belongs to node {node}, which does not exist")
        if not self._holds[node]:
            raise TaggingError(f"page {page + 1}: {_describe(self._nodes[node])} cannot hold content itself")
        marked = self._marked[page]
        mcid = len(marked)
        self._count += 1
        content = _Content(self._count, page, mcid)
        if node in self._contents:
            self._contents[node].append(content)
        else:
            self._contents[node] = [content]
        marked.append(node)
        return mcid

    def annotate(self, node: int, page: int, reference: bytes) -> int:
        """Note an annotation of `node`; return its key in the parent tree.

        Raises:
            TaggingError: the node is not a link.
        """
        if not 0 <= node < len(self._nodes) or self._nodes[node].role != "Link":
            raise TaggingError(f"page {page + 1}: a link area belongs to node {node}, which is not a Link")
        self._count += 1
        self._contents.setdefault(node, []).append(_Content(self._count, page, reference=reference))
        self._annotated.append(node)
        return len(self._marked) + len(self._annotated) - 1

    def role(self, node: int) -> str:
        """The structure type of a node that content was marked for."""
        return self._nodes[node].role

    def is_figure(self, node: int) -> bool:
        """Whether the extent of what is drawn for `node` has to be noted."""
        return node >= 0 and self._figures[node] >= 0

    def extend(self, node: int, page: int, box: Box) -> None:
        """Widen the bounding box of the figure that `node` is or lies in; its first page counts."""
        figure = self._figures[node]
        first, old = self._boxes.get(figure, (page, box))
        if first == page:
            joined = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
            self._boxes[figure] = (first, joined)

    def has_marks(self, page: int) -> bool:
        """Whether `page` holds marked content of some node."""
        return bool(self._marked[page])

    def write(self, objects: Objects) -> bytes:
        """Add all elements and the parent tree to the file; return the reference to the tree's root.

        Raises:
            TaggingError: an element has neither content nor children.
        """
        root = RawObject()
        root_reference = objects.add(root)
        first = objects.count + 1
        references = [b"%d 0 R" % number for number in range(first, first + len(self._nodes))]
        starts = self._first_orders()
        bodies = []
        for node in self._nodes:
            parent = references[node.parent] if node.id else root_reference
            contents = self._contents.get(node.id)
            kids = self._kids(node, contents or [], starts, references)
            bodies.append(self._element(node, parent, contents, kids))
        objects.extend(bodies)
        root.body = b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            references[0],
            b" ".join(self._parent_tree(references)),
            len(self._marked) + len(self._annotated),
        )
        return root_reference

    def _parent_tree(self, references: Sequence[bytes]) -> Iterator[bytes]:
        for page, marked in enumerate(self._marked):
            if marked:
                yield b"%d[%s]" % (page, b" ".join([references[node] for node in marked]))
        for key, node in enumerate(self._annotated, len(self._marked)):
            yield b"%d %s" % (key, references[node])

    def _first_orders(self) -> list[int]:
        """When the first content of each node or of something in it was drawn; 0 for a node without any."""
        starts = [0] * len(self._nodes)
        for node_id, contents in self._contents.items():
            starts[node_id] = contents[0].order
        for node in reversed(self._nodes[1:]):
            own, outer = starts[node.id], starts[node.parent]
            if own and (not outer or own < outer):
                starts[node.parent] = own
        return starts

    def _kids(
        self, node: Node, contents: Sequence[_Content], starts: Sequence[int], references: Sequence[bytes]
    ) -> list[bytes]:
        """Contents and children of a node: children in their own order, contents between them as drawn."""
        children = self._children.get(node.id, ())
        if node.role == "Link" and not any(content.reference for content in contents):
            raise TaggingError(f"{_describe(node)} is a link without an area to open it")
        if not contents:
            if not children and node.role not in _MAY_BE_EMPTY:
                raise TaggingError(f"{_describe(node)} has neither content nor children")
            return [references[child] for child in children]
        main = contents[0].page
        if not children:
            return [_content(content, main, self._pages) for content in contents]
        kids = []
        waiting = iter(children)
        child = next(waiting, None)
        for content in contents:
            while child is not None and starts[child] < content.order:
                kids.append(references[child])
                child = next(waiting, None)
            kids.append(_content(content, main, self._pages))
        while child is not None:
            kids.append(references[child])
            child = next(waiting, None)
        return kids

    def _element(
        self, node: Node, parent: bytes, contents: Sequence[_Content] | None, kids: list[bytes]
    ) -> bytes:
        body = b"%s%s" % (_head(node.role), parent)
        if contents:
            body += b"/Pg " + self._pages[contents[0].page]
        if kids:
            body += b"/K " + kids[0] if len(kids) == 1 else b"/K[%s]" % b" ".join(kids)
        if node.alt or node.actual or node.lang:
            for key, text in ((b"/Alt", node.alt), (b"/ActualText", node.actual), (b"/Lang", node.lang)):
                if text:
                    body += key + text_string(text)
        attributes = self._attributes(node) if node.role in _WITH_ATTRIBUTES else b""
        return body + (b"/A%s>>" % attributes if attributes else b">>")

    def _attributes(self, node: Node) -> bytes:
        if node.role == "L" and node.numbering:
            return b"<</O/List/ListNumbering/%s>>" % node.numbering.encode("ascii")
        if node.role == "Figure" and node.id in self._boxes:
            return b"<</O/Layout/BBox[%.2f %.2f %.2f %.2f]>>" % self._boxes[node.id][1]
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


def _content(content: _Content, main: int, pages: Sequence[bytes]) -> bytes:
    if content.reference:
        return b"<</Type/OBJR/Pg %s/Obj %s>>" % (pages[content.page], content.reference)
    if content.page == main:
        return b"%d" % content.mcid
    return b"<</Type/MCR/Pg %s/MCID %d>>" % (pages[content.page], content.mcid)


def _describe(node: Node) -> str:
    """A node as a programmer finds it: number, role, text."""
    text = node.alt or node.actual
    return f"node {node.id} ({node.role}{f' {text!r}' if text else ''}, in node {node.parent})"
