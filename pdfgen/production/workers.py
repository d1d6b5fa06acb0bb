"""Who does the work of a batch: this process, or several.

An `Executor` takes tasks and gives back their results in the order of the tasks. It holds only a few of them
at a time, however many there are. Another kind (a cluster) has to keep the same promise and nothing else.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
_Task = TypeVar("_Task", contravariant=True)
_Result = TypeVar("_Result", covariant=True)

#: Tasks that may be finished before the one whose turn it is, for each worker.
_AHEAD = 8

#: Seconds. A task that takes longer is worth sending to another process, which costs about a millisecond.
_LONG = 0.01
WORTH_SHARING = 0.5
"""Seconds of such tasks before other processes are started; starting them takes about a tenth of it."""

#: A task that this many workers died of is not given to another one.
_MOST_DEATHS = 2

#: Seconds between two looks of a worker whether its parent is still there.
_PARENT_WATCH = 0.5


class Executor(Protocol[_Task, _Result]):
    """Does tasks."""

    def results(self, tasks: Iterable[_Task]) -> Generator[_Result, None, None]:
        """Yield the result of each task, in the order of the tasks. Closing it ends the work at once."""


class SerialExecutor(Generic[T, R]):
    """Does one task after the other in this process."""

    def __init__(self, work: Callable[[T], R]) -> None:
        self._work = work

    def results(self, tasks: Iterable[T]) -> Generator[R, None, None]:
        """Yield the result of each task."""
        for task in tasks:
            yield self._work(task)


class GradualExecutor(Generic[T, R]):
    """Begins in this process, and hands the rest to others once there is enough work to share.

    Tasks that are done in no time are done before another process has heard of them; so they stay here.

    Args:
        work: what is done with a task.
        others: does what is left.
        worth: seconds that tasks which take long have taken before the others are asked; with 0 it is after
            the first one, which gets ready what processes that are forked then need not.
    """

    def __init__(self, work: Callable[[T], R], others: Executor[T, R], worth: float = WORTH_SHARING) -> None:
        self._work = work
        self._others = others
        self._worth = worth

    def results(self, tasks: Iterable[T]) -> Generator[R, None, None]:
        """Yield the result of each task, in the order of the tasks."""
        waiting = iter(tasks)
        spent = 0.0
        for number, task in enumerate(waiting):
            start = time.perf_counter()
            result = self._work(task)
            took = time.perf_counter() - start
            # The first one gets everything ready, which others would have to do, too.
            spent += took if number and took > _LONG else 0.0
            yield result
            if spent >= self._worth:
                break
        yield from self._others.results(waiting)


@dataclass
class _Worker(Generic[T]):
    process: BaseProcess
    connection: Connection
    doing: tuple[int, T] | None = None


class ProcessExecutor(Generic[T, R]):
    """Does tasks in several processes.

    A worker that dies (out of memory, killed) is replaced, and its task is done again. A task that two
    workers died of gets what `lost` returns.

    Args:
        work: what is done with a task; must be picklable where processes are not forked.
        lost: the result of a task that cannot be done.
        workers: how many processes.
    """

    def __init__(self, work: Callable[[T], R], lost: Callable[[T], R], workers: int) -> None:
        self._work = work
        self._lost = lost
        self._count = workers

    def results(self, tasks: Iterable[T]) -> Generator[R, None, None]:
        """Yield the result of each task, in the order of the tasks."""
        queue = _Queue(tasks, _AHEAD * self._count)
        workers: list[_Worker[T]] = []
        finished: dict[int, R] = {}
        deaths: Counter[int] = Counter()
        try:
            while True:
                for worker in self._idle(workers, queue):
                    worker.doing = queue.take()
                    # One that died meanwhile is found out about when its result is read.
                    with contextlib.suppress(OSError):
                        worker.connection.send(worker.doing)
                while queue.turn in finished:
                    yield finished.pop(queue.turn)
                    queue.turn += 1
                if not any(worker.doing for worker in workers):
                    if queue.has_one():  # there was no room for it before
                        continue
                    return
                for number, task in self._received(workers, finished):
                    deaths[number] += 1
                    if deaths[number] < _MOST_DEATHS:
                        queue.again.append((number, task))
                    else:
                        finished[number] = self._lost(task)
        finally:
            for worker in workers:
                worker.process.kill()
            for worker in workers:
                worker.process.join()
                worker.connection.close()

    def _idle(self, workers: list[_Worker[T]], queue: _Queue[T]) -> Iterator[_Worker[T]]:
        """Yield a worker that has nothing to do for each task there is, starting those that are missing."""
        for worker in workers:
            if worker.doing is None and queue.has_one():
                yield worker
        while len(workers) < self._count and queue.has_one():
            workers.append(self._started())
            yield workers[-1]

    def _received(self, workers: list[_Worker[T]], finished: dict[int, R]) -> list[tuple[int, T]]:
        """Wait for results, keep them, and return the tasks of workers that died."""
        # Most rosters need no other process, and this takes longer to load than a row to make.
        from multiprocessing.connection import wait

        ready = wait([worker.connection for worker in workers if worker.doing])
        orphaned = []
        for worker in [worker for worker in workers if worker.connection in ready]:
            assert worker.doing is not None
            try:
                finished[worker.doing[0]] = worker.connection.recv()
            except (EOFError, OSError):
                orphaned.append(worker.doing)
                worker.process.join()
                worker.connection.close()
                workers.remove(worker)
            worker.doing = None
        return orphaned

    def _started(self) -> _Worker[T]:
        import multiprocessing

        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(
            target=_serve, args=(self._work, theirs, ours, os.getpid()), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)


class _Queue(Generic[T]):
    """Tasks to be done, with their numbers; at most `ahead` of the one whose turn it is."""

    def __init__(self, tasks: Iterable[T], ahead: int) -> None:
        self._tasks = enumerate(tasks)
        self._ahead = ahead
        self._next: tuple[int, T] | None = None
        self.again: deque[tuple[int, T]] = deque()
        self.turn = 0

    def has_one(self) -> bool:
        """Whether there is a task to be done now."""
        if self.again:
            return True
        if self._next is None:
            self._next = next(self._tasks, None)
        return self._next is not None and self._next[0] < self.turn + self._ahead

    def take(self) -> tuple[int, T]:
        """Return the task that is to be done now, with its number; `has_one` must be true."""
        if self.again:
            return self.again.popleft()
        assert self._next is not None
        task, self._next = self._next, None
        return task


def _serve(work: Callable[[T], R], connection: Connection, parents_end: Connection, parent: int) -> None:
    """Do tasks until the parent is gone. A request to end is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    parents_end.close()
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    gc.freeze()
    while True:
        try:
            _, task = connection.recv()
            connection.send(work(task))
        except (EOFError, OSError):
            os._exit(0)


def _leave_with(parent: int) -> None:
    # Brothers hold ends of each other's pipes, so that the end of the parent does not show in ours.
    while os.getppid() == parent:
        time.sleep(_PARENT_WATCH)
    os._exit(0)
