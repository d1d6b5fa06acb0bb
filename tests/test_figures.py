"""Drawings of the library: complete for woman and man, on the right side, written once, own ones first."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pikepdf
import pytest
from click.testing import CliRunner
from geometry import document_text
from programs import EXAMPLES, Made, back, exercise, make_program, plan, planned, shipped_library
from test_exercises import OTHER, first_side

from pdfgen.cli.app import program
from pdfgen.content.files.resources import assets_folder
from pdfgen.content.models.dose import Level
from pdfgen.content.models.field_types import FigureChoice, Side
from pdfgen.content.pictures.drawing_file import ICONS, shipped_drawings, shipped_names
from pdfgen.content.pictures.figure_files import FigureFiles, figure_files, panels
from pdfgen.content.pictures.svg_reader import read_svg
from pdfgen.content.rules.library import library_problems
from pdfgen.errors import InputError
from pdfgen.illustration.figure import load_figure
from pdfgen.illustration.placement import Placement
from pdfgen.illustration.pose_file import load_pose_file
from pdfgen.illustration.positions import poses_folder
from pdfgen.illustration.reach import solve
from pdfgen.production.assets import load_family
from pdfgen.production.job import Job
from pdfgen.typesetting.document import DECORATION, GlyphRun, Placed, Shape
from pdfgen.typesetting.look import INK

VARIANTS = [
    (name, level) for name, one in shipped_library().value.exercises.items() for level in one.variants
]
SIDED = [
    (name, level, number)
    for name, level in VARIANTS
    for number, panel in enumerate(exercise(name).variants[level].panels)
    if panel.side
]
FILES = figure_files()


def size(name: str) -> tuple[float, float]:
    drawing = shipped_drawings()[f"figures/{name}"]
    return drawing.width, drawing.height


ENDINGS = ("", *(f"--{figure}" for figure in get_args(FigureChoice) if figure != "woman"))

# --- every drawing is there --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "level"), VARIANTS)
def test_a_variant_is_drawn_for_every_figure_with_all_panels_of_one_size(name: str, level: Level) -> None:
    names = [panel.figure for panel in exercise(name).variants[level].panels]
    assert names
    for ending in ENDINGS:
        assert len({size(figure + ending) for figure in names}) == 1


def test_strips_and_start_positions_are_drawn_in_full() -> None:
    preparation = back().preparation
    assert preparation.positions is not None
    for strip in (preparation.down, preparation.up, preparation.warm_up, preparation.positions):
        assert all(step.panel is not None for step in strip.steps)
    for _, panel in panels(shipped_library().value):
        assert {panel.figure + ending for ending in ENDINGS} <= FILES.names


# --- the side that works -----------------------------------------------------------------------------------


@cache
def placements(stem: str) -> Mapping[str, Placement]:
    scene = load_pose_file(poses_folder() / f"{stem}.yaml").scene
    figure = load_figure("woman")
    return {letter: solve(figure, panel.pose).placement for letter, panel in scene.panels.items()}


def most_moved(start: Placement, end: Placement) -> float:
    """Above 0 where the left ankle moved more than the right one, in metres."""
    left, right = (
        float(((end.joint(f"{side}-ankle") - start.joint(f"{side}-ankle")) ** 2).sum() ** 0.5)
        for side in ("left", "right")
    )
    return left - right


def further(joint: str, axis: int) -> Callable[[Placement, Placement], float]:
    """Above 0 where the left joint went further along an axis (x left, y up, z away from the head)."""

    def compared(start: Placement, end: Placement) -> float:
        left, right = (
            float((end.joint(f"{side}-{joint}") - start.joint(f"{side}-{joint}"))[axis])
            for side in ("left", "right")
        )
        return left - right

    return compared


def towards(joint: str) -> Callable[[Placement, Placement], float]:
    """Above 0 where both joints together went to the left."""

    def moved(start: Placement, end: Placement) -> float:
        return sum(
            float((end.joint(f"{side}-{joint}") - start.joint(f"{side}-{joint}"))[0])
            for side in ("left", "right")
        )

    return moved


#: What it means that a side works, where it is not the leg that moves most.
WORK: Mapping[str, Callable[[Placement, Placement], float]] = {
    "leg-lengthening": further("ankle", 2),
    "leg-lengthening-arms": further("ankle", 2),
    "leg-lengthening-chair": further("hip", 1),
    "knee-rolls": towards("knee"),
    "knee-rolls-small": towards("knee"),
    "knee-rolls-head": towards("knee"),
    "childs-pose-side": towards("wrist"),
}


def working_side(figure: str) -> Side:
    """Return the side that a drawing shows at work, as its pose file says."""
    stem, _, letter = figure.rpartition("-")
    posed = placements(stem)
    amount = WORK.get(stem, most_moved)(next(iter(posed.values())), posed[letter])
    assert abs(amount) > 0.004, "no side works"
    return "left" if amount > 0 else "right"


@pytest.mark.parametrize(("name", "level", "number"), SIDED)
def test_the_side_of_a_panel_is_the_one_that_its_pose_shows_at_work(
    name: str, level: Level, number: int
) -> None:
    panel = exercise(name).variants[level].panels[number]
    assert panel.side == working_side(panel.figure)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("name", "level", "number"), SIDED)
def test_words_and_drawing_of_a_plan_name_one_side_also_when_mirrored(
    name: str, level: Level, number: int, language: str
) -> None:
    for own in ("left", "right", None):
        chosen = {"side": own} if own else {}
        made = planned(name, doses={name: {"level": level}}, language=language, **chosen)
        assert made.main.level == level
        shown = made.main.panels[number]
        drawn = working_side(shown.figure)
        assert first_side(shown.alt, language) == (OTHER[drawn] if shown.mirrored else drawn)
        if number == min(n for one, lv, n in SIDED if (one, lv) == (name, level)):
            steps = " ".join(text for _, text in made.main.steps)
            assert first_side(steps, language) == (OTHER[drawn] if shown.mirrored else drawn)
            assert own is None or first_side(steps, language) == own


def test_opposite_arm_and_leg_are_opposite() -> None:
    posed = placements("superman-arm-leg")
    rise = {
        joint: float((posed["b"].joint(joint) - posed["a"].joint(joint))[1])
        for joint in ("right-ankle", "left-wrist", "left-ankle", "right-wrist")
    }
    assert min(rise["left-ankle"], rise["right-wrist"]) > 0.1
    assert max(rise["right-ankle"], rise["left-wrist"]) < 0.01


# --- woman and man -----------------------------------------------------------------------------------------


def figures(made: Any) -> list[str]:
    """Names of all drawings of a plan."""
    found = [p.figure for e in made.exercises for v in (e.main, e.easier) if v for p in v.panels]
    strips = (
        made.preparation.positions,
        made.preparation.warm_up,
        made.preparation.down,
        made.preparation.up,
    )
    return found + [step.panel.figure for strip in strips for step in strip.steps if step.panel]


def test_the_prescription_chooses_the_figure_before_the_clinic_does() -> None:
    for choice in get_args(FigureChoice)[1:]:
        assert figures(plan(figure=choice)) == [f"{name}--{choice}" for name in figures(plan())]
    woman, man = figures(plan()), figures(plan(figure="man"))
    assert not any(name.endswith("--man") for name in woman)
    assert man == [f"{name}--man" for name in woman]
    assert figures(plan({"figure": "man"})) == man
    assert figures(plan({"figure": "man"}, figure="woman")) == woman


@pytest.fixture(scope="module")
def both() -> tuple[Any, Any]:
    data = {"program": "full-seven", "side": "left", "start": "2026-03-02"}
    return make_program(data), make_program({**data, "figure": "man"})


def test_both_figures_say_the_same_beside_their_own_drawings(both: tuple[Any, Any]) -> None:
    """Lines beside a wider drawing break elsewhere, so that a page or an overview may come or go."""
    words, drawings = [], []
    for one in both:
        # The passport prints the digest of all inputs, which differ by the figure.
        said = document_text(one.document()).replace(one.ident, "").split()
        words.append({word for word in said if not any(character.isdigit() for character in word)})
        drawings.append({
            item.drawing.name for page in one.document().pages for item in page.items
            if isinstance(item, Placed) and item.drawing.name.startswith("figures/")
        })  # fmt: skip
    assert len(words[0] ^ words[1]) <= 3
    assert len(words[0]) > 500
    assert drawings[0]
    assert drawings[1] == {f"{name}--man" for name in drawings[0]}


def test_a_drawing_is_one_form_however_often_it_is_placed(both: tuple[Any, Any]) -> None:
    placed = [
        (item.drawing, item.mirrored)
        for page in both[0].document().pages
        for item in page.items
        if isinstance(item, Placed)
    ]
    different = {drawing.form for drawing, _ in placed}
    assert len(placed) > len(different)
    assert any(len({m for other, m in placed if other == d}) == 2 for d, _ in placed), "nothing to share"
    with pikepdf.open(io.BytesIO(both[0].pdf())) as pdf:
        forms = [
            item.read_raw_bytes() for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
        ]  # fmt: skip
    assert [forms.count(form) for form in different] == [1] * len(different)


def test_numbers_of_panels_are_text_in_the_documents_font(both: tuple[Any, Any]) -> None:
    document = both[0].document()
    drawn = {
        item.node
        for page in document.pages
        for item in page.items
        if isinstance(item, Placed) and item.drawing.name.startswith("figures/")
    }
    drawn -= {DECORATION}
    letters = [
        item
        for page in document.pages
        for item in page.items
        if isinstance(item, GlyphRun) and item.node in drawn
    ]
    expected = [str(panel.step) for e in both[0].plan().exercises_by_form for panel in e.main.panels]
    words = ["".join(glyph.text for glyph in item.glyphs) for item in letters]
    assert words[-len(expected) :] == expected
    assert {item.face for item in letters} <= {load_family().primary(bold=True)}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("level", ["L1", "L2", "L3"])
@pytest.mark.parametrize("half", [0, 1])
def test_no_number_covers_a_part_of_the_figure(half: int, level: Level, side: Side) -> None:
    there = [name for name, one in shipped_library().value.exercises.items() if level in one.variants]
    names = there[half::2]
    made = make_program(
        {"exercises": names, "side": side, "doses": {name: {"level": level} for name in names}}
    )
    document = made.document()
    lettered = {
        item.node
        for page in document.pages
        for item in page.items
        if isinstance(item, GlyphRun) and document.nodes[item.node].role == "Figure"
    }
    corners = {}
    for page in document.pages:
        for item in page.items:
            if isinstance(item, Shape) and item.node in lettered and item.fill == INK:
                xs = [float(segment[-2]) for segment in item.segments if len(segment) > 1]
                ys = [float(segment[-1]) for segment in item.segments if len(segment) > 1]
                corners[item.node] = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs))
    covered = 0
    for page in document.pages:
        for item in page.items:
            if isinstance(item, Placed) and item.node in corners:
                covered += 1
                x, y, right = corners[item.node]
                for px, py in dark_points(item):
                    assert (px - x) ** 2 + (py - y) ** 2 > (right - x) ** 2, item.drawing.name
    assert covered > 4


def dark_points(item: Placed) -> list[tuple[float, float]]:
    """Places on the page where dark lines of a drawing go through."""
    scale = item.width / item.drawing.width
    path = assets_folder() / f"{item.drawing.name}.svg"
    points = [
        (float(segment[-2]), float(segment[-1]))
        for shape in read_svg(path.read_bytes(), path.name).shapes
        if min(min(paint) for paint in (shape.fill, shape.stroke) if paint) < 0.3
        for segment in shape.segments
        if len(segment) > 1
    ]
    return [
        (item.x + scale * (item.drawing.width - x if item.mirrored else x), item.y + scale * y)
        for x, y in points
    ]


# --- a clinic's own drawings -------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}"><path d="M0 0H{0}V{1}Z"/></svg>'
OWN = """
exercises:
  bridge:
    variants:
      L2:
        panels:
          - figure: {figure}
            alt: {{nl: Een eigen tekening., en: A drawing of our own.}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Write a library that shows the bridge with an own drawing, and drawings beside it."""

    def written(figure: str = "my-stretch-a", **drawings: str) -> Path:
        (tmp_path / "figures").mkdir(exist_ok=True)
        for name, content in drawings.items():
            (tmp_path / "figures" / f"{name.replace('_', '-')}.svg").write_text(content)
        path = tmp_path / "own.yaml"
        path.write_text(OWN.format(figure=figure))
        return path

    return written


def program_of(library: Path, **settings: str) -> Any:
    return Made.of(Job(EXAMPLES / "patient.yaml", libraries=(library,), overrides=tuple(settings.items())))


def bridge(one: Any) -> list[str]:
    return next([p.figure for p in e.main.panels] for e in one.plan().exercises if e.id == "bridge")


def sizes(one: Any) -> dict[str, tuple[float, float]]:
    return {
        item.drawing.name: (item.drawing.width, item.drawing.height)
        for page in one.document().pages
        for item in page.items
        if isinstance(item, Placed)
    }


def test_an_own_drawing_lies_beside_the_library_and_is_used_for_both_figures(own: Any) -> None:
    library = own(my_stretch_a=SVG.format(50, 30))
    assert bridge(program_of(library)) == ["my-stretch-a"]
    man = program_of(library, figure="man")
    assert bridge(man) == ["my-stretch-a"]
    assert sizes(man)["figures/my-stretch-a"] == (50, 30)
    assert "figures/plank-b--man" in sizes(man)


def test_an_own_drawing_with_a_man_is_used_when_man_is_chosen(own: Any) -> None:
    library = own(my_stretch_a=SVG.format(50, 30), my_stretch_a__man=SVG.format(40, 20))
    assert bridge(program_of(library, figure="man")) == ["my-stretch-a--man"]
    assert bridge(program_of(library, figure="older-man")) == ["my-stretch-a--man"]
    assert bridge(program_of(library, figure="older-woman")) == ["my-stretch-a"]
    assert bridge(program_of(library)) == ["my-stretch-a"]


def test_an_own_drawing_goes_before_the_shipped_one_of_the_same_name(own: Any) -> None:
    library = own("bridge-b", bridge_b=SVG.format(50, 30))
    for figure in get_args(FigureChoice):
        one = program_of(library, figure=figure)
        assert bridge(one) == ["bridge-b"]
        assert sizes(one)["figures/bridge-b"] == (50, 30)


def test_an_own_drawing_in_other_units_is_brought_to_size(own: Any) -> None:
    width, height = sizes(program_of(own(my_stretch_a=SVG.format(1200, 500))))["figures/my-stretch-a"]
    assert (width, height) == pytest.approx((60, 25))


def test_the_document_id_follows_what_an_own_drawing_shows(own: Any) -> None:
    first = program_of(own(my_stretch_a=SVG.format(50, 30))).ident
    assert program_of(own(my_stretch_a=SVG.format(50, 30))).ident == first
    assert program_of(own(my_stretch_a=SVG.format(50, 31))).ident != first


@pytest.mark.parametrize(
    ("drawings", "message"),
    [
        ({}, 'there is no drawing "my-stretch-a.svg"; '),
        ({"my_stretch_a": "<svg"}, '"figures/my-stretch-a.svg", line 1'),
        ({"my_stretch_a": SVG.format(50, 30), "my_stretch_a__man": "x"}, '"figures/my-stretch-a--man.svg"'),
    ],
)
def test_a_drawing_that_cannot_be_used_is_told_at_its_line_in_the_library(
    own: Any, drawings: Any, message: str
) -> None:
    library = own(**drawings)
    with pytest.raises(InputError) as caught:
        program_of(library)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(library), 7)
    assert problem.field == "exercises.bridge.variants.L2.panels.0.figure"
    assert message in problem.message
    result = CliRunner().invoke(program, ["check", str(library)])
    assert result.exit_code == 3
    assert f"{library}:7:" in result.stderr


def test_a_drawing_that_leads_out_of_its_folder_is_refused(own: Any, tmp_path: Path) -> None:
    library = own(other=SVG.format(50, 30))
    outside = tmp_path / "outside.svg"
    outside.write_text(SVG.format(50, 30))
    (tmp_path / "figures" / "my-stretch-a.svg").symlink_to(outside)
    with pytest.raises(InputError, match="lies outside"):
        program_of(library)


def test_a_shipped_drawing_without_a_man_is_told(own: Any) -> None:
    library = shipped_library()
    names = FILES.names - {"bridge-b--man"}
    (problem,) = library_problems(library, FigureFiles(names), shipped_names(ICONS))
    assert problem.line > 0
    assert 'there is no drawing "bridge-b--man.svg"' in problem.message
