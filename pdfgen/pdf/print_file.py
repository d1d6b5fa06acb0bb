"""One file with the pages of many, for the printer: programs one after the other, each with a bookmark.

It has no logical tree and no links: it is for paper, and the accessible files are those of the patients.
So it is PDF/A-2b where they are PDF/A-2a.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from pdfgen import __version__
from pdfgen.pdf.file_reader import SourceFile
from pdfgen.pdf.metadata import xml_text
from pdfgen.pdf.page_copies import CopiedPage, PageCopier
from pdfgen.pdf.print_stream import PrintStream
from pdfgen.pdf.serialiser import text_string

#: Kids of a node of the tree of pages: a reader finds a page among 12,000 in four steps.
_KIDS = 32
_PRODUCER = f"pdfgen {__version__}"

# Without dates: the same programs give the same bytes.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class PrintFile:
    """Writes the file as a stream.

    Args:
        file: is written to, and never read or moved in.

    Attributes:
        pages: how many were written.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.pages = 0
        self._out = PrintStream(file)
        self._copier = PageCopier(self._out)
        self._tree = _PageTree(self._out)
        self._outline = _Outline(self._out)
        self._intents = b""

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._out.size

    def open(self, data: bytes) -> SourceFile:
        """Return a finished file, whose pages can be taken.

        Raises:
            DamagedFileError: it is no PDF as pdfgen writes it, is damaged or encrypted.
        """
        return self._copier.source(data)

    def take(self, source: SourceFile) -> tuple[CopiedPage, ...]:
        """Write what the pages of a finished file need, and return them.

        Raises:
            DamagedFileError: the file is damaged.
        """
        if not self._intents and (intents := source.resolved(source.root.get(b"/OutputIntents"))):
            assert not isinstance(intents, tuple)
            self._intents = self._copier.value(source, intents)
        return self._copier.pages(source)

    def add(self, title: str, pages: Sequence[CopiedPage]) -> None:
        """Write the pages of one program, with a bookmark at the first of them."""
        numbers = [self._out.reserve() for _ in pages]
        node = self._tree.add(numbers)
        for number, page in zip(numbers, pages, strict=True):
            self._out.put(number, b"<</Type/Page/Parent %d 0 R%s%s>>" % (node, page.paper, page.printed))
        self._outline.add(title, numbers[0])
        self.pages += len(pages)

    def finish(self, title: str, *, language: str, duplex: bool) -> None:
        """Write the end of the file. At least one program was added.

        Args:
            title: of the file.
            language: of all programs; empty where they have several.
            duplex: whether it is to be printed on both sides.
        """
        out = self._out
        packet = _XMP.format(title=xml_text(title), producer=xml_text(_PRODUCER)).encode()
        # PDF/A wants the metadata readable without decoding (ISO 19005-2, 6.6.2.1).
        metadata = out.reserve()
        entries = b"/Type/Metadata/Subtype/XML/Length %d" % len(packet)
        out.put_stream(metadata, b"<<%s>>stream\n%s\nendstream" % (entries, packet))
        catalog = b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/Metadata %d 0 R" % (
            self._tree.finish(), self._outline.finish(), metadata,
        )  # fmt: skip
        # The printer's dialogue starts with what the file was made for: both sides or one, true size.
        sides = b"DuplexFlipLongEdge" if duplex else b"Simplex"
        catalog += b"/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None/Duplex/%s>>" % sides
        catalog += b"/Lang%s" % text_string(language) if language else b""
        catalog += b"/OutputIntents %s" % self._intents if self._intents else b""
        root, information = out.reserve(), out.reserve()
        out.put(root, catalog + b">>")
        producer = text_string(_PRODUCER)
        out.put(information, b"<</Title%s/Creator%s/Producer%s>>" % (text_string(title), producer, producer))
        out.finish(root, information)


@dataclass
class _Node:
    number: int
    kids: list[int] = field(default_factory=list)
    pages: int = 0


class _PageTree:
    """The tree of pages, of which only the nodes on the way to the last page are kept."""

    def __init__(self, out: PrintStream) -> None:
        self._out = out
        self._levels: list[_Node | None] = []

    def add(self, pages: Sequence[int]) -> int:
        """Add pages under a node of their own, and return its number."""
        node = _Node(self._out.reserve(), list(pages), len(pages))
        self._attach(0, node)
        return node.number

    def _attach(self, level: int, kid: _Node) -> None:
        if level == len(self._levels):
            self._levels.append(None)
        node = self._levels[level] or _Node(self._out.reserve())
        self._write(kid, b"/Parent %d 0 R" % node.number)
        node.kids.append(kid.number)
        node.pages += kid.pages
        self._levels[level] = node
        if len(node.kids) == _KIDS:
            self._levels[level] = None
            self._attach(level + 1, node)

    def _write(self, node: _Node, parent: bytes) -> None:
        kids = b" ".join(b"%d 0 R" % kid for kid in node.kids)
        self._out.put(node.number, b"<</Type/Pages%s/Count %d/Kids[%s]>>" % (parent, node.pages, kids))

    def finish(self) -> int:
        """Write what is left; return the number of the topmost node."""
        level = 0
        while level < len(self._levels) - 1:
            if node := self._levels[level]:
                self._attach(level + 1, node)
            level += 1
        top = self._levels[-1]
        assert top is not None
        self._write(top, b"")
        return top.number


class _Outline:
    """The bookmarks, in one row. Each is kept until the next one is known."""

    def __init__(self, out: PrintStream) -> None:
        self._out = out
        self._root = out.reserve()
        self._first = self._last = self._count = 0
        self._held = b""

    def add(self, title: str, page: int) -> None:
        """Add a bookmark to a page."""
        number = self._out.reserve()
        self._first = self._first or number
        before = b"/Prev %d 0 R" % self._last if self._last else b""
        self._put(b"/Next %d 0 R" % number)
        self._last, self._count = number, self._count + 1
        self._held = b"/Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]%s" % (
            text_string(title), self._root, page, before,
        )  # fmt: skip

    def _put(self, following: bytes) -> None:
        if self._held:
            self._out.put(self._last, b"<<%s%s>>" % (self._held, following))

    def finish(self) -> int:
        """Write what is left; return the number of the outline."""
        self._put(b"")
        ends = self._first, self._last, self._count
        self._out.put(self._root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)
        return self._root
