"""Rules inside the library: translations, references, doses, phases, drawings, placeholders.

Each rule is a function that yields problems; `library_problems` runs them all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, get_args

from pdfgen.content.files.source import FieldPath, printable
from pdfgen.content.loading import Loaded
from pdfgen.content.models.dose import MOST_LOAD, Level
from pdfgen.content.models.library import Exercise, Library, Variant
from pdfgen.content.models.validation_wording import nearest
from pdfgen.content.models.walking import parts
from pdfgen.content.pictures.figure_files import FigureFiles
from pdfgen.content.rules.addresses import address_problems
from pdfgen.content.rules.doses import effort_of, steep_rises
from pdfgen.content.rules.figures import figure_problems
from pdfgen.errors import Problem

#: Names of languages in messages; others are named by their code.
_LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "nl": "Dutch",
        "en": "English",
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "tr": "Turkish",
        "ar": "Arabic",
    }
)

_FORMS = frozenset(get_args(Level))

#: What planning puts into texts about one side, and into the traffic light.
SIDE_PLACEHOLDERS = frozenset({"side", "other"})
LIMIT_PLACEHOLDERS = frozenset({"green_max", "amber_min", "amber_max", "red_min", "hours", "range"})


def library_problems(
    library: Loaded[Library], figures: FigureFiles, icons: Collection[str]
) -> Iterator[Problem]:
    """Yield everything that is wrong inside a library.

    Args:
        library: the library, all files merged.
        figures: the drawings that exist.
        icons: names of the icons that exist.
    """
    found = tuple(texts(library.value))
    yield from _translations(library, found)
    yield from _placeholders(library, found)
    yield from _references(library)
    yield from _programs(library)
    yield from _variants(library)
    yield from _doses(library)
    yield from _phases(library)
    yield from _cautions(library)
    yield from figure_problems(library, figures)
    yield from _icons(library, icons)
    yield from _safety(library)
    yield from _countries(library)
    yield from address_problems(library)
    yield from _review(library)


def in_language(code: str) -> str:
    """Return what a text in a language is called in messages: "the Dutch text"."""
    named = _LANGUAGE_NAMES.get(code)
    return f"the {named} text" if named else f'the text in "{printable(code)}"'


#: Values that hold no other values; passing them over early halves the time of a walk.
_Texts = Iterable[tuple[FieldPath, Mapping[str, str]]]


def texts(value: Any) -> Iterator[tuple[FieldPath, Mapping[str, str]]]:
    """Yield every text in several languages that is in a model, with its path."""
    for path, part in parts(value):
        if isinstance(part, Mapping) and part and all(isinstance(text, str) for text in part.values()):
            yield path, part


def unknown_names(
    library: Loaded[Any], names: Iterable[str], path: FieldPath, known: Collection[str], what: str
) -> Iterator[Problem]:
    """Yield a problem for each of `names` (a list at `path`) that is unknown or stands there twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name not in known:
            message = f'there is no {what} "{printable(name)}"; {nearest(name, known)}'
            yield library.problem((*path, index), message)
        elif name in seen:
            yield library.problem((*path, index), f'"{name}" stands here twice')
        seen.add(name)


def _translations(library: Loaded[Library], found: _Texts) -> Iterator[Problem]:
    for path, text in found:
        for code in library.value.languages:
            if code not in text:
                yield library.problem((*path, code), f"missing; add {in_language(code)}")


def _placeholders(library: Loaded[Library], found: _Texts) -> Iterator[Problem]:
    for path, text in found:
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
    if path[:2] == ("safety", "traffic_light"):
        return LIMIT_PLACEHOLDERS
    if "panel" in path or (path[0] == "exercises" and path[2] == "variants"):
        return SIDE_PLACEHOLDERS
    return frozenset()


def _references(library: Loaded[Library]) -> Iterator[Problem]:
    content = library.value
    for name, exercise in content.exercises.items():
        at: FieldPath = ("exercises", name)
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
    for index, entry in enumerate(content.faq):
        at = ("faq", index)
        yield from unknown_names(library, entry.exercises, (*at, "exercises"), content.exercises, "exercise")
        yield from unknown_names(
            library, entry.situations, (*at, "situations"), content.situations, "situation"
        )
        yield from unknown_names(library, entry.sources, (*at, "sources"), content.sources, "source")
    yield from _unique_ids(library, "faq", (entry.id for entry in content.faq))


def _unique_ids(
    library: Loaded[Library], field: str, ids: Iterable[str], *, inside: FieldPath = ()
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield library.problem(
                (*inside, field, index, "id"), f'the id "{name}" is used twice; choose another'
            )
        seen.add(name)


def _programs(library: Loaded[Library]) -> Iterator[Problem]:
    for name, program in library.value.programs.items():
        where = ("programs", name, "exercises")
        yield from unknown_names(library, program.exercises, where, library.value.exercises, "exercise")


def _variants(library: Loaded[Library]) -> Iterator[Problem]:
    for name, exercise in library.value.exercises.items():
        at = ("exercises", name)
        if "L2" not in exercise.variants:
            yield library.problem((*at, "variants"), "the standard variant L2 is missing; add it")
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


def _phases(library: Loaded[Library]) -> Iterator[Problem]:
    content = library.value
    expected = 1
    for index, phase in enumerate(content.phases):
        at = ("phases", index)
        if phase.first_step != expected:
            yield library.problem(
                (*at, "first_step"), f"must be {expected}, so that phases follow each other"
            )
        if phase.last_step < phase.first_step:
            yield library.problem((*at, "last_step"), f"must be at least {phase.first_step}, the first step")
        expected = max(phase.first_step, phase.last_step) + 1
    steps = max((len(exercise.doses) for exercise in content.exercises.values()), default=0)
    if expected <= steps:
        message = (
            f"end at step T{expected - 1}, but doses go on to T{steps}; add a phase or lengthen the last one"
        )
        yield library.problem(("phases",), message)


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


def _icons(library: Loaded[Library], icons: Collection[str]) -> Iterator[Problem]:
    for index, box in enumerate(library.value.safety.boxes):
        if box.icon not in icons:
            message = f'there is no icon "{box.icon}.svg"; {nearest(box.icon, icons)}'
            yield library.problem(("safety", "boxes", index, "icon"), message)


def _safety(library: Loaded[Library]) -> Iterator[Problem]:
    boxes = library.value.safety.boxes
    yield from _unique_ids(library, "boxes", (box.id for box in boxes), inside=("safety",))
    if not any(box.number == "emergency" for box in boxes):
        yield library.problem(
            ("safety", "boxes"), "no box has the emergency number; give one `number: emergency`"
        )


def _countries(library: Loaded[Library]) -> Iterator[Problem]:
    for code, country in library.value.countries.items():
        at: FieldPath = ("countries", code)
        lines = [line.id for line in country.urgent]
        yield from _unique_ids(library, "urgent", lines, inside=at)
        if country.emergency_line is not None and country.emergency_line not in lines:
            message = f'there is no line "{country.emergency_line}"; {nearest(country.emergency_line, lines)}'
            yield library.problem((*at, "emergency_line"), message)


def _review(library: Loaded[Library]) -> Iterator[Problem]:
    review = library.value.review
    if review.status == "reviewed":
        for name in ("by", "role", "date"):
            if not getattr(review, name):
                yield library.problem(("review", name), "missing; a review has a name, a role and a date")
