"""The doses of all weeks in words: what changes week by week, then what is the same throughout."""

from __future__ import annotations

from itertools import groupby

from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import NO_BREAK, dose_cell, hold_amount, is_one_hold, ranges
from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.dose_facts import own_days
from pdfgen.typesetting.sections.exercise_doses import level_word
from pdfgen.typesetting.sections.exercise_words import in_weeks
from pdfgen.typesetting.text_style import Span


def dose_lines(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return the doses: a paragraph for each form of the exercise, then what is the same in all weeks.

    Weeks with the same dose are named together; a dose left open is a line to write on.
    """
    given = [(week, dose) for week, dose in enumerate(exercise.doses, 1) if dose is not None]
    levels = [(level, list(group)) for level, group in groupby(given, key=lambda pair: pair[1].level)]
    lines: list[Block] = []
    for level, weeks in levels:
        spans = _weeks(c, exercise, weeks)
        if len(levels) > 1:
            spans.insert(0, Span(f"{level_word(c, level).capitalize()}: ", bold=True))
        lines.append(Paragraph(c.text(spans, c.look.cell)))
        if blank := [week for week, dose in weeks if dose.blank]:
            label = in_weeks(c, blank)
            lines += [Paragraph(c.text(f"{label}:", c.look.cell)), c.writing_lines(label)]
    if common := _common(c, exercise):
        lines.append(Paragraph(c.text(common, c.look.cell)))
    return lines


def _weeks(c: Composer, exercise: PlannedExercise, weeks: list[tuple[int, PlannedDose]]) -> list[Span]:
    spans: list[Span] = []
    written = [(week, dose) for week, dose in weeks if not dose.blank]
    for dose, group in groupby(written, key=lambda pair: pair[1]):
        numbers = ranges([week for week, _ in group])
        label = f"{c.strings.week.lower()}{NO_BREAK}{numbers}:" if not spans else f"{numbers}:"
        amount = _amount(c, exercise, dose).replace(" ", NO_BREAK)
        spans += [Span(f"{NO_BREAK}· ")] if spans else []
        spans += [Span(f"{label}{NO_BREAK}"), Span(amount, bold=True)]
    return spans


def _amount(c: Composer, exercise: PlannedExercise, dose: PlannedDose) -> str:
    """Sets and repetitions, with side and hold only where they differ between weeks."""
    words = dose_cell(dose, c.language)
    if dose.per_side and len(_sides(exercise)) > 1:
        words += f" {c.strings.per_side}"
    hold = hold_amount(dose, c.language, c.strings.seconds_short)
    return f"{words} ({hold})" if hold and len(_holds(c, exercise)) > 1 else words


def _sides(exercise: PlannedExercise) -> set[bool]:
    return {dose.per_side for dose in exercise.doses if dose is not None and not dose.blank}


def _holds(c: Composer, exercise: PlannedExercise) -> set[str]:
    doses = [dose for dose in exercise.doses if dose is not None and not dose.blank]
    return {hold_amount(dose, c.language) for dose in doses}


def _common(c: Composer, exercise: PlannedExercise) -> str:
    """Days, side and hold that are the same in all weeks."""
    words = [own_days(c, exercise)]
    if _sides(exercise) == {True}:
        words.append(c.strings.per_side)
    holds = _holds(c, exercise)
    if len(holds) == 1 and holds != {""}:
        words.append(c.fill(c.strings.hold_row, hold=holds.pop()))
    if _has_short_unit(c, exercise):
        words.append(c.strings.seconds_legend)
    return ", ".join(filter(None, words))


def _has_short_unit(c: Composer, exercise: PlannedExercise) -> bool:
    given = [dose for dose in exercise.doses if dose is not None and not dose.blank]
    return any(map(is_one_hold, given)) or len(_holds(c, exercise)) > 1
