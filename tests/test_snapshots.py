"""Small pieces of files as text, so that a change in what the writer writes is readable.

`--update-golden` writes what is now.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pdf_documents import SQUARE, Tree, document, text
from test_odd_files import field

from pdfgen.pdf.shared_file import write
from pdfgen.pdf.structure import Structure
from pdfgen.typesetting.document import DECORATION, FOOTER, Document, LinkArea, Node, Shape, TickBox

SNAPSHOTS = Path(__file__).parent / "snapshots"


def structure() -> str:
    """A sentence with a link over two pages, and a table's cell that stays empty."""
    nodes = [
        Node(0, -1, "Document"),
        Node(1, 0, "P"),
        Node(2, 1, "Link"),
        Node(3, 0, "Figure", alt="a (round) knee"),
        Node(4, 0, "Table"),
        Node(5, 4, "TR"),
        Node(6, 5, "TH", scope="Row", col_span=2),
    ]
    tree = Structure(nodes, 2)
    for node, page in ((1, 0), (2, 0), (2, 1), (1, 1), (3, 1)):
        tree.mark(node, page)
    tree.annotate(2, 0, b"90 0 R")
    tree.extend(3, 1, (10.0, 20.0, 30.0, 40.0))
    elements = tree.elements(11, b"9 0 R", [b"1 0 R", b"2 0 R"])
    return "\n".join(one.decode() for one in (tree.root(11), *elements))


def page() -> str:
    """Text, a field in its place, a box to tick and decoration: the operators of a page."""
    with pikepdf.open(io.BytesIO(write(_document()))) as pdf:
        return bytes(pdf.pages[0].Contents.read_bytes()).decode().strip()


def fields() -> str:
    """The form of a field, and the entries of the page that refers to it."""
    with pikepdf.open(io.BytesIO(write(_document()))) as pdf:
        form = pdf.pages[0].Resources.XObject["/FormXob.W0"]
        head = f"BBox {[float(one) for one in form.BBox]}, fonts {sorted(form.Resources.Font.keys())}"
        names = sorted(pdf.pages[0].Resources.XObject.keys())
        return "\n".join([head, f"page: {names}", bytes(form.read_bytes()).decode()])


def link() -> str:
    """A link's annotation."""
    tree = Tree()
    node = tree.add(0, "Link")
    area = LinkArea(60, 90, 50, 14, "https://example.org/é", "Site (é)", node)
    with pikepdf.open(io.BytesIO(write(document(tree.nodes, (text("site", node), area))))) as pdf:
        entries = pdf.pages[0].Annots[0]
        shown = {key: entries[key] for key in ("/Contents", "/F", "/Rect", "/StructParent", "/Subtype")}
        return "\n".join(f"{key} {value!r}" for key, value in shown.items()) + f"\n{entries.A.URI}"


def _document() -> Document:
    tree = Tree()
    first, second, third = (tree.add(0, "P") for _ in range(3))
    return document(
        tree.nodes,
        (
            Shape(SQUARE, DECORATION, fill=(0.9, 0.0, 0.0)),
            text("To", first),
            field("Á é\u0323", 60, 150, second),
            TickBox("a", 60, 200, 12, 2, 0.6, third),
            text("1", FOOTER, y=800),
        ),
    )


@pytest.mark.parametrize("made", [structure, page, fields, link])
def test_is_as_it_was(made: Callable[[], str], request: pytest.FixtureRequest) -> None:
    path = SNAPSHOTS / f"{made.__name__}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(made() + "\n", encoding="utf-8")
    assert made() + "\n" == path.read_text(encoding="utf-8")
