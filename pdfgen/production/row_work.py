"""What a worker does: a group of tasks in, their results out, with the files of the rows as bytes.

A process of this machine and one of a cluster run the same function with the same arguments. Values travel
sealed, so that no log and no dashboard on the way shows what is in them. A worker reads the input files that
the rows name from its own disk and first compares those that all rows share; it writes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import platform
import secrets
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pdfgen.errors import ClusterError, PdfgenError, Problem
from pdfgen.production.job import Job
from pdfgen.production.rows import RowMaker, RowResult, RowSettings
from pdfgen.version import __version__

_NOT_HERE = "the worker on {host} cannot read it; all workers need it under the same path"
_OTHER = "the worker on {host} has another file under this path; all workers need the same one"

#: One group at a time in each process: a `RowMaker` is not safe with threads, and threads share the folder.
_TURN = threading.Lock()


@dataclass(frozen=True, repr=False)
class Sealed:
    """A pickled value that is not shown."""

    data: bytes

    @classmethod
    def of(cls, value: object) -> Sealed:
        """Seal a value."""
        return cls(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def opened(self) -> Any:
        """Return the value."""
        return pickle.loads(self.data)


class Answer(NamedTuple):
    """What comes back of a group of tasks.

    Attributes:
        results: of the tasks, in their order.
        problems: why this worker cannot do any task of the run.
    """

    results: Sequence[RowResult] = ()
    problems: tuple[Problem, ...] = ()


class _Work(NamedTuple):
    """What all groups of a run share.

    Attributes:
        settings: what holds for all rows.
        folder: where relative paths begin.
        version: of the pdfgen that sends it.
        digests: of the files that the settings name, by path.
        run: differs from run to run: what was kept from another one may be out of date.
    """

    settings: RowSettings
    folder: str
    version: str
    digests: Mapping[str, str]
    run: bytes


def work_of(settings: RowSettings) -> Sealed:
    """Return what `make_rows` needs besides the tasks."""
    digests = {path: _digest(path) for path in _files_of(settings.job)}
    return Sealed.of(_Work(settings, str(Path.cwd()), __version__, digests, secrets.token_bytes(16)))


def make_rows(work: Sealed, tasks: Sealed) -> Sealed:
    """Make the rows of a group.

    Nothing is raised: whoever runs this might write the arguments into a log.

    Args:
        work: a sealed `_Work`, the same for all groups of a run.
        tasks: a sealed sequence of `RowTask`.

    Returns:
        A sealed `Answer`.
    """
    try:
        with _TURN, _in_folder(work):
            maker = _maker(work)
            return Sealed.of(Answer([maker(task) for task in tasks.opened()]))
    except PdfgenError as error:
        return Sealed.of(Answer(problems=error.problems))
    except Exception as error:
        message = f"the worker on {platform.node()} cannot do the work ({type(error).__name__})"
        return Sealed.of(Answer(problems=(Problem(message),)))


def forget() -> None:
    """Let go of all that was kept for a run."""
    _opened.cache_clear()
    _maker.cache_clear()


@lru_cache(maxsize=1)
def _opened(work: Sealed) -> _Work:
    opened: _Work = work.opened()
    return opened


@lru_cache(maxsize=1)
def _maker(work: Sealed) -> RowMaker:
    """Return what makes the rows of a run; it keeps what they share.

    Raises:
        ClusterError: this worker would make other files than the process that sent the work.
    """
    settings, _, version, digests, _ = _opened(work)
    host = platform.node()
    if version != __version__:
        raise ClusterError(Problem(f"the worker on {host} has pdfgen {__version__}, not {version}"))
    here = {path: _digest(path) for path in digests}
    if wrong := [path for path in digests if here[path] != digests[path]]:
        raise ClusterError(
            Problem((_OTHER if here[path] else _NOT_HERE).format(host=host), file=path) for path in wrong
        )
    return RowMaker(settings)


@contextlib.contextmanager
def _in_folder(work: Sealed) -> Iterator[None]:
    """Go to the folder of the process that sent the work, where relative paths begin.

    On a machine without this folder nothing is found that a relative path names.
    """
    folder = _opened(work).folder
    with contextlib.ExitStack() as ends:
        if not os.path.isdir(folder):  # noqa: PTH112
            folder = ends.enter_context(tempfile.TemporaryDirectory())
        ends.enter_context(contextlib.chdir(folder))
        yield


def _files_of(job: Job) -> list[str]:
    """Return the paths of the files that hold for all rows."""
    layout = (
        Path(job.layout) if isinstance(job.layout, str) and job.layout.endswith((".yaml", ".yml")) else None
    )
    named = (*job.default_libraries, *job.libraries, job.clinic, job.default_clinic, layout)
    return [str(path) for path in named if isinstance(path, Path)]


def _digest(path: str) -> str:
    """Return the SHA-256 of an input file in hexadecimal digits; empty where it cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
