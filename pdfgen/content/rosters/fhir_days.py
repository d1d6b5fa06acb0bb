"""Dates and times of FHIR R4 (hl7.org/fhir/R4/datatypes.html#dateTime) become days at the clinic."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import zoneinfo
from collections.abc import Mapping
from typing import Any, NamedTuple

from pdfgen.content.rosters.fhir_elements import mapping_of
from pdfgen.errors import printable

_DATE_TIME = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?)?)?"
)

NO_DATE = "is not a date; write year-month-day"


class Days(NamedTuple):
    """The days that a date or time names.

    Attributes:
        first, last: at the clinic, both included; several where only a month or a year is written.
        written: the first day as it is written, in whatever time zone.
        is_part: whether only a month or a year is written.
        is_midnight: whether it is a time, and midnight at the clinic.
    """

    first: dt.date
    last: dt.date
    written: dt.date
    is_part: bool = False
    is_midnight: bool = False


class ClinicClock:
    """Reads dates and times as days at the clinic.

    Attributes:
        zone: the name of the clinic's time zone.
        is_asked: whether a time was read in it, so that the zone made a difference.

    Args:
        name: of the time zone (IANA); empty takes that of this machine.

    Raises:
        ValueError: there is no such time zone.
    """

    def __init__(self, name: str) -> None:
        self._zone = zone_called(name) if name else _zone_here()
        self.zone = name or str(self._zone)
        self.is_asked = False

    def today(self) -> dt.date:
        """Return the day that it is at the clinic."""
        return dt.datetime.now(self._zone).date()

    def read(self, value: Any) -> Days:
        """Return the days of a date, a dateTime or an instant.

        Raises:
            ValueError: it is none.
        """
        found = _DATE_TIME.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            raise ValueError(NO_DATE)
        year, month, day, time, zone = found.groups()
        try:
            if not day:
                return _part(int(year), int(month) if month else 0)
            written = dt.date.fromisoformat(f"{year}-{month}-{day}")
            if not time:
                return Days(written, written, written)
            # R4 allows the second 60, which Python does not know.
            clock = dt.time.fromisoformat(re.sub(r":60(?=\.|$)", ":59", time))
        except (ValueError, IndexError):
            raise ValueError(NO_DATE) from None
        moment = dt.datetime.combine(written, clock)
        if zone:
            self.is_asked = True
            try:
                moment = dt.datetime.fromisoformat(f"{moment.isoformat()}{zone}").astimezone(self._zone)
            except (ValueError, OverflowError):
                raise ValueError(NO_DATE) from None
        is_midnight = moment.time() == dt.time()
        return Days(moment.date(), moment.date(), written, is_midnight=is_midnight)

    def moment(self, value: Any) -> dt.datetime:
        """Return the moment of an instant, such as that of a change.

        Raises:
            ValueError: it is none.
        """
        try:
            moment = dt.datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValueError(NO_DATE) from None
        if moment.tzinfo is None:
            raise ValueError(NO_DATE)
        return moment

    def holds(self, period: Any, day: dt.date) -> bool:
        """Whether a day is in a Period, whose start and end belong to it.

        Raises:
            ValueError: the start or the end is no date.
        """
        bounds: Mapping[str, Any] = mapping_of(period)
        start, end = bounds.get("start"), bounds.get("end")
        return (start is None or self.read(start).first <= day) and (
            end is None or day <= self.read(end).last
        )


def zone_called(name: str) -> dt.tzinfo:
    """Return a time zone by its IANA name, such as Europe/Amsterdam.

    Raises:
        ValueError: there is none that is called so.
    """
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        message = f'"{printable(name)}" is no time zone; write one such as Europe/Amsterdam'
        raise ValueError(message) from None


def _zone_here() -> dt.tzinfo:
    from babel.localtime import get_localzone

    try:
        return get_localzone()
    except LookupError:
        return dt.datetime.now().astimezone().tzinfo or dt.UTC


def _part(year: int, month: int) -> Days:
    first = dt.date(year, month or 1, 1)
    last_month = month or 12
    last = dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Days(first, last, first, is_part=True)
