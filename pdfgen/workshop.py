"""One row in, its unfinished files out.

A `Workshop` works in each process of a batch. It keeps what rows share, so that a row costs no more than its
own pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pdfgen import __version__
from pdfgen.companions import ProgramFile, make_files, suffixes
from pdfgen.content.library import Library
from pdfgen.content.loading import overridden
from pdfgen.content.rosters.roster import RosterRow, row_prescription, row_source
from pdfgen.content.source import Source
from pdfgen.delivery.manifest import Record, digest_of
from pdfgen.delivery.writing import write_part
from pdfgen.errors import PdfgenError, Problem, WriteError
from pdfgen.inputs import check_shared, library_files, overrides_of
from pdfgen.press import WHO, Job, Press, Stock, prepare

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


@dataclass(frozen=True)
class Task:
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


@dataclass(frozen=True)
class MadeFile:
    """One of the files of a row.

    Attributes:
        record: of the file; without a name, where it is unfinished.
        part: the unfinished file; None where the file of an earlier run is kept.
        suffix: what its name has behind the stem that all files of the row share.
        data: the unfinished file in pieces, where it was made on another machine.
    """

    record: Record
    part: Path | None = None
    suffix: str = ""
    data: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Outcome:
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
        stock: what rows share, read once.
    """

    def __init__(self, order: Order, stock: Stock | None = None) -> None:
        self.order = order
        self.stock = stock or Stock()

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
        outcome = Outcome(task, fields=_fields(task, press), warnings=press.to_look_at())
        key = _key(press, encrypted=order.encrypts)
        label = press.prescription.patient.label
        behind = suffixes(press)
        if kept := self._whole(task, behind, key):
            files = tuple(MadeFile(replace(record, label=label)) for record in kept)
            return replace(outcome, files=files, is_kept=True)
        record = Record(
            row=task.row.number, id=press.ident, file="", sha256="", pages=0,
            warnings=len(outcome.warnings), key=key, label=label,
        )  # fmt: skip
        files = tuple(
            self._written(file, record, task.password, behind[file.kind])
            for file in make_files(press, self.stock)
        )
        return replace(outcome, files=files)

    def _written(self, file: ProgramFile, record: Record, password: str, suffix: str) -> MadeFile:
        shared, own, sha256 = file.file
        if self.order.encrypts:
            from pdfgen.pdf.encryption import encrypted

            shared, own = encrypted(shared + own, password), b""
            sha256 = hashlib.sha256(shared).hexdigest()
        record = replace(record, kind=file.kind, sha256=sha256, pages=file.pages)
        if self.order.parts is None:
            return MadeFile(record, suffix=suffix, data=(shared, own))
        return MadeFile(record, write_part(self.order.parts, shared, own), suffix)

    @property
    def library(self) -> Library:
        """The library that all rows share."""
        return self.stock.library(library_files(self.order.job)).value

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
        source = overridden(row_source(row, order.base), overrides_of(order.job))
        key = ("row", _but_who(source))
        before: Press | None = self.stock.recent(key)
        if before and (press := before.with_patient(source)):
            return press
        press = prepare(replace(order.job, prescription_file=source), self.stock)
        # Warnings name the row that they are about.
        if not press.warnings:
            self.stock.keep(key, press)
        return press

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


def _but_who(source: Source) -> str:
    """Return what a source says but for who the patient is."""
    data: Mapping[str, Any] = source.data
    return json.dumps({key: data[key] for key in data if key not in WHO}, sort_keys=True)


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
        ("layout", press.layout_name),
        ("label", prescription.patient.label),
    )


def _key(press: Press, *, encrypted: bool) -> str:
    """Return a digest of all that decides what a file holds."""
    parts = [press.identity.digest, press.ident, press.created.isoformat(), press.name_in_metadata, encrypted]
    return hashlib.sha256(json.dumps([__version__, *parts]).encode()).hexdigest()[:16]
