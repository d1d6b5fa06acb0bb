"""Headings of lists, and what a column is."""

from __future__ import annotations

import pytest
from list_reading import IGNORING, data_of, labels, read, told

from pdfgen.errors import InputError


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
