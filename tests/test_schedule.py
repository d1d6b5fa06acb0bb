"""Days, dates and sessions."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import plan, planned_dose, shipped_library

from pdfgen.content.loading import load_language
from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.content.models.library import Kind
from pdfgen.content.models.weekdays import adjacent, days_in_a_row, training_days
from pdfgen.errors import InputError
from pdfgen.planning.dates import date_of, date_words, day_number, first_day, last_day
from pdfgen.planning.schedule import sessions, week_days

NL = load_language("nl").value
KINDS = shipped_library().value.kinds
DAY_LISTS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2200, 1, 1))


def follows(one: Weekday, other: Weekday) -> bool:
    """Whether the second day comes right after the first, told from the calendar."""
    monday = dt.date(2026, 3, 2)
    day = monday + dt.timedelta(days=WEEKDAYS.index(one) + 1)
    return WEEKDAYS[day.weekday()] == other


@pytest.mark.parametrize(("one", "other"), list(combinations(WEEKDAYS, 2)))
def test_days_are_adjacent_when_one_follows_the_other(one: Weekday, other: Weekday) -> None:
    assert adjacent(one, other) is adjacent(other, one) is (follows(one, other) or follows(other, one))


def test_sunday_and_monday_are_adjacent() -> None:
    assert adjacent("sun", "mon")
    assert days_in_a_row(["sun", "thu", "mon"])
    assert not days_in_a_row(["mon", "wed", "fri"])
    assert not days_in_a_row(["sun"])


def test_by_default_mobilising_is_daily_and_strengthening_three_times() -> None:
    assert training_days(None, KINDS) == {"mobilising": WEEKDAYS, "strengthening": ("mon", "wed", "fri")}


@pytest.mark.parametrize(
    ("days", "strengthening"),
    [
        (["mon", "wed", "fri"], ("mon", "wed", "fri")),
        (["fri", "mon", "wed"], ("mon", "wed", "fri")),
        (list(WEEKDAYS), ("mon", "wed", "fri")),
        (["mon", "tue"], ("mon",)),
        (["sun", "mon"], ("mon",)),
        (["sat", "sun", "mon"], ("mon", "sat")),
        (["sun", "mon", "wed"], ("mon", "wed")),
        (["tue", "thu", "sat", "sun"], ("tue", "thu", "sat")),
        (["sun"], ("sun",)),
    ],
)
def test_strengthening_leaves_a_day_between(days: list[Weekday], strengthening: tuple[Weekday, ...]) -> None:
    assert training_days(days, KINDS)["strengthening"] == strengthening


@given(DAY_LISTS)
def test_strengthening_is_on_as_many_of_the_days_as_rest_allows(days: list[Weekday]) -> None:
    training = training_days(days, KINDS)
    chosen = training["strengthening"]
    possible = [c for size in (1, 2, 3) for c in combinations(days, size) if not days_in_a_row(c)]
    assert set(training["mobilising"]) == set(days)
    assert set(chosen) <= set(days)
    assert not days_in_a_row(chosen)
    assert len(chosen) == max(map(len, possible))
    assert list(chosen) == sorted(chosen, key=WEEKDAYS.index)


def test_days_for_each_kind_are_taken_as_written_in_order() -> None:
    days = {"mobilising": ("sun", "mon"), "strengthening": ("fri", "thu")}
    assert training_days(days, KINDS) == {"mobilising": ("mon", "sun"), "strengthening": ("thu", "fri")}


def test_a_kind_of_its_own_has_the_days_that_suit_it() -> None:
    words = {"name": {"en": "a"}, "what_for": {"en": "a"}}
    kinds = {"balance": Kind(**words), "power": Kind(**words, rest_days=True)}
    assert training_days(["mon", "tue", "thu"], kinds) == {
        "balance": ("mon", "tue", "thu"), "power": ("mon", "thu"),
    }  # fmt: skip
    assert training_days({"power": ["sun"]}, kinds) == {"balance": (), "power": ("sun",)}


@given(start=DATES, week=st.integers(1, 12))
def test_a_week_has_seven_days_and_begins_on_the_weekday_of_the_start(start: dt.date, week: int) -> None:
    days = week_days(start)
    dates = [date_of(start, week, day) for day in range(7)]
    assert dates[0] == start + dt.timedelta(weeks=week - 1)
    assert all(later - earlier == dt.timedelta(days=1) for earlier, later in pairwise(dates))
    assert list(days) == [WEEKDAYS[date.weekday()] for date in dates]
    assert sorted(days) == sorted(WEEKDAYS)


@pytest.mark.parametrize(
    ("start", "week", "last"),
    [
        ("2024-02-26", 1, "2024-03-03"),  # 29 February in it
        ("2023-02-26", 1, "2023-03-04"),  # none
        ("2100-02-26", 1, "2100-03-04"),  # a century that is no leap year
        ("2000-02-26", 1, "2000-03-03"),  # one that is
        ("2025-12-29", 1, "2026-01-04"),  # over the end of a year
        ("2025-12-01", 6, "2026-01-11"),
        ("2026-03-27", 1, "2026-04-02"),  # the clocks change
    ],
)
def test_leap_years_and_ends_of_years(start: str, week: int, last: str) -> None:
    assert date_of(dt.date.fromisoformat(start), week, 6) == dt.date.fromisoformat(last)


def test_without_a_start_weeks_begin_on_monday_and_have_no_dates() -> None:
    assert week_days(None) == WEEKDAYS
    assert dict(date_words(None, 6, NL)) == {}


def test_dates_in_words() -> None:
    words = date_words(dt.date(2026, 3, 27), 4, NL)
    assert (words["start"], words["end"]) == ("vrijdag 27 maart 2026", "donderdag 23 april 2026")
    assert (words[first_day(2)], words[last_day(2)]) == ("3\u00a0apr", "9\u00a0apr")
    assert [words[day_number(1, day)] for day in range(7)] == ["27", "28", "29", "30", "31", "1", "2"]


DOSE = planned_dose("L2", 1, 8, 2)


def test_a_session_has_the_exercises_of_its_day_and_their_time() -> None:
    doses = {1: ("mobilising", DOSE, 100), 2: ("strengthening", DOSE, 40)}
    training = {"mobilising": ("mon", "tue"), "strengthening": ("tue",)}
    made = sessions(week_days(None), doses, training, 20)
    assert [(s.day, [i.number for i in s.items], s.seconds) for s in made] == [
        ("mon", [1], 120), ("tue", [1, 2], 180),
    ]  # fmt: skip


def test_a_day_without_exercises_has_no_session() -> None:
    doses = {1: ("strengthening", DOSE, 40)}
    training = {"mobilising": WEEKDAYS, "strengthening": ("sun",)}
    assert [s.day for s in sessions(week_days(None), doses, training, 20)] == ["sun"]


@given(days=DAY_LISTS, start=st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
def test_sessions_of_a_plan_are_on_the_chosen_days_in_order(days: list[Weekday], start: dt.date) -> None:
    made = plan(days=days, start=start.isoformat(), weeks=2)
    for week in made.weeks:
        assert [session.day for session in week.sessions] == [day for day in week.days if day in days]


def test_a_program_may_begin_on_the_last_day_of_the_century_and_not_later() -> None:
    assert plan(start="2100-12-31", weeks=12).start == dt.date(2100, 12, 31)
    with pytest.raises(InputError, match=r"patient.yaml:1:\d+: start: the year 2101 cannot be meant"):
        plan(start="2101-01-01", weeks=2)
