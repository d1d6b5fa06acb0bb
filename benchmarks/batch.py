"""Batches: `pdfgen batch` as a clinic starts it, beside copying the same files and writing the same bytes.

Four parts: `same` (all patients have the same plan), `distinct` (each has another one), `linear` (many more
patients of the first kind) and `workers` (two processes against one). The files are written in memory where
the system has a place for that; a disk would be what is measured.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from benchmarks.measure import (
    Aim,
    Report,
    Sample,
    Summary,
    Table,
    interleaved,
    load,
    machine_facts,
    milliseconds,
    parser,
    pdfgen,
    run_process,
    scratch,
    timed,
)
from benchmarks.rosters import distinct_plans, same_plan, same_plan_any_day
from benchmarks.watching import Watched, watch

_BATCH, _ANY_DAY, _ONE_WORKER, _COPY, _LIMIT, _START = (
    "pdfgen batch",
    "pdfgen batch, 60 first days, 3 therapists",
    "pdfgen batch --workers 1",
    "cp -r of the same files",
    "os.write of the same bytes",
    "pdfgen batch, 1 patient",
)

#: What is asked of a batch: see docs/performance.md.
_MOST_COPIES = 1.5
_MOST_SECONDS_SAME, _MOST_SECONDS_DISTINCT = 0.5, 3.0
_LEAST_RATE, _LEAST_GAIN = 1_000.0, 1.7
_MOST_MEGABYTES = 150.0

#: The last tenth of many files may take so much longer than the second.
_MOST_SLOWER = 1.25

#: Part of a run after which all that is kept is there.
_WARM = 0.2


class Size(NamedTuple):
    """How much of a part is measured."""

    patients: int
    rounds: int


_FULL = {
    "same": Size(1_000, 9),
    "distinct": Size(1_000, 3),
    "linear": Size(10_000, 1),
    "workers": Size(200, 5),
}
_QUICK = {
    "same": Size(1_000, 3),
    "distinct": Size(100, 1),
    "linear": Size(2_000, 1),
    "workers": Size(40, 2),
}


def main() -> None:
    """Measure the parts that are asked for."""
    options = parser(__doc__)
    parts = {"same": same, "distinct": distinct, "linear": linear, "workers": workers}
    options.add_argument("--parts", nargs="+", choices=list(parts), default=list(parts))
    options.add_argument("--patients", type=int, help="in place of the usual number of each part")
    chosen = options.parse_args()
    report = Report("Batches")
    with scratch() as name:
        folder = Path(name)
        facts = machine_facts(folder)
        for part in chosen.parts:
            usual = (_FULL if chosen.full else _QUICK)[part]
            size = Size(chosen.patients or usual.patients, chosen.rounds or usual.rounds)
            parts[part](report, folder, size)
    report.publish(chosen.json, facts)


def same(report: Report, folder: Path, size: Size) -> None:
    """Measure patients who share a plan, beside a copy of their files and the least that writing takes."""
    roster, any_day, single = (folder / f"{name}.csv" for name in ("same", "any-day", "single"))
    roster.write_text(same_plan(size.patients), encoding="utf-8")
    any_day.write_text(same_plan_any_day(size.patients), encoding="utf-8")
    single.write_text(same_plan(1), encoding="utf-8")
    kept = folder / "kept"
    run_process(_batch(roster, kept))
    sizes = [path.stat().st_size for path in kept.glob("*.pdf")]
    samples = interleaved(
        {
            _START: lambda _: _fresh(folder, lambda out: run_process(_batch(single, out))),
            _BATCH: lambda _: _fresh(folder, lambda out: run_process(_batch(roster, out))),
            _ANY_DAY: lambda _: _fresh(folder, lambda out: run_process(_batch(any_day, out))),
            _ONE_WORKER: lambda _: _fresh(
                folder, lambda out: run_process(_batch(roster, out, "--workers", "1"))
            ),
            _COPY: lambda _: _fresh(folder, lambda out: run_process(["cp", "-r", str(kept), str(out)])),
            _LIMIT: lambda _: _fresh(folder, lambda out: timed(lambda: _write(out, sizes))),
        },
        size.rounds,
        warm_ups=0,
    )
    found = {name: Summary.of(runs) for name, runs in samples.items()}
    copy = found[_COPY]
    rows = (
        (
            name,
            milliseconds(one.wall),
            milliseconds(one.cpu),
            f"{one.wall / copy.wall:.2f}",
            f"{one.cpu / copy.cpu:.2f}",
            f"{one.megabytes:.0f}" if one.megabytes else "–",
        )
        for name, one in found.items()
    )
    title = f"{len(sizes)} patients, same plan, {sum(sizes) / 1e6:.0f} MB, median of {size.rounds}"
    headings = ("what", "wall ms", "CPU ms", "wall, copies", "CPU, copies", "peak MB")
    report.tables.append(Table(title, headings, tuple(rows)))
    report.aims += _same_aims(found, size.patients)
    rmtree(kept)


def _same_aims(found: Mapping[str, Summary], patients: int) -> list[Aim]:
    copy, start = found[_COPY], found[_START]
    best = min(found[_BATCH], found[_ONE_WORKER], key=lambda one: one.wall)
    name = f"{patients} patients, same plan"
    wall, cpu = best.wall - start.wall, best.cpu - start.cpu
    return [
        Aim(f"{name}: wall, copies of the same files", "at most", _MOST_COPIES, best.wall / copy.wall),
        Aim(f"{name}, besides what 1 patient takes: wall, copies", "at most", _MOST_COPIES, wall / copy.wall),
        Aim(f"{name}, besides what 1 patient takes: wall s", "at most", _MOST_SECONDS_SAME, wall, "time"),
        Aim(f"{name}, besides what 1 patient takes: CPU s", "at most", _MOST_SECONDS_SAME, cpu, "time"),
    ]


def distinct(report: Report, folder: Path, size: Size) -> None:
    """Measure patients who all have another plan: the whole command, and the rate once it is warm."""
    roster = folder / "distinct.csv"
    roster.write_text(distinct_plans(size.patients), encoding="utf-8")
    runs = [_watched(folder, roster, "--workers", "1") for _ in range(size.rounds)]
    cold = Summary.of([run.sample for run in runs])
    rate = statistics.median(run.rate(_WARM, 1.0) for run in runs)
    row = (
        f"pdfgen batch --workers 1, {size.patients} plans",
        f"{cold.wall:.2f}",
        f"{cold.cpu:.2f}",
        f"{cold.least:.2f}–{cold.most:.2f}",
        f"{rate:.0f}",
        f"{cold.megabytes:.0f}",
    )
    headings = ("what", "wall s", "CPU s", "min–max", "files a CPU second, warm", "peak MB")
    report.tables.append(
        Table(f"{size.patients} patients, {size.patients} plans, median of {size.rounds}", headings, (row,))
    )
    left = max(0, 1_000 - size.patients)
    seconds = cold.cpu + left / rate
    report.aims += [
        Aim("different plans, files a CPU second, warm", "at least", _LEAST_RATE, rate, "rate"),
        Aim(
            "1,000 patients, 1,000 plans, cold, CPU s",
            "at most",
            _MOST_SECONDS_DISTINCT,
            seconds,
            "time",
        ),
    ]
    report.notes.append(f"warm: after the first {_WARM:.0%} of the files")
    if left:
        report.notes.append(f"1,000 plans: the seconds of {size.patients}, and {left} more at the warm rate")


def linear(report: Report, folder: Path, size: Size) -> None:
    """Measure time and memory of a long run, tenth by tenth."""
    roster = folder / "linear.csv"
    roster.write_text(same_plan(size.patients), encoding="utf-8")
    run = _watched(folder, roster, "--workers", "1")
    tenths = run.tenths()
    rows = (
        (
            f"{number * 10} %",
            f"{tenth.seconds:.2f}",
            f"{tenth.seconds / tenths[1].seconds:.2f}",
            f"{tenth.megabytes:.0f}",
        )
        for number, tenth in enumerate(tenths, start=1)
    )
    headings = ("up to", "wall s of this tenth", "of the second", "MB")
    report.tables.append(Table(f"{size.patients} patients, same plan, one process", headings, tuple(rows)))
    report.aims += [
        Aim(f"{size.patients} patients, memory, MB", "at most", _MOST_MEGABYTES, run.sample.megabytes),
        Aim(
            "time of the last tenths, of the second",
            "at most",
            _MOST_SLOWER,
            statistics.median(t.seconds for t in tenths[-3:]) / tenths[1].seconds,
        ),
    ]


def workers(report: Report, folder: Path, size: Size) -> None:
    """Measure pairs of one worker and two, with how busy the machine is at each."""
    roster = folder / "workers.csv"
    roster.write_text(distinct_plans(size.patients), encoding="utf-8")
    rows, gains = [], []
    for number in range(1, size.rounds + 1):
        busy = load()
        one, two = (
            _fresh(folder, lambda out, count=count: run_process(_batch(roster, out, "--workers", count)))  # type: ignore[misc]
            for count in ("1", "2")
        )
        gains.append(one.wall / two.wall)
        rows.append(
            (
                str(number),
                f"{one.wall:.2f}",
                f"{two.wall:.2f}",
                f"{gains[-1]:.2f}",
                f"{one.cpu:.2f}",
                f"{two.cpu:.2f}",
                busy,
            )
        )
    headings = (
        "pair",
        "1 worker, wall s",
        "2 workers, wall s",
        "gain",
        "1 worker, CPU s",
        "2 workers, CPU s",
        "load before",
    )
    report.tables.append(Table(f"Two workers against one, {size.patients} plans", headings, tuple(rows)))
    report.aims.append(Aim("two workers, gain (best pair)", "at least", _LEAST_GAIN, max(gains)))
    report.notes.append(
        "two workers can only gain where two processors are free, as a load near 0 before a pair says"
    )


def _batch(roster: Path, out: Path, *options: str) -> list[str]:
    return pdfgen("batch", str(roster), "--out", str(out), "--quiet", *options)


def _fresh(folder: Path, run: Callable[[Path], Sample]) -> Sample:
    """Run with a folder to write into that is not there yet, and throw it away."""
    out = folder / "out"
    sample = run(out)
    rmtree(out)
    return sample


def _watched(folder: Path, roster: Path, *options: str) -> Watched:
    out = folder / "out"
    watched = watch(_batch(roster, out, *options), out)
    rmtree(out)
    return watched


def _write(out: Path, sizes: list[int]) -> None:
    """Write files of these sizes, all from one buffer: the strictest limit."""
    out.mkdir()
    buffer = memoryview(os.urandom(max(sizes)))
    for number, size in enumerate(sizes):
        file = os.open(out / f"{number}.pdf", os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        os.write(file, buffer[:size])
        os.close(file)


if __name__ == "__main__":
    main()
