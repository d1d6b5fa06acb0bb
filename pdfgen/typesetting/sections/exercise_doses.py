"""The doses of an exercise by week, as a table, with what is the same in all weeks below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pdfgen.content.models.dose import Amount
from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import (
    dose_cell,
    hold_amount,
    in_two,
    is_held_for_seconds,
    is_one_hold,
    ranges,
    time_words,
)
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.look import LINE, TINT
from pdfgen.typesetting.sections.exercise_words import capitalised, changing, lasting, rest
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text_style import TextStyle

Doses = tuple[PlannedDose | None, ...]
"""The dose of each week; None where the exercise is not done yet."""

_NOT_HELD = Amount.of(0)

_LABEL = 98.0
_WIDE_LABEL = 132.0

#: With more columns than this they are narrow, and are set in label size.
_MANY_COLUMNS = 6


def dose_table(c: Composer, exercise: PlannedExercise) -> Block:
    """Doses by week; weeks with the same dose share a column."""
    groups = dose_groups(exercise)
    many = len(groups) > _MANY_COLUMNS
    padding = (2.0, 3.5) if many else (5.0, 3.5)
    widths = (_LABEL if many else _WIDE_LABEL, *(1.0,) * len(groups))
    return Table(week_columns(c, exercise, groups, many=many), widths, padding, rule=LINE, tint=TINT)


def dose_groups(exercise: PlannedExercise) -> list[tuple[PlannedDose | None, list[int]]]:
    """Return each dose with the weeks that follow each other with it; of a form, its own weeks alone."""
    return [
        (dose, [week for week, _ in weeks])
        for dose, weeks in groupby(enumerate(exercise.doses, 1), key=lambda pair: pair[1])
        if dose is not None or not exercise.form_number
    ]


def week_columns(
    c: Composer,
    exercise: PlannedExercise,
    groups: Sequence[tuple[PlannedDose | None, list[int]]],
    *,
    many: bool,
) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table with a column for each dose; `many` columns are set in label size."""
    doses = exercise.doses
    head = [Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")]
    body = [Cell(_dose_label(c, doses), "Row")]
    for dose, weeks in groups:
        head.append(Cell(c.bare(ranges(weeks), c.look.label_bold), "Column"))
        body.append(Cell(_dose_cell(c, dose, doses, c.look.label if many else c.look.cell)))
    return (tuple(head), tuple(body))


def holds(doses: Doses) -> set[Amount]:
    """Return the seconds that repetitions are held in the weeks; 0 where they are not."""
    return {dose.hold_s for dose in doses if dose is not None and dose.reps.most > 1}


def _dose_label(c: Composer, doses: Doses) -> Block:
    """Return the name of the doses, with side and hold where they go for all or need a word."""
    given = [dose for dose in doses if dose is not None]
    lines: list[Block] = [dose_name(c, doses)]
    if len(holds(doses)) > 1:
        lines.append(c.bare(f"{c.strings.holding}, {c.strings.seconds_legend}", c.look.label))
    elif any(map(is_held_for_seconds, given)):
        lines.append(c.bare(c.strings.seconds_legend, c.look.label))
    return Stack(tuple(lines))


def dose_name(c: Composer, doses: Doses) -> Block:
    """Return the name of the doses, with the side where it goes for all."""
    sides = {dose.per_side for dose in doses if dose is not None}
    return c.bare(c.strings.dose + (f" {c.strings.per_side}" if sides == {True} else ""), c.look.cell_bold)


def _dose_cell(c: Composer, dose: PlannedDose | None, doses: Doses, style: TextStyle) -> Block:
    if dose is None:
        return c.bare("–", style)
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=WRITING_ROOM * 0.7)
    sides = {d.per_side for d in doses if d is not None}
    words = dose_cell(dose, c.language)
    parts = in_two(words) if style is c.look.label and is_one_hold(dose) else (words,)
    lines: list[Block] = [c.bare(part, style) for part in parts]
    if dose.per_side and sides == {True, False}:
        lines.append(c.bare(c.strings.per_side, c.look.label))
    hold = hold_amount(dose, c.language, short=True)
    if hold and len(holds(doses)) > 1:
        lines.append(c.bare(hold, c.look.label))
    lines += (c.bare(words, c.look.label) for words in changing(c, dose, doses))
    return Stack(tuple(lines))


def dose_notes(c: Composer, exercise: PlannedExercise, legend: str = "") -> list[Block]:
    """What is the same in all weeks: side, load and times a day; a `legend` of the table, hold and rest."""
    held = holds(exercise.doses)
    hold = ""
    if len(held) == 1 and held != {_NOT_HELD}:
        hold = c.fill(c.strings.hold_row, hold=time_words(held.pop(), c.language))
    sentences = [*filter(None, (legend, capitalised(hold), rest(c, exercise)))]
    own = [*map(capitalised, lasting(c, exercise.doses))]
    lines = ((own, c.look.bold), (sentences, c.look.label))
    paragraphs = [c.paragraph(". ".join(words) + ".", style) for words, style in lines if words]
    return [block for paragraph in paragraphs for block in (c.space(0.5), paragraph)]
