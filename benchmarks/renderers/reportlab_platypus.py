"""ReportLab with Platypus, its layout engine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, singledispatch
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as Set
from reportlab.platypus import Table as Grid

from benchmarks.content import (
    RGB,
    Block,
    Cell,
    Content,
    Heading,
    Items,
    Lines,
    Measures,
    Paragraph,
    Path,
    Picture,
    Pictures,
    Table,
    rows_of,
)
from benchmarks.renderers import BOLD, REGULAR

_M = Measures()
_ROOM = 18.0


def render(content: Content) -> bytes:
    """Return the content as a PDF."""
    _register()
    data = io.BytesIO()
    width, height = content.paper
    document = BaseDocTemplate(data, pagesize=content.paper, title=content.title, lang=content.language)
    frame = Frame(
        _M.margin,
        _M.margin,
        width - 2 * _M.margin,
        height - 2 * _M.margin,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def foot(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Body", _M.cell)
        canvas.drawString(_M.margin, _ROOM, f"{content.label}  {content.ident}")
        canvas.drawRightString(width - _M.margin, _ROOM, str(template.page))

    document.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
    document.build(list(_story(content)))
    return data.getvalue()


@cache
def _register() -> None:
    pdfmetrics.registerFont(TTFont("Body", str(REGULAR)))
    pdfmetrics.registerFont(TTFont("Body-Bold", str(BOLD)))
    pdfmetrics.registerFontFamily(
        "Body", normal="Body", bold="Body-Bold", italic="Body", boldItalic="Body-Bold"
    )


@cache
def _style(size: float, *, bold: bool = False) -> ParagraphStyle:
    name = "Body-Bold" if bold else "Body"
    measures = {"fontSize": size, "leading": size * 1.25, "spaceAfter": _M.gap}
    return ParagraphStyle(f"{name}-{size}", fontName=name, **measures)


def _story(content: Content) -> Iterator[Flowable]:
    width = content.paper[0] - 2 * _M.margin
    for number, page in enumerate(content.pages):
        if number:
            yield PageBreak()
        for block in page:
            yield from _flowables(block, width)


@singledispatch
def _flowables(block: Block, width: float) -> Iterator[Flowable]:
    raise TypeError(block)


@_flowables.register
def _(block: Heading, width: float) -> Iterator[Flowable]:
    yield Set(escape(block.text), _style(_M.headings[block.level - 1], bold=True))


@_flowables.register
def _(block: Paragraph, width: float) -> Iterator[Flowable]:
    yield Set(escape(block.text), _style(_M.body, bold=block.is_bold))


@_flowables.register
def _(block: Items, width: float) -> Iterator[Flowable]:
    kind = "1" if block.is_numbered else "bullet"
    start = None if block.is_numbered else "–"
    items = [ListItem(Set(escape(text), _style(_M.body))) for text in block.texts]
    yield ListFlowable(
        items, bulletType=kind, start=start, bulletFontName="Body", bulletFontSize=_M.body, leftIndent=16
    )


@_flowables.register
def _(block: Table, width: float) -> Iterator[Flowable]:
    grid = [[_cell(cell, bold=not index) for cell in row] for index, row in enumerate(block.rows)]
    first = width * _M.first_column
    rest = (width - first) / max(len(grid[0]) - 1, 1)
    lines = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.6, HexColor("#8899aa")),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e8eef4")),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    yield Grid(grid, colWidths=[first, *[rest] * (len(grid[0]) - 1)], style=lines, spaceAfter=_M.gap * 2)


def _cell(cell: Cell, *, bold: bool) -> Flowable | list[Flowable]:
    if cell.boxes:
        return [Box() for _ in range(cell.boxes)]
    return Set(escape(cell.text), _style(_M.cell, bold=bold))


@_flowables.register
def _(block: Pictures, width: float) -> Iterator[Flowable]:
    for row in rows_of(block, width, _M):
        yield Drawn(row)
        yield Spacer(1, _M.gap)


@_flowables.register
def _(block: Lines, width: float) -> Iterator[Flowable]:
    for _ in range(block.count):
        yield Rule(width)


class Box(Flowable):  # type: ignore[misc]
    """A box to tick."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        return _M.box, _M.box

    def draw(self) -> None:
        """Draw the outline."""
        self.canv.setStrokeColor(black)
        self.canv.setLineWidth(0.8)
        self.canv.roundRect(0, 0, _M.box, _M.box, 1)


class Rule(Flowable):  # type: ignore[misc]
    """A line to write on."""

    def __init__(self, wide: float) -> None:
        super().__init__()
        self._wide = wide

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        return self._wide, _M.line

    def draw(self) -> None:
        """Draw the line."""
        self.canv.setLineWidth(0.75)
        self.canv.line(0, 1, self._wide, 1)


class Drawn(Flowable):  # type: ignore[misc]
    """Drawings in a row."""

    def __init__(self, pictures: list[Picture]) -> None:
        super().__init__()
        self._pictures = pictures

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of the row."""
        return width, max(picture.size[1] for picture in self._pictures) * _M.pictures

    def draw(self) -> None:
        """Draw all of them."""
        canvas = self.canv
        for picture in self._pictures:
            wide, high = (length * _M.pictures for length in picture.size)
            canvas.saveState()
            canvas.translate(0, high)
            canvas.scale(wide / picture.units[0], -high / picture.units[1])
            for path in picture.paths:
                _draw(canvas, path)
            canvas.restoreState()
            canvas.translate(wide + _M.gap, 0)


def _draw(canvas: Canvas, path: Path) -> None:
    drawn = canvas.beginPath()
    steps = {"M": drawn.moveTo, "L": drawn.lineTo, "C": drawn.curveTo, "Z": drawn.close}
    for kind, *points in path.segments:
        steps[str(kind)](*points)
    if path.fill:
        canvas.setFillColor(_colour(path.fill))
    if path.stroke:
        canvas.setStrokeColor(_colour(path.stroke))
        canvas.setLineWidth(path.width)
    canvas.drawPath(drawn, stroke=int(path.stroke is not None), fill=int(path.fill is not None))


@cache
def _colour(colour: RGB) -> Color:
    return Color(*colour)
