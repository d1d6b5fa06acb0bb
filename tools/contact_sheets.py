"""Draw contact sheets of all drawings for docs/images: `make contact-sheets`.

    python tools/contact_sheets.py [FOLDER]

As printed for woman, man and the pictograms; the woman's also as from a bad copier: every dot black or
white at 200 dots an inch. Drawings that no shipped exercise shows have sheets of their own. The drawings
have greys and no colours, so a grey printer prints them as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pdfgen.content.files.resources import library_file
from pdfgen.content.loading import load_library
from pdfgen.content.pictures.figure_files import panels
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.illustration.preview import preview

ROOT = Path(__file__).parent.parent

#: Four drawings side by side are then about 1600 pixels wide.
COLUMNS = 4
DOTS_AN_INCH = 165
COPIED_DOTS_AN_INCH = 200
GAP = 16
CAPTION = 22
TONES = 16

Way = Callable[[Path], Image.Image]


def picture_of(path: Path, dots_an_inch: int) -> Image.Image:
    """Return a drawing as a picture."""
    return preview(read_svg(path.read_bytes(), path.name), dots_an_inch)


def as_printed(path: Path) -> Image.Image:
    """Return a drawing in its tones."""
    return picture_of(path, DOTS_AN_INCH)


def copied(path: Path) -> Image.Image:
    """Return a drawing with every dot black or white."""
    picture = picture_of(path, COPIED_DOTS_AN_INCH).convert("L")
    return picture.point(lambda value: 255 if value > 127 else 0).convert("RGB")


def sheet(paths: Sequence[Path], way: Way) -> Image.Image:
    """Return drawings in rows, each under its name."""
    pictures = [(path.stem, way(path)) for path in paths]
    width = max(picture.width for _, picture in pictures) + GAP
    rows = [pictures[start : start + COLUMNS] for start in range(0, len(pictures), COLUMNS)]
    heights = [max(picture.height for _, picture in row) + CAPTION + GAP for row in rows]
    result = Image.new("RGB", (width * COLUMNS, sum(heights)), "white")
    pen = ImageDraw.Draw(result)
    font = ImageFont.load_default(CAPTION * 2 // 3)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for column, (name, picture) in enumerate(row):
            pen.text((column * width + GAP // 2, top + 2), name, "#606060", font)
            result.paste(picture, (column * width + GAP // 2, top + CAPTION))
        top += height
    return result


#: Figures besides woman and man, and the exercises that show them.
_OTHERS = ("--older-woman", "--older-man", "--heavier-woman", "--heavier-man")
_SHOWN = ("bridge-b--", "cat-cow-b--", "knee-rolls-b--", "march-a--")


def drawn_for_exercises() -> set[str]:
    """Return the names of the drawings that the shipped library shows, and all others of the same series."""
    shown = {panel.figure for _, panel in panels(load_library((library_file(),)).value) if panel.figure}
    return {name.rpartition("-")[0] for name in shown}


def main(folder: Path) -> None:
    """Write the sheets and print their names."""
    figures = sorted((ROOT / "assets" / "figures").glob("*.svg"))
    series = drawn_for_exercises()
    used = [path for path in figures if path.stem.partition("--")[0].rpartition("-")[0] in series]
    more = [path for path in figures if path not in used]
    woman, more_woman = ([path for path in part if "--" not in path.stem] for part in (used, more))
    man, more_man = ([path for path in part if path.stem.endswith("--man")] for part in (used, more))
    others = [path for path in figures if path.stem.endswith(_OTHERS) and path.stem.startswith(_SHOWN)]
    icons = sorted((ROOT / "assets" / "icons").glob("*.svg"))
    sheets: tuple[tuple[str, Sequence[Path], Way], ...] = (
        ("drawings-woman", woman, as_printed),
        ("drawings-man", man, as_printed),
        ("drawings-copied", woman, copied),
        ("drawings-more", more_woman, as_printed),
        ("drawings-more-copied", more_man, copied),
        ("drawings-figures", others, as_printed),
        ("pictograms", icons, as_printed),
    )
    for name, paths, way in sheets:
        target = folder / f"{name}.png"
        sheet(paths, way).quantize(TONES).save(target, optimize=True)
        print(f"{target} {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
