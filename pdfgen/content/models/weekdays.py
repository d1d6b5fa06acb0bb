"""The weekdays of each kind of exercise."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.content.models.library import Kind

#: Muscles train three times a week, not on days in a row (clinical.md 2.1, S52, S53).
MOST_WITH_REST = 3
_DEFAULT_WITH_REST: tuple[Weekday, ...] = ("mon", "wed", "fri")


def adjacent(one: Weekday, other: Weekday) -> bool:
    """Whether two weekdays follow each other; Sunday and Monday do."""
    return abs(WEEKDAYS.index(one) - WEEKDAYS.index(other)) in {1, len(WEEKDAYS) - 1}


def days_in_a_row(days: Sequence[Weekday]) -> bool:
    """Whether any two of the days follow each other."""
    return any(adjacent(one, other) for one, other in combinations(days, 2))


def training_days(
    days: Mapping[str, Sequence[Weekday]] | Sequence[Weekday] | None, kinds: Mapping[str, Kind]
) -> Mapping[str, tuple[Weekday, ...]]:
    """Return the weekdays of each kind of exercise.

    Nothing given: a kind with rest days on Monday, Wednesday and Friday, another one every day. A list: a
    kind with rest days on at most three of these days that do not follow each other, as early in the week as
    possible, another one on all of them. Days for each kind: as written; a kind that is not there has none.
    """
    if isinstance(days, Mapping):
        return {kind: _in_order(days.get(kind, ())) for kind in kinds}
    with_rest = _DEFAULT_WITH_REST if days is None else _spread(_in_order(days))
    other = WEEKDAYS if days is None else _in_order(days)
    return {name: with_rest if kind.rest_days else other for name, kind in kinds.items()}


def _in_order(days: Sequence[Weekday]) -> tuple[Weekday, ...]:
    return tuple(day for day in WEEKDAYS if day in days)


def _spread(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    for size in range(min(MOST_WITH_REST, len(days)), 1, -1):
        for choice in combinations(days, size):
            if not days_in_a_row(choice):
                return choice
    return days[:1]
