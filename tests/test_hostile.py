"""Hostile and odd input: a correct page or complete messages, never a crash, a leak or a destroyed file."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdfgen.cli.app import program
from pdfgen.delivery.verification import verify
from pdfgen.errors import ExitCode, PdfgenError
from pdfgen.pdf.reader import read
from pdfgen.press import Job, prepare
from pdfgen.typesetting.document import FOOTER, Document, GlyphRun, Item, Page, TickBox

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "patient.yaml"
MINIMAL = "program: short-four\n"
EXERCISES = ("leg-lengthening", "knee-rolls", "cat-cow", "bridge", "plank", "superman", "childs-pose")
SITUATIONS = (
    "back-surgery", "slipped-disc", "spinal-stenosis", "spondylolisthesis", "osteoporosis",
    "vertebral-fracture", "high-blood-pressure", "knee-pain", "wrist-pain", "shoulder-pain", "pregnancy",
    "inflammatory-back-disease", "floor-trouble",
)  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OLD = b"what stood here before"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


def generate(here: Path, content: str | bytes, *arguments: str | Path) -> Result:
    """Generate from a prescription `p.yaml` over an existing file `o.pdf`; a failure must not touch it."""
    (here / "p.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    (here / "o.pdf").write_bytes(OLD)
    result = run("generate", "p.yaml", "-o", "o.pdf", *arguments)
    assert "Traceback" not in result.output
    assert result.exit_code != ExitCode.BUG, result.stderr
    written = (here / "o.pdf").read_bytes()
    assert written.startswith(b"%PDF-") if result.exit_code == 0 else written == OLD
    assert not list(here.glob(".pdfgen*"))
    return result


class TestYaml:
    @pytest.mark.parametrize(
        ("content", "place"),
        [
            pytest.param(b"", "p.yaml: is empty", id="empty"),
            pytest.param(b"# nothing\n", "p.yaml: is empty", id="only a comment"),
            pytest.param(b"hello\n", "p.yaml:1:1: ", id="text"),
            pytest.param(b"- a\n- b\n", "p.yaml:1:1: ", id="list"),
            pytest.param(b"\0\1\2", "p.yaml:1:1: ", id="zero bytes"),
            pytest.param(bytes(range(256)), "p.yaml:", id="binary"),
            pytest.param(MINIMAL.encode("utf-16"), "p.yaml: is UTF-16", id="utf-16"),
            pytest.param(b"program: short-four\ngoal: Ren\xe9\n", "p.yaml:2:10: is not UTF-8", id="latin-1"),
            pytest.param(b"patient:\n\tlabel: x\n", "p.yaml:2:1: a tab", id="tab"),
            pytest.param(b"weeks: 4\nweeks: 6\n", 'p.yaml:2:1: "weeks" stands here twice', id="twice"),
            pytest.param(b"a: &a [x]\nb: [*a, *a]\n", "p.yaml:2:5: aliases", id="aliases"),
            pytest.param(b"goal: !!python/name:os.system x\n", "p.yaml:1:7: tags", id="tag"),
            pytest.param(b"<<: {a: 1}\n", "p.yaml:1:1: merge keys", id="merge"),
            pytest.param(b"goal: " + b"[" * 5000, "p.yaml:1:", id="deep list"),
            pytest.param(b"goal: " + b"{a: " * 5000, "p.yaml:1:", id="deep mapping"),
            pytest.param(b"goal: [" + b"a," * 250_000 + b"]", "p.yaml:1:", id="many values"),
            pytest.param(b"#" * 2_000_001, "p.yaml: is larger than 2 MB", id="large"),
            pytest.param(b"a: 1\n---\nb: 2\n", "p.yaml:2:1: a second document", id="two documents"),
            pytest.param(rb'goal: "\ud800"' + b"\n", "p.yaml:1:", id="half a character"),
        ],
    )
    def test_a_file_that_is_no_prescription(self, here: Path, content: bytes, place: str) -> None:
        result = generate(here, content)
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith(place) or f"\n{place}" in result.stderr
        assert len(result.stderr) < 2_000

    @pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + MINIMAL.encode(), MINIMAL.replace("\n", "\r\n")])
    def test_a_byte_order_mark_and_line_ends_of_windows_are_fine(
        self, here: Path, content: bytes | str
    ) -> None:
        assert generate(here, content).exit_code == 0

    def test_all_wrong_types_at_once_without_their_values(self, here: Path) -> None:
        keys = {
            "patient": "ZEBRA", "language": "ZEBRA", "program": ["ZEBRA"], "weeks": "ZEBRA", "start": "ZEBRA",
            "days": "ZEBRA", "exercises": "ZEBRA", "doses": "ZEBRA", "side": "ZEBRA", "situations": "ZEBRA",
            "confirmed": "ZEBRA", "goal": ["ZEBRA"], "if_then": {"x": "ZEBRA"}, "notes": "ZEBRA",
            "therapist": "ZEBRA" * 50, "layout": ["ZEBRA"], "paper": "ZEBRA", "clinic": ["ZEBRA"],
            "id": "ZEBRA",
        }  # fmt: skip
        result = generate(here, "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items()))
        assert result.exit_code == ExitCode.INPUT
        lines = result.stderr.splitlines()
        assert [line.split(": ")[1] for line in lines] == list(keys)
        assert [int(line.split(":")[1]) for line in lines] == list(range(1, len(keys) + 1))
        assert "ZEBRA" not in result.stderr


class TestValues:
    @pytest.mark.parametrize(
        "weeks", ["0", "1", "13", "60", "-1", "six", "6.5", '"6"', "true", "010", "0x6", ".inf", "9" * 400]
    )
    def test_weeks(self, here: Path, weeks: str) -> None:
        result = generate(here, f"{MINIMAL}weeks: {weeks}\n")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("p.yaml:2:8: weeks: must be ")

    @pytest.mark.parametrize(
        "start",
        ["2026-02-30", "2025-02-29", "2026-13-01", "0000-01-01", "10000-01-01", "9999-12-31", "02-03-2026",
         "20260302", "2026-W10-1", "2026-03-02T10:00:00", "tomorrow", "true"],
    )  # fmt: skip
    def test_impossible_dates(self, here: Path, start: str) -> None:
        result = generate(here, f"{MINIMAL}start: {start}\n")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("p.yaml:2:8: start: ")

    @pytest.mark.parametrize("start", ["0001-01-01", "2024-02-29", "2026-12-31", "9999-10-01"])
    def test_dates_at_the_ends_of_months_years_and_calendars(self, here: Path, start: str) -> None:
        (here / "p.yaml").write_text(f"{MINIMAL}start: {start}\n")
        plan = json.loads(run("plan", "p.yaml", "--json").stdout)
        assert plan["weeks"][0]["days"][0]["date"] == start
        assert run("check", "p.yaml").exit_code == 0

    @pytest.mark.parametrize(
        "line",
        [
            "days: []", "days: [mon, mon]", "days: [monday]", "days: [1]", "days: {mobilising: [mon]}",
            "days: {mobilising: [], strengthening: [mon]}", "exercises: []", "exercises: [plank, plank]",
            "exercises: [plnk]", "situations: [osteoporose]", "confirmed: [plank/x]", "confirmed: [plank]",
            "doses: {plnk: {reps: 3}}", "doses: {superman: {reps: 3}}", "doses: {plank: {reps: 0}}",
            "doses: {plank: {level: chair}}", "doses: {plank: {from_week: 7}}",
            "doses: {plank: {from_week: 3, to_week: 2}}", "notes: {brdge: x}", "notes: {bridge: ''}",
            "side: up", "paper: a5", "id: ABCDEFGI", "unknown: 1", "patient: {name: x}",
        ],
    )  # fmt: skip
    def test_one_wrong_line_is_named_with_its_place(self, here: Path, line: str) -> None:
        result = generate(here, f"{MINIMAL}{line}\n")
        assert result.exit_code == ExitCode.INPUT
        assert all(problem.startswith("p.yaml:2:") for problem in result.stderr.splitlines())

    @pytest.mark.parametrize("setting", ["weeks=60", "goal=[", "days.9=mon", ".x=1", "a..b=1", "weeks.x=1"])
    def test_odd_settings_name_the_option(self, here: Path, setting: str) -> None:
        result = generate(here, f"{MINIMAL}days: [mon]\n", "--set", setting)
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith(f"--set {setting.partition('=')[0]}: ")


class TestText:
    @pytest.mark.parametrize(
        "character",
        ["\\0", "\\a", "\\e", "\\x7f", "\\x80", "\\u202a", "\\u202e", "\\u2066", "\\ue000", "\\uffff", "\\u0378"],
    )
    def test_characters_that_hide_or_do_nothing_are_refused(self, here: Path, character: str) -> None:
        result = generate(here, f'{MINIMAL}patient: {{label: "ZEBRA{character}X"}}\n')
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("p.yaml:2:18: patient.label: the character U+")
        assert result.stderr.isprintable() or result.stderr.rstrip("\n").isprintable()
        assert "ZEBRA" not in result.stderr

    @pytest.mark.parametrize("character", ["李", "😀", "ส", "\u20e3"])
    def test_a_character_without_a_glyph_is_named_with_its_place(self, here: Path, character: str) -> None:
        result = generate(here, f'{MINIMAL}goal: "ZEBRA {character}"\n')
        assert result.exit_code == ExitCode.FIT
        assert result.stderr.startswith("p.yaml:2:7: goal: ")
        assert f"U+{ord(character):04X}" in result.stderr
        assert "ZEBRA" not in result.stderr

    def test_a_name_of_300_characters_is_too_long(self, here: Path) -> None:
        result = generate(here, f"{MINIMAL}patient: {{label: {'N' * 300}}}\n")
        assert result.exit_code == ExitCode.INPUT
        assert "300 characters, at most 200" in result.stderr
        assert "NNN" not in result.stderr

    def test_odd_names_are_printed_as_they_are(self, here: Path) -> None:
        texts = {
            "label": "<b>&amp;\"'`${x}{y}%s\\n</b>",
            "goal": "Łódź Đặng Thị Hường Ġużè İlker ğış ĳ IJ D’Arc ʻOkina",
            "if_then": "Zoe\u0308 Γιώργος Юрий ½ ² € №",
            "therapist": "a\u00a0b\u200bc\u00add e\u2028f",
        }
        label = texts.pop("label")
        (here / "p.yaml").write_text(
            MINIMAL + json.dumps(texts | {"patient": {"label": label}})[1:-1].join("{}") + "\n"
            if False
            else json.dumps({"program": "short-four", "patient": {"label": label}, **texts}, ensure_ascii=False)
        )
        press = prepare(Job(here / "p.yaml"))
        data = press.pdf()
        assert verify(data, press.document()) == ()
        printed = " ".join(element.text for element in read(data).elements)
        for text in (label, *texts.values()):
            assert unicodedata.normalize("NFC", " ".join(text.split())) in " ".join(printed.split())
        assert label.encode() not in data
