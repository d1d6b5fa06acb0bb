"""Small charts, drawn by ReportLab's graphics and given back as paths and words, to be set like all else.

Nothing of them is a picture: paths become shapes of a page, and words are set in the fonts of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.lineplots import LinePlot
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, PolyLine, Rect, String, UserNode, mmult
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import Color, white

from pdfgen.content.pictures.drawing import RGB
from pdfgen.typesetting.document import DECORATION, Shape

Anchor: TypeAlias = Literal["start", "middle", "end"]
"""Which end of a word stands at its point."""

CHART_LEFT = 24.0
"""Room for the numbers beside a chart, in points."""
BELOW = 6.0
"""How far above its lower edge the numbers below a chart stand."""
#: Room below and above it, and the thickness of lines.
_LOW, _TOP, _THIN = 18.0, 14.0, 0.6
_LEVEL = Color(0.75, 0.75, 0.75)
_INK = Color(0.1, 0.1, 0.1)
#: Ends of words as ReportLab names them.
_ANCHORS: dict[str, Anchor] = {"middle": "middle", "end": "end"}
#: A circle as four curves: how far their handles reach.
_ROUND = 0.5523


class Label(NamedTuple):
    """A word of a chart: its text, the point that it stands at, and which end of it is there."""

    text: str
    x: float
    y: float
    anchor: Anchor


class Chart(NamedTuple):
    """A chart in points from its upper left corner; shapes are decoration until they get a node."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]


def bars(
    names: Sequence[str], counts: Sequence[tuple[int, int]], size: tuple[float, float], colour: RGB
) -> Chart:
    """Return bars of what was done, each in a frame of what was planned.

    Args:
        names: below the bars.
        counts: done and planned of each.
        size: width and height in points.
        colour: of what was done.
    """
    chart = VerticalBarChart()
    _place(chart, size)
    chart.data = [[done for done, _ in counts], [planned - done for done, planned in counts]]
    chart.categoryAxis.style = "stacked"
    chart.categoryAxis.categoryNames = list(names)
    chart.categoryAxis.visibleTicks = False
    chart.categoryAxis.visibleLabels = False
    chart.groupSpacing = 8
    for index, fill in enumerate((Color(*colour), white)):
        chart.bars[index].fillColor = fill
        chart.bars[index].strokeColor = _INK
        chart.bars[index].strokeWidth = _THIN
    most = max((planned for _, planned in counts), default=0)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if most <= 5 * step or step == 100)
    _scale(chart.valueAxis, 0, max(step, -(-most // step) * step), step)
    return _with_names(_drawn(chart, size), names)


def dots(
    weeks: int, runs: Sequence[Sequence[tuple[float, int]]], size: tuple[float, float], colour: RGB
) -> Chart:
    """Return dots for values from 0 to 10, joined where no day between is missing.

    Args:
        weeks: on the axis below.
        runs: of days that follow each other: weeks since the beginning, and the value.
        size: width and height in points.
        colour: of dots and lines.
    """
    chart = LinePlot()
    _place(chart, size)
    chart.data = [list(run) for run in runs] or [[(-1.0, -1)]]
    for index in range(len(chart.data)):
        chart.lines[index].strokeColor = Color(*colour)
        chart.lines[index].strokeWidth = 1.5
        chart.lines[index].symbol = makeMarker("Circle", size=5, fillColor=Color(*colour), strokeColor=white)
    _scale(chart.yValueAxis, 0, 10, 2)
    chart.xValueAxis.valueMin, chart.xValueAxis.valueMax, chart.xValueAxis.valueStep = 0, weeks, 1
    chart.xValueAxis.visibleLabels = False
    return _with_names(_drawn(chart, size), [str(week + 1) for week in range(weeks)])


def _with_names(chart: Chart, names: Sequence[str]) -> Chart:
    """Return a chart with names below, in equal parts of its width."""
    wide = (chart.width - CHART_LEFT) / len(names)
    below = tuple(
        Label(name, CHART_LEFT + (index + 0.5) * wide, chart.height - BELOW, "middle")
        for index, name in enumerate(names)
    )
    return chart._replace(labels=(*chart.labels, *below))


def _place(chart: Any, size: tuple[float, float]) -> None:
    chart.x, chart.y = CHART_LEFT, _LOW
    chart.width, chart.height = size[0] - CHART_LEFT, size[1] - _LOW - _TOP


def _scale(axis: Any, least: int, most: int, step: int) -> None:
    axis.valueMin, axis.valueMax, axis.valueStep = least, most, step
    axis.labelTextFormat = "%d"
    axis.visibleGrid = True
    axis.gridStrokeColor = _LEVEL
    axis.gridStrokeWidth = _THIN
    axis.visibleTicks = False


def _drawn(chart: Any, size: tuple[float, float]) -> Chart:
    drawing = Drawing(*size)
    drawing.add(chart)
    shapes: list[Shape] = []
    labels: list[Label] = []
    for leaf, matrix in _leaves(drawing, (1, 0, 0, 1, 0, 0)):
        to_page = _to_page(matrix, size[1])
        if isinstance(leaf, String):
            x, y = to_page(leaf.x, leaf.y)
            labels.append(Label(leaf.text, x, y, _ANCHORS.get(leaf.textAnchor, "start")))
        elif segments := tuple(_segments(leaf, to_page)):
            shapes.append(_shape(leaf, segments))
    return Chart(*size, tuple(shapes), tuple(labels))


def _leaves(node: Any, matrix: tuple[float, ...]) -> Iterator[tuple[Any, tuple[float, ...]]]:
    """Yield what is drawn, in order, each with the matrix that places it."""
    if isinstance(node, UserNode):
        node = node.provideNode()
    if isinstance(node, Drawing | Group):
        matrix = mmult(matrix, node.transform)
        for child in node.contents:
            yield from _leaves(child, matrix)
    else:
        yield node, matrix


def _to_page(matrix: tuple[float, ...], height: float) -> Any:
    """Return the function from places in a drawing, upwards, to those in the chart, downwards."""
    a, b, c, d, e, f = matrix

    def place(x: float, y: float) -> tuple[float, float]:
        return round(a * x + c * y + e, 2), round(height - (b * x + d * y + f), 2)

    return place


def _segments(leaf: Any, place: Any) -> Iterator[tuple[str | float, ...]]:
    """Yield the segments of a path."""
    if isinstance(leaf, Line):
        yield "M", *place(leaf.x1, leaf.y1)
        yield "L", *place(leaf.x2, leaf.y2)
    elif isinstance(leaf, Rect):
        right, top = leaf.x + leaf.width, leaf.y + leaf.height
        yield "M", *place(leaf.x, leaf.y)
        for corner in ((right, leaf.y), (right, top), (leaf.x, top)):
            yield "L", *place(*corner)
        yield ("Z",)
    elif isinstance(leaf, PolyLine):
        for index, start in enumerate(range(0, len(leaf.points), 2)):
            yield "L" if index else "M", *place(*leaf.points[start : start + 2])
    elif isinstance(leaf, Circle):
        x, y, r, h = leaf.cx, leaf.cy, leaf.r, leaf.r * _ROUND
        yield "M", *place(x + r, y)
        for one, two, end in (
            ((x + r, y + h), (x + h, y + r), (x, y + r)),
            ((x - h, y + r), (x - r, y + h), (x - r, y)),
            ((x - r, y - h), (x - h, y - r), (x, y - r)),
            ((x + h, y - r), (x + r, y - h), (x + r, y)),
        ):
            yield "C", *place(*one), *place(*two), *place(*end)
        yield ("Z",)


def _shape(leaf: Any, segments: tuple[tuple[str | float, ...], ...]) -> Shape:
    stroke = _colour(getattr(leaf, "strokeColor", None)) if getattr(leaf, "strokeWidth", 0) else None
    fill = None if isinstance(leaf, Line | PolyLine) else _colour(getattr(leaf, "fillColor", None))
    return Shape(
        segments, DECORATION, fill=fill, stroke=stroke, width=float(getattr(leaf, "strokeWidth", 0) or 0)
    )


def _colour(colour: Any) -> RGB | None:
    return None if colour is None else (float(colour.red), float(colour.green), float(colour.blue))
