"""`pdfgen batch`: a program for every patient of a roster."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

import pdfgen
from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.batch_report import progress, tell_end, tell_outcome, tell_problems
from pdfgen.cli.printing import PrintChoices, Printing, print_options, printing
from pdfgen.cli.roster_options import roster_options
from pdfgen.content.files.file_bytes import STDIN
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.rosters.passwords import read_passwords
from pdfgen.content.rosters.problem_list import problems_csv
from pdfgen.content.rosters.reading import RosterOptions, read_roster
from pdfgen.content.rosters.roster import Roster
from pdfgen.delivery.archive import check_archive, write_archive
from pdfgen.delivery.batch_folder import PROBLEMS_NAME, BatchFolder
from pdfgen.delivery.manifest import manifest_files
from pdfgen.delivery.naming import DEFAULT_TEMPLATE, BadTemplateError, check_template
from pdfgen.errors import ExitCode, InputError, Problem, UsageError, WriteError
from pdfgen.pdf.encryption import missing_package
from pdfgen.production.batch import BatchRun, by_row
from pdfgen.production.inputs import Shared
from pdfgen.production.ready import open_ready
from pdfgen.production.rows import Order, Outcome, Task, Workshop, lost
from pdfgen.production.workers import (
    WORTH_SHARING,
    Executor,
    GradualExecutor,
    ProcessExecutor,
    SerialExecutor,
)

if TYPE_CHECKING:
    from pdfgen.production.cluster import Cluster
    from pdfgen.production.inputs import Job

_EPILOG = """\b
Examples:
  pdfgen batch roster.csv
  pdfgen batch roster.xlsx --out out/clinic --clinic clinic.yaml --zip
  pdfgen batch patients.fhir.ndjson --base plan.yaml --layout wall-sheet
  pdfgen batch roster.csv --out out/clinic --resume
  pdfgen batch roster.csv --out out/clinic --print-file out/clinic.pdf --separators"""


@dataclass(frozen=True)
class _Choices:
    """What was asked for besides the rows and what they are made from."""

    out: Path
    template: str
    archive: Path | None
    passwords: Mapping[int, str] | None
    workers: int
    shares_at_once: bool
    cluster: Cluster | None
    resumes: bool
    is_strict: bool
    with_names: bool
    printing: Printing | None


@click.command("batch", epilog=_EPILOG)
@jobs.options(file="ROSTER")
@click.option("--out", type=jobs.FILE, metavar="DIR", help="Folder for the files. Default: out/<roster>")
@click.option(
    "--name",
    "template",
    default=DEFAULT_TEMPLATE,
    metavar="TEMPLATE",
    help=f"Names of the files, from number, row, id, language, paper, program, start, weeks and layout. "
    f"Default: {DEFAULT_TEMPLATE}",
)
@click.option(
    "--names",
    "with_names",
    is_flag=True,
    help="Patients' names in the manifest, and {label} in --name. Left out unless asked for.",
)
@click.option("--base", type=jobs.FILE, metavar="FILE", help="A prescription that rows are laid over.")
@click.option("--zip", "zips", is_flag=True, help="Also all files in one ZIP beside the folder.")
@click.option(
    "--encrypt",
    type=jobs.FILE,
    metavar="PASSWORDS.csv",
    help="Each file opens with a password only: a file with the columns row and password.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes. Default: one for each core, once that pays",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Let a running Dask cluster do the work: the address of its scheduler, such as tcp://host:8786",
)
@click.option("--resume", is_flag=True, help="Keep what an earlier run finished and nothing has changed.")
@click.option("--strict", is_flag=True, help="Write nothing when any row is bad.")
@print_options
@roster_options
@report.options
def command(
    job: Job,
    out: Path | None,
    template: str,
    with_names: bool,
    base: Path | None,
    zips: bool,
    encrypt: Path | None,
    workers: int | None,
    dask: str | None,
    resume: bool,
    strict: bool,
    print_choices: PrintChoices,
    reading: Callable[[], RosterOptions],
) -> None:  # fmt: skip
    """Make a program for every patient of a roster: CSV, XLSX, YAML, JSON or FHIR. - is standard input.

    Rows that cannot be used are told with row, column and reason, and the others are made (exit code 7).
    """
    stem = _template(template, encrypt, with_names)
    cluster = _cluster(dask, workers)
    options = reading()
    roster = read_roster(job.prescription_file, options)  # type: ignore[arg-type]
    out = out or Path("out") / ("roster" if job.prescription_file == STDIN else Path(roster.file).stem)
    for note in roster.notes:
        report.detail(str(note))
    report.warnings(roster.warnings)
    prescription = read_yaml(base, "prescription") if base else None
    choices = _Choices(
        out=out,
        template=stem,
        archive=out.with_name(f"{out.name}.zip") if zips else None,
        passwords=read_passwords(encrypt) if encrypt else None,
        workers=min(workers or _cores(), len(roster.rows)),
        shares_at_once=workers is not None,
        cluster=cluster,
        resumes=resume,
        is_strict=strict,
        with_names=with_names,
        printing=printing(
            print_choices, roster, options.mapping, prescription, out=out, encrypts=encrypt is not None
        ),
    )
    with BatchFolder(out) as folder:
        order = Order(
            job,
            folder.path,
            folder.parts,
            prescription,
            encrypt is not None,
        )

        click.get_current_context().exit(_make(roster, order, folder, choices))


def _template(template: str, encrypt: Path | None, with_names: bool) -> str:
    """Check the options that no file is needed for, and return the template.

    Raises:
        UsageError: with every reason.
    """
    problems, stem = [], ""
    try:
        stem = check_template(template, with_names=with_names)
    except BadTemplateError as error:
        problems.append(Problem(str(error), field="--name"))
    if encrypt and (message := missing_package()):
        problems.append(Problem(message, field="--encrypt"))
    if problems:
        raise UsageError(problems)
    return stem


def _cluster(address: str | None, workers: int | None) -> Cluster | None:
    """Return the cluster that is asked for, not connected yet; None where none is.

    Raises:
        UsageError: it cannot be asked for.
    """
    if address is None:
        return None
    from pdfgen.production.cluster import Cluster, missing_package

    if message := missing_package():
        raise UsageError(Problem(message, field="--dask"))
    if workers is not None:
        raise UsageError(Problem("does not go with --dask: a cluster has its own workers", field="--workers"))
    return Cluster(address)


def _cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _make(roster: Roster, order: Order, folder: BatchFolder, choices: _Choices) -> ExitCode:
    """Make all programs of a roster and say what became of them."""
    ready = open_ready()
    workshop = Workshop(order, Shared(ready))
    workshop.check_shared()
    # What all rows share stays until the end; the collector need not walk it again and again.
    gc.freeze()
    if choices.archive:
        check_archive(choices.archive)
    with choices.cluster or contextlib.nullcontext():
        code = _run(roster, workshop, folder, choices)
    if code in (ExitCode.OK, ExitCode.PARTIAL):
        jobs.keep(ready)
    return code


def _run(roster: Roster, workshop: Workshop, folder: BatchFolder, choices: _Choices) -> ExitCode:
    kept = by_row(folder.earlier) if choices.resumes else {}
    run = BatchRun(
        roster.rows, folder, template=choices.template, kept=kept,
        passwords=choices.passwords, with_names=choices.with_names,
    )  # fmt: skip
    executor = _executor(workshop, choices, len(roster.rows))
    if choices.is_strict:
        executor = _all_good(roster, run, executor)
    earlier = [record for records in kept.values() for record in records]
    folder.begin((r if choices.with_names else r._replace(label="") for r in earlier), len(roster.rows))
    is_interrupted = False
    try:
        with progress(len(roster.rows)) as advance:
            run.run(executor, lambda outcome: _each(outcome, advance, choices.printing))
    except KeyboardInterrupt:
        is_interrupted = True
    _finish(run, folder, is_complete=not (run.stopped or is_interrupted))
    if choices.archive and not (run.stopped or is_interrupted):
        names = [*(record.file for record in run.records), *_manifest(run, is_complete=True)]
        write_archive(choices.archive, folder.path, names)
    left = folder.left_over(run.records)
    code = tell_end(run, choices.out, choices.archive, left, is_interrupted=is_interrupted)
    if choices.printing and (run.stopped or is_interrupted):
        choices.printing.leave_out()
    elif choices.printing:
        code = choices.printing.finish(run, folder.path, workshop.library) or code
    return code


def _executor(workshop: Workshop, choices: _Choices, count: int) -> Executor[Task, Outcome]:
    """Return who makes `count` rows."""
    if cluster := choices.cluster:
        from pdfgen.production.remote import RemoteExecutor, ended

        return RemoteExecutor(workshop.order, lambda work: cluster.executor(work, lost, ended, count))
    if choices.workers == 1:
        return SerialExecutor(workshop)
    several = ProcessExecutor(workshop, lost, choices.workers)
    worth = 0.0 if choices.shares_at_once else WORTH_SHARING
    return GradualExecutor(workshop, several, worth)


def _all_good(roster: Roster, run: BatchRun, executor: Executor[Task, Outcome]) -> Executor[Task, Outcome]:
    """Make every row without giving any file its name, and return what gives them out again.

    Raises:
        InputError: a row is bad.
        WriteError: there is no room for all files.
    """
    outcomes = []
    with progress(len(roster.rows)) as advance, closing(executor.results(run.tasks())) as results:
        for outcome in results:
            if outcome.stops:
                raise WriteError(outcome.problems)
            # One that comes out of another process has a row of its own.
            row = roster.rows[outcome.task.number - 1]
            outcomes.append(outcome._replace(task=outcome.task._replace(row=row)))
            advance()
    if bad := [(one.task.row.number, one.problems) for one in outcomes if one.problems]:
        tell_problems(bad)
        count = f"{len(bad)} of {len(roster.rows)} rows are bad" if bad[1:] else "a row is bad"
        raise InputError(Problem(f"{count}; nothing was written", file=roster.file))
    return SerialExecutor(lambda task: outcomes[task.number - 1])


def _each(outcome: Outcome, advance: Callable[[], None], printing: Printing | None) -> None:
    if printing:
        printing.note(outcome)
    tell_outcome(outcome)
    advance()


def _manifest(run: BatchRun, *, is_complete: bool) -> Mapping[str, bytes]:
    failed = [row for row, _ in run.failed]
    return manifest_files(run.records, failed, pdfgen.__version__, is_complete=is_complete)


def _finish(run: BatchRun, folder: BatchFolder, *, is_complete: bool) -> None:
    files = dict(_manifest(run, is_complete=is_complete))
    if run.failed:
        files[PROBLEMS_NAME] = problems_csv(
            (row, problem) for row, problems in run.failed for problem in problems
        )
    folder.finish(files)
