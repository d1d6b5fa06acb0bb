"""A plan as a table by week that a screen reader reads, and what was prescribed in eight lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pdfgen.content.models.language import Language
from pdfgen.planning.dates import date_of
from pdfgen.planning.plan import Plan, Week
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.wording import dose_words, list_words, long_date, week_words


def plan_table(plan: Plan, language: Language) -> dict[str, Any]:
    """Return the weeks and the doses of a plan as plain data, in the language of the plan."""
    return {
        "title": plan.title,
        "weeks": [_week(plan, week) for week in plan.weeks],
        "exercises": [_exercise(one, language) for one in plan.exercises],
        "sheets": list(plan.sheet_weeks),
        "warm_up_minutes": plan.warm_up_minutes,
    }


def _week(plan: Plan, week: Week) -> dict[str, Any]:
    dates = [
        date_of(plan.start, week.number, index).isoformat() if plan.start else None
        for index in range(len(week.days))
    ]
    numbers = {session.day: [item.number for item in session.items] for session in week.sessions}
    phase = next((phase for phase in plan.phases if week.number in phase.weeks), None)
    return {
        "number": week.number,
        "first_day": dates[0],
        "last_day": dates[-1],
        "step": f"T{week.step}",
        "phase": phase.name if phase else "",
        "settling": week.settling,
        "minutes": week.minutes + plan.warm_up_minutes if week.minutes else None,
        "days": [
            {"day": day, "date": date, "numbers": numbers.get(day, [])}
            for day, date in zip(week.days, dates, strict=True)
        ],
    }


def _exercise(one: PlannedExercise, language: Language) -> dict[str, Any]:
    return {
        "number": one.number,
        "id": one.id,
        "name": one.name,
        "note": " ".join(note.words.text for note in one.notes),
        "doses": [
            {
                "first": weeks[0],
                "last": weeks[-1],
                "form": one.form_in(weeks[0]).name,
                "level": dose.level,
                "words": _words(one, dose, language),
                "blank": dose.blank,
            }
            for weeks, dose in _groups(one)
        ],
    }


def _groups(one: PlannedExercise) -> Iterator[tuple[list[int], PlannedDose]]:
    for dose, group in groupby(enumerate(one.doses, 1), key=lambda pair: pair[1]):
        if dose is not None:
            yield [week for week, _ in group], dose


def _words(one: PlannedExercise, dose: PlannedDose, language: Language) -> str:
    return _spaced(dose_words(dose, language, one.rest_s).line)


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


#: Exercises of which the record has a line each; further ones share the last.
_MOST_LINES = 5


def record_lines(plan: Plan, language: Language) -> list[str]:
    """Return what was prescribed, for the patient's record: eight plain lines at most, without a name.

    What it is with its weeks, from when, then a line an exercise, the situations that were heeded, and
    the document id.
    """
    strings = language.strings
    weeks = language.count("week", len(plan.weeks))
    head = f"{plan.title}: {weeks}"
    if plan.start:
        head += f", {long_date(plan.start, language)}"
    exercises = [_line(one, language) for one in plan.exercises]
    if len(exercises) > _MOST_LINES:
        exercises = [*exercises[: _MOST_LINES - 1], "; ".join(exercises[_MOST_LINES - 1 :])]
    lines = [head, *exercises]
    if plan.situations:
        heeded = {"situation": list_words(plan.situations, language)}
        lines.append(language.fill(strings.cautions_title, heeded))
    lines.append(f"{strings.document_id}: {plan.passport.document_id}")
    return [_spaced(line) for line in lines]


def _line(one: PlannedExercise, language: Language) -> str:
    """Return an exercise with its first and its last dose: what rises between them stands in the plan."""
    groups = list(_groups(one))
    ends = groups[:1] if len(groups) == 1 else [groups[0], groups[-1]]
    return f"{one.number} {one.name}: {' … '.join(_said(one, *group, language) for group in ends)}"


def _said(one: PlannedExercise, weeks: list[int], dose: PlannedDose, language: Language) -> str:
    form = f" ({form})" if (form := one.form_word(weeks[0])) else ""
    amount = dose_words(dose, language).line or "___"
    return f"{week_words(weeks, language)}{form} {amount}"
