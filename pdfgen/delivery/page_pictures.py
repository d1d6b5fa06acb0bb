"""Pages of a finished file as PNG for a screen, by pypdfium2 alone: no other package is needed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Quick rather than small: pictures live as long as the next change.
_LEVEL = 1

#: Longest and shortest side of a picture in pixels.
MOST_PIXELS, LEAST_PIXELS = 4_000, 40


class PagePicture(NamedTuple):
    """A page: its number from 1, its size in pixels, and a PNG file."""

    number: int
    width: int
    height: int
    png: bytes


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page in points."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def page_pictures(pdf: bytes, numbers: Sequence[int], width: int) -> Iterator[PagePicture]:
    """Yield pictures of pages so many pixels wide, in the order asked for; pages that are not there are none.

    Args:
        pdf: a finished file.
        numbers: of pages, from 1.
        width: of a picture; a page that would be too high for its width gets a smaller one.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for number in numbers:
            if not 1 <= number <= len(document):
                continue
            page = document[number - 1]
            wide, high = page.get_size()
            scale = min(width / wide, MOST_PIXELS / max(wide, high))
            bitmap = page.render(scale=scale, rev_byteorder=True)
            yield PagePicture(number, bitmap.width, bitmap.height, _png(bitmap))
            bitmap.close()
            page.close()


def _png(bitmap: object) -> bytes:
    """Return a bitmap of pypdfium2 as a PNG file (ISO 15948): rows without a filter, packed."""
    width, height, stride, channels = (
        int(getattr(bitmap, name)) for name in ("width", "height", "stride", "n_channels")
    )
    pixels = bytes(bitmap.buffer)  # type: ignore[attr-defined]
    rows = (b"\0" + pixels[start : start + width * channels] for start in range(0, height * stride, stride))
    kind = {1: 0, 3: 2, 4: 6}[channels]
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    parts = (
        _chunk(b"IHDR", head),
        _chunk(b"IDAT", zlib.compress(b"".join(rows), _LEVEL)),
        _chunk(b"IEND", b""),
    )
    return b"".join((b"\x89PNG\r\n\x1a\n", *parts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
