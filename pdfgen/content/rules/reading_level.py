"""Whether the texts of a library are easy enough to read. All findings are warnings: a formula cannot judge.

Limits: Flesch-Douma at least 75 for running text and 85 for steps, Flesch-Kincaid grade at most 6, sentences
of at most 15 words. A single text may be a little harder: one long word that must stay weighs much in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pdfgen.content.files.source import FieldPath
from pdfgen.content.loading import Loaded
from pdfgen.content.models.library import Library
from pdfgen.content.models.walking import parts
from pdfgen.content.rules.readability import LANGUAGES, Readability, measure, words
from pdfgen.errors import Problem, in_order

_Scores = Mapping[str, float]

#: Flesch-Douma at least, Flesch-Kincaid grade at most.
RUNNING_TEXT: _Scores = MappingProxyType({"nl": 75.0, "en": 6.0})
STEPS: _Scores = MappingProxyType({"nl": 85.0, "en": 6.0})
SINGLE_TEXT: _Scores = MappingProxyType({"nl": 55.0, "en": 8.0})

LONGEST_SENTENCE = 15

#: A formula needs at least so many words.
_FEWEST_WORDS = 8

#: Fields that hold names, which are not read as sentences.
_NAMES = re.compile(r"(?:^|_)(?:name|label|title|statement)$")

_BESIDE_AN_EXERCISE = ("purpose", "breathing", "mistakes", "care", "cautions")
_SHARED = ("traffic_light", "progress", "faq", "glossary")
_OF_A_CONDITION = ("safety", "preparation", "faq")

#: Short words stand for what is filled in.
_FILLED = MappingProxyType({"nl": "linker", "en": "left"})

_Translations = tuple[FieldPath, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard one text of a library is in one language, or several that are read together.

    Attributes:
        path: the text, or what holds the texts.
        is_group: whether it stands for several texts.
        limit: of the score: at least (Dutch) or at most (English); None where a formula says nothing.
        longest: words that a sentence may have; None for a name, which is not a sentence, and for a group.
    """

    path: FieldPath
    is_group: bool
    measured: Readability
    limit: float | None
    longest: int | None

    @property
    def is_too_hard(self) -> bool:
        """Whether the score is beyond its limit."""
        return self.limit is not None and self.room < 0

    @property
    def is_too_long(self) -> bool:
        """Whether a sentence has too many words."""
        return self.longest is not None and self.measured.longest_sentence > self.longest

    @property
    def passes(self) -> bool:
        """Whether the text keeps to its limits."""
        return not (self.is_too_hard or self.is_too_long)

    @property
    def room(self) -> float:
        """Points (Dutch) or grades (English) that are left to the limit; negative beyond it."""
        distance = self.measured.score - (self.limit or 0.0)
        return distance if self.measured.language == "nl" else -distance


def reading_problems(library: Loaded[Library], found: Iterable[Reading]) -> tuple[Problem, ...]:
    """Return a warning for each limit that a reading breaks, in the order of the lines."""
    return in_order(problem for reading in found for problem in _problems(library, reading))


def readings(library: Loaded[Library]) -> tuple[Reading, ...]:
    """Return every text of a library in every language with a formula, and every group of texts."""
    data = library.source.data
    languages = [code for code in library.value.languages if code in LANGUAGES]
    single = (
        _single(path, text[language], language)
        for path, text in _texts(data, ())
        for language in languages
        if language in text
    )
    together = (
        _group(path, texts, language, limits)
        for path, texts, limits in _groups(data)
        for language in languages
    )
    return tuple(reading for reading in (*single, *together) if reading is not None)


def _single(path: FieldPath, text: str, language: str) -> Reading | None:
    filled = _filled(text, language)
    if not words(filled):
        return None
    measured = measure(filled, language)
    if _NAMES.search(str(path[-1])):
        return Reading(path, False, measured, None, None)
    limit = SINGLE_TEXT[language] if measured.words >= _FEWEST_WORDS else None
    return Reading(path, False, measured, limit, LONGEST_SENTENCE)


def _group(path: FieldPath, texts: Sequence[_Translations], language: str, limits: _Scores) -> Reading | None:
    # A text without a stop, such as an entry of a list, ends where the next one begins.
    parts = [_filled(text[language], language).rstrip(".") + "." for _, text in texts if language in text]
    together = " ".join(re.sub(r"([!?])\.$", r"\1", part) for part in parts)
    if len(words(together)) < _FEWEST_WORDS:
        return None
    return Reading(path, True, measure(together, language), limits[language], None)


def _problems(library: Loaded[Library], reading: Reading) -> Iterator[Problem]:
    measured, limit = reading.measured, reading.limit
    path = reading.path if reading.is_group else (*reading.path, measured.language)
    if reading.is_too_long:
        message = f"a sentence has {measured.longest_sentence} words; split it, {reading.longest} is the most"
        yield library.problem(path, message)
    if reading.is_too_hard and measured.language == "nl":
        message = f"hard to read in Dutch: {measured.score:.0f}, at least {limit:g} (Flesch-Douma)"
        yield library.problem(path, message)
    elif reading.is_too_hard:
        message = f"hard to read in English: grade {measured.score:.1f}, at most {limit:g}"
        yield library.problem(path, message)


def _groups(data: Mapping[str, Any]) -> Iterator[tuple[FieldPath, Sequence[_Translations], _Scores]]:
    """Yield texts that are read together, with the place that a warning about them names."""
    for name, exercise in data["exercises"].items():
        at: FieldPath = ("exercises", name)
        yield at, [text for key in _BESIDE_AN_EXERCISE for text in _below(exercise, key, at)], RUNNING_TEXT
        for level, variant in exercise["variants"].items():
            place: FieldPath = (*at, "variants", level, "steps")
            yield place, list(_texts(variant["steps"], place)), STEPS
    for name, condition in data["conditions"].items():
        place = ("conditions", name)
        for key in _OF_A_CONDITION:
            yield (*place, key), list(_below(condition, key, place)), RUNNING_TEXT
    for key in _SHARED:
        yield (key,), list(_below(data, key, ())), RUNNING_TEXT


def _below(data: Mapping[str, Any], key: str, at: FieldPath) -> Iterable[_Translations]:
    return _texts(data[key], (*at, key)) if key in data else ()


def _texts(value: Any, path: FieldPath) -> Iterator[_Translations]:
    """Yield every text in several languages in `value`, which is at `path`, with its path."""
    for at, part in parts(value, path):
        in_languages = isinstance(part, Mapping) and set(part) & set(LANGUAGES)
        if in_languages and all(isinstance(text, str) for text in part.values()):
            yield at, part


def _filled(text: str, language: str) -> str:
    return re.sub(r"\{\w+\}", "3", re.sub(r"\{(?:side|other)\}", _FILLED[language], text))
