"""Paths of SVG files: what they draw, whatever way they are written."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svg_pictures import sampled

from pdfgen.content.pictures.svg_path import parse_path


def path(data: str) -> tuple[tuple[str | float, ...], ...]:
    return tuple((command, *numbers) for command, numbers in parse_path(data))


# Paths


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("M1 2L3 4", [("M", 1, 2), ("L", 3, 4)]),
        ("m1,2 3,4 5-6", [("M", 1, 2), ("L", 4, 6), ("L", 9, 0)]),
        ("M1 2 3 4", [("M", 1, 2), ("L", 3, 4)]),
        ("M1 2H5h-1V9v1", [("M", 1, 2), ("L", 5, 2), ("L", 4, 2), ("L", 4, 9), ("L", 4, 10)]),
        ("M0 0h2v2z", [("M", 0, 0), ("L", 2, 0), ("L", 2, 2), ("Z",)]),
        ("M1 1h2zl5 5", [("M", 1, 1), ("L", 3, 1), ("Z",), ("M", 1, 1), ("L", 6, 6)]),
        ("m1 1h2zm5 5h1", [("M", 1, 1), ("L", 3, 1), ("Z",), ("M", 6, 6), ("L", 7, 6)]),
        ("M0 0c1 1 2 2 3 3s2 2 3 3", [("M", 0, 0), ("C", 1, 1, 2, 2, 3, 3), ("C", 4, 4, 5, 5, 6, 6)]),
        ("M0 0L1 1s2 2 3 3", [("M", 0, 0), ("L", 1, 1), ("C", 1, 1, 3, 3, 4, 4)]),
        ("M0 0Q3 3 6 0", [("M", 0, 0), ("C", 2, 2, 4, 2, 6, 0)]),
        ("M0 0Q3 3 6 0T12 0", [("M", 0, 0), ("C", 2, 2, 4, 2, 6, 0), ("C", 8, -2, 10, -2, 12, 0)]),
        ("M0 0C1 1 2 2 3 3T6 6", [("M", 0, 0), ("C", 1, 1, 2, 2, 3, 3), ("C", 3, 3, 4, 4, 6, 6)]),
        ("M.5.5-1-1e1+2 3", [("M", 0.5, 0.5), ("L", -1, -10), ("L", 2, 3)]),
        (" \n M 1 , 2 ", [("M", 1, 2)]),
        ("", []),
    ],
)
def test_path_commands(data: str, expected: list[tuple[str | float, ...]]) -> None:
    found = path(data)
    assert [segment[0] for segment in found] == [segment[0] for segment in expected]
    for segment, wanted in zip(found, expected, strict=True):
        assert segment[1:] == pytest.approx(wanted[1:], abs=1e-12)


@pytest.mark.parametrize(
    "data",
    ["L1 2", "5 5", "M1", "M1 2 3", "M1 2C1 2 3", "M1 2 x", "M1 2Z3", "M1 2 L",
     "M1 2A1 1 0 2 0 3 3", "M1 2A5 5 0 1 1 7", "Mnan 1", "M1_0 2", "M1e99 2", "M1 infinity",
     "M٣ 2", "M1;2", "M1 2E3 L4", "M--1 2"],
)  # fmt: skip
def test_path_that_is_not_understood_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="path data"):
        parse_path(data)


@pytest.mark.parametrize("large", [0, 1])
@pytest.mark.parametrize("sweep", [0, 1])
@pytest.mark.parametrize("angle", [0.0, 30.0, -120.0])
def test_arc_lies_on_its_ellipse_and_turns_the_right_way(large: int, sweep: int, angle: float) -> None:
    rx, ry = 40.0, 25.0
    points = sampled(path(f"M10 10A{rx} {ry} {angle} {large} {sweep} 50 30"))
    assert points[0] == (10, 10)
    assert points[-1] == (50, 30)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    unit = [((cos * x + sin * y) / rx, (cos * y - sin * x) / ry) for x, y in points]
    # Ends and radii leave two circles in the unit plane; the middle of the arc tells which centre is meant.
    (u0, v0), (u1, v1) = unit[0], unit[-1]
    chord = math.hypot(u1 - u0, v1 - v0)
    rise = math.sqrt(1 - chord * chord / 4)
    middle = ((u0 + u1) / 2, (v0 + v1) / 2)
    centres = [
        (middle[0] + side * rise * (v0 - v1) / chord, middle[1] + side * rise * (u1 - u0) / chord)
        for side in (1, -1)
    ]
    off = [max(abs(math.hypot(u - cu, v - cv) - 1) for u, v in unit) for cu, cv in centres]
    assert min(off) < 3e-4
    cu, cv = centres[off.index(min(off))]
    turns = 0.0
    for (ua, va), (ub, vb) in pairwise(unit):
        step = math.atan2(vb - cv, ub - cu) - math.atan2(va - cv, ua - cu)
        turns += (step + math.pi) % (2 * math.pi) - math.pi
    assert (turns > 0) == bool(sweep)
    assert (abs(turns) > math.pi) == bool(large)


def test_arc_with_radii_too_small_is_enlarged_to_a_half_ellipse() -> None:
    points = sampled(path("M0 0A1 1 0 0 1 20 0"))
    assert min(y for _, y in points) == pytest.approx(-10, abs=0.01)
    assert all(math.hypot(x - 10, y) == pytest.approx(10, abs=0.005) for x, y in points)


def test_arc_flags_may_stand_without_spaces() -> None:
    assert path("M0 0a5 5 0 01.5.5") == path("M0 0 a 5,5,0,0,1,.5,.5")
    assert path("M0 0a5 5 0 01.5.5 5 5 0 101 1") == path("M0 0a5 5 0 0 1 .5 .5a5 5 0 1 0 1 1")


def test_arc_without_radius_is_a_line_and_without_length_nothing() -> None:
    assert path("M0 0A0 5 0 0 1 3 4") == (("M", 0, 0), ("L", 3, 4))
    assert path("M0 0A5 5 0 0 1 0 0") == (("M", 0, 0),)


NUMBERS = st.floats(-1000, 1000, allow_nan=False).map(lambda value: f"{value:.4f}")
RADII = st.floats(1, 1000).map(lambda value: f"{value:.4f}")
FLAGS = st.sampled_from("01")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}


@st.composite
def path_data(draw: st.DrawFn, *, arcs: bool = True) -> str:
    parts = [f"M{draw(NUMBERS)} {draw(NUMBERS)}"]
    for letter in draw(st.lists(st.sampled_from("MmLlHhVvCcSsQqTtZz" + "Aa" * arcs), max_size=12)):
        parts.append(letter)
        for _ in range(draw(st.integers(1, 3)) if letter not in "Zz" else 0):
            if letter in "Aa":
                first, last = [draw(RADII), draw(RADII), draw(NUMBERS)], [draw(NUMBERS) for _ in range(2)]
                parts.append(" ".join([*first, draw(FLAGS), draw(FLAGS), *last]))
            else:
                parts.append(" ".join(draw(NUMBERS) for _ in range(COUNTS[letter.upper()])))
    return " ".join(parts)


@given(path_data())
def test_any_valid_path_gives_finite_absolute_segments(data: str) -> None:
    found = path(data)
    assert found[0][0] == "M"
    for before, segment in zip([("Z",), *found], found, strict=False):
        assert len(segment) == {"M": 3, "L": 3, "C": 7, "Z": 1}[str(segment[0])]
        assert all(math.isfinite(float(number)) for number in segment[1:])
        assert before[0] != "Z" or segment[0] == "M"


# Without arcs: where an arc is just a half turn, rounding decides on which side its centre lies.
@given(path_data(arcs=False), NUMBERS, NUMBERS)
def test_relative_commands_move_with_their_start(data: str, dx: str, dy: str) -> None:
    relative = re.sub(r"[A-Z]", lambda match: match.group().lower(), data)
    moved = relative.replace("m", f"m{dx} {dy} m", 1)
    for segment, shifted in zip(path(relative), path(moved)[1:], strict=True):
        assert segment[0] == shifted[0]
        for place, (here, there) in enumerate(zip(segment[1:], shifted[1:], strict=True)):
            shift = float(dy if place % 2 else dx)
            assert float(there) == pytest.approx(float(here) + shift, abs=1e-4 + 1e-6 * abs(float(here)))


@given(st.text(alphabet="MmLlCcAaZzHQ0123456789.,- e+", max_size=40))
def test_any_text_is_a_path_or_a_value_error(data: str) -> None:
    try:
        found = path(data)
    except ValueError:
        return
    assert all(math.isfinite(float(number)) for segment in found for number in segment[1:])
