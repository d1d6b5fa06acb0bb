"""What a document says, apart from how it is set: the same for every engine that is measured.

Pages are kept: each engine begins a new page where ours does, so that all make as many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

RGB = tuple[float, float, float]
Segments = tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A path with its paint; `segments` as in `pdfgen.content.pictures.drawing`, y downwards."""

    segments: Segments
    fill: RGB | None
    stroke: RGB | None
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: paths in units of its own, and its size on paper in points."""

    name: str
    paths: tuple[Path, ...]
    units: tuple[float, float]
    size: tuple[float, float]
    says: str

    @property
    def scale(self) -> float:
        """Points a unit."""
        return self.size[0] / self.units[0]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `is_bold` where all of it is."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not."""

    texts: tuple[str, ...]
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: text, or so many boxes to tick."""

    text: str
    boxes: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equally many cells; the first row holds headings."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings beside each other."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """So many lines to write on."""

    count: int


Block = Heading | Paragraph | Items | Table | Pictures | Lines


@dataclass(frozen=True)
class Content:
    """A whole document.

    Attributes:
        pages: each with its blocks.
        label: whose it is.
        ident: of the document.
        paper: width and height in points.
    """

    title: str
    language: str
    label: str
    ident: str
    paper: tuple[float, float]
    pages: tuple[tuple[Block, ...], ...]

    def worded(self, change: Callable[[str], str]) -> Content:
        """Return the same with all texts changed."""
        pages = tuple(tuple(_worded(block, change) for block in page) for page in self.pages)
        return replace(self, label=change(self.label), pages=pages)

    def count(self, kind: type[Block]) -> int:
        """Return how many blocks of a kind there are."""
        return sum(isinstance(block, kind) for page in self.pages for block in page)


@dataclass(frozen=True)
class Measures:
    """Type and distances of the pages that other engines make, in points. They are ours, but smaller.

    So what our pages hold has room on theirs, although they set drawings below texts and not beside them.
    """

    margin: float = 42.0
    body: float = 9.5
    leading: float = 11.875
    cell: float = 9.0
    headings: tuple[float, float, float] = (18.0, 13.0, 11.0)
    gap: float = 2.0
    first_column: float = 0.32
    box: float = 9.0
    line: float = 18.0
    pictures: float = 0.7


def rows_of(pictures: Pictures, width: float, measures: Measures) -> list[list[Picture]]:
    """Return pictures in rows no wider than `width` points."""
    rows: list[list[Picture]] = [[]]
    free = width
    for picture in pictures.pictures:
        wide = picture.size[0] * measures.pictures + measures.gap
        if wide > free and rows[-1]:
            rows.append([])
            free = width
        rows[-1].append(picture)
        free -= wide
    return rows


def hexadecimal(colour: RGB) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def svg(picture: Picture) -> str:
    """Return a picture as an SVG file."""
    wide, high = picture.units
    size = f'width="{wide:g}" height="{high:g}" viewBox="0 0 {wide:g} {high:g}"'
    paths = "".join(map(_svg_path, picture.paths))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{paths}</svg>'


def _svg_path(path: Path) -> str:
    steps = (part if isinstance(part, str) else f"{part:.3f}" for step in path.segments for part in step)
    fill = hexadecimal(path.fill) if path.fill else "none"
    stroke = f' stroke="{hexadecimal(path.stroke)}" stroke-width="{path.width:g}"' if path.stroke else ""
    return f'<path d="{" ".join(steps)}" fill="{fill}"{stroke}/>'


def _worded(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Heading | Paragraph):
        return replace(block, text=change(block.text))
    if isinstance(block, Items):
        return replace(block, texts=tuple(change(text) for text in block.texts))
    if isinstance(block, Table):
        rows = (tuple(replace(cell, text=change(cell.text)) for cell in row) for row in block.rows)
        return replace(block, rows=tuple(rows))
    return block
