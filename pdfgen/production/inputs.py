"""What a job names, read and checked: all problems in all files at once."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pdfgen.checks.characters import missing_characters
from pdfgen.content import loading
from pdfgen.content.files.source import Mark, Node, Source
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.pictures.figure_files import FigureFiles, figure_files, panels
from pdfgen.content.rules import all_rules
from pdfgen.content.second_language import load_second_language
from pdfgen.errors import FitError, InputError, Problem
from pdfgen.production.assets import finished_logo, load_family

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing, Raster

T = TypeVar("T")

#: Plans that are kept, and as many files of them (up to a megabyte each) and words for dates.
_MOST_RECENT = 64


@dataclass(frozen=True)
class Job:
    """What somebody asked for: files (read already or not), and choices that go above those in the files.

    Attributes:
        logo: the content of the clinic's logo; where it is None, the clinic's file says where it is.
        default_clinic: the clinic's file for prescriptions that name none.
        default_paper: goes above the paper of clinic and layout, where the layout has it.
    """

    prescription_file: Path | Source
    layout: str | Source | None = None
    language: str | None = None
    twin: str | None = None
    paper: str | None = None
    clinic: Path | Source | None = None
    libraries: tuple[Path | Source, ...] = ()
    logo: bytes | None = None
    overrides: tuple[loading.Setting, ...] = ()
    name_in_metadata: bool = False
    default_clinic: Path | None = None
    default_paper: str | None = None


class Inputs(NamedTuple):
    """Everything that a job names, read."""

    library: loading.LoadedLibrary
    prescription: loading.Loaded[Prescription]
    clinic: loading.Loaded[Clinic]
    layout: loading.Loaded[Layout]
    language: loading.Loaded[Language]
    logo: Drawing | Raster | None
    second_language: loading.Loaded[Language] | None = None


class Shared:
    """What jobs share, each thing read and made once: library, clinics, layouts, languages, plans, files.

    What could not be read is tried again by the next job, which names it in a place of its own.
    """

    def __init__(self) -> None:
        self._cached: dict[Hashable, Any] = {}
        self._read: dict[int, Source] = {}
        self._recent: defaultdict[Hashable, OrderedDict[Hashable, Any]] = defaultdict(OrderedDict)

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returned for this key the first time."""
        if key not in self._cached:
            self._cached[key] = make()
        found: T = self._cached[key]
        return found

    def lru(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return what `make` returned for this key; of each kind (`key[0]`) the last used are kept."""
        recent = self._recent[key[0]]
        if key not in recent:
            recent[key] = make()
            if len(recent) > _MOST_RECENT:
                recent.popitem(last=False)
        recent.move_to_end(key)
        found: T = recent[key]
        return found

    def _key(self, file: Path | Source) -> Hashable:
        """Return what tells files apart: values that were passed by what they say."""
        if not isinstance(file, Source):
            return file
        if file.is_passed:
            return file.file, file.canonical, file.base
        # It is kept, so that its id stays its own.
        return self._read.setdefault(id(file), file).file, id(file)

    def library(self, files: tuple[Path | Source, ...]) -> loading.LoadedLibrary:
        """Return the library of these files."""
        return self.cached(("library", *map(self._key, files)), lambda: loading.load_library(files))

    def language(
        self, code: str, named_in: loading.Loaded[Prescription] | None = None
    ) -> loading.Loaded[Language]:
        """Return the language with this code; `named_in` is the prescription that names it."""
        return self.cached(("language", code), lambda: loading.load_language(code, named_in))

    def clinic(self, file: Path | Source | None) -> loading.Loaded[Clinic]:
        """Return the clinic of this file; without a file one that prints lines to write on."""
        if file is None:
            return self.cached("no clinic", loading.no_clinic)
        return self.cached(("clinic", self._key(file)), lambda: loading.load_clinic(file))

    def layout(
        self,
        name: str | Source,
        folder: Path = Path(),
        named_in: loading.Loaded[Prescription] | loading.Loaded[Clinic] | None = None,
    ) -> loading.Loaded[Layout]:
        """Return the layout with this name, seen from a folder; `named_in` is the file that names it."""
        if isinstance(name, Source):
            return self.cached(("layout", self._key(name)), lambda: loading.load_layout(name))
        return self.cached(("layout", folder, name), lambda: loading.load_layout(name, folder, named_in))

    def figures(self, library: loading.LoadedLibrary) -> tuple[FigureFiles, tuple[str, ...]]:
        """Return the drawings that there are with a library, and digests of those that are not shipped."""

        def read() -> tuple[FigureFiles, tuple[str, ...]]:
            found = figure_files(library.folders)
            return found, found.own_digests(panel.figure for _, panel in panels(library.value))

        return self.cached(("figures", library.folders), read)


def read_inputs(job: Job, shared: Shared) -> Inputs:
    """Read all files that a job names; what cannot be read does not keep the others from being judged.

    Raises:
        InputError: with every problem in every file, as far as they can be judged.
    """
    overrides = overrides_of(job)
    problems: list[Problem] = []
    library = _collect(problems, lambda: shared.library(library_files(job)))
    prescription = _collect(problems, lambda: loading.load_prescription(job.prescription_file, overrides))
    clinic = _collect(problems, lambda: _load_clinic(job, prescription, shared))
    logo = _collect(problems, lambda: _load_logo(clinic, job, shared)) if clinic else None
    layout = language = second = None
    if prescription and clinic:
        layout = _collect(problems, lambda: _load_layout(job, prescription, clinic, shared))
    if prescription:
        language = _collect(problems, lambda: _load_language(prescription, shared))
    if prescription and clinic and layout:
        second = _collect(
            problems, lambda: load_second_language(job.twin, prescription, clinic, layout, shared.language)
        )
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


def check_shared(job: Job, shared: Shared) -> None:
    """Check what a job names for all rows of a roster, so that it is told once and not for each of them.

    Raises:
        InputError: a file that holds for all rows cannot be used, or an option has an impossible value.
    """
    problems: list[Problem] = []
    library = _collect(problems, lambda: shared.library(library_files(job)))
    problems += all_rules.check_library(library).errors if library else ()
    if file := job.clinic or job.default_clinic:
        clinic = _collect(problems, lambda: shared.clinic(file))
        problems += all_rules.check_clinic(clinic, library).errors if clinic and library else ()
    if layout := job.layout:
        _collect(problems, lambda: shared.layout(layout))
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
    language: tuple[str, ...] = (prescription.value.language,)
    findings = all_rules.Findings(())
    if inputs.second_language is not None:
        language += (inputs.second_language.value.id,)
        findings += _check_second_language(inputs, inputs.second_language)
    # What is shared is kept, so that these ids stay theirs.
    key = ("checked", *map(id, (library, clinic, inputs.layout)), language)
    found = shared.cached(key, lambda: _check_shared(inputs, language))
    findings = found.first + all_rules.check_prescription(prescription, library) + findings
    findings += all_rules.check_paper(prescription, clinic, inputs.layout)
    findings += found.last
    missing = missing_characters(prescription, load_family()) + found.missing
    if findings.errors:
        raise InputError(findings.errors + missing)
    if missing:
        raise FitError(missing)
    return findings


def _check_second_language(inputs: Inputs, second: loading.Loaded[Language]) -> all_rules.Findings:
    """Check that the library is also in the language of the twin copy."""
    code, known = second.value.id, inputs.library.value.languages
    if code in known:
        return all_rules.Findings(())
    message = f'the library is not in "{code}", the language of the copy; known: {", ".join(known)}'
    return all_rules.Findings((inputs.prescription.problem(("twin_language",), message),))


class _Shared(NamedTuple):
    """What is found in the files that many prescriptions share: before and after what is found in theirs."""

    first: all_rules.Findings
    last: all_rules.Findings
    missing: tuple[Problem, ...]


def _check_shared(inputs: Inputs, language: tuple[str, ...]) -> _Shared:
    library, clinic, layout = inputs.library, inputs.clinic, inputs.layout
    family = load_family()
    return _Shared(
        all_rules.check_library(library) + all_rules.check_clinic(clinic, library),
        all_rules.check_layout(layout, language)
        + all_rules.check_clinic_texts(clinic, library, layout, language),
        missing_characters(clinic, family) + missing_characters(library, family, language),
    )


def overrides_of(job: Job) -> tuple[loading.Setting, ...]:
    """Return the choices of a job that stand in place of values of the prescription."""
    options = (("language", job.language), ("paper", job.paper))
    chosen = (*job.overrides, *((key, value, f"--{key}") for key, value in options if value is not None))
    return (*chosen, ("twin_language", job.twin, "--twin")) if job.twin is not None else chosen


def _load_clinic(
    job: Job, prescription: loading.Loaded[Prescription] | None, shared: Shared
) -> loading.Loaded[Clinic]:
    """Read the clinic that the job, else the prescription, else the defaults of the job name."""
    named = job.clinic or (loading.clinic_path(prescription) if prescription else None)
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
            loading.overridden(clinic.source, [("paper", paper, "paper")]),
        ),
    )


def _load_logo(clinic: loading.Loaded[Clinic], job: Job, shared: Shared) -> Drawing | Raster | None:
    return shared.cached(("logo", id(clinic), job.logo), lambda: finished_logo(clinic, job.logo))


def _load_language(prescription: loading.Loaded[Prescription], shared: Shared) -> loading.Loaded[Language]:
    return shared.language(prescription.value.language, prescription)


def library_files(job: Job) -> tuple[Path | Source, ...]:
    """Return the shipped library and those laid over it."""
    from pdfgen.content.files.resources import library_file

    return (library_file(), *job.libraries)


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


def _collect(problems: list[Problem], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except InputError as error:
        problems.extend(error.problems)
        return None
