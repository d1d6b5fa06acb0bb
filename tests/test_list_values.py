"""Cells of lists as people write them: names, yes and no, days, dates, amounts, languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from list_reading import cell, data_of, read, told

from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.content.rosters.columns import Kind, kind_of
from pdfgen.content.rosters.dates import read_date
from pdfgen.content.rosters.days import read_days
from pdfgen.content.rosters.languages import language_code
from pdfgen.content.rosters.options import RosterOptions


class TestNames:
    @pytest.mark.parametrize(
        ("heading", "text", "value"),
        [
            ("program", "Kort: 4 oefeningen", "short-four"), ("program", "kort", "short-four"),
            ("program", "Short four", "short-four"), ("program", "ALLES", "full-seven"),
            ("exercises", "Bruggetje; Hol-bol", ["bridge", "cat-cow"]),
            ("exercises", "Leg lengthening, plank", ["leg-lengthening", "plank"]),
            ("exercises", "Planken en bruggetje", ["plank", "bridge"]),
            ("exercises", "Arm en been strekken", ["bird-dog"]),
            ("exercises", "kindhouding\nKnieën links-rechts", ["childs-pose", "knee-rolls"]),
            ("situations", "pijn in je knie", ["knee-pain"]),
            ("situations", "reuma in je rug, zoals de ziekte van Bechterew", ["inflammatory-back-disease"]),
            ("confirmed", "Planken/pijn in je pols", ["plank/wrist-pain"]),
            ("layout", "Muurblad", "wall-sheet"), ("layout", "own.yaml", "own.yaml"),
            ("notes", "{Bruggetje: Rustig}", {"bridge": "Rustig"}),
        ],
    )  # fmt: skip
    def test_in_any_language(self, heading: str, text: str, value: Any) -> None:
        assert cell(heading, text) == value

    def test_in_headings(self) -> None:
        (row,) = data_of(
            read("naam;notities.Bruggetje;dosering.Knieën links-rechts.herhalingen\nA;Rustig;8\n")
        )
        assert row["notes"] == {"bridge": "Rustig"}
        assert row["doses"] == {"knee-rolls": {"reps": 8}}

    def test_in_lists_of_files_with_keys(self) -> None:
        text = "- {naam: A, programma: Kort, oefeningen: [Bruggetje, Plank], dagen: [maandag, woensdag]}"
        (row,) = data_of(read(text, "r.yaml"))
        assert (row["program"], row["exercises"]) == ("short-four", ["bridge", "plank"])
        assert row["days"] == ["mon", "wed"]


class TestSimpleValues:
    @pytest.mark.parametrize(
        "text", ["ja", "x", "1", "WAAR", "true", "Yes", "nee", "0", "onwaar", "FALSE", "n"]
    )
    @pytest.mark.parametrize("heading", ["large", "read_back", "doses.plank.blank", "doses.plank.per_side"])
    def test_yes_and_no_in_every_column_of_that_kind(self, heading: str, text: str) -> None:
        assert cell(heading, text) is (text in ("ja", "x", "1", "WAAR", "true", "Yes"))

    def test_every_key_that_is_true_or_false_is_such_a_column(self) -> None:
        for model, first in ((Prescription, ()), (DoseOverride, ("doses", "plank"))):
            for name, field in model.model_fields.items():
                if field.annotation in (bool, bool | None):
                    assert kind_of((*first, name)) is Kind.YES_NO, name

    @pytest.mark.parametrize(
        ("text", "value"), [("6", 6), ("6,0", 6), ("6.00", 6), ("6 weken", 6), ("6,5", "6,5")]
    )
    def test_whole_numbers(self, text: str, value: object) -> None:
        assert cell("weeks", text) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [("8:30 AM", "8:30"), ("8:30 p.m.", "20:30"), ("12 am", "0:00"), ("12:15 PM", "12:15"),
         ("9pm", "21:00"),
         ("8u30", "8:30"), ("9 uur", "9:00"), ("13 pm", "13 pm"), ("half negen", "half negen")],
    )  # fmt: skip
    def test_times(self, text: str, value: str) -> None:
        assert cell("at", text) == value

    @pytest.mark.parametrize("text", ["46083", " 46083 ", "46083.5", "46083,0"])
    def test_a_day_number_of_a_spreadsheet_is_named(self, text: str) -> None:
        (problem,) = read(f"naam;startdatum\nA;{text}\n").problems
        assert "is a number, not a date; give the cell the format of a date" in str(problem)


class TestDays:
    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("ma t/m vr", "mon tue wed thu fri"), ("maandag tot en met woensdag", "mon tue wed"),
            ("mon-fri", "mon tue wed thu fri"), ("Monday to Thursday", "mon tue wed thu"),
            ("ma-wo-vr", "mon wed fri"), ("ma - vr", "mon tue wed thu fri"), ("vr t/m ma", "fri sat sun mon"),
            ("maandag en donderdag", "mon thu"), ("Mon., Wed. & Fri.", "mon wed fri"), ("MWF", "mon wed fri"),
            ("M/W/F", "mon wed fri"), ("T Th", "tue thu"), ("dagelijks", "mon tue wed thu fri sat sun"),
            ("every day", "mon tue wed thu fri sat sun"), ("werkdagen", "mon tue wed thu fri"),
            ("weekdays and Saturday", "mon tue wed thu fri sat"), ("weekend", "sat sun"),
            ("elke dag behalve zondag", "mon tue wed thu fri sat"),
            ("'s maandags en 's donderdags", "mon thu"),
            ("ma t/m wo, za", "mon tue wed sat"), ("ma+do", "mon thu"), ("ma–wo", "mon tue wed"),
        ],
    )  # fmt: skip
    def test_ranges_and_words(self, text: str, days: str) -> None:
        assert list(read_days(text).days) == days.split()

    @pytest.mark.parametrize("text", ["3x per week", "2 keer per week", "om de dag", "every other day"])
    def test_how_often_is_not_when(self, text: str) -> None:
        with pytest.raises(ValueError, match="says how often, and not on which days"):
            read_days(text)

    def test_a_range_with_a_hyphen_is_told(self) -> None:
        assert "ma-do is read as mon to thu, 4 days" in told(read("naam;dagen\nA;ma-do\n"))

    def test_a_word_that_is_no_day_is_named_by_its_place(self) -> None:
        with pytest.raises(ValueError, match='word 2 names no day of the week; did you mean "woensdag"'):
            read_days("ma, wensdag")


class TestDates:
    @pytest.mark.parametrize(
        "text",
        ["ma 2 maart 2026", "Monday, March 2, 2026", "2-mrt-26", "2026-03-02T00:00:00.000Z",
         "2026-03-02 08:30", "2026-W10-1", "2nd March 2026", "02-MAR-2026", "March 2nd, 2026",
         "maandag 2 maart 2026", "ma 2-3-2026", "2 mrt. 2026 om 9:00", "Mon 2 Mar 2026",
         "2026-03-02T08:00:00+01:00", "2 maart '26"],
    )  # fmt: skip
    def test_ways_to_write_a_day(self, text: str) -> None:
        assert str(read_date(text)) == "2026-03-02"

    @pytest.mark.parametrize(
        ("text", "said"),
        [("di 2 maart 2026", "no such weekday"),
         ("2026-03-01T23:00:00.000Z", "may be 2026-03-01 or 2026-03-02"), ("2-3-2026",
         "--day-first or --month-first"), ("2-3-26", "year of two digits")],
    )  # fmt: skip
    def test_days_that_are_refused(self, text: str, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            read_date(text)

    @pytest.mark.parametrize(
        ("texts", "first"),
        [
            (["2-3-2026", "23-3-2026"], "2026-03-02"), (["3/2/2026", "3/23/2026"], "2026-03-02"),
            (["2/3/2026", "23.3.2026"], "2026-03-02"), (["2-3-2026", "23-3-2026", "3/23/2026"], "2026-03-02"),
        ],
    )  # fmt: skip
    def test_a_column_decides_the_order(self, texts: Sequence[str], first: str) -> None:
        for found in (
            read("naam;startdatum\n" + "".join(f"A{i};{text}\n" for i, text in enumerate(texts))),
            read(json.dumps([{"naam": f"A{i}", "start": text} for i, text in enumerate(texts)]), "r.json"),
        ):
            assert data_of(found)[0]["start"] == first
            assert f"{texts[0]} is read in the order of" in told(found)

    @pytest.mark.parametrize("name", ["r.csv", "r.json"])
    def test_the_month_comes_first_for_a_clinic_in_the_united_states_and_it_is_said(self, name: str) -> None:
        rows = [{"naam": "A", "start": "3/4/2026"}, {"naam": "B", "start": "3/5/2026"}]
        table = "naam;start\n" + "".join(f"{row['naam']};{row['start']}\n" for row in rows)
        text = json.dumps(rows) if name.endswith("json") else table
        found = read(text, name, RosterOptions(country="US"))
        assert [data["start"] for data in data_of(found)] == ["2026-03-04", "2026-03-05"]
        assert "3/4/2026 is read in the order of the United States" in told(found)
        assert len(read(text, name, RosterOptions(country="GB")).problems) == len(rows)
        other = read(text.replace("3/5/2026", "23/5/2026"), name, RosterOptions(country="US"))
        assert data_of(other)[0]["start"] == "2026-04-03"

    def test_a_column_with_both_orders_does_not(self) -> None:
        found = read("naam;startdatum\nA;2/3/2026\nB;23/3/2026\nC;3/23/2026\n")
        assert [problem.row for problem in found.problems] == [2]

    def test_a_year_of_two_digits_and_a_time_are_told(self) -> None:
        found = told(read("naam;startdatum\nA;2-mrt-26\nB;2026-03-02 08:30\n"))
        assert "row 2" in found
        assert "of this century" in found
        assert "time of day, which is not used" in found


class TestAmounts:
    @pytest.mark.parametrize(
        ("heading", "text", "value"),
        [
            ("doses.bridge.reps", "8-10", "8-10"), ("doses.bridge.reps", "8 – 10", "8-10"),
            ("doses.bridge.reps", "8 tot 10", "8-10"), ("doses.bridge.reps", "8 to 10", "8-10"),
            ("doses.bridge.reps", "8 à 10 keer", "8-10"), ("doses.bridge.reps", "10x", 10),
            ("doses.bridge.sets", "3 sets", 3), ("doses.plank.hold_s", "30 sec.", 30),
            ("doses.plank.minutes", "2 min", 2), ("weeks", "6 weken", 6),
            ("doses.plank.hold_s", "20-30 s", "20-30"),
        ],
    )  # fmt: skip
    def test_ranges_and_units(self, heading: str, text: str, value: Any) -> None:
        assert cell(heading, text) == value

    @pytest.mark.parametrize("text", ["3x10", "8 of 10", "10 kg", "veel"])
    def test_what_is_no_number_stays_what_it_is(self, text: str) -> None:
        assert cell("doses.bridge.reps", text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [("nl", "nl"), ("NLD", "nl"), ("dut", "nl"), ("Dutch", "nl"), ("Nederlands", "nl"), ("nl_NL", "nl"),
     ("nl-BE", "nl"), ("eng", "en"), ("en-GB", "en"), ("English (UK)", "en"),
     ("Engels", "en"), ("Vlaams", "nl"), ("deu", "de"), ("fr-CA", "fr"), ("klingon", "klingon")],
)  # fmt: skip
def test_codes_and_names_of_languages(text: str, code: str) -> None:
    assert language_code(text) == code
