"""Writing a finished file so that nobody ever sees half of it.

Bytes go into a new file in the same folder, are forced to disk, and replace the old file in one step. If
that fails, the old file stays as it was, and no new file or folder is left behind. A later process removes
the unfinished files of a killed one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pdfgen.errors import Problem, WriteError

STDOUT = Path("-")
"""Stands for standard output instead of a file."""

STDOUT_NAME = "standard output"
"""How problems name standard output."""

PDF_START = b"%PDF-"
"""What a PDF begins with."""

_PART = re.compile(r"\.pdfgen-(\d+)-[0-9a-f]+\.part")
"""Name of an unfinished file, with the number of the process that writes it."""

_STALE_AFTER = 3600.0
"""Seconds. A process of another machine that writes to a shared disk seems dead from here; no process writes
for so long."""

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space or choose another folder",
    errno.EDQUOT: "your disk quota is used up; free some space or choose another folder",
    errno.EACCES: "no permission to write here; choose another folder or change the permissions",
    errno.EPERM: "no permission to write here; choose another folder or change the permissions",
    errno.EROFS: "this disk can only be read; choose another folder",
    errno.ENAMETOOLONG: "the file name is too long; choose a shorter one",
    errno.ENOTDIR: "a part of this path is a file, not a folder; choose another folder",
    errno.EISDIR: "this is a folder; name the file to write",
    errno.EBADF: "is closed; name a file to write",
    errno.EMFILE: "too many files are open; close other programs, or raise the limit (ulimit -n)",
    errno.ENFILE: "too many files are open; close other programs, or raise the limit (ulimit -n)",
}


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to the file `path`, wholly or not at all; `-` writes to standard output.

    A missing folder is made. An existing file keeps its permissions, a new one gets those that the umask
    leaves. A link is followed: the file that it points to is replaced.

    Raises:
        WriteError: it could not be written; the file that was there before is untouched.
    """
    if path == STDOUT:
        _write_to_stdout(data)
        return
    with replacing(path, check_target(path)) as file:
        _write_fully(file.fileno(), data)


@contextlib.contextmanager
def replacing(path: Path, target: Path) -> Iterator[BinaryIO]:
    """Give a new file to write to, which replaces `target` in one step at the end of the context.

    An error in the context leaves `target` as it was, and no new file or folder behind.

    Args:
        path: the name that the user gave, for messages.
        target: what `check_target` returned for it.

    Raises:
        WriteError: the file could not be written.
    """
    missing = [folder for folder in target.parents if not folder.exists()]
    part = f"{target.parent}{os.sep}{_part_name()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(part, "xb", opener=_opened) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            Path(part).chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(part, target)  # noqa: PTH105 - the call that failure tests replace
    except BaseException as error:
        remove_part(part)
        for folder in missing:
            # Another program may have put a file into the folder by now.
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise WriteError(unwritable(path, error)) from error
        raise
    sync_folder(target.parent)


def write_part(folder: Path, *data: bytes) -> str:
    """Write `data` to a new file in `folder` that cannot be taken for a finished one, and return its path.

    The file is not forced to disk: a caller that writes many files does that once, at the end.

    Raises:
        WriteError: it could not be written; nothing is left behind.
    """
    part = f"{folder}{os.sep}{_part_name()}"
    try:
        descriptor = _opened(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0))
        try:
            for piece in data:
                _write_fully(descriptor, piece)
        finally:
            os.close(descriptor)
    except BaseException as error:
        # An interruption by the keyboard must not leave a part behind either.
        remove_part(part)
        if isinstance(error, OSError):
            raise WriteError(unwritable(folder, error)) from error
        raise
    return part


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, 0o666)


def _part_name() -> str:
    return f".pdfgen-{os.getpid()}-{secrets.token_hex(8)}.part"


def clear_stale_parts(folder: Path) -> None:
    """Remove the unfinished files that killed processes left in `folder` more than an hour ago."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = _PART.fullmatch(entry.name)
            if match and not _is_alive(int(match[1])) and time.time() - entry.stat().st_mtime > _STALE_AFTER:
                os.unlink(entry.path)  # noqa: PTH108 - an entry is not a Path


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        # On other systems, asking would end the process.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def check_target(path: Path, *, replaces: bytes = b"", at: int = 0) -> Path:
    """Check before long work that `path` could be written, and return the file behind any links.

    The answer may be out of date a moment later; writing checks again. Nothing is made or changed.

    Args:
        replaces: bytes that a file must hold to be replaced (`%PDF-`); an empty file may always be replaced.
        at: where the file must hold these bytes, counted from its beginning.

    Raises:
        WriteError: the path is a folder, a device or a link to nothing, its folder cannot be written to, or
            the file that is there is of another kind.
    """
    if path == STDOUT:
        return path
    try:
        target = _behind_links(path)
        if target.exists() and not target.is_file():
            special = "this is not an ordinary file; choose another"
            raise WriteError(Problem(_ADVICE[errno.EISDIR] if target.is_dir() else special, file=str(path)))
        folder = next(parent for parent in target.parents if parent.exists())
    except OSError as error:
        raise WriteError(unwritable(path, error)) from error
    if not folder.is_dir():
        raise WriteError(Problem(_ADVICE[errno.ENOTDIR], file=str(path)))
    if not os.access(folder, os.W_OK | os.X_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise WriteError(Problem(_ADVICE[errno.EACCES], file=str(path)))
    if replaces and not may_be_replaced(target, replaces, at):
        message = "another kind of file is here and is left as it is; choose another name"
        raise WriteError(Problem(message, file=str(path)))
    return target


def may_be_replaced(target: Path, mark: bytes, at: int = 0) -> bool:
    """Whether `target` is missing, is an empty file, or is a file that holds `mark` at this place."""
    try:
        with target.open("rb") as file:
            start = file.read(at + len(mark))
            return not start or start[at:] == mark
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _behind_links(path: Path) -> Path:
    """Return the absolute path with all links followed."""
    try:
        target = path.resolve()
    except RuntimeError as error:
        raise WriteError(Problem("the link points to itself; remove it", file=str(path))) from error
    if path.is_symlink() and not target.exists():
        raise WriteError(
            Problem(f"a link to {target}, which does not exist; remove the link", file=str(path))
        )
    return target


def remove_part(part: str) -> None:
    """Remove an unfinished file, if it and its folder are still there."""
    with contextlib.suppress(OSError):
        Path(part).unlink()


def _write_fully(descriptor: int, data: bytes) -> None:
    # One call may write less than asked; a full disk often shows only in the call after that.
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: Path) -> None:
    """Force the names in `folder` to disk. Some systems cannot, which only matters in a power cut."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_all() -> None:
    """Force all that was written to disk."""
    if hasattr(os, "sync"):
        os.sync()


def _write_to_stdout(data: bytes) -> None:
    if sys.stdout is None:
        raise WriteError(Problem(_ADVICE[errno.EBADF], file=STDOUT_NAME))
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(unwritable(Path(STDOUT_NAME), error)) from error


def advice(error: OSError) -> str:
    """Return what to do about a failure to write."""
    known = _ADVICE.get(error.errno or 0)
    return known or f"cannot be written ({error.strerror or error}); choose another place"


def unwritable(path: Path | str, error: OSError) -> Problem:
    """Return the problem for a file or folder that could not be written."""
    return Problem(advice(error), file=str(path))
