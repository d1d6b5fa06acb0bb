"""The segments of a JPEG file that say how its picture is meant, without what pads the file.

Between the segments of a JPEG file may stand any number of fill bytes, and a file may have any number of
segments. Readers that go byte by byte take half a minute for 20 MB of them.
"""

from __future__ import annotations

import re
import struct
from typing import Final

START: Final = b"\xff\xd8\xff"

_START_OF_SCAN = 0xDA

#: Pictures of one scan, or one for each colour; others are stored in finer and finer scans.
_PLAIN: Final = frozenset({0xC0, 0xC1})
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})

#: JFIF, EXIF (which way is up), colour profiles, and Adobe's mark (how colours are meant); not the pictures
#: within the picture and the notes that telephones add.
_KEPT_DATA: Final = frozenset({0xE0, 0xE1, 0xE2, 0xEE})
_COMMENT = 0xFE

#: A telephone writes about thirty; a large profile takes fifty of 64 kB.
_MOST_SEGMENTS = 2_000

#: A progressive picture has about ten. Each scan goes over all pixels again.
_MOST_SCANS = 100

_MARKER = re.compile(rb"\xff+([\x01-\xfe])", re.DOTALL)


def tidied(data: bytes) -> bytes:
    """Return a JPEG file with its picture and what says how it is meant, and nothing between the segments.

    Args:
        data: begins with `START`.

    Raises:
        ValueError: the file is cut off before the picture begins, or has too many segments or scans.
    """
    kept, place, frame = [data[:2]], 2, 0
    for _ in range(_MOST_SEGMENTS):
        found = _MARKER.search(data, place)
        if found is None:
            raise ValueError("no picture in the file")
        marker, start = found[1][0], found.end()
        if marker == _START_OF_SCAN:
            if frame not in _PLAIN and data.count(b"\xff\xda", start) >= _MOST_SCANS:
                raise ValueError("too many scans")
            return b"".join((*kept, b"\xff\xda", _without_fill(data[start:])))
        if 0xD0 <= marker <= 0xD9 or marker == 0x01:
            # These stand alone.
            place = start
            continue
        if marker in _FRAMES:
            frame = marker
        (length,) = struct.unpack_from(">H", data, start)
        if length < 2:
            raise ValueError("a segment without length")
        place = start + length
        if marker in _KEPT_DATA or not (0xE0 <= marker <= 0xEF or marker == _COMMENT):
            kept += [b"\xff", found[1], data[start:place]]
    raise ValueError("too many segments")


def _without_fill(scans: bytes) -> bytes:
    """Return scans without fill bytes before their markers; each pass leaves half of them."""
    while b"\xff\xff" in scans:
        scans = scans.replace(b"\xff\xff", b"\xff")
    return scans
