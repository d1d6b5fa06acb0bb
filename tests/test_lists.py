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
from list_reading import IGNORING, data_of, labels, read, told

from pdfgen.content.rosters.code_pages import guess
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.errors import InputError


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
