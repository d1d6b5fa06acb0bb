"""Drawings, photographs and patterns as XObjects: each is written once, however often it is placed."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfdoc import xObjectName
from reportlab.pdfgen.canvas import Canvas

from pdfgen.content.pictures.drawing import BLACK, Photo
from pdfgen.pdf.codes import Pattern, image_mask
from pdfgen.pdf.graphics import Ink
from pdfgen.pdf.objects import Body, deflated, stream
from pdfgen.typesetting.document import Picture, Placed

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing, Raster

#: Hexadecimal digits that tell the XObjects of a file apart.
_NAME_LENGTH = 16


class XObjects:
    """The XObjects of one file, on ReportLab's canvas.

    A name is a digest of what is shown, so that it is the same in every file.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._names: dict[int, str] = {}

    def place(self, item: Placed | Picture, height: float) -> None:
        """Place a drawing or a photograph in its rectangle, on a page `height` points high."""
        y = height - item.y - item.height
        if isinstance(item, Picture):
            if isinstance(item.raster, Photo):
                raise TypeError("a photo that was not stored")
            across, x = (-item.width, item.x + item.width) if item.mirrored else (item.width, item.x)
            name = self._photograph(item.raster)
            self._do(name, f"{across:.3f} 0 0 {item.height:.3f} {x:.2f} {y:.2f}")
            return
        name = self._drawing(item.drawing)
        across, x = item.width / item.drawing.width, item.x
        if item.mirrored:
            across, x = -across, x + item.width
        down = item.height / item.drawing.height
        self._do(name, f"{across:.6f} 0 0 {-down:.6f} {x:.2f} {y + item.height:.2f}")

    def place_pattern(
        self, pattern: Pattern, x: float, y: float, size: float, height: float, ink: Ink
    ) -> None:
        """Place a pattern in black, `size` points wide with its top left corner at (x, y)."""
        self.place_mask(self._add(image_mask(pattern), "P"), x, y, size, height, ink)

    def place_mask(self, name: str, x: float, y: float, size: float, height: float, ink: Ink) -> None:
        """Place what a name of the file's stands for, as `place_pattern` does."""
        if operator := ink.fill(BLACK):
            self._canvas._code.append(operator)
        self._do(name, f"{size:.3f} 0 0 {size:.3f} {x:.3f} {height - y - size:.3f}")

    def _do(self, name: str, matrix: str) -> None:
        self._canvas._code.append(f"q {matrix} cm")
        self._canvas.doForm(name)
        self._canvas._code.append("Q")

    def _drawing(self, drawing: Drawing) -> str:
        # The document keeps its drawings alive, so that identity stands for the drawing while it is written.
        name = self._names.get(id(drawing))
        if name is None:
            name = self._names[id(drawing)] = self._add(form_body(drawing), "X")
        return name

    def _photograph(self, raster: Raster) -> str:
        name = self._names.get(id(raster))
        if name is None:
            entries = _image_entries(raster.width, raster.height, raster.mode)
            if raster.alpha is not None:
                mask = self._add(
                    deflated(_image_entries(raster.width, raster.height, "L"), raster.alpha), "M"
                )
                document = self._canvas._doc
                number = document.idToObjectNumberAndVersion[xObjectName(mask)][0]
                entries += b"/SMask %d 0 R" % number
            if raster.jpeg is not None:
                body = stream(entries + b"/Filter/DCTDecode", raster.jpeg)
            else:
                body = deflated(entries, raster.pixels)
            name = self._names[id(raster)] = self._add(body, "I")
        return name

    def _add(self, body: bytes, kind: str) -> str:
        name = kind + _digest(body)
        if not self._canvas.hasForm(name):
            self._canvas._doc.addForm(name, Body(body))
        return name


@lru_cache(maxsize=512)
def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:_NAME_LENGTH]


def _image_entries(width: int, height: int, mode: str) -> bytes:
    space = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB"}[mode]
    size = b"/Width %d/Height %d/BitsPerComponent 8" % (width, height)
    return b"/Type/XObject/Subtype/Image/ColorSpace%s%s" % (space, size)


def form_body(drawing: Drawing) -> bytes:
    """Return a drawing as a form XObject, in its own units, y downwards as in the drawing."""
    box = b"[0 0 %.3f %.3f]" % (drawing.width, drawing.height)
    named = b"/BBox%s/Resources<<%s>>" % (box, drawing.resources)
    return stream(b"/Type/XObject/Subtype/Form/FormType 1%s/Filter/FlateDecode" % named, drawing.form)
