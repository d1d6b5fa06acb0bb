"""Programs made in memory, the way `program.read` makes them from files, for tests that need many."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from hypothesis import settings
from kept import kept

from pdfgen.content import loading
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import Loaded, LoadedLibrary
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.condition import Condition
from pdfgen.content.models.dose import Amount
from pdfgen.content.models.exercise import Exercise
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation import validate
from pdfgen.content.pictures.figure_files import FigureFiles, figure_files
from pdfgen.content.rules import all_rules
from pdfgen.errors import InputError, Problem
from pdfgen.pdf.shared_file import write
from pdfgen.planning.exercises import Choices
from pdfgen.planning.plan import Plan
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.production import program as pipeline
from pdfgen.production.identity import Identifier
from pdfgen.production.job import Job
from pdfgen.production.program import Program
from pdfgen.production.program_warnings import warnings_of
from pdfgen.production.shared import Shared
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Document

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

Data = Mapping[str, Any]


def examples(count: int, **options: Any) -> settings:
    """Settings of a property test that is slow: `count` examples where a quick one has 100.

    The profile `all` asks for more of all of them.
    """
    profile = settings()
    return settings(
        profile, max_examples=max(1, count * profile.max_examples // 100), deadline=None, **options
    )


@cache
def shipped_library() -> LoadedLibrary:
    """The shipped library."""
    return loading.load_library()


@cache
def shipped_language(code: str) -> Loaded[Language]:
    """A shipped language."""
    return loading.load_language(code)


@cache
def shipped_layout(name: str = "standard") -> Loaded[Layout]:
    """A shipped layout."""
    return loading.load_layout(name)


@cache
def shipped_figures() -> FigureFiles:
    """The shipped drawings."""
    return figure_files()


def personal(exercise: PlannedExercise) -> list[str]:
    """Notes on an exercise and its cautions, in words."""
    notes = (note.words.text for note in exercise.notes)
    return [*notes, *(caution.text for caution in exercise.cautions)]


BACK = "low-back-pain"


def back() -> Condition:
    """The condition of the shipped library that the examples are for."""
    return shipped_library().value.conditions[BACK]


def exercise(name: str) -> Exercise:
    """An exercise of the shipped library."""
    return shipped_library().value.exercises[name]


def prescription(data: Data) -> Loaded[Prescription]:
    """A prescription as if read from `patient.yaml`."""
    return loading.prescription_of(parse_yaml(json.dumps({"program": "short-four", **data}), "patient.yaml"))


def clinic(data: Data) -> Loaded[Clinic]:
    """A clinic as if read from `clinic.yaml`."""
    source = parse_yaml(json.dumps(dict(data)), "clinic.yaml")
    return Loaded(validate(Clinic, source), source)


def choices(**data: Any) -> Choices:
    """What a therapist chose."""
    loaded = prescription(data)
    return Choices(shipped_library().value, loaded.value, shipped_language(loaded.value.language).value)


def planned_dose(level: Any, sets: int, reps: int, hold_s: int = 0, **others: Any) -> PlannedDose:
    """A dose of single numbers."""
    amounts = map(Amount.of, (sets, reps, hold_s))
    return PlannedDose(level, *amounts, **{"per_side": False, **others})


class Made:
    """A program with what the pipeline makes of it, each once."""

    def __init__(self, program: Program, shared: Shared | None = None) -> None:
        self.program = program
        self.shared = shared or Shared()

    @classmethod
    def of(cls, job: Job, shared: Shared | None = None) -> Made:
        """Read what a job names."""
        shared = shared or Shared()
        return cls(pipeline.read(job, shared), shared)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.program, name)

    def plan(self) -> Plan:
        return self._plan

    @cached_property
    def _plan(self) -> Plan:
        return pipeline._plan(self.program, self.shared)

    def composer(self) -> Composer:
        return pipeline._composer(self.program, self.shared)

    def document(self) -> Document:
        return self._document

    @cached_property
    def _document(self) -> Document:
        return pipeline.compose(self.program, self.shared)

    def pdf(self) -> bytes:
        return self._pdf

    @cached_property
    def _pdf(self) -> bytes:
        return write(self.document())

    def changed(self, **changes: Any) -> Made:
        """The program with other values, planned and made anew."""
        return Made(self.program._replace(plan_key=object(), **changes))

    @property
    def ident(self) -> str:
        return self.program.identity.document_id

    def twin(self) -> Made:
        other = pipeline.twin(self.program)
        assert other is not None
        return Made(other, self.shared)

    def warnings(self) -> tuple[Problem, ...]:
        return warnings_of(self.program, self.plan())


#: How many programs of `make_program` are kept: what the tests of a file share, and little memory.
MOST_KEPT = 96
#: Off where a test patches something, since pages may differ then.
keeps_programs = ContextVar("keeps_programs", default=False)


def _by_data(data: Data, clinic_data: Data | None = None, *, name_in_metadata: bool = False) -> str | None:
    wanted = [data, dict(clinic_data or {}), name_in_metadata]
    return json.dumps(wanted) if keeps_programs.get() else None


def make_anew(data: Data, clinic_data: Data | None = None, *, name_in_metadata: bool = False) -> Made:
    """A program for a prescription and a clinic.

    Raises:
        InputError: the rules refuse them.
    """
    library, patient = shipped_library(), prescription(data)
    owner = clinic(clinic_data) if clinic_data else loading.no_clinic()
    layout = shipped_layout(patient.value.layout)
    language = shipped_language(patient.value.language)
    findings = all_rules.check_prescription(patient, library) + all_rules.check_clinic(owner, library)
    findings += all_rules.check_paper(patient, owner, layout)
    if findings.errors:
        raise InputError(findings.errors)
    identifier = Identifier(owner, library, layout, language, None)
    return Made(
        Program(
            library=library.value,
            prescription=patient.value,
            clinic=owner.value,
            layout=layout.value.enlarged() if patient.value.large else layout.value,
            language=language.value,
            paper=patient.value.paper or owner.value.paper or layout.value.paper,
            identity=identifier.identify(patient),
            source=patient,
            clinic_source=owner,
            library_source=library,
            logo=None,
            figures=shipped_figures(),
            warnings=findings.warnings,
            plan_key=object(),
            name_in_metadata=name_in_metadata,
        )
    )


#: The same; its pages are set once, whichever tests ask for them.
make_program = kept(make_anew, _by_data, MOST_KEPT)

#: A program that has a bit of everything. Nobody is called so.
VARIED: Data = {
    "id": "0G01DEN7", "patient": {"label": "Mw. Ġ. Łódź-Đặng"}, "weeks": 4, "start": "2026-02-26",
    "exercises": ["leg-lengthening", "cat-cow", "bridge", "plank", "superman"], "side": "left",
    "days": {"mobilising": ["mon", "tue", "thu", "sat"], "strengthening": ["tue", "thu", "sat"]},
    "doses": {"bridge": [{"from_week": 2, "to_week": 3, "reps": 9}, {"from_week": 4, "blank": True}]},
    "situations": ["osteoporosis", "shoulder-pain"], "confirmed": ["superman/osteoporosis"],
    "goal": "Fietsen & zwemmen", "notes": {"plank": "Begin met <b>5</b> tellen."}, "therapist": "K. Beek",
}  # fmt: skip
VARIED_CLINIC: Data = {
    "name": "Praktijk De Brug", "address": ["Molenpad 12", "1234 AB Voorbeelddorp"], "phone": "085 000 0000",
    "website": "brug.example", "country": "BE", "traffic_light": {"green_max": 2, "amber_max": 6},
}  # fmt: skip


@cache
def varied(layout: str, language: str) -> Made:
    """The program that has a bit of everything, once a layout and language."""
    return make_program({**VARIED, "layout": layout, "language": language}, VARIED_CLINIC)


def plan(clinic_data: Data | None = None, **data: Any) -> Plan:
    """The plan for a prescription."""
    return make_program(data, clinic_data).plan()


def planned(name: str, **data: Any) -> PlannedExercise:
    """One exercise of a program that has nothing but it."""
    return plan(exercises=[name], **data).exercises[0]


def words_of(runs: Sequence[str]) -> str:
    """Texts as one line with ordinary spaces, to look for words in."""
    return " ".join(" ".join(runs).replace("\u00a0", " ").split())


def without_place(care: str) -> str:
    """What somebody has to take care of, without the place that it sends to."""
    return re.split(r" \((?:zie|see) ", care)[0].replace("\u00a0", " ")


def planned_boxes(plan: Plan) -> set[str]:
    """The names of the boxes that a plan asks for where each exercise has its weeks."""
    return {
        f"w{week.number}.{item.number}.{session.day}"
        for week in plan.weeks
        for session in week.sessions
        for item in session.items
    }


def in_week(exercise: PlannedExercise, week: int) -> PlannedExercise:
    """The exercise in the form that is done in a week (from 1)."""
    return next(one for one in exercise.by_form if one.main == exercise.form_in(week))
