"""The tracker: one page a week with boxes to tick, made to be read back by machine."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.errors import FitError, Problem
from pdfgen.planning.plan import PlannedDay, PlannedExercise, Week
from pdfgen.planning.wording import NO_BREAK, day_month, dose_short
from pdfgen.typesetting.blocks import horizontal, rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import Shape, TickBox
from pdfgen.typesetting.flow import Flowed, PagePlan
from pdfgen.typesetting.sheet import SheetGeometry, make_sheet, sheet_geometry
from pdfgen.typesetting.style import LINE, MM, TINT
from pdfgen.typesetting.text import Span, TextStyle

#: Height of a line to write on behind its label, and the white under it.
_LINE_ROOM, _UNDER_LINE = 9 * MM, 3.0


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


#: Height at which the title starts: beside the code, clear of the first mark.
_TITLE_Y = 12.5 * MM


class TrackerSheet(NamedTuple):
    """A whole page, set at fixed places: what is read by machine never moves."""

    composer: Composer
    week: Week
    geometry: SheetGeometry

    def height(self, width: float) -> float:
        """Nothing: the page has its own places."""
        return 0.0

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set the sheet."""
        node = canvas.node("Sect", parent)
        self._head(canvas, y, node)
        self._ticks(canvas, node)
        self._pain(canvas, node)
        self._foot(canvas, node)

    def _set(
        self,
        canvas: Canvas,
        words: str | list[Span],
        style: TextStyle,
        x: float,
        y: float,
        width: float,
        node: int,
    ) -> float:
        """Set words and return the y below them."""
        text = self.composer.text(words, style)
        text.place(canvas, x, y, width, node)
        return y + text.height(width)

    def _head(self, canvas: Canvas, y: float, parent: int) -> None:
        c, g, week = self.composer, self.geometry, self.week
        width = g.right - g.left - 20 * MM
        title = f"{c.strings.tracker_title} {week.number}"
        if week.number == 1:
            canvas.bookmark(0, c.strings.tracker_section, y)
        canvas.bookmark(1, title, y)
        y = self._set(canvas, title, c.look.h1, g.left, _TITLE_Y, width, canvas.node("H1", parent))
        first, last = week.days[0].date, week.days[-1].date
        facts = []
        if first and last:
            facts.append(f"{day_month(first, c.language)} – {day_month(last, c.language)}")
        minutes = week.minutes + c.plan.warm_up_minutes
        facts.append(c.fill(c.strings.minutes_a_day, minutes=c.language.count("minute", minutes)))
        phase = next(p for p in c.plan.phases if week.number in p.weeks)
        facts.append(phase.name)
        y = self._set(canvas, " · ".join(facts), c.look.quiet, g.left, y + 2, width, canvas.node("P", parent))
        words = f"{c.strings.tracker_intro} {c.strings.tracker_mistake}"
        self._set(canvas, words, c.look.cell, g.left, y + 3, g.right - g.left, canvas.node("P", parent))

    def _ticks(self, canvas: Canvas, parent: int) -> None:
        c, g = self.composer, self.geometry
        top = g.rows[0] - g.row_height / 2
        table = canvas.node("Table", parent)
        canvas.add(rectangle(g.left, g.head_y, g.right - g.left, top - g.head_y, fill=TINT))
        head = canvas.node("TR", canvas.node("THead", table))
        cell = canvas.node("TH", head, scope="Column")
        style = c.look.label_bold
        middle = (g.head_y + top) / 2
        self._set(
            canvas,
            c.strings.exercise_and_dose,
            style,
            g.left + 4,
            middle - style.leading / 2,
            g.label_width,
            cell,
        )
        for day, x in zip(self.week.days, g.columns, strict=True):
            self._day_head(canvas, day, x, middle, canvas.node("TH", head, scope="Column"))
        body = canvas.node("TBody", table)
        for exercise, y in zip(c.plan.exercises, g.rows, strict=False):
            self._exercise_row(canvas, exercise, y, canvas.node("TR", body))
        self._walking_row(canvas, g.rows[-1], canvas.node("TR", body))

    def _day_head(self, canvas: Canvas, day: PlannedDay, x: float, middle: float, node: int) -> None:
        c = self.composer
        name = TextStyle(c.look.body.size, c.look.label.leading, bold=True, colour=c.look.body.colour)
        words = c.language.day_short[day.day]
        half = c.text(words, name).natural_width / 2
        top = middle - (name.leading if day.date else name.leading / 2)
        # The space keeps the name and the number apart where the cell is read as one text.
        self._set(canvas, words + (NO_BREAK if day.date else ""), name, x - half, top, 4 * half, node)
        if day.date:
            number = c.text(str(day.date.day), c.look.label)
            number.place(canvas, x - number.natural_width / 2, middle, number.natural_width + 1, node)

    def _exercise_row(self, canvas: Canvas, exercise: PlannedExercise, y: float, row: int) -> None:
        c, g = self.composer, self.geometry
        dose = exercise.doses[self.week.number - 1]
        label = canvas.node("TH", row, scope="Row")
        number = f"{exercise.number}{NO_BREAK}{NO_BREAK}"
        name = c.text([Span(number, colour=c.look.accent), Span(exercise.name + NO_BREAK)], c.look.cell_bold)
        words = "–" if dose is None else "…" if dose.blank else dose_short(dose, c.language)
        detail = c.text(words, c.look.label)
        indent = c.text(number, c.look.cell_bold).natural_width
        width = g.label_width - 4
        height = name.height(width) + detail.height(width - indent)
        top = y - height / 2
        name.place(canvas, g.left + 4, top, width, label)
        detail.place(canvas, g.left + 4 + indent, top + name.height(width), width - indent, label)
        planned = {s.day for s in self.week.sessions if any(i.number == exercise.number for i in s.items)}
        for index, (day, x) in enumerate(zip(self.week.days, g.columns, strict=True), 1):
            cell = canvas.node("TD", row)
            if day.day in planned:
                self._box(canvas, f"ex{exercise.number}.d{index}", x, y, g.box, g.radius, cell)
        canvas.add(horizontal(g.left, y + g.row_height / 2, g.right - g.left, LINE, 0.5))

    def _box(
        self, canvas: Canvas, ident: str, x: float, y: float, size: float, radius: float, parent: int
    ) -> None:
        node = canvas.node("Span", parent, actual=self.composer.strings.box)
        line = self.geometry.line
        canvas.add(TickBox(ident, x - size / 2, y - size / 2, size, radius, line, node))

    def _walking_row(self, canvas: Canvas, y: float, row: int) -> None:
        c, g = self.composer, self.geometry
        label = canvas.node("TH", row, scope="Row")
        name = c.text(c.strings.walked + NO_BREAK, c.look.cell_bold)
        top = y - (name.style.leading + c.look.label.leading) / 2
        name.place(canvas, g.left + 4, top, g.label_width, label)
        self._set(
            canvas,
            c.strings.walked_unit,
            c.look.label,
            g.left + 4,
            top + name.style.leading,
            g.label_width,
            label,
        )
        for x in g.columns:
            node = canvas.node("Span", canvas.node("TD", row), actual="…")
            line = horizontal(x - 15, y + g.row_height * 0.28, 30, LINE, 0.75, node)
            canvas.add(line)
        canvas.add(horizontal(g.left, y + g.row_height / 2, g.right - g.left, LINE, 0.5))

    def _pain(self, canvas: Canvas, parent: int) -> None:
        c, g = self.composer, self.geometry
        strings = c.strings
        title = {
            "before": strings.pain_before,
            "after": strings.pain_after,
            "next-morning": strings.pain_next_morning,
        }[c.layout.tracker.pain]
        section = canvas.node("Sect", parent)
        y = self._set(
            canvas, title, c.look.h3, g.left, g.pain_top, g.right - g.left, canvas.node("H2", section)
        )
        self._set(
            canvas,
            strings.pain_hint,
            c.look.label,
            g.left,
            y + 1,
            g.right - g.left,
            canvas.node("P", section),
        )
        table = canvas.node("Table", section)
        head = canvas.node("TR", canvas.node("THead", table))
        canvas.node("TD", head)
        centred = TextStyle(
            c.look.body.size, c.look.body.size * 1.2, bold=True, colour=c.look.body.colour, align="centre"
        )
        head_y = g.pain_rows[0] - (g.pain_rows[1] - g.pain_rows[0]) / 2 - centred.leading
        for value, x in enumerate(g.pain_columns):
            cell = canvas.node("TH", head, scope="Column")
            self._set(canvas, str(value), centred, x - 12, head_y, 24, cell)
        body = canvas.node("TBody", table)
        for index, (day, y) in enumerate(zip(self.week.days, g.pain_rows, strict=True), 1):
            row = canvas.node("TR", body)
            words = c.language.day_short[day.day] + (f"{NO_BREAK}{day.date.day}" if day.date else "")
            style = c.look.cell_bold
            self._set(
                canvas,
                words,
                style,
                g.left + 4,
                y - style.leading / 2,
                60,
                canvas.node("TH", row, scope="Row"),
            )
            for value, x in enumerate(g.pain_columns):
                self._box(
                    canvas, f"pain.d{index}.{value}", x, y, g.pain_box, g.pain_radius, canvas.node("TD", row)
                )

    def _foot(self, canvas: Canvas, parent: int) -> None:
        """Effort, planned and done, the fixed moment, notes: as many lines as there is room for."""
        c, g, strings = self.composer, self.geometry, self.composer.strings
        room = 7.5 * MM
        y = g.below
        self._effort(canvas, y, parent)
        y += 10 * MM
        planned = c.fill(strings.planned_done, planned=c.language.count("time", len(self.week.sessions)))
        y = self._labelled_line(canvas, planned, y, parent)
        moment = c.plan.if_then
        if moment:
            words = [Span(f"{strings.fixed_moment}: ", bold=True), Span(moment)]
            y = (
                self._set(
                    canvas, words, c.look.cell, g.left, y + 2, g.right - g.left, canvas.node("P", parent)
                )
                + 2
            )
        else:
            y = self._labelled_line(canvas, strings.fixed_moment, y, parent)
        if y > g.bottom:
            raise FitError(Problem("too long for the tracker; shorten it", "if_then"))
        if y + _LINE_ROOM <= g.bottom + _UNDER_LINE:
            y = self._labelled_line(canvas, strings.notes, y, parent)
        while y + room <= g.bottom:
            y += room
            node = canvas.node("Span", canvas.node("P", parent), actual=f"{strings.notes}: …")
            canvas.add(horizontal(g.left, y, g.right - g.left, LINE, 0.75, node))

    def _effort(self, canvas: Canvas, y: float, parent: int) -> None:
        c, g, strings = self.composer, self.geometry, self.composer.strings
        style = c.look.cell
        paragraph = canvas.node("P", parent)
        middle = y + g.box / 2
        self._set(
            canvas,
            strings.effort + NO_BREAK,
            c.look.cell_bold,
            g.left,
            middle - style.leading / 2,
            220,
            paragraph,
        )
        x = g.left + c.text(strings.effort, c.look.cell_bold).natural_width + 22
        for ident, words in (
            ("easy", strings.too_easy),
            ("right", strings.right),
            ("hard", strings.too_hard),
        ):
            self._box(canvas, f"effort.{ident}", x + g.box / 2, middle, g.box, g.radius, paragraph)
            label = c.text(words + NO_BREAK, style)
            span = canvas.node("Span", paragraph)
            label.place(canvas, x + g.box + 6, middle - style.leading / 2, label.natural_width + 1, span)
            x += g.box + 6 + label.natural_width + 20

    def _labelled_line(self, canvas: Canvas, words: str, y: float, parent: int) -> float:
        c, g = self.composer, self.geometry
        style = c.look.cell_bold
        room = _LINE_ROOM
        node = canvas.node("P", parent)
        label = c.text(f"{words}:{NO_BREAK}", style)
        label.place(canvas, g.left, y + room - style.leading - 1, g.right - g.left, node)
        start = g.left + label.natural_width + 4
        span = canvas.node("Span", node, actual="…")
        line: Shape = horizontal(start, y + room - _UNDER_LINE, g.right - start, LINE, 0.75, span)
        canvas.add(line)
        return y + room
