"""Whether a FHIR file is the whole list: pages, bundles in bundles, references, versions, plans of others.

The inputs have the shape of servers' answers, bulk exports and Synthea's bundles; everything is invented.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from programs import examples
from rosters import care_plan, patient

from pdfgen.cli.app import program
from pdfgen.content.rosters.reading import roster_of
from pdfgen.content.rosters.roster import Gap, Roster
from pdfgen.errors import ExitCode, InputError

SERVER = "https://ehr.example/fhir/"


def named(index: int, **more: Any) -> dict[str, Any]:
    return patient(index, name=[{"text": f"Patient {index}"}], **more)


def entry(resource: Any, url: str = "", **more: Any) -> dict[str, Any]:
    return {**({"fullUrl": url} if url else {}), "resource": resource, **more}


def bundle(*entries: Any, kind: str = "collection", **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries), **more}


def page(
    indexes: Sequence[int], total: int | None = None, *, after: str = "", here: str = "", before: str = ""
) -> dict[str, Any]:
    links = [("self", here), ("next", after), ("previous", before)]
    found = bundle(
        *(entry(named(n), f"{SERVER}Patient/example-{n}", search={"mode": "match"}) for n in indexes),
        kind="searchset",
        link=[{"relation": name, "url": SERVER + url} for name, url in links if url],
    )
    return found if total is None else {**found, "total": total}


def read(*resources: Any, form: str = "ndjson") -> Roster:
    if form == "ndjson":
        return roster_of("\n".join(map(json.dumps, resources)).encode(), "r.ndjson")
    return roster_of(json.dumps(resources[0] if form == "one" else list(resources)).encode(), "r.json")


def rows(found: Roster) -> dict[str, str | None]:
    """Return the program of each label."""
    assert found.problems == (), found.problems
    return {row.source.data["patient"]["label"]: row.source.data.get("program") for row in found.rows}


def said(found: Roster) -> str:
    return "\n".join(map(str, (*found.problems, *found.told)))


class TestPagesOfASearch:
    """A page is not taken for the list."""

    @pytest.mark.parametrize(
        ("pages", "message"),
        [
            ([page([0, 1, 2], 57, after="?page=2")], "page 1 of several: 3 of 57 patients are here"),
            ([page([0], after="?page=2")], "page 1 of several: of the patients only 1 is here"),
            ([page([0, 1], 9)], "a part of a search: 2 of 9 patients are here"),
            ([{**page([0, 1]), "total": "9"}], "a part of a search: 2 of 9 patients are here"),
            ([page([0, 1], 9, before="?page=1")], "1 page of several: 2 of 9 patients are here"),
            ([page([0, 1], 6, after="?2"), page([4, 5], 6, before="?2")], "2 pages of several: 4 of 6"),
            ([page([0], after="?2", here="?1"), page([2], here="?3", before="?2")], "2 pages of several"),
            ([page([], 57)], "a part of a search: 0 of 57 results are here"),
        ],
    )
    @pytest.mark.parametrize("form", ["ndjson", "list"])
    def test_what_is_missing_is_told(self, pages: list[Any], message: str, form: str) -> None:
        extra = [named(90)]  # an empty page alone holds no patients
        found = read(*pages, *extra, form=form)
        assert message in said(found)
        assert [type(one) for one in found.gaps] == [Gap]
        assert "?" not in said(found)

    @pytest.mark.parametrize(
        "pages",
        [
            [page([0, 1], 2)],
            [page([0, 1])],
            [page([0, 1], 4, after="?2"), page([2, 3], 4, before="?1")],
            [page([2, 3], 4, before="?1", here="?2"), page([0, 1], 4, after="?2", here="?1")],
            [page([0], after="?b", here="?a"), page([1], after="?c", here="?b"), page([2], here="?c")],
            [page([0], after="?token=x"), page([1])],
            [page([0, 1], 2), page([2, 3, 4], 3)],
        ],
    )
    def test_all_pages_are_the_list(self, pages: list[Any]) -> None:
        found = read(*pages)
        assert found.gaps == ()
        assert len(found.rows) == len({e["fullUrl"] for one in pages for e in one["entry"]})

    def test_what_was_added_to_a_search_is_no_match(self) -> None:
        added = [entry(care_plan(n, "Patient/example-0"), search={"mode": "include"}) for n in range(3)]
        first = page([0], 2, after="?2")
        assert "1 of 2 patients" in said(read({**first, "entry": [*first["entry"], *added]}))
        relative = entry(named(7), f"{SERVER}Patient/example-7", search={"mode": "include"})
        found = read({**page([0], 1), "entry": [*page([0])["entry"], relative]})
        assert list(rows(found)) == ["Patient 0"]
        assert "row 2: is a patient who was added to those that were searched for" in said(found)
        subjects = [entry(care_plan(0, "Patient/example-7"), search={"mode": "match"}), relative]
        assert rows(read(bundle(*subjects, kind="searchset", total=1))) == {"Patient 7": "short-four"}

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (entry(None, response={"status": "404 Not Found"}), "answered with status 404"),
            (entry({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]},
                   search={"mode": "outcome"}), "answered with an error (timeout)"),
            (entry(None, response={"status": "500", "outcome": {"resourceType": "OperationOutcome", "issue": [
                {"severity": "fatal", "code": "Jan Jansen", "diagnostics": "Jan Jansen"}]}}),
             "answered with a fatal (unknown)"),
            (entry({"resourceType": "OperationOutcome",
                    "issue": [{"severity": "warning", "code": "incomplete"}]}),
             "answered with a warning (incomplete)"),
            (entry(named(5, meta={"tag": [{"code": "SUBSETTED"}]})), "row 2: was shortened by the server"),
        ],
    )  # fmt: skip
    def test_what_a_server_could_not_give(self, data: Any, message: str) -> None:
        found = read(bundle(entry(named(0)), data), form="one")
        assert message in said(found)
        assert len(found.gaps) == 1
        assert "Jansen" not in said(found)

    def test_strict_writes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "page.json"
        path.write_text(json.dumps(page([0, 1, 2], 57, after="?page=2")), encoding="utf-8")
        out = tmp_path / "out"
        arguments = ["batch", str(path), "--set", "program=short-four", "--out", str(out), "--strict"]
        done = CliRunner().invoke(program, arguments)
        assert done.exit_code == ExitCode.INPUT
        assert done.stderr.count("3 of 57 patients are here") == 1
        assert "nothing was written" in done.stderr
        assert not out.exists()


class TestBundles:
    """Bundles are opened wherever they stand, and each entry has a row of its own."""

    INNER = (bundle(entry(named(1)), entry(named(2))), bundle(entry(named(3))))

    @pytest.mark.parametrize(
        ("resources", "form"),
        [
            (INNER, "ndjson"),
            (INNER, "list"),
            ((bundle(*map(entry, INNER), kind="batch-response"),), "one"),
            ((bundle(entry(bundle(entry(INNER[0]), entry(named(3))))),), "one"),
            (({"resourceType": "Parameters",
               "parameter": [{"resource": INNER[0]}, {"name": "more", "part": [{"resource": named(3)}]}]},),
             "one"),
        ],
    )  # fmt: skip
    def test_bundles_in_bundles(self, resources: Any, form: str) -> None:
        found = read(*resources, form=form)
        assert list(rows(found)) == ["Patient 1", "Patient 2", "Patient 3"]
        assert [row.number for row in found.rows] == [1, 2, 3]
        assert "bundles are opened; a row is an entry, counted through all of them" in said(found)

    def test_lines_that_are_none_keep_rows_apart(self) -> None:
        text = "\n".join([json.dumps(self.INNER[0]), "", "{", json.dumps({"label": "P", "program": "x"}),
                          json.dumps(self.INNER[1])])  # fmt: skip
        found = roster_of(text.encode(), "r.ndjson")
        assert [row.number for row in found.rows] == [1, 2, 3, 4, 5]
        assert [problem.row for problem in found.problems] == [3]

    def test_a_bundle_over_many_lines_under_the_name_of_ndjson(self) -> None:
        found = roster_of(json.dumps(self.INNER[0], indent=2).encode(), "r.ndjson")
        assert list(rows(found)) == ["Patient 1", "Patient 2"]

    def test_the_same_id_in_two_bundles(self) -> None:
        """Ids that only count within their bundle do not lead to the patient of another one."""
        two = [
            bundle(entry(care_plan(n, "Patient/p", kind)), entry(named(n, id="p")))
            for n, kind in enumerate(("starter", "short-four"))
        ]
        assert rows(read(*two)) == {"Patient 0": "starter", "Patient 1": "short-four"}


class TestReferences:
    """However a care plan names its patient, it finds that one, and nobody else."""

    @pytest.mark.parametrize(
        ("url", "reference"),
        [
            ("", "Patient/example-0"),
            ("", "Patient/example-0/_history/3"),
            ("", "https://ehr.example/fhir/Patient/example-0"),
            ("", "https://ehr.example/fhir/Patient/example-0/_history/3"),
            ("", "urn:uuid:example-0"),
            ("", "Patient?identifier=urn:oid:1.2.36.146.595.217.0.1|12345"),
            ("", "Patient?identifier=urn%3Aoid%3A1.2.36.146.595.217.0.1%7C12345"),
            ("urn:uuid:ABCD", "urn:uuid:abcd"),
            ("urn:uuid:abcd", "Patient/example-0"),
            ("https://ehr.example/fhir/Patient/example-0/_history/2", "Patient/example-0"),
            ("https://ehr.example/fhir/Patient/example-0", "https://ehr.example/fhir/Patient/example-0"),
        ],
    )
    @pytest.mark.parametrize("form", ["one", "ndjson"])
    def test_found(self, url: str, reference: str, form: str) -> None:
        entries = [entry(care_plan(0, reference)), entry(named(0), url), entry(named(1), url and f"{url}1")]
        found = read(bundle(*entries), form=form)
        assert rows(found) == {"Patient 0": "short-four", "Patient 1": None}

    def test_by_identifier(self) -> None:
        identifier = {"system": "urn:oid:1.2.36.146.595.217.0.1", "value": "12346"}
        plan = {**care_plan(0, ""), "subject": {"identifier": identifier}}
        assert rows(read(plan, named(0), named(1))) == {"Patient 0": None, "Patient 1": "short-four"}
        assert "more than once" in said(read(plan, named(1), named(2, identifier=[identifier])))

    def test_references_to_two_servers_say_nothing_of_an_export(self) -> None:
        plans = [care_plan(n, f"https://{server}.example/Patient/example-0") for n, server in enumerate("ab")]
        found = read(named(0), *plans)
        assert [str(one).endswith("mend the reference") for one in found.problems] == [True, True]

    def test_an_address_is_not_that_of_another_server(self) -> None:
        found = read(
            bundle(
                entry(care_plan(0, "https://b.example/Patient/example-0")),
                entry(named(0), "https://a.example/Patient/example-0"),
            )
        )
        assert "not in this file" in said(found)


class TestVersions:
    """What stands in a file twice is read once; of versions the newest counts. Both are told."""

    def test_the_same_once_more(self) -> None:
        found = read(named(0), care_plan(0, "Patient/example-0"), named(0), care_plan(0, "Patient/example-0"))
        assert [row.number for row in found.rows] == [2]
        assert "rows 3 and 4: the same resource stands here once more, and is read once" in said(found)

    @pytest.mark.parametrize(
        ("older", "newer"),
        [
            ({"versionId": "9"}, {"versionId": "10"}),
            ({"lastUpdated": "2026-03-01T23:30:00+02:00"}, {"lastUpdated": "2026-03-01T22:00:00Z"}),
            ({"lastUpdated": "2025-12-31T00:00:00Z", "versionId": "7"},
             {"lastUpdated": "2026-01-01T00:00:00Z", "versionId": "1"}),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("turned", [False, True])
    def test_the_newest(self, older: Any, newer: Any, turned: bool) -> None:
        both = [named(0, meta=older), patient(0, name=[{"text": "Married"}], meta=newer)]
        found = read(*(reversed(both) if turned else both), care_plan(0, "Patient/example-0"))
        assert rows(found) == {"Married": "short-four"}
        assert "an older version of a resource, and not read; the newest is" in said(found)

    def test_where_nothing_tells_which_is_newer(self) -> None:
        found = read(named(0), patient(0, name=[{"text": "Married"}]))
        assert [problem.heading for problem in found.problems] == ["id", "id"]

    def test_what_a_history_says_is_deleted(self) -> None:
        gone = {"request": {"method": "DELETE", "url": "Patient/example-0"}}
        found = read(bundle(gone, entry(named(0)), entry(named(1)), kind="history"), form="one")
        assert list(rows(found)) == ["Patient 1"]
        assert "in row 1 a resource is deleted; its versions are not read" in said(found)


class TestPlansOfOthers:
    """A care plan without a program of ours is counted, and its patient gets one program, as anybody."""

    GOUT = care_plan(
        5, "Patient/example-0", instantiatesUri=None, category=[{"text": "Gout self management"}],
        period={"start": "2010-05-01T09:30:00-04:00"},
    )  # fmt: skip

    @pytest.mark.parametrize(
        "plans",
        [
            [GOUT, {**GOUT, "id": "b", "period": {"start": "2011"}}, {**GOUT, "id": "c"}],
            [{**GOUT, "status": "completed"}],
            [{**GOUT, "instantiatesCanonical": ["http://a.example/PlanDefinition/gout|1"]}],
            [{**GOUT, "subject": {"reference": "Patient/nobody"}}],
            [{**GOUT, "status": "nonsense", "period": {"start": "soon"}}],
        ],
    )
    def test_passed_over(self, plans: list[Any]) -> None:
        found = read(named(0), *plans)
        assert rows(found) == {"Patient 0": None}
        assert "no program of pdfgen (urn:pdfgen:program:NAME)" in said(found)
        assert found.gaps == ()

    def test_beside_ours(self) -> None:
        found = read(self.GOUT, named(0), care_plan(0, "Patient/example-0"))
        assert rows(found) == {"Patient 0": "short-four"}
        ended = read(self.GOUT, named(0), named(1), care_plan(0, "Patient/example-0", status="revoked"))
        assert rows(ended) == {"Patient 1": None}
        assert "row 2: the patient has no care plan that is in use, and gets no program" in said(ended)

    def test_resources_of_other_kinds_are_counted(self) -> None:
        others = [{"resourceType": kind, "subject": {"reference": "Patient/example-9"}}
                  for kind in ("Observation", "Condition", "RelatedPerson")]  # fmt: skip
        found = read(bundle(*map(entry, [named(0), *others])), form="one")
        assert rows(found) == {"Patient 0": None}
        assert "3 resources that are neither Patient nor CarePlan are passed over" in said(found)
        with pytest.raises(InputError, match="holds no patients"):
            read(*others)


WORDS = st.text(st.characters(codec="cp1252", categories=("L",)), min_size=1, max_size=10)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "label": st.lists(WORDS, min_size=2, max_size=3).map(" ".join),
            "language": st.sampled_from(["nl", "en"]),
            "program": st.sampled_from(["short-four", "starter", "full-seven"]),
            "weeks": st.integers(2, 12),
            "start": st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
            "therapist": WORDS,
        }
    ),
    min_size=1, max_size=4, unique_by=lambda one: one["label"],
)  # fmt: skip
REFERENCES = ("Patient/{}", "https://ehr.example/Patient/{}", "urn:uuid:{}", "Patient/{}/_history/1")


@examples(40)
@given(PEOPLE, st.sampled_from(REFERENCES), st.randoms(use_true_random=False))
def test_the_same_programs_come_out_as_of_a_table(people: list[Any], reference: str, chance: Any) -> None:
    """Whatever the form of a file, and however its resources are mixed."""
    table = [list(people[0]), *([str(one[key]) for key in people[0]] for one in people)]
    text = "\n".join(";".join(line) for line in table)
    expected = _programs(roster_of(text.encode(), "r.csv"))
    pairs = [_resources(index, one, reference) for index, one in enumerate(people)]
    mixed = list(itertools.chain.from_iterable(pairs))
    chance.shuffle(mixed)
    forms = (
        read(*mixed),
        read(*mixed, form="list"),
        read(bundle(*map(entry, mixed)), form="one"),
        read(*(bundle(*map(entry, pair)) for pair in pairs)),
        read(bundle(*(entry(bundle(*map(entry, pair))) for pair in pairs)), form="one"),
    )
    assert all(_programs(found) == expected for found in forms)


def _resources(index: int, one: Any, reference: str) -> tuple[Any, Any]:
    last = one["start"] + dt.timedelta(weeks=one["weeks"], days=-1)
    spoken = [{"language": {"coding": [{"code": one["language"]}]}}]
    return (
        patient(index, name=[{"text": one["label"]}], communication=spoken),
        care_plan(
            index, reference.format(f"example-{index}"), one["program"],
            period={"start": str(one["start"]), "end": str(last)}, author={"display": one["therapist"]},
        ),
    )  # fmt: skip


def _programs(found: Roster) -> list[str]:
    assert found.problems == (), found.problems
    return sorted(json.dumps(row.source.data, sort_keys=True, default=str) for row in found.rows)
