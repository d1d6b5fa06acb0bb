"""Workbooks as a person sees them in Excel, whatever program wrote them. A test is named after its kind."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from pdfgen.content.rosters.number_formats import shown, shown_text
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import Roster
from pdfgen.errors import InputError

HEADINGS = ("naam", "programma", "weken", "startdatum", "doel")
ROWS = (
    ("A. Bakker", "short-four", 8, dt.date(2026, 3, 2), "fietsen"),
    ("B. Smit", "short-four", 6, dt.date(2026, 3, 9), "tuin"),
    ("C. Vos", "starter", 4, dt.date(2026, 3, 16), "lopen"),
)
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def book(rows: Sequence[Sequence[Any]] = ROWS, headings: Sequence[str] = HEADINGS) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "Lijst"
    for row in (headings, *rows):
        made.active.append(list(row))
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]], rename: str = "") -> bytes:
    """Return a workbook with some parts changed; with `rename` its parts have Windows' slashes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            change = parts.get(name) or parts.get("*")
            info = zipfile.ZipInfo(name)
            info.filename = name.replace("/", rename) if rename else name
            new.writestr(info, change(content) if change else content)
    return target.getvalue()


def read(
    data: bytes | openpyxl.Workbook, options: RosterOptions | None = None, name: str = "r.xlsx"
) -> Roster:
    Path(name).write_bytes(data if isinstance(data, bytes) else saved(data))
    return read_roster(Path(name), options)


def values(found: Roster, key: str) -> list[Any]:
    assert found.problems == ()
    return [row.source.data.get(key) for row in found.rows]


def labels(found: Roster) -> list[str]:
    return [patient["label"] if patient else "" for patient in values(found, "patient")]


def told(found: Roster) -> str:
    return "\n".join(map(str, found.warnings))


class TestMergedCells:
    @pytest.mark.parametrize("column", ["B", "C", "D", "E"])
    def test_each_row_of_a_merged_cell_has_its_value(self, column: str) -> None:
        made = book()
        made.active.merge_cells(f"{column}2:{column}4")
        key = {"B": "program", "C": "weeks", "D": "start", "E": "goal"}[column]
        assert len(set(values(read(made), key))) == 1
        assert None not in values(read(made), key)

    def test_several_merged_blocks_below_each_other(self) -> None:
        made = book([*ROWS, ("D", "starter", 4, None, None), ("E", "starter", 4, dt.date(2026, 5, 4), "x")])
        made.active.merge_cells("D2:D3")
        made.active.merge_cells("D4:D5")
        assert values(read(made), "start") == [
            "2026-03-02",
            "2026-03-02",
            "2026-03-16",
            "2026-03-16",
            "2026-05-04",
        ]

    def test_a_merged_cell_that_goes_on_below_the_list_makes_no_patients(self) -> None:
        made = book()
        made.active.merge_cells("B4:B40")
        made.active["A20"].number_format = "0"  # a row that the file holds, with nothing in it
        assert len(read(made).rows) == 3

    def test_merged_across_columns_is_told(self) -> None:
        made = book()
        made.active.merge_cells("D3:E3")
        found = read(made)
        assert values(found, "start")[1] == "2026-03-09"
        assert "merged across columns in row 3" in told(found)

    def test_a_merged_title_above_the_headings(self) -> None:
        made = book()
        made.active.insert_rows(1, 2)
        made.active["A1"] = "Oefenprogramma's voorjaar"
        made.active.merge_cells("A1:E1")
        found = read(made)
        assert labels(found) == ["A. Bakker", "B. Smit", "C. Vos"]
        assert [row.number for row in found.rows] == [4, 5, 6]
        assert "row 1 is above the headings, and not read" in told(found)


class TestWhatIsHidden:
    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    @pytest.mark.parametrize("place", [0, 1])
    def test_a_hidden_sheet_is_not_read_and_told(self, state: str, place: int) -> None:
        made = book()
        old = made.create_sheet("Oud", place)
        old.append(HEADINGS)
        old.append(("OUD", "starter", 4, None, ""))
        old.sheet_state = state
        made.active = 1 - place
        found = read(made)
        assert labels(found) == ["A. Bakker", "B. Smit", "C. Vos"]
        assert 'only the sheet "Lijst" is read; hidden and not read: "Oud"' in told(found)
        assert labels(read(made, RosterOptions(sheet="Oud"))) == ["OUD"]

    def test_the_active_one_of_several_lists(self) -> None:
        made = book()
        made.create_sheet("April").append(HEADINGS)
        made["April"].append(("D", "starter", 4, None, ""))
        made.active = 1
        found = read(made)
        assert labels(found) == ["D"]
        assert 'only the sheet "April" is read; not read: "Lijst"' in told(found)

    def test_a_sheet_with_remarks_in_front_is_no_list(self) -> None:
        made = book()
        made.create_sheet("Uitleg", 0).append(["Vul per patiënt een regel in"])
        made.active = 0
        assert labels(read(made)) == ["A. Bakker", "B. Smit", "C. Vos"]

    def test_all_sheets_hidden(self) -> None:
        data = changed(saved(book()), {BOOK: lambda xml: xml.replace(b'state="visible"', b'state="hidden"')})
        with pytest.raises(InputError, match="show one in Excel"):
            read(data)

    @pytest.mark.parametrize("how", ["hidden", "filtered", "no height"])
    def test_hidden_rows_are_not_read_and_told(self, how: str) -> None:
        made = book()
        made.active.row_dimensions[3].hidden = how != "no height"
        if how == "filtered":
            made.active.auto_filter.ref = "A1:E4"
            made.active.auto_filter.add_filter_column(0, ["A. Bakker", "C. Vos"])
        flat = {SHEET: lambda xml: xml.replace(b'<row r="3"', b'<row ht="0" r="3"')}
        found = read(changed(saved(made), flat) if how == "no height" else made)
        assert labels(found) == ["A. Bakker", "C. Vos"]
        assert "row 3 is hidden, and not read" in told(found)

    def test_a_hidden_blank_row_is_not_told(self) -> None:
        made = book()
        made.active.row_dimensions[9].hidden = True
        assert told(read(made)) == ""

    @pytest.mark.parametrize("column", ["C", "D", "E"])
    def test_hidden_columns_are_not_read_and_told(self, column: str) -> None:
        made = book()
        made.active.column_dimensions[column].hidden = True
        found = read(made)
        key, heading = {"C": ("weeks", "weken"), "D": ("start", "startdatum"), "E": ("goal", "doel")}[column]
        assert values(found, key) == [None] * 3
        assert f'hidden, and not read; show them in Excel to have them read: "{heading}"' in told(found)

    def test_the_total_of_a_table_of_excel(self) -> None:
        made = book([*ROWS, ("Alles bij elkaar", None, 18, None, None)])
        table = Table(displayName="Lijst1", ref="A1:E5", totalsRowCount=1)
        table._initialise_columns()
        for column, heading in zip(table.tableColumns, HEADINGS, strict=True):
            column.name = heading
        made.active.add_table(table)
        found = read(made)
        assert labels(found) == ["A. Bakker", "B. Smit", "C. Vos"]
        assert "row 5 is no patient but a total" in told(found)


class TestNumbersAsShown:
    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (417, "00000", "00417"), (418, '"P-"0000', "P-0418"), (418, r"\P\-0000", "P-0418"),
            (123456789, r"000\.000\.000", "123.456.789"), (12, "[$€-413] 0.00", "€ 12.00"),
            (3, "[Red]0;(0)", "3"), (-3, "[Red]0;(0)", "(3)"), (0, '0;-0;"-"', "-"),
            (5, 'General" x"', "5 x"), (6.4, "0", "6"), (2.5, "0.0#", "2.5"), (0.5, "0%", "50%"),
            (7, "0_)", "7"), (1234567, "#,##0", "1234567"),
        ],
    )  # fmt: skip
    def test_a_format_gives_the_text_that_is_shown(self, value: float, code: str, text: str) -> None:
        found = shown(value, code)
        assert found is not None
        assert found.text == text
        made = book([(value, "starter", 4, None, "x")])
        made.active["A2"].number_format = code
        assert labels(read(made)) == [text]

    def test_a_format_for_texts(self) -> None:
        assert shown_text("Bakker", '"Mw. "@') == "Mw. Bakker"
        made = book([("Bakker", "starter", 4, None, "x")])
        made.active["A2"].number_format = '0;0;0;"Mw. "@'
        assert labels(read(made)) == ["Mw. Bakker"]

    def test_what_a_format_hides_is_not_there(self) -> None:
        made = book([("A", "starter", 4, None, "geheim"), ("B", "starter", 4, None, 7)])
        made.active["E2"].number_format = made.active["E3"].number_format = ";;;"
        assert values(read(made), "goal") == [None, None]

    def test_a_number_keeps_its_value_where_a_number_is_meant(self) -> None:
        made = book([("A", "starter", 6, None, "x")])
        made.active["C2"].number_format = '0" weken"'
        assert values(read(made), "weeks") == [6]

    def test_a_format_that_is_not_known_is_a_problem(self) -> None:
        made = book([(0.5, "starter", 6, None, "x")])
        made.active["A2"].number_format = "# ?/?"
        (problem,) = read(made).problems
        assert "give the cell the format General or Text" in str(problem)

    def test_8_to_10_that_became_a_date(self) -> None:
        made = book([("A", dt.date(2026, 10, 8))], ("naam", "doses.bridge.reps"))
        (problem,) = read(made).problems
        assert "takes 8-10 for one" in str(problem)


class TestDates:
    @pytest.mark.parametrize(
        "code", ["yyyy-mm-dd", "d mmmm yyyy", "dd/mm/yy", "[$-413]d mmmm;@", "m/d/yyyy h:mm"]
    )
    def test_a_day_in_any_format(self, code: str) -> None:
        made = book()
        for row in "234":
            made.active[f"D{row}"].number_format = code
        assert values(read(made), "start") == ["2026-03-02", "2026-03-09", "2026-03-16"]

    def test_both_systems_of_days(self) -> None:
        made = book()
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        assert values(read(made), "start") == ["2026-03-02", "2026-03-09", "2026-03-16"]

    def test_a_time_of_day_is_told(self) -> None:
        found = read(book([("A", "starter", 4, dt.datetime(2026, 3, 2, 9, 30), "x")]))
        assert values(found, "start") == ["2026-03-02"]
        assert "time of day, which is not used" in told(found)

    @pytest.mark.parametrize("value", [-5, 99999999])
    def test_a_number_that_is_no_day(self, value: int) -> None:
        made = book([("A", "starter", 4, value, "x")])
        made.active["D2"].number_format = "d-m-yyyy"
        (problem,) = read(made).problems
        assert "shows ######" in str(problem)


def strict(xml: bytes) -> bytes:
    """Return a part in the namespaces of the strict form (ECMA-376 part 1)."""
    xml = xml.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    return xml.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def prefixed(xml: bytes) -> bytes:
    """Return a sheet whose elements have a prefix."""
    return re.sub(rb"<(/?)(?!\?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x=")


def dated(xml: bytes) -> bytes:
    """Return a sheet whose days stand as the strict form has them."""
    days = iter((b"2026-03-02", b"2026-03-09T00:00:00", b"2026-03-16"))
    return re.sub(
        rb'(<c r="D[234]"[^>]*?) t="n"><v>\d+</v>', lambda m: m[1] + b' t="d"><v>' + next(days) + b"</v>", xml
    )


RELATIONS = "xl/_rels/workbook.xml.rels"
ODD_NAMES = (
    b'<definedNames><definedName name="x" localSheetId="99">#REF!</definedName></definedNames></workbook>'
)

OTHER_PROGRAMS: Mapping[str, tuple[Mapping[str, Callable[[bytes], bytes]], str]] = {
    "strict": ({"*": strict}, ""),
    "strict, with days as text": ({SHEET: dated}, ""),
    "prefixes": ({SHEET: prefixed}, ""),
    "slashes of Windows": ({}, "\\"),
    "absolute targets": ({RELATIONS: lambda xml: xml.replace(b'"worksheets', b'"/xl/worksheets')}, ""),
    "no places of cells and rows": ({SHEET: lambda xml: re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", xml)}, ""),
    "empty fills": ({STYLES: lambda xml: re.sub(rb"<fill>.*?</fill>", b"<fill/>", xml, flags=re.DOTALL)}, ""),
    "odd names": ({BOOK: lambda xml: xml.replace(b"</workbook>", ODD_NAMES)}, ""),
    "odd colours": ({STYLES: lambda xml: xml.replace(b'<color theme="1"', b'<color theme="x"')}, ""),
    "no properties": ({"docProps/core.xml": lambda _: b"", "docProps/app.xml": lambda _: b"<x"}, ""),
}


@pytest.mark.parametrize("program", OTHER_PROGRAMS)
def test_workbooks_of_other_programs(program: str) -> None:
    parts, slash = OTHER_PROGRAMS[program]
    found = read(changed(saved(book()), parts, slash))
    assert labels(found) == ["A. Bakker", "B. Smit", "C. Vos"]
    assert values(found, "start") == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert values(found, "weeks") == [8, 6, 4]


def with_cell(xml: bytes, cell: bytes) -> bytes:
    return re.sub(rb'<c r="E2".*?</c>', cell, xml)


@pytest.mark.parametrize(
    ("cell", "goal"),
    [
        (b'<c r="E2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', "ab"),
        (b'<c r="E2"><f>1+1</f><v>2</v></c>', "2"),
        (b'<c r="E2" t="b"><f>TRUE()</f><v>1</v></c>', "true"),
        (b'<c r="E2" t="str"><f>""</f><v></v></c>', None),
        (
            b'<c r="E2" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r><rPh><t>x</t></rPh></is></c>',
            "rich text",
        ),
    ],
)
def test_results_of_formulas_and_texts_in_runs(cell: bytes, goal: str | None) -> None:
    found = read(changed(saved(book()), {SHEET: lambda xml: with_cell(xml, cell)}))
    assert values(found, "goal")[0] == goal


@pytest.mark.parametrize(
    ("written", "goal"),
    [
        ("Fietsen_x000D_\nnaar huis", "Fietsen\nnaar huis"), ("tuin_x000D_", "tuin"), ("a_x0009_b", "a\tb"),
        ("caf_x00E9_", "café"), ("_x005F_x000D_", "_x000D_"), ("a_x00_b", "a_x00_b"),
    ],
)  # fmt: skip
def test_escaped_characters(written: str, goal: str) -> None:
    assert values(read(book([("A", "starter", 4, None, written)])), "goal") == [goal]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "Encrypt with Password"),
        (b"<html><body><table><tr><td>naam</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "web page or an XML file"),
        (b"PK\x03\x04 damaged", "is damaged"),
    ],
)
def test_what_only_excel_opens_is_said_in_words_of_excel(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, name="r.xls")
    assert said in str(caught.value)
    assert "Save As > Excel Workbook (*.xlsx)" in str(caught.value) or "Protect Workbook" in str(caught.value)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/workbook.bin": b""}, "binary workbook"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "OpenDocument sheet"),
        ({"Index/Document.iwa": b""}, "Numbers document"),
    ],
)
def test_packages_of_other_kinds(parts: Mapping[str, bytes], said: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(InputError, match=said):
        read(data.getvalue())


@pytest.mark.parametrize("name", ["r.xls", "r.xlsx"])
def test_a_table_of_text_that_is_called_a_workbook(name: str) -> None:
    found = read("naam\tprogramma\nA\tstarter\n".encode("utf-16"), name=name)
    assert labels(found) == ["A"]
    assert "is no workbook but a table of text" in told(found)


def test_a_workbook_that_is_called_a_table() -> None:
    assert labels(read(saved(book()), name="r.csv")) == ["A. Bakker", "B. Smit", "C. Vos"]


def test_remarks_beside_the_list_are_not_read_and_told() -> None:
    made = book()
    made.active["G3"] = "let op: belt nog terug"
    made.active["I2"] = "x"
    found = read(made)
    assert labels(found) == ["A. Bakker", "B. Smit", "C. Vos"]
    assert "column 7 has no heading, and is not read (first in row 3)" in told(found)
    assert "column 9 has no heading" in told(found)
