"""Files of the clinic that somebody has, taken as long as the page is open: its file, exercises, templates.

What a file is, its content says: a browser may have given a download another name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from pdfgen.content.files.resources import library_file
from pdfgen.content.files.source import Source
from pdfgen.content.files.strict_yaml import parse_bytes
from pdfgen.content.loading import load_library
from pdfgen.content.models.clinic import Clinic
from pdfgen.content.models.library import Library
from pdfgen.content.rules.all_rules import check_library
from pdfgen.delivery.writing import write_atomically
from pdfgen.errors import InputError, Problem
from pdfgen.web.engine.clinics import clinic_problems
from pdfgen.web.engine.folder import refused_name
from pdfgen.web.engine.frames import Frame
from pdfgen.web.engine.requests import Request, RequestError
from pdfgen.web.engine.templates import KEPT
from pdfgen.web.engine.told import told
from pdfgen.web.engine.workplace import CLINIC, LIBRARY, TEMPLATES, Workplace

_YAML, _PICTURES = (".yaml", ".yml"), (".jpg", ".jpeg", ".png", ".webp", ".svg")

#: Each part of where a file lies in the folder.
_PART = re.compile(r"\w[^/\\:\0]{0,99}")

_EXERCISES, _CLINIC, _TEMPLATE = _KINDS = ("exercises", "clinic", "template")

#: Keys that only a library has, and keys that every template has one of.
_OF_LIBRARY = set(Library.model_fields) - set(Clinic.model_fields) - {"exercises"}
_OF_TEMPLATE = {"program", "exercises", "doses"}

_UNKNOWN = "is no file of a clinic, its exercises or a template"
_PATIENT = "is a patient's file; open it under “One patient”"
_TWICE = "there is another file of this kind; choose one of them"


class _Found(NamedTuple):
    """A file of YAML, and what it is."""

    name: str
    kind: str
    data: bytes
    source: Source


def folder_open(workplace: Workplace, request: Request) -> Frame:
    """Take files by their places in a folder; one with a problem is not taken, and the others are."""
    if workplace.edition.keeps:
        raise RequestError("the folder is open already")
    if odd := [name for name in request.files if not _is_place(name)]:
        raise RequestError(f"{odd[0][:40]} is no place in a folder")
    problems: list[Problem] = []
    pictures = {name: data for name, data in request.files.items() if name.lower().endswith(_PICTURES)}
    _write(workplace, pictures)
    taken: set[str] = set()
    # Exercises come first: clinic's file and templates may name them.
    for one in sorted(_found(request.files, problems), key=lambda one: _KINDS.index(one.kind)):
        place = _place(one)
        wrong = [Problem(_TWICE, file=one.name)] if place in taken else _problems(workplace, one, pictures)
        problems += wrong
        if not wrong:
            taken.add(place)
            _write(workplace, {place: one.data})
    return Frame(
        {
            "clinic": CLINIC in taken,
            "exercises": LIBRARY in taken,
            "templates": len(taken - {CLINIC, LIBRARY}),
            "problems": told(problems),
        }
    )


def _write(workplace: Workplace, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        write_atomically(workplace.folder / name, data)


def _is_place(name: str) -> bool:
    return len(name) <= 300 and all(_PART.fullmatch(part) for part in name.split("/"))


def _found(files: Mapping[str, bytes], problems: list[Problem]) -> list[_Found]:
    """Return the files of YAML with what they are, and add what is wrong with others."""
    found = []
    for name, data in files.items():
        if name.lower().endswith(_PICTURES):
            continue
        try:
            if not name.lower().endswith(_YAML):
                raise InputError(Problem(_UNKNOWN, file=name))
            source = parse_bytes(data, name)
            found.append(_Found(name, _kind(source.data, name), data, source))
        except InputError as error:
            problems += error.problems
    return found


def _kind(values: Any, name: str) -> str:
    """Return what a file is by its keys.

    Raises:
        InputError: it is nothing that is opened here.
    """
    keys = set(values) if isinstance(values, Mapping) else set()
    if "patient" in keys:
        raise InputError(Problem(_PATIENT, file=name))
    if keys & _OF_LIBRARY or ("exercises" in keys and isinstance(values["exercises"], Mapping)):
        return _EXERCISES
    if keys & _OF_TEMPLATE and keys <= set(KEPT):
        return _TEMPLATE
    if keys & set(Clinic.model_fields):
        return _CLINIC
    raise InputError(Problem(_UNKNOWN, file=name))


def _place(one: _Found) -> str:
    """Return where a file lies in the folder of the page."""
    if one.kind == _TEMPLATE:
        return f"{TEMPLATES}/{PurePosixPath(one.name).stem}.yaml"
    return CLINIC if one.kind == _CLINIC else LIBRARY


def _problems(workplace: Workplace, one: _Found, pictures: Mapping[str, bytes]) -> list[Problem]:
    if one.kind == _TEMPLATE:
        why = refused_name(PurePosixPath(one.name).stem)
        return [Problem(why, file=one.name)] if why else []
    if one.kind == _CLINIC:
        logo = one.source.data.get("logo")
        if isinstance(logo, str) and logo not in pictures:
            return [Problem("the logo comes with the clinic's file; choose it as well", "logo", one.name)]
        return clinic_problems(workplace, one.source.data, pictures.get(logo) if logo else None)
    try:
        source = Source(one.name, one.source.root, is_passed=True, base=workplace.folder)
        return list(check_library(load_library((library_file(), source))).errors)
    except InputError as error:
        return list(error.problems)
