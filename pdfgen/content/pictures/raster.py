"""PNG and JPEG pictures as plain sRGB pixels.

Size is judged from the header before a pixel is decoded, because a small file can hold a picture of many
gigabytes.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import replace
from typing import Final, Literal

from PIL import Image, ImageCms, ImageOps

from pdfgen.content.pictures.drawing import MAX_FILE_SIZE, Raster
from pdfgen.errors import InputError, Problem

#: A picture may not have more pixels; a good phone makes 12 to 50 million.
MAX_PIXELS = 40_000_000

#: The longest side that is kept, in pixels: 300 to the inch on a picture 100 mm wide.
MAX_SIDE = 1_200

_ADVICE = "save it again as PNG or JPEG"

#: How other common kinds of picture begin, to name them in the message.
_OTHER_KINDS: Final = (
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\0\0\0", "a HEIC or AVIF picture"),
)

#: What Pillow raises for files that are damaged in one way or another.
_DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError,
    struct.error, zlib.error,
)  # fmt: skip


def read_raster(data: bytes, name: str) -> Raster:
    """Return the picture in a PNG or JPEG file.

    It is turned upright, converted to sRGB (from palettes, 16 bits, CMYK and embedded colour profiles), its
    opacity is split off, and it is made smaller when a side is over 1,200 pixels.

    Raises:
        InputError: the file is of another kind, is damaged, moves, or has over 40 million pixels or 20 MB.
    """
    if len(data) > MAX_FILE_SIZE:
        raise InputError(Problem("is larger than 20 MB; save the picture smaller", file=name))
    _check_kind(data, name)
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 million pixels on, before this function sees the size.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        _check_size(opened, name)
        opened.load()
        jpeg = _bare_jpeg(data) if _can_pass_through(opened) else None
        image = _upright_srgb(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise InputError(_too_large(name)) from error
    except _DAMAGED as error:
        raise InputError(Problem(f"the picture is damaged or cut off; {_ADVICE}", file=name)) from error
    return _raster(image, name, jpeg)


def _check_kind(data: bytes, name: str) -> None:
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return
    kinds = [kind for start, kind in _OTHER_KINDS if data.startswith(start)]
    found = f"is {kinds[0]}" if kinds else "is not a picture" if data else "is empty"
    raise InputError(Problem(f"{found}; give a PNG, JPEG or SVG file", file=name))


def _check_size(image: Image.Image, name: str) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise InputError(_too_large(name))
    if getattr(image, "is_animated", False) and image.format == "PNG":
        raise InputError(Problem(f"is a moving picture; {_ADVICE} that stands still", file=name))


def _too_large(name: str) -> Problem:
    return Problem("has more than 40 million pixels; save the picture smaller", file=name)


def _can_pass_through(image: Image.Image) -> bool:
    """Tell whether a PDF viewer shows the JPEG file itself just as it should be."""
    orientation = image.getexif().get(0x0112, 1)
    # Without further marks, three channels named R, G, B are read as such here and as YCbCr by PDF viewers.
    plainly_named = [layer[0] for layer in getattr(image, "layer", ())] != [*b"RGB"]
    return (
        image.format == "JPEG"
        and image.mode in ("L", "RGB")
        and max(image.size) <= MAX_SIDE
        and orientation in (0, 1)
        and plainly_named
        and not {"icc_profile", "progressive", "progression"} & image.info.keys()
    )


def _bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG file without comments and application data: they may say where and by whom it was taken.

    JFIF (APP0) and Adobe's mark (APP14) stay, because they tell how colours are meant.
    """
    kept, place = [data[:2]], 2
    while data[place] == 0xFF and data[place + 1] != 0xDA:
        if data[place + 1] == 0xFF:
            place += 1
            continue
        marker, length = struct.unpack_from(">BH", data, place + 1)
        if marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    end = data.rfind(b"\xff\xd9")
    return b"".join((*kept, data[place : end + 2 if end > place else len(data)]))


def _upright_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in mode L, LA, RGB or RGBA."""
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
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


def _raster(image: Image.Image, name: str, jpeg: bytes | None) -> Raster:
    if max(image.size) > MAX_SIDE:
        factor = MAX_SIDE / max(image.size)
        size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    alpha = None
    if image.mode in ("LA", "RGBA"):
        channel = image.getchannel("A")
        alpha = channel.tobytes() if channel.getextrema() != (255, 255) else None
        image = image.convert(image.mode[:-1])
    mode: Literal["L", "RGB"] = "L" if image.mode == "L" else "RGB"
    return Raster(name, image.width, image.height, mode, image.tobytes(), alpha, jpeg)


def in_grey(raster: Raster) -> Raster:
    """Return a picture in grey; a grey one is returned as it is."""
    if raster.mode == "L":
        return raster
    pixels = Image.frombytes("RGB", (raster.width, raster.height), raster.pixels).convert("L").tobytes()
    return replace(raster, name=f"{raster.name}-grey", mode="L", pixels=pixels, jpeg=None)
