"""All exercises on one page, each with drawing, page and forms, where a page is needed before theirs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.planning.wording import NO_BREAK
from pdfgen.typesetting.arrangement import Measured
from pdfgen.typesetting.blocks import Block, Columns, Paragraph, Rule, Space, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.destinations import destination_of
from pdfgen.typesetting.figures import Figure, fitted
from pdfgen.typesetting.page_names import PageNaming, PageOf
from pdfgen.typesetting.sections.exercise_places import capitalised
from pdfgen.typesetting.sections.exercise_words import in_weeks
from pdfgen.typesetting.text_style import Span
from pdfgen.typesetting.twins import matched, matched_blocks

#: Part of the width that a drawing may take.
_SHARE = 0.36
#: Heights of drawings in lines of text, the largest that fits first.
_LINES = tuple(quarters / 4 for quarters in range(32, 7, -1))
#: White between drawing and words, and between exercises, in gaps.
_ACROSS, _BETWEEN, _MOST_BETWEEN = 3.0, 1.1, 6.0
_LINE = 1.0


def overview(c: Composer) -> Block | None:
    """Return the page; None where not even small drawings leave room for all exercises.

    Where the page has no room for the names of forms, it has their weeks alone.
    """
    return _page(c, has_names=True) or _page(c, has_names=False)


def _page(c: Composer, *, has_names: bool) -> Block | None:
    def words(copy: Composer) -> list[Block]:
        return [_words(copy, exercise, has_names=has_names) for exercise in copy.plan.exercises]

    heading = matched(c, lambda copy: copy.heading(copy.strings.exercises_title, 1, bookmark=0))
    said = [Measured(block) for block in matched_blocks(c, words)]
    gap, width = c.look.gap, c.look.width
    between = 2 * gap * _BETWEEN + _LINE
    room = c.look.height - heading.height(width)

    def rows(lines: float) -> list[Block]:
        high = c.look.body.leading * lines
        return [
            _row(c, exercise, block, high) for exercise, block in zip(c.plan.exercises, said, strict=True)
        ]

    def used(lines: float) -> float:
        return sum(row.height(width) + between for row in rows(lines))

    lines = next((lines for lines in _LINES if used(lines) <= room), None)
    if lines is None:
        return None
    white = gap * _BETWEEN + min(gap * _MOST_BETWEEN, (room - used(lines)) / (2 * len(said)))
    return Stack((heading, *_ruled(c, rows(lines), white)), role="Sect")


def _row(c: Composer, exercise: PlannedExercise, words: Block, high: float) -> Block:
    """Return words behind a drawing of at most that height; beside higher words it is as high as they are."""
    drawn, across = c.look.width * _SHARE, c.look.gap * _ACROSS
    high = max(high, words.height(c.look.width - drawn - across))
    return Columns((_drawing(c, exercise, drawn, high), words), (drawn, 1.0), across, "middle")


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


def _words(c: Composer, exercise: PlannedExercise, *, has_names: bool) -> Block:
    """Return number and name, then the page, or that of each form with its weeks.

    Args:
        has_names: whether weeks have the name of their form, and others what kind of exercise it is.
    """
    number = Span(f"{exercise.number}{NO_BREAK}{NO_BREAK}", bold=True, colour=c.look.accent)
    name = Paragraph(c.text([number, c.exercise_name(exercise)], c.look.h3))
    done = [form for form in exercise.by_form if form.weeks]
    said = [PageNaming(partial(_page_of_form, c, form, has_names=has_names)) for form in done or [exercise]]
    kind = [c.paragraph(c.plan.kind_of(exercise).name)] if has_names and len(exercise.by_form) == 1 else []
    return Stack((name, *said, *kind), c.look.gap * 0.3)


def _page_of_form(c: Composer, form: PlannedExercise, page_of: PageOf, *, has_names: bool) -> Block:
    """Return the page of a form, behind which are its weeks where these are not all: "Page 7: weeks 1–2"."""
    place = destination_of(form)
    named = c.fill(c.strings.on_page, page=page_of(place)).replace(" ", NO_BREAK)
    page = capitalised(Span(named, link=f"#{place}"))
    if all(form.doses):
        return c.paragraph([page])
    weeks = in_weeks(c, form.weeks).replace(" ", NO_BREAK)
    names = [form.main.name.replace(" ", NO_BREAK)] if has_names and form.form_number else []
    return c.paragraph([page, Span(": "), Span(", ".join((f"{weeks[:1].lower()}{weeks[1:]}", *names)))])
