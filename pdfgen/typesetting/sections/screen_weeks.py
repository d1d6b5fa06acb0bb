"""What is done in each week, on the first page of a screen: a button a week, then exercises as links."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from pdfgen.content.models.field_types import Weekday
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise, PlannedVariant
from pdfgen.planning.wording import NO_BREAK, dose_words, week_words
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import WARM_UP, destination_in
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.sections.cover_facts import day_words
from pdfgen.typesetting.sections.exercise_words import goes_before_drawings
from pdfgen.typesetting.sections.screen_parts import LIST, PAIN, PAIN_WEEK, Button, Row, Rows, row, tall_row
from pdfgen.typesetting.sections.week_columns import planned_days
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import Span

#: How the names of the places with what is done in weeks begin.
_WEEK = "week-"
#: More weeks that differ have a page each: who looks for today does not scroll past others.
_MOST_TOGETHER = 6


class _Done(NamedTuple):
    """An exercise of a week: its form, its dose, and the days on which it is done.

    `is_framed` says whether words for this patient go before its drawings.
    """

    exercise: PlannedExercise
    form: PlannedVariant
    dose: PlannedDose
    days: tuple[Weekday, ...]
    is_framed: bool


def compose(c: Composer) -> list[Flowed]:
    """Return a button a week, then what is done in each: dates, exercises as links to their forms, doses.

    Weeks in which the same is done as in the one before are named together. Many of them have a page each.
    """
    title = Paragraph(c.text(c.strings.this_week, c.look.h2), "H2", destination=LIST)
    busy = [week.number for week in c.plan.weeks if week.sessions]
    runs: list[list[int]] = []
    for week in busy:
        if runs and runs[-1][-1] == week - 1 and _done(c, runs[-1][-1]) == _done(c, week):
            runs[-1].append(week)
        else:
            runs.append([week])
    gap, apart = c.look.gap, len(runs) > _MOST_TOGETHER
    rows = buttons(c, runs, _WEEK) if len(runs) > 1 else []
    if rows and c.plan.start:
        rows.insert(0, Paragraph(c.text(c.strings.tap_dates, c.look.cell)))
    return [
        Flowed(title, before=gap * 1.6, keep=True),
        *(Flowed(row, before=gap * 0.8) for row in rows),
        *(Flowed(_weeks(c, run, can_choose=bool(rows)), before=gap * 2, new_page=apart) for run in runs),
    ]


def buttons(c: Composer, runs: Sequence[Sequence[int]], place: str) -> list[Block]:
    """Return a button a run of weeks, which leads down to it; two beside each other where dates fit.

    Args:
        place: how the names of the places of weeks begin.
    """
    style, gap = c.look.cell_bold._replace(align="centre"), c.look.gap
    pad = gap * 0.4
    # Any dates: those of another patient may be wider.
    widest = 2 * c.widest_dates[first_day(1)] + c.text(" – ", style).natural_width
    columns = 2 if widest + 2 * pad <= (c.look.width - gap) / 2 else 1
    made: list[Block] = []
    for run in runs:
        said = week_words(run, c.language)
        lines: tuple[Text, ...] = (c.text(said, style),)
        if c.plan.start:
            small = c.look.label._replace(align="centre")
            lines = (c.text([c.dated(first_day(run[0]), last_day(run[-1]))], style), c.text(said, small))
        # The dates differ between patients, and are no part of what a link is called.
        made.append(Button(lines, said.replace(NO_BREAK, " "), f"#{place}{run[0]}", pad))
    if columns == 1:
        return made
    made += [Stack(())] * (len(made) % 2)
    return [Columns(pair, (1.0, 1.0), gap) for pair in zip(made[::2], made[1::2], strict=True)]


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


def _weeks(c: Composer, run: Sequence[int], *, can_choose: bool) -> Block:
    """Return weeks in which the same is done: their dates, the warm-up, then exercises under their days.

    Exercises stand in the order in which they are done, so that days may be named again.

    Args:
        can_choose: whether there is a list of weeks to go back to.
    """
    words = [Span(week_words(run, c.language))]
    if c.plan.start:
        words = [c.dated(first_day(run[0]), last_day(run[-1])), Span(f" · {words[0].text}", bold=False)]
    head = Paragraph(c.text(words, c.look.h3._replace(colour=INK)), "H3", destination=f"{_WEEK}{run[0]}")
    done, gap = _done(c, run[0]), c.look.gap
    parts: list[Block] = []
    for days, run_of_days in groupby(done, key=lambda one: one.days):
        some = [*run_of_days]
        said = day_words(c, frozenset(days))
        named = Paragraph(c.text(f"{said[:1].upper()}{said[1:]}:", c.look.cell))
        parts.append(Stack((named, Rows(tuple(_item(c, one, run[0]) for one in some)))))
    # Links to the exercises land below the warm-up.
    parts.insert(0, row(c, c.plan.preparation.warm_up.title, f"#{WARM_UP}"))
    if PAIN in c.layout.kinds:
        # Of several weeks the reader chooses one there.
        place = PAIN if len(run) > 1 else f"{PAIN_WEEK}{run[0]}"
        parts.append(row(c, c.strings.to_pain, f"#{place}"))
    if can_choose:
        return Stack((head, *parts, row(c, c.strings.other_week, f"#{LIST}")), gap * 0.8)
    return Stack((Rule(INK, 0.75), head, *parts), gap * 0.8)


def _item(c: Composer, done: _Done, week: int) -> Row:
    """Return an exercise with its form, its dose in bold, and what goes before its drawings: a link."""
    name = f"{done.exercise.name.replace(' ', NO_BREAK)}{NO_BREAK}· {done.form.name}"
    dose = dose_words(done.dose, c.language, done.exercise.rest_s).line or c.strings.blank_dose
    lines = [c.text(name, c.look.cell), c.text(dose, c.look.cell_bold)]
    if done.is_framed:
        lines.append(c.text(c.strings.frame_there, c.look.cell))
    number = c.text(str(done.exercise.number), c.look.cell_bold)
    return tall_row(lines, f"#{destination_in(done.exercise, week)}", number)
