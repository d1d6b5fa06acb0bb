"""The doses of an exercise in a narrow column: weeks as columns where their words fit, else as rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_cell, hold_amount, is_held_for_seconds, ranges
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Stack
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.look import LINE, TINT
from pdfgen.typesetting.sections.exercise_doses import dose_groups, dose_name, dose_notes, holds, week_columns
from pdfgen.typesetting.sections.exercise_words import changing
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.twins import widest

#: White at both sides of a word in a cell, and above and below it.
_PADDING = (4.0, 2.5)
#: Widths of the column of names that are tried, for type of 12 points; none is less than its longest word.
_LABELS = (132.0, 98.0)
#: So many rows stand below each other; more of them stand in two tables beside each other.
_FEW_ROWS = 4
#: Least width of a line to write a dose on.
_LEAST_LINE = 45.0

Rows = list[list[Cell]]
Measured = Callable[[Block], float]


def doses(c: Composer, exercise: PlannedExercise, width: float) -> Block:
    """Return the doses by week as a table in which no word is broken, with its notes.

    Args:
        width: of the column in points.

    Returns:
        nothing to see for a form that is only advised, which has no doses.
    """
    if not any(exercise.doses):
        return Stack(())
    table = _across(c, exercise, width)
    if table is not None:
        return Stack((table, *dose_notes(c, exercise)))
    notes = dose_notes(c, exercise, _legend(c, exercise))
    return Stack((_down(c, exercise, width), *notes))


def _across(c: Composer, exercise: PlannedExercise, width: float) -> Table | None:
    """Return the table with weeks as columns; None if a word would be broken, in this copy or in its twin."""

    def rows(copy: Composer) -> tuple[tuple[Cell, ...], ...]:
        own = copy.plan.counterpart(exercise)
        return week_columns(copy, own, dose_groups(own), many=False)

    def needed(index: int) -> float:
        return widest(c, lambda copy: _column(rows(copy), index, _least_width))

    name, *others = (needed(index) for index in range(len(rows(c)[0])))
    for label in _LABELS:
        first = max(c.enlarged(label), name)
        if (width - first) / len(others) >= max(others):
            return Table(rows(c), (first, *(1.0,) * len(others)), _PADDING, rule=LINE, tint=TINT)
    return None


def _down(c: Composer, exercise: PlannedExercise, width: float) -> Block:
    """Return the weeks as rows: in two tables beside each other where many rows have the room for that.

    Each table is as wide as it needs for names and doses on one line, for doses, or for the longest word.
    """
    head, *rows = _rows(c, exercise)
    gap = c.look.gap * 2
    middle = 1 + -(-len(rows) // 2)
    parts = (slice(1, middle), slice(middle, None))
    firsts = [_first_widths(c, exercise, part) for part in parts]
    choices = ((_natural_width, _natural_width), (_least_width, _natural_width), (_least_width, _least_width))
    for names, words in choices:
        name = _shared(c, exercise, slice(1), -1, names)
        needed = [
            sum(first) + max(name, _shared(c, exercise, part, -1, words))
            for first, part in zip(firsts, parts, strict=True)
        ]
        spare = width - gap - sum(needed)
        if len(rows) > _FEW_ROWS and spare >= 0:
            wide = (width - gap) / 2
            left = wide if max(needed) <= wide else needed[0] + spare / 2
            tables = [
                _table([head, *[head, *rows][part]], first) for part, first in zip(parts, firsts, strict=True)
            ]
            return Columns(tuple(tables), (left, width - gap - left), gap)
    return _table([head, *rows], _first_widths(c, exercise, slice(1, None)))


def _table(rows: Rows, first: Sequence[float]) -> Table:
    return Table(tuple(map(tuple, rows)), (*first, 1.0), _PADDING, rule=LINE, tint=TINT)


def _shared(c: Composer, exercise: PlannedExercise, part: slice, index: int, measured: Measured) -> float:
    """Return the width that a column needs in some rows, in this copy and in its twin."""
    return widest(c, lambda copy: _column(_rows(copy, exercise)[part], index, measured))


def _first_widths(c: Composer, exercise: PlannedExercise, part: slice) -> list[float]:
    """Return the widths of all columns but that of the doses: their words stand on one line."""
    return [
        max(_shared(c, exercise, rows, index, _natural_width) for rows in (slice(1), part))
        for index in range(len(_rows(c, exercise)[0]) - 1)
    ]


def _rows(c: Composer, of: PlannedExercise) -> Rows:
    """Return the head and the rows of the table with weeks as rows."""
    exercise = c.plan.counterpart(of)
    groups = dose_groups(exercise)
    return [_head(c, exercise), *[_row(c, exercise, dose, weeks) for dose, weeks in groups]]


def _head(c: Composer, exercise: PlannedExercise) -> list[Cell]:
    week = Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")
    return [week, Cell(dose_name(c, exercise.doses), "Column")]


def _row(c: Composer, exercise: PlannedExercise, dose: PlannedDose | None, weeks: list[int]) -> list[Cell]:
    return [Cell(c.bare(ranges(weeks), c.look.cell_bold), "Row"), Cell(_dose(c, exercise, dose))]


def _dose(c: Composer, exercise: PlannedExercise, dose: PlannedDose | None) -> Block:
    """Sets and repetitions, with side and hold only where they differ between weeks."""
    if dose is None:
        return c.bare("–")
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=WRITING_ROOM * 0.7)
    words = dose_cell(dose, c.language)
    if dose.per_side and len({d.per_side for d in exercise.doses if d is not None}) > 1:
        words += " " + c.strings.per_side.replace(" ", NO_BREAK)
    hold = hold_amount(dose, c.language, short=True) if len(holds(exercise.doses)) > 1 else ""
    return c.bare(", ".join(filter(None, (words, hold, *changing(c, dose, exercise.doses)))))


def _legend(c: Composer, exercise: PlannedExercise) -> str:
    """Return what the sign for seconds means, where the table has it."""
    if len(holds(exercise.doses)) > 1:
        return c.strings.hold_legend
    given = [dose for dose in exercise.doses if dose is not None]
    return c.strings.seconds_legend if any(map(is_held_for_seconds, given)) else ""


def _column(rows: Sequence[Sequence[Cell]], index: int, measured: Measured) -> float:
    """Return the width that a column of a table needs."""
    return max(measured(row[index].block) for row in rows) + 2 * _PADDING[0]


def _texts(block: Block) -> list[Text]:
    if isinstance(block, Stack):
        return [text for inner in block.blocks for text in _texts(inner)]
    return [block.text] if isinstance(block, Bare | Paragraph) else []


def _least_width(block: Block) -> float:
    """Return the width of the longest word; of a line to write on, what somebody needs."""
    lines = [line for text in _texts(block) for line in text.lines(float("inf"))]
    return max((word.width for line in lines for word in line.words), default=_LEAST_LINE)


def _natural_width(block: Block) -> float:
    """Return the width of the words on one line; of a line to write on, what somebody needs."""
    return max((text.natural_width for text in _texts(block)), default=_LEAST_LINE) + 0.5
