"""Rules between a prescription and the library that it takes its names from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded
from pdfgen.content.models.dose import step_number
from pdfgen.content.models.exercise import Exercise
from pdfgen.content.models.field_types import WEEKDAYS, without_region
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import DoseOverride, Prescription, WeeksNote
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.models.weekdays import MOST_WITH_REST, days_in_a_row, training_days
from pdfgen.content.rules.library import names_side
from pdfgen.content.rules.names import unknown_names
from pdfgen.errors import Problem

#: More exercises a session are kept up less well; three or four is the aim (clinical.md 2.1).
MOST_EXERCISES = 4


def prescription_problems(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    """Yield everything in a prescription that the library does not allow."""
    yield from _choice_errors(loaded, library)
    yield from _dose_errors(loaded, library)
    yield from _note_errors(loaded, library)
    yield from _confirmed_errors(loaded, library)
    yield from _day_errors(loaded, library)
    yield from _tracker_errors(loaded)


def _exercise_ids(prescription: Prescription, library: Library) -> tuple[str, ...]:
    if prescription.exercises is not None:
        return prescription.exercises
    program = library.programs.get(prescription.program)
    return program.exercises if program else ()


def _choice_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    prescription = loaded.value
    if prescription.program not in library.programs:
        message = (
            f'there is no program "{prescription.program}"; {nearest(prescription.program, library.programs)}'
        )
        yield loaded.problem(("program",), message)
    steps = [len(e.doses) for e in map(library.exercises.get, _exercise_ids(prescription, library)) if e]
    if steps and step_number(prescription.start_step) > max(steps):
        yield loaded.problem(("start_step",), f"the exercises have the steps T1 to T{max(steps)}")
    if without_region(prescription.language) not in library.languages:
        advice = nearest(prescription.language, library.languages)
        yield loaded.problem(("language",), f'the library is not in "{prescription.language}"; {advice}')
    yield from unknown_names(
        loaded, prescription.exercises or (), ("exercises",), library.exercises, "exercise"
    )
    yield from unknown_names(
        loaded, prescription.situations, ("situations",), library.situations, "situation"
    )


def _outside(loaded: Loaded[Prescription], name: str, path: FieldPath, library: Library) -> Iterator[Problem]:
    """Yield a problem if an exercise that is named at `path` is not in this program."""
    chosen = _exercise_ids(loaded.value, library)
    if chosen and name not in chosen:
        what = "is not in this program" if name in library.exercises else "is not in the library"
        known = [other for other in chosen if other in library.exercises]
        yield loaded.problem(path, f'the exercise "{name}" {what}; {nearest(name, known)}', key=True)


def _overrides(prescription: Prescription) -> Iterator[tuple[str, FieldPath, DoseOverride]]:
    for name, doses in prescription.doses.items():
        if isinstance(doses, DoseOverride):
            yield name, ("doses", name), doses
        else:
            for index, dose in enumerate(doses):
                yield name, ("doses", name, index), dose


def _dose_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    for name in loaded.value.doses:
        yield from _outside(loaded, name, ("doses", name), library)
    for name, path, dose in _overrides(loaded.value):
        exercise = library.exercises.get(name)
        if exercise and dose.level is not None and dose.level not in exercise.variants:
            message = f"this exercise has no variant {dose.level}; {nearest(dose.level, exercise.variants)}"
            yield loaded.problem((*path, "level"), message)
        yield from _week_errors(loaded, path, dose)
        if dose.minutes and dose.hold_s is not None:
            yield loaded.problem((*path, "minutes"), "give hold_s or minutes, not both")
        if dose.per_side and dose.one_side:
            yield loaded.problem((*path, "one_side"), "give per_side or one_side, not both")
    for name in _exercise_ids(loaded.value, library):
        if exercise := library.exercises.get(name):
            own = [(path, dose) for other, path, dose in _overrides(loaded.value) if other == name]
            yield from _side_errors(loaded, name, exercise, own)
            yield from _start_errors(loaded, exercise, own)


def _week_errors(
    loaded: Loaded[Prescription], path: FieldPath, own: DoseOverride | WeeksNote
) -> Iterator[Problem]:
    """Yield a problem for each week that the program does not have, and for a last one before the first."""
    weeks = loaded.value.weeks
    for field in ("from_week", "to_week"):
        week = getattr(own, field)
        if week is not None and week > weeks:
            yield loaded.problem((*path, field), f"the program has {weeks} weeks; write {weeks} or less")
    if own.from_week is not None and own.to_week is not None and own.from_week > own.to_week:
        yield loaded.problem((*path, "to_week"), f"must be at least {own.from_week}, which is from_week")


_Own = Sequence[tuple[FieldPath, DoseOverride]]


def _side_errors(loaded: Loaded[Prescription], name: str, exercise: Exercise, own: _Own) -> Iterator[Problem]:
    """Yield a problem where it is not said, or said in two ways, with which side an exercise is done."""
    sides = [(path, dose.side) for path, dose in own if dose.side]
    for path, side in sides[1:]:
        if side != sides[0][1]:
            yield loaded.problem((*path, "side"), f"this exercise has {sides[0][1]} already; give one side")
    if sides or loaded.value.side:
        return
    only = next(((*path, "one_side") for path, dose in own if dose.one_side), None)
    if only is not None:
        yield loaded.problem(only, "with which side? Add side: left or side: right")
    elif any(dose is not None and dose.one_side for dose in exercise.doses):
        message = f'"{name}" is done with one side; add side: left or side: right'
        yield loaded.problem(("exercises",) if loaded.value.exercises else ("program",), message)


def _start_errors(loaded: Loaded[Prescription], exercise: Exercise, own: _Own) -> Iterator[Problem]:
    for path, dose in own:
        if dose.start_step is None:
            continue
        if dose.from_week or dose.to_week or sum(other.start_step is not None for _, other in own) > 1:
            message = "goes for all weeks; give it once, without from_week and to_week"
            yield loaded.problem((*path, "start_step"), message)
        elif step_number(dose.start_step) > len(exercise.doses):
            steps = len(exercise.doses)
            message = f"this exercise has the steps T1 to T{steps}"
            yield loaded.problem((*path, "start_step"), message)


def _note_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    for name, notes in loaded.value.notes.items():
        yield from _outside(loaded, name, ("notes", name), library)
        for index, note in enumerate(notes if isinstance(notes, tuple) else ()):
            yield from _week_errors(loaded, ("notes", name, index), note)


def _confirmed_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    for index, pair in enumerate(loaded.value.confirmed):
        path = ("confirmed", index)
        name, situation = pair.split("/")
        if pair in loaded.value.confirmed[:index]:
            yield loaded.problem(path, f'"{pair}" stands here twice')
        outside = list(_outside(loaded, name, path, library))
        yield from outside
        if not outside and name in library.exercises:
            known = library.exercises[name].situations
            if situation not in known:
                advice = nearest(situation, known)
                yield loaded.problem(path, f'"{name}" has no caution for "{situation}"; {advice}')


def _day_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    days = loaded.value.days
    if not isinstance(days, Mapping):
        yield from unknown_names(loaded, days or (), ("days",), WEEKDAYS, "day")
        return
    for kind, names in days.items():
        yield from unknown_names(loaded, names, ("days", kind), WEEKDAYS, "day")
        if kind not in library.kinds:
            message = f'there is no kind of exercise "{kind}"; {nearest(kind, library.kinds)}'
            yield loaded.problem(("days", kind), message, key=True)
    for kind in dict.fromkeys(_kinds(loaded.value, library)):
        if kind not in days:
            yield loaded.problem(("days", kind), "missing; add it, for exercises of this kind are prescribed")


def _tracker_errors(loaded: Loaded[Prescription]) -> Iterator[Problem]:
    weeks = loaded.value.weeks
    beyond = [str(week) for week in loaded.value.tracker_weeks or () if week > weeks]
    if beyond:
        message = f"there is no week {' or '.join(beyond)}; the program has {weeks} weeks"
        yield loaded.problem(("tracker_weeks",), message)


def prescription_warnings(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    """Yield warnings for the therapist; the prescription must have no `prescription_problems`."""
    prescription = loaded.value
    program = library.programs[prescription.program]
    if prescription.weeks not in program.weeks:
        meant = " or ".join(map(str, program.weeks))
        message = f'the program "{prescription.program}" is meant for {meant} weeks, not {prescription.weeks}'
        yield loaded.problem(("weeks",), message)
    for index, pair in enumerate(prescription.confirmed):
        situation = pair.split("/")[1]
        if situation not in prescription.situations:
            yield loaded.problem(
                ("confirmed", index), f'"{situation}" is not among the situations of this patient'
            )
    busiest = _busiest_session(prescription, library)
    if busiest > MOST_EXERCISES:
        message = f"a session has {busiest} exercises; people keep up better with {MOST_EXERCISES} or fewer"
        yield loaded.problem(("exercises",) if prescription.exercises else ("program",), message)
    yield from _side_warnings(loaded, library)
    yield from _rest_warnings(loaded, library)
    yield from _condition_warnings(loaded, library)


def _side_warnings(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    """Yield a warning where repetitions no longer count for each side, and the steps name one of them."""
    for name, path, dose in _overrides(loaded.value):
        exercise = library.exercises.get(name)
        is_open = dose.per_side is False and not (dose.one_side or dose.side or loaded.value.side)
        if is_open and exercise and any(map(names_side, exercise.variants.values())):
            message = "the steps name a side; for one side only, write one_side: true and side: left"
            yield loaded.problem((*path, "per_side"), message)


def _rest_warnings(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    days = loaded.value.days
    with_rest = [name for name, kind in library.kinds.items() if kind.rest_days]
    if isinstance(days, Mapping):
        for kind in with_rest:
            if days_in_a_row(days.get(kind, ())):
                yield loaded.problem(("days", kind), f"{kind} on days in a row; leave a day between")
    elif days is not None:
        prescribed = _kinds(loaded.value, library)
        for kind in with_rest:
            planned = training_days(days, library.kinds)[kind]
            if kind in prescribed and set(planned) != set(days):
                others = " and for ".join(library.kinds)
                message = (
                    f"{kind} is planned on {' and '.join(planned)} only: at most {MOST_WITH_REST} days with "
                    f"a day between; to choose otherwise, give days for {others}"
                )
                yield loaded.problem(("days",), message)


def _condition_warnings(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    """Yield a warning for what is chosen and belongs to another condition than the program's."""
    prescription = loaded.value
    condition = library.condition_of(prescription.program)
    chosen = prescription.exercises or ()
    known = library.situations_of(condition, chosen)
    for index, situation in enumerate(prescription.situations):
        if situation not in known:
            advice = nearest(situation, known)
            message = f'nothing in the programs for "{condition}" is about "{situation}"; {advice}'
            yield loaded.problem(("situations", index), message)
    own = library.exercises_of(condition)
    for index, name in enumerate(chosen):
        others = [other for other in library.conditions if name in library.exercises_of(other)]
        if others and name not in own:
            message = f'"{name}" is in programs for "{others[0]}" only; see that its texts fit "{condition}"'
            yield loaded.problem(("exercises", index), message)


def _kinds(prescription: Prescription, library: Library) -> list[str]:
    """Return the kind of each exercise that the library has."""
    names = _exercise_ids(prescription, library)
    return [library.exercises[name].kind for name in names if name in library.exercises]


def _busiest_session(prescription: Prescription, library: Library) -> int:
    kinds = _kinds(prescription, library)
    training = training_days(prescription.days, library.kinds)
    return max(sum(day in training[kind] for kind in kinds) for day in WEEKDAYS)
