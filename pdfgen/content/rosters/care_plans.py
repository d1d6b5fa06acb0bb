"""HL7 FHIR R4 care plans (hl7.org/fhir/R4/careplan.html): which program, from when, how long, from whom.

Goals, descriptions, notes and activities are never read: nobody wrote them for paper at home.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pdfgen.content.files.source import printable
from pdfgen.content.rosters.fhir_elements import Resource, mapping_of, objects_of, text_of, texts_of
from pdfgen.content.rosters.roster import RowProblem

#: What `instantiatesUri` and `instantiatesCanonical` hold before the name of a program.
PROGRAM_URN = "urn:pdfgen:program:"

#: `CarePlan.status` (hl7.org/fhir/R4/valueset-request-status.html) of an active plan, and of all others.
_IN_USE = "active"
_OUT_OF_USE = ("draft", "on-hold", "revoked", "completed", "entered-in-error", "unknown")

#: `CarePlan.intent` of plans that nobody has decided yet (hl7.org/fhir/R4/valueset-care-plan-intent.html).
_UNDECIDED = ("proposal", "option")

#: Types of authors of care plans who are not therapists.
_NO_THERAPISTS = ("Patient", "RelatedPerson", "Device", "Organization", "CareTeam")

_WHOLE_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?")
_PART_OF_DATE = re.compile(r"\d{4}(-\d{2})?")


@dataclass(frozen=True)
class CarePlan:
    """What a care plan says about a program.

    Attributes:
        values: of the prescription.
        problems: why the plan cannot be used.
        cautions: values that are not used, with the reason.
        left_out: the status or intent of a plan that is not carried out; empty for one that is.
        others: how many definitions it names that are not programs of pdfgen.
    """

    values: Mapping[str, Any]
    problems: tuple[RowProblem, ...] = ()
    cautions: tuple[RowProblem, ...] = ()
    left_out: str = ""
    others: int = 0


def read_care_plan(plan: Resource, file: str) -> CarePlan:
    """Return what a care plan says about a program."""
    status, intent = (text_of(plan.data.get(name)) for name in ("status", "intent"))
    if status in _OUT_OF_USE or intent in _UNDECIDED:
        return CarePlan({}, left_out=status if status in _OUT_OF_USE else intent)
    reader = _Reader(plan, file)
    if status != _IN_USE:
        message = f"must be one of {', '.join((_IN_USE, *_OUT_OF_USE))}"
        reader.problem("", "status", message)
    reader.program()
    reader.period()
    if therapist := _therapist(plan.data):
        reader.values["therapist"] = therapist
    return CarePlan(reader.values, tuple(reader.problems), tuple(reader.cautions), others=reader.others)


class _Reader:
    """Reads one care plan that is in use."""

    def __init__(self, plan: Resource, file: str) -> None:
        self.plan = plan
        self.file = file
        self.values: dict[str, Any] = {}
        self.problems: list[RowProblem] = []
        self.cautions: list[RowProblem] = []
        self.others = 0

    def problem(self, field: str, element: str, message: str) -> None:
        self.problems.append(RowProblem(message, field, self.file, row=self.plan.number, heading=element))

    def caution(self, element: str, message: str) -> None:
        self.cautions.append(RowProblem(message, "", self.file, row=self.plan.number, heading=element))

    def program(self) -> None:
        resource = self.plan.data
        uris = texts_of(resource.get("instantiatesUri"))
        # A canonical may have a version behind a bar.
        uris += [uri.partition("|")[0] for uri in texts_of(resource.get("instantiatesCanonical"))]
        size = len(PROGRAM_URN)
        # In a URN, capitals do not matter before the name (RFC 8141, section 3.1).
        programs = dict.fromkeys(uri[size:] for uri in uris if uri[:size].lower() == PROGRAM_URN)
        self.others = sum(uri[:size].lower() != PROGRAM_URN for uri in uris)
        if len(programs) > 1:
            names = ", ".join(f'"{printable(name)}"' for name in list(programs)[:3])
            message = f"names {len(programs)} programs ({names}); write a care plan for each"
            self.problem("program", "instantiatesUri", message)
        elif programs:
            self.values["program"] = next(iter(programs))

    def period(self) -> None:
        period = mapping_of(self.plan.data.get("period"))
        start, end = (self.day(period, name) for name in ("start", "end"))
        if start:
            self.values["start"] = start.isoformat()
        if not start or not end:
            return
        if end < start:
            self.problem("start", "period", "ends before it starts; mend start or end")
            return
        days = (end - start).days + 1  # the last day is one of them (R4, datatypes, Period)
        if days % 7:
            message = f"is {days} days, which is not a whole number of weeks; the weeks are not used"
            self.caution("period", message)
        else:
            self.values["weeks"] = days // 7

    def day(self, period: Mapping[str, Any], name: str) -> dt.date | None:
        """Return the day as written; the time of day and its zone do not matter."""
        written = period.get(name)
        if written is None:
            return None
        text = text_of(written)
        found = _WHOLE_DAY.fullmatch(text)
        try:
            if found:
                return dt.date.fromisoformat(found[1])
        except ValueError:
            pass
        if _PART_OF_DATE.fullmatch(text):
            self.caution(f"period.{name}", "names no day, and is not used")
        else:
            self.problem("start", f"period.{name}", "is not a date; write year-month-day")
        return None


def _therapist(resource: Mapping[str, Any]) -> str:
    """Return the name of the author or first contributor who is a person that gives care; else empty."""
    for one in (mapping_of(resource.get("author")), *objects_of(resource.get("contributor"))):
        kind = text_of(one.get("type")) or text_of(one.get("reference")).rpartition("/")[0].rpartition("/")[2]
        if kind not in _NO_THERAPISTS and (name := text_of(one.get("display"))):
            return name
    return ""
