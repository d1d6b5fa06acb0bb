"""HL7 FHIR R4 care plans (hl7.org/fhir/R4/careplan.html): which program, from when, how long, from whom.

Goals, descriptions, notes and activities are never read: nobody wrote them for paper at home.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
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


class CarePlan:
    """What a care plan says about a program.

    Attributes:
        values: of the prescription.
        problems: why the plan cannot be used.
        cautions: values that are not used, with the reason.
        left_out: the status or intent of a plan that is not carried out; empty for one that is.
        others: how many definitions it names that are not programs of pdfgen.
    """

    def __init__(self, plan: Resource, file: str) -> None:
        self.values: dict[str, Any] = {}
        self.problems: list[RowProblem] = []
        self.cautions: list[RowProblem] = []
        self.others = 0
        self._plan = plan
        self._file = file
        status, intent = (text_of(plan.data.get(name)) for name in ("status", "intent"))
        self.left_out = status if status in _OUT_OF_USE else intent if intent in _UNDECIDED else ""
        if self.left_out:
            return
        if status != _IN_USE:
            self._problem("", "status", f"must be one of {', '.join((_IN_USE, *_OUT_OF_USE))}")
        self._read_program()
        self._read_period()
        if therapist := _therapist(plan.data):
            self.values["therapist"] = therapist

    def _problem(self, field: str, element: str, message: str) -> None:
        self.problems.append(RowProblem(message, field, self._file, row=self._plan.number, heading=element))

    def _caution(self, element: str, message: str) -> None:
        self.cautions.append(RowProblem(message, "", self._file, row=self._plan.number, heading=element))

    def _read_program(self) -> None:
        resource = self._plan.data
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
            self._problem("program", "instantiatesUri", message)
        elif programs:
            self.values["program"] = next(iter(programs))

    def _read_period(self) -> None:
        period = mapping_of(self._plan.data.get("period"))
        start, end = (self._day(period, name) for name in ("start", "end"))
        if start:
            self.values["start"] = start.isoformat()
        if not start or not end:
            return
        if end < start:
            self._problem("start", "period", "ends before it starts; mend start or end")
            return
        days = (end - start).days + 1  # the last day is one of them (R4, datatypes, Period)
        if days % 7:
            message = f"is {days} days, which is not a whole number of weeks; the weeks are not used"
            self._caution("period", message)
        else:
            self.values["weeks"] = days // 7

    def _day(self, period: Mapping[str, Any], name: str) -> dt.date | None:
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
            self._caution(f"period.{name}", "names no day, and is not used")
        else:
            self._problem("start", f"period.{name}", "is not a date; write year-month-day")
        return None


def _therapist(resource: Mapping[str, Any]) -> str:
    """Return the name of the author or first contributor who is a person that gives care; else empty."""
    for one in (mapping_of(resource.get("author")), *objects_of(resource.get("contributor"))):
        kind = text_of(one.get("type")) or text_of(one.get("reference")).rpartition("/")[0].rpartition("/")[2]
        if kind not in _NO_THERAPISTS and (name := text_of(one.get("display"))):
            return name
    return ""
