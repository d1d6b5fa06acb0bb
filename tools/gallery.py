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
from pdfgen.content.models.layout import CardSheets
from pdfgen.delivery.imposition import Booklet, Cards, impose
from pdfgen.delivery.preview import draw_preview
from pdfgen.pdf.writer import write
from pdfgen.production.assets import load_family
from pdfgen.production.program import Job, Press, prepare

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
[printing.md](printing.md).
"""


class Shown(NamedTuple):
    """A picture of the gallery: `name` without `.png`, what it shows, and the file that it is made from."""

    name: str
    alt: str
    press: Press
    is_sheets: bool = False

    def data(self) -> bytes:
        """Return the PDF."""
        data = write(self.press.document())
        imposition = self.press.layout.imposition
        if not self.is_sheets or imposition is None:
            return data
        paper = self.press.paper
        how = Cards(imposition.up, paper) if isinstance(imposition, CardSheets) else Booklet(paper=paper)
        return impose(data, how).data


def shown(name: str, press: Press) -> Iterator[Shown]:
    """Yield the pictures of a layout."""
    title = press.layout.name["en"]
    pages = len(press.document().pages)
    yield Shown(name, f"{title}: {'the page' if pages == 1 else f'all {pages} pages'}", press)
    if press.layout.imposition is not None:
        yield Shown(f"{name}-print", f"{title}: the sheets for the printer, both sides", press, True)


def text(presses: dict[str, Press]) -> str:
    """Return the page of the gallery."""
    parts = [_INTRODUCTION]
    for name, press in presses.items():
        layout, count = press.layout, len(press.document().pages)
        pages = "1 page" if count == 1 else f"{count} pages"
        papers = ", ".join(paper.capitalize() for paper in layout.papers)
        command = f"pdfgen generate {EXAMPLE} --layout {name} -o out/{name}.pdf"
        parts.append(
            f"## {layout.name['en'].capitalize()}\n\n{layout.description['en']}. {pages} for this program; "
            f"paper: {papers}.\n\n```sh run\n{command}\n```\n"
        )
        parts += [f"![{each.alt}](images/gallery/{each.name}.png)\n" for each in shown(name, press)]
    return "\n".join(parts)


def presses() -> dict[str, Press]:
    """Return the example in every shipped layout."""
    return {name: prepare(Job(ROOT / EXAMPLE, layout=name)) for name in list_layouts()}


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
    made = presses()
    pictures = [each for name, press in made.items() for each in shown(name, press)]
    for each in pictures:
        (PICTURES / f"{each.name}.png").write_bytes(picture(each.data()))
    for path in PICTURES.glob("*.png"):
        if path.stem not in {each.name for each in pictures}:
            path.unlink()
    PAGE.write_text(text(made), encoding="utf-8")


if __name__ == "__main__":
    main()
