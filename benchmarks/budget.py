"""The speed that must hold, in one short table: `make budget`.

All of it in one run, and nearly all as ratios to what cannot change here: copying files, starting Python and
importing ReportLab, the same pages by other engines, merging by another tool. Seconds depend on the machine.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree

from benchmarks.engine_worker import OWN
from benchmarks.engines import PACKAGES, Worker
from benchmarks.measure import (
    PROGRAM,
    Aim,
    Report,
    Sample,
    Summary,
    environment,
    interleaved,
    machine_facts,
    parser,
    pdfgen,
    run_process,
    scratch,
)
from benchmarks.print_file import PYPDF
from benchmarks.rosters import distinct_plans, same_plan

#: Patients of one plan, of different plans, and those whose files another tool merges.
_SAME, _DISTINCT, _MERGED = 1_000, 40, 40

_ROUNDS = 3

#: Another engine's processor time for one document, times ours.
_ENGINES = {"ReportLab Platypus": 4.0, "Typst": 1.0, "fpdf2": 10.0, "WeasyPrint": 20.0}

_PLATYPUS = "ReportLab Platypus"

#: Commands that are measured in every round, and those that take long.
_OFTEN, _ONCE = ("import", "cold", "one", "same", "distinct", "copy"), ("printed", "merge")


def main() -> None:
    """Measure, and print what must hold and whether it does."""
    options = parser(__doc__)
    options.add_argument("--patients", type=int, default=_SAME, help="of one plan")
    chosen = options.parse_args()
    rounds = chosen.rounds or _ROUNDS
    report = Report("Speed budget")
    with scratch() as name:
        folder = Path(name)
        facts = machine_facts(folder)
        documents = _documents(report, folder, rounds)
        report.aims += _document_aims(documents)
        report.aims += _commands(folder, chosen.patients, rounds, documents)
    report.publish(chosen.json, facts)


def _documents(report: Report, folder: Path, rounds: int) -> dict[str, Summary]:
    """Measure one document, warm, by each engine that is installed."""
    content = folder / "content"
    subprocess.run([sys.executable, "-m", "benchmarks.neutral", str(content)], env=environment(), check=True)
    engines = [OWN]
    for engine in _ENGINES:
        if importlib.util.find_spec(PACKAGES[engine]):
            engines.append(engine)
        else:
            report.notes.append(f"left out: {engine}, which is not installed (extra bench)")
    workers = {one: Worker(one, content, folder / "sample.pdf") for one in engines}
    samples = interleaved({one: workers[one].make for one in engines}, rounds, warm_ups=1)
    for worker in workers.values():
        worker.end()
    return {one: Summary.of(runs) for one, runs in samples.items()}


def _document_aims(found: Mapping[str, Summary]) -> list[Aim]:
    ours = found[OWN].cpu
    return [
        Aim(f"one document, warm: CPU of {engine}, times ours", "at least", times, found[engine].cpu / ours)
        for engine, times in _ENGINES.items()
        if engine in found
    ]


def _commands(folder: Path, patients: int, rounds: int, documents: Mapping[str, Summary]) -> list[Aim]:
    """Measure whole commands: a program, batches of two kinds, a print file, and what they stand beside."""
    one, same, distinct = (folder / f"{name}.csv" for name in ("one", "same", "distinct"))
    one.write_text(same_plan(1), encoding="utf-8")
    same.write_text(same_plan(patients), encoding="utf-8")
    distinct.write_text(distinct_plans(_DISTINCT), encoding="utf-8")
    kept, merged, printed = folder / "kept", folder / "merged", folder / "all.pdf"
    run_process(_batch(same, kept))
    _some_files(kept, merged)
    platypus = "import reportlab.platypus, reportlab.pdfbase.ttfonts"
    commands = {
        "import": [sys.executable, "-c", platypus],
        "cold": pdfgen("generate", "--quiet", "-o", str(folder / "one.pdf"), str(PROGRAM)),
        "one": _batch(one, folder / "out"),
        "same": _batch(same, folder / "out"),
        "distinct": _batch(distinct, folder / "out"),
        "printed": [*_batch(same, folder / "out"), "--print-file", str(printed)],
        "copy": ["cp", "-r", str(kept), str(folder / "out")],
        "merge": [sys.executable, "-c", PYPDF, str(merged), str(folder / "merged.pdf")],
    }

    def run(command: list[str]) -> Sample:
        rmtree(folder / "out", ignore_errors=True)
        return run_process(command)

    samples: dict[str, list[Sample]] = {}
    for names, times in ((_OFTEN, rounds), (_ONCE, 1)):
        turns = {name: lambda _, name=name: run(commands[name]) for name in names}  # type: ignore[misc]
        samples |= interleaved(turns, times, warm_ups=0)
    found = {name: Summary.of(runs) for name, runs in samples.items()}
    return _command_aims(found, patients, printed.stat().st_size, documents)


def _command_aims(
    found: Mapping[str, Summary], patients: int, size: int, documents: Mapping[str, Summary]
) -> list[Aim]:
    start = found["one"].cpu
    a_row = (found["same"].cpu - start) / (patients - 1)
    a_plan = (found["distinct"].cpu - start) / (_DISTINCT - 1)
    print_file = found["printed"].cpu - found["same"].cpu
    scale = patients / _MERGED
    pages = f"print file, {patients * 12:,} pages"
    aims = [
        Aim(f"{patients:,} patients, one plan: wall of cp -r, times", "at most", 10.8,
            found["same"].wall / found["copy"].wall),
        Aim("a patient more, plan known: files a CPU second", "at least", 600, 1 / a_row, "rate"),
        Aim("a patient more, another plan: files a CPU second", "at least", 12, 1 / a_plan, "rate"),
        Aim("generate, cold: CPU of importing Platypus, times", "at most", 3.1,
            found["cold"].cpu / found["import"].cpu),
        Aim("the same, CPU s", "at most", 0.55, found["cold"].cpu, "time"),
        Aim(f"{pages}: CPU s", "at most", 12 * patients / 1_000, print_file, "time"),
        Aim("the same: CPU of pypdf, times", "at least", 5, found["merge"].cpu * scale / print_file),
        Aim("the same: MB", "at most", 5, size / 1e6),
        Aim("the same: memory of the whole command, MB", "at most", 100, found["printed"].megabytes),
    ]  # fmt: skip
    if _PLATYPUS in documents:
        times = documents[_PLATYPUS].cpu / a_plan
        aims.insert(3, Aim("the same: CPU of Platypus for a document, times", "at least", 3, times))
    return aims


def _batch(roster: Path, out: Path) -> list[str]:
    return pdfgen("batch", str(roster), "--out", str(out), "--quiet", "--workers", "1")


def _some_files(source: Path, target: Path) -> None:
    """Put a few of the files into a folder of their own."""
    target.mkdir()
    for path in sorted(source.glob("*.pdf"))[:_MERGED]:
        (target / path.name).hardlink_to(path)


if __name__ == "__main__":
    main()
