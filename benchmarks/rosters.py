"""Rosters to measure with: patients who share a plan, and patients who all have another one.

Names are invented; the same count gives the same bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_SEED = 20260302
_GIVEN = (
    "Anna",
    "Thijs",
    "Zoë",
    "Willem",
    "Noor",
    "José",
    "Fatima",
    "Jan Willem",
    "Kateřina",
    "Ole",
    "Siân",
    "P.",
)
_FAMILY = (
    "Jansen",
    "de Vries",
    "van den Berg",
    "O’Brien",
    "Müller",
    "Öztürk",
    "Nowak",
    "Aznar y López",
    "Szabó",
)

#: Exercise, and what its dose may be: sets, and repetitions.
_EXERCISES: Mapping[str, tuple[range, range]] = {
    "leg-lengthening": (range(1, 4), range(6, 13)),
    "knee-rolls": (range(1, 4), range(6, 13)),
    "cat-cow": (range(1, 4), range(6, 13)),
    "plank": (range(1, 4), range(3, 9)),
    "bridge": (range(1, 4), range(6, 13)),
    "superman": (range(1, 4), range(4, 11)),
    "childs-pose": (range(1, 4), range(3, 9)),
}
_WEEKS = (4, 6, 8)
_SIDES = ("", "left", "right")
_DAYS = ("", "mon wed fri", "tue thu sat", "mon wed fri sun")

_THERAPISTS = ("K. Brook, physiotherapist", "A. Vos", "Dr Mia de Wit")

#: Exercises of each patient: as many as in a usual program.
_CHOSEN = 4


class Plan(NamedTuple):
    """What makes the program of a patient another one; the doses are those of `exercises`, in that order."""

    exercises: tuple[str, ...]
    doses: tuple[tuple[int, int], ...]
    weeks: int
    start: dt.date
    days: str
    side: str


def same_plan(count: int) -> str:
    """Return a roster, as CSV, of so many patients who do the same for four weeks."""
    rows = (
        {
            "label": label,
            "language": "en",
            "program": "short-four",
            "weeks": "4",
            "start": "2026-04-06",
            "tracker_weeks": "1",
            "therapist": "K. Brook, physiotherapist",
        }
        for label in _labels(count)
    )
    return _table(rows)


def same_plan_any_day(count: int) -> str:
    """Return the roster of `same_plan` with three therapists, and first days on all workdays of 12 weeks."""
    chance = random.Random(_SEED)
    monday = dt.date(2026, 4, 6)
    rows = []
    for row in csv.DictReader(io.StringIO(same_plan(count))):
        start = monday + dt.timedelta(weeks=chance.randrange(12), days=chance.randrange(5))
        rows.append({**row, "start": start.isoformat(), "therapist": chance.choice(_THERAPISTS)})
    return _table(rows)


def distinct_plans(count: int) -> str:
    """Return a roster, as CSV, of so many patients no two of whom do the same."""
    return _table(_row(label, plan) for label, plan in zip(_labels(count), plans(count), strict=True))


def plans(count: int) -> list[Plan]:
    """Return so many plans, each another one."""
    chance = random.Random(_SEED)
    found: dict[Plan, None] = {}
    while len(found) < count:
        found[_plan(chance)] = None
    return list(found)


def _plan(chance: random.Random) -> Plan:
    exercises = tuple(chance.sample(list(_EXERCISES), _CHOSEN))
    doses = tuple((chance.choice(_EXERCISES[one][0]), chance.choice(_EXERCISES[one][1])) for one in exercises)
    start = dt.date(2026, 3, 2) + dt.timedelta(days=chance.randrange(200))
    return Plan(exercises, doses, chance.choice(_WEEKS), start, chance.choice(_DAYS), chance.choice(_SIDES))


def _row(label: str, plan: Plan) -> dict[str, str]:
    doses = zip(plan.exercises, plan.doses, strict=True)
    return {
        "label": label,
        "language": "en",
        "program": "short-four",
        "exercises": ", ".join(plan.exercises),
        "weeks": str(plan.weeks),
        "start": plan.start.isoformat(),
        "days": plan.days,
        "side": plan.side,
        "doses": "{"
        + ", ".join(f"{name}: {{sets: {sets}, reps: {reps}}}" for name, (sets, reps) in doses)
        + "}",
        "tracker_weeks": "1",
    }


def _labels(count: int) -> Iterator[str]:
    chance = random.Random(_SEED)
    for number in range(1, count + 1):
        yield f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)} {number}"


def _table(rows: Iterable[Mapping[str, str]]) -> str:
    waiting = iter(rows)
    first = next(waiting)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(first))
    writer.writeheader()
    writer.writerows(itertools.chain([first], waiting))
    return text.getvalue()
