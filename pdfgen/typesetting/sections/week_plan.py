"""The week plan: doses by week, days, when to move on, missed sessions, flare-ups."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.plan import PlannedAdvice, PlannedExercise, PlannedPhase, Week
from pdfgen.planning.wording import NO_BREAK, ranges, week_words
from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE, TINT
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched, matched_flow

_TITLE_COLUMN = 104.0

#: Horizontal and vertical white in the cells of the weeks and of the doses.
_PADDING = (4.0, 5.0)
#: Shares of the columns of the weeks: number, dates, minutes; and, without dates, number and minutes.
_WEEKS, _UNDATED = (0.2, 0.5, 0.3), (0.5, 0.5)


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the week plan."""
    gap = c.look.gap
    blocks = matched_flow(c, _introduction)
    blocks += _weeks(c, blocks)
    notes = [c.strings.minutes_note] if any(week.minutes for week in c.plan.weeks) else []
    notes += [c.strings.settle_note] if any(week.settling for week in c.plan.weeks) else []
    if notes:
        blocks.append(Flowed(c.paragraph(" ".join(notes)), before=gap))
    return blocks + _doses(c) + _progress(c)


def _progress(c: Composer) -> list[Flowed]:
    """Return the advice below the table of weeks, which does not depend on the weeks."""
    progress = c.plan.progress
    gap = c.look.gap
    return [
        Flowed(c.heading(progress.title, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3),
        Flowed(c.paragraph(progress.intro), before=gap, keep=True),
        *_choices(c),
        Flowed(c.heading(progress.missed_title, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3),
        Flowed(_missed(c), before=gap),
        Flowed(_advice(c, progress.flare_up), before=gap * 3, stretch=gap * 3),
        Flowed(_advice(c, progress.afterwards), before=gap * 3, stretch=gap * 3),
    ]


def _introduction(c: Composer) -> list[Flowed]:
    """Return the blocks above the table of weeks."""
    gap = c.look.gap
    return [
        Flowed(c.heading(c.strings.plan_title, 1, bookmark=0), keep=True),
        Flowed(c.paragraph(c.strings.plan_intro), before=gap, keep=True),
        Flowed(_days(c), before=gap),
    ]


def _days(c: Composer) -> Block:
    """Return the days of each kind of exercise, with the numbers of the exercises and what it is for."""
    items = []
    for kind in c.plan.kinds:
        numbers = [exercise.number for exercise in c.plan.exercises if exercise.kind == kind.id]
        trained = {
            session.day
            for week in c.plan.weeks
            for session in week.sessions
            if any(item.number in numbers for item in session.items)
        }
        name = Span(f"{kind.name} ({ranges(numbers)}): ", bold=True)
        items.append([name, Span(f"{_weekdays(c, trained)}. {kind.what_for}")])
    return c.bullets(items)


def _weekdays(c: Composer, days: set[Weekday]) -> str:
    if len(days) == len(WEEKDAYS):
        return c.strings.every_day
    return ", ".join(c.language.day_names[day] for day in WEEKDAYS if day in days)


def _weeks(c: Composer, above: list[Flowed]) -> list[Flowed]:
    """Return the table of all weeks, or one a phase where the page has no room for it below what is above."""
    gap = c.look.gap * 2
    whole = matched(c, lambda copy: _table(copy, copy.plan.phases))
    used = sum(item.before + item.block.height(c.look.width) for item in above)
    if used + gap + whole.height(c.look.width) <= c.look.height:
        return [Flowed(whole, before=gap)]
    return [Flowed(_table(c, (phase,)), before=gap) for phase in c.plan.phases]


def _table(c: Composer, phases: Sequence[PlannedPhase]) -> Table:
    dated = c.plan.start is not None
    names = [c.strings.week, *([c.strings.days] if dated else []), c.strings.minutes]
    rows = [tuple(Cell(c.bare(name, c.look.cell_bold), "Column") for name in names)]
    for phase in phases:
        rows.append((Cell(_phase(c, phase), "Row", col_span=len(names)),))
        rows += [_week_row(c, week) for week in c.plan.weeks if week.number in phase.weeks]
    return Table(tuple(rows), _WEEKS if dated else _UNDATED, padding=_PADDING, rule=LINE, tint=TINT)


def _phase(c: Composer, phase: PlannedPhase) -> Block:
    return c.bare([Span(f"{phase.name}. ", bold=True, colour=c.look.accent), Span(phase.aim)])


def _week_row(c: Composer, week: Week) -> tuple[Cell, ...]:
    cells = [Cell(c.bare(str(week.number), c.look.cell_bold), "Row")]
    if c.plan.start:
        cells.append(Cell(c.bare([c.dated(first_day(week.number), last_day(week.number))])))
    minutes = str(week.minutes + c.plan.warm_up_minutes) if week.minutes else "–"
    return (*cells, Cell(c.bare(minutes)))


def _doses(c: Composer) -> list[Flowed]:
    """Return how much of each exercise there is to do in which weeks, form by form."""
    gap = c.look.gap
    blocks = [Flowed(c.heading(c.strings.dose, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3)]
    blocks += [Flowed(_doses_of(c, e), before=gap * 1.5, stretch=gap) for e in c.plan.exercises]
    return blocks


def _doses_of(c: Composer, exercise: PlannedExercise) -> Block:
    number = Span(f"{exercise.number}{NO_BREAK} ", colour=c.look.accent)
    words: list[Block] = [Paragraph(c.text([number, c.exercise_name(exercise)], c.look.h3), "H3")]
    for form in (part for part in exercise.by_form if any(part.doses)):
        if len(exercise.forms) > 1:
            weeks = week_words(form.main.weeks, c.language)
            words.append(Paragraph(c.text(f"{weeks}: {form.main.name}", c.look.bold)))
        words.append(doses(c, form, c.look.width))
    return c.stack(*words, gap=c.look.gap * 0.4, role="Sect")


def _choices(c: Composer) -> list[Flowed]:
    """Return when to move on, stay or go back: in a table, or below each other where the page is narrow."""
    gap = c.look.gap
    if not c.is_narrow:
        return [Flowed(_table_of_choices(c), before=gap * 1.5)]
    blocks = []
    for choice in c.plan.progress.choices:
        words: tuple[Block, ...] = (c.space(0.4), c.bullets(choice.points, gap=1.0), *_note(c, choice))
        block = c.stack(c.heading(choice.title, 3), *words, role="Sect")
        blocks.append(Flowed(block, before=gap * 1.5, stretch=gap))
    return blocks


def _table_of_choices(c: Composer) -> Table:
    """Return a row a choice, so that each has the width of running text."""
    rows = [
        (c.bare(choice.title, c.look.h3), c.stack(c.bullets(choice.points, gap=1.0), *_note(c, choice)))
        for choice in c.plan.progress.choices
    ]
    return _titled_rows(c, rows, 6.0)


def _missed(c: Composer) -> Table:
    rows = [
        (c.bare(gap, c.look.cell_bold), Paragraph(c.text(advice, c.look.cell)))
        for gap, advice in c.plan.progress.missed
    ]
    return _titled_rows(c, rows, 5.0)


def _titled_rows(c: Composer, rows: Sequence[tuple[Block, Block]], down: float) -> Table:
    """Return a table of titles with what they stand for, and `down` points of white above and below each."""
    cells = tuple((Cell(title, "Row", middle=False), Cell(words)) for title, words in rows)
    return Table(cells, (c.enlarged(_TITLE_COLUMN), 1.0), padding=(4.0, down), rule=LINE, head=0)


def _note(c: Composer, advice: PlannedAdvice) -> list[Block]:
    return [c.space(0.6), c.paragraph(advice.note)] if advice.note else []


def _advice(c: Composer, advice: PlannedAdvice) -> Block:
    heading = Paragraph(c.text(advice.title, c.look.h2), "H2", bookmark=1)
    return c.stack(heading, c.space(0.8), c.bullets(advice.points), *_note(c, advice), role="Sect")
