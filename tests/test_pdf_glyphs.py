"""Glyphs in a file: what text they stand for, where they are, and which are embedded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from pdf_documents import (
    Tree,
    code_of,
    document,
    face,
    full_document,
    latin,
    noto,
    one_line,
    text,
)

from pdfgen.pdf.reader import read
from pdfgen.pdf.shared_file import write
from pdfgen.pdf.structure import TaggingError
from pdfgen.typesetting.document import (
    Document,
)
from pdfgen.typesetting.fonts import Face, Glyph


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
