"""Rows in, files out: the engine of `pdfgen batch`.

    rows -> tasks -> a `RowMaker` here or in each worker -> results in the order of the rows -> folder

A row maker turns a task into the bytes of its files. `BatchRun` writes them, gives those of a row their names
one row after the other in the order of the roster, and keeps the records of the manifest. At most a few
programs for each worker are in memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from pdfgen.content.rosters.roster import RowProblem
from pdfgen.delivery.archive import check_archive, write_archive
from pdfgen.delivery.batch_folder import PROBLEMS_NAME
from pdfgen.delivery.manifest import csv_lines, manifest_files
from pdfgen.errors import Problem, printable
from pdfgen.production.batch_run import BatchRun, BatchSettings, Progress
from pdfgen.production.rows import RowMaker, RowResult, RowTask
from pdfgen.production.workers import WORTH_SHARING, processes, rows_made
from pdfgen.version import __version__

if TYPE_CHECKING:
    from pdfgen.content.rosters.roster import RosterRow
    from pdfgen.delivery.batch_folder import BatchFolder

#: Of the table of problems.
_HEADINGS = ("row", "column", "field", "problem")


def run(
    rows: Sequence[RosterRow],
    maker: RowMaker,
    folder: BatchFolder,
    settings: BatchSettings,
    progress: Progress,
    each: Callable[[RowResult], None],
) -> BatchRun:
    """Make a program for each row, and write the manifest and the archive.

    Args:
        rows: of the roster.
        maker: with the settings of the rows.
        folder: opened.
        settings: what was asked for.
        progress: shows how far the run is.
        each: is told of every row, in the order of the roster.

    Returns:
        What became of the rows.

    Raises:
        WriteError: the folder or the archive cannot be written.
        ClusterError: the cluster cannot be used; nothing was begun.
    """
    if settings.archive:
        check_archive(settings.archive)
    done = BatchRun(rows, folder, settings)
    with settings.cluster or nullcontext():
        done.run(_results(done.tasks(), len(rows), maker, settings), progress, each)
    if done.is_refused:
        return done
    folder.check_still_there()
    done.leave_out_lost()
    failed = [row for row, _ in done.failed]
    files = dict(
        manifest_files(
            done.records, failed, __version__, is_complete=done.is_complete, reading=settings.reading
        )
    )
    manifest = tuple(files)
    if done.failed:
        files[PROBLEMS_NAME] = problems_csv(
            (row, problem) for row, problems in done.failed for problem in problems
        )
    folder.finish(files)
    if settings.archive and done.is_complete:
        write_archive(settings.archive, folder.path, [*(one.file for one in done.records), *manifest])
    return done


def _results(
    tasks: Iterator[RowTask], total: int, maker: RowMaker, settings: BatchSettings
) -> Generator[RowResult, None, None]:
    if settings.cluster:
        return rows_made(maker, tasks, total, settings.cluster.workers, worth=0.0)
    count = min(settings.workers or _cores(), total)
    if count <= 1:
        return rows_made(maker, tasks, total, None)
    worth = 0.0 if settings.workers else WORTH_SHARING
    return rows_made(maker, tasks, total, lambda: processes(count), worth)


def problems_csv(found: Iterable[tuple[int, Problem]]) -> Iterator[bytes]:
    """Yield problems as lines of CSV in UTF-8 with a byte order mark, which spreadsheets need.

    Args:
        found: pairs of a row number, as the user counts, and one of the row's problems.
    """
    table = []
    for row, problem in found:
        heading = problem.heading if isinstance(problem, RowProblem) else ""
        elsewhere = "" if isinstance(problem, RowProblem) else f"{problem.file}:{problem.line}: "
        message = (elsewhere if problem.file else "") + problem.message
        table.append((str(row), printable(heading), problem.field, message))
    return csv_lines(_HEADINGS, table)


def _cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
