"""All exercises in what a page has left, where none of them has room there itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from pdfgen.typesetting.sections.exercise_places import Elsewhere, Said, capitalised, place_lines
from pdfgen.typesetting.sections.exercise_words import from_week
from pdfgen.typesetting.sections.week_columns import days_done
from pdfgen.typesetting.text_style import Span, TextStyle
from pdfgen.typesetting.twins import matched

#: Drawings are at most so high, in millimetres, and at least so high beside what is said of places.
_MOST = 70
_LEAST: Mapping[Said, float] = {"long": 16, "short": 14, "brief": 14, "pages": 14}
#: How many may stand beside each other.
_COLUMNS = range(1, 5)
#: Columns of numbers and white between drawings and words, in sizes of type.
_NUMBER, _BETWEEN = 1.1, 0.4

#: What may be said, the best first: days with each exercise, how its places are, and whether days are once
#: for all instead.
_SAID: tuple[tuple[bool, Said, bool], ...] = (
    (True, "long", False),
    (True, "short", False),
    (False, "long", True),
    (False, "short", True),
    (False, "brief", True),
    (False, "pages", True),
    (False, "short", False),
    (False, "brief", False),
    (False, "pages", False),
)


def at_a_glance(c: Composer, room: float, where: Elsewhere, largest: Sequence[float]) -> Block | None:
    """Return number, name, days and a drawing of each exercise; None where drawings would be too small.

    Args:
        room: height in points that they may take.
        where: on which pages they are.
        largest: of the drawings of each exercise, in points a millimetre, as they are where it is done.
    """
    heading = matched(c, lambda copy: copy.heading(copy.strings.exercises_title, 2, bookmark=1))
    left = room - heading.height(c.look.width) - c.look.gap
    once = matched(c, _days_once)
    for has_days, places, is_once in _SAID:
        lines = (once, c.space(0.5)) if is_once else ()
        lower = left - Stack(lines).height(c.look.width)
        plain = _Way(has_days=has_days, places=places)
        ways = (_way(c, where, plain._replace(columns=columns), lower, largest) for columns in _COLUMNS)
        fitting = [way for way in ways if way.highest >= _LEAST[places] * MM]
        if fitting:
            rows = matched(c, partial(_rows, where=where, way=max(fitting, key=_lowest), largest=largest))
            return Stack((heading, *lines, c.space(1.0), rows), role="Sect")
    return None


def in_lines(c: Composer, lines: Block) -> Block:
    """Return lines that name the exercises under their heading and their days."""
    heading = matched(c, lambda copy: copy.heading(copy.strings.exercises_title, 2, bookmark=1))
    return Stack((heading, matched(c, _days_once), lines), c.look.gap * 0.4, role="Sect")


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
        has_days: whether days stand with each exercise.
        places: how the pages of its forms are said.
        highest: how high drawings may be, in points.
        drawn: how high they are.
    """

    has_days: bool
    places: Said
    columns: int = 1
    highest: float = 0.0
    drawn: tuple[float, ...] = ()


def _lowest(way: _Way) -> float:
    """Return the height of the lowest drawing, so that no high one grows at the cost of the others."""
    return min(way.drawn, default=0.0)


def _way(c: Composer, where: Elsewhere, way: _Way, room: float, largest: Sequence[float]) -> _Way:
    """Return a way with drawings as high as so many points of height leave."""
    inner = (c.look.width + GAP) / way.columns - GAP - c.look.body.size * _NUMBER
    if any(c.text(exercise.name, c.look.bold).is_word_parted(inner) for exercise in c.plan.exercises):
        return way
    words = matched(c, partial(_rows, where=where, way=way, largest=largest)).height(c.look.width)
    rows = -(-len(c.plan.exercises) // way.columns)
    high = min((room - words) / rows, _MOST * MM)
    way = way._replace(highest=high)
    figures = _drawings(c, way, largest) if high > 0 else ()
    return way._replace(drawn=tuple(figure.high for figure in figures if figure))


def _rows(c: Composer, where: Elsewhere, way: _Way, largest: Sequence[float]) -> PictureRows:
    """Return exercises in rows; without drawings where these may have no height."""
    size, exercises = c.look.body.size, c.plan.exercises
    figures = _drawings(c, way, largest) if way.highest else [None] * len(exercises)
    entries = (
        PictureEntry(
            figure=figure,
            words=_words(c, exercise, where, way),
            label=c.text(str(exercise.number), _number(c)),
        )
        for exercise, figure in zip(exercises, figures, strict=True)
    )
    return PictureRows(tuple(entries), way.columns, size * _NUMBER, size * _BETWEEN)


def _number(c: Composer) -> TextStyle:
    return c.look.bold._replace(colour=c.look.accent)


def _words(c: Composer, exercise: PlannedExercise, where: Elsewhere, way: _Way) -> Block:
    days = days_done(c, exercise)
    said = [day_words(c, days)] if way.has_days and days else []
    if (first := exercise.next_week()) > 1:
        said.append(from_week(c, first))
    words = capitalised(Span(", ".join(said)))
    name = Paragraph(c.text([c.exercise_name(exercise)], c.look.bold))
    when = [Paragraph(c.text([words], c.look.cell))] if said else []
    return Stack((name, *when, *place_lines(c, exercise, where, way.places)))


def _drawings(c: Composer, way: _Way, largest: Sequence[float]) -> list[Figure | None]:
    """Return the drawings of the first forms, as decoration: their pages say what they show."""
    column = (c.look.width + GAP) / way.columns - GAP
    return [
        _drawing(c, exercise, column, way.highest, most)
        for exercise, most in zip(c.plan.exercises, largest, strict=True)
    ]


def _drawing(
    c: Composer, exercise: PlannedExercise, width: float, height: float, most: float
) -> Figure | None:
    panel = exercise.by_form[0].main.emblem
    if panel is None:
        return None
    drawing = c.figures[panel.figure]
    width, height = min(width, drawing.width * most), min(height, drawing.height * most)
    return Figure(drawing, *fitted(drawing.width, drawing.height, width, height), mirrored=panel.mirrored)
