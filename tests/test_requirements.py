"""The versions that are installed from: complete, with digests, and tied to nobody's machine or index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
FILES = sorted(FOLDER.glob("*.txt"))

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(name: str) -> dict[str, Requirement]:
    """What a file pins for this Python and system."""
    text = re.sub(r" \\\n.*--hash=\S+", "", (FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    lines = [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(line.name): line for line in lines if not line.marker or line.marker.evaluate()}


def asked(extra: str | None) -> list[Requirement]:
    """What pyproject.toml asks for, and for an extra also what that one takes from others."""
    project = PROJECT["project"]
    if extra is None:
        return [Requirement(text) for text in project["dependencies"] + PROJECT["build-system"]["requires"]]
    found = []
    for text in project["optional-dependencies"][extra]:
        one = Requirement(text)
        own = canonicalize_name(one.name) == canonicalize_name(project["name"])
        found += [inner for name in one.extras for inner in asked(name)] if own else [one]
    return found


@pytest.mark.parametrize(
    ("extra", "files"),
    [
        (None, ["run"]),
        ("test", ["run", "test"]),
        ("dev", ["run", "test", "dev"]),
        ("bench", ["run", "test", "bench"]),
        ("browser", ["run", "test", "browser"]),
    ],
)
def test_what_is_asked_for_is_pinned_within_its_range(extra: str | None, files: list[str]) -> None:
    pins = {name: pin for file in files for name, pin in pinned(file).items()}
    wanted = [one for one in asked(extra) if not one.marker or one.marker.evaluate()]
    assert wanted
    for one in wanted:
        assert canonicalize_name(one.name) in pins, f"{one.name} is not pinned; run `make lock`"
        (pin,) = pins[canonicalize_name(one.name)].specifier
        assert pin.operator == "=="
        assert one.specifier.contains(pin.version), f"{one} is pinned to {pin.version}; run `make lock`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_names_versions_and_digests(path: Path) -> None:
    comment, *lines = path.read_text(encoding="utf-8").splitlines()
    assert comment.startswith("# Versions that the Makefile installs")
    assert lines
    for line in lines:
        assert re.fullmatch(
            r"[a-z0-9.-]+==[0-9a-z.+]+( ; [a-zA-Z0-9_ '<>=!.()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?",
            line,
        ), line
        if "==" in line and "--hash" not in line:
            assert line.endswith("\\"), f"{line} has no digest"


def test_every_file_is_tested() -> None:
    assert {path.stem for path in FILES} == {"run", "test", "dev", "bench", "browser"}
