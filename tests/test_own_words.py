"""The therapist's own words: in one language or more, for all weeks of an exercise or for some."""

from __future__ import annotations

import re
from typing import Any

import pytest
from geometry import document_text
from hypothesis import given
from hypothesis import strategies as st
from programs import examples, make_program, personal, plan, shipped_language

from pdfgen.errors import InputError
from pdfgen.planning.own_words import OwnWords
from pdfgen.planning.wording import NO_BREAK

WEEKS = 6
BOTH = {"nl": "Niet hoger dan een hand.", "en": "No higher than a hand."}


@st.composite
def notes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Notes that can be told apart, for any weeks of the program."""
    spans = st.tuples(st.integers(1, WEEKS), st.integers(1, WEEKS)).map(sorted)
    written = []
    for number, (first, last) in enumerate(draw(st.lists(spans, min_size=1, max_size=4))):
        note: dict[str, Any] = {"text": f"Let op nummer {number}."}
        if draw(st.booleans()):
            note["from_week"] = first
        if draw(st.booleans()):
            note["to_week"] = last
        written.append(note)
    return written


def said_in(note: dict[str, Any], week: int) -> bool:
    return note.get("from_week", 1) <= week <= note.get("to_week", WEEKS)


@examples(50)
@given(written=notes(), name=st.sampled_from(["bridge", "plank"]))
def test_each_week_has_its_own_notes_and_no_other(written: list[dict[str, Any]], name: str) -> None:
    made = plan(weeks=WEEKS, notes={name: written})
    one = next(exercise for exercise in made.exercises if exercise.id == name)
    for week in one.weeks:
        wanted = [note["text"] for note in written if said_in(note, week)]
        assert personal(one.within([week])) == wanted
    for form in one.by_form:
        wanted = [note["text"] for note in written if any(said_in(note, week) for week in form.weeks)]
        assert personal(form) == wanted
        for note, words in zip((note for note in written if note["text"] in wanted), form.notes, strict=True):
            kept = tuple(week for week in form.weeks if said_in(note, week))
            assert words.weeks == (() if kept == form.weeks else kept)


@pytest.mark.parametrize("layout", ["standard", "compact", "cards", "screen"])
def test_a_note_for_some_weeks_stands_with_the_forms_of_these_weeks_only(layout: str) -> None:
    """In the example it said "not higher than a hand" above the form that goes all the way up."""
    written = [{"text": "Niet hoger dan een hand.", "to_week": 2}, {"text": "Eerst oefenen.", "to_week": 1}]
    given = {"layout": layout, "exercises": ["bridge"], "weeks": WEEKS, "start": "2026-03-02"}
    made = make_program({**given, "notes": {"bridge": written}, "tracker_weeks": "3-6"})
    low, high = made.plan().exercises[0].by_form
    assert (low.weeks, personal(high)) == ((1, 2), [])
    text = document_text(made.document()).replace(NO_BREAK, " ")
    # Above all forms a note says its weeks; with its own form it need not.
    assert re.search(r"Van je fysiotherapeut( · Week 1–2)?: Niet hoger dan een hand\.", text)
    assert "Van je fysiotherapeut · Week 1: Eerst oefenen." in text


def test_the_sheet_of_a_week_has_the_notes_of_that_week() -> None:
    written = [{"text": "Alleen in het begin.", "to_week": 1}, {"text": "Altijd met een kussen."}]
    made = make_program(
        {"layout": "tracker", "weeks": 3, "notes": {"cat-cow": written}, "start": "2026-03-02"}
    )
    text = document_text(made.document())
    spare = 1
    assert text.count("Alleen in het begin.") == 1 + spare
    assert text.count("Altijd met een kussen.") == 3 + spare


@pytest.mark.parametrize("key", ["goal", "if_then", "message"])
def test_own_words_are_in_the_language_of_the_copy(key: str) -> None:
    own = {key: BOTH}
    assert getattr(plan(language="nl", **own), key) == OwnWords(BOTH["nl"])
    assert getattr(plan(language="en", **own), key) == OwnWords(BOTH["en"])
    only = plan(language="en", **{key: {"nl": BOTH["nl"]}})
    assert getattr(only, key) == OwnWords(BOTH["nl"], ("nl", "Dutch"))


def test_a_twin_copy_has_notes_and_goal_in_its_own_language() -> None:
    given = {
        "layout": "bilingual",
        "start": "2026-03-02",
        "weeks": 3,
        "goal": {"nl": "Fietsen", "en": "Cycling"},
    }
    first = make_program({**given, "notes": {"bridge": BOTH}})
    twin = make_program({**given, "notes": {"bridge": BOTH}, "language": "en"})
    for made, other in ((first, "en"), (twin, "nl")):
        text = document_text(made.document())
        assert BOTH["en" if other == "nl" else "nl"] in text
        assert BOTH[other] not in text
        assert "written in" not in text


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ([{"text": "Rustig.", "from_week": 9}], "from_week: the program has 6 weeks; write 6 or less"),
        (
            [{"text": "Rustig.", "from_week": 4, "to_week": 2}],
            "to_week: must be at least 4, which is from_week",
        ),
    ],
)
def test_weeks_that_cannot_be_are_named_at_their_line(written: list[dict[str, Any]], problem: str) -> None:
    with pytest.raises(InputError) as found:
        make_program({"weeks": WEEKS, "notes": {"bridge": written}})
    assert [str(one).rpartition("notes.bridge.0.")[2] for one in found.value.problems] == [problem]


def test_a_note_that_is_printed_nowhere_is_told() -> None:
    later = next(one for one in plan(program="full-seven").exercises if one.next_week() > 1)
    week = later.next_week()
    written = [{"text": "Te vroeg.", "to_week": week - 1}, {"text": "Op tijd.", "to_week": week}]
    made = make_program({"program": "full-seven", "notes": {later.id: written}})
    told = [one for one in made.warnings() if one.field.startswith("notes")]
    assert [one.message for one in told] == [f'is not printed: "{later.id}" is not done in these weeks']
    assert "Te vroeg." not in document_text(made.document())
    assert "Op tijd." in document_text(made.document())


def test_what_a_copy_has_in_another_language_is_told() -> None:
    own = {"goal": "Fietsen", "message": BOTH, "notes": {"plank": "Rustig.", "bridge": BOTH}}
    english = shipped_language("en").value
    made = make_program({"layout": "bilingual", "weeks": 3, **own}).changed(second_language=english)
    told = [one.message for one in made.warnings() if one.field == "goal"]
    assert len(told) == 1
    assert "the copy in English has goal, notes.plank in another language" in told[0]
    both = {"goal": BOTH, "notes": {"plank": BOTH}}
    made = make_program({"layout": "bilingual", "weeks": 3, **both}).changed(second_language=english)
    assert not [one for one in made.warnings() if "another language" in one.message]
