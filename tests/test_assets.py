from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from pdfgen.content.pictures.drawing import VectorPicture
from pdfgen.content.pictures.drawing_file import FIGURES as FIGURES_FOLDER
from pdfgen.content.pictures.drawing_file import shipped_drawings
from pdfgen.content.pictures.picture_file import read_picture
from pdfgen.pdf.metadata import srgb_profile

ASSETS = Path(__file__).parent.parent / "assets"
FIGURES = sorted((ASSETS / "figures").glob("*.svg"))
ICONS = sorted((ASSETS / "icons").glob("*.svg"))
#: The files of each drawing, which several people do.
PEOPLE = {
    name: list(paths) for name, paths in itertools.groupby(FIGURES, lambda path: path.stem.partition("--")[0])
}

PANELS = {
    "leg-lengthening": "abc", "knee-rolls": "abc", "cat-cow": "ab", "plank": "abcd", "bridge": "ab",
    "superman": "ab", "childs-pose": "ab", "march": "ab",
}  # fmt: skip
#: What shows a part of the body, larger, in a circle.
ZOOMED = {"leg-lengthening-c"}
ICON_NAMES = {
    "stop", "phone", "pain", "clock", "heart", "breath", "tick", "warning", "mat", "chair", "cushion", "band",
    "repeat", "hold", "rest", "call-doctor",
}  # fmt: skip


@cache
def drawing(path: Path) -> VectorPicture:
    picture = read_picture(path)
    assert isinstance(picture, VectorPicture)
    return picture


def reach(picture: VectorPicture) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all points that lines run through, control points aside."""
    points = [
        (float(segment[-2]), float(segment[-1]))
        for shape in picture.shapes
        for segment in shape.segments
        if len(segment) > 1
    ]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_every_exercise_and_icon_is_there() -> None:
    names = {path.stem for path in FIGURES}
    drawn = {f"{name}-{panel}" for name, panels in PANELS.items() for panel in panels}
    assert drawn == {name for name in names if name.rpartition("-")[0] in PANELS and name[-2] == "-"}
    assert {path.stem for path in ICONS} == ICON_NAMES


@pytest.mark.parametrize("paths", [*PEOPLE.values(), ICONS], ids=[*PEOPLE, "icons"])
def test_asset_is_plain_and_tidy(paths: list[Path]) -> None:
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<text|font|<image|href|<style|<!|/home|/work|/tmp", text), path
        assert text.endswith("</svg>\n"), path
        assert len(text) < 40_000, path
        assert re.search(r'viewBox="0 0 [0-9.]+ [0-9.]+"', text), path


def by_person() -> Iterator[Any]:
    """Each drawing of one of its people, of all of them in turn; `make test-all` has the others."""
    for number, (name, paths) in enumerate(PEOPLE.items()):
        one = number % len(paths)
        yield pytest.param(paths[one : one + 1], id=name)
        rest = paths[:one] + paths[one + 1 :]
        yield pytest.param(rest, id=f"{name}-others", marks=pytest.mark.drawings)


@pytest.mark.parametrize("paths", list(by_person()))
def test_figure_is_small_in_grey_and_within_its_frame(paths: list[Path]) -> None:
    for path in paths:
        picture = drawing(path)
        assert sum(len(shape.segments) for shape in picture.shapes) < 700, path
        assert 12 < picture.width < 60, path
        assert 10 < picture.height < 60, path
        for shape in picture.shapes:
            for colour in filter(None, (shape.fill, shape.stroke)):
                assert len(set(colour)) == 1, path
        left, top, right, bottom = reach(picture)
        assert min(left, top) >= 0.5, path
        assert right <= picture.width - 0.5, path
        assert bottom <= picture.height - 0.5, path


@pytest.mark.parametrize("paths", PEOPLE.values(), ids=PEOPLE)
def test_size_on_paper_is_the_size_in_millimetres(paths: list[Path]) -> None:
    # That they are as large as what the files show is a test of its own.
    for path in paths:
        picture = shipped_drawings()[FIGURES_FOLDER + path.stem]
        start = path.read_text(encoding="utf-8").partition(">")[0]
        assert f'width="{picture.width:g}mm" height="{picture.height:g}mm"' in start, path


@pytest.mark.parametrize("name", PANELS)
def test_panels_of_one_exercise_line_up(name: str) -> None:
    pictures = [drawing(ASSETS / "figures" / f"{name}-{panel}.svg") for panel in PANELS[name]]
    assert len({(picture.width, picture.height) for picture in pictures}) == 1
    if name != "march":
        # The mat is drawn first: its edge and its top.
        whole = [
            picture
            for panel, picture in zip(PANELS[name], pictures, strict=True)
            if f"{name}-{panel}" not in ZOOMED
        ]
        assert len({tuple(shape.segments for shape in picture.shapes[:2]) for picture in whole}) == 1
    else:
        feet = [reach(picture)[3] for picture in pictures]
        assert max(feet) - min(feet) < 1


@pytest.mark.parametrize("name", PANELS)
def test_panels_differ_and_together_fill_their_frame(name: str) -> None:
    pictures = [drawing(ASSETS / "figures" / f"{name}-{panel}.svg") for panel in PANELS[name]]
    assert all(one.shapes != two.shapes for one, two in itertools.combinations(pictures, 2))
    lefts, tops, rights, bottoms = zip(*map(reach, pictures), strict=True)
    margins = (
        min(lefts), min(tops), pictures[0].width - max(rights), pictures[0].height - max(bottoms),
    )  # fmt: skip
    assert all(0.9 < margin < 1.8 for margin in margins)


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icon_is_black_and_white_in_its_square(path: Path) -> None:
    picture = drawing(path)
    assert (picture.width, picture.height) == (24, 24)
    colours = {colour for shape in picture.shapes for colour in (shape.fill, shape.stroke) if colour}
    assert colours <= {(1.0, 1.0, 1.0), (26 / 255,) * 3}
    left, top, right, bottom = reach(picture)
    assert min(left, top) >= 0
    assert max(right, bottom) <= 24


def test_fonts_come_with_their_licences() -> None:
    families = {path.name.partition("-")[0] for path in (ASSETS / "fonts").glob("*.ttf")}
    assert families
    for family in families:
        licence = (ASSETS / "fonts" / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in licence.upper()


def test_the_colour_profile_is_that_of_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert ImageCms.getProfileDescription(profile).strip() == "sRGB IEC61966-2.1"
    colours = Image.frombytes("RGB", (4, 4), bytes(range(0, 240, 5)))
    turned = ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB"))
    assert turned is not None
    assert max(abs(a - b) for a, b in zip(colours.tobytes(), turned.tobytes(), strict=True)) <= 1
