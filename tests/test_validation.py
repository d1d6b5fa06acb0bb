"""Models filled from YAML: every problem at once, in plain words, at its place."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from pdfgen.content.files.strict_yaml import parse_yaml
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.field_types import Items, Model
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout, SectionKind
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.schema import schemas
from pdfgen.content.models.validation import validate
from pdfgen.content.models.validation_wording import PATTERN_ADVICE, nearest
from pdfgen.errors import MOST_PROBLEMS, InputError

KEYS = ", ".join(sorted(Prescription.model_fields))


def problems(model: type[BaseModel], text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        validate(model, parse_yaml(text, "p.yaml"))
    return [str(problem) for problem in caught.value.problems]


def prescription(text: str) -> Prescription:
    return validate(Prescription, parse_yaml(text, "p.yaml"))


def test_many_problems_are_reported_at_once_in_the_order_of_the_lines() -> None:
    text = """\
program: 7-weeks!
weeks: 60
start: 2026-02-30
days: [mon, tuee]
doses:
  plank:
    sets: "3"
    repz: 4
  bridge:
    - reps: 0
side: links
goal: [a]
colour: red
patient:
  label: "J\\e\\u202e"
"""
    assert problems(Prescription, text) == [
        "p.yaml:1:10: program: use lower-case letters, digits and hyphens, such as knee-rolls",
        "p.yaml:2:8: weeks: must be at most 12",
        "p.yaml:3:8: start: 2026-02-30 is not a date; write year-month-day",
        'p.yaml:4:13: days.1: must be one of mon, tue, wed, thu, fri, sat, sun; did you mean "tue"?',
        "p.yaml:7:11: doses.plank.sets: must be a whole number, or a range such as 8-10",
        'p.yaml:8:5: doses.plank.repz: unknown key "repz"; did you mean "reps"?',
        "p.yaml:10:13: doses.bridge.0.reps: must be at least 1",
        "p.yaml:11:7: side: must be one of left, right",
        "p.yaml:12:7: goal: must be text, or hold keys with values",
        f'p.yaml:13:1: colour: unknown key "colour"; known: {KEYS}',
        "p.yaml:15:10: patient.label: the character U+001B at position 2 cannot be printed; remove it",
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("weeks: 0", "1:8: weeks: must be at least 2"),
        ("weeks: 6.5", "1:8: weeks: must be a whole number"),
        ("weeks: 1e3", "1:8: weeks: must be a whole number"),
        ("weeks: true", "1:8: weeks: must be a whole number"),
        ("start: tomorrow", "1:8: start: must be a date; write year-month-day, such as 2026-03-02"),
        ("start: 20260302", "1:8: start: must be a date; write year-month-day, such as 2026-03-02"),
        ("start: [2026]", "1:8: start: must be a date; write year-month-day, such as 2026-03-02"),
        ("days: mon", "1:7: days: must be a list, or hold keys with values"),
        ("days: 3", "1:7: days: must be a list, or hold keys with values"),
        ("days: {Kracht: [mon]}", "1:8: days.Kracht: this key is not written as expected; use lower-case"),
        ("days: {mobilising: mon, strengthening: [mon]}", "1:20: days.mobilising: must be a list, such as"),
        ("days: {mobilising: [], strengthening: [mon]}", "1:20: days.mobilising: may not be empty"),
        ("exercises: plank", "1:12: exercises: must be a list, such as [a, b]"),
        ("exercises: [plank, {a: 1}]", "1:20: exercises.1: must be text"),
        ("exercises: [plank, ]\nside: 3", "2:7: side: must be one of left, right"),
        ("exercises: [plank, null]", "1:20: exercises.1: is empty; write text here"),
        ("exercises: [7]", "1:13: exercises.0: must be text; put it in quotes"),
        ("goal: 1.5", "1:7: goal: must be text; put it in quotes"),
        ("goal: true", "1:7: goal: must be text; put it in quotes"),
        ("doses: [plank]", "1:8: doses: must hold keys with values"),
        ("doses: {plank: 3}", "1:16: doses.plank: must hold keys with values, or be a list"),
        ("doses: {plank: {level: L4}}", "1:24: doses.plank.level: must be one of L1, L2, L3, chair"),
        ("doses: {plank: {blank: yes}}", "1:24: doses.plank.blank: must be true or false"),
        ("notes: {Plank: x}", "1:9: notes.Plank: this key is not written as expected; use lower-case"),
        ("notes: {plank: ''}", "1:16: notes.plank: may not be empty"),
        ("patient: Jan", "1:10: patient: must hold keys with values"),
        ("confirmed: [plank]", "1:13: confirmed.0: write exercise/situation, such as plank/pregnancy"),
        ("id: abc", "1:5: id: write 8 digits and capitals, without I, L, O and U"),
        ("language: Dutch", "1:11: language: write a language code such as nl, or with a country"),
        (f"patient: {{label: {'x' * 300}}}", "1:18: patient.label: is too long: 300 characters, at most 200"),
    ],
)
def test_each_kind_of_mistake(line: str, problem: str) -> None:
    found = problems(Prescription, f"{line}\nprogram: a\n")
    assert len(found) == 1
    assert found[0].startswith(f"p.yaml:{problem}")


def test_a_missing_key_is_placed_at_the_mapping_around_it() -> None:
    assert problems(Prescription, "weeks: 6\n") == ["p.yaml:1:1: program: missing; add it"]
    found = problems(Clinic, "emergency:\n  label: x\n")
    assert found == ["p.yaml:2:3: emergency.number: missing; add it"]


def test_a_key_without_a_value_counts_as_left_out() -> None:
    read = prescription("program: a\ngoal:\nstart: ~\ndoses:\npatient:\n  label:\nside: null\n")
    assert read == prescription("program: a")
    assert problems(Prescription, "program:\ngoal:\ncolour:\n") == [
        "p.yaml:1:9: program: missing; add it",
        f'p.yaml:3:1: colour: unknown key "colour"; known: {KEYS}',
    ]


def test_numbers_may_stand_for_text_without_quotes() -> None:
    assert prescription("program: a\npatient: {label: 4711}").patient.label == "4711"


def test_unions_take_the_form_that_was_written() -> None:
    assert prescription("program: a\ndays: [mon, wed]").days == ("mon", "wed")
    days = prescription("program: a\ndays: {mobilising: [mon], strengthening: [tue]}").days
    assert days == {"mobilising": ("mon",), "strengthening": ("tue",)}


def test_messages_of_whole_models_stand_at_the_model() -> None:
    assert problems(Clinic, "traffic_light:\n  green_max: 6\n  amber_max: 5\n") == [
        "p.yaml:2:3: traffic_light: amber_max must be higher than green_max"
    ]


def test_a_section_or_a_list_of_sections() -> None:
    text = "name: {nl: a}\ndescription: {nl: a}\nsections: [safty, [cover], {a: 1}]\n"
    kinds = ", ".join(get_args(SectionKind))
    assert problems(Layout, text) == [
        f'p.yaml:3:12: sections.0: must be one of {kinds}; did you mean "safety"?',
        "p.yaml:3:19: sections.1: is too short: 1 entries, at least 2",
        f"p.yaml:3:28: sections.2: must be one of {kinds}, or be a list",
    ]


def test_values_about_a_patient_are_never_repeated() -> None:
    secret = "Xantippe-Zuidema"
    text = f"""\
program: {secret}
start: {secret}
days: {secret}
side: {secret}
weeks: {secret}
patient: {{label: [{secret}]}}
goal: {{{secret}: 1}}
notes: {{plank: [{secret}]}}
doses: {{plank: {secret}, bridge: {{sets: {secret}, level: {secret}}}}}
id: {secret}
"""
    found = problems(Prescription, text)
    assert len(found) == 12
    assert secret not in "\n".join(found)


def test_names_with_hidden_characters_are_made_visible() -> None:
    (found,) = problems(Prescription, 'program: a\n"go\\eal\u202e": 1\n')
    assert found.startswith('p.yaml:2:1: go<U+001B>al<U+202E>: unknown key "go<U+001B>al<U+202E>"')


def test_a_list_at_the_top() -> None:
    assert problems(Prescription, "- a\n") == ["p.yaml:1:1: must hold keys with values"]


def test_unknown_names_get_the_nearest_or_all_known_ones() -> None:
    assert nearest("plnak", ["plank", "bridge"]) == 'did you mean "plank"?'
    assert nearest("zzz", ["plank", "bridge"]) == "known: bridge, plank"
    assert nearest("zzz", []) == "leave it out"
    assert nearest("zzz", [f"n{number:02}" for number in range(40)]).endswith("n29, …")


def test_keys_of_a_table_with_fixed_keys() -> None:
    class Variants(Model):
        variants: dict[Literal["L1", "L2"], int]

    assert problems(Variants, "variants: {LL1: 1}\n") == [
        'p.yaml:1:12: variants.LL1: unknown key "LL1"; did you mean "L1"?'
    ]


def test_several_models_for_one_key() -> None:
    class One(Model):
        kind: Literal["one"]
        size: int

    class Other(Model):
        kind: Literal["other"]
        name: str

    class Both(Model):
        parts: Items[Annotated[One | Other, Field(discriminator="kind")]]

    found = problems(Both, "parts:\n  - kind: one\n    siez: 3\n  - {kind: other, name: 3}\n")
    assert found == [
        "p.yaml:2:5: parts.0.size: missing; add it",
        'p.yaml:3:5: parts.0.siez: unknown key "siez"; did you mean "size"?',
        "p.yaml:4:25: parts.1.name: must be text; put it in quotes",
    ]
    assert problems(Both, "parts: [{kind: third}]") == ["p.yaml:1:9: parts.0: kind must be one of one, other"]
    assert problems(Both, "parts: [{size: 1}]") == ["p.yaml:1:9: parts.0: missing; add kind"]


def test_every_pattern_of_every_model_has_advice() -> None:
    patterns = re.findall(r"'(?:pattern)': '([^']*)'", str(schemas()))
    patterns += re.findall(r"'patternProperties': {'([^']*)'", str(schemas()))
    assert set(patterns) == set(PATTERN_ADVICE)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS.split(", "), "nl", "L2"]), inner)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("model", [Prescription, Clinic, Layout, Library, Language])
@settings(max_examples=40)
@given(data=st.data())
def test_any_data_give_a_model_or_plain_problems(model: type[BaseModel], data: st.DataObject) -> None:
    keys = st.sampled_from([*model.model_fields, "other"])
    value: dict[str, Any] = data.draw(st.dictionaries(keys, anything, max_size=4))
    text = yaml.safe_dump({"a": 1, **value})
    found = problems(model, text)
    assert found
    for problem in found:
        assert re.match(r"p\.yaml:\d+:\d+: |and \d+ more problem", problem)
        for jargon in (
            "pydantic",
            "Input should",
            "function-",
            "dict",
            "tuple",
            "None",
            "Error",
            "cannot be used",
        ):
            assert jargon not in problem.replace("traffic_light", "")


# lengths, numbers and dates


@pytest.mark.parametrize(
    ("model", "text", "expected"),
    [
        (
            Prescription,
            f"program: a\npatient: {{label: {'1' * 201}}}",
            "patient.label: is too long: 201 characters, at most 200",
        ),
        (Clinic, f"phone: {'1' * 41}", "phone: is too long: 41 characters, at most 40"),
        (
            Prescription,
            f"program: a\nsituations: [{'a, ' * 21}]",
            "situations: is too long: 21 entries, at most 20",
        ),
        (
            Prescription,
            f"program: a\nconfirmed: [{'a/b, ' * 101}]",
            "confirmed: is too long: 101 entries, at most 100",
        ),
        (
            Prescription,
            f"program: a\nexercises: [{'a, ' * 8}]",
            "exercises: is too long: 8 entries, at most 7",
        ),
        (Prescription, "program: a\nexercises: []", "exercises: may not be empty"),
        (Prescription, "program: a\ndays: []", "days: may not be empty"),
        (
            Prescription,
            f"program: a\ndoses: {{plank: [{'{reps: 3}, ' * 13}]}}",
            "doses.plank: is too long: 13 entries, at most 12",
        ),
        (
            Prescription,
            f"program: a\nnotes: {{{', '.join(f'a{n}: x' for n in range(8))}}}",
            "notes: is too long: 8 entries, at most 7",
        ),
        (
            Prescription,
            "program: a\nstart: 1926-03-02",
            "start: the year 1926 cannot be meant; write one from 2000 to 2100",
        ),
        (
            Prescription,
            "program: a\nstart: 2101-01-01",
            "start: the year 2101 cannot be meant; write one from 2000 to 2100",
        ),
    ],
)
def test_too_much_or_too_little(model: type[BaseModel], text: str, expected: str) -> None:
    (problem,) = problems(model, text)
    assert re.fullmatch(r"p\.yaml:\d+:\d+: " + re.escape(expected), problem)


def test_a_label_of_invisible_characters_is_empty() -> None:
    assert prescription('program: a\npatient: {label: "\\u200b\\ufeff"}\n').patient.label == ""
    (problem,) = problems(Prescription, 'program: a\nnotes: {plank: "\\u200b"}\n')
    assert problem == "p.yaml:2:16: notes.plank: may not be empty"


def test_a_list_with_wrong_entries_is_not_empty() -> None:
    class Doses(Model):
        doses: Items[Annotated[int, Field(le=3)] | None] = Field(min_length=1, max_length=12)

    assert problems(Doses, "doses: [4]") == ["p.yaml:1:9: doses.0: must be at most 3"]
    assert problems(Doses, "doses: []") == ["p.yaml:1:8: doses: may not be empty"]


def test_thousands_of_problems_are_counted_and_not_told() -> None:
    text = "program: a\n" + "".join(f"k{number}: 1\n" for number in range(3_000))
    *found, more = problems(Prescription, text)
    assert len(found) == MOST_PROBLEMS
    assert found[0].startswith('p.yaml:2:1: k0: unknown key "k0"')
    assert more == "and 2900 more problems; mend those above first"
