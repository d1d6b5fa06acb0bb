"""Executors: results in the order of the tasks, few at a time, and nothing lost with a worker."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pdfgen.production.workers import Executor, GradualExecutor, ProcessExecutor, SerialExecutor


def slow_when_even(number: int) -> int:
    time.sleep(0.01 * (number % 2 == 0))
    return number * number


def lost(number: int) -> int:
    return -number


def executors() -> list[Executor[int, int]]:
    several = ProcessExecutor(slow_when_even, lost, 3)
    return [
        SerialExecutor(slow_when_even),
        several,
        GradualExecutor(slow_when_even, several, worth=0.05),
        GradualExecutor(slow_when_even, several),
    ]


@pytest.mark.parametrize("executor", executors())
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_results_come_in_the_order_of_the_tasks(executor: Executor[int, int], count: int) -> None:
    assert list(executor.results(range(count))) == [number * number for number in range(count)]


@pytest.mark.parametrize("executor", executors())
def test_few_tasks_are_taken_ahead(executor: Executor[int, int]) -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    results = executor.results(tasks())
    for _ in range(5):
        next(results)
    results.close()
    assert taken < 100


class Deadly:
    """Kills the process that works on 5: once, or each time."""

    def __init__(self, mark: Path, *, always: bool) -> None:
        self.mark, self.always = mark, always

    def __call__(self, number: int) -> int:
        if number == 5 and (self.always or not self.mark.exists()):
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number


@pytest.mark.parametrize(("always", "five"), [(False, 5), (True, -5)])
def test_the_task_of_a_killed_worker_is_done_again(tmp_path: Path, always: bool, five: int) -> None:
    executor = ProcessExecutor(Deadly(tmp_path / "mark", always=always), lost, 2)
    assert list(executor.results(range(12))) == [*range(5), five, *range(6, 12)]


def slow_at_first(number: int) -> int:
    time.sleep(0.3 * (number == 0))
    return number


def test_a_slow_task_does_not_stop_those_far_behind_it() -> None:
    """While the first one is at work, the other worker does all that it may, and waits."""
    assert list(ProcessExecutor(slow_at_first, lost, 2).results(range(60))) == list(range(60))


def test_a_worker_that_dies_while_it_waits() -> None:
    results = ProcessExecutor(process_id, lost, 2).results(range(60))
    first = next(results)
    time.sleep(0.2)
    os.kill(first, signal.SIGKILL)
    assert len(list(results)) == 59


def process_id(_: int) -> int:
    return os.getpid()


def test_closing_ends_the_workers() -> None:
    results = ProcessExecutor(process_id, lost, 2).results(range(100))
    worker = next(results)
    os.kill(worker, 0)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def who(number: int) -> int:
    """Take long at first, then none; tell which process it is done by."""
    time.sleep(0.02 if number < 10 else 0.0)
    return os.getpid()


def test_others_are_asked_when_work_takes_long() -> None:
    executor = GradualExecutor(who, ProcessExecutor(who, lost, 2), worth=0.1)
    processes = list(executor.results(range(60)))
    assert set(processes[:5]) == {os.getpid()}
    assert os.getpid() not in processes[10:]


def test_quick_work_stays_here() -> None:
    executor = GradualExecutor(who, ProcessExecutor(who, lost, 2), worth=60.0)
    assert set(executor.results(range(60))) == {os.getpid()}
