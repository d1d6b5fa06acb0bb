"""The file format: numbered objects, object streams, the cross-reference stream and the file's identifier.

ReportLab collects the objects; what it cannot do is done here. It writes `endstream` straight after the data,
which PDF/A forbids (ISO 19005-2, 6.1.7.1), keeps every small object as plain text, and makes the file
identifier from the clock.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: Objects in one object stream: enough for good compression, few enough for a reader to unpack quickly.
_OBJECTS_PER_STREAM = 200
_LITERAL = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\n": r"\n", "\r": r"\r"})


def text_string(text: str) -> bytes:
    """A text string as it is written in a dictionary: literal where ASCII suffices, else UTF-16 in hex."""
    if text.isascii():
        return b"(" + text.translate(_LITERAL).encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


class RawObject(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose body is known as bytes, at once or later. `number` is 0 until it is added to a file."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body
        self.number = 0

    def format(self, _document: pdfdoc.PDFDocument) -> bytes:
        """The body, for ReportLab."""
        return self.body


def stream(entries: bytes, content: bytes, *, compress: bool = True) -> RawObject:
    """A stream object with the dictionary `entries` (without Length and Filter) and `content`."""
    if compress:
        content = zlib.compress(content)
        entries += b"/Filter/FlateDecode"
    # Ends as ReportLab's own streams do; the end-of-line marker is put in by `TaggedDocument.format`.
    return RawObject(b"<<%s/Length %d>>\nstream\n%sendstream\n" % (entries, len(content), content))


class TaggedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]
    """ReportLab's object store with a writer for PDF 1.7 that is valid PDF/A and the same at every run."""

    def __init__(self) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))
        self.info = RawObject()
        self._raw: dict[int, RawObject] = {}

    def add(self, item: RawObject) -> bytes:
        """Number an object; return the reference to it, as written in other objects."""
        if not item.number:
            self.objectcounter += 1
            item.number = self.objectcounter
            self._raw[item.number] = item
        return b"%d 0 R" % item.number

    def Reference(self, item: object, name: str | None = None) -> object:  # noqa: N802 (ReportLab's name)
        """What stands for an object in another one, for ReportLab."""
        if isinstance(item, RawObject):
            return RawObject(self.add(item))
        return super().Reference(item, name)

    def page_reference(self, index: int) -> bytes:
        """The reference to a page that has been added, counted from 0."""
        return bytes(pdfdoc.PDFObjectReference(f"Page{index + 1}").format(self))

    def add_font(self, name: str, reference: bytes) -> None:
        """Make a font known to all pages under a resource name."""
        self.idToObject[pdfdoc.BasicFonts].dict[name] = RawObject(reference)

    def serialise(self, canvas: Canvas) -> bytes:
        """The whole file. `canvas` resolves the destinations that the outline names."""
        self.Reference(self.Catalog)
        self.Outlines.prepare(self, canvas)
        if self.Outlines.ready < 0:
            self.Catalog.Outlines = None
        return self.format()

    def format(self) -> bytes:
        """Format all objects; formatting one may register more."""
        body = FileBody()
        root, info = pdfdoc.format(self.Reference(self.Catalog), self), self.add(self.info)
        number = 1
        while number <= self.objectcounter:
            item = self._raw.get(number) or self.idToObject[self.numberToId[number]]
            body.put(number, pdfdoc.format(item, self, toplevel=1))
            number += 1
        return body.finish(number, b"/Root %s/Info %s" % (root, info))


class FileBody:
    """The parts of a file as they are written, with their places."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._length = len(_HEADER)
        self._small: list[tuple[int, bytes]] = []
        # Rows of the cross-reference stream: kind, place (or object stream), generation (or index in it).
        self._rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def put(self, number: int, content: bytes) -> None:
        """Write a stream now; keep any other object for an object stream."""
        if content.endswith(b"endstream\n"):
            self._write(number, content[:-10] + b"\nendstream")
        else:
            self._small.append((number, content.strip()))

    def _write(self, number: int, content: bytes) -> None:
        self._rows[number] = (1, self._length, 0)
        part = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        self._parts.append(part)
        self._length += len(part)

    def finish(self, number: int, trailer: bytes) -> bytes:
        """Write object streams and the cross-reference stream, numbered from `number`; return the file."""
        for first in range(0, len(self._small), _OBJECTS_PER_STREAM):
            self._write_object_stream(number, self._small[first : first + _OBJECTS_PER_STREAM])
            number += 1
        digest = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest().encode("ascii")
        start = self._length
        self._rows[number] = (1, start, 0)
        rows = b"".join(
            kind.to_bytes(1, "big") + place.to_bytes(4, "big") + extra.to_bytes(2, "big")
            for _, (kind, place, extra) in sorted(self._rows.items())
        )
        entries = b"/Type/XRef/Size %d/W[1 4 2]%s/ID[<%s><%s>]" % (number + 1, trailer, digest, digest)
        self._write(number, _stream_body(entries, rows))
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _write_object_stream(self, number: int, members: list[tuple[int, bytes]]) -> None:
        index, offset = [], 0
        for position, (member, content) in enumerate(members):
            self._rows[member] = (2, number, position)
            index.append(b"%d %d" % (member, offset))
            offset += len(content) + 1
        head = b" ".join(index) + b"\n"
        content = head + b"\n".join(content for _, content in members)
        self._write(number, _stream_body(b"/Type/ObjStm/N %d/First %d" % (len(members), len(head)), content))


def _stream_body(entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)
