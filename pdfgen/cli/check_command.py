"""`pdfgen check`: everything that can be wrong with input, reported at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from pdfgen.cli import config as configs
from pdfgen.cli import report
from pdfgen.cli.check_report import limit_warnings, printed, report_data
from pdfgen.cli.config import UserConfig
from pdfgen.cli.job import KeyValue, patients_job
from pdfgen.cli.new_command import starting_file
from pdfgen.cli.options import CHECKS, FILE, OUTPUT, PATIENT, Command, option
from pdfgen.cli.roster_options import first_day_of, roster_options
from pdfgen.content.files.file_bytes import STDIN, name_of, read_bytes
from pdfgen.content.files.source import Source
from pdfgen.content.files.strict_yaml import parse_yaml, read_yaml
from pdfgen.content.rosters.options import MAX_BYTES, RosterOptions
from pdfgen.content.rosters.reading import is_roster, roster_of
from pdfgen.content.rules.all_rules import Findings
from pdfgen.errors import ExitCode, PdfgenError, limited
from pdfgen.production.file_checks import CheckedFile, check_file, check_patient, check_shipped, kind_of
from pdfgen.production.inputs import names_of
from pdfgen.production.job import Job
from pdfgen.production.roster_check import check_roster
from pdfgen.production.rows import RowMaker, RowSettings
from pdfgen.production.shared import Shared

#: Languages that pages are composed in to be measured, those of the starting files, each with the language of
#: the copy in layouts that make one.
_EXAMPLES = (("nl", "en"), ("en", "nl"))

_EPILOG = """\b
Examples:
  pdfgen check
  pdfgen check anna.patient.yaml clinic.yaml
  pdfgen check roster.xlsx
  pdfgen check roster.csv --set program=short-four
  pdfgen check --report
  pdfgen check mine.yaml --json"""


@click.command("check", cls=Command, epilog=_EPILOG)
@click.argument("files", metavar="[FILE]…", type=FILE, nargs=-1)
@option(
    PATIENT, "--library", "libraries", type=FILE, metavar="FILE", multiple=True,
    help="A library of your own that prescriptions are checked with. May be repeated.",
)  # fmt: skip
@option(PATIENT, "--clinic", type=FILE, metavar="FILE", help="Of a roster: the clinic's file.")
@option(
    PATIENT,
    "--set",
    "settings",
    type=KeyValue(),
    multiple=True,
    help="Of a roster: a key of all rows, such as program=short-four. May be repeated.",
)
@option(
    PATIENT, "--base", type=FILE, metavar="FILE", help="Of a roster: a prescription that rows are laid over."
)
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
    libraries: tuple[Path, ...],
    clinic: Path | None,
    settings: tuple[tuple[str, str], ...],
    base: Path | None,
    reading: RosterOptions,
    strict: bool,
    reports: bool,
    as_json: bool,
) -> None:
    """Check prescriptions, clinics, libraries, layouts, languages and rosters; a file's keys tell what it is.

    Of a roster it is told row by row what `pdfgen batch` would make. Nothing is written. Without FILE, all
    that is shipped is checked, and your config file. Every problem of every file is reported.
    """
    reports = reports or as_json
    rows = RosterChoices(clinic, settings, base, reading)
    checked = _named_files(files, libraries, rows, reports) if files else _all_else(reports)
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


class RosterChoices(NamedTuple):
    """What the rows of a roster are checked with."""

    clinic: Path | None = None
    settings: tuple[tuple[str, str], ...] = ()
    base: Path | None = None
    reading: RosterOptions = RosterOptions()


def _named_files(
    files: tuple[Path, ...], libraries: tuple[Path, ...], rows: RosterChoices, reports: bool
) -> list[CheckedFile]:
    config = configs.user_config()
    config.report()
    return [_checked(path, libraries, config, rows, reports) for path in files]


def _all_else(reports: bool) -> list[CheckedFile]:
    """Check what is shipped, and the user's config file where there is one."""
    shipped = list(check_shipped(_examples() if reports else ()))
    own = None if report.is_given("no_config") else configs.config_path()
    return (
        shipped
        if own is None or not own.exists()
        else [*shipped, _checked(own, (), UserConfig(), RosterChoices(), reports)]
    )


def _checked(
    path: Path, libraries: tuple[Path, ...], config: UserConfig, rows: RosterChoices, reports: bool
) -> CheckedFile:
    kind, name = "file", name_of(path)
    try:
        if path != STDIN and is_roster(data := read_bytes(path, "file", MAX_BYTES), name):
            kind = "roster"
            return _checked_roster(data, name, libraries, config, rows)
        # Once: standard input can be read no second time.
        source = read_yaml(path, "file")
        kind = "config" if _is_own_config(path) else kind_of(source.data, name)
        if kind != "patient":
            under = (*config.libraries, *libraries)
            return check_file(kind, source, under, _examples() if reports else ())
        job = Job(
            source,
            libraries=libraries,
            default_clinic=config.clinic,
            default_paper=config.paper,
            default_libraries=config.libraries,
        )
        return check_patient(patients_job(job, config), measures=reports)
    except PdfgenError as error:
        return CheckedFile(name, kind, Findings(error.problems))


def _checked_roster(
    data: bytes, name: str, libraries: tuple[Path, ...], config: UserConfig, rows: RosterChoices
) -> CheckedFile:
    job = Job(
        Path(name),
        clinic=rows.clinic,
        libraries=libraries,
        overrides=rows.settings,
        default_clinic=config.clinic,
        default_paper=config.paper,
        default_libraries=config.libraries,
    )
    shared = Shared()
    base = config.with_language(read_yaml(rows.base, "prescription") if rows.base else None)
    first_day = first_day_of(rows.settings, base)
    roster = roster_of(data, name, rows.reading, names_of(job, shared), first_day)
    return check_roster(roster, RowMaker(RowSettings(job, base), shared))


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
