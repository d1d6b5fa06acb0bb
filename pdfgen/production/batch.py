"""Rows in, files out: the engine of `pdfgen batch`.

    rows -> tasks -> executor (a `Workshop` in each worker) -> outcomes in the order of the rows -> folder

A workshop turns a task into an outcome and parts, unfinished files. `BatchRun` gives those of a row their
names, one row after the other in the order of the roster, and keeps the records of the manifest. Never are
more than a few programs in memory. Another way to make the bytes of a row goes in place of `Workshop`,
another way to spread the work in place of the executor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from pdfgen.content.rosters.roster import RosterRow
from pdfgen.delivery.interruptions import interruptible
from pdfgen.delivery.manifest import Record
from pdfgen.delivery.naming import DEFAULT_TEMPLATE, Names, file_name
from pdfgen.delivery.writing import remove_part
from pdfgen.errors import Problem, WriteError
from pdfgen.production.rows import MadeFile, Outcome, Task

if TYPE_CHECKING:
    from pdfgen.delivery.batch_folder import BatchFolder
    from pdfgen.production.workers import Executor

_OTHER_KIND = "another kind of file stands under its name in the folder; take it away"


class BatchRun:
    """One run over a roster.

    Args:
        rows: of the roster.
        folder: opened, and begun.
        template: a checked one; see `naming.check_template`.
        kept: records of an earlier run that may be kept, by the numbers of their rows.
        passwords: by row, as the user counts.
        with_names: whether the manifest tells who the patients are.

    Attributes:
        records: of all finished files, in the order of the roster.
        failed: rows that gave none, with their problems.
        made: how many programs there are; some are of more than one file.
        warned: how many programs have something to look at.
        skipped: how many are kept from an earlier run.
        stopped: why the run ended early; empty where it did not.
    """

    def __init__(
        self,
        rows: Sequence[RosterRow],
        folder: BatchFolder,
        *,
        template: str = DEFAULT_TEMPLATE,
        kept: Mapping[int, tuple[Record, ...]] | None = None,
        passwords: Mapping[int, str] | None = None,
        with_names: bool = False,
    ) -> None:
        self.rows = rows
        self.records: list[Record] = []
        self.failed: list[tuple[int, tuple[Problem, ...]]] = []
        self.made = 0
        self.warned = 0
        self.skipped = 0
        self.stopped: tuple[Problem, ...] = ()
        self._folder = folder
        self._template = template
        self._kept = kept or {}
        self._passwords = passwords or {}
        self._with_names = with_names
        self._width = max(4, len(str(len(rows))))
        # A name that an earlier run gave to a row is not given to another one, whose turn may come before.
        self._names = Names({one.file: row for row, records in self._kept.items() for one in records})

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each row."""
        for number, row in enumerate(self.rows, start=1):
            yield Task(number, row, self._kept.get(row.number, ()), self._passwords.get(row.number, ""))

    def run(self, executor: Executor[Task, Outcome], each: Callable[[Outcome], None]) -> None:
        """Make all rows; `each` is told of every one, in the order of the roster.

        Nothing is raised for a row that cannot be made. A disk that takes no more ends the run (`stopped`).
        """
        with closing(executor.results(self.tasks())) as outcomes, interruptible() as together:
            for outcome in outcomes:
                with together:  # a file and what is known of it belong together
                    done = self._finished(outcome)
                each(done)
                if self.stopped:
                    return

    def _finished(self, outcome: Outcome) -> Outcome:
        if outcome.files and not outcome.is_kept:
            outcome = self._named(outcome)
        if outcome.problems:
            if outcome.stops:
                self.stopped = outcome.problems
            else:
                self.failed.append((outcome.task.row.number, outcome.problems))
        elif outcome.files:
            self.records += [self._told(file.record) for file in outcome.files]
            self.made += 1
            self.warned += bool(outcome.warnings)
            self.skipped += outcome.is_kept
        return outcome

    def _told(self, record: Record) -> Record:
        return record if self._with_names or not record.label else record._replace(label="")

    def _named(self, outcome: Outcome) -> Outcome:
        """Give the parts of an outcome their names."""
        row = outcome.task.row.number
        number = f"{outcome.task.number:0{self._width}}"
        wanted = file_name(self._template, {"number": number, **dict(outcome.fields)})
        names = self._names.take(wanted, row, [file.suffix for file in outcome.files])
        files = []
        parts = []
        for file, name in zip(outcome.files, names, strict=True):
            label = file.record.label if self._with_names else ""
            record = file.record._replace(file=name, label=label)
            files.append(MadeFile(record, None, file.suffix))
            if file.part:
                parts.append((file.part, record))
        if blocked := [name for name in names if not self._folder.is_free(name)]:
            for part, _ in parts:
                remove_part(part)
            problems = tuple(Problem(_OTHER_KIND, file=name) for name in blocked)
            return outcome._replace(files=(), problems=problems)
        try:
            self._folder.commit(parts)
        except WriteError as error:
            return outcome._replace(files=(), problems=error.problems, stops=True)
        return outcome._replace(files=tuple(files))


def by_row(earlier: Sequence[Record]) -> Mapping[int, tuple[Record, ...]]:
    """Return the last record of each kind of file, by rows."""
    last = {(record.row, record.kind): record for record in earlier}
    rows: dict[int, list[Record]] = defaultdict(list)
    for record in last.values():
        rows[record.row].append(record)
    return {row: tuple(records) for row, records in rows.items()}
