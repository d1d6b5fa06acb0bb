"""What panels say that they show is measured on the posed body: each kind can be missed and met."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from figures import in_turn

from pdfgen.cli.app import program
from pdfgen.illustration.figure import FigureName, load_figure
from pdfgen.illustration.pose_file import PoseFile, load_pose_file
from pdfgen.illustration.positions import poses_folder
from pdfgen.illustration.reach import solve
from pdfgen.illustration.scene_model import Chair, Panel
from pdfgen.illustration.studio import not_shown

ROOT = Path(__file__).parent.parent
PATHS = sorted([*poses_folder().glob("*.yaml"), *(ROOT / "examples").glob("**/poses/*.yaml")])
FILES = [load_pose_file(path) for path in PATHS]

#: A kind of thing to show; a panel that misses it; one that shows it; and what the message says.
KINDS = {
    "a bent line": (
        "pose: {from: forearm-plank, adjust: []}\nshows: {straight: [shoulder, hip, right-ankle]}",
        "pose: {from: standing}\nshows: {straight: [shoulder, hip, knee], within: 8}",
        "shows.straight: left shoulder – left hip – right ankle bends by",
    ),
    "a flat back": (
        "pose: {from: hands-and-knees}\nshows: {rounded: 0.12}",
        "pose: {from: hands-and-knees, trunk: {pitch: 8}, lumbar: 61, thorax: 65}\nshows: {rounded: 0.12}",
        "shows.rounded: the back rises by",
    ),
    "a back that is not hollow": (
        "pose: {from: hands-and-knees, lumbar: 30}\nshows: {hollow: 0.05}",
        "pose: {from: hands-and-knees, trunk: {pitch: 108}, lumbar: -40}\nshows: {hollow: 0.02}",
        "shows.hollow: the back sinks in by",
    ),
    "a head in the air": (
        "pose: {from: lying-knees-bent}\nshows: {rests_on: {head: cushion}}\n"
        "props: [{kind: cushion, at: [0, 0.02, 0.6], size: [0.3, 0.04, 0.2]}]",
        "pose: {from: lying-knees-bent}\nshows: {rests_on: {head: floor}}",
        "shows.rests_on.head: no cushion lies under the head",
    ),
    "a hand above the seat": (
        "pose: {from: sitting, left_arm: {wrist_at: [0.3, 0.6, 0.1]}}\n"
        "shows: {rests_on: {left-hand: chair}}\nprops: [{kind: chair, at: [0, 0], width: 1.2, depth: 0.9}]",
        "pose: {from: sitting}\nshows: {rests_on: {left-thigh: chair}}\nprops: [{kind: chair, at: [0, 0]}]",
        "cm above the chair; change the pose or the height of the chair",
    ),
    "a hand away from the thigh": (
        "pose: {from: standing, left_arm: {abduction: 60}}\nshows: {touches: {left-hand: left-thigh}}",
        "pose: {from: sitting}\nshows: {touches: {left-hand: left-thigh}}",
        "cm from the left thigh; bring one to the other",
    ),
    "a hand away from the wall": (
        "pose: {from: standing}\nshows: {touches: {left-hand: wall}}\nprops: [{kind: wall, z: 1}]",
        "pose: {from: standing}\nshows: {touches: {left-hand: wall}}\nprops: [{kind: wall, z: 0.1}]",
        "cm from the wall; bring one to the other",
    ),
    "a thing that is not there": (
        "pose: {from: standing}\nshows: {touches: {left-hand: rail}}",
        "pose: {from: standing}\nshows: {touches: {left-foot: floor}}",
        "there is no rail; add it to props",
    ),
    "a hidden leg": (
        "pose: {from: hands-and-knees}\nshows: {seen: [left-thigh]}",
        "pose: {from: hands-and-knees}\nshows: {seen: [right-thigh, head]}",
        "of the left thigh is seen, 60% should be",
    ),
    "an arrow on the hand": (
        "pose: {from: standing}\nshows: {arrows_beside: [right-wrist]}\n"
        "arrows: [{start: {near: right-hand}, move: [0, 0.3, 0]}]",
        "pose: {from: standing}\nshows: {arrows_beside: [right-elbow]}\n"
        "arrows: [{start: {near: right-elbow, by: [-0.1, 0, -0.2]}, move: [0, 0.3, 0]}]",
        "shows.arrows_beside.0: the arrow lies on the right hand; move it aside",
    ),
    "an arrow far away": (
        "pose: {from: standing}\nshows: {arrows_beside: [right-wrist]}\n"
        "arrows: [{start: [0, 1.2, 2.6], move: [0, 0.3, 0]}]",
        "pose: {from: standing}\nshows: {arrows_beside: [head]}\n"
        "arrows: [{start: {near: head, by: [0, 0.3, 0]}, move: [0, 0.3, 0]}]",
        "mm from the right wrist, 16 at most; start it nearer",
    ),
    "an arrow without a part": (
        "pose: {from: standing}\nshows: {arrows_beside: [head, right-hand]}\n"
        "arrows: [{start: {near: head, by: [0, 0.3, 0]}, move: [0, 0.3, 0]}]",
        "pose: {from: standing}\nshows: {arrows_beside: []}\n"
        "arrows: [{start: {near: head, by: [0, 0.3, 0]}, move: [0, 0.3, 0]}]",
        "names 2 parts for 1 arrows; name one for each",
    ),
}  # fmt: skip


def written(tmp_path: Path, panel: str, second: str = "") -> PoseFile:
    path = tmp_path / "test.yaml"
    lines = "".join(f"    {line}\n" for line in panel.splitlines())
    more = "  b:\n" + "".join(f"    {line}\n" for line in second.splitlines()) if second else ""
    path.write_text(f"title: A test\nview: side\npanels:\n  a:\n{lines}{more}", encoding="utf-8")
    return load_pose_file(path)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_panel_does_not_show_is_told_with_its_line(kind: str, tmp_path: Path) -> None:
    bad, good, message = KINDS[kind]
    found = [str(problem) for problem in not_shown(written(tmp_path, bad), "woman")]
    assert any(message in text for text in found), found
    assert all("test.yaml:" in text and ": panels.a.shows." in text for text in found)
    assert not_shown(written(tmp_path, good), "woman") == []


def test_a_movement_too_small_to_see_and_an_arrow_the_wrong_way_are_told(tmp_path: Path) -> None:
    start = "pose: {from: standing}"
    moved = "pose: {from: a, right_leg: {hip: 100, knee: 60}}\n"
    moved += "shows: {moves: {right-knee: %g}, arrows_beside: [right-knee]}\n"
    arrow = "arrows: [{start: {near: right-knee, by: [0, 0.1, 0.1]}, move: [0, %g, 0]}]"
    assert not_shown(written(tmp_path, start, moved % 5 + arrow % 0.2), "woman") == []
    still, wrong = not_shown(written(tmp_path, start, moved % 50 + arrow % -0.2), "woman")
    assert "the right knee moves" in still.message
    assert "from the way of the right knee; let it point where the part goes" in wrong.message


def test_nothing_is_drawn_of_what_does_not_show_what_it_says(tmp_path: Path) -> None:
    file = written(tmp_path, KINDS["a flat back"][0])
    result = CliRunner().invoke(program, ["illustrate", str(tmp_path / file.source.file)])
    assert result.exit_code == 3, result.output
    assert "test.yaml:6:22: panels.a.shows.rounded: the back rises by" in result.stderr
    assert list(tmp_path.glob("*.svg")) == []


def named(pair: object) -> str:
    return pair.name if isinstance(pair, PoseFile) else str(pair)


@pytest.mark.drawings
@pytest.mark.parametrize(("file", "figure"), in_turn(FILES, 2, first=1), ids=named)
def test_every_shipped_pose_meets_its_contacts_and_shows_what_it_says(
    file: PoseFile, figure: FigureName
) -> None:
    """A contact that is not met is an error; what is not shown is in the list."""
    assert [str(problem) for problem in not_shown(file, figure)] == []


SHIPPED = [file for file in FILES if file.source.file.startswith(str(poses_folder()))]
PANELS = [(file, letter, panel) for file in SHIPPED for letter, panel in file.scene.panels.items()]
IDS = [f"{file.name}-{letter}" for file, letter, _ in PANELS]

#: How far up the front of the chest looks (1: straight up) when somebody lies on the back.
_LIES = 0.7


@pytest.mark.parametrize(("file", "letter", "panel"), PANELS, ids=IDS)
def test_every_arrow_of_a_shipped_pose_names_the_part_that_moves(
    file: PoseFile, letter: str, panel: Panel
) -> None:
    assert len(panel.shows.arrows_beside) == len(panel.arrows)


@pytest.mark.parametrize(("file", "letter", "panel"), PANELS, ids=IDS)
def test_whoever_lies_on_the_back_has_the_head_on_a_cushion(
    file: PoseFile, letter: str, panel: Panel
) -> None:
    # A panel that shows only a part of the body shows no head.
    if panel.zoom is None and panel.shows.rests_on.get("head") != "cushion":
        chest = solve(load_figure("woman"), panel.pose).placement.rotation_of("spine01")
        assert chest[1, 2] <= _LIES


@pytest.mark.parametrize("name", ["superman", "superman-arm", "superman-leg", "superman-arm-leg"])
def test_whoever_lies_on_the_front_looks_at_the_floor(name: str) -> None:
    for panel in load_pose_file(poses_folder() / f"{name}.yaml").scene.panels.values():
        head = solve(load_figure("woman"), panel.pose).placement.rotation_of("head")
        assert head[1, 2] < -0.85, "the face is turned up"


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_chair_stands_beside_the_mat(file: PoseFile) -> None:
    mat = file.scene.mat
    for panel in file.scene.panels.values():
        for prop in (*file.scene.props, *panel.props):
            if mat is not None and isinstance(prop, Chair):
                reach = max(prop.width, prop.depth) / 2
                (x0, x1), (z0, z1) = mat.across, mat.along
                aside = prop.at[0] + reach <= x0 or prop.at[0] - reach >= x1
                ahead = prop.at[1] + reach <= z0 or prop.at[1] - reach >= z1
                assert aside or ahead, "the chair stands on the mat"
