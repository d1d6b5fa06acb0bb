"""What a patient notes each week beside the boxes of the exercises: pain after each session, and effort.

On a screen they are fields to fill in; on paper boxes for a pen.
"""

from __future__ import annotations

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.fixed_parts import PAIN_MAX, PAIN_MIN
from pdfgen.planning.plan import Week
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE, MM, TINT
from pdfgen.typesetting.sections import screen_weeks
from pdfgen.typesetting.sections.day_boxes import DayBox
from pdfgen.typesetting.sections.screen_parts import PAIN_LIMITS, PAIN_WEEK, row
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.tracker_geometry import EFFORTS

#: Sides of the boxes: a number has to be read in those of pain.
_PAIN, _EFFORT = 10 * MM, 9 * MM
#: White between an answer and its box, in gaps; to the next box there is at least so many times that.
_TO_WORDS, _APART = 0.6, 3.0
_PADDING = (1.5, 2.0)
#: A button a week where there are at least so many.
_FEWEST_FOR_BUTTONS = 3
_NUMBERS = tuple(str(number) for number in range(PAIN_MIN, PAIN_MAX + 1))


def compose(c: Composer) -> list[Flowed]:
    """Return what is asked, what numbers of pain mean, then boxes for each week."""
    gap, strings = c.look.gap, c.strings
    hint = strings.pain_choice_hint if c.layout.screen else strings.pain_number_hint
    asked = [Span(f"{strings.pain_after} ", bold=True), Span(hint)]
    zones = [". ".join(light.title for light in c.plan.safety.lights) + "."]
    return [
        Flowed(c.heading(strings.tracker_section, 1, bookmark=0), keep=True),
        Flowed(c.paragraph(asked), before=gap, keep=True),
        Flowed(c.paragraph(zones[0]), before=gap * 0.5, keep=True),
        *_to_limits(c),
        *_buttons(c),
        *(Flowed(_week(c, week), before=gap * 2, stretch=gap) for week in c.plan.weeks if week.sessions),
    ]


def _to_limits(c: Composer) -> list[Flowed]:
    """Return a row to what pain asks for, on a screen that has it."""
    if not c.layout.screen or "safety" not in c.layout.kinds:
        return []
    return [Flowed(row(c, c.plan.safety.light_title, f"#{PAIN_LIMITS}"), before=c.look.gap * 0.5)]


def _buttons(c: Composer) -> list[Flowed]:
    """Return a button to each week, on a screen, which is lower than they are."""
    runs = [[week.number] for week in c.plan.weeks if week.sessions]
    if not c.layout.screen or len(runs) < _FEWEST_FOR_BUTTONS:
        return []
    hint = [Paragraph(c.text(c.strings.tap_dates, c.look.cell))] if c.plan.start else []
    blocks = [*hint, *screen_weeks.buttons(c, runs, PAIN_WEEK)]
    return [Flowed(block, before=c.look.gap * 0.8) for block in blocks]


def _week(c: Composer, week: Week) -> Block:
    """Return the boxes of a week under its number and dates."""
    title = [Span(f"{c.strings.week} {week.number}")]
    if c.plan.start:
        dates = c.dated(first_day(week.number), last_day(week.number))
        title += [Span(" · ", bold=False), dates._replace(bold=False)]
    heading = Paragraph(c.text(title, c.look.h3), "H2", destination=f"{PAIN_WEEK}{week.number}")
    return c.stack(heading, _pain(c, week), _effort(c, week), gap=c.look.gap * 0.5, role="Sect")


def _pain(c: Composer, week: Week) -> Table:
    """Return a box under each day with exercises."""
    days = [session.day for session in week.sessions]
    centred = c.look.cell._replace(align="centre")
    head = tuple(Cell(c.bare(c.language.day_short[day], centred), "Column") for day in days)
    boxes = tuple(Cell(_pain_box(c, week, day)) for day in days)
    return Table((head, boxes), (1.0,) * len(days), _PADDING, rule=LINE, tint=TINT, line=0.5)


def _pain_box(c: Composer, week: Week, day: Weekday) -> DayBox:
    words = c.fill(c.strings.day_box, week=week.number, day=c.language.day_names[day])
    name = f"{c.strings.pain_after} {words}"
    return DayBox(f"pain.w{week.number}.{day}", name, _PAIN, c.layout.screen is not None, _NUMBERS)


def _effort(c: Composer, week: Week) -> Block:
    """Return the question about effort with a box before each answer."""
    answers = zip(EFFORTS, (c.strings.too_easy, c.strings.right, c.strings.too_hard), strict=True)
    boxes, widths = [], []
    for name, words in answers:
        boxes.append(_answer(c, week, name, words))
        widths.append(_EFFORT + c.look.gap * _TO_WORDS + c.text(words, c.look.label).natural_width + 1)
    apart = (c.look.width - sum(widths)) / (len(widths) - 1)
    is_clear = apart >= c.look.gap * _TO_WORDS * _APART
    row = c.columns(*boxes, widths=widths, gap=apart) if is_clear else c.stack(*boxes, gap=c.look.gap * 0.5)
    return Stack((Paragraph(c.text(c.strings.effort, c.look.cell_bold)), row), c.look.gap * 0.4)


def _answer(c: Composer, week: Week, name: str, words: str) -> Block:
    said = f"{c.strings.effort} {c.strings.week} {week.number}: {words}"
    box = DayBox(f"effort.w{week.number}.{name}", said, _EFFORT, c.layout.screen is not None)
    label = Paragraph(c.text(words, c.look.label))
    return Columns((box, label), (_EFFORT, 1.0), c.look.gap * _TO_WORDS, align="middle")
