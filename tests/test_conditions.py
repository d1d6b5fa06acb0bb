"""Conditions: each prints its own texts, signs and questions, and nothing of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from geometry import document_text
from hypothesis import given
from hypothesis import strategies as st
from libraries import SQUAT, condition, library_with
from programs import BACK, EXAMPLES, clinic, examples, shipped_language

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.loading import LoadedLibrary, list_layouts, prescription_of
from pdfgen.content.rules import all_rules
from pdfgen.content.rules.translations import language_notes, texts
from pdfgen.errors import InputError
from pdfgen.front import make_batch, read_roster
from pdfgen.planning.plan import Plan
from pdfgen.planning.planner import make_plan
from pdfgen.production.job import Job
from pdfgen.production.program import compose, read
from pdfgen.production.shared import Shared

KNEE = condition("knee")
HIP = condition("hip", "bridge")
BOTH = library_with(SQUAT, KNEE, HIP)
BACKS_AND_KNEES = library_with(
    (EXAMPLES / "knee" / "library.yaml").read_text(encoding="utf-8").replace("extends: none", "")
)


def errors_in(*libraries: str) -> list[str]:
    return [str(problem) for problem in all_rules.check_library(library_with(*libraries)).errors]


def warnings_in(*libraries: str) -> list[str]:
    return [str(problem) for problem in all_rules.check_own_library(library_with(*libraries)).warnings]


def test_two_more_conditions_keep_all_rules() -> None:
    assert errors_in(SQUAT, KNEE, HIP) == []
    assert warnings_in(SQUAT, KNEE, HIP) == []


# warning signs


def with_signs_of_the_knee(*boxes: str) -> str:
    """The hip, with warning signs of the knee in some boxes, in other capitals."""
    hip = HIP
    for box in boxes:
        hip = hip.replace(f"hip sign {box}", f"Knee sign {box}")
    return hip


def test_copied_signs_are_refused() -> None:
    (found,) = errors_in(SQUAT, KNEE, with_signs_of_the_knee("emergency", "today", "appointment"))
    assert found.startswith("own.yaml:")
    assert found.endswith(
        'conditions.hip.safety.boxes: the warning signs are those of "knee"; write those of this condition'
    )


def test_all_signs_of_another_condition_and_one_more_are_refused() -> None:
    hip = with_signs_of_the_knee("emergency", "today", "appointment")
    more = "signs: [{nl: hip new nl, en: hip new en}, {nl: Knee sign today"
    (found,) = errors_in(SQUAT, KNEE, hip.replace("signs: [{nl: Knee sign today", more))
    assert 'the warning signs are those of "knee"' in found


def test_most_signs_of_another_condition_are_warned_about() -> None:
    hip = with_signs_of_the_knee("emergency", "today")
    assert errors_in(SQUAT, KNEE, hip) == []
    (found,) = warnings_in(SQUAT, KNEE, hip)
    assert '2 of 3 warning signs are those of "knee"' in found
    assert warnings_in(SQUAT, KNEE, with_signs_of_the_knee("today")) == []


def test_a_condition_without_signs_is_refused() -> None:
    empty = KNEE.replace("[{nl: knee sign today nl, en: knee sign today en}]", "[]")
    with pytest.raises(InputError) as caught:
        library_with(SQUAT, empty)
    assert str(caught.value).endswith("safety.boxes.1.signs: may not be empty")


def test_a_clinic_adds_signs_only_to_boxes_that_the_condition_has() -> None:
    own = clinic({"country": "NL", "safety": {"signs": {"today": [{"nl": "Koorts."}]}}})
    layout = Shared().layout("standard")
    renamed = library_with(SQUAT, KNEE.replace("id: today", "id: soon"))
    assert not all_rules.check_clinic_texts(own, BACK, renamed, layout, ["nl"]).errors
    (problem,) = all_rules.check_clinic_texts(own, "knee", renamed, layout, ["nl"]).errors
    assert 'there is no box "today" for "knee"; known: appointment, emergency, soon' in str(problem)


# names


def test_an_id_of_a_program_is_used_once() -> None:
    (found,) = errors_in(SQUAT, KNEE.replace("knee-program", "starter"))
    assert found.endswith(
        f'conditions.knee.programs.starter: the condition "{BACK}" has a program of this name; choose another'
    )


def test_a_question_of_every_condition_keeps_its_id() -> None:
    (found,) = errors_in(SQUAT, KNEE.replace("knee-question", "missed-days"))
    assert found.endswith('conditions.knee.faq.0.id: the id "missed-days" is used twice; choose another')


def test_a_form_without_a_drawing_is_warned_about() -> None:
    bare = "exercises: {squat: {variants: {L3: {panels: []}}}}"
    (found,) = warnings_in(SQUAT, bare)
    assert "exercises.squat.variants.L3: has no picture" in found
    assert errors_in(SQUAT, bare) == []


# situations and exercises


def test_a_situation_belongs_to_the_conditions_that_name_it() -> None:
    asked = BOTH.value.situations_of("knee")
    assert set(asked) == {s for entry in BOTH.value.faq for s in entry.situations} == {"floor-trouble"}
    own = KNEE.replace("always: true", "situations: [knee-pain]")
    assert set(library_with(SQUAT, own).value.situations_of("knee")) == {"floor-trouble", "knee-pain"}
    assert "slipped-disc" in BOTH.value.situations_of(BACK)
    assert "back-surgery" in BOTH.value.situations_of("hip"), "its program has the bridge"
    assert "back-surgery" in BOTH.value.situations_of("knee", ["bridge"])


@pytest.mark.parametrize(
    ("lines", "warning"),
    [
        ("program: knee-program\nsituations: [slipped-disc]", "situations.0: nothing in the programs for"),
        ("program: knee-program\nexercises: [plank]", f'exercises.0: "plank" is in programs for "{BACK}"'),
        ("program: knee-program\nsituations: [floor-trouble]", ""),
        ("program: hip-program\nexercises: [bridge]\nsituations: [back-surgery]", ""),
    ],
)
def test_what_belongs_to_another_condition_is_warned_about(lines: str, warning: str) -> None:
    chosen = prescription_of(parse_yaml(f"weeks: 4\n{lines}\n", "p.yaml"))
    findings = all_rules.check_prescription(chosen, BOTH)
    assert findings.errors == ()
    assert [warning in str(problem) for problem in findings.warnings] == ([True] if warning else [])


# what is printed


def plan_of(library: LoadedLibrary, program: str, **data: Any) -> Plan:
    source = parse_yaml(f"program: {program}\n", "p.yaml")
    chosen = prescription_of(source).value.model_copy(update=data)
    return make_plan(
        library.value,
        chosen,
        clinic({}).value,
        shipped_language(chosen.language).value,
        figures={},
        faq_count=8,
        document_id="0",
        input_hash="0",
    )


def words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from words(item)


def own_texts(library: LoadedLibrary, name: str, language: str) -> set[str]:
    found = texts(library.value.conditions[name])
    return {text[language] for path, text in found if path[0] in {"title", "name", "safety", "faq"}}


SITUATIONS = st.lists(st.sampled_from(sorted(BOTH.value.situations)), max_size=6, unique=True)


@examples(25)
@given(
    pair=st.permutations([BACK, "knee", "hip"]),
    situations=SITUATIONS,
    language=st.sampled_from(["nl", "en"]),
    weeks=st.integers(2, 12),
)
def test_no_text_of_one_condition_is_in_the_plan_of_another(
    pair: list[str], situations: list[str], language: str, weeks: int
) -> None:
    own, other, _ = pair
    program = next(iter(BOTH.value.conditions[own].programs))
    made = plan_of(BOTH, program, situations=tuple(situations), language=language, weeks=weeks)
    printed = set(words(made))
    shared = own_texts(BOTH, own, language)
    assert printed.isdisjoint(own_texts(BOTH, other, language))
    assert {made.title, made.condition, *words(made.safety.boxes[0].signs)} <= shared
    assert made.faq[0] in {(q.question[language], q.answer[language]) for q in BOTH.value.questions(own)}


@examples(15)
@given(situations=SITUATIONS, language=st.sampled_from(["nl", "en"]), weeks=st.integers(2, 12))
def test_a_clinic_with_backs_and_knees_keeps_them_apart(
    situations: list[str], language: str, weeks: int
) -> None:
    for own, other in permutations(BACKS_AND_KNEES.value.conditions, 2):
        for program in BACKS_AND_KNEES.value.conditions[own].programs:
            made = plan_of(
                BACKS_AND_KNEES, program, situations=tuple(situations), language=language, weeks=weeks
            )
            theirs = own_texts(BACKS_AND_KNEES, other, language) - own_texts(BACKS_AND_KNEES, own, language)
            assert theirs.isdisjoint(words(made))


@pytest.mark.parametrize("layout", list_layouts())
def test_a_condition_needs_no_positions_and_no_way_to_the_floor(tmp_path: Path, layout: str) -> None:
    (tmp_path / "own.yaml").write_text(SQUAT + KNEE, encoding="utf-8")
    patient = tmp_path / "p.yaml"
    patient.write_text("library: own.yaml\nprogram: knee-program\nweeks: 4\n", encoding="utf-8")
    twin = "en" if layout == "bilingual" else None
    shared = Shared()
    program = read(Job(patient, layout=layout, twin=twin), shared)
    text = document_text(compose(program, shared))
    assert "knee" in text
    assert re.search(r"\b(rug|onderrug|rugpijn)\b", text) is None


# languages

DUTCH = """\
equipment:
  rope: {name: {nl: touw}}
exercises:
  squat: {equipment: [rope], variants: {L3: {summary: {nl: Diep.}}}}
  dance:
    kind: mobilising
    name: {nl: Dansen}
    purpose: {nl: a}
    muscles: {nl: a}
    position: {nl: a}
    breathing: {nl: a}
    mistakes: [{nl: a}]
    care: [{nl: a}]
    movement_s: 4
    variants:
      L2:
        name: {nl: a}
        summary: {nl: a}
        steps: [{kind: do, text: {nl: a}}, {kind: do, text: {nl: b}}]
    doses: [{sets: 1, reps: 8}]
"""


def notes_on(*libraries: str) -> list[str]:
    return list(language_notes(library_with(SQUAT, KNEE, DUTCH, *libraries)))


def test_what_no_document_needs_is_told_and_no_error() -> None:
    assert errors_in(SQUAT, KNEE, DUTCH) == []
    (note,) = notes_on()
    assert note.startswith("en: 12 texts are missing, the first at own.yaml:2: equipment.rope.name; ")


def test_a_clinic_says_which_languages_it_needs() -> None:
    assert notes_on("languages: [nl]\n") == []
    assert [note.partition(":")[0] for note in notes_on("languages: [nl, en, fy]\n")] == ["en", "fy"]


def problems_of(folder: Path, prescription: str, *libraries: str, layout: str = "standard") -> list[str]:
    for number, text in enumerate((SQUAT, KNEE, DUTCH, *libraries)):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    names = ", ".join(f"{number}.yaml" for number in range(3 + len(libraries)))
    patient = folder / "p.yaml"
    patient.write_text(f"library: [{names}]\nweeks: 4\n{prescription}", encoding="utf-8")
    try:
        compose(read(Job(patient, layout=layout), shared := Shared()), shared)
    except InputError as error:
        return [str(problem).removeprefix(str(folder)) for problem in error.problems]
    return []


def test_a_document_needs_its_language_in_what_it_prints(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "program: knee-program\nlanguage: nl\n") == []
    assert problems_of(tmp_path, "program: starter\nlanguage: en\n") == []
    assert problems_of(tmp_path, "program: knee-program\nlanguage: en\n") == [
        "/2.yaml:2:16: equipment.rope.name.en: missing; add the English text"
    ]
    found = problems_of(tmp_path, "program: starter\nexercises: [dance]\nlanguage: en\n")
    assert len(found) == 11
    assert found[0] == "/2.yaml:7:11: exercises.dance.name.en: missing; add the English text"
    assert problems_of(tmp_path, "program: starter\nexercises: [dance]\nlanguage: nl\n") == []


def test_a_question_needs_a_language_only_where_it_is_printed(tmp_path: Path) -> None:
    asked = "conditions: {knee: {faq: [{id: q, question: {nl: V}, answer: {nl: A}, always: true, rank: 99}]}}"
    bare = "exercises: {squat: {equipment: []}}\n"
    english = "program: knee-program\nlanguage: en\n"
    assert problems_of(tmp_path, english, bare, asked) != []
    words = "question: {nl: V, en: V}, answer: {nl: A, en: A}, always: true, rank: 2"
    many = ", ".join(f"{{id: q{number}, {words}}}" for number in range(9))
    others = f"conditions: {{knee: {{faq: [{many}]}}}}"
    assert problems_of(tmp_path, english, bare, asked, others) == []


def test_a_copy_in_a_second_language_needs_that_too(tmp_path: Path) -> None:
    (found,) = problems_of(
        tmp_path, "program: knee-program\nlanguage: nl\ntwin_language: en\n", layout="bilingual"
    )
    assert found == "/2.yaml:2:16: equipment.rope.name.en: missing; add the English text"


# the libraries of a prescription


def test_a_library_on_the_command_line_is_laid_over_that_of_the_prescription(tmp_path: Path) -> None:
    for name, seconds in (("config", 31), ("own", 32), ("line", 33)):
        text = f"exercises: {{plank: {{rest_s: {seconds}, movement_s: {seconds}}}}}"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "line.yaml").write_text("exercises: {plank: {rest_s: 33}}", encoding="utf-8")
    patient = tmp_path / "p.yaml"
    patient.write_text("program: short-four\nlibrary: own.yaml\n", encoding="utf-8")
    job = Job(patient, libraries=(tmp_path / "line.yaml",), default_libraries=(tmp_path / "config.yaml",))
    plank = read(job, Shared()).library.exercises["plank"]
    assert (plank.rest_s, plank.movement_s) == (33, 32)


def test_rows_of_a_list_name_their_own_library(tmp_path: Path) -> None:
    (tmp_path / "knee.yaml").write_text(SQUAT + KNEE, encoding="utf-8")
    roster = "name,program,weeks,library\nA,knee-program,4,knee.yaml\nB,short-four,4,\nC,knee-program,4,\n"
    (tmp_path / "r.csv").write_text(roster, encoding="utf-8")
    made = list(make_batch(read_roster(tmp_path / "r.csv"), layout="wall-sheet"))
    assert [len(row.made.files) for row in made] == [1, 1, 0]
    assert [problem.field for problem in made[2].made.problems] == ["program"]
