"""The structure tree: what a screen reader reads, in the order of the document's nodes.

While pages are drawn, `Structure` notes which marked sequences and annotations belong to which node; at the
end it writes the elements. The order of elements is that of the nodes, never that of drawing; only the text
of one element and its inline children (a link in the middle of a sentence) are put in the order of drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pdfgen.pdf.elements import Box, describe, element
from pdfgen.pdf.serialiser import Objects, RawObject
from pdfgen.typesetting.document import Node
from pdfgen.typesetting.pieces import Part

#: Elements that hold other elements only (ISO 32000-1, 14.8.4.2 and 14.8.4.3).
_GROUPING = frozenset({"Document", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TR"})
#: Elements that may stand empty: a table keeps its grid.
_MAY_BE_EMPTY = frozenset({"TH", "TD"})


class TaggingError(Exception):
    """Pages and logical tree do not fit together. Always a fault of the program, never of its input."""


class _Content(NamedTuple):
    """A marked sequence (`mcid`) or an annotation (`reference`); `order` counts over the document."""

    order: int
    page: int
    mcid: int = -1
    reference: bytes = b""


class ElementsOfPiece(NamedTuple):
    """The elements of a piece, but for the numbers that differ from document to document.

    Attributes:
        marked: for each marked sequence, in their order, the element that it belongs to.
        bodies: of all elements, one on a line, to be filled in (`%`) with the numbers that `pick` gives.
        pick: takes from a list of numbers those that the bodies need. The list has the object numbers of the
            element around the piece and of the page, those of the elements, then the marked sequences.
    """

    marked: tuple[int, ...]
    bodies: bytes
    pick: Callable[[Sequence[int]], object]


class _SetPiece(NamedTuple):
    """A piece on page `page`; its marked sequences count from `first` there, `order` over the document."""

    part: Part
    elements: ElementsOfPiece
    page: int
    first: int
    order: int


class Structure:
    """Collects what belongs to each node while pages are drawn, then writes the tree.

    Args:
        nodes: the logical tree, parents before children, but for what is in pieces.
        pages: references to the pages; annotations are numbered after them in the parent tree.
        parts: the pieces on all pages, in the order of their nodes.
        sequence: how the number of a marked sequence is written in an element.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        pages: Sequence[bytes],
        parts: Iterable[Part] = (),
        sequence: bytes = b"%d",
    ) -> None:
        self._nodes: dict[int, Node] = {}
        self._pages = pages
        self._sequence = sequence
        # Most nodes are leaves with one sequence: they get no lists of their own.
        self._children: dict[int, list[int]] = {}
        self._contents: dict[int, list[_Content]] = {}
        self._pieces: list[_SetPiece] = []
        self._marked: list[list[int]] = [[] for _ in pages]
        self._annotated: list[int] = []
        self._boxes: dict[int, tuple[int, Box]] = {}
        self._figures: dict[int, int] = {}
        self._count = 0
        self._next = 0
        waiting = iter(parts)
        part = next(waiting, None)
        for node in nodes:
            while part is not None and part.first == self._next:
                self._enter_piece(part)
                part = next(waiting, None)
            self._enter(node)
        while part is not None:
            self._enter_piece(part)
            part = next(waiting, None)

    def _enter(self, node: Node) -> None:
        number = self._next
        if node.id != number or not (node.parent in self._nodes if number else node.parent == -1):
            raise TaggingError(f"{describe(node)}: nodes must be numbered in order, parents before children")
        if node.role == "Figure" and not (node.alt or node.actual):
            raise TaggingError(f"{describe(node)}: a figure needs a text that stands for it")
        if node.role == "TH" and not node.scope:
            raise TaggingError(f"{describe(node)}: a header cell needs a scope")
        if number:
            self._children.setdefault(node.parent, []).append(number)
        outer = self._figures.get(node.parent, -1)
        self._figures[number] = number if node.role == "Figure" and outer < 0 else outer
        self._nodes[number] = node
        self._next += 1

    def _enter_piece(self, part: Part) -> None:
        outer = self._nodes.get(part.parent)
        if part.first != self._next or outer is None or outer.role not in _GROUPING:
            raise TaggingError(
                f"a piece stands at node {part.first}, in node {part.parent}, where none can be"
            )
        outermost = [part.first + node.id - 1 for node in part.piece.nodes if not node.parent]
        self._children.setdefault(part.parent, []).extend(outermost)
        self._next += len(part.piece.nodes)

    def mark(self, node: int, page: int) -> int:
        """Note a marked sequence of `node` on `page`; return its number on that page.

        Raises:
            TaggingError: the node does not exist or cannot hold content.
        """
        if node not in self._nodes:
            raise TaggingError(f"page {page + 1}: content belongs to node {node}, which does not exist")
        if self._nodes[node].role in _GROUPING:
            raise TaggingError(f"page {page + 1}: {describe(self._nodes[node])} cannot hold content itself")
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

    def mark_piece(self, part: Part, elements: ElementsOfPiece, page: int) -> int:
        """Note the marked sequences of a piece on `page`; return the number of the first one there."""
        marked = self._marked[page]
        first, before = len(marked), part.first - 1
        self._pieces.append(_SetPiece(part, elements, page, first, self._count + 1))
        self._count += len(elements.marked)
        marked += [before + node for node in elements.marked]
        return first

    def annotate(self, node: int, page: int, reference: bytes) -> int:
        """Note an annotation of `node`; return its key in the parent tree.

        Raises:
            TaggingError: the node is not a link.
        """
        if node not in self._nodes or self._nodes[node].role != "Link":
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

    def write(self, objects: Objects) -> bytes:
        """Add all elements and the parent tree to the file; return the reference to the tree's root.

        Raises:
            TaggingError: an element has neither content nor children.
        """
        root = RawObject()
        root_reference = objects.add(root)
        first = objects.count + 1
        references = [b"%d 0 R" % number for number in range(first, first + self._next)]
        bodies = [b""] * self._next
        for number, body in self.bodies(references, root_reference).items():
            bodies[number] = body
        for piece in self._pieces:
            start = piece.part.first
            bodies[start : start + len(piece.part.piece.nodes)] = self._bodies_of(piece, first)
        objects.extend(bodies)
        root.body = b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            references[0],
            b" ".join(self._parent_tree(references)),
            len(self._marked) + len(self._annotated),
        )
        return root_reference

    def bodies(self, references: Sequence[bytes], outer: bytes) -> dict[int, bytes]:
        """Return the elements but for those of pieces, by their nodes.

        Args:
            references: to the elements of all nodes.
            outer: reference to the parent of the outermost one.

        Raises:
            TaggingError: an element has neither content nor children.
        """
        starts = self._first_orders()
        bodies = {}
        for node in self._nodes.values():
            parent = references[node.parent] if node.id else outer
            contents = self._contents.get(node.id, ())
            kids = self._kids(node, contents, starts, references)
            page = self._pages[contents[0].page] if contents else b""
            box = self._boxes[node.id][1] if node.id in self._boxes else None
            bodies[node.id] = element(node, parent, page, kids, box)
        return bodies

    def _bodies_of(self, piece: _SetPiece, first: int) -> list[bytes]:
        """Return the elements of a piece, where `first` is the number of the object of node 0."""
        part, elements = piece.part, piece.elements
        if not part.piece.nodes:
            return []
        start = first + part.first
        numbers = [
            first + part.parent,
            int(self._pages[piece.page].partition(b" ")[0]),
            *range(start, start + len(part.piece.nodes)),
            *range(piece.first, piece.first + len(elements.marked)),
        ]
        return (elements.bodies % elements.pick(numbers)).split(b"\n")

    def marked(self, page: int) -> Sequence[int]:
        """The nodes of the marked sequences of `page`, in their order."""
        return self._marked[page]

    def _parent_tree(self, references: Sequence[bytes]) -> Iterator[bytes]:
        for page, marked in enumerate(self._marked):
            if marked:
                yield b"%d[%s]" % (page, b" ".join([references[node] for node in marked]))
        for key, node in enumerate(self._annotated, len(self._marked)):
            yield b"%d %s" % (key, references[node])

    def _first_orders(self) -> dict[int, int]:
        """When the first content of each node or of something in it was drawn, where there is any."""
        starts = {node: contents[0].order for node, contents in self._contents.items()}
        for piece in self._pieces:
            if piece.elements.marked:
                starts[piece.part.parent] = min(starts.get(piece.part.parent, piece.order), piece.order)
        for node in reversed(self._nodes.values()):
            own = starts.get(node.id)
            if own and node.id and own < starts.get(node.parent, own + 1):
                starts[node.parent] = own
        return starts

    def _kids(
        self, node: Node, contents: Sequence[_Content], starts: Mapping[int, int], references: Sequence[bytes]
    ) -> list[bytes]:
        """Contents and children of a node: children in their own order, contents between them as drawn."""
        children = self._children.get(node.id, ())
        if node.role == "Link" and not any(content.reference for content in contents):
            raise TaggingError(f"{describe(node)} is a link without an area to open it")
        if not contents:
            if not children and node.role not in _MAY_BE_EMPTY:
                raise TaggingError(f"{describe(node)} has neither content nor children")
            return [references[child] for child in children]
        main = contents[0].page
        if not children:
            return [self._content(content, main) for content in contents]
        kids = []
        waiting = iter(children)
        child = next(waiting, None)
        for content in contents:
            while child is not None and starts.get(child, 0) < content.order:
                kids.append(references[child])
                child = next(waiting, None)
            kids.append(self._content(content, main))
        while child is not None:
            kids.append(references[child])
            child = next(waiting, None)
        return kids

    def _content(self, content: _Content, main: int) -> bytes:
        page = self._pages[content.page]
        if content.reference:
            return b"<</Type/OBJR/Pg %s/Obj %s>>" % (page, content.reference)
        number = self._sequence % content.mcid
        return number if content.page == main else b"<</Type/MCR/Pg %s/MCID %s>>" % (page, number)
