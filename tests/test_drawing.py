from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svg_pictures import Point, ends, messages, only, read, refusal, sampled, svg

from pdfgen.content.pictures.svg_colour import NOTHING, Paint, parse_paint
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.content.pictures.svg_shapes import multiplied, parse_transform, stretches
from pdfgen.content.pictures.svg_style import parse_length

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
