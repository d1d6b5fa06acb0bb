"""The finished pages as values: items at fixed places, and the logical tree that they belong to.

Nothing here knows PDF. Lengths are in points (1/72 inch); the origin is the top left corner of the page and
y grows downwards. An item names the node that it is content of, or says that it is decoration: there is no
default, so nothing can be left untagged by forgetting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from pdfgen.typesetting.pieces import Part

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing, Raster
    from pdfgen.typesetting.fonts import Face
    from pdfgen.typesetting.text import Text

Role = Literal[
    "Document", "Sect", "Div", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody",
    "TR", "TH", "TD", "Figure", "Span", "Link", "Caption",
]  # fmt: skip
"""Standard structure types of ISO 32000-1, 14.8.4, as far as they are used."""

DECORATION = -1
"""Stands in for a node: the item is decoration, to be skipped by a reader."""
HEADER = -2
FOOTER = -3
"""Repeated page furniture: skipped by a reader, and known as such."""

RGB = tuple[float, float, float]
"""Red, green, blue from 0 to 1, sRGB."""

BLACK: RGB = (0.0, 0.0, 0.0)


class Node(NamedTuple):
    """One structure element. Nodes are numbered in reading order; `parent` is always a lower number.

    Attributes:
        id: position in `Document.nodes`, or from 1 within a `Piece`.
        parent: id of the parent; -1 for the root.
        alt: what a figure shows.
        actual: the text that stands for the content, when the content is not text.
        lang: language where it differs from the document's.
        scope: of a TH: row, column or both.
        numbering: of an L: how the labels count.
    """

    id: int
    parent: int
    role: Role
    alt: str = ""
    actual: str = ""
    lang: str = ""
    scope: Literal["", "Row", "Column", "Both"] = ""
    row_span: int = 1
    col_span: int = 1
    numbering: Literal["", "Decimal", "Disc", "None"] = ""


class Glyph(NamedTuple):
    """One shaped glyph. `advance`, `dx` and `dy` are in font units (`Face.units_per_em`), dy upwards.

    `text` is what the glyph stands for; it is empty for all but the first glyph of a cluster.
    """

    gid: int
    advance: float
    dx: float
    dy: float
    text: str


class GlyphRun(NamedTuple):
    """Glyphs of one face, size and colour on a baseline that starts at (x, y).

    `personal`: it names the patient or the document; another program of the same plan has other words there.
    """

    x: float
    y: float
    face: Face
    size: float
    colour: RGB
    glyphs: tuple[Glyph, ...]
    node: int
    personal: bool = False


class Shape(NamedTuple):
    """A path: `segments` are ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) and ("Z",)."""

    segments: tuple[tuple[str | float, ...], ...]
    node: int
    fill: RGB | None = None
    stroke: RGB | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()
    round_cap: bool = False


class Placed(NamedTuple):
    """A vector drawing scaled into the rectangle (x, y, width, height), mirrored left to right if asked."""

    drawing: Drawing
    x: float
    y: float
    width: float
    height: float
    node: int
    mirrored: bool = False


class Picture(NamedTuple):
    """A raster image scaled into the rectangle (x, y, width, height)."""

    raster: Raster
    x: float
    y: float
    width: float
    height: float
    node: int


class TickBox(NamedTuple):
    """An empty box to tick by hand. `id` names it on its sheet: `ex2.d3`, `pain.d1.7`.

    It is drawn as an outline `line` points wide with corners of `radius`; nothing is ever printed inside.
    """

    id: str
    x: float
    y: float
    size: float
    radius: float
    line: float
    node: int


class LinkArea(NamedTuple):
    """A rectangle that opens `target` (https:, mailto: or tel:), belonging to a Link node."""

    x: float
    y: float
    width: float
    height: float
    target: str
    description: str
    node: int


class Code(NamedTuple):
    """A QR code of `text`, `size` points wide without its quiet zone: four modules of white on each side."""

    text: str
    x: float
    y: float
    size: float
    node: int


Item = GlyphRun | Shape | Placed | Picture | TickBox | LinkArea | Code


class Sheet(NamedTuple):
    """What makes a page readable by machine: see `typesetting.sheet`.

    Attributes:
        marks: (id, x, y, size) of each registration mark, in points.
        codes: (text, x, y, size) of each sheet code, in points.
        name: what stands behind the document id at its foot: `01`, in large print `01a` and `01b`.
    """

    week: int
    marks: tuple[tuple[int, float, float, float], ...]
    codes: tuple[tuple[str, float, float, float], ...]
    name: str


@dataclass(frozen=True)
class Page:
    """One page: its size in points and what is drawn on it, in that order.

    Items of one node that follow each other become one marked sequence.
    """

    width: float
    height: float
    parts: tuple[Item | Part, ...]
    sheet: Sheet | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items, those of pieces too."""
        return tuple(item for stretch in self.stretches for item in stretch)

    @property
    def stretches(self) -> tuple[tuple[Item, ...], ...]:
        """The items; a new stretch begins where a piece begins or ends."""
        found: list[tuple[Item, ...]] = []
        loose: list[Item] = []
        for part in self.parts:
            if isinstance(part, Part):
                found += (tuple(loose), *part.stretches)
                loose = []
            else:
                loose.append(part)
        return tuple(stretch for stretch in (*found, tuple(loose)) if stretch)


class Bookmark(NamedTuple):
    """An entry of the outline: level 0 is the outermost; `page` counts from 0, `y` from the page's top."""

    level: int
    title: str
    page: int
    y: float


class Slot(NamedTuple):
    """Where on page `page` (from 0) a text stands that is personal.

    Its top left corner is at (x, y), and its lines are no wider than `width` points.
    """

    text: Text
    page: int
    x: float
    y: float
    width: float
    node: int


class Personal(NamedTuple):
    """What of a document belongs to one patient alone.

    Attributes:
        runs: the texts of each page that name the patient, the therapist, the document or a date.
        codes: the sheet codes of each page, as in `Sheet`.
        created: as in `Document`.
    """

    runs: tuple[tuple[GlyphRun, ...], ...]
    codes: tuple[tuple[tuple[str, float, float, float], ...], ...]
    title: str
    ident: str
    created: dt.datetime


@dataclass(frozen=True)
class Document:
    """Everything that the PDF writer needs, and nothing else.

    Attributes:
        loose_nodes: the logical tree in reading order but for what is in pieces; the first is the root, with
            role Document.
        created: the moment that is written as creation date.
        slots: where the texts stand that are personal.
        is_grey: whether it is in black, white and grey only.
    """

    pages: tuple[Page, ...]
    loose_nodes: tuple[Node, ...]
    bookmarks: tuple[Bookmark, ...]
    title: str
    language: str
    author: str
    subject: str
    ident: str
    created: dt.datetime
    slots: tuple[Slot, ...] = ()
    is_grey: bool = False

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The logical tree in reading order: each node at the place of its id."""
        return joined_nodes(self.loose_nodes, self.pages)

    @property
    def personal(self) -> Personal:
        """What belongs to the patient alone."""
        return Personal(
            tuple(
                # Pieces hold nothing personal.
                tuple(item for item in page.parts if isinstance(item, GlyphRun) and item.personal)
                for page in self.pages
            ),
            tuple(page.sheet.codes if page.sheet else () for page in self.pages),
            self.title,
            self.ident,
            self.created,
        )


def joined_nodes(loose: Iterable[Node], pages: Iterable[Page]) -> tuple[Node, ...]:
    """Return loose nodes and those of the pieces on pages in one, by their ids."""
    of_parts = (
        node for page in pages for part in page.parts if isinstance(part, Part) for node in part.nodes
    )
    return tuple(sorted((*loose, *of_parts), key=lambda node: node.id))
