"""Slips of the year: a program that is long over, or begins long from now."""

from __future__ import annotations

import datetime as dt

from pdfgen.content.loading import Loaded
from pdfgen.content.models.prescription import Prescription
from pdfgen.errors import Problem

#: A program that ended more than a year ago is no reprint, and few are planned longer ahead.
_YEAR = dt.timedelta(days=366)


def doubtful_year(prescription: Loaded[Prescription], today: dt.date) -> tuple[Problem, ...]:
    """Return a warning where the last day is more than a year before `today`, or the first so far ahead."""
    start = prescription.value.start
    if start is None:
        return ()
    last = start + dt.timedelta(weeks=prescription.value.weeks, days=-1)
    if last < today - _YEAR:
        message = f"the last day, {last}, is more than a year ago; look at the year"
    elif start > today + _YEAR:
        message = f"the first day, {start}, is more than a year from now; look at the year"
    else:
        return ()
    return (prescription.problem(("start",), message),)
