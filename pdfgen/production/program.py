"""The pipeline on one screen: a prescription in, a PDF out.

    read  ->  plan  ->  compose  ->  write

Each step takes values and returns a value. `shared` holds what programs have in common, so that it is read
and made once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pdfgen.checks.sessions import without_dose
from pdfgen.checks.sharpness import coarse_photos
from pdfgen.content.models.layout import LARGE_PAPERS, large_paper
from pdfgen.content.models.prescription import PERSONAL, shape_of
from pdfgen.content.pictures.figure_files import panel_place
from pdfgen.errors import FitError, InputError, Problem
from pdfgen.planning.dates import date_words
from pdfgen.planning.planner import make_plan
from pdfgen.production.assets import load_family, load_pictures
from pdfgen.production.identity import Identifier, Identity, created_with
from pdfgen.production.inputs import Inputs, check_inputs, read_inputs
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared
from pdfgen.production.shared_program import SharedProgram
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import make_look
from pdfgen.typesetting.typesetter import typeset

if TYPE_CHECKING:
    from pdfgen.content.loading import Loaded
    from pdfgen.content.models.clinic import Clinic
    from pdfgen.content.models.language import Language
    from pdfgen.content.models.layout import Layout
    from pdfgen.content.models.library import Library
    from pdfgen.content.models.prescription import Prescription
    from pdfgen.content.pictures.drawing import Drawing, Raster
    from pdfgen.content.pictures.figure_files import FigureFiles
    from pdfgen.planning.plan import Plan
    from pdfgen.typesetting.document import Document

#: Fields of the prescription that a therapist can shorten when something does not fit.
_OWN_TEXTS = frozenset({"patient", "goal", "if_then", "message", "notes", "therapist"})
#: Fields of the clinic that can be too long for their line.
_CLINICS_TEXTS = frozenset({"header", "footer"})


class Program(NamedTuple):
    """Everything read and checked for one program.

    Attributes:
        paper: its name.
        source, clinic_source, library_source: prescription, clinic and library with their places.
        figures: the drawings that there are.
        warnings: what is allowed but should be looked at, as far as the files show it; see `warnings_of`.
        plan_key: equal for programs that differ in nothing but what is personal, with the same `Shared`.
        layout_name: as a layout is chosen, without folder and ending.
        second_language: of the twin copy; None where there is none.
    """

    library: Library
    prescription: Prescription
    clinic: Clinic
    layout: Layout
    language: Language
    paper: str
    identity: Identity
    source: Loaded[Prescription]
    clinic_source: Loaded[Clinic]
    library_source: Loaded[Library]
    logo: Drawing | Raster | None
    figures: FigureFiles
    warnings: tuple[Problem, ...]
    plan_key: Hashable
    layout_name: str = ""
    name_in_metadata: bool = False
    second_language: Language | None = None

    @property
    def therapist(self) -> str:
        """Who prescribed it."""
        return self.prescription.therapist or self.clinic.therapist

    @property
    def created(self) -> dt.datetime:
        """Date of the file.

        Raises:
            InputError: as `created_with`.
        """
        return created_with(self.prescription.start)


def read(job: Job, shared: Shared) -> Program:
    """Read and check all that a job names.

    Raises:
        InputError: with every problem in every file, as far as they can be judged.
        FitError: only characters are missing that no font has.
    """
    inputs = read_inputs(job, shared)
    findings = check_inputs(inputs, shared)
    prescription, clinic, layout = inputs.prescription, inputs.clinic, inputs.layout
    figures, digests = shared.figures(inputs.library)
    identifier = shared.cached(
        # What is shared is kept, so that these ids stay theirs.
        ("identifier", *map(id, (clinic, inputs.library, layout, inputs.language))),
        lambda: Identifier(clinic, inputs.library, layout, inputs.language, inputs.logo, digests),
    )
    return Program(
        library=inputs.library.value,
        prescription=prescription.value,
        clinic=clinic.value,
        layout=_printed(layout.value, prescription.value),
        language=inputs.language.value,
        paper=_paper(inputs),
        identity=identifier.identify(prescription),
        source=prescription,
        clinic_source=clinic,
        library_source=inputs.library,
        logo=inputs.logo,
        figures=figures,
        warnings=findings.warnings,
        plan_key=_plan_key(inputs),
        layout_name=layout.source.stem,
        name_in_metadata=job.name_in_metadata,
        second_language=inputs.second_language.value if inputs.second_language else None,
    )


def twin(program: Program) -> Program | None:
    """Return the program of the copy in the second language, with the same document id and places."""
    if program.second_language is None:
        return None
    return program._replace(language=program.second_language, second_language=program.language)


def plan(program: Program, shared: Shared) -> Plan:
    """Plan the weeks; what is not personal in it is planned once for all programs with the same key.

    Raises:
        InputError: an exercise has no dose in any week.
    """
    planned = _plan(program, shared)
    if idle := without_dose(planned, program.source):
        raise InputError(idle)
    return planned


def _plan(program: Program, shared: Shared) -> Plan:
    key = ("plan", program.plan_key, program.language.id)
    planned = shared.lru(key, lambda: _planned(program))
    return planned._replace(
        label=program.prescription.patient.label,
        therapist=program.therapist,
        start=program.prescription.start,
        passport=planned.passport._replace(
            document_id=program.identity.document_id, input_hash=program.identity.digest
        ),
    )


def compose(program: Program, shared: Shared) -> Document:
    """Set the pages of a program, with their logical tree.

    Raises:
        InputError: a drawing or a photo cannot be read.
        FitError: something does not fit on its page, or a photo is too coarse for its place there.
    """
    composer = _composer(program, shared)
    if other := twin(program):
        composer = replace(composer, twin=_composer(other, shared))
    try:
        document = typeset(
            composer, program.paper, created=program.created, name_in_metadata=program.name_in_metadata
        )
    except FitError as error:
        raise FitError(_placed(program, problem) for problem in error.problems) from None
    if coarse := coarse_photos(document.photos, program.library_source)[0]:
        raise FitError(coarse)
    return document


def write(document: Document) -> SharedProgram:
    """Write what patients with the same plan share; `SharedProgram.file` completes it for each."""
    return SharedProgram(document)


def values_of(program: Program, shared: Shared) -> Mapping[str, str]:
    """Return the words that differ between patients with the same plan, by their names in fields."""
    prescription, language = program.prescription, program.language
    dates = shared.lru(
        ("dates", prescription.start, prescription.weeks, language.id),
        lambda: date_words(prescription.start, prescription.weeks, language),
    )
    return {
        **dates,
        "label": prescription.patient.label,
        "therapist": program.therapist,
        "document_id": program.identity.document_id,
        "input_hash": program.identity.digest,
    }


def _planned(program: Program) -> Plan:
    prescription = program.prescription
    return make_plan(
        program.library,
        prescription,
        program.clinic,
        program.language,
        figures=program.figures.named(prescription.figure or program.clinic.figure),
        faq_count=program.layout.faq.count,
        document_id=program.identity.document_id,
        input_hash=program.identity.digest,
    )


def _composer(program: Program, shared: Shared) -> Composer:
    """Return what the pages are made of, without regard to a twin copy."""
    planned = _plan(program, shared)
    try:
        pictures = load_pictures(planned, program.figures)
    except InputError as error:
        raise InputError(_in_library(program, problem) for problem in error.problems) from None
    clinic = program.clinic
    return Composer(
        plan=planned,
        language=program.language,
        layout=program.layout,
        look=make_look(
            program.layout,
            program.paper,
            clinic.accent,
            header=bool(clinic.header),
            footer=bool(clinic.footer),
        ),
        family=load_family(),
        figures=pictures.figures,
        icons=pictures.icons,
        logo=program.logo,
        logo_alt=clinic.logo_alt,
    )


def _in_library(program: Program, problem: Problem) -> Problem:
    """Return the problem of a photo at its line in the library."""
    path = panel_place(program.library, problem.field)
    if not path:
        return problem
    return program.library_source.problem((*path, "photo"), f"the photo {problem.message}")


def _placed(program: Program, problem: Problem) -> Problem:
    """Return a problem at its line in the file whose text it is about, with what else would help."""
    if program.prescription.large:
        folded = program.layout.imposition is not None and program.paper not in LARGE_PAPERS
        paper = large_paper(program.paper)
        larger = f"with --paper {paper} or " if folded and paper in program.layout.papers else ""
        problem = replace(problem, message=f"{problem.message}; or print {larger}without large")
    if problem.field in _CLINICS_TEXTS:
        return program.clinic_source.problem((problem.field,), problem.message)
    key, _, name = problem.field.partition(".")
    if key not in _OWN_TEXTS:
        return problem
    return program.source.problem((key, name) if name else (key,), problem.message)


def _plan_key(inputs: Inputs) -> Hashable:
    """Return what tells programs apart that differ in more than what is personal.

    What is shared is kept, so that its identities stay its own.
    """
    prescription = inputs.prescription.value
    said = repr([(name, value) for name, value in prescription if name not in PERSONAL])
    shared = (inputs.library, inputs.clinic, inputs.layout, inputs.language, inputs.second_language)
    return said, shape_of(prescription), *map(id, shared)


def _paper(inputs: Inputs) -> str:
    """Return the paper that the prescription, the clinic, the clinic's country or the layout names.

    Where Letter is usual, a layout that is made for A3 takes tabloid.
    """
    clinic, layout = inputs.clinic.value, inputs.layout.value
    usual = inputs.library.value.countries[clinic.country].paper
    if usual is not None and layout.paper in LARGE_PAPERS:
        usual = large_paper(usual)
    own = inputs.prescription.value.paper or clinic.paper
    return own or (usual if usual in layout.papers else None) or layout.paper


def _printed(layout: Layout, prescription: Prescription) -> Layout:
    """Return the layout in the ink and in the type that the prescription asks for."""
    if prescription.large:
        layout = layout.enlarged()
    if prescription.ink is None:
        return layout
    return layout.model_copy(update={"print": layout.print.model_copy(update={"ink": prescription.ink})})
