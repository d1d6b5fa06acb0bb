"""The days of a program as appointments: what to do on which days, in words for a calendar.

Days on which the same is done, on the same weekdays in weeks that follow each other, are one appointment that
comes back: whoever stops takes a few away, and not fifty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.content.models.language import Language
from pdfgen.planning.dates import date_of
from pdfgen.planning.plan import Plan, Session, Week
from pdfgen.planning.wording import NO_BREAK, dose_words, minutes


class Appointment(NamedTuple):
    """The same exercises on the same days of one week, or of several that follow each other.

    Attributes:
        first: its first day.
        days: weekdays on which it comes back, in the order of the program's weeks.
        weeks: how many.
        minutes: each time, with the warm-up; 0 where a dose is left to be written in.
        title: what it is, how many exercises, and how long.
        text: the exercises with form and dose, where to see how they are done, and the stop rule.
    """

    first: dt.date
    days: tuple[Weekday, ...]
    weeks: int
    minutes: int
    title: str
    text: str


class _Told(NamedTuple):
    """What an appointment tells of a session."""

    minutes: int
    title: str
    text: str


def appointments_of(plan: Plan, language: Language) -> tuple[Appointment, ...]:
    """Return all days of a program with exercises, in order of their first day.

    Raises:
        ValueError: the program has no first day.
    """
    if plan.start is None:
        raise ValueError("a program without a first day has no dates")
    found: list[Appointment] = []
    going_on: dict[tuple[_Told, tuple[Weekday, ...]], int] = {}
    for week in plan.weeks:
        before, going_on = going_on, {}
        for told, days in _by_content(plan, week, language).items():
            place = before.get((told, days))
            if place is None:
                place = len(found)
                first = date_of(plan.start, week.number, week.days.index(days[0]))
                found.append(Appointment(first, days, 0, *told))
            found[place] = found[place]._replace(weeks=found[place].weeks + 1)
            going_on[told, days] = place
    return tuple(sorted(found, key=lambda one: one.first))


def _by_content(plan: Plan, week: Week, language: Language) -> Mapping[_Told, tuple[Weekday, ...]]:
    """Return the days of a week by what is done on them."""
    found: dict[_Told, tuple[Weekday, ...]] = {}
    for session in week.sessions:
        told = _told(plan, week, session, language)
        found[told] = (*found.get(told, ()), session.day)
    return found


def _told(plan: Plan, week: Week, session: Session, language: Language) -> _Told:
    is_known = not any(item.dose.blank for item in session.items)
    length = minutes(session.seconds) + plan.warm_up_minutes if is_known else 0
    title = [plan.title, language.count("exercise", len(session.items))]
    if length:
        about = {"minutes": language.count("minute", length)}
        title.append(language.fill(language.strings.appointment_minutes, about))
    lines = [*_exercises(plan, week, session, language), language.strings.appointment_hint]
    text = "\n".join([*lines, plan.safety.stop_rule])
    return _Told(length, _plain(", ".join(title)), _plain(text))


def _exercises(plan: Plan, week: Week, session: Session, language: Language) -> Iterator[str]:
    for item in session.items:
        exercise = plan.exercises[item.number - 1]
        name = " · ".join(filter(None, (exercise.name, exercise.form_word(week.number))))
        dose = dose_words(item.dose, language, exercise.rest_s).line
        yield f"{item.number}. {name}" + (f": {dose}" if dose else "")


def _plain(text: str) -> str:
    """Return a text whose lines another program breaks as it likes."""
    return text.replace(NO_BREAK, " ")
