"""Draw every pose file of assets/poses into assets/figures: `make figures`, on all cores.

    python tools/draw_figures.py [NAME …]

The woman's drawings have the plain name (bridge-a.svg), those of other figures say whose they
are (bridge-a--man.svg).
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pdfgen.delivery.writing import write_atomically
from pdfgen.errors import PdfgenError
from pdfgen.illustration.drawing import draw_file
from pdfgen.illustration.pictograms import PICTOGRAMS, pictogram
from pdfgen.illustration.positions import poses_folder

FIGURES = Path(__file__).parent.parent / "assets" / "figures"


def file_name(name: str, letter: str, figure: str) -> str:
    """Return the name of a drawing's file."""
    return f"{name}-{letter}.svg" if figure == "woman" else f"{name}-{letter}--{figure}.svg"


def draw_one(task: tuple[Path, str]) -> list[str]:
    """Draw one pose file with one figure; return what went wrong."""
    path, figure = task
    try:
        drawn = draw_file(path, figure)  # type: ignore[arg-type]
    except PdfgenError as error:
        return [f"{figure}: {problem}" for problem in error.problems]
    for letter, text in drawn.items():
        write_atomically(FIGURES / file_name(path.stem, letter, figure), text.encode())
    return []


def main(names: list[str]) -> int:
    """Draw the named pose files, or all."""
    paths = [path for path in sorted(poses_folder().glob("*.yaml")) if not names or path.stem in names]
    tasks = [(path, figure) for path in paths for figure in ("woman", "man")]
    if not names:
        for name in PICTOGRAMS:
            write_atomically(FIGURES.parent / "icons" / f"{name}.svg", pictogram(name).encode())
    with ProcessPoolExecutor() as pool:
        problems = [line for lines in pool.map(draw_one, tasks) for line in lines]
    print("\n".join(problems) or f"{len(tasks)} files drawn")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
