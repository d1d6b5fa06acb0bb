"""`pdfgen batch`: a program for every patient of a roster."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.batch_report import progress, report_end, report_problems, report_result
from pdfgen.cli.config import user_config
from pdfgen.cli.options import (
    BATCH,
    CHECKS,
    FILE,
    OUTPUT,
    PATIENT,
    PRIVACY,
    Command,
    gathered,
    option,
    out_option,
)
from pdfgen.cli.printing import finish_printing, leave_out, print_options, print_run
from pdfgen.cli.roster_options import first_day_of, roster_options
from pdfgen.content.files.file_bytes import STDIN
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.passwords import read_passwords
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import Roster
from pdfgen.delivery.batch_folder import BatchFolder
from pdfgen.delivery.naming import DEFAULT_TEMPLATE, check_template
from pdfgen.errors import ExitCode, InputError, Problem, UsageError, missing_extra
from pdfgen.production.batch import run
from pdfgen.production.batch_run import BatchSettings
from pdfgen.production.inputs import country_of, names_of
from pdfgen.production.rows import RowMaker, RowResult, RowSettings
from pdfgen.production.shared import Shared

if TYPE_CHECKING:
    from pdfgen.production.cluster import Cluster
    from pdfgen.production.job import Job
    from pdfgen.production.print_run import PrintChoices, PrintRun

_EPILOG = """\b
Examples:
  pdfgen batch roster.csv
  pdfgen batch roster.xlsx --out out/clinic --clinic clinic.yaml --zip
  pdfgen batch patients.fhir.ndjson --base plan.yaml --layout wall-sheet
  pdfgen batch roster.csv --out out/clinic --resume
  pdfgen batch roster.csv --out out/clinic --print-file out/clinic.pdf --separators"""


def _settings(
    template: str, with_names: bool, workers: int | None, dask: str | None, resume: bool, strict: bool
) -> partial[BatchSettings]:
    """Return the settings of a run, still without the job, the archive and the passwords.

    Raises:
        UsageError: options contradict each other, or the template of names cannot be used.
    """
    return partial(
        BatchSettings,
        template=check_template(template, with_names=with_names),
        workers=workers,
        cluster=_cluster(dask, workers),
        resumes=resume,
        is_strict=strict,
        with_names=with_names,
    )


def _cluster(address: str | None, workers: int | None) -> Cluster | None:
    """Return the cluster of --dask, not connected yet; None without --dask."""
    if address is None:
        return None
    from pdfgen.production.cluster import Cluster

    if message := missing_extra("dask", "distributed"):
        raise UsageError(Problem(message, field="--dask"))
    if workers is not None:
        raise UsageError(Problem("does not go with --dask: a cluster has its own workers", field="--workers"))
    return Cluster(address)


_settings_options = gathered(
    "settings",
    _settings,
    option(
        OUTPUT, "--name", "template", default=DEFAULT_TEMPLATE, metavar="TEMPLATE",
        help=f"Names of the files, from number, row, id, language, paper, program, start, weeks and layout. "
        f"Default: {DEFAULT_TEMPLATE}",
    ),
    option(
        PRIVACY, "--names", "with_names", is_flag=True,
        help="Patients' names in the manifest, and {label} in --name. Left out unless asked for.",
    ),
    option(
        BATCH, "--workers", type=click.IntRange(1, 256), metavar="N",
        help="Processes. Default: one for each core, once that pays",
    ),
    option(
        BATCH, "--dask", metavar="ADDRESS",
        help="Let a running Dask cluster do the work: the address of its scheduler, such as tcp://host:8786",
    ),
    option(
        BATCH, "--resume", is_flag=True, help="Keep what an earlier run finished and nothing has changed.",
    ),
    option(
        CHECKS, "--strict", is_flag=True,
        help="Write nothing when any row is bad, or the list is not whole.",
    ),
)  # fmt: skip


@click.command("batch", cls=Command, epilog=_EPILOG)
@jobs.options_of_roster
@out_option("DIR", "Folder for the files. Default: out/<roster>")
@_settings_options
@option(PATIENT, "--base", type=FILE, metavar="FILE", help="A prescription that rows are laid over.")
@option(OUTPUT, "--zip", "zips", is_flag=True, help="Also all files in one ZIP beside the folder.")
@option(
    OUTPUT,
    "--calendars",
    is_flag=True,
    help="Also a calendar (.ics) of each patient's days with exercises, without a name in it.",
)
@option(
    PRIVACY, "--encrypt", type=FILE, metavar="PASSWORDS.csv",
    help="Each file opens with a password only: a file with the columns row and password.",
)  # fmt: skip
@print_options
@roster_options
@report.options
def command(
    job: Job,
    out: Path | None,
    settings: partial[BatchSettings],
    base: Path | None,
    zips: bool,
    calendars: bool,
    encrypt: Path | None,
    print_choices: PrintChoices | None,
    reading: RosterOptions,
) -> None:
    """Make a program for every patient of a roster: CSV, XLSX, YAML, JSON or FHIR. - is standard input.

    Rows that cannot be used are reported with row, column and reason, and the others are made (exit code 7).
    """
    shared = Shared()
    prescription = user_config().with_language(read_yaml(base, "prescription") if base else None)
    first_day = first_day_of(job.overrides, prescription)
    path: Path = job.prescription_file  # type: ignore[assignment]
    reading = replace(reading, country=country_of(job, shared))
    roster = read_roster(path, reading, names_of(job, shared), first_day)
    out = out or Path("out") / ("roster" if job.prescription_file == STDIN else Path(roster.file).stem)
    for note in roster.notes:
        report.detail(str(note))
    encrypts = encrypt is not None
    if calendars and encrypts:
        message = "cannot be locked; leave out --encrypt or this"
        raise UsageError(Problem(message, field="--calendars"))
    chosen = settings(
        rows=RowSettings(job, prescription, encrypts=encrypts, calendars=calendars),
        archive=out.with_name(f"{out.name}.zip") if zips else None,
        passwords=read_passwords(encrypt) if encrypt else {},
        reading=roster.reading,
    )
    if chosen.is_strict and roster.gaps:
        message = "this may not be the whole list; nothing was written"
        raise InputError([*roster.gaps, Problem(message, file=roster.file)])
    report.warnings(roster.warnings)
    printed = print_run(print_choices, roster, reading.mapping, prescription, out=out, encrypts=encrypts)
    with BatchFolder(out) as folder:
        maker = RowMaker(chosen.rows, shared)
        click.get_current_context().exit(_make(roster, maker, folder, chosen, printed))


def _make(
    roster: Roster, maker: RowMaker, folder: BatchFolder, settings: BatchSettings, printed: PrintRun | None
) -> ExitCode:
    """Make all programs of a roster, report the run, and return the exit code."""
    maker.check_shared()
    # The garbage collector need not search what all rows share, which stays until the end.
    gc.freeze()
    done = run(
        roster.rows, maker, folder, settings,
        lambda: progress(len(roster.rows)), lambda result: _each(result, printed),
    )  # fmt: skip
    if done.is_refused:
        report_problems(done.failed)
        bad = len(done.failed)
        count = f"{bad} of {len(roster.rows)} rows are bad" if bad > 1 else "a row is bad"
        raise InputError(Problem(f"{count}; nothing was written", file=roster.file))
    code = report_end(done, folder.name, settings.archive, folder.left_over(done.records))
    if printed and not done.is_complete:
        leave_out(printed)
    elif printed:
        code = finish_printing(printed, done, folder.path) or code
    return code


def _each(result: RowResult, printed: PrintRun | None) -> None:
    if printed:
        printed.note(result)
    report_result(result)
