"""One document, cold: `pdfgen generate` as a therapist starts it, a process of its own each time.

Beside it: starting Python, and importing ReportLab, which a program that is built on it does first.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measure import (
    PROGRAM,
    ROOT,
    Aim,
    Report,
    Sample,
    Summary,
    Table,
    interleaved,
    machine_facts,
    milliseconds,
    parser,
    pdfgen,
    run_process,
    scratch,
)

#: Seconds from calling the command to its end, for one document; megabytes.
_MOST_SECONDS, _MOST_MEGABYTES = 0.35, 120.0

_ROUNDS, _FEWER_ROUNDS = 11, 5

_START = "start of Python"
_PROGRAM = "generate, 12 pages"


def main() -> None:
    """Measure, and print a table."""
    chosen = parser(__doc__).parse_args()
    rounds = chosen.rounds or (_ROUNDS if chosen.full else _FEWER_ROUNDS)
    report = Report("One document, cold")
    with scratch() as folder:
        output = str(Path(folder) / "program.pdf")
        variants: dict[str, Callable[[int], Sample]] = {}
        for name, command in _commands(output, is_full=chosen.full).items():
            variants[name] = lambda number, command=command: run_process(command)  # type: ignore[misc]
        if importlib.util.find_spec("reportlab") is None:
            report.notes.append("left out: importing ReportLab, which is not installed")
        samples = interleaved(variants, rounds)
        facts = machine_facts(Path(folder))
    found = {name: Summary.of(runs) for name, runs in samples.items()}
    report.tables.append(_table(found, rounds))
    cold = found[_PROGRAM]
    report.aims += [
        Aim("a document of 12 pages, cold, wall s", "at most", _MOST_SECONDS, cold.wall, "time"),
        Aim("the same, CPU s", "at most", _MOST_SECONDS, cold.cpu, "time"),
        Aim("memory of it, MB", "at most", _MOST_MEGABYTES, cold.megabytes),
    ]
    report.publish(chosen.json, facts)


def _commands(output: str, *, is_full: bool) -> dict[str, list[str]]:
    generate = partial(pdfgen, "generate", "--quiet", "-o", output)
    commands = {_START: [sys.executable, "-c", "pass"]}
    if importlib.util.find_spec("reportlab") is not None:
        commands["import of ReportLab Platypus"] = [sys.executable, "-c", "import reportlab.platypus"]
    commands["pdfgen --help"] = pdfgen("--help")
    commands[_PROGRAM] = generate(str(PROGRAM))
    if is_full:
        for patient in sorted((ROOT / "examples").glob("patient*.yaml")):
            commands[f"generate, examples/{patient.name}"] = generate(str(patient))
    return commands


def _table(found: dict[str, Summary], rounds: int) -> Table:
    start = found[_START].cpu
    rows = (
        (
            name,
            milliseconds(one.wall),
            milliseconds(one.cpu),
            f"{milliseconds(one.least)}–{milliseconds(one.most)}",
            f"{one.cpu / start:.1f}",
            f"{one.megabytes:.0f}",
        )
        for name, one in found.items()
    )
    headings = ("process", "wall ms", "CPU ms", "min–max", "CPU, starts of Python", "peak MB")
    return Table(f"Whole processes, median of {rounds}", headings, tuple(rows))


if __name__ == "__main__":
    main()
