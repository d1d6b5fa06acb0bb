"""FHIR R4 patients as rosters: a name and a language, and nothing else unless it is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rosters import bundle, patient

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.rosters.options import RosterOptions
from pdfgen.content.rosters.reading import read_roster
from pdfgen.content.rosters.roster import Roster, row_prescription
from pdfgen.errors import InputError

ROOT = Path(__file__).parent.parent
SYSTEM = "urn:oid:1.2.36.146.595.217.0.1"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def roster(data: Any, options: RosterOptions | None = None, name: str = "r.json") -> Roster:
    Path(name).write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_roster(Path(name), options)


def told(resource: Any, options: RosterOptions | None = None) -> list[str]:
    return [str(problem) for problem in roster(resource, options).problems]


def label(*names: Any, **options: Any) -> str:
    found = roster(patient(0, name=list(names)), RosterOptions(**options))
    assert not found.problems, found.problems
    return str(found.rows[0].source.data["patient"]["label"])


@pytest.mark.parametrize("form", ["one", "bundle", "list", "ndjson"])
def test_every_form(here: Path, form: str) -> None:
    one = patient(0)
    data = {"one": one, "bundle": bundle(one), "list": [one], "ndjson": json.dumps(one)}[form]
    found = roster(data, name="r.ndjson" if form == "ndjson" else "r.json")
    assert found.problems == ()
    (row,) = found.rows
    assert row.source.data == {"language": "nl", "patient": {"label": "Peter James Chalmers"}}
    prescription = row_prescription(row, parse_yaml("program: starter\nweeks: 4", "base.yaml")).value
    assert (prescription.patient.label, prescription.program) == ("Peter James Chalmers", "starter")


def test_other_resources_are_passed_over_and_counted(here: Path) -> None:
    others = ({"resourceType": "OperationOutcome"}, None, 5, {"resourceType": "Practitioner"})
    found = roster(bundle(others[0], patient(0), *others[1:], patient(1)))
    assert [row.number for row in found.rows] == [2, 6]
    assert [str(note) for note in found.notes] == [
        "r.json: 4 resources that are neither Patient nor CarePlan are passed over"
    ]
    lines = "\n".join(json.dumps(one) for one in (others[0], patient(0)))
    assert [row.number for row in roster(lines, name="r.ndjson").rows] == [2]


@pytest.mark.parametrize("data", [bundle(), bundle(5), {"resourceType": "Practitioner"},
                                  {"resourceType": "Bundle", "entry": "x"}])  # fmt: skip
def test_no_patients(here: Path, data: Any) -> None:
    with pytest.raises(InputError, match="holds no patients"):
        roster(data)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([{"text": " Mw.  J. de Wit ", "family": "Wit"}], "Mw. J. de Wit"),
        ([{"family": "de Wit", "given": ["Jo", None, "Anna"], "prefix": ["Mw."], "suffix": ["MSc"]}],
         "Mw. Jo Anna de Wit MSc"),
        ([{"use": "official", "text": "Johanna"}, {"use": "usual", "text": "Jo"}], "Jo"),
        ([{"use": "maiden", "text": "Old"}, {"use": "official", "text": "New"}], "New"),
        ([{"use": "official", "text": "Old", "period": {"end": "2001"}}, {"use": "official", "text": "New"}],
         "New"),
        ([{"use": "official", "text": "Same"}, {"use": "official", "given": ["Same"]}], "Same"),
        ([{"use": "usual"}, {"family": "Wit"}], "Wit"),
        ([{"use": "nickname", "text": "Jo"}, 5, {"use": "official", "family": 7}], "Jo"),
        ([{"text": "=cmd|x"}], "=cmd|x"),
    ],
)  # fmt: skip
def test_the_name_that_is_taken(here: Path, names: list[Any], text: str) -> None:
    assert label(*names) == text


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (None, "has no name"),
        ([], "has no name"),
        ("x", "has no name"),
        ([{"use": "official"}], "has no name"),
        ([{"use": "old", "text": "A"}], "only former names"),
        (
            [{"use": "official", "text": "A"}, {"use": "official", "text": "B"}],
            '2 names with the use "official"',
        ),
    ],
)
def test_names_that_do_not_tell_who_it_is(here: Path, names: Any, problem: str) -> None:
    (said,) = told(patient(0, name=names))
    assert said.startswith('r.json, row 1, column "name": patient.label: ')
    assert problem in said


def speaks(code: str, **more: Any) -> dict[str, Any]:
    return {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": code}]}, **more}


@pytest.mark.parametrize(
    ("communication", "language"),
    [
        (None, None),
        ([speaks("en-GB")], "en"),
        ([{"language": {"text": "Nederlands"}, "preferred": True}], "nl"),
        ([speaks("tr"), speaks("nl", preferred=True)], "nl"),
        ([speaks("tr"), speaks("ar")], None),
    ],
)
def test_the_preferred_language(here: Path, communication: Any, language: str | None) -> None:
    found = roster(patient(0, communication=communication))
    assert found.problems == ()
    assert found.rows[0].source.data.get("language") == language


def test_a_language_that_is_not_there(here: Path) -> None:
    turkish = patient(0, communication=[speaks("tr-TR", preferred=True)])
    (said,) = told(turkish, RosterOptions(with_birth_date=True))
    assert said.startswith('r.json, row 1, column "communication": language: the preferred language is "tr"')
    found = roster(turkish, RosterOptions(other_language="en"))
    assert (found.problems, found.rows[0].source.data["language"]) == ((), "en")
    (said,) = told(patient(0, communication=[{"language": {}, "preferred": True}]))
    assert "names no language code" in said


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"deceasedBoolean": True}, "has died"),
        ({"deceasedBoolean": None, "deceasedDateTime": "2025-01-01"}, "has died"),
        ({"active": False}, "not in use"),
        ({"link": [{"other": {"reference": "Patient/2"}, "type": "replaced-by"}]}, "replaced"),
    ],
)
def test_records_that_are_not_for_use(here: Path, changed: Any, problem: str) -> None:
    (said,) = told(patient(0, **changed))
    assert problem in said


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1974-12-25", "25 december 1974"), ("1974-12", "december 1974"), ("1974", "1974")],
)
def test_a_birth_date_only_if_it_is_asked(here: Path, written: str, shown: str) -> None:
    assert "1974" not in json.dumps([row.source.data for row in roster(patient(0)).rows])
    found = roster(patient(0, birthDate=written), RosterOptions(with_birth_date=True))
    assert found.rows[0].source.data["patient"]["label"] == f"Peter James Chalmers, {shown}"


def test_a_birth_date_that_is_none_or_missing(here: Path) -> None:
    asked = RosterOptions(with_birth_date=True)
    for written in ("1974-13-01", "25-12-1974", 1974):
        (said,) = told(patient(0, birthDate=written), asked)
        assert 'column "birthDate"' in said
    assert told(patient(0, birthDate=None), asked) == []


def test_an_identifier_only_of_the_system_that_is_asked(here: Path) -> None:
    assert "12345" not in json.dumps([row.source.data for row in roster(patient(0)).rows])
    found = roster(patient(0), RosterOptions(identifier_system=SYSTEM))
    assert found.rows[0].source.data["patient"]["label"] == "Peter James Chalmers, 12345"
    (said,) = told(patient(0), RosterOptions(identifier_system="urn:other"))
    assert "has no identifier" in said


def test_nothing_else_leaves_the_record(here: Path) -> None:
    found = roster(bundle(patient(0), patient(1, name=None)))
    everything = repr(found)
    for particular in ("5555", "Erewhon", "male", "1974", "12345", "Windsor"):
        assert particular not in everything


def test_the_example() -> None:
    found = read_roster(ROOT / "examples" / "patients.fhir.ndjson")
    assert found.problems == ()
    assert [row.source.data["patient"]["label"] for row in found.rows] == [
        "Mevrouw A. van den Berg", "Jo de Wit", "Dhr. Ömer Yıldız", "Mrs Patricia O’Connor", "Nguyễn Thị Hoa",
        "Γιώργος Παπαδόπουλος", "Анна Сергеевна Иванова",
    ]  # fmt: skip
    assert [row.source.data.get("language") for row in found.rows] == [
        "nl",
        "nl",
        "nl",
        "en",
        "nl",
        "en",
        None,
    ]
    programs = [row_prescription(row).value for row in found.rows]
    assert [one.weeks for one in programs] == [6, 8, 6, 6, 4, 12, 4]
    assert {one.therapist for one in programs} == {"K. Beek", "M. Smit"}
