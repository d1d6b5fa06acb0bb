"""Rows that are made on machines that do not share this disk.

    task -> outgoing -> executor (a `RemoteWorkshop` in each worker) -> arrived -> outcome

Finished files travel in the outcomes, and are written here. What all rows are made from is read by each
machine from its own disk, which must hold the same files under the same paths.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path

from pdfgen import __version__
from pdfgen.content.rosters.roster import RosterRow, RowSource, row_source
from pdfgen.delivery.writing import remove_part, write_part
from pdfgen.errors import PdfgenError, Problem, WriteError
from pdfgen.production.inputs import Job
from pdfgen.production.rows import MadeFile, Order, Outcome, Task, Workshop, is_unchanged
from pdfgen.production.workers import Executor

_NOT_HERE = "the worker on {host} cannot read it; the machines of a cluster need it under the same path"
_OTHER = "the worker on {host} has another file under this path; the machines of a cluster need the same one"


class RemoteWorkshop:
    """Makes the files of rows on another machine, one at a time.

    Args:
        order: what holds for all rows, with absolute paths.
        digests: of the files that it names, by path.
        version: of pdfgen where the order comes from.
    """

    def __init__(self, order: Order, digests: Mapping[str, str], version: str = __version__) -> None:
        self._arguments = (order, digests, version)
        self._workshop = Workshop(order)
        self._problems: tuple[Problem, ...] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return RemoteWorkshop, self._arguments

    def __call__(self, task: Task) -> Outcome:
        """Make one row; a machine that would make other files than the first one ends the run."""
        if self._problems is None:
            self._problems = self._checked()
        if self._problems:
            return Outcome(task, problems=self._problems, stops=True)
        return self._workshop(task)

    def _checked(self) -> tuple[Problem, ...]:
        _, digests, version = self._arguments
        host = socket.gethostname()
        if version != __version__:
            return (Problem(f"the worker on {host} has pdfgen {__version__}, not {version}", "--dask"),)
        here = {path: digest(path) for path in digests}
        wrong = [path for path in digests if here[path] != digests[path]]
        if wrong:
            return tuple(
                Problem((_OTHER if here[path] else _NOT_HERE).format(host=host), file=path) for path in wrong
            )
        try:
            self._workshop.check_shared()
        except PdfgenError as error:
            return error.problems
        return ()


class RemoteExecutor:
    """Sends rows to an executor on other machines, and writes the files that come back.

    Args:
        order: what holds for all rows here.
        executor_of: makes the executor that does the work.
    """

    def __init__(
        self, order: Order, executor_of: Callable[[RemoteWorkshop], Executor[Task, Outcome]]
    ) -> None:
        self._order = order
        self._home = Path.cwd()
        self._names = _names(order.job)
        work = RemoteWorkshop(
            replace(order, job=_placed(order.job), parts=None, base=None),
            {path: digest(path) for path in self._names},
        )
        self._executor = executor_of(work)

    def results(self, tasks: Iterable[Task]) -> Generator[Outcome, None, None]:
        """Yield the outcome of each row, in the order of the rows, with its file as a part."""
        sent = map(self._outgoing, tasks)
        with closing(self._executor.results(sent)) as outcomes:
            for outcome in outcomes:
                yield self._arrived(outcome)

    def _outgoing(self, task: Task) -> Task:
        """Return a task as another machine needs it."""
        source = row_source(task.row, self._order.base)
        values = {field.name: getattr(source, field.name) for field in fields(source)}
        row = RosterRow(_PlacedSource(**values, home=self._home), task.row.problems)
        kept = tuple(record for record in task.kept if is_unchanged(record, task, self._order))
        return task._replace(row=row, kept=kept)

    def _arrived(self, outcome: Outcome) -> Outcome:
        outcome = outcome._replace(
            problems=self._told(outcome.problems), warnings=self._told(outcome.warnings)
        )
        parts = self._order.parts
        if parts is None or not any(file.data for file in outcome.files):
            return outcome
        written: list[MadeFile] = []
        try:
            written.extend(
                file._replace(data=(), part=write_part(parts, *file.data)) for file in outcome.files
            )
        except WriteError as error:
            for file in written:
                if file.part:
                    remove_part(file.part)
            return outcome._replace(files=(), problems=error.problems, stops=True)
        return outcome._replace(files=tuple(written))

    def _told(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Return problems with files as the user named them."""
        here = f"{self._home}{os.sep}"
        return tuple(
            replace(problem, file=self._names.get(problem.file) or problem.file.removeprefix(here))
            for problem in problems
        )


def ended(task: Task, problem: Problem) -> Outcome:
    """Return the outcome of a task that there is nobody to do any more."""
    return Outcome(task, problems=(problem,), stops=True)


def digest(path: str) -> str:
    """Return the SHA-256 of an input file in hexadecimal digits; empty where it cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True)
class _PlacedSource(RowSource):
    """The source of a row whose paths are seen from a folder of another machine, `home`."""

    home: Path = Path()

    @property
    def folder(self) -> Path:
        return self.home / super().folder


def _names(job: Job) -> dict[str, str]:
    """Return the files that a job names as the user named them, by their absolute paths."""
    paths = [*job.libraries, *(file for file in (job.clinic, job.default_clinic) if isinstance(file, Path))]
    paths += filter(None, [_layout_file(job)])
    return {str(path.absolute()): str(path) for path in paths}


def _placed(job: Job) -> Job:
    """Return a job that means the same in every folder. Its prescription is not looked at."""
    layout = _layout_file(job)
    return replace(
        job,
        prescription_file=Path(),
        layout=str(layout.absolute()) if layout else job.layout,
        clinic=job.clinic.absolute() if isinstance(job.clinic, Path) else job.clinic,
        default_clinic=job.default_clinic.absolute() if job.default_clinic else None,
        libraries=tuple(path.absolute() for path in job.libraries),
    )


def _layout_file(job: Job) -> Path | None:
    """Return the file of the layout that a job names; None where it is a shipped one."""
    name = job.layout
    return Path(name) if isinstance(name, str) and name.endswith((".yaml", ".yml")) else None
