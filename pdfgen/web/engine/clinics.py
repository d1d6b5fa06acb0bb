"""The clinic's own file, with its logo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pdfgen.content.files.remarks import file_has_remarks
from pdfgen.content.files.resources import file_inside
from pdfgen.content.files.strict_yaml import parse_bytes, read_yaml
from pdfgen.content.files.yaml_text import yaml_text
from pdfgen.content.models.clinic import Clinic
from pdfgen.errors import InputError, PdfgenError, Problem
from pdfgen.front import Options, make, read
from pdfgen.web.engine.folder import refused, saved
from pdfgen.web.engine.frames import Frame, NamedFile
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import CLINIC, Workplace

_STARTS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}

#: What problems call values that are passed.
_PASSED, _LOGO = "clinic", "logo"


def clinic_read(workplace: Workplace, _request: Request) -> Frame:
    """Return the clinic's file and its logo; empty values where there is none."""
    path = workplace.clinic_file
    if path is None:
        return Frame({"values": {}, "problems": []})
    try:
        values = read_yaml(path, "clinic").data
    except InputError as error:
        return Frame({"values": {}, "problems": told(error.problems)})
    values = values if isinstance(values, dict) else {}
    logo = _logo(workplace, values)
    files = (NamedFile(values["logo"], logo),) if logo is not None else ()
    problems = told(clinic_problems(workplace, values, logo, on_pages=False))
    return Frame({"values": values, "problems": problems, "has_remarks": file_has_remarks(path)}, files)


def clinic_write(workplace: Workplace, request: Request) -> Frame:
    """Save the clinic's file, of values or as a file, with its logo, once nothing is wrong with it."""
    values = _values(request)
    if isinstance(values, Frame):
        return values
    # Values are those that were read: of a file that cannot be read they lack all that it says.
    if "clinic" not in request.files and (unread := _unreadable(workplace)):
        return Frame({"problems": told(unread)})
    files: dict[str, bytes] = {}
    logo = request.files.get("logo")
    if logo is not None:
        values["logo"] = f"logo.{_ending(logo)}"
        files[values["logo"]] = logo
    elif values.get("logo"):
        logo = _logo(workplace, values)
        if logo is None:
            return refused("the logo comes with the clinic's file; choose it as well", "logo")
    if problems := clinic_problems(workplace, values, logo):
        return Frame({"problems": told(problems)})
    return saved(workplace.folder, {**files, CLINIC: yaml_text(values).encode()})


def _unreadable(workplace: Workplace) -> tuple[Problem, ...]:
    """Return why the clinic's file that is there cannot be read."""
    if workplace.clinic_file is None:
        return ()
    try:
        read_yaml(workplace.clinic_file, "clinic")
    except InputError as error:
        return error.problems
    return ()


def _values(request: Request) -> dict[str, Any] | Frame:
    if "clinic" not in request.files:
        named = request.mapping("values")
        order = [*Clinic.model_fields, *(key for key in named if key not in Clinic.model_fields)]
        return {key: named[key] for key in order if named.get(key) not in (None, "", [], {})}
    try:
        data = parse_bytes(request.file("clinic"), CLINIC).data
    except InputError as error:
        return Frame({"problems": told(error.problems)})
    return dict(data) if isinstance(data, dict) else refused("holds no clinic: keys with values", "")


def _logo(workplace: Workplace, values: Mapping[str, Any]) -> bytes | None:
    """Return the logo that is in the folder already."""
    name = values.get("logo")
    if not isinstance(name, str) or not name:
        return None
    try:
        return file_inside(name, workplace.folder).read_bytes()
    except (InputError, OSError):
        return None


def clinic_problems(
    workplace: Workplace, values: Mapping[str, Any], logo: bytes | None, *, on_pages: bool = True
) -> list[Problem]:
    """Return what is wrong with a clinic's file, as a program shows it.

    Args:
        on_pages: also what does not fit on a page, which takes as long as making a program.
    """
    library = workplace.library_or_shipped()[0].value
    named = {"program": next(iter(library.programs)), "language": library.languages[0]}
    passed = {key: value for key, value in values.items() if key != "logo"} if logo is None else values
    given: Options = {"clinic": passed, "logo": logo, "libraries": workplace.own_libraries}
    try:
        program = read(named, **given)
        problems = make(program).problems if on_pages else ()
    except PdfgenError as error:
        problems = error.problems
    logos = [replace(one, field=_LOGO) for one in problems if one.file == _LOGO]
    return [*(one for one in problems if one.file in (_PASSED, "")), *logos]


def _ending(logo: bytes) -> str:
    for start, ending in _STARTS.items():
        if logo.startswith(start):
            return ending
    if b"<svg" in logo[:4096]:
        return "svg"
    raise RequestError("the logo must be an SVG, PNG, JPEG or WebP file")
