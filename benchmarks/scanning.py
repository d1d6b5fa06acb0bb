"""How well week sheets are read back: simulated pens, scanners and phones, made from finished PDFs.

Prints the table of docs/scanning.md. A silent error is a box that is read as something that it is not,
without a word; what is unsure is shown to a person. Limits were set with other seeds than those that judge.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from pdfgen.cli.app import program
from pdfgen.scanning.pages import PagePicture
from pdfgen.scanning.reading import NotRead, SheetReading, read_sheet

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from imaging import CONDITIONS, DAMAGED, PHOTOS, REFUSED, SCANS, Truth  # noqa: E402 - it lives with the tests
from simulate_scans import simulated  # noqa: E402 - so does this

#: Seed that judges, and cells that each condition has at least.
_SEED, _CELLS = 5_000, 2_000
#: Seven exercises on seven days.
_SEVEN = """patient: {label: X}
language: en
program: full-seven
start: 2026-03-02
days: [mon, tue, wed, thu, fri, sat, sun]
"""
#: Options of `generate` for the sheets: papers, forms, counts of exercises.
_SHEETS = {
    "a4": ["examples/patient.yaml"],
    "letter": ["examples/patient-en.yaml", "--paper", "letter"],
    "knee": ["examples/knee/patient-en.yaml"],
    "seven": [""],
    "large": ["examples/patient.yaml", "--large"],
}


class Count(NamedTuple):
    """What became of pages: numbers that are added up."""

    pages: int = 0
    refused: int = 0
    cells: int = 0
    silent: int = 0
    unsure: int = 0
    seconds: float = 0.0

    def __add__(self, other: tuple[float, ...]) -> Count:  # type: ignore[override]
        return Count(*(one + more for one, more in zip(self, other, strict=True)))


def judged(found: SheetReading | NotRead, truth: dict[str, Truth], seconds: float) -> Count:
    """Count what a reading has right, silently wrong and unsure."""
    if isinstance(found, NotRead):
        return Count(1, 1, seconds=seconds)
    kinds = Counter(_judged(one.state, truth[one.box.name]) for one in found.boxes)
    cells = sum(kinds.values()) - kinds["ruined"]
    return Count(1, 0, cells, kinds["silent"], kinds["unsure"], seconds)


def _judged(state: str, true: Truth) -> str:
    if true == "ruined":
        return "ruined"
    if state == true:
        return "right"
    # What a person looks at anyway: unsure boxes, numbers to be read, marks that were taken back.
    return "unsure" if state in ("unsure", "written", "corrected") else "silent"


def one_page(task: tuple[str, str, int, int]) -> Count:
    """Simulate a page and read it."""
    name, pdf, page, seed = task
    _, filled, image = simulated(Path(pdf), page, name, seed)
    two_colours = image.mode == "1"
    picture = PagePicture(image.convert("L") if two_colours else image, two_colours)
    start = time.process_time()
    found = read_sheet(picture)
    return judged(found, filled.truth, time.process_time() - start)


def made(folder: Path) -> list[Path]:
    """Make the sheets that are filled in."""
    files = []
    for name, options in _SHEETS.items():
        files.append(folder / f"{name}.pdf")
        patient, *others = options
        if not patient:
            (folder / "seven.yaml").write_text(_SEVEN, encoding="utf-8")
        source = ROOT / patient if patient else folder / "seven.yaml"
        common = ["--layout", "tracker", "--set", "read_back=true", "--tracker-weeks", "1-2", "--quiet"]
        arguments = ["generate", str(source), *others, *common, "-o", str(files[-1])]
        program.main(arguments, standalone_mode=False)
    return files


def tasks(name: str, files: Sequence[Path], seed: int) -> Iterator[tuple[str, str, int, int]]:
    """Yield pages without end: all PDFs by turns, each person another seed."""
    number = 0
    while True:
        file = files[number % len(files)]
        # Fronts, and now and then a back, which has few boxes.
        yield name, str(file), number // len(files) * 2 + (number % 7 == 0), seed + number
        number += 1


def measured(
    pool: ProcessPoolExecutor, name: str, files: Sequence[Path], cells: int, seed: int, workers: int
) -> Count:
    """Read pages of a condition until it has so many cells, or as many pages as would have them."""
    total, coming = Count(), tasks(name, files, seed)
    # A page has some forty cells; refused ones have none.
    while total.cells < cells and total.pages < cells / 30:
        total = sum(pool.map(one_page, [next(coming) for _ in range(2 * workers)]), total)
    return total


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=_CELLS)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--condition", action="append", choices=list(CONDITIONS))
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    chosen = given.condition or list(CONDITIONS)
    print(f"Seed {given.seed}, {given.cells} boxes or more a condition, {platform.machine()}.\n")
    print("| condition | pages | refused | boxes | silent errors | in 10,000 | unsure | s a page |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(given.workers) as pool:
        files = made(Path(folder))
        for group in (SCANS, DAMAGED, PHOTOS, REFUSED):
            sums = Count()
            for name in group:
                if name in chosen:
                    found = measured(pool, name, files, given.cells, given.seed, given.workers)
                    sums += found
                    print(line(name, found), flush=True)
            if sums.pages:
                print(line("**together**", sums), flush=True)


def line(name: str, found: Count) -> str:
    """Return a line of the table."""
    boxes = found.cells or 1
    rate = (
        f"{1e4 * found.silent / boxes:.1f} | {100 * found.unsure / boxes:.1f} %" if found.cells else "– | –"
    )
    return (
        f"| {name} | {found.pages} | {found.refused} | {found.cells} | {found.silent} | {rate} | "
        f"{found.seconds / found.pages:.2f} |"
    )


if __name__ == "__main__":
    main()
