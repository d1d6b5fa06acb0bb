"""An executor whose workers are those of a running Dask cluster.

Dask knows nothing of what is done: tasks and results travel as sealed bytes under random keys, so that
nothing of them is in its dashboard, its messages or its logs.
"""

from __future__ import annotations

import contextlib
import itertools
import pickle
import secrets
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pdfgen.errors import Problem

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

#: Seconds between two looks whether there is a cluster still.
_WATCH = 1.0

#: Seconds that a cluster may be without workers: a machine that starts again is back by then.
_WITHOUT_WORKERS = 60.0

#: Seconds for a finished result to arrive.
_TRANSFER = 120.0

_GONE = "the connection to the cluster is lost"

#: One group at a time in each process: what is done with a task need not be safe with threads.
_TURN = threading.Lock()


@dataclass(frozen=True, repr=False)
class _Sealed:
    """Bytes that Dask shows nobody."""

    data: bytes


@dataclass
class _Group(Generic[T]):
    """Tasks that travel together; without a future where there was nobody to send them to."""

    tasks: tuple[T, ...]
    future: Future[_Sealed] | None

    def release(self) -> None:
        """Let go of the result. A group that was not begun will not be."""
        if self.future is not None:
            self.future.release()


class _NoResultError(Exception):
    """A group has no result and will have none: the cluster is gone, or its workers cannot do the work."""


class _KilledError(Exception):
    """Several workers died while they had a group."""


class DaskExecutor(Generic[T, R]):
    """Does tasks on the workers of a Dask cluster.

    The tasks of a worker that dies are done again by another one. Where Dask gives up (`allowed-failures` of
    the scheduler), each task of the group is done once more by itself; one that workers die of again gets
    what `lost` returns.

    Args:
        client: connected to the cluster.
        work: what is done with a task; picklable. Each process of the cluster keeps it between tasks.
        lost: the result of a task that cannot be done.
        ended: the result of a task that is not done because the cluster cannot be used any more; it is the
            last one.
        together: how many tasks travel together.
        ahead: groups that are under way at most.
    """

    def __init__(
        self,
        client: Client,
        work: Callable[[T], R],
        lost: Callable[[T], R],
        ended: Callable[[T, Problem], R],
        together: int,
        ahead: int,
    ) -> None:
        self._client = client
        self._lost = lost
        self._ended = ended
        self._together = together
        self._ahead = ahead
        # A run of its own: what workers kept from another one may be out of date.
        self._work = _Sealed(secrets.token_bytes(16) + pickle.dumps(work))

    def results(self, tasks: Iterable[T]) -> Generator[R, None, None]:
        """Yield the result of each task, in the order of the tasks."""
        groups = _grouped(tasks, self._together)
        under_way: deque[_Group[T]] = deque()
        try:
            while True:
                for together in itertools.islice(groups, self._ahead - len(under_way)):
                    under_way.append(self._sent(together))
                if not under_way:
                    return
                first = under_way[0]
                try:
                    yield from self._received(first)
                except _NoResultError as error:
                    yield self._ended(first.tasks[0], Problem(str(error), field="--dask"))
                    return
                under_way.popleft().release()
        finally:
            for group in under_way:
                group.release()

    def _sent(self, tasks: tuple[T, ...], priority: int = 0) -> _Group[T]:
        key = f"pdfgen-{secrets.token_hex(16)}"
        sealed = _Sealed(pickle.dumps(tasks))
        future: Future[_Sealed] | None = None
        with contextlib.suppress(Exception):  # a client that has no scheduler says so when it is asked
            future = self._client.submit(_done, self._work, sealed, key=key, pure=False, priority=priority)
        return _Group(tasks, future)

    def _received(self, group: _Group[T]) -> Iterator[R]:
        """Yield the results of a group."""
        try:
            yield from self._opened(group)
        except _KilledError:
            # One by one, and nothing else that is suspect meanwhile: so it shows which of them is to blame.
            for task in group.tasks:
                alone = self._sent((task,), priority=1)
                try:
                    yield from self._opened(alone)
                except _KilledError:
                    yield self._lost(task)
                finally:
                    alone.release()

    def _opened(self, group: _Group[T]) -> list[R]:
        from distributed import KilledWorker

        if group.future is None:
            raise _NoResultError(_GONE)
        self._wait(group.future)
        try:
            sealed = group.future.result(timeout=_TRANSFER)
        except KilledWorker:
            raise _KilledError from None
        except Exception as error:
            why = _GONE if _is_over(self._client) else f"a worker cannot do the work ({reason(error)})"
            raise _NoResultError(why) from None
        results: list[R] | str = pickle.loads(sealed.data)
        if isinstance(results, str):
            raise _NoResultError(results)
        return results

    def _wait(self, future: Future[_Sealed]) -> None:
        """Wait until a group is done, or the cluster is gone."""
        last_seen = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                try:
                    future.exception(timeout=_WATCH)
                except TimeoutError:
                    raise
                except Exception:
                    raise _NoResultError(_GONE) from None
                return
            if _is_over(self._client):
                raise _NoResultError(_GONE)
            if self._has_workers():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > _WITHOUT_WORKERS:
                raise _NoResultError("the cluster has no workers any more")

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except Exception:
            raise _NoResultError(_GONE) from None


def _grouped(tasks: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    left = iter(tasks)
    while group := tuple(itertools.islice(left, size)):
        yield group


def _is_over(client: Client) -> bool:
    return bool(client.status != "running")


def reason(error: BaseException) -> str:
    """Return what an exception of Dask says, on one line."""
    text = str(error).strip().partition("\n")[0]
    return text or type(error).__name__


# On the workers.


def _done(work: _Sealed, tasks: _Sealed) -> _Sealed:
    """Do a group of tasks. Nothing is raised: a worker would write the arguments into its log."""
    try:
        with _TURN:
            do = _unsealed(work.data)
            return _Sealed(pickle.dumps([do(task) for task in pickle.loads(tasks.data)]))
    except Exception as error:
        message = f"the worker on {socket.gethostname()} cannot do the work ({type(error).__name__})"
        return _Sealed(pickle.dumps(message))


@lru_cache(maxsize=1)
def _unsealed(work: bytes) -> Callable[[Any], Any]:
    """Return what is done with tasks, the same for a whole run: it keeps what tasks share."""
    do: Callable[[Any], Any] = pickle.loads(work[16:])
    return do


def forget() -> None:
    """Let go of all that was kept for a run."""
    _unsealed.cache_clear()
