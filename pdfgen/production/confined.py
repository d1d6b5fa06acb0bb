"""Work on a file from elsewhere, in a process of its own that gets so much time and memory and no more.

The libraries that read PDFs cannot be limited from within: a file of a few hundred bytes may name fifty
million widths, unpack to gigabytes or lead in circles. The time on the clock is limited everywhere, the time
of the processor and the memory where the system can do that (not on Windows; macOS limits no memory).
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from pdfgen.errors import CostlyFileError, PdfgenError
from pdfgen.production.process_pool import ProcessDiedError, ProcessPool

T = TypeVar("T")

_Answer: TypeAlias = tuple[bytes, tuple[type[PdfgenError], Any] | None]

MOST_SECONDS = 15
"""Seconds of a processor, starting included. A program of sixty pages takes less than two."""

MOST_WAITING = 60.0
"""Seconds on the clock: other programs may need the processors, too."""

MOST_MEMORY = 1 << 30
"""Bytes, besides what the file itself takes. A program of sixty pages takes a tenth."""

#: How often a file may be in memory: as it was sent, as it is read, and as it goes into another one.
_COPIES = 8

_COSTLY = (
    f"takes too long or too much memory to read, more than {MOST_SECONDS} seconds or "
    f"{MOST_MEMORY >> 30} GB; no file of pdfgen does, so it is damaged or was made to do harm"
)


def confined(function: Callable[..., T], data: bytes, /, *args: Any) -> T:
    """Return what a function says of a file; where no process can be started, it is called here.

    Args:
        function: one of a module, so that another process finds it; called with `data` and `args`.
        data: the file.

    Raises:
        CostlyFileError: it takes too long or too much memory.
        PdfgenError: as the function.
    """
    try:
        result, failure = _answer(function, data, args)
    except (TimeoutError, ProcessDiedError, MemoryError):
        raise CostlyFileError(_COSTLY) from None
    if failure:
        kind, problems = failure
        raise kind(problems)
    found: T = pickle.loads(result)
    return found


def _answer(function: Callable[..., Any], data: bytes, args: tuple[Any, ...]) -> _Answer:
    try:
        pool = ProcessPool(1)
    except OSError:
        return _called(function, data, args)
    most = MOST_MEMORY + _COPIES * len(data)
    try:
        return pool.submit(_limited, MOST_SECONDS, most, function, data, args).result(timeout=MOST_WAITING)
    finally:
        pool.shutdown(wait=False)


def _limited(
    seconds: int, memory: int, function: Callable[..., Any], data: bytes, args: tuple[Any, ...]
) -> _Answer:
    """Call a function in a process that does nothing else, and end that process if it takes too much."""
    try:
        import resource
    except ImportError:  # Windows
        return _called(function, data, args)
    for kind, limit in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        given = [one for one in (limit, *resource.getrlimit(kind)) if one != resource.RLIM_INFINITY]
        resource.setrlimit(kind, (min(given), resource.getrlimit(kind)[1]))
    return _called(function, data, args)


def _called(function: Callable[..., Any], data: bytes, args: tuple[Any, ...]) -> _Answer:
    """Return the pickled result, or what went wrong: an exception itself would lose its problems."""
    # They already say what is wrong with a file.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return pickle.dumps(function(data, *args), pickle.HIGHEST_PROTOCOL), None
    except PdfgenError as error:
        return b"", (type(error), error.problems)
