"""The JSON Schemas: current, valid, and saying the same as the models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pdfgen.cli.schema_command import all_schemas
from pdfgen.content.files import resources
from pdfgen.content.files.strict_yaml import parse_yaml, read_yaml
from pdfgen.content.models import schema

ROOT = Path(__file__).parent.parent
SCHEMAS = all_schemas()


def problems(name: str, data: Any) -> list[str]:
    return [error.json_path for error in Draft202012Validator(SCHEMAS[name]).iter_errors(data)]


def files(folder: Path, *names: str) -> list[tuple[str, Path]]:
    return [(name, path) for name in names for path in sorted(folder.glob(f"{name}*.yaml"))]


SHIPPED = [
    ("library", resources.library_file()),
    *(("layout", path) for path in sorted(resources.layouts_folder().glob("*.yaml"))),
    *(("language", path) for path in sorted(resources.languages_folder().glob("*.yaml"))),
    *files(ROOT / "examples", "clinic", "patient"),
    *files(ROOT / "examples" / "knee", "library", "patient"),
]
TEMPLATES = files(ROOT / "pdfgen" / "cli" / "templates", "clinic", "patient", "library", "layout")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    committed = (resources.schemas_folder() / f"{name}.json").read_text(encoding="utf-8")
    assert committed == schema.as_text(SCHEMAS[name]), "run `pdfgen schema --write pdfgen/schema`"


def test_no_other_schemas_are_committed() -> None:
    assert {path.stem for path in resources.schemas_folder().iterdir()} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_valid_and_closed(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["additionalProperties"] is False
    assert problems(name, {"no-such-key": 1})


@pytest.mark.parametrize(
    ("name", "path"), SHIPPED + TEMPLATES, ids=lambda value: getattr(value, "name", value)
)
def test_shipped_files_pass(name: str, path: Path) -> None:
    assert problems(name, read_yaml(path).data) == []


@pytest.mark.parametrize(("name", "path"), SHIPPED, ids=lambda value: getattr(value, "name", value))
def test_shipped_files_point_to_their_schema(name: str, path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    comment, _, target = first.partition("=")
    assert comment == "# yaml-language-server: $schema"
    assert (path.parent / target).resolve() == (resources.schemas_folder() / f"{name}.json").resolve()


def test_a_clinics_own_library_needs_only_what_it_changes() -> None:
    own = """\
exercises:
  plank: {rest_s: 30, variants: {L2: {name: {nl: Plank}}}}
countries: {NL: {emergency: {number: "112"}}}
extends: none
conditions:
  low-back-pain:
    safety:
      boxes: [{id: emergency-now, note: {nl: Bel., en: Call.}}]
    faq: [{id: is-pain-normal, rank: 1}, {id: hernia, remove: true}]
    review: {by: Jan}
    programs: {starter: {remove: true}}
"""
    assert problems("library", parse_yaml(own, "own.yaml").data) == []


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("library", "faq: [{rank: 1}]", "$.faq[0]"),
        ("library", "exercises: {plank: {doses: [{reps: 3}]}}", "$.exercises.plank.doses[0]"),
        ("library", "exercises: {plank: {reps: 3}}", "$.exercises.plank"),
        ("library", "exercises: {plank: {remove: false}}", "$.exercises.plank.remove"),
        ("library", "progress: {remove: true}", "$.progress"),
        ("library", "extends: all", "$.extends"),
        ("library", "exercises: {Plank: {}}", "$.exercises"),
        ("library", "countries: {nl: {}}", "$.countries"),
        ("patient", "weeks: 6", "$"),
        ("patient", "program: a\nweeks: 60", "$.weeks"),
        ("patient", "program: a\nnotes: {Plank: x}", "$.notes"),
        ("patient", "program: a\ndays: [monday]", "$.days"),
        ("clinic", "accent: red", "$.accent"),
        ("layout", "sections: [safety]", "$"),
        ("language", "id: nl", "$"),
    ],
)
def test_mistakes_are_seen(name: str, text: str, where: str) -> None:
    assert where in problems(name, parse_yaml(text, "f.yaml").data)


def test_what_fields_are_for_is_said() -> None:
    fields = SCHEMAS["patient"]["properties"]
    assert fields["clinic"]["description"] == "path of the clinic's file, seen from this file"
    assert "title" not in fields["clinic"]
    condition = SCHEMAS["library"]["$defs"]["Condition"]["properties"]
    assert "title" in condition, "a key that is called title stays"
