"""One row in, one unfinished file out.

A `Workshop` works in each process of a batch. It keeps what rows share, so that a row costs no more than its
own pages.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pdfgen import __version__
from pdfgen.compiled import make
from pdfgen.content.rosters.roster import RosterRow, row_prescription, row_source
from pdfgen.content.source import Source
from pdfgen.delivery.manifest import Record, digest_of
from pdfgen.delivery.writing import write_part
from pdfgen.errors import PdfgenError, Problem, WriteError
from pdfgen.inputs import check_shared
from pdfgen.press import Job, Press, Stock, prepare

_ENDED_TWICE = "the process that made it ended twice without a word; make it alone with `pdfgen generate`"
_TWO_COPIES = (
    "this layout makes two copies, and a batch one file a row; make it with `pdfgen generate`, or choose "
    "another layout"
)
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
        checks_only: whether rows are composed and nothing is written.
    """

    job: Job
    folder: Path
    parts: Path | None
    base: Source | None = None
    encrypts: bool = False
    checks_only: bool = False


@dataclass(frozen=True)
class Task:
    """One row to be made.

    Attributes:
        number: its place in the roster, from 1.
        row: its values.
        kept: what an earlier run made of the row with this number, if anything.
        password: that the file is to open with.
    """

    number: int
    row: RosterRow
    kept: Record | None = None
    password: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a task.

    Attributes:
        task: the task.
        part: the unfinished file; None where nothing was written.
        data: the unfinished file in pieces, where it was made on another machine.
        record: of the file, which has no name yet; None where the row failed, or was only checked.
        fields: what names of files may be made of.
        warnings: what should be looked at.
        problems: why the row failed.
        is_kept: whether the file of an earlier run is as it should be.
        stops: whether no other row can be written either: a full disk.
    """

    task: Task
    part: Path | None = None
    data: tuple[bytes, ...] = ()
    record: Record | None = None
    fields: tuple[tuple[str, str], ...] = ()
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_kept: bool = False
    stops: bool = False


class Workshop:
    """Makes the files of rows, one at a time.

    Attributes:
        order: what holds for all rows.
        stock: what rows share, read once.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.stock = Stock()

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
        press = self.prepared(task.row)
        if order.encrypts and not task.password:
            return Outcome(task, problems=(Problem(_NO_PASSWORD),))
        if press.twin() is not None:
            return Outcome(task, problems=(Problem(_TWO_COPIES, field="layout"),))
        outcome = Outcome(task, fields=_fields(task, press), warnings=press.to_look_at())
        key = _key(press, encrypted=order.encrypts)
        if task.kept and self._is_whole(task, key):
            record = replace(task.kept, label=press.prescription.patient.label)
            return replace(outcome, record=record, is_kept=True)
        (shared, own, sha256), pages = make(press, self.stock)
        if order.checks_only:
            return outcome
        if order.encrypts:
            from pdfgen.pdf.encryption import encrypted

            shared, own = encrypted(shared + own, task.password), b""
            sha256 = hashlib.sha256(shared).hexdigest()
        record = Record(
            row=task.row.number,
            id=press.ident,
            file="",
            sha256=sha256,
            pages=pages,
            warnings=len(outcome.warnings),
            key=key,
            label=press.prescription.patient.label,
        )
        if order.parts is None:
            return replace(outcome, record=record, data=(shared, own))
        return replace(outcome, record=record, part=write_part(order.parts, shared, own))

    def check_shared(self) -> None:
        """Read and check what all rows share, before there are workers.

        Raises:
            InputError: it cannot be used.
        """
        check_shared(self.order.job, self.stock)

    def prepared(self, row: RosterRow) -> Press:
        """Read and check one row.

        Raises:
            InputError, FitError: as `press.prepare`, with row and column.
        """
        order = self.order
        if row.problems:
            row_prescription(row, order.base, order.job.overrides)
        return prepare(replace(order.job, prescription_file=row_source(row, order.base)), self.stock)

    def _is_whole(self, task: Task, key: str) -> bool:
        """Whether the file of an earlier run is there, unchanged, and what would be made now."""
        assert task.kept is not None
        # Who sends tasks to another machine has looked at the files.
        return task.kept.key == key and (self.order.parts is None or is_unchanged(task, self.order))


def is_unchanged(task: Task, order: Order) -> bool:
    """Whether the file of an earlier run is as it was written, and opens with the password of its row."""
    if task.kept is None:
        return False
    path = order.folder / task.kept.file
    if digest_of(path) != task.kept.sha256:
        return False
    if not order.encrypts:
        return True
    from pdfgen.pdf.encryption import opens_with

    return opens_with(path.read_bytes(), task.password)


def lost(task: Task) -> Outcome:
    """Return the outcome of a task that workers died of."""
    return Outcome(task, problems=(Problem(_ENDED_TWICE),))


def _fields(task: Task, press: Press) -> tuple[tuple[str, str], ...]:
    prescription = press.prescription
    return (
        ("row", str(task.row.number)),
        ("id", press.ident),
        ("language", prescription.language),
        ("paper", press.paper),
        ("program", prescription.program),
        ("start", prescription.start.isoformat() if prescription.start else "undated"),
        ("weeks", str(prescription.weeks)),
        ("label", prescription.patient.label),
    )


def _key(press: Press, *, encrypted: bool) -> str:
    """Return a digest of all that decides what a file holds."""
    parts = [press.identity.digest, press.ident, press.created.isoformat(), press.name_in_metadata, encrypted]
    return hashlib.sha256(json.dumps([__version__, *parts]).encode()).hexdigest()[:16]
