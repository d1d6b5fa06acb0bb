"""`pdfgen check`: everything that can be wrong with input, told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from pdfgen.checks.characters import missing_characters
from pdfgen.cli import job as jobs
from pdfgen.cli import report
from pdfgen.cli.check_report import Report, as_data, measured, measured_examples, printed
from pdfgen.content.files.file_bytes import STDIN
from pdfgen.content.files.resources import languages_folder, layouts_folder, library_file
from pdfgen.content.files.source import STDIN_NAME, Source
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.loading import (
    Loaded,
    LoadedLibrary,
    list_languages,
    list_layouts,
    load_clinic,
    load_language,
    load_layout,
    load_library,
)
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.pydantic_setup import BaseModel
from pdfgen.content.models.validation import validate
from pdfgen.content.rules.all_rules import (
    Findings,
    check_clinic,
    check_clinic_files,
    check_languages,
    check_layout,
    check_library,
)
from pdfgen.content.rules.reading_level import reading_problems, readings
from pdfgen.errors import ExitCode, InputError, PdfgenError, Problem, told
from pdfgen.production.assets import load_family
from pdfgen.production.inputs import Job, Shared
from pdfgen.production.program import compose, plan, read, warnings_of

_KINDS: Mapping[str, type[BaseModel]] = {
    "patient": Prescription,
    "clinic": Clinic,
    "library": Library,
    "layout": Layout,
    "language": Language,
}
"""Kinds of files. Where the keys of a file fit several kinds equally well, the first is meant."""

_EPILOG = """\b
Examples:
  pdfgen check
  pdfgen check anna.patient.yaml clinic.yaml
  pdfgen check --report
  pdfgen check mine.yaml --json"""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in one file. `notes` are lines worth knowing that are no problems."""

    file: str
    kind: str
    findings: Findings
    notes: tuple[str, ...] = ()
    report: Report = field(default_factory=Report)


@click.command("check", epilog=_EPILOG)
@click.argument("files", metavar="[FILE]…", type=jobs.FILE, nargs=-1)
@click.option(
    "--library", "libraries", type=jobs.FILE, metavar="FILE", multiple=True,
    help="A library of your own that prescriptions are checked with. May be repeated.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option(
    "--report", "reports", is_flag=True,
    help="Also how hard texts are to read, and how clear the print is; all of it with --verbose.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON: an object for each file, with its report.")
@report.options
def command(
    files: tuple[Path, ...], libraries: tuple[Path, ...], strict: bool, reports: bool, as_json: bool
) -> None:
    """Check prescriptions, clinics, libraries, layouts and languages; which one a file is, its keys tell.

    Without FILE, all that is shipped is checked. Every problem of every file is told.
    """
    reports = reports or as_json
    results = [_result(path, libraries, reports) for path in files] if files else _shipped(reports)
    if as_json:
        report.print_json([_as_data(result) for result in results])
    else:
        for result in results:
            report.problems(told(result.findings.errors))
            report.warnings(result.findings.warnings)
            for line in (_summary(result), *result.notes, *(printed(result.report) if reports else ())):
                report.result(line)
    failed = [result for result in results if result.findings.errors or (strict and result.findings.warnings)]
    click.get_current_context().exit(ExitCode.INPUT if failed else ExitCode.OK)


def _summary(result: Result) -> str:
    errors, warnings = len(result.findings.errors), len(result.findings.warnings)
    counts = [
        f"{number} {noun}{'s' if number > 1 else ''}"
        for number, noun in ((errors, "problem"), (warnings, "warning"))
        if number
    ]
    return f"{result.file}: {result.kind}, {' and '.join(counts) or 'in order'}"


def _as_data(result: Result) -> dict[str, object]:
    return {
        "file": result.file,
        "kind": result.kind,
        "problems": report.as_data(result.findings.errors),
        "warnings": report.as_data(result.findings.warnings),
        "notes": list(result.notes),
        "report": as_data(result.report),
    }


def _result(path: Path, libraries: Sequence[Path], reports: bool) -> Result:
    kind, name = "file", STDIN_NAME if path == STDIN else str(path)
    try:
        # Once: standard input can be read no second time.
        source = read_yaml(path, "file")
        kind = kind_of(source.data, name)
        match kind:
            case "patient":
                return _patient(source, libraries, reports)
            case "clinic":
                return _clinic(source, libraries, reports)
            case "library":
                return _library(source, libraries)
            case "layout":
                return _layout(name, Loaded(validate(Layout, source), source), reports)
            case _:
                return Result(name, kind, _language(path, name))
    except PdfgenError as error:
        return Result(name, kind, Findings(error.problems))


def kind_of(data: object, file: str) -> str:
    """Return the kind of file by its keys: `patient`, `clinic`, `library`, `layout` or `language`.

    Raises:
        InputError: no kind has any of the keys.
    """
    keys = set(data) if isinstance(data, Mapping) else set()
    scores = {kind: len(keys & set(model.model_fields)) for kind, model in _KINDS.items()}
    if isinstance(data, Mapping) and isinstance(data.get("exercises"), Mapping):
        # A patient's exercises are a list.
        scores["patient"] -= 1
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] <= 0:
        advice = "a patient's file has a program, a clinic a name, a library exercises, a layout sections"
        raise InputError(
            Problem(f"what kind of file this is cannot be told by its keys; {advice}", file=file)
        )
    return best


def _is_whole_library(data: object) -> bool:
    required = {name for name, field in Library.model_fields.items() if field.is_required()}
    return isinstance(data, Mapping) and required <= set(data)


def _patient(source: Source, libraries: Sequence[Path], reports: bool) -> Result:
    shared = Shared()
    program = read(Job(source, libraries=tuple(libraries)), shared)
    # Composing the pages finds what does not fit and characters that no font has.
    compose(program, shared)
    result = Result(source.file, "patient", Findings(warnings=warnings_of(program, plan(program, shared))))
    return _with_report(result, lambda: measured(program, shared)) if reports else result


def _clinic(source: Source, libraries: Sequence[Path], reports: bool) -> Result:
    clinic = load_clinic(source)
    findings = check_clinic(clinic, load_library((library_file(), *libraries))) + check_clinic_files(clinic)
    result = Result(source.file, "clinic", findings)
    return _with_report(result, lambda: measured_examples(clinic=clinic)) if reports else result


def _layout(name: str, layout: Loaded[Layout], reports: bool) -> Result:
    result = Result(name, "layout", check_layout(layout, list_languages()))
    return _with_report(result, lambda: measured_examples(layout=layout)) if reports else result


def _with_report(result: Result, measure: Callable[[], Report]) -> Result:
    """Add what was measured on composed pages, and a warning for each limit that is broken."""
    if result.findings.errors:
        return result
    try:
        found = measure()
    except PdfgenError as error:
        problems = tuple(replace(problem, file=problem.file or result.file) for problem in error.problems)
        return replace(result, findings=result.findings + Findings(problems))
    return replace(
        result, report=found, findings=result.findings + Findings(warnings=found.warnings(result.file))
    )


def _language(path: Path, name: str) -> Findings:
    if path.absolute().parent != languages_folder():
        raise InputError(Problem(f"languages are read from {languages_folder()}; put it there", file=name))
    # The placeholders of a language are those of the first one.
    return check_languages([load_language(code) for code in (list_languages()[0], path.stem)])


def _library(source: Source, libraries: Sequence[Path]) -> Result:
    is_whole = _is_whole_library(source.data)
    library = load_library((source,) if is_whole else (library_file(), *libraries, source))
    notes = () if is_whole else tuple(str(override) for override in library.overridden)
    return _library_result(source.file, library, notes)


def _shipped(reports: bool) -> list[Result]:
    layouts = (_shipped_layout(name, reports) for name in list_layouts())
    return [_shipped_library(), *layouts, _shipped_languages()]


def _shipped_library() -> Result:
    file = library_file()
    try:
        library: LoadedLibrary = load_library((file,))
    except InputError as error:
        return Result(file.name, "library", Findings(error.problems))
    return _library_result(file.name, library)


def _library_result(file: str, library: LoadedLibrary, notes: tuple[str, ...] = ()) -> Result:
    missing, texts = missing_characters(library, load_family()), readings(library)
    findings = check_library(library) + Findings(missing, reading_problems(library, texts))
    return Result(file, "library", findings, notes, Report(texts))


def _shipped_layout(name: str, reports: bool) -> Result:
    file = f"{layouts_folder().name}/{name}.yaml"
    try:
        return _layout(file, load_layout(name), reports)
    except InputError as error:
        return Result(file, "layout", Findings(error.problems))


def _shipped_languages() -> Result:
    loaded: list[Loaded[Language]] = []
    problems: list[Problem] = []
    for code in list_languages():
        try:
            loaded.append(load_language(code))
        except InputError as error:
            problems.extend(error.problems)
    findings = Findings(tuple(problems)) + (check_languages(loaded) if loaded else Findings())
    return Result(languages_folder().name, f"languages {', '.join(list_languages())}", findings)
