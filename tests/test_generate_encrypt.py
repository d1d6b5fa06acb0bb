"""`generate --encrypt`: where the password comes from, which files are locked, what is refused."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from pdfgen.cli import password
from pdfgen.cli.app import program
from pdfgen.errors import ExitCode

ROOT = Path(__file__).parent.parent
PATIENT = str(ROOT / "examples" / "patient.yaml")
SECRET = "een lang wachtwoord"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "password.txt").write_text(f"{SECRET}\nanother line\n", encoding="utf-8")
    return tmp_path


def run(*words: str, patient: str = PATIENT, typed: str | bytes = "") -> Result:
    arguments = ["generate", patient, "--layout", "wall-sheet", "--encrypt", *words]
    return CliRunner().invoke(program, arguments, input=typed)


def opens(path: Path, secret: str = SECRET) -> bool:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=secret) as file:
        return bool(file.encryption.R == 6)


def test_from_a_file(here: Path) -> None:
    result = run("--password-file", "password.txt", "-o", "a.pdf")
    assert (result.exit_code, result.stdout) == (0, "a.pdf\n")
    assert opens(here / "a.pdf")
    assert "a.pdf: opens with the password only; a locked file is not PDF/A" in result.stderr
    assert SECRET not in result.output


def test_from_standard_input(here: Path) -> None:
    assert run("--password-file", "-", "-o", "a.pdf", typed=f"{SECRET}\r\n").exit_code == 0
    assert opens(here / "a.pdf")


def test_typed_twice(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password, "_has_terminal", lambda: True)
    result = run("-o", "a.pdf", typed=f"{SECRET}\n{SECRET}\n")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "a.pdf\n"
    assert opens(here / "a.pdf")
    assert SECRET not in result.output


def test_typed_differently(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password, "_has_terminal", lambda: True)
    assert run("-o", "a.pdf", typed=f"{SECRET}\nanother one\n").exit_code != 0
    assert not (here / "a.pdf").exists()


def test_no_terminal_to_ask_on(here: Path) -> None:
    result = run("-o", "a.pdf")
    assert result.exit_code == ExitCode.USAGE
    assert "--encrypt: asks for the password, and there is no terminal" in result.stderr


def test_sheets_are_locked_too(here: Path) -> None:
    assert run("--layout", "cards", "--password-file", "password.txt", "-o", "a.pdf").exit_code == 0
    assert opens(here / "a.pdf")
    assert opens(here / "a-print.pdf")


def test_the_twin_copy_is_locked_too(here: Path) -> None:
    assert run("--layout", "bilingual", "--password-file", "password.txt", "-o", "a.pdf").exit_code == 0
    assert opens(here / "a.pdf")
    (twin,) = here.glob("a-*.pdf")
    assert opens(twin)


def test_on_standard_output(here: Path) -> None:
    result = run("--password-file", "password.txt", "-o", "-")
    assert result.exit_code == 0
    (here / "b.pdf").write_bytes(result.stdout_bytes)
    assert opens(here / "b.pdf")
    assert "standard output: opens with the password only" in result.stderr


@pytest.mark.parametrize(
    ("secret", "reason"),
    [
        ("", "is empty"),
        ("tooweak", "is shorter than 8"),
        ("x" * 128, "is longer than 127"),
        ("een\x07wachtwoord", "typed"),
    ],
)
def test_passwords_that_are_refused(here: Path, secret: str, reason: str) -> None:
    (here / "password.txt").write_text(secret, encoding="utf-8")
    result = run("--password-file", "password.txt", "-o", "a.pdf")
    assert result.exit_code == ExitCode.INPUT
    assert result.stderr.startswith("password.txt: ")
    assert reason in result.stderr
    assert not secret or secret not in result.stderr
    assert not (here / "a.pdf").exists()


def test_what_does_not_go_together(here: Path) -> None:
    result = run("--password-file", "-", "--preview", patient="-", typed="program: short-four\n")
    assert result.exit_code == ExitCode.USAGE
    assert "--password-file: standard input is the patient's file already" in result.stderr
    assert "--encrypt: pictures cannot be locked" in result.stderr


def test_a_password_file_alone(here: Path) -> None:
    arguments = ["generate", PATIENT, "--password-file", "password.txt"]
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == ExitCode.USAGE
    assert "--password-file: goes with --encrypt" in result.stderr


def test_never_as_an_argument(here: Path) -> None:
    assert run(f"--encrypt={SECRET}").exit_code == ExitCode.USAGE
