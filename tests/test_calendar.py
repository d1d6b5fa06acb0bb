"""The calendar of a program: a strict reader finds the planned days in it, and nothing of the patient."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from programs import EXAMPLES, examples

from pdfgen import front
from pdfgen.cli.app import program as command
from pdfgen.content.files.source import Mark
from pdfgen.content.models.field_types import WEEKDAYS
from pdfgen.content.rosters.cells import read_cell
from pdfgen.content.rosters.columns import Kind
from pdfgen.content.rosters.dates import read_time
from pdfgen.delivery.icalendar import Event, calendar_file
from pdfgen.planning.dates import date_of
from pdfgen.production.calendar import calendar
from pdfgen.production.shared import Shared

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CREATED = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
SHARED = Shared()
PATIENT: dict[str, Any] = {
    "program": "short-four", "language": "en", "start": "2026-03-02", "days": ["mon", "wed", "fri"],
    "patient": {"label": "Mrs Quxley"},
}  # fmt: skip


class Line(NamedTuple):
    """A content line: name, parameters, value."""

    name: str
    parameters: dict[str, str]
    value: str


def content_lines(data: bytes) -> Iterator[Line]:
    """Read the lines of a file as RFC 5545, 3.1 has them; refuse what it does not allow."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    for one in physical:
        assert not {10, 13} & set(one)
        assert 0 < len(one) <= 75
        one.decode()  # no character is parted
    for line in b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n"):
        found = re.fullmatch(r'([A-Z-]+)((?:;[A-Z-]+=[^";:,]+)*):(.*)', line)
        assert found, line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", found[3])
        parameters = dict(one.split("=", 1) for one in found[2].split(";")[1:])
        yield Line(found[1], parameters, found[3])


def events(data: bytes) -> list[dict[str, Line]]:
    """Return the properties of each event; each stands once."""
    lines = list(content_lines(data))
    assert lines[0] == Line("BEGIN", {}, "VCALENDAR")
    assert lines[-1] == Line("END", {}, "VCALENDAR")
    head = {line.name: line.value for line in lines[1:5]}
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    found: list[dict[str, Line]] = []
    inside = False
    for line in lines[1:-1]:
        if line.name in {"BEGIN", "END"}:
            assert line.value == "VEVENT"
            assert inside is (line.name == "END")
            inside = line.name == "BEGIN"
            if inside:
                found.append({})
        elif inside:
            assert line.name not in found[-1]
            found[-1][line.name] = line
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= event.keys() for event in found)
    assert len({event["UID"].value for event in found}) == len(found)
    return found


def text(line: Line) -> str:
    """Return the text of a property without its escapes; one that is none is refused."""
    assert not re.search(r"(?<!\\)(\\\\)*[;,]", line.value)
    assert not re.search(r"(?<!\\)(\\\\)*\\[^\\;,nN]", line.value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], line.value)


def first_day(event: dict[str, Line]) -> dt.date:
    return dt.datetime.strptime(event["DTSTART"].value[:8], "%Y%m%d").date()


def days(event: dict[str, Line]) -> list[dt.date]:
    """Return the days of an event as a calendar works them out."""
    first = first_day(event)
    if "RRULE" not in event:
        return [first]
    rule = dict(part.split("=") for part in event["RRULE"].value.split(";"))
    assert rule.keys() == {"FREQ", "COUNT", "BYDAY"}
    assert rule["FREQ"] == "WEEKLY"
    weekdays = {DAYS.index(day) for day in rule["BYDAY"].split(",")}
    assert first.weekday() in weekdays
    found, day = [], first
    while len(found) < int(rule["COUNT"]):
        if day.weekday() in weekdays:
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def read_and_plan(values: dict[str, Any]) -> tuple[front.CheckedProgram, list[dict[str, Line]]]:
    program = front.read(values, shared=SHARED)
    return program, events(front.calendar(program))


@examples(25)
@given(
    start=st.dates(dt.date(2026, 1, 1), dt.date(2028, 3, 1)),
    weeks=st.integers(2, 12),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True),
    program=st.sampled_from(["short-four", "full-seven", "starter"]),
    language=st.sampled_from(["nl", "en"]),
    at=st.none() | st.times(),
)
def test_events_are_the_planned_days(
    start: dt.date, weeks: int, weekdays: list[str], program: str, language: str, at: dt.time | None
) -> None:
    values: dict[str, Any] = {
        "program": program, "language": language, "start": start.isoformat(),
        # Its harder exercises begin later.
        "weeks": max(weeks, 8) if program == "full-seven" else weeks,
        "days": sorted(weekdays),
    }  # fmt: skip
    if at is not None:
        values["at"] = f"{at:%H:%M}"
    checked, found = read_and_plan(values)
    planned = {
        date_of(start, week.number, week.days.index(session.day)): len(session.items)
        for week in front.plan(checked).weeks
        for session in week.sessions
    }
    told: dict[dt.date, int] = {}
    for event in found:
        said = re.search(r"(\d+) (oefening|exercise)", text(event["SUMMARY"]))
        assert said
        for day in days(event):
            assert day not in told
            told[day] = int(said[1])
    assert told == planned


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300), st.text("a,;\\\nñ😀", max_size=200)
)
def test_texts_come_back_as_they_were(title: str, words: str) -> None:
    event = Event("one@here", dt.date(2026, 3, 2), None, 0, (0,), 1, title, words)
    (found,) = events(calendar_file([event], CREATED, "nl"))
    assert text(found["SUMMARY"]) == title
    assert text(found["DESCRIPTION"]) == words


def test_an_event_says_what_when_and_how_long() -> None:
    program, found = read_and_plan(PATIENT | {"at": "8:30"})
    first = front.plan(program).weeks[0]
    minutes = first.minutes + front.plan(program).warm_up_minutes
    event = found[0]
    assert event["DTSTART"] == Line("DTSTART", {}, "20260302T083000")
    assert event["DURATION"].value == f"PT{minutes}M"
    assert text(event["SUMMARY"]) == f"Exercises for your back, 4 exercises, about {minutes} minutes"
    assert event["SUMMARY"].parameters == {"LANGUAGE": "en"}
    assert "1. " in text(event["DESCRIPTION"])
    assert "TRANSP" not in event


def test_without_a_time_an_event_lasts_all_day_and_leaves_it_free() -> None:
    _, found = read_and_plan(PATIENT)
    for event in found:
        assert event["DTSTART"].parameters == {"VALUE": "DATE"}
        assert re.fullmatch(r"\d{8}", event["DTSTART"].value)
        assert event["TRANSP"].value == "TRANSPARENT"
        assert "DURATION" not in event


def test_a_dose_to_be_written_in_has_no_length() -> None:
    _, found = read_and_plan(PATIENT | {"at": "08:30", "doses": {"bridge": {"blank": True}}})
    assert all("DURATION" not in event for event in found)
    assert all("minutes" not in event["SUMMARY"].value for event in found)


def test_times_are_those_where_the_patient_is() -> None:
    _, found = read_and_plan(PATIENT | {"at": "08:30"})
    for event in found:
        assert re.fullmatch(r"\d{8}T083000", event["DTSTART"].value)
        assert not event["DTSTART"].parameters


def test_nothing_of_the_patient_is_in_it() -> None:
    own = {"goal": "Zorbing", "if_then": "Xylophone", "message": "Vuvuzela", "notes": {"bridge": "Ukulele"}}
    data = front.calendar(front.read(PATIENT | own | {"therapist": "Ocarina"}, shared=SHARED))
    for word in (b"Quxley", b"Zorbing", b"Xylophone", b"Vuvuzela", b"Ukulele", b"Ocarina"):
        assert word not in data.replace(b"\r\n ", b"")


def test_the_same_program_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    program = front.read(PATIENT, shared=Shared())
    data = front.calendar(program)
    assert data == front.calendar(front.read(PATIENT, shared=Shared()))
    assert {event["DTSTAMP"].value for event in events(data)} == {"20260302T000000Z"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    stamps = {event["DTSTAMP"].value for event in events(calendar(program.program, program.shared))}
    assert stamps == {"19700102T000000Z"}


def test_an_id_of_its_own_keeps_the_events() -> None:
    values = PATIENT | {"id": "0000AAAA"}
    _, before = read_and_plan(values)
    _, after = read_and_plan(values | {"goal": "Another goal", "at": "09:00"})
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert all("0000AAAA" in event["UID"].value for event in before)


@pytest.mark.parametrize("at", ["8:3", "24:00", "25:10", "half nine", "08:30:00", 830, "８:30"])
def test_what_is_no_time_is_an_error_in_its_place(at: object) -> None:
    (problem,) = front.check(PATIENT | {"at": at}).problems
    assert problem.field == "at"
    assert "08:30" in problem.message


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def generate(runner: CliRunner, *arguments: str, patient: str = str(EXAMPLES / "patient.yaml")) -> Any:
    return runner.invoke(command, ["generate", patient, "--layout", "tracker", *arguments])


def test_the_command_writes_it_beside_the_program(runner: CliRunner) -> None:
    result = generate(runner, "-o", "a.pdf", "--calendar", "deep/a.ics")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == ["a.pdf", str(Path("deep/a.ics"))]
    data = Path("deep/a.ics").read_bytes()
    assert events(data)
    assert generate(runner, "-o", "a.pdf", "--calendar", "deep/a.ics").exit_code == 0
    assert Path("deep/a.ics").read_bytes() == data


def test_another_kind_of_file_is_left_as_it_is(runner: CliRunner) -> None:
    Path("a.ics").write_text("shopping")
    result = generate(runner, "-o", "a.pdf", "--calendar", "a.ics")
    assert result.exit_code == 5
    assert Path("a.ics").read_text() == "shopping"
    assert not Path("a.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--calendar", "-"], 2, "needs a file"),
        (["-o", "a.pdf", "--calendar", "a.pdf"], 2, "same file"),
        (["--encrypt", "--calendar", "a.ics"], 2, "cannot be locked"),
    ],
)
def test_where_it_cannot_go_nothing_is_written(
    runner: CliRunner, arguments: list[str], code: int, word: str
) -> None:
    result = generate(runner, *arguments)
    assert result.exit_code == code, result.output
    assert word in result.stderr
    assert not [path for path in Path().rglob("*") if path.is_file()]


def test_without_a_first_day_there_is_no_calendar(runner: CliRunner) -> None:
    Path("undated.yaml").write_text("program: short-four\n")
    result = generate(runner, "-o", "a.pdf", "--calendar", "a.ics", patient="undated.yaml")
    assert result.exit_code == 3
    assert "undated.yaml" in result.stderr
    assert "start: 2026-03-02" in result.stderr
    assert not Path("a.pdf").exists()
    assert not Path("a.ics").exists()


@pytest.mark.parametrize(
    ("cell", "at"),
    [("8:30", "8:30"), ("8.30 uur", "8:30"), ("8u30", "8:30"), ("9 uur", "9:00"), (" 14:05 ", "14:05"),
     ("9h", "9:00"), ("later", "later"), ("9", "9")],
)  # fmt: skip
def test_a_list_has_times_as_people_write_them(cell: str, at: str) -> None:
    assert read_time(cell) == at


@pytest.mark.parametrize("cell", [dt.time(8, 30), dt.datetime(1899, 12, 31, 8, 30)])
def test_a_time_of_a_spreadsheet_is_one(cell: dt.time) -> None:
    assert read_cell(cell, ("at",), Kind.TIME, Mark("list.xlsx", 1, 1)).value == "08:30"


ROSTER = "label;start;at\nMevrouw Quxley;2026-03-02;8:30\nDe heer Quxley;2026-03-03;\nKind Quxley;;9 uur\n"


def calendars(runner: CliRunner, *arguments: str) -> Result:
    Path("list.csv").write_text(ROSTER, encoding="utf-8")
    Path("base.yaml").write_text("program: starter\nweeks: 2\nlanguage: nl\n")
    return runner.invoke(
        command,
        ["batch", "list.csv", "--base", "base.yaml", "--layout", "tracker", "--out", "out", *arguments],
    )


def test_a_batch_has_a_calendar_beside_each_program_at_the_time_of_its_row(runner: CliRunner) -> None:
    result = calendars(runner, "--calendars")
    assert result.exit_code == 7, result.output
    assert "start" in result.stderr
    first, second = sorted(Path("out").glob("*.ics"))
    assert [path.with_suffix(".pdf").exists() for path in (first, second)] == [True, True]
    assert "T083000" in first.read_text()
    assert "T083000" not in second.read_text()
    assert all(events(path.read_bytes()) for path in (first, second))
    told = "".join(path.read_text() + path.name for path in Path("out").iterdir() if path.suffix != ".pdf")
    assert "Quxley" not in told
    listed = {
        one["file"]: one["kind"] for one in json.loads(Path("out/manifest.json").read_text())["programs"]
    }
    assert {listed[first.name], listed[second.name]} == {"calendar"}
    assert first.name in Path("out/SHA256SUMS").read_text()


def test_a_calendar_of_a_batch_is_that_of_the_program_and_is_kept(runner: CliRunner) -> None:
    calendars(runner, "--calendars")
    first = min(Path("out").glob("*.ics"))
    data = first.read_bytes()
    Path("one.yaml").write_text(
        "program: starter\nweeks: 2\nlanguage: nl\nstart: 2026-03-02\nat: '08:30'\n"
        "patient: {label: Mevrouw Quxley}\nid: " + first.stem.partition("-")[2] + "\n"
    )
    generate(runner, "-o", "a.pdf", "--calendar", "a.ics", patient="one.yaml")
    assert Path("a.ics").read_bytes() == data
    first.write_bytes(b"spoilt")
    assert calendars(runner, "--calendars", "--resume").exit_code == 7
    assert not first.read_bytes().startswith(b"BEGIN")  # another kind of file is left as it is
    first.unlink()
    calendars(runner, "--calendars", "--resume")
    assert first.read_bytes() == data


def test_without_the_option_a_batch_has_none_and_locked_ones_cannot_be(runner: CliRunner) -> None:
    assert calendars(runner).exit_code == 0
    assert not list(Path("out").glob("*.ics"))
    Path("passwords.csv").write_text("row,password\n2,abc\n")
    result = calendars(runner, "--calendars", "--encrypt", "passwords.csv")
    assert result.exit_code == 2
    assert "cannot be locked" in result.stderr
