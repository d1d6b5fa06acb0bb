"""Postures of the shipped drawings as a physiotherapist measures them, on the body of every figure.

What a pose file itself says that it shows (contacts, lines, arrows) is measured whenever it is drawn. Here
are the angles that make it this exercise and no other: how far a knee bends, which limbs are opposite.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from figures import in_turn

from pdfgen.illustration.figure import FigureName, load_figure
from pdfgen.illustration.geometry import angle_between
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.pose_file import load_pose_file
from pdfgen.illustration.positions import pose_file
from pdfgen.illustration.reach import solve

#: A stair of the step poses: its tread begins and ends here (m forwards), and is this high.
TREAD, RISE = (0.27, 0.56), 0.17


@cache
def posed(name: str, figure: FigureName, letter: str) -> Placement:
    scene = load_pose_file(pose_file(name)).scene
    return solve(load_figure(figure), scene.panels[letter].pose).placement


class Body:
    """A posed figure and what is measured on it: degrees and metres."""

    def __init__(self, placement: Placement) -> None:
        self.placement = placement

    def at(self, joint: str) -> np.ndarray:
        return self.placement.joint(joint)

    def skin(self, part: str) -> np.ndarray:
        return self.placement.skin_of(part)

    def knee(self, side: str) -> float:
        thigh = self.at(f"{side}-knee") - self.at(f"{side}-hip")
        return angle_between(thigh, self.at(f"{side}-ankle") - self.at(f"{side}-knee"))

    def hip(self, side: str) -> float:
        """Flexion of the thigh against the line of the trunk."""
        trunk = self.at("neck") - self.at("pelvis")
        return 180 - angle_between(trunk, self.at(f"{side}-knee") - self.at(f"{side}-hip"))

    def lean(self) -> float:
        """How far the trunk leans forwards from upright."""
        trunk = self.at("neck") - self.at("pelvis")
        return float(np.degrees(np.arctan2(trunk[2], trunk[1])))

    def steepness(self, start: str, end: str) -> float:
        """Degrees between the way from one joint to another and straight up."""
        return angle_between(self.at(end) - self.at(start), np.array([0.0, 1.0, 0.0]))

    def under_back(self) -> float:
        """Height of the hollow under the low back of somebody who lies on it."""
        skin = self.placement.trunk_skin("trunk")
        along = skin[:, 2] - self.at("pelvis")[2]
        slices = [skin[(along > z) & (along < z + 0.04), 1].min() for z in np.arange(-0.3, -0.1, 0.04)]
        return float(max(slices) - skin[:, 1].min())


def both(measure: Callable[[str], float]) -> list[float]:
    return [measure("left"), measure("right")]


Check = Callable[[Body, Body], None]
CHECKS: dict[str, Check] = {}


def posture(*names: str) -> Callable[[Check], Check]:
    """Mark what must hold of the first and the second panel of pose files."""

    def marked(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(names, check))
        return check

    return marked


@posture("half-squat")
def half_squat(start: Body, end: Body) -> None:
    assert max(both(start.knee)) < 10
    assert all(42 <= knee <= 53 for knee in both(end.knee))
    for side in ("left", "right"):
        assert end.at(f"{side}-knee")[2] < end.skin(f"{side}-toes")[:, 2].max() + 0.01, "knee beyond the toes"
        assert abs(end.at(f"{side}-knee")[0] - end.at(f"{side}-ankle")[0]) < 0.05, "knee beside the foot"


@posture("half-squat-small")
def small_squat(start: Body, end: Body) -> None:
    assert max(both(start.knee)) < 10
    assert all(25 <= knee <= 35 for knee in both(end.knee)), "cannot be told from the half squat"


@posture("heel-raise", "heel-raise-one")
def heel_raise(start: Body, end: Body) -> None:
    assert end.at("right-ankle")[1] > start.at("right-ankle")[1] + 0.04
    assert end.knee("right") < 8
    assert abs(end.lean() - start.lean()) < 8


@posture("heel-raise-chair")
def heel_raise_on_a_chair(start: Body, end: Body) -> None:
    assert all(end.at(f"{side}-ankle")[1] > start.at(f"{side}-ankle")[1] + 0.04 for side in ("left", "right"))
    assert all(80 <= knee <= 100 for knee in both(end.knee))


@posture("sit-to-stand", "sit-to-stand-hands")
def sit_to_stand(start: Body, end: Body) -> None:
    assert start.lean() > 30
    for side in ("left", "right"):
        assert start.at(f"{side}-ankle")[2] < start.at(f"{side}-knee")[2] - 0.06, "feet not behind the knees"
    assert end.lean() < 15
    assert max(both(end.knee)) < 5


@posture("sit-to-stand-slow")
def sitting_down_slowly(start: Body, end: Body) -> None:
    assert start.lean() < 15
    assert end.lean() > 30
    for body in (start, end):
        assert body.at("right-wrist")[0] > 0 > body.at("left-wrist")[0], "arms not crossed"


@posture("knee-straightening")
def knee_straightening(start: Body, end: Body) -> None:
    assert start.knee("right") > 75
    assert end.knee("right") < 8
    assert end.knee("left") > 75
    assert end.at("right-knee")[1] > 0.45, "the thigh is lower than the seat"


@posture("knee-straightening-half")
def half_way(start: Body, end: Body) -> None:
    assert 35 <= end.knee("right") <= 50
    assert end.knee("left") > 75


@posture("heel-slide", "heel-slide-floor")
def heel_slide(start: Body, end: Body) -> None:
    assert max(both(start.knee)) < 5
    assert end.knee("right") > 110
    assert end.knee("left") < 5
    assert end.at("right-ankle")[2] < start.at("right-ankle")[2] - 0.25
    assert end.skin("right-foot")[:, 1].min() == pytest.approx(start.skin("right-foot")[:, 1].min(), abs=0.02)


@posture("heel-slide-chair")
def heel_slide_on_a_chair(start: Body, end: Body) -> None:
    assert start.knee("right") < 65
    assert end.knee("right") > 105


@posture("step-up")
def step_up(start: Body, end: Body) -> None:
    for body, side in ((start, "right"), (end, "right"), (end, "left")):
        foot = body.skin(f"{side}-foot")
        assert TREAD[0] <= foot[:, 2].min() + 0.01, "the heel is not on the stair"
        assert foot[:, 2].max() <= TREAD[1], "the foot meets the next stair"
        assert foot[:, 1].min() == pytest.approx(RISE, abs=0.01)
    assert 50 <= start.knee("right") <= 80
    assert max(both(end.knee)) < 15


@posture("step-tap")
def step_tap(start: Body, end: Body) -> None:
    foot = end.skin("right-foot")
    assert TREAD[0] <= foot[:, 2].min() + 0.01
    assert foot[:, 2].max() <= TREAD[1]
    assert end.skin("left-foot")[:, 1].min() == pytest.approx(0, abs=0.01)


@posture("pelvic-tilt")
def pelvic_tilt(start: Body, end: Body) -> None:
    tilt = angle_between(*(body.placement.rotation_of("root")[:, 1] for body in (start, end)))
    assert 10 <= tilt <= 18, "the movement is small, and is seen"
    assert start.under_back() > end.under_back() + 0.02
    assert end.under_back() < 0.055
    assert np.linalg.norm(start.at("right-ankle") - end.at("right-ankle")) < 0.01, "a foot moves"


@posture("knee-to-chest")
def knee_to_chest(start: Body, end: Body) -> None:
    assert end.hip("right") > 115
    assert end.knee("right") > 110
    assert end.skin("left-foot")[:, 1].min() == pytest.approx(0, abs=0.01)


@posture("dead-bug")
def dead_bug(start: Body, end: Body) -> None:
    for side in ("left", "right"):
        assert start.steepness(f"{side}-hip", f"{side}-knee") < 15, "the thigh is not upright"
        assert start.steepness(f"{side}-shoulder", f"{side}-wrist") < 15, "the arm is not upright"
        assert 80 <= start.knee(side) <= 100
    moved = {
        joint: float(np.linalg.norm(end.at(joint) - start.at(joint)))
        for joint in ("right-ankle", "left-ankle", "right-wrist", "left-wrist")
    }
    assert min(moved["right-ankle"], moved["left-wrist"]) > 0.3
    assert max(moved["left-ankle"], moved["right-wrist"]) < 0.02
    assert 0.03 < end.skin("right-foot")[:, 1].min() < 0.35, "the heel stays above the mat"
    for body in (start, end):
        assert body.under_back() < 0.045, "the back is not flat on the mat"


@posture("hip-hinge")
def hip_hinge(start: Body, end: Body) -> None:
    assert 40 <= end.lean() <= 55
    assert all(15 <= knee <= 25 for knee in both(end.knee))
    assert end.at("pelvis")[2] < start.at("pelvis")[2] - 0.1
    bends = [
        angle_between(body.at("mid-back") - body.at("pelvis"), body.at("neck") - body.at("mid-back"))
        for body in (start, end)
    ]
    assert bends[0] == pytest.approx(bends[1], abs=2), "the back bends with the hips"


@posture("walking")
def walking(start: Body, end: Body) -> None:
    for body, front, rear in ((start, "right", "left"), (end, "left", "right")):
        assert body.at(f"{front}-ankle")[2] > body.at(f"{rear}-ankle")[2] + 0.4
        assert body.at(f"{rear}-wrist")[2] > body.at(f"{front}-wrist")[2] + 0.2, "both of one side"
        assert body.skin(f"{front}-foot")[:, 1].min() == pytest.approx(0, abs=0.03)
        assert body.skin(f"{rear}-foot")[:, 1].min() == pytest.approx(0, abs=0.06)


@posture("bird-dog", "bird-dog-leg")
def bird_dog_leg(start: Body, end: Body) -> None:
    assert start.at("right-shoulder")[2] == pytest.approx(start.at("right-wrist")[2], abs=0.06)
    assert start.at("right-hip")[2] == pytest.approx(start.at("right-knee")[2], abs=0.06)
    assert end.steepness("right-hip", "right-ankle") == pytest.approx(90, abs=12)
    assert end.at("right-ankle")[1] < end.at("right-shoulder")[1] + 0.08, "the leg is higher than the back"


@pytest.mark.drawings
@pytest.mark.parametrize(("name", "figure"), in_turn(sorted(CHECKS), 3))
def test_a_posture_is_that_of_its_exercise(name: str, figure: FigureName) -> None:
    CHECKS[name](*(Body(posed(name, figure, letter)) for letter in "ab"))


def test_a_wrong_posture_is_found() -> None:
    """Standing is no squat, and a flat back no hollow one."""
    start, end = (Body(posed("half-squat", "woman", letter)) for letter in "ab")
    with pytest.raises(AssertionError):
        half_squat(start, start)
    with pytest.raises(AssertionError):
        sit_to_stand(end, end)
    hollow = Body(posed("pelvic-tilt", "woman", "a"))
    with pytest.raises(AssertionError):
        pelvic_tilt(hollow, hollow)
