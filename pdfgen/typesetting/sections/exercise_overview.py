"""All exercises on one page, each with drawing, page and forms, where a page is needed before theirs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK, week_words
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Space, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.look import INK
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched, matched_blocks

#: Part of the width that a drawing may take, and the least and the most height of one in lines of text.
_SHARE, _LEAST_LINES, _MOST_LINES = 0.36, 2.0, 8.0
#: White between drawing and words, and between exercises, in gaps.
_ACROSS, _BETWEEN, _MOST_BETWEEN = 3.0, 1.2, 6.0
_LINE = 1.0


def overview(c: Composer) -> Block | None:
    """Return the page; None where not even small drawings leave room for all exercises.

    Where the page has no room for the forms, it has the names alone.
    """
    return _page(c, has_forms=True) or _page(c, has_forms=False)


def _page(c: Composer, *, has_forms: bool) -> Block | None:
    def words(copy: Composer) -> list[Block]:
        return [_words(copy, exercise, has_forms=has_forms) for exercise in copy.plan.exercises]

    heading = matched(c, lambda copy: copy.heading(copy.strings.exercises_title, 1, bookmark=0))
    said = matched_blocks(c, words)
    gap, width = c.look.gap, c.look.width
    drawn, between = width * _SHARE, 2 * gap * _BETWEEN + _LINE
    room = c.look.height - heading.height(width)
    high = min(room / len(said) - between, c.look.body.leading * _MOST_LINES)
    rows = [
        Columns((_drawing(c, exercise, drawn, high), block), (drawn, 1.0), gap * _ACROSS, "middle")
        for exercise, block in zip(c.plan.exercises, said, strict=True)
    ]
    used = sum(row.height(width) + between for row in rows)
    if high < c.look.body.leading * _LEAST_LINES or used > room:
        return None
    white = gap * _BETWEEN + min(gap * _MOST_BETWEEN, (room - used) / (2 * len(rows)))
    return Stack((heading, *_ruled(c, rows, white)), role="Sect")


def _ruled(c: Composer, rows: Sequence[Block], white: float) -> list[Block]:
    """Return the rows with a line above each."""
    return [block for row in rows for block in (Space(white), Rule(c.look.accent, _LINE), Space(white), row)]


def _drawing(c: Composer, exercise: PlannedExercise, wide: float, high: float) -> Block:
    """Return the drawing of the first form, as decoration: its page says what it shows."""
    panel = exercise.by_form[0].main.emblem
    if panel is None:
        return Space(0.0)
    drawing = c.figures[panel.figure]
    size = fitted(drawing.width, drawing.height, wide, high)
    return Figure(drawing, *size, mirrored=panel.mirrored, align="centre")


def _words(c: Composer, exercise: PlannedExercise, *, has_forms: bool) -> Block:
    """Return number and name, then its forms with their weeks, or what kind of exercise it is."""
    named = PageNaming(partial(_named, c, exercise))
    forms = [form for form in exercise.by_form if form.form_number and form.main.weeks]
    names = (form.main.name.replace(" ", NO_BREAK) for form in forms)
    weeks = (week_words(form.main.weeks, c.language) for form in forms)
    lines = [f"{said}: {name}" for said, name in zip(weeks, names, strict=True)]
    said = (lines or [c.plan.kind_of(exercise).name]) if has_forms else []
    return Stack((named, *map(c.paragraph, said)), c.look.gap * 0.3)


def _named(c: Composer, exercise: PlannedExercise, page_of: PageOf) -> Block:
    """Return number and name, and behind them the page, or below where the line has no room for it."""
    place = destination_of(exercise)
    page = c.fill(c.strings.on_page, page=page_of(place)).replace(" ", NO_BREAK)
    number = Span(f"{exercise.number}{NO_BREAK}{NO_BREAK}", bold=True, colour=c.look.accent)
    behind = Span(f", {page}", bold=False, colour=INK, link=f"#{place}")
    return Paragraph(c.text([number, c.exercise_name(exercise), behind], c.look.h3))
