"""A document as a PDF file: tags, text, fonts, drawings, links, metadata, and that it reads back the same."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import verapdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_documents import (
    HEIGHT,
    ROOT,
    WIDTH,
    Tree,
    document,
    full_document,
    latin,
    noto,
    one_line,
    text,
)

from pdfgen import __version__
from pdfgen.errors import VerificationError
from pdfgen.pdf.logical_text import Element, differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.pdf.shared_file import write
from pdfgen.typesetting.document import (
    Bookmark,
    Document,
    GlyphRun,
    Item,
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
