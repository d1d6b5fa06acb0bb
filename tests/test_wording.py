"""Doses, dates and ranges in words."""

from __future__ import annotations

import datetime as dt
import re
import sys

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from programs import planned_dose, shipped_language

from pdfgen.content.models.dose import Amount
from pdfgen.content.models.language import Language
from pdfgen.planning.plan import PlannedDose
from pdfgen.planning.wording import (
    NO_BREAK,
    day_month,
    dose_amount,
    dose_cell,
    dose_short,
    hold_amount,
    is_one_hold,
    long_date,
    minutes,
    ranges,
)

NL, EN = (shipped_language(code).value for code in ("nl", "en"))

REPEATED = planned_dose("L2", 2, 8)
SIDES = planned_dose("L2", 1, 8, 2, per_side=True)
HELD = planned_dose("L2", 3, 1, 10)
BLANK = planned_dose("L2", 3, 8, 10, per_side=True, blank=True)


def spaced(text: str) -> str:
    return text.replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("dose", "short", "cell"),
    [
        (REPEATED, "2 × 8", "2 × 8"),
        (SIDES, "1 × 8 per kant, 2 tellen", "1 × 8"),
        (HELD, "3 × 10 tellen", "3 × 10 s"),
        (BLANK, "", "3 × 8"),
    ],
)
def test_doses_in_dutch(dose: PlannedDose, short: str, cell: str) -> None:
    assert spaced(dose_short(dose, NL)) == short
    assert spaced(dose_cell(dose, NL)) == cell


@pytest.mark.parametrize("dose", [REPEATED, SIDES, HELD])
def test_a_number_is_never_parted_from_its_sign_and_unit(dose: PlannedDose) -> None:
    assert " " not in dose_amount(dose, NL)
    assert " " not in dose_cell(dose, EN)
    assert " " not in hold_amount(dose, EN)


@given(
    sets=st.integers(1, 10), reps=st.integers(1, 50), hold=st.integers(0, 600), sides=st.booleans(),
    language=st.sampled_from([NL, EN]),
)  # fmt: skip
def test_a_dose_in_words_holds_all_its_numbers(
    sets: int, reps: int, hold: int, sides: bool, language: object
) -> None:
    dose = planned_dose("L2", sets, reps, hold, per_side=sides)
    words = dose_short(dose, language)  # type: ignore[arg-type]
    time = dose.hold_s.in_minutes.most if dose.hold_s.in_minutes else hold
    once = [] if sets == 1 and dose.hold_s.in_minutes else [sets]
    wanted = [*once, time] if is_one_hold(dose) else [sets, reps, *([time] if time else [])]
    assert [int(number) for number in re.findall(r"\d+", words)] == wanted
    assert (shipped_words(language) in words) is sides


@pytest.mark.parametrize(
    ("sets", "reps", "hold", "cell", "words"),
    [
        ((1, 1), (8, 10), (0, 0), "1 × 8–10", "1 × 8–10"),
        ((2, 3), (8, 8), (2, 4), "2–3 × 8", "2–3 × 8, 2–4 seconds"),
        ((3, 3), (1, 1), (10, 15), "3 × 10–15 s", "3 × 10–15 seconds"),
        ((1, 1), (1, 1), (900, 900), "15 min", "15 minutes"),
        ((3, 3), (1, 1), (120, 300), "3 × 2–5 min", "3 × 2–5 minutes"),
        ((1, 1), (1, 1), (60, 60), "1 × 60 s", "1 × 60 seconds"),
        ((1, 1), (1, 1), (150, 150), "1 × 150 s", "1 × 150 seconds"),
    ],
)
def test_ranges_and_times_in_words(
    sets: tuple[int, int], reps: tuple[int, int], hold: tuple[int, int], cell: str, words: str
) -> None:
    dose = PlannedDose("L2", Amount(*sets), Amount(*reps), Amount(*hold), per_side=False)
    assert spaced(dose_cell(dose, EN)) == cell
    assert spaced(dose_short(dose, EN)) == words


def shipped_words(language: object) -> str:
    return language.strings.per_side  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(("seconds", "whole"), [(0, 0), (1, 1), (60, 1), (61, 2), (330, 6), (3600, 60)])
def test_minutes_are_rounded_up(seconds: int, whole: int) -> None:
    assert minutes(seconds) == whole


def test_dates() -> None:
    date = dt.date(2026, 3, 2)
    assert spaced(long_date(date, NL)) == "maandag 2 maart 2026"
    assert spaced(long_date(date, EN)) == "Monday 2 March 2026"
    assert spaced(day_month(date, NL)) == "2 mrt"
    assert spaced(day_month(date, EN)) == "2 Mar"
    assert "29" in long_date(dt.date(2024, 2, 29), NL)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([3], "3"),
        ([1, 2], "1–2"),
        ([1, 2, 3, 5], "1–3, 5"),
        ([5, 1, 3], "1, 3, 5"),
        ([4, 3, 2, 1], "1–4"),
    ],
)
def test_runs_of_numbers_are_joined(numbers: list[int], words: str) -> None:
    assert ranges(numbers) == words


@given(st.sets(st.integers(1, 40)))
def test_ranges_hold_the_same_numbers(numbers: set[int]) -> None:
    found = set()
    for part in filter(None, ranges(sorted(numbers)).split(", ")):
        first, _, last = part.partition("–")
        found |= set(range(int(first), int(last or first) + 1))
    assert found == numbers


@pytest.mark.parametrize("language", [NL, EN])
class TestAsBabelSays:
    """What a language's file says for itself, so that Babel need not be loaded, is what Babel says."""

    def test_dates(self, language: Language) -> None:
        for day in (dt.date(2027, 12, 20) + dt.timedelta(days=days) for days in range(400)):
            for pattern, told in (
                (language.date_long, long_date(day, language)),
                (language.date_day_month, day_month(day, language)),
            ):
                assert told == format_date(day, pattern, locale=language.locale)

    def test_plurals(self, language: Language) -> None:
        bare = language.model_copy(update={"singular": None})
        for number in range(150):
            assert language.count("week", number) == bare.count("week", number)

    def test_other_patterns_and_languages_without_names(self, language: Language) -> None:
        day = dt.date(2026, 3, 2)
        for pattern in ("dd-MM-yyyy", "d 'd' MMM", "EEE d MMM y"):
            changed = language.model_copy(update={"date_long": pattern})
            assert long_date(day, changed) == format_date(day, pattern, locale=language.locale)
        bare = language.model_copy(update={"months": None, "months_short": None})
        assert long_date(day, bare) == long_date(day, language)

    def test_it_is_not_loaded(self, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "babel", None)
        monkeypatch.setitem(sys.modules, "babel.dates", None)
        assert str(2026) in long_date(dt.date(2026, 3, 2), language)
        assert language.count("week", 2).startswith("2 ")
