"""The weeks of an exercise on a card: doses and boxes in one table where a card is wide enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pdfgen.planning.planned_exercise import PlannedExercise
from pdfgen.typesetting.blocks import Block, Paragraph, Stack
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.exercise_doses import doses
from pdfgen.typesetting.sections.exercise_rows import rest_sentence
from pdfgen.typesetting.sections.week_rows import WeekRows, box_sizes


def card_weeks(c: Composer, exercise: PlannedExercise, room: float) -> list[Block]:
    """Return dose and boxes of each week in parts of at most `room` points; nothing for a form without weeks.

    Where boxes of many days leave a dose no room beside them, doses stand above each row of boxes, or above
    all of them: whichever takes fewer parts.
    """
    if not any(exercise.doses):
        return []
    sizes = box_sizes(c.layout.exercise_weeks)
    dosed = [WeekRows(c, exercise, boxes) for boxes in sizes]
    ways = [*sorted(dosed, key=lambda rows: rows.is_run_in), *(replace(rows, dosed=False) for rows in dosed)]
    fitting = [rows for rows in ways if rows.width(1) <= c.look.width] or ways[-1:]
    blocks = (_blocks(c, rows, room) for rows in fitting)
    return min(blocks, key=lambda parts: sum(part.height(c.look.width) for part in parts) // room)


def _blocks(c: Composer, rows: WeekRows, room: float) -> list[Block]:
    if not rows.dosed:
        return [*_doses(c, rows.exercise, room), *_parts(rows, room)]
    rest = rest_sentence(c, rows.exercise)
    return [*_parts(rows, room), *([Paragraph(c.text(rest, c.look.cell))] if rest else [])]


def _parts(rows: WeekRows, room: float) -> Sequence[Block]:
    """Return the weeks in tables of at most `room` points."""
    whole = rows.block(1)
    if whole.height(rows.composer.look.width) <= room or len(rows.weeks) < 2:
        return [whole]
    return [table for half in _halves(rows.exercise) for table in _parts(replace(rows, exercise=half), room)]


def _doses(c: Composer, exercise: PlannedExercise, room: float) -> Sequence[Block]:
    """Return the doses under their name, in parts of at most `room` points."""
    title = Paragraph(c.text(c.strings.dose, c.look.h3), "H3")
    whole = Stack((title, doses(c, exercise, c.look.width)), c.look.gap * 0.25)
    if whole.height(c.look.width) <= room or sum(dose is not None for dose in exercise.doses) < 2:
        return [whole]
    return [part for half in _halves(exercise) for part in _doses(c, half, room)]


def _halves(exercise: PlannedExercise) -> tuple[PlannedExercise, PlannedExercise]:
    """Return an exercise as it is done in the first and in the second half of its weeks."""
    weeks = [week for week, dose in enumerate(exercise.doses, 1) if dose is not None]
    middle = weeks[len(weeks) // 2]
    early = tuple(dose if week < middle else None for week, dose in enumerate(exercise.doses, 1))
    late = tuple(dose if week >= middle else None for week, dose in enumerate(exercise.doses, 1))
    return exercise._replace(doses=early), exercise._replace(doses=late)
