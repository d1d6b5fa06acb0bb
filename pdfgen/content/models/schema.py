"""JSON Schemas of all input files, for editors that complete and check while one writes.

They are generated from the models. The schema of the library asks for no keys outside lists, for a clinic's
own file holds only what it changes or adds; that a merged library is complete is checked when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.config import Config
from pdfgen.content.models.language import Language
from pdfgen.content.models.layout import Layout
from pdfgen.content.models.library import Library
from pdfgen.content.models.prescription import Prescription

Schema = dict[str, Any]

#: Pydantic gives some lists the bounds of texts, which say nothing about a list.
_OF_LISTS: Mapping[str, str] = MappingProxyType({"minLength": "minItems", "maxLength": "maxItems"})

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, Schema]:
    """Return the schemas by name: `library`, `patient`, `clinic`, `layout`, `language`, `config`."""
    return {
        "library": _partial(schema_of(Library)),
        "patient": schema_of(Prescription),
        "clinic": schema_of(Clinic),
        "layout": schema_of(Layout),
        "language": schema_of(Language),
        "config": schema_of(Config),
    }


def schema_of(model: type[BaseModel]) -> Schema:
    """Return the schema of a model."""
    schema: Schema = _tidied(model.model_json_schema())
    return {"$schema": _DIALECT, "title": model.__name__, **schema}


def as_text(schema: Schema) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tidied(part: Any) -> Any:
    """Leave out titles that only repeat a key, close mappings to keys of another form, bound lists."""
    if isinstance(part, dict):
        # A key that is itself called "title" has a schema, not a text, under it.
        kept = {key: value for key, value in part.items() if key != "title" or not isinstance(value, str)}
        if "patternProperties" in kept:
            kept.setdefault("additionalProperties", False)
        if kept.get("type") == "array":
            kept = {_OF_LISTS.get(key, key): value for key, value in kept.items()}
        return {key: value if key == "default" else _tidied(value) for key, value in kept.items()}
    if isinstance(part, list):
        return [_tidied(item) for item in part]
    return part


def _partial(schema: Schema) -> Schema:
    """Ask for no keys in what is merged key by key; entries that merge by `id` still need the `id`."""
    definitions: Schema = schema["$defs"]
    merged, entries = _merged_definitions(schema)
    changed = {
        name: _asking_for(definition, {"id"} if name in entries else set())
        if name in merged | entries
        else definition
        for name, definition in definitions.items()
    }
    whole = {**_asking_for(schema, set()), "$defs": changed}
    partial: Schema = _without_least(whole, {f"#/$defs/{name}" for name in entries})
    return partial


def _without_least(part: Any, references: set[str]) -> Any:
    """Let lists of `references` hold any number of entries."""
    if isinstance(part, dict):
        short = isinstance(part.get("items"), dict) and part["items"].get("$ref") in references
        return {
            key: _without_least(value, references)
            for key, value in part.items()
            if not (short and key == "minItems")
        }
    if isinstance(part, list):
        return [_without_least(item, references) for item in part]
    return part


def _asking_for(definition: Schema, names: set[str]) -> Schema:
    kept = [name for name in definition.get("required", ()) if name in names]
    rest = {key: value for key, value in definition.items() if key != "required"}
    return {**rest, "required": kept} if kept else rest


def _merged_definitions(schema: Schema) -> tuple[set[str], set[str]]:
    """Return the definitions reached through mappings, and those of list entries with an `id`."""
    definitions: Schema = schema["$defs"]
    merged: set[str] = set()
    entries: set[str] = set()
    waiting = [schema]
    while waiting:
        for in_list, name in _references(waiting.pop(), in_list=False):
            if in_list and "id" not in definitions[name].get("properties", {}):
                continue
            found = entries if in_list else merged
            if name not in found:
                found.add(name)
                waiting.append(definitions[name])
    return merged, entries


def _references(part: Any, *, in_list: bool) -> list[tuple[bool, str]]:
    """Return the definitions that a schema refers to, and whether by way of a list."""
    found: list[tuple[bool, str]] = []
    if isinstance(part, dict):
        if "$ref" in part:
            found.append((in_list, part["$ref"].removeprefix("#/$defs/")))
        for key, value in part.items():
            if key != "$defs":
                found += _references(value, in_list=in_list or key == "items")
    elif isinstance(part, list):
        for item in part:
            found += _references(item, in_list=in_list)
    return found
