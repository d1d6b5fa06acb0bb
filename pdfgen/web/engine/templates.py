"""Programs with doses under a name, without a patient in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfgen.content.files.strict_yaml import read_yaml
from pdfgen.content.files.yaml_text import yaml_text
from pdfgen.errors import InputError, Problem
from pdfgen.web.engine.folder import refused, refused_name, saved
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.prescriptions import in_order
from pdfgen.web.engine.requests import Request
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import TEMPLATES, Workplace

_MOST = 500

#: Keys that say nothing of a patient. All others are left out, and named.
KEPT = (
    "language", "twin_language", "program", "weeks", "start_step", "days", "exercises", "doses", "figure",
    "layout", "paper", "ink", "large", "tracker_weeks", "read_back",
)  # fmt: skip


def templates(workplace: Workplace, _request: Request) -> Frame:
    """Return the templates of the clinic by their names."""
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for path in sorted((workplace.folder / TEMPLATES).glob("*.yaml"))[:_MOST]:
        try:
            data = read_yaml(path, "template").data
        except InputError as error:
            problems += error.problems
            continue
        if isinstance(data, dict):
            found.append({"name": path.stem, "values": _without_patient(data)})
    return Frame({"templates": found, "problems": told(problems)})


def template_save(workplace: Workplace, request: Request) -> Frame:
    """Save values under a name, and say which of them are a patient's and stay out."""
    name = request.text("name").strip()
    if why := refused_name(name):
        return refused(why, "name")
    path = workplace.folder / TEMPLATES / f"{name}.yaml"
    if path.exists() and not request.values.get("replace"):
        return refused("there is a template of this name; choose another, or replace it", "name")
    values = request.mapping("values")
    kept = _without_patient(values)
    frame = saved(workplace.folder, {f"{TEMPLATES}/{path.name}": yaml_text(in_order(kept)).encode()})
    left_out = sorted(set(in_order(values)) - set(kept))
    return frame._replace(data={**frame.data, "left_out": left_out})


def template_delete(workplace: Workplace, request: Request) -> Frame:
    """Delete a template by its name."""
    name = request.text("name")
    path = workplace.folder / TEMPLATES / f"{name}.yaml"
    if refused_name(name) or not path.is_file():
        return refused("there is no such template", "name")
    try:
        path.unlink()
    except OSError:
        return refused("it cannot be deleted; look at the rights of the folder", "name")
    return Frame({"problems": []})


def _without_patient(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without a patient's: also the side of a dose is one's own."""
    kept = {key: values[key] for key in KEPT if key in values}
    doses = kept.get("doses")
    if isinstance(doses, Mapping):
        kept["doses"] = {name: _without_side(own) for name, own in doses.items()}
    return kept


def _without_side(own: Any) -> Any:
    if isinstance(own, list):
        return [_without_side(one) for one in own]
    return {key: value for key, value in own.items() if key != "side"} if isinstance(own, Mapping) else own
