"""A folder that keeps what is made of shipped files and of a clinic's, from one run to the next.

It is only ever a shorter way to the same result. A set is one file; its name holds a signature of the program
that wrote it, and its content begins with a digest over all that follows. What is damaged, was written by
another version, belongs to somebody else or can be changed by others is not read. Whatever goes wrong means
that there is no cache, and never an error. The format is JSON and plain bytes, which cannot run code.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pdfgen import __version__

#: Names the folder; `off` (or `0`, `no`) means that nothing is kept or read.
VARIABLE = "PDFGEN_CACHE"
_OFF = frozenset({"off", "0", "no"})

_MAGIC = b"pdfgen cache 1\n"
_ENDING = ".cache"
_PART = ".part"
_DIGEST_SIZE = 32
_LENGTH_SIZE = 4
#: A larger file is none of ours, in bytes: all shipped drawings take about four million.
_MOST_BYTES = 64_000_000
#: Seconds after which an unfinished file was left by a process that was killed.
_STALE_AFTER = 3600.0

#: Parts of the program that decide what things are made into.
_CODE = ("content", "typesetting", os.path.join("typesetting", "sections"), "pdf")  # noqa: PTH118


class Entry(NamedTuple):
    """What is kept of one thing: facts as JSON knows them, and bytes."""

    facts: Any
    blobs: tuple[bytes, ...] = ()


class AssetCache:
    """The sets in one folder.

    Args:
        folder: where they lie; made when the first set is written.
        named: whether the user named the folder; else it is made only below a folder of the user's own.

    Attributes:
        told: why something was not read or written, for somebody who wonders.
    """

    def __init__(self, folder: Path, *, named: bool = True) -> None:
        self.folder = folder
        self.told: list[str] = []
        self._named = named
        self._signature = signature()

    def read(self, name: str) -> Mapping[str, Entry]:
        """Return the set `name`; empty where there is none that can be used."""
        path = self._path(name)
        try:
            _check_folder(self.folder)
            with open(path, "rb", opener=_open_private) as file:
                _check_file(os.fstat(file.fileno()))
                return _unpacked(file.read(_MOST_BYTES + 1))
        except FileNotFoundError:
            self.told.append(f"{path} is not there yet")
        except (OSError, ValueError) as error:
            self.told.append(f"{path} is not used: {error}")
        return {}

    def write(self, name: str, entries: Mapping[str, Entry]) -> None:
        """Keep a set in place of what was kept under its name, by this or any other version."""
        path = self._path(name)
        try:
            self._make_folder()
            _check_folder(self.folder)
            _replace(path, _packed(entries))
            _clear(self.folder, name, path)
        except (OSError, ValueError) as error:
            self.told.append(f"{path} is not written: {error}")
        else:
            self.told.append(f"{path} is written")

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}-{self._signature}{_ENDING}"

    def _make_folder(self) -> None:
        if self.folder.exists():
            return
        above = next(parent for parent in self.folder.absolute().parents if parent.exists())
        if not self._named and not _is_own(above.stat()):
            # With sudo the home may be another user's, who could not use a folder of root's.
            raise PermissionError(f"{above} belongs to somebody else")
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            self.folder.mkdir(mode=0o700)


def open_cache(environment: Mapping[str, str] = os.environ) -> AssetCache | None:
    """Return the cache that the environment asks for; None where it is turned off or there is no place."""
    asked = environment.get(VARIABLE, "")
    if asked.lower() in _OFF:
        return None
    try:
        folder = Path(asked).expanduser() if asked else _platform_folder(environment)
        return AssetCache(folder, named=bool(asked)) if folder.is_absolute() or asked else None
    except (OSError, RuntimeError, ValueError):
        return None


def _platform_folder(environment: Mapping[str, str]) -> Path:
    """Where programs of this system keep what they can make again.

    XDG Base Directory Specification 0.8; Apple's File System Programming Guide; Known Folders of Windows.
    """
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "pdfgen" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "pdfgen"
    given = Path(environment.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "pdfgen"


def signature() -> str:
    """Return what changes with the program: its version, its code, and the library that packs streams."""
    parts = [__version__, zlib.ZLIB_RUNTIME_VERSION, sys.version]
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    for folder in _CODE:
        with os.scandir(os.path.join(package, folder)) as found:  # noqa: PTH118
            modules = sorted((entry.name, entry.stat()) for entry in found if entry.name.endswith(".py"))
        parts += [f"{folder}/{name} {about.st_size} {about.st_mtime_ns}" for name, about in modules]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _packed(entries: Mapping[str, Entry]) -> bytes:
    index = {key: [entry.facts, [len(blob) for blob in entry.blobs]] for key, entry in entries.items()}
    head = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    blobs = (blob for entry in entries.values() for blob in entry.blobs)
    content = b"".join((len(head).to_bytes(_LENGTH_SIZE, "big"), head, *blobs))
    return _MAGIC + hashlib.sha256(content).digest() + content


def _unpacked(data: bytes) -> Mapping[str, Entry]:
    """Return the entries of a file.

    Raises:
        ValueError: it is not what was written.
    """
    start = len(_MAGIC) + _DIGEST_SIZE
    if not data.startswith(_MAGIC) or hashlib.sha256(data[start:]).digest() != data[len(_MAGIC) : start]:
        raise ValueError("it is damaged")
    place = start + _LENGTH_SIZE + int.from_bytes(data[start : start + _LENGTH_SIZE], "big")
    entries = {}
    for key, (facts, lengths) in json.loads(data[start + _LENGTH_SIZE : place]).items():
        ends = [place := place + length for length in lengths]
        blobs = (data[end - length : end] for end, length in zip(ends, lengths, strict=True))
        entries[key] = Entry(facts, tuple(blobs))
    return entries


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _is_own(about: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or about.st_uid == os.geteuid()


def _check_folder(folder: Path) -> None:
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode):
        raise PermissionError("the folder is none")
    if not _is_own(about):
        raise PermissionError("the folder belongs to somebody else")
    if os.name == "posix" and about.st_mode & 0o022:
        raise PermissionError("others may write into the folder")


def _check_file(about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_BYTES:
        raise PermissionError("it is no file of ours")
    if not _is_own(about):
        raise PermissionError("it belongs to somebody else")
    if os.name == "posix" and about.st_mode & 0o077:
        raise PermissionError("others may read or write it")


def _replace(path: Path, data: bytes) -> None:
    """Write a file as a whole. It is not forced to disk: one that a power cut damages is found out."""
    part = path.with_name(f"{path.name}-{os.getpid()}-{time.monotonic_ns():x}{_PART}")
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _clear(folder: Path, name: str, kept: Path) -> None:
    """Remove the set as other versions wrote it, and what killed processes left."""
    for path in _others(folder, name, kept):
        with contextlib.suppress(OSError):
            path.unlink()


def _others(folder: Path, name: str, kept: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if not path.name.startswith(f"{name}-") or path == kept:
            continue
        is_stale = path.suffix == _PART and time.time() - path.lstat().st_mtime > _STALE_AFTER
        if path.suffix == _ENDING or is_stale:
            yield path
