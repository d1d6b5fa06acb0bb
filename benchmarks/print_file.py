"""One file for the printer: `pdfgen batch --print-file`, beside merging the finished files with other tools.

Merging many files takes long and much memory, so other tools get fewer of them, and their seconds and
megabytes are scaled up.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.measure import (
    Aim,
    Report,
    Sample,
    Summary,
    Table,
    environment,
    interleaved,
    machine_facts,
    parser,
    pdfgen,
    run_process,
    scratch,
)
from benchmarks.rosters import same_plan

_SINGLE, _BOTH, _OWN = "single files", "single files and print file", "pdfgen, print file alone"
_PYPDF_ROW = "pypdf, merging"

#: For 12,000 pages: processor seconds, megabytes of the file and of memory.
_MOST_SECONDS, _MOST_FILE, _MOST_MEMORY = 12.0, 5.0, 100.0
#: How many times as long pypdf has to take.
_LEAST_RATIO = 5.0

_PATIENTS, _MERGED, _ROUNDS, _FEWER_ROUNDS = 1_000, 100, 5, 2

PYPDF = """
import sys
from pathlib import Path
from pypdf import PdfWriter
writer = PdfWriter()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    writer.append(path)
writer.write(sys.argv[2])
"""

_PIKEPDF = """
import sys
from pathlib import Path
import pikepdf
merged = pikepdf.new()
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    with pikepdf.open(path) as file:
        merged.pages.extend(file.pages)
merged.save(sys.argv[2], object_stream_mode=pikepdf.ObjectStreamMode.generate)
"""


def main() -> None:
    """Measure, and print a table."""
    options = parser(__doc__)
    options.add_argument("--patients", type=int, default=_PATIENTS, help="for pdfgen")
    options.add_argument("--merged", type=int, default=_MERGED, help="patients for the tools that merge")
    chosen = options.parse_args()
    rounds = chosen.rounds or (_ROUNDS if chosen.full else _FEWER_ROUNDS)
    merged = min(chosen.merged, chosen.patients)
    report = Report("Print file")
    with scratch() as name:
        folder = Path(name)
        facts = machine_facts(folder)
        target = folder / "all.pdf"
        tools = _tools(report, _made(folder, merged), target)
        own = _own(report, folder, chosen.patients, target)
        sizes: dict[str, float] = {}
        runs = {
            one: partial(_run, one, command, folder, target, sizes)
            for one, command in {**own, **tools}.items()
        }
        samples = interleaved(runs, rounds, warm_ups=0)
    found = {one: Summary.of(seen) for one, seen in samples.items()}
    scale = chosen.patients / merged
    rows = [_own_row(found, sizes, report, chosen.patients)] if own else []
    rows += [_row(one, found[one], sizes[one], scale) for one in tools]
    if own and _PYPDF_ROW in found:
        cpu = found[_BOTH].cpu - found[_SINGLE].cpu
        ratio = found[_PYPDF_ROW].cpu * scale / cpu
        report.aims.append(Aim("the same, beside merging with pypdf, times", "at least", _LEAST_RATIO, ratio))
    headings = ("what", "CPU s", "wall s", "file MB", "peak MB")
    title = f"One file of {chosen.patients} patients, {chosen.patients * 12} pages, median of {rounds}"
    report.tables.append(Table(title, headings, tuple(rows)))
    if scale != 1:
        report.notes.append(f"tools that merge got {merged} files; their numbers are times {scale:g}")
    report.publish(chosen.json, facts)


def _row(name: str, seen: Summary, size: float, scale: float) -> tuple[str, ...]:
    numbers = (seen.cpu, seen.wall, size, seen.megabytes)
    return (
        name,
        *(f"{number * scale:.2f}" for number in numbers[:2]),
        *(f"{n * scale:.1f}" for n in numbers[2:]),
    )


def _own_row(
    found: Mapping[str, Summary], sizes: Mapping[str, float], report: Report, patients: int
) -> tuple[str, ...]:
    """Return the row of pdfgen: what a batch takes with a print file, without what it takes with none."""
    with_file, without = found[_BOTH], found[_SINGLE]
    cpu, wall, size = with_file.cpu - without.cpu, with_file.wall - without.wall, sizes[_BOTH]
    what = f"print file of {patients} patients"
    report.aims += [
        Aim(f"{what}, CPU s", "at most", _MOST_SECONDS, cpu, "time"),
        Aim(f"{what}, MB", "at most", _MOST_FILE, size),
        Aim(f"{what}, memory of the whole command, MB", "at most", _MOST_MEMORY, with_file.megabytes),
    ]
    report.notes.append(f"{_OWN}: seconds of a batch with a print file, less those of a batch without")
    return _OWN, f"{cpu:.2f}", f"{wall:.2f}", f"{size:.1f}", f"{with_file.megabytes:.1f}"


def _made(folder: Path, patients: int) -> Path:
    """Return a folder with the files of so many patients."""
    out = folder / "files"
    run_process(pdfgen("batch", str(_roster(folder, patients)), "--out", str(out), "--quiet"))
    return out


def _roster(folder: Path, patients: int) -> Path:
    roster = folder / f"{patients}.csv"
    roster.write_text(same_plan(patients), encoding="utf-8")
    return roster


def _own(report: Report, folder: Path, patients: int, target: Path) -> dict[str, list[str]]:
    """Return the commands of pdfgen, with a print file and without."""
    told = subprocess.run(
        pdfgen("batch", "--help"), env=environment(), capture_output=True, check=True, text=True
    )
    if "--print-file" not in told.stdout:
        report.notes.append("left out: pdfgen, which has no --print-file yet")
        return {}
    batch = pdfgen("batch", str(_roster(folder, patients)), "--out", str(folder / "out"), "--quiet")
    return {_SINGLE: batch, _BOTH: [*batch, "--print-file", str(target)]}


def _tools(report: Report, files: Path, target: Path) -> dict[str, list[str]]:
    """Return the commands of tools that merge, and note those that are not installed."""
    tools = {}
    for name, script in (("pypdf", PYPDF), ("pikepdf", _PIKEPDF)):
        if importlib.util.find_spec(name) is None:
            report.notes.append(f"left out: {name}, which is not installed (extra bench)")
        else:
            tools[f"{name}, merging"] = [sys.executable, "-c", script, str(files), str(target)]
    if (qpdf := shutil.which("qpdf")) is None:
        report.notes.append("left out: qpdf, which is not installed")
    else:
        paths = map(str, sorted(files.glob("*.pdf")))
        tools["qpdf, merging"] = [
            qpdf,
            "--empty",
            "--object-streams=generate",
            "--pages",
            *paths,
            "--",
            str(target),
        ]
    return tools


def _run(
    name: str, command: list[str], folder: Path, target: Path, sizes: dict[str, float], number: int
) -> Sample:
    """Run a command that writes one file, and note its size in megabytes; `number` is of the round."""
    sample = run_process(command)
    if target.exists():
        sizes[name] = target.stat().st_size / 1e6
        target.unlink()
    shutil.rmtree(folder / "out", ignore_errors=True)
    return sample


if __name__ == "__main__":
    main()
