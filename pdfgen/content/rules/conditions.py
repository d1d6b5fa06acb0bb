"""Rules inside each condition of a library, and between conditions: none prints the signs of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded
from pdfgen.content.models.condition import Condition, Faq
from pdfgen.content.models.library import Library
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.rules.names import unique_ids, unknown_names
from pdfgen.errors import Problem


def condition_problems(library: Loaded[Library], icons: Collection[str]) -> Iterator[Problem]:
    """Yield everything that is wrong with the conditions of a library.

    Args:
        library: the library, all files merged.
        icons: names of the icons that exist.
    """
    content = library.value
    yield from _questions(library, content.faq, ())
    for name, condition in content.conditions.items():
        at: FieldPath = ("conditions", name)
        yield from _programs(library, condition, at)
        yield from _questions(library, condition.faq, at)
        yield from _phases(library, name, condition, at)
        yield from _safety(library, condition, icons, at)
        yield from _review(library, condition, at)
    yield from _used_twice(library)
    yield from _copied_signs(library)


def condition_warnings(library: Loaded[Library]) -> Iterator[Problem]:
    """Yield a warning for each condition that takes more than half of its warning signs from another."""
    for one, other in _pairs(library.value):
        signs = _signs(library.value.conditions[other])
        copied = _copied(library.value, other, one)
        if not _is_copy(library.value, one, other) and copied > len(signs) / 2:
            message = (
                f'{copied} of {len(signs)} warning signs are those of "{one}"; '
                "see that they are meant for this condition"
            )
            yield library.problem(("conditions", other, "safety", "boxes"), message)


def _programs(library: Loaded[Library], condition: Condition, at: FieldPath) -> Iterator[Problem]:
    for name, program in condition.programs.items():
        where = (*at, "programs", name, "exercises")
        yield from unknown_names(library, program.exercises, where, library.value.exercises, "exercise")


def _questions(library: Loaded[Library], questions: tuple[Faq, ...], at: FieldPath) -> Iterator[Problem]:
    content = library.value
    for index, entry in enumerate(questions):
        where = (*at, "faq", index)
        for names, field, known, what in (
            (entry.exercises, "exercises", content.exercises, "exercise"),
            (entry.situations, "situations", content.situations, "situation"),
            (entry.sources, "sources", content.sources, "source"),
        ):
            yield from unknown_names(library, names, (*where, field), known, what)
    shared = [entry.id for entry in content.faq] if at else []
    yield from unique_ids(library, (*at, "faq"), (entry.id for entry in questions), shared)


def _phases(library: Loaded[Library], name: str, condition: Condition, at: FieldPath) -> Iterator[Problem]:
    expected = 1
    for index, phase in enumerate(condition.phases):
        where = (*at, "phases", index)
        if phase.first_step != expected:
            message = f"must be {expected}, so that phases follow each other"
            yield library.problem((*where, "first_step"), message)
        if phase.last_step < phase.first_step:
            message = f"must be at least {phase.first_step}, the first step"
            yield library.problem((*where, "last_step"), message)
        expected = max(phase.first_step, phase.last_step) + 1
    used = library.value.exercises_of(name)
    steps = max((len(library.value.exercises[exercise].doses) for exercise in used), default=0)
    if expected <= steps:
        message = (
            f"end at step T{expected - 1}, but doses go on to T{steps}; add a phase or lengthen the last one"
        )
        yield library.problem((*at, "phases"), message)


def _safety(
    library: Loaded[Library], condition: Condition, icons: Collection[str], at: FieldPath
) -> Iterator[Problem]:
    safety, where = condition.safety, (*at, "safety")
    for index, box in enumerate(safety.boxes):
        if box.icon not in icons:
            message = f'there is no icon "{box.icon}.svg"; {nearest(box.icon, icons)}'
            yield library.problem((*where, "boxes", index, "icon"), message)
    yield from unique_ids(library, (*where, "boxes"), (box.id for box in safety.boxes))
    if not any(box.number == "emergency" for box in safety.boxes):
        message = "no box has the emergency number; give one `number: emergency`"
        yield library.problem((*where, "boxes"), message)
    yield from unknown_names(library, safety.sources, (*where, "sources"), library.value.sources, "source")


def _review(library: Loaded[Library], condition: Condition, at: FieldPath) -> Iterator[Problem]:
    if condition.review.status == "reviewed":
        for name in ("by", "role", "date"):
            if not getattr(condition.review, name):
                message = "missing; a review has a name, a role and a date"
                yield library.problem((*at, "review", name), message)


def _used_twice(library: Loaded[Library]) -> Iterator[Problem]:
    """Yield a problem for each program whose id another condition has too."""
    owners: dict[str, str] = {}
    for condition, content in library.value.conditions.items():
        for program in content.programs:
            owner = owners.setdefault(program, condition)
            if owner != condition:
                message = f'the condition "{owner}" has a program of this name; choose another'
                yield library.problem(("conditions", condition, "programs", program), message, key=True)


def _copied_signs(library: Loaded[Library]) -> Iterator[Problem]:
    """Yield a problem for each condition that has all signs of another, or none of its own."""
    for one, other in _pairs(library.value):
        if _is_copy(library.value, one, other):
            message = f'the warning signs are those of "{one}"; write those of this condition'
            yield library.problem(("conditions", other, "safety", "boxes"), message)


def _pairs(library: Library) -> Iterator[tuple[str, str]]:
    return combinations(library.conditions, 2)


def _is_copy(library: Library, one: str, other: str) -> bool:
    return any(
        _copied(library, first, second) == len(_signs(library.conditions[first]))
        for first, second in ((one, other), (other, one))
    )


def _copied(library: Library, name: str, other: str) -> int:
    """Return how many warning signs of a condition another one has too, in whatever language."""
    known = {text for sign in _signs(library.conditions[other]) for text in sign}
    return sum(not sign.isdisjoint(known) for sign in _signs(library.conditions[name]))


def _signs(condition: Condition) -> list[frozenset[str]]:
    """Return each warning sign in all its languages."""
    signs = (sign for box in condition.safety.boxes for sign in box.signs)
    return [frozenset(text.casefold() for text in sign.values()) for sign in signs]
