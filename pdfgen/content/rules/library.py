"""Rules inside the library: references, exercises, doses, drawings, placeholders.

Each rule is a function that yields problems; `library_problems` runs them all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import get_args

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded
from pdfgen.content.models.dose import MOST_LOAD, Level
from pdfgen.content.models.exercise import Exercise, Variant
from pdfgen.content.models.library import Library
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.pictures.figure_files import FigureFiles
from pdfgen.content.rules.addresses import address_problems
from pdfgen.content.rules.conditions import condition_problems, condition_warnings
from pdfgen.content.rules.doses import effort_of, steep_rises
from pdfgen.content.rules.figures import figure_problems
from pdfgen.content.rules.names import unique_ids, unknown_names
from pdfgen.content.rules.translations import texts
from pdfgen.errors import Problem, printable

_FORMS = frozenset(get_args(Level))

#: What planning puts into texts about one side, and into the traffic light.
SIDE_PLACEHOLDERS = frozenset({"side", "other"})
NUMBER_PLACEHOLDERS = frozenset({"emergency"})
LIMIT_PLACEHOLDERS = frozenset({"green_max", "amber_min", "amber_max", "red_min", "hours", "range"})


def library_problems(
    library: Loaded[Library], figures: FigureFiles, icons: Collection[str], *, pixels: bool = False
) -> Iterator[Problem]:
    """Yield everything that is wrong inside a library.

    Args:
        library: the library, all files merged.
        figures: the drawings that exist.
        icons: names of the icons that exist.
        pixels: whether photos are read to the end.
    """
    yield from _placeholders(library)
    yield from _references(library)
    yield from _variants(library)
    yield from _doses(library)
    yield from _cautions(library)
    yield from figure_problems(library, figures, pixels=pixels)
    yield from _countries(library)
    yield from condition_problems(library, icons)
    yield from address_problems(library)


def library_warnings(library: Loaded[Library]) -> Iterator[Problem]:
    """Yield what somebody who writes a library should look at; no program is kept from being made."""
    for name, exercise in library.value.exercises.items():
        for level, variant in exercise.variants.items():
            if not variant.panels:
                message = "has no picture; name a drawing (`pdfgen illustrate`) or a photo under panels"
                yield library.problem(("exercises", name, "variants", level), message, key=True)
    yield from condition_warnings(library)


def _placeholders(library: Loaded[Library]) -> Iterator[Problem]:
    for path, text in texts(library.value):
        known = _known_placeholders(path)
        for code, words in text.items():
            if "{" not in words and "}" not in words:
                continue
            for name in re.findall(r"\{([^{}]*)\}", words):
                if name not in known:
                    advice = nearest(name, known) if known else "nothing is filled in here"
                    message = f'the placeholder "{{{printable(name)}}}" is not known here; {advice}'
                    yield library.problem((*path, code), message)
            if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", words)):
                yield library.problem((*path, code), "a brace stands alone; remove it or close it")


def _known_placeholders(path: FieldPath) -> frozenset[str]:
    if path[0] == "traffic_light":
        return LIMIT_PLACEHOLDERS
    if "panel" in path or (path[0] == "exercises" and path[2] == "variants"):
        return SIDE_PLACEHOLDERS
    if path[0] == "exercises" and path[2] == "care":
        return NUMBER_PLACEHOLDERS
    return frozenset()


def _references(library: Loaded[Library]) -> Iterator[Problem]:
    content = library.value
    for name, exercise in content.exercises.items():
        at: FieldPath = ("exercises", name)
        if exercise.kind not in content.kinds:
            message = f'there is no kind "{exercise.kind}"; {nearest(exercise.kind, content.kinds)}'
            yield library.problem((*at, "kind"), message)
        yield from unknown_names(
            library, exercise.equipment, (*at, "equipment"), content.equipment, "equipment"
        )
        yield from unknown_names(library, exercise.sources, (*at, "sources"), content.sources, "source")
        for index, caution in enumerate(exercise.cautions):
            where = (*at, "cautions", index, "situations")
            yield from unknown_names(library, caution.situations, where, content.situations, "situation")
        for level, variant in exercise.variants.items():
            where = (*at, "variants", level, "equipment")
            yield from unknown_names(library, variant.equipment, where, content.equipment, "equipment")


def _variants(library: Loaded[Library]) -> Iterator[Problem]:
    for name, exercise in library.value.exercises.items():
        at = ("exercises", name)
        for index, dose in enumerate(exercise.doses):
            if dose is not None and dose.level not in exercise.variants:
                message = f"there is no variant {dose.level}; {nearest(dose.level, exercise.variants)}"
                yield library.problem((*at, "doses", index, "level"), message)
            elif dose is not None and exercise.variants[dose.level].only_when_prescribed:
                message = f"{dose.level} is done only when prescribed; choose another level"
                yield library.problem((*at, "doses", index, "level"), message)


def _doses(library: Loaded[Library]) -> Iterator[Problem]:
    for name, exercise in library.value.exercises.items():
        at = ("exercises", name, "doses")
        for index, message in steep_rises([effort_of(dose) if dose else None for dose in exercise.doses]):
            yield library.problem((*at, index), f"step T{index + 1}: {message}")
        yield from _dose_choices(library, name, exercise)
        started = False
        for index, dose in enumerate(exercise.doses):
            if dose is None and started:
                yield library.problem((*at, index), f"step T{index + 1}: the exercise has begun; give a dose")
            started = started or dose is not None
        if not started:
            yield library.problem(at, "no step has a dose; give at least the last step one")


def _dose_choices(library: Loaded[Library], name: str, exercise: Exercise) -> Iterator[Problem]:
    """Yield a problem for each dose that says the same in two ways, or leaves open which side is meant."""
    for index, dose in enumerate(exercise.doses):
        at = ("exercises", name, "doses", index)
        if dose is None:
            continue
        if dose.minutes and dose.hold_s.most:
            yield library.problem((*at, "minutes"), "give hold_s or minutes, not both")
        if dose.per_side and dose.one_side:
            yield library.problem((*at, "one_side"), "give per_side or one_side, not both")
        variant = exercise.variants.get(dose.level)
        if not (dose.per_side or dose.one_side) and variant and names_side(variant):
            message = "the steps name a side; give per_side or one_side"
            yield library.problem((*at, "level"), message)
        for code, words in (dose.load or {}).items():
            if len(words) > MOST_LOAD:
                message = f"is too long: {len(words)} characters, at most {MOST_LOAD}"
                yield library.problem((*at, "load", code), message)


def names_side(variant: Variant) -> bool:
    """Whether the steps of a form speak of one side."""
    return any("{side}" in words for step in variant.steps for words in step.text.values())


def _cautions(library: Loaded[Library]) -> Iterator[Problem]:
    for name, exercise in library.value.exercises.items():
        seen: set[str] = set()
        for index, caution in enumerate(exercise.cautions):
            at = ("exercises", name, "cautions", index, "situations")
            for place, situation in enumerate(caution.situations):
                if situation in seen:
                    message = f'another caution of this exercise is for "{situation}" too; join the two'
                    yield library.problem((*at, place), message)
            seen.update(caution.situations)
            if caution.use in _FORMS and caution.use not in exercise.variants:
                message = f"there is no variant {caution.use}; {nearest(caution.use, exercise.variants)}"
                yield library.problem(("exercises", name, "cautions", index, "use"), message)


def _countries(library: Loaded[Library]) -> Iterator[Problem]:
    for code, country in library.value.countries.items():
        at: FieldPath = ("countries", code)
        lines = [line.id for line in country.urgent]
        yield from unique_ids(library, (*at, "urgent"), lines)
        if country.emergency_line is not None and country.emergency_line not in lines:
            message = f'there is no line "{country.emergency_line}"; {nearest(country.emergency_line, lines)}'
            yield library.problem((*at, "emergency_line"), message)
