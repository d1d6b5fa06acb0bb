"""The JSON Schema of pose files: what people write, with the short forms that `pose_file` writes out."""

from __future__ import annotations

from typing import Any

from pdfgen.content.models.schema import Schema, schema_of
from pdfgen.illustration.positions import positions
from pdfgen.illustration.scene_model import Scene

_BENDS = ("lumbar", "thorax", "neck", "head")


def pose_schema() -> Schema:
    """Return the schema of a pose file."""
    schema = schema_of(Scene)
    definitions: Schema = schema["$defs"]
    pose: dict[str, Any] = definitions["Pose"]["properties"]
    bend = definitions["Bend"]["properties"]["flex"]
    for name in _BENDS:
        pose[name] = {"anyOf": [bend, {"$ref": "#/$defs/Bend"}], "description": "a number is its `flex`"}
    definitions["Pose"]["properties"] = {**_short_forms(), **pose}
    # Where a pose starts from another, the joint of its pin may be known already.
    definitions["Pin"].pop("required")
    return schema


def _short_forms() -> Schema:
    """Return the keys of a pose that are gone once it is written out."""
    both = "both sides, written for the left; x changes its sign for the right"
    return {
        "from": {
            "anyOf": [{"enum": list(positions())}, {"type": "string", "pattern": "^[a-z]$"}],
            "description": "a position, or an earlier panel of this file; then write only what is different",
        },
        "mirrored": {"type": "boolean", "default": False, "description": "exchanges left and right"},
        "arms": {"$ref": "#/$defs/Arm", "description": both},
        "legs": {"$ref": "#/$defs/Leg", "description": both},
    }
