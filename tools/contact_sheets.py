"""Draw contact sheets of all drawings for docs/images: as printed, and after a 200-dpi threshold.

python tools/contact_sheets.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from pdfgen.content.drawings import read_svg
from pdfgen.illustration.preview import preview

ROOT = Path(__file__).parent.parent
DOTS_AN_INCH = 200
COLUMNS = 6
GAP = 16
CAPTION = 14


def sheet(paths: list[Path], *, copied: bool) -> Image.Image:
    """Return drawings in rows, each under its name; `copied` turns every grey into black or white."""
    pictures = [
        (path.stem, preview(read_svg(path.read_bytes(), path.name), DOTS_AN_INCH).convert("L"))
        for path in paths
    ]
    width = max(picture.width for _, picture in pictures) + GAP
    rows = [pictures[start : start + COLUMNS] for start in range(0, len(pictures), COLUMNS)]
    heights = [max(picture.height for _, picture in row) + CAPTION + GAP for row in rows]
    result = Image.new("L", (width * COLUMNS, sum(heights)), 255)
    pen = ImageDraw.Draw(result)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for column, (name, picture) in enumerate(row):
            shown = picture.point(lambda value: 255 if value > 127 else 0) if copied else picture
            pen.text((column * width + 4, top), name, fill=110)
            result.paste(shown, (column * width + GAP // 2, top + CAPTION))
        top += height
    return result


def main(folder: Path) -> None:
    """Write the sheets."""
    figures = sorted((ROOT / "assets" / "figures").glob("*.svg"))
    for name, chosen in (
        ("woman", [path for path in figures if "--" not in path.stem]),
        ("man", [path for path in figures if path.stem.endswith("--man")]),
    ):
        sheet(chosen, copied=False).quantize(16).save(folder / f"drawings-{name}.png", optimize=True)
        if name == "woman":
            copied = sheet(chosen, copied=True).convert("1")
            copied.save(folder / "drawings-copied.png", optimize=True)
    icons = sorted((ROOT / "assets" / "icons").glob("*.svg"))
    sheet(icons, copied=False).quantize(16).save(folder / "pictograms.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
