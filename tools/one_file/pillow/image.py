"""Stands in for `PIL.Image`: pictures that the browser has decoded; what pdfgen asks for, and no more.

The worker writes the pixels of each picture that the page sends into a file named by the digest of its bytes.
"""

import hashlib
from pathlib import Path

_PIXELS = Path("/pixels")


class DecompressionBombWarning(Warning):
    """Is never given: the browser has decoded the picture."""


class DecompressionBombError(Exception):
    """Is never raised."""


class Resampling:
    """Ways to make a picture smaller; the browser has chosen one."""

    LANCZOS = BICUBIC = 0


class Image:
    """A picture in mode RGB or L; at most as fine as a page shows it, so it is not made smaller again."""

    format = "PNG"
    is_animated = False

    def __init__(self, mode, size, pixels):
        self.mode, self.size, self.info = mode, size, {}
        self.width, self.height = size
        self._pixels = pixels

    def draft(self, *_):
        """Do nothing: it is decoded."""

    def resize(self, *_, **__):
        """Return the picture as it is."""
        return self

    def convert(self, mode):
        """Return the picture in its mode, or in greys."""
        if mode == self.mode:
            return self
        red, green, blue = (self._pixels[start::3] for start in range(3))
        grey = bytes((299 * r + 587 * g + 114 * b) // 1000 for r, g, b in zip(red, green, blue, strict=True))
        return Image("L", self.size, grey)

    def crop(self, box):
        """Return a part of the picture."""
        left, top, right, bottom = box
        each = len(self.mode)
        rows = (
            self._pixels[(y * self.width + left) * each : (y * self.width + right) * each]
            for y in range(top, bottom)
        )
        return Image(self.mode, (right - left, bottom - top), b"".join(rows))

    def tobytes(self):
        """Return the pixels, row by row."""
        return self._pixels


def open(stream, formats=()):
    """Return the picture in a file that came from the page.

    Raises:
        OSError: the browser could not decode it, or it did not come from the page.
    """
    kept = (_PIXELS / hashlib.sha256(stream.read()).hexdigest()).read_bytes()
    size = int.from_bytes(kept[:4], "big"), int.from_bytes(kept[4:8], "big")
    return Image("RGB", size, kept[8:])


def frombytes(mode, size, data):
    """Return a picture of pixels."""
    return Image(mode, size, bytes(data))
