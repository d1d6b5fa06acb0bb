from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from figures import in_turn
from hypothesis import given, settings
from hypothesis import strategies as st

from pdfgen.errors import InputError
from pdfgen.illustration.figure import FigureName, load_figure
from pdfgen.illustration.geometry import angle_between
from pdfgen.illustration.pose import LIMBS, Leg, Pose
from pdfgen.illustration.pose_file import load_pose_file
from pdfgen.illustration.positions import poses_folder, positions
from pdfgen.illustration.reach import TOLERANCE, solve
from pdfgen.illustration.skeleton import place

POSES = sorted(poses_folder().glob("*.yaml"))

START = "title: A test\nview: side\npanels:\n  a:\n    pose:\n"


def written(tmp_path: Path, pose: str, more: str = "") -> Path:
    path = tmp_path / "test.yaml"
    path.write_text(START + "".join(f"      {line}\n" for line in pose.splitlines()) + more)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_pose_file(path)
    return [str(problem) for problem in caught.value.problems]


def test_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    found = problems(written(tmp_path, "from: standing\nlegs: {hipp: 3}"))
    assert len(found) == 2
    assert all("test.yaml:7:" in text and 'unknown key "hipp"; did you mean "hip"?' in text for text in found)


def test_angle_beyond_the_clinical_range_is_refused(tmp_path: Path) -> None:
    (found,) = problems(written(tmp_path, "left_leg: {knee: 175}"))
    assert found.endswith("test.yaml:6:24: panels.a.pose.left_leg.knee: must be at most 160")


def test_unknown_position_is_refused_with_advice(tmp_path: Path) -> None:
    (found,) = problems(written(tmp_path, "from: standin"))
    assert (
        'test.yaml:6:13: panels.a.pose.from: there is no position "standin"; did you mean "standing"?'
        in found
    )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    more = "  b:\n    pose: {from: c, legs: {knee: 300}}\n  C:\n    pose: {from: sitting, mirrored: maybe}\n"
    found = problems(written(tmp_path, "{from: standing, trunk: {pitch: flat}}", more + "  c: {pose: {}}\n"))
    assert [text.partition("test.yaml:")[2] for text in found] == [
        "8:18: panels.b.pose.from: panel c comes later; write it above this one",
        "9:3: panels.C: write the letter of a panel small: c",
        "10:37: panels.C.pose.mirrored: must be true or false",
        "6:39: panels.a.pose.trunk.pitch: must be a number",
    ]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("arrows: [{start: {near: head, panel: z}, move: [0, 0, 1]}]", "start.panel: there is no panel z"),
        (
            "props: [{kind: towel, through: [{near: head, panel: z}, [0, 0, 0]]}]",
            "0.panel: there is no panel",
        ),
        ("arrows: [{start: {near: head}, move: [0, 0, 0]}]", "move goes nowhere"),
        ("arrows: [{start: {near: head}, move: [-0.97, 0.12, 0.2]}]", "move: points at the eye"),
        ("arrows: [{start: {near: hand}, move: [0, 1, 0]}]", 'did you mean "head"?'),
        ("arrows: [{start: [0, 11, 0], move: [0, 1, 0]}]", "must be at most 10"),
        ("props: [{kind: cushion, at: [0, 1, 0], size: [0.1, 0, 0.1]}]", "must be more than 0"),
        ("props: [{kind: wall, z: 1, across: [1, -1]}]", "write the smaller number first"),
    ],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, key: str, message: str) -> None:
    (found,) = problems(written(tmp_path, "from: standing", f"    {key}\n"))
    assert message in found


def test_ghost_of_a_missing_panel_is_refused(tmp_path: Path) -> None:
    (found,) = problems(written(tmp_path, "from: standing", "    ghost: q\n"))
    assert "test.yaml:7:12: panels.a.ghost: there is no panel q" in found


def test_adjusting_what_is_no_number_is_refused(tmp_path: Path) -> None:
    (found,) = problems(written(tmp_path, "adjust: [{change: [left_leg.hips], lowest: head}]"))
    assert '"left_leg.hips" is no number that can be changed; did you mean "left_leg.hip"?' in found


def test_adjusting_a_place_that_is_left_out_is_refused(tmp_path: Path) -> None:
    pose = "pin: {joint: pelvis, x: 0}\nadjust: [{change: [pin.y], lowest: left-foot}]"
    (found,) = problems(written(tmp_path, pose))
    assert found.endswith('panels.a.pose.adjust.0: "pin.y" has no number to begin with; write one in pin')


def test_contact_out_of_reach_is_reported(tmp_path: Path) -> None:
    file = load_pose_file(written(tmp_path, "from: standing\nleft_arm: {wrist_at: [0.3, 1.0, 2.0]}"))
    solved = solve(load_figure("woman"), file.scene.panels["a"].pose)
    (failure,) = solved.failures
    assert failure.path == ("left_arm", "wrist_at")
    assert re.fullmatch(r"is \d+\.\d cm too far for the left arm; bring it nearer", failure.message)


def test_adjustment_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    pose = "from: standing\nadjust: [{change: [left_leg.knee], lowest: head, height: 0.1}]"
    file = load_pose_file(written(tmp_path, pose))
    (failure,) = solve(load_figure("woman"), file.scene.panels["a"].pose).failures
    assert failure.path == ("adjust", 0)
    assert "the head stays" in failure.message


def test_both_sides_are_written_for_the_left(tmp_path: Path) -> None:
    file = load_pose_file(written(tmp_path, "arms: {wrist_at: [0.2, 1.0, 0.3], elbow_to: [1, 0, 0]}"))
    pose = file.scene.panels["a"].pose
    assert pose.left_arm.wrist_at == (0.2, 1.0, 0.3)
    assert pose.right_arm.wrist_at == (-0.2, 1.0, 0.3)
    assert pose.right_arm.elbow_to == (-1, 0, 0)


def test_angles_take_the_place_of_a_target(tmp_path: Path) -> None:
    file = load_pose_file(written(tmp_path, "from: lying-knees-bent\nright_leg: {hip: 5, knee: 3}"))
    pose = file.scene.panels["a"].pose
    assert pose.right_leg.ankle_at is None
    assert pose.left_leg.ankle_at is not None


def test_mirroring_exchanges_sides_and_twice_is_nothing(tmp_path: Path) -> None:
    more = "  b:\n    pose: {from: a, mirrored: true}\n  c:\n    pose: {from: b, mirrored: true}\n"
    pose = "from: standing\ntrunk: {roll: 5, turn: 20}\nlumbar: {side: 4}\nleft_leg: {hip: 40, knee: 60}"
    scene = load_pose_file(written(tmp_path, pose, more)).scene
    first, second, third = (scene.panels[letter].pose for letter in "abc")
    assert second.right_leg == first.left_leg
    assert (second.trunk.roll, second.trunk.turn, second.lumbar.side) == (-5, -20, -4)
    assert third == first


@pytest.mark.drawings
@pytest.mark.parametrize("name", positions())
def test_position_can_be_taken_by_every_figure(name: str, tmp_path: Path) -> None:
    pose = load_pose_file(written(tmp_path, f"from: {name}")).scene.panels["a"].pose
    for figure in get_args(FigureName):
        assert not solve(load_figure(figure), pose).failures


@pytest.mark.drawings
@pytest.mark.parametrize(("path", "figure"), in_turn(POSES, 1, first=3))
def test_hands_and_feet_of_the_shipped_poses_lie_on_their_ground(path: Path, figure: FigureName) -> None:
    for panel in load_pose_file(path).scene.panels.values():
        solved = solve(load_figure(figure), panel.pose)
        assert not solved.failures
        assert float(solved.placement.skin_of("body")[:, 1].min()) > -0.025, "something is in the floor"
        for limb in LIMBS:
            given = getattr(solved.pose, limb)
            target = given.ankle_at if isinstance(given, Leg) else given.wrist_at
            if target is not None and given.touches:
                part = limb.replace("_leg", "-foot").replace("_arm", "-hand")
                assert abs(solved.placement.lowest(part) - given.ground) < TOLERANCE


@given(
    hip=st.floats(-30, 120), abduction=st.floats(-20, 40), rotation=st.floats(-40, 40), knee=st.floats(0, 140)
)
@settings(max_examples=25, deadline=None)
def test_knee_bends_by_its_angle_and_bones_keep_their_length(
    hip: float, abduction: float, rotation: float, knee: float
) -> None:
    figure = load_figure("neutral")
    leg = Leg(hip=hip, abduction=abduction, rotation=rotation, knee=knee)
    placed = place(figure, Pose(left_leg=leg))
    top, middle, end = (placed.joint(f"left-{name}") for name in ("hip", "knee", "ankle"))
    assert angle_between(middle - top, end - middle) == pytest.approx(abs(knee), abs=0.01)
    lengths = figure.limb_lengths("left", "upperleg01", "lowerleg01", "foot")
    assert np.linalg.norm(middle - top) == pytest.approx(lengths[0])
    assert np.linalg.norm(end - middle) == pytest.approx(lengths[1])


@given(x=st.floats(0, 0.3), y=st.floats(0.05, 0.5), z=st.floats(-0.2, 0.5))
@settings(max_examples=25, deadline=None)
def test_ankle_goes_where_it_is_sent(x: float, y: float, z: float) -> None:
    leg = Leg(ankle_at=(x, y, z), knee_to=(0, 0, 1), touches=False)
    placed = place(load_figure("man"), Pose(pin={"joint": "pelvis", "x": 0, "y": 0.8, "z": 0}, left_leg=leg))
    if placed.beyond["left_leg"] < -0.002:
        assert placed.joint("left-ankle") == pytest.approx((x, y, z), abs=1e-6)


def test_lifting_a_leg_forwards_brings_its_knee_forwards() -> None:
    placed = place(load_figure("woman"), Pose(left_leg=Leg(hip=60)))
    assert placed.joint("left-knee")[2] > placed.joint("right-knee")[2] + 0.2
