"""How long a cold `pdfgen generate` takes, and how much memory: `make bench`, or run this file.

Each run is a process of its own, as a therapist starts it. The median counts; the fastest shows what the
machine could do when nothing else ran on it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall-clock seconds and peak resident memory in megabytes."""

    seconds: float
    megabytes: float


def measure(arguments: list[str]) -> Run:
    """Run pdfgen in a process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "pdfgen", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"pdfgen {' '.join(arguments)} returned {process.returncode}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return Run(seconds, usage.ru_maxrss / unit)


def report(name: str, arguments: list[str], rounds: int, most_seconds: float, most_megabytes: float) -> bool:
    """Print a line about `rounds` runs, after one to warm the disk; return whether they meet the aims."""
    measure(arguments)
    runs = [measure(arguments) for _ in range(rounds)]
    seconds = statistics.median(run.seconds for run in runs)
    megabytes = max(run.megabytes for run in runs)
    fastest = min(run.seconds for run in runs)
    within = seconds <= most_seconds and megabytes <= most_megabytes
    print(
        f"{name:<28} median {seconds:5.2f} s (aim {most_seconds:.1f})  fastest {fastest:5.2f} s  "
        f"memory {megabytes:4.0f} MB (aim {most_megabytes:.0f})  {'ok' if within else 'TOO MUCH'}"
    )
    return within


def main() -> int:
    """Measure help and each example; return 1 when one is not within the aims."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "program.pdf")
        results = [report("--help", ["--help"], rounds, 0.2, 60)]
        for patient in sorted(EXAMPLES.glob("patient*.yaml")):
            arguments = ["generate", str(patient), "--quiet", "-o", output]
            results.append(report(patient.name, arguments, rounds, 1.0, 120))
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
