"""Workers: results in the order of the tasks, few at a time, and nothing lost with a process."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from pdfgen.content.files.source import Mark, Node
from pdfgen.content.rosters.roster import RosterRow, RowSource
from pdfgen.errors import ClusterError, Problem
from pdfgen.production import process_pool, row_work, workers
from pdfgen.production.job import Job
from pdfgen.production.process_pool import ProcessDiedError, ProcessPool
from pdfgen.production.row_work import Answer, Sealed
from pdfgen.production.rows import RowMaker, RowResult, RowSettings, RowTask
from pdfgen.production.workers import Workers, processes, rows_made, spread

NOWHERE = Mark("r.csv", 0, 0)
ROW = RosterRow(RowSource("r.csv", Node({}, NOWHERE, NOWHERE), row=2))
NOTHING = Sealed(b"")


def tasks(count: int) -> list[RowTask]:
    return [RowTask(number, ROW) for number in range(count)]


def numbers(results: Iterator[RowResult]) -> list[int]:
    return [result.task.number for result in results]


class Instead(Executor):
    """Gives another function to the processes of a pool than the one that makes rows."""

    def __init__(self, pool: Executor, function: Callable[[Sealed], Sealed]) -> None:
        self.pool = pool
        self.function = function

    def submit(self, _: Callable[..., Any], /, *arguments: Any, **more: Any) -> Future[Any]:
        return self.pool.submit(self.function, arguments[1])

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Whoever made the pool ends it."""


class Late(Executor):
    """Gives results only when it is told to."""

    def __init__(self) -> None:
        self.under_way: list[tuple[Future[Sealed], Sealed]] = []

    def submit(self, _: Callable[..., Any], /, *arguments: Any, **more: Any) -> Future[Any]:
        future: Future[Sealed] = Future()
        self.under_way.append((future, arguments[1]))
        return future

    def arrive(self) -> None:
        for future, sealed in self.under_way:
            future.set_result(quick(sealed))
        self.under_way.clear()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """There is nothing to end."""


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPool]:
    """Two processes for all tests that leave them alive."""
    shared = ProcessPool(2)
    yield shared
    shared.shutdown(wait=False)


@contextlib.contextmanager
def dying(function: Callable[[Sealed], Sealed]) -> Iterator[Workers]:
    """Workers whose processes do not outlive the test."""
    own = ProcessPool(2)
    try:
        yield working(own, function)
    finally:
        own.shutdown(wait=False)


def working(pool: ProcessPool, function: Callable[[Sealed], Sealed]) -> Workers:
    return Workers(Instead(pool, function), 2)


def quick(sealed: Sealed) -> Sealed:
    return Sealed.of(Answer([RowResult(task) for task in sealed.opened()]))


def slow_at_first(sealed: Sealed) -> Sealed:
    time.sleep(0.3 * (sealed.opened()[0].number == 0))
    return quick(sealed)


def deadly(sealed: Sealed) -> Sealed:
    """Die of task 5, each time."""
    if any(task.number == 5 for task in sealed.opened()):
        os.kill(os.getpid(), signal.SIGKILL)
    return quick(sealed)


class DeadlyOnce:
    """Dies of task 5 the first time."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __call__(self, sealed: Sealed) -> Sealed:
        if any(task.number == 5 for task in sealed.opened()) and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return quick(sealed)


def refusing(sealed: Sealed) -> Sealed:
    return Sealed.of(Answer(problems=(Problem("not here"),)))


def failing(sealed: Sealed) -> Sealed:
    raise ZeroDivisionError


def half_sent() -> bytes:
    """Give a result, of which this process sends a part before it ends."""
    from multiprocessing.connection import Connection

    def send(connection: Connection, data: bytes, *_: object) -> None:
        os.write(connection.fileno(), data[:1_000])
        os._exit(1)

    Connection._send = send  # type: ignore[attr-defined]
    return bytes(100_000)


def process_id() -> int:
    return os.getpid()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


class TestSpread:
    @pytest.mark.parametrize("count", [0, 1, 100])
    def test_results_come_in_the_order_of_the_tasks(self, pool: ProcessPool, count: int) -> None:
        """While the first one is at work, the other process does all that it may, and waits."""
        some = working(pool, slow_at_first)
        assert numbers(spread(some, NOTHING, tasks(count), count)) == list(range(count))

    def test_few_tasks_are_taken_ahead(self, pool: ProcessPool) -> None:
        taken = 0

        def many() -> Iterator[RowTask]:
            nonlocal taken
            for taken in range(1, 10_001):
                yield RowTask(taken, ROW)

        results = spread(working(pool, quick), NOTHING, many(), 10_000)
        for _ in range(100):
            next(results)
        results.close()
        assert taken <= 100 + 8 * 2 * 2 + 8

    def test_a_result_that_comes_while_the_workers_are_checked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A check of a cluster takes a while, in which what was waited for arrives."""
        monkeypatch.setattr(workers, "_WATCH", 0.01)
        late = Late()
        some = Workers(late, 1, check=late.arrive)
        assert numbers(spread(some, NOTHING, tasks(3), 3)) == [0, 1, 2]

    @pytest.mark.cluster
    def test_the_tasks_of_a_killed_process_are_done_again(self, tmp_path: Path) -> None:
        with dying(DeadlyOnce(tmp_path / "mark")) as some:
            results = list(spread(some, NOTHING, tasks(40), 40))
        assert numbers(iter(results)) == list(range(40))
        assert not any(result.problems for result in results)

    @pytest.mark.cluster
    def test_a_task_that_processes_die_of_is_told_and_stops_no_other(self) -> None:
        """Those that travel with it are done as well."""
        with dying(deadly) as some:
            results = list(spread(some, NOTHING, tasks(80), 800))
        assert numbers(iter(results)) == list(range(80))
        (bad,) = [result for result in results if result.problems]
        assert bad.task.number == 5
        assert "ended twice" in bad.problems[0].message

    @pytest.mark.cluster
    def test_a_process_that_dies_while_it_waits(self) -> None:
        pool = ProcessPool(1)
        victim = pool.submit(process_id).result()
        os.kill(victim, signal.SIGKILL)
        some = Workers(Instead(pool, quick), 1)
        assert not any(result.problems for result in spread(some, NOTHING, tasks(9), 9))

    def test_a_worker_that_cannot_do_the_work_ends_the_run(self, pool: ProcessPool) -> None:
        for function, said in ((refusing, "not here"), (failing, "ZeroDivisionError")):
            with pytest.raises(ClusterError, match=said):
                list(spread(working(pool, function), NOTHING, tasks(9), 9))


class TestRowsMade:
    def maker(self, seconds: Mapping[int, float]) -> RowMaker:
        def made(task: RowTask) -> RowResult:
            time.sleep(seconds.get(task.number, 0.0))
            return RowResult(task, fields=(("here", "yes"),))

        maker = RowMaker(RowSettings(Job(Path())))
        maker._made = made  # type: ignore[method-assign]
        return maker

    def made_here(self, pool: ProcessPool, seconds: Mapping[int, float], worth: float) -> int:
        """Return how many of 40 rows are made in this process."""
        some = working(pool, quick)
        results = list(rows_made(self.maker(seconds), tasks(40), 40, lambda: some, worth))
        assert numbers(iter(results)) == list(range(40))
        here = [bool(result.fields) for result in results]
        assert here == sorted(here, reverse=True)
        return sum(here)

    def test_quick_rows_stay_here(self, pool: ProcessPool) -> None:
        assert self.made_here(pool, {0: 0.2}, worth=0.1) == 40

    def test_others_are_asked_when_rows_take_long(self, pool: ProcessPool) -> None:
        assert self.made_here(pool, dict.fromkeys(range(40), 0.03), worth=0.1) in {4, 5}

    def test_others_do_everything_if_asked_to(self, pool: ProcessPool) -> None:
        assert self.made_here(pool, {}, worth=0.0) == 0

    @pytest.mark.parametrize("error", [OSError, ImportError, NotImplementedError, RuntimeError])
    def test_where_no_process_can_be_started_this_one_does_the_work(
        self, error: type[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(_: object) -> None:
            raise error("not in this sandbox")

        monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refused)
        maker = self.maker({})
        results = rows_made(maker, tasks(9), 9, lambda: processes(2), worth=0.0)
        assert all(result.fields for result in results)

    def test_processes_that_end_before_they_are_ready(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """So it is where a script without `if __name__ == "__main__"` is started again."""
        monkeypatch.setattr(process_pool, "_serve", sys.exit)
        assert processes(2) is None

    def test_a_frozen_program(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        assert processes(2) is None


class TestProcessPool:
    def test_a_process_that_ends_while_it_sends(self) -> None:
        """`ProcessPoolExecutor` waits forever then."""
        with ProcessPool(1) as pool:
            with pytest.raises(ProcessDiedError):
                pool.submit(half_sent).result(timeout=30)
            assert pool.submit(pow, 3, 2).result(timeout=30) == 9

    def test_a_death_costs_one_call(self) -> None:
        pool = ProcessPool(2)
        slow, dead = pool.submit(time.sleep, 0.3), pool.submit(os._exit, 1)
        with pytest.raises(ProcessDiedError):
            dead.result()
        assert slow.result() is None
        pool.shutdown(wait=False)

    def test_ending_at_once_leaves_no_process(self) -> None:
        pool = ProcessPool(2)
        found = {pool.submit(process_id).result() for _ in range(4)}
        under_way = pool.submit(time.sleep, 60)
        time.sleep(0.1)
        start = time.monotonic()
        pool.shutdown(wait=False)
        assert time.monotonic() - start < 30
        assert under_way.cancelled() or isinstance(under_way.exception(), ProcessDiedError)
        assert not any(is_running(process) for process in found)

    def test_ending_after_what_is_under_way(self) -> None:
        with ProcessPool(1) as pool:
            calls = [pool.submit(pow, number, 2) for number in range(9)]
        assert [call.result() for call in calls] == [number**2 for number in range(9)]

    def test_an_exception_comes_back(self) -> None:
        with ProcessPool(1) as pool, pytest.raises(ZeroDivisionError):
            pool.submit(divmod, 1, 0).result()


class TestSealed:
    def test_nothing_of_a_row_shows(self) -> None:
        assert "Geheim" not in repr(Sealed.of("Mevrouw Geheim")) + repr(Sealed.of(["Geheim"]))

    def test_a_mistake_is_told_without_what_it_was_about(self) -> None:
        work = row_work.work_of(RowSettings(Job(Path())))
        broken = row_work.make_rows(work, Sealed(Sealed.of("Mevrouw Geheim").data[:-1])).opened()
        assert "cannot do the work (" in broken.problems[0].message
        assert "Geheim" not in str(broken)

    def test_what_was_kept_of_a_run_is_not_used_in_another(self) -> None:
        settings = RowSettings(Job(Path()))
        first, second = (row_work.work_of(settings) for _ in range(2))
        assert row_work._maker(first) is row_work._maker(Sealed(first.data))
        assert row_work._maker(first) is not row_work._maker(second)
        row_work.forget()
        assert row_work._maker.cache_info().currsize == 0


def test_the_watch_notices_that_there_are_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise ClusterError(Problem("nobody is left"))

    monkeypatch.setattr(workers, "_WATCH", 0.05)
    with dying(endless) as some:
        watched = Workers(some.executor, 2, ProcessDiedError, gone)
        with pytest.raises(ClusterError, match="nobody is left"):
            list(spread(watched, NOTHING, tasks(4), 4))


def endless(_: Sealed) -> Sealed:
    time.sleep(60)
    return NOTHING
