"""A typeset document turned into content that any engine can set: its logical tree, without places and type.

Left out is what only our own engine would have to draw: grounds, rules, punch and registration marks and the
codes of tracker sheets. All texts, tables, boxes and drawings are there.
"""

from __future__ import annotations

import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path as File

from benchmarks.content import (
    Block,
    Cell,
    Content,
    Heading,
    Items,
    Lines,
    Paragraph,
    Path,
    Picture,
    Pictures,
    Table,
)
from benchmarks.measure import PROGRAM
from pdfgen.content.files.resources import assets_folder
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.production.job import Job
from pdfgen.production.program import compose, read
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document, GlyphRun, Item, Node, Placed, Shape, TickBox


def content_of(document: Document, label: str) -> Content:
    """Return what a document says; `label` names the patient in it."""
    reading = _Reading(document)
    found = [(page, block) for page, block in reading.blocks(document.nodes[0])]
    pages: list[list[Block]] = [[] for _ in document.pages]
    for page, block in found:
        pages[page].append(block)
    first = document.pages[0]
    return Content(
        title=document.title,
        language=document.language,
        label=label,
        ident=document.ident,
        paper=(first.width, first.height),
        pages=tuple(tuple(_joined(blocks)) for blocks in pages),
    )


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of a page; pictures and lines that follow each other become one block."""
    for kind, group in groupby(blocks, type):
        together = list(group)
        if kind is Pictures:
            yield Pictures(
                tuple(one for block in together if isinstance(block, Pictures) for one in block.pictures)
            )
        elif kind is Lines:
            yield Lines(len(together))
        else:
            yield from together


class _Reading:
    """The nodes of a document with what belongs to them."""

    def __init__(self, document: Document) -> None:
        self._kids: dict[int, list[Node]] = defaultdict(list)
        self._items: dict[int, list[Item]] = defaultdict(list)
        self._pages: dict[int, int] = {}
        for node in document.nodes:
            self._kids[node.parent].append(node)
        for number, page in enumerate(document.pages):
            for item in page.items:
                if not isinstance(item, Placed | Shape | TickBox | GlyphRun) or item.node < 0:
                    continue
                self._items[item.node].append(item)
                self._pages.setdefault(item.node, number)

    def blocks(self, node: Node) -> Iterator[tuple[int, Block]]:
        """Yield the blocks of a node in reading order, each with its page."""
        if node.role in ("H1", "H2", "H3"):
            yield self._page(node), Heading(int(node.role[1]), self._text(node))
        elif node.role == "L":
            yield from self._list(node)
        elif node.role == "Table":
            rows = tuple(self._row(row) for part in self._kids[node.id] for row in self._kids[part.id])
            yield self._page(node), Table(rows)
        elif node.role == "P":
            if text := self._text(node):
                bold = all(run.face.bold for run in self._runs(node))
                yield self._page(node), Paragraph(text, is_bold=bold)
            else:
                yield self._page(node), Lines(1)
        elif node.role == "Figure":
            yield from self._figure(node)
        else:
            for kid in self._kids[node.id]:
                yield from self.blocks(kid)

    def _list(self, node: Node) -> Iterator[tuple[int, Block]]:
        entries = self._kids[node.id]
        texts = tuple(self._text(entry, without="Lbl") for entry in entries)
        yield self._page(node), Items(texts, is_numbered=node.numbering == "Decimal")
        for entry in entries:
            for part in self._below(entry):
                if part.role == "Figure":
                    yield from self._figure(part)

    def _row(self, row: Node) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for cell in self._kids[row.id]:
            boxes = sum(
                isinstance(item, TickBox) for part in self._below(cell) for item in self._items[part.id]
            )
            cells += [Cell(self._text(cell), boxes), *[Cell("")] * (cell.col_span - 1)]
        return tuple(cells)

    def _figure(self, node: Node) -> Iterator[tuple[int, Block]]:
        page = self._page(node)
        for item in self._items[node.id]:
            if isinstance(item, Placed):
                yield page, Pictures((_placed(item, node.alt),))
        shapes = [item for item in self._items[node.id] if isinstance(item, Shape)]
        if len(shapes) > 1:
            yield page, Pictures((_drawn(shapes, node.alt),))

    def _below(self, node: Node) -> Iterator[Node]:
        yield node
        for kid in self._kids[node.id]:
            yield from self._below(kid)

    def _runs(self, node: Node, without: str = "") -> Iterator[GlyphRun]:
        for part in self._below(node):
            if part.role != without and part.role != "Figure":
                yield from (item for item in self._items[part.id] if isinstance(item, GlyphRun))

    def _text(self, node: Node, without: str = "") -> str:
        runs = ("".join(glyph.text for glyph in run.glyphs) for run in self._runs(node, without))
        return " ".join(" ".join(runs).split())

    def _page(self, node: Node) -> int:
        return next(self._pages[part.id] for part in self._below(node) if part.id in self._pages)


def _placed(item: Placed, says: str) -> Picture:
    drawing = item.drawing
    file = assets_folder() / f"{drawing.name}.svg"
    shapes = read_svg(file.read_bytes(), file.name).shapes
    paths = tuple(Path(shape.segments, shape.fill, shape.stroke, shape.width) for shape in shapes)
    return Picture(file.stem, paths, (drawing.width, drawing.height), (item.width, item.height), says)


def _drawn(shapes: Sequence[Shape], says: str) -> Picture:
    """Return a picture that was drawn on the page."""
    points = [value for shape in shapes for segment in shape.segments for value in _coordinates(segment)]
    across, down = points[::2], points[1::2]
    left, top = min(across), min(down)
    paths = tuple(
        Path(
            tuple((segment[0], *_shifted(_coordinates(segment), left, top)) for segment in shape.segments),
            shape.fill,
            shape.stroke,
            shape.width,
        )
        for shape in shapes
    )
    size = (max(across) - left, max(down) - top)
    return Picture("scale", paths, size, size, says)


def _coordinates(segment: tuple[str | float, ...]) -> list[float]:
    return [value for value in segment if not isinstance(value, str)]


def _shifted(values: Sequence[float], left: float, top: float) -> Iterator[float]:
    return (value - (top if index % 2 else left) for index, value in enumerate(values))


def main() -> None:
    """Write the content of the program that is measured to the file that is named."""
    shared = Shared()
    program = read(Job(PROGRAM), shared)
    content = content_of(compose(program, shared), program.prescription.patient.label)
    File(sys.argv[1]).write_bytes(pickle.dumps(content))


if __name__ == "__main__":
    main()
