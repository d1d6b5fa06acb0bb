"""Weekdays of each kind of exercise."""

from __future__ import annotations

import pytest

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.content.models.prescription import Days
from pdfgen.content.models.weekdays import adjacent, days_in_a_row, training_days


def test_sunday_and_monday_are_adjacent() -> None:
    assert adjacent("sun", "mon")
    assert adjacent("mon", "tue")
    assert not adjacent("mon", "wed")
    assert days_in_a_row(["sun", "thu", "mon"])
    assert not days_in_a_row(["sun"])


@pytest.mark.parametrize(
    ("days", "strengthening"),
    [
        (["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ("mon", "wed", "fri")),
        (["fri", "mon", "thu", "tue"], ("mon", "thu")),
        (["mon", "tue"], ("mon",)),
        (["sun", "mon"], ("mon",)),
        (["tue", "thu", "sat"], ("tue", "thu", "sat")),
    ],
)
def test_strengthening_is_spread_over_a_list(days: list[Weekday], strengthening: tuple[Weekday, ...]) -> None:
    found = training_days(days)
    assert found["strengthening"] == strengthening
    assert found["mobilising"] == tuple(day for day in WEEKDAYS if day in days)


def test_days_for_each_kind_are_taken_as_written() -> None:
    days = Days(mobilising=("sun",), strengthening=("tue", "mon"))
    assert training_days(days) == {"mobilising": ("sun",), "strengthening": ("mon", "tue")}
    assert training_days(None)["strengthening"] == ("mon", "wed", "fri")
