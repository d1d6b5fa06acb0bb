"""HL7 FHIR R4 care plans (hl7.org/fhir/R4/careplan.html): which program, from when, how long, from whom.

Goals, descriptions, notes and activities are never read: nobody wrote them for paper at home.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pdfgen.content.rosters.fhir_days import NO_DATE, ClinicClock, Days
from pdfgen.content.rosters.fhir_elements import Resource, mapping_of, objects_of, text_of, texts_of
from pdfgen.content.rosters.roster import RowProblem
from pdfgen.content.rosters.told import Told
from pdfgen.errors import printable

#: What `instantiatesUri` and `instantiatesCanonical` hold before the name of a program.
PROGRAM_URN = "urn:pdfgen:program:"

#: `CarePlan.status` (hl7.org/fhir/R4/valueset-request-status.html) of an active plan, and of all others.
_IN_USE = "active"
_OUT_OF_USE = ("draft", "on-hold", "revoked", "completed", "entered-in-error", "unknown")

#: `CarePlan.intent` of plans that nobody has decided yet (hl7.org/fhir/R4/valueset-care-plan-intent.html).
_UNDECIDED = ("proposal", "option")

#: Types of authors of care plans who are not therapists.
_NO_THERAPISTS = ("Patient", "RelatedPerson", "Device", "Organization", "CareTeam")

_NO_DAY = "names a month or a year and no day; write year-month-day"
_MIDNIGHT = "midnight at the end of the period is read as the end of the day before"
_ODD_DAYS = "the period is not a whole number of weeks; the weeks are not used"


class CarePlan:
    """What a care plan says about a program.

    Attributes:
        values: of the prescription.
        start: the first day of the program; None where it is not known.
        problems: why the plan cannot be used.
        is_ours: whether it names a program of pdfgen; another plan is not read any further.
        left_out: the status or intent of a plan that is not carried out; empty for one that is.
    """

    def __init__(self, plan: Resource, file: str, clock: ClinicClock, told: Told) -> None:
        self.values: dict[str, Any] = {}
        self.start: dt.date | None = None
        self.problems: list[RowProblem] = []
        self.left_out = ""
        self._plan = plan
        self._file = file
        self._clock = clock
        self._told = told
        programs = _programs(plan.data)
        self.is_ours = bool(programs)
        if not programs:
            return
        status, intent = (text_of(plan.data.get(name)) for name in ("status", "intent"))
        self.left_out = status if status in _OUT_OF_USE else intent if intent in _UNDECIDED else ""
        if self.left_out:
            return
        if status != _IN_USE:
            self._problem("", "status", f"must be one of {', '.join((_IN_USE, *_OUT_OF_USE))}")
        told.row = plan.number
        self._read_program(programs)
        self._read_period()
        if therapist := _therapist(plan.data):
            self.values["therapist"] = therapist

    def _problem(self, field: str, element: str, message: str) -> None:
        self.problems.append(RowProblem(message, field, self._file, row=self._plan.number, heading=element))

    def _read_program(self, programs: tuple[str, ...]) -> None:
        if len(programs) > 1:
            names = ", ".join(f'"{printable(name)}"' for name in programs[:3])
            message = f"names {len(programs)} programs ({names}); write a care plan for each"
            self._problem("program", "instantiatesUri", message)
        else:
            self.values["program"] = programs[0]

    def _read_period(self) -> None:
        period = mapping_of(self._plan.data.get("period"))
        start, end = self._days(period, "start", "start"), self._days(period, "end", "weeks")
        if start:
            self.start = start.first
            self.values["start"] = start.first.isoformat()
        if not start or not end:
            return
        if end.first < start.first:
            self._problem("start", "period", "ends before it starts; mend start or end")
            return
        days = (end.first - start.first).days + 1  # the last day is one of them (R4, datatypes, Period)
        if days % 7 == 1 and start.is_midnight and end.is_midnight:
            self._told.of_row('column "period.end"', _MIDNIGHT)
            days -= 1
        if days % 7:
            self._told.of_row('column "period"', f"{_ODD_DAYS} ({days} days)")
        elif days:
            self.values["weeks"] = days // 7

    def _days(self, period: Mapping[str, Any], name: str, field: str) -> Days | None:
        """Return the day that a bound of the period names at the clinic; None where it names none."""
        if period.get(name) is None:
            return None
        try:
            found = self._clock.read(period[name])
        except ValueError:
            self._problem(field, f"period.{name}", NO_DATE)
            return None
        if found.is_part:
            self._problem(field, f"period.{name}", _NO_DAY)
            return None
        if found.first != found.written:
            message = f"the day in {self._clock.zone} is another one than is written, and is taken"
            self._told.of_row(f'column "period.{name}"', message)
        return found


def _programs(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the programs that a plan names, each once."""
    uris = texts_of(plan.get("instantiatesUri"))
    # A canonical may have a version behind a bar.
    uris += [uri.partition("|")[0] for uri in texts_of(plan.get("instantiatesCanonical"))]
    size = len(PROGRAM_URN)
    # In a URN, capitals do not matter before the name (RFC 8141, section 3.1).
    return tuple(dict.fromkeys(uri[size:] for uri in uris if uri[:size].lower() == PROGRAM_URN))


def _therapist(resource: Mapping[str, Any]) -> str:
    """Return the name of the author or first contributor who is a person that gives care; else empty."""
    for one in (mapping_of(resource.get("author")), *objects_of(resource.get("contributor"))):
        kind = text_of(one.get("type")) or text_of(one.get("reference")).rpartition("/")[0].rpartition("/")[2]
        if kind not in _NO_THERAPISTS and (name := text_of(one.get("display"))):
            return name
    return ""
