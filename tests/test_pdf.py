"""A document as a PDF file: tags, text, fonts, drawings, links, metadata, and that it reads back the same."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import verapdf
from hypothesis import given, settings
from hypothesis import strategies as st

from pdfgen import __version__
from pdfgen.content.pictures.drawing import BLACK, Drawing, DrawnShape, Raster, VectorPicture
from pdfgen.errors import VerificationError
from pdfgen.pdf.finished_drawings import finished
from pdfgen.pdf.logical_text import Element, differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.pdf.shared_file import write
from pdfgen.pdf.sheet_codes import code_modules
from pdfgen.pdf.structure import TaggingError
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
from pdfgen.typesetting.fonts import Face, Glyph

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


# --- conformance -------------------------------------------------------------------------------------------


def test_conforms_to_pdf_ua_1_and_pdf_a_2a(full_bytes: bytes, tmp_path: Path) -> None:
    verapdf.require()
    samples = {"full": full_bytes, "line": write(one_line("Only one line.")), "marks": write(marked_text())}
    for name, data in samples.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    verdicts = verapdf.validate(sorted(tmp_path.glob("*.pdf")))
    assert len(verdicts) == 2 * len(samples)
    assert all(verdict.passed for verdict in verdicts), "\n".join(map(str, verdicts))


def test_file_is_sound(full_bytes: bytes, tmp_path: Path) -> None:
    path = tmp_path / "full.pdf"
    path.write_bytes(full_bytes)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
    if shutil.which("qpdf"):
        run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        assert "WARNING" not in run.stdout + run.stderr


def test_same_document_gives_the_same_bytes(full: Document, full_bytes: bytes) -> None:
    assert write(full) == full_bytes
    assert write(full_document()) == full_bytes


def test_bytes_do_not_depend_on_process_or_clock(full_bytes: bytes) -> None:
    program = "import sys, test_pdf; sys.stdout.buffer.write(test_pdf.write(test_pdf.full_document()))"
    for seed in ("1", "4242"):
        variables = os.environ | {
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": seed,
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
        }
        run = subprocess.run([sys.executable, "-c", program], env=variables, capture_output=True, check=True)
        assert run.stdout == full_bytes


def test_different_documents_have_different_identifiers() -> None:
    with (
        pikepdf.open(io.BytesIO(write(one_line("a")))) as one,
        pikepdf.open(io.BytesIO(write(one_line("b")))) as other,
    ):
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


# --- reading back ------------------------------------------------------------------------------------------


def test_text_reads_back(full: Document, full_bytes: bytes) -> None:
    found = read(full_bytes)
    assert differences(expected_text(full), found.elements) == ()
    assert found.elements == expected_text(full)
    assert Element(3, "Link", "020 123") in found.elements
    assert Element(2, "P", "Bel 020 123 nu, meneer Đặng Łódź. Regel één") in found.elements
    assert Element(2, "P", "nul tot tien", actual="nul tot tien") in found.elements
    assert Element(2, "P", "Dit gaat door op de volgende bladzijde.") in found.elements
    assert Element(2, "Figure", "", alt="De knieën zakken opzij") in found.elements
    assert [e for e in found.elements if e.role == "TH"] == [
        Element(5, "TH", "ma", scope="Column"),
        Element(5, "TH", "Bruggetje", scope="Row"),
    ]


def bookmarks(data: bytes) -> list[tuple[int, str]]:
    """Level and title of each bookmark."""
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return list(_bookmarks(outline.root, 0))


def _bookmarks(items: Iterable[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _bookmarks(item.children, level + 1)


def test_facts_read_back(full_bytes: bytes) -> None:
    found = read(full_bytes)
    with pikepdf.open(io.BytesIO(full_bytes)) as pdf:
        about = [str(pdf.docinfo[key]) for key in ("/Title", "/Author", "/Subject", "/Producer")]
    producer = f"pdfgen {__version__}"
    assert about == ["Oefeningen – rug", "Praktijk A & B", "Programma <kort>", producer]
    assert found.title == about[0]
    assert (found.language, found.pdfa, found.pdfua) == ("nl-NL", "2A", "1")
    assert found.marked
    assert found.shows_title
    assert bookmarks(full_bytes) == [(0, "Oefening – één"), (1, "Vervolg"), (0, "Z")]
    assert all(font.embedded and font.mapped for font in found.fonts)
    assert len(found.fonts) == 2
    assert [page.untagged for page in found.pages] == [(), ()]
    first = found.pages[0]
    assert (first.width, first.height) == (WIDTH, HEIGHT)
    assert first.extent is not None
    left, top, right, bottom = first.extent
    assert (left, top) == (0.0, 0.0)  # the decoration in the corner
    assert right == pytest.approx(440.0, abs=0.1)
    assert bottom == pytest.approx(810.0, abs=0.1)


def test_differences_name_what_is_wrong() -> None:
    expected = [
        Element(0, "Document", ""),
        Element(1, "P", "een"),
        Element(1, "P", "twee"),
        Element(1, "P", "drie"),
    ]
    found = [expected[0], Element(1, "P", "eeN"), expected[3], Element(1, "H1", "vier", lang="nl")]
    assert differences(expected, expected) == ()
    assert differences(expected, found) == (
        "expected P 'een', found P 'eeN'",
        "missing P 'twee'",
        "not expected: H1 'vier' lang='nl'",
    )


def test_wrong_order_is_noticed(full: Document) -> None:
    """Exchanged texts are what no conformance check can see."""
    pages = list(full.pages)
    runs = [i for i, item in enumerate(pages[0].items) if isinstance(item, GlyphRun) and item.node > 0]
    items = list(pages[0].items)
    first, second = items[runs[0]], items[runs[-1]]
    assert isinstance(first, GlyphRun)
    assert isinstance(second, GlyphRun)
    items[runs[0]], items[runs[-1]] = first._replace(node=second.node), second._replace(node=first.node)
    swapped = replace(full, pages=(replace(pages[0], contents=tuple(items)), pages[1]))
    assert len(differences(expected_text(full), read(write(swapped)).elements)) == 2


ALPHABET = "aAVTofijl1.,-–'  éëłğŻőçßÆ\N{NO-BREAK SPACE}\N{SOFT HYPHEN}"
WIDE = ALPHABET + "Đặễ\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}\N{COMBINING CEDILLA}αλωЖщ"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.text(WIDE, min_size=1, max_size=30)), min_size=1, max_size=6))
def test_any_text_reads_back(lines: list[tuple[bool, str]]) -> None:
    tree = Tree()
    items = []
    for number, (wide, words) in enumerate(lines):
        font = noto() if wide else latin()
        shown = "".join(c for c in words if c in font) or "x"
        items.append(text(shown, tree.add(0, "P"), y=40.0 + 20.0 * number, font=font))
    made = document(tree.nodes, tuple(items))
    assert read(write(made)).elements == expected_text(made)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_tree_reads_back(data: st.DataObject) -> None:
    """Paragraphs of several pieces, spans between them, broken over pages anywhere."""
    tree = Tree()
    pages: list[list[Item]] = [[]]
    words = st.text("abc é", min_size=1, max_size=8)
    for _ in range(data.draw(st.integers(1, 5))):
        section = tree.add(0, "Sect")
        for _ in range(data.draw(st.integers(1, 3))):
            paragraph = tree.add(section, data.draw(st.sampled_from(["P", "H2"])))
            pages[-1].append(text(data.draw(words), paragraph))
            for _ in range(data.draw(st.integers(0, 3))):
                inner = tree.add(paragraph, "Span", actual=data.draw(st.sampled_from(["", "in plaats"])))
                pages[-1].append(text(data.draw(words), inner))
                if data.draw(st.booleans()):
                    pages.append([])
                pages[-1].append(text(data.draw(words), paragraph))
    made = document(tree.nodes, *map(tuple, pages))
    assert differences(expected_text(made), read(write(made)).elements) == ()


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n99\n%%EOF"])
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(VerificationError, match="cannot be read"):
        read(data)


def test_cut_files_are_refused_or_read(full_bytes: bytes) -> None:
    """Whatever is missing: an answer or a clear refusal, nothing else."""
    for part in range(1, 12):
        with pytest.raises(VerificationError):
            read(full_bytes[: len(full_bytes) * part // 12])


def test_untagged_and_encrypted_files_are_refused() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        plain, locked = io.BytesIO(), io.BytesIO()
        pdf.save(plain)
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(VerificationError, match="not tagged"):
        read(plain.getvalue())
    with pytest.raises(VerificationError, match="encrypted"):
        read(locked.getvalue())


def test_untagged_content_is_reported(full_bytes: bytes) -> None:
    with pikepdf.open(io.BytesIO(full_bytes)) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.keys())).encode("ascii")
        pdf.pages[0].contents_add(b" BT %s 9 Tf <0001> Tj ET 0 0 9 9 re f" % font)
        changed = io.BytesIO()
        pdf.save(changed)
    untagged = read(changed.getvalue()).pages[0].untagged
    assert len(untagged) == 2
    assert untagged[1] == "f"


def test_circular_tree_is_refused(full_bytes: bytes) -> None:
    with pikepdf.open(io.BytesIO(full_bytes)) as pdf:
        root = pdf.Root.StructTreeRoot.K[0]
        root.K.K.append(root)
        changed = io.BytesIO()
        pdf.save(changed)
    with pytest.raises(VerificationError, match="damaged"):
        read(changed.getvalue())


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


# --- text and fonts ----------------------------------------------------------------------------------------


ACCENTED = "q\N{COMBINING ACUTE ACCENT}"
DOTTED = "e\N{COMBINING DOT BELOW}"


def marked_text() -> Document:
    """Letters with marks: each glyph with its own character, and two glyphs that show one text together."""
    tree = Tree()
    apart = text(f"{DOTTED}x {ACCENTED}a", tree.add(0, "P"), font=noto())
    together = text(f"{ACCENTED}a", tree.add(0, "P"), y=140.0, font=noto())
    letter, mark, *others = together.glyphs
    joined = (letter._replace(text=ACCENTED), mark._replace(text=""), *others)
    return document(tree.nodes, (apart, together._replace(glyphs=joined)))


def test_cluster_of_several_glyphs_keeps_its_text() -> None:
    data = write(marked_text())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spans = re.findall(r"/Span <</ActualText <FEFF(\w+)>>> BDC (.*?) EMC", code_of(pdf))
    assert [bytes.fromhex(said).decode("utf-16-be") for said, _ in spans] == [DOTTED, ACCENTED]
    assert [shown.count("TJ") for _, shown in spans] == [1, 1]
    assert [len(re.findall(r"<\w+>", shown)) for _, shown in spans] == [2, 2]
    assert [element.text for element in read(data).elements[1:]] == [
        f"{DOTTED}x {ACCENTED}a",
        f"{ACCENTED}a",
    ]


def test_raised_glyph_is_raised() -> None:
    tree = Tree()
    run = text("a", tree.add(0, "P"))
    raised = run._replace(glyphs=(run.glyphs[0]._replace(dy=250.0, dx=100.0),))
    with pikepdf.open(io.BytesIO(write(document(tree.nodes, (raised,))))) as pdf:
        code = code_of(pdf)
    assert "3.000 Ts" in code
    assert "0 Ts" in code.split("TJ", 1)[1]
    assert "[ -100<61>100 ] TJ" in code


def test_same_glyph_for_different_texts_is_told_apart() -> None:
    tree = Tree()
    run = text("-", tree.add(0, "P"))
    glyph = run.glyphs[0]
    both = (glyph, glyph._replace(text="\N{NON-BREAKING HYPHEN}"), glyph._replace(text="\N{GRINNING FACE}"))
    data = write(document(tree.nodes, (run._replace(glyphs=both),)))
    assert read(data).elements[1].text == "-\N{NON-BREAKING HYPHEN}\N{GRINNING FACE}"


def test_kerning_is_in_the_text_array() -> None:
    """Text ends where shaping says that it ends."""
    words = "AVATAR Tavo"
    glyphs, advance = latin().shape(words)
    assert advance < sum(latin().natural_advance(glyph.gid) for glyph in glyphs)
    page = read(write(one_line(words))).pages[0]
    assert page.extent is not None
    assert page.extent[2] - page.extent[0] == pytest.approx(advance * 12 / latin().units_per_em, abs=0.01)


def test_widths_are_those_of_the_font(full_pdf: pikepdf.Pdf) -> None:
    for font in full_pdf.pages[0].Resources.Font.values():
        source = face(str(font.BaseFont).split("+")[1])
        assert (font.FirstChar, font.LastChar) == (0, len(font.Widths) - 1)
        rows = re.findall(rb"<(\w\w)> <(\w{4})>", bytes(font.ToUnicode.read_bytes()))
        assert rows
        for code, character in rows:
            gid = source.nominal_glyph(chr(int(character, 16)))
            wide = source.natural_advance(gid) * 1000 / source.units_per_em
            assert float(font.Widths[int(code, 16)]) == pytest.approx(wide, abs=0.5)


def test_only_subsets_are_embedded(full_pdf: pikepdf.Pdf) -> None:
    names = set()
    for font in full_pdf.pages[0].Resources.Font.values():
        assert font.Subtype == "/TrueType"
        assert re.fullmatch(r"/[A-Z]{6}\+[\w-]+", str(font.BaseFont))
        names.add(str(font.BaseFont))
        program = bytes(font.FontDescriptor.FontFile2.read_bytes())
        assert len(program) < 40_000
        assert b"GPOS" not in program[:400]
    assert {name.partition("+")[2] for name in names} == {latin().name, noto().name}


def test_character_maps_have_blocks_of_at_most_100() -> None:
    many = "".join(chr(c) for c in sorted(noto().hb_face.unicodes) if 0x21 <= c < 0x250)
    data = write(one_line(many, font=noto()))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        mappings = [bytes(font.ToUnicode.read_bytes()) for font in pdf.pages[0].Resources.Font.values()]
    for mapping in mappings:
        blocks = re.findall(rb"(\d+) beginbfchar\n(.*?)\nendbfchar", mapping, re.DOTALL)
        assert all(int(count) == len(rows.splitlines()) <= 100 for count, rows in blocks)
        assert b"<0000>" not in mapping
    assert len(mappings) > 1
    assert read(data).elements[1].text == many.replace("\N{NO-BREAK SPACE}", " ")


def test_missing_glyph_and_glyph_without_text_are_refused() -> None:
    tree = Tree()
    run = text("a", tree.add(0, "P"))
    for glyph in (Glyph(0, 500, 0, 0, "a"), Glyph(40, 500, 0, 0, "")):
        with pytest.raises(TaggingError):
            write(document(tree.nodes, (run._replace(glyphs=(glyph,)),)))


def test_faces_of_one_name_are_refused() -> None:
    tree = Tree()
    other = Face(latin().name, noto().data)
    items = (text("a", tree.add(0, "P")), text("b", tree.add(0, "P"), font=other))
    with pytest.raises(TaggingError, match="two faces"):
        write(document(tree.nodes, items))


# --- graphics ----------------------------------------------------------------------------------------------


def test_drawing_is_written_once(full_pdf: pikepdf.Pdf) -> None:
    objects = full_pdf.pages[0].Resources.XObject
    forms = [name for name, item in objects.items() if item.Subtype == "/Form"]
    assert len(forms) == 1
    assert len(re.findall(rf"{forms[0]} Do", code_of(full_pdf))) == 2
    assert not [item for item in full_pdf.pages[1].Resources.XObject.values() if item.Subtype == "/Form"]
    every = [
        item
        for item in full_pdf.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
    ]
    assert len(every) == 1


def test_mirrored_drawing_is_mirrored_within_its_rectangle(full_pdf: pikepdf.Pdf) -> None:
    matrices = re.findall(r"q ([-\d. ]+) cm\n/FormXob\.X\w+ Do\nQ", code_of(full_pdf))
    plain, mirrored = ([float(v) for v in matrix.split()] for matrix in matrices)
    assert plain == pytest.approx([3, 0, 0, -3, 60, HEIGHT - 400])
    assert mirrored == pytest.approx([-3, 0, 0, -3, 360, HEIGHT - 400])


def test_picture_keeps_pixels_and_opacity(full_pdf: pikepdf.Pdf) -> None:
    (image,) = (item for item in full_pdf.pages[0].Resources.XObject.values() if item.Subtype == "/Image")
    assert bytes(image.read_bytes()) == b"\xff\0\0\0\0\xff"
    assert bytes(image.SMask.read_bytes()) == b"\xff\x80"
    assert (image.ColorSpace, image.SMask.ColorSpace) == ("/DeviceRGB", "/DeviceGray")


def test_jpeg_is_passed_through() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", (8, 8), 128).save(buffer, "JPEG")
    raster = Raster("grey", 8, 8, "L", b"\x80" * 64, None, buffer.getvalue())
    tree = Tree()
    made = document(tree.nodes, (Picture(raster, 50, 50, 40, 40, tree.add(0, "Figure", alt="grijs")),))
    data = write(made)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        assert bytes(image.read_raw_bytes()) == buffer.getvalue()
        assert (image.Filter, image.ColorSpace) == ("/DCTDecode", "/DeviceGray")


def pixels(data: bytes, page: int = 0, scale: float = 4.0) -> Any:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return pdf[page].render(scale=scale, no_smoothpath=True).to_pil().convert("L")
    finally:
        pdf.close()


def test_tick_box_is_an_empty_black_outline() -> None:
    tree = Tree()
    box = TickBox("a", 100.0, 100.0, 17.0, 2.8, 1.0, tree.add(0, "Figure", alt="vakje"))
    image = pixels(write(document(tree.nodes, (box,))))
    assert image.crop((408, 408, 460, 460)).getextrema() == (255, 255)  # nothing inside
    assert image.getpixel((434, 400)) == 0  # top
    assert image.getpixel((434, 468)) == 0  # bottom
    assert image.getpixel((400, 434)) == 0
    assert image.getpixel((468, 434)) == 0
    assert image.getpixel((400, 400)) == 255  # rounded corner
    assert image.crop((0, 0, 395, 842)).getextrema() == (255, 255)


def test_shape_is_where_it_should_be() -> None:
    tree = Tree()
    triangle = (("M", 100.0, 100.0), ("L", 200.0, 100.0), ("L", 100.0, 200.0), ("Z",))
    shape = Shape(triangle, tree.add(0, "Figure", alt="driehoek"), fill=BLACK)
    line = Shape(
        (("M", 50.0, 300.0), ("L", 250.0, 300.0)), DECORATION, stroke=BLACK, width=4.0, dash=(20.0, 20.0)
    )
    image = pixels(write(document(tree.nodes, (shape, line))), scale=1.0)
    assert image.getpixel((110, 110)) == 0
    assert image.getpixel((190, 190)) == 255
    assert [image.getpixel((x, 300)) for x in (60, 80, 100, 120)] == [0, 255, 0, 255]


def test_marks_and_codes_show_their_patterns(full_bytes: bytes) -> None:
    """Sampled at the middle of each module, as a reader of sheets does it."""
    image = pixels(full_bytes, 1, scale=8.0)

    def modules(x: float, y: float, size: float, count: int) -> list[list[bool]]:
        step = size / count
        places = [(index + 0.5) * step for index in range(count)]
        return [[image.getpixel((int((x + a) * 8), int((y + d) * 8))) < 128 for a in places] for d in places]

    mark = modules(500.0, 28.0, 25.5, 6)
    assert all(mark[0])
    assert all(mark[5])
    assert all(row[0] and row[5] for row in mark)
    bits = "".join("0" if dark else "1" for row in mark[1:5] for dark in row[1:5])
    assert int(bits, 2) == 0x79CD
    seen = [int("".join("01"[dark] for dark in row) + "000", 2) for row in modules(450.0, 60.0, 41.7, 21)]
    assert (21, b"".join(row.to_bytes(3, "big") for row in seen)) == code_modules("H11307K3QX0ABCD")


def test_patterns_have_no_seams(full_pdf: pikepdf.Pdf) -> None:
    """Each is one picture and not a square for each module, between which viewers show hairlines."""
    assert not re.search(r"\bf\*?\b|\bre\b", code_of(full_pdf, 1))
    sizes = [
        (int(item.Width), int(item.BitsPerComponent), bool(item.ImageMask))
        for item in full_pdf.pages[1].Resources.XObject.values()
    ]
    assert sorted(sizes) == [(6, 1, True), (6, 1, True), (21, 1, True)]


def test_unknown_mark_is_refused() -> None:
    made = one_line("x")
    page = replace(made.pages[0], sheet=Sheet(1, ((6, 0.0, 0.0, 25.5),), (), "01"))
    with pytest.raises(ValueError, match="no registration mark 6"):
        write(replace(made, pages=(page,)))


# --- the file ----------------------------------------------------------------------------------------------


def test_file_says_what_it_is(full_bytes: bytes, full_pdf: pikepdf.Pdf) -> None:
    assert full_bytes.startswith(b"%PDF-1.7\n")
    root = full_pdf.Root
    assert str(root.Lang) == "nl-NL"
    assert root.MarkInfo.Marked is True
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert root.PageMode == "/UseOutlines"
    assert root.OutputIntents[0].S == "/GTS_PDFA1"
    assert "/Filter" not in root.Metadata
    assert all(page.Tabs == "/S" for page in full_pdf.pages)
    assert str(full_pdf.docinfo["/CreationDate"]) == "D:20260301093000+00'00'"
    with full_pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Oefeningen – rug"
        assert metadata["dc:description"] == "Programma <kort>"
        assert metadata["dc:identifier"] == "7K3QX0AB"
        assert metadata["xmp:CreateDate"] == "2026-03-01T09:30:00+00:00"


def test_no_font_but_the_embedded_ones(full_bytes: bytes, full_pdf: pikepdf.Pdf) -> None:
    fonts = [
        item
        for item in full_pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    ]
    assert {str(font.Subtype) for font in fonts} == {"/TrueType"}
    assert b"ASCII85" not in full_bytes
    assert b"ReportLab" not in full_bytes


def test_outline_is_nested_and_open(full_pdf: pikepdf.Pdf) -> None:
    with full_pdf.open_outline() as outline:
        first, last = outline.root
        assert (first.title, last.title) == ("Oefening – één", "Z")
        assert [child.title for child in first.children] == ["Vervolg"]
    assert int(full_pdf.Root.Outlines.First.Count) > 0
    page, kind, left, top, _ = full_pdf.Root.Outlines.First.First.Dest
    assert page.objgen == full_pdf.pages[1].objgen
    assert (kind, float(left), float(top)) == ("/XYZ", 0.0, pytest.approx(HEIGHT - 40))


def test_odd_titles_are_safe() -> None:
    title = "a) (b \\ <c> & \x02 \u202e李 😀\n"
    data = write(replace(one_line("x"), title=title, bookmarks=(Bookmark(0, title, 0, 0.0),)))
    assert read(data).title == title
    assert bookmarks(data) == [(0, title)]
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == title.replace("\x02", "\ufffd")


def test_no_bookmarks_no_outline() -> None:
    with pikepdf.open(io.BytesIO(write(one_line("x")))) as pdf:
        assert "/Outlines" not in pdf.Root
        assert pdf.Root.PageMode == "/UseNone"


def right_of_ink(words: str) -> float:
    """Return where the ink of a line ends as pdfium draws it, in points from the left of the page."""
    picture = pypdfium2.PdfDocument(write(one_line(words, font=noto())))[0].render(scale=4.0).to_pil()
    box = picture.convert("L").point(lambda level: 255 if level < 128 else 0).getbbox()
    assert box is not None
    return box[2] / 4.0


@pytest.mark.parametrize("name", ["Đặng", "Thịnh", "Ẹ̀kúndayọ̀", "Kṛṣṇa", "Ọláṣubọ̀mi", "Ṭāhir", "Z̄ş̧ģ", "Ng̃ọ̀"])
def test_a_letter_behind_marks_stands_where_it_was_shaped(name: str) -> None:
    with pikepdf.open(io.BytesIO(write(one_line(f"{name}H", font=noto())))) as pdf:
        assert "<>" not in code_of(pdf), "pdfium forgets a move that stands before an empty string"
    shaped = text(f"{name}H", 0, font=noto()).glyphs[:-1]
    width = sum(glyph.advance for glyph in shaped) * 12.0 / noto().units_per_em
    assert right_of_ink(f"{name}H") == pytest.approx(right_of_ink("H") + width, abs=0.5)
