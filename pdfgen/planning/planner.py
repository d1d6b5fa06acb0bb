"""Prescription and library become a plan; all choices come together here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.dose import step_number
from pdfgen.content.models.language import Language
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.weekdays import training_days
from pdfgen.planning.exercises import Choices, plan_exercise
from pdfgen.planning.fixed_parts import (
    emergency_number,
    plan_clinic,
    plan_passport,
    plan_positions,
    plan_progress,
    plan_safety,
    plan_strip,
)
from pdfgen.planning.own_words import own_words
from pdfgen.planning.plan import Plan, PlannedKind, PlannedPhase, PlannedPreparation, Session, Week
from pdfgen.planning.planned_exercise import PlannedDose, PlannedExercise
from pdfgen.planning.progression import CHANGEOVER_S, has_risen, seconds, steps_by_week
from pdfgen.planning.questions import questions_of, used_words
from pdfgen.planning.schedule import sessions, week_days
from pdfgen.planning.wording import minutes


def make_plan(
    library: Library,
    prescription: Prescription,
    clinic: Clinic,
    language: Language,
    *,
    figures: Mapping[str, str],
    faq_count: int,
    document_id: str,
    input_hash: str,
) -> Plan:
    """Return the plan for one patient.

    All inputs have passed `content.rules`, so every name in them is known.

    Args:
        figures: the drawing that replaces one of the library's, by the name of the replaced one.
        faq_count: how many questions the layout prints.
        document_id: eight characters that name the document.
        input_hash: digest over everything that was read.
    """
    choices = Choices(library, prescription, language, figures, emergency_number(library, clinic))
    last = max(len(library.exercises[name].doses) for name in choices.exercise_ids)
    steps = steps_by_week(prescription.weeks, step_number(prescription.start_step), last)
    condition = choices.condition
    exercises = tuple(
        plan_exercise(number, exercise_id, steps, choices)
        for number, exercise_id in enumerate(choices.exercise_ids, 1)
    )
    weeks = _weeks(steps, exercises, choices)
    questions = questions_of(library, prescription, faq_count)
    text = choices.text
    return Plan(
        language=language.id,
        title=text(condition.title),
        condition=text(condition.name),
        label=prescription.patient.label,
        therapist=prescription.therapist or clinic.therapist,
        goal=own_words(prescription.goal, prescription.language, language),
        if_then=own_words(prescription.if_then, prescription.language, language),
        message=own_words(prescription.message, prescription.language, language),
        dialling_code=library.countries[clinic.country].dialling_code or "",
        start=prescription.start,
        weeks=weeks,
        sheet_weeks=tuple(sorted(set(prescription.tracker_weeks or (week.number for week in weeks)))),
        spare_sheet=prescription.tracker_weeks is None,
        read_back=clinic.read_back if prescription.read_back is None else prescription.read_back,
        phases=_phases(weeks, exercises, choices),
        kinds=_kinds(exercises, choices),
        exercises=exercises,
        safety=plan_safety(choices, clinic),
        limits=clinic.traffic_light,
        preparation=_preparation(choices, exercises),
        warm_up_minutes=condition.preparation.warm_up_minutes,
        progress=plan_progress(choices),
        faq=tuple((text(entry.question), text(entry.answer)) for entry in questions),
        clinic=plan_clinic(clinic, choices),
        passport=plan_passport(choices, questions, document_id, input_hash),
        situations=tuple(text(library.situations[name].name) for name in prescription.situations),
    )


def _weeks(steps: Sequence[int], exercises: Sequence[PlannedExercise], choices: Choices) -> tuple[Week, ...]:
    training = training_days(choices.prescription.days, choices.library.kinds)
    days = week_days(choices.prescription.start)
    phases = choices.condition.phases
    weeks = []
    for number, step in enumerate(steps, 1):
        week_sessions = sessions(days, _doses_of_week(number, exercises, choices), training, CHANGEOVER_S)
        weeks.append(
            Week(
                number=number,
                step=step,
                phase=next(
                    (i for i, p in enumerate(phases) if p.first_step <= step <= p.last_step), len(phases) - 1
                ),
                settling=number > 1 and all(_stays(exercise.doses, number) for exercise in exercises),
                days=days,
                sessions=week_sessions,
                minutes=_minutes(week_sessions),
            )
        )
    return tuple(weeks)


def _minutes(week_sessions: Sequence[Session]) -> int:
    if any(item.dose.blank for session in week_sessions for item in session.items):
        return 0
    return max((minutes(session.seconds) for session in week_sessions), default=0)


def _doses_of_week(
    week: int, exercises: Sequence[PlannedExercise], choices: Choices
) -> dict[int, tuple[str, PlannedDose, int]]:
    result = {}
    for exercise in exercises:
        dose = exercise.doses[week - 1]
        if dose is not None:
            taken = seconds(choices.library.exercises[exercise.id], dose)
            result[exercise.number] = (exercise.kind, dose, taken)
    return result


def _kinds(exercises: Sequence[PlannedExercise], choices: Choices) -> tuple[PlannedKind, ...]:
    """Return the kinds of a program, in order of the library."""
    used = {exercise.kind for exercise in exercises}
    return tuple(
        PlannedKind(name, choices.text(kind.name), choices.text(kind.what_for))
        for name, kind in choices.library.kinds.items()
        if name in used
    )


def _stays(doses: Sequence[PlannedDose | None], week: int) -> bool:
    """Whether a dose is known to be that of the week before."""
    before, after = doses[week - 2 : week]
    return before == after and not (after is not None and after.blank)


def _phases(
    weeks: Sequence[Week], exercises: Sequence[PlannedExercise], choices: Choices
) -> tuple[PlannedPhase, ...]:
    """Return the phases, with words of their own for weeks in which nothing rises.

    Weeks that a plan begins with have those of the library's first phase then: one learns the exercises.
    """
    phases, strings = choices.condition.phases, choices.language.strings
    steady = PlannedPhase(strings.steady_phase, strings.steady_aim, ())
    planned: list[PlannedPhase] = []
    for index in dict.fromkeys(week.phase for week in weeks):
        numbers = tuple(week.number for week in weeks if week.phase == index)
        rising = any(
            has_risen(*exercise.doses[n - 2 : n]) for exercise in exercises for n in numbers if n > 1
        )
        if rising or not planned:
            phase = phases[index if rising else 0]
            planned.append(PlannedPhase(choices.text(phase.name), choices.text(phase.aim), numbers))
        elif planned and planned[-1]._replace(weeks=()) == steady:
            planned[-1] = steady._replace(weeks=planned[-1].weeks + numbers)
        else:
            planned.append(steady._replace(weeks=numbers))
    return tuple(planned)


def _preparation(choices: Choices, exercises: Sequence[PlannedExercise]) -> PlannedPreparation:
    preparation = choices.condition.preparation
    positions = preparation.positions
    return PlannedPreparation(
        title=choices.text(preparation.title),
        tips=tuple(map(choices.text, preparation.tips)),
        positions=plan_positions(positions, exercises, choices) if positions else None,
        warm_up=plan_strip(preparation.warm_up, choices),
        down=plan_strip(preparation.down, choices) if preparation.down else None,
        up=plan_strip(preparation.up, choices) if preparation.up else None,
        words=used_words(choices, exercises),
    )
