"""Finished pages placed on sheets of paper, as a print shop wants them.

A sheet side is a paper size with pages in rectangles, turned or not, and the marks for folding and cutting.
Each page becomes one form XObject, however often it is placed; fonts and drawings stay shared, and lines stay
lines. Links, bookmarks and the logical tree are left out: a sheet is for the press, and the reading copy is
for readers.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from pdfgen.pdf.finished_pages import FinishedFile, FinishedPage, resolved, stream_parts
from pdfgen.pdf.metadata import untagged_xmp
from pdfgen.pdf.serialiser import FileBody, stream
from pdfgen.pdf.shown_font import stream_data

Rotation = Literal[0, 90, 180, 270]

#: Width of marks in points: as thin as every printer prints.
_HAIRLINE = 0.25
#: Keys that point into the logical tree, and those that `stream` writes itself.
_LEFT_OUT = frozenset({"/StructParent", "/StructParents", "/Length"})


class Placement(NamedTuple):
    """A page in a rectangle, in points from the top left corner of the sheet.

    The page keeps its proportions; where the rectangle has the size of the page, it keeps its size.

    Attributes:
        page: of the finished file, from 0.
        rotation: degrees anticlockwise.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    rotation: Rotation = 0


class Mark(NamedTuple):
    """A thin line for who folds, staples or cuts, in points from the top left corner of the sheet."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False


class SheetSide(NamedTuple):
    """One side of a sheet: size in points, pages, marks."""

    width: float
    height: float
    placements: tuple[Placement, ...]
    marks: tuple[Mark, ...] = ()


def write_sheets(
    source: FinishedFile, sides: Sequence[SheetSide], flip: Literal["short", "long"] | None
) -> bytes:
    """Write sheet sides, in the order of printing, as a PDF 1.7 file.

    Title, language, XMP with the document id, and colour profile are those of the source. A claim to PDF/A
    becomes one to level B: without a logical tree there is no level A.

    Args:
        source: where the pages come from.
        sides: front and back by turns, if `flip` is given.
        flip: edge that a printer for both sides turns the paper over; None for paper printed on one side.

    Raises:
        InputError: the source is damaged.
    """
    file = _SheetFile()
    forms = [file.add_form(page) for page in source.pages]
    kids = [file.reserve() for _ in sides]
    pages = file.reserve()
    for number, side in zip(kids, sides, strict=True):
        file.add_side(number, pages, side, source.pages, forms)
    file.put(
        pages,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)),
    )
    return file.finish(source, pages, flip)


class _SheetFile:
    """The objects of the new file: own ones, and copies of those that the pages need."""

    def __init__(self) -> None:
        self._body = FileBody()
        self._count = 0
        self._copies: dict[int, int] = {}
        self._waiting: list[tuple[int, IndirectObject]] = []

    def reserve(self) -> int:
        """Return the number of an object that is put later."""
        self._count += 1
        return self._count

    def put(self, number: int, content: bytes) -> None:
        self._body.put(number, content)

    def add(self, content: bytes) -> bytes:
        """Put an object and return the reference to it."""
        number = self.reserve()
        self.put(number, content)
        return b"%d 0 R" % number

    def add_form(self, page: FinishedPage) -> bytes:
        """Put a page as a form whose own corner is the lower left of the page as shown."""
        entries, data = page.content
        head = b"/Type/XObject/Subtype/Form/BBox[%s]/Matrix[%s]/Resources %s" % (
            _numbers(page.box),
            _numbers(page.matrix),
            self._written(page.resources),
        )
        if page.group is not None:
            head += b"/Group " + self._written(page.group)
        return self.add(stream(head + self._entries(entries), data, compress=False).body)

    def add_side(
        self,
        number: int,
        parent: int,
        side: SheetSide,
        pages: Sequence[FinishedPage],
        forms: Sequence[bytes],
    ) -> None:
        """Put one side of a sheet as a page."""
        code = b"\n".join(
            [_placed(placement, pages[placement.page], side.height) for placement in side.placements]
            + [_drawn(mark, side.height) for mark in side.marks]
        )
        used = sorted({placement.page for placement in side.placements})
        names = b"".join(b"/P%d %s" % (page + 1, forms[page]) for page in used)
        content = self.add(stream(b"", code).body)
        self.put(
            number,
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s]/Resources<</XObject<<%s>>>>/Contents %s>>"
            % (parent, _numbers((side.width, side.height)), names, content),
        )

    def finish(self, source: FinishedFile, pages: int, flip: Literal["short", "long"] | None) -> bytes:
        """Put catalog and metadata and all that is still named; return the file."""
        duplex = {"short": b"DuplexFlipShortEdge", "long": b"DuplexFlipLongEdge", None: b"Simplex"}[flip]
        catalog = b"<</Type/Catalog/Pages %d 0 R" % pages
        # The printer's dialogue starts with what the sheets were made for: both sides, true size.
        catalog += b"/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None/Duplex/%s>>" % duplex
        for key in (b"Lang", b"OutputIntents"):
            name = "/" + key.decode("ascii")
            if name in source.root:
                catalog += b"/%s %s" % (key, self._written(source.root.raw_get(name)))
        if "/Metadata" in source.root:
            packet = untagged_xmp(stream_data(source.root["/Metadata"]))
            metadata = stream(b"/Type/Metadata/Subtype/XML", packet, compress=False).body
            catalog += b"/Metadata " + self.add(metadata)
        root = self.add(catalog + b">>")
        information = self.add(self._written(source.information))
        self._copy_waiting()
        return self._body.finish(self._count + 1, b"/Root %s/Info %s" % (root, information))

    def _copy_waiting(self) -> None:
        while self._waiting:
            number, reference = self._waiting.pop()
            value = resolved(reference)
            if isinstance(value, StreamObject):
                entries, data = stream_parts(value)
                self.put(number, stream(self._entries(entries), data, compress=False).body)
            else:
                self.put(number, self._written(value))

    def _written(self, value: Any) -> bytes:
        """Return a value as it stands in a file, with references to the copies of what it names."""
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if isinstance(value, DictionaryObject):
            return b"<<%s>>" % self._entries(value)
        if isinstance(value, ArrayObject):
            return b"[%s]" % b" ".join(self._written(item) for item in value)
        buffer = io.BytesIO()
        value.write_to_stream(buffer)
        return buffer.getvalue()

    def _entries(self, dictionary: DictionaryObject) -> bytes:
        return b"".join(
            b"%s %s" % (self._written(key), self._written(dictionary.raw_get(key)))
            for key in dictionary
            if key not in _LEFT_OUT
        )

    def _reference(self, reference: IndirectObject) -> bytes:
        number = self._copies.get(reference.idnum)
        if number is None:
            number = self._copies[reference.idnum] = self.reserve()
            self._waiting.append((number, reference))
        return b"%d 0 R" % number


def _placed(placement: Placement, page: FinishedPage, height: float) -> bytes:
    """The operators that paint a page, centred in its rectangle and as large as that allows."""
    wide, high = page.width, page.height
    if placement.rotation in (90, 270):
        wide, high = high, wide
    scale = min(placement.width / wide, placement.height / high)
    # Page sizes are written with few decimals; a page that fits is not to be touched.
    scale = 1.0 if abs(scale - 1) < 5e-3 else scale
    x = placement.x + (placement.width - wide * scale) / 2
    y = height - placement.y - (placement.height + high * scale) / 2
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[placement.rotation]
    x += scale * {0: 0.0, 90: page.height, 180: page.width, 270: 0.0}[placement.rotation]
    y += scale * {0: 0.0, 90: 0.0, 180: page.height, 270: page.width}[placement.rotation]
    matrix = (cosine * scale, sine * scale, -sine * scale, cosine * scale, x, y)
    return b"q %s cm /P%d Do Q" % (_numbers(matrix), placement.page + 1)


def _drawn(mark: Mark, height: float) -> bytes:
    ends = _numbers((mark.x1, height - mark.y1)), _numbers((mark.x2, height - mark.y2))
    dash = b"[3 2] 0 d " if mark.dashed else b""
    return b"q %s0 G %s w %s m %s l S Q" % (dash, _numbers((_HAIRLINE,)), *ends)


def _numbers(values: Sequence[float]) -> bytes:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode("ascii")
