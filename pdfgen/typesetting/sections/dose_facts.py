"""What the amounts in the table of the weeks leave unsaid about an exercise: form, side, hold, days."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from pdfgen.planning.plan import PlannedDose, PlannedExercise
from pdfgen.planning.wording import hold_amount, ranges
from pdfgen.typesetting.blocks import Paragraph
from pdfgen.typesetting.composer import Composer
from pdfgen.typesetting.flow import Flowed
from pdfgen.typesetting.sections.exercise_doses import level_word
from pdfgen.typesetting.sections.exercise_words import capitalised
from pdfgen.typesetting.text_style import Span, TextStyle

T = TypeVar("T", bound=Hashable)


def dose_facts(c: Composer, exercise: PlannedExercise, *, levels: bool = True) -> str:
    """Return days, side, hold and forms in one line, with the weeks where they change.

    Args:
        levels: whether to name the forms; not where they are described.
    """
    given = [(week, dose) for week, dose in enumerate(exercise.doses, 1) if dose is not None]
    words = [own_days(c, exercise), *_holds(c, given), *_sides(c, given)]
    facts = ", ".join(filter(None, words))
    return ". ".join(filter(None, (capitalised(facts), *(_levels(c, given) if levels else ()))))


def _holds(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    """How long to hold, where the amount does not say it already; then the weeks in which that changes."""
    changes = _changes([(week, hold_amount(dose, c.language)) for week, dose in given if not dose.blank])
    if not any(changes):
        return []
    (first, _), *others = changes.items()
    since = "; ".join(f"{_weeks(c, weeks)}: {hold or '–'}" for hold, weeks in others)
    if not first:
        return [f"{c.strings.holding} ({since})"]
    return [c.fill(c.strings.hold_row, hold=first) + (f" ({since})" if since else "")]


def _sides(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    changes = _changes([(week, dose.per_side) for week, dose in given if not dose.blank])
    if True not in changes:
        return []
    return [c.strings.per_side + _in_weeks(c, changes[True] if len(changes) > 1 else ())]


def _levels(c: Composer, given: Sequence[tuple[int, PlannedDose]]) -> list[str]:
    changes = _changes([(week, dose.level) for week, dose in given])
    if len(changes) < 2:
        return []
    return [f"{level_word(c, level).capitalize()}: {_weeks(c, weeks)}" for level, weeks in changes.items()]


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


def personal_words(c: Composer, exercise: PlannedExercise) -> list[list[Span]]:
    """Return cautions, note and side, a paragraph each, which no edition leaves out."""
    lines = [
        [Span(f"{c.fill(c.strings.cautions_title, situation=caution.situation_name)}: ", bold=True),
         Span(caution.text)]
        for caution in exercise.cautions
    ]  # fmt: skip
    if exercise.note:
        lines.append([Span(f"{c.strings.note_from}: ", bold=True), Span(exercise.note)])
    if exercise.start_side:
        lines.append([Span(c.fill(c.strings.start_with, side=exercise.start_side))])
    return lines


def personal_below(c: Composer, style: TextStyle) -> list[Flowed]:
    """Return the same of all exercises over the whole width, where their cells have no room."""
    texts = []
    for exercise in c.plan.exercises:
        if spans := [span for line in personal_words(c, exercise) for span in (*line, Span(" "))]:
            name = Span(f"{exercise.number}\u00a0 {exercise.name}. ", bold=True, colour=c.look.accent)
            texts.append(Flowed(Paragraph(c.text([name, *spans[:-1]], style)), before=c.look.gap * 0.4))
    return texts
