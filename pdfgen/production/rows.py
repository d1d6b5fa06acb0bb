"""One row in, the bytes of its files out.

A `RowMaker` works in each process of a batch. It keeps what rows share, so that a row costs no more than its
own pages. It reads the input files that a row names, and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pdfgen.content.files.source import Source
from pdfgen.content.loading import overridden
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import personal_of, shape_of
from pdfgen.content.rosters.roster import RosterRow, plan_of, row_prescription, row_source
from pdfgen.delivery.manifest import Record
from pdfgen.errors import PdfgenError, Problem
from pdfgen.pdf.shared_part import Finished
from pdfgen.production.inputs import check_shared, library_files, overrides_of
from pdfgen.production.program import Job, Press, Stock, prepare
from pdfgen.production.program_files import make_files
from pdfgen.production.row_programs import KnownPlan, Plan, Program, Whose

_ENDED_TWICE = "the process that made it ended twice without a word; make it alone with `pdfgen generate`"
_NO_PASSWORD = "has no password in the file of passwords; add one"


@dataclass(frozen=True)
class RowSettings:
    """What holds for all rows.

    Attributes:
        job: choices that go above those of the rows; its prescription is not looked at.
        base: a prescription that every row is laid over.
        encrypts: whether each file opens with a password only.
    """

    job: Job
    base: Source | None = None
    encrypts: bool = False


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
        stock: what rows share, read once.
    """

    def __init__(self, settings: RowSettings, stock: Stock | None = None) -> None:
        self.settings = settings
        self.stock = stock or Stock()
        #: Fields that hold for all rows, whatever they say.
        self._overridden = frozenset(key.partition(".")[0] for key, *_ in overrides_of(settings.job))

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
        warnings = program.warnings
        if kept := _whole(task, program.suffixes, program.key):
            files = tuple([MadeFile(record._replace(label=program.label)) for record in kept])
            return RowResult(task, files, program.fields, warnings, is_kept=True)
        made = []
        for kind, file, pages in program.files():
            data, sha256 = self._locked(file, task.password)
            record = Record(
                task.row.number, program.ident, "", sha256, pages, len(warnings),
                program.key, kind, program.label,
            )  # fmt: skip
            made.append(MadeFile(record, program.suffixes[kind], data))
        return RowResult(task, tuple(made), program.fields, warnings)

    def _locked(self, file: Finished, password: str) -> tuple[tuple[bytes, bytes], str]:
        """Return a file in two parts, locked if that is asked for, and its digest."""
        if not self.settings.encrypts:
            return (file.shared, file.own), file.digest
        from pdfgen.pdf.encryption import encrypted

        data = encrypted(file.shared + file.own, password)
        return (data, b""), hashlib.sha256(data).hexdigest()

    def _program(self, row: RosterRow) -> Program:
        """Return what a row asks for.

        Raises:
            InputError, FitError: as `prepared`.
        """
        stock = self.stock
        said = {key: value for key, value in row.personal.items() if key not in self._overridden}
        found = personal_of(row.source.root) if self._may_be_known(row, said) else None
        key = ("known", row.source.file, row.plan, *said, shape_of(found)) if found else ()
        known: KnownPlan | None = stock.recent(key)
        if known and found:
            program = known.program(
                row.number, said, found, stock, lambda: make_files(self.prepared(row), stock)
            )
            if program:
                return program
        press = self.prepared(row)
        plan = Plan(press, encrypted=self.settings.encrypts)
        if found and known is None and KnownPlan.serves(press):
            stock.keep(key, KnownPlan(plan, press, said))
        prescription = press.prescription
        whose = Whose(prescription.patient.label, prescription.start, press.created, press.identity)
        return plan.program(row.number, whose, lambda: make_files(press, stock))

    def _may_be_known(self, row: RosterRow, said: Mapping[str, Any]) -> bool:
        """Whether what a row says that is personal is a name, and no more than therapist and start."""
        patient = said.get("patient")
        return (
            not row.problems
            and isinstance(patient, dict)
            and patient.keys() == {"label"}
            and "id" not in said.keys() | self._overridden
        )

    @property
    def library(self) -> Library:
        """The library that all rows share."""
        return self.stock.library(library_files(self.settings.job)).value

    def check_shared(self) -> None:
        """Read and check what all rows share, before there are workers.

        Raises:
            InputError: it cannot be used.
        """
        check_shared(self.settings.job, self.stock)

    def prepared(self, row: RosterRow) -> Press:
        """Read and check one row.

        Raises:
            InputError, FitError: as `press.prepare`, with row and column.
        """
        settings = self.settings
        if row.problems:
            row_prescription(row, settings.base, settings.job.overrides)
        source = overridden(row_source(row, settings.base), overrides_of(settings.job))
        found = personal_of(source.root)
        key = ("row", source.file, plan_of(source.root), shape_of(found)) if found else ()
        before: Press | None = self.stock.recent(key)
        if before and found and (press := before.with_personal(found, source)):
            return press
        press = prepare(replace(settings.job, prescription_file=source), self.stock)
        # Warnings name the row that they are about.
        if not press.warnings and found:
            self.stock.keep(key, press)
        return press


def _whole(task: RowTask, kinds: Iterable[str], key: str) -> tuple[Record, ...]:
    """Return the files of an earlier run if all of them are there and are what would be made now."""
    kept = {record.kind: record for record in task.kept if record.key == key}
    return tuple(kept[kind] for kind in kinds) if kept.keys() >= set(kinds) else ()


def lost(task: RowTask) -> RowResult:
    """Return the result of a task that two processes died of."""
    return RowResult(task, problems=(Problem(_ENDED_TWICE),))
