"""The folder that a batch writes into: locked, with a journal of what is finished, and without halves.

Workers write parts; a part becomes a file of the folder in one step, after an entry in the journal. However
a run ends, the journal and the digests show a later run what is finished.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pdfgen.delivery.icalendar import CALENDAR_START
from pdfgen.delivery.interruptions import uninterrupted
from pdfgen.delivery.manifest import (
    CALENDAR_ENDING,
    CSV_NAME,
    JSON_NAME,
    SUMS_NAME,
    Record,
    digest_of,
    read_manifest,
    record_from,
)
from pdfgen.delivery.writing import (
    PDF_START,
    check_target,
    clear_stale_parts,
    may_be_replaced,
    remove_part,
    replacing,
    sync_all,
    sync_folder,
    unwritable,
    write_atomically,
)
from pdfgen.errors import Problem, WriteError

_JOURNAL, _LOCK, _PARTS = (f".pdfgen-batch.{what}" for what in ("journal", "lock", "parts"))

PROBLEMS_NAME = "problems.csv"

_JOURNAL_LINE = json.JSONEncoder(separators=(",", ":"))

#: Bytes kept free for the manifest, so that it can be written on a full disk: besides, and for each row.
_RESERVED, _RESERVED_A_ROW = 65_536, 1_600

#: Files that hold it. There are as many as reports, so that a disk that takes no more files takes these.
_RESERVES = tuple(f".pdfgen-batch.reserve-{number}" for number in range(4))

_VANISHED = "the folder was moved, removed or replaced while the batch was at work; run it again"


class BatchFolder:
    """A folder that one batch at a time writes into. Use it as a context: it is locked meanwhile.

    Attributes:
        path: with all links followed, so that nobody can put another folder in its place meanwhile.
        parts: the folder in it for unfinished files.
        earlier: what earlier runs finished here, in no order.

    Raises:
        WriteError: it cannot be written to, or another batch is at work in it.
    """

    def __init__(self, path: Path) -> None:
        self.name = path
        if os.path.islink(path) and not os.path.exists(path):  # noqa: PTH110, PTH114 - never raise
            message = "a link to a folder that does not exist; remove the link, or choose another folder"
            raise WriteError(Problem(message, file=str(path)))
        # Any name will do: this checks the folder, and the links that lead to it.
        self.path = check_target(path / JSON_NAME).parent
        self._status: os.stat_result | None = None
        self.parts = self.path / _PARTS
        self.earlier: tuple[Record, ...] = ()
        self._made: list[Path] = []
        self._lock = -1
        self._journal = -1

    def __enter__(self) -> BatchFolder:
        self._made = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self.path / _LOCK, self.name)
            self._status = self.path.stat()
        except OSError as error:
            raise WriteError(unwritable(self.name, error)) from error
        clear_stale_parts(self.path)
        self.earlier = (*read_manifest(self._read(JSON_NAME)), *self._read_journal())
        self._clear_parts()
        try:
            self.parts.mkdir()
        except OSError as error:
            self.__exit__()
            raise WriteError(unwritable(self.name, error)) from error
        return self

    def __exit__(self, *reason: object) -> None:
        self._clear_parts()
        self._free_reserve()
        for descriptor in (self._journal, self._lock):
            if descriptor >= 0:
                # The lock's file is removed while it is still locked.
                if descriptor == self._lock:
                    remove_part(self._inside(_LOCK))
                os.close(descriptor)
        for folder in self._made:
            # A folder that is not empty stays.
            with contextlib.suppress(OSError):
                folder.rmdir()

    def begin(self, kept: Iterable[Record], rows: int) -> None:
        """Retire the manifest of an earlier run and begin a journal with what may be kept of it.

        Raises:
            WriteError: the disk is full, or the folder cannot be written to.
        """
        text = "".join(_line(record.as_data()) for record in kept)
        self._reserve(_RESERVED + rows * _RESERVED_A_ROW)
        write_atomically(self.path / _JOURNAL, text.encode())
        for name in (JSON_NAME, CSV_NAME, SUMS_NAME, PROBLEMS_NAME):
            (self.path / name).unlink(missing_ok=True)
        self._journal = os.open(self.path / _JOURNAL, os.O_WRONLY | os.O_APPEND)

    def commit(self, files: Sequence[tuple[str, Record]]) -> None:
        """Give parts their names: all of those that belong together, or none. Call it `uninterrupted`.

        Raises:
            WriteError: one could not be written; all are gone.
        """
        done: list[str] = []
        try:
            self._note(record for _, record in files)
            for part, record in files:
                target = self._inside(record.file)
                os.replace(part, target)  # noqa: PTH105 - the call that failure tests replace
                done.append(target)
        except OSError as error:
            for path in (*done, *(part for part, _ in files)):
                remove_part(path)
            name = files[min(len(done), len(files) - 1)][1].file
            raise WriteError(unwritable(self.name / name, error)) from error

    def _clear_parts(self) -> None:
        """Remove the unfinished files: of this run at its end, of a killed one before the next."""
        shutil.rmtree(self.parts, ignore_errors=True)

    def _reserve(self, size: int) -> None:
        """Take room on the disk, to be given back before the manifest is written."""
        try:
            for name in _RESERVES[1:]:
                (self.path / name).touch()
            with (self.path / _RESERVES[0]).open("wb") as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, size)
                else:
                    file.write(bytes(size))
        except OSError as error:
            raise WriteError(unwritable(self.name, error)) from error

    def _free_reserve(self) -> None:
        for name in _RESERVES:
            remove_part(self._inside(name))

    def is_whole(self, record: Record) -> bool:
        """Whether a finished file is still there and as it was written, by its digest."""
        return digest_of(self.path / record.file) == record.sha256

    def check_still_there(self) -> None:
        """Check that nobody took the folder away.

        Raises:
            WriteError: somebody did.
        """
        try:
            is_same = self._status is not None and os.path.samestat(self.path.stat(), self._status)
        except OSError:
            is_same = False
        if not is_same:
            raise WriteError(Problem(_VANISHED, file=str(self.name)))

    def is_free(self, name: str) -> bool:
        """Whether a file may be written under a name: no folder, link or file of another kind is there."""
        target = self._inside(name)
        try:
            mode = os.lstat(target).st_mode
        except FileNotFoundError:
            return True
        except OSError:
            return False
        start = CALENDAR_START if name.endswith(CALENDAR_ENDING) else PDF_START
        return not stat.S_ISLNK(mode) and may_be_replaced(Path(target), start)

    def _inside(self, name: str) -> str:
        """Return the path of a file; names are plain, and a string is quicker than a Path."""
        return f"{self.path}{os.sep}{name}"

    def finish(self, files: Mapping[str, Iterable[bytes]]) -> None:
        """Write the manifest and the other reports of a run; remove what only a run needs.

        Args:
            files: by name, in pieces.

        Raises:
            WriteError: it could not be written; the journal is left then, and a later run can go on.
        """
        self.check_still_there()
        with uninterrupted():
            self._clear_parts()
            self._free_reserve()
            sync_all()
            for name, pieces in files.items():
                path = self.path / name
                with replacing(path, check_target(path)) as file:
                    file.writelines(pieces)
            remove_part(self._inside(_JOURNAL))
            sync_folder(self.path)

    def left_over(self, records: Iterable[Record]) -> tuple[str, ...]:
        """Return the PDF files and calendars that are here, and not among the records of a run."""
        found = {path.name for ending in (".pdf", CALENDAR_ENDING) for path in self.path.glob(f"*{ending}")}
        return tuple(sorted(found - {record.file for record in records}))

    def _note(self, records: Iterable[Record]) -> None:
        data = "".join(_line(record.as_data()) for record in records).encode()
        written = os.write(self._journal, data)
        if written != len(data):
            end = os.lseek(self._journal, 0, os.SEEK_END)
            os.ftruncate(self._journal, end - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _read_journal(self) -> tuple[Record, ...]:
        records = []
        for line in self._read(_JOURNAL).splitlines():
            try:
                data: Any = json.loads(line)
            except (ValueError, RecursionError):
                continue  # the last line of a run that was killed
            if record := record_from(data):
                records.append(record)
        return tuple(records)

    def _read(self, name: str) -> str:
        try:
            return (self.path / name).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise WriteError(unwritable(self.name / name, error)) from error


def _line(data: Mapping[str, Any]) -> str:
    return _JOURNAL_LINE.encode(data) + "\n"


def _locked(path: Path, folder: Path) -> int:
    """Return the descriptor of the file `path`, which is locked as long as it is open."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            message = "another batch is at work in this folder; wait for it, or choose another folder"
            raise WriteError(Problem(message, file=str(folder))) from None
        # The batch that had the lock may have removed the file since it was opened.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        # The lock belongs to this process alone: workers that outlive it do not keep the folder locked.
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
