from __future__ import annotations

import math
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.content.pictures.drawing import DrawnShape, VectorPicture
from pdfgen.content.pictures.picture_file import read_picture
from pdfgen.content.pictures.svg_colour import NOTHING, Paint, parse_paint
from pdfgen.content.pictures.svg_path import parse_path
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.content.pictures.svg_shapes import multiplied, parse_transform, stretches
from pdfgen.content.pictures.svg_style import parse_length
from pdfgen.errors import InputError

Point = tuple[float, float]

PATTERN = '<pattern id="p" width="1" height="1"><path d="M0 0H1"/></pattern>'
STOPS = '<stop stop-color="red"/><stop offset="1" stop-color="blue"{0}/>'
CLEAR = ' stop-opacity="0"'
FADING = f'<linearGradient id="g">{STOPS.format(CLEAR)}</linearGradient>'
TWO = '<rect width="9" height="9"/>' * 2
REPEATED = f'<linearGradient id="g" spreadMethod="repeat">{STOPS.format("")}</linearGradient>'


def svg(inside: str, attributes: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def read(inside: str, attributes: str = 'viewBox="0 0 100 50"') -> VectorPicture:
    return read_svg(svg(inside, attributes), "logo.svg")


def only(inside: str) -> DrawnShape:
    (shape,) = read(inside).shapes
    return shape


def messages(data: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_svg(data, "logo.svg")
    assert all(problem.file == "logo.svg" for problem in caught.value.problems)
    return [problem.message for problem in caught.value.problems]


def refusal(inside: str) -> str:
    (message,) = messages(svg(inside))
    return message


def ends(shape: DrawnShape) -> list[Point]:
    return [(float(segment[-2]), float(segment[-1])) for segment in shape.segments if len(segment) > 1]


def sampled(segments: tuple[tuple[str | float, ...], ...], steps: int = 16) -> list[Point]:
    """Points along a path, curves cut into `steps`."""
    points: list[Point] = []
    for command, *numbers in segments:
        values = [float(number) for number in numbers]
        if command in ("M", "L"):
            points.append((values[0], values[1]))
        elif command == "C":
            corners = [points[-1], *zip(values[::2], values[1::2], strict=True)]
            for step in range(1, steps + 1):
                t = step / steps
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                points.append(
                    tuple(sum(w * p[axis] for w, p in zip(weights, corners, strict=True)) for axis in (0, 1))
                )
    return points


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


# Shapes, transforms, size


def test_rectangle_circle_ellipse_line_polygon_polyline() -> None:
    assert ends(only('<rect x="1" y="2" width="3" height="4"/>')) == [(1, 2), (4, 2), (4, 6), (1, 6)]
    circle = sampled(only('<circle cx="20" cy="10" r="5"/>').segments)
    assert all(math.hypot(x - 20, y - 10) == pytest.approx(5, rel=3e-4) for x, y in circle)
    ellipse = sampled(only('<ellipse cx="20" cy="10" rx="8" ry="4"/>').segments)
    assert all(math.hypot((x - 20) / 8, (y - 10) / 4) == pytest.approx(1, rel=3e-4) for x, y in ellipse)
    line = only('<line x1="1" y1="2" x2="3" y2="4" stroke="red"/>')
    assert (ends(line), line.fill) == ([(1, 2), (3, 4)], None)
    assert only('<polygon points="0,0 4,0 4,4"/>').segments[-1] == ("Z",)
    assert only('<polyline points="0,0 4,0 4,4"/>').segments[-1][0] == "L"


def test_rounded_rectangle_has_round_corners_and_one_radius_stands_for_both() -> None:
    one = only('<rect width="40" height="20" rx="6"/>')
    assert one == only('<rect width="40" height="20" ry="6"/>')
    points = sampled(one.segments)
    corner = [(x, y) for x, y in points if x > 34 and y > 14]
    assert corner
    assert all(math.hypot(x - 34, y - 14) == pytest.approx(6, rel=1e-3) for x, y in corner)
    assert max(x for x, _ in points) == 40
    assert only('<rect width="40" height="20" rx="99"/>') == only(
        '<rect width="40" height="20" rx="20" ry="10"/>'
    )


def test_shapes_without_extent_are_left_out() -> None:
    empty = '<rect width="0" height="9"/><circle r="0"/><path d=""/><path d="M1 1"/><polygon points=""/>'
    assert len(read(empty + '<circle r="3"/>').shapes) == 1


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("translate(3)", (13, 5)),
        ("translate(3,4)", (13, 9)),
        ("scale(2)", (20, 10)),
        ("scale(2 -1)", (20, -5)),
        ("rotate(90)", (-5, 10)),
        ("rotate(90 10 5)", (10, 5)),
        ("skewX(45)", (15, 5)),
        ("skewY(45)", (10, 15)),
        ("matrix(1 2 3 4 5 6)", (30, 46)),
        ("translate(10 0) , scale(2)", (30, 10)),
        ("scale(2)translate(10 0)", (40, 10)),
        ("", (10, 5)),
    ],
)
def test_transforms(transform: str, expected: Point) -> None:
    a, b, c, d, e, f = parse_transform(transform)
    assert (a * 10 + c * 5 + e, b * 10 + d * 5 + f) == pytest.approx(expected)


@pytest.mark.parametrize(
    "transform", ["turn(3)", "rotate(1 2)", "scale()", "translate(1 2 3)", "rotate(45deg)", "x"]
)
def test_transform_that_is_not_understood_is_refused(transform: str) -> None:
    assert "transform" in refusal(
        f'<g transform="{transform}"><rect width="1" height="1"/></g>'
    ) or "expected" in (refusal(f'<g transform="{transform}"><rect width="1" height="1"/></g>'))


def test_groups_nest_their_transforms() -> None:
    nested = '<g transform="translate(10 20)"><g transform="scale(2)"><path d="M1 1L2 2"/></g></g>'
    assert ends(only(nested)) == [(12, 22), (14, 24)]


@given(st.lists(st.sampled_from(["rotate(30)", "scale(2 3)", "skewX(20)", "translate(4 -2)"]), max_size=5))
def test_stretch_is_what_happens_to_lines(steps: list[str]) -> None:
    matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for step in steps:
        matrix = multiplied(matrix, parse_transform(step))
    a, b, c, d, _, _ = matrix
    turns = [(math.cos(k / 50), math.sin(k / 50)) for k in range(315)]
    lengths = [math.hypot(a * x + c * y, b * x + d * y) for x, y in turns]
    assert stretches(matrix) == pytest.approx((min(lengths), max(lengths)), rel=1e-2)


def test_origin_of_the_view_box_is_subtracted() -> None:
    drawing = read('<path d="M-10 -20L90 30"/>', 'viewBox="-10 -20 100 50"')
    assert (drawing.width, drawing.height) == (100, 50)
    assert ends(drawing.shapes[0]) == [(0, 0), (100, 50)]


def test_size_without_view_box_is_width_and_height() -> None:
    drawing = read('<rect width="50%" height="50%"/>', 'width="1in" height="48px"')
    assert (drawing.width, drawing.height) == (96, 48)
    assert ends(drawing.shapes[0])[2] == (48, 24)


@pytest.mark.parametrize("attributes", ["", 'viewBox="0 0 0 9"', 'viewBox="0 0 1"', 'width="100%" height="9"',
                                        'viewBox="0 0 1 2000"', 'viewBox="a b c d"'])  # fmt: skip
def test_size_that_says_nothing_is_refused(attributes: str) -> None:
    (message,) = messages(svg('<rect width="1" height="1"/>', attributes))
    assert "viewBox" in message


# Paint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#f00", (1, 0, 0)),
        ("#336699", (0.2, 0.4, 0.6)),
        ("rgb(51, 102,153)", (0.2, 0.4, 0.6)),
        ("rgb(20% 40% 60%)", (0.2, 0.4, 0.6)),
        ("RebeccaPurple", (0.4, 0.2, 0.6)),
        ("bluish", ValueError),
        ("rgb(300,-5,0)", (1, 0, 0)),
        ("teal", (0, 128 / 255, 128 / 255)),
        ("DarkSlateGrey", (47 / 255, 79 / 255, 79 / 255)),
        ("none", None),
        ("transparent", None),
        ("url(other.svg#a)", ValueError),
        ("#12", ValueError),
        ("rgb(1,2)", ValueError),
        ("hsl(120, 100%, 50%)", (0, 1, 0)),
        ("#336699ff", (0.2, 0.4, 0.6)),
        ("color(display-p3 1 0 0)", ValueError),
        ("lab(50% 20 20)", ValueError),
        ("rgb(" + " " * 900_000, ValueError),
    ],
)
def test_colours(text: str, expected: object) -> None:
    if expected is ValueError:
        with pytest.raises(ValueError):
            parse_paint(text)
    elif expected is None:
        assert parse_paint(text) == NOTHING
    else:
        assert parse_paint(text) == Paint(pytest.approx(expected))


def test_paints_that_are_not_a_colour_yet() -> None:
    assert parse_paint("rgba(255, 0, 0, .5)") == Paint((1, 0, 0), 0.5)
    assert parse_paint("#ff000080").alpha == pytest.approx(128 / 255)
    assert parse_paint("currentColor").is_current
    assert parse_paint("url(#a)") == Paint(None, server="a")
    assert parse_paint("url('#a') red") == Paint((1, 0, 0), server="a")


def test_lengths() -> None:
    assert parse_length("25.4mm", 0) == pytest.approx(96)
    assert parse_length(" 72pt ", 0) == pytest.approx(96)
    assert parse_length("1e1", 0) == 10
    assert parse_length("5%", 40) == 2
    for wrong in ("", "3em", "3 mm 4", "mm", "1.2.3"):
        with pytest.raises(ValueError):
            parse_length(wrong, 0)


def test_paint_is_inherited_and_style_beats_attribute_beats_group() -> None:
    drawing = read(
        '<g fill="red" stroke="blue" stroke-width="2" style="stroke-linecap:round; stroke-linejoin : bevel">'
        '<rect width="1" height="1"/><rect width="1" height="1" fill="lime" style="fill: none !important"/>'
        '<g fill="inherit" fill-rule="evenodd" stroke-dasharray="3,1,2"><rect width="1" height="1"/></g></g>'
    )
    first, second, third = drawing.shapes
    assert (first.fill, first.stroke, first.width, first.cap, first.join) == ((1, 0, 0), (0, 0, 1), 2, 1, 2)
    assert (second.fill, second.even_odd, second.dash) == (None, False, ())
    assert (third.fill, third.even_odd, third.dash) == ((1, 0, 0), True, (3, 1, 2, 3, 1, 2))


def test_default_paint_is_black_fill_without_stroke() -> None:
    shape = only('<rect width="1" height="1"/>')
    assert (shape.fill, shape.stroke, shape.width) == ((0, 0, 0), None, 0)


def test_line_width_and_dashes_grow_with_the_transform() -> None:
    shape = only(
        '<g transform="rotate(20) scale(3)"><path d="M0 0L5 5" stroke="red" stroke-width="2" '
        'stroke-dasharray="1 2"/></g>'
    )
    assert shape.width == pytest.approx(6)
    assert shape.dash == pytest.approx((3, 6))


def test_unevenly_stretched_line_is_refused_but_a_fill_is_not() -> None:
    uneven = '<g transform="scale(3 1)"><rect width="9" height="9" {}/></g>'
    assert "unevenly" in refusal(uneven.format('stroke="red"'))
    assert ends(only(uneven.format("")))[2] == (27, 9)


def test_what_is_not_shown_is_left_out() -> None:
    hidden = (
        '<g display="none"><rect width="2" height="1"/></g><rect width="3" height="1" style="display:none"/>'
        '<g visibility="hidden"><rect width="4" height="1"/>'
        '<rect width="5" height="1" visibility="visible"/></g><rect width="6" height="1" fill="none"/>'
        '<rect width="7" height="1" fill="none" stroke="red" stroke-width="0"/>'
    )
    assert ends(only(hidden))[1] == (5, 0)


def test_use_draws_a_copy_where_it_is_asked() -> None:
    drawing = read(
        '<defs><g id="leaf" fill="red"><path d="M0 0L1 1"/></g></defs>'
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#leaf" x="5" y="6"/>'
        '<use href="#leaf" transform="scale(2)" x="1"/>'
    )
    assert [ends(shape) for shape in drawing.shapes] == [[(5, 6), (6, 7)], [(2, 0), (4, 2)]]
    assert drawing.shapes[0].fill == (1, 0, 0)


def test_notes_of_editors_and_descriptions_are_passed_over() -> None:
    noise = (
        "<!-- drawn by hand --><title>Logo</title><desc>of <b>us</b></desc>"
        "<metadata><a xmlns='urn:x'/></metadata>"
        '<n:view xmlns:n="http://sodipodi.example" n:zoom="1"><n:text>hidden</n:text></n:view>'
        '<defs><linearGradient id="unused"><stop offset="0"/></linearGradient></defs>'
        '<rect width="1" height="1" class="st0" id="r" n:x="3" xmlns:n="urn:n"/>'
    )
    assert len(read(noise).shapes) == 1


def test_document_type_that_only_names_the_standard_is_harmless() -> None:
    start = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    )
    assert len(read_svg(start + svg('<rect width="1" height="1"/>'), "logo.svg").shapes) == 1


def test_drawing_is_a_frozen_value() -> None:
    one, two = read('<circle r="3"/>'), read('<circle r="3"/>')
    assert one == two
    assert hash(one) == hash(two)
    with pytest.raises(AttributeError):
        one.width = 3.0  # type: ignore[misc]


# What would be lost


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<text>Clinic</text>", "outlines"),
        ('<g><text x="1"><tspan>Clinic</tspan></text></g>', "outlines"),
        ('<image href="http://example.org/a.png"/>', "PNG or JPEG"),
        ('<image href="data:image/png;base64,AAAA"/>', "PNG or JPEG"),
        ("<script>alert(1)</script>", "scripts"),
        ('<rect onclick="alert(1)" width="1" height="1"/>', "scripts"),
        ("<foreignObject/>", "plain SVG"),
        ("<style>@import 'a.css';</style>", "@import"),
        ("<style>@media print{.a{fill:red}}</style>", "@media"),
        ("<style>a[href]{fill:red}</style>", "a[href]"),
        ("<style>.a:nth-child(2){fill:red}</style>", "nth-child"),
        ("<style>.a + .b{fill:red}</style>", ".a + .b"),
        ('<rect width="1" height="1" fill="var(--brand)"/>', "variables"),
        (f'{PATTERN}<rect width="1" height="1" fill="url(#p)"/>', "patterns"),
        (f'{FADING}<rect width="1" height="1" fill="url(#g)"/>', "fades away"),
        (f'{REPEATED}<rect width="1" height="1" fill="url(#g)"/>', "repeats"),
        (f'<g opacity=".5">{TWO}</g>', "as a whole"),
        (
            '<clipPath id="c"><g/></clipPath><rect clip-path="url(#c)" width="9" height="9"/>',
            "more than shapes",
        ),
        ('<rect clip-path="inset(10%)" width="9" height="9"/>', "clipping"),
        ("<animate/>", "still"),
        ("<blink/>", "not supported"),
        ('<g filter="url(#f)"/>', "filter"),
        ('<g mask="url(#f)"/>', "masks"),
        ('<g style="mix-blend-mode:multiply"/>', "blending"),
        ('<path d="M0 0L1 1" marker-end="url(#m)"/>', "markers"),
        ('<use href="other.svg#a"/>', "another file"),
        ('<use href="http://example.org/a.svg#a"/>', "another file"),
        ('<use href="#missing"/>', "not a shape"),
        ('<g id="a"><use href="#a"/></g>', "inside itself"),
        ('<use id="a" href="#b"/><use id="b" href="#a"/>', "inside itself"),
        ('<rect width="1" height="1" fill="reddish"/>', "#rrggbb"),
        ('<rect width="-1" height="1"/>', "below zero"),
        ('<rect width="1em" height="1"/>', "length"),
        ('<polygon points="1 2 3"/>', "no y"),
        ('<path d="M0 0 L 5"/>', "path data"),
        ('<path d="M0 0L5 5" stroke="red" stroke-linecap="pointed"/>', "butt, round, square"),
        ('<path d="M0 0L5 5" stroke="red" stroke-dasharray="1" stroke-dashoffset="1"/>', "offset"),
        ('<path d="M0 0L5 5" stroke="red" stroke-dasharray=".00001"/>', "dashes"),
        ('<path d="M0 0L5 5" transform="scale(1e6)scale(1e6)"/>', "too far"),
        ("", "shows nothing"),
    ],
)
def test_what_would_be_lost_is_named_with_the_way_out(inside: str, says: str) -> None:
    found = messages(svg(inside))
    assert any(says in message for message in found)
    assert all("PNG" in message for message in found)


def test_all_problems_come_at_once_with_their_lines_and_only_once() -> None:
    data = svg(
        '\n<text>a</text>\n<text>b</text>\n  <rect width="1" height="1" filter="url(#a)"/>'
        '\n<g mask="url(#b)"/>'
    )
    with pytest.raises(InputError) as caught:
        read_svg(data, "logo.svg")
    assert sorted((problem.line, problem.column) for problem in caught.value.problems) == [
        (2, 1),
        (4, 3),
        (5, 1),
    ]


# Hostile files


BOMB = b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">%s]>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>&j;</title></svg>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9)
)


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg><desc>&x;</desc></svg>',
        b'<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]><svg viewBox="0 0 1 1"/>',
    ],
)
def test_entities_are_refused(data: bytes) -> None:
    assert "entities" in messages(data)[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "well-formed"),
        (b"<svg", "well-formed"),
        (b"<html><svg/></html>", "not an SVG"),
        (b'<svg xmlns="urn:else"/>', "not an SVG"),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "encoding"),
        (b"<svg>" + b"<g>" * 5000, "nested"),
        (b"<svg>" + b" " * 2_000_001, "2 MB"),
        (svg("<rect/>").replace(b"rect", b"\xff\xfe"), "well-formed"),
    ],
)
def test_files_that_are_no_drawings_are_refused(data: bytes, says: str) -> None:
    assert any(says in message for message in messages(data))


def test_undeclared_entity_is_refused() -> None:
    assert messages(svg("<title>&x;</title>"))


def many_uses() -> str:
    """Ten uses of ten uses of ten uses …"""
    levels = "".join(
        f'<g id="l{level}">' + f'<use href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, 12)
    )
    return f'<defs><g id="l0"><path d="M0 0L1 1"/></g>{levels}</defs><use href="#l11"/>'


def long_path_used_often() -> str:
    lines = "L" + "1 1 " * 90_000
    return f'<path id="p" visibility="hidden" d="M0 0{lines}"/>' + '<use href="#p"/>' * 20_000


def deep_uses() -> str:
    nest = "<g>" * 50, "</g>" * 50
    return "".join(f'<g id="d{k}">{nest[0]}<use href="#d{k + 1}"/>{nest[1]}</g>' for k in range(200))


@pytest.mark.parametrize(
    "inside",
    [
        many_uses(),
        long_path_used_often(),
        deep_uses(),
        '<path d="M0 0L1 1"/>' * 6000,
        f'<path d="M0 0{"h1" * 150_000}"/>',
        f'<path d="M0 0L{"1" * 500_000}!"/>',
        f'<g transform="{" " * 900_000}!"/>',
        f'<g fill="rgb({" " * 900_000}!"/>',
        f'<g style="{"/*" * 400_000}"/>',
        f'<rect width="{"1e" * 400_000}!"/>',
        '<g transform="scale(1e7)">' * 60 + '<path d="M0 0L1 1"/>' + "</g>" * 60,
    ],
    ids=[
        "uses",
        "long-path",
        "deep",
        "many",
        "steps",
        "digits",
        "spaces",
        "rgb",
        "comments",
        "length",
        "overflow",
    ],
)
def test_hostile_drawings_are_refused_soon(inside: str) -> None:
    started = time.process_time()
    assert messages(svg(inside))
    assert time.process_time() - started < 10


@given(st.binary(max_size=200))
def test_any_bytes_are_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError):
        read_svg(data, "logo.svg")


# Files


def test_picture_is_recognised_by_its_content_and_named_by_it(tmp_path: Path) -> None:
    disguised = tmp_path / "logo.png"
    disguised.write_bytes(b"\xef\xbb\xbf\n" + svg('<circle r="3"/>'))
    first = read_picture(disguised)
    assert isinstance(first, VectorPicture)
    assert re.fullmatch(r"logo-[0-9a-f]{12}", first.name)
    disguised.write_bytes(svg('<circle r="4"/>'))
    assert read_picture(disguised).name != first.name


def test_utf16_drawing_is_read(tmp_path: Path) -> None:
    path_ = tmp_path / "logo.svg"
    path_.write_bytes(
        '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16")
        + svg("<circle r='3'/>").decode().encode("utf-16-le")
    )
    assert isinstance(read_picture(path_), VectorPicture)


@pytest.mark.parametrize("name", ["missing.svg", ""])
def test_missing_file_or_folder_is_an_input_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"not found|is a folder"):
        read_picture(tmp_path / name)


def test_message_names_the_file_as_the_user_did(tmp_path: Path) -> None:
    path_ = tmp_path / "logo.svg"
    path_.write_bytes(svg("<text/>"))
    with pytest.raises(InputError) as caught:
        read_picture(path_)
    assert caught.value.problems[0].file == str(path_)
