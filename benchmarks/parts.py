"""Where the time of one document goes: stage by stage, cold and warm, and module by module when warm."""

from __future__ import annotations

import gc
import importlib
import json
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from benchmarks.measure import (
    PROGRAM,
    Report,
    Table,
    environment,
    machine_facts,
    milliseconds,
    parser,
    scratch,
)

_START, _IMPORTS, _CHECKS, _PAGES, _FILE = (
    "start of Python",
    "imports",
    "reading, checks, plan",
    "drawings and pages",
    "the file",
)

_ROUNDS, _FEWER_ROUNDS = 25, 9

if TYPE_CHECKING:
    from pdfgen.production.inputs import Job, Shared

#: Processor seconds between two looks at what runs, and how many modules are told.
_INTERVAL, _MOST_MODULES = 0.002, 12


def main() -> None:
    """Measure, and print tables."""
    options = parser(__doc__)
    options.add_argument("--once", action="store_true", help="print the stages of this process as JSON")
    chosen = options.parse_args()
    if chosen.once:
        print(json.dumps(_cold()))
        return
    rounds = chosen.rounds or (_ROUNDS if chosen.full else _FEWER_ROUNDS)
    report = Report("Where the time goes")
    with scratch() as name:
        facts = machine_facts(Path(name))
    cold = [_in_a_process() for _ in range(rounds)]
    warm, modules = _warm(rounds)
    report.tables += [
        _stages(f"Cold, CPU, median of {rounds}", cold),
        _stages(f"Warm, CPU, median of {rounds}", warm),
        _modules(modules),
    ]
    report.publish(chosen.json, facts)


def _stages(title: str, runs: Sequence[Mapping[str, float]]) -> Table:
    seconds = {stage: statistics.median(run[stage] for run in runs) for stage in runs[0]}
    total = sum(seconds.values())
    rows = ((stage, milliseconds(spent), f"{spent / total:.0%}") for stage, spent in seconds.items())
    return Table(title, ("stage", "ms", "share"), tuple(rows))


def _modules(seen: Counter[str]) -> Table:
    total = seen.total()
    rows = ((name, f"{count / total:.1%}") for name, count in seen.most_common(_MOST_MODULES))
    return Table("Warm, by the module that was running", ("module", "share"), tuple(rows))


def _cold() -> dict[str, float]:
    """Return the processor seconds of the stages in this process, which has done nothing yet."""
    moments = [0.0, time.process_time()]
    inputs = importlib.import_module("pdfgen.production.inputs")
    importlib.import_module("pdfgen.cli.generate_command")
    moments.append(time.process_time())
    moments += _stages(inputs.Shared(), inputs.Job(PROGRAM))
    return _spent((_START, _IMPORTS, _CHECKS, _PAGES, _FILE), moments)


def _stages(shared: Shared, job: Job) -> list[float]:
    """Return when a program is read and planned, when it is composed, and when its file is written."""
    from pdfgen.production import program as pipeline

    program = pipeline.read(job, shared)
    pipeline.plan(program, shared)
    moments = [time.process_time()]
    document = pipeline.compose(program, shared)
    moments.append(time.process_time())
    pipeline.write(document).file(pipeline.values_of(program, shared), program.created)
    return [*moments, time.process_time()]


def _spent(stages: Sequence[str], moments: Sequence[float]) -> dict[str, float]:
    """Return the seconds of stages that end at one moment and begin at the one before."""
    spent = (end - begin for begin, end in pairwise(moments))
    return dict(zip(stages, spent, strict=True))


def _in_a_process() -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.parts", "--once"]
    run = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)
    stages: dict[str, float] = json.loads(run.stdout)
    return stages


def _warm(rounds: int) -> tuple[list[dict[str, float]], Counter[str]]:
    """Return the stages of each round, and how often each module was seen running in another one."""
    own = importlib.import_module("benchmarks.renderers.own")
    found = []
    seen: Counter[str] = Counter()
    for number in range(rounds + 2):
        shared, job = own.ready_to_read(f"Thomas Ashby {number}")
        gc.collect()
        moments = [time.process_time(), *_stages(shared, job)]
        stages = (_CHECKS, _PAGES, _FILE)
        found.append(
            {stage: end - begin for stage, begin, end in zip(stages, moments, moments[1:], strict=False)}
        )
    for number in range(rounds):
        _watch(own.ready(f"Thomas Ashby, again {number}"), seen)
    return found[2:], seen


def _watch(work: Callable[[], object], seen: Counter[str]) -> None:
    """Run `work`, and count by module where it is at every tick of the processor clock."""

    def look(number: int, frame: FrameType | None) -> None:
        if frame is not None:
            seen[str(frame.f_globals.get("__name__", "?"))] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    main()
