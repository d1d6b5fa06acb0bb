"""The doses of an exercise by week, as a table, with what is the same in all weeks below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import dose_cell, hold_amount, in_two, is_one_hold, ranges
from pdfgen.typesetting.blocks import Block, Stack
from pdfgen.typesetting.composer import WRITING_ROOM, Composer
from pdfgen.typesetting.style import LINE, TINT
from pdfgen.typesetting.tables import Cell, Table
from pdfgen.typesetting.text import TextStyle

_LABEL = 98.0
_WIDE_LABEL = 132.0
_WEEKS = 62.0
_PADDING = 5.0

#: With more columns than this they are narrow, and are set in label size.
_MANY_COLUMNS = 6


def dose_table(c: Composer, exercise: PlannedExercise) -> Block:
    """Doses by week; weeks with the same dose share a column, or a row where columns would break words."""
    groups = [
        (dose, [week for week, _ in weeks])
        for dose, weeks in groupby(enumerate(exercise.doses, 1), key=lambda pair: pair[1])
    ]
    levels = {dose.level for dose, _ in groups if dose is not None}
    if c.is_narrow and not _has_columns(c, exercise, groups, levels):
        return _by_rows(c, exercise, groups, levels)
    many = len(groups) > _MANY_COLUMNS
    head = [Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")]
    body = [Cell(_dose_label(c, exercise), "Row")]
    for dose, weeks in groups:
        lines: list[Block] = [c.bare(ranges(weeks), c.look.label_bold)]
        if dose is not None and len(levels) > 1 and not many:
            lines.append(c.bare(level_word(c, dose.level), c.look.label))
        head.append(Cell(Stack(tuple(lines)), "Column"))
        body.append(Cell(_dose_cell(c, dose, exercise, c.look.label if many else c.look.cell)))
    rows = [tuple(head), tuple(body)]
    if many and len(levels) > 1:
        rows.insert(1, _level_row(c, [dose for dose, _ in groups]))
    padding = (2.0, 3.5) if many else (_PADDING, 3.5)
    label = c.enlarged(_LABEL if many else _WIDE_LABEL)
    return Table(tuple(rows), (label, *(1.0,) * len(groups)), padding, rule=LINE, tint=TINT)


_Groups = Sequence[tuple[PlannedDose | None, list[int]]]


def _has_columns(c: Composer, exercise: PlannedExercise, groups: _Groups, levels: Collection[str]) -> bool:
    """Whether each group of weeks has a column in which no word and no dose breaks."""
    if len(groups) > _MANY_COLUMNS:
        return False
    column = (c.look.width - c.enlarged(_WIDE_LABEL)) / len(groups) - 2 * _PADDING
    texts = [c.text(ranges(weeks), c.look.label_bold) for _, weeks in groups]
    for dose, _ in groups:
        if dose is None or dose.blank:
            continue
        texts.append(c.text(dose_cell(dose, c.language), c.look.cell))
        if len(levels) > 1:
            texts.append(c.text(level_word(c, dose.level), c.look.label))
        if hold := hold_amount(dose, c.language, c.strings.seconds_short):
            texts.append(c.text(hold, c.look.label))
        if dose.per_side:
            texts += [c.text(word, c.look.label) for word in c.strings.per_side.split()]
    return all(text.natural_width <= column for text in texts)


def _by_rows(c: Composer, exercise: PlannedExercise, groups: _Groups, levels: Collection[str]) -> Table:
    """A row for each group of weeks: its weeks, its level and its hold where they change, its dose."""
    several, held = len(levels) > 1, len(_holds(exercise)) > 1
    head = [Cell(c.bare(c.strings.week, c.look.cell_bold), "Column")]
    if several:
        head.append(Cell(c.bare(c.strings.variant_row, c.look.cell_bold), "Column"))
    head.append(Cell(_dose_label(c, exercise, held=not held), "Column"))
    if held:
        words = (c.bare(c.strings.holding, c.look.cell_bold), c.bare(c.strings.seconds_legend, c.look.label))
        head.append(Cell(Stack(words), "Column"))
    rows = [tuple(head)]
    for dose, weeks in groups:
        row = [Cell(c.bare(ranges(weeks), c.look.cell_bold), "Row")]
        if several:
            row.append(Cell(c.bare(level_word(c, dose.level) if dose else "–", c.look.cell)))
        row.append(Cell(_dose_cell(c, dose, exercise, c.look.cell, held=not held)))
        if held:
            hold = hold_amount(dose, c.language, c.strings.seconds_short) if dose else ""
            row.append(Cell(c.bare(hold or "–", c.look.cell)))
        rows.append(tuple(row))
    widths = (c.enlarged(_WEEKS), *(1.0,) * (len(rows[0]) - 1))
    return Table(tuple(rows), widths, (_PADDING, 2.5), rule=LINE, tint=TINT)


def _level_row(c: Composer, doses: Sequence[PlannedDose | None]) -> tuple[Cell, ...]:
    """The level of each column, said once for columns that follow each other."""
    cells = [Cell(c.bare(c.strings.variant_row, c.look.label_bold), "Row")]
    for level, group in groupby(doses, key=lambda dose: dose.level if dose else None):
        words = level_word(c, level) if level else "–"
        cells.append(Cell(c.bare(words, c.look.label), col_span=len(list(group))))
    return tuple(cells)


def level_word(c: Composer, level: str) -> str:
    """Return the word for a level: easier, standard, harder, on a chair."""
    strings = c.strings
    return {"L1": strings.easier, "L2": strings.standard, "L3": strings.harder, "chair": strings.chair}[
        level
    ].lower()


def _holds(exercise: PlannedExercise) -> set[int]:
    return {dose.hold_s for dose in exercise.doses if dose is not None and dose.reps > 1}


def _dose_label(c: Composer, exercise: PlannedExercise, *, held: bool = True) -> Block:
    """What the doses count; with `held` also what is said of holding where that differs by week."""
    doses = [dose for dose in exercise.doses if dose is not None]
    words = c.strings.dose + (f" {c.strings.per_side}" if {dose.per_side for dose in doses} == {True} else "")
    lines: list[Block] = [c.bare(words, c.look.cell_bold)]
    if held and len(_holds(exercise)) > 1:
        lines.append(c.bare(f"{c.strings.holding}, {c.strings.seconds_legend}", c.look.label))
    elif any(map(is_one_hold, doses)):
        lines.append(c.bare(c.strings.seconds_legend, c.look.label))
    return Stack(tuple(lines))


def _dose_cell(
    c: Composer,
    dose: PlannedDose | None,
    exercise: PlannedExercise,
    style: TextStyle,
    *,
    held: bool = True,
) -> Block:
    if dose is None:
        return c.bare("–", style)
    if dose.blank:
        return c.writing_lines(c.strings.dose, room=WRITING_ROOM * 0.7)
    sides = {d.per_side for d in exercise.doses if d is not None}
    words = dose_cell(dose, c.language)
    parts = in_two(words) if style is c.look.label and is_one_hold(dose) else (words,)
    lines: list[Block] = [c.bare(part, style) for part in parts]
    if dose.per_side and sides == {True, False}:
        lines.append(c.bare(c.strings.per_side, c.look.label))
    hold = hold_amount(dose, c.language, c.strings.seconds_short)
    if held and hold and len(_holds(exercise)) > 1:
        lines.append(c.bare(hold, c.look.label))
    return Stack(tuple(lines))


def dose_notes(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """How long to hold and to rest, where that is the same in all weeks."""
    strings = c.strings
    words = []
    holds = _holds(exercise)
    if len(holds) == 1 and holds != {0}:
        words.append(c.fill(strings.hold_row, hold=f"{holds.pop()}\u00a0{strings.seconds}"))
    if exercise.rest_s and any(dose is not None and dose.sets > 1 for dose in exercise.doses):
        words.append(c.fill(strings.rest_between, rest=f"{exercise.rest_s}\u00a0{strings.seconds}"))
    if not words:
        return []
    return [c.space(0.5), c.paragraph(". ".join(_capital(word) for word in words) + ".", c.look.label)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
