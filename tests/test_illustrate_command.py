from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from pdfgen.cli.app import program

POSE = "title: Test\nview: three-quarter\nheight: 24\npanels:\n  a: {pose: {from: standing}}\n"
TWO = POSE + "  b: {pose: {from: standing, right_leg: {hip: 40, knee: 40}}}\n"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(program, ["illustrate", *arguments])
    return result.exit_code, result.output


def test_drawing_is_written_beside_its_pose(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(POSE)
    assert run(str(tmp_path / "mine.yaml"), "--preview", str(tmp_path / "mine.png")) == (0, "")
    assert (tmp_path / "mine.svg").read_text().startswith("<svg")
    assert (tmp_path / "mine.png").read_bytes().startswith(b"\x89PNG")


def test_one_panel_of_two_is_written_under_the_given_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TWO)
    assert run(str(tmp_path / "mine.yaml"), "--panel", "B", "-o", str(tmp_path / "out.svg"))[0] == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["out.svg"]


def test_all_panels_are_written_with_their_letters(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TWO)
    assert run(str(tmp_path / "mine.yaml"))[0] == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["mine-a.svg", "mine-b.svg"]


def test_unknown_panel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(POSE)
    code, output = run(str(tmp_path / "mine.yaml"), "--panel", "C")
    assert code == 2
    assert "there is no such panel; the file has A" in output


def test_impossible_pose_is_refused_with_its_line_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        POSE.replace("{from: standing}", "{from: standing, left_leg: {knee: 200}}")
    )
    code, output = run(str(tmp_path / "mine.yaml"))
    assert code == 3
    assert "mine.yaml:5:" in output
    assert "panels.a.pose.left_leg.knee: must be at most 160" in output
    assert not list(tmp_path.glob("*.svg"))


def test_missing_extra_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "scipy" else find(name))
    (tmp_path / "mine.yaml").write_text(POSE)
    code, output = run(str(tmp_path / "mine.yaml"))
    assert code == 2
    assert "drawing needs scipy; run pip install 'pdfgen[illustrate]'" in output
