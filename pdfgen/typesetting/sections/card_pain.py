"""A side of a card for pain: a number after each session, in a box for each day of each week."""

from __future__ import annotations

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import whole_week
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, extent
from pdfgen.typesetting.look import INK, LINE, TINT
from pdfgen.typesetting.sections.day_boxes import Boxes, DayBox, box_sizes
from pdfgen.typesetting.tables import Cell, Table

#: White at the left and right, and above and below, in each cell, in points.
_PADDING = (1.6, 1.0)
#: What figures of other dates may take more, in points.
_SLACK = 4.0


def pain(c: Composer) -> list[Flowed]:
    """Return what is asked and a box for each session, as large as the side holds; nothing without room."""
    gap, strings = c.look.gap, c.strings
    title = Paragraph(c.text(strings.pain_after, c.look.h2._replace(colour=INK)), "H2")
    zones = " ".join(f"{light.title}.".replace(" ", NO_BREAK) for light in c.plan.safety.lights)
    head = [
        Flowed(title, keep=True),
        Flowed(c.paragraph(strings.pain_number_hint, c.look.cell_bold), before=gap * 0.5, keep=True),
        Flowed(c.paragraph(zones, c.look.cell), before=gap * 0.5, keep=True),
    ]
    for boxes in box_sizes(c.layout.exercise_weeks):
        if _needed(c, boxes) > c.look.width:
            continue
        side = [*head, Flowed(_table(c, boxes), before=gap)]
        if extent(side, c.look.width, at_top=True) <= c.look.height:
            return side
    return []


def _days(c: Composer) -> list[Weekday]:
    """Return the days with exercises in any week, in the order of the week."""
    busy = {session.day for week in c.plan.weeks for session in week.sessions}
    return [day for day in c.plan.weeks[0].days if day in busy]


def _date_width(c: Composer) -> float:
    """Return the width of the column of the weeks, whenever the program begins."""
    if not c.plan.start:
        last = f"{c.strings.week}{NO_BREAK}{len(c.plan.weeks)}"
        return c.text(last, c.look.cell_bold).natural_width + _SLACK
    return c.widest_dates[whole_week(1)] + _SLACK


def _needed(c: Composer, boxes: Boxes) -> float:
    return _date_width(c) + 2 * _PADDING[0] + boxes.pitch * len(_days(c))


def _table(c: Composer, boxes: Boxes) -> Table:
    days, centred = _days(c), c.look.cell._replace(align="centre")
    names = (Cell(c.bare(c.language.day_short[day], centred), "Column") for day in days)
    rows = [(Cell(c.bare(c.strings.week), "Column"), *names)]
    for week in c.plan.weeks:
        if week.sessions:
            asked = {session.day for session in week.sessions}
            found = (Cell(_box(c, week, day, boxes) if day in asked else Stack(())) for day in days)
            rows.append((Cell(_named(c, week), "Row"), *found))
    widths = (_date_width(c) + 2 * _PADDING[0], *(1.0 for _ in days))
    return Table(tuple(rows), widths, _PADDING, rule=LINE, tint=TINT, line=0.5)


def _named(c: Composer, week: Week) -> Block:
    """Return the dates of a week above its number; without dates, its number."""
    number = f"{c.strings.week}{NO_BREAK}{week.number}"
    if not c.plan.start:
        return c.bare(number, c.look.cell_bold)
    dates = c.bare([c.dated(whole_week(week.number))], c.look.cell_bold)
    return Stack((dates, c.bare(number.lower(), c.look.label)))


def _box(c: Composer, week: Week, day: Weekday, boxes: Boxes) -> Block:
    words = c.fill(c.strings.day_box, week=week.number, day=c.language.day_names[day])
    white = max(0.0, boxes.apart / 2 - _PADDING[1])
    box = DayBox(f"pain.w{week.number}.{day}", f"{c.strings.pain_after} {words}", boxes.size, is_field=False)
    return Frame(box, (white, 0.0, white, 0.0))
