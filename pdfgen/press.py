"""The pipeline on one screen: a prescription in, a PDF out.

    content  ->  plan  ->  typeset  ->  pdf

`prepare` reads and checks everything that a job names and reports all problems at once. A `Press` then makes
the plan, the document and the bytes, each once.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pdfgen.content import loading, rules
from pdfgen.content.clinic import Clinic
from pdfgen.content.language import Language
from pdfgen.content.layout import Layout
from pdfgen.content.library import Library
from pdfgen.content.prescription import Prescription
from pdfgen.coverage import missing_characters
from pdfgen.errors import FitError, InputError, Problem
from pdfgen.identity import Identity, identify
from pdfgen.pictures import Pictures, load_family, load_logo, load_pictures
from pdfgen.planning.planner import make_plan
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.style import make_look
from pdfgen.typesetting.typesetter import typeset

if TYPE_CHECKING:
    from pdfgen.content.drawings import Drawing, Raster
    from pdfgen.planning.plan import Plan
    from pdfgen.typesetting.document import Document

T = TypeVar("T")

#: Date of files of programs without a start date, so that the same input gives the same file.
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Job:
    """What somebody asked for: files, and choices that go above those in the files."""

    prescription_file: Path
    layout: str | None = None
    language: str | None = None
    paper: str | None = None
    clinic: Path | None = None
    libraries: tuple[Path, ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()
    name_in_metadata: bool = False


@dataclass(frozen=True)
class Press:
    """Everything read and checked for one program.

    Attributes:
        warnings: what is allowed but should be looked at; unconfirmed cautions are in `cautions`.
    """

    library: Library
    prescription: Prescription
    clinic: Clinic
    layout: Layout
    language: Language
    paper: str
    identity: Identity
    logo: Drawing | Raster | None
    warnings: tuple[Problem, ...]
    name_in_metadata: bool = False

    @property
    def ident(self) -> str:
        """Return the document id."""
        return self.identity.document_id

    @cached_property
    def _plan(self) -> Plan:
        return make_plan(
            self.library,
            self.prescription,
            self.clinic,
            self.language,
            faq_count=self.layout.faq.count,
            document_id=self.identity.document_id,
            input_hash=self.identity.digest,
        )

    def plan(self) -> Plan:
        """Return the plan."""
        return self._plan

    @cached_property
    def _document(self) -> Document:
        pictures: Pictures = load_pictures(self._plan)
        composer = Composer(
            plan=self._plan,
            language=self.language,
            layout=self.layout,
            look=make_look(self.layout, self.paper, self.clinic.accent),
            family=load_family(),
            figures=pictures.figures,
            icons=pictures.icons,
            logo=self.logo,
            logo_alt=self.clinic.logo_alt,
        )
        return typeset(composer, self.paper, created=self.created, name_in_metadata=self.name_in_metadata)

    def document(self) -> Document:
        """Return the pages with their logical tree.

        Raises:
            FitError: something does not fit on its page.
        """
        return self._document

    def pdf(self) -> bytes:
        """Return the finished file."""
        from pdfgen.pdf.writer import write

        return write(self._document)

    @property
    def created(self) -> dt.datetime:
        """Date of the file: SOURCE_DATE_EPOCH, else the start date, else a fixed one. Never the clock.

        Raises:
            InputError: SOURCE_DATE_EPOCH is out of range.
        """
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch.isdecimal():
            try:
                return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
            except (ValueError, OverflowError, OSError):
                message = "SOURCE_DATE_EPOCH is out of range; give seconds since 1970, or leave it out"
                raise InputError(message) from None
        start = self.prescription.start
        return dt.datetime(start.year, start.month, start.day, tzinfo=dt.UTC) if start else _UNDATED


def prepare(job: Job) -> Press:
    """Read and check all that a job names.

    Raises:
        InputError: with every problem in every file.
        FitError: a character that no font has.
    """
    inputs = _read(job)
    findings = _check(inputs)
    prescription, clinic, layout = inputs.prescription, inputs.clinic, inputs.layout
    press = Press(
        library=inputs.library.value,
        prescription=prescription.value,
        clinic=clinic.value,
        layout=layout.value,
        language=inputs.language.value,
        paper=prescription.value.paper or clinic.value.paper or layout.value.paper,
        identity=identify(prescription, clinic, inputs.library, layout, inputs.language, inputs.logo),
        logo=inputs.logo,
        warnings=findings.warnings,
        name_in_metadata=job.name_in_metadata,
    )
    if idle := _without_dose(press.plan(), prescription):
        raise InputError(idle)
    return press


class _Inputs(NamedTuple):
    """Everything that a job names, read."""

    library: loading.Loaded[Library]
    prescription: loading.Loaded[Prescription]
    clinic: loading.Loaded[Clinic]
    layout: loading.Loaded[Layout]
    language: loading.Loaded[Language]
    logo: Drawing | Raster | None


def _read(job: Job) -> _Inputs:
    overrides = list(job.overrides)
    overrides += [(key, value) for key, value in (("language", job.language), ("paper", job.paper)) if value]
    problems: list[Problem] = []
    library = _collect(problems, lambda: loading.load_library(library_files(job)))
    prescription = _collect(problems, lambda: loading.load_prescription(job.prescription_file, overrides))
    clinic_file = job.clinic or (prescription and loading.clinic_path(prescription))
    clinic = _collect(
        problems, lambda: loading.load_clinic(clinic_file) if clinic_file else loading.no_clinic()
    )
    logo = _collect(problems, lambda: load_logo(clinic)) if clinic else None
    if not (library and prescription and clinic):
        raise InputError(problems)
    layout = _collect(problems, lambda: _load_layout(job, prescription, clinic))
    language = _collect(problems, lambda: loading.load_language(prescription.value.language, prescription))
    if problems or not (layout and language):
        raise InputError(problems)
    return _Inputs(library, prescription, clinic, layout, language, logo)


def _check(inputs: _Inputs) -> rules.Findings:
    library, prescription, clinic = inputs.library, inputs.prescription, inputs.clinic
    findings = rules.check_library(library) + rules.check_clinic(clinic, library)
    findings += rules.check_prescription(prescription, library)
    findings += rules.check_paper(prescription, clinic, inputs.layout)
    if findings.errors:
        raise InputError(findings.errors)
    family = load_family()
    missing = missing_characters(prescription, family) + missing_characters(clinic, family)
    if missing:
        raise FitError(missing)
    return findings


def _without_dose(plan: Plan, prescription: loading.Loaded[Prescription]) -> list[Problem]:
    """Return a problem for each exercise that the program is too short for to begin with."""
    own = prescription.value.exercises is not None
    return [
        prescription.problem(
            ("exercises", exercise.number - 1) if own else ("program",),
            f'"{exercise.id}" would never begin in {len(plan.weeks)} weeks; '
            f"take more weeks, leave it out, or give it a dose of its own under doses",
        )
        for exercise in plan.exercises
        if not any(exercise.doses)
    ]


def library_files(job: Job) -> tuple[Path, ...]:
    """Return the shipped library and those laid over it."""
    from pdfgen.content.resources import library_file

    return (library_file(), *job.libraries)


def _load_layout(
    job: Job, prescription: loading.Loaded[Prescription], clinic: loading.Loaded[Clinic]
) -> loading.Loaded[Layout]:
    """Read the layout that the command line, else the prescription, else the clinic names."""
    if job.layout:
        return loading.load_layout(job.layout)
    named_in: loading.Loaded[Prescription] | loading.Loaded[Clinic] = clinic
    if "layout" in prescription.value.model_fields_set:
        named_in = prescription
    return loading.load_layout(named_in.value.layout, named_in.folder, named_in)


def _collect(problems: list[Problem], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except InputError as error:
        problems.extend(error.problems)
        return None
