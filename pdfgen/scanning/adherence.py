"""What the sheets of a document say together: counts by week and exercise, pain, effort, what is missing.

Plain counting. What nobody could tell is left out and said; weeks without a sheet are not weeks without
exercise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.scanning.answers import OPEN_STATES
from pdfgen.scanning.table import Row

UNKNOWN = "?"
"""The sign of what nobody could tell."""


class Done(NamedTuple):
    """How often something was done, of how often it was planned, and how often nobody can tell."""

    done: int = 0
    planned: int = 0
    unknown: int = 0

    def with_answer(self, value: str) -> Done:
        """Return the count with one more box."""
        return Done(self.done + (value == "1"), self.planned + 1, self.unknown + (value == ""))


class PainDay(NamedTuple):
    """Pain after exercising: the day (0 is Monday), and 0 to 10, or None where it is unknown."""

    weekday: int
    pain: int | None


class WeekTicks(NamedTuple):
    """The sheets of a week.

    Attributes:
        week: its number.
        exercises: counts by the number of the exercise.
        pain: of its days, in order.
        effort: `easy`, `right`, `hard`, `?` where nobody could tell, or empty.
        walked: minutes that are known, together; None where none are.
        walked_more: whether more was written that nobody has read.
    """

    week: int
    exercises: Mapping[int, Done]
    pain: tuple[PainDay, ...]
    effort: str
    walked: int | None
    walked_more: bool = False

    @property
    def together(self) -> Done:
        """The count of all exercises."""
        counts = self.exercises.values()
        return Done(
            sum(one.done for one in counts),
            sum(one.planned for one in counts),
            sum(one.unknown for one in counts),
        )


class Adherence(NamedTuple):
    """All that was read of a document.

    Attributes:
        document: its id.
        names: of exercises, by number; empty where the prescription was not given.
        weeks: those with a sheet, in order.
        spare: sheets without the number of a week, which are in no count.
    """

    document: str
    names: Mapping[int, str]
    weeks: tuple[WeekTicks, ...]
    spare: int

    @property
    def last_week(self) -> int:
        """The last week with a sheet."""
        return self.weeks[-1].week if self.weeks else 0


def adherence_of(rows: Iterable[Row]) -> list[Adherence]:
    """Return the counts of each document of tables, by its id; second readings of a side are left out."""
    documents: dict[str, list[Row]] = {}
    for row in rows:
        if not row.copy_of:
            documents.setdefault(row.document, []).append(row)
    return [_document(document, own) for document, own in sorted(documents.items())]


def _document(document: str, rows: Sequence[Row]) -> Adherence:
    weeks: dict[int, list[Row]] = {}
    for row in rows:
        weeks.setdefault(int(row.week) if row.week.isdigit() else 0, []).append(row)
    names = {int(row.exercise): row.name for row in rows if row.exercise.isdigit() and row.name}
    spare = {(row.file, row.page) for row in weeks.pop(0, [])}
    return Adherence(
        document, names, tuple(_week(week, own) for week, own in sorted(weeks.items())), len(spare)
    )


def _week(week: int, rows: Sequence[Row]) -> WeekTicks:
    exercises: dict[int, Done] = {}
    for row in rows:
        if row.kind == "exercise" and row.exercise.isdigit():
            number = int(row.exercise)
            exercises[number] = exercises.get(number, Done()).with_answer(row.value)
    pain = sorted(
        PainDay(WEEKDAYS.index(row.weekday), int(row.value) if row.value.isdigit() else None)
        for row in rows
        if row.kind in ("pain", "pain-number") and row.weekday in WEEKDAYS
    )
    walking = [row for row in rows if row.kind == "walking"]
    walked = [int(row.value) for row in walking if row.value.isdigit()]
    return WeekTicks(
        week,
        dict(sorted(exercises.items())),
        tuple(pain),
        next((row.value or _unknown(row) for row in rows if row.kind == "effort"), ""),
        sum(walked) if walked else None,
        any(_unknown(row) and not row.value for row in walking),
    )


def _unknown(row: Row) -> str:
    """Return the sign of an answer that is there, but that nobody could tell."""
    return UNKNOWN if row.state in OPEN_STATES else ""
