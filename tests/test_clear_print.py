"""What is measured on pages is what is printed there, and each limit can be broken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import make_program

from pdfgen.checks.backgrounds import PAPER, ground_at
from pdfgen.checks.clear_print import Measure, clear_print
from pdfgen.content.pictures.drawing import RGB, Drawing, contrast_ratio
from pdfgen.production.assets import load_family
from pdfgen.typesetting.blocks import disc, rectangle
from pdfgen.typesetting.document import (
    Document,
    GlyphRun,
    Item,
    Node,
    Page,
    Placed,
    TickBox,
)
from pdfgen.typesetting.look import MM, parse_colour

BLACK: RGB = (0.0, 0.0, 0.0)
GREY: RGB = (0.5, 0.5, 0.5)
COLOURS = st.tuples(*[st.floats(0, 1)] * 3)


def run(text: str, *, size: float = 12.0, x: float = 100.0, y: float = 100.0, **given: Any) -> GlyphRun:
    face = load_family().primary(bold=given.pop("bold", False))
    values = {"colour": BLACK, "node": 1} | given
    return GlyphRun(x, y, face, size, values["colour"], face.shape(text)[0], values["node"])


def document(*pages: tuple[Item, ...]) -> Document:
    nodes = (Node(0, -1, "Document"), Node(1, 0, "P"), Node(2, 1, "Link"), Node(3, 0, "H1"))
    return Document(
        pages=tuple(Page(210 * MM, 297 * MM, items) for items in pages),
        nodes=nodes, bookmarks=(), destinations=(), title="", language="nl", author="", subject="", ident="",
        created=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip


def measure(name: str, *pages: tuple[Item, ...], mirrored: bool = False) -> Measure:
    found = [m for m in clear_print(document(*pages), mirrored=mirrored) if m.name == name]
    assert len(found) == 1, found
    return found[0]


def changed(part: str, **values: Any) -> tuple[Measure, ...]:
    """The example with another size or margin, past what a layout file may ask for."""
    made = make_program({"weeks": 2})
    inner = getattr(made.layout, part).model_copy(update=values)
    return clear_print(made.changed(layout=made.layout.model_copy(update={part: inner})).document())


def failing(found: tuple[Measure, ...]) -> set[str]:
    return {m.name for m in found if not m.passes}


class TestShipped:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_type_text_and_margins_keep_their_limits(self, language: str) -> None:
        found = clear_print(make_program({"weeks": 2, "language": language}).document())
        assert {m.name for m in found} >= {
            "smallest running text", "smallest label", "longest line", "contrast of text", "binding margin",
        }  # fmt: skip
        assert not {name for name in failing(found) if "type" in name or "text" in name or "margin" in name}

    def test_small_type_is_found(self) -> None:
        assert "smallest running text" in failing(changed("type", body=9.0))
        (label,) = (m for m in changed("type", label=9.0) if m.name == "smallest label")
        assert (label.figure, label.passes) == (9.0, False)

    def test_narrow_margins_are_found(self) -> None:
        assert "top margin" in failing(changed("margins", top=5.0))
        assert "outer margin" in failing(changed("margins", outer=8.0))

    def test_a_pale_accent_is_found(self) -> None:
        made = make_program({"weeks": 2})
        pale = made.changed(clinic=made.clinic.model_copy(update={"accent": "#b0b0b0"}))
        worst = min(
            (m for m in clear_print(pale.document()) if m.name == "contrast of large text"), key=_figure
        )
        # 2.17 on white, less on the tint of a table's head.
        assert 1.5 < worst.figure < 2.2
        assert "#b0b0b0 on" in worst.where

    def test_no_words_of_the_patient_are_told(self) -> None:
        found = clear_print(make_program({"weeks": 2, "goal": "Xylofoon " * 12}).document())
        assert not any("Xylofoon" in m.where for m in found)


def _figure(measure: Measure) -> float:
    return measure.figure


class TestLines:
    def test_runs_on_one_line_are_counted_together_and_links_belong_to_their_sentence(self) -> None:
        page = (run("Bel ons: "), run("085 000 0000", x=160.0, node=2), run("Nee", y=130.0))
        assert measure("longest line", page).figure == len("Bel ons: 085 000 0000")

    def test_81_characters_are_too_many(self) -> None:
        assert measure("longest line", (run("n" * 80),)).passes
        assert not measure("longest line", (run("n" * 81),)).passes

    def test_a_heading_is_no_running_text(self) -> None:
        lines = (run("een twee drie vier vijf", node=3), run("zes zeven acht negen", y=120.0, node=3))
        assert "smallest running text" not in {m.name for m in clear_print(document(lines))}
        lines = (run("een twee drie vier vijf", size=11), run("zes zeven acht negen", y=120.0, size=11))
        assert not measure("smallest running text", lines).passes

    def test_an_empty_document_has_nothing_to_measure(self) -> None:
        assert clear_print(document(())) == ()


class TestContrast:
    def test_the_ground_is_what_was_painted_last_below(self) -> None:
        below = (rectangle(0, 0, 300, 300, fill=GREY), rectangle(90, 80, 200, 40, fill=PAPER))
        assert measure("contrast of text", (*below, run("tekst"))).figure == 21.0
        assert measure("contrast of text", (below[0], run("tekst"))).figure == pytest.approx(5.28, abs=0.01)
        # What comes later lies above and is not looked through.
        assert measure("contrast of text", (run("tekst"), below[0])).figure == 21.0

    def test_text_half_over_a_box_has_two_grounds(self) -> None:
        page = (rectangle(0, 0, 120, 300, fill=GREY), run("een lange tekst over de rand"))
        found = [m.figure for m in clear_print(document(page)) if m.name == "contrast of text"]
        assert sorted(found) == [pytest.approx(5.28, abs=0.01), 21.0]

    def test_text_over_a_picture_fails(self) -> None:
        picture = Placed(Drawing("d", 10, 10, b"", None, (10, 10)), 50, 50, 300, 300, 1)
        found = measure("contrast of text", (picture, run("tekst")))
        assert (found.figure, found.passes) == (1.0, False)
        assert measure("contrast of text", (picture, disc(105, 96, 40, PAPER), run("A"))).passes

    @pytest.mark.parametrize(
        ("size", "bold", "name"),
        [(17.9, False, "text"), (18, False, "large text"), (14, True, "large text"), (13.9, True, "text")],
    )
    def test_large_text_needs_less(self, size: float, bold: bool, name: str) -> None:
        assert measure(f"contrast of {name}", (run("tekst", size=size, bold=bold),)).passes

    def test_697_is_not_7(self) -> None:
        colour = parse_colour("#5a5a5a")
        found = measure("contrast of text", (run("tekst", colour=colour),))
        assert found.figure == 6.89
        assert not found.passes

    def test_boxes_and_writing_lines(self) -> None:
        box = TickBox("a", 50, 50, 17, 3, 0.6, 1)
        assert not measure(
            "contrast of lines and boxes", (rectangle(0, 0, 90, 90, fill=(0.1, 0.1, 0.1)), box)
        ).passes
        assert measure("contrast of lines and boxes", (box,)).passes

    def test_decoration_is_not_judged(self) -> None:
        assert clear_print(document((rectangle(0, 0, 90, 90, stroke=(0.9, 0.9, 0.9)),))) == ()

    @given(COLOURS, COLOURS)
    def test_contrast_is_the_same_both_ways_and_from_1_to_21(self, first: RGB, second: RGB) -> None:
        ratio = contrast_ratio(first, second)
        assert ratio == contrast_ratio(second, first)
        assert 1.0 <= ratio <= 21.000001
        assert contrast_ratio(first, first) == 1.0

    @given(st.floats(0, 400), st.floats(0, 400))
    def test_a_disc_is_round(self, x: float, y: float) -> None:
        distance = ((x - 200) ** 2 + (y - 200) ** 2) ** 0.5
        ground = ground_at((disc(200, 200, 100, BLACK),), x, y)
        if abs(distance - 100) > 2:
            assert ground == (BLACK if distance < 100 else PAPER)


class TestMargins:
    def test_the_binding_side_changes_where_margins_are_mirrored(self) -> None:
        odd, even = (run("tekst", x=60.0),), (run("tekst", x=40.0),)
        assert measure("binding margin", odd, even).figure == pytest.approx(40 / MM, abs=0.1)
        assert measure("binding margin", odd, even, mirrored=True).figure == pytest.approx(60 / MM, abs=0.1)

    def test_footers_stand_in_the_margin(self) -> None:
        page = (run("tekst", y=400.0), run("voet", y=835.0, node=-3))
        assert measure("bottom margin", page).passes

    def test_a_space_at_the_end_is_not_in_the_margin(self) -> None:
        assert measure("outer margin", (run("tekst "),)) == measure("outer margin", (run("tekst"),))
