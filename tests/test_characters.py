"""Characters that no font has: named with their place, without telling a patient's text."""

from __future__ import annotations

import time

import pytest
from pydantic import BaseModel

from pdfgen.checks.characters import missing_characters
from pdfgen.content import loading
from pdfgen.content.files.merging import merge
from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import Loaded, LoadedLibrary
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation import validate
from pdfgen.production.assets import load_family


def found(loaded: Loaded[BaseModel], languages: tuple[str, ...] | None = None) -> list[str]:
    return [str(problem) for problem in missing_characters(loaded, load_family(), languages)]


def patient(label: str) -> Loaded[Prescription]:
    source = parse_yaml(f'program: a\npatient: {{label: "{label}"}}\n', "p.yaml")
    return Loaded(validate(Prescription, source), source)


def test_a_text_is_named_once_with_its_first_missing_character() -> None:
    assert found(patient("Jan \u5f20\u4f1f\u5f20\u4e3d de Wit")) == [
        "p.yaml:2:18: patient.label: no font has the character \u5f20 (U+5F20, cjk unified ideograph-5f20) "
        "at position 5, and 2 more; write it another way"
    ]


@pytest.mark.parametrize(
    "label", ["Zo\u00eb \u0141uk\u00e1\u0161", "Zoe\u0308", "", "a\u200b\ufe0f\u2060b", "Jan\u00a0Wit"]
)
def test_ordinary_and_invisible_characters_are_no_problem(label: str) -> None:
    assert found(patient(label)) == []


@pytest.mark.parametrize(
    ("character", "code"), [("\u05d0", "U+05D0"), ("\u0627", "U+0627"), ("\u20e3", "U+20E3")]
)
def test_characters_that_would_disturb_the_line_are_not_printed(character: str, code: str) -> None:
    (problem,) = found(patient(f"a{character}"))
    assert character not in problem
    assert f"the character {code} (" in problem


def own_library(text: str) -> LoadedLibrary:
    shipped = loading.load_library()
    merged, overridden = merge(shipped.source, parse_yaml(text, "own.yaml"))
    return LoadedLibrary(validate(loading.Library, merged), merged, overridden)


def test_a_clinics_own_library_is_looked_at_in_the_languages_of_the_document() -> None:
    own = own_library(
        "exercises:\n  plank:\n    name:\n      nl: Plank\n      en: \u5f20\n    breathing: {nl: \u4f1f}\n"
    )
    assert [problem.split(": no font")[0] for problem in found(own)] == [
        "own.yaml:5:11: exercises.plank.name.en",
        "own.yaml:6:21: exercises.plank.breathing.nl",
    ]
    assert [problem.split(":")[1] for problem in found(own, ("en",))] == ["5"]
    assert [problem.split(":")[1] for problem in found(own, ("nl",))] == ["6"]


def test_texts_outside_the_languages_are_always_looked_at() -> None:
    own = own_library("sources:\n  a: {title: \u5f20, publisher: b}\n")
    assert len(found(own, ("nl",))) == 1


def test_the_shipped_library_is_looked_at_in_no_time() -> None:
    library, family = loading.load_library(), load_family()
    assert missing_characters(library, family) == ()
    times = []
    for _ in range(5):
        begin = time.process_time()
        missing_characters(library, family)
        times.append(time.process_time() - begin)
    assert min(times) < 0.1, "milliseconds are expected; the limit leaves room for a busy machine"
