"""A caution says what to do: its form is printed, and one against an exercise looks different."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from geometry import all_faults, document_text, headings
from hypothesis import example, given
from hypothesis import strategies as st
from programs import Made, examples, make_program, shipped_library

from pdfgen.content.models.exercise import Caution, CautionUse, Exercise
from pdfgen.content.models.library import Library
from pdfgen.typesetting.document import Placed

LIBRARY = shipped_library().value
USES = get_args(CautionUse)
FORMS = [
    # With each change, every form is advised beside itself and beside the next one.
    pytest.param(name, level, done, marks=() if (two - one) % len(forms) < 2 else pytest.mark.matrix)
    for name, exercise in sorted(LIBRARY.exercises.items())
    for forms in [list(exercise.variants)]
    for one, level in enumerate(forms)
    for two, done in enumerate(forms)
]
SITUATION = "knee-pain"
ADVICE = {"nl": "Dit is de raad.", "en": "This is the advice."}


def library_with(name: str, use: CautionUse) -> Library:
    """The shipped library; an exercise has one caution, for SITUATION."""
    caution = Caution(situations=(SITUATION,), use=use, text=ADVICE)
    exercise = LIBRARY.exercises[name].model_copy(update={"cautions": (caution,)})
    return LIBRARY.model_copy(update={"exercises": {**LIBRARY.exercises, name: exercise}})


def made_with(name: str, use: CautionUse, *, large: bool = False, **data: Any) -> Made:
    given = {"exercises": [name], "situations": [SITUATION], "weeks": 4, "large": large, **data}
    return make_program(given).changed(library=library_with(name, use))


def text_of(made: Made) -> str:
    return document_text(made.document()).replace("\u00a0", " ")


def alts_of(made: Made) -> set[str]:
    return {node.alt for node in made.document().nodes if node.role == "Figure"}


def uses_of(exercise: Exercise) -> list[str]:
    return [use for use in USES if use in exercise.variants or use in ("smaller", "choose-another")]


@pytest.mark.parametrize(("name", "level", "done"), FORMS)
def test_the_form_is_printed_under_its_situation(name: str, level: CautionUse, done: str) -> None:
    made = made_with(name, level, doses={name: {"level": done}})
    (exercise,) = made.plan().exercises
    shown = [words.replace("\u00a0", " ") for role, _, words in headings(made.document()) if role == "H3"]
    situation = LIBRARY.situations[SITUATION].name["nl"]
    if level == done:
        assert exercise.advised == ()
        assert not any(situation in words for words in shown), "it is done in all weeks"
        return
    (form,) = exercise.advised
    assert (form.level, form.weeks, form.situations) == (level, (), (situation,))
    assert f"Bij {situation}: {form.name}" in shown
    assert {panel.alt for panel in form.panels} <= alts_of(made)
    text = text_of(made)
    assert all(step in text for _, step in form.steps)


def test_a_form_of_some_weeks_is_printed_once_with_its_weeks_and_no_diagnosis() -> None:
    made = made_with("plank", "L1", doses={"plank": [{"level": "L1"}, {"from_week": 3, "level": "L2"}]})
    shown = [words.replace("\u00a0", " ") for role, _, words in headings(made.document()) if role == "H3"]
    first, second = made.plan().exercises[0].by_form
    assert f"Week 1 en 2: {first.main.name}" in shown
    assert f"Week 3 en 4: {second.main.name}" in shown
    assert len(made.plan().exercises[0].shown_forms) == 2


@pytest.mark.slow
@given(
    name=st.sampled_from(sorted(LIBRARY.exercises)),
    index=st.integers(0, 5),
    layout=st.sampled_from(["standard", "compact", "wall-sheet", "cards", "large-print", "booklet"]),
    weeks=st.sampled_from([4, 8]),
    language=st.sampled_from(["nl", "en"]),
)
@examples(12)
@example(name="childs-pose", index=0, layout="standard", weeks=8, language="en")
@example(name="childs-pose", index=0, layout="compact", weeks=4, language="nl")
@example(name="childs-pose", index=0, layout="wall-sheet", weeks=4, language="nl")
@example(name="childs-pose", index=0, layout="cards", weeks=4, language="nl")
@example(name="bird-dog", index=0, layout="cards", weeks=4, language="nl")
@example(name="childs-pose", index=0, layout="large-print", weeks=4, language="nl")
@example(name="childs-pose", index=0, layout="booklet", weeks=4, language="nl")
def test_every_edition_shows_the_form_and_no_harder_one(
    name: str, index: int, layout: str, weeks: int, language: str
) -> None:
    uses = uses_of(LIBRARY.exercises[name])
    use = uses[index % len(uses)]
    made = made_with(name, use, layout=layout, weeks=weeks, language=language)
    (exercise,) = made.plan().exercises
    text = text_of(made)
    assert ADVICE[language] in text
    for form in exercise.advised:
        emblem = form.emblem
        assert emblem is None or emblem.alt in alts_of(made)
        assert form.name in text
    printed = {form.level for form in (*exercise.shown_forms, exercise.easier) if form}
    for level, variant in LIBRARY.exercises[name].variants.items():
        if level not in printed:
            assert variant.summary[language] not in text
    look, mirrored = made.composer().look, made.layout.margins.mirrored
    assert all_faults(made.document(), look, mirrored=mirrored) == []


@pytest.mark.parametrize("layout", ["standard", "compact", "wall-sheet", "cards", "large-print", "booklet"])
def test_against_an_exercise_has_a_sign_and_a_word_of_its_own(layout: str) -> None:
    against, smaller = (made_with("plank", use, layout=layout) for use in ("choose-another", "smaller"))
    assert "Alleen na overleg bij pijn in je knie: Dit is de raad." in text_of(against)
    assert "Let op bij pijn in je knie: Dit is de raad." in text_of(smaller)
    assert stops(against) > stops(smaller)


def stops(made: Made) -> int:
    """How often the stop sign is printed."""
    sign = made.composer().icons["stop"]
    items = (item for page in made.document().pages for item in page.items)
    return sum(isinstance(item, Placed) and item.drawing is sign for item in items)


def caution_warnings(made: Made) -> list[str]:
    return [problem.message for problem in made.warnings() if problem.field.endswith(f"/{SITUATION}")]


@pytest.mark.parametrize("name", sorted(name for name, e in LIBRARY.exercises.items() if len(e.variants) > 1))
def test_the_warning_names_the_line_that_prescribes_the_form(name: str) -> None:
    for level in LIBRARY.exercises[name].variants:
        other = next(key for key in LIBRARY.exercises[name].variants if key != level)
        (found,) = caution_warnings(made_with(name, level, doses={name: {"level": other}}))
        assert f"doses: {{{name}: {{level: {level}}}}}" in found
        assert caution_warnings(made_with(name, level, doses={name: {"level": level}})) == []


@pytest.mark.parametrize(
    ("use", "words"),
    [("choose-another", "better choose another exercise"), ("smaller", "better do it smaller")],
)
def test_the_warning_says_what_is_better(use: CautionUse, words: str) -> None:
    (found,) = caution_warnings(made_with("plank", use))
    assert words in found
