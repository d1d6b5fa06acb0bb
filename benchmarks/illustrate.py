"""How long drawing takes: seconds a panel and for the whole set, in one process.

The first panel of a figure takes longer, for its mesh is refined and dressed once.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from pdfgen.illustration.drawing import draw_file
from pdfgen.illustration.positions import poses_folder


def timed(path: Path, figure: str) -> tuple[int, float]:
    """Return the number of panels of a pose file and the seconds that they took."""
    start = time.perf_counter()
    drawn = draw_file(path, figure)  # type: ignore[arg-type]
    return len(drawn), time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="pose files of assets/poses; left out: all")
    parser.add_argument("--figure", choices=["woman", "man", "neutral"], default="woman")
    chosen = parser.parse_args()
    paths = sorted(poses_folder().glob("*.yaml"))
    paths = [path for path in paths if not chosen.names or path.stem in chosen.names]
    first = timed(paths[0], chosen.figure)[1]
    counts, seconds = zip(*(timed(path, chosen.figure) for path in paths), strict=True)
    rates = [took / count for count, took in zip(counts, seconds, strict=True)]
    slowest = max(range(len(paths)), key=lambda number: rates[number])
    print(f"cold start, {paths[0].stem}: {first:.1f} s")
    print(f"a panel: median {statistics.median(rates):.2f} s")
    print(f"slowest: {rates[slowest]:.2f} s a panel, {paths[slowest].stem}")
    print(f"the set: {sum(counts)} panels in {sum(seconds):.0f} s on one core, as {chosen.figure}")


if __name__ == "__main__":
    main()
