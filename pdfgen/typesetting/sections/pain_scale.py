"""The pain scale: a wedge from 0 to 10 with the clinic's limits, a bracket and a symbol under each range."""

from __future__ import annotations

from pdfgen.content.pictures.drawing import BLACK, RGB
from pdfgen.planning.fixed_parts import PAIN_MAX, PAIN_MIN
from pdfgen.planning.plan import Light
from pdfgen.typesetting.blocks import Block, Drawn, Frame
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Placed, Shape
from pdfgen.typesetting.look import AMBER, GREEN, INK, RED
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle

RANGE_ICONS = ("tick", "warning", "stop")
"""The symbol of each range; together with the words they carry what colour cannot."""

SIGNALS: tuple[RGB, RGB, RGB] = (GREEN, AMBER, RED)
"""The colour of each range."""

#: The same without colours: far enough apart for a copier. A line parts them where it makes them one.
_GREYS: tuple[RGB, RGB, RGB] = ((1.0, 1.0, 1.0), (0.78, 0.78, 0.78), (0.36, 0.36, 0.36))

#: Points: height of the wedge at its ends, strokes from the wedge to its numbers, the size of numbers.
_LOW, _HIGH = 6.0, 36.0
_TICK = 5.0
_NUMBER = 16.0

#: Points: a bracket's ends, the white between two of them, and the symbol below.
_BRACKET, _APART, _ICON = 5.0, 8.0, 18.0
_PEN = 1.2

#: Points: the colour beside the words about a range, and the line around both.
_EDGE, _LINE = 7.0, 0.75


def zone(light: Light, width: float) -> tuple[float, float]:
    """Return where a range starts and ends on a scale of `width` points; every number has an equal cell."""
    cell = width / (PAIN_MAX - PAIN_MIN + 1)
    return (light.low - PAIN_MIN) * cell, (light.high + 1 - PAIN_MIN) * cell


def pain_scale(c: Composer) -> Block:
    """Return the scale as one figure; its alternative text names the three ranges."""
    lights = c.plan.safety.lights
    size = max(_NUMBER, c.look.body.size)
    style = TextStyle(size, size * 1.25, bold=True, colour=INK, align="centre")
    numbers = [c.text(str(number), style) for number in range(PAIN_MIN, PAIN_MAX + 1)]
    ends = (c.text(c.strings.no_pain, c.look.label), c.text(c.strings.worst_pain, c.look.label))
    above = c.look.label.leading + 2
    below = _TICK + style.leading + 3

    def draw(canvas: Canvas, x: float, y: float, width: float, node: int) -> None:
        base = y + above + _HIGH
        _name_ends(canvas, ends, x, base, width, node)
        for light, colour in zip(lights, signals(c), strict=True):
            canvas.add(_range(light, colour, x, base, width, node))
        cell = width / len(numbers)
        for number, text in enumerate(numbers):
            middle = x + (number + 0.5) * cell
            canvas.add(_line(node, (middle, base), (middle, base + _TICK)))
            text.place(canvas, x + number * cell, base + _TICK, cell, node)
        for light, icon in zip(lights, RANGE_ICONS, strict=True):
            left, right = zone(light, width)
            canvas.add(_bracket(x + left, x + right, base + below, node))
            middle = x + (left + right - _ICON) / 2
            top = base + below + _BRACKET + 4
            canvas.add(Placed(c.icons[icon], middle, top, _ICON, _ICON, node))

    return Drawn(above + _HIGH + below + _BRACKET + 4 + _ICON, draw, _alternative(c))


def signals(c: Composer) -> tuple[RGB, RGB, RGB]:
    """Return the colours of the three ranges, or their greys where the paper has no colours."""
    return _GREYS if c.layout.print.ink == "grey" else SIGNALS


def in_colour(c: Composer, words: Block, number: int, padding: float) -> Frame:
    """Return words about a range (from 0) beside its colour, framed so that its end is seen in white too."""
    colour = signals(c)[number]
    white = (padding,) * 4
    return Frame(words, white, stroke=INK, line=_LINE, edge=_EDGE, edge_colour=colour, role="Div")


def _alternative(c: Composer) -> str:
    green, amber, red = c.plan.safety.lights
    return c.fill(
        c.strings.scale_alt, green_max=green.high, amber_min=amber.low, amber_max=amber.high, red_min=red.low
    )


def _name_ends(
    canvas: Canvas, ends: tuple[Text, Text], x: float, base: float, width: float, node: int
) -> None:
    """Say above both ends what they are: the words for no pain lie on the wedge where it is thin."""
    least, worst = ends
    room = least.natural_width + 1
    least.place(canvas, x, base - _rise(room / width) - least.style.leading - 3, room, node)
    top = base - _HIGH - worst.style.leading - 2
    worst.place(canvas, x + width - worst.natural_width, top, worst.natural_width + 1, node)


def _rise(share: float) -> float:
    """Return the height of the wedge at a share of its width."""
    return _LOW + (_HIGH - _LOW) * share


def _range(light: Light, colour: RGB, x: float, base: float, width: float, node: int) -> Shape:
    left, right = zone(light, width)
    segments = (
        ("M", x + left, base),
        ("L", x + left, base - _rise(left / width)),
        ("L", x + right, base - _rise(right / width)),
        ("L", x + right, base),
        ("Z",),
    )
    return Shape(segments, node, fill=colour, stroke=BLACK, width=_PEN)


def _bracket(left: float, right: float, top: float, node: int) -> Shape:
    left, right, bottom = left + _APART / 2, right - _APART / 2, top + _BRACKET
    return _line(node, (left, top), (left, bottom), (right, bottom), (right, top))


def _line(node: int, start: tuple[float, float], *others: tuple[float, float]) -> Shape:
    """Return a line through some points."""
    return Shape((("M", *start), *(("L", *point) for point in others)), node, stroke=BLACK, width=_PEN)
