"""Measuring side by side: variants in turns, medians and ratios, Markdown tables, JSON.

A machine is never idle for long. So variants take turns, round by round, in one run: what slows one down
slows its neighbours down, too, and ratios of medians stay true where seconds do not.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent

#: The program that is measured wherever one is enough.
PROGRAM = Path(__file__).parent / "program.yaml"

#: A folder in memory on Linux: no disk between the measurements.
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: wall-clock and processor seconds, and megabytes of its largest process at its peak."""

    wall: float
    cpu: float
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What the runs of one variant say.

    Attributes:
        wall, cpu: medians, in seconds.
        least, most: of the processor seconds.
        megabytes: the highest peak.
    """

    wall: float
    cpu: float
    least: float
    most: float
    megabytes: float

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> Summary:
        """Sum up at least one run."""
        cpu = [sample.cpu for sample in samples]
        wall = statistics.median(sample.wall for sample in samples)
        megabytes = max(sample.megabytes for sample in samples)
        return cls(wall, statistics.median(cpu), min(cpu), max(cpu), megabytes)


@dataclass(frozen=True, slots=True)
class Aim:
    """A value that is to be reached: what is measured and in which unit, its limit, and what it is."""

    what: str
    direction: Literal["at most", "at least"]
    limit: float
    value: float

    @property
    def is_reached(self) -> bool:
        """Whether the value is on the right side of the limit."""
        return self.value <= self.limit if self.direction == "at most" else self.value >= self.limit


@dataclass(frozen=True)
class Table:
    """Rows of text under headings; all columns but the first hold numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return the table with its title above it."""
        lines = [
            f"**{self.title}**",
            "",
            _row(self.headings),
            _row(("---", *["---:"] * len(self.headings[1:]))),
        ]
        return "\n".join([*lines, *map(_row, self.rows)])


@dataclass
class Report:
    """What a benchmark found out.

    Attributes:
        notes: sentences that the numbers cannot be understood without: what was left out or in the way.
    """

    name: str
    tables: list[Table] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def publish(self, target: Path | None, facts: Mapping[str, str]) -> None:
        """Print everything as Markdown; write it as JSON, too, if there is a target."""
        print(f"## {self.name}\n")
        print("; ".join(f"{name} {value}" for name, value in facts.items()), end="\n\n")
        for table in [*self.tables, aims_table(self.aims)]:
            print(table.markdown(), end="\n\n")
        for note in self.notes:
            print(f"- {note}")
        print(flush=True)
        if target is not None:
            told = {"facts": dict(facts), **asdict(self)}
            target.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def aims_table(aims: Sequence[Aim]) -> Table:
    """Return what was to be reached and what is."""
    rows = [
        (
            aim.what,
            f"{aim.direction} {aim.limit:g}",
            f"{aim.value:.3g}",
            "yes" if aim.is_reached else "**no**",
        )
        for aim in aims
    ]
    return Table("What must hold", ("what", "limit", "measured", "holds"), tuple(rows))


def ratio(runs: Sequence[Sample], others: Sequence[Sample]) -> float:
    """Return the median of the processor time of each run, in that of the other of its round."""
    return statistics.median(one.cpu / other.cpu for one, other in zip(runs, others, strict=True))


def interleaved(
    variants: Mapping[str, Callable[[int], Sample]], rounds: int, *, warm_ups: int = 1
) -> dict[str, list[Sample]]:
    """Run all variants in turns and return the runs of each, without those to warm up.

    Args:
        variants: take the number of the round, from 0, warm-ups included.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in variants}
    for number in range(warm_ups + rounds):
        for name, run in variants.items():
            sample = run(number)
            if number >= warm_ups:
                samples[name].append(sample)
    return samples


def timed(work: Callable[[], object]) -> Sample:
    """Run `work` in this process."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Sample(time.perf_counter() - wall, time.process_time() - cpu)


def run_process(command: Sequence[str], checkout: Path = ROOT) -> Sample:
    """Run a command in a process of its own, with the bytecode of modules kept as on a user's machine.

    Its peak memory is at least what this process has, for it begins as a copy: keep that small.

    Raises:
        SystemExit: it failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(checkout),
        cwd=checkout,
    )
    return finish_process(process, start)


def finish_process(process: subprocess.Popen[bytes], start: float) -> Sample:
    """Wait for a process that began at `start`.

    Raises:
        SystemExit: it failed.
    """
    assert process.stderr is not None
    said = process.stderr.read().decode(errors="replace")
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a command that was to be measured failed ({process.returncode}): {said.strip()}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def environment(checkout: Path = ROOT) -> dict[str, str]:
    """Return the environment for what is measured, with the modules of a checkout."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(checkout)}


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for what is written: in memory where the system has such a place."""
    has_memory = os.access(_MEMORY, os.W_OK)
    return tempfile.TemporaryDirectory(prefix="pdfgen-bench-", dir=_MEMORY if has_memory else None)


def machine_facts(folder: Path) -> dict[str, str]:
    """Return what the numbers depend on; `folder` is where files are written."""
    return {
        "processors": str(os.cpu_count()),
        "load": load(),
        "Python": platform.python_version(),
        "system": platform.system(),
        "files on": file_system(folder),
    }


def load() -> str:
    """Return how many processes wanted to run, on average over the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def file_system(folder: Path) -> str:
    """Return the kind of the file system that a folder is on."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return "not known"
    path = folder.resolve()
    entries = [line.split(" ")[1:3] for line in mounts.read_text(encoding="utf-8").splitlines()]
    holding = [(point, kind) for point, kind in entries if path.is_relative_to(point)]
    return max(holding, key=lambda entry: len(entry[0]))[1]


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options of every benchmark."""
    first = (description or "").splitlines()[0]
    made = argparse.ArgumentParser(description=first)
    made.add_argument("--rounds", type=int, help="runs that count, in place of the usual number")
    made.add_argument("--json", type=Path, metavar="FILE", help="write everything there, too")
    made.add_argument("--quick", action="store_true", help="fewer rounds and smaller sizes")
    return made


def milliseconds(seconds: float) -> str:
    """Return milliseconds with as many digits as mean something."""
    value = seconds * 1_000
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"
