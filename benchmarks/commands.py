"""Whole commands as a clinic starts them: a program, batches of several kinds, a print file.

With `--against DIR`, another checkout with an environment of its own, each command also runs there, in turns:
before and after in pairs. Files are written in memory where the system has a place for that; a disk would be
what is measured.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import pikepdf

from benchmarks.engines import PACKAGES, Worker
from benchmarks.measure import (
    PROGRAM,
    ROOT,
    Aim,
    Report,
    Sample,
    Summary,
    Table,
    environment,
    interleaved,
    machine_facts,
    parser,
    ratio,
    run_process,
    scratch,
)
from benchmarks.rosters import distinct_plans, same_plan, same_plan_any_day

_PLATYPUS = "ReportLab Platypus"

_COLD, _ONE, _SAME, _ANY_DAY, _DISTINCT = (
    "a program, cold",
    "a batch of one",
    "same plan",
    "same plan, 60 first days, 3 therapists",
    "all different plans",
)
_MANY, _PRINTED, _COPY, _IMPORT, _PYPDF = (
    "ten times as many",
    "same plan, with a print file",
    "cp -r of the same files",
    "import of ReportLab Platypus",
    "pypdf, merging",
)

_MERGE = """
import sys
from pathlib import Path
from pypdf import PdfWriter
writer = PdfWriter()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    writer.append(path)
writer.write(sys.argv[2])
"""


class _Size(NamedTuple):
    """How much is measured: patients of one plan, of different plans, and those whose files pypdf merges."""

    same: int
    distinct: int
    merged: int
    rounds: int


_USUAL, _QUICK = _Size(1_000, 100, 40, 3), _Size(250, 30, 20, 2)


def main() -> None:
    """Measure, and print a table and what must hold."""
    options = parser(__doc__)
    options.add_argument("--patients", type=int, help="of one plan")
    options.add_argument("--against", type=Path, metavar="DIR", help="another checkout, with its .venv")
    chosen = options.parse_args()
    other = chosen.against and chosen.against.absolute()
    size = _QUICK if chosen.quick else _USUAL
    size = size._replace(same=chosen.patients or size.same, rounds=chosen.rounds or size.rounds)
    report = Report("Whole commands")
    with scratch() as name:
        folder = Path(name)
        facts = machine_facts(folder)
        found = _measured(folder, size, other, report)
        report.tables.append(_table(found, size))
        platypus = _platypus(folder, size.rounds, report)
        report.aims += _aims(found, size, folder / "all.pdf", platypus)
        if other:
            report.tables.append(_pairs(found))
    report.publish(chosen.json, facts)


def _measured(folder: Path, size: _Size, other: Path | None, report: Report) -> dict[str, list[Sample]]:
    """Run each command, in turns; those that take long once."""
    rosters = {
        _ONE: same_plan(1),
        _SAME: same_plan(size.same),
        _ANY_DAY: same_plan_any_day(size.same),
        _DISTINCT: distinct_plans(size.distinct),
        _MANY: same_plan(size.same * 10),
    }
    out, kept, merged = folder / "out", folder / "kept", folder / "merged"
    batches = {}
    for number, (name, text) in enumerate(rosters.items()):
        roster = folder / f"{number}.csv"
        roster.write_text(text, encoding="utf-8")
        batches[name] = ["batch", str(roster), "--out", str(out), "--quiet", "--workers", "1"]
    run_process([*pdfgen_of(ROOT), *batches[_SAME][:3], str(kept), *batches[_SAME][4:]])
    merged.mkdir()
    for path in sorted(kept.glob("*.pdf"))[: size.merged]:
        (merged / path.name).hardlink_to(path)
    often: dict[str, list[str]] = {
        _COLD: ["generate", "--quiet", "-o", str(folder / "one.pdf"), str(PROGRAM)],
        **{name: batches[name] for name in (_ONE, _SAME, _ANY_DAY, _DISTINCT)},
    }
    once = {_PRINTED: [*batches[_SAME], "--print-file", str(folder / "all.pdf")], _MANY: batches[_MANY]}
    commands = {name: [*pdfgen_of(ROOT), *words] for name, words in often.items()}
    if other:
        commands |= {_before(name): [*pdfgen_of(other), *words] for name, words in often.items()}
    commands[_COPY] = ["cp", "-r", str(kept), str(out)]
    commands[_IMPORT] = [sys.executable, "-c", "import reportlab.platypus, reportlab.pdfbase.ttfonts"]
    long = {name: [*pdfgen_of(ROOT), *words] for name, words in once.items()}
    if other:
        long[_before(_PRINTED)] = [*pdfgen_of(other), *once[_PRINTED][:-1], str(folder / "before.pdf")]
    if importlib.util.find_spec("pypdf"):
        long[_PYPDF] = [sys.executable, "-c", _MERGE, str(merged), str(folder / "merged.pdf")]
    else:
        report.notes.append("left out: pypdf, which is not installed (extra bench)")

    def run(name: str, command: Sequence[str]) -> Sample:
        rmtree(out, ignore_errors=True)
        return run_process(command, other if other and name.startswith(_before("")) else ROOT)

    samples: dict[str, list[Sample]] = {}
    for some, rounds in ((commands, size.rounds), (long, 1)):
        turns = {name: lambda _, name=name, some=some: run(name, some[name]) for name in some}
        samples |= interleaved(turns, rounds, warm_ups=0)
    return samples


def _before(name: str) -> str:
    return f"before: {name}"


def pdfgen_of(checkout: Path) -> list[str]:
    """Return the command of a checkout, in its own environment."""
    own = checkout / ".venv" / "bin" / "python"
    return [sys.executable if checkout == ROOT else str(own), "-m", "pdfgen"]


def _platypus(folder: Path, rounds: int, report: Report) -> float | None:
    """Return the processor seconds of a document by ReportLab Platypus; None where it is not installed."""
    if importlib.util.find_spec(PACKAGES[_PLATYPUS]) is None:
        report.notes.append(f"left out: {_PLATYPUS}, which is not installed (extra bench)")
        return None
    content = folder / "content"
    subprocess.run([sys.executable, "-m", "benchmarks.neutral", str(content)], env=environment(), check=True)
    worker = Worker(_PLATYPUS, content, folder / "sample.pdf")
    found = interleaved({_PLATYPUS: worker.make}, rounds)[_PLATYPUS]
    worker.end()
    return Summary.of(found).cpu


def _table(samples: Mapping[str, Sequence[Sample]], size: _Size) -> Table:
    rows = []
    for name, runs in samples.items():
        one = Summary.of(runs)
        numbers = (one.cpu, one.least, one.most, one.wall)
        rows.append((name, *(f"{number:.2f}" for number in numbers), f"{one.megabytes:.0f}"))
    title = f"{size.same:,} patients of one plan, {size.distinct} of different ones, median of {size.rounds}"
    return Table(title, ("command", "CPU s", "least", "most", "wall s", "peak MB"), tuple(rows))


def _pairs(samples: Mapping[str, Sequence[Sample]]) -> Table:
    """Return before and after, run by run."""
    rows = []
    for name, runs in samples.items():
        if before := samples.get(_before(name)):
            old, new = Summary.of(before), Summary.of(runs)
            rows.append((name, f"{old.cpu:.2f}", f"{new.cpu:.2f}", f"{ratio(runs, before):.2f}"))
    return Table("Before and after", ("command", "CPU s before", "after", "median ratio"), tuple(rows))


def _aims(
    samples: Mapping[str, Sequence[Sample]], size: _Size, printed: Path, platypus: float | None
) -> list[Aim]:
    found = {name: Summary.of(runs) for name, runs in samples.items()}
    start = found[_ONE].cpu
    a_plan = (found[_DISTINCT].cpu - start) / (size.distinct - 1)
    print_file = found[_PRINTED].cpu - found[_SAME].cpu
    with pikepdf.open(printed) as file:
        pages = len(file.pages)
    aims = [
        Aim("a program, cold: CPU of importing Platypus, times", "at most", 3.9,
            found[_COLD].cpu / found[_IMPORT].cpu),
        Aim("same plan: patients a CPU second, after the start", "at least", 500,
            (size.same - 1) / (found[_SAME].cpu - start)),
        Aim("different plans: programs a CPU second, after the start", "at least", 12, 1 / a_plan),
        Aim(f"{size.same * 10:,} patients: peak MB", "at most", 150, found[_MANY].megabytes),
        Aim(f"print file: CPU s for {pages:,} pages", "at most", pages / 1_000, print_file),
        Aim("the same: MB", "at most", 5, printed.stat().st_size / 1e6),
    ]  # fmt: skip
    if _PYPDF in found:
        times = found[_PYPDF].cpu * size.same / size.merged / print_file
        aims.append(Aim("the same: CPU of merging with pypdf, times", "at least", 5, times))
    if platypus is not None:
        aims.insert(
            3, Aim("the same: CPU of Platypus for a document, times", "at least", 3, platypus / a_plan)
        )
    return aims


if __name__ == "__main__":
    main()
