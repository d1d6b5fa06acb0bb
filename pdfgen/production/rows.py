"""One row in, the bytes of its files out.

A `RowMaker` works in each process of a batch. It keeps what rows share, so that a row costs no more than its
own pages. It reads the input files that a row names, and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from pdfgen.content.files.source import Source
from pdfgen.content.rosters.roster import RosterRow, row_prescription, row_source
from pdfgen.delivery.manifest import Record
from pdfgen.errors import PdfgenError, Problem
from pdfgen.production.inputs import check_shared
from pdfgen.production.job import Job
from pdfgen.production.program import Program, plan, read
from pdfgen.production.program_files import ProgramFile, make_files, suffixes
from pdfgen.production.program_warnings import warnings_of
from pdfgen.production.shared import Shared
from pdfgen.version import __version__

_ENDED_TWICE = "the process that made it ended twice without a word; make it alone with `pdfgen generate`"
_NO_PASSWORD = "has no password in the file of passwords; add one"


class RowSettings(NamedTuple):
    """What holds for all rows.

    Attributes:
        job: choices that go above those of the rows; its prescription is not looked at.
        base: a prescription that every row is laid over.
        encrypts: whether each file opens with a password only.
        calendars: whether each program has a calendar of its days.
        sheets: whether sheets for the printer are made, where a layout has them.
    """

    job: Job
    base: Source | None = None
    encrypts: bool = False
    calendars: bool = False
    sheets: bool = True


class RowTask(NamedTuple):
    """One row to be made.

    Attributes:
        number: its place in the roster, from 1.
        row: its values.
        kept: the files that an earlier run made of the row with this number and that are still as they were
            written.
        password: that the file is to open with.
    """

    number: int
    row: RosterRow
    kept: tuple[Record, ...] = ()
    password: str = ""


class MadeFile(NamedTuple):
    """One of the files of a row.

    Attributes:
        record: of the file; the name is empty until the file has one.
        suffix: what its name has behind the stem that all files of the row share.
        data: its bytes in pieces; none where the file of an earlier run is kept, or it is written already.
    """

    record: Record
    suffix: str = ""
    data: tuple[bytes, ...] = ()


class RowResult(NamedTuple):
    """What became of a task.

    Attributes:
        task: the task.
        files: those of the row, which belong together; none where the row failed.
        fields: what names of files may be made of.
        warnings: what should be looked at.
        problems: why the row failed.
        is_kept: whether the files of an earlier run are what would be made now.
    """

    task: RowTask
    files: tuple[MadeFile, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_kept: bool = False


class RowMaker:
    """Makes the files of rows, one at a time.

    Attributes:
        settings: what holds for all rows.
        shared: what rows share, read once.
    """

    def __init__(self, settings: RowSettings, shared: Shared | None = None) -> None:
        self.settings = settings
        self.shared = shared or Shared()

    def __call__(self, task: RowTask) -> RowResult:
        """Make one row. What is wrong with it is in the result."""
        try:
            return self._made(task)
        except PdfgenError as error:
            return RowResult(task, problems=error.problems)
        except Exception as error:
            # The other rows are somebody's programs too.
            message = f"pdfgen has a mistake ({type(error).__name__}); please report it"
            return RowResult(task, problems=(Problem(message),))

    def _made(self, task: RowTask) -> RowResult:
        program = self._program(task.row)
        if self.settings.encrypts and not task.password:
            return RowResult(task, problems=(Problem(_NO_PASSWORD),))
        planned = plan(program, self.shared)
        warnings = warnings_of(program, planned)
        wanted = {"sheets": self.settings.sheets, "calendars": self.settings.calendars}
        fields, key = self._fields(task.row, program), self._key(program)
        kinds = suffixes(program, **wanted)
        label = program.prescription.patient.label
        if kept := _whole(task, kinds, key):
            files = tuple([MadeFile(record._replace(label=label)) for record in kept])
            return RowResult(task, files, fields, warnings, is_kept=True)
        made = []
        for file in make_files(program, self.shared, **wanted):
            warnings += file.warnings
            data, sha256 = self._locked(file, task.password)
            record = Record(
                task.row.number, program.identity.document_id, "", sha256, file.pages, len(warnings),
                key, file.kind, label,
            )  # fmt: skip
            made.append(MadeFile(record, kinds[file.kind], data))
        return RowResult(task, tuple(made), fields, warnings)

    def _locked(self, file: ProgramFile, password: str) -> tuple[tuple[bytes, ...], str]:
        """Return a file in parts, locked if that is asked for, and its digest."""
        if not self.settings.encrypts:
            return file.data, file.sha256
        from pdfgen.delivery.encryption import encrypted

        data = encrypted(b"".join(file.data), password)
        return (data,), hashlib.sha256(data).hexdigest()

    def _program(self, row: RosterRow) -> Program:
        """Read and check one row.

        Raises:
            InputError, FitError: as `program.read`, with row and column.
        """
        job, base = self.settings.job, self.settings.base
        if row.problems:
            row_prescription(row, base, job.overrides)
        return read(job._replace(prescription_file=row_source(row, base)), self.shared)

    def _key(self, program: Program) -> str:
        """Return a digest of all that decides what the files of a program hold."""
        identity = program.identity
        made_from = (
            identity.digest, identity.document_id, program.created.isoformat(),
            __version__, program.name_in_metadata, self.settings.encrypts,
        )  # fmt: skip
        return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]

    @staticmethod
    def _fields(row: RosterRow, program: Program) -> tuple[tuple[str, str], ...]:
        """Return what names of files and separator sheets may be made of."""
        prescription = program.prescription
        start = prescription.start
        return (
            ("row", str(row.number)),
            ("id", program.identity.document_id),
            ("label", prescription.patient.label),
            ("start", start.isoformat() if start else "undated"),
            ("language", program.language.id),
            ("paper", program.paper),
            ("program", prescription.program),
            ("program_name", program.language.of(program.library.programs[prescription.program].name)),
            ("weeks", str(prescription.weeks)),
            ("layout", program.layout_name),
        )

    def check_shared(self) -> None:
        """Read and check what all rows share, before there are workers.

        Raises:
            InputError: it cannot be used.
        """
        check_shared(self.settings.job, self.shared)


def _whole(task: RowTask, kinds: Iterable[str], key: str) -> tuple[Record, ...]:
    """Return the files of an earlier run if all of them are there and are what would be made now."""
    kept = {record.kind: record for record in task.kept if record.key == key}
    return tuple(kept[kind] for kind in kinds) if kept.keys() >= set(kinds) else ()


def lost(task: RowTask) -> RowResult:
    """Return the result of a task that two processes died of."""
    return RowResult(task, problems=(Problem(_ENDED_TWICE),))
