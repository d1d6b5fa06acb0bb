"""Finished pages placed on sheets of paper, for folding and cutting.

A sheet side is paper with pages at their true size, turned or not, and the marks for folding and cutting.
Each page becomes one form XObject, however often it is placed; fonts and drawings stay shared, and lines stay
lines. Links, bookmarks and the logical tree are left out: a sheet is for the printer, and the reading copy is
for readers.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Object, Operator, Pdf, Rectangle, Stream

from pdfgen.errors import InputError, Problem, VerificationError
from pdfgen.pdf.finished import EncryptedFileError, UnreadableFileError, opened, reading, save
from pdfgen.pdf.metadata import untagged_xmp
from pdfgen.pdf.reader import painted_extents
from pdfgen.pdf.soundness import damaged_parts

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
    """A page at its true size.

    Attributes:
        page: of the finished file, from 0.
        x, y: its top left corner after turning, in points from that of the sheet.
        rotation: degrees anticlockwise.
    """

    page: int
    x: float
    y: float
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


class SourceFile:
    """A finished file whose pages go on sheets.

    Args:
        data: its bytes.

    Attributes:
        sizes: width and height of each page as shown: cropped and turned upright, in points.

    Raises:
        InputError: it is not a PDF, is damaged or encrypted, or has no pages.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        with _reading():
            self.pdf = opened(data)
            self.forms = [page.as_form_xobject() for page in self.pdf.pages]
            self._shown = [_upright(form, map(float, form.BBox)) for form in self.forms]
        self.sizes = [(float(shown.width), float(shown.height)) for shown in self._shown]
        if not self.forms:
            raise InputError("the file has no pages")

    def extents(self) -> list[tuple[float, float] | None]:
        """Return for each page the left and the right edge of what is painted, as shown; None when empty.

        Raises:
            InputError: the operators of a page cannot be read.
        """
        try:
            extents = painted_extents(self._data)
        except VerificationError as error:
            raise InputError(_DAMAGED) from error
        found: list[tuple[float, float] | None] = []
        for form, shown, extent in zip(self.forms, self._shown, extents, strict=True):
            painted = _upright(form, extent) if extent else None
            found.append((painted.llx - shown.llx, painted.urx - shown.llx) if painted else None)
        return found

    def placed(self, placement: Placement, height: float) -> bytes:
        """Return the operators that paint a page on a sheet `height` points high."""
        turn = Matrix().rotated(placement.rotation)
        box: Rectangle = turn.transform(self._shown[placement.page])
        x, y = placement.x - box.llx, height - placement.y - box.ury
        matrix = _numbers((*turn.shorthand[:4], x, y))
        return b"q %s cm /P%d Do Q" % (matrix, placement.page + 1)


def check_sound(data: bytes) -> None:
    """Check that all of a file can be unpacked.

    Raises:
        InputError: it cannot.
    """
    with _reading():
        damaged = damaged_parts(data)
    if damaged:
        message = "{} is damaged and cannot be unpacked whole; make the file again"
        raise InputError(Problem(message.format(part)) for part in damaged)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        with reading():
            yield
    except EncryptedFileError as error:
        raise InputError(_ENCRYPTED) from error
    except UnreadableFileError as error:
        raise InputError(_DAMAGED) from error


def _upright(form: Object, box: Iterable[float]) -> Rectangle:
    """Return a rectangle on a page (left, bottom, right, top) as the form of the page shows it."""
    turn = Matrix(*map(float, form.Matrix)) if "/Matrix" in form else Matrix()
    return turn.transform(Rectangle(*box))


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
        # Damage should show now and not on paper.
        for form in source.forms:
            _check(form, set())
        forms = [pdf.copy_foreign(form) for form in source.forms]
        for side in sides:
            pdf.pages.append(pikepdf.Page(_side(pdf, side, source, forms)))
        _describe(pdf, source.pdf)
        # The printer's dialogue starts with what the sheets were made for: both sides, true size.
        pdf.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name(_DUPLEX[flip])
        )
        _without_tags(pdf)
        stream = io.BytesIO()
        save(pdf, stream)
        return stream.getvalue()


def _side(pdf: Pdf, side: SheetSide, source: SourceFile, forms: Sequence[Object]) -> Dictionary:
    """Return one side of a sheet as a page."""
    code = [source.placed(placement, side.height) for placement in side.placements]
    code += [_drawn(mark, side.height) for mark in side.marks]
    used = sorted({placement.page for placement in side.placements})
    return Dictionary(
        Type=Name.Page,
        MediaBox=Object.parse(b"[0 0 %s]" % _numbers((side.width, side.height))),
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


def _drawn(mark: Mark, height: float) -> bytes:
    ends = _numbers((mark.x1, height - mark.y1)), _numbers((mark.x2, height - mark.y2))
    dash = b"[3 2] 0 d " if mark.dashed else b""
    return b"q %s0 G %s w %s m %s l S Q" % (dash, _numbers((_HAIRLINE,)), *ends)


def _numbers(values: Sequence[float]) -> bytes:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode("ascii")
