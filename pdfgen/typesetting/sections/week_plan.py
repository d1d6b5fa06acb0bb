"""The week plan: doses by week, days, when to move on, missed sessions, flare-ups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.plan import PlannedAdvice, PlannedDose, PlannedPhase, Week
from pdfgen.planning.wording import NO_BREAK, dose_cell, in_two, is_one_hold, ranges
from pdfgen.typesetting.blocks import Block, Paragraph, column_widths
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.look import LINE, TINT
from pdfgen.typesetting.sections.dose_words import sides_and_loads
from pdfgen.typesetting.sections.exercise_words import in_weeks
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched, matched_flow, widest

_WEEK_COLUMN = 40.0
_DATE_COLUMN = 96.0
_FIRST_DATE_COLUMN = 50.0
_MINUTES_COLUMN = 52.0
_TITLE_COLUMN = 104.0

#: Horizontal white in the cells of a table with names in its head, and with numbers.
_PADDING, _NARROW_PADDING = 4.0, 3.0

#: With more exercises than this the table's head has their numbers only.
_MANY_EXERCISES = 5


class _TableForm(NamedTuple):
    """How much the table shows.

    Attributes:
        named: names in the head, not numbers alone.
        dates: both dates of a week, the first, or that one under the week's number.
        parted: a long hold takes two lines.
    """

    named: bool
    dates: Literal["both", "first", "under"]
    parted: bool = False


#: What shows most comes first.
_TABLE_FORMS = (
    _TableForm(True, "both"),
    _TableForm(True, "first"),
    _TableForm(False, "first"),
    _TableForm(False, "first", parted=True),
    _TableForm(False, "under"),
    _TableForm(False, "under", parted=True),
)


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the week plan."""
    gap = c.look.gap
    blocks = matched_flow(c, _introduction)
    blocks += _tables(c, _form(c), blocks)
    if details := _details(c):
        blocks.append(Flowed(c.bullets(details), before=gap))
    notes = [c.strings.minutes_note] if any(week.minutes for week in c.plan.weeks) else []
    notes += [c.strings.settle_note] if any(week.settling for week in c.plan.weeks) else []
    if notes:
        blocks.append(Flowed(c.paragraph(" ".join(notes)), before=gap))
    return blocks + _progress(c)


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
    blocks = [
        Flowed(c.heading(c.strings.plan_title, 1, bookmark=0), keep=True),
        Flowed(c.paragraph(c.strings.plan_intro), before=gap, keep=True),
        Flowed(_days(c), before=gap),
    ]
    if not _form(c).named:
        blocks[-1] = blocks[-1]._replace(keep=True)
        blocks.append(Flowed(_key(c), before=gap))
    return blocks


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


def _details(c: Composer) -> list[list[Span]]:
    """Return for each exercise what its column leaves unsaid: changing forms, side, loads, times a day."""
    items = []
    for exercise in c.plan.exercises:
        forms = exercise.forms if len(exercise.forms) > 1 else ()
        weeks = [f"{form.name} ({in_weeks(c, form.weeks).lower()})" for form in forms]
        if words := [*weeks, *sides_and_loads(c, exercise)]:
            name = Span(f"{exercise.number} {exercise.name}: ", bold=True)
            items.append([name, Span(", ".join(part.replace(" ", NO_BREAK) for part in words))])
    return items


def _weekdays(c: Composer, days: set[Weekday]) -> str:
    if len(days) == len(WEEKDAYS):
        return c.strings.every_day
    return ", ".join(c.language.day_names[day] for day in WEEKDAYS if day in days)


def _form(c: Composer) -> _TableForm:
    """Return the form that shows most and breaks no word and no dose."""
    forms = [form for form in _TABLE_FORMS if not form.named or len(c.plan.exercises) <= _MANY_EXERCISES]
    if c.plan.start is None:
        forms = [form._replace(dates="under") for form in forms]
    for form in forms:
        columns = column_widths(_widths(c, form), c.look.width)
        padding = 2 * (_PADDING if form.named else _NARROW_PADDING)
        if widest(c, partial(_widest, form=form)) <= columns[-2] - padding:
            return form
    return forms[-1]


def _widest(c: Composer, form: _TableForm) -> float:
    """Return the width of the widest thing in the columns of the exercises that may not break."""
    words = [word for e in c.plan.exercises for word in e.name.split()] if form.named else []
    doses = [dose for e in c.plan.exercises for dose in e.doses if dose is not None and not dose.blank]
    parts = [part for dose in doses for part in _parts(c, form, dose)]
    widths = [c.text(word, c.look.label_bold).natural_width for word in words]
    widths += [c.text(part.replace(" ", NO_BREAK), c.look.label).natural_width for part in parts]
    return max(widths, default=0.0)


def _widths(c: Composer, form: _TableForm) -> tuple[float, ...]:
    dates = {"both": (_DATE_COLUMN,), "first": (_FIRST_DATE_COLUMN,), "under": ()}[form.dates]
    ends = c.enlarged(_WEEK_COLUMN), c.enlarged(_MINUTES_COLUMN)
    return (ends[0], *map(c.enlarged, dates), *(1.0,) * len(c.plan.exercises), ends[1])


def _tables(c: Composer, form: _TableForm, above: list[Flowed]) -> list[Flowed]:
    """Return the table of all weeks, or one a phase where the page has no room for it below what is above."""
    gap = c.look.gap * 2
    whole = matched(c, lambda copy: _table(copy, form, copy.plan.phases))
    used = sum(item.before + item.block.height(c.look.width) for item in above)
    if used + gap + whole.height(c.look.width) <= c.look.height:
        return [Flowed(whole, before=gap)]
    return [Flowed(_table(c, form, (phase,)), before=gap) for phase in c.plan.phases]


def _table(c: Composer, form: _TableForm, phases: Sequence[PlannedPhase]) -> Table:
    bold = c.look.label_bold
    head = [Cell(c.bare(c.strings.week, bold), "Column")]
    if form.dates != "under":
        dates = c.strings.days if form.dates == "both" else c.strings.first_day
        head.append(Cell(c.bare(dates, bold), "Column"))
    for exercise in c.plan.exercises:
        number = Span(f"{exercise.number} " if form.named else f"{exercise.number}", colour=c.look.accent)
        head.append(Cell(c.bare([number, Span(exercise.name)] if form.named else [number], bold), "Column"))
    head.append(Cell(c.bare(c.strings.minutes, bold), "Column"))
    rows = [tuple(head)]
    for phase in phases:
        rows.append((Cell(_phase(c, phase), "Row", col_span=len(head)),))
        rows += [_week_row(c, form, week) for week in c.plan.weeks if week.number in phase.weeks]
    padding = (_PADDING if form.named else _NARROW_PADDING, 5.0)
    return Table(tuple(rows), _widths(c, form), padding=padding, rule=LINE, tint=TINT)


def _key(c: Composer) -> Block:
    """Return the number and name of each exercise."""
    spans = []
    for exercise in c.plan.exercises:
        spans += [Span(f"{exercise.number}{NO_BREAK}", bold=True, colour=c.look.accent)]
        spans += [Span(exercise.name.replace(" ", NO_BREAK)), Span(" · ")]
    return c.paragraph(spans[:-1])


def _phase(c: Composer, phase: PlannedPhase) -> Block:
    style = c.look.label
    return c.bare([Span(f"{phase.name}. ", bold=True, colour=c.look.accent), Span(phase.aim)], style)


def _week_row(c: Composer, form: _TableForm, week: Week) -> tuple[Cell, ...]:
    style = c.look.label
    number: Block = c.bare(str(week.number), c.look.label_bold)
    dates: list[Cell] = []
    if c.plan.start:
        last = (last_day(week.number),) if form.dates == "both" else ()
        date = c.bare([c.dated(first_day(week.number), *last)], style)
        if form.dates == "under":
            number = c.stack(number, date)
        else:
            dates = [Cell(date)]
    cells = [Cell(number, "Row"), *dates]
    cells += [Cell(_dose(c, form, exercise.doses[week.number - 1])) for exercise in c.plan.exercises]
    minutes = str(week.minutes + c.plan.warm_up_minutes) if week.minutes else "–"
    cells.append(Cell(c.bare(minutes, style)))
    return tuple(cells)


def _dose(c: Composer, form: _TableForm, dose: PlannedDose | None) -> Block:
    """The amount; a line to write on where it is left open; a dash where the exercise is not done yet."""
    if dose is None:
        return c.bare("–", c.look.label)
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=c.look.label.leading)
    return c.stack(*(c.bare(part, c.look.label) for part in _parts(c, form, dose)))


def _parts(c: Composer, form: _TableForm, dose: PlannedDose) -> Sequence[str]:
    """Return the lines of a dose: two for one that is held, where columns are narrow."""
    words = dose_cell(dose, c.language)
    return in_two(words) if form.parted and is_one_hold(dose) else (words,)


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
