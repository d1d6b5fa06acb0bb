"""The documentation does what it says: commands run, keys are complete, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pdfgen.content.clinic import Clinic
from pdfgen.content.prescription import DoseOverride, Prescription
from pdfgen.errors import ExitCode

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
BINARIES = Path(sys.executable).parent


def identifier(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, info: str) -> list[str]:
    """Return the fenced blocks of a document whose first line says `info`."""
    return re.findall(rf"^```{info}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands(path: Path) -> list[str]:
    return [line for block in blocks(path, "sh run") for line in block.splitlines() if line.strip()]


RUNNABLE = [path for path in DOCUMENTS if commands(path)]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("document", RUNNABLE, ids=identifier)
def test_commands_run(document: Path, workplace: Path) -> None:
    environment = os.environ | {"PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}"}
    for command in commands(document):
        words = shlex.split(command)
        assert words[0] in {"pdfgen", "make"}, f"{command}: only pdfgen and make can be marked as runnable"
        if words[0] == "make":
            # The environment that runs this test is the one that make would make.
            venv = BINARIES.parent
            words += [f"VENV={venv}", f"--old-file={venv}/.installed", f"--old-file={BINARIES}/python"]
        done = subprocess.run(
            words, cwd=workplace, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_start_of_the_readme_is_runnable() -> None:
    assert "make demo" in commands(ROOT / "README.md")
    assert any(command.startswith("pdfgen generate") for command in commands(ROOT / "README.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=identifier)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    missing = [
        target
        for target in targets
        if "://" not in target and not (document.parent / target).resolve().exists()
    ]
    assert not missing


def documented(path: Path) -> set[str]:
    """Return the names in backquotes in the first column of all tables."""
    rows = re.findall(r"^\| (`[^|]+) \|", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {name.split(".")[0] for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_key_of_a_prescription_is_documented() -> None:
    keys = set(Prescription.model_fields) | set(DoseOverride.model_fields)
    assert documented(ROOT / "docs" / "prescription.md") == keys


def test_every_key_of_a_clinic_is_documented() -> None:
    assert documented(ROOT / "docs" / "clinic.md") == set(Clinic.model_fields)


def test_snippets_of_a_prescription_are_valid() -> None:
    snippets = blocks(ROOT / "docs" / "prescription.md", "yaml")
    assert len(snippets) >= 4
    for snippet in snippets:
        Prescription.model_validate({"program": "short-four"} | yaml.safe_load(snippet))


def test_every_exit_code_is_documented() -> None:
    codes = re.findall(
        r"^\| (\d+) \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [int(code) for code in codes] == sorted(ExitCode)
