"""PNG, JPEG and WebP pictures as plain sRGB pixels: logos and photos.

Size is judged from the header before a pixel is decoded, because a small file can hold a picture of many
gigabytes. What a file says beside its picture (place, time, camera) is left behind: only pixels come out.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, TypeVar

from PIL import Image, ImageCms, ImageFilter, ImageOps, features

from pdfgen.content.pictures import jpeg_segments
from pdfgen.content.pictures.drawing import MAX_FILE_SIZE, Raster
from pdfgen.errors import InputError, Problem

#: A picture may not have more pixels; a good phone makes 12 to 50 million.
MAX_PIXELS = 50_000_000

#: The longest side that is kept of a logo, in pixels: 300 to the inch on a picture 100 mm wide.
MAX_SIDE = 1_200

#: Quality of pictures in the PDF that came as JPEG. Those that came without loss are kept without.
_LOGO_QUALITY = 92

_ADVICE = "save it again as PNG or JPEG"
_FORMATS = ("PNG", "JPEG", "WEBP")
_PNG_START = b"\x89PNG\r\n\x1a\n"

#: Chunks of a PNG file; a picture of 20 MB in pieces of 4 kB has 5,000.
_MOST_CHUNKS = 20_000

#: How other common kinds of picture begin, to name them in the message.
_OTHER_KINDS: Final = (
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"PK\x03\x04", "a compressed file or a document"),
    (b"\0\0\0", "a HEIC or AVIF picture, as telephones take them; save or send it as JPEG"),
)

#: What Pillow raises for files that are damaged in one way or another.
_DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError,
    struct.error, zlib.error,
)  # fmt: skip

#: How far a colour is spread under clear pixels, in pixels, nearest first: a viewer that makes a picture
#: smaller mixes so many.
_SPREAD = (1.5, 4.0, 12.0)

#: Opacity of what was spread below which eight bits no longer hold its colour.
_ENOUGH = 24

T = TypeVar("T")


def read_raster(data: bytes, name: str) -> Raster:
    """Return the picture in a PNG, JPEG or WebP file, for a logo.

    It is turned upright, converted to sRGB (from palettes, 16 bits, CMYK and embedded colour profiles), its
    opacity is split off, and it is made smaller when a side is over 1,200 pixels.

    Raises:
        InputError: the file is of another kind, is damaged, moves, or has over 50 million pixels or 20 MB.
    """
    return opened(data, name, lambda image: _raster(image, name))


def opened(data: bytes, name: str, use: Callable[[Image.Image], T]) -> T:
    """Return what `use` makes of the picture in a file, whose pixels need not have been read yet.

    Raises:
        InputError: as `read_raster`.
    """
    if len(data) > MAX_FILE_SIZE:
        raise InputError(Problem("is larger than 20 MB; save it smaller", file=name))
    _check_kind(data, name)
    try:
        if data.startswith(jpeg_segments.START):
            data = jpeg_segments.tidied(data)
        elif data.startswith(_PNG_START):
            _check_chunks(data)
        with warnings.catch_warnings():
            # Pillow warns from 89 million pixels on, before this function sees the size; and of damaged EXIF.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            _check_size(image, name)
            return use(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise InputError(_too_large(name)) from error
    except _DAMAGED as error:
        raise InputError(Problem(f"is damaged or cut off; {_ADVICE}", file=name)) from error


def _check_kind(data: bytes, name: str) -> None:
    if data.startswith((_PNG_START, jpeg_segments.START)) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP"):
        return
    kinds = [kind for start, kind in _OTHER_KINDS if data.startswith(start)]
    found = f"is {kinds[0]}" if kinds else "is not a picture" if data else "is empty"
    advice = "" if ";" in found else "; give a PNG, JPEG or WebP file"
    raise InputError(Problem(f"{found}{advice}", file=name))


def _check_chunks(data: bytes) -> None:
    place = len(_PNG_START)
    for _ in range(_MOST_CHUNKS):
        if place + 8 > len(data) or data[place + 4 : place + 8] == b"IEND":
            return
        place += 12 + int.from_bytes(data[place : place + 4])
    raise ValueError("too many chunks")


def _check_size(image: Image.Image, name: str) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise InputError(_too_large(name))
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise InputError(Problem(f"is a moving picture; {_ADVICE} that stands still", file=name))


def _too_large(name: str) -> Problem:
    return Problem(f"has more than {MAX_PIXELS // 1_000_000} million pixels; save it smaller", file=name)


def upright(image: Image.Image) -> Image.Image:
    """Return a picture turned as its file says that it was held, with the colour profile among its facts."""
    return ImageOps.exif_transpose(image)


def in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture in mode L, LA, RGB or RGBA, in sRGB or greys with the same curve."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        # Greys of 16 bits: Pillow would clip instead of scale.
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    elif image.mode in ("P", "PA") or "transparency" in image.info:
        grey = image.mode in ("1", "L")
        image = image.convert("LA" if grey else "RGBA")
    elif image.mode == "1":
        image = image.convert("L")
    if profile and image.mode != "LA":
        image = _from_profile(image, profile)
    return image if image.mode in ("L", "LA", "RGB", "RGBA") else image.convert("RGB")


def _from_profile(image: Image.Image, profile: bytes) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        # A broken or unfitting profile: viewers take such a picture as sRGB, and so its maker saw it.
        return image
    if converted is None:
        return image
    if alpha:
        converted.putalpha(alpha)
    return converted.convert("L") if image.mode == "L" else converted


def made_smaller(image: Image.Image, side: int) -> Image.Image:
    """Return a picture of which no side has more pixels than `side`."""
    factor = side / max(image.size)
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def as_jpeg(image: Image.Image, quality: int) -> bytes | None:
    """Return a picture in mode L or RGB as a JPEG file without metadata; the same bytes each time.

    Where Pillow was built without JPEG there is none, and pixels are kept without loss.
    """
    if not features.check("jpg"):
        return None
    stored = io.BytesIO()
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    bare.save(stored, "JPEG", quality=quality, optimize=True, subsampling=0 if quality > 90 else 2)
    return stored.getvalue()


def _raster(image: Image.Image, name: str) -> Raster:
    is_lossy = image.format in ("JPEG", "MPO")
    image = made_smaller(in_srgb(upright(image)), MAX_SIDE)
    alpha = None
    if image.mode in ("LA", "RGBA"):
        channel = image.getchannel("A")
        if channel.getextrema() != (255, 255):
            alpha = channel.tobytes()
            image = _spread(image)
        image = image.convert(image.mode[:-1])
    mode: Literal["L", "RGB"] = "L" if image.mode == "L" else "RGB"
    jpeg = as_jpeg(image, _LOGO_QUALITY) if is_lossy else None
    return Raster(name, image.width, image.height, mode, image.tobytes(), alpha, jpeg)


def _spread(image: Image.Image) -> Image.Image:
    """Return a picture whose clear pixels have the colour of those nearby, in mode LA or RGBA.

    A viewer that shows it smaller mixes colour and opacity apart: black under clear pixels, as most programs
    leave it, becomes a dark rim.
    """
    coloured, weighted = image.convert("RGBA"), image.convert("RGBA").convert("RGBa")
    for radius in reversed(_SPREAD):
        near = weighted.filter(ImageFilter.GaussianBlur(radius))
        found = near.getchannel("a").point(lambda value: 255 if value >= _ENOUGH else 0)
        clear = coloured.getchannel("A").point(lambda value: 0 if value else 255)
        hidden = Image.composite(clear, Image.new("L", image.size), found)
        spread = near.convert("RGBA")
        spread.putalpha(0)
        coloured.paste(spread, mask=hidden)
    return coloured.convert(image.mode)


def in_grey(raster: Raster) -> Raster:
    """Return a picture in grey; a grey one is returned as it is."""
    if raster.mode == "L":
        return raster
    image = Image.frombytes("RGB", (raster.width, raster.height), raster.pixels).convert("L")
    jpeg = as_jpeg(image, _LOGO_QUALITY) if raster.jpeg is not None else None
    return replace(raster, name=f"{raster.name}-grey", mode="L", pixels=image.tobytes(), jpeg=jpeg)
