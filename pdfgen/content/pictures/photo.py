"""Photos of an exercise: read from a clinic's files, and stored as fine as they are printed."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageOps

from pdfgen.content.models.exercise import Crop
from pdfgen.content.pictures.drawing import PANEL_HEIGHT, PANEL_WIDTH, Photo, Raster
from pdfgen.content.pictures.raster import as_jpeg, in_srgb, made_smaller, opened, upright
from pdfgen.errors import InputError, Problem

#: Pixels of the longest side that are kept until the size on the page is known. The first is enough for 300
#: to the inch on 85 mm, where decoding can stop early; the second is the most.
_WANTED_SIDE, _MOST_SIDE = 1_000, 2_400

#: Photos that are kept so; each takes up to 12 MB.
_MOST_KEPT = 16

#: What is left of a photo after cropping has at least so many pixels a side.
_LEAST_SIDE = 16

#: Quality of the JPEG in the PDF; at 300 dots to the inch paper shows no difference from the photo.
_QUALITY = 82

#: Part of the darkest and of the lightest pixels, in percent, that a grey photo gives up for more contrast:
#: a copier loses the faint differences between greys.
_CUTOFF = 0.5


def read_photo(data: bytes, name: str, crop: Crop | None = None) -> Photo:
    """Return the photo in a JPEG, PNG or WebP file, upright, in sRGB, cropped.

    Args:
        data: of the file.
        name: of the file, for messages.
        crop: what is cut away.

    Raises:
        InputError: the file is of another kind, is damaged, moves, or has over 50 million pixels or 20 MB;
            or too little is left of it.
    """
    return opened(data, name, lambda image: _photo(image, name, crop))


read_photo_once = lru_cache(_MOST_KEPT)(read_photo)
"""As `read_photo`; the last ones are kept for the programs of a batch."""


def check_header(data: bytes, name: str) -> None:
    """Look whether a file is a photo of a kind and size that can be read, without its pixels.

    Raises:
        InputError: as `read_photo`, but for damage that only shows in the pixels.
    """
    opened(data, name, lambda image: None)


def clean_copy(data: bytes, name: str, crop: Crop | None = None) -> bytes:
    """Return a photo as a JPEG file: upright, in sRGB, at most 2,400 pixels long, and nothing but pixels.

    Raises:
        InputError: as `read_photo`.
    """

    def cleaned(image: Image.Image) -> bytes:
        image = upright(image)
        if crop is not None:
            image = image.crop(_box(image.size, crop))
        jpeg = as_jpeg(_opaque(in_srgb(made_smaller(image, _MOST_SIDE))), 90)
        if jpeg is None:
            raise InputError(Problem("cannot be saved: Pillow was installed without JPEG", file=name))
        return jpeg

    return opened(data, name, cleaned)


def _photo(image: Image.Image, name: str, crop: Crop | None) -> Photo:
    full = image.size
    _decode_smaller(image, crop)
    shrunk = full[0] / image.width
    image = upright(image)
    if crop is not None:
        image = image.crop(_box(image.size, crop))
    columns = round(image.width * shrunk)
    if min(image.size) * shrunk < _LEAST_SIDE:
        raise InputError(Problem("is too small, or too little is left of it; crop less", file=name))
    image = _opaque(in_srgb(made_smaller(image, _MOST_SIDE)))
    larger = max(image.width / PANEL_WIDTH, image.height / PANEL_HEIGHT)
    mode: Literal["L", "RGB"] = "L" if image.mode == "L" else "RGB"
    raster = Raster(name, image.width, image.height, mode, image.tobytes(), None, None)
    return Photo(name, image.width / larger, image.height / larger, columns, raster)


def _decode_smaller(image: Image.Image, crop: Crop | None) -> None:
    """Let a JPEG be decoded at half, a quarter or an eighth of its size where enough is left of it.

    Decoding is most of the time that a photo takes.
    """
    left = 1.0
    if crop is not None:
        left -= max(crop.left + crop.right, crop.top + crop.bottom) / 100
    factor = max(1.0, max(image.size) * left / _WANTED_SIDE)
    image.draft(image.mode, (math.ceil(image.width / factor), math.ceil(image.height / factor)))


def _box(size: tuple[int, int], crop: Crop) -> tuple[int, int, int, int]:
    width, height = size
    return (
        round(width * crop.left / 100),
        round(height * crop.top / 100),
        width - round(width * crop.right / 100),
        height - round(height * crop.bottom / 100),
    )


def _opaque(image: Image.Image) -> Image.Image:
    """Return a picture in mode L or RGB, on white where it is clear."""
    if image.mode not in ("LA", "RGBA"):
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert(image.mode[:-1])


def stored(photo: Photo, columns: int, *, grey: bool) -> Raster:
    """Return a photo as it is written into a PDF: a JPEG of at most so many columns of pixels.

    Args:
        photo: as `read_photo` returns it.
        columns: as many as its width on the page can show.
        grey: in greys, with the contrast that a copier needs.
    """
    kept = photo.raster
    image = Image.frombytes(kept.mode, (kept.width, kept.height), kept.pixels)
    if columns < kept.width:
        rows = max(1, round(kept.height * columns / kept.width))
        image = image.resize((columns, rows), Image.Resampling.BICUBIC, reducing_gap=1.1)
    if grey:
        image = ImageOps.autocontrast(image.convert("L"), cutoff=_CUTOFF)
    mode: Literal["L", "RGB"] = "L" if image.mode == "L" else "RGB"
    name = f"{photo.name}-{image.width}{'-grey' if grey else ''}"
    return Raster(name, image.width, image.height, mode, image.tobytes(), None, as_jpeg(image, _QUALITY))
