"""The structure tree: what a screen reader reads, in the order of the document's nodes.

While pages are drawn, `Structure` notes which marked sequences and annotations belong to which node; at the
end it writes the elements. The order of elements is that of the nodes, never that of drawing; only the text
of one element and its inline children (a link in the middle of a sentence) are put in the order of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pdfgen.pdf.objects import text_string
from pdfgen.typesetting.document import Node

#: Elements that hold other elements only (ISO 32000-1, 14.8.4.2 and 14.8.4.3).
_GROUPING = frozenset({"Document", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TR"})
#: Elements that may stand empty: a table keeps its grid.
_MAY_BE_EMPTY = frozenset({"TH", "TD"})
#: Elements that hold an annotation.
_ANNOTATED = frozenset({"Link", "Form"})
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
        pages: how many pages there are; annotations are numbered after them in the parent tree.

    Raises:
        TaggingError: the nodes are not numbered in order, or one lacks what its role needs.
    """

    def __init__(self, nodes: Sequence[Node], pages: int) -> None:
        self._nodes = nodes
        # Most nodes are leaves with one sequence: they get no lists of their own.
        self._children: dict[int, list[int]] = {}
        self._contents: dict[int, list[_Content]] = {}
        self._marked: list[list[int]] = [[] for _ in range(pages)]
        self._annotated: list[int] = []
        self._boxes: dict[int, tuple[int, Box]] = {}
        self._figures: dict[int, int] = {}
        self._count = 0
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
        outer = self._figures.get(node.parent, -1)
        self._figures[number] = number if node.role == "Figure" and outer < 0 else outer

    def mark(self, node: int, page: int) -> int:
        """Note a marked sequence of `node` on `page`; return its number on that page.

        Raises:
            TaggingError: the node does not exist or cannot hold content.
        """
        if not 0 <= node < len(self._nodes):
            raise TaggingError(f"page {page + 1}: content belongs to node {node}, which does not exist")
        if self._nodes[node].role in _GROUPING:
            raise TaggingError(f"page {page + 1}: {_describe(self._nodes[node])} cannot hold content itself")
        marked = self._marked[page]
        mcid = len(marked)
        self._add(node, page, mcid)
        marked.append(node)
        return mcid

    def annotate(self, node: int, page: int, reference: bytes) -> int:
        """Note an annotation of `node`; return its key in the parent tree.

        Raises:
            TaggingError: the node is neither a link nor a field.
        """
        if not 0 <= node < len(self._nodes) or self._nodes[node].role not in _ANNOTATED:
            raise TaggingError(f"page {page + 1}: node {node} is no Link or Form and holds no annotation")
        self._add(node, page, reference=reference)
        self._annotated.append(node)
        return len(self._marked) + len(self._annotated) - 1

    def _add(self, node: int, page: int, mcid: int = -1, reference: bytes = b"") -> None:
        self._count += 1
        content = _Content(self._count, page, mcid, reference)
        if node in self._contents:
            self._contents[node].append(content)
        else:
            self._contents[node] = [content]

    def text(self, node: int) -> str:
        """Return the text that stands for a node."""
        return self._nodes[node].alt

    def role(self, node: int) -> str:
        """Return the structure type of a node that content was marked for."""
        return self._nodes[node].role

    def is_figure(self, node: int) -> bool:
        """Whether the extent of what is drawn for `node` has to be noted."""
        return self._figures.get(node, -1) >= 0

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

    def elements(self, first: int, root: bytes, pages: Sequence[bytes]) -> list[bytes]:
        """Return the elements of all nodes, which have numbers from `first` on.

        Args:
            root: reference to the root of the tree.
            pages: references to the pages.

        Raises:
            TaggingError: an element has neither content nor children.
        """
        starts = self._first_orders()
        references = self._references(first)
        bodies = []
        for node in self._nodes:
            parent = references[node.parent] if node.id else root
            contents = self._contents.get(node.id, ())
            kids = self._kids(node, contents, starts, references, pages)
            page = pages[contents[0].page] if contents else b""
            box = self._boxes[node.id][1] if node.id in self._boxes else None
            bodies.append(_element(node, parent, page, kids, box))
        return bodies

    def root(self, first: int) -> bytes:
        """Return the root of the tree, whose elements have numbers from `first` on."""
        references = self._references(first)
        return b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            references[0],
            b" ".join(self._parent_tree(references)),
            len(self._marked) + len(self._annotated),
        )

    def _references(self, first: int) -> list[bytes]:
        return [b"%d 0 R" % number for number in range(first, first + len(self._nodes))]

    def _parent_tree(self, references: Sequence[bytes]) -> Iterator[bytes]:
        for page, marked in enumerate(self._marked):
            if marked:
                yield b"%d[%s]" % (page, b" ".join([references[node] for node in marked]))
        for key, node in enumerate(self._annotated, len(self._marked)):
            yield b"%d %s" % (key, references[node])

    def _first_orders(self) -> dict[int, int]:
        """Return when the first content of each node or of something in it was drawn, where there is any."""
        starts = {node: contents[0].order for node, contents in self._contents.items()}
        for node in reversed(self._nodes):
            own = starts.get(node.id)
            if own and node.id and own < starts.get(node.parent, own + 1):
                starts[node.parent] = own
        return starts

    def _kids(
        self,
        node: Node,
        contents: Sequence[_Content],
        starts: Mapping[int, int],
        references: Sequence[bytes],
        pages: Sequence[bytes],
    ) -> list[bytes]:
        """Return contents and children: children in their own order, contents between them as drawn."""
        children = self._children.get(node.id, ())
        if node.role in _ANNOTATED and not any(content.reference for content in contents):
            raise TaggingError(f"{_describe(node)} has no area to press")
        if not contents and not children and node.role not in _MAY_BE_EMPTY:
            raise TaggingError(f"{_describe(node)} has neither content nor children")
        kids = []
        waiting = list(reversed(children))
        for content in contents:
            while waiting and starts.get(waiting[-1], 0) < content.order:
                kids.append(references[waiting.pop()])
            kids.append(_content(content, contents[0].page, pages))
        return kids + [references[child] for child in reversed(waiting)]


def _content(content: _Content, main: int, pages: Sequence[bytes]) -> bytes:
    """Return a content as a kid of an element whose page is `main`."""
    if content.reference:
        return b"<</Type/OBJR/Pg %s/Obj %s>>" % (pages[content.page], content.reference)
    if content.page == main:
        return b"%d" % content.mcid
    return b"<</Type/MCR/Pg %s/MCID %d>>" % (pages[content.page], content.mcid)


def _element(node: Node, parent: bytes, page: bytes, kids: Sequence[bytes], box: Box | None) -> bytes:
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
    if node.col_span > 1:
        entries += b"/ColSpan %d" % node.col_span
    return b"<</O/Table%s>>" % entries if entries else b""


@cache
def _head(role: str) -> bytes:
    return b"<</Type/StructElem/S/%s/P " % role.encode("ascii")


def _describe(node: Node) -> str:
    """Return a node as a programmer finds it: number, role, text."""
    text = node.alt or node.actual
    return f"node {node.id} ({node.role}{f' {text!r}' if text else ''}, in node {node.parent})"
