"""The doses of an exercise by week, as a table, with what is the same in all weeks below it.

Weeks with the same dose share a column. In a narrow column, where words would be broken, weeks are rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from pdfgen.content.models.dose import Amount
from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import (
    NO_BREAK,
    dose_cell,
    hold_amount,
    in_two,
    is_held_for_seconds,
    is_one_hold,
    ranges,
    time_words,
)
from pdfgen.typesetting.blocks import Bare, Block, Columns, Paragraph, Stack
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.look import LINE, TINT
from pdfgen.typesetting.sections.exercise_words import capitalised, changing, lasting, rest
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import Text
from pdfgen.typesetting.text_style import TextStyle
from pdfgen.typesetting.twins import widest

_NOT_HELD = Amount.of(0)

#: Widths of the column of names, and of the smaller one beside many columns.
_WIDE_LABEL, _LABEL = 132.0, 98.0
#: With more columns than this they are narrow, and are set in label size.
_MANY_COLUMNS = 6

#: White at both sides of a word in a cell, and above and below it, where the page is narrow.
_PADDING = (4.0, 2.5)
#: So many rows stand below each other; more of them stand in two tables beside each other.
_FEW_ROWS = 4
#: Least width of a line to write a dose on.
_LEAST_LINE = 45.0

Measured = Callable[[Block], float]


def dose_table(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the doses by week, with weeks as columns."""
    many = len(_groups(exercise)) > _MANY_COLUMNS
    padding = (2.0, 3.5) if many else (5.0, 3.5)
    rows = _week_columns(c, exercise, c.look.label if many else c.look.cell)
    widths = (_LABEL if many else _WIDE_LABEL, *(1.0,) * (len(rows[0]) - 1))
    return Table(rows, widths, padding, rule=LINE, tint=TINT)


def _groups(exercise: PlannedExercise) -> list[tuple[PlannedDose | None, list[int]]]:
    """Return each dose with the weeks that follow each other with it; of a form, its own weeks alone."""
    return [
        (dose, [week for week, _ in weeks])
        for dose, weeks in groupby(enumerate(exercise.doses, 1), key=lambda pair: pair[1])
        if dose is not None or not exercise.form_number
    ]


def _week_columns(c: Composer, exercise: PlannedExercise, style: TextStyle) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table with a column for each dose, its amount in a style."""
    head = [Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")]
    body = [Cell(_dose_label(c, exercise), "Row")]
    for dose, weeks in _groups(exercise):
        head.append(Cell(c.bare(ranges(weeks), c.look.label_bold), "Column"))
        body.append(Cell(_dose(c, exercise, dose, style, run_in=False)))
    return (tuple(head), tuple(body))


def _given(exercise: PlannedExercise) -> list[PlannedDose]:
    return [dose for dose in exercise.doses if dose is not None]


def _holds(exercise: PlannedExercise) -> set[Amount]:
    """Return the seconds that repetitions are held in the weeks; 0 where they are not."""
    return {dose.hold_s for dose in _given(exercise) if dose.reps.most > 1}


def _sides(exercise: PlannedExercise) -> set[bool]:
    return {dose.per_side for dose in _given(exercise)}


def _dose_label(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the name of the doses, with side and hold where they go for all or need a word."""
    lines: list[Block] = [_dose_name(c, exercise)]
    if len(_holds(exercise)) > 1:
        lines.append(c.bare(f"{c.strings.holding}, {c.strings.seconds_legend}", c.look.label))
    elif any(map(is_held_for_seconds, _given(exercise))):
        lines.append(c.bare(c.strings.seconds_legend, c.look.label))
    return Stack(tuple(lines))


def _dose_name(c: Composer, exercise: PlannedExercise) -> Block:
    """Return the name of the doses, with the side where it goes for all."""
    side = f" {c.strings.per_side}" if _sides(exercise) == {True} else ""
    return c.bare(c.strings.dose + side, c.look.cell_bold)


def _dose(
    c: Composer, exercise: PlannedExercise, dose: PlannedDose | None, style: TextStyle, *, run_in: bool
) -> Block:
    """Return sets and repetitions, with side and hold where they differ between weeks: below, or `run_in`."""
    if dose is None:
        return c.bare("–", style)
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=WRITING_ROOM * 0.7)
    words = dose_cell(dose, c.language)
    side = c.strings.per_side if dose.per_side and len(_sides(exercise)) > 1 else ""
    hold = hold_amount(dose, c.language, short=True) if len(_holds(exercise)) > 1 else ""
    own = changing(c, dose, exercise.doses)
    if run_in:
        amount = " ".join(filter(None, (words, side.replace(" ", NO_BREAK))))
        return c.bare(", ".join(filter(None, (amount, hold, *own))), style)
    parts = in_two(words) if style is c.look.label and is_one_hold(dose) else (words,)
    lines = [c.bare(part, style) for part in parts]
    return c.stack(*lines, *(c.bare(part, c.look.label) for part in (side, hold, *own) if part))


def dose_notes(c: Composer, exercise: PlannedExercise, legend: str = "") -> list[Block]:
    """Return side, load and times a day that never change; then a table's `legend`, hold and rest."""
    held = _holds(exercise)
    hold = ""
    if len(held) == 1 and held != {_NOT_HELD}:
        hold = c.fill(c.strings.hold_row, hold=time_words(held.pop(), c.language))
    sentences = [*filter(None, (legend, capitalised(hold), rest(c, exercise)))]
    own = [*map(capitalised, lasting(c, exercise.doses))]
    lines = ((own, c.look.bold), (sentences, c.look.label))
    paragraphs = [c.paragraph(". ".join(words) + ".", style) for words, style in lines if words]
    return [block for paragraph in paragraphs for block in (c.space(0.5), paragraph)]


def narrow_dose_table(c: Composer, exercise: PlannedExercise, width: float) -> Block:
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
    if len(_holds(exercise)) > 1:
        legend = c.strings.hold_legend
    else:
        held = any(map(is_held_for_seconds, _given(exercise)))
        legend = c.strings.seconds_legend if held else ""
    return Stack((_down(c, exercise, width), *dose_notes(c, exercise, legend)))


def _across(c: Composer, exercise: PlannedExercise, width: float) -> Table | None:
    """Return the table with weeks as columns; None if a word would be broken, in this copy or in its twin."""

    def rows(copy: Composer) -> tuple[tuple[Cell, ...], ...]:
        return _week_columns(copy, copy.plan.counterpart(exercise), copy.look.cell)

    def needed(index: int) -> float:
        return widest(c, lambda copy: _column(rows(copy), index, _least_width))

    name, *others = (needed(index) for index in range(len(rows(c)[0])))
    for label in (_WIDE_LABEL, _LABEL):
        first = max(c.enlarged(label), name)
        if (width - first) / len(others) >= max(others):
            return Table(rows(c), (first, *(1.0,) * len(others)), _PADDING, rule=LINE, tint=TINT)
    return None


def _down(c: Composer, exercise: PlannedExercise, width: float) -> Block:
    """Return the weeks as rows: in two tables beside each other where many rows have the room for that.

    Each table is as wide as it needs for names and doses on one line, for doses, or for the longest word.
    """

    def needed(part: slice, index: int, measured: Measured) -> float:
        return widest(c, lambda copy: _column(_week_rows(copy, exercise)[part], index, measured))

    def first(part: slice) -> float:
        return max(needed(slice(1), 0, _natural_width), needed(part, 0, _natural_width))

    def table(part: slice) -> Table:
        return Table((rows[0], *rows[part]), (first(part), 1.0), _PADDING, rule=LINE, tint=TINT)

    rows = _week_rows(c, exercise)
    middle = 1 + len(rows) // 2
    parts = (slice(1, middle), slice(middle, None))
    gap = c.look.gap * 2
    for names, words in _MEASURES if len(rows) - 1 > _FEW_ROWS else ():
        name = needed(slice(1), 1, names)
        both = [first(part) + max(name, needed(part, 1, words)) for part in parts]
        spare = width - gap - sum(both)
        if spare >= 0:
            half = (width - gap) / 2
            left = half if max(both) <= half else both[0] + spare / 2
            return Columns(tuple(map(table, parts)), (left, width - gap - left), gap)
    return table(slice(1, None))


def _week_rows(c: Composer, of: PlannedExercise) -> list[tuple[Cell, ...]]:
    """Return the head and the rows of the table with weeks as rows."""
    exercise = c.plan.counterpart(of)
    week = Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")
    rows: list[tuple[Cell, ...]] = [(week, Cell(_dose_name(c, exercise), "Column"))]
    for dose, weeks in _groups(exercise):
        number = Cell(c.bare(ranges(weeks), c.look.cell_bold), "Row")
        rows.append((number, Cell(_dose(c, exercise, dose, c.look.cell, run_in=True))))
    return rows


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


#: How a column of doses is measured, by its name and by its amounts: what takes most width comes first.
_MEASURES = ((_natural_width, _natural_width), (_least_width, _natural_width), (_least_width, _least_width))
