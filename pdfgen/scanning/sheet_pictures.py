"""Pictures of a sheet for who looks at it again: the page seen from above, and each answer that is open."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from PIL import Image

from pdfgen.scanning.answers import Answer
from pdfgen.scanning.morphology import Array
from pdfgen.scanning.reading import FlatPicture, SheetReading

#: Paper round an answer, in millimetres, and the quality of pictures.
_ROOM, _QUALITY = 5.0, 80
#: The whole is stored so many times smaller.
_SMALLER = 2


class PlacedState(NamedTuple):
    """A box on the picture of its sheet, in parts of the width and height of that."""

    name: str
    state: str
    left: float
    top: float
    width: float
    height: float


class SheetPictures(NamedTuple):
    """A sheet in pictures, each a JPEG.

    Attributes:
        whole: the part of the page with the boxes.
        size: of it in pixels.
        boxes: what was read of each, and where it is.
        parts: the part with each answer that is open, by the answer's name.
    """

    whole: bytes
    size: tuple[int, int]
    boxes: tuple[PlacedState, ...]
    parts: Mapping[str, bytes]


def pictures_of(reading: SheetReading, answers: Iterable[Answer]) -> SheetPictures | None:
    """Return a sheet in pictures; None where it has no boxes."""
    flat = reading.flat
    if flat is None:
        return None
    height, width = (side / flat.resolution for side in flat.pixels.shape[:2])
    boxes = tuple(
        PlacedState(
            one.box.name, one.state, x / width, y / height, one.box.size / width, one.box.size / height
        )
        for one, (x, y) in zip(reading.boxes, flat.places, strict=True)
    )
    parts = {answer.name: _jpeg(_part(reading, flat, answer.name)) for answer in answers if answer.is_open}
    small = Image.fromarray(flat.pixels).reduce(_SMALLER)
    return SheetPictures(_jpeg(np.asarray(small)), small.size, boxes, parts)


def _part(reading: SheetReading, flat: FlatPicture, name: str) -> Array:
    """Return the part of a picture with the box, or the row of boxes, of an answer."""
    own = [
        (x, y, one.box.size)
        for one, (x, y) in zip(reading.boxes, flat.places, strict=True)
        if one.box.name == name or one.box.name.startswith(f"{name}.")
    ]
    edges = (
        min(y for _, y, _ in own) - _ROOM,
        max(y + size for _, y, size in own) + _ROOM,
        min(x for x, _, _ in own) - _ROOM,
        max(x + size for x, _, size in own) + _ROOM,
    )
    top, low, left, right = (max(0, round(edge * flat.resolution)) for edge in edges)
    return flat.pixels[top:low, left:right]


def _jpeg(pixels: Array) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
