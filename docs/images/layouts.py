"""Draw the pictures of docs/layouts.md: what the keys of a layout do, on real pages (`make gallery`)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import yaml
from PIL import Image, ImageDraw, ImageFont

from pdfgen.content.files.resources import layouts_folder
from pdfgen.content.models.layout import Layout
from pdfgen.pdf.shared_file import write
from pdfgen.production.assets import load_family
from pdfgen.production.job import Job
from pdfgen.production.program import compose, read
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document

_FOLDER = Path(__file__).parent
_PATIENT = _FOLDER.parent.parent / "examples" / "patient-en.yaml"
_DOTS_A_MM = 2.2
_GAP, _CAPTION = 26, 30
_BLUE, _GROUND, _EDGE, _INK = (0, 90, 160), (236, 236, 236), (150, 150, 150), (40, 40, 40)
_TONES = 48


class Shelf:
    """Pages beside each other, each over its words."""

    def __init__(self) -> None:
        self._entries: list[tuple[Image.Image, str]] = []

    def add(self, page: Image.Image, words: str) -> None:
        """Put a page at the end of the row."""
        self._entries.append((page, words))

    def save(self, name: str) -> None:
        """Write the row as `layout-<name>.png`."""
        wide = sum(page.width + _GAP for page, _ in self._entries) + _GAP
        high = max(page.height for page, _ in self._entries) + 2 * _GAP + _CAPTION
        sheet = Image.new("RGB", (wide, high), _GROUND)
        pen, x = ImageDraw.Draw(sheet), _GAP
        for page, words in self._entries:
            sheet.paste(page, (x, _GAP))
            box = (x - 1, _GAP - 1, x + page.width, _GAP + page.height)
            pen.rectangle(box, outline=_EDGE)
            pen.text((x + page.width / 2, _GAP + page.height + 10), words, _INK, _font(19), anchor="mt")
            x += page.width + _GAP
        sheet.quantize(_TONES, dither=Image.Dither.NONE).save(_FOLDER / f"layout-{name}.png", optimize=True)


def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(load_family().primary().data), size)


class _Made(NamedTuple):
    """The example in one layout."""

    layout: Layout
    document: Document


def _made(folder: Path, base: str = "standard", **changes: object) -> _Made:
    """Return the example in a layout with some keys changed, one level deep."""
    data = yaml.safe_load((layouts_folder() / f"{base}.yaml").read_text(encoding="utf-8"))
    for key, value in changes.items():
        data[key] = {**data.get(key, {}), **value} if isinstance(value, dict) else value
    file = folder / "changed.yaml"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")
    return _shipped(str(file))


def _shipped(layout: str) -> _Made:
    shared = Shared()
    program = read(Job(_PATIENT, layout=layout), shared)
    return _Made(program.layout, compose(program, shared))


def _pages(made: _Made, numbers: Sequence[int], scale: float = 1.0) -> list[Image.Image]:
    """Return pages (from 1) as pictures."""
    with pypdfium2.PdfDocument(write(made.document)) as document:
        return [
            document[number - 1].render(scale=_DOTS_A_MM * scale * 25.4 / 72).to_pil().convert("RGB")
            for number in numbers
        ]


def _page_of(made: _Made, title: str) -> int:
    return next(mark.page for mark in made.document.bookmarks if title in mark.title) + 1


def margins(folder: Path) -> None:
    """Margins with their names, and the same page mirrored."""
    shelf = Shelf()
    for mirrored in (False, True):
        made = _made(folder, margins={"binding": 30, "outer": 16, "mirrored": mirrored})
        page = _pages(made, [2])[0]
        _name_margins(page, made, mirrored=mirrored)
        shelf.add(page, f"page 2, mirrored: {str(mirrored).lower()}")
    shelf.save("margins")


def _name_margins(page: Image.Image, made: _Made, *, mirrored: bool) -> None:
    given, d = made.layout.margins, _DOTS_A_MM
    left, right = (given.outer, given.binding) if mirrored else (given.binding, given.outer)
    box = (left * d, given.top * d, page.width - right * d, page.height - given.bottom * d)
    pen, font = ImageDraw.Draw(page), _font(17)
    pen.rectangle(box, outline=_BLUE, width=2)
    names = ("outer", "binding") if mirrored else ("binding", "outer")
    middle = page.height * 0.62
    for x, name in ((left * d / 2, names[0]), (page.width - right * d / 2, names[1])):
        words = Image.new("RGB", (90, 22), "white")
        ImageDraw.Draw(words).text((45, 11), name, _BLUE, font, anchor="mm")
        turned = words.rotate(90, expand=True)
        page.paste(turned, (round(x - turned.width / 2), round(middle - turned.height / 2)))
    pen.text((page.width * 0.8, given.top * d / 2), "top", _BLUE, font, anchor="mm")
    pen.text((page.width * 0.66, page.height - given.bottom * d * 0.78), "bottom", _BLUE, font, anchor="mm")


def type_sizes(folder: Path) -> None:
    """The same exercise in the smallest, and in large type."""
    shelf = Shelf()
    small = _made(folder)
    shelf.add(_pages(small, [_page_of(small, "1 ")])[0], "standard: drawings of 75 mm and more")
    large = _made(folder, exercises={"lying": 120})
    shelf.add(_pages(large, [_page_of(large, "1 ")])[0], "exercises.lying: 120")
    large = _shipped("large-print")
    shelf.add(_pages(large, [_page_of(large, "1 ")])[0], "large-print: body 18")
    shelf.save("type")


def sections(folder: Path) -> None:
    """A section a page, and sections that share one."""
    shelf = Shelf()
    shelf.add(_pages(_made(folder), [2])[0], "safety")
    made = _shipped("wall-sheet")
    shelf.add(_pages(made, [1])[0], "[" + ", ".join(made.layout.kinds) + "]")
    shelf.save("sections")


def prints(folder: Path) -> None:
    """Colour, grey, and marks for punch holes."""
    shelf = Shelf()
    shelf.add(_pages(_made(folder), [1])[0], "print.ink: colour")
    shelf.add(_pages(_made(folder, print={"ink": "grey"}), [1])[0], "print.ink: grey")
    shelf.add(_pages(_made(folder, print={"punch_holes": 4}), [1])[0], "print.punch_holes: 4")
    shelf.save("print")


def trackers(folder: Path) -> None:
    """Both sides of a week's leaf, and its front without drawings."""
    shelf = Shelf()
    made = _made(folder)
    first = _page_of(made, "Week 1")
    for page, side in zip(_pages(made, [first, first + 1]), ("front", "back"), strict=True):
        shelf.add(page, side)
    plain = _made(folder, tracker={"pictures": False})
    shelf.add(_pages(plain, [_page_of(plain, "Week 1")])[0], "tracker.pictures: false")
    shelf.save("tracker")


def main() -> None:
    """Write all pictures beside this file."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        for draw in (margins, type_sizes, sections, prints, trackers):
            draw(Path(name))


if __name__ == "__main__":
    main()
