"""What is composed again from pieces is what is composed anew, whatever was composed before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import examples

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.errors import FitError, Problem
from pdfgen.pdf.logical_text import differences, expected_text
from pdfgen.pdf.reader import read
from pdfgen.pdf.writer import write
from pdfgen.production.assets import load_family
from pdfgen.production.inputs import Job, Stock
from pdfgen.production.program import Press, prepare
from pdfgen.typesetting.blocks import Bare, Block, Paragraph, Stack
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import Document
from pdfgen.typesetting.memo import Kept, record
from pdfgen.typesetting.pieces import BOUNDARY, Part
from pdfgen.typesetting.text import Span, Text, TextStyle

Data = Mapping[str, Any]


@cache
def shared() -> Stock:
    """One stock for all examples, as in a batch."""
    return Stock()


STYLE = TextStyle(12.0, 16.0)

PRESCRIPTIONS = st.fixed_dictionaries(
    {
        "program": st.sampled_from(["short-four", "full-seven"]),
        "weeks": st.integers(4, 6),
        "language": st.sampled_from(["nl", "en"]),
        "layout": st.sampled_from(["standard", "standard", "tracker", "cards", "large-print"]),
    },
    optional={
        "start": st.sampled_from(["2026-03-02", "2026-03-09", "2026-06-27"]),
        "side": st.sampled_from(["left", "right"]),
        "goal": st.sampled_from(["Weer fietsen.", "Traplopen met Đặng."]),
        "if_then": st.just("Na het ontbijt."),
        "days": st.sampled_from([["mon", "wed", "fri"], ["tue", "sat"]]),
        "ink": st.just("grey"),
        "patient": st.sampled_from([{"label": "Jan"}, {"label": "Ирина"}]),
        "notes": st.sampled_from([{"bridge": "Langzaam."}, {"bridge": "Медленно."}]),
    },
)


def press(data: Data, stock: Stock) -> Press:
    return prepare(Job(parse_yaml(json.dumps(data), "patient.yaml")), stock)


def document(data: Data, stock: Stock) -> Document:
    return press(data, stock).document()


def composed(order: Press) -> Document | tuple[Problem, ...]:
    """The document, or what does not fit."""
    try:
        return order.document()
    except FitError as error:
        return error.problems


@examples(20)
@given(st.lists(PRESCRIPTIONS, min_size=2, max_size=4))
def test_nothing_depends_on_what_was_composed_before(prescriptions: Sequence[Data]) -> None:
    stock = shared()
    for data in prescriptions:
        order = press(data, stock)
        made, anew = composed(order), composed(replace(order, stock=Stock()))
        if isinstance(made, tuple) or isinstance(anew, tuple):
            assert made == anew
            continue
        assert made.nodes == anew.nodes
        assert [page.items for page in made.pages] == [page.items for page in anew.pages]
        assert made.bookmarks == anew.bookmarks
        assert write(made) == write(anew)


@examples(10)
@given(PRESCRIPTIONS)
def test_pieces_are_read_back_as_they_were_set(data: Data) -> None:
    made = composed(press(data, shared()))
    if isinstance(made, tuple):
        return
    assert not differences(expected_text(made), read(write(made)).elements)


def test_sections_are_composed_once() -> None:
    stock = Stock()
    first, second = (
        document({"program": "short-four", "weeks": 2, "start": start, "patient": {"label": label}}, stock)
        for start, label in (("2026-03-02", "Jan"), ("2026-04-07", "Piet"))
    )
    shared = {id(part.piece) for page in first.pages for part in page.parts if isinstance(part, Part)}
    pieces = [part.piece for page in second.pages for part in page.parts if isinstance(part, Part)]
    assert sum(id(piece) in shared for piece in pieces) > len(pieces) / 3


def test_pieces_hold_nothing_personal() -> None:
    label = "Jan Uniek"
    made = document({"program": "full-seven", "weeks": 4, "patient": {"label": label}}, Stock())
    parts = [part for page in made.pages for part in page.parts if isinstance(part, Part)]
    for part in parts:
        assert not any(getattr(item, "personal", False) for item in part.items)
    text = " ".join(
        glyph.text for part in parts for item in part.items for glyph in getattr(item, "glyphs", ())
    )
    assert made.ident not in text.replace(" ", "")
    assert "Uniek" not in text.replace(" ", "")


def words(content: str | Sequence[Span]) -> Text:
    spans = [Span(content)] if isinstance(content, str) else list(content)
    return Text(tuple(spans), STYLE, load_family(), "test")


@pytest.mark.parametrize(
    "block",
    [
        Bare(words("belongs to what stands around it")),
        Paragraph(words([Span("a "), Span("link", link="https://example.org")])),
        Paragraph(words([Span("Jan", slot="{label}")])),
    ],
)
def test_what_belongs_to_one_document_is_no_piece(block: Block) -> None:
    assert record(500, 700, lambda canvas, outer: block.place(canvas, 10, 10, 300, outer)) is None
    canvas = Canvas(500, 700)
    canvas.new_page()
    Kept(block).place(canvas, 10, 10, 300, canvas.node("P", canvas.root))
    assert all(part.piece is BOUNDARY for part in canvas.pages()[0].parts if isinstance(part, Part))
    assert canvas.pages()[0].items


def test_a_kept_block_is_set_once_for_each_place() -> None:
    class Counted(Paragraph):
        def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
            counted.append((x, y))
            super().place(canvas, x, y, width, parent)

    counted: list[tuple[float, float]] = []
    block = Kept(Stack((Counted(words("one")), Paragraph(words("two"), "H2", bookmark=0))))
    canvas = Canvas(500, 700)
    for y in (10.0, 10.0, 10.0, 20.0):
        canvas.new_page()
        block.place(canvas, 5.0, y, 300.0, canvas.root)
    # Once as it is, once to be kept, and at another place.
    assert counted == [(5.0, 10.0), (5.0, 10.0), (5.0, 20.0)]
    assert [(node.id, node.parent, node.role) for node in canvas.nodes[1:]] == [
        (number, 0, role) for number, role in enumerate(("P", "H2") * 4, 1)
    ]
    assert [bookmark.page for bookmark in canvas.bookmarks] == [0, 1, 2, 3]
    assert [item.node for page in canvas.pages() for item in page.items] == [1, 2, 3, 4, 5, 6, 7, 8]
