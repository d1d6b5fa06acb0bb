"""One document, warm: made anew by pdfgen, and the same content by other engines.

Each engine has a process of its own that stays. They take turns, round by round; each document has another
name in it. Processor time is that of all threads.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.engine_worker import MODULES, OWN, OWN_COLD, TYPST_COLD
from benchmarks.measure import (
    Aim,
    Report,
    Sample,
    Summary,
    Table,
    environment,
    finish_process,
    interleaved,
    machine_facts,
    milliseconds,
    parser,
    scratch,
)

PACKAGES = {
    "ReportLab Platypus": "reportlab",
    "fpdf2": "fpdf",
    "WeasyPrint": "weasyprint",
    "Typst": "typst",
    TYPST_COLD: "typst",
}

#: How many times as long as ours the documents of others take at least.
_LEAST_TIMES = {"ReportLab Platypus": 4.0, "fpdf2": 10.0, "WeasyPrint": 20.0, "Typst": 1.0, TYPST_COLD: 1.0}

_ROUNDS, _FEWER_ROUNDS, _WARM_UPS = 7, 3, 1


class Ended(NamedTuple):
    """What is known of an engine at the end: pages and bytes of its last document, megabytes at its peak."""

    pages: int
    size: int
    megabytes: float


class Worker:
    """A process with one engine, which writes its documents to `sample`."""

    def __init__(self, engine: str, content: Path, sample: Path) -> None:
        self._sample = sample
        self._start = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.engine_worker", engine, str(content), str(sample)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders, self._answers = self._process.stdin, self._process.stdout

    def make(self, number: int) -> Sample:
        """Have a document made.

        Raises:
            SystemExit: the engine failed.
        """
        self._orders.write(b"%d\n" % number)
        self._orders.flush()
        line = self._answers.readline()
        if not line:
            self._ended()
            raise SystemExit("an engine ended without a document")
        wall, cpu = json.loads(line)
        return Sample(wall, cpu)

    def end(self) -> Ended:
        """Let the process end."""
        # A worker's peak memory would not be below that of this process, were this imported before it starts.
        from pypdf import PdfReader

        pages = len(PdfReader(self._sample).pages)
        return Ended(pages, self._sample.stat().st_size, self._ended().megabytes)

    def _ended(self) -> Sample:
        self._orders.close()
        self._answers.close()
        return finish_process(self._process, self._start)


def main() -> None:
    """Measure all engines that are installed."""
    options = parser(__doc__)
    options.add_argument("--only", nargs="+", choices=list(MODULES), default=list(MODULES), metavar="ENGINE")
    options.add_argument("--keep", type=Path, metavar="DIR", help="put the last documents there")
    chosen = options.parse_args()
    rounds = chosen.rounds or (_FEWER_ROUNDS if chosen.quick else _ROUNDS)
    report = Report("One document, warm")
    with scratch() as name:
        folder = chosen.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        content = Path(name) / "content"
        command = [sys.executable, "-m", "benchmarks.neutral", str(content)]
        subprocess.run(command, env=environment(), check=True)
        facts = machine_facts(folder)
        engines = [OWN, OWN_COLD, *_installed(chosen.only, report)]
        workers = {one: Worker(one, content, folder / _file_name(one)) for one in engines}
        samples = interleaved({one: workers[one].make for one in engines}, rounds, warm_ups=_WARM_UPS)
        ended = {one: workers[one].end() for one in engines}
    found = {one: Summary.of(samples[one]) for one in engines}
    report.tables.append(_table(found, ended, rounds))
    report.aims += _aims(found)
    report.publish(chosen.json, facts)


def _table(found: dict[str, Summary], ended: dict[str, Ended], rounds: int) -> Table:
    ours = found[OWN].cpu
    rows = (
        (
            engine,
            str(ended[engine].pages),
            milliseconds(seen.cpu),
            f"{milliseconds(seen.least)}–{milliseconds(seen.most)}",
            milliseconds(seen.wall),
            f"{seen.cpu / ours:.2f}",
            f"{ended[engine].size / 1_000:.0f}",
            f"{ended[engine].megabytes:.0f}",
        )
        for engine, seen in found.items()
    )
    headings = ("engine", "pages", "CPU ms", "min–max", "wall ms", "CPU, ours", "kB", "peak MB")
    return Table(f"The same document, median of {rounds}", headings, tuple(rows))


def _aims(found: dict[str, Summary]) -> list[Aim]:
    ours = found[OWN].cpu
    return [
        Aim(f"{engine}: CPU, times ours", "at least", times, found[engine].cpu / ours)
        for engine, times in _LEAST_TIMES.items()
        if engine in found
    ]


def _installed(engines: Sequence[str], report: Report) -> Iterator[str]:
    """Yield the engines that are installed, and note those that are not."""
    for engine in engines:
        if importlib.util.find_spec(PACKAGES[engine]) is None:
            report.notes.append(f"left out: {engine}, which is not installed (extra bench)")
        else:
            yield engine


def _file_name(engine: str) -> str:
    return engine.replace(",", "").replace(" ", "-").lower() + ".pdf"


if __name__ == "__main__":
    main()
