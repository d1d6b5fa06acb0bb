"""What pages on a screen have besides: numbers to tap, exercises by week, and the way back to the top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pdfgen.content.models.contact import dialled
from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, dose_words, week_words
from pdfgen.typesetting.blocks import Block, Bullets, Frame, Paragraph, Rule, Stack, rectangle
from pdfgen.typesetting.canvas import Canvas
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.document import LinkArea
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK, MM, TINT
from pdfgen.typesetting.sections.cover_facts import day_words
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings
from pdfgen.typesetting.sections.week_rows import planned_days
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

#: As high as a finger: 44 CSS pixels of a phone on which 105 mm are 360.
_FINGER = 12.8 * MM
_LINE = 1.2
_STOP_ICON = 1.8
#: Width of the numbers of exercises, in sizes of type.
_INDENT = 1.5
#: The name of the place with what is done in each week.
LIST = "weeks"


class Button(NamedTuple):
    """A link in an outline all of which can be tapped."""

    words: Text
    target: str
    pad: float

    def height(self, width: float) -> float:
        """Return the height in points."""
        return max(_FINGER, self.words.height(width - 2 * self.pad) + self.pad)

    def place(self, canvas: Canvas, x: float, y: float, width: float, parent: int) -> None:
        """Set outline, link and words."""
        high, room = self.height(width), width - 2 * self.pad
        canvas.add(rectangle(x, y, width, high, stroke=INK, line=_LINE))
        node = canvas.node("Link", canvas.node("P", parent))
        said = "".join(span.text for span in self.words.spans).replace(NO_BREAK, " ")
        canvas.add(LinkArea(x, y, width, high, self.target, said, node))
        self.words.place(canvas, x + self.pad, y + (high - self.words.height(room)) / 2, room, node)


def button(c: Composer, words: str, target: str, more: str = "") -> Button:
    """Return a button; its target is an address or `#` with the name of a place in the document.

    Args:
        words: in bold.
        more: what goes on behind them.
    """
    style = c.look.cell_bold._replace(align="centre")
    spans = [Span(words), *([Span(f" {more}", bold=False)] if more else [])]
    return Button(c.text(spans, style), target, c.look.gap)


def call_button(c: Composer, number: str) -> Button:
    """Return a button that calls a number."""
    words = c.fill(c.strings.call_number, number=number).replace(" ", NO_BREAK)
    return button(c, words, "tel:" + dialled(number, c.plan.dialling_code))


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


class _Done(NamedTuple):
    """An exercise of a week: its form, its dose, and the days on which it is done.

    `is_framed` says whether words for this patient go before its drawings.
    """

    exercise: PlannedExercise
    form: PlannedVariant
    dose: PlannedDose
    days: tuple[Weekday, ...]
    is_framed: bool


def weeks(c: Composer) -> list[Flowed]:
    """Return what is done in each week: its dates, then exercises as links to their forms, with doses.

    Weeks in which the same is done as in the one before are named together.
    """
    title = Paragraph(c.text(c.strings.this_week, c.look.h2), "H2", destination=LIST)
    busy = [week.number for week in c.plan.weeks if week.sessions]
    runs: list[list[int]] = []
    for week in busy:
        if runs and runs[-1][-1] == week - 1 and _done(c, runs[-1][-1]) == _done(c, week):
            runs[-1].append(week)
        else:
            runs.append([week])
    before = c.look.gap * 1.6
    return [
        Flowed(title, before=before, keep=True),
        *(Flowed(_weeks(c, run), before=before) for run in runs),
    ]


def _done(c: Composer, week: int) -> list[_Done]:
    return [
        _Done(
            exercise,
            exercise.form_in(week),
            dose,
            planned_days(c, exercise, week),
            goes_before_drawings(exercise.within([week])),
        )
        for exercise in c.plan.exercises
        if (dose := exercise.doses[week - 1]) is not None
    ]


def _weeks(c: Composer, run: Sequence[int]) -> Block:
    """Return weeks in which the same is done: their dates, then exercises under their days."""
    words = [Span(week_words(run, c.language))]
    if c.plan.start:
        words = [c.dated(first_day(run[0]), last_day(run[-1])), Span(f" · {words[0].text}", bold=False)]
    head = Paragraph(c.text(words, c.look.h3._replace(colour=INK)), "H3")
    done, gap = _done(c, run[0]), c.look.gap
    parts: list[Block] = []
    for days in dict.fromkeys(one.days for one in done):
        said = day_words(c, frozenset(days))
        named = Paragraph(c.text(f"{said[:1].upper()}{said[1:]}:", c.look.cell))
        some = [one for one in done if one.days == days]
        numbers = tuple(c.text(str(one.exercise.number), c.look.cell_bold) for one in some)
        items = tuple(_item(c, one, run[0]) for one in some)
        listed = Bullets(items, numbers, c.look.body.size * _INDENT, gap, "Decimal")
        parts.append(Stack((named, listed), gap * 0.7))
    return Stack((Rule(INK, 0.75), head, *parts), gap * 0.8)


def _item(c: Composer, done: _Done, week: int) -> Block:
    """Return an exercise as a link, its form, and its dose in bold; last what goes before its drawings."""
    name = [c.exercise_name(done.exercise, week), Span(f"{NO_BREAK}· {done.form.name}")]
    dose = dose_words(done.dose, c.language, done.exercise.rest_s).line or c.strings.blank_dose
    lines = [Paragraph(c.text(name, c.look.cell)), Paragraph(c.text(dose, c.look.cell_bold))]
    if done.is_framed:
        lines.append(Paragraph(c.text(c.strings.frame_there, c.look.cell)))
    return Stack(tuple(lines))


def to_top(c: Composer, kind: str) -> Flowed:
    """Return the link to the top of a section, for the foot of pages."""
    words = Span(c.strings.to_top.replace(" ", NO_BREAK), link=f"#{kind}")
    return Flowed(Paragraph(c.text([words])), before=c.look.gap * 2)
