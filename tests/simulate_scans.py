"""Simulated scans and photos of week sheets, made from finished PDFs: filled by pens, then imaged.

    python tests/simulate_scans.py out/p.pdf out/scans.pdf [--condition NAME]… [--seed N]

Each sheet of the PDFs is filled as people do and imaged under one of the conditions, by turns. All chance
comes from the seed. What is true of each box is known, so readings can be compared with it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from imaging import CONDITIONS, Condition, Filled, Truth, imaged
from pen_marks import DONE, PENS, USE, Hand, Paper, Pen, pen
from PIL import Image

from pdfgen.content.models.layout import PAPER_SIZES
from pdfgen.scanning.locating import locate
from pdfgen.typesetting.sheet_payload import SheetCode
from pdfgen.typesetting.tracker_geometry import SheetBox, boxes_of


class Blank(NamedTuple):
    """A page of a PDF as it is printed."""

    code: SheetCode
    pixels: Any
    resolution: float

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the paper in millimetres."""
        return PAPER_SIZES[self.code.sheet.paper]


@lru_cache
def sheet_pages(pdf: Path) -> tuple[int, ...]:
    """Return the indexes of the pages of a PDF that are week sheets."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = (page.render(scale=150 / 72, grayscale=True).to_pil() for page in document)
        return tuple(index for index, picture in enumerate(pictures) if locate(picture.convert("L")).code)


@lru_cache(maxsize=8)
def blank_page(pdf: Path, index: int, resolution: float) -> Blank:
    """Return a page of a PDF as it is printed, with so many pixels a millimetre."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[index].render(scale=resolution * 25.4 / 72).to_pil().convert("RGB")
    code = locate(picture.convert("L")).code
    assert code, f"page {index + 1} of {pdf} is no week sheet"
    return Blank(code, np.asarray(picture), resolution)


def seeded(*parts: object) -> np.random.Generator:
    """Return chance that depends on these parts alone."""
    return np.random.default_rng(list(sha256(repr(parts).encode()).digest()))


def fill(blank: Blank, rng: np.random.Generator, pen_name: str = "") -> Filled:
    """Fill a page in as one person does."""
    person = _Person.of(rng, pen_name)
    paper = Paper(blank.pixels, blank.resolution)
    truth: dict[str, Truth] = {}
    rows: dict[str, list[SheetBox]] = {}
    for box in boxes_of(blank.code.sheet):
        if box.kind in ("walking", "pain-number"):
            truth[box.name] = person.write(paper, box)
        elif box.kind in ("pain", "effort"):
            rows.setdefault(box.name.rpartition(".")[0], []).append(box)
        else:
            truth[box.name] = person.mark(paper, box)
    for row in rows.values():
        truth |= person.choose(paper, row)
    return Filled(Image.fromarray(paper.pixels), blank.resolution, truth, person.pen.name)


class _Person(NamedTuple):
    """Who fills a page: a hand, a pen and perhaps another one, a favourite mark, and how diligent."""

    rng: np.random.Generator
    hand: Hand
    pen: Pen
    other: Pen
    favourite: str
    diligent: float

    @classmethod
    def of(cls, rng: np.random.Generator, pen_name: str) -> _Person:
        name = pen_name or str(rng.choice(list(USE), p=list(USE.values())))
        second = str(rng.choice(list(PENS))) if not pen_name and rng.random() < 0.2 else name
        hand = Hand(rng, float(rng.uniform(5, 11)), float(rng.choice([0, 0, 0.08, 0.2])))
        favourite = str(rng.choice(list(DONE), p=list(DONE.values())))
        own = pen(rng, name)
        other = own if second == name else pen(rng, second)
        return cls(rng, hand, own, other, favourite, float(rng.uniform(0.3, 0.95)))

    def draw(self, paper: Paper, box: SheetBox, kind: str, with_pen: Pen | None = None) -> Any:
        chosen = with_pen or (self.other if self.rng.random() < 0.3 else self.pen)
        return paper.draw(self.hand.strokes(kind, box), chosen, self.rng)

    def kind(self) -> str:
        if self.rng.random() < 0.7:
            return self.favourite
        return str(self.rng.choice(list(DONE), p=list(DONE.values())))

    def mark(self, paper: Paper, box: SheetBox) -> Truth:
        """Cross a box, or leave it, or make a mistake."""
        rng = self.rng
        if rng.random() < self.diligent:
            self.draw(paper, box, self.kind())
            return "ticked"
        chance = rng.random()
        if chance < 0.82:
            return "empty"
        if chance < 0.88:
            self.draw(paper, box, "speck")
            return "empty"
        if chance < 0.94:
            self.draw(paper, box, str(rng.choice(["tick", "cross"])))
            self.draw(paper, box, "ring")
            return "corrected"
        if chance < 0.96:
            self.draw(paper, box, "dash")
            return "ruined"
        left = rng.uniform(0.06, 0.2) if chance < 0.98 else rng.uniform(0.3, 0.55)
        paper.rub_out(self.draw(paper, box, "tick", pen(rng, "pencil")), left)
        return "empty" if chance < 0.98 else "ruined"

    def write(self, paper: Paper, box: SheetBox) -> Truth:
        """Write a number into a box, or leave it."""
        if self.rng.random() < 0.6:
            self.draw(paper, box, "number")
            return "written"
        return "empty"

    def choose(self, paper: Paper, row: Sequence[SheetBox]) -> dict[str, Truth]:
        """Mark one box of a row; sometimes none, sometimes another one too, corrected or not."""
        rng, result = self.rng, dict.fromkeys((box.name for box in row), "empty")
        chance = rng.random()
        if chance < 0.06:
            return result  # type: ignore[return-value]
        first, second = (int(place) for place in rng.choice(len(row), 2, replace=False))
        kind = self.kind()
        self.draw(paper, row[first], "tick" if kind == "large tick" else kind)
        result[row[first].name] = "ticked"
        if chance < 0.13:
            self.draw(paper, row[second], "cross")
            result[row[second].name] = "ticked"
            if chance < 0.10:
                self.draw(paper, row[second], "ring")
                result[row[second].name] = "corrected"
        return result  # type: ignore[return-value]


def base_resolution(condition: Condition) -> float:
    """Return pixels a millimetre in which a page is filled before it is imaged."""
    coarse = condition.longest <= 1600 if condition.camera else condition.dpi <= 150
    return (200 if coarse else 250) / 25.4


def simulated(
    pdf: Path, page: int, name: str, seed: int, condition: Condition | None = None
) -> tuple[Blank, Filled, Image.Image]:
    """Return a sheet of a PDF, filled in, and a picture of it under a condition."""
    condition = condition or CONDITIONS[name]
    indexes = sheet_pages(pdf)
    blank = blank_page(pdf, indexes[page % len(indexes)], base_resolution(condition))
    rng = seeded(seed, name, page)
    filled = fill(blank, rng, condition.pen)
    return blank, filled, imaged(filled, condition, rng)


def _all(pdfs: Sequence[Path], names: Sequence[str], seed: int) -> Iterator[Image.Image]:
    turn = 0
    for pdf in pdfs:
        for page in range(len(sheet_pages(pdf))):
            yield simulated(pdf, page, names[turn % len(names)], seed)[2]
            turn += 1


def main() -> None:
    """Write simulated scans of the sheets of PDFs into one PDF."""
    parser = argparse.ArgumentParser(description="Simulated scans and photos of week sheets.")
    parser.add_argument("files", nargs="+", type=Path, help="finished PDFs, and last the PDF to write")
    parser.add_argument("--condition", action="append", choices=list(CONDITIONS))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    *pdfs, out = given.files
    if not pdfs:
        parser.error("name at least one finished PDF, and the PDF to write")
    first, *more = _all(
        pdfs, given.condition or ["scan 200 dpi", "photo 2400 px", "turned up to 7°"], given.seed
    )
    first.save(out, "PDF", save_all=True, append_images=more, resolution=200.0, quality=75)


if __name__ == "__main__":
    main()
