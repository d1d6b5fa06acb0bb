"""`pdfgen check --report`: what a therapist reads, what a program reads, and when it warns."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from programs import EXAMPLES, ROOT

from pdfgen.cli.app import program
from pdfgen.errors import ExitCode

LONG = "Je mag dit " + "en dat " * 7 + "doen."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, ["check", *map(str, arguments)])


def own_layout(folder: Path, *changes: tuple[str, str]) -> Path:
    text = (ROOT / "layouts" / "standard.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def library_with(folder: Path, nl: str) -> Path:
    path = folder / "library.yaml"
    path.write_text(
        "faq:\n  - id: mine\n    question: {nl: 'Wat nu?', en: 'What now?'}\n"
        f"    answer: {{nl: '{nl}', en: 'Lie down.'}}\n    always: true\n",
        encoding="utf-8",
    )
    return path


def data_of(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*arguments, "--json").stdout)
    return found


def broken(found: dict[str, Any]) -> set[str]:
    """The names of the limits of one file that it breaks."""
    return {measure["name"] for measure in found["report"]["clear_print"] if not measure["passes"]}


@cache
def shipped() -> Result:
    """What is said of everything shipped, which takes seconds."""
    return run("--report", "--json", "--strict")


class TestText:
    @pytest.mark.matrix
    def test_every_file_has_its_lines(self) -> None:
        result = run("--report")
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert any(line.startswith("  ok    texts in nl: ") and "words a sentence" in line for line in lines)
        assert any("hardest single text: Flesch-Kincaid grade" in line for line in lines)
        assert any("smallest running text" in line and "at least 12" in line for line in lines)

    @pytest.mark.slow
    def test_what_is_shipped_breaks_no_limit(self) -> None:
        assert shipped().exit_code == 0
        measures = [one for found in json.loads(shipped().stdout) for one in found["report"]["clear_print"]]
        assert measures
        assert all(one["passes"] for one in measures)

    def test_without_it_nothing_is_said_of_print(self) -> None:
        result = run()
        assert len(result.stdout.splitlines()) == 2 + len(list((ROOT / "layouts").glob("*.yaml")))
        assert result.stderr == ""

    @pytest.mark.matrix
    def test_verbose_tells_every_text(self) -> None:
        result = run("--report", "--verbose")
        assert "        exercises.bridge.variants.L2.steps.nl: " in result.stdout
        assert "contrast of text (nl)" in result.stdout

    def test_a_patient_is_measured_on_his_own_pages(self) -> None:
        result = run("--report", EXAMPLES / "patient.yaml")
        assert result.exit_code == 0
        assert "longest line" in result.stdout

    def test_a_long_sentence_fails_and_is_named(self, tmp_path: Path) -> None:
        result = run("--report", library_with(tmp_path, LONG))
        (line,) = (line for line in result.stdout.splitlines() if "texts in nl" in line)
        assert line.startswith("  FAIL  ")
        assert "longest 18 (at most 15): faq." in line
        assert "a sentence has 18 words" in result.stderr
        assert result.exit_code == 0

    def test_an_own_layout_is_measured(self, tmp_path: Path) -> None:
        path = own_layout(tmp_path, ("label: 12", "label: 12.5"), ("binding: 22", "binding: 24"))
        result = run("--report", path)
        assert result.exit_code == 0, result.stderr
        assert "smallest running text            12.5 pt" in result.stdout

    def test_a_layout_that_does_not_fit_is_told(self, tmp_path: Path) -> None:
        result = run(
            "--report",
            own_layout(
                tmp_path, ("body: 14", "body: 30"), ("label: 12", "label: 24"), ("binding: 22", "binding: 60")
            ),
        )
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith(f"{tmp_path}/mine.yaml: ")
        assert "Traceback" not in result.stderr

    def test_a_clinic_is_measured_with_its_colour(self, tmp_path: Path) -> None:
        path = tmp_path / "clinic.yaml"
        path.write_text('name: Ons\naccent: "#3a3a3a"\n', encoding="utf-8")
        pairs = data_of(path)[0]["report"]["clear_print"]
        assert any("#3a3a3a on #ffffff" in pair["where"] for pair in pairs)

    def test_a_pale_clinic_is_refused_before_pages_are_made(self, tmp_path: Path) -> None:
        path = tmp_path / "clinic.yaml"
        path.write_text('name: Ons\naccent: "#b0b0b0"\n', encoding="utf-8")
        (found,) = data_of(path)
        assert "too light" in found["problems"][0]["message"]
        assert found["report"]["clear_print"] == []


class TestJson:
    @pytest.mark.matrix
    def test_every_text_in_every_language(self) -> None:
        library, *_ = data_of()
        readings = library["report"]["readability"]
        assert {reading["language"] for reading in readings} == {"nl", "en"}
        assert all(reading["passes"] for reading in readings)
        fields = [(reading["field"], reading["language"], reading["texts"]) for reading in readings]
        assert len(fields) == len(set(fields))
        single = next(r for r in readings if r["field"] == "conditions.low-back-pain.safety.boxes.0.signs.0")
        assert single["words_a_sentence"] == pytest.approx(single["words"] / single["sentences"], abs=0.05)
        assert single["longest_sentence_limit"] == 15

    @pytest.mark.slow
    def test_every_limit_has_its_source_and_broken_ones_are_warnings(self) -> None:
        for found in json.loads(shipped().stdout):
            assert all(m["source"] for m in found["report"]["clear_print"])
            assert broken(found) == {warning["field"] for warning in found["warnings"]}

    def test_a_limit_that_is_broken_is_a_warning(self, tmp_path: Path) -> None:
        (found,) = data_of(own_layout(tmp_path, ("body: 14", "body: 12")))
        assert all(m["source"] for m in found["report"]["clear_print"])
        assert broken(found) == {warning["field"] for warning in found["warnings"]} == {"longest line"}
