"""JSON Schemas of all input files, for editors that complete and check while one writes.

They are generated from the models. The schema of the library asks for no keys outside lists, for a clinic's
own file holds only what it changes or adds; that a merged library is complete is checked when it is read.
"""

import json
from collections.abc import Iterator, Mapping
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

_REMOVE: Schema = {"const": True, "description": "alone (beside an id): takes the entry away"}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, Schema]:
    """Return the schemas by name: `library`, `patient`, `clinic`, `layout`, `language`, `config`."""
    return {
        "library": _partial(schema_of(Library)),
        "patient": schema_of(Prescription),
        "clinic": schema_of(Clinic),
        "layout": schema_of(Layout),
        "language": _or_extending(schema_of(Language)),
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
    """Ask for no keys in what is merged key by key; entries that merge by `id` still need the `id`.

    Entries of tables and of lists with ids can be taken away.
    """
    definitions: Schema = schema["$defs"]
    merged = _merged(schema, definitions)
    for name in {name for name, _ in merged}:
        required = definitions[name].pop("required", ())
        if (name, True) in merged and "id" in required:
            definitions[name]["required"] = ["id"]
    removable = {name for name, in_list in merged if in_list} | set(_in_tables(schema))
    for name in removable:
        if "properties" in definitions[name]:
            definitions[name]["properties"]["remove"] = _REMOVE
    schema.pop("required")
    return schema


def _or_extending(schema: Schema) -> Schema:
    """Ask for no more than `id` and `extends` of a language that extends another: it says what differs."""
    complete: Schema = {"required": schema.pop("required"), "properties": {}}
    for field, name in (("strings", "Strings"), ("plurals", "Plurals")):
        complete["properties"][field] = {"required": schema["$defs"][name].pop("required")}
    extending = {"required": ["extends"], "properties": {"extends": {"type": "string"}}}
    return {**schema, "required": ["id"], "if": extending, "else": complete}


def _in_tables(part: Any) -> Iterator[str]:
    """Yield the definitions that are entries of tables."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"patternProperties", "additionalProperties"} and isinstance(value, dict):
                entries = [value] if "$ref" in value else value.values()
                yield from (_referred(entry) for entry in entries if "$ref" in entry)
            yield from _in_tables(value)
    elif isinstance(part, list):
        for item in part:
            yield from _in_tables(item)


def _merged(schema: Schema, definitions: Schema) -> set[tuple[str, bool]]:
    """Return the definitions that are merged, each with whether it is an entry of a list.

    Lists of entries with an `id` may then hold any number of them.
    """
    found: set[tuple[str, bool]] = set()
    waiting: list[tuple[Any, bool]] = [(schema, False)]
    while waiting:
        part, in_list = waiting.pop()
        if isinstance(part, list):
            waiting += [(item, in_list) for item in part]
        if not isinstance(part, dict):
            continue
        if _has_id(part.get("items"), definitions):
            part.pop("minItems", None)
        if "$ref" in part and (not in_list or _has_id(part, definitions)):
            reference = (_referred(part), in_list)
            if reference not in found:
                found.add(reference)
                waiting.append((definitions[reference[0]], False))
        waiting += [(value, in_list or key == "items") for key, value in part.items() if key != "$defs"]
    return found


def _referred(part: Schema) -> str:
    return str(part["$ref"]).removeprefix("#/$defs/")


def _has_id(part: Any, definitions: Schema) -> bool:
    """Whether a schema refers to a definition whose entries merge by `id`."""
    if not isinstance(part, dict) or "$ref" not in part:
        return False
    return "id" in definitions[_referred(part)].get("properties", {})
