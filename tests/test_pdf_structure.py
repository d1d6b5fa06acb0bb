"""The logical tree in a file: elements, their content, links and artifacts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pdf_documents import (
    HEIGHT,
    Tree,
    code_of,
    document,
    elements,
    full_document,
    text,
)

from pdfgen.pdf.logical_text import expected_text
from pdfgen.pdf.reader import read
from pdfgen.pdf.shared_file import write
from pdfgen.pdf.structure import TaggingError
from pdfgen.typesetting.document import (
    Document,
    LinkArea,
    Node,
)


@pytest.fixture(scope="module")
def full() -> Document:
    return full_document()


@pytest.fixture(scope="module")
def full_bytes(full: Document) -> bytes:
    return write(full)


@pytest.fixture(scope="module")
def full_pdf(full_bytes: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(full_bytes)) as pdf:
        yield pdf


# --- structure ---------------------------------------------------------------------------------------------


def test_elements_follow_the_nodes_and_not_the_drawing() -> None:
    tree = Tree()
    first, second, third = (tree.add(0, "P") for _ in range(3))
    made = document(tree.nodes, (text("derde", third), text("eerste", first), text("tweede", second)))
    found = read(write(made)).elements
    assert [element.text for element in found[1:]] == ["eerste", "tweede", "derde"]


def test_items_of_one_node_are_one_sequence() -> None:
    tree = Tree()
    node = tree.add(0, "P")
    lines = [text("regel ", node, y=100.0 + 16.0 * line) for line in range(5)]
    with pikepdf.open(io.BytesIO(write(document(tree.nodes, tuple(lines))))) as pdf:
        assert code_of(pdf).count("BDC") == 1
        assert elements(pdf)[1].K == 0


def test_element_over_two_pages_has_two_sequences(full_pdf: pikepdf.Pdf) -> None:
    element = elements(full_pdf)[-1]
    assert element.Pg.objgen == full_pdf.pages[0].objgen
    here, there = element.K
    assert isinstance(here, int)
    assert there.Type == "/MCR"
    assert there.Pg.objgen == full_pdf.pages[1].objgen


def test_parent_tree_leads_back_to_the_elements(full_pdf: pikepdf.Pdf) -> None:
    numbers = full_pdf.Root.StructTreeRoot.ParentTree.Nums
    entries = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for number, page in enumerate(full_pdf.pages):
        sequences = [int(n) for n in re.findall(r"MCID (\d+)", code_of(full_pdf, number))]
        owners = entries.pop(int(page.StructParents))
        assert sequences == list(range(len(owners)))
    (annotation,) = full_pdf.pages[0].Annots
    assert entries.pop(int(annotation.StructParent)).S == "/Link"
    assert not entries


def test_attributes_of_tables_lists_and_figures(full_pdf: pikepdf.Pdf) -> None:
    by_role: dict[str, list[Any]] = {}
    for element in elements(full_pdf):
        by_role.setdefault(str(element.S), []).append(element)
    assert by_role["/L"][0].A.ListNumbering == "/Decimal"
    column, row = by_role["/TH"]
    assert (column.A.O, column.A.Scope, column.A.ColSpan) == ("/Table", "/Column", 2)
    assert row.A.Scope == "/Row"
    assert "/K" not in by_role["/TD"][0]
    boxes = [[float(v) for v in figure.A.BBox] for figure in by_role["/Figure"]]
    # The tick box with half its line, then the drawing, then the same mirrored, then the picture.
    assert boxes[0] == pytest.approx([119.675, HEIGHT - 267.325, 137.325, HEIGHT - 249.675], abs=0.01)
    assert boxes[2] == pytest.approx([60, HEIGHT - 460, 180, HEIGHT - 400], abs=0.01)
    assert boxes[3] == pytest.approx([240, HEIGHT - 460, 360, HEIGHT - 400], abs=0.01)
    assert boxes[4] == pytest.approx([400, HEIGHT - 420, 440, HEIGHT - 400], abs=0.01)
    assert [str(span.Lang) for span in by_role["/Span"]] == ["vi"]


def test_link_has_text_annotation_and_description(full_pdf: pikepdf.Pdf) -> None:
    (annotation,) = full_pdf.pages[0].Annots
    assert str(annotation.A.URI) == "tel:+3120123"
    assert str(annotation.Contents) == "Bel de praktijk"
    assert int(annotation.F) == 4
    assert [float(v) for v in annotation.Rect] == pytest.approx([90, HEIGHT - 132, 130, HEIGHT - 118])
    link = next(element for element in elements(full_pdf) if element.S == "/Link")
    sequence, reference = link.K
    assert isinstance(sequence, int)
    assert reference.Obj.objgen == annotation.objgen


def test_address_of_a_link_is_ascii() -> None:
    tree = Tree()
    link = tree.add(tree.add(0, "P"), "Link")
    area = LinkArea(0, 0, 9, 9, "https://example.org/één knie?a=%20(1)", "site", link)
    with pikepdf.open(io.BytesIO(write(document(tree.nodes, (text("x", link), area))))) as pdf:
        uri = bytes(pdf.pages[0].Annots[0].A.URI)
    assert uri == b"https://example.org/%C3%A9%C3%A9n%20knie?a=%20(1)"


def test_header_footer_and_decoration_are_artifacts(full_pdf: pikepdf.Pdf) -> None:
    first, second = code_of(full_pdf), code_of(full_pdf, 1)
    assert first.count("/Artifact") == 3
    assert "/Artifact <</Type/Pagination/Subtype/Header>> BDC" in first
    assert "/Artifact <</Type/Pagination/Subtype/Footer>> BDC" in second
    for code in (first, second):
        assert code.count("BDC") + code.count("BMC") == code.count("EMC")
    assert "kop" not in " ".join(element.text for element in expected_text(full_document()))


@pytest.mark.parametrize(
    ("role", "more", "reason"),
    [
        ("P", {}, "neither content nor children"),
        ("Sect", {}, "neither content nor children"),
        ("Figure", {}, "needs a text"),
        ("TH", {}, "needs a scope"),
        ("Link", {}, "has no area to press"),
    ],
)
def test_incomplete_nodes_are_refused(role: str, more: dict[str, Any], reason: str) -> None:
    tree = Tree()
    tree.add(0, "P")
    tree.add(0, role, **more)
    with pytest.raises(TaggingError, match=rf"node 2 \({role}.*{reason}"):
        write(document(tree.nodes, (text("x", 1),)))


@pytest.mark.parametrize("node", [0, 2, 7, -4])
def test_content_without_a_fitting_node_is_refused(node: int) -> None:
    tree = Tree()
    tree.add(0, "P")
    tree.add(0, "Sect")
    with pytest.raises(TaggingError, match=rf"page 1: .*node {node}"):
        write(document(tree.nodes, (text("x", 1), text("y", node))))


def test_link_area_needs_a_link() -> None:
    tree = Tree()
    tree.add(0, "P")
    with pytest.raises(TaggingError, match="is no Link"):
        write(document(tree.nodes, (text("x", 1), LinkArea(0, 0, 9, 9, "https://example.org", "d", 1))))


def test_nodes_must_be_in_order() -> None:
    with pytest.raises(TaggingError, match="numbered in order"):
        write(document([Node(0, -1, "Document"), Node(1, 2, "P"), Node(2, 0, "P")], (text("x", 1),)))
