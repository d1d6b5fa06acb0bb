"""The pipeline on one screen: a prescription in, a PDF out.

    content  ->  plan  ->  typeset  ->  pdf

`prepare` reads and checks everything that a job names and reports all problems at once. A `Press` then makes
the plan, the document and the bytes, each once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pdfgen.checks.sessions import too_long, without_dose
from pdfgen.content import loading
from pdfgen.content.files.source import Source
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import PERSONAL, Personal, Prescription, shape_of
from pdfgen.content.pictures.figure_files import FigureFiles
from pdfgen.errors import FitError, InputError, Problem
from pdfgen.planning.dates import DateWords
from pdfgen.planning.planner import make_plan
from pdfgen.production.assets import Pictures, load_family, load_pictures
from pdfgen.production.identity import Identifier, Identity, created_with
from pdfgen.production.inputs import Inputs, Job, Stock, check_inputs, read_inputs
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import make_look
from pdfgen.typesetting.memo import Memo
from pdfgen.typesetting.typesetter import typeset

if TYPE_CHECKING:
    from pdfgen.content.pictures.drawing import Drawing, Raster
    from pdfgen.planning.plan import Plan
    from pdfgen.typesetting.document import Document

__all__ = ["Job", "Press", "Stock", "prepare"]

#: Fields of the prescription that a therapist can shorten when something does not fit.
_OWN_TEXTS = frozenset({"patient", "goal", "if_then", "notes", "therapist"})

#: Fields of the clinic that can be too long for their line.
_CLINICS_TEXTS = frozenset({"header", "footer"})


@dataclass(frozen=True)
class Press:
    """Everything read and checked for one program.

    Attributes:
        source, clinic_source: prescription and clinic with their places, for messages.
        figures: the drawings that there are.
        warnings: what is allowed but should be looked at; cautions are in the plan.
        plan_key: equal for programs that differ in nothing but what is personal, within one stock.
        stock: where plans are kept.
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
    identifier: Identifier
    source: loading.Loaded[Prescription]
    clinic_source: loading.Loaded[Clinic]
    logo: Drawing | Raster | None
    figures: FigureFiles
    warnings: tuple[Problem, ...]
    plan_key: Hashable
    stock: Stock
    layout_name: str = ""
    name_in_metadata: bool = False
    second_language: Language | None = None

    def with_personal(self, found: Personal, source: Source) -> Press | None:
        """Return the press for a source that differs in nothing but what is personal.

        None where `prepare` has to look: pages would show other things, or words that need another font.

        Args:
            found: the `personal_of` the source.
        """
        words = found.patient.label + found.therapist
        if shape_of(found) != shape_of(self.prescription) or not load_family().primary().has_all(words):
            return None
        values = self.prescription.model_copy(update={key: getattr(found, key) for key in PERSONAL})
        loaded = loading.Loaded(values, source)
        return replace(self, prescription=values, source=loaded, identity=self.identifier.identify(loaded))

    @property
    def ident(self) -> str:
        """Return the document id."""
        return self.identity.document_id

    @cached_property
    def _plan(self) -> Plan:
        """The plan; what is not personal in it is made once for all with the same key."""
        key = ("plan", self.plan_key, self.language.id)
        plan: Plan | None = self.stock.recent(key)
        if plan is None:
            plan = make_plan(
                self.library,
                self.prescription,
                self.clinic,
                self.language,
                figures=self.figures.named(self.prescription.figure or self.clinic.figure),
                faq_count=self.layout.faq.count,
                document_id=self.identity.document_id,
                input_hash=self.identity.digest,
            )
            self.stock.keep(key, plan)
        return plan._replace(
            label=self.prescription.patient.label,
            therapist=self._therapist,
            start=self.prescription.start,
            passport=plan.passport._replace(
                document_id=self.identity.document_id, input_hash=self.identity.digest
            ),
        )

    @property
    def _therapist(self) -> str:
        return self.prescription.therapist or self.clinic.therapist

    @cached_property
    def personal_values(self) -> Mapping[str, str]:
        """What differs between patients with the same plan, by the fields of the slots in a document."""
        prescription = self.prescription
        return {
            **DateWords(prescription.start, prescription.weeks, self.language),
            "label": prescription.patient.label,
            "therapist": self._therapist,
            "document_id": self.identity.document_id,
            "input_hash": self.identity.digest,
        }

    def plan(self) -> Plan:
        """Return the plan."""
        return self._plan

    def to_look_at(self) -> tuple[Problem, ...]:
        """Return what the therapist should look at: warnings, and cautions that are not confirmed."""
        cautions = (
            Problem(
                f"{'better choose another exercise' if caution.choose_another else 'adapt it'}: "
                f"{caution.text} When you have weighed it, write it under confirmed",
                field=f"{caution.exercise}/{caution.situation}",
                file=self.source.source.file,
            )
            for caution in self._plan.cautions
            if not caution.confirmed
        )
        return (*self.warnings, *cautions)

    @cached_property
    def _twin(self) -> Press | None:
        if self.second_language is None:
            return None
        return replace(self, language=self.second_language, second_language=self.language)

    def twin(self) -> Press | None:
        """Return the press of the copy in the second language, with the same document id and places."""
        return self._twin

    @cached_property
    def _composer(self) -> Composer:
        """What the pages are made of, without regard to a twin copy."""
        pictures: Pictures = load_pictures(self._plan, self.figures)
        return Composer(
            plan=self._plan,
            language=self.language,
            layout=self.layout,
            look=make_look(
                self.layout,
                self.paper,
                self.clinic.accent,
                header=bool(self.clinic.header),
                footer=bool(self.clinic.footer),
            ),
            family=load_family(),
            figures=pictures.figures,
            icons=pictures.icons,
            logo=self.logo,
            logo_alt=self.clinic.logo_alt,
            memo=self.stock.once("memo", Memo),
        )

    @cached_property
    def _document(self) -> Document:
        composer = self._composer
        if self._twin is not None:
            composer = replace(composer, twin=self._twin._composer)
        try:
            return typeset(composer, self.paper, created=self.created, name_in_metadata=self.name_in_metadata)
        except FitError as error:
            raise FitError(self._placed(self._advised(problem)) for problem in error.problems) from None

    def _advised(self, problem: Problem) -> Problem:
        """Return a problem with the advice to leave out large print, if that was asked for."""
        if not self.prescription.large:
            return problem
        return replace(problem, message=f"{problem.message}; or print without large")

    def _placed(self, problem: Problem) -> Problem:
        """Return a problem at its line in the file whose text it is about."""
        if problem.field in _CLINICS_TEXTS:
            return self.clinic_source.problem((problem.field,), problem.message)
        key, _, name = problem.field.partition(".")
        path = (key, name) if name else (key,)
        if key not in _OWN_TEXTS:
            return problem
        return self.source.problem(path, problem.message)

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
        """Date of the file.

        Raises:
            InputError: as `created_with`.
        """
        return created_with(self.prescription.start)


def prepare(job: Job, stock: Stock | None = None) -> Press:
    """Read and check all that a job names.

    Args:
        job: what somebody asked for.
        stock: what earlier jobs read already. A single job is a batch of one, with a stock of its own.

    Raises:
        InputError: with every problem in every file, as far as they can be judged.
        FitError: only characters are missing that no font has.
    """
    stock = stock or Stock()
    inputs = read_inputs(job, stock)
    findings = check_inputs(inputs, stock)
    prescription, clinic, layout = inputs.prescription, inputs.clinic, inputs.layout
    figures, digests = stock.figures(inputs.library)
    identifier = stock.once(
        # The stock keeps these, so that their ids stay theirs.
        ("identifier", *map(id, (clinic, inputs.library, layout, inputs.language))),
        lambda: Identifier(clinic, inputs.library, layout, inputs.language, inputs.logo, digests),
    )
    press = Press(
        library=inputs.library.value,
        prescription=prescription.value,
        clinic=clinic.value,
        layout=_printed(layout.value, prescription.value),
        language=inputs.language.value,
        paper=prescription.value.paper or clinic.value.paper or layout.value.paper,
        identity=identifier.identify(prescription),
        identifier=identifier,
        source=prescription,
        clinic_source=clinic,
        logo=inputs.logo,
        figures=figures,
        warnings=findings.warnings,
        plan_key=_plan_key(inputs),
        stock=stock,
        layout_name=Path(layout.source.file).stem,
        name_in_metadata=job.name_in_metadata,
        second_language=inputs.second_language.value if inputs.second_language else None,
    )
    if idle := without_dose(press.plan(), prescription):
        raise InputError(idle)
    return replace(press, warnings=press.warnings + too_long(press.plan(), prescription))


def _plan_key(inputs: Inputs) -> Hashable:
    """Return what tells programs apart that differ in more than what is personal.

    The stock keeps the shared inputs, so that their identities stay theirs.
    """
    prescription = inputs.prescription.value
    said = repr([(name, value) for name, value in prescription if name not in PERSONAL])
    shared = (inputs.library, inputs.clinic, inputs.layout, inputs.language, inputs.second_language)
    return said, shape_of(prescription), *map(id, shared)


def _printed(layout: Layout, prescription: Prescription) -> Layout:
    """Return the layout in the ink and in the type that the prescription asks for."""
    if prescription.large:
        layout = layout.enlarged()
    if prescription.ink is None:
        return layout
    return layout.model_copy(update={"print": layout.print.model_copy(update={"ink": prescription.ink})})
