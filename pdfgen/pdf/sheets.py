"""Finished pages placed on sheets of paper, for folding and cutting.

A sheet side is a paper size with pages in rectangles, turned or not, and the marks for folding and cutting.
Each page becomes one form XObject, however often it is placed; fonts and drawings stay shared, and lines stay
lines. Links, bookmarks and the logical tree are left out: a sheet is for the printer, and the reading copy is
for readers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

import pikepdf
from pikepdf import Dictionary, Name, Object, Operator, Pdf, Stream

from pdfgen.errors import InputError, VerificationError
from pdfgen.pdf.finished import EncryptedFileError, UnreadableFileError, opened, reading, save
from pdfgen.pdf.interpreter import Matrix
from pdfgen.pdf.metadata import untagged_xmp
from pdfgen.pdf.reader import painted_extents

Rotation = Literal[0, 90, 180, 270]

#: Width of marks in points: as thin as every printer prints.
_HAIRLINE = 0.25
#: Keys that point into the logical tree.
_TAGS = ("/StructParent", "/StructParents")
#: What the catalog of the sheets takes from that of the source: language, colours, layers that are hidden.
_KEPT = ("/Lang", "/OutputIntents", "/OCProperties")
_SET_FONT = Operator("Tf")
_DUPLEX = {"short": "/DuplexFlipShortEdge", "long": "/DuplexFlipLongEdge", None: "/Simplex"}

_ENCRYPTED = "the file is encrypted; take the copy that is not"
_DAMAGED = "the file is damaged or is not a PDF; make it again"


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
    """A thin line for folding, stapling or cutting, in points from the top left corner of the sheet."""

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


class SourcePage(NamedTuple):
    """One page as a reader shows it: cropped and turned upright, its lower left corner at the origin.

    Attributes:
        width, height: in points, as shown.
        box: left, bottom, right, top of what is shown, in the page's own coordinates.
        matrix: from the page's own coordinates to those of the page as shown.
    """

    width: float
    height: float
    box: tuple[float, float, float, float]
    matrix: Matrix


class SourceFile:
    """A finished file whose pages go on sheets.

    Args:
        data: its bytes.

    Attributes:
        pages: their sizes, in order.

    Raises:
        InputError: it is not a PDF, is damaged or encrypted, or has no pages.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        with _reading():
            self.pdf = opened(data)
            self.pages = tuple(_page(page) for page in self.pdf.pages)
        if not self.pages:
            raise InputError("the file has no pages")

    def extents(self) -> tuple[tuple[float, float] | None, ...]:
        """Return for each page the left and the right edge of what is painted, as shown; None when empty.

        Raises:
            InputError: the operators of a page cannot be read.
        """
        try:
            extents = painted_extents(self._data)
        except VerificationError as error:
            raise InputError(_DAMAGED) from error
        return tuple(
            extent and _across(page.matrix, extent) for page, extent in zip(self.pages, extents, strict=True)
        )

    def form(self, number: int) -> Object:
        """Return a page as a form XObject whose own corner is the lower left of the page as shown."""
        form = self.pdf.pages[number].as_form_xobject(handle_transformations=False)
        # Damage should show now and not on paper.
        _check(form, set())
        form.BBox, form.Matrix = _array(self.pages[number].box), _array(self.pages[number].matrix)
        return form


@contextmanager
def _reading() -> Iterator[None]:
    try:
        with reading():
            yield
    except EncryptedFileError as error:
        raise InputError(_ENCRYPTED) from error
    except UnreadableFileError as error:
        raise InputError(_DAMAGED) from error


def _page(page: pikepdf.Page) -> SourcePage:
    left, bottom, right, top = map(float, page.cropbox)
    wide, high = right - left, top - bottom
    # Turned clockwise by so many degrees (ISO 32000-1, table 30).
    turned = int(page.obj.get("/Rotate", 0)) % 360
    matrices: dict[int, Matrix] = {
        0: (1.0, 0.0, 0.0, 1.0, -left, -bottom),
        90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, 1.0, -1.0, 0.0, top, -left),
    }
    if turned in (90, 270):
        wide, high = high, wide
    return SourcePage(wide, high, (left, bottom, right, top), matrices[turned])


def _across(matrix: Matrix, extent: tuple[float, float, float, float]) -> tuple[float, float]:
    left, bottom, right, top = extent
    places = [matrix[0] * x + matrix[2] * y + matrix[4] for x in (left, right) for y in (bottom, top)]
    return min(places), max(places)


def write_sheets(
    source: SourceFile, sides: Sequence[SheetSide], flip: Literal["short", "long"] | None
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
    with _reading(), Pdf.new() as pdf:
        forms = [pdf.copy_foreign(source.form(number)) for number in range(len(source.pages))]
        for side in sides:
            pdf.pages.append(pikepdf.Page(_side(pdf, side, source.pages, forms)))
        _describe(pdf, source.pdf)
        # The printer's dialogue starts with what the sheets were made for: both sides, true size.
        pdf.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name(_DUPLEX[flip])
        )
        _without_tags(pdf)
        stream = io.BytesIO()
        save(pdf, stream)
        return stream.getvalue()


def _side(pdf: Pdf, side: SheetSide, pages: Sequence[SourcePage], forms: Sequence[Object]) -> Dictionary:
    """Return one side of a sheet as a page."""
    code = [_placed(placement, pages[placement.page], side.height) for placement in side.placements]
    code += [_drawn(mark, side.height) for mark in side.marks]
    used = sorted({placement.page for placement in side.placements})
    return Dictionary(
        Type=Name.Page,
        MediaBox=_array((0, 0, side.width, side.height)),
        Resources=Dictionary(XObject=Dictionary({f"/P{page + 1}": forms[page] for page in used})),
        Contents=Stream(pdf, b"\n".join(code)),
    )


def _describe(pdf: Pdf, source: Pdf) -> None:
    """Copy title, language, metadata and output intent of the source."""
    for key in _KEPT:
        if key in source.Root:
            pdf.Root[key] = pdf.copy_foreign(source.make_indirect(source.Root[key]))
    if "/Metadata" in source.Root:
        packet = untagged_xmp(source.Root.Metadata.read_bytes())
        pdf.Root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
    if "/Info" in source.trailer:
        pdf.trailer.Info = pdf.copy_foreign(source.make_indirect(source.trailer.Info))


def _check(form: Object, seen: set[tuple[int, int]]) -> None:
    """Look whether a form, and those that it paints, have the fonts and drawings that they name.

    Raises:
        UnreadableFileError: one is missing; viewers would leave that place white without a message.
    """
    resources = form.get("/Resources", Dictionary())
    for instruction in pikepdf.parse_content_stream(form, "Tf Do"):
        kind = "/Font" if instruction.operator == _SET_FONT else "/XObject"
        found = resources.get(kind, Dictionary()).get(str(instruction.operands[0]))
        if found is None:
            raise UnreadableFileError
        if found.get("/Subtype") == Name.Form and found.objgen not in seen:
            seen.add(found.objgen)
            _check(found, seen)


def _without_tags(pdf: Pdf) -> None:
    """Take out of all objects what points into the logical tree."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            for key in _TAGS:
                if key in item:
                    del item[key]


def _placed(placement: Placement, page: SourcePage, height: float) -> bytes:
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


def _array(values: Sequence[float]) -> Object:
    return Object.parse(b"[%s]" % _numbers(values))


def _numbers(values: Sequence[float]) -> bytes:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode("ascii")
