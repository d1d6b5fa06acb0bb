"""One program in each layout, as a whole command, in turns with another checkout.

`python -m benchmarks.layouts --against ../before`; the other checkout has an environment of its own.
"""

from __future__ import annotations

from functools import partial
from itertools import product
from pathlib import Path

from benchmarks.commands import pdfgen_of
from benchmarks.measure import (
    ROOT,
    Report,
    Sample,
    Summary,
    Table,
    interleaved,
    machine_facts,
    parser,
    ratio,
    run_process,
    scratch,
)

_LAYOUTS = ("standard", "large-print", "compact", "wall-sheet", "booklet", "cards", "tracker", "screen")

_PROGRAMS = {"four exercises": ("short-four", 6), "seven exercises": ("full-seven", 12)}
_USUAL, _QUICK = 7, 2


def main() -> None:
    """Measure, and print a table."""
    options = parser(__doc__)
    options.add_argument("--against", type=Path, metavar="DIR", required=True, help="checkout with its .venv")
    options.add_argument("--layouts", nargs="+", default=_LAYOUTS, metavar="NAME")
    chosen = options.parse_args()
    rounds = chosen.rounds or (_QUICK if chosen.quick else _USUAL)
    report = Report("Layouts")
    with scratch() as name:
        folder = Path(name)
        facts = machine_facts(folder)
        rows = (
            _row(folder, layout, program, chosen.against.absolute(), rounds)
            for program, layout in product(_PROGRAMS, chosen.layouts)
        )
        headings = ("program", "layout", "CPU s before", "after", "median ratio")
        report.tables.append(Table("One document, whole command", headings, tuple(rows)))
    report.publish(chosen.json, facts)


def _row(folder: Path, layout: str, program: str, other: Path, rounds: int) -> tuple[str, ...]:
    """Return a program in a layout, made in both checkouts, or that one of them refuses it."""
    patient = folder / "patient.yaml"
    name, weeks = _PROGRAMS[program]
    patient.write_text(
        f"program: {name}\nweeks: {weeks}\nlanguage: nl\nstart: 2026-03-02\n", encoding="utf-8"
    )
    words = ["generate", str(patient), "--layout", layout, "--quiet", "-o", str(folder / "one.pdf")]

    def run(checkout: Path, number: int) -> Sample:
        return run_process([*pdfgen_of(checkout), *words], checkout)

    try:
        found = interleaved({"before": partial(run, other), "after": partial(run, ROOT)}, rounds)
    except SystemExit:
        return (program, layout, "refused", "", "")
    before, after = found["before"], found["after"]
    cpu = (f"{Summary.of(runs).cpu:.2f}" for runs in (before, after))
    return (program, layout, *cpu, f"{ratio(after, before):.2f}")


if __name__ == "__main__":
    main()
