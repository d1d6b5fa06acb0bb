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
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from page_faults import faults
from programs import Made

from pdfgen.cli.app import program
from pdfgen.content import loading
from pdfgen.delivery.verification import expected_of, verify
from pdfgen.errors import ExitCode
from pdfgen.pdf.reader import read
from pdfgen.production.job import Job

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "patient.yaml"
MINIMAL = "program: short-four\n"
OLD = b"%PDF-what stood here before"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def library_read_once() -> Iterator[None]:
    """Keep the shipped library, which never changes: reading it is most of the time of a failing run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "load_library", cache(loading.load_library))
        yield


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
        ["2026-02-30", "2025-02-29", "2026-13-01", "0000-01-01", "10000-01-01", "9999-12-31",
         "1999-12-31", "2101-01-01", "02-03-2026", "20260302", "2026-W10-1",
         "2026-03-02T10:00:00", "tomorrow", "true"],
    )  # fmt: skip
    def test_impossible_dates(self, here: Path, start: str) -> None:
        result = generate(here, f"{MINIMAL}start: {start}\n")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("p.yaml:2:8: start: ")

    @pytest.mark.parametrize("start", ["2000-01-01", "2024-02-29", "2026-12-31", "2100-12-31"])
    def test_dates_at_the_ends_of_months_and_years(self, here: Path, start: str) -> None:
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
        [
            "\\0",
            "\\a",
            "\\e",
            "\\x7f",
            "\\x80",
            "\\u202a",
            "\\u202e",
            "\\u2066",
            "\\ue000",
            "\\uffff",
            "\\u0378",
        ],
    )
    def test_characters_that_hide_or_do_nothing_are_refused(self, here: Path, character: str) -> None:
        result = generate(here, f'{MINIMAL}patient: {{label: "ZEBRA{character}X"}}\n')
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("p.yaml:2:18: patient.label: the character U+")
        assert result.stderr.rstrip("\n").isprintable()
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
        shown = {**texts, "therapist": "a bcd e f"}
        content = {"program": "short-four", "patient": {"label": label}, **texts}
        (here / "p.yaml").write_text(json.dumps(content, ensure_ascii=False))
        made = Made.of(Job(here / "p.yaml"))
        data = made.pdf()
        assert verify(read(data), expected_of(made.document())) == ()
        printed = " ".join(element.text for element in read(data).elements)
        for text in (label, *shown.values()):
            assert unicodedata.normalize("NFC", " ".join(text.split())) in " ".join(printed.split())
        assert label.encode() not in data


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Return a PNG file of 8-bit RGB that claims a size and holds what it is given."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def svg(body: str, head: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{body}</svg>'.encode()


RECT = '<rect width="50" height="20"/>'
USES = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))


class TestClinic:
    @pytest.mark.parametrize(
        ("line", "column"),
        [
            ("country: UK", 10), ("country: nl", 10), ('accent: "#ffff00"', 9), ('accent: "#777777"', 9),
            ("accent: red", 9), ("address: [a, b, c, d, e]", 10), (f"phone: '{'1' * 41}'", 8), ("nmae: x", 1),
            ("traffic_light: {green_max: 5, amber_max: 5}", 16), ("traffic_light: {green_max: 9}", 28),
            ("urgent: 112", 9), (f"name: {'x' * 121}", 7), ('name: "a\\u202eb"', 7),
        ],
    )  # fmt: skip
    def test_a_wrong_line_is_named_with_its_place(self, here: Path, line: str, column: int) -> None:
        (here / "c.yaml").write_text(f"website: x.example\n{line}\n")
        result = generate(here, MINIMAL, "--clinic", "c.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith(f"c.yaml:2:{column}: ")
        assert run("check", "c.yaml").exit_code == ExitCode.INPUT

    @pytest.mark.parametrize(
        "name",
        ["/etc/passwd", "../outside.png", "link.png", "loop.png", "gone.png", "folder.png", "pipe.png",
         "../../../../../../../dev/zero", "~/x.png", "C:\\x.png", "\\\\host\\x.png", "https://host/x.png",
         "file:///etc/passwd", "nothing.png", "."],
    )  # fmt: skip
    def test_a_logo_outside_the_folder_or_not_there(self, here: Path, name: str) -> None:
        home = here / "home"
        home.mkdir()
        (here / "outside.png").write_bytes(png(1, 1, b"\0" * 4))
        (home / "link.png").symlink_to(here / "outside.png")
        (home / "loop.png").symlink_to("loop.png")
        (home / "gone.png").symlink_to("nowhere.png")
        (home / "folder.png").mkdir()
        os.mkfifo(home / "pipe.png")
        (home / "c.yaml").write_text(f"logo: {json.dumps(name)}\n")
        result = generate(here, MINIMAL, "--clinic", "home/c.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith("home/c.yaml:1:7: logo: ")

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"hello", id="text"),
            pytest.param(b"GIF89a" + bytes(20), id="gif"),
            pytest.param(png(50_000, 50_000, b"\0" * 100_000), id="decompression bomb"),
            pytest.param(png(2**31 - 1, 2**31 - 1, b""), id="absurd size"),
            pytest.param(png(0, 5, b""), id="no width"),
            pytest.param(png(100, 100, b"\0" * 31_000)[:-40], id="cut off"),
            pytest.param(svg("<script>alert(1)</script>" + RECT), id="script"),
            pytest.param(svg('<rect onload="x()" width="5" height="5"/>'), id="event"),
            pytest.param(svg('<image href="http://host/x.png"/>' + RECT), id="image"),
            pytest.param(svg('<use href="http://host/x.svg#a"/>' + RECT), id="external reference"),
            pytest.param(svg("<style>@import url(http://host)</style>" + RECT), id="style sheet"),
            pytest.param(svg('<text x="1" y="9">x</text>' + RECT), id="text in svg"),
            pytest.param(svg("<foreignObject/>" + RECT), id="foreign object"),
            pytest.param(b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + svg(RECT), id="entities"),
            pytest.param(b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg(RECT), id="xxe"),
            pytest.param(svg(f'<g id="a0">{RECT}</g>{USES}<use href="#a8"/>'), id="use bomb"),
            pytest.param(svg('<g id="a"><use href="#a"/></g>'), id="use of itself"),
            pytest.param(svg("<g>" * 2000 + "</g>" * 2000), id="deep"),
            pytest.param(svg('<path d="M 1e999 nan"/>'), id="no numbers"),
            pytest.param(
                svg('<rect width="5" height="5" transform="scale(1e300) scale(1e300)"/>'), id="huge"
            ),
            pytest.param(svg(RECT, 'viewBox="0 0 nan inf"'), id="size without numbers"),
            pytest.param(svg(RECT, 'viewBox="0 0 100000 1"'), id="extreme shape"),
            pytest.param(svg(""), id="shows nothing"),
            pytest.param(b"<html><body/></html>", id="html"),
            pytest.param(svg(RECT)[:-3], id="svg cut off"),
        ],
    )
    def test_a_logo_that_is_no_picture_or_is_dangerous(self, here: Path, data: bytes) -> None:
        (here / "logo.png").write_bytes(data)
        (here / "c.yaml").write_text("logo: logo.png\n")
        result = generate(here, MINIMAL, "--clinic", "c.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert "logo" in result.stderr

    @pytest.mark.parametrize("size", [(1, 1), (3, 4000), (4000, 3)])
    def test_a_logo_of_any_shape_stays_on_the_page(self, here: Path, size: tuple[int, int]) -> None:
        width, height = size
        (here / "logo.png").write_bytes(png(width, height, (b"\0" + b"\x80" * 3 * width) * height))
        (here / "c.yaml").write_text("name: X\nlogo: logo.png\n")
        (here / "p.yaml").write_text(MINIMAL)
        assert faults(Made.of(Job(here / "p.yaml", clinic=here / "c.yaml")).document()) == []


class TestOutput:
    @pytest.mark.parametrize(
        "target", ["folder", "folder/", ".", "p.yaml/x.pdf", "/dev/full", "/dev/null", "loop"]
    )
    def test_a_place_that_cannot_be_written(self, here: Path, target: str) -> None:
        (here / "folder").mkdir()
        (here / "loop").symlink_to("loop")
        (here / "p.yaml").write_text(MINIMAL)
        before = sorted(here.rglob("*"))
        result = run("generate", "p.yaml", "-o", target)
        assert result.exit_code == ExitCode.WRITE
        assert target.rstrip("/") in result.stderr
        assert sorted(here.rglob("*")) == before

    def test_a_link_is_followed(self, here: Path) -> None:
        (here / "real.pdf").write_bytes(OLD)
        (here / "link.pdf").symlink_to("real.pdf")
        (here / "p.yaml").write_text(MINIMAL)
        assert run("generate", "p.yaml", "-o", "link.pdf").exit_code == 0
        assert (here / "link.pdf").is_symlink()
        assert (here / "real.pdf").read_bytes().startswith(b"%PDF-")

    @pytest.mark.cluster
    @pytest.mark.parametrize(
        ("moment", "number", "code"),
        [
            ("fsync", signal.SIGTERM, ExitCode.INTERRUPTED),
            ("replace", signal.SIGINT, ExitCode.INTERRUPTED),
            ("replace", signal.SIGKILL, -signal.SIGKILL),
        ],
    )
    def test_a_killed_run_leaves_the_old_file(
        self, here: Path, moment: str, number: signal.Signals, code: int
    ) -> None:
        (here / "p.yaml").write_text(MINIMAL)
        (here / "o.pdf").write_bytes(OLD)
        kill = (
            "import os, sys, time\n"
            "from pdfgen.cli.app import main\n"
            "def stop(*_):\n"
            f"    os.kill(os.getpid(), {int(number)})\n"
            "    time.sleep(5)\n"
            f"os.{moment} = stop\n"
            "sys.argv = ['pdfgen', 'generate', 'p.yaml', '-o', 'o.pdf']\n"
            "main()\n"
        )
        done = subprocess.run([sys.executable, "-c", kill], cwd=here, capture_output=True, check=False)
        assert done.returncode == code
        assert (here / "o.pdf").read_bytes() == OLD
        assert b"Traceback" not in done.stderr
        left = [path.name for path in here.iterdir() if path.name.startswith(".pdfgen")]
        assert len(left) == (1 if number == signal.SIGKILL else 0)

    def test_hash_seed_locale_home_and_folder_do_not_change_a_byte(self, here: Path) -> None:
        start = [sys.executable, "-m", "pdfgen", "generate", str(EXAMPLE), "-o", "-"]
        bare = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        surroundings = ({**os.environ, "PYTHONHASHSEED": "1"}, {**bare, "PYTHONHASHSEED": "77"})
        runs = [
            subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=folder)
            for env, folder in zip(surroundings, (here, ROOT), strict=True)
        ]
        (one, _), (other, _) = (running.communicate(timeout=60) for running in runs)
        assert one.startswith(b"%PDF-")
        assert one == other

    @pytest.mark.cluster
    def test_two_runs_to_one_file_leave_a_whole_one(self, here: Path) -> None:
        start = [sys.executable, "-m", "pdfgen", "generate"]
        runs = [
            subprocess.Popen([*start, str(path), "-o", "o.pdf"], stdout=subprocess.DEVNULL, cwd=here)
            for path in (EXAMPLE, ROOT / "examples" / "patient-en.yaml")
        ]
        assert [running.wait(timeout=60) for running in runs] == [0, 0]
        assert verify(read((here / "o.pdf").read_bytes())) == ()
        assert [path.name for path in here.iterdir()] == ["o.pdf"]

    @pytest.mark.parametrize("data", [b"", b"x", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + bytes(range(256)) * 40])
    def test_verify_of_something_else_is_no_crash(self, here: Path, data: bytes) -> None:
        (here / "x.pdf").write_bytes(data)
        result = run("verify", "x.pdf")
        assert result.exit_code == ExitCode.VERIFICATION
        assert "x.pdf" in result.stderr
