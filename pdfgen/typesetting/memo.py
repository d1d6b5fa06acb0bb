"""What was composed and set before, to be used again where nothing that it was made of has changed.

Programs of one clinic share most of their pages, and a tracker has the same rows every week. A `Memo` keeps
sections, each with what it read of its plan, and pieces of pages. What is made anew comes out the same: it
only saves time.
"""

from __future__ import annotations

import operator
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import LinkArea
from pdfgen.typesetting.pieces import Piece

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing
    from pdfgen.planning.plan import Plan
    from pdfgen.typesetting.blocks import Block
    from pdfgen.typesetting.composer import Composer
    from pdfgen.typesetting.flow import Flowed

T = TypeVar("T")

#: Looks that are kept: a clinic's layouts in two languages. Then what was made, its versions, and rows of
#: tables: each exercise with its doses at seven places on a sheet.
_MOST_LOOKS = 8
_MOST_KEYS = 300
_MOST_VERSIONS = 24
_MOST_PLACES_OF_ROWS = 2_000
#: Places on pages that a block is kept for.
_MOST_PLACES = 8


def record(width: float, height: float, draw: Callable[[Canvas, int], None]) -> Piece | None:
    """Return what `draw` sets on a page, in points; None where that belongs to one document alone.

    Args:
        draw: gets a canvas, and the element around what it sets.
    """
    canvas = Canvas(width, height)
    canvas.new_page()
    draw(canvas, canvas.root)
    (page,) = canvas.pages()
    if canvas.slots or any(item.node == canvas.root or isinstance(item, LinkArea) for item in page.items):
        return None
    bookmarks = tuple((bookmark.level, bookmark.title, bookmark.y) for bookmark in canvas.bookmarks)
    return Piece(page.stretches, canvas.nodes[1:], bookmarks)


class _Place:
    """A piece at its place. It is recorded when it is set for the second time: many never are."""

    def __init__(self) -> None:
        self._uses = 0
        self._piece: Piece | None = None

    def set(self, canvas: Canvas, parent: int, draw: Callable[[Canvas, int], None]) -> None:
        """Set it on the page being filled; `draw` does that item by item."""
        self._uses += 1
        if self._uses == 2:
            self._piece = record(canvas.width, canvas.height, draw)
        if self._piece is not None:
            canvas.set_piece(self._piece, parent)
            return
        canvas.boundary()
        draw(canvas, parent)
        canvas.boundary()


class Kept:
    """A block that is measured and set once for each place, however many documents it stands in."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._heights: dict[float, float] = {}
        self._places: dict[tuple[float, ...], _Place] = {}

    def height(self, width: float) -> float:
        """Return the height in points at a width."""
        if width not in self._heights:
            self._heights[width] = self._block.height(width)
        return self._heights[width]

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the block."""
        if parent < 0:
            self._block.place(canvas, x, y, width, parent)
            return
        key = (x, y, width, canvas.width, canvas.height)
        place = self._places.get(key)
        if place is None:
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
            place = self._places[key] = _Place()
        place.set(canvas, parent, lambda own, outer: self._block.place(own, x, y, width, outer))


class _Watched:
    """A plan, or drawings by name, that notes what is read of it."""

    def __init__(self, read: Callable[[Any, str], Any], source: Any) -> None:
        self._read = read
        self._source = source
        self._found: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._read(self._source, name)
        return self._found[name]

    def seal(self) -> None:
        """Let nothing else be read: whoever has what was made knows nothing of it."""
        self._read = _too_late

    def fits(self, source: Any, read: Callable[[Any, str], Any], is_same: Callable[[Any, Any], bool]) -> bool:
        """Whether another source has the same where this one was read."""
        return all(is_same(read(source, name), found) for name, found in self._found.items())


def _too_late(source: Any, name: str) -> Any:
    raise RuntimeError(f"{name} is read when something is set that was made for any plan")


class _Version(Generic[T]):
    """Something as it was made for a plan, which it watched."""

    def __init__(self, c: Composer, make: Callable[[Composer], T]) -> None:
        self._plan = _Watched(getattr, c.plan)
        self._figures = _Watched(operator.getitem, c.figures)
        self._icons = _Watched(operator.getitem, c.icons)
        watched = replace(
            c,
            plan=cast("Plan", self._plan),
            figures=cast("Mapping[str, Drawing]", self._figures),
            icons=cast("Mapping[str, Drawing]", self._icons),
        )
        self.made = make(watched)
        for read in (self._plan, self._figures, self._icons):
            read.seal()

    def serves(self, c: Composer) -> bool:
        """Whether it would come out the same for another plan."""
        return (
            self._plan.fits(c.plan, getattr, operator.eq)
            and self._figures.fits(c.figures, _drawing, operator.is_)
            and self._icons.fits(c.icons, _drawing, operator.is_)
        )


def _drawing(drawings: Mapping[str, Drawing], name: str) -> Drawing | None:
    try:
        return drawings[name]
    except KeyError:
        return None


class _Shelf:
    """What was made for one language, layout and look."""

    def __init__(self, c: Composer) -> None:
        # Identity would not do if these could go.
        self._composer = replace(c, plan=cast("Plan", None), figures={}, icons={})
        self.made: OrderedDict[Hashable, list[_Version[Any]]] = OrderedDict()
        self.places: OrderedDict[Hashable, _Place] = OrderedDict()

    def serves(self, c: Composer) -> bool:
        """Whether nothing but the plan and its drawings can differ."""
        own = self._composer
        return (
            own.language is c.language
            and own.logo is c.logo
            and own.family is c.family
            and own.logo_alt == c.logo_alt
            and own.look == c.look
            and (own.layout is c.layout or own.layout == c.layout)
        )


class Memo:
    """What a process composed and set. Nothing in it depends on whose program it was made for."""

    def __init__(self) -> None:
        self._shelves: list[_Shelf] = []

    def section(self, c: Composer, kind: str, compose: Callable[[Composer], list[Flowed]]) -> list[Flowed]:
        """Return the blocks of a section: those of an earlier plan if it has the same in it.

        Args:
            kind: of the section; `compose` is always the same for it.

        Raises:
            FitError: as `compose` does.
        """

        def kept(watched: Composer) -> list[Flowed]:
            return [flowed._replace(block=Kept(flowed.block)) for flowed in compose(watched)]

        return self.made(c, kind, kept)

    def made(self, c: Composer, key: Hashable, make: Callable[[Composer], T]) -> T:
        """Return what `make` made for this key, if all that it read of plan and drawings is the same.

        Args:
            key: of all that `make` uses besides language, layout, look and what it reads of the plan.
                It reads them at once, and not when a block is set.
        """
        found = self._shelf(c).made
        versions = found.setdefault(key, [])
        found.move_to_end(key)
        if len(found) > _MOST_KEYS:
            found.popitem(last=False)
        for index, version in enumerate(versions):
            if version.serves(c):
                if index:
                    versions.insert(0, versions.pop(index))
                made: T = version.made
                return made
        versions.insert(0, _Version(c, make))
        del versions[_MOST_VERSIONS:]
        return cast(T, versions[0].made)

    def set_again(
        self, c: Composer, key: Hashable, canvas: Canvas, parent: int, draw: Callable[[Canvas, int], None]
    ) -> None:
        """Set what looks the same wherever it stands.

        Args:
            key: of all that `draw` uses besides language, layout and look.
            draw: gets a canvas, and the element around what it sets.
        """
        places = self._shelf(c).places
        place = places.get(key)
        if place is None:
            place = places[key] = _Place()
            if len(places) > _MOST_PLACES_OF_ROWS:
                places.popitem(last=False)
        else:
            places.move_to_end(key)
        place.set(canvas, parent, draw)

    def _shelf(self, c: Composer) -> _Shelf:
        for index, shelf in enumerate(self._shelves):
            if shelf.serves(c):
                if index:
                    self._shelves.insert(0, self._shelves.pop(index))
                return shelf
        shelf = _Shelf(c)
        self._shelves.insert(0, shelf)
        del self._shelves[_MOST_LOOKS:]
        return shelf
