"""An exercise in several forms: each prescribed form is printed, with its weeks, steps and drawings."""

from __future__ import annotations

from itertools import combinations

import pytest
from geometry import document_text, headings
from programs import make_program, shipped_library

PAIRS = [
    # One way round with each change, the other way round of the next pair.
    pytest.param(name, *pair, marks=() if (number + turn) % 2 else pytest.mark.matrix)
    for name, exercise in shipped_library().value.exercises.items()
    for number, forms in enumerate(combinations(exercise.variants, 2))
    for turn, pair in enumerate((forms, forms[::-1]))
]

#: A form, and the one that is harder.
NEXT = {("L1", "L2"), ("L2", "L3"), ("chair", "L1")}


@pytest.mark.parametrize(("name", "first", "then"), PAIRS)
def test_any_two_forms_are_printed_with_their_weeks(name: str, first: str, then: str) -> None:
    doses = {name: [{"level": first}, {"from_week": 3, "level": then}]}
    made = make_program({"program": "starter", "exercises": [name], "weeks": 4, "doses": doses})
    forms = made.plan().exercises_by_form
    assert [form.main.level for form in forms] == [first, then]
    assert [form.main.weeks for form in forms] == [(1, 2), (3, 4)]
    document = made.document()
    printed = [words.replace("\u00a0", " ") for role, _, words in headings(document) if role == "H3"]
    for form, weeks in zip(forms, ("1 en 2", "3 en 4"), strict=True):
        assert f"Week {weeks}: {form.main.name}" in printed
    alts = {node.alt for node in document.nodes if node.role == "Figure"}
    assert {panel.alt for form in forms for panel in form.main.panels} <= alts
    for form in forms:
        assert form.easier is None or (form.easier.level, form.main.level) in NEXT
    one, other = (form.main.name for form in forms)
    text = " ".join(document_text(document).replace("\u00a0", " ").split())
    assert 0 <= text.find(f"Week 1 en 2: {one}") < text.find(f"Week 3 en 4: {other}")


@pytest.mark.parametrize(("name", "first", "then"), PAIRS)
def test_the_compact_edition_says_both_forms_in_order_of_weeks(name: str, first: str, then: str) -> None:
    doses = {name: [{"level": first}, {"from_week": 3, "level": then}]}
    made = make_program({"layout": "compact", "exercises": [name], "weeks": 4, "doses": doses})
    one, other = made.plan().exercises[0].forms
    text = document_text(made.document()).replace("\u00a0", " ")
    assert 0 <= text.find(f"Week 1–2: {one.name} ") < text.find(f"Week 3–4: {other.name} ")
