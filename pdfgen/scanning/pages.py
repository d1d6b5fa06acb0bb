"""The pages of a file from a scanner or a phone: PDF, PNG, JPEG, TIFF of many pages, HEIC with its extra.

Nothing is decoded before its size is known, and a page at a time is in memory.
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pdfgen.errors import InputError, Problem, missing_extra

PICTURE_NAMES = "PDF, PNG, JPEG, TIFF or HEIC"
"""What can be read, for messages."""

MOST_PIXELS = 80_000_000
"""Pixels of a picture: a sheet of A4 at 900 dpi, or the largest photos of phones but for a few."""
MOST_SIDE = 20_000
"""Pixels of its longer side."""

MOST_BYTES = 1_000_000_000
"""Bytes of a file. Some hundred colour scans at 300 dpi take a quarter."""
MOST_PAGES = 2_000

_FORMATS = ("PNG", "JPEG", "TIFF")
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
_HEIC_EXTRA = "heic"
#: What a file is shows in so many bytes.
_HEAD = 1024

#: Longest side in pixels of a page of a PDF that is no scan, and the finest resolution in dots an inch.
_DRAWN, _FINEST = 2_600, 300
#: Longest side of a scan in a PDF; a finer one is made smaller.
_LONGEST = 5_200
#: A picture that covers so much of a page is a scan of one.
_COVERS = 0.5


class HeldFile(NamedTuple):
    """A file that is in memory alone, under the name that somebody gave it."""

    name: str
    data: bytes

    def __str__(self) -> str:
        """Return the name, as a path does."""
        return self.name


ScanFile: TypeAlias = Path | HeldFile
"""A file with scans: on the disk, or in memory."""


class PagePicture(NamedTuple):
    """A page.

    Attributes:
        image: grey or RGB, turned as its camera says.
        two_colours: whether it is stored in black and white alone.
        digital: whether it was never paper, so that pure white is no sign of too much light.
    """

    image: Image.Image
    two_colours: bool = False
    digital: bool = False


class PageCount(NamedTuple):
    """How many pages a file has, and whether it has a form."""

    pages: int
    is_form: bool = False


def page_count(path: ScanFile) -> PageCount:
    """Return how many pages a file has.

    Raises:
        InputError: as `pages_of`.
    """
    if b"%PDF-" in _head(path):
        with _opened_pdf(path) as document:
            return PageCount(min(len(document), MOST_PAGES), document.get_formtype() != 0)
    with _opened_picture(path) as file:
        # An MPO holds a photo and small ones of it.
        return PageCount(1 if file.format == "MPO" else min(getattr(file, "n_frames", 1), MOST_PAGES))


def pages_of(path: ScanFile, start: int = 0) -> Iterator[PagePicture]:
    """Yield the pages of a file from one on, counted from 0.

    Raises:
        InputError: it is of no kind that is read, is damaged, or is too large.
    """
    if b"%PDF-" in _head(path):
        return _pdf_pages(path, start)
    return _picture_pages(path, start)


def _head(path: ScanFile) -> bytes:
    if isinstance(path, HeldFile):
        return path.data[:_HEAD]
    try:
        if not path.is_file():
            what = (
                "is no ordinary file; name a scan or a photo"
                if path.exists()
                else "not found; check the name"
            )
            raise InputError(Problem(what, file=str(path)))
        if path.stat().st_size > MOST_BYTES:
            raise InputError(Problem(f"is larger than {MOST_BYTES // 10**6} MB; split it", file=str(path)))
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "not a usable name").lower()
        raise InputError(Problem(f"cannot be read: {reason}", file=str(path))) from None


def _readable(path: ScanFile) -> Path | io.BytesIO:
    return io.BytesIO(path.data) if isinstance(path, HeldFile) else path


def _allow_heic(path: ScanFile) -> None:
    missing = missing_extra(_HEIC_EXTRA, "pillow_heif")
    if missing:
        raise InputError(Problem(f"a photo in HEIC {missing}; or send it as JPEG", file=str(path)))
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)


@contextlib.contextmanager
def _opened_picture(path: ScanFile) -> Iterator[Image.Image]:
    """Give a picture whose size is allowed.

    Raises:
        InputError: it is none, or is damaged, also where that shows later in the context.
    """
    head, formats = _head(path), list(_FORMATS)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        _allow_heic(path)
        formats.append("HEIF")
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels, which we refuse, and of odd metadata, which do not matter here.
            warnings.simplefilter("ignore")
            with Image.open(_readable(path), formats=formats) as file:
                _check_size(file.size, path)
                yield file
    except UnidentifiedImageError:
        raise InputError(Problem(f"is no {PICTURE_NAMES}, or is damaged", file=str(path))) from None
    except Image.DecompressionBombError:
        raise InputError(_too_large(path)) from None
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        ArithmeticError,
        LookupError,
        TypeError,
        struct.error,
    ):
        # Pillow's readers of damaged files raise all of these.
        raise InputError(Problem("is damaged; scan or save it again", file=str(path))) from None


def _picture_pages(path: ScanFile, start: int) -> Iterator[PagePicture]:
    with _opened_picture(path) as file:
        for index, frame in enumerate(ImageSequence.Iterator(file)):
            if index >= MOST_PAGES or (index and file.format == "MPO"):
                return
            if index >= start:
                _check_size(frame.size, path)
                yield _picture(frame)


def _picture(frame: Image.Image) -> PagePicture:
    two_colours = frame.mode == "1"
    if frame.mode in ("I;16", "I;16B", "I", "F"):
        return PagePicture(_eight_bits(frame))
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        coloured = turned.convert("RGBA")
        turned = Image.new("RGB", coloured.size, (255, 255, 255))
        turned.paste(coloured, mask=coloured.getchannel("A"))
    return PagePicture(turned.convert("L" if turned.mode in ("1", "L") else "RGB"), two_colours)


def _eight_bits(frame: Image.Image) -> Image.Image:
    """Return a grey picture of more than eight bits with eight, as light as its lightest point."""
    _, most = (float(value) for value in frame.getextrema())  # type: ignore[arg-type]
    scale = 255 / max(most, 1.0)
    return frame.convert("F").point(lambda value: value * scale).convert("L")


def _check_size(size: tuple[int, int], path: ScanFile) -> None:
    if size[0] * size[1] > MOST_PIXELS or max(size) > MOST_SIDE:
        raise InputError(_too_large(path, size))


def _too_large(path: ScanFile, size: tuple[int, int] | None = None) -> Problem:
    said = f"has {size[0]} by {size[1]} pixels" if size else "has more pixels than can be read"
    most = f"at most {MOST_PIXELS // 10**6} million are read, {MOST_SIDE} on a side"
    return Problem(f"{said}; {most}; scan at 200 or 300 dpi", file=str(path))


@contextlib.contextmanager
def _opened_pdf(path: ScanFile) -> Iterator[Any]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(_readable(path)) as document:
            yield document
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        message = "opens with a password only; save it without" if locked else "is damaged; scan it again"
        raise InputError(Problem(message, file=str(path))) from None


def _pdf_pages(path: ScanFile, start: int) -> Iterator[PagePicture]:
    with _opened_pdf(path) as document:
        document.init_forms()
        for index in range(start, min(len(document), MOST_PAGES)):
            with contextlib.closing(document[index]) as page:
                yield _pdf_page(page)


def _pdf_page(page: Any) -> PagePicture:
    """Return a page: of a scan just the pixels that it has, so that nothing is blurred twice."""
    width, height = page.get_size()
    scale = min(_DRAWN / max(width, height, 1), _FINEST / 72)
    scan = _scan_on(page, width * height)
    if scan:
        pixels, bits = scan
        # Turned or not, the longer side of the scan is that of the page.
        scale = min(max(pixels), _LONGEST) / max(width, height, 1)
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    return PagePicture(image, bool(scan) and bits == 1, not scan)


def _scan_on(page: Any, area: float) -> tuple[tuple[int, int], int] | None:
    """Return size and bits a pixel of the picture that covers a page; None where none does."""
    import pypdfium2.raw

    for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, top = found.get_bounds()
        if (right - left) * (top - low) > _COVERS * area:
            return found.get_px_size(), found.get_metadata().bits_per_pixel
    return None
