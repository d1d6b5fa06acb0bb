"""Drawings that are refused: what would be lost, what is no drawing, what would never end."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svg_pictures import messages, svg

from pdfgen.content.pictures.drawing import VectorPicture
from pdfgen.content.pictures.picture_file import read_picture
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.errors import InputError

PATTERN = '<pattern id="p" width="1" height="1"><path d="M0 0H1"/></pattern>'
STOPS = '<stop stop-color="red"/><stop offset="1" stop-color="blue"{0}/>'
CLEAR = ' stop-opacity="0"'
FADING = f'<linearGradient id="g">{STOPS.format(CLEAR)}</linearGradient>'
TWO = '<rect width="9" height="9"/>' * 2
REPEATED = f'<linearGradient id="g" spreadMethod="repeat">{STOPS.format("")}</linearGradient>'


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


@pytest.mark.slow
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
