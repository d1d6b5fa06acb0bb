"""Who makes the rows: this process, or workers that an executor reaches.

An executor is one of `concurrent.futures`: a `ProcessPool` here, Dask's on a cluster. Results come in the
order of the tasks, and only a few groups of tasks are under way, however many there are.
"""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import closing
from dataclasses import dataclass
from typing import TypeAlias

from pdfgen.errors import ClusterError, Problem
from pdfgen.production.process_pool import ProcessDiedError, ProcessPool
from pdfgen.production.row_work import Answer, Sealed, make_rows, work_of
from pdfgen.production.rows import RowMaker, RowResult, RowTask, lost

_Tasks: TypeAlias = tuple[RowTask, ...]

#: Groups that are under way for each worker: one that it makes, and one that it need not wait for.
_AHEAD = 2

#: Tasks that travel together at most. Rows of one plan share most of their bytes, which travel once.
_MOST_TOGETHER = 8

#: Seconds between two looks whether there are workers still.
_WATCH = 1.0

#: Seconds. A row that takes longer is worth sending to another process.
_LONG = 0.01
WORTH_SHARING = 1.0
"""Seconds of such rows before other processes are started; about what starting them takes."""


def _always() -> None:
    pass


@dataclass(frozen=True)
class Workers:
    """Workers that an executor reaches.

    Attributes:
        executor: gives them work; `shutdown(wait=False)` ends all of it at once.
        count: how many there are.
        died: what it raises where workers died of a call.
        check: raises ClusterError if there is no use in waiting for a result.
        option: that asked for them.
    """

    executor: Executor
    count: int
    died: type[Exception] = ProcessDiedError
    check: Callable[[], None] = _always
    option: str = "--workers"


def processes(count: int) -> Workers | None:
    """Start `count` processes of this machine; None where that cannot be done."""
    try:
        return Workers(ProcessPool(count), count)
    except OSError:
        return None


def rows_made(
    maker: RowMaker,
    tasks: Iterable[RowTask],
    total: int,
    workers: Callable[[], Workers | None] | None,
    worth: float = WORTH_SHARING,
) -> Generator[RowResult, None, None]:
    """Yield the result of each task, in the order of the tasks. Closing it ends the work at once.

    It begins in this process. Where other workers can be had, they get what is left as soon as that pays: a
    thousand rows of one plan are made before another process has started.

    Args:
        maker: makes rows in this process.
        tasks: the rows.
        total: how many there are.
        workers: reaches others; None where there are none, as what it returns.
        worth: seconds of rows that take long, before others are asked; with 0 they do all.

    Raises:
        ClusterError: the workers cannot be used, or not any more.
    """
    waiting = iter(tasks)
    spent = 0.0
    number = 0
    while workers is None or spent < worth:
        if (task := next(waiting, None)) is None:
            return
        start = time.perf_counter()
        result = maker(task)
        took = time.perf_counter() - start
        # The first one gets everything ready, which others would have to do, too.
        spent += took if number and took > _LONG else 0.0
        number += 1
        yield result
    if (first := next(waiting, None)) is None:
        return
    waiting = itertools.chain((first,), waiting)
    if others := workers():
        with closing(spread(others, work_of(maker.settings), waiting, total)) as results:
            yield from results
    else:
        yield from map(maker, waiting)


def spread(
    workers: Workers, work: Sealed, tasks: Iterable[RowTask], total: int
) -> Generator[RowResult, None, None]:
    """Yield the result of each task, in the order of the tasks, made by workers.

    The tasks of a worker that died are done again, each by itself; a task that workers die of again has
    failed, and does not stop the others.

    Raises:
        ClusterError: the workers cannot be used, or not any more.
    """
    ahead = workers.count * _AHEAD
    groups = _grouped(tasks, min(_MOST_TOGETHER, max(1, total // (ahead * 2))))
    under_way: deque[tuple[_Tasks, Future[Sealed]]] = deque()
    try:
        while True:
            for group in itertools.islice(groups, ahead - len(under_way)):
                under_way.append((group, _sent(workers, work, group)))
            if not under_way:
                return
            group, future = under_way.popleft()
            try:
                results: Iterable[RowResult] = _received(workers, group, future)
            except workers.died:
                results = (_made_again(workers, work, task) for task in group)
            yield from results
    finally:
        workers.executor.shutdown(wait=False)


def _grouped(tasks: Iterable[RowTask], size: int) -> Iterator[_Tasks]:
    left = iter(tasks)
    while group := tuple(itertools.islice(left, size)):
        yield group


def _sent(workers: Workers, work: Sealed, tasks: _Tasks) -> Future[Sealed]:
    try:
        return workers.executor.submit(make_rows, work, Sealed.of(tasks))
    except Exception as error:
        # The connection is lost, for one; it is told when the turn of these tasks comes.
        failed: Future[Sealed] = Future()
        failed.set_exception(error)
        return failed


def _received(workers: Workers, tasks: _Tasks, future: Future[Sealed]) -> list[RowResult]:
    """Wait for the results of tasks, and return them.

    Raises:
        ClusterError: there will be none.
    """
    while not future.done():
        # Without a limit, Ctrl-C would not get through on every system.
        if not wait((future,), timeout=_WATCH).done:
            workers.check()
    try:
        answer: Answer = future.result().opened()
    except workers.died:
        raise
    except (CancelledError, Exception) as error:
        workers.check()
        why = f"a worker cannot do the work ({reason(error)})"
        raise ClusterError(Problem(why, field=workers.option)) from None
    if answer.problems:
        raise ClusterError(answer.problems)
    # The tasks in what comes from another process are copies.
    return [one._replace(task=task) for one, task in zip(answer.results, tasks, strict=True)]


def _made_again(workers: Workers, work: Sealed, task: RowTask) -> RowResult:
    """Return the result of a task whose worker died; it travels alone, so that it shows who is to blame."""
    try:
        return _received(workers, (task,), _sent(workers, work, (task,)))[0]
    except workers.died:
        return lost(task)


def reason(error: BaseException) -> str:
    """Return what an exception says, on one line."""
    return str(error).strip().partition("\n")[0] or type(error).__name__
