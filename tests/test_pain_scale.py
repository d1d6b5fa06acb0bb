"""The pain scale on the page: its ranges end where the clinic's limits say, and it needs no colour."""

from __future__ import annotations

from colorsys import rgb_to_hsv
from itertools import combinations, pairwise

import pytest
from geometry import joined_runs, text_of
from hypothesis import given
from hypothesis import strategies as st
from programs import Made, examples, make_program, words_of

from pdfgen.content.pictures.drawing import grey
from pdfgen.planning.plan import Light
from pdfgen.typesetting.document import Item, Node, Placed, Shape
from pdfgen.typesetting.sections.pain_scale import SIGNALS, zone

#: Every pair of green_max and amber_max that a clinic may set.
LIMITS = list(combinations(range(10), 2))


def program_of(green: int, amber: int, language: str = "nl", ink: str = "colour") -> Made:
    limits = {"traffic_light": {"green_max": green, "amber_max": amber}}
    return make_program({"language": language, "exercises": ["bridge"], "weeks": 4, "ink": ink}, limits)


def scale(program: Made) -> tuple[Node, list[Item]]:
    """The element of the scale, and what is drawn in it."""
    document = program.document()
    (node,) = [n for n in document.nodes if n.role == "Figure" and n.alt.startswith(("Balk", "Bar"))]
    return node, [item for page in document.pages for item in page.items if item.node == node.id]


def reach(shape: Shape) -> tuple[float, float]:
    """Left and right end."""
    across = [float(segment[1]) for segment in shape.segments if len(segment) > 1]
    return min(across), max(across)


@pytest.mark.parametrize(("green", "amber"), LIMITS)
def test_ranges_share_the_scale_without_gaps(green: int, amber: int) -> None:
    ranges = [(0, green), (green + 1, amber), (amber + 1, 10)]
    zones = [zone(Light(low, high, "", ""), 330.0) for low, high in ranges]
    assert zones[0][0] == 0
    assert zones[2][1] == pytest.approx(330)
    assert all(before[1] == pytest.approx(after[0]) for before, after in pairwise(zones))
    assert zones[0][1] == pytest.approx(30 * (green + 1))
    assert zones[1][1] == pytest.approx(30 * (amber + 1))


@pytest.mark.parametrize("layout", ["compact", "wall-sheet", "cards", "standard", "screen"])
def test_each_range_stands_beside_its_colour_in_every_layout(layout: str) -> None:
    made = make_program({"layout": layout, "weeks": 4, "exercises": ["bridge"]})
    lights = made.plan().safety.lights
    for page in made.document().pages:
        words = words_of([text_of(run) for run in joined_runs(page.items)])
        if all(words_of([light.title]).split(":")[0] in words for light in lights):
            fills = [item.fill for item in page.items if isinstance(item, Shape) and item.fill]
            assert set(SIGNALS) <= set(fills)
            return
    pytest.fail("nowhere are all three ranges on one page")


@given(st.sampled_from(LIMITS))
@examples(12)
def test_numbers_brackets_and_symbols_lie_in_their_range(limits: tuple[int, int]) -> None:
    _, items = scale(program_of(*limits))
    shapes = [item for item in items if isinstance(item, Shape)]
    wedges = [reach(item) for item in shapes if item.fill is not None]
    brackets = [reach(item) for item in shapes if item.fill is None and len(item.segments) == 4]
    symbols = [(item.x, item.x + item.width) for item in items if isinstance(item, Placed)]
    assert len(wedges) == len(brackets) == len(symbols) == 3
    for outer, inner in [*zip(wedges, brackets, strict=True), *zip(wedges, symbols, strict=True)]:
        assert outer[0] < inner[0] < inner[1] < outer[1]
        assert sum(outer) == pytest.approx(sum(inner))
    numbers = [run for run in joined_runs(items) if run.size >= 12 and text_of(run).isdigit()]
    assert [text_of(item) for item in numbers] == [str(number) for number in range(11)]
    green, amber = limits
    for number, item in enumerate(numbers):
        left, right = wedges[(number > green) + (number > amber)]
        assert left < item.x < right


@pytest.mark.parametrize(("ink", "least"), [("colour", 0.05), ("grey", 0.15)])
def test_ranges_differ_in_grey_and_every_one_has_a_border(ink: str, least: float) -> None:
    _, items = scale(program_of(3, 5, ink=ink))
    wedges = [item for item in items if isinstance(item, Shape) and item.fill is not None]
    greys = [grey(item.fill)[0] for item in wedges if item.fill]
    assert all(lighter - darker > least for lighter, darker in pairwise(greys))
    assert all(item.stroke == (0, 0, 0) and item.width >= 1 for item in wedges)


def test_the_ranges_are_green_amber_and_red() -> None:
    _, items = scale(program_of(3, 5))
    hues = [rgb_to_hsv(*item.fill)[0] * 360 for item in items if isinstance(item, Shape) and item.fill]
    assert hues == pytest.approx([120, 40, 0], abs=12)


@pytest.mark.parametrize("layout", ["standard", "large-print", "tracker"])
def test_ranges_without_room_for_their_names_leave_no_empty_element(layout: str) -> None:
    for green, amber in ((0, 1), (0, 9), (8, 9)):
        made = make_program(
            {"layout": layout, "exercises": ["bridge"], "weeks": 4},
            {"traffic_light": {"green_max": green, "amber_max": amber}},
        )
        document = made.document()
        filled = {item.node for page in document.pages for item in page.items}
        parents = {node.parent for node in document.nodes}
        used = filled | parents
        empty = [node.id for node in document.nodes if node.role == "P" and node.id not in used]
        assert empty == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_figure_says_the_three_ranges(language: str) -> None:
    node, _ = scale(program_of(2, 6, language))
    word = {"nl": "tot", "en": "to"}[language]
    assert all(f"{low} {word} {high}" in node.alt for low, high in ((0, 2), (3, 6), (7, 10)))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_safety_takes_at_most_three_pages(language: str, paper: str) -> None:
    for green, amber in ((0, 1), (3, 5), (8, 9)):
        limits = {"country": "BE", "traffic_light": {"green_max": green, "amber_max": amber}}
        program = make_program(
            {"language": language, "paper": paper, "exercises": ["bridge"], "weeks": 4}, limits
        )
        marks = program.document().bookmarks
        assert marks[3].page - marks[1].page <= 3
