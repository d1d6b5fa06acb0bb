"""The pages of a finished file, read to be placed on sheets.

pypdf reads them, as it does for `pdfgen verify`. It does not write them: our own serialiser packs objects
tightly, is valid PDF/A, and gives the same bytes whatever version of pypdf is installed.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, StreamObject

from pdfgen.errors import InputError, PdfgenError
from pdfgen.pdf.interpreter import Interpreter, Matrix
from pdfgen.pdf.shown_font import Font

_ENCRYPTED = "the file is encrypted; take the copy that is not"
_DAMAGED = "the file is damaged or no PDF; make it again"


class FinishedPage(NamedTuple):
    """One page as a reader shows it: cropped and turned upright, its lower left corner at the origin.

    Attributes:
        width, height: in points, as shown.
        box: left, bottom, right, top of what is shown, in the page's own coordinates.
        matrix: from the page's own coordinates to those of the page as shown.
        content: the entries and the bytes of one stream with all operators.
        resources: what the operators name.
        group: the transparency group of the page, if it has one.
    """

    width: float
    height: float
    box: tuple[float, float, float, float]
    matrix: Matrix
    content: tuple[DictionaryObject, bytes]
    resources: Any
    group: Any


class FinishedFile:
    """A finished file: its pages, and what it says about itself.

    Attributes:
        root, information: the catalog and the information dictionary as they stand in the file.
    """

    def __init__(self, data: bytes) -> None:
        """Read a file.

        Raises:
            InputError: it is no PDF, is damaged or encrypted, or has no pages.
        """
        with _reading():
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                raise InputError(_ENCRYPTED)
            self._pages = list(reader.pages)
            self.root: DictionaryObject = reader.root_object
            self.information: Any = reader.trailer.get("/Info", DictionaryObject()).get_object()
            self.pages = tuple(_page(page) for page in self._pages)
        if not self.pages:
            raise InputError("the file has no pages")

    def extents(self) -> tuple[tuple[float, float] | None, ...]:
        """Return for each page the left and the right edge of what is painted, as shown; None when empty.

        Raises:
            InputError: the operators of a page cannot be read.
        """
        fonts: dict[int, Font] = {}

        def font(reference: Any) -> Font:
            key = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
            if key not in fonts:
                fonts[key] = Font(reference.get_object())
            return fonts[key]

        with _reading():
            contents = [Interpreter(page, font).content.extent for page in self._pages]
        return tuple(
            extent and _across(page.matrix, extent) for page, extent in zip(self.pages, contents, strict=True)
        )


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except PdfgenError:
        raise
    except DependencyError as error:  # pypdf deciphers with another package, which is not needed here
        raise InputError(_ENCRYPTED) from error
    except Exception as error:  # pypdf raises nearly anything when a file is damaged
        raise InputError(_DAMAGED) from error


def _across(matrix: Matrix, extent: tuple[float, float, float, float]) -> tuple[float, float]:
    left, bottom, right, top = extent
    places = [matrix[0] * x + matrix[2] * y + matrix[4] for x in (left, right) for y in (bottom, top)]
    return min(places), max(places)


def _page(page: PageObject) -> FinishedPage:
    left, bottom, right, top = map(float, page.cropbox)
    wide, high = right - left, top - bottom
    # Turned clockwise by so many degrees (ISO 32000-1, table 30).
    turned = int(page.get("/Rotate", 0)) % 360
    matrices: dict[int, Matrix] = {
        0: (1.0, 0.0, 0.0, 1.0, -left, -bottom),
        90: (0.0, -1.0, 1.0, 0.0, -bottom, right),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, 1.0, -1.0, 0.0, top, -left),
    }
    if turned in (90, 270):
        wide, high = high, wide
    resources = page.raw_get("/Resources") if "/Resources" in page else DictionaryObject()
    content = _content(page.get("/Contents"))
    return FinishedPage(
        wide, high, (left, bottom, right, top), matrices[turned], content, resources, page.get("/Group")
    )


def _content(value: Any) -> tuple[DictionaryObject, bytes]:
    """Return one stream: as it stands where there is one, else the parts put together."""
    resolved = value.get_object() if value is not None else None
    if isinstance(resolved, StreamObject):
        # Unpacked to find damage now and not on paper.
        resolved.get_data()
        return stream_parts(resolved)
    parts = resolved if isinstance(resolved, ArrayObject) else ArrayObject()
    whole = b"\n".join(part.get_object().get_data() for part in parts)
    return DictionaryObject({NameObject("/Filter"): NameObject("/FlateDecode")}), zlib.compress(whole)


def stream_parts(stream: StreamObject) -> tuple[DictionaryObject, bytes]:
    """Return the entries of a stream and its bytes as they stand in the file, still packed."""
    # pypdf shows only the unpacked bytes of a stream; pictures would have to be packed anew.
    return DictionaryObject(stream), bytes(stream._data)


def resolved(value: Any) -> Any:
    """Return the object that a reference stands for.

    Raises:
        InputError: the file lacks it.
    """
    with _reading():
        found = value.get_object()
        if found is None or isinstance(found, NullObject):
            raise InputError(_DAMAGED)
    return found
