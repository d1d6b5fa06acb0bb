"""What a job names, read and checked: all problems in all files at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from pdfgen.checks.characters import missing_characters
from pdfgen.content import loading
from pdfgen.content.files.settings import overridden
from pdfgen.content.files.source import FieldPath, Mark, Node, Source
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.field_types import without_region
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.rosters.names import Names
from pdfgen.content.rules import all_rules
from pdfgen.content.second_language import load_second_language
from pdfgen.errors import FitError, InputError, Problem
from pdfgen.planning.questions import questions_of
from pdfgen.production.assets import finished_logo, load_family
from pdfgen.production.job import Job, library_files, overrides_of
from pdfgen.production.shared import Shared

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing, Raster

P = ParamSpec("P")
T = TypeVar("T")


class Inputs(NamedTuple):
    """Everything that a job names, read."""

    library: loading.LoadedLibrary
    prescription: loading.Loaded[Prescription]
    clinic: loading.Loaded[Clinic]
    layout: loading.Loaded[Layout]
    language: loading.Loaded[Language]
    logo: Drawing | Raster | None
    second_language: loading.Loaded[Language] | None = None


def read_inputs(job: Job, shared: Shared) -> Inputs:
    """Read all files that a job names; what cannot be read does not keep the others from being judged.

    Raises:
        InputError: with every problem in every file, as far as they can be judged.
    """
    overrides = overrides_of(job)
    problems: list[Problem] = []
    prescription = _collect(problems, loading.load_prescription, job.prescription_file, overrides)
    library = _collect(problems, _load_library, job, prescription, shared)
    clinic = _collect(problems, _load_clinic, job, prescription, shared)
    logo = _collect(problems, _load_logo, clinic, job, shared) if clinic else None
    layout = language = second = None
    if prescription and clinic:
        layout = _collect(problems, _load_layout, job, prescription, clinic, shared)
    if prescription:
        language = _collect(problems, _load_language, prescription, shared, clinic)
    if prescription and clinic and layout:
        second = _collect(problems, _load_second_language, job, prescription, clinic, layout, shared)
    if not problems and library and prescription and clinic and layout and language:
        printed = _on_paper(clinic, layout, job, shared)
        return Inputs(library, prescription, printed, layout, language, logo, second)
    if library and prescription:
        problems += all_rules.check_prescription(prescription, library).errors
    if library and clinic:
        problems += all_rules.check_clinic(clinic, library).errors
    for loaded in (prescription, clinic):
        problems += missing_characters(loaded, load_family()) if loaded else ()
    raise InputError(problems)


def names_of(job: Job, shared: Shared) -> Names:
    """Return what things are called in the library of a job, which is read once a name is looked up."""
    return Names(lambda: shared.library(library_files(job)).value)


def country_of(job: Job, shared: Shared) -> str:
    """Return the country of the clinic of all rows; empty without one, or where it cannot be read."""
    file = job.clinic or job.default_clinic
    try:
        return shared.clinic(file).value.country if file else ""
    except InputError:
        # `check_shared` tells what is wrong with it.
        return ""


def check_shared(job: Job, shared: Shared) -> None:
    """Check what a job names for all rows of a roster, so that it is told once and not for each of them.

    Raises:
        InputError: a file that holds for all rows cannot be used, or an option has an impossible value.
    """
    problems: list[Problem] = []
    library = _collect(problems, shared.library, library_files(job))
    problems += _checked_library(library, shared).errors if library else ()
    if file := job.clinic or job.default_clinic:
        clinic = _collect(problems, shared.clinic, file)
        problems += all_rules.check_clinic(clinic, library).errors if clinic and library else ()
    if layout := job.layout:
        _collect(problems, shared.layout, layout)
    place = Mark("", 0, 0)
    row = Source("", Node({"program": Node("short-four", place)}, place))
    try:
        chosen = loading.prescription_of(row, overrides_of(job))
        _load_language(chosen, shared)
    except InputError as error:
        problems += (problem for problem in error.problems if problem.file.startswith("--"))
    if problems:
        raise InputError(problems)


def check_inputs(inputs: Inputs, shared: Shared) -> all_rules.Findings:
    """Check what was read against each other and return the warnings.

    Raises:
        InputError: something cannot be used.
        FitError: all is well but for characters that no font has.
    """
    library, prescription, clinic = inputs.library, inputs.prescription, inputs.clinic
    language: tuple[str, ...] = (inputs.language.value.id,)
    findings = all_rules.Findings(())
    if inputs.second_language is not None:
        language += (inputs.second_language.value.id,)
        findings += _check_second_language(inputs, inputs.second_language)
    program = prescription.value.program
    condition = library.value.condition_of(program) if program in library.value.programs else None
    # What is shared is kept, so that these ids stay theirs.
    key = ("checked", *map(id, (library, clinic, inputs.layout)), language, condition)
    found = shared.cached(key, lambda: _check_shared(inputs, condition, language, shared))
    own = all_rules.check_prescription(prescription, library)
    findings = found.first + own + findings
    findings += all_rules.check_paper(prescription, clinic, inputs.layout)
    findings += all_rules.check_read_back(prescription, clinic, inputs.layout)
    findings += found.last
    if found.untranslated and not own.errors:
        findings += _check_printed(inputs, found.untranslated)
    missing = missing_characters(prescription, load_family()) + found.missing
    if findings.errors:
        raise InputError(findings.errors + missing)
    if missing:
        raise FitError(missing)
    read = (inputs.prescription, inputs.clinic, inputs.library)
    return findings + all_rules.Findings((), tuple(one for file in read for one in file.source.cautions))


def _check_second_language(inputs: Inputs, second: loading.Loaded[Language]) -> all_rules.Findings:
    """Check that the library is also in the language of the twin copy."""
    code, known = second.value.id, inputs.library.value.languages
    if without_region(code) in known:
        return all_rules.Findings(())
    message = f'the library is not in "{code}", the language of the copy; known: {", ".join(known)}'
    return all_rules.Findings((inputs.prescription.problem(("twin_language",), message),))


class _Shared(NamedTuple):
    """What is found in the files that many prescriptions share: before and after what is found in theirs.

    Attributes:
        untranslated: texts of the library that lack a language of the document, with that language.
    """

    first: all_rules.Findings
    last: all_rules.Findings
    missing: tuple[Problem, ...]
    untranslated: tuple[tuple[FieldPath, str], ...]


def _check_shared(
    inputs: Inputs, condition: str | None, language: tuple[str, ...], shared: Shared
) -> _Shared:
    library, clinic, layout = inputs.library, inputs.clinic, inputs.layout
    family = load_family()
    last = all_rules.check_layout(layout, language)
    if condition is not None:
        last += all_rules.check_clinic_texts(clinic, condition, library, layout, language)
    return _Shared(
        _checked_library(library, shared) + all_rules.check_clinic(clinic, library),
        last,
        missing_characters(clinic, family)
        + missing_characters(library, family, (*language, *map(without_region, language))),
        all_rules.missing_texts(
            library, [code for code in language if without_region(code) in library.value.languages]
        ),
    )


def _checked_library(library: loading.LoadedLibrary, shared: Shared) -> all_rules.Findings:
    # What is shared is kept, so that its id stays its own.
    return shared.cached(("checked library", id(library)), lambda: all_rules.check_library(library))


def _check_printed(inputs: Inputs, untranslated: tuple[tuple[FieldPath, str], ...]) -> all_rules.Findings:
    prescription = inputs.prescription.value
    questions = questions_of(inputs.library.value, prescription, inputs.layout.value.faq.count)
    return all_rules.check_printed_texts(
        inputs.library,
        untranslated,
        prescription,
        inputs.clinic.value.country,
        [entry.id for entry in questions],
    )


def _load_library(
    job: Job, prescription: loading.Loaded[Prescription] | None, shared: Shared
) -> loading.LoadedLibrary:
    """Read the shipped library with those over it that the job and the prescription name."""
    named = loading.library_paths(prescription) if prescription and job.opens_named else ()
    return shared.library(library_files(job, named))


def _load_clinic(
    job: Job, prescription: loading.Loaded[Prescription] | None, shared: Shared
) -> loading.Loaded[Clinic]:
    """Read the clinic that the job, else the prescription, else the defaults of the job name."""
    named = job.clinic
    if named is None and prescription and job.opens_named:
        named = loading.clinic_path(prescription)
    return shared.clinic(named or job.default_clinic)


def _on_paper(
    clinic: loading.Loaded[Clinic], layout: loading.Loaded[Layout], job: Job, shared: Shared
) -> loading.Loaded[Clinic]:
    """Return the clinic with the paper that the job takes by default, where the layout has that."""
    paper = job.default_paper
    if paper is None or paper not in layout.value.papers:
        return clinic
    # The clinic is kept, so that its id stays its own.
    return shared.cached(
        ("paper", paper, id(clinic)),
        lambda: loading.Loaded(
            clinic.value.model_copy(update={"paper": paper}),
            overridden(clinic.source, [("paper", paper, "paper")]),
        ),
    )


def _load_logo(clinic: loading.Loaded[Clinic], job: Job, shared: Shared) -> Drawing | Raster | None:
    return shared.cached(("logo", id(clinic), job.logo), lambda: finished_logo(clinic, job.logo))


def _load_language(
    prescription: loading.Loaded[Prescription], shared: Shared, clinic: loading.Loaded[Clinic] | None = None
) -> loading.Loaded[Language]:
    """Read the language of a prescription, as it is in the clinic's country."""
    code = prescription.value.language
    return shared.language(loading.language_in(code, clinic.value.country) if clinic else code, prescription)


def _load_second_language(
    job: Job,
    prescription: loading.Loaded[Prescription],
    clinic: loading.Loaded[Clinic],
    layout: loading.Loaded[Layout],
    shared: Shared,
) -> loading.Loaded[Language] | None:
    def load(code: str) -> loading.Loaded[Language]:
        return shared.language(loading.language_in(code, clinic.value.country))

    return load_second_language(job.twin, prescription.value.language, prescription, clinic, layout, load)


def _load_layout(
    job: Job, prescription: loading.Loaded[Prescription], clinic: loading.Loaded[Clinic], shared: Shared
) -> loading.Loaded[Layout]:
    """Read the layout that the command line, else the prescription, else the clinic names."""
    if job.layout:
        return shared.layout(job.layout)
    named_in: loading.Loaded[Prescription] | loading.Loaded[Clinic] = clinic
    if "layout" in prescription.value.model_fields_set:
        named_in = prescription
    return shared.layout(named_in.value.layout, named_in.folder, named_in)


def _collect(problems: list[Problem], load: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> T | None:
    """Return what `load` reads; None where it cannot, with its problems among the others."""
    try:
        return load(*args, **named)
    except InputError as error:
        problems.extend(error.problems)
        return None
