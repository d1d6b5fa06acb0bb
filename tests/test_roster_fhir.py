"""FHIR R4 patients as rosters: a name and a language, and nothing else unless it is asked."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rosters import bundle, care_plan, patient

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


def labels(found: Roster) -> list[str]:
    assert not found.problems, found.problems
    return [str(row.source.data["patient"]["label"]) for row in found.rows]


def label(*names: Any, **options: Any) -> str:
    return labels(roster(patient(0, name=list(names)), RosterOptions(**options)))[0]


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


QUALIFIER = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier"
REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
NAME_PART = "http://hl7.org/fhir/StructureDefinition/humanname-"


def qualified(*codes: str | None) -> list[Any]:
    return [{"extension": [{"url": QUALIFIER, "valueCode": code}]} if code else None for code in codes]


def parts(**texts: str) -> dict[str, Any]:
    """Return the extensions of a family name: its own and the partner's, with their prefixes."""
    named = [(key.replace("_", "-"), text) for key, text in texts.items()]
    return {"extension": [{"url": NAME_PART + key, "valueString": text} for key, text in named]}


def official(family: str = "de Wit", *given: str, **more: Any) -> dict[str, Any]:
    return {"use": "official", "family": family, "given": list(given) or ["Johanna"], **more}


class TestNamesOfNationalProfiles:
    """A name that tells what somebody is called does not go before the one that tells who it is."""

    @pytest.mark.parametrize(
        ("names", "text"),
        [
            # nl-core: the call name is a name of its own, without a family name
            ([official("van den Berg", "Johanna", "Petronella", "J.", "P.",
                       _given=qualified("BR", "BR", "IN", "IN")), {"use": "usual", "given": ["Jo"]}],
             "Jo van den Berg"),
            ([official("van Putten-van der Giessen", "Johanna", _given=qualified("BR"),
                       text="Johanna (Jo) van Putten-van der Giessen"), {"use": "usual", "given": ["Jo"]}],
             "Johanna (Jo) van Putten-van der Giessen"),
            ([{"use": "usual", "text": "Piet"}, official("Bos", "Pieter")], "Pieter Bos"),
            # STU3 and zibs: names of birth, initials and the call name in one list
            ([official("de Wit", "Johannes", "J.", "Joop", _given=qualified("BR", "IN", "CL"))],
             "Joop de Wit"),
            ([official("de Wit", "J.", "P.", _given=qualified("IN", "IN"))], "J.P. de Wit"),
            ([official("de Wit", "Johannes", "Piet", "J.", _given=qualified("BR", None, "IN"))],
             "Johannes Piet de Wit"),
            ([official("Berg", "An", prefix=["Mw.", "van den"], _prefix=qualified("AC", "VV"))],
             "Mw. An van den Berg"),
            # a family name in parts, alone or beside one that lacks its particle
            ([{"given": ["An"], "_family": parts(own_prefix="de", own_name="Vries", partner_prefix="van",
                                                 partner_name="Dam")}], "An de Vries-van Dam"),
            ([{"given": ["An"], "_family": parts(own_name="Vries", partner_prefix="van", partner_name="Dam"),
               "extension": [{"url": NAME_PART + "assembly-order", "valueCode": "NL2"}]}], "An van Dam"),
            ([{"given": ["An"], "_family": parts(own_name="Vries", partner_name="Dam"),
               "extension": [{"url": NAME_PART + "assembly-order", "valueCode": "NL3"}]}], "An Dam-Vries"),
            ([official("Berg", "An", _family=parts(own_prefix="van den", own_name="Berg"))],
             "An van den Berg"),
            ([official("van Dam", "An", _family=parts(own_name="Vries", partner_prefix="van",
                                                      partner_name="Dam"))], "An van Dam"),
            # FHIR's own patient, and one of Synthea
            ([official("Chalmers", "Peter", "James"), {"use": "usual", "given": ["Jim"]},
              {"use": "maiden", "family": "Windsor", "given": ["Peter", "James"], "period": {"end": "2002"}}],
             "Jim Chalmers"),
            ([official("Abbott774", "Jo889", "Ann12", prefix=["Mrs."]),
              {"use": "maiden", "family": "Lang846", "given": ["Jo889"]}], "Mrs. Jo889 Ann12 Abbott774"),
            # Germany and Japan
            ([official("von Lohn", "Anna", prefix=["Prof. Dr."], text="Anna von Lohn",
                       _family=parts(own_prefix="von", own_name="Lohn"))], "Anna von Lohn"),
            ([official("山田", "太郎", extension=[{"url": REPRESENTATION, "valueCode": "IDE"}]),
              official("Yamada", "Taro", extension=[{"url": REPRESENTATION, "valueCode": "ABC"}])],
             "Taro Yamada"),
            # a text that says less than the parts
            ([official("de Wit", "Johanna", text="Jo")], "Johanna de Wit"),
            ([official("de Wit", "Johanna", text="Mw. de Wit")], "Johanna de Wit"),
            ([official("de Wit", "Johanna", text="Wit, J. de")], "Wit, J. de"),
            # whoever has one name only
            ([{"use": "official", "given": ["Suharto"]}], "Suharto"),
        ],
    )  # fmt: skip
    def test_the_label(self, here: Path, names: list[Any], text: str) -> None:
        assert label(*names) == text

    def test_two_call_names_are_two_people(self, here: Path) -> None:
        jo = {"use": "usual", "given": ["Jo"]}
        found = roster([patient(0, name=[official("Bos"), jo]), patient(1, name=[jo, official("Vos")])])
        assert labels(found) == ["Jo Bos", "Jo Vos"]
        assert found.warnings == ()


class TestNamesOnTheFirstDay:
    """Use and period count on the day on which the program begins; their ends belong to a period."""

    @pytest.mark.parametrize(
        ("start", "name"),
        [("2026-03-01", "Old"), ("2026-03-02", "Old"), ("2026-03-03", "New"), ("2030-01-01", "New")],
    )
    def test_a_name_that_changes(self, here: Path, start: str, name: str) -> None:
        both = [
            official("Old", "An", period={"end": "2026-03-02"}),
            official("New", "An", period={"start": "2026-03-03"}),
        ]
        found = roster(
            bundle(patient(0, name=both), care_plan(0, "Patient/example-0", period={"start": start}))
        )
        assert labels(found) == [f"An {name}"]
        Path("p.json").write_text(json.dumps(patient(0, name=both)))
        assert labels(read_roster(Path("p.json"), first_day=dt.date.fromisoformat(start))) == [f"An {name}"]

    @pytest.mark.parametrize(
        ("period", "is_present"),
        [({"end": "2026"}, True), ({"end": "2025"}, False), ({"end": "2026-03"}, True),
         ({"end": "2026-02"}, False), ({"start": "2026-03"}, True), ({"start": "2026-04"}, False),
         ({"end": "2026-03-01T23:30:00Z"}, True), ({"end": "2026-03-01T22:30:00Z"}, False),
         ({"start": "2027", "end": "2028"}, False), ({}, True), ("always", True)],
    )  # fmt: skip
    def test_bounds(self, here: Path, period: Any, is_present: bool) -> None:
        names = [
            {"use": "usual", "family": "Bos", "given": ["Jo"], "period": period},
            official("Vos", "Jo", period={"start": "1990"}),
        ]
        Path("p.json").write_text(json.dumps(patient(0, name=names)))
        options = RosterOptions(timezone="Europe/Amsterdam")
        found = read_roster(Path("p.json"), options, first_day=dt.date(2026, 3, 2))
        assert labels(found) == ["Jo Bos" if is_present else "Jo Vos"]

    @pytest.mark.parametrize(
        ("names", "problem"),
        [
            ([official(period={"end": "2001"})], "only former names"),
            ([{"use": "old", "text": "A"}, {"use": "maiden", "text": "B"}], "only former names"),
            ([official(period={"end": "soon"})], 'column "name.period"'),
            ([{"use": "work", "text": "A B"}], "must have a use that FHIR knows: usual, official, temp"),
        ],
    )
    def test_no_name_that_is_so_now(self, here: Path, names: Any, problem: str) -> None:
        (said,) = told(patient(0, name=names))
        assert problem in said

    @pytest.mark.parametrize("use", ["old", "maiden"])
    def test_a_former_name_never_wins(self, here: Path, use: str) -> None:
        assert (
            label({"use": use, "family": "Old", "text": "An Old"}, {"use": "anonymous", "text": "P 7"})
            == "P 7"
        )

    def test_what_is_assigned_stands_behind(self, here: Path) -> None:
        hidden = {"use": "anonymous", "family": "Doe", "given": ["J."]}
        temporary = {"use": "temp", "family": "Girl", "given": ["Baby"]}
        assert label(hidden, temporary) == "Baby Girl"
        assert label(hidden, temporary, official()) == "Johanna de Wit"


SAME = [{"text": "J. Jansen"}]


class TestOneLabelForTwoPatients:
    """Two patients of one name get a code each, which is told; their documents have two ids."""

    def test_a_code_tells_them_apart(self, here: Path) -> None:
        found = roster([patient(0, name=SAME), patient(1, name=SAME), patient(2)])
        first, second, third = labels(found)
        assert re.fullmatch(r"J\. Jansen \([0-9A-HJKMNP-TV-Z]{4}\)", first)
        assert re.fullmatch(r"J\. Jansen \([0-9A-HJKMNP-TV-Z]{4}\)", second)
        assert first != second
        assert third == "Peter James Chalmers"
        (warning,) = map(str, found.warnings)
        assert "2 patients have one name; a code behind it tells them apart" in warning
        assert f"{first[-5:-1]} in row 1, {second[-5:-1]} in row 2" in warning
        assert "Jansen" not in warning

    def test_the_code_stays_when_the_list_changes(self, here: Path) -> None:
        both = [patient(0, name=SAME), patient(1, name=SAME)]
        codes = set(labels(roster(both)))
        later = [patient(9, name=SAME), *reversed([{**one, "gender": "other"} for one in both])]
        assert codes < set(labels(roster(later)))
        assert codes == set(labels(roster(bundle(*both))))

    @pytest.mark.parametrize(
        "resources",
        [
            [patient(0, name=SAME), care_plan(0, "Patient/example-0"), patient(1, name=SAME),
             care_plan(1, "Patient/example-1")],
            [patient(0, id=None, name=SAME), patient(0, id=None, name=SAME, birthDate="1980-01-01")],
            [care_plan(n, "#p", contained=[patient(n, id="p", name=SAME, birthDate=f"198{n}-01-01")])
             for n in range(3)],
            [{"resourceType": "Bundle", "type": "collection",
              "entry": [{"fullUrl": f"https://{one}.example/Patient/7", "resource": patient(7, name=SAME)}
                        for one in "ab"]}],
        ],
        ids=["with plans", "without ids", "in their plans", "of two servers"],
    )  # fmt: skip
    def test_however_they_stand_in_the_file(self, here: Path, resources: list[Any]) -> None:
        found = roster(resources)
        assert len(set(labels(found))) == len(found.rows) > 1
        assert "a code behind it tells them apart" in str(found.warnings)

    def test_one_patient_with_two_programs_has_no_code(self, here: Path) -> None:
        plans = [care_plan(0, "Patient/example-0"), care_plan(1, "Patient/example-0", "starter")]
        assert labels(roster([patient(0, name=SAME), *plans])) == ["J. Jansen"] * 2


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
        ([speaks("nld")], "nl"),
        ([speaks("dut", preferred=True), speaks("tr")], "nl"),
        ([speaks("nl_BE")], "nl"),
        ([speaks("en-x-private")], "en"),
        ([speaks("und")], None),
    ],
)
def test_the_preferred_language(here: Path, communication: Any, language: str | None) -> None:
    found = roster(patient(0, communication=communication))
    assert found.problems == ()
    assert found.rows[0].source.data.get("language") == language
    is_guessed = communication is not None and language is None
    assert ('column "communication"' in str([*map(str, found.warnings)])) == is_guessed


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
        ({"deceasedBoolean": "true"}, "has died"),
        ({"deceasedDateTime": "2025"}, "has died"),
        (
            {"deceasedBoolean": None, "_deceasedDateTime": {"extension": [{"valueCode": "unknown"}]}},
            "has died",
        ),
        ({"deceasedBoolean": False, "deceasedDateTime": "2025-01-01T03:00:00Z"}, "has died"),
        ({"deceasedString": "in the spring"}, "has died"),
        ({"deceasedBoolean": "yes"}, "must be true or false"),
        ({"deceasedBoolean": 1}, "must be true or false"),
        ({"active": False}, "not in use"),
        ({"active": "False"}, "not in use"),
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
