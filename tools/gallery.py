"""Draw the gallery, `docs/gallery.md` with a picture of every edition in `docs/images/gallery`.

    make gallery

Every shipped layout is shown with all pages of the English example; what is folded or cut also with its
sheets, and twin copies with both languages.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pdfgen.content.loading import list_layouts
from pdfgen.content.models.layout import Layout
from pdfgen.delivery.manifest import PROGRAM, SHEETS
from pdfgen.delivery.preview import draw_preview
from pdfgen.production.assets import load_family
from pdfgen.production.job import Job
from pdfgen.production.program import read
from pdfgen.production.program_files import ProgramFile, make_files
from pdfgen.production.shared import Shared

ROOT = Path(__file__).parent.parent
EXAMPLE = "examples/patient-en.yaml"
PICTURES = ROOT / "docs" / "images" / "gallery"
PAGE = ROOT / "docs" / "gallery.md"

#: As wide as a documentation site shows a picture, twice as fine for good screens.
_WIDTH = 1700
_TONES = 48

_INTRODUCTION = f"""\
# Gallery

Every layout that comes along, with the same program: `{EXAMPLE}` on A4. `make gallery` draws this page
and its pictures anew. What each layout can be told is in [layouts.md](layouts.md), how sheets are printed in
[printing.md](printing.md), and how good each layout is, and what is wrong with it, in
[layout-grades.md](layout-grades.md).
"""


class Shown(NamedTuple):
    """A picture of the gallery: `name` without `.png`, what it shows, and the PDF that it is made from."""

    name: str
    alt: str
    data: bytes


class Edition(NamedTuple):
    """The example in one layout, with its files by kind."""

    layout: Layout
    files: dict[str, ProgramFile]


def editions() -> dict[str, Edition]:
    """Return the example in every shipped layout, by its name."""
    shared = Shared()
    found = {}
    for name in list_layouts():
        program = read(Job(ROOT / EXAMPLE, layout=name), shared)
        found[name] = Edition(program.layout, {file.kind: file for file in make_files(program, shared)})
    return found


def shown(name: str, edition: Edition) -> Iterator[Shown]:
    """Yield the pictures of a layout."""
    title = edition.layout.name["en"]
    program = edition.files[PROGRAM]
    pages = "the page" if program.pages == 1 else f"all {program.pages} pages"
    yield Shown(name, f"{title}: {pages}", b"".join(program.data))
    if sheets := edition.files.get(SHEETS):
        yield Shown(
            f"{name}-print", f"{title}: the sheets for the printer, both sides", b"".join(sheets.data)
        )


def text(made: dict[str, Edition]) -> str:
    """Return the page of the gallery."""
    parts = [_INTRODUCTION]
    for name, edition in made.items():
        layout, count = edition.layout, edition.files[PROGRAM].pages
        pages = "1 page" if count == 1 else f"{count} pages"
        papers = ", ".join(paper.capitalize() for paper in layout.papers)
        command = f"pdfgen generate {EXAMPLE} --layout {name} -o out/{name}.pdf"
        parts.append(
            f"## {layout.name['en'].capitalize()}\n\n{layout.description['en']}. {pages} for this program; "
            f"paper: {papers}.\n\n```sh run\n{command}\n```\n"
        )
        parts += [f"![{each.alt}](images/gallery/{each.name}.png)\n" for each in shown(name, edition)]
    return "\n".join(parts)


def picture(data: bytes) -> bytes:
    """Return all pages of a PDF on one picture, as a PNG with few tones."""
    sheet = Image.open(io.BytesIO(draw_preview(data, load_family().primary().data).sheet)).convert("RGB")
    width = min(_WIDTH, sheet.width)
    small = sheet.resize((width, round(sheet.height * width / sheet.width)), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.quantize(_TONES, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def main() -> None:
    """Write page and pictures; what belongs to no layout any more goes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    made = editions()
    pictures = [each for name, edition in made.items() for each in shown(name, edition)]
    for each in pictures:
        (PICTURES / f"{each.name}.png").write_bytes(picture(each.data))
    for path in PICTURES.glob("*.png"):
        if path.stem not in {each.name for each in pictures}:
            path.unlink()
    PAGE.write_text(text(made), encoding="utf-8")


if __name__ == "__main__":
    main()
