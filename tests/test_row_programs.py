"""Rows that say what a row before them said are made in a short way, with the results of the long one."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.rosters.reading import RosterOptions, read_roster
from pdfgen.content.rosters.roster import RosterRow
from pdfgen.production.inputs import Job
from pdfgen.production.rows import Order, Outcome, Task, Workshop

FIRST = "Eerste"


@cache
def workshops() -> tuple[Workshop, Workshop]:
    """Two that made the same first row; the other one looks at every row as at the first."""
    both = Workshop(order()), Workshop(order())
    both[1]._may_be_known = lambda *_: False  # type: ignore[method-assign]
    for workshop in both:
        assert not workshop(Task(1, row(FIRST))).problems
        assert not workshop(Task(1, row(FIRST, start="2026-03-02", therapist="Iemand"))).problems
    return both


def order(**more: Any) -> Order:
    return Order(Job(Path(), layout="wall-sheet"), Path("out"), parts=None, **more)


def rows(tmp: Path, *lines: str, heading: str = "label;program;weeks;id") -> tuple[RosterRow, ...]:
    path = tmp / "roster.csv"
    path.write_text("\n".join([heading, *lines]), encoding="utf-8")
    return read_roster(path, RosterOptions(delimiter=";")).rows


def row(label: str, **more: object) -> RosterRow:
    """A row of a roster of records, where every text can stand."""
    from pdfgen.content.files.source import Mark, node_of
    from pdfgen.content.rosters.records import read_record

    data = {"label": label, "program": "short-four", "weeks": 4, **more}
    return read_record(node_of(data, Mark("r.yaml", 0, 0)), "r.yaml", 2, {}, None)


def told(outcome: Outcome) -> tuple[object, ...]:
    return outcome.files, outcome.fields, outcome.warnings, list(map(str, outcome.problems)), outcome.stops


@settings(deadline=None, max_examples=80)
@given(
    st.one_of(
        st.text(st.characters(max_codepoint=0x17F), max_size=40),
        st.text(st.characters(codec="utf-8"), max_size=12),
    )
)
@example("Mw. A. van der Ploeg-de Wit")
@example("  twee  spaties ")
@example('"patient":{"label":"')
@example("Олена Шевченко")
@example("W" * 80)
@example("x" * 201)
@example("een\u202eomgekeerde")
@example("\0")
def test_short_and_long(label: str) -> None:
    short, long = workshops()
    task = Task(2, row(label))
    assert told(short(task)) == told(long(task))


@settings(deadline=None, max_examples=60)
@given(
    start=st.one_of(
        st.none(),
        st.dates(dt.date(1999, 12, 1), dt.date(2101, 1, 31)).map(dt.date.isoformat),
        st.sampled_from(["2026-02-30", "02-03-2026", "", " 2026-03-02 "]),
    ),
    therapist=st.one_of(st.none(), st.text(st.characters(max_codepoint=0x17F), max_size=40)),
)
@example(start="2026-03-09", therapist="Олена Шевченко")
@example(start="2026-03-09", therapist='"start":"')
def test_short_and_long_with_a_start_and_a_therapist(start: str | None, therapist: str | None) -> None:
    short, long = workshops()
    said = {key: value for key, value in (("start", start), ("therapist", therapist)) if value is not None}
    for label in ("Jan", "Piet"):
        task = Task(2, row(label, **said))
        assert told(short(task)) == told(long(task))


def test_a_name_for_all_rows_is_not_taken_from_the_row() -> None:
    base = parse_yaml("patient:\n  label: Van allen\n", "base.yaml")
    for given_for_all in ({"base": base}, {}):
        job = Job(Path(), layout="wall-sheet", overrides=(() if given_for_all else (("patient.label", "X"),)))
        workshop = Workshop(Order(job, Path("out"), None, **given_for_all))  # type: ignore[arg-type]
        outcomes = [workshop(Task(number, row(label))) for number, label in ((1, "Een"), (2, "Twee"))]
        idents = {outcome.files[0].record.id for outcome in outcomes}
        labels = [outcome.files[0].record.label for outcome in outcomes]
        assert (labels, len(idents)) == ((["Een", "Twee"], 2) if given_for_all else (["X", "X"], 1))


def test_a_therapist_and_a_start_for_all_rows() -> None:
    """What rows say themselves goes above the file for all, and below what is set for all."""
    base = parse_yaml("therapist: Van allen\nstart: 2026-03-02\n", "base.yaml")
    overrides = (("therapist", "Van allen"), ("start", "2026-03-02"))
    rows = (row("Een"), row("Twee", therapist="Eigen", start="2026-03-09"))
    said = []
    set_for_all = Order(Job(Path(), layout="wall-sheet", overrides=overrides), Path("out"), parts=None)
    for made_so in (set_for_all, order(base=base)):
        short, long = Workshop(made_so), Workshop(made_so)
        long._may_be_known = lambda *_: False  # type: ignore[method-assign]
        for number, one in enumerate((*rows, *rows)):
            outcome = short(Task(number, one))
            assert told(outcome) == told(long(Task(number, one)))
            said.append(dict(outcome.fields)["start"])
    assert said == ["2026-03-02"] * 4 + ["2026-03-02", "2026-03-09"] * 2


def test_rows_that_differ_are_told_apart(tmp_path: Path) -> None:
    """Whatever their cells hold; texts that read as the same value say the same."""
    made = rows(
        tmp_path, "Een;short-four;4;", "Twee;short-four;4;", "Drie;short-four;6;",
        "Vier;short-four;4;7K2M9QXA", "Vijf;short-four; 4;",
    )  # fmt: skip
    assert made[0].plan == made[1].plan == made[3].plan == made[4].plan != made[2].plan
    assert [one.source.data["patient"]["label"] for one in made] == ["Een", "Twee", "Drie", "Vier", "Vijf"]
    assert made[3].personal == {"id": "7K2M9QXA", "patient": {"label": "Vier"}}


def test_problems_of_rows_that_say_the_same_name_their_own_row(tmp_path: Path) -> None:
    made = rows(tmp_path, "Een;geen;4;", "Twee;geen;4;")
    workshop = Workshop(order())
    told_of = [str(workshop(Task(number, one)).problems[0]) for number, one in enumerate(made, start=1)]
    for number, text in zip((2, 3), told_of, strict=True):
        assert f'row {number}, column "program"' in text
