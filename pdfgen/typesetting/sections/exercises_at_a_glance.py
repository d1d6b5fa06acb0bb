"""All exercises in what a page has left, where none of them has room there itself."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import list_words
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.look import MM
from pdfgen.typesetting.picture_rows import GAP, PictureEntry, PictureRows
from pdfgen.typesetting.sections.cover_facts import day_words
from pdfgen.typesetting.sections.exercise_places import Elsewhere, place_lines
from pdfgen.typesetting.sections.exercise_words import from_week
from pdfgen.typesetting.sections.week_rows import days_done
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.twins import matched

#: Drawings are at least and at most so high, in millimetres.
_LEAST, _MOST = 16, 70
#: How many may stand beside each other.
_COLUMNS = range(1, 5)
#: Columns of numbers and white between drawings and words, in sizes of type.
_NUMBER, _BETWEEN = 1.1, 0.4


def at_a_glance(c: Composer, room: float, where: Elsewhere) -> Block | None:
    """Return number, name, days and a drawing of each exercise; None where drawings would be too small.

    Args:
        room: height in points that they may take.
        where: on which pages they are.
    """
    heading = matched(c, lambda copy: copy.heading(copy.strings.exercises_title, 2, bookmark=1))
    left = room - heading.height(c.look.width) - c.look.gap
    once = matched(c, _days_once)
    # Days with each exercise are best, then days said once, then none.
    said: tuple[tuple[bool, tuple[Block, ...]], ...] = (
        (True, ()),
        (False, (once, c.space(0.5))),
        (False, ()),
    )
    for has_days, lines in said:
        lower = left - Stack(lines).height(c.look.width)
        ways = (_way(c, where, columns, lower, has_days=has_days) for columns in _COLUMNS)
        fitting = [way for way in ways if way.highest >= _LEAST * MM]
        if fitting:
            rows = matched(c, partial(_rows, where=where, way=max(fitting, key=_lowest)))
            return Stack((heading, *lines, c.space(1.0), rows), role="Sect")
    return None


def _days_once(c: Composer) -> Block:
    """Return the days of all exercises, a line for those that have the same ones: "1, 2 and 4: every day"."""
    by_days: dict[str, list[str]] = {}
    for exercise in c.plan.exercises:
        if days := days_done(c, exercise):
            by_days.setdefault(day_words(c, days), []).append(str(exercise.number))
    if len(by_days) == 1:
        lines = [[Span(f"{words[:1].upper()}{words[1:]}", bold=True)] for words in by_days]
    else:
        lines = [
            [Span(f"{list_words(numbers, c.language)}: ", bold=True), Span(words)]
            for words, numbers in by_days.items()
        ]
    return Stack(tuple(Paragraph(c.text(line, c.look.cell), measure=c.long_measure) for line in lines))


class _Way(NamedTuple):
    """A way to set the exercises.

    Attributes:
        highest: how high drawings may be, in points.
        drawn: how high they are.
    """

    columns: int
    highest: float
    has_days: bool
    drawn: tuple[float, ...] = ()


def _lowest(way: _Way) -> float:
    """Return the height of the lowest drawing, so that no high one grows at the cost of the others."""
    return min(way.drawn, default=0.0)


def _way(c: Composer, where: Elsewhere, columns: int, room: float, *, has_days: bool) -> _Way:
    """Return a way that takes so many points of height."""
    way = _Way(columns, 0.0, has_days)
    inner = (c.look.width + GAP) / columns - GAP - c.look.body.size * _NUMBER
    if any(c.text(exercise.name, c.look.bold).is_word_parted(inner) for exercise in c.plan.exercises):
        return way
    words = matched(c, partial(_rows, where=where, way=way)).height(c.look.width)
    rows = -(-len(c.plan.exercises) // columns)
    high = min((room - words) / rows, _MOST * MM)
    figures = [_drawing(c, exercise, columns, high) for exercise in c.plan.exercises] if high > 0 else []
    return way._replace(highest=high, drawn=tuple(figure.high for figure in figures if figure))


def _rows(c: Composer, where: Elsewhere, way: _Way) -> PictureRows:
    """Return exercises in rows; without drawings where these may have no height."""
    size = c.look.body.size
    entries = (
        PictureEntry(
            figure=_drawing(c, exercise, way.columns, way.highest) if way.highest else None,
            words=_words(c, exercise, where, has_days=way.has_days),
            label=c.text(str(exercise.number), _number(c)),
        )
        for exercise in c.plan.exercises
    )
    return PictureRows(tuple(entries), way.columns, size * _NUMBER, size * _BETWEEN)


def _number(c: Composer) -> TextStyle:
    return c.look.bold._replace(colour=c.look.accent)


def _words(c: Composer, exercise: PlannedExercise, where: Elsewhere, *, has_days: bool) -> Block:
    days = days_done(c, exercise)
    said = [day_words(c, days)] if has_days and days else []
    if (first := exercise.next_week()) > 1:
        said.append(from_week(c, first))
    words = ", ".join(said)
    name = Paragraph(c.text([c.exercise_name(exercise)], c.look.bold))
    when = [Paragraph(c.text(f"{words[:1].upper()}{words[1:]}", c.look.cell))] if words else []
    return Stack((name, *when, *place_lines(c, exercise, where)))


def _drawing(c: Composer, exercise: PlannedExercise, columns: int, high: float) -> Figure | None:
    """Return the drawing of the first form, as decoration: its page says what it shows."""
    panel = exercise.by_form[0].main.emblem
    if panel is None:
        return None
    drawing = c.figures[panel.figure]
    column = (c.look.width + GAP) / columns - GAP
    size = fitted(drawing.width, drawing.height, column, high)
    return Figure(drawing, *size, mirrored=panel.mirrored)
