"""Pieces: parts of a page that were set once and can stand in many documents.

A row of a table or a card of an exercise is set and tagged in the same way each time. Its items and its part
of the logical tree are kept as a `Piece`; a document that has it refers to it, and says under which element
it stands. Whoever wants to see items and nodes gets them as if they had been set one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pdfgen.typesetting.document import Item, Node


class Piece:
    """Items at their places on a page, with the elements that they are content of. It never changes.

    Attributes:
        stretches: items in the order in which they are drawn, content of elements of this piece or
            decoration; a new stretch begins where another piece would begin or end. Neither links nor
            anything personal is among them.
        nodes: elements with ids from 1; an outermost one has the parent 0.
        bookmarks: level, title and y of each entry of the outline, as in `Bookmark`.
    """

    __slots__ = ("bookmarks", "nodes", "stretches")

    def __init__(
        self,
        stretches: tuple[tuple[Item, ...], ...],
        nodes: tuple[Node, ...],
        bookmarks: tuple[tuple[int, str, float], ...] = (),
    ) -> None:
        self.stretches = stretches
        self.nodes = nodes
        self.bookmarks = bookmarks

    def changed(self, change: Callable[[Item], Item]) -> Piece:
        """Return the piece with each item changed."""
        if not self.stretches:
            return self
        stretches = tuple(tuple(change(item) for item in stretch) for stretch in self.stretches)
        return Piece(stretches, self.nodes, self.bookmarks)


#: Stands where a piece begins or ends that is set item by item, so that it is painted in the same way.
BOUNDARY = Piece((), ())


class Part(NamedTuple):
    """A piece on a page of a document: its first element has the id `first`, the outermost ones `parent`."""

    piece: Piece
    first: int
    parent: int

    @property
    def items(self) -> tuple[Item, ...]:
        """The items with the ids that their elements have in the document."""
        return tuple(item for stretch in self.stretches for item in stretch)

    @property
    def stretches(self) -> tuple[tuple[Item, ...], ...]:
        """The items as in the piece, with the ids that their elements have in the document."""
        before = self.first - 1
        return tuple(
            tuple(item._replace(node=item.node + before) if item.node > 0 else item for item in stretch)
            for stretch in self.piece.stretches
        )

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The elements as they are in the document."""
        before = self.first - 1
        return tuple(
            node._replace(id=node.id + before, parent=node.parent + before if node.parent else self.parent)
            for node in self.piece.nodes
        )
