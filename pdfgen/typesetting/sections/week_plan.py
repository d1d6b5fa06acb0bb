"""The week plan: doses by week, days, when to move on, missed sessions, flare-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import fsum
from typing import Literal, NamedTuple

from pdfgen.content.models.field_types import WEEKDAYS, Weekday
from pdfgen.planning.dates import first_day, last_day
from pdfgen.planning.plan import PlannedAdvice, Week
from pdfgen.planning.schedule import days_of
from pdfgen.planning.wording import NO_BREAK, day_month, ranges, week_words
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import NEXT_WEEK
from pdfgen.typesetting.flow import Flowed, extent, foot_of, paginate
from pdfgen.typesetting.flowed_tables import by_rows
from pdfgen.typesetting.look import LINE, MM
from pdfgen.typesetting.sections.plan_doses import dose_table
from pdfgen.typesetting.sections.safety_strip import inside
from pdfgen.typesetting.sections.signs_place import sending
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched_flow, widest

_TITLE_COLUMN = 104.0

#: An emptier foot costs more than advice that goes on overleaf, in points.
_EMPTY_FOOT = 60 * MM
#: Horizontal and vertical white in the cells of the weeks.
_PADDING = (2.0, 3.0)
#: White between number, dates and minutes of a week, in sizes of type.
_APART = 0.8
#: A day of two wide figures in any month.
_SOME_YEAR, _SOME_DAY = 2026, 28
#: Least points of an advice before it goes on on the next page.
_LEAST_POINTS = 2


class _Plan(NamedTuple):
    """The blocks of the week plan: as they come, and with when to move on on one page, if any holds it."""

    usual: list[Flowed]
    whole: list[Flowed]


def compose(c: Composer) -> list[Flowed]:
    """Return the blocks of the week plan."""
    own = _plan(c)
    other = own if c.twin is None else _plan(c.turned())
    # Both copies of a program are weighed as they are set, so that one choice is made for them.
    usual = matched_flow(c, lambda copy: (own if copy is c else other).usual)
    whole = matched_flow(c, lambda copy: (own if copy is c else other).whole)
    return own.whole if _cost(c, whole) <= _cost(c, usual) else own.usual


def _plan(c: Composer) -> _Plan:
    gap = c.look.gap
    blocks = _introduction(c)
    blocks.append(by_rows(c, _weeks(c), c.strings.plan_title, gap)._replace(stretch=gap * 3))
    notes = [c.strings.minutes_note] if any(week.minutes for week in c.plan.weeks) else []
    notes += [c.strings.settle_note] if any(week.settling for week in c.plan.weeks) else []
    if notes:
        blocks.append(Flowed(c.paragraph(" ".join(notes)), before=gap, stretch=gap * 3))
    blocks, moving_on, further = blocks + _doses(c), _moving_on(c), _further(c)
    usual = [*blocks, *_moving_on(c, titled=True), *further]
    if extent(moving_on, c.look.width, at_top=True) > c.look.height:
        return _Plan(usual, usual)
    # It is read once a week, so that no part of it should be overleaf.
    *others, last = moving_on
    whole = [*blocks, *(one._replace(keep=True) for one in others), last._replace(whole=True), *further]
    return _Plan(usual, whole)


def _cost(c: Composer, flow: Sequence[Flowed]) -> tuple[int, int]:
    """Return how many pages blocks take, and how many of these have an empty foot below stretched white."""
    pages = paginate(flow, c.look, "plan", white=c.least_white)
    stretched = (fsum(item.stretch for item in page.items[1:]) for page in pages)
    feet = (foot_of(page.items, c.look) for page in pages[:-1])
    return len(pages), sum(foot - more > _EMPTY_FOOT for foot, more in zip(feet, stretched, strict=False))


def _moving_on(c: Composer, *, titled: bool = False) -> list[Flowed]:
    """Return when to move on, stay or go back.

    Args:
        titled: whether choices that go on on the next page have the title of all of them there again; their
            white is then never less.
    """
    progress, gap = c.plan.progress, c.look.gap
    choices = [_below_each_other(c, progress.choices)] if titled and c.is_narrow else _choices(c)
    heading = c.heading(progress.title, 2, bookmark=1)
    return [
        Flowed(heading, before=gap * 3, keep=True, stretch=gap * 3, destination=NEXT_WEEK),
        Flowed(c.paragraph(progress.intro), before=gap, keep=True),
        *choices,
    ]


def _further(c: Composer) -> list[Flowed]:
    """Return the other advice below the table of weeks."""
    progress, gap = c.plan.progress, c.look.gap
    return [
        Flowed(c.heading(progress.missed_title, 2, bookmark=1), before=gap * 3, keep=True, stretch=gap * 3),
        by_rows(c, _missed(c), progress.missed_title, gap),
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
        name = Span(f"{kind.name} ({ranges(numbers)}): ", bold=True)
        items.append([name, Span(f"{_weekdays(c, days_of(c.plan, kind))}. {kind.what_for}")])
    return c.bullets(items)


def _weekdays(c: Composer, days: frozenset[Weekday]) -> str:
    if len(days) == len(WEEKDAYS):
        return c.strings.every_day
    return ", ".join(c.language.day_names[day] for day in WEEKDAYS if day in days)


def _weeks(c: Composer) -> Table:
    """Return a row for each phase: what it is for, and its weeks; below that where the page is narrow."""
    rows = []
    for phase in c.plan.phases:
        aim = c.bare([Span(f"{phase.name}. ", bold=True, colour=c.look.accent), Span(phase.aim)])
        weeks = Stack(tuple(_week(c, week) for week in c.plan.weeks if week.number in phase.weeks))
        rows.append((aim, weeks))
    if c.is_narrow:
        below = tuple((Cell(Stack((Paragraph(aim.text), weeks)), middle=False),) for aim, weeks in rows)
        return Table(below, (1.0,), _PADDING, rule=LINE, head=0)
    beside = tuple((Cell(aim, "Row", middle=False), Cell(weeks, middle=False)) for aim, weeks in rows)
    wide = sum(_week_widths(c)) + 2 * _PADDING[0]
    return Table(beside, (1.0, wide), _PADDING, rule=LINE, head=0)


def _week_widths(c: Composer) -> tuple[float, ...]:
    """Return widths in points of number, dates and minutes of a week, whenever the program begins."""
    number, minutes = (widest(c, partial(_widest_of, words=words)) for words in (_number, _minutes))
    dates = [widest(c, _widest_dates)] if c.plan.start else []
    return tuple(width + c.look.body.size * _APART for width in (number, *dates, minutes))


def _widest_of(c: Composer, words: Callable[[Composer, Week], str]) -> float:
    return max(c.text(words(c, week), c.look.cell_bold).natural_width for week in c.plan.weeks)


def _widest_dates(c: Composer) -> float:
    months = (day_month(dt.date(_SOME_YEAR, month, _SOME_DAY), c.language) for month in range(1, 13))
    return 2 * max(c.text(date, c.look.cell).natural_width for date in months) + c.look.body.size


def _number(c: Composer, week: Week) -> str:
    # The space keeps the columns apart where a week is read as one text.
    return week_words([week.number], c.language) + NO_BREAK


def _minutes(c: Composer, week: Week) -> str:
    """Return the minutes of a session with its warm-up; nothing where a dose is left open."""
    if not week.minutes:
        return ""
    return c.language.count("minute", week.minutes + c.plan.warm_up_minutes).replace(" ", NO_BREAK)


def _week(c: Composer, week: Week) -> Block:
    """Return number, dates and minutes of a week on one line."""
    cells: list[Block] = [c.bare(_number(c, week), c.look.cell_bold)]
    if c.plan.start:
        dates = c.dated(first_day(week.number), last_day(week.number))
        cells.append(c.bare([dates, Span(NO_BREAK)]))
    cells.append(c.bare(_minutes(c, week)))
    return Columns(tuple(cells), (*_week_widths(c)[:-1], 1.0), role="P")


def _doses(c: Composer) -> list[Flowed]:
    """Return how much of each exercise there is to do in which weeks."""
    gap = c.look.gap
    table, tops = dose_table(c)
    if not table.rows:
        return []
    heading = Flowed(c.heading(c.strings.dose, 2, bookmark=1), before=gap * 2.5, keep=True, stretch=gap * 5)
    return [heading, by_rows(c, table, c.strings.dose, gap * 0.6, tops=tops)]


def _choices(c: Composer) -> list[Flowed]:
    """Return when to move on, stay or go back: in a table, or below each other where the page is narrow."""
    gap = c.look.gap
    if not c.is_narrow:
        return [by_rows(c, _table_of_choices(c), c.plan.progress.title, gap * 1.5)]
    return [_advice(c, choice, level=3) for choice in c.plan.progress.choices]


def _below_each_other(c: Composer, choices: Sequence[PlannedAdvice], title: str = "") -> Flowed:
    """Return choices below each other, under the title of all of them where they go on."""
    gap = c.look.gap
    heading = [c.heading(title, 2, bookmark=None)] if title else []

    def block(some: Sequence[PlannedAdvice]) -> Block:
        told = (_advice(c, choice, level=3).block for choice in some)
        return Stack((*heading, *told), gap * 1.5)

    def parts() -> Iterator[tuple[Block, Flowed]]:
        continued = c.fill(c.strings.continued, title=c.plan.progress.title)
        for count in range(len(choices) - 1, -1, -1):
            for done, rest in _halves(c, choices[count]):
                left = [rest, *choices[count + 1 :]]
                yield block([*choices[:count], done]), _below_each_other(c, left, continued)
            if count:
                yield block(choices[:count]), _below_each_other(c, choices[count:], continued)

    return Flowed(block(choices), before=gap * 1.5, stretch=gap * 1.5, parts=parts)


def _halves(c: Composer, advice: PlannedAdvice) -> Iterator[tuple[PlannedAdvice, PlannedAdvice]]:
    """Yield an advice as what is said of it on one page and on the next, as much as can be on the first."""
    title = c.fill(c.strings.continued, title=advice.title)
    for count in range(len(advice.points) - 1, _LEAST_POINTS - 1, -1):
        rest = advice._replace(title=title, points=advice.points[count:])
        yield advice._replace(points=advice.points[:count], note=""), rest


def _table_of_choices(c: Composer) -> Table:
    """Return a row a choice, so that each has the width of running text."""
    rows = [(c.bare(choice.title, c.look.h3), _points(c, choice)) for choice in c.plan.progress.choices]
    return _titled_rows(c, rows, 4.0)


def _points(c: Composer, advice: PlannedAdvice) -> Block:
    return c.stack(c.bullets(advice.points, c.look.cell, gap=1.0), *_note(c, advice))


def _missed(c: Composer) -> Table:
    rows = [
        (c.bare(gap, c.look.cell_bold), Paragraph(c.text(advice, c.look.cell)))
        for gap, advice in c.plan.progress.missed
    ]
    return _titled_rows(c, rows, 3.0)


def _titled_rows(c: Composer, rows: Sequence[tuple[Block, Block]], down: float) -> Table:
    """Return a table of titles with what they stand for, and `down` points of white above and below each."""
    cells = tuple((Cell(title, "Row", middle=False), Cell(words, middle=False)) for title, words in rows)
    return Table(cells, (c.enlarged(_TITLE_COLUMN), 1.0), padding=(4.0, down), rule=LINE, head=0)


def _note(c: Composer, advice: PlannedAdvice) -> list[Block]:
    """Return what to do, with the clinic's number behind words that end with who is called there."""
    number = c.plan.clinic.phone
    if not advice.note:
        return []
    said, words = [Span(advice.note)], advice.note.removesuffix(".")
    if number and words.endswith(inside(c.strings.my_clinic)):
        said = [Span(f"{words}:{NO_BREAK}"), c.phone(number, bold=True)]
    return [c.space(0.3), c.paragraph(said, c.look.cell)]


def _point(c: Composer, said: Sequence[Span]) -> Block:
    return Paragraph(c.text(said, c.look.cell), measure=c.measure)


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
        items = tuple(sending(c, point, partial(_point, c)) for point in points)
        bullets = c.bullets(points, c.look.cell, gap=1.5)._replace(items=items)
        return c.stack(heading, c.space(0.4), bullets, *note, role="Sect")

    def parts() -> Iterator[tuple[Block, Flowed]]:
        continued = c.fill(c.strings.continued, title=advice.title)
        for count in range(len(advice.points) - 1, _LEAST_POINTS - 1, -1):
            rest = advice._replace(points=advice.points[count:])
            yield block(advice.points[:count]), _advice(c, rest, continued, level=level)

    whole = block(advice.points, *_note(c, advice))
    return Flowed(whole, before=white, stretch=white, parts=parts)
