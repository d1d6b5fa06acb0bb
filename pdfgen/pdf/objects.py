"""Objects of a file that we write as bytes ourselves, and how they are packed.

ReportLab numbers the objects and writes most of them. It has no object streams and no cross-reference stream
(ISO 32000-1, 7.5.7 and 7.5.8), and ends streams without a line end, which PDF/A does not allow (ISO 19005-2,
6.1.7.1); so objects come from it one by one and are put together here.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFStream

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: Objects in one object stream: enough for good compression, few enough for a reader to unpack quickly.
_OBJECTS_PER_STREAM = 200
#: Level of zlib that takes half the time of the usual one, for files that are 3 % larger.
_QUICK = 3
_LITERAL = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\n": r"\n", "\r": r"\r"})
#: A row of the cross-reference stream: kind, offset or object stream, generation or place in that.
_ROW = struct.Struct(">BIH")
_STREAM_END = b"\nendstream"
#: Row of the cross-reference stream for object 0, the head of the list of free objects.
_FREE_ROW = b"\0\0\0\0\0\xff\xff"


class Body(PDFObject):  # type: ignore[misc]  # ReportLab has no type information
    """An object of which we write the bytes, at once or later."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, document: PDFDocument) -> bytes:
        """Return the bytes, as ReportLab asks for them."""
        return self.body


def text_string(text: str) -> bytes:
    """Return a text string as a dictionary has it: literal where ASCII suffices, else UTF-16 in hex."""
    if text.isascii():
        return b"(" + text.translate(_LITERAL).encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream with the dictionary `entries` (without Length), its content as it is."""
    return b"<<%s/Length %d>>stream\n%s%s" % (entries, len(content), content, _STREAM_END)


def deflated(entries: bytes, content: bytes, level: int = -1) -> bytes:
    """Return a stream whose content is deflated here, at a level of zlib."""
    return stream(entries + b"/Filter/FlateDecode", zlib.compress(content, level))


def numbered(number: int, body: bytes) -> bytes:
    """Return an object with its number, as the file has it."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def stream_count(small: int) -> int:
    """Return how many object streams hold so many objects."""
    return -(-small // _OBJECTS_PER_STREAM)


class ObjectWriter:
    """Writes objects into a file: streams at once, all others packed into object streams.

    Args:
        file: is written to, from its first byte on.

    Attributes:
        digest: SHA-256 of what is written so far.
        length: bytes written so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self.length = 0
        self._file = file
        self._rows = bytearray(_FREE_ROW)
        self._waiting: list[tuple[int, bytes]] = []
        self._put(HEADER)

    @property
    def rows(self) -> bytes:
        """Rows of the cross-reference stream for object 0 and all that have a number."""
        return bytes(self._rows)

    def reserve(self, count: int = 1) -> int:
        """Return the first of the next numbers, for so many objects that are written later."""
        number = len(self._rows) // _ROW.size
        self._rows += bytes(_ROW.size * count)
        return number

    def add(self, body: bytes) -> int:
        """Write an object under the next number, and return that."""
        number = self.reserve()
        self.write(number, body)
        return number

    def write(self, number: int, body: bytes) -> None:
        """Write an object under a number that was reserved for it."""
        if body.endswith(_STREAM_END):
            self._place(number, body)
            return
        self._waiting.append((number, body))
        if len(self._waiting) == _OBJECTS_PER_STREAM:
            self.flush()

    def flush(self) -> None:
        """Write the objects that wait for others to share an object stream with."""
        if not self._waiting:
            return
        numbers, bodies = zip(*self._waiting, strict=True)
        self._waiting.clear()
        number = self.reserve()
        for place, one in enumerate(numbers):
            self._enter(one, 2, number, place)
        self._place(number, _object_stream(numbers, bodies))

    def close(self, trailer: bytes) -> None:
        """Write the cross-reference stream, with the entries Root and Info, and end the file."""
        self.flush()
        number, start = self.reserve(), self.length
        self._enter(number, 1, start, 0)
        rows = zlib.compress(self._rows)
        self._put(reference_stream(number, rows, trailer, self.digest.digest(), start))

    def _place(self, number: int, body: bytes) -> None:
        self._enter(number, 1, self.length, 0)
        self._put(numbered(number, body))

    def _enter(self, number: int, *row: int) -> None:
        _ROW.pack_into(self._rows, number * _ROW.size, *row)

    def _put(self, data: bytes) -> None:
        self.digest.update(data)
        self.length += len(data)
        self._file.write(data)


def _object_stream(numbers: Sequence[int], bodies: Sequence[bytes]) -> bytes:
    offsets = accumulate([len(body) + 1 for body in bodies[:-1]], initial=0)
    head = b" ".join([b"%d %d" % pair for pair in zip(numbers, offsets, strict=True)]) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head))
    return deflated(entries, head + b"\n".join(bodies), _QUICK)


def reference_stream(number: int, rows: bytes, trailer: bytes, digest: bytes, start: int) -> bytes:
    """Return the cross-reference stream and what ends the file.

    Args:
        number: of this stream, the highest in the file.
        rows: deflated, seven bytes an object: kind, place or object stream, generation or index in it.
        trailer: the entries Root and Info.
        digest: of what the file holds; its first 16 bytes identify the file.
        start: offset of this stream.
    """
    name = digest[:16].hex().encode("ascii")
    entries = b"/Type/XRef/Size %d/W[1 4 2]%s/ID[<%s><%s>]" % (number + 1, trailer, name, name)
    body = stream(entries + b"/Filter/FlateDecode", rows)
    return numbered(number, body) + b"startxref\n%d\n%%%%EOF\n" % start


class OpenRows:
    """Rows of the cross-reference stream that are deflated once and can be continued often.

    The first rows end at a whole byte (a sync flush); what follows is stored as it is (RFC 1951, 3.2.4), and
    the checksum goes on from that of the first rows (RFC 1950).
    """

    def __init__(self, rows: bytes) -> None:
        packer = zlib.compressobj()
        self._head = packer.compress(rows) + packer.flush(zlib.Z_SYNC_FLUSH)
        self._checksum = zlib.adler32(rows)

    def closed(self, offsets: Iterable[int]) -> bytes:
        """Return all rows deflated, last those of the objects at `offsets`: at most 9,362 of them."""
        last = b"".join([_ROW.pack(1, offset, 0) for offset in offsets])
        size = len(last).to_bytes(2, "little")
        inverse = (len(last) ^ 0xFFFF).to_bytes(2, "little")
        checksum = zlib.adler32(last, self._checksum).to_bytes(4, "big")
        return b"".join((self._head, b"\1", size, inverse, last, checksum))


def body_of(item: PDFObject, document: PDFDocument) -> bytes:
    """Return an object of ReportLab's as bytes; its streams are deflated as ours."""
    if not isinstance(item, PDFStream):
        body: bytes = item.format(document).strip()
        return body
    content = item.content if isinstance(item.content, bytes) else item.content.encode("latin-1")
    dictionary: bytes = item.dictionary.format(document).strip()
    return stream(dictionary[2:-2].strip() + b"/Filter/FlateDecode", _deflated(content))


@lru_cache(maxsize=256)
def _deflated(content: bytes) -> bytes:
    """Deflate content; subsets of fonts and pages that programs share come again."""
    return zlib.compress(content, _QUICK)
