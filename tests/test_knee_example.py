"""The knee library among the examples: a condition made of data alone, whose words stay with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from geometry import document_text
from programs import Made

from pdfgen.cli.app import program as command
from pdfgen.content import loading
from pdfgen.content.files.resources import library_file
from pdfgen.content.files.source import Source
from pdfgen.content.files.strict_yaml import parse_yaml, read_yaml
from pdfgen.content.loading import LoadedLibrary
from pdfgen.content.models.dose import Dose, Level
from pdfgen.content.models.field_types import FigureChoice
from pdfgen.content.models.library import Library
from pdfgen.content.pictures.drawing_file import FIGURES, shipped_names
from pdfgen.content.rules.doses import effort_of, steep_rises
from pdfgen.content.rules.reading_level import reading_problems, readings
from pdfgen.content.rules.translations import texts
from pdfgen.planning.progression import steps_by_week
from pdfgen.production.job import Job
from pdfgen.production.shared import Shared
from pdfgen.typesetting.document import Document

KNEE = Path(__file__).parent.parent / "examples" / "knee"
LIBRARY = KNEE / "library.yaml"

OF_THE_KNEE, OF_THE_BACK = "knee-osteoarthritis", "low-back-pain"
LANGUAGES = ("nl", "en")
FORMS = get_args(Level)

#: A direction, a position, a side of the paper.
ALLOWED = re.compile(
    r"\b(?:op (?:je|de) rug|on your back|(?:go|step|come) back|back to (?:usual|before|what it was)"
    r"|the back of this sheet|on the back|back to (?:top|today)|week \d+ · back|back of your thigh)\b",
    re.IGNORECASE,
)
#: The spine, and what is asked of people with a bad back.
WORDS_OF_THE_BACK = re.compile(
    r"\b(?:(?:onder|boven)?rug\w*|wervel\w*|hernia\w*|ischias|bechterew|schouderblad\w*|stenose"
    r"|back\w*|spin(?:e|al)\w*|vertebra\w*|discs?|sciatica|shoulder blades?|spondyl\w*|lumb\w*"
    r"|(?:between|tussen) (?:your|je) (?:legs|benen)|plassen|pee)\b",
    re.IGNORECASE,
)


def words_of_the_back(text: str) -> list[str]:
    """Return each word of the back with what stands around it."""
    rest = ALLOWED.sub("…", text)
    return [rest[max(0, at.start() - 30) : at.end() + 30] for at in WORDS_OF_THE_BACK.finditer(rest)]


@cache
def knee() -> LoadedLibrary:
    """The library as a prescription reads it: laid over the shipped one, and nothing is taken from that."""
    return loading.load_library((library_file(), LIBRARY))


@cache
def knee_over_back() -> Source:
    """The library as if it did not stand alone, so that one library has both conditions."""
    source = read_yaml(LIBRARY)
    fields = {key: node for key, node in source.root.value.items() if key != "extends"}
    return Source(source.file, source.root._replace(value=fields))


@cache
def shared() -> Shared:
    """What programs have in common, read once."""
    return Shared()


def made(library: Path | Source, **data: Any) -> Made:
    """A program for a prescription, with a library laid over the shipped one."""
    twin = {"nl": "en", "en": "nl"}[data["language"]]
    source = parse_yaml(json.dumps({"start": "2026-03-02", "twin_language": twin, **data}), "patient.yaml")
    return Made.of(Job(source, libraries=(library,)), shared())


def program_for(layout: str, condition: str) -> dict[str, Any]:
    """Return the longest program that an edition has room for, with all that it can print."""
    if loading.load_layout(layout).value.pages:
        return {"program": {OF_THE_KNEE: "knee-starter", OF_THE_BACK: "short-four"}[condition], "weeks": 6}
    situations = knee().value.situations_of(OF_THE_KNEE) if condition == OF_THE_KNEE else ["knee-pain"]
    name = {OF_THE_KNEE: "knee-full", OF_THE_BACK: "full-seven"}[condition]
    return {"program": name, "weeks": 12, "situations": list(situations)}


def all_text(document: Document) -> str:
    """Return what a document says: its pages, its properties, and its pictures to who cannot see them."""
    pictures = [node.alt for node in document.nodes if node.alt]
    return " ".join([document.title, document.subject, document_text(document), *pictures]).replace(
        "\u00a0", " "
    )


def own_texts(library: Library, condition: str, language: str) -> list[str]:
    """Return the texts of one condition that stand nowhere else in the library, longer than a name."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for path, text in texts(library):
        found[path[:2] == ("conditions", condition)].append(text[language])
    others = "\n".join(found[False])
    return [text for text in found[True] if len(text.split()) > 2 and text not in others]


def documents() -> Iterator[Any]:
    """Every edition in both languages; with every change one of them."""
    for index, (layout, language) in enumerate(product(loading.list_layouts(), LANGUAGES)):
        always = index % 4 in (0, 3)
        yield pytest.param(
            layout, language, id=f"{layout}-{language}", marks=() if always else pytest.mark.matrix
        )


@pytest.mark.parametrize(("layout", "language"), list(documents()))
def test_no_condition_gets_into_a_document_of_another(layout: str, language: str) -> None:
    for condition, other in ((OF_THE_KNEE, OF_THE_BACK), (OF_THE_BACK, OF_THE_KNEE)):
        data = {**program_for(layout, condition), "layout": layout, "language": language}
        program = made(knee_over_back(), **data)
        assert set(program.library.conditions) == {OF_THE_KNEE, OF_THE_BACK}
        text = all_text(program.document())
        assert program.library.conditions[condition].name[language] in text
        assert [own for own in own_texts(program.library, other, language) if own in text] == []
        if condition == OF_THE_KNEE:
            assert words_of_the_back(text) == []


@cache
def alone(language: str) -> str:
    """What a document says that is made of this library alone, with everything that can be printed."""
    program = made(LIBRARY, **program_for("standard", OF_THE_KNEE), language=language, side="right")
    assert set(program.library.conditions) == {OF_THE_KNEE}
    return all_text(program.document())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_back_in_a_document_of_the_library_alone(language: str) -> None:
    assert words_of_the_back(alone(language)) == []


def test_words_of_the_back_are_known() -> None:
    shipped = loading.load_library((library_file(),)).value
    for language in LANGUAGES:
        condition = shipped.conditions[OF_THE_BACK]
        signs = [sign[language] for box in condition.safety.boxes for sign in box.signs]
        for text in (condition.title[language], condition.name[language], " ".join(signs)):
            assert words_of_the_back(text), text
    assert (
        words_of_the_back("Ga op je rug liggen. Go back 1 week. Is it back to usual? Lie on your back.") == []
    )


def test_it_stands_alone() -> None:
    library = knee().value
    assert set(library.conditions) == {OF_THE_KNEE}
    assert set(library.exercises) == set(library.exercises_of(OF_THE_KNEE))
    assert set(library.situations) == set(library.situations_of(OF_THE_KNEE))


@pytest.mark.parametrize("name", ["library.yaml", "patient.yaml", "patient-en.yaml"])
def test_check_finds_no_problem(name: str) -> None:
    # That six exercises are many is a warning, and meant for the therapist.
    strict = () if name == "patient-en.yaml" else ("--strict",)
    result = CliRunner().invoke(command, ["check", *strict, str(KNEE / name)])
    assert result.exit_code == 0, result.output


def test_every_text_is_easy_and_none_speaks_of_the_back() -> None:
    assert reading_problems(knee(), readings(knee())) == ()
    for language in LANGUAGES:
        found = [text[language] for _, text in texts(knee().value)]
        assert [text for text in found if words_of_the_back(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_each_caution_is_printed(language: str) -> None:
    text = alone(language)
    side = {"nl": "rechter", "en": "right"}[language]
    other = {"nl": "linker", "en": "left"}[language]
    for name, exercise in knee().value.exercises.items():
        for caution in exercise.cautions:
            assert caution.text[language] in text, name
            for step in exercise.variants[caution.use].steps if caution.use in FORMS else ():
                words = step.text[language].replace("{side}", side).replace("{other}", other)
                assert words in text, (name, caution.use)


def plans() -> Iterator[tuple[str, int, list[list[Dose]]]]:
    """Yield each program with every length, and the doses of each exercise by week."""
    library = knee().value
    for (name, program), weeks in product(library.programs.items(), range(2, 13)):
        doses = [library.exercises[exercise].doses for exercise in program.exercises]
        weekly = [[steps[step - 1] for step in steps_by_week(weeks)] for steps in doses]
        yield name, weeks, [[dose for dose in row if dose is not None] for row in weekly]


def test_doses_of_the_planned_weeks_rise_slowly() -> None:
    for name, weeks, exercises in plans():
        for doses in exercises:
            assert list(steep_rises([effort_of(dose) for dose in doses])) == [], f"{name}, {weeks} weeks"


def test_the_form_of_one_exercise_gets_harder_in_a_week() -> None:
    for name, weeks, exercises in plans():
        for week, (before, after) in enumerate(pairwise(zip(*exercises, strict=True)), start=2):
            rising = sum(old.level != new.level for old, new in zip(before, after, strict=True))
            assert rising <= 1, f"{name}, {weeks} weeks: week {week}"


def test_every_form_has_steps_and_both_ends_of_its_movement_for_every_figure() -> None:
    shipped = set(shipped_names(FIGURES))
    for exercise in knee().value.exercises.values():
        assert {dose.level for dose in exercise.doses if dose} <= set(exercise.variants)
        for variant in exercise.variants.values():
            assert len(variant.steps) >= 4
            assert len(variant.panels) == 2
            for panel, figure in product(variant.panels, get_args(FigureChoice)):
                assert panel.figure + ("" if figure == "woman" else f"--{figure}") in shipped


def test_the_signs_that_a_knee_must_have_are_in_their_box() -> None:
    condition = knee().value.conditions[OF_THE_KNEE]
    signs = {box.id: " ".join(sign["en"] for sign in box.signs) for box in condition.safety.boxes}
    assert list(signs) == ["emergency", "today", "appointment"]
    for sign in ("short of breath or have chest pain", "drowsy, confused", "you can see bone"):
        assert sign in signs["emergency"]
    for sign in ("fever", "even with no fever", "locked", "One calf", "put weight on your leg", "giving way"):
        assert sign in signs["today"]


def test_every_source_has_an_address_and_is_named() -> None:
    library = knee().value
    condition = library.conditions[OF_THE_KNEE]
    parts = (condition.safety, *condition.faq, *library.exercises.values())
    assert {name for part in parts for name in part.sources} == set(library.sources)
    assert all(source.url for source in library.sources.values())
