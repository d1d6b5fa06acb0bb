"""`pdfgen check`: everything that can be wrong with input, reported at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from pdfgen.cli import config as configs
from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.check_report import limit_warnings, printed, report_data
from pdfgen.cli.config import UserConfig
from pdfgen.cli.job import patients_job
from pdfgen.cli.new_command import starting_file
from pdfgen.cli.options import CHECKS, FILE, OUTPUT, PATIENT, PRIVACY, Command, option
from pdfgen.cli.roster_options import first_day_of, roster_options
from pdfgen.content.files.file_bytes import STDIN, name_of, read_bytes
from pdfgen.content.files.source import Source
from pdfgen.content.files.strict_yaml import parse_bytes, parse_yaml, read_yaml
from pdfgen.content.rosters.formats import is_roster
from pdfgen.content.rosters.options import MAX_BYTES, RosterOptions
from pdfgen.content.rosters.passwords import read_passwords
from pdfgen.content.rosters.reading import roster_of
from pdfgen.content.rules.all_rules import Findings
from pdfgen.errors import ExitCode, PdfgenError, Problem, UsageError, limited
from pdfgen.production.file_checks import CheckedFile, check_file, check_patient, check_shipped, kind_of
from pdfgen.production.inputs import country_of, names_of
from pdfgen.production.job import Job
from pdfgen.production.roster_check import check_roster
from pdfgen.production.rows import RowMaker, RowSettings
from pdfgen.production.shared import Shared

#: Languages that pages are composed in to be measured, those of the starting files, each with the language of
#: the copy in layouts that make one.
_EXAMPLES = (("nl", "en"), ("en", "nl"))

#: Kinds of files that programs are made from, and of those that could not be read.
_PROGRAMS = frozenset({"patient", "roster", "file"})

_EPILOG = """\b
Examples:
  pdfgen check
  pdfgen check anna.patient.yaml clinic.yaml
  pdfgen check roster.xlsx
  pdfgen check roster.csv --set program=short-four --layout wall-sheet
  pdfgen check --report
  pdfgen check mine.yaml --json"""


@click.command("check", cls=Command, epilog=_EPILOG)
@click.argument("files", metavar="[FILE]…", type=FILE, nargs=-1)
@jobs.options_of_files
@option(
    PATIENT, "--base", type=FILE, metavar="FILE", help="Of a roster: a prescription that rows are laid over."
)
@option(
    PRIVACY, "--encrypt", type=FILE, metavar="PASSWORDS.csv",
    help="Of a roster: the passwords of the files; a row without one is told.",
)  # fmt: skip
@roster_options
@option(CHECKS, "--strict", is_flag=True, help="Warnings are errors.")
@option(
    CHECKS, "--report", "reports", is_flag=True,
    help="Also how hard texts are to read, and how clear the print is; all of it with --verbose.",
)  # fmt: skip
@option(OUTPUT, "--json", "as_json", is_flag=True, help="Print JSON: an object a file, with its report.")
@report.options
def command(
    files: tuple[Path, ...],
    choices: jobs.JobMaker,
    base: Path | None,
    encrypt: Path | None,
    reading: RosterOptions,
    strict: bool,
    reports: bool,
    as_json: bool,
) -> None:
    """Check prescriptions, clinics, libraries, layouts, languages and rosters; a file's keys tell what it is.

    Of a roster it is told row by row what `pdfgen batch` would make with the same options. Nothing is
    written. - is standard input. Without FILE, all that is shipped is checked, and your config file. Every
    problem of every file is reported.
    """
    reports = reports or as_json
    chosen = _Choices(choices, base, encrypt, reading)
    checked = _named_files(files, chosen, reports) if files else _all_else(chosen, reports)
    if chosen.are_given and not any(one.kind in _PROGRAMS for one in checked):
        raise UsageError(Problem("what a program is made from goes with a patient's file or a roster"))
    results = [_with_limits(one) for one in checked]
    if as_json:
        report.print_json([_as_data(result) for result in results])
    else:
        for result in results:
            report.problems(limited(result.findings.errors))
            report.warnings(result.findings.warnings)
            for line in (_summary(result), *result.notes, *(printed(result) if reports else ())):
                report.result(line)
    failed = [result for result in results if result.findings.errors or (strict and result.findings.warnings)]
    click.get_current_context().exit(ExitCode.INPUT if failed else ExitCode.OK)


class _Choices(NamedTuple):
    """What files are checked with.

    Attributes:
        job_of: makes the job of a patient or a roster.
        base, encrypt, reading: of rosters.
    """

    job_of: jobs.JobMaker
    base: Path | None
    encrypt: Path | None
    reading: RosterOptions

    @property
    def are_given(self) -> bool:
        """Whether anything is asked for that only goes for programs."""
        job = self.job_of(STDIN, UserConfig())._replace(libraries=())
        return job != Job(STDIN) or (self.base, self.encrypt, self.reading) != (None, None, RosterOptions())


def _named_files(files: tuple[Path, ...], chosen: _Choices, reports: bool) -> list[CheckedFile]:
    config = configs.user_config()
    config.report()
    return [_checked(path, chosen, config, reports) for path in files]


def _all_else(chosen: _Choices, reports: bool) -> list[CheckedFile]:
    """Check what is shipped, and the user's config file where there is one."""
    shipped = list(check_shipped(_examples() if reports else ()))
    own = None if report.is_given("no_config") else configs.config_path()
    if own is None or not own.exists():
        return shipped
    return [*shipped, _checked(own, chosen, UserConfig(), reports)]


def _checked(path: Path, chosen: _Choices, config: UserConfig, reports: bool) -> CheckedFile:
    kind, name = "file", name_of(path)
    try:
        # Once: standard input can be read no second time.
        data = read_bytes(path, "file", MAX_BYTES)
        if is_roster(data, name):
            kind = "roster"
            return _checked_roster(data, name, chosen, config)
        source = parse_bytes(data, name)
        kind = "config" if _is_own_config(path) else kind_of(source.data, name)
        job = chosen.job_of(source, config)
        if kind == "patient":
            return check_patient(patients_job(job, config), measures=reports)
        libraries = tuple(path for path in job.libraries if isinstance(path, Path))
        return check_file(kind, source, (*config.libraries, *libraries), _examples() if reports else ())
    except PdfgenError as error:
        return CheckedFile(name, kind, Findings(error.problems))


def _checked_roster(data: bytes, name: str, chosen: _Choices, config: UserConfig) -> CheckedFile:
    job, shared = chosen.job_of(Path(name), config), Shared()
    base = config.with_language(read_yaml(chosen.base, "prescription") if chosen.base else None)
    first_day = first_day_of(job.overrides, base)
    reading = replace(chosen.reading, country=country_of(job, shared))
    roster = roster_of(data, name, reading, names_of(job, shared), first_day)
    settings = RowSettings(job, base, encrypts=chosen.encrypt is not None)
    passwords = read_passwords(chosen.encrypt) if chosen.encrypt else {}
    return check_roster(roster, RowMaker(settings, shared), passwords)


def _is_own_config(path: Path) -> bool:
    own = configs.config_path()
    return own is not None and path.absolute() == own.absolute()


def _examples() -> tuple[Job, ...]:
    """Return the programs of the files to start from: patient and clinic, in each language."""
    return tuple(
        Job(
            _starting_source("patient", language),
            clinic=_starting_source("clinic", language),
            overrides=(("twin_language", other),),
        )
        for language, other in _EXAMPLES
    )


def _starting_source(kind: str, language: str) -> Source:
    return parse_yaml(starting_file(kind, STDIN, language), f"{kind}.yaml")


def _with_limits(result: CheckedFile) -> CheckedFile:
    """Add a warning for each limit of clear print that is broken."""
    return replace(result, findings=result.findings + Findings(warnings=limit_warnings(result)))


def _summary(result: CheckedFile) -> str:
    errors, warnings = len(result.findings.errors), len(result.findings.warnings)
    counts = [
        f"{number} {noun}{'s' if number > 1 else ''}"
        for number, noun in ((errors, "problem"), (warnings, "warning"))
        if number
    ]
    return f"{result.file}: {result.kind}, {' and '.join(counts) or 'in order'}"


def _as_data(result: CheckedFile) -> dict[str, object]:
    return {
        "file": result.file,
        "kind": result.kind,
        "problems": report.as_data(result.findings.errors),
        "warnings": report.as_data(result.findings.warnings),
        "notes": list(result.notes),
        "report": report_data(result),
    }
