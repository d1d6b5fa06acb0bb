"""Pictures of a finished file to look at: a PNG of each page, and a contact sheet of all of them.

They show what the PDF shows, so they are as private as it is: nothing but pixels and their size is in them.
A chunk without content marks them as ours, so that no other picture is ever replaced. Programs that change a
picture must leave such a chunk out (PNG, "unsafe to copy"); what somebody has drawn on is theirs.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from pdfgen.delivery.writing import check_target

DOTS_AN_INCH = 100
"""Resolution of the pictures of pages unless another is asked for: an A4 page is 827 by 1169 dots."""

#: Ancillary, private, unsafe to copy (PNG specification, 5.4).
_CHUNK = b"pdGN"
#: What stands behind the signature and the header of every PNG of ours: an empty chunk of that name.
_MARK = b"\0\0\0\0" + _CHUNK
_MARK_AT = 8 + 25

#: Dots. A contact sheet fills a screen of 1920 by 1080 with room for a window's frame, unless pages would
#: become too small to be told apart; then it grows downwards.
_SCREEN = (1880, 980)
_LEAST_WIDTH = 210
_GAP = 20
_NUMBER = 15
_GROUND = (232, 232, 232)
_EDGE = (150, 150, 150)
_INK = (40, 40, 40)


class PreviewFiles(NamedTuple):
    """Where the pictures of a PDF go: `program.pdf`, `program-pages.png`, `program-pages/program-01.png`."""

    sheet: Path
    folder: Path
    pages: tuple[Path, ...]


class Preview(NamedTuple):
    """The pictures as PNG files."""

    sheet: bytes
    pages: tuple[bytes, ...]


def preview_files(pdf: Path, count: int) -> PreviewFiles:
    """Return the files that belong to `pdf`, a file with `count` pages."""
    name = pdf.name[:-4] if pdf.name.lower().endswith(".pdf") and len(pdf.name) > 4 else pdf.name
    folder = pdf.with_name(f"{name}-pages")
    digits = max(2, len(str(count)))
    pages = tuple(folder / f"{name}-{number:0{digits}}.png" for number in range(1, count + 1))
    return PreviewFiles(pdf.with_name(f"{name}-pages.png"), folder, pages)


def check_files(files: PreviewFiles) -> None:
    """Check before long work that all pictures could be written. Nothing is made or changed.

    Raises:
        WriteError: as `check_target`; a picture that is not ours stands in the way.
    """
    for path in (files.sheet, *files.pages):
        check_target(path, replaces=_MARK, at=_MARK_AT)


def left_over(files: PreviewFiles) -> tuple[Path, ...]:
    """Return our pictures in the folder of pages that the file has no longer, in the order of their names."""
    name = files.folder.name.removesuffix("-pages")
    known = {path.name for path in files.pages}
    pattern = re.compile(rf"{re.escape(name)}-\d{{1,6}}\.png")
    try:
        found = sorted(files.folder.iterdir())
    except OSError:
        return ()
    return tuple(
        path
        for path in found
        if pattern.fullmatch(path.name) and path.name not in known and not path.is_symlink() and is_ours(path)
    )


def is_ours(path: Path) -> bool:
    """Whether a file is a PNG as this module writes it, and nobody has changed it since."""
    try:
        with path.open("rb") as file:
            return file.read(_MARK_AT + len(_MARK))[_MARK_AT:] == _MARK
    except OSError:
        return False


def draw_preview(pdf: bytes, font: bytes, dots_an_inch: int = DOTS_AN_INCH) -> Preview:
    """Return the pictures of a finished file; `font` is a TrueType font for the numbers of the pages."""
    sizes = _sizes(pdf)
    grid = _Grid.of(sizes, dots_an_inch)
    sheet = Image.new("RGB", grid.size, _GROUND)
    draw, face = ImageDraw.Draw(sheet), ImageFont.truetype(io.BytesIO(font), _NUMBER)
    pages = []
    for index, page in enumerate(_rasterised(pdf, dots_an_inch)):
        pages.append(_png(page, dots_an_inch))
        left, top, width, height = grid.place(index, sizes[index])
        sheet.paste(page.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0), (left, top))
        draw.rectangle((left - 1, top - 1, left + width, top + height), outline=_EDGE)
        draw.text((left + width / 2, top + height + 5), str(index + 1), _INK, face, anchor="mt")
    return Preview(_png(sheet, 0), tuple(pages))


class _Grid(NamedTuple):
    """Cells of equal size in rows; `scale` is dots a point."""

    columns: int
    rows: int
    cell: tuple[float, float]
    scale: float

    @classmethod
    def of(cls, sizes: Sequence[tuple[float, float]], dots_an_inch: int) -> _Grid:
        """Return the grid in which pages of `sizes` (in points) are largest, never larger than they are."""
        wide, high = (max(size[side] for size in sizes) for side in (0, 1))

        def scale(columns: int) -> float:
            rows = math.ceil(len(sizes) / columns)
            across = (_SCREEN[0] - _GAP * (columns + 1)) / columns / wide
            down = (_SCREEN[1] - _GAP - (_GAP + _NUMBER + 5) * rows) / rows / high
            return max(min(across, down), 0.0)

        columns = max(range(1, len(sizes) + 1), key=scale)
        chosen = scale(columns)
        if chosen * wide < _LEAST_WIDTH:
            columns = min(len(sizes), (_SCREEN[0] - _GAP) // (_LEAST_WIDTH + _GAP))
            chosen = _LEAST_WIDTH / wide
        chosen = min(chosen, dots_an_inch / 72)
        return cls(columns, math.ceil(len(sizes) / columns), (wide * chosen, high * chosen), chosen)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the sheet in dots."""
        width, height = self.cell
        down = height + _GAP + _NUMBER + 5
        return math.ceil(self.columns * (width + _GAP) + _GAP), math.ceil(self.rows * down + _GAP)

    def place(self, index: int, size: tuple[float, float]) -> tuple[int, int, int, int]:
        """Return left, top, width and height in dots of page `index`, standing at the foot of its cell."""
        row, column = divmod(index, self.columns)
        width, height = (max(1, round(side * self.scale)) for side in size)
        left = _GAP + column * (self.cell[0] + _GAP) + (self.cell[0] - width) / 2
        top = _GAP + row * (self.cell[1] + _GAP + _NUMBER + 5) + self.cell[1] - height
        return round(left), round(top), width, height


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def _rasterised(pdf: bytes, dots_an_inch: int) -> Iterator[Image.Image]:
    """Yield the pages one by one: all of them at once would take 3 MB each."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dots_an_inch / 72).to_pil().convert("RGB")
            page.close()


def _png(picture: Image.Image, dots_an_inch: int) -> bytes:
    mark = PngInfo()
    mark.add(_CHUNK, b"")
    stream = io.BytesIO()
    resolution = {"dpi": (dots_an_inch, dots_an_inch)} if dots_an_inch else {}
    picture.save(stream, "PNG", pnginfo=mark, **resolution)
    return stream.getvalue()
