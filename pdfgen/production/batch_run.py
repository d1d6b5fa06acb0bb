"""One run over a roster: results in, named files and records of them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pdfgen.delivery.interruptions import interruptible
from pdfgen.delivery.manifest import Record
from pdfgen.delivery.naming import DEFAULT_TEMPLATE, Names, file_name
from pdfgen.delivery.writing import remove_part, write_part
from pdfgen.errors import ClusterError, Problem, WriteError
from pdfgen.production.rows import RowResult, RowSettings, RowTask

if TYPE_CHECKING:
    from pdfgen.content.rosters.roster import RosterRow
    from pdfgen.delivery.batch_folder import BatchFolder
    from pdfgen.production.cluster import Cluster

T = TypeVar("T")

_LOST = "was removed or changed by another program while the batch was at work; --resume makes it again"

_OTHER_KIND = "another kind of file stands under its name in the folder; take it away"

#: Shows how far a run is: a context that gives what moves it by one row.
Progress = Callable[[], AbstractContextManager[Callable[[], None]]]


class BatchSettings(NamedTuple):
    """What was asked for besides the rows.

    Attributes:
        rows: what all rows are made with.
        template: of the names of files; a checked one, see `naming.check_template`.
        archive: where all files go as one ZIP as well.
        passwords: by row, as the user counts.
        workers: how many processes; None for one a core, once that pays.
        cluster: that does the work in their place, not connected yet.
        resumes: whether files of an earlier run are kept.
        is_strict: whether nothing is written when a row is bad.
        with_names: whether the manifest tells who the patients are.
        reading: what was guessed of the roster, left out or changed, for the manifest.
    """

    rows: RowSettings
    template: str = DEFAULT_TEMPLATE
    archive: Path | None = None
    passwords: Mapping[int, str] = MappingProxyType({})
    workers: int | None = None
    cluster: Cluster | None = None
    resumes: bool = False
    is_strict: bool = False
    with_names: bool = False
    reading: tuple[str, ...] = ()


class _Unfinished(NamedTuple):
    """A result whose files have no names yet.

    Attributes:
        result: without the bytes of its files.
        parts: paths of the unfinished files.
    """

    result: RowResult
    parts: tuple[str, ...] = ()


class BatchRun:
    """One run over a roster.

    Args:
        rows: of the roster.
        folder: opened.
        settings: what was asked for.

    Attributes:
        records: of all finished files, in the order of the roster.
        failed: rows that gave none, with their problems.
        made: how many programs there are; some are of more than one file.
        warned: how many programs have something to look at.
        skipped: how many are kept from an earlier run.
        stopped: why the run ended early; empty where it did not.
        is_interrupted: whether it was asked to end early.
        is_refused: whether nothing was written because rows are bad.
    """

    def __init__(self, rows: Sequence[RosterRow], folder: BatchFolder, settings: BatchSettings) -> None:
        self.rows = rows
        self.records: list[Record] = []
        self.failed: list[tuple[int, tuple[Problem, ...]]] = []
        self.made = 0
        self.warned = 0
        self.skipped = 0
        self.stopped: tuple[Problem, ...] = ()
        self.is_interrupted = False
        self.is_refused = False
        self._folder = folder
        self._settings = settings
        self._kept = _by_row(folder.earlier) if settings.resumes else {}
        self._width = max(4, len(str(len(rows))))
        # A name that an earlier run gave to a row is not given to another one, whose turn may come before.
        self._names = Names({one.file: row for row, records in self._kept.items() for one in records})

    @property
    def is_complete(self) -> bool:
        """Whether the run came to its end."""
        return not (self.stopped or self.is_interrupted)

    def tasks(self) -> Iterator[RowTask]:
        """Yield a task for each row."""
        for number, row in enumerate(self.rows, start=1):
            password = self._settings.passwords.get(row.number, "")
            kept = self._kept.get(row.number, ())
            unchanged = tuple(record for record in kept if self._is_unchanged(record, password))
            yield RowTask(number, row, unchanged, password)

    def run(
        self, results: Generator[RowResult, None, None], progress: Progress, each: Callable[[RowResult], None]
    ) -> None:
        """Write all rows; `each` is told of every one, in the order of the roster.

        Nothing is raised for a row that cannot be made, nor for a disk or workers that cannot be used any
        more (`stopped`), nor for a request to end (`is_interrupted`).

        Raises:
            WriteError, ClusterError: before anything is finished of a strict run.
        """
        with closing(results):
            if not self._settings.is_strict:
                self._finish_all(
                    results, lambda result: self._finished(self._written(result)), progress, each
                )
                return
            held = self._held(results, progress)
            if not self.is_refused:
                self._finish_all(held, self._finished, progress, each)

    def leave_out_lost(self) -> None:
        """Take back the rows of which a finished file is not whole any more: they have failed."""
        lost: dict[int, list[Problem]] = defaultdict(list)
        for record in self.records:
            if not self._folder.is_whole(record):
                lost[record.row].append(Problem(_LOST, file=record.file))
        self.records = [record for record in self.records if record.row not in lost]
        self.made -= len(lost)
        self.failed = sorted([*self.failed, *((row, tuple(found)) for row, found in lost.items())])

    def _finish_all(
        self,
        waiting: Iterable[T],
        finish: Callable[[T], RowResult],
        progress: Progress,
        each: Callable[[RowResult], None],
    ) -> None:
        self._begin()
        try:
            with progress() as advance, interruptible() as together:
                for one in waiting:
                    with together:  # a file and what is known of it belong together
                        done = finish(one)
                    each(done)
                    advance()
        except (WriteError, ClusterError) as error:
            self.stopped = error.problems
        except KeyboardInterrupt:
            self.is_interrupted = True

    def _held(self, results: Iterable[RowResult], progress: Progress) -> list[_Unfinished]:
        """Write every row without giving any file its name; note which are bad."""
        with progress() as advance:
            held = []
            for result in results:
                held.append(self._written(result))
                advance()
        bad = [(one.task.row.number, one.problems) for one, _ in held if one.problems]
        self.failed = bad
        self.is_refused = bool(bad)
        return held

    def _begin(self) -> None:
        earlier = (record for records in self._kept.values() for record in records)
        self._folder.begin(map(self._told, earlier), len(self.rows))

    def _is_unchanged(self, record: Record, password: str) -> bool:
        """Whether the file of an earlier run is as it was written, and opens with the password of its row."""
        if not self._folder.is_whole(record):
            return False
        if not self._settings.rows.encrypts:
            return True
        from pdfgen.delivery.encryption import opens_with

        return opens_with((self._folder.path / record.file).read_bytes(), password)

    def _written(self, result: RowResult) -> _Unfinished:
        """Write the files of a row as parts.

        Raises:
            WriteError: there is no room for them; none of them is left.
        """
        if result.is_kept:
            return _Unfinished(result)
        parts: list[str] = []
        try:
            parts.extend(write_part(self._folder.parts, *file.data) for file in result.files)
        except WriteError:
            for part in parts:
                remove_part(part)
            raise
        files = tuple(file._replace(data=()) for file in result.files)
        return _Unfinished(result._replace(files=files), tuple(parts))

    def _finished(self, one: _Unfinished) -> RowResult:
        result = self._named(one) if one.parts else one.result
        if result.problems:
            self.failed.append((result.task.row.number, result.problems))
        elif result.files:
            self.records += [self._told(file.record) for file in result.files]
            self.made += 1
            self.warned += bool(result.warnings)
            self.skipped += result.is_kept
        return result

    def _told(self, record: Record) -> Record:
        return record if self._settings.with_names or not record.label else record._replace(label="")

    def _named(self, one: _Unfinished) -> RowResult:
        """Give the parts of a row their names.

        Raises:
            WriteError: one could not be written; none is left.
        """
        result = one.result
        row = result.task.row.number
        number = f"{result.task.number:0{self._width}}"
        wanted = file_name(self._settings.template, {"number": number, **dict(result.fields)})
        names = self._names.take(wanted, row, [file.suffix for file in result.files])
        if blocked := [name for name in names if not self._folder.is_free(name)]:
            for part in one.parts:
                remove_part(part)
            return result._replace(
                files=(), problems=tuple(Problem(_OTHER_KIND, file=name) for name in blocked)
            )
        files = tuple(
            file._replace(record=self._told(file.record._replace(file=name)))
            for file, name in zip(result.files, names, strict=True)
        )
        self._folder.commit([(part, file.record) for part, file in zip(one.parts, files, strict=True)])
        return result._replace(files=files)


def _by_row(earlier: Sequence[Record]) -> Mapping[int, tuple[Record, ...]]:
    """Return the last record of each kind of file, by rows."""
    last = {(record.row, record.kind): record for record in earlier}
    rows: dict[int, list[Record]] = defaultdict(list)
    for record in last.values():
        rows[record.row].append(record)
    return {row: tuple(records) for row, records in rows.items()}
