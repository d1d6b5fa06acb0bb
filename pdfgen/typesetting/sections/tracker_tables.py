"""The two tables of a tracker sheet: ticks for each exercise and day, and pain for each day."""

from __future__ import annotations

from pdfgen.planning.dates import day_number
from pdfgen.planning.plan import PlannedDose, PlannedExercise, Week
from pdfgen.planning.wording import NO_BREAK, dose_short
from pdfgen.typesetting.blocks import rectangle
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.look import TINT
from pdfgen.typesetting.sections.sheet_pen import SheetPen, check_room
from pdfgen.typesetting.text_style import Span, TextStyle

#: White at the left of words in a row.
_INDENT = 4.0
#: Length of the line for minutes of walking, and white between two of them at least.
_MINUTES_LINE = 30.0
_MINUTES_GAP = 7.0


def tick_table(pen: SheetPen, week: Week, parent: int) -> None:
    """Set a row an exercise with a box on each planned day, and a row for walking."""
    c, g, canvas = pen.composer, pen.geometry, pen.canvas
    table = canvas.node("Table", parent)
    _tick_head(pen, week, table)
    body = canvas.node("TBody", table)
    *rows, last = g.rows
    for exercise, y in zip(c.plan.exercises, rows, strict=True):
        _exercise_row(pen, week, exercise, y, body)
    _walking_row(pen, body, last)


def _tick_head(pen: SheetPen, week: Week, table: int) -> None:
    c, g, canvas = pen.composer, pen.geometry, pen.canvas
    top = g.rows[0] - g.row_height / 2
    canvas.add(rectangle(g.left, g.head_y, pen.width, top - g.head_y, fill=TINT))
    head = canvas.node("TR", canvas.node("THead", table))
    style = c.look.label_bold
    middle = (g.head_y + top) / 2
    cell = canvas.node("TH", head, scope="Column")
    pen.words(c.strings.exercise_and_dose, style, g.left + _INDENT, middle - style.leading / 2, cell)
    for index, x in enumerate(g.columns):
        _day_head(pen, week, index, x, middle, canvas.node("TH", head, scope="Column"))


def _dose(week: Week, exercise: PlannedExercise) -> PlannedDose | None:
    """Return the dose of an exercise in a week; in a spare one, that of the first day on which it is done."""
    if week.number:
        return exercise.doses[week.number - 1]
    items = (item for session in week.sessions for item in session.items if item.number == exercise.number)
    return next((item.dose for item in items), None)


def _day_head(pen: SheetPen, week: Week, index: int, x: float, middle: float, node: int) -> None:
    c, g, look = pen.composer, pen.geometry, pen.composer.look
    name = TextStyle(look.body.size, look.label.leading, bold=True, colour=look.body.colour)
    words = c.language.day_short[week.days[index]]
    half = c.text(words, name).natural_width / 2
    if not c.plan.start or not week.number:
        pen.words(words, name, x - half, middle - name.leading / 2, node)
        return
    # The space keeps the name and the number apart where the cell is read as one text.
    pen.words(words + NO_BREAK, name, x - half, middle - name.leading, node)
    number = look.label._replace(align="centre")
    pitch = g.columns[1] - g.columns[0]
    pen.words([c.dated(day_number(week.number, index))], number, x - pitch / 2, middle, node, pitch)


def _exercise_row(pen: SheetPen, week: Week, exercise: PlannedExercise, y: float, body: int) -> None:
    """Set a row with its middle at height `y`."""
    g = pen.geometry
    row = pen.canvas.node("TR", body)
    _label(pen, week, exercise, y, pen.canvas.node("TH", row, scope="Row"))
    planned = {s.day for s in week.sessions if any(i.number == exercise.number for i in s.items)}
    for index, (day, x) in enumerate(zip(week.days, g.columns, strict=True), 1):
        cell = pen.canvas.node("TD", row)
        if day in planned:
            pen.box(f"ex{exercise.number}.d{index}", x, y, cell)
    pen.rule(y + g.row_height / 2)


def _label(pen: SheetPen, week: Week, exercise: PlannedExercise, y: float, node: int) -> None:
    """Set the name and, below it, form and dose; all in label size where the row is too low for that."""
    c, g, dose = pen.composer, pen.geometry, _dose(week, exercise)
    own_form = exercise.form_word(week.number) if week.number else ""
    left, width = g.left + _INDENT, g.label_width - _INDENT
    number = Span(f"{exercise.number}{NO_BREAK}{NO_BREAK}", colour=c.look.accent)
    name = c.text([number, Span(exercise.name + NO_BREAK)], c.look.cell_bold)
    words = "–" if dose is None or dose.blank else dose_short(dose, c.language)
    detail = c.text(", ".join(filter(None, (own_form, words))), c.look.label)
    indent = c.text([number], c.look.cell_bold).natural_width
    height = name.height(width) + detail.height(width - indent)
    if height > g.row_height:
        for said in _shorter(c, own_form, dose, words):
            name = c.text([number, Span(exercise.name), Span(f" {said}", bold=False)], c.look.label_bold)
            height = name.height(width)
            if height <= g.row_height:
                break
        check_room(height, g.row_height, f"exercises.{exercise.id}.name", "shorten name or dose")
        name.place(pen.canvas, left, y - height / 2, width, node)
        return
    top = y - height / 2
    name.place(pen.canvas, left, top, width, node)
    below = top + name.height(width)
    if dose is not None and dose.blank:
        printed_form = c.text(own_form, c.look.label)
        printed_form.place(pen.canvas, left + indent, below, width - indent, node)
        indent += printed_form.natural_width + 4 if own_form else 0
        pen.blank(left + indent, below + c.look.label.leading - 2, width - indent - 12, node)
    else:
        detail.place(pen.canvas, left + indent, below, width - indent, node)


def _shorter(c: Composer, form: str, dose: PlannedDose | None, words: str) -> tuple[str, str, str]:
    """Return the dose with form and load, without form, without both; the exercise's page has both."""
    if dose is None or dose.blank:
        words = least = "…" if dose is not None else words
    else:
        least = dose_short(dose, c.language, whole=False)
    return ", ".join(filter(None, (form, words))), words, least


def _walking_row(pen: SheetPen, body: int, y: float) -> None:
    c, g = pen.composer, pen.geometry
    row = pen.canvas.node("TR", body)
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
    _pain_head(pen, table, number, head_y)
    body = canvas.node("TBody", table)
    for index, y in enumerate(g.pain_rows):
        _pain_row(pen, week, index, y, body)


def _pain_head(pen: SheetPen, table: int, number: TextStyle, y: float) -> None:
    canvas = pen.canvas
    head = canvas.node("TR", canvas.node("THead", table))
    canvas.node("TD", head)
    for value, x in enumerate(pen.geometry.pain_columns):
        pen.centred(str(value), number, x, y, canvas.node("TH", head, scope="Column"))


def _pain_row(pen: SheetPen, week: Week, index: int, y: float, body: int) -> None:
    c, g, canvas, style = pen.composer, pen.geometry, pen.canvas, pen.composer.look.cell_bold
    row = canvas.node("TR", body)
    label = canvas.node("TH", row, scope="Row")
    left, top = g.left + _INDENT, y - style.leading / 2
    dated = c.plan.start and week.number
    words = c.language.day_short[week.days[index]] + (NO_BREAK if dated else "")
    pen.words(words, style, left, top, label)
    if dated:
        left += c.text(words, style).natural_width
        room = g.pain_columns[0] - g.pain_box / 2 - left
        pen.words([c.dated(day_number(week.number, index))], style, left, top, label, room)
    for value, x in enumerate(g.pain_columns):
        pen.box(f"pain.d{index + 1}.{value}", x, y, canvas.node("TD", row), pain=True)
