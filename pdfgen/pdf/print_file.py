"""One file with the pages of many, for the printer: programs one after the other, each with a bookmark.

It has no logical tree and no links: it is for paper, and the accessible files are those of the patients.
So it is PDF/A-2b where they are PDF/A-2a. Objects are written as they come, equal ones once, whatever file
they come from: of a program that is written, little more than the numbers of its objects stays in memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import BinaryIO, NamedTuple

from pikepdf import Dictionary, Object, Pdf, Stream

from pdfgen.pdf.finished import UnreadableFileError, opened, reading
from pdfgen.pdf.metadata import PRODUCER, print_packet
from pdfgen.pdf.objects import ObjectWriter, stream, text_string

#: What makes the sheet of paper, and what is printed on it. Links and the like are for screens.
_PAPER = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit")
_PRINTED = ("/Resources", "/Contents", "/Group")
#: Keys that point into the logical tree, which stays behind.
_TAGS = ("/StructParent", "/StructParents")
#: A string as pikepdf writes it, in which nothing is a reference, or a reference ("12 0 R").
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|(?<= )(\d+) (\d+) R(?= |$)", re.DOTALL)
#: A drawing in a drawing, and so on: ours are three deep.
_MAX_DEPTH = 50


class PrintedPage(NamedTuple):
    """A page that may be added.

    Attributes:
        paper: entries of the page that say how large it is.
        printed: all others.
        size: width and height as shown, in points.
    """

    paper: bytes
    printed: bytes
    size: tuple[float, float]

    def blank(self) -> PrintedPage:
        """Return an empty page of the same paper."""
        return self._replace(printed=b"/Resources<<>>")


class PrintFile:
    """A file that grows by programs until it is closed.

    Args:
        file: is written to, from its first byte on.
        duplex: whether it is to be printed on both sides.

    Attributes:
        pages: how many were added.
    """

    def __init__(self, file: BinaryIO, *, duplex: bool) -> None:
        self.pages = 0
        self._duplex = duplex
        self._writer = ObjectWriter(file)
        self._tree = self._writer.reserve()
        self._known: dict[bytes, int] = {}
        self._programs: list[int] = []
        self._bookmarks: list[tuple[str, int]] = []
        self._colours = b""

    def take(self, data: bytes) -> list[PrintedPage]:
        """Copy what the pages of a finished file need, and return them.

        Raises:
            UnreadableFileError: the file is damaged, encrypted or not a PDF.
        """
        with reading(), opened(data) as source:
            copier = _Copier(source, self._shared)
            self._colours = self._colours or copier.entries(source.Root, ("/OutputIntents",))
            return [_page(page.obj, copier) for page in source.pages]

    def _shared(self, body: bytes) -> int:
        """Return the number of the object that is written as `body`."""
        key = hashlib.sha256(body).digest()
        if key not in self._known:
            self._known[key] = self._writer.add(body)
        return self._known[key]

    def add(self, title: str, *parts: Sequence[PrintedPage]) -> None:
        """Add the pages of one program, with a bookmark at the first of them.

        On paper that is printed on both sides, each part begins on the front of a sheet.
        """
        pages: list[PrintedPage] = []
        for part in parts:
            pages += part
            pages += [pages[-1].blank()] if self._duplex and len(pages) % 2 else []
        node = self._writer.reserve()
        kids = [
            self._writer.add(b"<</Type/Page/Parent %d 0 R%s%s>>" % (node, page.paper, page.printed))
            for page in pages
        ]
        body = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>"
        self._writer.write(node, body % (self._tree, len(kids), _references(kids)))
        self._programs.append(node)
        self._bookmarks.append((title, kids[0]))
        self.pages += len(kids)

    def close(self, title: str, *, language: str) -> None:
        """Write what is left of the file. At least one program was added.

        Args:
            title: of the file.
            language: of all programs; empty where they have several.
        """
        writer, producer = self._writer, text_string(PRODUCER)
        body = b"<</Type/Pages/Count %d/Kids[%s]>>"
        writer.write(self._tree, body % (self.pages, _references(self._programs)))
        metadata = writer.add(stream(b"/Type/Metadata/Subtype/XML", print_packet(title)))
        # The printer's dialogue starts with what the file was made for: both sides or one, true size.
        root = writer.add(
            b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/Outlines %d 0 R/PageMode/UseOutlines%s%s"
            b"/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None/Duplex/%s>>>>"
            % (
                self._tree,
                metadata,
                self._outline(),
                self._colours,
                b"/Lang" + text_string(language) if language else b"",
                b"DuplexFlipLongEdge" if self._duplex else b"Simplex",
            )
        )
        body = b"<</Title%s/Creator%s/Producer%s>>"
        information = writer.add(body % (text_string(title), producer, producer))
        writer.close(b"/Root %d 0 R/Info %d 0 R" % (root, information))

    def _outline(self) -> int:
        """Write the bookmarks, and return the number of the object that holds them."""
        writer, count = self._writer, len(self._bookmarks)
        outline = writer.reserve(count + 1)
        writer.write(
            outline,
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (outline + 1, outline + count, count),
        )
        for number, (title, page) in enumerate(self._bookmarks, outline + 1):
            before = b"/Prev %d 0 R" % (number - 1) if number > outline + 1 else b""
            after = b"/Next %d 0 R" % (number + 1) if number < outline + count else b""
            entries = b"/Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]" % (text_string(title), outline, page)
            writer.write(number, b"<<%s%s%s>>" % (entries, before, after))
        return outline


class _Copier:
    """Copies objects of a finished file.

    Args:
        source: the file.
        add: takes an object as it is written, and returns its number in the other file.
    """

    def __init__(self, source: Pdf, add: Callable[[bytes], int]) -> None:
        self._source = source
        self._add = add
        self._numbers: dict[tuple[int, int], int] = {}

    def entries(self, dictionary: Object, keys: Sequence[str]) -> bytes:
        """Return the entries with those of these keys that are there.

        Raises:
            UnreadableFileError: something contains itself.
            pikepdf.PdfError: something is damaged.
        """
        found = {key: dictionary[key] for key in keys if key in dictionary}
        return self._renumbered(Dictionary(found).unparse(), 0)[2:-2]

    def _renumbered(self, text: bytes, depth: int) -> bytes:
        def renumbered(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % self._number((int(found[1]), int(found[2])), depth) if found[1] else found[0]

        return _REFERENCE.sub(renumbered, text)

    def _number(self, key: tuple[int, int], depth: int) -> int:
        """Return the number that an object, and all that it refers to, has in the other file."""
        if depth > _MAX_DEPTH:
            raise UnreadableFileError
        if key not in self._numbers:
            value = self._source.get_object(key)
            for tag in _TAGS:
                if isinstance(value, Dictionary | Stream) and tag in value:
                    del value[tag]
            is_stream = isinstance(value, Stream)
            body = (value.stream_dict if is_stream else value).unparse(resolved=True)
            body = self._renumbered(body, depth + 1)
            if is_stream:
                body = b"%sstream\n%s\nendstream" % (body, value.read_raw_bytes())
            self._numbers[key] = self._add(body)
        return self._numbers[key]


def _page(page: Object, copier: _Copier) -> PrintedPage:
    left, bottom, right, top = map(float, page.get("/CropBox", page["/MediaBox"]))
    size = abs(right - left), abs(top - bottom)
    if int(page.get("/Rotate", 0)) % 180:
        size = size[::-1]
    return PrintedPage(copier.entries(page, _PAPER), copier.entries(page, _PRINTED), size)


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])
