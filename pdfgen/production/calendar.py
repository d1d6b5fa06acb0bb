"""The calendar of a program: its days with exercises as events, without the patient's name."""

from __future__ import annotations

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.delivery.icalendar import Event, calendar_file
from pdfgen.errors import InputError
from pdfgen.planning.appointments import Appointment, appointments_of
from pdfgen.production.program import Program, plan
from pdfgen.production.shared import Shared


def calendar(program: Program, shared: Shared) -> bytes:
    """Return the calendar of a program as a file (iCalendar, RFC 5545), in the program's language.

    The same program gives the same bytes. Ids of events are made from the document id and their first day, so
    a prescription with an `id` of its own replaces its earlier events.

    Raises:
        InputError: the prescription has no first day.
    """
    if program.prescription.start is None:
        message = "missing; a calendar needs the first day, such as start: 2026-03-02"
        raise InputError(program.source.problem(("start",), message))
    found = appointments_of(plan(program, shared), program.language)
    return calendar_file([_event(program, one) for one in found], program.created, program.language.id)


def _event(program: Program, appointment: Appointment) -> Event:
    return Event(
        uid=f"{program.identity.document_id}-{appointment.first:%Y%m%d}@pdfgen",
        first=appointment.first,
        at=program.prescription.at,
        minutes=appointment.minutes,
        weekdays=tuple(WEEKDAYS.index(day) for day in appointment.days),
        weeks=appointment.weeks,
        title=appointment.title,
        text=appointment.text,
    )
