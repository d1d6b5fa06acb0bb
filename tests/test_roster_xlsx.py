"""Workbooks as rosters: values of one sheet, whatever else the file holds or pretends."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import rosters

from pdfgen.content.rosters import xlsx_package
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import Roster
from pdfgen.errors import InputError

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    ("naam", "programma", "startdatum", "weken", "kant"),
    ("A", "starter", dt.date(2026, 3, 2), 6, "links"),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def roster(data: bytes, options: RosterOptions | None = None, name: str = "r.xlsx") -> Roster:
    Path(name).write_bytes(data)
    return read_roster(Path(name), options)


def refused(data: bytes, options: RosterOptions | None = None) -> str:
    with pytest.raises(InputError) as caught:
        roster(data, options)
    return str(caught.value)


def repacked(
    data: bytes,
    changed: Mapping[str, Callable[[bytes], bytes]] | None = None,
    added: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a workbook with some of its parts changed or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changed[name](content) if changed and name in changed else content)
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def test_numbers_dates_and_texts(here: Path) -> None:
    rows = (
        ("naam", "weken", "startdatum", "doel", "notes.plank"),
        ("A", 6, dt.date(2026, 3, 2), 417, "=1+1"),
        ("B", 6.0, dt.datetime(2026, 3, 2, 0, 0), dt.datetime(2026, 3, 2), True),
        (None, "8", "2 maart 2026", 2.5, None),
        (None,) * 5,
        (417, None, "2 maart 2026", 0, None),
    )
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active["E2"].data_type = "s"
    data = io.BytesIO()
    book.save(data)
    found = roster(data.getvalue())
    assert found.problems == ()
    assert [row.number for row in found.rows] == [2, 3, 4, 6]
    assert [row.source.data for row in found.rows] == [
        {"patient": {"label": "A"}, "weeks": 6, "start": "2026-03-02", "goal": "417",
         "notes": {"plank": "=1+1"}},
        {"patient": {"label": "B"}, "weeks": 6, "start": "2026-03-02", "goal": "2026-03-02",
         "notes": {"plank": "true"}},
        {"weeks": 8, "start": "2026-03-02", "goal": "2.5"},
        {"patient": {"label": "417"}, "start": "2026-03-02", "goal": "0"},
    ]  # fmt: skip


def test_a_day_number_and_an_error_of_the_spreadsheet(here: Path) -> None:
    found = roster(rosters.write_xlsx([*ROWS, ("B", "#REF!", 45000, 6, "links")]))
    assert [str(problem) for problem in found.problems] == [
        'r.xlsx, row 3, column "programma": program: holds an error of the spreadsheet; mend it there',
        'r.xlsx, row 3, column "startdatum": start: is a number, not a date; '
        "give the cell the format of a date",
    ]


def test_a_formula_gives_its_stored_result_or_a_problem(here: Path) -> None:
    plain = rosters.write_xlsx([*ROWS, ('="B"&"C"', "starter", None, 6, None)])
    (problem,) = roster(plain).problems
    assert (problem.row, problem.heading) == (3, "naam")
    assert "formula without its result" in problem.message

    def with_result(sheet: bytes) -> bytes:
        changed, count = re.subn(
            rb'(<c r="A3")[^>]*>(<f>.*?</f>)<v ?/?>(</v>)?', rb'\1 t="str">\2<v>BC</v>', sheet
        )
        assert count == 1
        return changed

    found = roster(repacked(plain, {SHEET: with_result}))
    assert found.problems == ()
    assert found.rows[1].source.data["patient"] == {"label": "BC"}


def test_only_the_first_sheet_unless_one_is_named(here: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Maart"
    book.active.append(["naam"])
    book.active.append(["A"])
    book.create_sheet("April").append(["naam"])
    book["April"].append(["B"])
    data = io.BytesIO()
    book.save(data)
    first = roster(data.getvalue())
    assert first.rows[0].source.data == {"patient": {"label": "A"}}
    said = 'r.xlsx: only the sheet "Maart" is read; not read: "April"; --sheet names another one'
    assert [str(note) for note in first.notes] == [said]
    assert (
        roster(data.getvalue(), RosterOptions(sheet="April")).rows[0].source.data["patient"]["label"] == "B"
    )
    assert 'did you mean "April"?' in refused(data.getvalue(), RosterOptions(sheet="Aprl"))


def test_macros_and_links_are_left_alone_and_told(here: Path) -> None:
    added = {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    found = roster(repacked(rosters.write_xlsx(ROWS), added=added), name="r.xlsm")
    assert len(found.rows) == 1
    assert [note.message.partition(";")[0] for note in found.notes] == [
        "holds macros",
        "holds links to other files",
    ]


@pytest.mark.parametrize(
    ("limit", "value"), [("MAX_UNPACKED", 5_000_000), ("_LARGE_PART", 1_000_000)], ids=["total", "growth"]
)
def test_a_bomb_is_refused_before_it_is_unpacked(
    here: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    bomb = repacked(rosters.write_xlsx(ROWS), {SHEET: lambda sheet: sheet + b" " * 6_000_000})
    assert len(bomb) < 50_000
    assert len(roster(bomb).rows) == 1, "it is the limit that refuses"
    monkeypatch.setattr(xlsx_package, limit, value)
    started = time.process_time()
    assert "too large when unpacked" in refused(bomb)
    assert time.process_time() - started < 3


def test_many_parts_are_refused(here: Path) -> None:
    parts = {f"xl/media/{number}": b"" for number in range(xlsx_package.MAX_PARTS)}
    assert "too large when unpacked" in refused(repacked(rosters.write_xlsx(ROWS), added=parts))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_declarations_are_refused(here: Path, declaration: bytes) -> None:
    data = repacked(rosters.write_xlsx(ROWS), {SHEET: lambda sheet: declaration + sheet})
    assert "declarations" in refused(data)


def test_a_sheet_that_lies_about_its_size(here: Path) -> None:
    def lying(sheet: bytes) -> bytes:
        sheet = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', sheet)
        return sheet.replace(b"</sheetData>", b'<row r="99999999999"><c r="A99999999999"/></row></sheetData>')

    started = time.process_time()
    assert len(roster(repacked(rosters.write_xlsx(ROWS), {SHEET: lying})).rows) == 1
    assert time.process_time() - started < 5


def test_a_cell_far_to_the_right(here: Path) -> None:
    def wide(sheet: bytes) -> bytes:
        return sheet.replace(b"</row></sheetData>", b'<c r="XFD2"><v>1</v></c></row></sheetData>')

    assert "past column 256" in refused(repacked(rosters.write_xlsx(ROWS), {SHEET: wide}))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (b"<html><table><tr><td>naam", "is a web page"),
        (b"", "is not an XLSX workbook"),
        (b"PK\x03\x04" + b"x" * 100, "is not an XLSX workbook"),
        (rosters.write_xlsx(ROWS)[:3000], "is not an XLSX workbook"),
    ],
)
def test_what_is_no_workbook(here: Path, data: bytes, told: str) -> None:
    assert told in refused(data)


def broken_parts() -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(rosters.write_xlsx(ROWS))) as book:
        return [pytest.param(name, id=name) for name in book.namelist()]


@pytest.mark.parametrize("part", broken_parts())
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\0\xff" * 50])
def test_a_broken_part_is_a_problem_or_does_not_matter(here: Path, part: str, content: bytes) -> None:
    with contextlib.suppress(InputError):
        roster(repacked(rosters.write_xlsx(ROWS), {part: lambda _: content}))


def test_an_encrypted_part(here: Path) -> None:
    data = bytearray(rosters.write_xlsx(ROWS))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), bytes(data)):
            data[found.start() + offset] |= 1
    assert "is not an XLSX workbook" in refused(bytes(data))


def test_only_a_workbook_costs_the_import() -> None:
    code = "import sys, pdfgen.content.rosters.reading; assert 'openpyxl' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
