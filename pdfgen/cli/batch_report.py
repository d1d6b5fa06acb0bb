"""The report of a batch, on stderr: a progress bar while it runs, and then a table of bad rows."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import report
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.delivery.batch_folder import PROBLEMS_NAME
from pdfgen.errors import MOST_PROBLEMS, ExitCode, MoreProblems, Problem, printable

if TYPE_CHECKING:
    from pdfgen.production.batch_run import BatchRun
    from pdfgen.production.rows import RowResult

#: Seconds between two updates of the bar.
_REFRESH = 0.1


@contextlib.contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar with rate and time left if stderr is a terminal; yield what moves it by one."""
    if report.is_given("quiet") or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("programs"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f} a second"),
        TimeRemainingColumn(compact=True),
    )
    start = shown_at = time.monotonic()
    # The bar has no thread of its own: processes must not be started while other threads run.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task("programs", total=total, rate=0.0)

        def advance() -> None:
            nonlocal shown_at
            now = time.monotonic()
            done = bar.tasks[0].completed + 1
            bar.update(task, advance=1, rate=done / max(now - start, _REFRESH))
            if now - shown_at > _REFRESH:
                shown_at = now
                bar.refresh()

        yield advance


def report_problems(failed: Sequence[tuple[int, tuple[Problem, ...]]]) -> None:
    """Print what is wrong with each row: a table on a terminal, else a line each."""
    found = [(row, problem) for row, problems in failed for problem in problems]
    if not found:
        return
    if sys.stderr.isatty():
        _print_table(found[:MOST_PROBLEMS])
    else:
        for row, problem in found[:MOST_PROBLEMS]:
            place = "" if isinstance(problem, RowProblem) else f"row {row}: "
            report.line(report.escaped(f"{place}{problem}"))
    if more := len(found) - MOST_PROBLEMS:
        report.problems([MoreProblems.counting(more)] if more > 0 else [])


def _print_table(found: Sequence[tuple[int, Problem]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    table.add_column("row", justify="right")
    for heading in ("column", "problem"):
        table.add_column(heading, overflow="fold")
    for row, problem in found:
        heading = problem.heading if isinstance(problem, RowProblem) else ""
        # As `Text`, so that brackets in a file are not taken for markup.
        column = Text(report.escaped(printable(heading) or problem.field))
        table.add_row(str(row), column, Text(report.escaped(problem.message)))
    Console(stderr=True).print(table)


def report_result(result: RowResult) -> None:
    """Report a row, with `--verbose`."""
    if not report.is_given("verbose"):
        return
    row = result.task.row.number
    for record in (file.record for file in result.files):
        kept = ", kept" if result.is_kept else ""
        report.detail(f"row {row}: {record.file}, {record.pages} pages{kept}")
    for warning in result.warnings if result.files else ():
        report.detail(f"row {row}: warning: {warning.field}: {warning.message}")


def report_end(run: BatchRun, folder: Path, archive: Path | None, left_over: Sequence[str]) -> ExitCode:
    """Report how a run ended and return the exit code.

    Args:
        folder, archive: as the user named them.
        left_over: PDF files in the folder that this run did not make.
    """
    report_problems(run.failed)
    report.problems(run.stopped)
    out = click.format_filename(folder)
    total, done, failed = len(run.rows), run.made, len(run.failed)
    parts = [f"{done} of {total} programs are in {out}"]
    parts += [f"{run.skipped} of them kept"] if run.skipped else []
    parts += [f"something to look at in {run.warned} (--verbose tells)"] if run.warned else []
    parts += [f"{failed} could not be made ({PROBLEMS_NAME})"] if failed else []
    if left_over:
        parts.append(f"{len(left_over)} other PDF files are there too, and not in the manifest")
    if not run.is_complete:
        how = "interrupted" if run.is_interrupted else "stopped"
        report.line(f"{how}; {'; '.join(parts)}; go on with --resume")
        return ExitCode.INTERRUPTED if run.is_interrupted else ExitCode.WRITE
    report.note("; ".join(parts))
    report.result(out)
    if archive:
        report.result(click.format_filename(archive))
    return ExitCode.PARTIAL if failed else ExitCode.OK
