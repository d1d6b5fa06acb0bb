"""Everything that can be wrong with one file, by what kind of file it is.

A file goes in, a `CheckedFile` comes out: problems, warnings, and what was measured. What a patient's file
is checked with is said by a job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pdfgen.checks.characters import missing_characters
from pdfgen.checks.clear_print import Measure, clear_print
from pdfgen.content.files.resources import languages_folder, layouts_folder, library_file
from pdfgen.content.files.source import Source
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
from pdfgen.content.models.config import Config
from pdfgen.content.models.field_types import Model
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.rules.all_rules import (
    Findings,
    check_clinic,
    check_clinic_files,
    check_languages,
    check_layout,
    check_own_library,
)
from pdfgen.content.rules.layout import least_margins
from pdfgen.content.rules.reading_level import Reading, reading_problems, readings
from pdfgen.content.rules.translations import language_notes
from pdfgen.content.user_config import load_config
from pdfgen.errors import InputError, PdfgenError, Problem
from pdfgen.production.assets import load_family
from pdfgen.production.job import Job
from pdfgen.production.program import Program, compose, plan, read
from pdfgen.production.program_warnings import warnings_of, warnings_of_pages
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document

_KINDS: Mapping[str, type[Model]] = {
    "patient": Prescription,
    "clinic": Clinic,
    "library": Library,
    "layout": Layout,
    "language": Language,
    "config": Config,
}
"""Kinds of files. Where the keys of a file fit several kinds equally well, the first is meant."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was found in one file.

    Attributes:
        file: its name.
        kind: what it is, such as `patient`.
        notes: lines worth knowing that are not problems.
        readings: how hard each text of a library is to read.
        measures: language and figure, of composed pages: how clear the print is.
    """

    file: str
    kind: str
    findings: Findings
    notes: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    measures: tuple[tuple[str, Measure], ...] = ()


def kind_of(data: object, file: str) -> str:
    """Return the kind of a file by its keys: `patient`, `clinic`, `library`, `layout`, `language`, `config`.

    Raises:
        InputError: no kind has any of the keys.
    """
    keys = set(data) if isinstance(data, Mapping) else set()
    scores = {kind: len(keys & set(model.model_fields)) for kind, model in _KINDS.items()}
    if isinstance(data, Mapping) and isinstance(data.get("exercises"), Mapping):
        # A patient's exercises are a list.
        scores["patient"] -= 1
    if "program" not in keys and scores["patient"] == scores["config"]:
        # Both may name a clinic, a paper and a language, and a patient's file must name a program.
        scores["patient"] -= 1
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] <= 0:
        advice = "a patient's file has a program, a clinic a name, a library exercises, a layout sections"
        raise InputError(
            Problem(f"what kind of file this is cannot be told by its keys; {advice}", file=file)
        )
    return best


def check_patient(job: Job, *, measures: bool = False) -> CheckedFile:
    """Check the prescription of a job and all that it is made with, up to the composed pages.

    Raises:
        InputError, FitError: as `read` and `compose`.
    """
    shared = Shared()
    program = read(job, shared)
    # Composing the pages finds what does not fit and characters that no font has.
    document = compose(program, shared)
    pages, says_all = len(document.pages), document.sheets_say_all
    seen = warnings_of_pages(program, document.photos, pages, says_all=says_all)
    findings = Findings(warnings=(*warnings_of(program, plan(program, shared)), *seen))
    found = CheckedFile(program.source.source.file, "patient", findings)
    return replace(found, measures=_measures(program, document)) if measures else found


def check_file(
    kind: str, source: Source, libraries: Sequence[Path] = (), examples: Sequence[Job] = ()
) -> CheckedFile:
    """Check a file that is not a patient's.

    Args:
        kind: as `kind_of` returns it.
        libraries: laid over the shipped one.
        examples: programs that a clinic or a layout is measured with: they get its colours, its pages.

    Raises:
        InputError: it cannot be used at all.
    """
    match kind:
        case "clinic":
            return _clinic(source, libraries, examples)
        case "library":
            return _library(source, libraries)
        case "layout":
            return _layout(source.file, load_layout(source), examples)
        case "config":
            load_config(source)
            return CheckedFile(source.file, kind, Findings())
        case _:
            return CheckedFile(source.file, kind, _language(Path(source.file)))


def check_shipped(examples: Sequence[Job] = ()) -> tuple[CheckedFile, ...]:
    """Check the shipped library, layouts and languages; `examples` as in `check_file`."""
    layouts = (_shipped_layout(name, examples) for name in list_layouts())
    return (_shipped_library(), *layouts, _shipped_languages())


def measure(*jobs: Job) -> tuple[tuple[str, Measure], ...]:
    """Return language and figures of the pages of programs: how clear the print is.

    Raises:
        InputError, FitError: a program cannot be made.
    """
    shared = Shared()
    programs = [read(job, shared) for job in jobs]
    return tuple(one for program in programs for one in _measures(program, compose(program, shared)))


def _measures(program: Program, document: Document) -> tuple[tuple[str, Measure], ...]:
    mirrored, limits = program.layout.margins.mirrored, least_margins(program.layout)
    found = clear_print(document, mirrored=mirrored, margins=limits)
    return tuple((program.language.id, measure) for measure in found)


def _clinic(source: Source, libraries: Sequence[Path], examples: Sequence[Job]) -> CheckedFile:
    clinic = load_clinic(source)
    findings = check_clinic(clinic, load_library((library_file(), *libraries))) + check_clinic_files(clinic)
    found = CheckedFile(source.file, "clinic", findings)
    return _measured(found, [job._replace(clinic=source, libraries=tuple(libraries)) for job in examples])


def _layout(name: str, layout: Loaded[Layout], examples: Sequence[Job]) -> CheckedFile:
    found = CheckedFile(name, "layout", check_layout(layout, list_languages()))
    return _measured(found, [job._replace(layout=layout.source) for job in examples])


def _measured(found: CheckedFile, jobs: Sequence[Job]) -> CheckedFile:
    """Add the figures of programs where the file itself is in order."""
    if found.findings.errors:
        return found
    try:
        return replace(found, measures=measure(*jobs))
    except PdfgenError as error:
        problems = tuple(replace(problem, file=problem.file or found.file) for problem in error.problems)
        return replace(found, findings=found.findings + Findings(problems))


def _language(path: Path) -> Findings:
    if path.absolute().parent != languages_folder():
        message = f"languages are read from {languages_folder()}; put it there"
        raise InputError(Problem(message, file=str(path)))
    # The placeholders of a language are those of the first one.
    return check_languages([load_language(code) for code in (list_languages()[0], path.stem)])


def _library(source: Source, libraries: Sequence[Path]) -> CheckedFile:
    library = load_library((library_file(), *libraries, source))
    return _checked_library(source.file, library)


def _checked_library(file: str, library: LoadedLibrary) -> CheckedFile:
    missing, texts = missing_characters(library, load_family()), readings(library)
    findings = check_own_library(library) + Findings(missing, reading_problems(library, texts))
    notes = (*map(str, library.overridden), *language_notes(library))
    return CheckedFile(file, "library", findings, notes, texts)


def _shipped_library() -> CheckedFile:
    file = library_file()
    return _or_problems(file.name, "library", lambda: _checked_library(file.name, load_library((file,))))


def _shipped_layout(name: str, examples: Sequence[Job]) -> CheckedFile:
    file = f"{layouts_folder().name}/{name}.yaml"
    return _or_problems(file, "layout", lambda: _layout(file, load_layout(name), examples))


def _shipped_languages() -> CheckedFile:
    loaded: list[Loaded[Language]] = []
    problems: list[Problem] = []
    for code in list_languages():
        try:
            loaded.append(load_language(code))
        except InputError as error:
            problems.extend(error.problems)
    findings = Findings(tuple(problems)) + (check_languages(loaded) if loaded else Findings())
    return CheckedFile(languages_folder().name, f"languages {', '.join(list_languages())}", findings)


def _or_problems(file: str, kind: str, check: Callable[[], CheckedFile]) -> CheckedFile:
    try:
        return check()
    except InputError as error:
        return CheckedFile(file, kind, Findings(error.problems))
