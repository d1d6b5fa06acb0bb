"""What pages on a screen have besides: numbers to tap, exercises by week, and the way back to the top."""

from __future__ import annotations

from typing import NamedTuple

from pdfgen.content.models.contact import dialled
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.plan import Week
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.blocks import Block, Frame, Paragraph, Stack, rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import LinkArea
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

#: As high as a finger: 44 CSS pixels of a phone on which 105 mm are 360.
_FINGER = 12.8 * MM
_LINE = 1.2
#: Baseline to baseline of links that are tapped, in sizes of type.
_APART = 2.0
_STOP_ICON = 1.8


class CallButton(NamedTuple):
    """A number to call, in an outline all of which can be tapped."""

    words: Text
    target: str

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(_FINGER, self.words.height(width))

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set outline, link and words."""
        high = self.height(width)
        canvas.add(rectangle(x, y, width, high, stroke=INK, line=_LINE))
        node = canvas.node("Link", canvas.node("P", parent))
        said = "".join(span.text for span in self.words.spans).replace(NO_BREAK, " ")
        canvas.add(LinkArea(x, y, width, high, self.target, said, node))
        self.words.place(canvas, x, y + (high - self.words.height(width)) / 2, width, node)


def call_button(c: Composer, number: str) -> CallButton:
    """Return a button that calls a number."""
    words = c.fill(c.strings.call_number, number=number.replace(" ", NO_BREAK)).replace(" ", NO_BREAK)
    style = c.look.bold._replace(align="centre")
    return CallButton(c.text([Span(words)], style), "tel:" + dialled(number, c.plan.dialling_code))


def stop_strip(c: Composer) -> Block:
    """Return when to stop, with a button that calls the clinic, where its number is known.

    The emergency number is none instead: a sharp twinge is no emergency.
    """
    rule = Paragraph(c.text(c.plan.safety.stop_rule, c.look.cell_bold))
    stop = c.beside_icon("stop", c.look.body.size * _STOP_ICON, rule, align="top")
    number = c.plan.clinic.phone
    parts: tuple[Block, ...] = (stop, call_button(c, number)) if number else (stop,)
    pad = c.look.gap * 0.8
    return Frame(Stack(parts, c.look.gap * 0.8), (pad, pad, pad, pad), fill=TINT, edge=4.0, role="Div")


def weeks(c: Composer) -> Block:
    """Return what is done in each week: its dates, with links to the exercises in their forms."""
    title = Paragraph(c.text(c.strings.this_week, c.look.h3), "H2")
    parts = [_week(c, week) for week in c.plan.weeks if week.sessions]
    return Stack((title, *parts), c.look.gap * 1.2, role="Sect")


def _week(c: Composer, week: Week) -> Block:
    number = f"{c.strings.week}{NO_BREAK}{week.number}"
    words: list[Span] = [Span(number)]
    if c.plan.start:
        dates = c.dated(first_day(week.number), last_day(week.number))
        words = [Span(f"{number}: "), dates]
    done = {item.number for session in week.sessions for item in session.items}
    names: list[Span] = []
    for exercise in c.plan.exercises:
        if exercise.number in done:
            names += [c.exercise_name(exercise, week.number), Span(", ")]
    style = c.look.body._replace(leading=c.look.body.size * _APART)
    return Stack((Paragraph(c.text(words, c.look.bold)), Paragraph(c.text(names[:-1], style))))


def to_top(c: Composer, kind: str) -> Flowed:
    """Return the link to the top of a section, for the foot of pages."""
    words = Span(c.strings.to_top.replace(" ", NO_BREAK), link=f"#{kind}")
    return Flowed(Paragraph(c.text([words])), before=c.look.gap * 2)
