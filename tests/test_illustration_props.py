"""Things around the figure stand on the floor and are as large as their pose file says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pdfgen.illustration.geometry import Floats
from pdfgen.illustration.props import pieces_of
from pdfgen.illustration.scene_model import Bed, Chair, Desk, Point, Prop, Rail, Stairs, Worktop

Size = tuple[float, float, float]


def place(point: Point) -> Floats:
    return np.array(point, float)


def corners(prop: Prop) -> tuple[Sequence[float], Sequence[float]]:
    """Return the smallest and the largest coordinates of a thing: to the left, up, forwards."""
    points = np.concatenate([piece.points for piece in pieces_of(prop, place)])
    return points.min(axis=0).tolist(), points.max(axis=0).tolist()


@pytest.mark.parametrize(
    ("prop", "low", "high"),
    [
        (Chair(kind="chair", at=(0, 0)), (-0.21, 0, -0.21), (0.21, 0.86, 0.21)),
        (Desk(kind="table", at=(0, 0.5)), (-0.45, 0, 0.2), (0.45, 0.74, 0.8)),
        (Desk(kind="table", at=(0, 0.5), legs="one"), (-0.45, 0, 0.2), (0.45, 0.74, 0.8)),
        (Worktop(kind="worktop", at=(0, 0.5)), (-0.4, 0, 0.25), (0.4, 0.94, 0.75)),
        (Worktop(kind="worktop", at=(0, 0), facing=90), (-0.25, 0, -0.4), (0.25, 0.94, 0.4)),
        (Stairs(kind="stairs", at=(0.1, 0.4), stairs=1), (-0.33, 0, 0.23), (0.53, 0.17, 0.545)),
        (Stairs(kind="stairs", at=(0, 0.4), rise=0.2, stairs=3), (-0.43, 0, 0.23), (0.43, 0.6, 1.125)),
        (Bed(kind="bed", at=(0, 0), length=2), (-0.43, 0, -1.04), (0.43, 0.67, 1)),
    ],
)
def test_a_thing_stands_on_the_floor_in_its_size(prop: Prop, low: Size, high: Size) -> None:
    least, most = corners(prop)
    assert least == pytest.approx(low, abs=0.005)
    assert most == pytest.approx(high, abs=0.005)


def test_a_mattress_is_as_high_as_the_pose_file_says() -> None:
    mattress = next(iter(pieces_of(Bed(kind="bed", at=(0, 0), height=0.5), place)))
    assert mattress.points[:, 1].max() == pytest.approx(0.5)


def test_the_doors_of_a_worktop_look_where_it_faces() -> None:
    plinths = [
        list(pieces_of(Worktop(kind="worktop", at=(0, 0), facing=facing), place))[1] for facing in (0, 180)
    ]
    ahead, behind = (plinth.points[:, 2] for plinth in plinths)
    assert ahead.max() < -ahead.min()
    assert behind.max() > -behind.min()


def test_a_rail_goes_from_end_to_end_with_a_post_under_each() -> None:
    rail = Rail(kind="rail", through=((0.3, 0.9, 0), (0.3, 1.3, 0.8)))
    first, last, line = pieces_of(rail, place)
    assert (first.points[:, 1].min(), first.points[:, 1].max()) == pytest.approx((0, 0.9))
    assert (last.points[:, 1].min(), last.points[:, 1].max()) == pytest.approx((0, 1.3))
    assert line.points[:, 2].min() == pytest.approx(0, abs=rail.radius)
    assert line.points[:, 2].max() == pytest.approx(0.8, abs=rail.radius)
