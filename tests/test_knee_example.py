"""The knee exercises among the examples: drawings from postures, for the woman and the man."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdfgen.illustration.drawing import draw_file
from pdfgen.illustration.figure import FigureName
from pdfgen.illustration.pose_file import load_pose_file

KNEE = Path(__file__).parent.parent / "examples" / "knee"
POSES = sorted((KNEE / "poses").glob("*.yaml"))
SUFFIX: dict[FigureName, str] = {"woman": "", "man": "--man"}


def test_every_pose_file_is_drawn_for_woman_and_man() -> None:
    wanted = {
        f"{path.stem}-{letter}{suffix}.svg"
        for path in POSES
        for letter in load_pose_file(path).scene.panels
        for suffix in SUFFIX.values()
    }
    assert wanted == {path.name for path in (KNEE / "figures").glob("*.svg")}


def drawn_again() -> list[tuple[Path, FigureName]]:
    """Return the pose files with a figure to draw, woman and man in turn."""
    return [(path, list(SUFFIX)[number % 2]) for number, path in enumerate(POSES)]


@pytest.mark.drawings
@pytest.mark.parametrize(("path", "figure"), drawn_again())
def test_committed_drawings_are_current(path: Path, figure: FigureName) -> None:
    for letter, text in draw_file(path, figure).items():
        committed = KNEE / "figures" / f"{path.stem}-{letter}{SUFFIX[figure]}.svg"
        assert committed.read_text(encoding="utf-8") == text
