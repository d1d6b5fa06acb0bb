"""One row in, its unfinished files out.

A `Workshop` works in each process of a batch. It keeps what rows share, so that a row costs no more than its
own pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from pdfgen import __version__
from pdfgen.content.files.source import Source
from pdfgen.content.loading import overridden
from pdfgen.content.models.library import Library
from pdfgen.content.rosters.roster import RosterRow, row_prescription, row_source
from pdfgen.delivery.manifest import Record, digest_of
from pdfgen.delivery.writing import write_part
from pdfgen.errors import PdfgenError, Problem, WriteError
from pdfgen.production.inputs import Job, Shared, check_shared, library_files, overrides_of
from pdfgen.production.program import Program, plan, read, warnings_of
from pdfgen.production.program_files import ProgramFile, make_files, suffixes

_ENDED_TWICE = "the process that made it ended twice without a word; make it alone with `pdfgen generate`"
_NO_PASSWORD = "has no password in the file of passwords; add one"


@dataclass(frozen=True)
class Order:
    """What holds for all rows.

    Attributes:
        job: choices that go above those of the rows; its prescription is not looked at.
        folder: where files of earlier runs are.
        parts: where unfinished files are written; None where the outcome carries them, because it is made on
            another machine.
        base: a prescription that every row is laid over.
        encrypts: whether each file opens with a password only.
    """

    job: Job
    folder: Path
    parts: Path | None
    base: Source | None = None
    encrypts: bool = False


class Task(NamedTuple):
    """One row to be made.

    Attributes:
        number: its place in the roster, from 1.
        row: its values.
        kept: the files that an earlier run made of the row with this number.
        password: that the file is to open with.
    """

    number: int
    row: RosterRow
    kept: tuple[Record, ...] = ()
    password: str = ""


class MadeFile(NamedTuple):
    """One of the files of a row.

    Attributes:
        record: of the file; without a name, where it is unfinished.
        part: path of the unfinished file; None where the file of an earlier run is kept.
        suffix: what its name has behind the stem that all files of the row share.
        data: the unfinished file in pieces, where it was made on another machine.
    """

    record: Record
    part: str | None = None
    suffix: str = ""
    data: tuple[bytes, ...] = ()


class Outcome(NamedTuple):
    """What became of a task.

    Attributes:
        task: the task.
        files: those of the row, which belong together; none where the row failed.
        fields: what names of files may be made of.
        warnings: what should be looked at.
        problems: why the row failed.
        is_kept: whether the files of an earlier run are as they should be.
        stops: whether no other row can be written either: a full disk.
    """

    task: Task
    files: tuple[MadeFile, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_kept: bool = False
    stops: bool = False


class Workshop:
    """Makes the files of rows, one at a time.

    Attributes:
        order: what holds for all rows.
        shared: what rows share, read once.
    """

    def __init__(self, order: Order, shared: Shared | None = None) -> None:
        self.order = order
        self.shared = shared or Shared()

    def __reduce__(self) -> tuple[Any, ...]:
        # What it read stays here: another process reads it again.
        return Workshop, (self.order,)

    def __call__(self, task: Task) -> Outcome:
        """Make one row. What is wrong with it is in the outcome."""
        try:
            return self._made(task)
        except WriteError as error:
            return Outcome(task, problems=error.problems, stops=True)
        except PdfgenError as error:
            return Outcome(task, problems=error.problems)
        except Exception as error:
            # The other rows are somebody's programs too.
            message = f"pdfgen has a mistake ({type(error).__name__}); please report it"
            return Outcome(task, problems=(Problem(message),))

    def _made(self, task: Task) -> Outcome:
        order = self.order
        program = self._program(task.row)
        if order.encrypts and not task.password:
            return Outcome(task, problems=(Problem(_NO_PASSWORD),))
        planned = plan(program, self.shared)
        warnings = warnings_of(program, planned)
        fields, key, kinds = self._fields(task.row, program), self._key(program), suffixes(program)
        label = program.prescription.patient.label
        if kept := self._whole(task, kinds, key):
            files = tuple([MadeFile(record._replace(label=label)) for record in kept])
            return Outcome(task, files, fields, warnings, is_kept=True)
        made = []
        for file in make_files(program, self.shared):
            data, sha256 = self._locked(file, task.password)
            record = Record(
                task.row.number, program.identity.document_id, "", sha256, file.pages, len(warnings),
                key, file.kind, label,
            )  # fmt: skip
            made.append(self._written(data, record, kinds[file.kind]))
        return Outcome(task, tuple(made), fields, warnings)

    def _locked(self, file: ProgramFile, password: str) -> tuple[tuple[bytes, ...], str]:
        """Return a file in parts, locked if that is asked for, and its digest."""
        if not self.order.encrypts:
            return file.data, file.sha256
        from pdfgen.pdf.encryption import encrypted

        data = encrypted(b"".join(file.data), password)
        return (data,), hashlib.sha256(data).hexdigest()

    def _written(self, data: tuple[bytes, ...], record: Record, suffix: str) -> MadeFile:
        if self.order.parts is None:
            return MadeFile(record, suffix=suffix, data=data)
        return MadeFile(record, write_part(self.order.parts, *data), suffix)

    def _program(self, row: RosterRow) -> Program:
        """Read and check one row.

        Raises:
            InputError, FitError: as `program.read`, with row and column.
        """
        order = self.order
        if row.problems:
            row_prescription(row, order.base, order.job.overrides)
        source = overridden(row_source(row, order.base), overrides_of(order.job))
        return read(replace(order.job, prescription_file=source), self.shared)

    def _key(self, program: Program) -> str:
        """Return a digest of all that decides what the files of a program hold."""
        identity = program.identity
        made_from = (
            identity.digest, identity.document_id, program.created.isoformat(),
            __version__, program.name_in_metadata, self.order.encrypts,
        )  # fmt: skip
        return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]

    @staticmethod
    def _fields(row: RosterRow, program: Program) -> tuple[tuple[str, str], ...]:
        """Return what names of files may be made of."""
        prescription = program.prescription
        start = prescription.start
        return (
            ("row", str(row.number)),
            ("id", program.identity.document_id),
            ("label", prescription.patient.label),
            ("start", start.isoformat() if start else "undated"),
            ("language", prescription.language),
            ("paper", program.paper),
            ("program", prescription.program),
            ("weeks", str(prescription.weeks)),
            ("layout", program.layout_name),
        )

    @property
    def library(self) -> Library:
        """The library that all rows share."""
        return self.shared.library(library_files(self.order.job)).value

    def check_shared(self) -> None:
        """Read and check what all rows share, before there are workers.

        Raises:
            InputError: it cannot be used.
        """
        check_shared(self.order.job, self.shared)

    def _whole(self, task: Task, kinds: Iterable[str], key: str) -> tuple[Record, ...]:
        """Return the files of an earlier run if all are there, unchanged, and what would be made now."""
        kept = {record.kind: record for record in task.kept if record.key == key}
        if not kept.keys() >= set(kinds):
            return ()
        records = tuple(kept[kind] for kind in kinds)
        # Who sends tasks to another machine has looked at the files.
        elsewhere = self.order.parts is None
        return records if elsewhere or all(is_unchanged(one, task, self.order) for one in records) else ()


def is_unchanged(record: Record, task: Task, order: Order) -> bool:
    """Whether the file of an earlier run is as it was written, and opens with the password of its row."""
    path = order.folder / record.file
    if digest_of(path) != record.sha256:
        return False
    if not order.encrypts:
        return True
    from pdfgen.pdf.encryption import opens_with

    return opens_with(path.read_bytes(), task.password)


def lost(task: Task) -> Outcome:
    """Return the outcome of a task that workers died of."""
    return Outcome(task, problems=(Problem(_ENDED_TWICE),))
