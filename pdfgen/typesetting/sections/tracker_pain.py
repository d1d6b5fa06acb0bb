"""Pain on a week sheet: eleven boxes for each planned day, the zones of the traffic light above them.

On a page that is too narrow for eleven boxes, each day has one box in which the number is written. Lengths
are in millimetres unless a name or a comment says points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.planning.dates import day_number
from pdfgen.planning.fixed_parts import PAIN_MIN
from pdfgen.planning.plan import Light, Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import rectangle
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import DECORATION, Placed
from pdfgen.typesetting.look import MM, WHITE
from pdfgen.typesetting.sections.pain_scale import RANGE_ICONS
from pdfgen.typesetting.sections.sheet_pen import SheetPen
from pdfgen.typesetting.sections.tracker_shape import up
from pdfgen.typesetting.sections.tracker_zones import BAND, PAD, draw_zone, zone_style
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import PAIN_BOX, PAIN_PITCH, PAIN_VALUES, Across, pain_middle
from pdfgen.typesetting.twins import widest

#: White below each part, and between the numbers and the boxes.
_BELOW, _OVER = 1.5, 0.7
#: Least room for the name of a day.
_LEAST_LABEL = 11.0
#: Most lines of the name of a zone; where one takes more, all zones have their pictogram, and their names
#: stand in a line above.
_MOST_LINES = 3


class PainTable(NamedTuple):
    """The parts of the table from top to bottom, each with its height."""

    title: float
    named: bool
    zones: float
    numbers: float
    pitch: float
    days: int

    @property
    def first(self) -> float:
        """From the top of the table to the middle of the first row."""
        return self.title + self.zones + self.numbers + self.pitch / 2

    @property
    def height(self) -> float:
        """Height of all of it, in whole steps."""
        return up(self.first + self.pitch * (self.days - 0.5))


def has_room(edges: Across) -> bool:
    """Whether a sheet is wide enough for eleven boxes beside the name of a day."""
    return edges.right - edges.left >= _LEAST_LABEL + (PAIN_VALUES - 1) * PAIN_PITCH + PAIN_BOX


def pain_table(c: Composer, edges: Across, days: int) -> PainTable:
    """Return the table for so many days, with room for the words of both copies."""
    width = (edges.right - edges.left) * MM
    named = not widest(c, lambda copy: float(not _names_fit(copy)))
    title = widest(c, lambda copy: _title(copy, width).height(width)) / MM
    if named:
        zones = widest(c, lambda copy: max(_heights(copy)) / MM) + 2 * PAD + BAND
    else:
        title += widest(c, lambda copy: _legend(copy).height(width)) / MM
        zones = _icon(c) / MM + 2 * PAD + BAND
    stacked = widest(c, _label_width) > _label_room(edges) * MM
    pitch = max(PAIN_PITCH, up(2 * _day_style(c).leading / MM + _BELOW)) if stacked else PAIN_PITCH
    numbers = c.look.cell_bold.leading / MM + _OVER
    title, zones = title + _BELOW, zones
    first = title + zones + numbers
    # The middle of the first row is on a step.
    numbers += up(first + pitch / 2) - (first + pitch / 2)
    return PainTable(title, named, zones, numbers, pitch, days)


def _label_room(edges: Across) -> float:
    return pain_middle(0, edges) - PAIN_BOX / 2 - edges.left - 1.0


def _day_style(c: Composer) -> TextStyle:
    """Return the style of a day, whose date may stand right below it."""
    return c.look.cell_bold._replace(leading=c.look.cell_bold.size * 1.05)


def _label_width(c: Composer) -> float:
    names = [f"{c.language.day_short[day]}{NO_BREAK}28" for day in c.plan.weeks[0].days]
    return max(c.text(name, c.look.cell_bold).natural_width for name in names)


def _title(c: Composer, width: float) -> Text:
    """Return the question, with what to do where that takes no line more; `width` in points."""
    question = Span(c.strings.pain_after, bold=True, colour=c.look.accent)
    whole = c.text([question, Span(f" {c.strings.pain_hint}")], c.look.cell)
    return whole if whole.natural_width <= width else c.text([question], c.look.cell)


def _legend(c: Composer) -> Text:
    return c.text(". ".join(light.title for light in c.plan.safety.lights) + ".", c.look.cell)


def _icon(c: Composer) -> float:
    return c.look.body.size * 1.3


def _zone_names(c: Composer) -> tuple[str, str, str]:
    return c.strings.zone_green, c.strings.zone_amber, c.strings.zone_red


def zone_width(light: Light) -> float:
    """Return the width of the ground above the boxes of a zone."""
    return (light.high - light.low) * PAIN_PITCH + PAIN_BOX


def _heights(c: Composer) -> list[float]:
    """Return the height of the name of each zone in points."""
    lights = c.plan.safety.lights
    return [
        c.text(name, zone_style(c)).height((zone_width(light) - 2 * PAD) * MM)
        for name, light in zip(_zone_names(c), lights, strict=True)
    ]


def _names_fit(c: Composer) -> bool:
    """Whether every name stands in its zone in few lines, with no word broken."""
    for name, light in zip(_zone_names(c), c.plan.safety.lights, strict=True):
        room = (zone_width(light) - 2 * PAD) * MM
        if any(c.text(word, zone_style(c)).natural_width > room for word in name.split()):
            return False
        if len(c.text(name, zone_style(c)).lines(room)) > _MOST_LINES:
            return False
    return True


def place_pain(
    pen: SheetPen, table: PainTable, week: Week, days: Sequence[int], top: float, parent: int
) -> None:
    """Set the table with its top edge at a height."""
    c, canvas = pen.composer, pen.canvas
    section = canvas.node("Sect", parent)
    title = _title(c, pen.width)
    title.place(canvas, pen.left, top * MM, pen.width, canvas.node("H2", section))
    if not table.named:
        y = top * MM + title.height(pen.width)
        _legend(c).place(canvas, pen.left, y, pen.width, canvas.node("P", section))
    y = top + table.title
    _place_zones(pen, table, y, section)
    element = canvas.node("Table", section)
    head = canvas.node("TR", canvas.node("THead", element))
    canvas.node("TD", head)
    style = c.look.cell_bold
    under = (y + table.zones + table.numbers - _OVER) * MM - style.leading
    for value in range(PAIN_VALUES):
        x = pain_middle(value, pen.edges) * MM
        pen.centred(str(value), style, x, under, canvas.node("TH", head, scope="Column"))
    body = canvas.node("TBody", element)
    for index, day in enumerate(days):
        middle = top + table.first + index * table.pitch
        row = canvas.node("TR", body)
        _place_day(pen, week, day, middle, canvas.node("TH", row, scope="Row"))
        for value in range(PAIN_VALUES):
            pen.box(f"pain.d{day}.{value}", canvas.node("TD", row))


def _place_zones(pen: SheetPen, table: PainTable, top: float, section: int) -> None:
    c, canvas = pen.composer, pen.canvas
    parts = zip(c.plan.safety.lights, _zone_names(c), RANGE_ICONS, strict=True)
    node = canvas.node("P", section) if table.named else DECORATION
    for number, (light, name, icon) in enumerate(parts):
        wide = zone_width(light)
        start = pain_middle(light.low - PAIN_MIN, pen.edges) - PAIN_BOX / 2
        x, y, width, height = (length * MM for length in (start, top, wide, table.zones))
        draw_zone(canvas, number, x, y, width, height)
        if table.named:
            text = c.text(name + " ", zone_style(c, number))
            free = (height - BAND * MM - text.height(width - 2 * PAD * MM)) / 2
            text.place(canvas, x + PAD * MM, y + free, width - 2 * PAD * MM, node)
            continue
        size = _icon(c)
        left = x + (width - size) / 2
        canvas.add(rectangle(left, y + PAD * MM, size, size, fill=WHITE))
        canvas.add(Placed(c.icons[icon], left, y + PAD * MM, size, size, DECORATION))


def _place_day(pen: SheetPen, week: Week, day: int, middle: float, node: int) -> None:
    """Set the name of a day with its date, below each other where they have no room on one line."""
    c, style = pen.composer, _day_style(pen.composer)
    name = c.language.day_short[week.days[day - 1]]
    y = middle * MM
    if not c.plan.start or not week.number:
        pen.words(name, style, pen.left, y - style.leading / 2, node)
        return
    date = [c.dated(day_number(week.number, day - 1))]
    room = _label_room(pen.edges) * MM
    if widest(c, _label_width) > room:
        pen.words(name + NO_BREAK, style, pen.left, y - style.leading, node)
        pen.words(date, style, pen.left, y, node, room)
        return
    pen.words(name + NO_BREAK, style, pen.left, y - style.leading / 2, node)
    used = c.text(name + NO_BREAK, style).natural_width
    pen.words(date, style, pen.left + used, y - style.leading / 2, node, room - used)
