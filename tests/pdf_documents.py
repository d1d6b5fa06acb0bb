"""Documents made by hand, for tests of the files that are written of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from pdfgen.content.pictures.drawing import BLACK, Drawing, DrawnShape, Raster, VectorPicture
from pdfgen.pdf.finished_drawings import finished
from pdfgen.typesetting.document import (
    DECORATION,
    FOOTER,
    HEADER,
    Bookmark,
    Document,
    GlyphRun,
    Item,
    LinkArea,
    Node,
    Page,
    Picture,
    Placed,
    Shape,
    Sheet,
    TickBox,
)
from pdfgen.typesetting.fonts import Face

ROOT = Path(__file__).parent.parent
WIDTH, HEIGHT = 595.28, 841.89
SQUARE = (("M", 0.0, 0.0), ("L", 10.0, 0.0), ("L", 10.0, 10.0), ("L", 0.0, 10.0), ("Z",))


@cache
def face(name: str) -> Face:
    data = (ROOT / "assets" / "fonts" / f"{name}.ttf").read_bytes()
    return Face(name, data, bold=name.endswith("Bold"))


def latin() -> Face:
    return face("AtkinsonHyperlegibleNext-Regular")


def noto() -> Face:
    return face("NotoSans-Regular")


def text(
    words: str, node: int, x: float = 60.0, y: float = 100.0, *, font: Face | None = None, size: float = 12.0
) -> GlyphRun:
    font = font or latin()
    return GlyphRun(x, y, font, size, BLACK, font.shape(words)[0], node)


def drawing(name: str = "arrow") -> Drawing:
    curve = (("M", 0.0, 0.0), ("C", 0.0, 20.0, 40.0, 20.0, 40.0, 0.0), ("Z",))
    shapes = (
        DrawnShape(curve, (0.2, 0.4, 0.6), (0.0, 0.0, 0.0), 0.5, True, 1, 1, (2.0, 1.0)),
        DrawnShape(SQUARE, None, (0.1, 0.1, 0.1), 1.0, False, 0, 0, ()),
    )
    return finished(VectorPicture(name, 40.0, 20.0, shapes))


class Tree:
    """Nodes in the making."""

    def __init__(self) -> None:
        self.nodes = [Node(0, -1, "Document")]

    def add(self, parent: int, role: Any, **more: Any) -> int:
        self.nodes.append(Node(len(self.nodes), parent, role, **more))
        return len(self.nodes) - 1


def document(nodes: list[Node], *pages: tuple[Item, ...], **more: Any) -> Document:
    values: dict[str, Any] = {
        "pages": tuple(Page(WIDTH, HEIGHT, items) for items in pages),
        "nodes": tuple(nodes),
        "bookmarks": (),
        "destinations": (),
        "title": "Oefeningen – rug",
        "language": "nl-NL",
        "author": "Praktijk A & B",
        "subject": "Programma <kort>",
        "ident": "7K3QX0AB",
        "created": dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC),
    }
    return Document(**(values | more))


def one_line(words: str, *, font: Face | None = None) -> Document:
    tree = Tree()
    return document(tree.nodes, (text(words, tree.add(0, "P"), font=font),))


def full_document() -> Document:
    """One of everything that a document can hold."""
    tree = Tree()
    section = tree.add(0, "Sect")
    items: list[Item] = [Shape(SQUARE, DECORATION, fill=(0.9, 0.9, 0.95)), text("kop", HEADER, y=30.0)]
    items.append(text("AVATAR: één knie ", tree.add(section, "H1"), size=20.0))
    paragraph = tree.add(section, "P")
    items.append(text("Bel ", paragraph, y=130.0))
    link = tree.add(paragraph, "Link")
    items += [
        text("020 123", link, 90.0, 130.0),
        LinkArea(90.0, 118.0, 40.0, 14.0, "tel:+3120123", "Bel de praktijk", link),
        text(" nu, meneer ", paragraph, 140.0, 130.0),
        text("Đặng Łódź", tree.add(paragraph, "Span", lang="vi"), 220.0, 130.0, font=noto()),
        text(". Regel één ", paragraph, 60.0, 146.0),
    ]
    items += _list(tree, section)
    items += _table(tree, section)
    figure = tree.add(section, "Figure", alt="De knieën zakken opzij")
    items.append(Placed(drawing(), 60.0, 400.0, 120.0, 60.0, figure))
    twice = tree.add(section, "Figure", alt="Hetzelfde, naar links")
    items.append(Placed(drawing(), 240.0, 400.0, 120.0, 60.0, twice, mirrored=True))
    logo = tree.add(section, "Figure", alt="Logo")
    raster = Raster("logo", 2, 1, "RGB", b"\xff\0\0\0\0\xff", b"\xff\x80", None)
    items.append(Picture(raster, 400.0, 400.0, 40.0, 20.0, logo))
    pain = tree.add(section, "P", actual="nul tot tien")
    items.append(text("0–10", pain, y=500.0))
    long = tree.add(section, "P")
    items += [text("Dit gaat door ", long, y=760.0), text("1 van 2", FOOTER, y=810.0)]
    second = (text("op de volgende bladzijde.", long, y=60.0), text("2 van 2", FOOTER, y=810.0))
    sheet = Sheet(
        1, ((0, 28.0, 28.0, 25.5), (5, 500.0, 28.0, 25.5)), (("H11307K3QX0ABCD", 450.0, 60.0, 41.7),), "01"
    )
    made = document(
        tree.nodes,
        tuple(items),
        second,
        bookmarks=(
            Bookmark(0, "Oefening – één", 0, 80.0),
            Bookmark(1, "Vervolg", 1, 40.0),
            Bookmark(0, "Z", 1, 50.0),
        ),
    )
    return replace(made, pages=(made.pages[0], replace(made.pages[1], sheet=sheet)))


def _list(tree: Tree, section: int) -> Iterator[Item]:
    steps = tree.add(section, "L", numbering="Decimal")
    for number, words in enumerate(("Ga liggen.", "Adem uit."), 1):
        step = tree.add(steps, "LI")
        yield text(f"{number}.", tree.add(step, "Lbl"), 60.0, 160.0 + 16.0 * number)
        yield text(words, tree.add(step, "LBody"), 80.0, 160.0 + 16.0 * number)


def _table(tree: Tree, section: int) -> Iterator[Item]:
    table = tree.add(section, "Table")
    head = tree.add(tree.add(table, "THead"), "TR")
    tree.add(head, "TD")
    yield text("ma", tree.add(head, "TH", scope="Column", col_span=2), 120.0, 240.0)
    row = tree.add(tree.add(table, "TBody"), "TR")
    yield text("Bruggetje", tree.add(row, "TH", scope="Row"), 60.0, 260.0)
    for column in range(2):
        box = tree.add(tree.add(row, "TD"), "Figure", alt="vakje")
        yield TickBox(f"ex1.d{column}", 120.0 + 30.0 * column, 250.0, 17.0, 2.8, 0.65, box)


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Structure elements in tree order, found by a reader that is not the project's own."""
    found = []

    def visit(element: Any) -> None:
        found.append(element)
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                visit(kid)

    visit(pdf.Root.StructTreeRoot.K[0])
    return found


def code_of(pdf: pikepdf.Pdf, page: int = 0) -> str:
    contents = pdf.pages[page].Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return "\n".join(bytes(part.read_bytes()).decode("ascii") for part in parts)
