"""What was looked at before, as files under tests/golden: texts, and pages as coarse pictures.

`--update-golden` writes what is now; without it, a difference fails the test and says what differs.
"""

from __future__ import annotations

import difflib
import io
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy
import pypdfium2
import pytest
from PIL import Image, ImageDraw

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"

#: Where changed pages are drawn, before and now, for a person to look at. Git does not keep it.
CHANGED = ROOT / "out" / "changed-pages"

#: Side of the squares into which a page is divided, in points; only how light each is on average is kept.
SQUARE = 25

#: Dots a point that a page is rendered with. With fewer, an edge may jump by a dot where it hardly moved.
DOTS = 3

#: How far the lightness of a square (0 to 255) may be off. Another name is 4 to 10, another digit in a footer
#: 2; the digest of the inputs, which the texts leave out too, is hardly more.
TOLERANCE = 2

_MOST_LINES = 60


def show(*changes: str) -> None:
    """Fail the test if anything changed, with all that changed.

    Raises:
        pytest.fail.Exception: one of `changes` is not empty.
    """
    if any(changes):
        advice = "If this is what you want, run the same test with --update-golden"
        pytest.fail("\n".join(filter(None, [*changes, advice])), pytrace=False)


def compare_text(name: str, found: Sequence[str], *, update: bool) -> str:
    """Hold lines against the file `name`, and return what differs; a file that ends in .xz is compressed."""
    path = GOLDEN / name
    packed = path.suffix == ".xz"
    if update:
        text = "\n".join(found) + "\n"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(lzma.compress(text.encode(), preset=9) if packed else text.encode())
        return ""
    data = path.read_bytes()
    golden = (lzma.decompress(data) if packed else data).decode().splitlines()
    changes = list(difflib.unified_diff(golden, found, name, "now", lineterm="", n=1))
    more = [f"… and {len(changes) - _MOST_LINES} lines more"] if len(changes) > _MOST_LINES else []
    return "\n".join(changes[:_MOST_LINES] + more)


def compare_pages(name: str, data: bytes, *, update: bool) -> str:
    """Hold the pages of a PDF against the picture `name`, in which they stand side by side.

    Returns:
        The pages that changed, and where they are drawn; empty if none did.
    """
    path = GOLDEN / name
    pages = list(pictures(data))
    squares = [lightness(page) for page in pages]
    if update:
        path.parent.mkdir(exist_ok=True)
        side_by_side(squares).save(path, optimize=True)
        return ""
    golden = numpy.asarray(Image.open(path))
    if golden.shape[1] != sum(one.shape[1] for one in squares):
        return f"{name}: {len(pages)} pages now, which is another number, or they have another size"
    told = []
    left = 0
    for number, (page, now) in enumerate(zip(pages, squares, strict=True), 1):
        before = golden[: now.shape[0], left : left + now.shape[1]]
        left += now.shape[1]
        changed = numpy.abs(before.astype(int) - now) > TOLERANCE
        if changed.any():
            CHANGED.mkdir(parents=True, exist_ok=True)
            drawn = CHANGED / f"{path.stem}-page-{number}.png"
            before_and_now(page, before, changed).save(drawn)
            told.append(f"page {number}, {changed.sum()} places: {drawn}")
    head = [f"{name} changed; each picture shows before (coarse) and now, with marks:"] if told else []
    return "\n".join(head + told)


def pictures(data: bytes) -> Iterator[Image.Image]:
    """Return each page in grey, enlarged to whole squares."""
    side = SQUARE * DOTS
    for page in pypdfium2.PdfDocument(io.BytesIO(data)):
        found = page.render(scale=DOTS, grayscale=True).to_pil()
        paper = Image.new("L", (-(-found.width // side) * side, -(-found.height // side) * side), 255)
        paper.paste(found)
        yield paper


def lightness(page: Image.Image) -> numpy.ndarray:
    """Return the average lightness of each square."""
    return numpy.asarray(page.reduce(SQUARE * DOTS))


def side_by_side(squares: Sequence[numpy.ndarray]) -> Image.Image:
    """Return one picture of all pages, one dot a square."""
    sheet = Image.new("L", (sum(one.shape[1] for one in squares), max(one.shape[0] for one in squares)), 255)
    left = 0
    for one in squares:
        sheet.paste(Image.fromarray(one), (left, 0))
        left += one.shape[1]
    return sheet


def before_and_now(page: Image.Image, before: numpy.ndarray, changed: numpy.ndarray) -> Image.Image:
    """Return the coarse picture of before, and beside it the page with a red frame at each change."""
    both = Image.new("RGB", (2 * page.width, page.height))
    both.paste(Image.fromarray(before).resize(page.size, Image.Resampling.NEAREST))
    both.paste(page, (page.width, 0))
    draw = ImageDraw.Draw(both)
    side = SQUARE * DOTS
    for row, column in numpy.argwhere(changed).tolist():
        left, top = page.width + column * side, row * side
        draw.rectangle((left, top, left + side, top + side), outline="red", width=DOTS)
    return both
