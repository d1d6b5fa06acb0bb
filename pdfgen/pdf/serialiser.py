"""The file format: numbered objects, object streams, the cross-reference stream and the file's identifier."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: Objects in one object stream: enough for good compression, few enough for a reader to unpack quickly.
_OBJECTS_PER_STREAM = 200
#: Level of zlib that takes half the time of the usual one, for files that are 3 % larger.
_QUICK = 3
_LITERAL = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\n": r"\n", "\r": r"\r"})
_ROW = struct.Struct(">BIH")
_STREAM_END = b"\nendstream"

#: Row of the cross-reference stream for object 0, the head of the list of free objects.
FREE_ROW = b"\0\0\0\0\0\xff\xff"


def text_string(text: str) -> bytes:
    """A text string as it is written in a dictionary: literal where ASCII suffices, else UTF-16 in hex."""
    if text.isascii():
        return b"(" + text.translate(_LITERAL).encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class RawObject:
    """An object whose body is known as bytes, at once or later. `number` is 0 until it is added to a file."""

    __slots__ = ("body", "number")

    def __init__(self, body: bytes = b"") -> None:
        self.body = body
        self.number = 0

    @property
    def is_stream(self) -> bool:
        """Whether it may not stand in an object stream."""
        return self.body.endswith(_STREAM_END)


def stream(entries: bytes, content: bytes, *, compress: bool = True, quick: bool = False) -> RawObject:
    """A stream object with the dictionary `entries` (without Length and Filter) and `content`.

    Args:
        quick: whether it is made anew for each program, so that time counts more than a few bytes.
    """
    if compress:
        content = zlib.compress(content, _QUICK if quick else -1)
        entries += b"/Filter/FlateDecode"
    return RawObject(b"<<%s/Length %d>>stream\n%s%s" % (entries, len(content), content, _STREAM_END))


def numbered(number: int, body: bytes) -> bytes:
    """An object as it stands in the file."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def placed_row(offset: int) -> bytes:
    """The row of the cross-reference stream for an object that begins at `offset`."""
    return _ROW.pack(1, offset, 0)


class Objects:
    """The objects of a file, numbered from 1 as they are added."""

    def __init__(self) -> None:
        # Bytes are complete, and no stream.
        self._items: list[RawObject | bytes] = []

    def add(self, item: RawObject) -> bytes:
        """Number an object; return the reference to it, as written in other objects."""
        if not item.number:
            self._items.append(item)
            item.number = len(self._items)
        return b"%d 0 R" % item.number

    def extend(self, bodies: Iterable[bytes]) -> None:
        """Number objects that are complete and no streams, in their order; see `count`."""
        self._items.extend(bodies)

    @property
    def count(self) -> int:
        """How many objects there are."""
        return len(self._items)

    @property
    def packed_count(self) -> int:
        """How many objects there are, with the object streams that those that are no streams go into."""
        small = sum([isinstance(item, bytes) or not item.is_stream for item in self._items])
        return len(self._items) + -(-small // _OBJECTS_PER_STREAM)

    def packed(self) -> Packed:
        """The objects as the first part of a file; their bodies are complete."""
        body = FileBody()
        for number, item in enumerate(self._items, 1):
            if isinstance(item, bytes):
                body.put_small(number, item)
            else:
                body.put(number, item.body)
        return body.packed(len(self._items) + 1)


class Packed(NamedTuple):
    """The first part of a file, its header and objects.

    Attributes:
        data: header and objects.
        rows: of the cross-reference stream for object 0 and these.
        last: number of the last one.
    """

    data: bytes
    rows: bytes
    last: int


class FileBody:
    """The parts of a file as they are written, with their places."""

    def __init__(self) -> None:
        self._parts = [HEADER]
        self._length = len(HEADER)
        self._numbers: list[int] = []
        self._small: list[bytes] = []
        self._rows: dict[int, bytes] = {0: FREE_ROW}

    def put(self, number: int, content: bytes) -> None:
        """Write a stream now; keep any other object for an object stream."""
        if content.endswith(_STREAM_END):
            self._write(number, content)
        else:
            self.put_small(number, content)

    def put_small(self, number: int, content: bytes) -> None:
        """Keep an object that is no stream for an object stream."""
        self._numbers.append(number)
        self._small.append(content)

    def _write(self, number: int, content: bytes) -> None:
        self._rows[number] = placed_row(self._length)
        part = numbered(number, content)
        self._parts.append(part)
        self._length += len(part)

    def packed(self, number: int) -> Packed:
        """Write the object streams, numbered from `number`; return all that there is."""
        for first in range(0, len(self._small), _OBJECTS_PER_STREAM):
            which = slice(first, first + _OBJECTS_PER_STREAM)
            self._write_object_stream(number, self._numbers[which], self._small[which])
            number += 1
        rows = b"".join([self._rows[index] for index in range(number)])
        return Packed(b"".join(self._parts), rows, number - 1)

    def finish(self, number: int, trailer: bytes) -> bytes:
        """Write object streams and the cross-reference stream, numbered from `number`; return the file."""
        data, rows, last = self.packed(number)
        digest = hashlib.md5(data, usedforsecurity=False)
        rows += placed_row(len(data))
        return data + reference_stream(last + 1, zlib.compress(rows), trailer, digest.digest(), len(data))

    def _write_object_stream(self, number: int, numbers: Sequence[int], contents: Sequence[bytes]) -> None:
        count = len(numbers)
        self._rows.update(zip(numbers, [_ROW.pack(2, number, place) for place in range(count)], strict=True))
        offsets = accumulate([len(content) + 1 for content in contents[:-1]], initial=0)
        head = b" ".join([b"%d %d" % pair for pair in zip(numbers, offsets, strict=True)]) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (count, len(head))
        self._write(number, stream(entries, head + b"\n".join(contents), quick=True).body)


def reference_stream(number: int, rows: bytes, trailer: bytes, digest: bytes, start: int) -> bytes:
    """The cross-reference stream and what ends the file.

    Args:
        number: its own, the highest in the file.
        rows: deflated, seven bytes an object: kind, place or object stream, generation or index in it.
        trailer: the entries Root and Info.
        digest: 16 bytes that identify the file.
        start: its own offset.
    """
    name = digest.hex().encode("ascii")
    entries = b"/Type/XRef/Size %d/W[1 4 2]%s/ID[<%s><%s>]" % (number + 1, trailer, name, name)
    body = b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s%s" % (entries, len(rows), rows, _STREAM_END)
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

    def closed(self, rows: Iterable[bytes]) -> bytes:
        """All rows deflated, `rows` last: at most 65 535 bytes of them."""
        last = b"".join(rows)
        size = len(last).to_bytes(2, "little")
        inverse = (len(last) ^ 0xFFFF).to_bytes(2, "little")
        checksum = zlib.adler32(last, self._checksum).to_bytes(4, "big")
        return b"".join((self._head, b"\1", size, inverse, last, checksum))
