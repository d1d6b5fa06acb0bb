"""Patients and care plans of a FHIR R4 file, in any order, become rows.

A row is an active care plan with its patient, or a patient without any care plan. A row of a care plan has
the number of the care plan, because a patient can have several.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfgen.content.files.source import FieldPath, Mark, child_of, node_of
from pdfgen.content.rosters.care_plans import PROGRAM_URN, CarePlan
from pdfgen.content.rosters.fhir import read_patient
from pdfgen.content.rosters.fhir_elements import Resource, mapping_of, objects_of, text_of
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.errors import Problem

KINDS = ("Patient", "CarePlan")
"""The types of resources that are read."""

_NO_PROGRAM = (
    f"missing; add a CarePlan of the patient with instantiatesUri {PROGRAM_URN}NAME, or choose a program for "
    "all with --set program=NAME or --base"
)
_NO_SUBJECT = "does not name its patient; write a reference such as Patient/123"
_ONLY_IDENTIFIER = "names its patient by an identifier alone; write a reference such as Patient/123"
_NO_PATIENT = "is about somebody else than a patient; leave it out"
_NOT_HERE = "refers to a patient who is not in this file; add the Patient, or mend the reference"
_NOT_ONE = "refers to a patient who is in this file more than once; keep one Patient"

#: A server's address before type and id of a care plan.
_SERVER = re.compile(r"(https?://.+/)CarePlan/[^/]+")
_VERSION = re.compile(r"/_history/[^/]*$")


@dataclass(frozen=True)
class FhirSource(RowSource):
    """The source of a row from FHIR; the problem of a missing program explains how to name one."""

    def problem(self, path: FieldPath, message: str, *, key: bool = False) -> Problem:
        """Return the problem `message` with the row."""
        if path == ("program",) and child_of(self.root, "program") is None:
            message = _NO_PROGRAM
        return super().problem(path, message, key=key)


class FhirRows:
    """Makes the rows of one file.

    Attributes:
        rows: in the order of their numbers.
        warnings: care plans that are left out, and values that are not used.
        notes: counts of what is passed over.
    """

    def __init__(self, resources: Sequence[Resource], file: str, options: RosterOptions) -> None:
        self.file = file
        self.options = options
        self.warnings: list[Problem] = []
        self.notes: list[Problem] = []
        patients = [resource for resource in resources if resource.kind == "Patient"]
        self._patients = _Patients(patients)
        self._plans: dict[int, list[int]] = defaultdict(list)  # of patients, by their numbers
        self._left_out: Counter[str] = Counter()
        self._definitions = 0
        plans = [resource for resource in resources if resource.kind == "CarePlan"]
        rows = [row for plan in plans for row in self._planned(plan)]
        rows += [row for patient in patients for row in self._unplanned(patient)]
        self.rows = tuple(sorted(rows, key=lambda row: row.number))
        self._tell(len(resources) - len(patients) - len(plans))

    def _planned(self, resource: Resource) -> Sequence[RosterRow]:
        plan = CarePlan(resource, self.file)
        patient, problem = None, ""
        try:
            patient = self._patients.subject_of(resource)
        except ValueError as error:
            problem = str(error)
        # A patient whose plans are all left out gets no program either.
        earlier = self._plans[patient.number] if patient else []
        if plan.left_out:
            self._left_out[plan.left_out] += 1
            return ()
        if patient is None:
            subject = RowProblem(problem, "", self.file, row=resource.number, heading="subject")
            return (self._row({}, (subject, *plan.problems), resource.number),)
        if earlier:
            message = f"the patient has another care plan in use, row {earlier[0]}; both programs are made"
            self.warnings.append(RowProblem(message, "", self.file, row=resource.number))
        earlier.append(resource.number)
        self.warnings += plan.cautions
        self._definitions += plan.others
        values, problems = read_patient(patient, self.file, self.options)
        return (self._row({**values, **plan.values}, (*problems, *plan.problems), resource.number),)

    def _unplanned(self, resource: Resource) -> Sequence[RosterRow]:
        plans = self._plans.get(resource.number)
        if plans is None:
            return (self._row(*read_patient(resource, self.file, self.options), resource.number),)
        if not plans:
            message = "the patient has no care plan that is in use, and gets no program"
            self.warnings.append(RowProblem(message, "", self.file, row=resource.number))
        return ()

    def _row(self, values: dict[str, Any], problems: tuple[RowProblem, ...], number: int) -> RosterRow:
        root = node_of(values, Mark(self.file, 0, 0))
        # All values stand in one row; there is no key to point at.
        return RosterRow(FhirSource(self.file, root._replace(key=None), number), problems)

    def _tell(self, others: int) -> None:
        if self._left_out:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self._left_out.items()))
            count = self._left_out.total()
            words = "1 care plan is" if count == 1 else f"{count} care plans are"
            self.warnings.append(Problem(f"{words} not in use and left out ({kinds})", file=self.file))
        if self._definitions:
            words = "1 definition" if self._definitions == 1 else f"{self._definitions} definitions"
            message = f"{words} that care plans name, not of pdfgen: passed over"
            self.notes.append(Problem(message, file=self.file))
        if others:
            words = "1 resource that is" if others == 1 else f"{others} resources that are"
            verb = "is" if others == 1 else "are"
            message = f"{words} neither Patient nor CarePlan {verb} passed over"
            self.notes.append(Problem(message, file=self.file))


class _Patients:
    """The patients of a file, found by the references of care plans (R4, references, resolution)."""

    def __init__(self, patients: Sequence[Resource]) -> None:
        self._by_url: dict[str, list[Resource]] = defaultdict(list)
        self._by_id: dict[str, list[Resource]] = defaultdict(list)
        for patient in patients:
            if patient.url:
                self._by_url[_VERSION.sub("", patient.url)].append(patient)
            if ident := text_of(patient.data.get("id")):
                self._by_id[ident].append(patient)

    def subject_of(self, plan: Resource) -> Resource:
        """Return the patient of a care plan.

        Raises:
            ValueError: there is not exactly one; why.
        """
        subject = mapping_of(plan.data.get("subject"))
        reference = _VERSION.sub("", text_of(subject.get("reference")))
        if not reference:
            raise ValueError(_ONLY_IDENTIFIER if subject.get("identifier") else _NO_SUBJECT)
        found = self._contained(plan, reference[1:]) if reference[0] == "#" else self._found(plan, reference)
        if len(found) != 1:
            raise ValueError(_NOT_ONE if found else _NOT_HERE)
        return found[0]

    def _contained(self, plan: Resource, ident: str) -> Sequence[Resource]:
        contained = [Resource(plan.number, one) for one in objects_of(plan.data.get("contained"))]
        return [one for one in contained if one.kind == "Patient" and one.data.get("id") == ident != ""]

    def _found(self, plan: Resource, reference: str) -> Sequence[Resource]:
        if ":" in reference:  # an address, or a URN
            return self._by_url.get(reference, ())
        kind, _, ident = reference.partition("/")
        if kind != "Patient":
            raise ValueError(_NO_PATIENT)
        found = self._by_id.get(ident, ())
        server = _SERVER.fullmatch(plan.url)
        if server is None:
            return found
        # Another server may have given the same id to another patient.
        here = self._by_url.get(server[1] + reference, ())
        return here or [one for one in found if not one.url.startswith(("http://", "https://"))]
