"""Draw every pose file of assets/poses into assets/figures: `make figures`, on all cores.

    python tools/draw_figures.py [NAME …] [--figure older-woman …] [--into FOLDER]

The woman's drawings have the plain name (bridge-a.svg), those of other figures say whose they are
(bridge-a--man.svg).
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import get_args

from pdfgen.delivery.writing import write_atomically
from pdfgen.errors import PdfgenError
from pdfgen.illustration.drawing import draw_file
from pdfgen.illustration.figure import FigureName
from pdfgen.illustration.pictograms import PICTOGRAMS, pictogram
from pdfgen.illustration.positions import poses_folder

FIGURES = Path(__file__).parent.parent / "assets" / "figures"


def file_name(name: str, letter: str, figure: str) -> str:
    """Return the name of a drawing's file."""
    return f"{name}-{letter}.svg" if figure == "woman" else f"{name}-{letter}--{figure}.svg"


def draw_one(task: tuple[Path, FigureName, Path]) -> list[str]:
    """Draw one pose file with one figure into a folder; return what went wrong."""
    path, figure, folder = task
    try:
        drawn = draw_file(path, figure)
    except PdfgenError as error:
        return [f"{figure}: {problem}" for problem in error.problems]
    for letter, text in drawn.items():
        write_atomically(folder / file_name(path.stem, letter, figure), text.encode())
    return []


def main(arguments: list[str]) -> int:
    """Draw the named pose files, or all, with woman and man or with the given figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--figure", action="append", choices=get_args(FigureName))
    parser.add_argument("--into", type=Path, default=FIGURES)
    given = parser.parse_args(arguments)
    paths = [
        path for path in sorted(poses_folder().glob("*.yaml")) if path.stem in given.names or not given.names
    ]
    tasks = [(path, figure, given.into) for path in paths for figure in given.figure or ("woman", "man")]
    if not arguments:
        for name in PICTOGRAMS:
            write_atomically(FIGURES.parent / "icons" / f"{name}.svg", pictogram(name).encode())
    with ProcessPoolExecutor() as pool:
        problems = [line for lines in pool.map(draw_one, tasks) for line in lines]
    print("\n".join(problems) or f"{len(tasks)} files drawn")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
