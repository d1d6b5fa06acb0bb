"""What pdfgen takes from ReportLab beyond its documented interface: each private name, and what it must do.

A new version of ReportLab that changes one of these fails here, with the name, and not in a page.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfdoc import (
    PDFCatalog,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFPage,
    PDFStream,
    xObjectName,
)
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(__file__).parent.parent / "assets" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"


class Written(PDFObject):  # type: ignore[misc]
    """An object with bytes of our own."""

    def format(self, document: PDFDocument) -> bytes:
        return b"<</Own 1>>"


@pytest.fixture
def canvas() -> Canvas:
    made = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
    made._doc = PDFDocument(compression=1, invariant=1, lang="nl")
    made._preamble = ""
    return made


@pytest.fixture
def font() -> TTFont:
    return TTFont("Test", io.BytesIO(FONT.read_bytes()), asciiReadable=True, shapable=False)


def test_a_page_is_the_code_that_was_added(canvas: Canvas) -> None:
    """`Canvas._code`, `_doc`, `_preamble`; `PDFDocument.Pages.pages`."""
    canvas._code.append("1 2 m")
    canvas.showPage()
    (page,) = canvas._doc.Pages.pages
    assert isinstance(page, PDFPage)
    page.check_format(canvas._doc)
    assert isinstance(page.Contents, PDFStream)
    assert page.Contents.content.split() == ["1", "2", "m"]


def test_a_page_has_no_font_but_ours(canvas: Canvas) -> None:
    """Nothing asks for a font of ReportLab's own; `Canvas.setPageSize` would."""
    canvas.showPage()
    assert canvas._doc.fontMapping == {}
    assert canvas._doc.delayedFonts == []


def test_forms_that_are_used_are_in_the_resources(canvas: Canvas) -> None:
    """`Canvas.doForm` names what comes later; `idToObjectNumberAndVersion` gives it a number."""
    canvas.doForm("W0")
    canvas.showPage()
    document = canvas._doc
    document.idToObjectNumberAndVersion[xObjectName("W0")] = (77, 0)
    page = document.Pages.pages[0]
    page.check_format(document)
    document.Reference(page.Contents)
    assert b"/FormXob.W0 77 0 R" in page.format(document)


def test_objects_are_numbered_as_they_are_registered(canvas: Canvas) -> None:
    """`objectcounter`, `numberToId`, `idToObject`, `__InternalName__`."""
    document = canvas._doc
    before = document.objectcounter
    written = Written()
    reference = document.Reference(written)
    assert document.objectcounter == before + 1
    name = document.numberToId[before + 1]
    assert document.idToObject[name] is written
    assert written.__InternalName__ == name
    assert document.idToObjectNumberAndVersion[name] == (before + 1, 0)
    assert reference.format(document) == b"%d 0 R" % (before + 1)


def test_annotations_go_with_the_page(canvas: Canvas) -> None:
    """`Canvas._addAnnotation`, `PDFDocument.refAnnotation`."""
    canvas._addAnnotation(Written(), "link 0 0")
    canvas.showPage()
    reference = canvas._doc.refAnnotation("link 0 0").format(canvas._doc)
    page = canvas._doc.Pages.pages[0]
    page.check_format(canvas._doc)
    canvas._doc.Reference(page.Contents)
    assert b"/Annots [ " + reference + b" ]" in page.format(canvas._doc)


def test_catalogs_and_pages_take_further_entries() -> None:
    """`__NoDefault__` lists what is written when it is set."""
    document = PDFDocument(invariant=1)
    catalogue = PDFCatalog()
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "Own"]
    catalogue.Own = PDFDictionary({"A": 1})
    assert b"/Own <<\n/A 1\n>>" in catalogue.format(document)
    assert "Own" not in PDFCatalog.__NoDefault__


def test_an_outline_registers_its_entries_before_they_are_written(canvas: Canvas) -> None:
    """`Outlines.prepare`, `Outlines.ready`."""
    canvas.bookmarkHorizontalAbsolute("b0", 700)
    canvas.addOutlineEntry("One", "b0", 0)
    canvas.showPage()
    canvas._doc.Outlines.prepare(canvas._doc, canvas)
    assert canvas._doc.Outlines.ready == 1
    assert canvas._doc.Outlines.format(canvas._doc)
    assert PDFDocument(invariant=1).Outlines.ready is None


def test_characters_get_the_next_free_code(canvas: Canvas, font: TTFont) -> None:
    """`TTFont.splitString` seeds codes; ASCII has its own, and a no-break space is a space."""
    document = canvas._doc
    assert font.splitString("Ab", document) == [(0, b"Ab")]
    ((subset, first),) = font.splitString("\u00e9", document)
    assert subset == 0
    assert font.splitString("\u00e9", document) == [(0, first)]
    assert font.splitString("\u00a0", document) == [(0, b" ")]
    assert font.getSubsetInternalName(0, document) == "/F1+0"


def test_a_font_is_subsets_of_256_codes(canvas: Canvas, font: TTFont) -> None:
    """`TTFont.addObjects`, `face.makeSubset`, `face.getCharWidth`; the names of the objects."""
    document = canvas._doc
    characters = "".join(map(chr, sorted(font.face.charToGlyph)))
    parts = font.splitString(characters, document)
    assert {subset for subset, _ in parts} == {0, 1}
    made = []
    make = font.face.makeSubset
    font.face.makeSubset = lambda subset: made.append(list(subset)) or make(subset)
    font.getSubsetInternalName(0, document)
    font.addObjects(document)
    assert len(made) == 2
    assert {"F1+0", "F1+1"} <= document.idToObject["BasicFonts"].dict.keys()
    maps = [item.content for name, item in document.idToObject.items() if name.startswith("toUnicodeCMap:")]
    assert [text.count("beginbfchar") for text in maps] == [1, 1]
    assert font.face.getCharWidth(ord("A")) > 0


def test_glyphs_without_a_character_can_be_given_one(font: TTFont) -> None:
    """`face.glyphToChar`, `face.charToGlyph`, `face.charWidths`."""
    gid = font.face.charToGlyph[ord("A")]
    assert ord("A") in font.face.glyphToChar[gid]
    font.face.charToGlyph[0xE000] = gid
    font.face.charWidths[0xE000] = 500
    document = PDFDocument(invariant=1)
    ((_, code),) = font.splitString("\ue000", document)
    assert code != b"\0"
    assert font.face.getCharWidth(0xE000) == 500
