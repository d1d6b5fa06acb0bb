"""Help before a batch: a workbook to start from, and a check that tells what would be made."""

from __future__ import annotations

import json
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from pdfgen.cli.app import program
from pdfgen.cli.options import PAPER, PATIENT, PRIVACY, ROSTER
from pdfgen.content.rosters.formats import is_roster
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import row_prescription


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(program, list(arguments))
    assert done.exit_code == code, done.stderr
    return done


class TestNewWorkbook:
    @pytest.mark.parametrize(
        ("language", "name"), [("nl", "Kort: 4 oefeningen"), ("en", "Short: 4 exercises")]
    )
    def test_it_is_a_roster_as_it_stands(self, language: str, name: str) -> None:
        run("new", "roster", "spring.xlsx", "--language", language)
        (row,) = read_roster(Path("spring.xlsx")).rows
        assert row.problems == ()
        assert row_prescription(row).value.program == "short-four"
        sheet = openpyxl.load_workbook("spring.xlsx").active
        assert name in [cell.value for cell in sheet[2]]

    def test_every_drop_down_has_its_values_and_all_of_them_can_be_read(self) -> None:
        run("new", "roster", "spring.xlsx", "--language", "nl")
        book = openpyxl.load_workbook("spring.xlsx")
        sheet, values = book.worksheets
        lists = sheet.data_validations.dataValidation
        assert len(lists) >= 12
        example = [cell.value for cell in sheet[2]]
        row = 2
        for found in lists:
            column = next(iter(found.sqref.ranges)).min_col
            first, last = found.formula1.partition("!")[2].replace("$", "").split(":")
            for choice in [cell[0].value for cell in values[f"{first}:{last}"]]:
                for number, value in enumerate(example, start=1):
                    sheet.cell(row, number, value)
                sheet.cell(row, column, choice)
                row += 1
        book.save("all.xlsx")
        rows = read_roster(Path("all.xlsx")).rows
        assert len(rows) == row - 2 > 60
        for one in rows:
            row_prescription(one)

    def test_filled_in_by_hand_it_makes_programs(self) -> None:
        run("new", "roster", "spring.xlsx", "--language", "nl")
        book = openpyxl.load_workbook("spring.xlsx")
        sheet = book.worksheets[0]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row, (name, days) in enumerate((("A. Bakker", "ma t/m vr"), ("B. Smit", "di, do")), start=2):
            for cell in sheet[row]:
                cell.value = None
            values = {"naam": name, "taal": "nl", "programma": "Kort: 4 oefeningen", "dagen": days}
            for heading, value in {**values, "layout": "muurblad"}.items():
                sheet.cell(row, places[heading], value)
        book.save("spring.xlsx")
        run("batch", "spring.xlsx", "--out", "out")
        assert len(list(Path("out").glob("*.pdf"))) == 2


def command_called(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


LIST = """naam;programma;startdatum;dagen
A;Kort;2-3-2026;ma-vr
B;starter;23-3-2026;
C;;2026-03-02;
Totaal;;;
"""


class TestCheckRoster:
    def test_it_tells_row_by_row_and_writes_nothing(self) -> None:
        Path("r.csv").write_text(LIST, encoding="utf-8")
        done = run("check", "r.csv", "--set", "layout=wall-sheet", code=3)
        assert "2 of 3 programs would be made" in done.stdout
        assert "row 2: short-four, 6 weeks, from 2026-03-02; nl, wall-sheet, a3; program of " in done.stdout
        assert "row 4: not made" in done.stdout
        assert "row 4: program: missing" in done.stderr
        assert [path.name for path in Path().iterdir()] == ["r.csv"]

    def test_it_says_what_a_batch_says(self) -> None:
        Path("r.csv").write_text(LIST, encoding="utf-8")
        checked = run("check", "r.csv", "--set", "layout=wall-sheet", code=3).stderr
        made = run("batch", "r.csv", "--out", "out", "--set", "layout=wall-sheet", code=7).stderr
        for said in ("2-3-2026 is read in the order of 23-3-2026", "row 5 is no patient", "ma-vr is read as"):
            assert said in checked
            assert said in made

    def test_a_batch_keeps_what_was_guessed_in_its_manifest(self) -> None:
        Path("r.csv").write_bytes("naam;programma\nM. Kovač;starter\nTotaal: 1;\n".encode("cp1250"))
        run("batch", "r.csv", "--out", "out", "--set", "layout=wall-sheet")
        text = Path("out/manifest.json").read_text(encoding="utf-8")
        reading = json.loads(text)["reading"]
        assert any("read as Windows-1250, which is a guess" in one for one in reading)
        assert any("row 3 is no patient" in one for one in reading)
        assert "Kova" not in text

    def test_what_the_rows_lack_can_be_given(self) -> None:
        Path("r.csv").write_text("naam\nA\n", encoding="utf-8")
        run("check", "r.csv", code=3)
        run("check", "r.csv", "--set", "program=starter")
        Path("base.yaml").write_text("program: starter\n", encoding="utf-8")
        assert "1 of 1" in run("check", "r.csv", "--base", "base.yaml").stdout

    def test_it_takes_every_option_of_a_batch_that_changes_what_is_made(self) -> None:
        """All but those of the files and of the run."""
        of_batch, of_check = (
            {one.name for one in command_called(name).params if getattr(one, "group", "") in groups}
            for name, groups in (
                ("batch", {PATIENT, PAPER, ROSTER}),
                ("check", {PATIENT, PAPER, ROSTER, PRIVACY}),
            )
        )
        assert of_batch - of_check == set()
        assert {"encrypt", "with_birth_date", "identifier_system"} <= of_check

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--layout", "wall-sheet"), "nl, wall-sheet, a3"),
            (("--paper", "letter"), "nl, standard, letter"),
            (("--language", "en"), "en, standard, a4"), (("--weeks", "8"), "starter, 8 weeks"),
            (("--layout", "bilingual", "--twin", "en"), "copy of"), (("--grey", "--large"), "1 of 1"),
            (("--language", "fy"), "--language"), (("--tracker-weeks", "7-8"), "--tracker-weeks"),
            (("--encrypt", "passwords.csv"), "row 2: has no password"),
        ],
    )  # fmt: skip
    def test_with_these_options_a_batch_would_make_that(self, options: tuple[str, ...], said: str) -> None:
        Path("r.csv").write_text("naam;programma\nA;starter\n", encoding="utf-8")
        Path("passwords.csv").write_text("row;password\n3;long-enough-1\n", encoding="utf-8")
        done = CliRunner().invoke(program, ["check", "r.csv", *options])
        assert said in done.stdout + done.stderr
        assert done.exit_code == (3 if "--" in said or "password" in said else 0)

    @pytest.mark.parametrize(
        "data",
        [
            b"naam;programma\nA;starter\n", "naam\tprogramma\nA\tstarter\n".encode("utf-16"),
            b"- naam: A\n  programma: starter\n", b"patients: [{naam: A, programma: starter}]",
            b'[{"naam": "A", "programma": "starter"}]', b'{"naam": "A", "programma": "starter"}\n' * 2,
        ],
    )  # fmt: skip
    def test_of_standard_input_as_a_batch_reads_it(self, data: bytes) -> None:
        checked, made = (
            CliRunner().invoke(program, [*command, "--layout", "wall-sheet"], input=data)
            for command in (("check", "-"), ("batch", "-", "--out", "out"))
        )
        assert (checked.exit_code, made.exit_code) == (0, 0), checked.stderr + made.stderr
        count = len(list(Path("out").glob("*.pdf")))
        assert f"{count} of {count} programs would be made" in checked.stdout

    def test_other_files_on_standard_input_are_what_they_are(self) -> None:
        for text, kind in (("program: starter\n", "patient"), ("name: Praktijk\n", "clinic")):
            done = CliRunner().invoke(program, ["check", "-"], input=text)
            assert done.stdout.startswith(f"standard input: {kind}, in order")

    def test_options_that_nothing_takes_are_refused(self) -> None:
        Path("c.yaml").write_text("name: Praktijk\n", encoding="utf-8")
        for options in (
            ("--layout", "compact"),
            ("--set", "weeks=6"),
            ("--day-first",),
            ("--base", "c.yaml"),
        ):
            assert "a patient's file or a roster" in run("check", "c.yaml", *options, code=2).stderr

    def test_as_data(self) -> None:
        Path("r.csv").write_text("naam;programma\nA;starter\n", encoding="utf-8")
        (found,) = json.loads(run("check", "r.csv", "--json").stdout)
        assert (found["kind"], found["problems"]) == ("roster", [])

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("r.csv", "naam\n", True), ("r.ndjson", "{}", True), ("r.json", "[]", True),
            ("r.json", '{"resourceType": "Bundle"}', True), ("p.json", '{"program": "starter"}', False),
            ("r.yaml", "- naam: A\n", True), ("r.yaml", "patients: []\n", True),
            ("p.yaml", "program: starter\n", False),
            ("c.yaml", "name: Clinic\n", False), ("x.yaml", "{", False),
            ("-", "naam;programma\nA;starter\n", True), ("-", "naam\nA\n", True),
            ("-", "name,at\nA,8:30\n", True),
            ("-", 'sep=;\nnaam;doel\nA;"let op: x"\n', True), ("-", "- naam: A\n", True),
            ("-", "patients: []\n", True),
            ("-", '[{"naam": "A"}]', True), ("-", '{"naam": "A"}\n{"naam": "B"}\n', True),
            ("-", '{"resourceType": "Patient"}', True), ("-", "program: starter\n", False),
            ("-", "{program: x}", False),
            ("-", "name: Clinic\nphone: [\n", False), ("-", "", False), ("-", "nonsense", False),
        ],
    )  # fmt: skip
    def test_what_is_a_roster(self, name: str, text: str, expected: bool) -> None:
        assert is_roster(text.encode(), name) is expected


class TestYears:
    @pytest.mark.parametrize(
        ("start", "said"),
        [("2016-03-02", "is more than a year ago"), ("2062-03-02", "is more than a year from now"),
         ("2026-03-02", ""), ("2025-12-29", "")],
    )  # fmt: skip
    def test_a_slip_of_the_year_is_told(self, start: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")  # 2 March 2026
        Path("p.yaml").write_text(f"program: starter\nstart: {start}\nlayout: wall-sheet\n", encoding="utf-8")
        checked = run("check", "p.yaml").stderr
        assert (said in checked) if said else ("year" not in checked)
