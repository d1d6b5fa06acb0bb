"""Doses, dates and ranges in words."""

from __future__ import annotations

import datetime as dt
import re
import sys

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st
from programs import planned, planned_dose, shipped_language

from pdfgen.content.models.dose import Amount
from pdfgen.content.models.language import Language
from pdfgen.planning.planned_exercise import PlannedDose
from pdfgen.planning.wording import (
    NO_BREAK,
    day_month,
    dose_words,
    long_date,
    minutes,
    ranges,
    week_words,
)
from pdfgen.typesetting.fonts import FontFamily
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

NL, EN = (shipped_language(code).value for code in ("nl", "en"))


def spaced(text: str) -> str:
    return text.replace(NO_BREAK, " ")


REPEATED = planned_dose("L2", 2, 8)
HELD = planned_dose("L2", 3, 1, 10)
SIDES = planned_dose("L2", 1, 5, 2, per_side=True)
LOADED = planned_dose("L2", 1, 8, one_side="left", load="2 kg", times_a_day=2)


@pytest.mark.parametrize(
    ("dose", "dutch", "english"),
    [
        (REPEATED, "2 keer 8", "2 times 8"),
        (planned_dose("L2", 1, 8), "8 keer", "8 times"),
        (planned_dose("L2", 1, 1), "1 keer", "1 time"),
        (planned_dose("L2", 3, 1), "3 keer", "3 times"),
        (HELD, "3 keer 10 tellen", "3 times 10 seconds"),
        (planned_dose("L2", 1, 1, 10), "10 tellen", "10 seconds"),
        (planned_dose("L2", 1, 1, 900), "15 minuten", "15 minutes"),
        (planned_dose("L2", 1, 6, 1), "6 keer, 1 tel vasthouden", "6 times, hold for 1 second"),
        (SIDES, "5 keer aan elke kant, 2 tellen vasthouden", "5 times on each side, hold for 2 seconds"),
        (
            LOADED,
            "8 keer, alleen je linkerkant, 2 kg, 2 keer per dag",
            "8 times, only your left side, 2 kg, 2 times a day",
        ),
        (planned_dose("L2", 3, 8, blank=True), "", ""),
    ],
)
def test_a_dose_is_said_in_words(dose: PlannedDose, dutch: str, english: str) -> None:
    assert spaced(dose_words(dose, NL).line) == dutch
    assert spaced(dose_words(dose, EN).line) == english


def test_an_exercise_has_its_own_words_for_each_side() -> None:
    dose = SIDES._replace(each_side="naar elke kant")
    assert spaced(dose_words(dose, NL).amount) == "5 keer naar elke kant"
    both = planned("knee-rolls").doses[0], planned("knee-rolls", language="en").doses[0]
    assert [spaced(dose_words(d, lang).amount) for d, lang in zip(both, (NL, EN), strict=True)] == [
        "5 keer naar elke kant",
        "5 times to each side",
    ]


def test_rest_is_said_where_there_are_several_sets_and_it_is_known() -> None:
    assert spaced(dose_words(HELD, NL, 20).line) == "3 keer 10 tellen, 20 tellen rust ertussen"
    assert dose_words(HELD, NL).pause == ""
    assert dose_words(planned_dose("L2", 1, 8), NL, 20).pause == ""


def written(text: Text, width: float) -> list[str]:
    """The lines of a text as they are read."""
    return [
        "".join(
            "".join(glyph.text for part in word.pieces for glyph in part.glyphs) + " " * bool(word.space)
            for word in line.words
        ).rstrip()
        for line in text.lines(width)
    ]


AMOUNTS = st.tuples(st.integers(1, 50), st.integers(0, 4)).map(lambda pair: Amount(pair[0], sum(pair)))
HOLDS = st.one_of(st.just(Amount.of(0)), AMOUNTS, st.integers(2, 10).map(lambda m: Amount.of(60 * m)))
DOSES = st.builds(
    PlannedDose, level=st.just("L2"), sets=AMOUNTS, reps=AMOUNTS, hold_s=HOLDS, per_side=st.booleans(),
    load=st.sampled_from(["", "2 kg", "rode band"]), times_a_day=st.integers(1, 3), blank=st.just(False),
    one_side=st.none(), each_side=st.just(""),
)  # fmt: skip


@given(dose=DOSES, language=st.sampled_from([NL, EN]))
def test_a_dose_in_words_holds_all_its_numbers_and_no_formula(dose: PlannedDose, language: Language) -> None:
    words = dose_words(dose, language)
    time = dose.hold_s.in_minutes or dose.hold_s
    one_hold = dose.reps.most == 1 and dose.hold_s.most
    shown = [dose.sets] if dose.sets.most > 1 else []
    shown += [time] if one_hold else [dose.reps] if dose.reps.most > 1 or dose.sets.most == 1 else []
    shown += [time] if dose.hold_s.most and not one_hold else []
    wanted = [n for amount in shown for n in dict.fromkeys(amount)]
    said = re.findall(r"\d+", words._replace(load="", often="").line)
    assert [*map(int, said)] == wanted
    assert not re.search(r"[×–]|\d ?s\b|\bmin\b", words.line)
    assert all(" " not in part for part in words)
    assert (language.strings.per_side in spaced(words.amount)) is dose.per_side


@given(dose=DOSES)
def test_a_dose_is_on_one_line_where_it_fits_and_else_breaks_between_its_parts(
    fonts: FontFamily, dose: PlannedDose
) -> None:
    words = dose_words(dose, NL)
    text = Text(words.line, TextStyle(14, 17, bold=True), fonts)
    assert len(text.lines(text.natural_width + 0.1)) == 1
    bold = TextStyle(14, 17, bold=True)
    widest = max(Text(f"{part},", bold, fonts).natural_width for part in words if part)
    assert all(end.endswith(",") for end in written(text, widest)[:-1])


def test_a_dose_wider_than_its_line_breaks_between_words(fonts: FontFamily) -> None:
    lines = written(Text(dose_words(SIDES, NL).amount, TextStyle(14, 17, bold=True), fonts), 60.0)
    assert len(lines) > 1
    assert spaced(" ".join(lines)) == "5 keer aan elke kant"


@pytest.mark.parametrize(
    ("weeks", "dutch", "english"),
    [
        ([1], "Week 1", "Week 1"),
        ([1, 2], "Week 1 en 2", "Weeks 1 and 2"),
        ([3, 4, 5, 6], "Week 3 tot en met 6", "Weeks 3 to 6"),
        ([1, 2, 5], "Week 1, 2 en 5", "Weeks 1, 2 and 5"),
        ([1, 4, 5, 6], "Week 1 en 4 tot en met 6", "Weeks 1 and 4 to 6"),
    ],
)
def test_weeks_in_words(weeks: list[int], dutch: str, english: str) -> None:
    assert spaced(week_words(weeks, NL)) == dutch
    assert spaced(week_words(weeks, EN)) == english


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
