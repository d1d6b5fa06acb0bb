"""Rosters: every format becomes rows of prescriptions, and what is wrong is told with row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rosters
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from programs import shipped_library

from pdfgen.cli.app import program
from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.models.prescription import DoseOverride, Prescription
from pdfgen.content.rosters.columns import read_mapping, target_of
from pdfgen.content.rosters.dates import DateOrder, read_date
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import Roster, RosterRow, RowProblem, row_prescription, row_source
from pdfgen.content.rules.all_rules import check_prescription
from pdfgen.errors import InputError, Problem
from pdfgen.production.batch import problems_csv

ROOT = Path(__file__).parent.parent


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def roster(content: str | bytes, name: str = "r.csv", options: RosterOptions | None = None) -> Roster:
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(Path(name), options)


def refused(content: str | bytes, name: str = "r.csv", options: RosterOptions | None = None) -> str:
    with pytest.raises(InputError) as caught:
        roster(content, name, options)
    return str(caught.value)


def values(found: Roster) -> list[Any]:
    return [row.source.data for row in found.rows]


def complaints(row: RosterRow) -> list[str]:
    try:
        prescription = row_prescription(row)
    except InputError as error:
        return list(map(str, error.problems))
    return list(map(str, check_prescription(prescription, shipped_library()).errors))


def cell(heading: str, text: str) -> Any:
    """Return what a prescription gets of one cell."""
    data = io.StringIO(newline="")
    csv.writer(data).writerows([["name", heading], ["x", text]])
    found = roster(data.getvalue())
    assert not found.problems, found.problems
    result = found.rows[0].source.data
    for key in target_of(heading) or ():
        result = result[key]
    return result


class TestCells:
    @pytest.mark.parametrize(
        "text", ["mon, wed, fri", "ma;wo;vr", "ma wo vr", "Maandag, Woensdag en vrijdag".replace(" en", ","),
                 "[mon, wed, fri]", '["mon","wed","fri"]', "mon/wed/fri", "ma.\nwo.\nvr."]
    )  # fmt: skip
    def test_days(self, here: Path, text: str) -> None:
        assert cell("dagen", text) == ["mon", "wed", "fri"]

    @pytest.mark.parametrize(
        ("heading", "text", "value"),
        [
            ("weeks", " 8 ", 8),
            ("weeks", "8.0", 8),
            ("exercises", "knee-rolls; plank", ["knee-rolls", "plank"]),
            ("situations", "[]", []),
            ("confirmed", "plank/pregnancy", ["plank/pregnancy"]),
            ("taal", "Nederlands", "nl"),
            ("Language", "EN", "en"),
            ("kant", "Links", "left"),
            ("ink", "grijs", "grey"), ("grote letter", "ja", True), ("weekbladen", "3-6", "3-6"),
            ("figure", "Older-Woman", "older-woman"),
            ("doses.bridge.reps", "12", 12),
            ("doses.bridge.reps", "8-10", "8-10"),
            ("doses.bridge.gewicht", "2 kg", "2 kg"),
            ("doses.bridge.een kant", "ja", True),
            ("doses.bridge.kant", "Links", "left"),
            ("doses.bridge.times a day", "2", 2),
            ("doses.plank.minuten", "15", 15),
            ("doses.plank.start step", "T4", "T4"),
            ("beginstap", "T4", "T4"),
            ("dosering.Cat Cow.per kant", "ja", True),
            ("doses.bridge.blank", "no", False),
            ("doses", "{plank: {sets: 2}}", {"plank": {"sets": 2}}),
            ("doses", '{"plank": {"sets": 2}}', {"plank": {"sets": 2}}),
            ("doses.plank", "[{from_week: 1, sets: 1}]", [{"from_week": 1, "sets": 1}]),
            ("days", "{mobilising: [mon], strengthening: [tue]}",
             {"mobilising": ["mon"], "strengthening": ["tue"]}),
            ("days.mobilising", "ma di", ["mon", "tue"]),
            ("notes", "{plank: Rustig}", {"plank": "Rustig"}),
            ("notes.cat-cow", "[rustig] aan", "[rustig] aan"),
            ("goal", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
            ("goal", "{a: b}", "{a: b}"),
            ("goal", "007", "007"),
            ("goal", "true", "true"),
            ("start", "2026-03-02", "2026-03-02"),
            ("start", "23-04-2026", "2026-04-23"),
        ],
    )  # fmt: skip
    def test_a_cell_becomes_a_value(self, here: Path, heading: str, text: str, value: Any) -> None:
        assert cell(heading, text) == value

    def test_empty_cells_are_not_given_and_blank_rows_are_skipped(self, here: Path) -> None:
        found = roster("label,goal,notes.plank\nA,, \n\n,\u00a0,\nB,x,\n")
        assert values(found) == [{"patient": {"label": "A"}}, {"patient": {"label": "B"}, "goal": "x"}]
        assert [row.number for row in found.rows] == [2, 5]

    def test_a_name_in_parts(self, here: Path) -> None:
        found = roster("Achternaam,Tussenvoegsel,Voorletters\nBerg,van den,A.M.\nJansen,,\n")
        assert [row["patient"]["label"] for row in values(found)] == ["A.M. van den Berg", "Jansen"]

    def test_one_value_from_two_columns_is_a_problem(self, here: Path) -> None:
        found = roster('name,days,days.mobilising\nA,mon,tue\nB,"{strengthening: [mon]}",tue\n')
        assert "has a value already" in str(found.rows[0].problems[0])
        assert found.rows[1].source.data["days"] == {"strengthening": ["mon"], "mobilising": ["tue"]}

    def test_structures_have_the_limits_of_yaml(self, here: Path) -> None:
        found = roster('name,doses\nA,"{a: &x [], b: *x}"\nB,' + '"' + "[" * 100 + '"\nC,' + "[" * 20_000)
        said = [str(problem) for problem in found.problems]
        assert "anchors" in said[0]
        assert "nested" in said[1]
        assert "too long" in said[2]


class TestDates:
    @pytest.mark.parametrize(
        "text", ["2026-04-23", "2026/4/23", "20260423", "2026-04-23 00:00:00", "23/04/2026", "23.4.2026",
                 "04/23/2026", "23 april 2026", "23 apr. 2026", "April 23, 2026", "23-apr-2026"]
    )  # fmt: skip
    def test_ways_to_write_a_day(self, text: str) -> None:
        assert read_date(text) == dt.date(2026, 4, 23)

    @pytest.mark.parametrize("text", ["03/04/2026", "3-4-2026", "3.4.2026"])
    def test_a_date_that_can_mean_two_days(self, text: str) -> None:
        with pytest.raises(ValueError, match="write 2026-04-03 or 2026-03-04"):
            read_date(text)
        assert read_date(text, DateOrder(True)) == dt.date(2026, 4, 3)
        assert read_date(text, DateOrder(False)) == dt.date(2026, 3, 4)

    def test_the_same_day_in_both_orders(self) -> None:
        assert read_date("05/05/2026") == dt.date(2026, 5, 5)

    @pytest.mark.parametrize(
        "text", ["", "soon", "31-02-2026", "2026-13-01", "99999999", "3 foo 2026", "45000"]
    )
    def test_no_date(self, text: str) -> None:
        assert read_date(text) is None

    @given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31)))
    def test_round_trip(self, day: dt.date) -> None:
        assert read_date(day.isoformat()) == day
        assert read_date(f"{day:%d-%m-%Y}", DateOrder(True)) == day
        assert read_date(f"{day:%m/%d/%Y}", DateOrder(False)) == day


class TestHeadings:
    def test_every_key_of_a_prescription_can_be_a_column(self) -> None:
        for key in Prescription.model_fields:
            assert target_of(key) == (("patient", "label") if key == "patient" else (key,))
        for key in DoseOverride.model_fields:
            assert target_of(f"doses.plank.{key}") == ("doses", "plank", key)

    @pytest.mark.parametrize(
        ("heading", "target"),
        [
            ("  NAAM ", ("patient", "label")), ("Patiënt", ("patient", "label")),
            ("Patie\u0308nt", ("patient", "label")), ("patient.label", ("patient", "label")),
            ("Start-Datum", None), ("START DATE", ("start",)), ("If_Then", ("if_then",)),
            ("als-dan", ("if_then",)), ("notities.Cat Cow", ("notes", "cat-cow")),
            ("notes.a.b", None), ("weeks.x", None), ("notes.", None), ("", None), ("days.a.b", None),
        ],
    )  # fmt: skip
    def test_headings_in_both_languages(self, heading: str, target: tuple[str, ...] | None) -> None:
        assert target_of(heading) == target

    def test_unknown_and_repeated_columns_are_told_together(self, here: Path) -> None:
        said = refused("naam;name;progam;BSN;notes.a.b\nx;y;z;1;2\n").splitlines()
        assert said[0] == 'r.csv, row 1, column 2 "name": gives the same as "naam"; keep one of them'
        assert said[1].startswith('r.csv, row 1, column 3 "progam": unknown column; did you mean "program"?')
        assert 'column 4 "BSN"' in said[2]
        assert "notes.EXERCISE" in said[3]

    def test_patients_in_place_of_headings_are_not_repeated(self, here: Path) -> None:
        said = refused("Zwaantje Qwertz;short-four\nPiet;starter\n")
        assert said.startswith("r.csv, row 1: no heading here is known")
        assert "Qwertz" not in said

    def test_label_beside_a_name_in_parts(self, here: Path) -> None:
        said = "the name stands in two places and is not the same; keep one of them"
        (problem,) = roster("naam,voornaam,achternaam\nA. Bakker,Els,Smit\n").problems
        assert said in str(problem)

    def test_a_mapping_file(self, here: Path) -> None:
        Path("m.yaml").write_text("Pat_naam: label\nBSN: ignore\nEx 1 herh.: doses.bridge.reps\n", "utf-8")
        options = RosterOptions(mapping=read_mapping(Path("m.yaml")))
        found = roster("PAT NAAM|BSN|Ex 1 herh.\nx|123456782|9\n", options=options)
        assert values(found) == [{"patient": {"label": "x"}, "doses": {"bridge": {"reps": 9}}}]
        (record,) = values(roster('[{"Pat_naam": "x", "BSN": 1}]', "r.json", options))
        assert record == {"patient": {"label": "x"}}

    def test_a_mapping_file_with_mistakes(self, here: Path) -> None:
        Path("m.yaml").write_text("a: lable\nb: [x]\nc: label\nC: weeks\n", "utf-8")
        with pytest.raises(InputError) as caught:
            read_mapping(Path("m.yaml"))
        assert [problem.line for problem in caught.value.problems] == [1, 2, 4]
        assert 'did you mean "label"?' in str(caught.value)


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_any_delimiter_and_line_end(self, here: Path, delimiter: str, end: str) -> None:
        text = end.join(delimiter.join(row) for row in (("naam", "taal", "doel"), ("x", "nl", "y")))
        assert values(roster(text)) == [{"patient": {"label": "x"}, "language": "nl", "goal": "y"}]

    def test_a_delimiter_that_only_the_texts_hold(self, here: Path) -> None:
        found = roster('naam;doel\n"Wit, J. de";"a, b, c"\n')
        assert values(found) == [{"patient": {"label": "Wit, J. de"}, "goal": "a, b, c"}]
        assert str(found.notes[0]) == "r.csv: read as UTF-8, columns separated by semicolons"

    def test_the_delimiter_that_excel_declares(self, here: Path) -> None:
        found = roster("sep=;\nnaam;doel\nx;y\n")
        assert values(found) == [{"patient": {"label": "x"}, "goal": "y"}]
        assert found.rows[0].number == 3

    @pytest.mark.parametrize("declared", ["sep=a", "sep=", "sep=ab"])
    def test_a_declaration_that_is_none_is_a_title(self, here: Path, declared: str) -> None:
        found = roster(f"{declared}\nnaam;doel\nx;y\n")
        assert values(found) == [{"patient": {"label": "x"}, "goal": "y"}]
        assert "row 1 is above the headings, and not read" in str(found.warnings[0])

    def test_a_delimiter_that_is_asked(self, here: Path) -> None:
        assert len(roster("naam%doel\nx%y\n", options=RosterOptions(delimiter="%")).rows) == 1
        assert "one character" in refused("naam\nx\n", options=RosterOptions(delimiter="ab"))

    @pytest.mark.parametrize(
        ("encoding", "told"),
        [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
    )
    def test_encodings_are_recognised_and_told(self, here: Path, encoding: str, told: str) -> None:
        found = roster("naam;doel\nRenée Daniëls;€ 5 – “ja”\n".encode(encoding))
        assert values(found) == [{"patient": {"label": "Renée Daniëls"}, "goal": "€ 5 – “ja”"}]
        assert f"read as {told}," in str(found.notes[0])

    def test_an_encoding_that_is_asked(self, here: Path) -> None:
        found = roster("naam\nŁukasz\n".encode("cp1250"), options=RosterOptions(encoding="cp1250"))
        assert values(found) == [{"patient": {"label": "Łukasz"}}]
        assert "no encoding" in refused("naam\nx\n", options=RosterOptions(encoding="klingon"))
        assert "no encoding" in refused("naam\nx\n", options=RosterOptions(encoding="zip"))

    def test_utf_8_with_one_broken_character_is_not_taken_for_windows(self, here: Path) -> None:
        text = "naam\nRenée\nZoë\n".encode() + b"Dani\xebls\n"
        assert "is not UTF-8 in line 4" in refused(text)

    @pytest.mark.parametrize("data", [b"naam\0\nx\n", b"\xff\xfen\0a"])
    def test_no_text(self, here: Path, data: bytes) -> None:
        assert refused(data).startswith("r.csv: ")

    @pytest.mark.parametrize("data", ["", "\n\n", "naam\n", "naam;taal\n;\n"])
    def test_nothing_in_it(self, here: Path, data: str) -> None:
        assert "is empty" in (said := refused(data)) or "holds no patients" in said

    def test_an_open_quote_costs_its_own_row_only(self, here: Path) -> None:
        found = roster('naam,doel\nA,x\n"B,y\nC,z\nD,"a "b" c"\nE,"twee\nregels"\nF,w\n')
        assert [row.number for row in found.rows if not row.problems] == [2, 4, 6, 7]
        assert [(problem.row, problem.message[:7]) for problem in found.problems] == [
            (3, "a quote"),
            (5, "a quote"),
        ]
        assert values(found)[4]["goal"] == "twee\nregels"

    def test_more_cells_than_headings(self, here: Path) -> None:
        found = roster("naam,doel\nA,x,,\nB,tuin, huis\n")
        assert [problem.row for problem in found.problems] == [3]
        assert "3 cells" in str(found.problems[0])

    def test_a_cell_larger_than_the_reader_takes(self, here: Path) -> None:
        found = roster(f'naam\n"{"x" * 200_000}"\nB\n')
        assert [row.number for row in found.rows if not row.problems] == [3]

    @given(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1),
            min_size=1,
        )
    )
    def test_round_trip(self, tmp_path_factory: pytest.TempPathFactory, labels: list[str]) -> None:
        labels = [label for label in labels if label.strip()] or ["x"]
        data = io.StringIO(newline="")
        csv.writer(data).writerows([["naam", "taal"], *([label, "nl"] for label in labels)])
        path = tmp_path_factory.mktemp("roster") / "r.csv"
        found = roster(data.getvalue(), str(path))
        assert [row["patient"]["label"] for row in values(found)] == labels


class TestProblems:
    def test_everything_in_a_row_at_once(self, here: Path) -> None:
        found = roster("naam;programma;dagen;startdatum;weken\nA;short-four;ma,xx;03/04/2026;99\n")
        assert complaints(found.rows[0]) == [
            'r.csv, row 2, column "dagen": days: word 2 names no day of the week; '
            "write days such as mon, wed, fri, or mon to fri",
            'r.csv, row 2, column "startdatum": start: 03/04/2026 can mean two days; '
            "write 2026-04-03 or 2026-03-04, or name the order with --day-first or --month-first",
            'r.csv, row 2, column "weken": weeks: must be at most 12',
        ]

    def test_what_the_library_does_not_know(self, here: Path) -> None:
        found = roster('naam,programma,oefeningen,notes.plnk\nA,short-for,"plank,brigde",x\n')
        assert [said.partition(": ")[0] for said in complaints(found.rows[0])] == [
            'r.csv, row 2, column "programma"',
            'r.csv, row 2, column "oefeningen"',
            'r.csv, row 2, column "notes.plnk"',
        ]

    def test_a_key_that_no_column_gives(self, here: Path) -> None:
        assert complaints(roster("naam\nA\n").rows[0]) == ["r.csv, row 2: program: missing; add it"]

    def test_no_value_is_repeated_but_dates(self, here: Path) -> None:
        found = roster("naam;programma;weken;dagen;doses;kant;language\n" + ";".join(["ZEBRA" * 50] * 7))
        assert "ZEBRA" not in "".join(complaints(found.rows[0])).upper()

    def test_as_a_table_for_a_spreadsheet(self, here: Path) -> None:
        problems = [
            (2, RowProblem("is wrong", "days", "r.csv", 0, 3, 2, "=cmd|x")),
            (3, Problem("must be a number", "weeks", "base.yaml", 4, 2)),
        ]
        written = b"".join(problems_csv(problems))
        assert written.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [
            ["row", "column", "field", "problem"],
            ["2", "'=cmd|x", "days", "is wrong"],
            ["3", "", "weeks", "base.yaml:4: must be a number"],
        ]


class TestDefaults:
    def test_a_row_wins_and_mappings_are_laid_over_each_other(self, here: Path) -> None:
        Path("base.yaml").write_text(
            "program: full-seven\nweeks: 8\nnotes: {plank: Rustig, bridge: Hoog}\ndoses: {plank: {sets: 2}}\n"
            "days: [mon]\n"
        )
        base = read_yaml(Path("base.yaml"))
        found = roster(
            "naam;weken;notes.plank;doses.plank.reps;days.mobilising;days.strengthening\nA;6;Langzaam;3;di;wo"
        )
        prescription = row_prescription(found.rows[0], base).value
        assert (prescription.program, prescription.weeks) == ("full-seven", 6)
        assert dict(prescription.notes) == {"plank": "Langzaam", "bridge": "Hoog"}
        dose = prescription.doses["plank"]
        assert isinstance(dose, DoseOverride)
        assert (dose.sets.most, dose.reps.most) == (2, 3)
        assert prescription.days is not None

    def test_a_mistake_in_the_defaults_is_told_there(self, here: Path) -> None:
        Path("base.yaml").write_text("program: short-four\nweeks: 99\n")
        with pytest.raises(InputError, match=r"^base.yaml:2:8: weeks: must be at most 12$"):
            row_prescription(roster("naam\nA\n").rows[0], read_yaml(Path("base.yaml")))

    def test_files_of_the_defaults_are_seen_from_their_folder(self, here: Path) -> None:
        Path("settings").mkdir()
        Path("settings/base.yaml").write_text("program: starter\nclinic: clinic.yaml\nlayout: own.yaml\n")
        base = read_yaml(Path("settings/base.yaml"))
        data = row_source(roster("naam\nA\n").rows[0], base).data
        assert (data["clinic"], data["layout"]) == ("settings/clinic.yaml", "settings/own.yaml")
        own = row_source(roster("naam;praktijk\nA;mine.yaml\n").rows[0], base).data
        assert own["clinic"] == "mine.yaml"

    def test_a_setting_wins_over_both(self, here: Path) -> None:
        row = roster("naam;weken;programma\nA;6;starter\n").rows[0]
        assert row_prescription(row, overrides=(("weeks", "4"),)).value.weeks == 4
        with pytest.raises(InputError, match=r"^--set weeks: weeks: must be at most 12$"):
            row_prescription(row, overrides=(("weeks", "99"),))


KEYS = st.sampled_from(
    ["naam", "patient", "label", "doses", "days", "start", "text", "use", "resource", "x.y", ""]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)

PRESCRIPTIONS: Mapping[str, str] = {
    "r.yaml": "- {naam: A, programma: starter, dagen: 'ma wo', notes: {cat-cow: x}}\n"
    "- {label: B, program: starter, days: [tue], weken: 6}\n",
    "r.json": json.dumps(
        {"patients": [
            {"naam": "A", "programma": "starter", "dagen": "ma wo", "notes": {"cat-cow": "x"}},
            {"patient": {"label": "B"}, "program": "starter", "days": ["tue"], "weeks": "6"},
        ]}
    ),
    "r.ndjson": '{"naam": "A", "programma": "starter", "dagen": "ma wo", "notes.cat-cow": "x"}\n'
    '{"achternaam": "B", "program": "starter", "days": ["tue"], "weeks": 6}\n',
}  # fmt: skip


class TestRecords:
    @pytest.mark.parametrize("name", PRESCRIPTIONS)
    def test_keys_or_headings(self, here: Path, name: str) -> None:
        one, other = values(roster(PRESCRIPTIONS[name], name))
        assert one == {
            "patient": {"label": "A"}, "program": "starter", "days": ["mon", "wed"], "notes": {"cat-cow": "x"}
        }  # fmt: skip
        assert other == {"patient": {"label": "B"}, "program": "starter", "days": ["tue"], "weeks": 6}

    def test_problems_have_the_line_of_a_yaml_file(self, here: Path) -> None:
        found = roster("- naam: A\n  program: starter\n  weken: 99\n- 5\n- {progam: starter}\n", "r.yaml")
        assert complaints(found.rows[0]) == ["r.yaml:3:10, row 1: weeks: must be at most 12"]
        assert complaints(found.rows[1]) == ["r.yaml:4:3, row 2: must hold keys with values"]
        assert any('did you mean "program"?' in said for said in complaints(found.rows[2]))

    def test_problems_have_the_entry_of_a_json_file(self, here: Path) -> None:
        found = roster('[{"naam": "A", "program": "starter", "weeks": 99}]', "r.json")
        assert complaints(found.rows[0]) == ["r.json, row 1: weeks: must be at most 12"]

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ("[" * 100_000, "nested"),
            ('{"a":' * 50_000, "nested"),
            ('[{"a": 1, "a": 2}]', '"a" stands twice'),
            ('[{"weeks": NaN}]', "NaN is not a number"),
            ("[1,", "is not JSON (line 1, column 4)"),
            ("{}", "must be a list of patients"),
            ('"x"', "must be a list of patients"),
            ("[]", "holds no patients"),
            ('{"patients": 1}', "must be a list of patients"),
            (b"\x80\x81", "is not JSON"),
        ],
    )
    def test_hostile_json(self, here: Path, content: str | bytes, told: str) -> None:
        assert told in refused(content, "r.json")

    def test_numbers_without_end_and_half_characters(self, here: Path) -> None:
        found = roster('[{"weeks": ' + "9" * 10_000 + ', "naam": "\\ud800", "program": "starter"}]', "r.json")
        assert len(complaints(found.rows[0])) == 2

    def test_a_broken_line_of_ndjson_costs_its_own_row_only(self, here: Path) -> None:
        found = roster('{"naam": "A"}\n{"naam": \n\n[1]\n{"naam": "B"}\n', "r.ndjson")
        assert [row.number for row in found.rows if not row.problems] == [1, 5]
        assert [problem.row for problem in found.problems] == [2, 4]

    def test_ndjson_that_is_called_json(self, here: Path) -> None:
        assert len(roster('{"naam": "A"}\n{"naam": "B"}\n', "r.json").rows) == 2


class TestAnything:
    """Whatever the bytes: rows, or a problem of input, and nothing else."""

    @given(st.binary(max_size=300), st.sampled_from(["csv", "xlsx", "yaml", "json", "ndjson", "dat"]))
    def test_bytes(self, tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
        self.read(tmp_path_factory, data, suffix)

    @given(st.text(st.sampled_from("naam;,doel=\"'\n\r\t[]{}:-&*!| 0159/.\u202e\ud800"), max_size=60))
    def test_rows_under_headings(self, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
        data = f"naam;start;days;doses;program;weeks\n{text}".encode("utf-8", "surrogatepass")
        self.read(tmp_path_factory, data, "csv")

    @given(JSON, st.sampled_from(["json", "ndjson", "yaml"]))
    def test_json(self, tmp_path_factory: pytest.TempPathFactory, value: Any, suffix: str) -> None:
        self.read(tmp_path_factory, json.dumps([value]).encode(), suffix)
        self.read(tmp_path_factory, json.dumps({"resourceType": "Patient", "name": value}).encode(), suffix)
        self.read(tmp_path_factory, json.dumps({"resourceType": "Bundle", "entry": value}).encode(), suffix)

    def read(self, folders: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
        path = folders.getbasetemp() / f"anything.{suffix}"
        path.write_bytes(data)
        try:
            rows = read_roster(path, RosterOptions(with_birth_date=True, identifier_system="x")).rows
        except InputError:
            return
        for row in rows:
            complaints(row)


class TestGenerated:
    """The roster of 1,000 rows that `rosters.py` makes."""

    def test_it_is_the_same_each_time(self) -> None:
        made = rosters.generate()
        assert made == rosters.generate()
        assert made != rosters.generate(seed=1)
        assert len(made.rows) == rosters.ROWS + len(made.blank)
        assert len(made.broken) == rosters.ROWS * rosters.BROKEN_SHARE
        assert made.doubles
        assert made.blank

    @pytest.mark.parametrize("name", ["r.csv", "r.xlsx"])
    def test_exactly_the_broken_rows_are_told(self, here: Path, name: str) -> None:
        made = rosters.generate()
        sheet = (rosters.HEADINGS, *made.rows)
        found = roster(rosters.write_csv(made) if name == "r.csv" else rosters.write_xlsx(sheet), name)
        told = {row.number: said for row in found.rows if (said := complaints(row))}
        assert set(told) == set(made.broken)
        assert {number: said for number, said in told.items() if made.broken[number] not in said[0]} == {}
        assert all(len(said) == 1 for said in told.values())
        assert {problem.row for problem in found.warnings if isinstance(problem, RowProblem)} == made.doubles
        assert not {row.number for row in found.rows} & made.blank

    def test_windows_encoding_and_semicolons(self, here: Path) -> None:
        found = roster(rosters.write_csv(rosters.generate(), encoding="cp1252"))
        assert "Windows-1252" in str(found.notes[0])
        assert any(row["patient"]["label"].endswith("Daniëls") for row in values(found) if "patient" in row)

    @pytest.mark.benchmark
    def test_it_is_quick(self, here: Path) -> None:
        made = rosters.write_csv(rosters.generate(10_000))
        Path("r.csv").write_bytes(made)
        started = time.process_time()
        found = read_roster(Path("r.csv"))
        assert len(found.rows) == 10_000
        assert time.process_time() - started < 5, "a few times what it takes on a slow machine"


class TestShipped:
    def test_the_example_is_valid(self) -> None:
        found = read_roster(ROOT / "examples" / "roster.csv")
        assert len(found.rows) == 12
        assert [complaints(row) for row in found.rows] == [[]] * 12
        assert found.warnings == ()

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_a_roster_to_start_from(self, here: Path, language: str) -> None:
        result = CliRunner().invoke(program, ["new", "roster", "--language", language])
        assert (result.exit_code, result.stdout) == (0, "roster.csv\n")
        assert Path("roster.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        (row,) = read_roster(Path("roster.csv")).rows
        assert complaints(row) == []
        assert row_prescription(row).value.language == language
        targets = {target[0] for heading in row.source.headings if (target := target_of(heading))}
        assert targets == set(Prescription.model_fields) - {"id"}


class TestGuide:
    GUIDE = (ROOT / "docs" / "rosters.md").read_text(encoding="utf-8")

    def test_every_heading_of_the_guide_is_known_and_every_key_is_in_it(self) -> None:
        part = self.GUIDE.partition("## Headings")[2].partition("\n\nWhat has parts")[0]
        rows = re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", part, re.MULTILINE)
        assert {key for key, _ in rows} == (set(Prescription.model_fields) - {"patient"}) | {"label"}
        wrong = [
            word for key, words in rows for word in words.split(", ") if target_of(word) != target_of(key)
        ]
        assert wrong == []

    def test_the_mapping_file_of_the_guide_is_valid(self, here: Path) -> None:
        (text,) = re.findall(r"```yaml mapping\n(.*?)```", self.GUIDE, re.DOTALL)
        Path("m.yaml").write_text(text, encoding="utf-8")
        assert len(read_mapping(Path("m.yaml"))) == 4

    def test_the_message_of_the_guide_is_the_one_that_comes(self, here: Path) -> None:
        (problem,) = roster("naam;startdatum\nA;03/04/2026\n").problems
        assert str(problem) in self.GUIDE
