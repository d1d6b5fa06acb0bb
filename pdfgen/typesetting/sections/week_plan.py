"""The week plan: doses by week, days, when to move on, missed sessions, flare-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

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

_TITLE_COLUMN = 104.0

#: Horizontal and vertical white in the cells of the weeks and of the doses.
_PADDING = (4.0, 5.0)
#: Least points of an advice before it goes on on the next page.
_LEAST_POINTS = 2
#: Shares of the columns of the weeks: number, dates, minutes; and, without dates, number and minutes.
_WEEKS, _UNDATED = (0.2, 0.5, 0.3), (0.5, 0.5)


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the week plan."""
    gap = c.look.gap
    blocks = _introduction(c)
    blocks.append(_weeks(c, c.plan.phases))
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
        c.by_rows(_missed(c), progress.missed_title, gap),
        _advice(c, progress.flare_up),
        _advice(c, progress.afterwards),
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


def _weeks(c: Composer, phases: Sequence[PlannedPhase]) -> Flowed:
    """Return the table of the weeks, which goes on on the next page between phases."""

    def parts() -> Iterator[tuple[Block, Flowed]]:
        for count in range(len(phases) - 1, 0, -1):
            yield _table(c, phases[:count]), _weeks(c, phases[count:])

    return Flowed(_table(c, phases), before=c.look.gap * 2, parts=parts)


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
    heading = Flowed(c.heading(c.strings.dose, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3)
    dosed = ([form for form in exercise.by_form if any(form.doses)] for exercise in c.plan.exercises)
    return [heading, *(_doses_of(c, *pair) for pair in zip(c.plan.exercises, dosed, strict=True))]


def _doses_of(
    c: Composer, exercise: PlannedExercise, forms: Sequence[PlannedExercise], *, goes_on: bool = False
) -> Flowed:
    """Return the doses of forms of an exercise, which go on on the next page between forms or weeks."""

    def parts() -> Iterator[tuple[Block, Flowed]]:
        for first, rest in _parted(forms):
            yield _forms(c, exercise, first, goes_on), _doses_of(c, exercise, rest, goes_on=True)

    gap = c.look.gap
    return Flowed(_forms(c, exercise, forms, goes_on), before=gap * 1.5, stretch=gap, parts=parts)


def _parted(
    forms: Sequence[PlannedExercise],
) -> Iterator[tuple[Sequence[PlannedExercise], Sequence[PlannedExercise]]]:
    """Yield forms in two parts, those with the longest first part first; last the first form in two.

    A form is parted where its dose changes.
    """
    for count in range(len(forms) - 1, 0, -1):
        yield forms[:count], forms[count:]
    form, *others = forms
    changes = [week for week, pair in enumerate(pairwise(form.doses), 1) if pair[0] != pair[1]]
    inside = [week for week in changes if any(form.doses[:week]) and any(form.doses[week:])]
    for last in reversed(inside):
        yield [_in_weeks(form, 0, last)], [_in_weeks(form, last, len(form.doses)), *others]


def _in_weeks(form: PlannedExercise, after: int, last: int) -> PlannedExercise:
    kept = (dose if after < week <= last else None for week, dose in enumerate(form.doses, 1))
    return form._replace(doses=tuple(kept))


def _forms(c: Composer, exercise: PlannedExercise, forms: Sequence[PlannedExercise], goes_on: bool) -> Block:
    number = Span(f"{exercise.number}{NO_BREAK} ", colour=c.look.accent)
    name = c.exercise_name(exercise)
    if goes_on:
        name = name._replace(text=c.fill(c.strings.continued, title=name.text))
    words: list[Block] = [Paragraph(c.text([number, name], c.look.h3), "H3")]
    for form in forms:
        if len(exercise.forms) > 1:
            weeks = week_words(form.main.weeks, c.language)
            words.append(Paragraph(c.text(f"{weeks}: {form.main.name}", c.look.bold)))
        words.append(doses(c, form, c.look.width))
    return c.stack(*words, gap=c.look.gap * 0.4, role="Sect")


def _choices(c: Composer) -> list[Flowed]:
    """Return when to move on, stay or go back: in a table, or below each other where the page is narrow."""
    gap = c.look.gap
    if not c.is_narrow:
        return [c.by_rows(_table_of_choices(c), c.plan.progress.title, gap * 1.5)]
    return [_advice(c, choice, level=3) for choice in c.plan.progress.choices]


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


def _advice(c: Composer, advice: PlannedAdvice, title: str = "", *, level: Literal[2, 3] = 2) -> Flowed:
    """Return a title with its points, which go on on the next page under the title again.

    Args:
        advice: of a part that goes on: the points that are left.
        title: of a part that goes on.
        level: of the title; one of level 2 is in the outline.
    """
    white = c.look.gap * (3 if level == 2 else 1.5)
    heading = c.heading(title or advice.title, level, bookmark=1 if level == 2 and not title else None)

    def block(points: Sequence[str], *note: Block) -> Block:
        bullets = c.bullets(points, gap=None if level == 2 else 1.0)
        return c.stack(heading, c.space(0.8 if level == 2 else 0.4), bullets, *note, role="Sect")

    def parts() -> Iterator[tuple[Block, Flowed]]:
        continued = c.fill(c.strings.continued, title=advice.title)
        for count in range(len(advice.points) - 1, _LEAST_POINTS - 1, -1):
            rest = advice._replace(points=advice.points[count:])
            yield block(advice.points[:count]), _advice(c, rest, continued, level=level)

    whole = block(advice.points, *_note(c, advice))
    return Flowed(whole, before=white, stretch=white, parts=parts)
