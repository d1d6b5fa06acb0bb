"""FHIR R4 care plans: which program a patient gets, whatever the order of a file and whoever wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from programs import EXAMPLES, examples
from rosters import bundle, care_plan, patient

from pdfgen.cli.app import program
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import Roster, row_prescription
from pdfgen.errors import InputError

IDENT = "Patient/example-0"
UUID = "urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def roster(*resources: Any, form: str = "ndjson", timezone: str = "") -> Roster:
    if form == "ndjson":
        Path("r.ndjson").write_text("".join(json.dumps(one) + "\n" for one in resources), encoding="utf-8")
        return read_roster(Path("r.ndjson"), RosterOptions(timezone=timezone))
    whole = bundle(*resources) if form == "bundle" else list(resources)
    Path("r.json").write_text(json.dumps(whole), encoding="utf-8")
    return read_roster(Path("r.json"))


def served(*entries: tuple[str, Any]) -> Roster:
    """Return the roster of a Bundle with these addresses."""
    whole = [{"fullUrl": url, "resource": resource} for url, resource in entries]
    Path("r.json").write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": whole}))
    return read_roster(Path("r.json"))


def values(found: Roster) -> list[dict[str, Any]]:
    assert found.problems == ()
    return [row.source.data for row in found.rows]


def said(found: Roster) -> str:
    return "\n".join(str(problem) for problem in (*found.problems, *found.warnings, *found.notes))


@pytest.mark.parametrize("form", ["ndjson", "bundle", "list"])
@pytest.mark.parametrize("turned", [False, True])
def test_what_is_taken_from_a_care_plan(here: Path, form: str, turned: bool) -> None:
    resources = [patient(0), care_plan(0, IDENT)]
    found = roster(*(reversed(resources) if turned else resources), form=form)
    assert values(found) == [
        {
            "language": "nl",
            "patient": {"label": "Peter James Chalmers"},
            "program": "short-four",
            "start": "2026-03-02",
            "weeks": 6,
            "therapist": "K. Beek",
        }
    ]
    assert said(found) == ""
    made = row_prescription(found.rows[0]).value
    assert (made.program, made.weeks, made.therapist) == ("short-four", 6, "K. Beek")
    assert "Zeldzaam" not in repr(found)


@pytest.mark.parametrize(
    ("named", "taken"),
    [
        ({"instantiatesUri": ["urn:pdfgen:program:starter"]}, "starter"),
        ({"instantiatesUri": ["URN:PDFGEN:program:starter"]}, "starter"),
        ({"instantiatesCanonical": ["urn:pdfgen:program:starter|2.1"]}, "starter"),
        ({"instantiatesUri": ["http://a.example/protocol", "urn:pdfgen:program:starter"]}, "starter"),
        ({"instantiatesUri": ["http://a.example/protocol"]}, None),
        ({"instantiatesUri": "urn:pdfgen:program:starter"}, None),
        ({"instantiatesUri": [None, 5, {}]}, None),
        ({}, None),
    ],
)
def test_the_program(here: Path, named: dict[str, Any], taken: str | None) -> None:
    found = roster(patient(0), care_plan(0, IDENT, **{"instantiatesUri": None, **named}))
    assert values(found)[0].get("program") == taken
    assert ("1 care plan names no program of pdfgen" in said(found)) == (taken is None)


def test_two_programs_in_one_plan_are_not_chosen_from(here: Path) -> None:
    both = ["urn:pdfgen:program:starter", "urn:pdfgen:program:short-four"]
    assert 'row 2, column "instantiatesUri": program: names 2 programs' in said(
        roster(patient(0), care_plan(0, IDENT, instantiatesUri=both))
    )


def test_without_a_program_it_is_said_how_to_name_one(here: Path) -> None:
    found = roster(patient(0), patient(1), care_plan(0, IDENT, instantiatesUri=None))
    for row in found.rows:
        with pytest.raises(InputError, match=r"add a CarePlan.*urn:pdfgen:program:NAME.*--set program=NAME"):
            row_prescription(row)
    assert row_prescription(found.rows[0], overrides=(("program", "starter"),)).value.program == "starter"


@pytest.mark.parametrize(
    ("period", "start", "weeks", "caution"),
    [
        (None, None, None, ""),
        ({"start": "2026-03-02"}, "2026-03-02", None, ""),
        ({"start": "2026-03-02", "end": "2026-03-15"}, "2026-03-02", 2, ""),
        ({"start": "2026-03-02", "end": "2026-04-13"}, "2026-03-02", None, "not a whole number of weeks"),
        ("2026-03-02", None, None, ""),
        # A time counts on its day in the clinic's time zone, on either side of the change of the clock.
        ({"start": "2026-03-01T23:00:00Z", "end": "2026-04-12T21:59:59Z"}, "2026-03-02", 6, "another one"),
        ({"start": "2026-03-02T08:30:00+01:00"}, "2026-03-02", None, ""),
        ({"start": "2026-03-02T23:30:00-11:00"}, "2026-03-03", None, 'column "period.start": the day in'),
        ({"start": "2026-03-29T22:30:00.123Z"}, "2026-03-30", None, "another one"),
        ({"start": "2026-12-31T23:59:60Z"}, "2027-01-01", None, "another one"),
        # The end belongs to a period, and midnight is the end of a day.
        ({"start": "2026-03-02T00:00:00+01:00", "end": "2026-04-13T00:00:00+02:00"}, "2026-03-02", 6,
         "midnight at the end"),
        ({"start": "2026-03-02T00:00:00", "end": "2026-04-12T00:00:00"}, "2026-03-02", 6, ""),
        ({"start": "2026-03-02", "end": "2026-03-15T12:00:00Z"}, "2026-03-02", 2, ""),
    ],
)  # fmt: skip
def test_the_period(here: Path, period: Any, start: str | None, weeks: int | None, caution: str) -> None:
    found = roster(patient(0), care_plan(0, IDENT, period=period), timezone="Europe/Amsterdam")
    assert (values(found)[0].get("start"), values(found)[0].get("weeks")) == (start, weeks)
    if caution:
        assert caution in said(found)
    else:
        assert not found.warnings


@pytest.mark.parametrize(
    ("zone", "start"),
    [("Europe/Amsterdam", "2026-03-02"), ("America/New_York", "2026-03-01"), ("Asia/Tokyo", "2026-03-02"),
     ("Pacific/Auckland", "2026-03-02"), ("UTC", "2026-03-01")],
)  # fmt: skip
def test_a_date_is_the_date_at_the_clinic(
    here: Path, monkeypatch: pytest.MonkeyPatch, zone: str, start: str
) -> None:
    resources = [patient(0), care_plan(0, IDENT, period={"start": "2026-03-01T23:00:00Z"})]
    named = roster(*resources, timezone=zone)
    assert values(named)[0]["start"] == start
    assert "time zone of this machine" not in said(named)
    monkeypatch.setenv("TZ", zone)
    here_too = roster(*resources)
    assert values(here_too)[0]["start"] == start
    assert said(here_too).count(f"times are read as days in {zone}, the time zone of this machine") == 1
    dated = roster(patient(0), care_plan(0, IDENT))
    assert "time zone" not in said(dated)


@pytest.mark.parametrize("zone", ["Amsterdam", "../etc/passwd", "Europe", "CEST+2", "\0"])
def test_a_time_zone_that_there_is_not(here: Path, zone: str) -> None:
    with pytest.raises(InputError, match="is no time zone; write one such as Europe/Amsterdam"):
        roster(patient(0), timezone=zone)


@pytest.mark.parametrize("written", ["2026", "2026-03", "1999-12"])
@pytest.mark.parametrize("bound", ["start", "end"])
def test_a_month_or_a_year_is_no_day(here: Path, bound: str, written: str) -> None:
    found = roster(patient(0), care_plan(0, IDENT, period={bound: written}))
    assert f'row 2, column "period.{bound}"' in said(found)
    assert "names a month or a year and no day; write year-month-day" in said(found)


@pytest.mark.parametrize(
    "start",
    ["2026-02-31", "02-03-2026", "yesterday", "", 20260302, ["2026-03-02"], "2026-03-02Tomorrow", "2026-13",
     "2026-03-02T25:00:00Z", "2026-03-02T9:00", "0000", "0001-01-01T00:00:00+14:00"],
)  # fmt: skip
def test_a_start_that_is_no_date(here: Path, start: Any) -> None:
    found = roster(patient(0), care_plan(0, IDENT, period={"start": start}))
    assert "period.start" in said(found)
    assert "is not a date" in said(found)


def test_a_period_that_runs_backwards(here: Path) -> None:
    found = roster(patient(0), care_plan(0, IDENT, period={"start": "2026-03-02", "end": "2026-03-01"}))
    assert "ends before it starts" in said(found)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ({"author": {"display": "K. Beek"}}, "K. Beek"),
        ({"author": {"reference": "https://a.example/PractitionerRole/3", "display": "K. Beek"}}, "K. Beek"),
        ({"contributor": [{"display": " M.  Smit "}, {"display": "K. Beek"}]}, "M. Smit"),
        ({"author": {"reference": "Patient/9", "display": "P"}, "contributor": [{"display": "M"}]}, "M"),
        ({"author": {"type": "Device", "display": "App"}, "contributor": [5, {}]}, None),
        ({"author": [{"display": "K. Beek"}]}, None),
    ],
)
def test_the_therapist(here: Path, who: dict[str, Any], name: str | None) -> None:
    found = roster(patient(0), care_plan(0, IDENT, **{"author": None, **who}))
    assert values(found)[0].get("therapist") == name


@pytest.mark.parametrize(
    "changed",
    [{"status": status}
     for status in ("draft", "on-hold", "revoked", "completed", "entered-in-error", "unknown")]
    + [{"intent": "proposal"}, {"intent": "option"}],
    ids=str,
)  # fmt: skip
def test_plans_that_are_not_carried_out(here: Path, changed: dict[str, Any]) -> None:
    """They are left out and told, and their patient does not get the program of all the others."""
    found = roster(patient(0), patient(1), care_plan(0, IDENT, **changed))
    assert [row.number for row in found.rows] == [2]
    assert f"1 care plan is not in use and left out (1 {next(iter(changed.values()))})" in said(found)
    assert "row 1: the patient has no care plan that is in use, and gets no program" in said(found)
    found = roster(patient(0), care_plan(0, IDENT, **changed), care_plan(1, IDENT))
    assert [row.number for row in found.rows] == [3]
    assert "gets no program" not in said(found)
    with pytest.raises(InputError, match="not in use"):
        roster(patient(0), care_plan(0, IDENT, **changed))


@pytest.mark.parametrize("status", [None, "running", ["active"]])
def test_a_status_that_there_is_not(here: Path, status: Any) -> None:
    assert 'column "status": must be one of active' in said(
        roster(patient(0), care_plan(0, IDENT, status=status))
    )


def test_two_plans_are_two_programs(here: Path) -> None:
    found = roster(care_plan(0, IDENT), patient(0), care_plan(1, IDENT, "starter"))
    assert [(row.number, row.source.data["program"]) for row in found.rows] == [
        (1, "short-four"),
        (3, "starter"),
    ]
    assert "row 3: the patient has another care plan in use, row 1; both programs are made" in said(found)


@pytest.mark.parametrize(
    ("subject", "problem"),
    [
        (None, "does not name its patient"),
        ("Patient/example-0", "does not name its patient"),
        ({"identifier": {"value": "12345"}}, "by an identifier alone"),
        ({"reference": ["Patient/example-0"]}, "does not name its patient"),
        ({"reference": "Group/example-0"}, "somebody else than a patient"),
        ({"reference": "example-0"}, "somebody else than a patient"),
        ({"reference": "../Patient/example-0"}, "somebody else than a patient"),
        ({"reference": "Patient/"}, "not in this file"),
        ({"reference": "Patient/example-0/x"}, "not in this file"),
        ({"reference": "Patient/example-00"}, "not in this file"),
        ({"reference": "patient/example-0"}, "somebody else than a patient"),
        ({"reference": "https://elsewhere.example/Patient/example-1"}, "not in this file"),
        ({"reference": "https://elsewhere.example/Group/example-0"}, "somebody else than a patient"),
        ({"reference": "https://elsewhere.example/Patient/example-0/x"}, "not in this file"),
        ({"reference": "Patient?identifier=urn:none|12345"}, "not in this file"),
        ({"reference": "Patient?identifier=12345"}, "not in this file"),
        ({"reference": "file:///etc/passwd"}, "not in this file"),
        ({"reference": UUID}, "not in this file"),
        ({"reference": "#"}, "not in this file"),
        ({"reference": "#example-0"}, "not in this file"),
        ({"reference": "Patient/" + "x" * 10_000}, "not in this file"),
    ],
)  # fmt: skip
def test_hostile_references(here: Path, subject: Any, problem: str) -> None:
    """A plan that does not name its patient for certain goes to nobody, and the reference is not repeated."""
    found = roster(patient(0), {**care_plan(0, IDENT), "subject": subject})
    (told,) = found.problems
    assert problem in str(told)
    assert str(told).startswith('r.ndjson, row 2, column "subject": ')
    assert "example-0" not in str(told)
    assert "program" not in found.rows[0].source.data


def test_an_id_that_two_patients_have(here: Path) -> None:
    found = roster(patient(0), care_plan(0, IDENT), patient(0, name=[{"text": "Somebody Else"}]))
    assert 'row 2, column "subject": refers to a patient who is in this file more than once' in said(found)


@pytest.mark.parametrize(
    "reference", [UUID, "https://a.example/Patient/7", "https://a.example/Patient/7/_history/2"]
)
def test_addresses_of_a_bundle(here: Path, reference: str) -> None:
    url = reference.partition("/_history")[0]
    found = served(("urn:uuid:1", care_plan(0, reference)), (url, patient(0, id=None)))
    assert values(found)[0]["program"] == "short-four"


def test_the_same_id_on_two_servers(here: Path) -> None:
    found = served(
        ("https://a.example/fhir/Patient/7", patient(7, id="7", name=[{"text": "A"}])),
        ("https://b.example/fhir/Patient/7", patient(7, id="7", name=[{"text": "B"}])),
        ("https://b.example/fhir/CarePlan/1", care_plan(1, "Patient/7")),
        ("https://a.example/fhir/CarePlan/1", care_plan(1, "Patient/7", "starter")),
    )
    assert [(one["patient"]["label"], one["program"]) for one in values(found)] == [
        ("B", "short-four"),
        ("A", "starter"),
    ]
    found = served(
        ("https://a.example/fhir/Patient/7", patient(7, id="7")),
        ("https://b.example/fhir/CarePlan/1", care_plan(1, "Patient/7")),
    )
    assert "not in this file" in said(found)


def test_a_patient_in_the_plan(here: Path) -> None:
    inside = [{"resourceType": "Practitioner", "id": "p"}, patient(3, id="p", name=[{"text": "Jo"}])]
    found = roster(care_plan(0, "#p", contained=inside), patient(0, id="p"))
    assert [(row.number, row.source.data.get("program")) for row in found.rows] == [
        (1, "short-four"),
        (2, None),
    ]
    assert found.rows[0].source.data["patient"]["label"] == "Jo"
    twice = care_plan(0, "#p", contained=[patient(0, id="p"), patient(1, id="p")])
    assert "more than once" in said(roster(twice))


def test_a_record_that_is_not_for_use_stops_its_plans(here: Path) -> None:
    found = roster(patient(0, deceasedBoolean=True), care_plan(0, IDENT), care_plan(1, IDENT, "starter"))
    assert [row.number for row in found.rows] == [2, 3]
    assert [str(problem) for problem in found.problems] == [
        'r.ndjson, row 1, column "deceased": this patient has died; take the record out'
    ] * 2


def rows_as_said(found: Roster) -> list[str]:
    return sorted(json.dumps(row.source.data, sort_keys=True) for row in found.rows)


RESOURCES = [
    patient(0, name=[{"text": "Vos"}]), patient(1, name=[{"text": "Wolf"}]),
    patient(2, name=[{"text": "Das"}]),
    care_plan(0, "Patient/example-0"), care_plan(1, "Patient/example-1", "starter"),
    care_plan(2, "Patient/example-1", "full-seven"), care_plan(3, "Patient/example-2", status="revoked"),
    care_plan(4, "Patient/nobody"), {"resourceType": "Practitioner", "id": "example-0"},
]  # fmt: skip


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(RESOURCES), st.sampled_from(["ndjson", "bundle", "list"]))
def test_the_order_does_not_matter(here: Path, resources: list[Any], form: str) -> None:
    expected = rows_as_said(roster(*RESOURCES))
    found = roster(*resources, form=form)
    assert rows_as_said(found) == expected
    numbers = [row.number for row in found.rows]
    assert numbers == sorted(set(numbers))
    for row in found.rows:
        plan = resources[row.number - 1]
        assert plan["resourceType"] == "CarePlan"
        label = row.source.data.get("patient", {}).get("label")
        assert label == {"0": "Vos", "1": "Wolf", "y": None}[plan["subject"]["reference"][-1]]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8)
    | st.sampled_from([IDENT, "#p", UUID, "active", "urn:pdfgen:program:starter", "Patient", "2026-03-02"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(
        st.sampled_from(["reference", "start", "end", "display", "type", "resourceType", "id"]),
        inside, max_size=3,
    ),
    max_leaves=8,
)  # fmt: skip
ELEMENTS = st.sampled_from(
    ["subject", "period", "author", "contributor", "status", "intent", "instantiatesUri", "contained",
     "instantiatesCanonical", "id"]
)  # fmt: skip


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(ELEMENTS, JSON, max_size=4))
def test_whatever_stands_in_a_plan(here: Path, changed: dict[str, Any]) -> None:
    """It becomes a row, a problem or nothing; never a traceback, and never the program of somebody else."""
    resources = [patient(0), patient(1, name=[{"text": "Wolf"}]), {**care_plan(0, IDENT), **changed}]
    found = roster(*resources)
    for row in found.rows:
        data = row.source.data
        if data.get("patient", {}).get("label") == "Wolf":
            assert "program" not in data


def test_the_example_makes_programs_as_it_stands(here: Path) -> None:
    done = CliRunner().invoke(
        program,
        ["batch", str(EXAMPLES / "patients.fhir.ndjson"), "--out", "out/fhir", "--layout", "wall-sheet"],
    )
    assert done.exit_code == 0, done.stderr
    assert "7 of 7 programs are in out/fhir" in done.stderr
    assert len(list(Path("out/fhir").glob("*.pdf"))) == 7
