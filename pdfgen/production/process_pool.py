"""An executor of processes that loses no more than the call whose process died.

`concurrent.futures.ProcessPoolExecutor` breaks as a whole when a process dies: every call that is under way
fails, and which of them is to blame does not show. If the process dies while it sends a large result, the
pool waits forever, since this process holds the other end of the pipe, too. Here each thread of a pool
has a process and a pipe of its own, so that the end of a process ends its pipe.

Processes are spawned on all systems, never forked: a fork copies locks that threads of this process hold,
macOS and Windows do not do it, and a pipe would stay open in the siblings. A spawned process imports what
the function needs and begins empty, wherever it runs. No semaphore is needed, so it works without /dev/shm.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

P = ParamSpec("P")
T = TypeVar("T")


class ProcessDiedError(Exception):
    """The process of a call ended before there was a result."""


class _Worker(NamedTuple):
    process: BaseProcess
    connection: Connection

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class ProcessPool(Executor):
    """Calls functions in several processes. A process that dies is replaced.

    Args:
        count: how many processes.

    Raises:
        OSError: processes cannot be started here.
    """

    def __init__(self, count: int) -> None:
        self._lock = threading.Lock()
        self._is_closed = False
        self._running: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._threads = ThreadPoolExecutor(count, "pdfgen", _hold_interruptions)
        try:
            if getattr(sys, "frozen", False):
                raise OSError("a frozen program cannot be started again as a worker")
            _start_tracker()
            for started in [self._threads.submit(self._started) for _ in range(count)]:
                self._idle.append(started.result())
        except (ImportError, NotImplementedError, RuntimeError, ProcessDiedError) as error:
            self.shutdown(wait=False)
            raise OSError(str(error)) from error
        except BaseException:
            self.shutdown(wait=False)
            raise

    def submit(self, function: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> Future[T]:
        """Call a function in one of the processes. The future raises ProcessDiedError if the process dies."""
        return self._threads.submit(self._called, function, args, named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: after the calls that are under way if `wait`, else at once."""
        if wait:
            self._threads.shutdown(cancel_futures=cancel_futures)
        with self._lock:
            self._is_closed = True
            running, self._running = self._running, set()
        for worker in running:
            worker.process.kill()
        # Their threads see that the pipes have ended.
        self._threads.shutdown(cancel_futures=True)
        for worker in running:
            worker.end()

    def _called(self, function: Callable[P, T], args: tuple[Any, ...], named: dict[str, Any]) -> T:
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = self._started()
        try:
            worker.connection.send((function, args, named))
            result, failure = worker.connection.recv()
        except (EOFError, OSError):
            self._drop(worker)
            raise ProcessDiedError("a process ended before there was a result") from None
        self._idle.append(worker)
        if failure:
            raise failure
        found: T = result
        return found

    def _started(self) -> _Worker:
        """Start a process, and wait until it is ready."""
        # Most rosters need no other process, and this takes longer to load than a row to make.
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, gc.get_threshold()), daemon=True)
        worker = _Worker(process, ours)
        with self._lock:
            if self._is_closed:
                raise ProcessDiedError("the pool is closed")
            process.start()
            self._running.add(worker)
        theirs.close()
        try:
            ours.recv()
        except (EOFError, OSError):
            self._drop(worker)
            raise ProcessDiedError("a process ended before it was ready") from None
        return worker

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            is_ours = worker in self._running
            self._running.discard(worker)
        if is_ours:
            worker.end()


def _start_tracker() -> None:
    """Start the process that watches others, which lets interruptions through: before threads hold them.

    Raises:
        OSError: it cannot be started, as where there are no file handles left.
    """
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def _hold_interruptions() -> None:
    """Keep Ctrl-C from this thread, and from the processes that it starts before they can ignore it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def _serve(connection: Connection, threshold: tuple[int, int, int]) -> None:
    """Call what is asked for until the other end of the connection is closed, or its process is gone."""
    # A request to end is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*threshold)
    with contextlib.suppress(EOFError, OSError):
        connection.send(None)
        while True:
            function, args, named = connection.recv()
            result, failure = None, None
            try:
                result = function(*args, **named)
            except Exception as error:
                failure = error
            connection.send((result, failure))
