"""The finished pages as values: items at fixed places, and the logical tree that they belong to.

Nothing here knows PDF. Lengths are in points (1/72 inch); the origin is the top left corner of the page and
y grows downwards. An item names the node that it is content of, or says that it is decoration: there is no
default, so nothing can be left untagged by forgetting.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from pdfgen.content.pictures.drawing import RGB, Drawing, Photo, Raster

if TYPE_CHECKING:
    from pdfgen.typesetting.fonts import Face, FontFamily, Glyph
    from pdfgen.typesetting.text_style import Span, TextStyle

Role = Literal[
    "Document", "Sect", "Div", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody",
    "TR", "TH", "TD", "Figure", "Span", "Link", "Form", "Caption",
]  # fmt: skip
"""Standard structure types of ISO 32000-1, 14.8.4, as far as they are used."""

DECORATION = -1
"""Stands in for a node: the item is decoration, to be skipped by a reader."""
HEADER = -2
FOOTER = -3
"""Stand in for a node: the item is repeated on every page, to be skipped by a reader."""


class Node(NamedTuple):
    """One structure element. Nodes are numbered in reading order; `parent` is always a lower number.

    Attributes:
        id: position in `Document.nodes`.
        parent: id of the parent; -1 for the root.
        alt: what a figure shows, or a field to tick is for.
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
    col_span: int = 1
    numbering: Literal["", "Decimal", "Disc", "None"] = ""


class GlyphRun(NamedTuple):
    """Glyphs of one face, size and colour on a baseline that starts at (x, y)."""

    x: float
    y: float
    face: Face
    size: float
    colour: RGB
    glyphs: tuple[Glyph, ...]
    node: int


class FieldText(NamedTuple):
    """What a field shows: words with the names of values among them, and how they are set.

    Fields with equal texts show the same, wherever they stand.

    Attributes:
        spans: each either the same for everybody, or with a `slot` that names values (`{label}`).
        width: of the longest line, in points.
        lines: how many lines are kept free.
    """

    spans: tuple[Span, ...]
    style: TextStyle
    family: FontFamily
    width: float
    lines: int


class Field(NamedTuple):
    """Words that differ between patients with the same plan: label, therapist, dates, document id.

    Attributes:
        text: what it shows.
        x, y: its top left corner.
        runs: the words of the patient whose document this is, at their places on the page.
    """

    text: FieldText
    x: float
    y: float
    runs: tuple[GlyphRun, ...]
    node: int


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
    """A raster image scaled into the rectangle (x, y, width, height), mirrored left to right if asked.

    A finished document holds no `Photo`: each is stored as fine as its largest place asks.
    """

    raster: Raster | Photo
    x: float
    y: float
    width: float
    height: float
    node: int
    mirrored: bool = False


class TickBox(NamedTuple):
    """An empty box to tick by hand. `id` names it on its sheet: `ex2.d3`, `pain.d1.7`.

    It is drawn as an outline `line` points wide with corners of `radius`; nothing is ever printed inside. One
    that belongs to a Form node can also be ticked in the file, or one of its `choices` made there.
    """

    id: str
    x: float
    y: float
    size: float
    radius: float
    line: float
    node: int
    choices: tuple[str, ...] = ()


class TextField(NamedTuple):
    """A line of text that can be typed in the file, over what is drawn there; belongs to a Form node."""

    id: str
    x: float
    y: float
    width: float
    height: float
    node: int


class LinkArea(NamedTuple):
    """A rectangle that opens `target`, belonging to a Link node.

    The target is an address (https:, mailto: or tel:), or `#` with the name of a `Destination`.
    """

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


Item = GlyphRun | Shape | Placed | Picture | TickBox | TextField | LinkArea | Code
"""What is drawn."""


class Sheet(NamedTuple):
    """One side of the leaf of a week; see `typesetting.tracker_geometry`.

    Attributes:
        week: 0 is the spare one.
        marks: (id, x, y, size) of each registration mark, in points; none where nobody reads it by machine.
        codes: (text, x, y, size) of each sheet code, in points; likewise.
        name: printed behind the document id at its foot: `01a` in front, `01b` at the back.
        fixed: whether its places are those of the paper, whatever the margins.
        says_all: whether all cautions and notes stand there; else rows name the page that has them.
    """

    week: int
    marks: tuple[tuple[int, float, float, float], ...]
    codes: tuple[tuple[str, float, float, float], ...]
    name: str
    fixed: bool = True
    says_all: bool = True


@dataclass(frozen=True)
class Page:
    """One page: its size in points and what stands on it, in the order in which it is drawn and read.

    Items of one node that follow each other become one marked sequence.
    """

    width: float
    height: float
    contents: tuple[Item | Field, ...]
    sheet: Sheet | None = None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items, with the words of the patient in place of the fields."""
        return tuple(
            item for one in self.contents for item in (one.runs if isinstance(one, Field) else (one,))
        )


class Bookmark(NamedTuple):
    """An entry of the outline: level 0 is the outermost; `page` counts from 0, `y` from the page's top."""

    level: int
    title: str
    page: int
    y: float


class Destination(NamedTuple):
    """A place that links of the document go to; `page` counts from 0, `y` from the page's top."""

    name: str
    page: int
    y: float


class PrintedPhoto(NamedTuple):
    """How a photo is printed where it is largest: its name, dots to the inch, and width in points."""

    name: str
    dots: float
    width: float


@dataclass(frozen=True)
class Document:
    """Everything that the PDF writer needs, and nothing else.

    Attributes:
        nodes: the logical tree in reading order; the first is the root, with role Document.
        destinations: where the links inside the document go to.
        created: the moment that is written as creation date.
        photos: of the exercises, how fine each is on its page.
        fits_width: whether it opens with the page as wide as the window.
    """

    pages: tuple[Page, ...]
    nodes: tuple[Node, ...]
    bookmarks: tuple[Bookmark, ...]
    destinations: tuple[Destination, ...]
    title: str
    language: str
    author: str
    subject: str
    ident: str
    created: dt.datetime
    photos: tuple[PrintedPhoto, ...] = ()
    fits_width: bool = False

    @property
    def sheets_say_all(self) -> bool:
        """Whether the sheets of weeks say all cautions and notes; else rows name the page that has them."""
        return all(page.sheet.says_all for page in self.pages if page.sheet)
