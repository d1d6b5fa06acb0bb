"""The plan: one patient's program with every choice made, in one language, without sizes.

All values are frozen: named tuples, which also start and copy faster than frozen dataclasses. Times are
in seconds where the name ends in `_s`, else in whole minutes.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pdfgen.content.models.clinic import Limits
from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.planned_exercise import PlannedCaution, PlannedDose, PlannedExercise, PlannedPanel


class PlannedKind(NamedTuple):
    """A kind of exercise that the program has: its name, and what it is for."""

    id: str
    name: str
    what_for: str


#: Seconds: who plans the day has use for knowing that a session is so much shorter.
_SHORTER = 120


class SessionItem(NamedTuple):
    """An exercise in a session, by its number, with its dose."""

    number: int
    dose: PlannedDose


class Session(NamedTuple):
    """One day's exercises."""

    day: Weekday
    items: tuple[SessionItem, ...]
    seconds: int


class Week(NamedTuple):
    """One week of the program, whenever it begins: for its dates see `planning.dates`.

    Attributes:
        step: dose step T1, T2, … of the library.
        settling: all doses are those of the week before.
        days: all seven, with or without exercises, starting with the weekday of the start date.
        minutes: of the longest session, without the warm-up; 0 where a dose is left to be written in.
    """

    number: int
    step: int
    phase: int
    settling: bool
    days: tuple[Weekday, ...]
    sessions: tuple[Session, ...]
    minutes: int

    @property
    def has_shorter_sessions(self) -> bool:
        """Whether a session takes minutes less than the longest one."""
        took = [session.seconds for session in self.sessions]
        return bool(took) and max(took) - min(took) >= _SHORTER


class PlannedPhase(NamedTuple):
    """Weeks with one aim."""

    name: str
    aim: str
    weeks: tuple[int, ...]


class Phone(NamedTuple):
    """A number to call; empty: a line to write on."""

    label: str
    number: str


class WarningBox(NamedTuple):
    """A box of warning signs with what to do about them."""

    id: str
    icon: str
    title: str
    signs: tuple[str, ...]
    note: str
    phones: tuple[Phone, ...]


class Light(NamedTuple):
    """One range of the pain scale, from `low` to `high`, with what to do."""

    low: int
    high: int
    title: str
    text: str


class PlannedSafety(NamedTuple):
    """The safety section."""

    title: str
    intro: str
    boxes: tuple[WarningBox, ...]
    stop_rule: str
    light_title: str
    light_intro: str
    lights: tuple[Light, Light, Light]
    usual_pain: str
    ask_first_title: str
    ask_first: tuple[str, ...]


class PlannedPicture(NamedTuple):
    """A step of a strip, with or without drawing."""

    text: str
    panel: PlannedPanel | None


class PlannedStrip(NamedTuple):
    """A short series of steps with a title."""

    title: str
    intro: str
    steps: tuple[PlannedPicture, ...]
    note: str


class UsedWord(NamedTuple):
    """A word of the program, what it means, and what of the program uses it: `sets`, `hold`."""

    term: str
    meaning: str
    used_by: str


class PlannedPreparation(NamedTuple):
    """Getting ready."""

    title: str
    tips: tuple[str, ...]
    positions: PlannedStrip | None
    warm_up: PlannedStrip
    down: PlannedStrip | None
    up: PlannedStrip | None
    words: tuple[UsedWord, ...]


class PlannedAdvice(NamedTuple):
    """A title with points."""

    title: str
    points: tuple[str, ...]
    note: str


class PlannedProgress(NamedTuple):
    """Moving on, missed sessions, flare-ups, afterwards."""

    title: str
    intro: str
    choices: tuple[PlannedAdvice, PlannedAdvice, PlannedAdvice]
    missed_title: str
    missed: tuple[tuple[str, str], ...]
    flare_up: PlannedAdvice
    afterwards: PlannedAdvice


class PlannedClinic(NamedTuple):
    """What is printed of the clinic."""

    name: str
    address: tuple[str, ...]
    phone: str
    email: str
    website: str
    header: str = ""
    footer: str = ""
    closing: str = ""


class Passport(NamedTuple):
    """Where the document comes from."""

    program: str
    library_version: str
    reviewed: bool
    review: str
    review_line: str
    intended_use: str
    disclaimer: tuple[str, ...]
    sources: tuple[tuple[str, str, str], ...]
    document_id: str
    input_hash: str


class Plan(NamedTuple):
    """One patient's program.

    Attributes:
        language: its code; `Language` itself travels beside the plan.
        goal, if_then, message: the therapist's own words, if any; `if_then` says when to exercise.
        label: how the patient is called; empty prints a line.
        limits: of the pain traffic light.
        sheet_weeks: numbers of the weeks that get a tracker sheet, in order.
        spare_sheet: whether there is one more, without number and dates.
        read_back: whether sheets have marks and codes for a machine that reads them.
        warm_up_minutes: come on top of the minutes of each week.
    """

    language: str
    title: str
    condition: str
    label: str
    therapist: str
    goal: OwnWords | None
    if_then: OwnWords | None
    message: OwnWords | None
    dialling_code: str
    start: dt.date | None
    weeks: tuple[Week, ...]
    sheet_weeks: tuple[int, ...]
    spare_sheet: bool
    read_back: bool
    phases: tuple[PlannedPhase, ...]
    kinds: tuple[PlannedKind, ...]
    exercises: tuple[PlannedExercise, ...]
    safety: PlannedSafety
    limits: Limits
    preparation: PlannedPreparation
    warm_up_minutes: int
    progress: PlannedProgress
    faq: tuple[tuple[str, str], ...]
    clinic: PlannedClinic
    passport: Passport
    situations: tuple[str, ...]

    def kind_of(self, exercise: PlannedExercise) -> PlannedKind:
        """Return the kind of an exercise."""
        return next(kind for kind in self.kinds if kind.id == exercise.kind)

    @property
    def spare_week(self) -> Week:
        """A week to repeat any other: number 0, on the same days, without amounts."""
        sessions = tuple(
            Session(day, items, 0) for day in self.weeks[0].days if (items := self._blank_items(day))
        )
        return self.weeks[0]._replace(number=0, settling=False, sessions=sessions, minutes=0)

    def _blank_items(self, day: Weekday) -> tuple[SessionItem, ...]:
        """Return what is done on a day of any week, each exercise once, without its amounts."""
        sessions = (session for week in self.weeks for session in week.sessions if session.day == day)
        items = [item for session in sessions for item in session.items]
        doses = {item.number: item.dose._replace(blank=True) for item in items}
        return tuple(SessionItem(number, doses[number]) for number in sorted(doses))

    @property
    def exercises_by_form(self) -> tuple[PlannedExercise, ...]:
        """All exercises in order, each once for each of its forms."""
        return tuple(form for exercise in self.exercises for form in exercise.by_form)

    def counterpart(self, other: PlannedExercise) -> PlannedExercise:
        """Return the exercise, or the form of one, that another plan of the same program has."""
        exercise = self.exercises[other.number - 1]
        return exercise.by_form[other.form_number - 1] if other.form_number else exercise

    @property
    def cautions(self) -> tuple[PlannedCaution, ...]:
        """All cautions that concern this patient, in order of exercises."""
        return tuple(caution for exercise in self.exercises for caution in exercise.cautions)
