"""Tables and the other blocks: heights that are kept, and the tags of cells."""

from __future__ import annotations

import pytest
from geometry import Box, box_of, text_of
from hypothesis import given
from hypothesis import strategies as st

from pdfgen.production.assets import load_family
from pdfgen.typesetting.blocks import (
    Bare,
    Block,
    Bullets,
    Columns,
    Frame,
    Paragraph,
    Stack,
    WritingLine,
    column_widths,
)
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.document import DECORATION, GlyphRun, Shape
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

FAMILY = load_family()
STYLE = TextStyle(12.0, 15.0)
GREY = (0.5, 0.5, 0.5)
WIDTH = 400.0


def text(words: str) -> Text:
    return Text(words, STYLE, FAMILY)


def bare(words: str) -> Bare:
    return Bare(text(words))


def placed(block: Block, width: float = WIDTH) -> Canvas:
    canvas = Canvas(600, 800)
    canvas.new_page()
    block.place(canvas, 50, 100, width, canvas.root)
    return canvas


def roles(canvas: Canvas) -> list[tuple[str, int]]:
    return [(node.role, node.parent) for node in canvas.nodes]


def tree(canvas: Canvas) -> str:
    """The roles with their children in brackets."""

    def of(ident: int) -> str:
        children = "".join(of(node.id) for node in canvas.nodes if node.parent == ident)
        return canvas.nodes[ident].role + (f"[{children}]" if children else "") + " "

    return of(0).replace(" ]", "]").strip()


WORDS = st.text("abcdefgh ", min_size=1, max_size=60).filter(str.strip)
GRIDS = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=6)
)


def table(grid: list[list[str]], **options: object) -> Table:
    rows = tuple(
        tuple(Cell(bare(words), "Column" if not index else "") for words in row)
        for index, row in enumerate(grid)
    )
    return Table(rows, (1.0,) * len(grid[0]), (4.0, 3.0), GREY, **options)  # type: ignore[arg-type]


@given(GRIDS)
def test_cells_stay_in_their_columns_and_the_table_in_its_height(grid: list[list[str]]) -> None:
    made = table(grid)
    canvas = placed(made)
    column = WIDTH / len(grid[0])
    cells = [node for node in canvas.nodes if node.role in ("TH", "TD")]
    for index, cell in enumerate(cells):
        left = 50 + column * (index % len(grid[0]))
        for item in canvas.pages()[0].items:
            if isinstance(item, GlyphRun) and item.node == cell.id:
                assert Box(left + 4, 100, left + column - 4, 100 + made.height(WIDTH)).holds(
                    box_of(item), by=0.7
                )
    lowest = max(box_of(item).bottom for item in canvas.pages()[0].items)
    assert lowest == pytest.approx(100 + made.height(WIDTH), abs=0.7)


@given(GRIDS)
def test_every_word_is_in_its_own_cell_in_reading_order(grid: list[list[str]]) -> None:
    canvas = placed(table(grid))
    cells = [node.id for node in canvas.nodes if node.role in ("TH", "TD")]
    read = [
        "".join(text_of(i) for i in canvas.pages()[0].items if isinstance(i, GlyphRun) and i.node == c)
        for c in cells
    ]
    assert [words.split() for words in read] == [words.split() for row in grid for words in row]


def test_head_and_body_are_tagged() -> None:
    assert tree(placed(table([["a", "b"], ["c", "d"]]))) == (
        "Document[Table[THead[TR[TH TH]] TBody[TR[TD TD]]]]"
    )


def test_a_table_without_head_has_a_body_only() -> None:
    rows = ((Cell(bare("a"), "Row"), Cell(bare("b"))), (Cell(bare("c"), "Row"), Cell(bare("d"))))
    canvas = placed(Table(rows, (100.0, 1.0), (2.0, 2.0), GREY, head=0))
    assert tree(canvas) == "Document[Table[TBody[TR[TH TD] TR[TH TD]]]]"
    assert [node.scope for node in canvas.nodes if node.role == "TH"] == ["Row", "Row"]


def test_a_cell_over_columns_says_so_and_is_as_wide() -> None:
    rows = (
        (Cell(bare("een lange zin die over alles heen staat"), "Row", col_span=3),),
        (Cell(bare("a")),) * 3,
    )
    made = Table(rows, (1.0, 1.0, 1.0), (0.0, 0.0), GREY, head=0)
    canvas = placed(made, 300)
    assert [node.col_span for node in canvas.nodes if node.role in ("TH", "TD")] == [3, 1, 1, 1]
    assert made.height(300) == pytest.approx(2 * STYLE.leading + made.line)


def test_lines_and_grounds_are_decoration() -> None:
    canvas = placed(table([["a"], ["b"]], tint=(0.9, 0.9, 0.9)))
    shapes = [item for item in canvas.pages()[0].items if isinstance(item, Shape)]
    assert shapes
    assert {shape.node for shape in shapes} == {DECORATION}


def test_body_rows_have_a_least_height() -> None:
    low, high = table([["a"], ["b"], ["c"]]), table([["a"], ["b"], ["c"]], row_height=40.0)
    assert high.height(WIDTH) == pytest.approx(low.height(WIDTH) + 2 * (40 - 21))


@given(st.lists(st.one_of(st.floats(0.1, 1.0), st.floats(20, 60)), min_size=1, max_size=6))
def test_widths_fill_what_there_is(widths: list[float]) -> None:
    made = column_widths(widths, 500)
    assert all(wide == given_width for wide, given_width in zip(made, widths, strict=True) if given_width > 1)
    if any(width <= 1 for width in widths):
        assert sum(made) == pytest.approx(500)
        assert all(width > 0 for width in made)


BLOCKS: dict[str, Block] = {
    "paragraph": Paragraph(text("Een korte zin die over twee regels gaat, of over drie."), measure=150),
    "stack": Stack((bare("een"), bare("twee " * 30), bare("drie")), 7.0, "Sect"),
    "columns": Columns((bare("links " * 20), bare("rechts")), (1.0, 120.0), 12.0),
    "frame": Frame(bare("in een kader " * 9), (5, 6, 7, 8), fill=(0.9, 0.9, 0.9), edge=4.0),
    "bullets": Bullets((bare("een " * 40), bare("twee")), (text("–"), text("–")), 16.0, 3.0),
    "line": WritingLine(24.0, GREY, "Mijn doel"),
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("width", [160.0, 260.0, 480.0])
def test_a_block_keeps_to_its_height_and_width(name: str, width: float) -> None:
    block = BLOCKS[name]
    canvas = placed(block, width)
    for item in canvas.pages()[0].items:
        assert Box(50, 100, 50 + width, 100 + block.height(width)).holds(box_of(item), by=0.7)


def test_a_list_is_tagged_with_labels_and_bodies() -> None:
    canvas = placed(BLOCKS["bullets"])
    assert tree(canvas) == "Document[L[LI[Lbl LBody] LI[Lbl LBody]]]"
    assert canvas.nodes[1].numbering == "Disc"


def test_a_line_to_write_on_says_what_it_is_for() -> None:
    canvas = placed(BLOCKS["line"])
    assert [(node.role, node.actual) for node in canvas.nodes[1:]] == [("P", ""), ("Span", "Mijn doel: …")]


def test_under_decoration_everything_is_decoration() -> None:
    canvas = Canvas(600, 800)
    canvas.new_page()
    table([["a"], ["b"]]).place(canvas, 50, 100, WIDTH, DECORATION)
    assert len(canvas.nodes) == 1
    assert {item.node for item in canvas.pages()[0].items} == {DECORATION}
