"""The tracker: one page a week with boxes to tick, made to be read back by machine."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK, day_month
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed, PagePlan
from pdfgen.typesetting.sections.sheet_pen import SheetPen, check_room
from pdfgen.typesetting.sections.tracker_tables import pain_table, tick_table
from pdfgen.typesetting.sheet import SheetGeometry, make_sheet, sheet_geometry
from pdfgen.typesetting.style import MM
from pdfgen.typesetting.text import Span

#: Height at which the title starts: beside the code, clear of the first mark.
_TITLE_Y = 12.5 * MM
#: Room of a line to write on, with its words, and white under it; then of the lines that follow.
_LINE_ROOM = 9 * MM
_UNDER_LINE = 3.0
_NEXT_LINE = 7.5 * MM
#: From the boxes for effort to the line below them.
_EFFORT_ROOM = 10 * MM


def compose(c: Composer, paper: str) -> tuple[PagePlan, ...]:
    """Return one page a week."""
    count = len(c.plan.exercises)
    geometry = sheet_geometry(paper, count)
    return tuple(
        PagePlan(
            (Flowed(TrackerSheet(c, week, geometry)),),
            make_sheet(paper, week.number, count, c.plan.passport.document_id),
        )
        for week in c.plan.weeks
    )


class TrackerSheet(NamedTuple):
    """A whole page, set at fixed places: what is read by machine never moves."""

    composer: Composer
    week: Week
    geometry: SheetGeometry

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
        _head(pen, self.week, y, node)
        tick_table(pen, self.week, node)
        pain_table(pen, self.week, self.composer.layout.tracker.pain, node)
        _foot(pen, self.week, node)


def _head(pen: SheetPen, week: Week, y: float, parent: int) -> None:
    c, g, canvas = pen.composer, pen.geometry, pen.canvas
    title = f"{c.strings.tracker_title} {week.number}"
    if week.number == 1:
        canvas.bookmark(0, c.strings.tracker_section, y)
    canvas.bookmark(1, title, y)
    width = pen.width - 20 * MM
    y = pen.words(title, c.look.h1, g.left, _TITLE_Y, canvas.node("H1", parent), width)
    y = pen.words(_facts(c, week), c.look.quiet, g.left, y + 2, canvas.node("P", parent), width)
    words = f"{c.strings.tracker_intro} {c.strings.tracker_mistake}"
    y = pen.words(words, c.look.cell, g.left, y + 3, canvas.node("P", parent), min(pen.width, c.measure))
    check_room(y, g.head_y, "type", "choose smaller sizes")


def _facts(c: Composer, week: Week) -> str:
    """Dates, minutes and phase of a week in one line."""
    facts = []
    first, last = week.days[0].date, week.days[-1].date
    if first and last:
        facts.append(f"{day_month(first, c.language)} – {day_month(last, c.language)}")
    if week.minutes:
        minutes = c.language.count("minute", week.minutes + c.plan.warm_up_minutes)
        facts.append(c.fill(c.strings.minutes_a_day, minutes=minutes))
    facts.append(next(phase.name for phase in c.plan.phases if week.number in phase.weeks))
    return " · ".join(facts)


def _foot(pen: SheetPen, week: Week, parent: int) -> None:
    """Effort, planned and done, the fixed moment, notes: as many lines as there is room for."""
    c, g, strings = pen.composer, pen.geometry, pen.composer.strings
    _effort(pen, g.below, parent)
    y = g.below + _EFFORT_ROOM
    planned = c.fill(strings.planned_done, planned=c.language.count("time", len(week.sessions)))
    y = _labelled_line(pen, planned, y, parent)
    if c.plan.if_then:
        words = [Span(f"{strings.fixed_moment}: ", bold=True), Span(c.plan.if_then)]
        y = pen.words(words, c.look.cell, g.left, y + 2, pen.canvas.node("P", parent), pen.width) + 2
    else:
        y = _labelled_line(pen, strings.fixed_moment, y, parent)
    check_room(y, g.bottom, "if_then", "shorten it")
    if y + _LINE_ROOM <= g.bottom + _UNDER_LINE:
        y = _labelled_line(pen, strings.notes, y, parent)
    while y + _NEXT_LINE <= g.bottom:
        y += _NEXT_LINE
        pen.blank(g.left, y, pen.width, pen.canvas.node("P", parent), strings.notes)


def _effort(pen: SheetPen, y: float, parent: int) -> None:
    c, g, strings = pen.composer, pen.geometry, pen.composer.strings
    paragraph = pen.canvas.node("P", parent)
    middle = y + g.box / 2
    top = middle - c.look.cell.leading / 2
    pen.words(strings.effort + NO_BREAK, c.look.cell_bold, g.left, top, paragraph)
    x = g.left + c.text(strings.effort, c.look.cell_bold).natural_width + 22
    answers = (("easy", strings.too_easy), ("right", strings.right), ("hard", strings.too_hard))
    for ident, words in answers:
        pen.box(f"effort.{ident}", x + g.box / 2, middle, paragraph)
        x += g.box + 6
        pen.words(words + NO_BREAK, c.look.cell, x, top, pen.canvas.node("Span", paragraph))
        x += c.text(words + NO_BREAK, c.look.cell).natural_width + 20


def _labelled_line(pen: SheetPen, words: str, y: float, parent: int) -> float:
    """Set words with a line to write on behind them, and return the y below."""
    g, style = pen.geometry, pen.composer.look.cell_bold
    node = pen.canvas.node("P", parent)
    pen.words(f"{words}:{NO_BREAK}", style, g.left, y + _LINE_ROOM - style.leading - 1, node)
    start = g.left + pen.composer.text(f"{words}:{NO_BREAK}", style).natural_width + 4
    pen.blank(start, y + _LINE_ROOM - _UNDER_LINE, g.right - start, node)
    return y + _LINE_ROOM
