"""Finished files, read object by object as they are needed: of a program for print, only its pages are.

A file that shares its beginning with other files says so by its form: everything that is its own comes
behind the information dictionary, and has higher numbers than everything before. Then the beginning is a
`prefix`, and what was read of it holds for all files that begin so.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from pdfgen.pdf.file_objects import (
    DamagedFileError,
    Reference,
    Stream,
    Value,
    parse,
    parse_object,
    whole_number,
)

#: One row of a cross-reference stream: kind, place (or object stream), generation (or index in it).
ROW = struct.Struct(">BIH")

_ENCRYPTED = "is encrypted"
#: Keys that a page takes from the nodes above it (ISO 32000-1, table 30).
_INHERITED = (b"/Resources", b"/MediaBox", b"/CropBox", b"/Rotate")
#: The end of a file holds the place of its cross-reference stream (ISO 32000-1, 7.5.5).
_TAIL = 1024
_MOST_NODES = 10_000


class Prefix(NamedTuple):
    """The beginning of a file that other files may share.

    Attributes:
        key: a digest of the bytes and of the rows of all objects in it: equal keys, equal objects.
        objects: objects with lower numbers lie in it, all others behind it.
        rows: of the objects in it.
    """

    key: bytes
    objects: int
    rows: bytes


class PageTree(NamedTuple):
    """The pages of a file.

    Attributes:
        pages: each with what it takes from the nodes above it.
        last: the highest number of an object of the tree.
    """

    pages: tuple[Mapping[bytes, Value], ...]
    last: int


class SourceFile:
    """A finished file.

    Args:
        data: its bytes.
        known: prefixes of earlier files by the digest of their bytes; a new one is added.

    Attributes:
        trailer: the entries of the cross-reference stream.
        digest: SHA-256 of the file, in hexadecimal digits.
        prefix: None where the file shares no beginning that can be told.

    Raises:
        DamagedFileError: it is no PDF with a cross-reference stream, is damaged or encrypted.
    """

    def __init__(self, data: bytes, known: dict[bytes, Prefix] | None = None) -> None:
        self._data = data
        self._containers: dict[int, tuple[bytes, list[int]]] = {}
        start = data.rfind(b"startxref", max(0, len(data) - _TAIL))
        if not data.startswith(b"%PDF-") or start < 0:
            raise DamagedFileError("this is no whole PDF")
        self.trailer, self._rows = _cross_references(data, whole_number(parse(data, start + 9)[0]))
        if b"/Encrypt" in self.trailer:
            raise DamagedFileError(_ENCRYPTED)
        self.prefix = self._prefix({} if known is None else known)

    def _prefix(self, known: dict[bytes, Prefix]) -> Prefix | None:
        info = self.trailer.get(b"/Info")
        kind, end = 0, 0
        if isinstance(info, Reference):
            kind, end, _ = self._row(info.number)
        if kind != 1:
            end = 0
        # One pass over the bytes gives both digests.
        digest = hashlib.sha256(memoryview(self._data)[:end])
        whole = digest.copy()
        whole.update(memoryview(self._data)[end:])
        self.digest = whole.hexdigest()
        bytes_key = digest.digest()
        prefix = known.get(bytes_key)
        if prefix is not None and self._rows.startswith(prefix.rows):
            return prefix
        count = self._objects_before(end)
        if not count:
            return None
        rows = self._rows[: ROW.size * count]
        digest.update(rows)
        known[bytes_key] = prefix = Prefix(digest.digest(), count, rows)
        return prefix

    def _objects_before(self, end: int) -> int:
        """Return how many objects lie before a place in the file; 0 where numbers and places do not part."""
        if not end:
            return 0
        places: list[int] = []
        rows = list(ROW.iter_unpack(self._rows))
        for kind, place, _ in rows:
            if kind == 2:
                kind, place, _ = rows[place] if place < len(rows) else (0, 0, 0)
            places.append(place if kind == 1 else 0)
        first = next((number for number, place in enumerate(places) if place >= end), len(places))
        return first if all(place >= end for place in places[first:]) else 0

    def _row(self, number: int) -> tuple[int, int, int]:
        if not 0 < number < len(self._rows) // ROW.size:
            raise DamagedFileError(f"object {number} is missing")
        kind, place, extra = ROW.unpack_from(self._rows, number * ROW.size)
        return kind, place, extra

    def read(self, number: int) -> Value | Stream:
        """Return an object.

        Raises:
            DamagedFileError: it is missing or damaged.
        """
        kind, place, extra = self._row(number)
        if kind == 1:
            return parse_object(self._data, place, number)
        if kind != 2:
            raise DamagedFileError(f"object {number} is missing")
        if place not in self._containers:
            self._containers[place] = self._container(place)
        data, places = self._containers[place]
        if extra >= len(places):
            raise DamagedFileError(f"object {number} is missing")
        return parse(data, places[extra])[0]

    def _container(self, number: int) -> tuple[bytes, list[int]]:
        """Return the bytes of an object stream and where its members begin (ISO 32000-1, 7.5.7)."""
        kind, place, _ = self._row(number)
        found = parse_object(self._data, place, number) if kind == 1 else b""
        if not isinstance(found, Stream):
            raise DamagedFileError(f"object stream {number} is missing")
        data = unpacked(found)
        first = whole_number(found.entries.get(b"/First"))
        try:
            return data, [first + int(place) for place in data[:first].split()[1::2]]
        except ValueError:
            raise DamagedFileError(f"object stream {number} has no index") from None

    def resolved(self, value: Value | None) -> Value | Stream | None:
        """Return a value, or the one that it refers to."""
        return self.read(value.number) if isinstance(value, Reference) else value

    def dictionary(self, value: Value | None) -> Mapping[bytes, Value]:
        """Return a value that has to be a dictionary, or to refer to one.

        Raises:
            DamagedFileError: it is not.
        """
        found = self.resolved(value)
        if not isinstance(found, Mapping):
            raise DamagedFileError("a dictionary is missing")
        return found

    @property
    def root(self) -> Mapping[bytes, Value]:
        """The catalog."""
        return self.dictionary(self.trailer.get(b"/Root"))

    def pages(self, tree: Value | None) -> PageTree:
        """Return the pages of a tree, as the catalog names it, in order.

        Raises:
            DamagedFileError: the tree is damaged, or goes in circles.
        """
        seen: set[int] = set()
        pages: list[Mapping[bytes, Value]] = []
        waiting: list[tuple[Value, dict[bytes, Value]]] = [(tree or b"null", {})]
        while waiting:
            value, above = waiting.pop()
            if isinstance(value, Reference):
                if value.number in seen or len(seen) > _MOST_NODES:
                    raise DamagedFileError("the tree of pages goes in circles")
                seen.add(value.number)
            node = self.dictionary(value)
            below = above | {key: node[key] for key in _INHERITED if key in node}
            if b"/Kids" not in node:
                pages.append({**node, **below})
                continue
            kids = self.resolved(node[b"/Kids"])
            if not isinstance(kids, list):
                raise DamagedFileError("the tree of pages is damaged")
            waiting += [(kid, below) for kid in reversed(kids)]
        if not pages:
            raise DamagedFileError("there are no pages")
        return PageTree(tuple(pages), max(seen, default=0))


def unpacked(stream: Stream) -> bytes:
    """Return the bytes of a stream of objects or cross-references.

    Raises:
        DamagedFileError: they are damaged, or packed in a way that finished files are not.
    """
    packing = stream.entries.get(b"/Filter")
    if packing is None:
        return stream.data
    if packing not in (b"/FlateDecode", [b"/FlateDecode"]) or b"/DecodeParms" in stream.entries:
        raise DamagedFileError("objects are packed in a way that pdfgen does not use")
    try:
        return zlib.decompress(stream.data)
    except zlib.error as error:
        raise DamagedFileError("packed objects are damaged") from error


def _cross_references(data: bytes, place: int) -> tuple[Mapping[bytes, Value], bytes]:
    """Return the trailer, and a row for each object from 0 on.

    Raises:
        DamagedFileError: there are several revisions, or rows of a form that finished files do not have.
    """
    number = data[place : place + 20].split(b" ", 1)[0]
    if not number.isdigit():
        raise DamagedFileError("the cross-reference stream is missing")
    found = parse_object(data, place, int(number))
    if not isinstance(found, Stream) or found.entries.get(b"/Type") != b"/XRef":
        raise DamagedFileError("the cross-reference stream is missing")
    entries = found.entries
    size = whole_number(entries.get(b"/Size"))
    if b"/Prev" in entries or not _is_plain(entries.get(b"/W"), entries.get(b"/Index"), size):
        raise DamagedFileError("the cross-reference stream is not as pdfgen writes it")
    rows = unpacked(found)
    if len(rows) != size * ROW.size:
        raise DamagedFileError("the cross-reference stream is damaged")
    return entries, rows


def _is_plain(widths: Value | None, index: Value | None, size: int) -> bool:
    return widths == [b"1", b"4", b"2"] and (index is None or index == [b"0", b"%d" % size])
