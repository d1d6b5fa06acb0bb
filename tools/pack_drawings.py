"""Make assets/drawings.bin of the SVG files in assets/figures and assets/icons; `make figures` does it too.

    python tools/pack_drawings.py

A program places these finished drawings, so whoever changes an SVG file runs this.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pdfgen.content.pictures.drawing import Drawing
from pdfgen.content.pictures.drawing_file import FIGURES, FILE_NAME, ICONS, packed
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.delivery.writing import write_atomically
from pdfgen.pdf.finished_drawings import finished

ASSETS = Path(__file__).parent.parent / "assets"


def svg_files() -> dict[str, Path]:
    """Return the SVG file of each drawing, by the drawing's name and in its order."""
    return {
        folder + path.stem: path
        for folder in (FIGURES, ICONS)
        for path in sorted((ASSETS / folder).glob("*.svg"))
    }


def drawings() -> Iterator[Drawing]:
    """Yield what the SVG files show, finished."""
    for name, path in svg_files().items():
        yield finished(read_svg(path.read_bytes(), name))


def main() -> None:
    """Write the file and say how large it is."""
    data = packed(drawings())
    write_atomically(ASSETS / FILE_NAME, data)
    print(f"{ASSETS / FILE_NAME}: {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
