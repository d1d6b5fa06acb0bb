"""Lists as clinics have them: tables of text, what stands around them, and cells as people write them.

A test is named after its kind; workbooks have `test_sheets`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import rosters
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.content.rosters.code_pages import guess
from pdfgen.content.rosters.columns import Kind, kind_of
from pdfgen.content.rosters.dates import read_date
from pdfgen.content.rosters.days import read_days
from pdfgen.content.rosters.languages import language_code
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import roster_of
from pdfgen.content.rosters.roster import Roster
from pdfgen.errors import InputError

IGNORING = RosterOptions(ignore_unknown=True)


def read(content: str | bytes, name: str = "r.csv", options: RosterOptions | None = None) -> Roster:
    return roster_of(content if isinstance(content, bytes) else content.encode(), name, options)


def data_of(found: Roster) -> list[Any]:
    assert found.problems == (), found.problems
    return [row.source.data for row in found.rows]


def labels(found: Roster) -> list[str]:
    return [data["patient"]["label"] for data in data_of(found)]


def told(found: Roster) -> str:
    return "\n".join(map(str, found.warnings))


def cell(heading: str, text: str) -> Any:
    """Return what a prescription gets of one cell."""
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["name", heading], ["x", text]])
    (row,) = data_of(read(table.getvalue()))
    for key in heading.split("."):
        row = row[key]
    return row


class TestQuotes:
    @pytest.mark.parametrize(
        ("text", "bad", "good"),
        [
            ('A;x;"fietsen\nB;y;wandelen"\nC;z;tuin', [2, 3], ["C"]),
            ('A;x;"een\nB;y;twee\nC;z;drie"\nD;w;vier', [2, 3, 4], ["D"]),
            ('"A;x;y\nB";z;w\nC;z;tuin', [2, 3], ["C"]),
            ('A;"x;y\nB;z";w\nC;z;tuin', [2, 3], ["C"]),
            ('A;x;"fietsen\r\nB;y;wandelen"\r\nC;z;tuin', [2, 3], ["C"]),
        ],
    )
    def test_two_stray_quotes_swallow_no_rows(self, text: str, bad: list[int], good: list[str]) -> None:
        found = read(f"naam;therapeut;doel\n{text}\n")
        assert [problem.row for problem in found.problems] == bad
        assert [row.source.data["patient"]["label"] for row in found.rows if not row.problems] == good
        assert "a quote that is opened in row 2" in str(found.problems[0])

    @pytest.mark.parametrize(
        "goal",
        ["fietsen\nnaar het werk", "fietsen, lopen\nen zwemmen, elke dag", 'zeg: ""ja""\nen ga', "a;\nb"],
    )
    def test_a_text_over_lines_is_one_text(self, goal: str) -> None:
        found = read(f'naam;therapeut;doel\nA;x;"{goal}"\nB;y;z\n')
        assert labels(found) == ["A", "B"]
        assert data_of(found)[0]["goal"] == goal.replace('""', '"')

    def test_inches_are_no_quotes(self) -> None:
        assert data_of(read('naam;doel\nA;band van 5"\n'))[0]["goal"] == 'band van 5"'


CODE_PAGES: Sequence[tuple[str, str, Sequence[str]]] = (
    ("cp1250", "Windows-1250", ("M. Kovač", "A. Dvořák")),
    ("cp1250", "Windows-1250", ("Łukasz", "Wałęsa")),
    ("cp1250", "Windows-1250", ("Szőke Gergő",)),
    ("cp1252", "Windows-1252", ("Renée", "Daniëls")),
    ("cp1252", "Windows-1252", ("Liège", "João", "Søren", "d’Arcy")),
    ("cp1252", "Windows-1252", ("Öztürk", "Çelik", "ZOË")),
    ("mac_roman", "Mac Roman", ("Renée", "Müller")),
    ("cp850", "DOS 850", ("Zoë", "Müller")),
)


class TestCodePages:
    @pytest.mark.parametrize(("codec", "name", "names"), CODE_PAGES)
    def test_a_guess_is_told_with_the_first_word(self, codec: str, name: str, names: Sequence[str]) -> None:
        found = read(("naam;programma\r\n" + "".join(f"{n};starter\r\n" for n in names)).encode(codec))
        assert labels(found) == list(names)
        word = next(word for word in names[0].split() + list(names) if not word.isascii())
        assert f"read as {name}, which is a guess" in told(found)
        assert f'"{word}"' in told(found)
        # What is kept of the message names nobody.
        assert all(word not in warning.message for warning in found.warnings)

    @pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_what_says_its_encoding_is_no_guess(self, codec: str) -> None:
        found = read("naam;programma\r\nM. Kovač;starter\r\n".encode(codec))
        assert labels(found) == ["M. Kovač"]
        assert "guess" not in told(found)

    @pytest.mark.parametrize("name", ["Renée", "Daniëls", "Kovač"])
    def test_letters_that_were_garbled_before_are_told(self, name: str) -> None:
        garbled = name.encode().decode("cp1252", "replace")
        found = read(f"naam;programma\n{garbled};starter\n")
        assert "were garbled before the file was saved" in told(found)

    @given(st.text(st.characters(codec="cp1252", categories=("L",)), min_size=1))
    def test_any_letters_give_a_guess(self, text: str) -> None:
        assert guess(text.encode("cp1252")).text


class TestDeclaredDelimiter:
    @pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", " sep=; ", "sep=;;;;", "Sep=;"])
    def test_in_any_spelling(self, first: str) -> None:
        assert labels(read(f"{first}\nnaam;doel\nA, B;x\n")) == ["A, B"]

    def test_of_a_tab_and_behind_a_mark(self) -> None:
        assert labels(read("\ufeffsep=\t\r\nnaam\tdoel\r\nA\tx\r\n".encode("utf-16"))) == ["A"]


class TestLinesInQuotes:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ('"naam;programma"\n"A;starter"\n"B;starter"\n', ["A", "B"]),
            ('"naam,programma"\r\n"""Bakker, A."",starter"\r\n', ["Bakker, A."]),
            ('"naam\tprogramma"\n\n"A\tstarter"\n', ["A"]),
        ],
    )
    def test_each_line_as_one_cell(self, text: str, names: list[str]) -> None:
        found = read(text)
        assert labels(found) == names
        assert "each line stands in quotes as a whole" in told(found)
        assert [row.number for row in found.rows] == [3 if "\n\n" in text else 2, 3][: len(names)]

    @pytest.mark.parametrize(
        "text",
        [
            '"naam"\n"Bakker, A."\n',
            '"naam";"doel"\n"Bakker, A.";"x"\n',
            '"naam";doel\n"Bakker, A.";x\n',
        ],
    )
    def test_cells_in_quotes_are_something_else(self, text: str) -> None:
        found = read(text)
        assert labels(found) == ["Bakker, A."]
        assert "each line" not in told(found)

    def test_the_mark_of_old_systems_for_the_end_is_no_row(self) -> None:
        assert labels(read("naam;programma\nA;starter\n\x1a")) == ["A"]

    @pytest.mark.parametrize(
        "heading", ["\u200bnaam", "na\u00adam", "\ufeffnaam", "naam\u200e", " naam\u00a0"]
    )
    def test_what_nobody_sees_in_a_heading(self, heading: str) -> None:
        assert labels(read(f"{heading};programma\nA;starter\n")) == ["A"]

    @pytest.mark.parametrize("name", ["p.xml", "p.csv", "p.json", "p.ndjson", "p"])
    def test_fhir_in_xml_is_named(self, name: str) -> None:
        with pytest.raises(InputError, match="is FHIR in XML; export it as JSON or NDJSON"):
            read('<?xml version="1.0"?>\n<Bundle xmlns="http://hl7.org/fhir"><id value="a"/></Bundle>', name)


class TestAroundTheList:
    @pytest.mark.parametrize(
        "footer",
        [
            "Aantal records: 1", "Totaal: 2", "Totaal", "Geëxporteerd op 1-3-2026 door receptie",
            "2 patiënten", "Total", "Exported by reception", "Records: 2", "Pagina 1 van 1",
            "Datum: 1-3-2026", "* = nieuw",
            "-----", "© 2026 EPD", "Printed on 1 March", "Laatst bijgewerkt 1 maart", "Subtotaal maart",
        ],
    )  # fmt: skip
    def test_footers_and_totals_are_not_read_and_told(self, footer: str) -> None:
        found = read(f"naam;startdatum\nA. Bakker;2026-03-02\nB. Smit;2026-03-09\n\n{footer};\n")
        assert labels(found) == ["A. Bakker", "B. Smit"]
        assert "row 5 is no patient but a total, a remark or a footer, and not read" in told(found)

    def test_a_total_with_a_figure(self) -> None:
        assert labels(read("naam;weken;startdatum\nA;6;2026-03-02\nTotaal;6;\n")) == ["A"]

    @pytest.mark.parametrize(
        "name", ["T. Total-Smit", "Page, J.", "P-0417", "Datumpje", "Som, A.", "N. Bron"]
    )
    def test_names_are_no_footers(self, name: str) -> None:
        assert labels(read(f"naam;startdatum\nA;2026-03-02\n{name};2026-03-02\n")) == ["A", name]

    @pytest.mark.parametrize(
        "group",
        ["Maandag", "maandagochtend", "Dinsdag 3 maart", "Monday, 2 March", "Groep B", "TEAM ROOD", "Fysio:",
         "Kamer 12", "Wachtlijst", "Week 10", "– Ochtend –", "Nieuwe patiënten", "Locatie Zuid (oud)"],
    )  # fmt: skip
    def test_names_of_groups_are_not_read_and_told(self, group: str) -> None:
        found = read(f"naam;startdatum\n{group};\nA. Bakker;2026-03-02\n{group}\nB. Smit;2026-03-02\n")
        assert labels(found) == ["A. Bakker", "B. Smit"]
        assert "rows 2 and 4 are no patient but the name of a group, and not read" in told(found)

    @pytest.mark.parametrize("name", ["Zondag A.", "Teamers", "P. Groep", "Mevr. Vrijdag", "J. Kamer", "Ma"])
    def test_names_of_people_are_no_groups(self, name: str) -> None:
        assert labels(read(f"naam;startdatum\nA;2026-03-02\n{name};2026-03-02\n")) == ["A", name]
        assert labels(read(f"naam\nA\n{name}\n")) == ["A", name]

    @pytest.mark.parametrize(
        "cells", ["T. Groot;;", "belt nog over de tijd;;", ";;zie ommezijde", "A. Bakker"]
    )
    def test_a_row_with_one_cell_is_no_program_where_all_others_have_more(self, cells: str) -> None:
        found = read(f"naam;startdatum;doel\n{cells}\nA;2026-03-02;x\nB;2026-03-02;\n")
        (problem,) = found.problems
        assert problem.row == 2
        assert 'all other rows have "startdatum"; fill that in, or take the row out' in problem.message

    @pytest.mark.parametrize(
        ("table", "told_of"),
        [
            # What nobody must fill in may be left open.
            ("naam;doel;boodschap\nA;x;\nB;;y\nC;;\n", "in row 4 only one cell is filled in"),
            ("naam;doel\nA;x\nB;\n", "in row 3 only one cell is filled in"),
            # Most have nothing but a name, so that this is how the list is.
            ("naam;startdatum\nA;\nB;\nC;2026-03-02\n", ""),
            ("naam;startdatum\nA;\nB;\n", ""),
        ],
    )
    def test_patients_of_whom_only_the_name_is_known(self, table: str, told_of: str) -> None:
        found = read(table)
        assert not found.problems
        assert labels(found) == ["A", "B", "C"][: table.count("\n") - 1]
        assert told_of in told(found)

    @pytest.mark.parametrize(
        "table",
        ["naam;A;B\nprogramma;starter;starter\n", "naam;A\nstartdatum;2026-03-02\ndoel;x\n",
         "program;starter\nlabel;A\nweeks;6\n"],
    )  # fmt: skip
    def test_a_table_that_is_turned_is_named(self, table: str) -> None:
        with pytest.raises(InputError, match="stand below each other in the first column; turn the table"):
            read(table, options=IGNORING)

    @pytest.mark.parametrize("name", ["Doel", "Begin", "Client"])
    def test_a_patient_who_is_called_as_a_heading(self, name: str) -> None:
        assert labels(read(f"naam;doel\n{name};x\nA;y\n")) == [name, "A"]

    def test_the_headings_once_more(self) -> None:
        found = read("Naam;Startdatum\nA;2026-03-02\nnaam ; startdatum\nB;2026-03-02\nNAAM;STARTDATUM\n")
        assert labels(found) == ["A", "B"]
        assert "rows 3 and 5 are the headings once more" in told(found)

    @pytest.mark.parametrize("title", ["Patiënten maart", "Patiënten maart;;", "Praktijk Groot\n1-3-2026;"])
    def test_titles_above_the_headings(self, title: str) -> None:
        found = read(f"{title}\n\nnaam;programma;doel\nA;starter;x\n")
        assert labels(found) == ["A"]
        assert "above the headings, and not read" in told(found)

    def test_cells_without_a_heading_are_told(self) -> None:
        found = read("naam;;doel\nA;let op;x\nB;;y\n")
        assert "column 2 has no heading, and is not read (first in row 2)" in told(found)
        beside = read("naam;doel\nA;x;;zie boven\nB;y\n")
        assert labels(beside) == ["A", "B"]
        assert "column 4 has no heading" in told(beside)


class TestColumns:
    @pytest.mark.parametrize(
        "heading",
        ["Patiëntnummer", "Geboortedatum", "Einddatum", "Telefoon", "Cliëntnr", "Stopdatum", "E-mail",
         "Patientnr", "Geslacht", "BSN", "Postcode", "Leeftijd", "Date of birth", "A", "B", "Nr", "Week"],
    )  # fmt: skip
    def test_what_means_something_else_is_never_suggested(self, heading: str) -> None:
        with pytest.raises(InputError) as caught:
            read(f"naam;programma;{heading}\nA;starter;1\n")
        assert "unknown column" in str(caught.value)
        assert "--ignore-unknown" in str(caught.value)
        if heading != "Week":
            assert "did you mean" not in str(caught.value)

    @pytest.mark.parametrize(
        ("heading", "meant"),
        [("Startdatun", "startdatum"), ("progam", "program"), ("Programa", "program"),
         ("Beginndatum", "begindatum"), ("naaam", "naam"), ("therapuet", "therapeut")],
    )  # fmt: skip
    def test_a_slip_of_the_pen_is(self, heading: str, meant: str) -> None:
        with pytest.raises(InputError, match=f'did you mean "{meant}'):
            read(f"taal;{heading}\nnl;x\n")

    def test_more_columns_than_are_known_can_be_left_out(self) -> None:
        found = read("BSN;Naam;Startdatun;Programma\n1;A;2026-03-02;starter\n", options=IGNORING)
        assert data_of(found) == [{"patient": {"label": "A"}, "program": "starter"}]
        assert 'headings are not known: "BSN", "Startdatun"' in told(found)
        assert 'not read; did you mean "startdatum"?' in told(found)

    def test_more_keys_than_are_known_can_be_left_out(self) -> None:
        found = read('[{"naam": "A", "bsn": 1}, {"naam": "B", "bsn": 2}]', "r.json", IGNORING)
        assert data_of(found) == [{"patient": {"label": "A"}}, {"patient": {"label": "B"}}]
        assert "rows 1 and 2, bsn: this key is not known" in told(found)

    @pytest.mark.parametrize(
        ("headings", "row", "label"),
        [
            ("naam;voornaam", "Bakker;Anna", "Anna Bakker"),
            ("naam;voorletters;tussenvoegsel", "Berg;A.M.;van den", "A.M. van den Berg"),
            ("naam;voornaam", "Berg, van den;Anna", "Anna van den Berg"),
            ("naam;achternaam", "Anna;Bakker", "Anna Bakker"),
            ("naam;voornaam", "Anna Bakker;Anna", "Anna Bakker"),
            ("naam;voornaam", "A. Bakker;Anna", "A. Bakker"),
            ("naam;voornaam;achternaam", "Anna Bakker;Anna;Bakker", "Anna Bakker"),
            ("voorletters;roepnaam;achternaam", "A.M.;Anna;Bakker", "Anna Bakker"),
            ("aanhef;name;first name", "Mrs;Baker;Ann", "Mrs Ann Baker"),
        ],
    )
    def test_a_name_in_two_columns(self, headings: str, row: str, label: str) -> None:
        found = read(f"{headings};programma\n{row};starter\n")
        assert labels(found) == [label]
        assert told(found) or label == "Anna Bakker"

    @pytest.mark.parametrize("heading", ["opmerkingen", "Notities", "note"])
    def test_free_text_under_notes_is_not_read_and_told(self, heading: str) -> None:
        found = read(f"naam;programma;{heading}\nA;starter;belt nog\nB;starter;\n")
        assert data_of(found)[0] == {"patient": {"label": "A"}, "program": "starter"}
        assert "free text is printed nowhere" in told(found)

    def test_free_text_among_structures_is_a_problem(self) -> None:
        found = read('naam;notes\nA;"{plank: Rustig}"\nB;belt nog\n')
        assert [problem.row for problem in found.problems] == [3]
        assert "such as notes.plank" in str(found.problems[0])
        (problem,) = read("naam;dosering\nA;3 x 10\n").problems
        assert "such as doses.plank.reps" in str(problem)


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


PLAIN = st.text(
    st.characters(codec="cp1252", categories=("L", "Nd"), include_characters=" ,.-'()"), max_size=12
)
TABLES = st.fixed_dictionaries(
    {
        "naam": PLAIN.map(lambda text: f"x {text.strip()}".strip()),
        "programma": st.sampled_from(["short-four", "Kort", "starter"]),
        "weken": st.sampled_from([2, 6, 12]),
        "dagen": st.sampled_from(["ma t/m vr", "dagelijks", "MWF", "di, do"]),
        "startdatum": st.dates(min_value=dt.date(2020, 1, 1)).map(str) | st.just("2 maart 2026"),
        "oefeningen": st.sampled_from(["Bruggetje; plank", "bridge"]),
        "doel": PLAIN.map(lambda text: f"y{text.strip()}"),
        "notes.plank": PLAIN.map(lambda text: f"z{text.strip()}"),
    }
)


class TestSamePrograms:
    """For any table of values the same programs come out, in whatever form it is written."""

    @given(
        st.lists(TABLES, min_size=1, max_size=4),
        st.sampled_from(";,\t|"),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        st.booleans(),
    )
    def test_in_every_form(
        self,
        rows: list[Mapping[str, Any]],
        delimiter: str,
        codec: str,
        end: str,
        quoting: Any,
        declares: bool,
    ) -> None:
        table = [list(rows[0]), *([row[key] for key in rows[0]] for row in rows)]
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)
        first = f"sep={delimiter}{end}" if declares else ""
        options = RosterOptions(encoding="cp1252" if codec == "cp1252" else "")
        forms = (
            read((first + text.getvalue()).encode(codec), "r.csv", options),
            read(rosters.write_xlsx(table), "r.xlsx"),
            read(json.dumps(rows), "r.json"),
            read("\n".join(map(json.dumps, rows)), "r.ndjson"),
            read(yaml.safe_dump([dict(row) for row in rows], allow_unicode=True), "r.yaml"),
        )
        programs = [[json.dumps(data, sort_keys=True) for data in data_of(found)] for found in forms]
        assert all(one == programs[0] for one in programs)
