"""Documents that are valid but odd: each conforms, reads back the same, and shows what it should."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import verapdf
from pdf_documents import SQUARE, Tree, document, latin, noto, text
from PIL import Image
from test_pdf import bookmarks

from pdfgen.content.pictures.drawing import Raster
from pdfgen.pdf.logical_text import differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.pdf.shared_file import SharedFile, write
from pdfgen.pdf.structure import TaggingError
from pdfgen.typesetting.document import (
    DECORATION,
    Bookmark,
    Document,
    Field,
    FieldText,
    GlyphRun,
    LinkArea,
    Picture,
    Shape,
)
from pdfgen.typesetting.fonts import Face, FontFamily
from pdfgen.typesetting.text import Span, TextStyle, field_runs

RED = (0.9, 0.0, 0.0)
ODD_TITLES = (")\\(", "a\0b\1\2c", "\ufeffx\ufffe", "😀 " * 300, "]]>&<", "\r\n\t", "é" * 5000, "/Name<</A>>")
NAMES = (
    "Đặng Thị Ẫ\u0301",
    "Ελένη",
    "Жанна",
    "e\u0301\u0323 n\u0308",
    "\U00010780\U00010781",
    "W\u0301" * 20,
)


@cache
def family() -> FontFamily:
    return FontFamily((latin(), noto()), (latin(), noto()))


def field(words: str, x: float, y: float, node: int) -> Field:
    shown = FieldText((Span(words, slot="{label}"),), TextStyle(12.0, 15.0), family(), 400.0, 1)
    runs = field_runs(shown, {"label": words})
    assert runs is not None
    return Field(shown, x, y, tuple(run._replace(x=run.x + x, y=run.y + y, node=node) for run in runs), node)


def all_characters(font: Face) -> Document:
    """Every character of a face that shows something by itself, 40 in a line."""
    tree = Tree()
    shown = [one for one in font.characters if unicodedata.category(one)[0] not in "CZM"]
    pages: list[list[GlyphRun]] = []
    for number, first in enumerate(range(0, len(shown), 40)):
        if number % 60 == 0:
            pages.append([])
        line = "".join(shown[first : first + 40])
        pages[-1].append(text(line, tree.add(0, "P"), 30, 60 + number % 60 * 12, font=font, size=8))
    return document(tree.nodes, *map(tuple, pages))


def marks() -> Document:
    tree = Tree()
    found = [one for one in noto().characters if unicodedata.category(one)[0] == "M"]
    return document(
        tree.nodes,
        tuple(
            text(
                f"a{one}o{one}x", tree.add(0, "P"), 30 + number % 8 * 60, 60 + 12 * (number // 8), font=noto()
            )
            for number, one in enumerate(found)
        ),
    )


def linked(title: str) -> Document:
    """A link over two pages, and bookmarks that jump."""
    tree = Tree()
    paragraph = tree.add(0, "P")
    link = tree.add(paragraph, "Link")
    target = "https://example.org/é (a)\\"
    first = (
        text("Begin ", paragraph),
        text("one", link, 100),
        LinkArea(100, 90, 50, 14, target, title, link),
    )
    last = (
        text("two", link),
        LinkArea(60, 90, 50, 14, target, title, link),
        text(" end", paragraph, 120),
    )
    levels = ((1, 1), (3, 0), (2, 1), (0, 0))
    bookmarks = tuple(Bookmark(level, title, page, 50.0) for level, page in levels)
    return document(
        tree.nodes,
        first,
        last,
        title=title,
        author=title,
        subject=title,
        ident=title[:8],
        bookmarks=bookmarks,
    )


def pictures() -> Document:
    tree = Tree()
    items = []
    for mode in ("L", "RGB"):
        image = Image.new(mode, (4, 4))
        stored = io.BytesIO()
        image.save(stored, "JPEG")
        for alpha in (None, bytes(range(0, 256, 16))):
            for jpeg in (None, stored.getvalue()):
                raster = Raster("x", 4, 4, mode, image.tobytes(), alpha, jpeg)  # type: ignore[arg-type]
                figure = tree.add(0, "Figure", alt="a square")
                items.append(Picture(raster, 60 + 50 * len(items), 100, 40, 40, figure))
    return document(tree.nodes, tuple(items))


def fields() -> Document:
    tree = Tree()
    places = enumerate(NAMES)
    return document(
        tree.nodes, tuple(field(name, 60, 60 + 30 * row, tree.add(0, "P")) for row, name in places)
    )


def odd_documents() -> Iterator[tuple[str, Document]]:
    whole = Face(latin().name, latin().data, whole=True)
    yield from (("fallback", all_characters(noto())), ("whole", all_characters(whole)), ("marks", marks()))
    yield from (("pictures", pictures()), ("fields", fields()))
    yield from ((f"title-{number}", linked(title)) for number, title in enumerate(ODD_TITLES))


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[Document, bytes]]:
    return {name: (one, write(one)) for name, one in odd_documents()}


def test_they_read_back_the_same(files: dict[str, tuple[Document, bytes]]) -> None:
    for name, (one, data) in files.items():
        assert differences(expected_text(one), read(data).elements) == (), name


@pytest.mark.slow
def test_they_conform(files: dict[str, tuple[Document, bytes]], tmp_path: Path) -> None:
    try:
        verapdf.require()
    except verapdf.NotAvailableError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    paths = []
    for name, (_, data) in files.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(data)
    faults = [one for one in verapdf.validate(paths) if not one.passed]
    assert faults == []


def test_names_are_extracted_in_their_place(files: dict[str, tuple[Document, bytes]]) -> None:
    data = files["fields"][1]
    shown = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    with pypdfium2.PdfDocument(data) as pdf:
        extracted = pdf[0].get_textpage().get_text_range()
    assert _letters(shown) == _letters(extracted) == _letters("".join(NAMES))


def _letters(words: str) -> str:
    """Letters without marks: the two readers differ in how they take ActualText and a letter's marks."""
    return "".join(one for one in unicodedata.normalize("NFD", words) if one.isalpha())


def test_bookmarks_that_jump_lie_directly_below(files: dict[str, tuple[Document, bytes]]) -> None:
    assert [level for level, _ in bookmarks(files["title-0"][1])] == [0, 1, 2, 0]


def test_a_field_has_its_own_colour_whatever_was_painted_before() -> None:
    tree = Tree()
    box = Shape(SQUARE, DECORATION, fill=RED)
    data = write(document(tree.nodes, (box, field("Anna", 60, 150, tree.add(0, "P")))))
    with pypdfium2.PdfDocument(data) as pdf:
        words = pdf[0].render(scale=2).to_pil().convert("RGB").crop((110, 280, 300, 340))
    colours = [colour for _, colour in words.getcolors(10_000)]
    assert min(colours) == (0, 0, 0)
    assert all(red == green == blue for red, green, blue in colours)


def test_a_glyph_for_missing_characters_is_refused_whatever_it_stands_for() -> None:
    tree = Tree()
    with pytest.raises(TaggingError, match="no glyph"):
        write(document(tree.nodes, (text("漢", tree.add(0, "P")),)))


def test_a_file_with_a_rare_letter_serves_nobody_else() -> None:
    assert SharedFile(_with_label("Anna")).serves_others
    assert not SharedFile(_with_label("Ж")).serves_others


def _with_label(label: str) -> Document:
    whole = Face(latin().name, latin().data, whole=True)
    shown = FieldText(
        (Span(label, slot="{label}"),),
        TextStyle(12.0, 15.0),
        FontFamily((whole, noto()), (whole, noto())),
        400.0,
        1,
    )
    runs = field_runs(shown, {"label": label})
    assert runs is not None
    tree = Tree()
    node = tree.add(0, "P")
    return document(tree.nodes, (Field(shown, 0, 50, tuple(run._replace(node=node) for run in runs), node),))
