"""A calendar file (iCalendar, RFC 5545) that calendars on phones and computers open.

Times are floating (3.3.5, form 1): no zone and no UTC. Half past eight is half past eight where the patient
is, in summer and in winter and on a journey, and the file needs no rules of zones that may change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pdfgen.version import __version__

CALENDAR_START = b"BEGIN:VCALENDAR"
"""What a calendar file begins with."""

#: A content line is at most 75 octets long without its line end (3.1).
_LINE_OCTETS = 75
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
#: Names of the days as RFC 5545 has them (3.3.10), from Monday.
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Event(NamedTuple):
    """An event on some days of one week, or of several that follow each other.

    Attributes:
        uid: names it in all calendars of the world; the same one replaces it.
        first: its first day.
        at: when it begins; None is all day.
        minutes: how long it is, where it has a time; 0 is a moment.
        weekdays: on which it comes back, 0 is Monday; `first` is one of them.
        weeks: how many.
    """

    uid: str
    first: dt.date
    at: dt.time | None
    minutes: int
    weekdays: tuple[int, ...]
    weeks: int
    title: str
    text: str


def calendar_file(events: Iterable[Event], created: dt.datetime, language: str) -> bytes:
    """Return a calendar with these events.

    Args:
        created: stands in each event as the moment when it was made; in UTC.
        language: code of the language of titles and texts.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//pdfgen//pdfgen {__version__}//EN"]
    lines.append("CALSCALE:GREGORIAN")
    for event in events:
        lines += _event(event, created, language)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, created: dt.datetime, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{created:%Y%m%dT%H%M%SZ}"
    if event.at is None:
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        # An event of a whole day does not make the day look taken.
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART:{dt.datetime.combine(event.first, event.at):%Y%m%dT%H%M%S}"
        if event.minutes:
            yield f"DURATION:PT{event.minutes}M"
    if (count := event.weeks * len(event.weekdays)) > 1:
        days = ",".join(_DAYS[day] for day in sorted(event.weekdays))
        yield f"RRULE:FREQ=WEEKLY;COUNT={count};BYDAY={days}"
    yield f"SUMMARY;LANGUAGE={language}:{event.title.translate(_ESCAPES)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{event.text.translate(_ESCAPES)}"
    yield "END:VEVENT"


def _folded(line: str) -> bytes:
    """Return a line with its end; a long one goes on behind a space, and no character is parted."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        # Lines that go on begin with a space, which counts.
        if len(part) + len(octets) > _LINE_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
