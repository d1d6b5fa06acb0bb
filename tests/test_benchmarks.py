"""Each benchmark runs in a tiny form and tells what it promises. How quick things are is not tested here."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
import yaml
from programs import Made

from benchmarks import commands, engines, scanning
from benchmarks.content import Items, Pictures, Table, rows_of, svg
from benchmarks.content import Measures as Sizes
from benchmarks.engine_worker import MODULES, OWN, OWN_COLD
from benchmarks.measure import PROGRAM, ROOT, Aim, Report, Sample, Summary, aims_table, interleaved
from benchmarks.measure import Table as Printed
from benchmarks.neutral import content_of
from benchmarks.rosters import distinct_plans, plans, same_plan, same_plan_any_day
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.production.job import Job
from pdfgen.scanning.reading import NotRead, Refusal
from pdfgen.typesetting.document import Document, TickBox


def told(tmp_path: Path, script: str, *options: str) -> dict[str, Any]:
    """Run a benchmark and return what it wrote as JSON; the same is printed."""
    target = tmp_path / "told.json"
    command = [sys.executable, "-m", f"benchmarks.{script}", "--rounds", "1", "--json", str(target), *options]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    for table in report["tables"]:
        assert f"| {' | '.join(table['headings'])} |" in run.stdout
        for row in table["rows"]:
            assert len(row) == len(table["headings"])
            assert f"| {' | '.join(row)} |" in run.stdout
    for note in report["notes"]:
        assert f"- {note}" in run.stdout
    assert {"processors", "load", "Python", "files on"} <= set(report["facts"])
    return report


@pytest.mark.benchmark
def test_engines(tmp_path: Path) -> None:
    chosen = ("ReportLab Platypus", "Typst")
    report = told(tmp_path, "engines", "--only", *chosen)
    (table,) = report["tables"]
    assert table["headings"][:5] == ["engine", "pages", "CPU ms", "min–max", "wall ms"]
    assert table["headings"][5:] == ["CPU, ours", "kB", "peak MB"]
    seen = {row[0]: row for row in table["rows"]}
    assert set(seen) >= {OWN, OWN_COLD}
    (pages,) = {row[1] for row in seen.values()}
    assert int(pages) == len(Made.of(Job(PROGRAM)).document().pages)
    assert seen[OWN][5] == "1.00"
    left_out = {note.partition(": ")[2].partition(", which")[0] for note in report["notes"]}
    assert set(seen) | left_out == {OWN, OWN_COLD, *chosen}


def test_an_engine_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PACKAGES", dict.fromkeys(MODULES, "no_such_package"))
    report = Report("")
    assert list(engines._installed(list(MODULES), report)) == []
    assert [note.split(": ")[1].partition(", which")[0] for note in report.notes] == list(MODULES)
    assert all("(extra bench)" in note for note in report.notes)


def test_a_silent_error_is_what_nobody_is_shown() -> None:
    assert scanning._judged("ticked", "empty") == "silent"
    assert scanning._judged("empty", "written") == "silent"
    assert scanning._judged("ticked", "corrected") == "silent"
    assert scanning._judged("unsure", "ticked") == "unsure"
    assert scanning._judged("empty", "empty") == "right"
    assert scanning._judged("ticked", "ruined") == "ruined"
    refused = scanning.judged(NotRead(Refusal.BURNT), {}, 0.5)
    total = refused + scanning.Count(1, 0, 40, 1, 2, 0.3)
    assert scanning.line("x", total) == "| x | 2 | 1 | 40 | 1 | 250.0 | 5.0 % | 0.40 |"
    assert scanning.line("x", refused) == "| x | 1 | 1 | 0 | 0 | – | – | 0.50 |"


@pytest.mark.benchmark
def test_commands(tmp_path: Path) -> None:
    report = told(tmp_path, "commands", "--quick", "--patients", "40")
    (table,) = report["tables"]
    assert table["headings"] == ["command", "CPU s", "least", "most", "wall s", "peak MB"]
    assert {row[0] for row in table["rows"]} >= {"a program, cold", "same plan", "all different plans"}
    found = [aim["what"] for aim in report["aims"]]
    for what in ("cold", "same plan", "different plans", "400 patients", "print file", "pypdf", "Platypus"):
        assert any(what in aim for aim in found), what
    # With so few patients a difference of two runs may be less than nothing.
    assert all(isfinite(aim["value"]) and aim["value"] for aim in report["aims"])


@pytest.mark.parametrize("package", ["reportlab", "pypdf"])
def test_a_package_that_is_not_installed_is_told(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other commands are measured all the same."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(commands, "run_process", lambda command, checkout=ROOT: Sample(1, 1))
    (tmp_path / "kept").mkdir()
    report = Report("")
    if package == "reportlab":
        assert commands._platypus(tmp_path, 1, report) is None
    else:
        assert len(commands._measured(tmp_path, commands._QUICK, None, report)) == 9
    (note,) = report.notes
    assert "not installed" in note


def test_before_and_after_are_told_in_pairs() -> None:
    samples = {
        "x": [Sample(0, 2), Sample(0, 9)],
        "before: x": [Sample(0, 1), Sample(0, 3)],
        "y": [Sample(0, 1)],
    }
    assert commands._pairs(samples).rows == (("x", "2.00", "5.50", "2.50"),)


def test_neutral_content_is_all_that_the_document_says() -> None:
    made = Made.of(Job(PROGRAM))
    document = made.document()
    content = content_of(document, made.prescription.patient.label)
    assert len(content.pages) == len(document.pages)
    assert all(content.pages)
    boxes = [item for page in document.pages for item in page.items if isinstance(item, TickBox)]
    ticked = [box for box in boxes if _is_within(document, box.node, "Table")]
    assert len(ticked) > 50
    tables = [block for page in content.pages for block in page if isinstance(block, Table)]
    assert sum(cell.boxes for table in tables for row in table.rows for cell in row) == len(ticked)
    assert all(len({len(row) for row in table.rows}) == 1 for table in tables)
    said = str(content)
    for exercise in made.plan().exercises:
        assert exercise.name in said
        for _, step in exercise.main.steps:
            assert step in said
    assert content.worded(str.upper).label == content.label.upper()


def _is_within(document: Document, number: int, role: str) -> bool:
    nodes = {node.id: node for node in document.nodes}
    while number in nodes:
        if nodes[number].role == role:
            return True
        number = nodes[number].parent
    return False


def test_pictures_are_the_same_as_svg() -> None:
    content = content_of(Made.of(Job(PROGRAM)).document(), "")
    pictures = next(block for page in content.pages for block in page if isinstance(block, Pictures))
    picture = pictures.pictures[0]
    drawing = read_svg(svg(picture).encode(), "picture")
    assert len(drawing.shapes) == len(picture.paths)
    assert [len(shape.segments) for shape in drawing.shapes] == [len(path.segments) for path in picture.paths]
    many = Pictures((picture,) * 20)
    rows = rows_of(many, 500, Sizes())
    assert sum(map(len, rows)) == 20
    assert len(rows) > 1
    assert any(isinstance(block, Items) for page in content.pages for block in page)


def test_the_same_plan_on_any_day() -> None:
    rows = list(csv.DictReader(io.StringIO(same_plan_any_day(200))))
    assert len({row["start"] for row in rows}) > 50
    assert len({row["therapist"] for row in rows}) == 3
    rest = {(row["program"], row["weeks"], row["tracker_weeks"]) for row in rows}
    assert len(rest) == 1
    assert all(dt.date.fromisoformat(row["start"]).weekday() < 5 for row in rows)


def test_rosters() -> None:
    assert len(set(plans(300))) == 300
    assert distinct_plans(5) == distinct_plans(5)
    rows = list(csv.DictReader(io.StringIO(same_plan(30))))
    assert len({row["label"] for row in rows}) == 30
    assert len({tuple(row.values())[1:] for row in rows}) == 1
    program = yaml.safe_load(PROGRAM.read_text(encoding="utf-8"))
    del program["patient"]
    assert {key: str(value) for key, value in program.items()} == {key: rows[0][key] for key in program}


def test_variants_take_turns() -> None:
    order: list[tuple[str, int]] = []

    def variant(name: str, number: int) -> Sample:
        order.append((name, number))
        return Sample(number, number * 2)

    runs = {name: lambda number, name=name: variant(name, number) for name in "ab"}
    samples = interleaved(runs, 3, warm_ups=1)
    assert order == [(name, number) for number in range(4) for name in "ab"]
    assert Summary.of(samples["a"]) == Summary(2, 4, 2, 6, 0)


def test_aims_and_tables() -> None:
    assert Aim("x", "at most", 2, 2).is_reached
    assert not Aim("x", "at most", 2, 2.1).is_reached
    assert Aim("x", "at least", 2, 2.1).is_reached
    assert not Aim("x", "at least", 2, 1.9).is_reached
    aims = [Aim("x", "at most", 2, 3), Aim("y", "at least", 2, 3)]
    assert [row[2:] for row in aims_table(aims).rows] == [("3", "**no**"), ("3", "yes")]
    text = Printed("t", ("a", "b"), (("1", "2"),)).markdown()
    assert text.splitlines() == ["**t**", "", "| a | b |", "| --- | ---: |", "| 1 | 2 |"]
