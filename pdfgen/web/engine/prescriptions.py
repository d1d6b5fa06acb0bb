"""The patient's file of the command line: opened, and saved again with what the page does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfgen.content.files.remarks import has_remarks
from pdfgen.content.files.source import Source
from pdfgen.content.files.strict_yaml import parse_bytes
from pdfgen.content.files.yaml_text import yaml_text
from pdfgen.content.models.prescription import Prescription
from pdfgen.content.models.validation import validate
from pdfgen.errors import InputError, Problem
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.requests import Request
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import Workplace

FILE = "patient.yaml"

#: Keys that the page shows. All others travel through it as they are.
SHOWN = (
    "patient", "language", "twin_language", "program", "weeks", "start_step", "start", "at", "days",
    "exercises", "doses", "side", "situations", "confirmed", "goal", "if_then", "message", "notes",
    "therapist", "figure", "layout", "paper", "ink", "large", "tracker_weeks", "read_back",
)  # fmt: skip


def read(_workplace: Workplace, request: Request) -> Frame:
    """Return the values of a patient's file, with what is wrong with their form."""
    try:
        source = parse_bytes(request.file("prescription"), FILE)
    except InputError as error:
        return Frame({"values": None, "problems": told(error.problems), "cautions": []})
    if not isinstance(source.data, dict):
        problem = Problem("holds no prescription: keys with values", file=FILE)
        return Frame({"values": None, "problems": told([problem]), "cautions": []})
    return Frame(
        {
            "values": source.data,
            "problems": told(_problems(source)),
            "cautions": told(source.cautions),
            "has_remarks": has_remarks(request.file("prescription")),
        }
    )


def _problems(source: Source) -> tuple[Problem, ...]:
    try:
        validate(Prescription, source)
    except InputError as error:
        return error.problems
    return ()


def write(_workplace: Workplace, request: Request) -> Frame:
    """Return values as a patient's file; what the original says and the page does not show stays."""
    values = request.mapping("values")
    kept: Mapping[str, Any] = {}
    if "original" in request.files:
        try:
            original = parse_bytes(request.file("original"), FILE).data
            kept = original if isinstance(original, dict) else {}
        except InputError as error:
            return Frame({"problems": told(error.problems)})
    merged = {**{key: value for key, value in kept.items() if key not in SHOWN}, **values}
    text = yaml_text(in_order(merged))
    return Frame({"problems": []}, (NamedFile(FILE, text.encode()),))


def in_order(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values in the order of docs/prescription.md, then unknown ones; empty ones left out."""
    names = [*dict.fromkeys([*SHOWN, *Prescription.model_fields, *values])]
    return {name: values[name] for name in names if not _is_empty(values.get(name))}


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
