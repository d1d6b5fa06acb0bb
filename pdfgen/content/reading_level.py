"""Whether the texts of a library are easy enough to read: warnings, for a formula is no judge of a text.

Limits: Flesch-Douma at least 75 for running text and 85 for steps, Flesch-Kincaid grade at most 6, sentences
of at most 15 words. A single text may be a little harder: one long word that must stay weighs much in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pdfgen.content.library import Library
from pdfgen.content.loading import Loaded
from pdfgen.content.readability import LANGUAGES, longest_sentence, measure, words
from pdfgen.content.source import FieldPath
from pdfgen.errors import Problem

Limits = Mapping[str, float]

#: Flesch-Douma at least, Flesch-Kincaid grade at most.
RUNNING_TEXT: Limits = MappingProxyType({"nl": 75.0, "en": 6.0})
STEPS: Limits = MappingProxyType({"nl": 85.0, "en": 6.0})
SINGLE_TEXT: Limits = MappingProxyType({"nl": 55.0, "en": 8.0})

LONGEST_SENTENCE = 15

#: A formula says nothing about fewer words than these.
_FEWEST_WORDS = 8

#: What names something is not read as a sentence.
_NAMES = re.compile(r"(?:^|_)(?:name|label|title|statement)$")

_BESIDE_AN_EXERCISE = ("purpose", "breathing", "mistakes", "care", "cautions")
_SECTIONS: tuple[FieldPath, ...] = (("safety",), ("preparation",), ("progress",), ("faq",), ("glossary",))

#: Short words stand for what is filled in.
_FILLED = MappingProxyType({"nl": "linker", "en": "left"})

Text = tuple[FieldPath, Mapping[str, str]]


def check_reading_level(library: Loaded[Library]) -> tuple[Problem, ...]:
    """Return a warning for each text, and each group of texts that are read together, that is too hard."""
    data = library.source.data
    languages = [code for code in library.value.languages if code in LANGUAGES]
    problems = [
        problem
        for path, text in _texts(data, ())
        if not _NAMES.search(str(path[-1] if isinstance(path[-1], str) else ""))
        for language in languages
        if language in text
        for problem in _single(library, path, _filled(text[language], language), language)
    ]
    for path, texts, limits in _groups(data):
        for language in languages:
            problems += _group(library, path, texts, language, limits)
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column)))


def _single(library: Loaded[Library], path: FieldPath, text: str, language: str) -> Iterator[Problem]:
    longest = longest_sentence(text)
    if longest > LONGEST_SENTENCE:
        message = f"a sentence has {longest} words; split it, {LONGEST_SENTENCE} is the most"
        yield library.problem((*path, language), message)
    if len(words(text)) >= _FEWEST_WORDS:
        yield from _too_hard(library, (*path, language), text, language, SINGLE_TEXT)


def _group(
    library: Loaded[Library], path: FieldPath, texts: Sequence[Text], language: str, limits: Limits
) -> Iterator[Problem]:
    # A text without a stop, such as an entry of a list, ends where the next one begins.
    parts = [_filled(text[language], language).rstrip(".") + "." for _, text in texts if language in text]
    together = " ".join(re.sub(r"([!?])\.$", r"\1", part) for part in parts)
    if len(words(together)) >= _FEWEST_WORDS:
        yield from _too_hard(library, path, together, language, limits)


def _too_hard(
    library: Loaded[Library], path: FieldPath, text: str, language: str, limits: Limits
) -> Iterator[Problem]:
    score, limit = measure(text, language).score, limits[language]
    if language == "nl" and score < limit:
        yield library.problem(path, f"hard to read in Dutch: {score:.0f}, at least {limit:g} (Flesch-Douma)")
    if language == "en" and score > limit:
        yield library.problem(path, f"hard to read in English: grade {score:.1f}, at most {limit:g}")


def _groups(data: Mapping[str, Any]) -> Iterator[tuple[FieldPath, Sequence[Text], Limits]]:
    """Yield texts that are read together, with the place that a warning about them names."""
    for name, exercise in data["exercises"].items():
        at: FieldPath = ("exercises", name)
        yield at, [text for key in _BESIDE_AN_EXERCISE for text in _below(exercise, key, at)], RUNNING_TEXT
        for level, variant in exercise["variants"].items():
            place: FieldPath = (*at, "variants", level, "steps")
            yield place, list(_texts(variant["steps"], place)), STEPS
    for path in _SECTIONS:
        yield path, list(_below(data, str(path[0]), ())), RUNNING_TEXT


def _below(data: Mapping[str, Any], key: str, at: FieldPath) -> Iterable[Text]:
    return _texts(data[key], (*at, key)) if key in data else ()


def _texts(value: Any, path: FieldPath) -> Iterator[Text]:
    """Yield every text in several languages in `value`, with its path."""
    if isinstance(value, Mapping):
        if set(value) & set(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            yield path, value
        else:
            for key, item in value.items():
                yield from _texts(item, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))


def _filled(text: str, language: str) -> str:
    return re.sub(r"\{\w+\}", "3", re.sub(r"\{(?:side|other)\}", _FILLED[language], text))
