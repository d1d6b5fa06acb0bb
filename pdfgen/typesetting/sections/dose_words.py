"""The doses of an exercise in words: all that a table of weeks leaves unsaid, or the whole of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby
from typing import TypeVar

from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import (
    NO_BREAK,
    dose_cell,
    hold_amount,
    is_held_for_seconds,
    ranges,
    side_and_load,
)
from pdfgen.typesetting.blocks import Block, Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.sections.exercise_words import capitalised, changing, in_weeks, lasting, when
from pdfgen.typesetting.text_style import Span

T = TypeVar("T", bound=Hashable)


def dose_facts(c: Composer, exercise: PlannedExercise, *, levels: bool = True) -> str:
    """Return days, sides, hold, load, times a day and forms in one line, with the weeks where they change.

    Args:
        levels: whether to name the forms; not where they are described.
    """
    given = _by_week(exercise)
    words = [own_days(c, exercise), *_holds(c, given), *_sides(c, given), *sides_and_loads(c, exercise)]
    facts = ", ".join(filter(None, words))
    return ". ".join(filter(None, (capitalised(facts), *(_levels(c, exercise, given) if levels else ()))))


def _holds(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    """Return how long to hold, where the amount does not say it; then the weeks in which that changes."""
    changes = _changes([(week, hold_amount(dose, c.language)) for week, dose in given if not dose.blank])
    if not any(changes):
        return []
    (first, _), *others = changes.items()
    since = "; ".join(f"{_weeks(c, weeks)}: {hold or '–'}" for hold, weeks in others)
    if not first:
        return [f"{c.strings.holding} ({since})"]
    return [c.fill(c.strings.hold_row, hold=first) + (f" ({since})" if since else "")]


def sides_and_loads(c: Composer, exercise: PlannedExercise) -> list[str]:
    """Return the only side, loads and times a day, with the weeks where they change."""
    given = _by_week(exercise)
    said = [(week, side_and_load(dose, c.language)) for week, dose in given if not dose.blank]
    words = []
    for kind in range(3):
        changes = _changes([(week, parts[kind]) for week, parts in said])
        for part, weeks in changes.items():
            if part:
                words.append(part + _in_weeks(c, weeks if len(changes) > 1 else ()))
    return words


def _sides(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    changes = _changes([(week, dose.per_side) for week, dose in given if not dose.blank])
    if True not in changes:
        return []
    return [c.strings.per_side + _in_weeks(c, changes[True] if len(changes) > 1 else ())]


def _levels(c: Composer, exercise: PlannedExercise, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    changes = _changes([(week, dose.level) for week, dose in given])
    words = [f"{exercise.form_in(weeks[0]).name}: {_weeks(c, weeks)}" for weeks in changes.values()]
    if len(exercise.shown_forms) < 2:
        return []
    return [*words, *(f"{when(c, form)}: {form.name}" for form in exercise.advised)]


def _changes(values: Sequence[tuple[int, T]]) -> dict[T, list[int]]:
    """Return the weeks of each value, in the order in which the values come."""
    weeks: dict[T, list[int]] = {}
    for week, value in values:
        weeks.setdefault(value, []).append(week)
    return weeks


def _weeks(c: Composer, weeks: Sequence[int]) -> str:
    return f"{c.strings.week.lower()}\u00a0{ranges(weeks)}"


def _in_weeks(c: Composer, weeks: Sequence[int]) -> str:
    return f" ({_weeks(c, weeks)})" if weeks else ""


def own_days(c: Composer, exercise: PlannedExercise) -> str:
    """Return the days of an exercise where they are not those of the others."""
    for week in c.plan.weeks:
        days = [s.day for s in week.sessions if any(i.number == exercise.number for i in s.items)]
        if days and len(days) < len(week.sessions):
            return "\u00a0".join(c.language.day_short[day] for day in days)
    return ""


def dose_lines(c: Composer, exercise: PlannedExercise) -> list[Block]:
    """Return the doses: a paragraph for each form of the exercise, then what is the same in all weeks.

    Weeks with the same dose are named together; a dose left open is a line to write on.
    """
    levels = [list(group) for _, group in groupby(_by_week(exercise), key=lambda pair: pair[1].level)]
    lines: list[Block] = []
    for weeks in levels:
        spans = _amounts(c, exercise, weeks)
        if len(levels) > 1:
            spans.insert(0, Span(f"{exercise.form_in(weeks[0][0]).name}: ", bold=True))
        if spans:
            lines.append(Paragraph(c.text(spans, c.look.cell)))
        if blank := [week for week, dose in weeks if dose.blank]:
            label = in_weeks(c, blank)
            lines += [Paragraph(c.text(f"{label}:", c.look.cell)), c.writing_lines(label)]
    if common := _common(c, exercise):
        lines.append(Paragraph(c.text(common, c.look.cell)))
    return lines


def _amounts(c: Composer, exercise: PlannedExercise, weeks: list[tuple[int, PlannedDose]]) -> list[Span]:
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
    written = _written(exercise)
    if dose.per_side and len({other.per_side for other in written}) > 1:
        words += f" {c.strings.per_side}"
    held = len({hold_amount(other, c.language) for other in written}) > 1
    hold = hold_amount(dose, c.language, short=True) if held else ""
    own = ", ".join(filter(None, (hold, *changing(c, dose, exercise.doses))))
    return f"{words} ({own})" if own else words


def _common(c: Composer, exercise: PlannedExercise) -> str:
    """Return days, sides, hold, load and times a day that are the same in all weeks."""
    words, written = [own_days(c, exercise)], _written(exercise)
    if {dose.per_side for dose in written} == {True}:
        words.append(c.strings.per_side)
    holds = {hold_amount(dose, c.language) for dose in written}
    if len(holds) == 1 and holds != {""}:
        words.append(c.fill(c.strings.hold_row, hold=next(iter(holds))))
    words += lasting(c, exercise.doses)
    if len(holds) > 1 or any(map(is_held_for_seconds, written)):
        words.append(c.strings.seconds_legend)
    return ", ".join(filter(None, words))


def _by_week(exercise: PlannedExercise) -> list[tuple[int, PlannedDose]]:
    return [(week, dose) for week, dose in enumerate(exercise.doses, 1) if dose is not None]


def _written(exercise: PlannedExercise) -> list[PlannedDose]:
    """Return the doses that are not left open."""
    return [dose for _, dose in _by_week(exercise) if not dose.blank]
