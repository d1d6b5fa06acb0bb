"""Drawings, pictures, marks and boxes in a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdf_documents import (
    HEIGHT,
    Tree,
    code_of,
    document,
    full_document,
    one_line,
)

from pdfgen.content.pictures.drawing import BLACK, Raster
from pdfgen.pdf.shared_file import write
from pdfgen.pdf.sheet_codes import code_modules
from pdfgen.typesetting.document import (
    DECORATION,
    Document,
    Picture,
    Shape,
    Sheet,
    TickBox,
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
