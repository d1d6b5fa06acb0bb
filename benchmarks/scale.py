"""What one core makes: programs of the same plan, with own therapists and days, and of different plans.

Run this file. Processor time counts, without that of the start, so that it hardly matters what else the
machine does.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADINGS = ("label", "program", "weeks", "start", "therapist", "goal")
TEN_MILLION = 10_000_000
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Run:
    """A batch: seconds of processor time, and bytes of its files."""

    seconds: float
    size: int


def same_plan(count: int) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        yield f"Patient {number}", "starter", "6", "2026-03-02", "K. Beek", ""


def any_day(count: int) -> Iterator[tuple[str, ...]]:
    first = dt.date(2026, 3, 2)
    for number in range(count):
        start = (first + dt.timedelta(days=number % 365)).isoformat()
        yield f"Patient {number}", "starter", "6", start, f"K. Beek {number}", ""


def different_plans(count: int) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(any_day(count)):
        yield *row[:-1], f"Walk {number} steps"


_KINDS = {"same plan": same_plan, "own therapist and day": any_day, "different plans": different_plans}


def measure(rows: Iterator[tuple[str, ...]], layout: str, folder: Path) -> Run:
    """Make a batch in a process of its own."""
    roster = folder / "roster.csv"
    with roster.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    with tempfile.TemporaryDirectory(dir=folder) as out:
        words = ["batch", str(roster), "--out", out, "--layout", layout, "--workers", "1", "--quiet"]
        process = subprocess.Popen([sys.executable, "-m", "pdfgen", *words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"pdfgen {' '.join(words)} returned {process.returncode}")
        size = sum(path.stat().st_size for path in Path(out).glob("*.pdf"))
    return Run(usage.ru_utime + usage.ru_stime, size)


def main() -> None:
    """Print a line for each kind of roster."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--layout", default="standard")
    arguments = parser.parse_args()
    count = arguments.rows
    with tempfile.TemporaryDirectory() as name:
        start = measure(same_plan(1), arguments.layout, Path(name))
        for what, rows in _KINDS.items():
            run = measure(rows(count + 1), arguments.layout, Path(name))
            seconds = max(run.seconds - start.seconds, 1e-9) / count
            print(
                f"{what:<21} {seconds * 1000:7.2f} ms, {1 / seconds:6.0f} a second, "
                f"{HOUR / seconds:10,.0f} an hour, {run.size / (count + 1) / 1000:4.0f} kB, "
                f"ten million in {TEN_MILLION * seconds / HOUR:5,.1f} core hours"
            )


if __name__ == "__main__":
    main()
