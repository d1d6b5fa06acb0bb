"""Properties of the words of every exercise and each of its forms, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from programs import shipped_library

from pdfgen.content.models.exercise import Caution, Exercise, Variant
from pdfgen.content.rules.translations import texts

LIBRARY = shipped_library().value
EXERCISES = tuple(LIBRARY.exercises)
FORMS = tuple((name, level) for name in EXERCISES for level in LIBRARY.exercises[name].variants)
LANGUAGES = ("nl", "en")

#: Characters that a name may have, and one of its words: what a narrow column of a week table has room for.
LONGEST_NAME, LONGEST_WORD = 24, 10

#: Words that say where a form stands in a row and not what it is.
EMPTY_NAMES = re.compile(
    r"\b(gewoon|normaal|standaard|lichter|zwaarder|makkelijk|standard|normal|easier|harder|easy|hard|basic)\b",
    re.IGNORECASE,
)

#: How a step says what position to take up.
STARTS = {
    "nl": r"\bga\b.*\b(rug|buik|handen en knieën|knieën|stoel|tafel|muur)\b",
    "en": r"\b(lie on your (back|belly)|hands and knees|kneel|sit\b.*\bchair|stand at|face a wall)\b",
}
HOLDS = {"nl": r"\bhoud\b.*\bvast\b", "en": r"\bhold\b"}

#: Pieces of furniture that a caution sends to, and the equipment of a form that is done there.
PLACES = {
    "nl": {"chair": r"\bop een stoel", "wall": r"\btegen de muur", "table": r"\baan een tafel"},
    "en": {"chair": r"\bon a chair", "wall": r"\bat the wall", "table": r"\bat a table"},
}
ANOTHER = {"nl": "andere oefening", "en": "different exercise"}


def exercise(name: str) -> Exercise:
    return LIBRARY.exercises[name]


def form(name: str, level: str) -> Variant:
    return next(form for own, form in exercise(name).variants.items() if own == level)


def cautions() -> Iterator[tuple[str, Caution]]:
    for name in EXERCISES:
        for caution in exercise(name).cautions:
            yield name, caution


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "level"), FORMS)
def test_the_name_of_a_form_says_what_it_is_and_is_short(name: str, level: str, language: str) -> None:
    own = form(name, level).name[language]
    assert not EMPTY_NAMES.search(own)
    assert own != exercise(name).name[language]
    assert len(own) <= LONGEST_NAME
    assert max(map(len, own.split())) <= LONGEST_WORD


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXERCISES)
def test_no_two_forms_of_an_exercise_have_the_same_name(name: str, language: str) -> None:
    names = [variant.name[language].casefold() for variant in exercise(name).variants.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "level"), FORMS)
def test_a_form_can_be_done_from_its_own_steps(name: str, level: str, language: str) -> None:
    """Start position, movement, hold and breathing; nothing that another form or exercise explains."""
    steps = form(name, level).steps
    words = [step.text[language].casefold() for step in steps]
    assert 3 <= len(steps) <= 6
    assert steps[0].kind == "prepare"
    assert re.search(STARTS[language], words[0]), words[0]
    assert {step.kind for step in steps} & {"do", "breathe"}
    assert any(step.kind == "breathe" for step in steps)
    assert any(re.search(HOLDS[language], text) for text in words)
    for other in EXERCISES:
        assert not any(exercise(other).name[language].casefold() in text for text in words), other


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "level"), FORMS)
def test_a_summary_and_the_words_for_a_drawing_are_whole_sentences(
    name: str, level: str, language: str
) -> None:
    variant = form(name, level)
    assert variant.panels, "a form without a drawing"
    for text in (variant.summary[language], *(panel.alt[language] for panel in variant.panels)):
        assert re.fullmatch(r"[A-ZÉ{].*[.]", text), text
    alts = [(panel.side, panel.alt[language]) for panel in variant.panels]
    assert len(set(alts)) == len(alts), "two drawings that differ have the same words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_a_caution_sends_to_exists(language: str) -> None:
    for name, caution in cautions():
        text = caution.text[language]
        if ANOTHER[language] in text:
            continue
        equipment = {item for variant in exercise(name).variants.values() for item in variant.equipment}
        for item, words in PLACES[language].items():
            if re.search(words, text):
                assert item in equipment, f"{name}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_caution_name_the_form_that_is_printed_with_it(language: str) -> None:
    for name, caution in cautions():
        text = caution.text[language]
        sent = next((item for item, words in PLACES[language].items() if re.search(words, text)), None)
        if caution.use == "chair":
            assert sent == "chair", f"{name}: {text}"
        elif sent and ANOTHER[language] not in text:
            assert sent in form(name, caution.use).equipment, f"{name}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_changes_something(language: str) -> None:
    named = {situation for _, caution in cautions() for situation in caution.situations}
    assert named == set(LIBRARY.situations)
    assert all(situation.name[language][0].islower() for situation in LIBRARY.situations.values())


#: What the page with the warning signs decides; beside an exercise nothing else may be said about it.
AGREES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "nl": {
        "dizzy": (r"duizelig", r"\bstop\b"),
        "leg": (r"je been in\b", r"\bstop\b"),
        "leaking": (r"plas", r"\bal langer\b|\bnieuw\b.*\bbel\b|\bstop\b"),
    },
    "en": {
        "dizzy": (r"dizzy", r"\bstop\b"),
        "leg": (r"down your leg", r"\bstop\b"),
        "leaking": (r"leak", r"\bfor (?:a long|some) time\b|\bnew\b.*\bcall\b|\bstop\b"),
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", ["dizzy", "leg", "leaking"])
def test_no_order_contradicts_the_warning_signs(sign: str, language: str) -> None:
    about, wanted = AGREES[language][sign]
    found = [
        text[language]
        for path, text in texts(LIBRARY.exercises)
        if re.search(about, text[language], re.IGNORECASE) and "name" not in path
    ]
    assert found
    assert [text for text in found if not re.search(wanted, text, re.IGNORECASE)] == []


def test_who_leaks_for_long_goes_to_the_wall_and_who_newly_leaks_calls() -> None:
    care = " ".join(text["nl"] for text in exercise("plank").care)
    title = LIBRARY.conditions["low-back-pain"].safety.title["nl"]
    assert re.search(r"al langer plasverlies.* bij de muur", care)
    assert re.search(rf"nieuw.* bel meteen {{emergency}} \(zie “{title}”\)", care, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stiff_inflamed_back_is_never_told_to_move_little(language: str) -> None:
    """In axial spondyloarthritis the aim is the full range of movement."""
    told = [caution for _, caution in cautions() if "inflammatory-back-disease" in caution.situations]
    assert len(told) == len(EXERCISES)
    assert not any(caution.use == "smaller" for caution in told)
    assert not any(re.search(r"klein|beetje|stukje|small|little", caution.text[language]) for caution in told)


@pytest.mark.parametrize(("language", "change"), [("nl", "wissel van kant"), ("en", "change sides")])
def test_a_step_that_changes_sides_has_words_for_who_does_one_side(language: str, change: str) -> None:
    for name, level in FORMS:
        for step in form(name, level).steps:
            if change in step.text[language].casefold():
                assert step.one_side, f"{name} {level}"
                assert change not in step.one_side[language].casefold()
