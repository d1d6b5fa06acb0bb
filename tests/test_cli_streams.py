"""Files and streams that a command cannot read, write or name."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from commands import EXAMPLES, ROOT, run, subprocess_run

from pdfgen.cli.app import program
from pdfgen.errors import ExitCode


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestOutputIsNoInput:
    def test_a_file_of_another_kind_is_left_as_it_is(self, here: Path) -> None:
        own = here / "own.yaml"
        own.write_text("program: short-four\n")
        result = run("generate", own, "-o", own)
        assert result.exit_code == ExitCode.WRITE
        assert "own.yaml: another kind of file is here" in result.stderr
        assert own.read_text() == "program: short-four\n"

    def test_a_pdf_or_an_empty_file_is_replaced(self, here: Path) -> None:
        for name, old in (("old.pdf", b"%PDF-1.4 old"), ("empty.pdf", b"")):
            (here / name).write_bytes(old)
            assert run("generate", EXAMPLES / "patient.yaml", "-o", name).exit_code == 0
            assert (here / name).read_bytes().startswith(b"%PDF-1.7")


def shell(command: str, here: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `pdfgen` is the program."""
    return subprocess.run(
        ["bash", "-c", f'pdfgen() {{ "{sys.executable}" -m pdfgen "$@"; }}; {command}'],
        cwd=here, env=os.environ | variables, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


needs_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


class TestStreams:
    """Standard streams that are full or closed, in real processes."""

    @needs_full_device
    @pytest.mark.parametrize(
        "command", ["list exercises", "--help", "generate --help", "--version", "schema"]
    )
    def test_a_full_output_is_told_in_one_line(self, command: str, here: Path) -> None:
        done = shell(f"pdfgen {command} >/dev/full", here)
        assert done.returncode == ExitCode.WRITE
        assert done.stderr.startswith(b"standard output: the disk is full")
        assert done.stderr.count(b"\n") == 1

    @pytest.mark.parametrize("command", ["list exercises", "--help", "new clinic -", "schema patient"])
    def test_a_closed_output_is_told_in_one_line(self, command: str, here: Path) -> None:
        done = shell(f"pdfgen {command} >&-", here)
        assert done.returncode == ExitCode.WRITE
        assert done.stderr == b"standard output: is closed; name a file to write\n"

    @needs_full_device
    @pytest.mark.parametrize("option", ["-o -", "-o -q.pdf"])
    def test_a_program_for_a_full_output(self, option: str, here: Path) -> None:
        done = shell(f"pdfgen generate {EXAMPLES / 'patient.yaml'} {option} >/dev/full", here)
        assert done.returncode == ExitCode.WRITE
        assert done.stderr.count(b"\n") == 1
        assert (b"-q.pdf was written all the same" in done.stderr) == (here / "-q.pdf").exists()

    @pytest.mark.parametrize("command", ["--help", "schema"])
    def test_a_reader_that_has_had_enough_is_not_talked_about(self, command: str, here: Path) -> None:
        done = shell(f"pdfgen {command} | true; exit ${{PIPESTATUS[0]}}", here)
        assert (done.returncode, done.stderr) == (ExitCode.WRITE, b"")

    @needs_full_device
    @pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
    def test_the_exit_code_says_it_when_stderr_cannot(self, where: str, here: Path) -> None:
        assert shell(f"pdfgen list planets {where}", here).returncode == ExitCode.USAGE
        assert shell(f"pdfgen generate nobody.yaml {where}", here).returncode == ExitCode.INPUT

    def test_a_closed_input_is_empty(self, here: Path) -> None:
        done = shell("pdfgen generate - <&-", here)
        assert done.returncode == ExitCode.INPUT
        assert done.stderr.startswith(b"standard input: is empty")
        assert done.stderr.count(b"\n") == 1

    def test_an_output_of_few_characters(self, here: Path) -> None:
        variables = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = shell("pdfgen list languages --json", here, **variables)
        assert {entry["id"] for entry in json.loads(done.stdout.decode("ascii"))} >= {"en", "nl"}
        done = shell(f"pdfgen plan {EXAMPLES / 'patient.yaml'} --set 'goal=Łódź' --json", here, **variables)
        assert json.loads(done.stdout.decode("ascii"))["goal"]["text"] == "Łódź"

    @pytest.mark.parametrize(
        "path", [EXAMPLES / "patient-en.yaml", ROOT / "layouts" / "standard.yaml", ROOT / "exercises.yaml"],
        ids=lambda path: path.stem,
    )  # fmt: skip
    def test_checks_standard_input(self, path: Path, here: Path) -> None:
        text = re.sub("(?m)^clinic:.*$", "", path.read_text())
        result = CliRunner().invoke(program, ["check", "-"], input=text)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.startswith("standard input: ")
        assert result.stdout.endswith(", in order\n")


class TestNames:
    """Names of files and keys with bytes that are no characters, and with characters that terminals obey."""

    @pytest.mark.slow
    def test_a_file_whose_name_is_no_text(self, here: Path) -> None:
        done = shell("pdfgen new patient $'x\\xff.yaml' && pdfgen check --json $'x\\xff.yaml'", here)
        assert done.returncode == 0, done.stderr
        assert (here / os.fsdecode(b"x\xff.yaml")).is_file()
        (checked,) = json.loads(done.stdout.split(b"\n", 1)[1])
        assert checked["file"] == os.fsdecode(b"x\xff.yaml")
        assert shell("pdfgen check $'x\\xff.yaml'", here).stdout.startswith(b"x\\udcff.yaml: patient")

    def test_a_name_does_not_become_a_line_of_the_starting_file(self, here: Path) -> None:
        run("new", "patient", "a\nweeks: 3\n.yaml")
        (path,) = here.iterdir()
        assert "weeks: 3" not in path.read_text()

    @pytest.mark.parametrize("command", ["generate", "check", "verify"])
    def test_a_message_has_one_line_that_no_terminal_obeys(self, command: str) -> None:
        result = run(command, "a\x1b[31m\nb\u202e.yaml")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr.startswith(r"a\x1b[31m\nb\u202e.yaml: ")
        assert result.stderr.count("\n") == 1

    def test_a_key_that_is_no_text_names_the_option(self, here: Path) -> None:
        done = shell(f"pdfgen generate {EXAMPLES / 'patient.yaml'} --set $'\\xff=1'", here)
        assert done.returncode == ExitCode.USAGE
        assert b"--set" in done.stderr

    @pytest.mark.parametrize(
        ("option", "value"), [("--weeks", "0"), ("--language", "xx"), ("--paper", "a9"), ("--paper", "")]
    )
    def test_a_problem_names_the_option(self, option: str, value: str) -> None:
        result = run("plan", EXAMPLES / "patient.yaml", option, value)
        assert result.exit_code == ExitCode.INPUT
        assert all(line.startswith(f"{option}: ") for line in result.stderr.splitlines())
        assert "--set" not in result.stderr

    @pytest.mark.parametrize("kind", ["exercises", "programs", "situations", "layouts", "languages"])
    def test_names_in_a_language_that_is_not_there(self, kind: str) -> None:
        result = run("list", kind, "--language", "xx")
        assert (result.exit_code, result.stdout) == (ExitCode.INPUT, "")
        assert 'there is no language "xx"; known: en, en-US, nl' in result.stderr


class TestUnreadable:
    def test_verify_refuses_what_never_ends(self, here: Path) -> None:
        result = run("verify", "/dev/zero")
        assert result.exit_code == ExitCode.INPUT
        assert "not an ordinary file" in result.stderr

    def test_verify_refuses_what_is_too_large(self, here: Path) -> None:
        with (here / "big.pdf").open("wb") as file:
            file.truncate(3_000_000_000)
        result = run("verify", "big.pdf")
        assert result.exit_code == ExitCode.INPUT
        assert result.stderr == "big.pdf: is larger than 200 MB; pdfgen makes no such files\n"

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + b"1 0 obj\n<<\n" * 99])
    def test_verify_says_what_is_wrong_once(self, here: Path, data: bytes) -> None:
        (here / "a.pdf").write_bytes(data)
        done = subprocess_run("verify", "a.pdf", cwd=here)
        assert done.returncode == ExitCode.VERIFICATION
        assert all(line.startswith(b"a.pdf: ") for line in done.stderr.splitlines())

    @pytest.mark.parametrize(
        "arguments",
        [
            ("generate", "secret.yaml"),
            ("plan", "secret.yaml"),
            ("check", "secret.yaml"),
            ("verify", "secret.yaml"),
            ("list", "exercises", "--library", "secret.yaml"),
            ("generate", EXAMPLES / "patient.yaml", "--library", "secret.yaml"),
            ("generate", EXAMPLES / "patient.yaml", "--clinic", "secret.yaml"),
            ("generate", EXAMPLES / "patient.yaml", "--layout", "secret.yaml"),
        ],
        ids=lambda arguments: " ".join(map(str, arguments[::2])),
    )
    def test_a_file_without_permission(
        self, here: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str | Path, ...]
    ) -> None:
        (here / "secret.yaml").touch(mode=0o000)
        opened, asked = Path.open, os.access

        # Tests may run with the rights of root, who reads everything.
        def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
            if path.name == "secret.yaml":
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return opened(path, *arguments, **options)

        monkeypatch.setattr(Path, "open", refuse)
        monkeypatch.setattr(
            os, "access", lambda path, mode: Path(path).name != "secret.yaml" and asked(path, mode)
        )
        result = run(*arguments)
        assert result.exit_code == ExitCode.INPUT, result.stderr
        assert result.stderr == "secret.yaml: cannot be read: permission denied\n"
