"""A PDF that goes to a file object by object, however many there are: nothing is kept but their places.

An object that is equal to one written before is not written again. That is told by a digest of its canonical
bytes, in which the objects that it names have their new numbers already: equal bytes, equal meaning.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import BinaryIO

from pdfgen.pdf.file_reader import ROW

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: Objects in one object stream: enough for good compression, few enough for a reader to unpack quickly.
_OBJECTS_PER_STREAM = 200
#: Objects of at most so many bytes are forgotten when there are too many of them: they are of one patient.
_SMALL, _MOST_SMALL = 1024, 20_000


class PrintStream:
    """Writes a file from its first byte to its last.

    Args:
        file: is written to, and never read or moved in.

    Attributes:
        size: how many bytes were written.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.size = 0
        self._file = file
        self._digest = hashlib.md5(usedforsecurity=False)
        self._rows = bytearray(ROW.pack(0, 0, 65535))
        self._waiting: list[tuple[int, bytes]] = []
        self._small: dict[bytes, int] = {}
        self._large: dict[bytes, int] = {}
        self._send(_HEADER)

    def reserve(self) -> int:
        """Return the number of an object that is put later."""
        self._rows += bytes(ROW.size)
        return len(self._rows) // ROW.size - 1

    def put(self, number: int, content: bytes) -> None:
        """Write an object that is no stream."""
        self._waiting.append((number, content))
        if len(self._waiting) == _OBJECTS_PER_STREAM:
            self._write_waiting()

    def put_stream(self, number: int, content: bytes) -> None:
        """Write a stream: its dictionary and all up to `endstream`."""
        ROW.pack_into(self._rows, number * ROW.size, 1, self.size, 0)
        self._send(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def share(self, content: bytes, *, is_stream: bool) -> int:
        """Write an object unless an equal one is written already; return its number."""
        known = self._small if len(content) <= _SMALL else self._large
        key = hashlib.sha256(content).digest()
        number = known.get(key)
        if number is not None:
            return number
        number = known[key] = self.reserve()
        if len(self._small) > _MOST_SMALL:
            del self._small[next(iter(self._small))]
        (self.put_stream if is_stream else self.put)(number, content)
        return number

    def finish(self, root: int, information: int) -> None:
        """Write what is still waiting, and the cross-reference stream."""
        self._write_waiting()
        number, start = self.reserve(), self.size
        ident = self._digest.hexdigest().encode("ascii")
        ROW.pack_into(self._rows, number * ROW.size, 1, start, 0)
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            number + 1, root, information, ident, ident,
        )  # fmt: skip
        self.put_stream(number, packed(entries, bytes(self._rows)))
        self._send(b"startxref\n%d\n%%%%EOF\n" % start)

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        container = self.reserve()
        index, offset = [], 0
        for position, (number, content) in enumerate(self._waiting):
            ROW.pack_into(self._rows, number * ROW.size, 2, container, position)
            index.append(b"%d %d" % (number, offset))
            offset += len(content) + 1
        head = b" ".join(index) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(index), len(head))
        self.put_stream(container, packed(entries, head + b"\n".join(c for _, c in self._waiting)))
        self._waiting.clear()

    def _send(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)


def packed(entries: bytes, content: bytes) -> bytes:
    """Return a stream with the dictionary `entries` and `content`, packed."""
    data = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)
