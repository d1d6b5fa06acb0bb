"""Patients and care plans of a FHIR R4 file, in any order, become rows.

A row is an active care plan of ours with its patient, or a patient without any. A row of a care plan has
the number of the care plan, because a patient can have several.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pdfgen.content.files.source import FieldPath, Mark, child_of, node_of
from pdfgen.content.rosters.care_plans import PROGRAM_URN, CarePlan
from pdfgen.content.rosters.fhir import Setting, read_patient
from pdfgen.content.rosters.fhir_days import ClinicClock
from pdfgen.content.rosters.fhir_elements import Resource
from pdfgen.content.rosters.fhir_patients import Patients, newest
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.roster import RosterRow, RowProblem, RowSource
from pdfgen.content.rosters.told import Told, rows_named
from pdfgen.errors import InputError, Problem

KINDS = ("Patient", "CarePlan")
"""The types of resources that are read."""

_NO_PROGRAM = (
    f"missing; add a CarePlan of the patient with instantiatesUri {PROGRAM_URN}NAME, or choose a program for "
    "all with --set program=NAME or --base"
)
_NONE_IN_USE = "the patient has no care plan that is in use, and gets no program"
_SHARED_ID = "has the id of another Patient in this file; keep the one that counts"

#: Crockford's base 32: no letters that are mistaken for digits.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_SIZE = 4


@dataclass(frozen=True)
class FhirSource(RowSource):
    """The source of a row from FHIR; the problem of a missing program explains how to name one."""

    def problem(self, path: FieldPath, message: str, *, key: bool = False) -> Problem:
        """Return the problem `message` with the row."""
        if path == ("program",) and child_of(self.root, "program") is None:
            message = _NO_PROGRAM
        return super().problem(path, message, key=key)


class _Draft(NamedTuple):
    """A row in the making: its number, its patient if it has one, what is read and what is wrong."""

    number: int
    patient: Resource | None
    values: dict[str, Any]
    problems: tuple[RowProblem, ...]


class FhirRows:
    """Makes the rows of one file.

    Args:
        resources: of the file.
        file: as the user named it.
        options: how to read it.
        first_day: of programs whose care plan names none; today where it is None.

    Attributes:
        rows: in the order of their numbers.
        warnings: what is left out, guessed or doubtful.
        notes: counts of what is passed over.

    Raises:
        InputError: the time zone of the clinic is none.
    """

    def __init__(
        self, resources: Sequence[Resource], file: str, options: RosterOptions, first_day: dt.date | None
    ) -> None:
        self.file = file
        self.notes: list[Problem] = []
        try:
            clock = ClinicClock(options.timezone)
        except ValueError as error:
            raise InputError(Problem(str(error), field="timezone")) from None
        told = Told(file)
        self._with = Setting(file, options, clock, told)
        self._first_day = first_day or clock.today()
        read = newest((one for one in resources if one.kind in KINDS), clock, told)
        patients = [one for one in read if one.kind == "Patient"]
        plans = [one for one in read if one.kind == "CarePlan"]
        self._patients = Patients(patients, plans)
        self._searched = {one.bundle for one in patients if one.bundle and not one.is_included}
        self._plans: dict[int, list[int]] = defaultdict(list)  # of patients, by their numbers
        self._left_out: Counter[str] = Counter()
        self._foreign: list[int] = []
        self._added: list[int] = []
        drafts = [row for plan in plans for row in self._planned(plan)]
        drafts += [row for patient in patients for row in self._unplanned(patient)]
        self.warnings = [*self._told(), *told.problems(), *self._coded(drafts)]
        self.rows = tuple(sorted(map(self._row, drafts), key=lambda row: row.number))
        self._count(sum(one.kind not in KINDS for one in resources))

    def _planned(self, resource: Resource) -> Sequence[_Draft]:
        plan = CarePlan(resource, self.file, self._with.clock, self._with.told)
        if not plan.is_ours:
            self._foreign.append(resource.number)
            return ()
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
            return (_Draft(resource.number, None, {}, (subject, *plan.problems)),)
        if earlier:
            message = f"the patient has another care plan in use, row {earlier[0]}; both programs are made"
            self._with.told.of_row("", message)
        earlier.append(resource.number)
        values, problems = read_patient(patient, plan.start or self._first_day, self._with)
        values |= plan.values
        return (_Draft(resource.number, patient, values, (*problems, *plan.problems)),)

    def _unplanned(self, resource: Resource) -> Sequence[_Draft]:
        plans = self._plans.get(resource.number)
        self._with.told.row = resource.number
        if plans is None and resource.is_included and resource.bundle in self._searched:
            self._added.append(resource.number)
            return ()
        if plans is None:
            values, problems = read_patient(resource, self._first_day, self._with)
            if self._patients.is_ambiguous(resource):
                shared = RowProblem(_SHARED_ID, "", self.file, row=resource.number, heading="id")
                problems = (shared, *problems)
            return (_Draft(resource.number, resource, values, problems),)
        if not plans:
            self._with.told.of_row("", _NONE_IN_USE)
        return ()

    def _row(self, draft: _Draft) -> RosterRow:
        root = node_of(draft.values, Mark(self.file, 0, 0))
        # All values stand in one row; there is no key to point at.
        source = FhirSource(self.file, root._replace(key=None), draft.number)
        return RosterRow(source, draft.problems)

    def _coded(self, drafts: Sequence[_Draft]) -> Iterator[Problem]:
        """Put a code behind a label that several patients have, and yield what to say of it.

        The papers of two patients cannot be told apart by a name alone, nor can sheets that come back.
        """
        named: defaultdict[str, dict[str, list[_Draft]]] = defaultdict(dict)
        for draft in drafts:
            if draft.patient and "patient" in draft.values:
                identity = self._patients.identity(draft.patient)
                named[draft.values["patient"]["label"]].setdefault(identity, []).append(draft)
        for label, patients in named.items():
            if len(patients) == 1:
                continue
            shown = []
            for rows, code in zip(patients.values(), _codes(list(patients)), strict=True):
                for draft in rows:
                    draft.values["patient"] = {"label": f"{label} ({code})"}
                shown += [f"{code} in row {draft.number}" for draft in rows]
            message = (
                f"{len(patients)} patients have one name; a code behind it tells them apart: "
                f"{', '.join(shown)}; --with-birth-date or --identifier-system prints more; if they are one "
                "patient, keep one"
            )
            yield Problem(message, file=self.file)

    def _told(self) -> Iterator[Problem]:
        if self._left_out:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self._left_out.items()))
            count = self._left_out.total()
            words = "1 care plan is" if count == 1 else f"{count} care plans are"
            yield Problem(f"{words} not in use and left out ({kinds})", file=self.file)
        if self._foreign:
            count = len(self._foreign)
            words = "1 care plan names" if count == 1 else f"{count} care plans name"
            verb = "is" if count == 1 else "are"
            message = f"{words} no program of pdfgen ({PROGRAM_URN}NAME), and {verb} passed over"
            yield Problem(f"{message} ({rows_named(self._foreign)})", file=self.file)
        if self._added:
            message = "is a patient who was added to those that were searched for, and gets no program"
            yield Problem(message, file=f"{self.file}, {rows_named(self._added)}")
        clock = self._with.clock
        if clock.is_asked and not self._with.options.timezone:
            message = f"times are read as days in {clock.zone}, the time zone of this machine"
            yield Problem(f"{message}; --timezone names that of the clinic", file=self.file)

    def _count(self, others: int) -> None:
        if others:
            words = "1 resource that is" if others == 1 else f"{others} resources that are"
            verb = "is" if others == 1 else "are"
            message = f"{words} neither Patient nor CarePlan {verb} passed over"
            self.notes.append(Problem(message, file=self.file))


def _codes(identities: Sequence[str]) -> list[str]:
    """Return a code for each of different patients: it says nothing of them and stays from file to file."""
    digests = [hashlib.sha256(identity.encode()).digest() for identity in identities]
    whole = ["".join(_DIGITS[byte % 32] for byte in digest) for digest in digests]
    size = _CODE_SIZE
    while len({code[:size] for code in whole}) < len(whole):
        size += 1
    return [code[:size] for code in whole]
