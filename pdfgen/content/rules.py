"""Rules that no single field can check: inside the library and between library, prescription, clinic,
layout and languages.

Every function returns `Findings`: errors stop the work, warnings are told to the therapist, who decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pdfgen.content.clinic import Clinic
from pdfgen.content.fields import WEEKDAYS, Weekday
from pdfgen.content.language import Language, Plurals
from pdfgen.content.layout import Layout
from pdfgen.content.library import Category, Exercise, Library
from pdfgen.content.library_rules import library_problems, unknown_names
from pdfgen.content.loading import Loaded
from pdfgen.content.prescription import Days, DoseOverride, Prescription
from pdfgen.content.resources import figure_names
from pdfgen.content.source import FieldPath
from pdfgen.content.validation_wording import nearest
from pdfgen.errors import Problem

#: More exercises a session are kept up less well; three or four is the aim (clinical.md 2.1).
MOST_EXERCISES = 4

#: Contrast of the accent colour with white (WCAG 2.2, 1.4.6 enhanced).
LEAST_CONTRAST = 7.0


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        return Findings(self.errors + other.errors, self.warnings + other.warnings)


def check_library(
    library: Loaded[Library], figures: Collection[str] | None = None, icons: Collection[str] | None = None
) -> Findings:
    """Check a library, all files merged.

    Args:
        library: the library.
        figures, icons: names of the drawings that exist; left out, the shipped ones.
    """
    figures = figure_names("figures") if figures is None else figures
    icons = figure_names("icons") if icons is None else icons
    return Findings(_in_order(library_problems(library, figures, icons)))


def check_prescription(prescription: Loaded[Prescription], library: Loaded[Library]) -> Findings:
    """Check a prescription against the library that it takes its names from."""
    errors = [
        *_choice_errors(prescription, library.value),
        *_dose_errors(prescription, library.value),
        *_note_errors(prescription, library.value),
        *_confirmed_errors(prescription, library.value),
        *_day_errors(prescription),
        *_start_errors(prescription),
    ]
    warnings = [] if errors else list(_choice_warnings(prescription, library.value))
    return Findings(_in_order(errors), _in_order(warnings))


def check_clinic(clinic: Loaded[Clinic], library: Loaded[Library]) -> Findings:
    """Check a clinic: its country must be in the library, and its colour must be readable on white."""
    errors = []
    known = library.value.countries
    if clinic.value.country not in known:
        message = f"there are no phone numbers for this country; {nearest(clinic.value.country, known)}"
        errors.append(clinic.problem(("country",), message))
    contrast = contrast_with_white(clinic.value.accent)
    if contrast < LEAST_CONTRAST:
        message = (
            f"too light: its contrast with white is {contrast:.1f} to 1; choose a colour with at least 7 to 1"
        )
        errors.append(clinic.problem(("accent",), message))
    return Findings(tuple(errors))


def check_paper(
    prescription: Loaded[Prescription], clinic: Loaded[Clinic], layout: Loaded[Layout]
) -> Findings:
    """Check that the layout can be printed on the paper that the prescription or the clinic asks for."""
    errors = [
        loaded.problem(("paper",), f"this layout has no such paper; {nearest(paper, layout.value.papers)}")
        for loaded, paper in ((prescription, prescription.value.paper), (clinic, clinic.value.paper))
        if paper is not None and paper not in layout.value.papers
    ]
    return Findings(tuple(errors))


def check_languages(languages: Sequence[Loaded[Language]]) -> Findings:
    """Check that languages are complete, and fill the same placeholders as the first of them."""
    errors: list[Problem] = []
    for language in languages:
        errors += _locale_errors(language)
        errors += _placeholder_errors(language, languages[0])
    return Findings(tuple(errors))


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(
        sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.column))
    )


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
    if prescription.language not in library.languages:
        advice = nearest(prescription.language, library.languages)
        yield loaded.problem(("language",), f'the library is not in "{prescription.language}"; {advice}')
    yield from unknown_names(
        loaded, prescription.exercises or (), ("exercises",), library.exercises, "exercise"
    )
    yield from unknown_names(
        loaded, prescription.situations, ("situations",), library.situations, "situation"
    )
    if prescription.exercises is not None and not prescription.exercises:
        yield loaded.problem(
            ("exercises",), "is empty; name an exercise, or leave it out to take the program's"
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
    weeks = loaded.value.weeks
    for name in loaded.value.doses:
        yield from _outside(loaded, name, ("doses", name), library)
    for name, path, dose in _overrides(loaded.value):
        exercise = library.exercises.get(name)
        if exercise and dose.level is not None and dose.level not in exercise.variants:
            message = f"this exercise has no variant {dose.level}; {nearest(dose.level, exercise.variants)}"
            yield loaded.problem((*path, "level"), message)
        for field in ("from_week", "to_week"):
            week = getattr(dose, field)
            if week is not None and week > weeks:
                yield loaded.problem((*path, field), f"the program has {weeks} weeks; write {weeks} or less")
        if dose.from_week is not None and dose.to_week is not None and dose.from_week > dose.to_week:
            yield loaded.problem((*path, "to_week"), f"must be at least {dose.from_week}, which is from_week")


def _note_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    for name in loaded.value.notes:
        yield from _outside(loaded, name, ("notes", name), library)


def _confirmed_errors(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
    for index, pair in enumerate(loaded.value.confirmed):
        path = ("confirmed", index)
        name, situation = pair.split("/")
        if pair in loaded.value.confirmed[:index]:
            yield loaded.problem(path, f'"{pair}" stands here twice')
        outside = list(_outside(loaded, name, path, library))
        yield from outside
        if not outside and name in library.exercises:
            known = _cautioned(library.exercises[name])
            if situation not in known:
                advice = nearest(situation, known)
                yield loaded.problem(path, f'"{name}" has no caution for "{situation}"; {advice}')


def _cautioned(exercise: Exercise) -> set[str]:
    return {situation for caution in exercise.cautions for situation in caution.situations}


def _day_errors(loaded: Loaded[Prescription]) -> Iterator[Problem]:
    days = loaded.value.days
    lists: dict[FieldPath, Sequence[Weekday]] = {}
    if isinstance(days, Days):
        lists = {("days", "mobilising"): days.mobilising, ("days", "strengthening"): days.strengthening}
    elif days is not None:
        lists = {("days",): days}
    for path, names in lists.items():
        if not names:
            yield loaded.problem(path, "is empty; name a day, or leave it out")
        yield from unknown_names(loaded, names, path, WEEKDAYS, "day")


def _start_errors(loaded: Loaded[Prescription]) -> Iterator[Problem]:
    start = loaded.value.start
    if start is not None and start > dt.date.max - dt.timedelta(days=7 * loaded.value.weeks - 1):
        yield loaded.problem(
            ("start",), "is too late: the calendar ends before the program does; check the year"
        )


def _choice_warnings(loaded: Loaded[Prescription], library: Library) -> Iterator[Problem]:
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
    if isinstance(prescription.days, Days) and _in_a_row(prescription.days.strengthening):
        yield loaded.problem(("days", "strengthening"), "strengthening on days in a row; leave a day between")


def _busiest_session(prescription: Prescription, library: Library) -> int:
    kinds: list[Category] = [
        library.exercises[name].category for name in _exercise_ids(prescription, library)
    ]
    mobilising, strengthening = kinds.count("mobilising"), kinds.count("strengthening")
    days = prescription.days
    if isinstance(days, Days) and not set(days.mobilising) & set(days.strengthening):
        return max(mobilising, strengthening)
    return mobilising + strengthening


def _in_a_row(days: Sequence[Weekday]) -> bool:
    positions = [WEEKDAYS.index(day) for day in days]
    return any(abs(one - other) in {1, len(WEEKDAYS) - 1} for one, other in combinations(positions, 2))


def _locale_errors(loaded: Loaded[Language]) -> Iterator[Problem]:
    from babel import Locale, UnknownLocaleError

    language = loaded.value
    for field in ("day_names", "day_short"):
        for day in WEEKDAYS:
            if day not in getattr(language, field):
                yield loaded.problem((field, day), "missing; add the day")
    for side in ("left", "right"):
        if side not in language.sides:
            yield loaded.problem(("sides", side), "missing; add the word for this side")
    try:
        forms = Locale.parse(language.locale).plural_form.tags
    except UnknownLocaleError:
        yield loaded.problem(("locale",), "this locale is not known; write one such as nl or nl_BE")
        return
    for noun in Plurals.model_fields:
        for form in sorted(forms):
            if getattr(getattr(language.plurals, noun), form) is None:
                yield loaded.problem(("plurals", noun, form), "missing; this language needs the form")


def _placeholder_errors(loaded: Loaded[Language], first: Loaded[Language]) -> Iterator[Problem]:
    for name in type(loaded.value.strings).model_fields:
        wanted = _placeholders(getattr(first.value.strings, name))
        found = _placeholders(getattr(loaded.value.strings, name))
        if found != wanted:
            names = ", ".join(f"{{{item}}}" for item in sorted(wanted)) or "none"
            message = f"holds other placeholders than in {first.value.id}; there they are: {names}"
            yield loaded.problem(("strings", name), message)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{([^{}]*)\}", text))
