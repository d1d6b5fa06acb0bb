"""Where items are collected: pages being filled, and the logical tree that grows with them.

A canvas belongs to one document while it is being typeset; what comes out is frozen. Nodes are numbered in
the order in which they are opened, which is the reading order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pdfgen.typesetting.document import Bookmark, Destination, Field, Item, Node, Page, Role, Sheet

Scope = Literal["", "Row", "Column", "Both"]
Numbering = Literal["", "Decimal", "Disc", "None"]

#: Least height of what a finger taps on a screen, in widths of a page: a little more than 24 of the 360 CSS
#: pixels of a phone (WCAG 2.2, 2.5.8).
_LEAST_TARGET = 24.2 / 360


class Canvas:
    """Collects pages, nodes, bookmarks and destinations of one document.

    Args:
        ahead: the pages that destinations will be on, from 1, by their names; None until all pages were set.

    Attributes:
        root: the node of the whole document.
        width, height: of every page, in points.
        is_screen: whether lines to write on are fields to type in.
        looks_ahead: whether a page was asked for that was not set yet: then all pages have to be set again.
    """

    def __init__(
        self, width: float, height: float, *, is_screen: bool = False, ahead: Mapping[str, int] | None = None
    ) -> None:
        self.width = width
        self.height = height
        self.is_screen = is_screen
        self._lines = 0
        self.root = 0
        self._nodes: list[Node] = [Node(0, -1, "Document")]
        self._pages: list[tuple[list[Item | Field], Sheet | None]] = []
        self._bookmarks: list[Bookmark] = []
        self._destinations: list[Destination] = []
        self._open = -1
        self._ahead = ahead
        self.looks_ahead = False

    @property
    def least_target(self) -> float:
        """The least height of a link in points; 0 on paper."""
        return self.width * _LEAST_TARGET if self.is_screen else 0.0

    @property
    def page_number(self) -> int:
        """Number of the page being filled, from 1; 0 before the first."""
        return self._open + 1

    def new_page(self, sheet: Sheet | None = None) -> None:
        """Start a page; `sheet` makes it readable by machine."""
        self._pages.append(([], sheet))
        self._open = len(self._pages) - 1

    def turn_to(self, page: int) -> None:
        """Go on with a page that was filled earlier; `page` counts from 0."""
        self._open = page

    def node(
        self,
        role: Role,
        parent: int,
        *,
        alt: str = "",
        actual: str = "",
        scope: Scope = "",
        numbering: Numbering = "",
        col_span: int = 1,
        lang: str = "",
    ) -> int:
        """Open a structure element under `parent` and return its number.

        Under decoration everything is decoration: then `parent` itself is returned.
        """
        if parent < 0:
            return parent
        ident = len(self._nodes)
        self._nodes.append(
            # By position, which is quicker: there are thousands of them.
            Node(ident, parent, role, alt, actual, lang, scope, col_span, numbering)
        )
        return ident

    def add(self, item: Item | Field) -> None:
        """Put an item on the page being filled."""
        self._pages[self._open][0].append(item)

    def line_name(self) -> str:
        """Return a name for one more line to write on; they are numbered through the document."""
        self._lines += 1
        return f"line.{self._lines}"

    def bookmark(self, level: int, title: str, y: float) -> None:
        """Add an entry of the outline that points at height `y` of the page being filled."""
        self._bookmarks.append(Bookmark(level, title, self.page_number - 1, y))

    def destination(self, name: str, y: float) -> None:
        """Let links to `#name` go to height `y` of the page being filled."""
        self._destinations.append(Destination(name, self.page_number - 1, y))

    def page_of(self, name: str) -> int | None:
        """Return the page of a destination, from 1; None where no page so far has it.

        Raises:
            LookupError: all pages were set, and none has it.
        """
        if self._ahead is not None:
            if name not in self._ahead:
                raise LookupError(f"no page has the destination {name}")
            return self._ahead[name]
        found = next((place.page + 1 for place in self._destinations if place.name == name), None)
        self.looks_ahead = self.looks_ahead or found is None
        return found

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The logical tree."""
        return tuple(self._nodes)

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The outline."""
        return tuple(self._bookmarks)

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Where links inside the document go to."""
        return tuple(self._destinations)

    def pages(self) -> tuple[Page, ...]:
        """Return the pages as they are now."""
        return tuple(Page(self.width, self.height, tuple(items), sheet) for items, sheet in self._pages)
