"""The shipped pose files, and the positions that a pose can start `from`; without arrays, to be quick."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pdfgen.content.files.resources import assets_folder


def poses_folder() -> Path:
    """Return the folder of the shipped pose files."""
    return assets_folder() / "poses"


def pose_file(name: str) -> Path:
    """Return the pose file of a shipped drawing, such as `bridge`."""
    return poses_folder() / f"{name}.yaml"


def drawings() -> Mapping[str, str]:
    """Return the titles of the shipped drawings by the names of their pose files."""
    return {path.stem: _title(path) for path in sorted(pose_file("*").parent.glob("*.yaml"))}


def _title(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("title:").strip()


def position_file(name: str) -> Path:
    """Return the file of a position."""
    return poses_folder() / "positions" / f"{name}.yaml"


def positions() -> tuple[str, ...]:
    """Return the names of the shipped positions, which `from:` can name."""
    return tuple(sorted(path.stem for path in position_file("*").parent.glob("*.yaml")))


def description(name: str) -> str:
    """Return what a position is, in one line: the comment at the head of its file."""
    first = position_file(name).read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip()
