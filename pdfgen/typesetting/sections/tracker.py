"""The tracker: a page a week with boxes to tick, two in large print, made to be read back by machine."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, WritingLine
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.flow import Flowed, PagePlan
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.sections.sheet_pen import SheetPen, check_room
from pdfgen.typesetting.sections.tracker_tables import pain_table, pain_title, tick_table
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.tracker_geometry import SheetGeometry, SheetPart, make_sheet, sheet_geometry
from pdfgen.typesetting.twins import widest

#: Height at which the title starts: beside the code, clear of the first mark.
_TITLE_Y = 12.5 * MM
#: Least room of a line to write on, with its words, and white under it; then of the lines that follow.
_LINE_ROOM = 9 * MM
_UNDER_LINE = 3.0
_NEXT_LINE = 7.5 * MM
#: Length of the line for the number of a spare week.
_NUMBER_LINE = 22 * MM
#: The same for larger type, in leadings.
_LINE_LEADINGS = 1.6
_NEXT_LEADINGS = 1.35
#: From the top of the boxes for effort to the line below them, beyond the 6 mm of a box.
_EFFORT_ROOM = 4 * MM
#: White behind the question about effort, behind a box, and behind an answer.
_EFFORT_GAPS = (22.0, 6.0, 20.0)
#: Where the stop rule leaves too little room.
_SHORTEN_OR_CHANGE = "shorten it, take fewer exercises, or paper a4"

_ICON = 9 * MM
_EDGE = 5.0
#: White inside the box, and between it and what stands above it; points.
_PADDING = 5.0
_ABOVE = 6.0
_TIGHT = 3.0
#: White between the box and the lines at the foot of the page, in points.
_OVER_FOOTER = 4.0
#: Points.
_ROUNDING = 0.5
#: Running text and labels of a sheet at most, in points; in the large form.
_TYPE, _LARGE_TYPE = (12.0, 10.5), (18.0, 14.0)


def compose(c: Composer, paper: str) -> tuple[PagePlan, ...]:
    """Return one page a week, or in the large form two; without a choice of weeks also a spare one."""
    count = len(c.plan.exercises)
    large = c.layout.tracker.form == "large"
    c = _in_sheet_type(c, *(_LARGE_TYPE if large else _TYPE))
    geometry = sheet_geometry(paper, count, large=large)
    parts: tuple[SheetPart, ...] = ("ticks", "pain") if large else ("week",)
    weeks = [week for week in c.plan.weeks if week.number in c.plan.sheet_weeks]
    weeks += [c.plan.spare_week] if c.plan.spare_sheet else []
    return tuple(
        PagePlan(
            (Flowed(TrackerSheet(c, week, geometry, part)),),
            make_sheet(paper, week.number, count, c.plan.passport.document_id, part),
        )
        for week in weeks
        for part in parts
    )


def _in_sheet_type(c: Composer, body: float, label: float) -> Composer:
    """Return the composer with running text and labels no larger than the places on a sheet allow."""

    def of(style: TextStyle, size: float) -> TextStyle:
        part = min(1.0, size / style.size)
        return style._replace(size=style.size * part, leading=style.leading * part)

    look = c.look
    look = look._replace(
        body=of(look.body, body), bold=of(look.bold, body), cell=of(look.cell, body),
        cell_bold=of(look.cell_bold, body), label=of(look.label, label), quiet=of(look.quiet, label),
        label_bold=of(look.label_bold, label), h1=of(look.h1, 26.0), h2=of(look.h2, 20.0),
        h3=of(look.h3, 18.0), gap=min(look.gap, body / 2),
    )  # fmt: skip
    return replace(c, look=look)


class TrackerSheet(NamedTuple):
    """A whole page, set at fixed places: what is read by machine never moves."""

    composer: Composer
    week: Week
    geometry: SheetGeometry
    part: SheetPart

    def height(self, width: float) -> float:
        """Nothing: the page has its own places."""
        return 0.0

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the sheet.

        Raises:
            FitError: words are too long, or type is too large, for the place that they have.
        """
        pen = SheetPen(self.composer, self.geometry, canvas)
        node = canvas.node("Sect", parent)
        if self.part == "pain":
            title = f"{_week_title(self.composer, self.week)} · {pain_title(self.composer)}"
            heading = canvas.node("H1", node)
            pen.words(title, self.composer.look.h1, self.geometry.left, _TITLE_Y, heading, _title_width(pen))
        else:
            _head(pen, self.week, y, node)
            tick_table(pen, self.week, node)
            if self.part == "ticks" and self.composer.layout.tracker.stop_rule:
                place_under_ticks(pen, node)
        if self.part != "ticks":
            pain_table(pen, self.week, node, titled=self.part == "week")
            _foot(pen, self.week, node)


def _title_width(pen: SheetPen) -> float:
    """Return the width beside the code."""
    return pen.width - 20 * MM


def _head(pen: SheetPen, week: Week, y: float, parent: int) -> None:
    c, g, canvas = pen.composer, pen.geometry, pen.canvas
    title = _week_title(c, week)
    if week.number == c.plan.sheet_weeks[0]:
        canvas.bookmark(0, c.strings.tracker_section, y)
    canvas.bookmark(1, title, y)
    width = _title_width(pen)
    heading = canvas.node("H1", parent)
    y = pen.words(title, c.look.h1, g.left, _TITLE_Y, heading, width)
    if not week.number:
        start = g.left + c.text(title + NO_BREAK, c.look.h1).natural_width
        pen.blank(start, y - _UNDER_LINE, _NUMBER_LINE, heading, c.strings.tracker_title)
    facts = _facts(c, week) if week.number else c.strings.spare_note
    y = pen.words(facts, c.look.quiet, g.left, y + 2, canvas.node("P", parent), width)
    words = f"{c.strings.tracker_intro} {c.strings.tracker_mistake}"
    y = pen.words(words, c.look.cell, g.left, y + 3, canvas.node("P", parent), min(pen.width, c.measure))
    check_room(y, g.head_y, "type", "choose smaller sizes")


def _week_title(c: Composer, week: Week) -> str:
    return f"{c.strings.tracker_title} {week.number}" if week.number else c.strings.spare_week


def _facts(c: Composer, week: Week) -> list[Span]:
    """Dates, minutes and phase of a week in one line."""
    dates = [c.dated(first_day(week.number), last_day(week.number)), Span(" · ")] if c.plan.start else []
    facts = []
    if week.minutes:
        minutes = c.language.count("minute", week.minutes + c.plan.warm_up_minutes)
        facts.append(c.fill(c.strings.minutes_each_time, minutes=minutes))
    facts.append(next(phase.name for phase in c.plan.phases if week.number in phase.weeks))
    return [*dates, Span(" · ".join(facts))]


def _foot(pen: SheetPen, week: Week, parent: int) -> None:
    """Effort, planned and done, the fixed moment, notes: as many lines as there is room for."""
    c, g, strings = pen.composer, pen.geometry, pen.composer.strings
    y = _effort(pen, g.below, parent)
    planned = c.fill(strings.planned_done, planned=c.language.count("time", len(week.sessions)))
    y = _labelled_line(pen, planned, y, parent)
    if c.plan.if_then:
        words = [Span(f"{strings.fixed_moment}: ", bold=True), Span(c.plan.if_then)]
        y = pen.words(words, c.look.cell, g.left, y + 2, pen.canvas.node("P", parent), pen.width) + 2
    else:
        y = _labelled_line(pen, strings.fixed_moment, y, parent)
    rule = stop_rule(pen, y) if c.layout.tracker.stop_rule else None
    bottom = rule.limit if rule else g.bottom
    check_room(y, bottom, "if_then", _SHORTEN_OR_CHANGE if rule else "shorten it")
    if y + _line_room(pen) <= bottom + _UNDER_LINE:
        y = _labelled_line(pen, strings.notes, y, parent)
    next_line = max(_NEXT_LINE, c.look.cell.leading * _NEXT_LEADINGS)
    while y + next_line <= bottom:
        y += next_line
        pen.blank(g.left, y, pen.width, pen.canvas.node("P", parent), strings.notes)
    if rule:
        rule.place(pen, parent)


def _line_room(pen: SheetPen) -> float:
    return max(_LINE_ROOM, pen.composer.look.cell.leading * _LINE_LEADINGS)


def _effort(pen: SheetPen, y: float, parent: int) -> float:
    """Set the question with its answers, on a line of their own where needed; return the y below."""
    c, g, strings = pen.composer, pen.geometry, pen.composer.strings
    paragraph = pen.canvas.node("P", parent)
    answers = _answers(c)
    behind_question, behind_box, behind_answer = _EFFORT_GAPS
    # Boxes stand at the same places in twin copies.
    question = widest(c, lambda copy: copy.text(copy.strings.effort, copy.look.cell_bold).natural_width)
    question += behind_question
    widths = [widest(c, partial(_answer_width, index=index)) for index in range(len(answers))]
    all_answers = sum(widths) + len(answers) * (g.box + behind_box) + (len(answers) - 1) * behind_answer
    beside = question + all_answers <= pen.width
    check_room(all_answers, pen.width, "type", "choose smaller sizes")
    middle = y + g.box / 2
    top = middle - c.look.cell.leading / 2
    pen.words(strings.effort + NO_BREAK, c.look.cell_bold, g.left, top if beside else y, paragraph)
    if not beside:
        middle += c.look.cell_bold.leading * 1.3
        top = middle - c.look.cell.leading / 2
    x = g.left + (question if beside else 0.0)
    for (ident, words), width in zip(answers, widths, strict=True):
        pen.box(f"effort.{ident}", x + g.box / 2, middle, paragraph)
        x += g.box + behind_box
        pen.words(words + NO_BREAK, c.look.cell, x, top, pen.canvas.node("Span", paragraph))
        x += width + behind_answer
    return middle + g.box / 2 + _EFFORT_ROOM


def _answers(c: Composer) -> tuple[tuple[str, str], ...]:
    strings = c.strings
    return (("easy", strings.too_easy), ("right", strings.right), ("hard", strings.too_hard))


def _answer_width(c: Composer, index: int) -> float:
    return c.text(_answers(c)[index][1] + NO_BREAK, c.look.cell).natural_width


def _labelled_line(pen: SheetPen, words: str, y: float, parent: int) -> float:
    """Set words with a line to write on behind them, and return the y below."""
    g, style, room = pen.geometry, pen.composer.look.cell_bold, _line_room(pen)
    node = pen.canvas.node("P", parent)
    pen.words(f"{words}:{NO_BREAK}", style, g.left, y + room - style.leading - 1, node)
    start = g.left + pen.composer.text(f"{words}:{NO_BREAK}", style).natural_width + 4
    pen.blank(start, y + room - _UNDER_LINE, g.right - start, node)
    return y + room


class StopRule(NamedTuple):
    """The box with its place on the sheet, in points; what stands above it ends at `limit`."""

    block: Block
    x: float
    top: float
    width: float
    limit: float

    def place(self, pen: SheetPen, parent: int) -> None:
        """Set the box."""
        self.block.place(pen.canvas, self.x, self.top, self.width, parent)


def stop_rule(pen: SheetPen, above: float) -> StopRule:
    """Return the stop rule at the foot of the sheet; where that is too high, in small type beside the code.

    Args:
        above: where ends what must stand above it, in points.
    """
    c, g = pen.composer, pen.geometry
    wide = _box(c, _lines(c))
    top = g.bottom - wide.height(pen.width)
    if above <= top - _ABOVE + _ROUNDING:
        return StopRule(wide, g.left, top, pen.width, top - _ABOVE)
    own_line = c.look.furniture.leading if c.plan.clinic.footer else 0.0
    foot = c.look.footer_top - own_line - _OVER_FOOTER
    words = [Span(f"{c.plan.safety.stop_rule} ", bold=True), *_call(c)]
    narrow = _box(c, (Paragraph(c.text(words, c.look.label)), *_writing_line(c)))
    width = g.right - g.code_left
    top = foot - narrow.height(width)
    return StopRule(narrow, g.code_left, top, width, top - _TIGHT)


def place_under_ticks(pen: SheetPen, parent: int) -> None:
    """Set the stop rule under the rows of ticks of a large sheet.

    Where many rows leave no room, it stands on the other sheet of the week only.
    """
    end = pen.geometry.rows[-1] + pen.geometry.row_height / 2
    rule = stop_rule(pen, end)
    if end <= rule.limit + _ROUNDING:
        rule.place(pen, parent)


def _lines(c: Composer) -> tuple[Block, ...]:
    rule = Paragraph(c.text(c.plan.safety.stop_rule, c.look.cell_bold))
    return (rule, Paragraph(c.text(_call(c), c.look.cell)), *_writing_line(c))


def _call(c: Composer) -> list[Span]:
    """Return whom to call in an emergency: the first box of the safety section."""
    box = c.plan.safety.boxes[0]
    phone = box.phones[0]
    if not phone.number:
        return [Span(f"{box.title}: ", bold=True), Span(phone.label)]
    number = Span(phone.number.replace(" ", "\u00a0"), bold=True)
    return [Span(f"{box.title}: ", bold=True), number, Span(f" ({phone.label})")]


def _writing_line(c: Composer) -> list[Block]:
    phone = c.plan.safety.boxes[0].phones[0]
    return [] if phone.number else [WritingLine(WRITING_ROOM * 0.8, LINE, phone.label)]


def _box(c: Composer, lines: tuple[Block, ...]) -> Block:
    row = c.beside_icon("stop", _ICON, Stack(lines), gap=c.look.gap * 1.5)
    padding = (_PADDING, _PADDING, _PADDING, _PADDING)
    return Frame(row, padding, stroke=LINE, edge=_EDGE, role="Sect")
