"""What people are told to install is what there is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pdfgen.errors import missing_extra

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

#: A program that installs, its options, and what it installs.
INSTALL = re.compile(
    r"\b(?:pip3? install|pipx install|pipx run --spec|uv tool install|uvx --from|uv pip install)"
    r"((?: +-[-\w]+)*) +([\"']?[^\s\"'`),;]+[\"']?)"
)


def texts() -> dict[str, str]:
    """Everything that a person may read or see: documents and the text of the program."""
    files = [ROOT / "Makefile", *ROOT.glob("*.md")]
    for folder, pattern in (("docs", "*.md"), ("pdfgen", "*.py"), ("benchmarks", "*.py"), ("tools", "*.py")):
        files += (ROOT / folder).rglob(pattern)
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def told() -> list[tuple[str, str]]:
    return [(name, match[2]) for name, text in texts().items() for match in INSTALL.finditer(text)]


def test_nobody_is_told_to_install_somebody_elses_program() -> None:
    assert len(told()) > 8
    assert [(name, what) for name, what in told() if re.match(r"[\"']?pdfgen(?!_exercises-)", what)] == []


def test_extras_that_are_named_exist_and_are_quoted_for_every_shell() -> None:
    for name, what in told():
        if "[" in what and "{" not in what:
            assert re.fullmatch(r'"[^"]*\[[a-z,]+\]"', what), f"{name}: {what}"
            for extra in re.findall(r"[a-z]+", what.partition("[")[2]):
                assert extra in PROJECT["optional-dependencies"], f"{name}: {what}"


def test_extras_that_messages_name_exist() -> None:
    named = {extra for text in texts().values() for extra in re.findall(r'missing_extra\("(\w+)"', text)}
    assert named
    assert named <= set(PROJECT["optional-dependencies"])


def test_the_message_tells_every_way_of_installing() -> None:
    told = missing_extra("preview", "not_installed")
    assert told.startswith('needs the extra "preview"; ')
    for command in ("pip install", "uv tool install", "pipx install --force"):
        assert f'{command} ".[preview]"' in told
