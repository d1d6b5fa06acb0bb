"""The week plan: doses by week, days, when to move on, missed sessions, flare-ups."""

from __future__ import annotations

from collections.abc import Sequence

from pdfgen.content.fields import WEEKDAYS, Weekday
from pdfgen.content.library import Category
from pdfgen.planning.plan import PlannedAdvice, PlannedDose, PlannedPhase, Week
from pdfgen.planning.wording import NO_BREAK, day_month, dose_cell, in_two, is_one_hold, ranges
from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.style import LINE, TINT
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Span

_WEEK_COLUMN = 40.0
_DATE_COLUMN = 96.0
_DATE_COLUMN_NARROW = 50.0
_MINUTES_COLUMN = 52.0
_TITLE_COLUMN = 104.0

#: With more exercises than this the table's head has their numbers only.
_MANY_EXERCISES = 5


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the week plan."""
    progress = c.plan.progress
    gap = c.look.gap
    blocks = [
        Flowed(c.heading(c.strings.plan_title, 1, bookmark=0), keep=True),
        Flowed(c.paragraph(c.strings.plan_intro), before=gap, keep=True),
        Flowed(_days(c), before=gap, keep=True),
    ]
    if _is_narrow(c):
        blocks.append(Flowed(_key(c), before=gap, keep=True))
    blocks += _tables(c, blocks)
    if any(week.settling for week in c.plan.weeks):
        blocks.append(Flowed(c.paragraph(c.strings.settle_note), before=gap))
    blocks += [
        Flowed(c.heading(progress.title, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3),
        Flowed(c.paragraph(progress.intro), before=gap, keep=True),
        Flowed(_choices(c), before=gap * 1.5),
        Flowed(c.heading(progress.missed_title, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3),
        Flowed(_missed(c), before=gap),
        Flowed(_advice(c, progress.flare_up), before=gap * 3, stretch=gap * 3),
        Flowed(_advice(c, progress.afterwards), before=gap * 3, stretch=gap * 3),
    ]
    return blocks


def _days(c: Composer) -> Block:
    """Which kind of exercise on which days, with the numbers of the exercises."""
    names: dict[Category, str] = {
        "mobilising": c.strings.mobilising,
        "strengthening": c.strings.strengthening,
    }
    items = []
    for category, name in names.items():
        numbers = [e.number for e in c.plan.exercises if e.category == category]
        if not numbers:
            continue
        trained = {
            session.day
            for week in c.plan.weeks
            for session in week.sessions
            if any(item.number in numbers for item in session.items)
        }
        items.append([Span(f"{name} ({ranges(numbers)}): ", bold=True), Span(_weekdays(c, trained))])
    return c.bullets(items)


def _weekdays(c: Composer, days: set[Weekday]) -> str:
    if len(days) == len(WEEKDAYS):
        return c.strings.every_day
    return ", ".join(c.language.day_names[day] for day in WEEKDAYS if day in days)


def _tables(c: Composer, above: list[Flowed]) -> list[Flowed]:
    """Return the table of all weeks, or one a phase where the page has no room for it below what is above."""
    gap = c.look.gap * 2
    whole = _table(c, c.plan.phases)
    used = sum(item.before + item.block.height(c.look.width) for item in above)
    if used + gap + whole.height(c.look.width) <= c.look.height:
        return [Flowed(whole, before=gap)]
    return [Flowed(_table(c, (phase,)), before=gap) for phase in c.plan.phases]


def _table(c: Composer, phases: Sequence[PlannedPhase]) -> Table:
    narrow = _is_narrow(c)
    bold = c.look.label_bold
    head = [Cell(c.bare(c.strings.week, bold), "Column")]
    if c.plan.start is not None:
        head.append(Cell(c.bare(c.strings.first_day if narrow else c.strings.days, bold), "Column"))
    for exercise in c.plan.exercises:
        number = Span(f"{exercise.number}" if narrow else f"{exercise.number} ", colour=c.look.accent)
        head.append(Cell(c.bare([number] if narrow else [number, Span(exercise.name)], bold), "Column"))
    head.append(Cell(c.bare(c.strings.minutes, bold), "Column"))
    rows = [tuple(head)]
    for phase in phases:
        rows.append((Cell(_phase(c, phase), "Row", col_span=len(head)),))
        rows += [_week_row(c, week) for week in c.plan.weeks if week.number in phase.weeks]
    dates = () if c.plan.start is None else (_DATE_COLUMN_NARROW if narrow else _DATE_COLUMN,)
    ends = c.enlarged(_WEEK_COLUMN), c.enlarged(_MINUTES_COLUMN)
    widths = (ends[0], *dates, *(1.0,) * len(c.plan.exercises), ends[1])
    return Table(tuple(rows), widths, padding=(3.0 if narrow else 4.0, 5.0), rule=LINE, tint=TINT)


def _is_narrow(c: Composer) -> bool:
    """Whether there are too many exercises for their names in the head of the table."""
    return len(c.plan.exercises) > _MANY_EXERCISES


def _key(c: Composer) -> Block:
    """Which number is which exercise."""
    spans = []
    for exercise in c.plan.exercises:
        spans += [Span(f"{exercise.number}{NO_BREAK}", bold=True, colour=c.look.accent)]
        spans += [Span(exercise.name.replace(" ", NO_BREAK)), Span(" · ")]
    return c.paragraph(spans[:-1])


def _phase(c: Composer, phase: PlannedPhase) -> Block:
    style = c.look.label
    return c.bare([Span(f"{phase.name}. ", bold=True, colour=c.look.accent), Span(phase.aim)], style)


def _week_row(c: Composer, week: Week) -> tuple[Cell, ...]:
    style = c.look.label
    cells = [Cell(c.bare(str(week.number), c.look.label_bold), "Row")]
    first, last = week.days[0].date, week.days[-1].date
    if first and last:
        words = day_month(first, c.language)
        if not _is_narrow(c):
            words += f" – {day_month(last, c.language)}"
        cells.append(Cell(c.bare(words.replace(" ", NO_BREAK, 1), style)))
    for exercise in c.plan.exercises:
        dose = exercise.doses[week.number - 1]
        cells.append(Cell(_dose(c, dose)))
    minutes = str(week.minutes + c.plan.warm_up_minutes) if week.minutes else "–"
    cells.append(Cell(c.bare(minutes, style)))
    return tuple(cells)


def _dose(c: Composer, dose: PlannedDose | None) -> Block:
    """The amount; a line to write on where it is left open; a dash where the exercise is not done yet."""
    if dose is None:
        return c.bare("–", c.look.label)
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=c.look.label.leading)
    words = dose_cell(dose, c.language)
    if _is_narrow(c) and is_one_hold(dose):
        return c.stack(*(c.bare(part, c.look.label) for part in in_two(words)))
    return c.bare(words, c.look.label)


def _choices(c: Composer) -> Table:
    """Move on, stay, go back: three rows, so that each has the width of running text."""
    rows = [
        (
            Cell(c.bare(choice.title, c.look.h3), "Row", middle=False),
            Cell(c.stack(c.bullets(choice.points, gap=1.0), *_note(c, choice))),
        )
        for choice in c.plan.progress.choices
    ]
    return Table(tuple(rows), (_TITLE_COLUMN, 1.0), padding=(4.0, 6.0), rule=LINE, head=0)


def _note(c: Composer, advice: PlannedAdvice) -> list[Block]:
    return [c.space(0.6), c.paragraph(advice.note)] if advice.note else []


def _missed(c: Composer) -> Table:
    rows = [
        (
            Cell(c.bare(gap, c.look.cell_bold), "Row", middle=False),
            Cell(Paragraph(c.text(advice, c.look.cell))),
        )
        for gap, advice in c.plan.progress.missed
    ]
    return Table(tuple(rows), (_TITLE_COLUMN, 1.0), padding=(4.0, 5.0), rule=LINE, head=0)


def _advice(c: Composer, advice: PlannedAdvice) -> Block:
    heading = Paragraph(c.text(advice.title, c.look.h2), "H2", bookmark=1)
    return c.stack(heading, c.space(0.8), c.bullets(advice.points), *_note(c, advice), role="Sect")
