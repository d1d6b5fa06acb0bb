"""The two tables of a tracker sheet: ticks for each exercise and day, and pain for each day."""

from __future__ import annotations

from pdfgen.planning.plan import PlannedDay, PlannedDose, PlannedExercise, Week
from pdfgen.planning.wording import NO_BREAK, dose_short
from pdfgen.typesetting.blocks import rectangle
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.sheet_pen import SheetPen, check_room
from pdfgen.typesetting.style import TINT
from pdfgen.typesetting.text import Span, TextStyle

#: White at the left of words in a row.
_INDENT = 4.0
#: Length of the line for minutes of walking, and white between two of them at least.
_MINUTES_LINE = 30.0
_MINUTES_GAP = 7.0


def tick_table(pen: SheetPen, week: Week, parent: int) -> None:
    """Set a row an exercise with a box on each planned day, and a row for walking."""
    c, g, canvas = pen.composer, pen.geometry, pen.canvas
    top = g.rows[0] - g.row_height / 2
    table = canvas.node("Table", parent)
    canvas.add(rectangle(g.left, g.head_y, pen.width, top - g.head_y, fill=TINT))
    head = canvas.node("TR", canvas.node("THead", table))
    style = c.look.label_bold
    middle = (g.head_y + top) / 2
    cell = canvas.node("TH", head, scope="Column")
    pen.words(c.strings.exercise_and_dose, style, g.left + _INDENT, middle - style.leading / 2, cell)
    for day, x in zip(week.days, g.columns, strict=True):
        _day_head(pen, day, x, middle, canvas.node("TH", head, scope="Column"))
    body = canvas.node("TBody", table)
    *rows, last = g.rows
    for exercise, y in zip(c.plan.exercises, rows, strict=True):
        _exercise_row(pen, week, exercise, y, canvas.node("TR", body))
    _walking_row(pen, last, canvas.node("TR", body))


def _day_head(pen: SheetPen, day: PlannedDay, x: float, middle: float, node: int) -> None:
    look = pen.composer.look
    name = TextStyle(look.body.size, look.label.leading, bold=True, colour=look.body.colour)
    words = pen.composer.language.day_short[day.day]
    half = pen.composer.text(words, name).natural_width / 2
    top = middle - (name.leading if day.date else name.leading / 2)
    # The space keeps the name and the number apart where the cell is read as one text.
    pen.words(words + (NO_BREAK if day.date else ""), name, x - half, top, node)
    if day.date:
        pen.centred(str(day.date.day), look.label, x, middle, node)


def _exercise_row(pen: SheetPen, week: Week, exercise: PlannedExercise, y: float, row: int) -> None:
    g = pen.geometry
    _exercise_label(
        pen, exercise, exercise.doses[week.number - 1], y, pen.canvas.node("TH", row, scope="Row")
    )
    planned = {s.day for s in week.sessions if any(i.number == exercise.number for i in s.items)}
    for index, (day, x) in enumerate(zip(week.days, g.columns, strict=True), 1):
        cell = pen.canvas.node("TD", row)
        if day.day in planned:
            pen.box(f"ex{exercise.number}.d{index}", x, y, cell)
    pen.rule(y + g.row_height / 2)


def _exercise_label(
    pen: SheetPen, exercise: PlannedExercise, dose: PlannedDose | None, y: float, node: int
) -> None:
    """Name and, below it, dose; a name that needs two lines is set with its dose in label size."""
    c, g = pen.composer, pen.geometry
    left, width = g.left + _INDENT, g.label_width - _INDENT
    number = Span(f"{exercise.number}{NO_BREAK}{NO_BREAK}", colour=c.look.accent)
    name = c.text([number, Span(exercise.name + NO_BREAK)], c.look.cell_bold)
    words = "–" if dose is None or dose.blank else dose_short(dose, c.language)
    detail = c.text(words, c.look.label)
    indent = c.text([number], c.look.cell_bold).natural_width
    height = name.height(width) + detail.height(width - indent)
    if height > g.row_height:
        amount = "…" if dose is not None and dose.blank else words
        name = c.text([number, Span(exercise.name), Span(f" {amount}", bold=False)], c.look.label_bold)
        height = name.height(width)
        check_room(height, g.row_height, f"exercises.{exercise.id}.name", "shorten the name")
        name.place(pen.canvas, left, y - height / 2, width, node)
        return
    top = y - height / 2
    name.place(pen.canvas, left, top, width, node)
    below = top + name.height(width)
    if dose is not None and dose.blank:
        pen.blank(left + indent, below + c.look.label.leading - 2, width - indent - 12, node)
    else:
        detail.place(pen.canvas, left + indent, below, width - indent, node)


def _walking_row(pen: SheetPen, y: float, row: int) -> None:
    c, g = pen.composer, pen.geometry
    label = pen.canvas.node("TH", row, scope="Row")
    top = y - (c.look.cell_bold.leading + c.look.label.leading) / 2
    below = pen.words(c.strings.walked + NO_BREAK, c.look.cell_bold, g.left + _INDENT, top, label)
    pen.words(c.strings.walked_unit, c.look.label, g.left + _INDENT, below, label)
    length = min(c.enlarged(_MINUTES_LINE), g.columns[1] - g.columns[0] - _MINUTES_GAP)
    for x in g.columns:
        start = x - length / 2
        pen.blank(start, y + g.row_height * 0.28, length, pen.canvas.node("TD", row))
    pen.rule(y + g.row_height / 2)


def pain_title(c: Composer) -> str:
    """Return which pain the sheet asks for."""
    strings = c.strings
    return {
        "before": strings.pain_before,
        "after": strings.pain_after,
        "next-morning": strings.pain_next_morning,
    }[c.layout.tracker.pain]


def pain_table(pen: SheetPen, week: Week, parent: int, *, titled: bool) -> None:
    """Set a row a day with a box for each number from 0 to 10; without a title it has the page to itself."""
    c, g, canvas = pen.composer, pen.geometry, pen.canvas
    strings, look = c.strings, c.look
    section = canvas.node("Sect", parent)
    y, style = g.pain_top, look.cell
    if titled:
        y = pen.words(pain_title(c), look.h3, g.left, y, canvas.node("H2", section), pen.width)
        style = look.label
    y = pen.words(strings.pain_hint, style, g.left, y + 1, canvas.node("P", section), pen.width)
    number = TextStyle(look.body.size, look.body.size * 1.2, bold=True, colour=look.body.colour)
    head_y = g.pain_rows[0] - (g.pain_rows[1] - g.pain_rows[0]) / 2 - number.leading
    check_room(y, head_y, "type", "choose smaller sizes")
    table = canvas.node("Table", section)
    head = canvas.node("TR", canvas.node("THead", table))
    canvas.node("TD", head)
    for value, x in enumerate(g.pain_columns):
        pen.centred(str(value), number, x, head_y, canvas.node("TH", head, scope="Column"))
    body = canvas.node("TBody", table)
    for index, (day, y) in enumerate(zip(week.days, g.pain_rows, strict=True), 1):
        row = canvas.node("TR", body)
        words = c.language.day_short[day.day] + (f"{NO_BREAK}{day.date.day}" if day.date else "")
        label = canvas.node("TH", row, scope="Row")
        pen.words(words, look.cell_bold, g.left + _INDENT, y - look.cell_bold.leading / 2, label)
        for value, x in enumerate(g.pain_columns):
            pen.box(f"pain.d{index}.{value}", x, y, canvas.node("TD", row), pain=True)
